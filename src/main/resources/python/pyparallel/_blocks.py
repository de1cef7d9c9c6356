"""Records that are neither lines nor values: blocks of text, arguments, integers."""

from pyparallel import _records
from pyparallel._library import library

# Of a batch: more than that have no length everywhere.
_MOST_INTEGERS = 1 << 30


class Separated(_records.Decoder):
    """``str`` between separators; after the last separator there need be nothing."""

    marked = False

    def __init__(self, config):
        super().__init__(config)
        self._separator = config.separator

    def cut(self):
        try:
            self._separator.decode()
        except UnicodeDecodeError:
            return self._cut_bytes()
        return _records.text_batches(self.data, self._separator, self.errors, self.cursor)

    def _cut_bytes(self):
        """For a separator that is not UTF-8: in decoded text it could not be found."""
        for piece, closed in self.data.in_memory().pieces(self._separator):
            yield from _records.one_by_one(
                piece, self._separator, closed, self.errors, self.cursor
            )

    def lines(self, records):
        # Not what follows the last line feed: the next shard may go on in the same line.
        return self.data.line_feeds()

    def find_places(self):
        from pyparallel._places import Ends

        return Ends(bytes(self.data), self.data.mark, self._separator)


class Started(_records.Decoder):
    """``str`` records, each of which begins with a line that a pattern matches at its start, and
    ends before the line feed in front of the next one. What comes before the first is one too."""

    own_lines = True
    marked = False

    def __init__(self, config):
        super().__init__(config)
        re = library("re")
        try:
            self._match = re.compile(config.start.encode("utf-8", "surrogateescape")).match
        except re.error as error:
            raise ValueError(
                f"the regular expression '{config.start}' cannot be used: {error}"
            ) from None

    def cut(self):
        match = self._match
        record = []
        for piece, _ in self.data.in_memory().pieces(b"\n"):
            ended = []
            for line in piece.split(b"\n"):
                if record and match(line):
                    ended.append(b"\n".join(record))
                    record = []
                record.append(line)
            yield from self._decoded(ended)
        if record:
            yield from self._decoded([b"\n".join(record)])

    def _decoded(self, records):
        """Batches of the records that these bytes are."""
        return _records.decoded(records, self._text, self.cursor)

    def _text(self, record):
        return record.decode("utf-8", self.errors)

    def find_places(self):
        from pyparallel._places import Starts

        return Starts(bytes(self.data), self.data.mark, self._match)


class Arguments(_records.Paths):
    """NUL-terminated items, a fixed number of them in a ``tuple``."""

    def __init__(self, config):
        super().__init__(config)
        self._width = config.width

    def cut(self):
        width = self._width
        try:
            items = self.data.decode(self.errors).split("\0")
        except UnicodeDecodeError:
            yield from self._singly()
            return
        del items[len(items) - len(items) % width :]
        if items:
            yield list(zip(*(items[first::width] for first in range(width))))

    def _singly(self):
        items = bytes(self.data).split(b"\0")
        del items[len(items) - len(items) % self._width :]
        records = zip(*(items[first :: self._width] for first in range(self._width)))
        return _records.decoded(records, self._texts, self.cursor)

    def _texts(self, record):
        return tuple(item.decode("utf-8", self.errors) for item in record)

    def _count_rest(self, cursor):
        cursor.total = self.data.count(b"\0") // self._width

    def find_places(self):
        from pyparallel._places import Ends

        return Ends(bytes(self.data), self.data.mark, b"\0", self._width)


class Integers(_records.Decoder):
    """The integers of a range, which are never all made at once."""

    located = False
    marked = False

    def cut(self):
        first, count, step = self._range()
        for start in range(0, count, _MOST_INTEGERS):
            stop = min(start + _MOST_INTEGERS, count)
            yield range(first + start * step, first + stop * step, step)

    def size(self):
        _, count, _ = self._range()
        return count

    def boundary(self, number):
        from pyparallel._places import Place

        return Place(0, number, number + 1)

    def _range(self):
        return map(int, bytes(self.data).split())

    def _count_rest(self, cursor):
        _, cursor.total, _ = self._range()


def decoder(config):
    """The decoder of ``config.format``.

    Raises:
        ValueError: the pattern that starts records is none.
    """
    if config.format == "range":
        return Integers(config)
    if config.format == "args":
        return Arguments(config) if config.width > 1 else _records.Paths(config)
    return Started(config) if config.start else Separated(config)
