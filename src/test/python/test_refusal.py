"""Extension modules that refuse subinterpreters, as the driver tells them from other failures."""

import unittest

from harness import DriverTestCase

from pyparallel import _refusal

WORDS = "module numpy._core._umath does not support loading in subinterpreters"

# A package whose import fails as NumPy's does.
PACKAGE = f'''
try:
    raise ImportError("{WORDS}")
except ImportError as error:
    raise ImportError("PLEASE READ THIS\\n\\nOriginal error was: ...") from error
'''


class RefusedModuleTest(unittest.TestCase):
    def test_cpythons_own_words(self):
        self.assertEqual("numpy._core._umath", _refusal.refused_module(ImportError(WORDS)))

    def test_words_within_others(self):
        error = ImportError(f"Please note:\n\nOriginal error was: {WORDS}\n")
        self.assertEqual("numpy._core._umath", _refusal.refused_module(error))

    def test_causes_and_contexts(self):
        inner = ImportError(WORDS)
        for name in ("__cause__", "__context__"):
            outer = ImportError("see below")
            setattr(outer, name, ImportError("deeper"))
            setattr(getattr(outer, name), name, inner)
            self.assertEqual("numpy._core._umath", _refusal.refused_module(outer), name)

    def test_what_the_script_made_of_it_is_its_own(self):
        error = ValueError("no numpy")
        error.__context__ = ImportError(WORDS)
        self.assertEqual("", _refusal.refused_module(error))

    def test_other_failures(self):
        for error in (ImportError("no"), ModuleNotFoundError("No module named 'x'"), KeyError(WORDS)):
            self.assertEqual("", _refusal.refused_module(error))

    def test_a_chain_in_a_circle_ends(self):
        one, two = ImportError("one"), ImportError("two")
        one.__cause__, two.__cause__ = two, one
        self.assertEqual("", _refusal.refused_module(one))

    def test_titles(self):
        self.assertEqual("_curses", _refusal.title("_curses"))
        self.assertEqual("numpy (numpy._core._umath)", _refusal.title("numpy._core._umath"))


class RefusingScriptTest(DriverTestCase):
    def setUp(self):
        super().setUp()
        self.write("fakenumpy.py", PACKAGE)

    def refused(self, source, data="a\nb\n", **options):
        self.load(source, fallback="1", **options)
        result = self.shard_answer(data)
        self.assertEqual(["refused", "numpy._core._umath"], result)

    def shard_answer(self, data):
        from pyparallel import _cpython

        return _cpython.run("\0".join(("0", "in", "0", "9", "0", "0", "")).encode(), data.encode()) \
            .decode().split("\0")

    def test_at_the_top_level(self):
        answer = self.open("import fakenumpy\ndef process(x): return x\n", fallback="1")
        self.assertEqual(["refused", "numpy._core._umath"], answer)

    def test_in_setup(self):
        source = "def setup():\n    import fakenumpy\ndef process(x): return x\n"
        self.assertEqual(["refused", "numpy._core._umath"], self.open(source, fallback="1"))

    def test_in_process(self):
        self.refused("def process(x):\n    if x == 'b': import fakenumpy\n    return x\n")

    def test_in_a_generator(self):
        self.refused("def process(x):\n    yield x\n    import fakenumpy\n")

    def test_in_process_shard(self):
        self.refused("def process_shard(rs):\n    for r in rs:\n        import fakenumpy\n        yield r\n")

    def test_in_a_filter(self):
        self.refused("import sys\nprint('out')\nsys.stdout.flush()\nimport fakenumpy\n")

    def test_in_a_reduction(self):
        source = """
            def process(x): return 1
            def add(a, b):
                import fakenumpy
                return a + b
        """
        self.refused(source, merging="reduce", function="add")

    def test_a_reduction_keeps_what_it_has(self):
        from pyparallel import _cpython

        source = """
            def process(x): return 1
            def add(a, b):
                import fakenumpy
                return a + b
        """
        self.load(source, merging="reduce", function="add", fallback="1")
        self.run_shard("a\n")
        _cpython.reduce(b"take", b"", None)
        taken = self.output()
        self.run_shard("b\n")
        for side in (b"earlier", b"later"):
            answer = _cpython.reduce(side, b"both", taken)
            self.assertEqual(b"refused\0numpy._core._umath", answer)
        before = len(self.emitted)
        _cpython.reduce(b"take", b"", None)
        self.assertEqual(taken, self.output(before))

    def test_the_scripts_own_way_out_wins(self):
        source = """
            try:
                import fakenumpy
            except ImportError:
                fakenumpy = None
            def process(x):
                try:
                    import fakenumpy
                except ImportError:
                    raise ValueError(x)
        """
        self.load(source, fallback="1")
        result = self.run_shard("a\n")
        self.assertEqual(("finished", 1), (result.status, result.failed))
        self.assertEqual("ValueError", result.errors[0].type)

    def test_without_a_fallback_it_is_the_scripts_error_and_says_what_to_do(self):
        self.load("def process(x):\n    import fakenumpy\n")
        result = self.run_shard("a\nb\n")
        self.assertEqual(("finished", 2), (result.status, result.failed))
        last = result.errors[0].traceback.splitlines()[-1]
        self.assertTrue(last.startswith("numpy (numpy._core._umath) does not support"), last)
        self.assertIn("--runtime process", last)

    def test_teardown_is_too_late(self):
        self.load("def process(x): pass\ndef teardown():\n    import fakenumpy\n", fallback="1")
        self.assertEqual("script", self.close()[0])


if __name__ == "__main__":
    unittest.main()
