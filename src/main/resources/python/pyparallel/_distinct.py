"""Passes each result on once; the host drops what comes from several shards.

What is sent are lines, one for each result: in one of several lines, ``\\n`` is written as NUL and
``n``, and NUL as NUL and ``0``.
"""

import pyparallel
from pyparallel._encode import Output

# Results that were sent are remembered up to this number, and when they are no longer than this:
# these are the ones that come again. The memory outlives a shard as long as an interpreter's shards
# come in the order of the input, which the tails of other shards do not.
MOST_SEEN = 1 << 16
LONGEST_SEEN = 256


class Distinct:
    """See ``_merging.open_merging``."""

    def __init__(self, config, host):
        self.seen = set()
        self._last = (-1, 0)
        self._json = config.output == "json"
        self._host = host

    def output(self, fail, position, per_shard):
        """What takes a shard's results."""
        shard = pyparallel.shard
        place = (shard.index, shard.start)
        if place < self._last:
            self.seen.clear()
        self._last = place
        return DistinctOutput(self._host, self._json, fail, self.seen)


class DistinctOutput(Output):
    """Drops results that were sent before, and sends each of the others as one line."""

    __slots__ = ("_remembered", "_all", "_batch")

    def __init__(self, host, json_values, fail, remembered):
        super().__init__(host, json_values, fail)
        self._remembered = remembered
        # What `pack` was called with last, repeats included.
        self._all = []
        self._batch = (-1, 0)

    def _add_one(self, value):
        if isinstance(value, (bytes, bytearray, memoryview)) and not self._json:
            text = bytes(value).decode("utf-8", self._host.errors)
            value = text[:-1] if text.endswith("\n") else text
        super()._add_one(value)

    def add_bytes(self, data):
        self.write(data.decode("utf-8", self._host.errors))

    pass_bytes = add_bytes

    def pack(self, first=-1, count=0):
        values = self.values
        if values:
            known = first >= 0 and len(values) == count and not self._uneven
            self._batch = (first if known else -1, count)
            self._all = values[:]
            values[:] = self._new(values)
        super().pack(first, count)

    def _new(self, values):
        remembered = self._remembered
        new = [value for value in dict.fromkeys(values) if value not in remembered]
        if len(remembered) > MOST_SEEN:
            remembered.clear()
        remembered.update([value for value in new if len(value) <= LONGEST_SEEN])
        text = "".join(new)
        if "\n" in text or "\0" in text:
            new = [value.replace("\0", "\0" "0").replace("\n", "\0n") for value in new]
        return new

    def _pack_singly(self, _first):
        # Every record with such a result fails, not only the first.
        first = self._batch[0]
        for index, value in enumerate(self._all):
            try:
                self._host.pack(value)
            except UnicodeEncodeError as error:
                error.__context__ = None
                self._fail(-1 if first < 0 else first + index, error)
        for value in self.values:
            try:
                self._push(self._host.pack(value + "\n"))
            except UnicodeEncodeError:
                self._remembered.discard(value)  # the next one fails as well

    def finish(self):
        if self.pending and not self._json:
            self.values.append(self._take_pending())
        super().finish()
