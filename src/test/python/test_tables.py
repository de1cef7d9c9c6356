"""Rows of tables, compared with those of the ``csv`` module."""

import csv
import io
import random
import sys
import unittest
from unittest import mock

from harness import reading
from pyparallel import _records

SEED = 20_26
ROUNDS = 1500

TOKENS = (
    "a", "bc", "1", ",", ",", ",", "\n", "\n", "\n", "\r\n", '"', '"', '"x"', '"x\ny"', '""', " ",
    "é", "\U0001f600", "\0", "\u2028", "\x85", "\x0b", "x" * 20,
)


if sys.version_info < (3, 11):  # whose csv module refuses NUL
    TOKENS = tuple(token for token in TOKENS if token != "\0")


def random_text(source, tokens=TOKENS):
    return "".join(source.choice(tokens) for _ in range(source.randrange(60)))


def oracle(text, delimiter=","):
    """The rows, blank ones included, and whether the last one ends where it should."""
    if text and not text.endswith("\n"):
        text += "\n"
    end = "the end"
    rows = list(csv.reader(io.StringIO(text + end, newline=""), delimiter=delimiter))
    return (rows[:-1], True) if rows[-1] == [end] else (rows, False)


class RowsTest(unittest.TestCase):
    def check(self, text, **options):
        """Compares rows, numbers and places of a table without a header."""
        rows, whole = oracle(text)
        expected = {number: row for number, row in enumerate(rows) if row}
        failed = []
        if not whole:
            failed.append(len(rows) - 1)
            del expected[failed[0]]
        data = text.encode("utf-8", "surrogateescape")
        read = reading(data, "csv", **options)
        found = {}
        for row in read.records():
            number = read.cursor.position()
            found[number] = row
            self.check_place(read, data, number, row)
        self.assertEqual((expected, failed), (found, read.failed))
        self.assertEqual(len(rows), read.count())

    def check_place(self, read, data, number, row):
        place = read.place(number)
        text = data[place.offset : place.end].decode()
        self.assertEqual([row], list(csv.reader(io.StringIO(text, newline=""))))
        self.assertEqual(place.line, data[: place.offset].count(b"\n"))
        self.assertEqual(text, read.current_text())

    def test_rows_are_those_of_the_csv_module(self):
        plain = [token for token in TOKENS if '"' not in token]
        for piece in (0, 1, 7, 30, _records.PIECE):
            source = random.Random(f"{SEED} {piece}")
            with mock.patch.object(_records, "PIECE", piece):
                for tokens in (TOKENS, plain, (*TOKENS, "\r"), (*plain, "\r")):
                    for _ in range(ROUNDS // 20):
                        text = random_text(source, tokens)
                        with self.subTest(piece=piece, text=text):
                            self.check(text)

    def test_nul_is_a_character_like_others(self):
        read = reading(b'a\0b,"c\0"\n"\0\n",d\n\0,\0\n', "csv")
        rows = [["a\0b", "c\0"], ["\0\n", "d"], ["\0", "\0"]]
        self.assertEqual(rows, list(read.records()))

    def test_splitting_gives_what_the_csv_module_gives(self):
        source = random.Random(SEED)
        plain = [token for token in TOKENS if '"' not in token]
        for _ in range(ROUNDS):
            text = random_text(source, plain)
            with self.subTest(text=text):
                rows = [row for row in oracle(text)[0] if row]
                with mock.patch.object(csv, "reader", None):
                    read = reading(text.encode(), "csv")
                    with mock.patch.object(read, "_reader", return_value=iter(())):
                        self.assertEqual(rows, list(read.records()))

    def test_dicts_are_those_of_the_csv_module(self):
        source = random.Random(SEED)
        names = ["n", "é", "n", ""]
        for _ in range(ROUNDS):
            text = random_text(source)
            rows, whole = oracle(text)
            expected = []
            for row in rows if whole else rows[:-1]:
                if row and len(row) <= len(names):
                    lines = io.StringIO(newline="")
                    csv.writer(lines).writerow(row)
                    lines.seek(0)
                    expected += csv.DictReader(lines, names)
            with self.subTest(text=text):
                data = text.encode()
                read = reading(data, "csv", header=True, preamble='n,"\xc3\xa9",n,')
                self.assertEqual(expected, list(read.records()))

    def test_names_come_from_the_preamble(self):
        for preamble in ("a,b", "a,b\r\n", '\xef\xbb\xbf"a",b\n'):
            with self.subTest(preamble=preamble):
                read = reading(b"1,2\n", "csv", header=True, preamble=preamble)
                self.assertEqual([{"a": "1", "b": "2"}], list(read.records()))

    def test_each_source_has_its_own_names(self):
        read = reading(b"1\n", "csv", header=True, preamble="a")
        self.assertEqual([{"a": "1"}], list(read.records()))
        read.begin(b"1\n", read.cursor, False, "b")
        self.assertEqual([{"b": "1"}], list(read.records()))

    def test_a_header_that_is_not_utf8_fails_everything(self):
        read = reading(b"1\n", "csv", header=True, preamble="\xff")
        with self.assertRaisesRegex(ValueError, "the header row is not UTF-8: .*0xff"):
            next(read.records())
        read = reading(b"1\n", "csv", header=True, preamble="\xff", errors="surrogateescape")
        self.assertEqual([{"\udcff": "1"}], list(read.records()))

    def test_missing_fields_are_none_and_further_ones_an_error(self):
        read = reading(b"1,2\n3\n4,5,6\n7,8\n", "csv", header=True, preamble="a,b")
        self.assertEqual(
            [{"a": "1", "b": "2"}, {"a": "3", "b": None}, {"a": "7", "b": "8"}],
            list(read.records()),
        )
        self.assertEqual([2], read.failed)
        self.assertEqual("the row has 3 fields, but the header 2", str(read.troubles[0]))

    def test_a_quoted_field_that_does_not_end_is_an_error(self):
        for data in (b'a,b\n"c,d\ne', b'a,b\n"c,d\n' + b"x\n" * 50_000):
            read = reading(data, "csv")
            self.assertEqual([["a", "b"]], list(read.records()))
            self.assertEqual([1], read.failed)
            self.assertIn("a quoted field does not end", str(read.troubles[0]))
            self.assertEqual(2, read.count())

    def test_bytes_that_are_not_utf8_fail_their_row(self):
        data = b'a,\xc3\xa9\n\n"b\n\xff",2\nc,3\n'
        read = reading(data, "csv")
        self.assertEqual([["a", "é"], ["c", "3"]], list(read.records()))
        self.assertEqual([2], read.failed)
        self.assertIsInstance(read.troubles[0], UnicodeDecodeError)
        read = reading(data, "csv", errors="surrogateescape")
        self.assertEqual(["b\n\udcff", "2"], list(read.records())[1])
        read = reading(data, "csv", errors="replace")
        self.assertEqual(["b\n\ufffd", "2"], list(read.records())[1])

    def test_fields_of_any_length(self):
        long = "x" * 300_000
        read = reading(f'"{long}",1\n{long},2\n'.encode(), "csv")
        self.assertEqual([[long, "1"], [long, "2"]], list(read.records()))

    def test_tabs_and_other_delimiters(self):
        self.assertEqual([["a,b", "c"]], list(reading(b"a,b\tc\n", "tsv").records()))
        read = reading(b'a;"b;c"\n', "csv", delimiter=";")
        self.assertEqual([["a", "b;c"]], list(read.records()))

    def test_a_byte_order_mark_is_dropped_where_the_source_starts(self):
        data = b"\xef\xbb\xbfa,b\nc,d\n"
        self.assertEqual([["a", "b"], ["c", "d"]], list(reading(data, "csv").records()))
        self.assertEqual(["\ufeffa", "b"], next(reading(data, "csv", first=False).records()))

    def test_lines(self):
        for data, lines in ((b"", 0), (b"a\n", 1), (b'"a\nb"\nc', 3), (b"a\n\nb\n", 3)):
            with self.subTest(data=data):
                read = reading(data, "csv")
                list(read.records())
                self.assertEqual(lines, read.lines(read.count()))


if __name__ == "__main__":
    unittest.main()
