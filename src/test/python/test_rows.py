"""Results as rows of fields."""

import collections
import dataclasses
import datetime
import decimal
import enum
import unittest

from harness import DriverTestCase
from pyparallel._cpython import RESULTS, Host
from pyparallel._rows import TableOutput

Pair = collections.namedtuple("Pair", "a b")


@dataclasses.dataclass
class Point:
    x: object
    y: object = None


class Colour(enum.Enum):
    RED = "red"


class Mode(str, enum.Enum):
    FAST = "fast"


class Listed:
    def tolist(self):
        return [1, [2]]


class RowsTest(unittest.TestCase):
    def rows(self, *values, delimiter=","):
        """What is written, with a tilde for NUL."""
        self.sent = []
        self.failures = []
        host = Host(self.emit, "strict")
        output = TableOutput(host, lambda *failure: self.failures.append(failure), delimiter)
        for value in values:
            output.add(value)
        output.finish()
        self.assertEqual([], self.failures)
        return b"".join(self.sent).decode().replace("\0", "~")

    def emit(self, kind, data):
        self.assertEqual(RESULTS, kind)
        self.sent.append(data)
        return True

    def test_named_fields(self):
        for value in ({"a": 1, "b": "x"}, Pair(1, "x"), collections.OrderedDict(a=1, b="x")):
            with self.subTest(value=value):
                self.assertEqual("~a,b\n1,x\n", self.rows(value))
        self.assertEqual("~x,y\n1,2\n", self.rows(Point(1, 2)))

    def test_fields_without_names(self):
        for value in ([1, "x"], (1, "x"), collections.deque([1, "x"])):
            with self.subTest(value=value):
                self.assertEqual("~\n1,x\n", self.rows(value))
        self.assertEqual("~\n1,[2]\n", self.rows(Listed()))

    def test_one_field(self):
        for value, row in (
            ("a", "a"),
            ("", '""'),
            (7, "7"),
            (0.5, "0.5"),
            (True, "True"),
            (10**5000, "1" + "0" * 5000),
            ({2, 1}, '"[1,2]"'),
            (datetime.date(2020, 1, 2), "2020-01-02"),
            (b"raw", "raw"),
            (Colour.RED, "red"),
        ):
            with self.subTest(value=value):
                self.assertEqual(f"~\n{row}\n", self.rows(value))
        self.assertEqual("~\na\n1\n", self.rows(x for x in ("a", None, 1)))
        self.assertEqual("", self.rows(None))

    def test_texts_of_fields(self):
        for field, text in (
            (None, ""),
            (True, "True"),
            (-3, "-3"),
            (1e16, "1e+16"),
            (float("nan"), "nan"),
            (Mode.FAST, "fast"),
            (Colour.RED, "red"),
            (decimal.Decimal("1.50"), "1.50"),
            (datetime.time(1), "01:00:00"),
            (b"raw", "raw"),
            ([1, {"a": "b"}], '"[1,{""a"":""b""}]"'),
            ({"a": None}, '"{""a"":null}"'),
            ({2, 1}, '"[1,2]"'),
            (Point(1), '"{""x"":1,""y"":null}"'),
            ("é", "é"),
            (" a ", " a "),
            ("a,b", '"a,b"'),
            ('a"b', '"a""b"'),
            ("a\nb", '"a\nb"'),
            ("a\rb", '"a\rb"'),
        ):
            with self.subTest(field=field):
                self.assertEqual(f"~\n{text},x\n", self.rows([field, "x"]))

    def test_tabs(self):
        self.assertEqual('~a\tb\n1,5\t"x\ty"\n', self.rows({"a": "1,5", "b": "x\ty"}, delimiter="\t"))

    def test_a_marker_where_the_names_change(self):
        self.assertEqual(
            "~a,b\n1,2\n3,4\n~b,a\n5,6\n~\n7\n8\n~a\n9\n",
            self.rows({"a": 1, "b": 2}, Pair(3, 4), {"b": 5, "a": 6}, [7], "8", {"a": 9}),
        )

    def test_names_that_are_no_text_or_need_quotes(self):
        self.assertEqual(
            '~1,,"a,b","c\nd"\n1,2,3,4\n', self.rows({1: 1, None: 2, "a,b": 3, "c\nd": 4})
        )

    def test_what_is_no_row(self):
        for value, *parts in (
            ({}, "without fields", "return None"),
            ([], "without fields"),
            ({"a": 1, "b": object()}, "column 'b'", "of type object"),
            ([1, object()], "column 2", "of type object"),
            (object(), "column 1", "of type object"),
            ({"a": [float("nan")]}, "column 'a'", "result[0] is nan"),
            ({"a": "x\0y"}, "NUL", "--output-format jsonl"),
            ({"x\0y": 1}, "NUL"),
            ({1: 1, "1": 2}, "two columns called '1'"),
            ({"a": "\ud800"}, "surrogates not allowed"),
            ({"\ud800": 1}, "surrogates not allowed"),
            ({"a": b"\xff"}, "column 'a'", "not UTF-8"),
        ):
            with self.subTest(parts=parts):
                with self.assertRaises((TypeError, ValueError)) as caught:
                    self.rows(value)
                for part in parts:
                    self.assertIn(part, str(caught.exception))

    def test_a_row_that_failed_leaves_no_trace(self):
        host = Host(self.emit, "strict")
        self.sent = []
        output = TableOutput(host, None, ",")
        with self.assertRaises(ValueError):
            output.add({"a": "\0"})
        output.add({"a": 1})
        output.finish()
        self.assertEqual([b"\0a\n1\n"], self.sent)


class TableRunTest(DriverTestCase):
    def test_printed_lines_are_rows_of_one_field(self):
        script = """
            import sys
            def process(record):
                print("begun ", end="")
                print(record, "and, so")
                sys.stdout.buffer.write(b"raw ")
                return {"a": record}
            """
        self.assertEqual(
            '\0\n"begun x and, so"\nraw \n\0a\nx\n', self.results(script, "x\n", output="csv")
        )

    def test_every_shard_begins_with_a_marker(self):
        self.load("def process(record): return {'a': record}", output="tsv")
        for _ in range(2):
            self.assertEqual(b"\0a\nx\ny\n", self.run_shard("x\ny\n").output)

    def test_the_record_that_is_no_row_is_named(self):
        self.load("def process(record): return [record, '\\ud800' if record == 'b' else 1]", output="csv")
        result = self.run_shard("a\nb\nc\n")
        self.assertEqual(b"\0\na,1\nc,1\n", result.output)
        self.assertEqual([1], [error.record for error in result.errors])

    def test_a_filter_has_no_rows(self):
        for options in ({"output": "csv"}, {"output": "tsv"}):
            kind, message = self.open("print(1)", **options)
            self.assertEqual("usage", kind)
            self.assertIn(f"--output-format {options['output']} needs a function", message)


if __name__ == "__main__":
    unittest.main()
