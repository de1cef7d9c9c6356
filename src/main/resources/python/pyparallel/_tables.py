"""Rows of separated fields: a ``dict`` by the header's names, or a ``list`` where there is none.

The rows are those of the ``csv`` module. Where all lines of a piece end alike and are rows, those
without quotes are split at the delimiter instead, which gives the same in half the time (and in a
tenth of it where the module is written in Python or Java).
"""

import sys
from io import StringIO

from pyparallel import _records
from pyparallel._library import library

# Of a field, in characters: as long as memory allows.
_LONGEST = (1 << 31) - 1

# No decoded text has this character.
_STAND_IN = "\udc00"


class Rows(_records.Decoder):
    """Rows. Blank lines are passed over, as by ``csv.DictReader``, but have a number, as in other
    formats of lines.

    A row with fewer fields than the header has None for the others, one with more fails. So does
    one whose quoted field does not end, and one with bytes that are not UTF-8.
    """

    own_lines = True
    raw_batches = False

    def __init__(self, config):
        super().__init__(config)
        self._delimiter = config.delimiter
        self._header = config.header
        self._preamble = None
        self._names = None
        csv = library("csv")
        csv.field_size_limit(_LONGEST)
        self._csv_reader = csv.reader if sys.version_info >= (3, 11) else _reads_nul(csv.reader)

    def find_places(self):
        from pyparallel import _places

        return _places.Rows(bytes(self.data), self.data.mark, self._reader)

    def _reader(self, lines):
        return self._csv_reader(lines, delimiter=self._delimiter)

    def cut(self):
        self._read_header()
        self._suspect = False
        texts = self._texts()
        supply = _Supply(texts)
        next_row = self._reader(supply.lines()).__next__
        for text in texts:
            rows = self._split(text)
            if rows is None:
                rows = []
                supply.text = text
                while True:
                    rows.extend(iter(next_row, []))
                    if supply.text is None:
                        break
                    rows.append([])
                if supply.exhausted:
                    rows.pop()
            # Blank lines are rows without fields.
            yield from (self._give if all(rows) else self._singly)(rows)
        if supply.exhausted:
            self.cursor.skip(ValueError("a quoted field does not end: its closing quote is missing"))

    def _split(self, text):
        """The rows of a piece; None where its lines do not end alike, or some row does not end with
        its line."""
        if "\r" in text:
            text = text.replace("\r\n", "\n")
            if "\r" in text:
                return None
        lines = text[:-1].split("\n")
        quoted = self._quoted(lines) if '"' in text else ()
        if quoted is None:
            return None
        delimiter = self._delimiter
        rows = [line.split(delimiter) if line else [] for line in lines]
        for number, row in quoted:
            rows[number] = row
        return rows

    def _quoted(self, lines):
        """The rows of lines with quotes, with the lines' numbers; None where some row does not end
        with its line."""
        numbers = [number for number, line in enumerate(lines) if '"' in line]
        # The last one gives a row without fields, unless a quoted field goes on.
        rows = list(self._reader([*[lines[number] + "\n" for number in numbers], ""]))
        whole = len(rows) == len(numbers) + 1 and not rows.pop()
        return zip(numbers, rows) if whole else None

    def _texts(self):
        """The shard's text in pieces of whole lines. Bytes that are not UTF-8 are escaped at first:
        they belong to one row, which fails."""
        for piece, _ in self.data.pieces(b"\n"):
            if isinstance(piece, bytes):
                try:
                    piece = piece.decode("utf-8", self.errors)
                except UnicodeDecodeError:
                    piece = piece.decode("utf-8", "surrogateescape")
                    self._suspect = True
            yield piece + "\n"

    def _read_header(self):
        """Makes the names of the fields known; raises ``ValueError`` where that cannot be."""
        if not self._header or self.preamble == self._preamble:
            return
        data = self.preamble.encode("latin-1").removeprefix(_records.BOM)
        try:
            text = data.decode("utf-8", self.errors)
        except UnicodeDecodeError as error:
            raise ValueError(f"the header row is not UTF-8: {error}") from None
        self._names = next(self._reader(StringIO(text, newline="")), [])
        self._preamble = self.preamble

    def _give(self, rows):
        """Batches of the records that rows stand for, none of which is blank."""
        names = self._names
        if self._suspect or (names is not None and set(map(len, rows)) != {len(names)}):
            yield from self._singly(rows)
        elif rows:
            yield rows if names is None else [dict(zip(names, row)) for row in rows]

    def _singly(self, rows):
        """The same for any rows."""
        names = self._names
        cursor = self.cursor
        batch = []
        for row in rows:
            trouble = self._trouble(row)
            if trouble is None and row:
                if names is not None:
                    missing = len(names) - len(row)
                    row = dict(zip(names, row + [None] * missing if missing else row))
                batch.append(row)
                continue
            if batch:
                yield batch
                batch = []
            if trouble is None:
                cursor.pass_over()
            else:
                cursor.skip(trouble)
        if batch:
            yield batch

    def _trouble(self, row):
        """Why a row is no record, or None."""
        if self._suspect:
            text = self._delimiter.join(row)
            if not text.isascii():
                try:
                    text.encode("utf-8", "surrogateescape").decode()
                except UnicodeDecodeError as error:
                    return error
        if self._names is not None and len(row) > len(self._names):
            return ValueError(f"the row has {len(row)} fields, but the header {len(self._names)}")
        return None


class _Supply:
    """Gives lines to a ``csv`` reader, and knows where a piece ends between two rows.

    After the last line of a piece comes an empty string. To the reader that is a row without fields
    if it was between two rows; then ``text`` is None, and whoever reads sets the next piece. Inside
    a quoted field it is nothing at all, and the reader asks for more: it gets the next piece.

    ``exhausted`` says that the pieces ended inside a quoted field.
    """

    def __init__(self, texts):
        self._texts = texts
        self.text = None
        self.exhausted = False

    def lines(self):
        """The lines with their ends, of any of the three kinds."""
        while not self.exhausted:
            yield from StringIO(self.text, newline="")
            self.text = None
            yield ""
            if self.text is None:
                self.text = next(self._texts, None)
                self.exhausted = self.text is None


def _reads_nul(reader):
    """A reader that takes NUL for a character like others, as Python 3.11 and later have it."""

    def rows(lines, delimiter):
        seen = False

        def without_nul():
            nonlocal seen
            for line in lines:
                if "\0" in line:
                    seen = True
                    line = line.replace("\0", _STAND_IN)
                yield line

        for row in reader(without_nul(), delimiter=delimiter):
            yield [field.replace(_STAND_IN, "\0") for field in row] if seen else row

    return rows


def decoder(config):
    """The decoder of tables."""
    return Rows(config)
