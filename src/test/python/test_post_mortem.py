"""A console where a script failed: ``_post_mortem.py``."""

import pdb
import sys
import unittest

from consoles import STATE, ConsoleTestCase, Host
from harness import DriverTestCase

from pyparallel import _console, _cpython, _post_mortem
from pyparallel._driver import ScriptError

HALVES = """
    scale = 2

    def process(line):
        number = int(line)
        return 10 * scale // number
    """


class PostMortemTest(DriverTestCase):
    def setUp(self):
        super().setUp()
        ConsoleTestCase._keep(self, sys, STATE)
        import builtins

        from consoles import BUILTINS

        ConsoleTestCase._keep(self, builtins, BUILTINS)
        self.addCleanup(setattr, _console, "console", _console.console)
        self.addCleanup(sys.modules.__setitem__, "__main__", sys.modules["__main__"])
        self.addCleanup(setattr, _post_mortem, "keeper", _post_mortem.keeper)
        _post_mortem.keeper = _post_mortem.Keeper()
        self.host = Host()

    def run_failing(self, source, data, **options):
        self.load(source, keep="1", on_error="shard", **options)
        result = self.run_shard(data)
        self.assertEqual("failed", result.status)
        return result

    def show(self, code):
        before = len(self.host.said)
        answer = _console.ask("\0".join(["run", code, "1", "<input 1>"])).split("\0")
        self.assertEqual(["ok"], answer)
        return "".join(text for kind, text in self.host.said[before:] if kind == "out")

    def adopt(self):
        _post_mortem.open_console(self.host)

    def test_a_record_and_what_it_raised(self):
        result = self.run_failing(HALVES, "5\n0\n4\n")
        self.assertEqual(b"4\n", result.output)
        self.adopt()
        self.assertEqual("'0'\n", self.show("record"))
        self.assertIn("ZeroDivisionError", self.show("error"))
        self.assertEqual("20\n", self.show("scale = 20; process('10')"))
        self.assertEqual("True\n", self.show("import sys; sys.last_value is error"))
        last = sys.last_traceback
        self.assertEqual("process", last.tb_frame.f_code.co_name)
        self.assertEqual("script", self.show("__name__").strip("'\n"))
        self.assertEqual("True\n", self.show("sys.modules['__main__'] is sys.modules[__name__]"))

    def test_the_debugger_goes_to_where_it_was_raised(self):
        self.run_failing(HALVES, "0\n")
        self.adopt()
        self.host.lines = ["p number, line", "up", "q"]
        self.assertIn("(0, '0')\n", self.show("import pdb; pdb.pm()"))
        self.assertTrue(pdb)

    def test_the_module_is_as_it_was_after_a_reset(self):
        self.run_failing(HALVES, "0\n")
        self.adopt()
        self.show("scale = 3; other = 4; del process")
        self.assertEqual("ok", _console.ask("reset"))
        self.assertEqual("2\n", self.show("scale"))
        self.assertEqual("(True, False)\n", self.show("callable(process), 'other' in globals()"))

    def test_records_of_other_formats(self):
        fail = "def process(record):\n    raise LookupError\n"
        cases = (
            ("jsonl", '{"a": [1]}\n', "{'a': [1]}\n"),
            ("csv", "a,b\n1,2\n", "{'a': '1', 'b': '2'}\n"),
            ("null", "x\0y\0", "'x'\n"),
            ("bytes", "xy", "b'xy'\n"),
        )
        for number, (format, data, shown) in enumerate(cases):
            with self.subTest(format):
                preamble = "a,b" if format == "csv" else ""
                body = data.partition("\n")[2] if format == "csv" else data
                self.load(fail, name=f"s{number}.py", keep="1", on_error="shard", format=format)
                self.assertEqual("failed", self.run_shard(body, preamble=preamble).status)
                self.adopt()
                self.assertEqual(shown, self.show("record"))

    def test_a_record_that_cannot_be_decoded(self):
        self.run_failing("def process(record): pass", '{"a": 1}\n{a\n', format="jsonl")
        self.adopt()
        self.assertEqual("'{a'\n", self.show("record"))

    def test_a_result_that_cannot_be_written(self):
        self.run_failing("def process(line): return '\\ud800' if line == 'b' else line", "a\nb\nc\n")
        self.adopt()
        self.assertEqual("'b'\n", self.show("record"))
        self.assertIn("UnicodeEncodeError", self.show("error"))

    def test_the_last_record_that_a_shard_function_took(self):
        source = """
            def process_shard(records):
                for line in records:
                    yield 1 // int(line)
            """
        self.run_failing(source, "1\n0\n2\n")
        self.adopt()
        self.assertEqual("'0'\n", self.show("record"))

    def test_a_shard_function_that_took_none(self):
        self.run_failing("def process_shard(records): raise LookupError", "1\n")
        self.adopt()
        self.assertEqual("False\n", self.show("'record' in globals()"))

    def test_a_filter_has_the_bytes_of_its_shard(self):
        self.run_failing("import sys\nn = len(sys.stdin.readline())\n1 // 0\n", "abc\nd\n")
        self.adopt()
        self.assertEqual("(b'abc\\nd\\n', 4)\n", self.show("record, n"))
        self.assertEqual("'__main__'\n", self.show("__name__"))

    def test_a_script_that_cannot_be_loaded(self):
        answer = self.open("a = 1\nb = a // 0\ndef process(line): pass\n", keep="1")
        self.assertEqual("script", answer[0])
        self.adopt()
        self.assertEqual("1\n", self.show("a"))
        self.assertEqual("False\n", self.show("'record' in globals()"))
        self.assertEqual(b"ok", _cpython.close())

    def test_a_script_that_cannot_be_compiled(self):
        self.assertEqual("script", self.open("def process(line:\n", keep="1")[0])
        self.adopt()
        self.assertIn("SyntaxError", self.show("error"))

    def test_what_is_kept_is_of_the_last_shard(self):
        self.run_failing(HALVES, "0\n")
        self.assertEqual("finished", self.run_shard("1\n").status)
        self.assertRaises(ScriptError, self.adopt)

    def test_nothing_is_kept_unless_it_is_asked_for(self):
        self.load(HALVES, on_error="shard")
        self.assertEqual("failed", self.run_shard("0\n").status)
        self.assertRaises(ScriptError, self.adopt)

    def test_one_record_is_not_taken_for_another(self):
        self.run_failing(HALVES, "".join(f"{n}\n" for n in range(4000, -1, -1)))
        self.adopt()
        self.assertEqual("'0'\n", self.show("record"))


if __name__ == "__main__":
    unittest.main()
