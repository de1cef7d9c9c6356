"""Records between separators or from one start to the next, arguments and ranges."""

import random
import re
import unittest
from unittest import mock

from harness import reading
from pyparallel import _blocks, _records

SEED = 20_26
ROUNDS = 400
TOKENS = (b"a", b"-", b"--", b"-", b"\n", b"\n", b"\r\n", "é".encode(), b"\xff", b"\0", b"1", b" ")


def random_data(source):
    return b"".join(source.choice(TOKENS) for _ in range(source.randrange(50)))


class BlocksTest(unittest.TestCase):
    def check(self, data, expected, **options):
        """``expected`` are pairs of where records are."""
        read = reading(data, "records", errors="surrogateescape", **options)
        found = []
        for record in read.records():
            place = read.place(read.cursor.position())
            found.append((place.offset, place.end))
            text = data[place.offset : place.end].decode("utf-8", "surrogateescape")
            self.assertEqual(text, record)
            self.assertEqual(text, read.current_text())
            self.assertEqual(data[: place.offset].count(b"\n"), place.line)
        self.assertEqual(expected, found)
        self.assertEqual(len(expected), reading(data, "records", **options).count())
        self.assertEqual(
            self.by_decoding(data, expected),
            list(reading(data, "records", **options).records()),
        )

    def by_decoding(self, data, places):
        records = []
        for start, end in places:
            try:
                records.append(data[start:end].decode())
            except UnicodeDecodeError:
                pass
        return records

    def test_separators(self):
        for separator in (b"\n", b"-", b"--", b"\n\n", b"---", b"a-a", b"\0", b"\xff", b"\xa9"):
            for piece in (0, 1, 9, _records.PIECE):
                source = random.Random(f"{SEED} {separator} {piece}")
                with mock.patch.object(_records, "PIECE", piece):
                    for _ in range(ROUNDS // 10):
                        data = random_data(source)
                        if separator == b"\n":
                            data = data.replace(b"\r", b"")
                        with self.subTest(separator=separator, piece=piece, data=data):
                            self.check(data, between(data, separator), separator=separator)

    def test_starts(self):
        for start in ("-", "^a", "1| ", "é", r"\d", "$", r".*\r$"):
            for piece in (0, 5, _records.PIECE):
                source = random.Random(f"{SEED} {start} {piece}")
                with mock.patch.object(_records, "PIECE", piece):
                    for _ in range(ROUNDS // 5):
                        data = random_data(source)
                        with self.subTest(start=start, piece=piece, data=data):
                            self.check(data, begun(data, start), start=start)

    def test_a_bad_byte_fails_its_record(self):
        data = b"1 a\n b\n2 \xff\n c\n3 d\n"
        read = reading(data, "records", start="[0-9]")
        self.assertEqual(["1 a\n b", "3 d"], list(read.records()))
        self.assertEqual(([1], 2), (read.failed, read.place(1).line))
        read = reading(b"a--\xff--b", "records", separator=b"--")
        self.assertEqual(["a", "b"], list(read.records()))
        self.assertEqual(b"\xff", read.source_text(1))

    def test_a_pattern_that_is_none_is_refused(self):
        with self.assertRaisesRegex(ValueError, r"the regular expression '\(' cannot be used"):
            reading(b"", "records", start="(")

    def test_lines_are_line_feeds(self):
        read = reading(b"a\nb--c\nd", "records", separator=b"--")
        self.assertEqual(2, read.lines(read.count()))


def between(data, separator):
    places = []
    start = 0
    parts = data.split(separator)
    if parts[-1] == b"":
        parts.pop()
    for part in parts:
        places.append((start, start + len(part)))
        start += len(part) + len(separator)
    return places


def begun(data, start):
    match = re.compile(start.encode()).match
    starts = [0] if data else []
    at = 0
    for line in data.split(b"\n")[:-1]:
        at += len(line) + 1
        if at < len(data) and match(data[at:].partition(b"\n")[0]):
            starts.append(at)
    ends = [*(begin - 1 for begin in starts[1:]), len(data) - data.endswith(b"\n")]
    return list(zip(starts, ends))


class ArgumentsTest(unittest.TestCase):
    def test_one_item_is_a_string_and_several_are_a_tuple(self):
        self.assertEqual(["a", "", "é"], list(reading("a\0\0é\0".encode(), "args").records()))
        data = "a\0\0é\0d\0".encode()
        self.assertEqual([("a", ""), ("é", "d")], list(reading(data, "args", width=2).records()))
        self.assertEqual(2, reading(data, "args", width=2).count())
        self.assertEqual([], list(reading(b"", "args", width=3).records()))

    def test_a_bad_byte_fails_its_record(self):
        read = reading(b"a\0b\0c\0\xff\0e\0f\0", "args", width=2)
        self.assertEqual([("a", "b"), ("e", "f")], list(read.records()))
        self.assertEqual([1], read.failed)
        self.assertEqual(b"c\0\xff", read.source_text(1))


class IntegersTest(unittest.TestCase):
    def test_all_integers_of_the_range(self):
        for data, expected in (
            (b"0 3 1", [0, 1, 2]),
            (b"5 3 -2", [5, 3, 1]),
            (b"9223372036854775806 2 1", [2**63 - 2, 2**63 - 1]),
            (b"-9223372036854775808 2 9223372036854775807", [-(2**63), -1]),
        ):
            with self.subTest(data=data):
                read = reading(data, "range")
                positions = []
                found = []
                for number in read.records():
                    found.append(number)
                    positions.append(read.cursor.position())
                    self.assertEqual(str(number), read.current_text())
                self.assertEqual(expected, found)
                self.assertEqual(list(range(len(expected))), positions)
                self.assertEqual((len(expected), 0), (read.count(), read.lines(3)))

    def test_batches_of_a_range(self):
        with mock.patch.object(_blocks, "_MOST_INTEGERS", 3):
            read = reading(b"10 8 -3", "range")
            self.assertEqual(list(range(10, -14, -3)), list(read.records()))

    def test_a_large_range_costs_nothing(self):
        read = reading(b"7 1000000000000 2", "range")
        self.assertEqual(7, next(read.records()))
        self.assertEqual(10**12, read.count())


if __name__ == "__main__":
    unittest.main()
