"""Turns what a script returns and prints into output, in chunks.

In text mode a ``str`` is a line, ``bytes`` are raw, everything else is one line of JSON. In JSON mode
every result is one line of JSON, a printed line counting as a ``str``. What has which JSON form is
said in :mod:`pyparallel._json`.
"""

from types import GeneratorType

from pyparallel._library import library

# Results are packed at the latest when this many have come together, and sent when the packed ones
# have this size (characters or bytes, as the host packs them).
PACK_VALUES = 4096
SEND_SIZE = 1 << 18

# How long a result may wait for others, in seconds, where each is to be seen as soon as it is there.
PATIENCE = 0.05

# Kinds of output in which every result is a row.
TABLES = ("csv", "tsv")


class Stopped(BaseException):
    """Nobody wants further output; ends the shard."""


def open_output(config, host, fail, source):
    """The output of one shard, as the run's options want it.

    Args:
        config: the driver's.
        host, fail: see :class:`Output`.
        source: the name of the shard's source.
    """
    if config.output in TABLES:
        from pyparallel._rows import DELIMITERS, TableOutput

        output = TableOutput(host, fail, DELIMITERS[config.output])
    elif config.tag:
        from pyparallel._tags import TaggedOutput

        output = TaggedOutput(host, fail, source)
    else:
        output = Output(host, config.output == "json", fail)
    if config.live:
        output.live = library("time").monotonic
    return output


class Output:
    """Collects a shard's results in order.

    ``values`` is the list of finished lines that are still to be packed. The record loop appends to
    it directly where it can, so the list is emptied in place and never replaced. It can for ``str``
    results where ``plain`` says so and nothing is ``pending``.

    Args:
        host: packs and sends, see ``_driver``.
        json_values: encode every value as JSON.
        fail: called with a record number, or -1, and the exception when a result cannot be written.
    """

    __slots__ = (
        "values", "pending", "plain", "live", "packed", "_due", "_uneven", "_host", "_json", "_fail",
        "_encoder", "_pieces", "_size",
    )

    def __init__(self, host, json_values, fail):
        self.values = []
        # Text printed without a line end so far; the next value continues the line.
        self.pending = ""
        self.plain = not json_values
        # A clock where results are not to wait for others, else None.
        self.live = None
        self._due = 0.0
        # Whether some record of the batch may have given more than one value, or one that is not
        # in `values`, or a part of another's: then a value's place says nothing about its record.
        self._uneven = False
        self._host = host
        self._json = json_values
        self._fail = fail
        self._encoder = None
        # How much was packed so far.
        self.packed = 0
        self._pieces = []
        self._size = 0

    def add(self, value):
        """Adds a result of any kind; of a generator, each of its items."""
        if isinstance(value, GeneratorType):
            self._uneven = True
            for item in self._refreshing(value) if self.live else value:
                if item is not None:
                    self._add_one(item)
        elif value is not None:
            self._add_one(value)

    def _add_one(self, value):
        if self._json:
            if self.pending:
                self._end_line()
            line = self._to_json(value)
        elif isinstance(value, str):
            line = value
        elif isinstance(value, (bytes, bytearray, memoryview)):
            self.add_bytes(bytes(value))
            return
        else:
            line = self._to_json(value)
        if self.pending:
            line = self._take_pending() + line
        self.values.append(line)
        if len(self.values) >= PACK_VALUES:
            self.pack()

    def add_bytes(self, data):
        """Adds raw bytes, in place."""
        if self._json:
            self.write(data.decode("utf-8", self._host.errors))
            return
        self.pack()
        if self.pending:
            self._push(self._host.pack(self._take_pending()))
        self._push(self._host.pack_bytes(data))

    def add_text(self, text):
        """Adds what raw bytes say, in place; for output that is not split into values.

        Raises:
            UnicodeEncodeError: ``text`` cannot be encoded.
        """
        self.pack()
        if self.pending:
            self._push(self._host.pack(self._take_pending()))
        self._push(self._host.pack(text))

    def pass_bytes(self, data):
        """Adds raw bytes and sends them at once."""
        self.add_bytes(data)
        self.finish()

    def write(self, text):
        """Adds printed text, in place."""
        self._uneven = True
        if "\n" not in text:
            self.pending += text
            return
        lines = (self.pending + text).split("\n")
        self.pending = lines.pop()
        if self._json:
            lines = [self._to_json(line) for line in lines]
        self.values.extend(lines)
        if self.live:
            self._refresh()
        elif len(self.values) >= PACK_VALUES:
            self.pack()

    def pack(self, first=-1, count=0):
        """Packs all finished lines.

        Args:
            first: the number of the first record they come from, or -1.
            count: the number of records they come from.
        """
        uneven = self._uneven
        # In the middle of a batch its values are no longer all here; and what one batch leaves
        # unfinished is the beginning of a value of the next one.
        self._uneven = count == 0 or self.pending != ""
        values = self.values
        if not values:
            return
        values.append("")
        lines = "\n".join(values)
        try:
            self._push(self._host.pack(lines))
        except UnicodeEncodeError:
            values.pop()
            known = len(values) == count and not uneven
            self._pack_singly(first if known else -1)
        finally:
            values.clear()

    def _pack_singly(self, first):
        """Packs line by line, so that only the one that cannot be encoded is lost, and said so."""
        for index, value in enumerate(self.values):
            try:
                self._push(self._host.pack(value + "\n"))
            except UnicodeEncodeError as error:
                error.__context__ = None
                self._fail(-1 if first < 0 else first + index, error)

    def _push(self, packed):
        self.packed += len(packed)
        self._pieces.append(packed)
        self._size += len(packed)
        if self._size >= SEND_SIZE:
            self._send()

    def _send(self):
        self._size = 0
        pieces = self._pieces
        self._pieces = []
        if pieces:
            self._host.send(pieces)

    def _refreshing(self, items):
        for item in items:
            yield item
            self._refresh()

    def _refresh(self):
        """Sends all finished lines if the last time is some time ago."""
        now = self.live()
        if now >= self._due:
            self.flush()
            self._due = now + PATIENCE

    def flush(self):
        """Sends all finished lines."""
        self.pack()
        self._send()

    def finish(self):
        """Sends everything, an unfinished line too."""
        if self.pending and self._json:
            self._end_line()
        self.pack()
        if self.pending:
            self._push(self._host.pack(self._take_pending()))
        self._send()

    def _end_line(self):
        self.values.append(self._to_json(self._take_pending()))

    def _take_pending(self):
        text = self.pending
        self.pending = ""
        return text

    def _to_json(self, value):
        if value.__class__ is int:
            try:
                return int.__repr__(value)
            except ValueError:
                pass  # it has more digits than Python's limit
        encoder = self._encoder
        if encoder is None:
            from pyparallel._json import JsonEncoder

            encoder = self._encoder = JsonEncoder(self._host.errors)
        return encoder.encode(value)
