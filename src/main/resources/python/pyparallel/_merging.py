"""What becomes of results that are not simply written one after the other.

An object of :func:`open_merging` gives each shard what takes its results in place of an
:class:`pyparallel._encode.Output`, with the same methods; see :class:`Results`.
"""

from types import GeneratorType


class ReductionError(Exception):
    """The run asks for a reduction that does not exist; the message is for the user."""


def open_merging(config, host, module):
    """What the configuration asks for.

    Args:
        config: the driver's ``Config``, whose ``merging`` is not ``join``.
        host: packs and sends, see ``_driver``.
        module: the script, or None where it runs as a filter.

    Raises:
        ReductionError: see there.
    """
    if config.merging == "reduce":
        from pyparallel._reduce import Reducing

        return Reducing(config, host, module)
    if config.merging == "sort":
        from pyparallel._sort import Sorting

        return Sorting(config, host)
    from pyparallel._distinct import Distinct

    return Distinct(config, host)


class Results:
    """Takes a shard's results one at a time.

    Subclasses have ``take(value)``, which may raise what is then the record's error, and
    ``finish_results()``.

    Args:
        errors: the name of the error handler for bytes that are written.
        fail: called with a record's number, or -1, and an exception.
        position: tells which record is being worked on, -1 where that is not known.
        per_shard: whether one call gives the results of all records, so that a value that cannot be
            taken must not end it.
    """

    # Whether the record loop may append a `str` to `values` instead of calling `add`.
    plain = False
    packed = 0

    # What is merged need not be seen early.
    live = None

    def __init__(self, errors, fail, position, per_shard):
        self.values = []
        # Text printed without a line end so far.
        self.pending = ""
        self._errors = errors
        self._fail = fail
        self._position = position
        self._per_shard = per_shard

    def take(self, value):
        raise NotImplementedError

    def finish_results(self):
        """Nothing more comes."""

    def add(self, value):
        """Takes a result of any kind; of a generator, each of its items."""
        if value.__class__ is GeneratorType:
            if self._per_shard:
                for item in value:
                    if item is not None:
                        self._take_or_fail(item)
            else:
                for item in value:
                    if item is not None:
                        self._take(item)
        elif value is None:
            pass
        elif self._per_shard:
            self._take_or_fail(value)
        else:
            self._take(value)

    def _take(self, value):
        if self.pending:
            self._end_line()
        if isinstance(value, (bytes, bytearray, memoryview)):
            value = bytes(value).decode("utf-8", self._errors)
        self.take(value)

    def _take_or_fail(self, value):
        try:
            self._take(value)
        except Exception as error:
            self._fail(self._position(), error)

    def write(self, text):
        """Takes printed text: every line is a result."""
        if "\n" not in text:
            self.pending += text
            return
        lines = (self.pending + text).split("\n")
        self.pending = lines.pop()
        for line in lines:
            self._take_line(line)

    def _take_line(self, line):
        # Whoever prints is not told: the error is the record's all the same.
        try:
            self.take(line)
        except Exception as error:
            self._fail(self._position(), error)

    def _end_line(self):
        line = self.pending
        self.pending = ""
        self._take_line(line)

    def add_bytes(self, data):
        """Takes whole lines of printed bytes."""
        self.write(data.decode("utf-8", self._errors))

    pass_bytes = add_bytes

    def pack(self, first=-1, count=0):
        """Called after each batch of records; ``first`` and ``count`` say which."""

    def finish(self):
        """Takes an unfinished line too, and ends the shard."""
        if self.pending:
            self._end_line()
        self.pack()
        self.finish_results()
