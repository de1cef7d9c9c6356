"""Cutting bytes into records, compared with the definition written out record by record."""

import json
import random
import unittest
from unittest import mock

from harness import reading
from pyparallel import _records

SEED = 20_26
ROUNDS = 400

# What random data is made of: all that lines, decoding and pieces could trip over.
TOKENS = (
    b"a", b"bc", b"\n", b"\n", b"\r", b"\r\n", b"\0", b"\0", b" ", "é".encode(), "€".encode(),
    "\U0001f600".encode(), b"\xff", b"\xe2\x82", b"\xed\xa0\x80", "\u2028".encode(), b"\x85",
    b"\x0b\x0c\x1c", _records.BOM, b"[1, 2]", b'{"a": null}', b"x" * 40,
)


def random_data(source, valid=False):
    data = b"".join(source.choice(TOKENS) for _ in range(source.randrange(60)))
    return data.decode("utf-8", "ignore").encode() if valid else data


def expected(format, data, errors, first=True):
    """The records and the numbers of those that cannot be had, one after the other."""
    records, failed = [], []
    if first and format != "null" and data.startswith(_records.BOM):
        data = data[3:]
    separator = b"\0" if format == "null" else b"\n"
    number = 0
    while data:
        record, ended, data = data.partition(separator)
        if format != "null" and ended and record.endswith(b"\r"):
            record = record[:-1]
        try:
            text = record.decode("utf-8", errors)
            if format != "jsonl":
                records.append(text)
            elif text and not text.isspace():
                records.append(json.loads(text))
        except ValueError:
            failed.append(number)
        number += 1
    return records, failed, number


def cut(format, data, errors, first=True):
    read = reading(data, format, errors=errors, first=first)
    records = list(read.records())
    assert read.cursor.done
    return records, read.failed, read.cursor.total


class BatchesTest(unittest.TestCase):
    def check(self, format, errors, piece):
        source = random.Random(f"{SEED} {format} {errors} {piece}")
        with mock.patch.object(_records, "PIECE", piece):
            for _ in range(ROUNDS):
                data = random_data(source)
                first = source.random() < 0.5
                with self.subTest(format=format, errors=errors, first=first, data=data):
                    found = cut(format, data, errors, first)
                    # repr: a JSON value may be NaN, which equals nothing
                    self.assertEqual(
                        repr(expected(format, data, errors, first)), repr(found)
                    )

    def test_batches_joined_are_the_records_one_by_one(self):
        for format in ("lines", "null", "jsonl"):
            for errors in ("strict", "replace", "surrogateescape"):
                for piece in (0, 1, 7, 30, _records.PIECE):
                    self.check(format, errors, piece)

    def test_count_agrees_with_what_was_handed_out(self):
        source = random.Random(SEED)
        for _ in range(ROUNDS):
            data = random_data(source)
            for format in ("lines", "null", "jsonl"):
                with self.subTest(format=format, data=data):
                    self.assertEqual(
                        cut(format, data, "strict", first=False)[2],
                        reading(data, format, first=False).count(),
                    )

    def test_no_data_is_no_record(self):
        for format in ("lines", "null", "jsonl", "files"):
            with self.subTest(format=format):
                self.assertEqual(([], [], 0), cut(format, b"", "strict"))
                self.assertEqual(0, reading(b"", format).count())

    def test_one_record_larger_than_a_piece(self):
        long = "é" * _records.PIECE
        self.assertEqual(
            (["a", long, "b"], [], 3), cut("lines", f"a\n{long}\r\nb".encode(), "strict")
        )

    def test_many_pieces_of_real_size(self):
        lines = [f"line {number}" for number in range(20_000)]
        self.assertEqual((lines, [], 20_000), cut("lines", "\n".join(lines).encode(), "strict"))

    def test_only_one_carriage_return_belongs_to_the_line_end(self):
        self.assertEqual((["a\r", "b", "c\r"], [], 3), cut("lines", b"a\r\r\nb\r\nc\r", "strict"))

    def test_a_byte_order_mark_counts_only_at_the_start_of_the_source(self):
        data = _records.BOM + b"a\n"
        self.assertEqual(["a"], cut("lines", data, "strict", first=True)[0])
        self.assertEqual(["\ufeffa"], cut("lines", data, "strict", first=False)[0])
        self.assertEqual(["\ufeffa\n"], cut("null", data, "strict", first=True)[0])

    def test_invalid_bytes_fail_one_record_or_none(self):
        data = b"a\n\xff\nc\n"
        self.assertEqual((["a", "c"], [1], 3), cut("lines", data, "strict"))
        self.assertEqual((["a", "\ufffd", "c"], [], 3), cut("lines", data, "replace"))
        self.assertEqual((["a", "\udcff", "c"], [], 3), cut("lines", data, "surrogateescape"))

    def test_text_is_one_record(self):
        data = _records.BOM + b"a\r\n\xc3\xa9"
        self.assertEqual((["a\r\né"], [], 1), cut("text", data, "strict"))
        self.assertEqual(([], [0], 1), cut("text", b"\xff", "strict"))
        self.assertEqual((["\udcff"], [], 1), cut("text", b"\xff", "surrogateescape"))

    def test_bytes_are_left_alone(self):
        data = _records.BOM + b"a\r\n\xff"
        self.assertEqual(([data], [], 1), cut("bytes", data, "strict"))


class JsonLinesTest(unittest.TestCase):
    def test_blank_lines_are_passed_over_but_numbered(self):
        data = b'1\n\n \t\r\nnope\n"x"\n'
        self.assertEqual(([1, "x"], [3], 5), cut("jsonl", data, "strict"))

    def test_space_around_a_value_is_none_of_it(self):
        self.assertEqual(([[1], 2], [], 2), cut("jsonl", b"  [1] \r\n\t2\n", "strict"))

    def test_what_follows_a_value_is_an_error(self):
        self.assertEqual(([], [0, 1], 2), cut("jsonl", b"1 2\n{}}\n", "strict"))

    def test_too_deep_a_value_fails_alone(self):
        data = b"[" * 200_000 + b"\n7\n"
        self.assertEqual(([7], [0], 2), cut("jsonl", data, "strict"))


class CursorTest(unittest.TestCase):
    def test_position_is_the_number_of_the_record_handed_out_last(self):
        source = random.Random(SEED)
        with mock.patch.object(_records, "PIECE", 5):
            for _ in range(ROUNDS):
                data = random_data(source)
                with self.subTest(data=data):
                    self.check_positions(data)

    def check_positions(self, data):
        read = reading(data, "lines")
        cursor = read.cursor
        self.assertEqual(-1, cursor.position())
        positions = [cursor.position() for _ in read.records()]
        self.assertEqual(sorted(positions + read.failed), list(range(cursor.total)))
        self.assertEqual(positions, sorted(positions))
        self.assertEqual(expected("lines", data, "strict")[1], read.failed)

    def test_a_consumer_that_stops_leaves_the_rest_uncounted(self):
        with mock.patch.object(_records, "PIECE", 1):
            read = reading(b"aa\nbb\ncc\ndd\n", "lines")
            records = read.records()
            next(records)
            next(records)
        self.assertEqual(1, read.cursor.position())
        self.assertFalse(read.cursor.done)
        self.assertEqual(4, read.count())


if __name__ == "__main__":
    unittest.main()
