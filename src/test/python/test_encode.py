"""What a script's values become."""

import json
import unittest

from pyparallel import _encode
from pyparallel._cpython import RESULTS, Host


class OutputTestCase(unittest.TestCase):
    def make(self, json_values=False, errors="strict"):
        self.sent = []
        self.failures = []
        self.wanted = True
        host = Host(self.emit, errors)
        return _encode.Output(host, json_values, lambda *failure: self.failures.append(failure))

    def emit(self, kind, data):
        self.assertEqual(RESULTS, kind)
        self.sent.append(data)
        return self.wanted

    def written(self, *values, json_values=False, errors="strict"):
        output = self.make(json_values, errors)
        for value in values:
            output.add(value)
        output.finish()
        return b"".join(self.sent)


class TextTest(OutputTestCase):
    def test_kinds_of_values(self):
        for value, line in (
            (None, b""),
            ("é", b"\xc3\xa9\n"),
            ("", b"\n"),
            ("two\nlines", b"two\nlines\n"),
            (b"raw\xff", b"raw\xff"),
            (bytearray(b"raw"), b"raw"),
            (memoryview(b"raw"), b"raw"),
            (7, b"7\n"),
            (-1.5, b"-1.5\n"),
            (True, b"true\n"),
            ([1, None], b"[1,null]\n"),
            ({2, 1}, b"[1,2]\n"),
            (10**5000, b"1" + b"0" * 5000 + b"\n"),
            ((1, "é"), b'[1,"\xc3\xa9"]\n'),
            ({"a": {"b": []}}, b'{"a":{"b":[]}}\n'),
            ((x for x in ("a", None, 2)), b"a\n2\n"),
        ):
            with self.subTest(value=value):
                self.assertEqual(line, self.written(value))

    def test_subclasses_count_as_what_they_are(self):
        class Text(str):
            pass

        class Number(int):
            def __repr__(self):
                return "a number"

        self.assertEqual(b"a\n5\n", self.written(Text("a"), Number(5)))

    def test_text_and_bytes_stay_in_order(self):
        self.assertEqual(b"a\nb\xffc\n", self.written("a", b"b\xff", "c"))

    def test_what_has_no_json_raises(self):
        for value in (object(), {object()}, float("nan"), float("inf"), [float("nan")], {(1,): 2}):
            with self.subTest(value=value):
                output = self.make()
                with self.assertRaises((TypeError, ValueError)):
                    output.add(value)
                output.finish()
                self.assertEqual([], self.sent)

    def test_lone_surrogates_survive_in_json_only(self):
        self.assertEqual(b'["\\ud800"]\n', self.written(["\ud800"]))
        self.assertEqual([], self.failures)
        self.assertEqual(b"a\nb\n", self.written("a", "\ud800", "b"))
        self.assertEqual(1, len(self.failures))

    def test_escaped_bytes_come_out_as_they_went_in(self):
        self.assertEqual(b"\xff\n", self.written("\udcff", errors="surrogateescape"))

    def test_a_generator_keeps_what_it_gave_before_it_raised(self):
        def items():
            yield "a"
            raise ValueError

        output = self.make()
        with self.assertRaises(ValueError):
            output.add(items())
        output.finish()
        self.assertEqual([b"a\n"], self.sent)


class PrintedTest(OutputTestCase):
    def test_the_next_value_continues_an_unfinished_line(self):
        output = self.make()
        output.write("a")
        output.write("b")
        output.add("c")
        output.write("d\ne")
        output.add_bytes(b"f")
        output.write("g")
        output.finish()
        self.assertEqual(b"abc\nd\nefg", b"".join(self.sent))

    def test_in_json_each_printed_line_is_a_string(self):
        output = self.make(json_values=True)
        output.write("a")
        output.write("b\nc\n")
        output.write("d")
        output.add(1)
        output.write("e")
        output.finish()
        self.assertEqual(b'"ab"\n"c"\n"d"\n1\n"e"\n', b"".join(self.sent))

    def test_text_that_cannot_be_written_is_reported(self):
        output = self.make()
        output.write("a\n\ud800\nb\n")
        output.finish()
        self.assertEqual(b"a\nb\n", b"".join(self.sent))
        [(record, error)] = self.failures
        self.assertEqual(-1, record)
        self.assertIsInstance(error, UnicodeEncodeError)


class JsonTest(OutputTestCase):
    def test_every_value_is_one_line_of_json(self):
        values = ["é\n", b"bytes", 1, 2.5, None, True, [1], {"a": "\u2028"}, "\ud800"]
        lines = self.written(*values, json_values=True).decode().splitlines(keepends=True)
        kept = ["é\n", "bytes", 1, 2.5, True, [1], {"a": "\u2028"}, "\ud800"]
        text = "".join(lines)
        self.assertEqual(kept, [json.loads(line) for line in text.removesuffix("\n").split("\n")])

    def test_bytes_that_are_not_text_raise(self):
        output = self.make(json_values=True)
        with self.assertRaisesRegex(ValueError, "not UTF-8"):
            output.add(b"\xff")


class SendingTest(OutputTestCase):
    def test_output_leaves_in_chunks_while_the_shard_runs(self):
        output = self.make()
        size = 2 * _encode.SEND_SIZE // _encode.PACK_VALUES
        for _ in range(3 * _encode.PACK_VALUES):
            output.add("x" * (size - 1))
        self.assertEqual(3, len(self.sent))
        output.finish()
        self.assertEqual(6 * _encode.SEND_SIZE, len(b"".join(self.sent)))

    def test_bytes_leave_as_soon_as_there_are_enough(self):
        output = self.make()
        output.add(bytes(_encode.SEND_SIZE))
        self.assertEqual(1, len(self.sent))

    def test_nothing_is_sent_when_there_is_nothing(self):
        self.assertEqual(b"", self.written(None, (x for x in ())))
        self.assertEqual([], self.sent)

    def test_the_shard_stops_when_nobody_wants_more(self):
        output = self.make()
        self.wanted = False
        output.add("a")
        with self.assertRaises(_encode.Stopped):
            output.finish()

    def test_a_record_that_cannot_be_written_is_named_where_each_gave_one_line(self):
        output = self.make()
        output.values.extend(("a", "\ud800", "c"))
        output.pack(first=10, count=3)
        output.finish()
        self.assertEqual([11], [record for record, _ in self.failures])
        self.assertEqual([b"a\nc\n"], self.sent)

    def test_a_record_is_not_named_where_others_gave_none_or_several_lines(self):
        for give in (
            lambda output: output.add(x for x in ("a", "\ud800")),
            lambda output: output.write("a\n\ud800\n"),
            lambda output: (output.write("a\n"), output.add("\ud800")),
        ):
            output = self.make()
            give(output)
            output.pack(first=10, count=2)  # the second one gave nothing
            self.assertEqual([-1], [record for record, _ in self.failures])

    def test_a_record_is_not_named_for_what_another_one_began(self):
        output = self.make()
        output.add("a")
        output.write("\ud800")
        output.pack(first=10, count=2)
        self.assertEqual([], self.failures)
        output.add("b")
        output.add("c")
        output.pack(first=12, count=2)
        self.assertEqual([-1], [record for record, _ in self.failures])
        output.add("\ud800")
        output.pack(first=14, count=1)
        self.assertEqual([-1, 14], [record for record, _ in self.failures])


if __name__ == "__main__":
    unittest.main()
