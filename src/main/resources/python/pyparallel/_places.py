"""Finds where in a shard's bytes its records are: lines and offsets for messages.

Nothing is noted while records are read. Only when one of them fails are the bytes walked through,
forward from the record found last, so that a shard in which every record fails is walked through
about twice, not once for every record.
"""


class Place:
    """Where a record is.

    Attributes:
        line: the line on which it begins, from 0 within the shard.
        offset: where it begins, in bytes from the shard's start.
        end: where it ends, exclusive, without what ends it.
    """

    __slots__ = ("line", "offset", "end")

    def __init__(self, line, offset, end):
        self.line = line
        self.offset = offset
        self.end = end


class Places:
    """The base of all: a subclass has ``extent(offset)``, which tells of the record at or after an
    offset where it begins, where it ends, and where to look for the next one.

    ``data`` are the shard's bytes.
    """

    def __init__(self, data, start):
        self.data = data
        # Marks: the number of a record, an offset from which it is the next one, and its line.
        self._last = self._base = self._start = (0, start, 0)

    def find(self, number, base):
        """Finds a record.

        Args:
            number: from 0; the shard has that many.
            base: a number below which no record is likely to be asked for any more.
        """
        if self._base[0] < base <= number:
            self._base = self._walk(self._nearest(base), base)
        self._last = _, offset, line = self._walk(self._nearest(number), number)
        begin, end, _ = self.extent(offset)
        return Place(line + self.data.count(b"\n", offset, begin), begin, end)

    def _nearest(self, number):
        """The mark from which it is not far to a record."""
        if self._base[0] <= self._last[0] <= number:
            return self._last
        return self._base if self._base[0] <= number else self._start

    def _walk(self, mark, number):
        at, start, line = mark
        offset = self.skip(start, number - at)
        return number, offset, line + self.data.count(b"\n", start, offset)

    def skip(self, offset, count):
        """The offset behind ``count`` records."""
        for _ in range(count):
            offset = self.extent(offset)[2]
        return offset


class Ends(Places):
    """Records that end with a separator.

    Args:
        width: how many separators end a record.
    """

    def __init__(self, data, start, separator, width=1):
        super().__init__(data, start)
        self._separator = separator
        self._width = width

    def extent(self, offset):
        following = self.skip(offset, 1)
        data = self.data
        end = following
        if data.endswith(self._separator, offset, following):
            end -= len(self._separator)
            if self._separator == b"\n" and data.endswith(b"\r", offset, end):
                end -= 1
        return offset, end, following

    def skip(self, offset, count):
        find = self.data.find
        separator = self._separator
        width = len(separator)
        for _ in range(count * self._width):
            found = find(separator, offset)
            if found < 0:
                return len(self.data)
            offset = found + width
        return offset


class Starts(Places):
    """Records that begin with a line that ``match`` finds."""

    def __init__(self, data, start, match):
        super().__init__(data, start)
        self._match = match

    def extent(self, offset):
        data = self.data
        size = len(data)
        line = offset
        while True:
            end = data.find(b"\n", line)
            if end < 0 or end + 1 == size:
                return offset, size if end < 0 else end, size
            line = end + 1
            following = data.find(b"\n", line)
            if self._match(data[line : size if following < 0 else following]):
                return offset, end, line


class Rows(Places):
    """Rows of a table, in which line ends may stand between quotes.

    A row whose line has no quote is that line; any other is left to the ``csv`` module, which alone
    knows all about quotes.

    Args:
        reader: makes the module's reader of an iterator over lines.
    """

    def __init__(self, data, start, reader):
        super().__init__(data, start)
        self._reader = reader
        # The next line feed for all offsets from the one to the other.
        self._line_feed_from = self._line_feed = -1

    def extent(self, offset):
        data = self.data
        following = self._line_end(offset)
        if data.find(b'"', offset, following) >= 0:
            ends = [following]
            next(self._reader(self._lines(offset, ends)))
            following = ends[-1]
        end = following
        if data.endswith(b"\n", offset, end):
            end -= 1
        if data.endswith(b"\r", offset, end):
            end -= 1
        return offset, end, following

    def _lines(self, offset, ends):
        size = len(self.data)
        while offset < size:
            end = self._line_end(offset)
            ends.append(end)
            yield self.data[offset:end].decode("latin-1")
            offset = end

    def _line_end(self, offset):
        """Where the line ends that an offset is in, with its line end: any of the three usual."""
        data = self.data
        if not self._line_feed_from <= offset <= self._line_feed:
            found = data.find(b"\n", offset)
            self._line_feed_from = offset
            self._line_feed = len(data) if found < 0 else found
        end = self._line_feed
        carriage_return = data.find(b"\r", offset, end)
        if carriage_return < 0 or carriage_return + 1 == end:
            return min(end + 1, len(data))
        return carriage_return + 1


class Whole(Places):
    """One record, which is the whole shard."""

    def extent(self, offset):
        size = len(self.data)
        return offset, size, size


class Told:
    """Values whose decoder tells where the ones of the current batch begin.

    The decoder counts characters; bytes and lines are counted here, from one record asked for to
    the next.

    Args:
        decoder: has ``text``, ``starts`` (where the records of its current batch begin in it) and
            ``span(number)``.
    """

    def __init__(self, data, start, decoder):
        self.data = data
        self._decoder = decoder
        self._ascii = decoder.text.isascii()
        # Marks: a character, the byte it begins at, its line.
        self._last = self._base = (0, start, 0)
        self._starts = None

    def find(self, number, base):
        """Finds a record of the current batch, or the one that failed last; see
        :meth:`Places.find`."""
        decoder = self._decoder
        if self._starts is not decoder.starts and decoder.starts:
            self._starts = decoder.starts
            self._base = self._walk(self._starts[0])
        start, end = decoder.span(number)
        self._last = _, offset, line = self._walk(start)
        return Place(line, offset, offset + self._size(start, end))

    def _walk(self, character):
        mark = self._last if self._last[0] <= character else self._base
        at, offset, line = mark
        line += self._decoder.text.count("\n", at, character)
        return character, offset + self._size(at, character), line

    def _size(self, start, end):
        if self._ascii:
            return end - start
        return len(self._decoder.text[start:end].encode("utf-8", "surrogateescape"))
