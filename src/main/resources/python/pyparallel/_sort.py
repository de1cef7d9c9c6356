"""Sorts a shard's results, for the host to merge with those of other shards.

What is sent is a list of *runs*, each sorted: one character for its kind, the size of what follows in
eight bytes, and then

``P`` (plain)
    text results without a key of their own: whole lines, in the order of their bytes.
``F`` (framed)
    any results: for each the sizes of its key and of its line, four bytes each, then the key (see
    ``_order``) and the line. A size of 2**32 - 1 stands for a key that is the line, as a string.

Numbers are big-endian; lines end with a line feed, which their sizes do not count, and a framed one
has none at its end. The order is that of the keys. Results with equal keys stay in the order in which
they were given, unless equal results are to be written once: then the order is that of their lines.
A shard gives several runs when it has much to give, and when only some of its results can be plain.
"""

from pyparallel import _order
from pyparallel._encode import Output

PLAIN = b"P"
FRAMED = b"F"

# A run is sent when its results have about so many characters, or are so many.
MOST_SIZE = 32 << 20
MOST_RESULTS = 1 << 20

# Sizes are guessed from so many results of each batch.
SAMPLES = 256

_LINE_IS_KEY = "\xff\xff\xff\xff"


class Sorting:
    """See ``_merging.open_merging``."""

    def __init__(self, config, host):
        self.item = None if config.key is None else _order.Item(config.key)
        self.descending = config.descending
        self.distinct = config.distinct
        self._json = config.output == "json"
        self._host = host

    def output(self, fail, position, per_shard):
        """What takes a shard's results."""
        return SortingOutput(self._host, self._json, fail, self)


class SortingOutput(Output):
    """Collects results and sends them as runs.

    Text that may become a plain run comes together in ``values``, where the record loop puts it too;
    everything else, with its key, in two lists of its own.
    """

    __slots__ = ("_sorting", "_keys", "_lines", "_seen", "_size", "_batches")

    def __init__(self, host, json_values, fail, sorting):
        super().__init__(host, json_values, fail)
        self._sorting = sorting
        self.plain = sorting.item is None and not json_values
        self._start_run()

    def _start_run(self):
        self.values.clear()
        self._keys = []
        self._lines = []
        # How many of both were there when `pack` was called last, and about how large they were.
        self._seen = (0, 0)
        self._size = 0
        # For batches whose values come from one record each: where they begin in `values`, the
        # number of their first record, and how many they are.
        self._batches = []

    # ---- collecting ----------------------------------------------------------------------------

    def _add_one(self, value):
        if isinstance(value, (bytes, bytearray, memoryview)):
            value = bytes(value).decode("utf-8", self._host.errors)
            if not self._json and value.endswith("\n"):
                value = value[:-1]
        if self.pending:
            if self._json:
                self._end_line()
            else:
                text = value if isinstance(value, str) else self._to_json(value)
                value = self._take_pending() + text
        self._collect(value)

    def _collect(self, value):
        is_text = isinstance(value, str)
        if is_text and self.plain:
            self.values.append(value)
            return
        item = self._sorting.item
        if item is None:
            key = _order.key(value)
        else:
            part = item.of(value)
            key = _order.NULL if part is _order.MISSING else _order.key(part)
        line = self._encoded(value if is_text and not self._json else self._to_json(value))
        self._keys.append(key)
        self._lines.append(line)

    def _encoded(self, line):
        if line.isascii():
            return line
        return line.encode("utf-8", self._host.errors).decode("latin-1")

    def add_bytes(self, data):
        self.write(data.decode("utf-8", self._host.errors))

    pass_bytes = add_bytes

    def write(self, text):
        if "\n" not in text:
            self.pending += text
            return
        self._uneven = True
        lines = (self.pending + text).split("\n")
        self.pending = lines.pop()
        if self.plain:
            self.values.extend(lines)
        else:
            for line in lines:
                self._collect_line(line)
        self._send_if_large()

    def _end_line(self):
        self._collect_line(self._take_pending())

    def _collect_line(self, line):
        # Whoever prints is not told: the error is the record's all the same.
        try:
            self._collect(line)
        except Exception as error:
            self._fail(-1, error)

    # ---- sending -------------------------------------------------------------------------------

    def pack(self, first=-1, count=0):
        start = self._seen[0]
        if first >= 0 and not self._uneven and len(self.values) - start == count:
            self._batches.append((start, first, count))
        self._uneven = count == 0
        self._send_if_large()

    def _send_if_large(self):
        values, frames = self._seen
        size = _size_from(self.values, values)
        size += _size_from(self._keys, frames) + _size_from(self._lines, frames)
        self._size += size
        self.packed += size
        self._seen = (len(self.values), len(self._lines))
        if self._size > MOST_SIZE or max(self._seen) > MOST_RESULTS:
            self._send_runs()

    def finish(self):
        if self.pending:
            self._end_line()
        self._send_runs()

    def _send_runs(self):
        if self.values:
            self._send_plain(self.values)
        if self._lines:
            self._send_framed()
        self._start_run()

    def _send_plain(self, values):
        distinct = dict.fromkeys(values) if self._sorting.distinct else values
        ordered = sorted(distinct, reverse=self._sorting.descending)
        ordered.append("")
        text = "\n".join(ordered)
        if text.count("\n") >= len(ordered):
            self._frame_several(values)
            values = [value for value in values if "\n" not in value]
            if values:
                self._send_plain(values)
            return
        try:
            if not text.isascii() and self._host.errors == "surrogateescape":
                text = self._in_order_of_bytes(ordered, text)
            body = self._host.pack(text)
        except UnicodeEncodeError:
            values = self._encodable(values)
            if values:
                self._send_plain(values)
            return
        self._send_run(PLAIN, body)

    def _in_order_of_bytes(self, ordered, text):
        """Text sorts as its bytes do, unless some characters stand for bytes that are no text."""
        try:
            text.encode()
        except UnicodeEncodeError:
            ordered.pop()
            ordered.sort(key=_order.latin1, reverse=self._sorting.descending)
            ordered.append("")
            text = "\n".join(ordered)
        return text

    def _encodable(self, values):
        """Those that can be written; the others fail."""
        good = []
        for index, value in enumerate(values):
            try:
                self._host.pack(value)
                good.append(value)
            except UnicodeEncodeError as error:
                error.__context__ = None
                self._fail(self._record(index) if values is self.values else -1, error)
        return good

    def _record(self, index):
        for start, first, count in self._batches:
            if start <= index < start + count:
                return first + index - start
        return -1

    def _frame_several(self, values):
        """Frames the values that are several lines each."""
        for value in values:
            if "\n" in value:
                try:
                    line = self._encoded(value)
                except UnicodeEncodeError as error:
                    self._fail(-1, error)
                else:
                    self._keys.append(_order.STRING + line)
                    self._lines.append(line)

    def _send_framed(self):
        pairs = zip(self._keys, self._lines)
        if self._sorting.distinct:
            # By key and line, so that equal results of other shards come next to these.
            ordered = sorted(set(pairs), reverse=self._sorting.descending)
        else:
            ordered = sorted(pairs, key=_first, reverse=self._sorting.descending)
        sizes = {}
        parts = []
        for key, line in ordered:
            size = sizes.get(len(line)) or sizes.setdefault(len(line), _size_of(line))
            if len(key) == len(line) + 1 and key[0] == _order.STRING and key[1:] == line:
                parts += (_LINE_IS_KEY, size, line)
            else:
                size_of_key = sizes.get(len(key)) or sizes.setdefault(len(key), _size_of(key))
                parts += (size_of_key, size, key, line)
        self._send_run(FRAMED, self._host.pack_latin1("".join(parts)))

    def _send_run(self, kind, body):
        self._host.send([self._host.pack_bytes(kind + len(body).to_bytes(8, "big"))])
        self._host.send([body])


def _first(pair):
    return pair[0]


def _size_of(text):
    return len(text).to_bytes(4, "big").decode("latin-1")


def _size_from(values, start):
    """About how many characters there are from ``start`` on."""
    if start == len(values):
        return 0
    new = values[start:]
    step = 1 + len(new) // SAMPLES
    return step * sum(map(len, new[::step]))
