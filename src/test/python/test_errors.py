"""How a script's exceptions are described."""

import sys
import textwrap
import unittest

from harness import DriverTestCase, Error
from pyparallel import _driver, _errors


def raised(source, filename="script.py"):
    """The exception that a script raises."""
    try:
        exec(compile(textwrap.dedent(source), filename, "exec"), {"__name__": "script"})
    except BaseException as error:
        return error
    raise AssertionError("the script raises nothing")


def described(source, record=-1):
    return Error(_errors.describe(raised(source), record))


class DescribeTest(unittest.TestCase):
    def test_the_parts_of_an_error(self):
        error = described(
            """
            def parse(text):
                return int(text)
            parse("x")
            """,
            record=7,
        )
        self.assertEqual(7, error.record)
        self.assertEqual("ValueError", error.type)
        self.assertEqual("invalid literal for int() with base 10: 'x'", error.message)
        script = [frame for frame in error.frames if frame[0] == "script.py"]
        self.assertEqual([("4", "<module>"), ("3", "parse")], [frame[1:3] for frame in script])
        self.assertTrue(error.traceback.startswith("Traceback (most recent call last):\n"))
        self.assertTrue(error.traceback.endswith(f"ValueError: {error.message}"))

    def test_types_carry_their_module(self):
        for source, type in (
            ("class Mine(Exception): pass\nraise Mine", "script.Mine"),
            ("class A:\n class B(Exception): pass\nraise A.B", "script.A.B"),
            ("import json; json.loads('x')", "json.decoder.JSONDecodeError"),
            ("raise KeyboardInterrupt", "KeyboardInterrupt"),
        ):
            with self.subTest(source=source):
                self.assertEqual(type, described(source).type)

    def test_causes_and_contexts_are_kept(self):
        error = described(
            """
            try:
                {}["key"]
            except KeyError as cause:
                try:
                    1 / 0
                except ZeroDivisionError:
                    raise ValueError("top") from cause
            """
        )
        self.assertIn("KeyError: 'key'", error.traceback)
        self.assertIn("direct cause", error.traceback)
        self.assertTrue(error.traceback.endswith("ValueError: top"))
        context = described("try:\n 1 / 0\nexcept ZeroDivisionError:\n raise ValueError('top')")
        self.assertIn("ZeroDivisionError", context.traceback)
        self.assertIn("During handling", context.traceback)

    @unittest.skipIf(sys.version_info < (3, 11), "Python has none")
    def test_exception_groups_are_shown_with_their_parts(self):
        error = described(
            "raise ExceptionGroup('several', [ValueError('a'), ExceptionGroup('in', [OSError('b')])])"
        )
        self.assertEqual("ExceptionGroup", error.type)
        self.assertEqual("several (2 sub-exceptions)", error.message)
        self.assertIn("ValueError: a", error.traceback)
        self.assertIn("OSError: b", error.traceback)

    def test_a_broken_str_hides_only_the_message(self):
        error = described(
            """
            class Broken(Exception):
                def __str__(self):
                    raise RuntimeError("no text")
            raise Broken
            """
        )
        self.assertEqual("script.Broken", error.type)
        self.assertIn("RuntimeError", error.message)
        self.assertIn(("5", "<module>"), [frame[1:3] for frame in error.frames])

    def test_a_cycle_of_causes_ends(self):
        error = described(
            """
            a, b = ValueError("a"), ValueError("b")
            a.__cause__, b.__cause__ = b, a
            raise a
            """
        )
        self.assertEqual("a", error.message)

    def test_endless_recursion_is_short(self):
        error = described("def f(): f()\nf()")
        self.assertEqual("RecursionError", error.type)
        self.assertLess(len(error.traceback), 10_000)

    def test_sys_exit_says_so(self):
        for call, message in (
            ("sys.exit()", "the script called sys.exit()"),
            ("sys.exit(3)", "the script called sys.exit(3)"),
            ("sys.exit('usage: me')", "the script called sys.exit('usage: me')"),
        ):
            with self.subTest(call=call):
                error = described("import sys; " + call)
                self.assertEqual(("SystemExit", message), (error.type, error.message))

    def test_nul_and_lone_surrogates_cannot_break_the_protocol(self):
        error = described("raise ValueError('a\\0b\\ud800c')")
        self.assertEqual("a\\x00b\\ud800c", error.message)
        self.assertTrue(error.traceback.endswith("ValueError: a\\x00b\\ud800c"))

    @unittest.skipIf(sys.version_info < (3, 11), "Python has none")
    def test_notes_are_part_of_the_traceback(self):
        error = described("e = ValueError('a')\ne.add_note('try this')\nraise e")
        self.assertTrue(error.traceback.endswith("ValueError: a\ntry this"))


class OwnFramesTest(DriverTestCase):
    def frames(self, error):
        return [frame[2] for frame in error.frames]

    def test_the_runners_frames_are_dropped(self):
        self.load("def process(record):\n    return check(record)\ndef check(record): 1 / 0\n")
        [error] = self.run_shard("a\n").errors
        self.assertEqual(["process", "check"], self.frames(error))
        self.assertNotIn(_driver.__file__, error.traceback)

    def test_those_of_a_cause_and_of_parts_of_a_group_too(self):
        self.load(
            """
            def process(record):
                try:
                    print("x", file=1)
                except AttributeError as error:
                    raise ExceptionGroup("both", [ValueError(1)]) from error
            """
        )
        [error] = self.run_shard("a\n").errors
        self.assertNotIn(_driver.__file__.removesuffix("_driver.py"), error.traceback)

    def test_those_of_our_streams_too(self):
        self.load("import sys\ndef process(record): sys.stdout.write(1)\n")
        [error] = self.run_shard("a\n").errors
        self.assertEqual(["process"], self.frames(error))

    def test_a_record_that_cannot_be_decoded_has_no_frames(self):
        self.load("def process(record): return record")
        [error] = self.run_shard(b"a\n\xff\n").errors
        self.assertEqual(("UnicodeDecodeError", 1, []), (error.type, error.record, error.frames))

    def test_a_syntax_error_of_the_script_says_where(self):
        kind, *fields = self.open("x = 1\ndef process(record:\n")
        error = Error(fields)
        self.assertEqual(("script", "SyntaxError"), (kind, error.type))
        told = "'(' was never closed", "unexpected EOF while parsing"
        self.assertEqual(told[sys.version_info < (3, 10)], error.message)
        self.assertEqual([], error.frames)
        self.assertIn('script.py", line 2', error.traceback)

    def test_a_module_that_is_missing_is_named_with_the_line(self):
        kind, *fields = self.open("import no_such_module\ndef process(record): pass\n")
        error = Error(fields)
        self.assertEqual(("script", "ModuleNotFoundError"), (kind, error.type))
        self.assertEqual([("1", "<module>")], [frame[1:3] for frame in error.frames])


if __name__ == "__main__":
    unittest.main()
