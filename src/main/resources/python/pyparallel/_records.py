"""Cuts a shard's bytes into records.

Everything here yields *batches*: lists of a few hundred records, cheap to make and small enough to
stay in the processor's cache. A :class:`Cursor` hands the batches on one by one and can tell at any
time, at no cost per record, which record its consumer is at.

Decisions: a line ends at ``\\n`` only (never ``str.splitlines``, which also cuts at ``\\r``, U+2028
and others); one ``\\r`` before it belongs to the line end. A whole piece is decoded at once; only
when that fails are its lines decoded one by one, so that a bad line fails alone.
"""

from itertools import chain

from pyparallel._library import library

# Bytes decoded and split at a time: 16 KiB was the fastest of 8 KiB to 1 MiB.
PIECE = 1 << 14
BOM = b"\xef\xbb\xbf"


class Cursor:
    """Walks over batches and knows where it is.

    ``base`` is the number of records before the current batch, ``fail(number, exception)`` is told
    of records that cannot be decoded; they are passed over. ``total`` counts the records handed out
    so far, and ``done`` says that these were all.
    """

    __slots__ = ("base", "total", "done", "fail", "_size", "_iterator")

    def __init__(self, fail):
        self.base = 0
        self.total = 0
        self.done = False
        self.fail = fail
        self._size = 0
        self._iterator = iter(())

    def open(self, batch):
        """Makes ``batch`` the current one and returns its iterator."""
        self.base = self.total
        self._size = size = len(batch)
        self.total += size
        self._iterator = iterator = iter(batch)
        return iterator

    def skip(self, exception):
        """Reports the next record as undecodable."""
        exception.__context__ = None
        self.fail(self.total, exception)
        self.total += 1

    def position(self):
        """The number of the record handed out last, from 0; -1 before the first."""
        return self.base + self._size - self._iterator.__length_hint__() - 1


class Bytes:
    """A shard's data in memory. A host that holds it elsewhere passes an object like this one."""

    __slots__ = ("_data",)

    def __init__(self, data):
        self._data = data

    def __bytes__(self):
        return self._data

    def drop_mark(self):
        """Passes over a leading byte order mark."""
        if self._data.startswith(BOM):
            self._data = self._data[len(BOM):]

    def pieces(self, separator, errors):
        """Cuts the data at some of its separators.

        Yields each piece without the separator that ends it, as ``bytes`` or decoded already, and
        whether there was one: the last record may lack it.
        """
        data = self._data
        find = data.find
        start = 0
        size = len(data)
        while start < size:
            end = find(separator, start + PIECE)
            if end < 0:
                end = size - 1 if data.endswith(separator) else size
            yield data[start:end], end < size
            start = end + 1

    def decode(self, errors):
        """The whole data as ``str``."""
        return self._data.decode("utf-8", errors)

    def count(self, separator):
        """How many records there are when this ends them."""
        data = self._data
        return data.count(separator) + (1 if data and not data.endswith(separator) else 0)


def _text_batches(data, separator, errors, cursor):
    newline = separator == b"\n"
    mark = separator.decode()
    for piece, closed in data.pieces(separator, errors):
        text = piece
        if isinstance(piece, bytes):
            try:
                text = piece.decode("utf-8", errors)
            except UnicodeDecodeError:
                yield from _one_by_one(piece, separator, closed, errors, cursor)
                continue
        if newline and "\r" in text:
            text = text.replace("\r\n", "\n")
            if closed and text[-1:] == "\r":
                text = text[:-1]
        yield text.split(mark)


def _one_by_one(piece, separator, closed, errors, cursor):
    """Batches of a piece in which some record is not valid UTF-8."""
    records = piece.split(separator)
    last = len(records) - 1
    batch = []
    for number, record in enumerate(records):
        if separator == b"\n" and record[-1:] == b"\r" and (closed or number < last):
            record = record[:-1]
        try:
            batch.append(record.decode("utf-8", errors))
        except UnicodeDecodeError as error:
            if batch:
                yield batch
                batch = []
            cursor.skip(error)
    if batch:
        yield batch


def lines(data, errors, cursor, first):
    """Batches of ``str`` lines without their ends. ``first``: drop a leading byte order mark."""
    if first:
        data.drop_mark()
    return _text_batches(data, b"\n", errors, cursor)


def items(data, errors, cursor, first):
    """Batches of NUL-terminated ``str`` items."""
    return _text_batches(data, b"\0", errors, cursor)


def text(data, errors, cursor, first):
    """The whole shard as one ``str``."""
    if first:
        data.drop_mark()
    try:
        yield [data.decode(errors)]
    except UnicodeDecodeError as error:
        cursor.skip(error)


def raw(data, errors, cursor, first):
    """The whole shard as one ``bytes``."""
    yield [bytes(data)]


BATCHES = {
    "lines": lines,
    "jsonl": lines,
    "text": text,
    "bytes": raw,
    "null": items,
    "files": items,
}


class JsonDecoder:
    """Turns an iterator over lines into one over JSON values; blank lines are passed over.

    Goes straight to the C scanner, which saves half the time of ``json.loads``; whatever the
    scanner does not take to the last character is given to ``json.loads``, whose errors users know.
    """

    def __init__(self):
        json = library("json")
        self._scan = json.JSONDecoder().scan_once
        self._loads = json.loads

    def values(self, lines, cursor):
        scan = self._scan
        for line in lines:
            try:
                value, end = scan(line, 0)
                if end != len(line):
                    value = self._loads(line)
            except StopIteration:
                if not line or line.isspace():
                    continue
                try:
                    value = self._loads(line)
                except (ValueError, RecursionError) as error:
                    error.__context__ = None
                    cursor.fail(cursor.position(), error)
                    continue
            except (ValueError, RecursionError) as error:
                cursor.fail(cursor.position(), error)
                continue
            yield value


def batches(format, data, errors, cursor, first):
    """All batches of a shard.

    Args:
        format: a key of ``BATCHES``.
        data: the shard's bytes, or an object like :class:`Bytes`.
        errors: the name of the error handler for bytes that are not UTF-8.
        cursor: told of what cannot be decoded, and of the end.
        first: whether the shard starts its source, where a byte order mark is dropped.
    """
    yield from BATCHES[format](_source(data), errors, cursor, first)
    cursor.done = True


def count(format, data):
    """How many records ``data`` holds, by counting separators."""
    if format in ("text", "bytes"):
        return 1
    separator = b"\0" if format in ("null", "files") else b"\n"
    return _source(data).count(separator)


def _source(data):
    return Bytes(data) if isinstance(data, bytes) else data


def opener(format, cursor):
    """A function that makes a batch the current one and returns an iterator over its records."""
    if format != "jsonl":
        return cursor.open
    decoder = JsonDecoder()

    def open_batch(batch):
        return decoder.values(cursor.open(batch), cursor)

    return open_batch


def iterate(batches, open_batch):
    """One lazy iterator over the records of all batches."""
    return chain.from_iterable(map(open_batch, batches))
