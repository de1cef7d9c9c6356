"""JSON values, in lines and one after the other, compared with the ``json`` module."""

import json
import random
import unittest
from unittest import mock

from harness import reading
from pyparallel import _records

SEED = 20_26
ROUNDS = 600
TEXTS = ("", "a", "é€😀", 'q"\\', "[1,2]", "}{", "]", ",", "\n\t", "\u2028")
SPACES = ("", "", " ", "\n", "\r\n\t", "  ")


def random_value(source, depth=3):
    kind = source.randrange(8 if depth else 5)
    if kind == 0:
        return source.choice(TEXTS)
    if kind == 1:
        return source.choice((None, True, False))
    if kind < 5:
        return source.choice((0, -1, 12, 1.5, -2e30, 10**30))
    size = source.randrange(4)
    if kind == 5:
        return {source.choice(TEXTS): random_value(source, depth - 1) for _ in range(size)}
    return [random_value(source, depth - 1) for _ in range(size)]


def write(source, value):
    return json.dumps(value, ensure_ascii=source.random() < 0.5, indent=source.choice((None, 1)))


def random_array(source):
    """An array's values, and its text in pieces that end with an element."""
    values = [random_value(source) for _ in range(source.randrange(6))]
    pieces = []
    begin = "["
    for number, value in enumerate(values):
        mark = "," if number < len(values) - 1 else "]"
        parts = [source.choice(SPACES) for _ in range(3)]
        pieces.append(begin + parts[0] + write(source, value) + parts[1] + mark + parts[2])
        begin = ""
    return values, pieces or ["[" + source.choice(SPACES) + "]"]


def records(data, preamble="", first=True, **options):
    """The records of a shard; checks where each of them is."""
    read = reading(data, "json", preamble=preamble, first=first, **options)
    found = []
    for record in read.records():
        place = read.place(read.cursor.position())
        text = data[place.offset : place.end].decode()
        assert repr(json.loads(text)) == repr(record), (text, record)
        assert place.line == data[: place.offset].count(b"\n"), (data, place.line)
        assert read.current_text() == text
        found.append(record)
    return found, read


class JsonTextTest(unittest.TestCase):
    def test_arrays_and_values_in_any_shards(self):
        for piece in (1, 10, _records.PIECE):
            source = random.Random(f"{SEED} {piece}")
            with mock.patch.object(_records, "PIECE", piece):
                for _ in range(ROUNDS):
                    self.check(source)

    def check(self, source):
        expected, shards = [], []
        text, preamble = source.choice(("", "\ufeff")), ""
        for _ in range(source.randrange(4)):
            if source.random() < 0.5:
                value = random_value(source)
                value = {"v": value} if isinstance(value, list) else value
                expected.append(value)
                text += " " + write(source, value) + source.choice(SPACES)
                continue
            values, pieces = random_array(source)
            expected += values
            for number, piece in enumerate(pieces):
                text += piece
                if source.random() < 0.5:
                    shards.append((text, preamble))
                    text, preamble = "", "[" if number < len(pieces) - 1 else ""
        shards.append((text, preamble))
        with self.subTest(shards=shards):
            found = []
            for number, (text, preamble) in enumerate(shards):
                values, read = records(text.encode(), preamble, first=number == 0)
                self.assertEqual([], read.troubles)
                found += values
                self.assertEqual(text.count("\n"), read.lines(len(values)))
            self.assertEqual(repr(expected), repr(found))

    def test_what_is_no_json_fails_alone(self):
        for text, values, failed in (
            ("[1,,2]", [1, 2], {1: "Expecting value"}),
            ("[1 2, 3]", [3], {0: "Extra data"}),
            ("[1,]", [1], {1: "Illegal trailing comma"}),
            ("[,]", [], {0: "Expecting value", 1: "Illegal trailing comma"}),
            ("[]", [], {}),
            ("", [], {}),
            (" [ ] ", [], {}),
            ("[1, x, 2]", [1, 2], {1: "Expecting value"}),
            ('[{"a": x, "b": [1, 2]}, 3]', [3], {0: "Expecting value"}),
            ('[{"a": "x}, {"b": 1}\n, 2]', [], {0: "delimiter"}),
            ('["a\n", 2]', [], {0: "Invalid control character"}),
            ("[1] x [2] ]", [1, 2], {1: "Expecting value", 3: "Expecting value"}),
            ("1,2 3", [1, 3], {1: "Expecting value"}),
            ('{"a": 1}{b: 2} {"c": 3}', [{"a": 1}, {"c": 3}], {1: "property name"}),
            ('{"a": 1}\n{"b"', [{"a": 1}], {1: "delimiter"}),
            ('[1, {"b"', [1], {1: "delimiter"}),
            ("[NaN, -Infinity]", [float("nan"), float("-inf")], {}),
        ):
            with self.subTest(text=text):
                read = reading(text.encode(), "json")
                self.assertEqual(repr(values), repr(list(read.records())))
                self.assertEqual(list(failed), read.failed)
                for error, part in zip(read.troubles, failed.values()):
                    self.assertIn(part, str(error))
                self.assertEqual(len(values) + len(failed), read.count())

    def test_a_shard_inside_an_array(self):
        for text, values, failed in (
            ("1, 2,", [1, 2], []),
            (" 3 ] [4] 5", [3, 4, 5], []),
            (",1]", [1], [0]),
            ("]", [], [0]),
            ("", [], []),
        ):
            with self.subTest(text=text):
                read = reading(text.encode(), "json", preamble="[", first=False)
                self.assertEqual(values, list(read.records()))
                self.assertEqual(failed, read.failed)

    def test_too_deep_a_value_fails_alone(self):
        deep = b"[" * 200_000 + b"]" * 200_000
        read = reading(b"[1," + deep + b",2]", "json")
        self.assertEqual([1, 2], list(read.records()))
        self.assertIsInstance(read.troubles[0], RecursionError)
        place = read.place(1)
        self.assertEqual((3, 3 + len(deep)), (place.offset, place.end))

    def test_bytes_that_are_not_utf8_fail_their_value(self):
        data = '["é", "'.encode() + b'\xff", "' + '€", "\\ud800"]'.encode()
        read = reading(data, "json")
        self.assertEqual(["é", "€", "\ud800"], list(read.records()))
        self.assertEqual([1], read.failed)
        self.assertIsInstance(read.troubles[0], UnicodeDecodeError)
        self.assertEqual(data.index(b'"\xff'), read.place(1).offset)
        self.assertEqual(b'"\xff"', read.source_text(1))
        for errors, text in (("replace", "\ufffd"), ("surrogateescape", "\udcff")):
            read = reading(data, "json", errors=errors)
            found = []
            for record in read.records():
                found.append((record, read.place(read.cursor.position()).offset))
            self.assertEqual((text, data.index(b'"\xff')), found[1])
            self.assertEqual(("€", data.index('"€"'.encode())), found[2])

    def test_a_failure_behind_the_last_record_leaves_that_one_its_place(self):
        read = reading(b"[1,\n2,\nx]", "json")
        list(read.records())
        self.assertEqual((2, 7), (read.place(2).line, read.place(2).offset))
        self.assertEqual((1, 4), (read.place(1).line, read.place(1).offset))
        self.assertEqual("2", read.current_text())

    def test_no_value_is_read_before_it_is_wanted(self):
        data = b"[" + b",".join(b"%d" % number for number in range(100_000)) + b"]"
        read = reading(data, "json")
        batch = next(read.batches)
        self.assertLess(len(batch), 10_000)
        read.open(batch)
        self.assertEqual(100_000, read.count())


class LineValuesTest(unittest.TestCase):
    def test_a_line_is_its_value_or_itself(self):
        for line, value in (
            ("1", 1), ("0", 0), ("-1", -1), ("007", "007"), ("1_0", "1_0"), ("+1", "+1"),
            ("1.5", 1.5), ("-0.0", -0.0), ("1e3", 1000.0), (".5", ".5"), ("1.", "1."),
            ("true", True), ("false", False), ("null", None), ("nullx", "nullx"), ("True", "True"),
            ("NaN", "NaN"), ("-Infinity", "-Infinity"), ("[NaN]", "[NaN]"), ("nan", "nan"),
            ('"x"', "x"), ('"x', '"x'), ('{"a": [1]}', {"a": [1]}), ("{a}", "{a}"), ("[1]]", "[1]]"),
            (" 1 ", 1), ("\t[1]\r", [1]), (" x ", " x "), ("1 2", "1 2"), ("٣", "٣"), ("²", "²"),
            ("\u20281", "\u20281"), ("9" * 5000, "9" * 5000), ("1" + "0" * 30, 10**30),
        ):
            with self.subTest(line=line):
                found = list(reading(line.encode() + b"\n", "values").records())
                self.assertEqual(repr([value]), repr(found))

    def test_blank_lines_are_passed_over_but_numbered(self):
        read = reading(b"1\n\n \t\r\nx\n\xff\n2", "values")
        found = [(record, read.cursor.position()) for record in read.records()]
        self.assertEqual([(1, 0), ("x", 3), (2, 5)], found)
        self.assertEqual([4], read.failed)
        self.assertEqual(6, read.lines(read.count()))

    def test_too_deep_a_value_fails(self):
        read = reading(b"[" * 200_000 + b"\n7\n", "values")
        self.assertEqual([7], list(read.records()))
        self.assertIsInstance(read.troubles[0], RecursionError)

    def test_values_are_those_of_the_json_module(self):
        source = random.Random(SEED)
        for _ in range(ROUNDS):
            line = json.dumps(random_value(source))
            if source.random() < 0.3:
                line = line[: source.randrange(len(line))]
            try:
                expected = [json.loads(line)]
            except ValueError:
                expected = [line] if line and not line.isspace() else []
            with self.subTest(line=line):
                found = list(reading(line.encode(), "values").records())
                self.assertEqual(repr(expected), repr(found))


if __name__ == "__main__":
    unittest.main()
