"""Cuts a shard's bytes into records.

Everything here yields *batches*: lists of a few hundred records, cheap to make and small enough to
stay in the processor's cache. A :class:`Cursor` hands the batches on one by one and can tell at any
time, at no cost per record, which record its consumer is at. A :class:`Decoder` makes the batches
of one format; those of lines, items and whole shards are here, the others in modules of their own,
which only the runs that need them load.

Decisions: a line ends at ``\\n`` only (never ``str.splitlines``, which also cuts at ``\\r``, U+2028
and others); one ``\\r`` before it belongs to the line end. A whole piece is decoded at once; only
when that fails are its lines decoded one by one, so that a bad line fails alone.
"""

from itertools import chain

# Bytes decoded and split at a time: 16 KiB was the fastest of 8 KiB to 1 MiB.
PIECE = 1 << 14
BOM = b"\xef\xbb\xbf"


class Cursor:
    """Walks over batches and knows where it is.

    ``base`` is the number of records before the current batch, ``fail(number, exception)`` is told
    of records that cannot be decoded; they are passed over. ``total`` counts the records handed out
    so far, and ``done`` says that these were all.
    """

    __slots__ = ("base", "total", "done", "fail", "_batch", "_iterator")

    def __init__(self, fail):
        self.base = 0
        self.total = 0
        self.done = False
        self.fail = fail
        self._batch = ()
        self._iterator = iter(())

    def open(self, batch):
        """Makes ``batch`` the current one and returns its iterator."""
        self.base = self.total
        self._batch = batch
        self.total += len(batch)
        self._iterator = iterator = iter(batch)
        return iterator

    def skip(self, exception):
        """Reports the next record as undecodable: what it says counts, not where it was found."""
        exception.__context__ = None
        self.fail(self.total, exception.with_traceback(None))
        self.total += 1

    def pass_over(self):
        """Gives the next number to something that is no record."""
        self.total += 1

    def position(self):
        """The number of the record handed out last, from 0; -1 before the first."""
        return self.base + len(self._batch) - self._iterator.__length_hint__() - 1

    def element(self, number):
        """What stands for a record in its batch; None unless that is the current batch."""
        index = number - self.base
        return self._batch[index] if 0 <= index < len(self._batch) else None

    def oldest(self):
        """A number below which no record is likely to be asked for any more."""
        return self.base


class Bytes:
    """A shard's data in memory. A host that holds it elsewhere passes an object like this one.

    ``mark`` is how many bytes of a byte order mark were passed over.
    """

    __slots__ = ("_data", "mark")

    def __init__(self, data, mark=0):
        self._data = data
        self.mark = mark

    def __bytes__(self):
        """All bytes, the mark included."""
        return self._data

    def in_memory(self):
        """The same data as an object of this class."""
        return self

    def handler(self, errors):
        """The error handler that does what the one called ``errors`` does elsewhere."""
        return errors

    def drop_mark(self):
        """Passes over a leading byte order mark."""
        if self._data.startswith(BOM):
            self.mark = len(BOM)

    def pieces(self, separator):
        """Cuts the data at some of its separators, which are found from left to right.

        Yields each piece without the separator that ends it, as ``bytes`` or decoded already, and
        whether there was one: the last record may lack it.
        """
        data = self._data
        find = data.find
        width = len(separator)
        # From anywhere but a record's start two that overlap could be taken for one.
        overlaps = any(separator.startswith(separator[i:]) for i in range(1, width))
        start = self.mark
        size = len(data)
        while start < size:
            end = find(separator, start if overlaps else start + PIECE)
            while overlaps and 0 <= end < start + PIECE and end + width < size:
                end = find(separator, end + width)
            if end < 0:
                closed = not overlaps and data.endswith(separator, start)
                end = size - width if closed else size
            yield data[start:end], end < size
            start = end + width

    def decode(self, errors):
        """The whole data as ``str``."""
        return self._data[self.mark :].decode("utf-8", errors)

    def count(self, separator):
        """How many records there are when this ends them."""
        data = self._data
        return data.count(separator) + (1 if data and not data.endswith(separator) else 0)

    def line_feeds(self):
        """How many line feeds there are."""
        return self._data.count(b"\n")


class Decoder:
    """Makes records of one shard after the other; one for an interpreter, see :func:`decoder`.

    The base of all: a subclass has ``cut``, a generator of batches, and says where records are.

    Attributes:
        located: whether a record has a line and an offset that mean anything to a user.
        own_lines: whether lines have to be counted because they are no records.
        marked: whether a leading byte order mark is dropped.
        recalls: whether records of earlier batches can still be placed.
    """

    located = True
    own_lines = False
    marked = True
    recalls = True

    def __init__(self, config):
        self._given_errors = config.errors
        self.data = None

    def begin(self, data, cursor, first, preamble):
        """Gets ready for a shard.

        Args:
            data: its bytes, or an object like :class:`Bytes`.
            cursor: told of what cannot be decoded, and of the end.
            first: whether the shard starts its source, where a byte order mark is dropped.
            preamble: what must be known of the source before it; its characters stand for bytes.
        """
        self.data = data = Bytes(data) if isinstance(data, bytes) else data
        self.errors = data.handler(self._given_errors)
        self.cursor = cursor
        self.preamble = preamble
        if first and self.marked:
            data.drop_mark()
        self._places = None
        self._end = None
        self.batches = self._all_batches()

    def _all_batches(self):
        yield from self.cut()
        self.cursor.done = True

    def open(self, batch):
        """Makes a batch the current one and returns an iterator over its records."""
        return self.cursor.open(batch)

    def records(self, open_batch=None):
        """One lazy iterator over the records of all batches, each opened by ``open_batch``, which
        is :meth:`open` or does more than that."""
        return chain.from_iterable(map(open_batch or self.open, self.batches))

    def count(self):
        """How many records the shard holds, whether or not they were all read."""
        cursor = self.cursor
        if not cursor.done:
            self._count_rest(cursor)
        return cursor.total

    def _count_rest(self, cursor):
        cursor.fail = _unheard
        for batch in self.batches:
            cursor.total += len(batch)

    def lines(self, records):
        """How many lines the shard holds, of which ``records`` records were made; 0 for unknown."""
        return self.data.count(b"\n") if self.own_lines else 0

    def held(self):
        """How many records and how many lines the shard holds, see :meth:`count` and
        :meth:`lines`; up to the end that :meth:`end_at` set, if it did."""
        if self._end is not None:
            return self._end
        records = self.count()
        return records, self.lines(records)

    def size(self):
        """The size of the shard in bytes; of a range, in integers."""
        return len(bytes(self.data))

    def boundary(self, number):
        """Where the shard can be cut in front of a record: its place, with an offset as
        :meth:`size` counts, which is the size where the shard has no such record."""
        return self.place(number)

    def end_at(self, number, place):
        """Has the shard end before a record that was not handed out yet. What is wrong with the
        records from there on is not reported."""
        cursor = self.cursor
        if self._end is None:
            report = cursor.fail
            cursor.fail = lambda failed, error: failed < self._end[0] and report(failed, error)
        self._end = number, place.line

    # ---- where records are ---------------------------------------------------------------------

    def place(self, number):
        """The :class:`pyparallel._places.Place` of a record, from 0; None where it has none.

        Cheap when records are asked for in their order; nothing is known until the first is.
        """
        if number < 0:
            return None
        if self._places is None:
            self._places = self.find_places()
        return self._places and self._places.find(number, self.cursor.oldest())

    def find_places(self):
        """What finds this shard's records, see :mod:`pyparallel._places`; None if they have none."""
        return None

    def source_text(self, number):
        """A record as it stands in the source, without its end: ``bytes``; else its ``str``."""
        place = self.place(number)
        if place is None:
            return str(self.cursor.element(number))
        return self._places.data[place.offset : place.end]

    def current_text(self):
        """The record handed out last as it stands in the source, without its end."""
        number = self.cursor.position()
        element = self.cursor.element(number)
        if self.raw_batches:
            return element if isinstance(element, str) else str(element)
        source = self.source_text(number)
        return source.decode("utf-8", self.errors) if isinstance(source, bytes) else source

    # Whether a batch holds records as they stand in the source.
    raw_batches = True


def _unheard(number, exception):
    """Takes failures of records that nobody asked for."""


class _Separated(Decoder):
    """Records that a byte ends."""

    separator = b"\n"

    def cut(self):
        return text_batches(self.data, self.separator, self.errors, self.cursor)

    def _count_rest(self, cursor):
        cursor.total = self.data.count(self.separator)

    def find_places(self):
        from pyparallel._places import Ends

        return Ends(bytes(self.data), self.data.mark, self.separator)


class Lines(_Separated):
    """``str`` lines without their ends."""

    def lines(self, records):
        return records


class Items(_Separated):
    """NUL-terminated ``str`` items."""

    separator = b"\0"
    marked = False


class Paths(Items):
    """Items that are no part of the source's bytes."""

    located = False


class Text(Decoder):
    """The whole shard as one ``str``."""

    def cut(self):
        try:
            yield [self.data.decode(self.errors)]
        except UnicodeDecodeError as error:
            self.cursor.skip(error)

    def _count_rest(self, cursor):
        cursor.total = 1

    def find_places(self):
        from pyparallel._places import Whole

        return Whole(bytes(self.data), self.data.mark)


class Raw(Text):
    """The whole shard as one ``bytes``."""

    marked = False

    def cut(self):
        yield [bytes(self.data)]


def text_batches(data, separator, errors, cursor):
    """Batches of the ``str`` between separators, which must be valid UTF-8."""
    newline = separator == b"\n"
    mark = separator.decode()
    for piece, closed in data.pieces(separator):
        text = piece
        if isinstance(piece, bytes):
            try:
                text = piece.decode("utf-8", errors)
            except UnicodeDecodeError:
                yield from one_by_one(piece, separator, closed, errors, cursor)
                continue
        if newline and "\r" in text:
            text = text.replace("\r\n", "\n")
            if closed and text[-1:] == "\r":
                text = text[:-1]
        yield text.split(mark)


def one_by_one(piece, separator, closed, errors, cursor):
    """Batches of a piece in which some record is not valid UTF-8."""
    records = piece.split(separator)
    if separator == b"\n":
        last = len(records) - 1
        records = [
            record[:-1] if record[-1:] == b"\r" and (closed or number < last) else record
            for number, record in enumerate(records)
        ]
    return decoded(records, lambda record: record.decode("utf-8", errors), cursor)


def decoded(records, decode, cursor):
    """Batches of what ``decode`` makes of each record; one that is not valid UTF-8 is skipped."""
    batch = []
    for record in records:
        try:
            batch.append(decode(record))
        except UnicodeDecodeError as error:
            if batch:
                yield batch
                batch = []
            cursor.skip(error)
    if batch:
        yield batch


def decoder(config):
    """The decoder of ``config.format``.

    Raises:
        ValueError: an option of the format cannot be used; the message says which.
    """
    format = config.format
    if format == "lines":
        return Lines(config)
    if format in ("null", "files"):
        return (Items if format == "null" else Paths)(config)
    if format in ("text", "bytes"):
        return (Text if format == "text" else Raw)(config)
    if format in ("jsonl", "values", "json"):
        from pyparallel import _values as module
    elif format in ("csv", "tsv"):
        from pyparallel import _tables as module
    else:
        from pyparallel import _blocks as module
    return module.decoder(config)
