"""Scripts made of one expression, and how they run."""

import contextlib
import os
import subprocess
import sys
import textwrap
import unittest

from harness import DriverTestCase
from pyparallel import _cpython, _oneliner


@contextlib.contextmanager
def working_in(folder):
    before = os.getcwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


def made(expression, kind="MAP", format="lines", output="text", keeps_records=False):
    return _oneliner.source(kind, expression, format, output, keeps_records)


def imports(expression, kind="MAP"):
    """The import lines of a script, without those of the runner's own."""
    lines = made(expression, kind).splitlines()
    return [line.removeprefix("import ") for line in lines if line.startswith("import ")]


def refusal(expression, kind="MAP"):
    try:
        made(expression, kind)
    except _oneliner.ExpressionError as error:
        return str(error)
    raise AssertionError(f"{expression} is no error")


class ScriptTest(unittest.TestCase):
    """The text of scripts."""

    def check(self, expected, *arguments, **options):
        self.assertEqual(textwrap.dedent(expected).lstrip("\n"), made(*arguments, **options))

    def test_the_value_of_a_map_is_the_result(self):
        self.check(
            """
            def process(x):
                return x.upper()
            """,
            "x.upper()",
        )

    def test_names_that_are_used_are_given(self):
        self.check(
            """
            import math
            from pyparallel import record


            def process(x):
                line = record.line
                i = record.number
                return math.sqrt(i), line
            """,
            "math.sqrt(i), line",
        )

    def test_a_filter_passes_records_on(self):
        self.check(
            """
            def process(x):
                if x["a"] > 1:
                    return x
            """,
            'x["a"] > 1',
            "FILTER",
            "csv",
            "csv",
        )

    def test_a_filter_passes_lines_on_where_records_were_made_of_lines(self):
        expected = """
            from pyparallel import record


            def process(x):
                if x > 1:
                    return record.line
            """
        for format in ("jsonl", "values"):
            self.check(expected, "x > 1", "FILTER", format)
        for format, output, keeps in (
            ("lines", "text", False),
            ("json", "text", False),
            ("jsonl", "json", False),
            ("jsonl", "text", True),
        ):
            text = made("x > 1", "FILTER", format, output, keeps)
            self.assertIn("return x\n", text, (format, output, keeps))

    def test_a_reduction_is_a_function_of_two(self):
        self.check(
            """
            import operator


            def process(x):
                return x


            def reduce(a, b):
                return operator.add(a, b)
            """,
            "operator.add(a, b)",
            "REDUCE",
            "values",
        )

    def test_what_would_end_the_statement_is_put_in_brackets(self):
        self.check("def process(x):\n    return (\n(x\n+ 1)\n    )\n", "(x\n+ 1)")
        self.check("def process(x):\n    return (\nx # why\n    )\n", "x # why")
        self.check("def process(x):\n    return '#'\n", "'#'")
        self.check("def process(x):\n    if (\nx # why\n    ):\n        return x\n", "x # why", "FILTER")

    def test_white_space_around_means_nothing(self):
        self.check("def process(x):\n    return x\n", " \n\tx \n")

    def test_text_in_strings_stays(self):
        expression = "'''a\n  b\n'''"
        namespace = {}
        exec(made(expression), namespace)
        self.assertEqual("a\n  b\n", namespace["process"](""))

    def test_the_record_of_the_runner_goes_by_another_name_where_that_is_taken(self):
        for expression in ("(record := line)", "[line for record in x]", "lambda: record and line"):
            with self.subTest(expression=expression):
                try:
                    text = made(expression)
                except _oneliner.ExpressionError:
                    continue  # no module of that name
                self.assertIn("import record as _record\n", text)
                self.assertIn("line = _record.line\n", text)
        text = made("(record := line)")
        self.assertIn("import record as _record\n", text)


class ImportTest(DriverTestCase):
    """Which modules a script imports."""

    def check(self, expected, expression):
        with self.subTest(expression=expression):
            self.assertEqual(expected, imports(expression))

    def test_names_that_nothing_binds_are_modules(self):
        self.check(["math"], "math.sqrt(x)")
        self.check(["json", "math"], "math.sqrt(json.loads(x))")
        self.check(["re"], "re")
        self.check(["math"], "x[math.pi:math.e]")

    def test_builtins_and_given_names_are_none(self):
        self.check([], "len(x), line, i, print, Exception, __name__, __debug__, __import__")
        self.assertEqual([], imports("a + b", "REDUCE"))

    def test_the_longest_dotted_name_that_is_a_module_is_imported(self):
        self.check(["os.path"], "os.path.join(x)")
        self.check(["collections"], "collections.Counter(x)")
        self.check(["xml.etree.ElementTree"], "xml.etree.ElementTree.fromstring(x).tag")
        self.check(["importlib.metadata"], "importlib.metadata.version(x)")
        self.check(["datetime"], "datetime.datetime.now()")
        self.check(["json"], "json.loads(x).tool.x")
        self.check(["os.path"], "os.sep + os.path.sep")
        self.check(["xml.dom.minidom", "xml.sax"], "xml.dom.minidom, xml.sax, xml")

    def test_attributes_are_no_names(self):
        self.check([], "x.math.sqrt")
        self.check([], "x.upper().math")

    def test_names_that_the_expression_binds_are_none(self):
        for expression in (
            "[math for math in x]",
            "{math: 1 for math in x}",
            "{1: re for math, (re, *json) in x}",
            "list(math for math in x if math for re in math if re)",
            "lambda math, /, re, *json, os, **time: (math, re, json, os, time)",
            "(math := 3) + math",
            "math + (math := 3)",
            "[(math := y) for y in x] and math",
            "lambda: (math := 3) + math",
            "[[math for re in math] for math in x]",
            "f'{[math for math in x]!r:{len(x)}}'",
            "[y for y in x if (z := y) if z]",
        ):
            self.check([], expression)

    def test_names_bound_elsewhere_do_not_count(self):
        self.check(["math"], "[math for math in math.x]")
        self.check(["math"], "[y for y in math.x]")
        self.check(["math"], "(lambda math: math)(math.pi)")
        self.check(["math"], "lambda math=math.pi: math")
        self.check(["math"], "lambda *, y=math.pi: y")
        self.check(["math"], "(lambda: (math := 1)) and math.pi")
        self.check(["math"], "[math for math in x] and math.pi")
        self.check(["math"], "[y for y in x if y > math.pi]")
        self.check(["re"], "[y for y in x for z in re.findall(y, y)]")

    def test_names_in_nested_scopes_and_in_f_strings_count(self):
        self.check(["math"], "lambda: [math.pi for y in x]")
        self.check(["math", "re"], "f'{math.pi:{re.sub(x, x, x)}}'")
        self.check(["math"], "{**{'a': math.pi}}")
        self.check(["time"], "x if time.time() else x")
        self.check(["math"], "[y for y in x if (lambda: math.pi)()]")

    def test_later_sources_know_the_targets_before_them(self):
        self.check([], "[re for math in x for re in math]")

    def test_modules_and_packages_in_the_working_directory_count(self):
        self.write("my_steps.py", "VALUE = 1\n")
        os.makedirs(os.path.join(self.folder, "my_package"))
        os.makedirs(os.path.join(self.folder, "my_folder"))
        self.write("my_package/__init__.py", "def twin(): pass\n")
        self.write("my_package/inner.py", "VALUE = 2\n")
        self.write("my_package/twin.py", "")
        self.write("my_package/broken.py", "1 / 0\n")
        self.write("my_folder/steps.py", "VALUE = 3\n")
        sys.path.insert(0, self.folder)
        self.check(["my_steps"], "my_steps.VALUE")
        self.check(["my_package.inner"], "my_package.inner.VALUE")
        self.check(["my_package"], "my_package.nothing")
        self.check(["my_package.broken"], "my_package.broken.x")
        self.check(["my_folder.steps"], "my_folder.steps.VALUE")
        # What a package has under a name goes before a module in it.
        self.check(["my_package"], "my_package.twin()")
        self.assertIn("the name my_folder is not known", refusal("my_folder"))


class RefusalTest(unittest.TestCase):
    """What is said about an expression that cannot be used: why, and where."""

    def check(self, message, shown, place, expression, kind="MAP"):
        with self.subTest(expression=expression):
            first, line, caret = refusal(expression, kind).split("\n")
            self.assertEqual(message, first)
            self.assertEqual(("  " + shown, "  " + place), (line, caret))

    def test_a_syntax_error(self):
        self.check("invalid syntax", "x +* 2", "   ^", "x +* 2")
        if sys.version_info >= (3, 10):
            self.check("'(' was never closed", "f(x", " ^", "f(x")

    def test_a_statement(self):
        needed = "an expression is needed"
        self.check(
            f"{needed}: leave the import out, modules are imported on demand",
            "import os; os.sep",
            "^",
            "import os; os.sep",
        )
        self.check(
            f"{needed}, not an assignment: compare with ==, or assign with := in ()",
            "y = x",
            "^",
            "y = x",
        )
        script = f"{needed}: put statements into a script, for pyparallel run"
        self.check(script, "x; x", "^", "x; x")
        self.check(script, "for y in x: print(y)", "^", "for y in x: print(y)")
        self.check(f"{needed}: leave return out", "return x", "^", "return x")
        self.check("yield goes in parentheses here", "yield x", "^", "yield x")

    def test_a_name_that_nothing_is_known_of(self):
        known = "there are x, line, i, builtins and modules"
        self.check(f"the name foo is not known: {known}", "foo(x)", "^", "foo(x)")
        self.check(f"the name foo is not known: {known}", "'é' + foo", "      ^", "'é' + foo")
        self.check(f"the name foo is not known: {known}", "+ foo)", "  ^", "(x\n+ foo)")
        self.check(f"the name process is not known: {known}", "process", "^", "process")
        pair = "there are a, b, builtins and modules"
        self.check(f"the name x is not known: {pair}", "x + b", "^", "x + b", "REDUCE")
        self.check(f"the name foo is not known: {known}", "foo. bar", "^", "foo.\tbar")

    def test_what_only_the_compiler_finds(self):
        for expression, place in (("await x", "^"), ("1 + (await x)", "     ^")):
            with self.subTest(expression=expression):
                message = refusal(expression)
                self.assertIn("'await' outside", message)
                self.assertTrue(message.endswith("\n  " + place), message)

    def test_what_cannot_be_compiled(self):
        self.assertIn("no valid text", refusal("'\udc80'"))
        deep = "(" * 500 + "x" + ")" * 500
        self.assertTrue(refusal(deep))
        self.assertTrue(refusal("-" * 100_000 + "x"))


class RunTest(DriverTestCase):
    """Expressions in the driver."""

    def start(self, kind, expression, *arguments, **options):
        name = f"<{kind.lower()}>"
        options = {
            "script": name, "module": name, "kind": kind, "expression": expression, **options
        }  # fmt: skip
        return self.open("", *arguments, **options)

    def outcome(self, expression, data, kind="MAP", **options):
        self.assertEqual(["ok"], self.start(kind, expression, **options))
        return self.run_shard(data)

    def test_a_map_gives_what_a_script_would(self):
        for expression, expected in (
            ("x.upper()", "A\nB\n"),
            ("len(x)", "1\n1\n"),
            ("None", ""),
            ("(y for y in x * 2)", "a\na\nb\nb\n"),
            ("(yield x)", "a\nb\n"),
            ("{'x': x}", '{"x":"a"}\n{"x":"b"}\n'),
        ):
            with self.subTest(expression=expression):
                self.assertEqual(expected, self.outcome(expression, "a\nb\n").output.decode())

    def test_a_filter_gives_records(self):
        result = self.outcome("x > 'a'", "a\nb\n", "FILTER")
        self.assertEqual((b"b\n", 2), (result.output, result.records))

    def test_tracebacks_show_the_expression(self):
        error = self.outcome("1 / len(x)", "a\n\n").errors[0]
        self.assertEqual([("<map>", "2", "process", "return 1 / len(x)")], error.frames)
        self.assertIn("return 1 / len(x)", error.traceback)

    def test_what_cannot_be_used_is_a_usage_error(self):
        kind, message = self.start("MAP", "x +")
        self.assertEqual("usage", kind)
        self.assertEqual("invalid syntax\n  x +\n     ^", message)
        self.assertEqual("usage", self.start("MAP", "no_such_name")[0])

    def test_a_module_that_cannot_be_imported_is_the_scripts_error(self):
        self.write("my_broken.py", "raise OSError('no')\n")
        with working_in(self.folder):
            answer = self.start("MAP", "my_broken.x")
        self.assertEqual("script", answer[0])
        self.assertIn("OSError", answer)

    def test_modules_come_from_the_working_directory(self):
        self.write("my_local.py", "def double(x): return x * 2\n")
        with working_in(self.folder):
            self.assertEqual("aa\n", self.outcome("my_local.double(x)", "a\n").output.decode())
            self.assertEqual(self.folder, sys.path[0])

    def test_arguments_are_in_argv(self):
        self.assertEqual(["ok"], self.start("MAP", "sys.argv", "--year", "2026"))
        self.assertEqual('["<map>","--year","2026"]\n', self.run_shard("a\n").output.decode())

    def test_there_is_no_file(self):
        self.assertEqual("usage", self.start("MAP", "__file__")[0])
        self.assertEqual("False\n", self.outcome("str('__file__' in globals())", "a\n").output.decode())

    def test_line_and_number(self):
        result = self.outcome("f'{i} {line}'", '{"a":  1}\n\n[2]\n', format="jsonl")
        self.assertEqual((0, []), (result.failed, result.errors))
        _cpython.close()
        self.assertEqual(["ok"], self.start("MAP", "i"))
        self.assertEqual("5\n6\n", self.run_shard("a\nb\n", first=5, line=5).output.decode())
        self.assertEqual(["ok"], self.start("MAP", "line + '!'"))
        self.assertEqual("a!\nb!\n", self.run_shard("a\nb\n").output.decode())

    def test_a_filter_passes_json_lines_on_as_they_are(self):
        result = self.outcome("x['a'] > 1", '{"a": 1}\n{"a":   2.50}\n', "FILTER", format="jsonl")
        self.assertEqual('{"a":   2.50}\n', result.output.decode())


class ProgramTest(unittest.TestCase):
    """The module as a program."""

    def run_program(self, *arguments, **options):
        command = [sys.executable, _oneliner.__file__, *arguments]
        return subprocess.run(command, capture_output=True, text=True, timeout=60, **options)

    def test_it_prints_the_script(self):
        done = self.run_program("MAP", "math.pi, 'é'", "lines", "text", "0", "")
        self.assertEqual((0, ""), (done.returncode, done.stderr))
        self.assertEqual(made("math.pi, 'é'"), done.stdout)
        done = self.run_program("MAP", "x", "lines", "text", "0", "--numbered")
        self.assertEqual("# pyparallel run --numbered\n" + made("x"), done.stdout)

    def test_it_tells_what_is_wrong(self):
        done = self.run_program("FILTER", "x +", "lines", "text", "0", "")
        self.assertEqual((2, ""), (done.returncode, done.stdout))
        self.assertEqual("pyparallel: invalid syntax\n  x +\n     ^\n", done.stderr)


if __name__ == "__main__":
    unittest.main()
