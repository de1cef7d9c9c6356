"""What a script running under pyparallel can ask about its run.

``import pyparallel`` inside a script gives:

``shard``
    The shard being worked on, see :class:`Shard`. Always the same object, its fields change from
    shard to shard, so ``from pyparallel import shard`` works.
``record``
    The record being worked on, see :class:`Record`; one object as well.
``worker``
    This interpreter's number, from 0.
``workers``
    How many interpreters the run may use, at least 1.

Outside a run ``worker`` is 0, ``workers`` is 1, ``shard`` and ``record`` are empty.
"""

__all__ = ["Record", "Shard", "record", "shard", "worker", "workers"]


class Shard:
    """One piece of the input.

    Attributes:
        index: 0 for the first shard, in input order.
        count: how many shards the run has, or None where that is not known before its end.
        source: the input's name, ``<stdin>`` for standard input, None where there is no input.
        start: where the shard starts in its source, in bytes (in items for the format ``files``).
        end: where it ends, exclusive.
        first_record: how many records of the source come before it, or None where only counting
            could tell.
    """

    __slots__ = ("index", "count", "source", "start", "end", "first_record")

    def __init__(self):
        self.index = 0
        self.count = None
        self.source = None
        self.start = 0
        self.end = 0
        self.first_record = None

    def __repr__(self):
        return f"<shard {self.index} of {self.source}, {self.start}..{self.end}>"


class Record:
    """What is known of a record beside its value: of the one ``process`` was called with last, or
    that ``process_shard`` took last from its iterator. Found out when asked for, so it costs
    nothing else.

    Attributes:
        number: how many records of the source come before it, or None where only counting could
            tell.
        line: the record's text as it stands in the source, without what ends it: of a line of JSON
            the line, of a row of a table the row with its quotes; where a record is no text in the
            source, its ``str()``. None where there is no record.
    """

    __slots__ = ("_decoder",)

    def __init__(self):
        self._decoder = None

    @property
    def number(self):
        first = shard.first_record
        position = self._position()
        return None if first is None or position < 0 else first + position

    @property
    def line(self):
        return None if self._position() < 0 else self._decoder.current_text()

    def _position(self):
        return -1 if self._decoder is None else self._decoder.cursor.position()

    def __repr__(self):
        return f"<record {self.number} of {shard.source}>"


shard = Shard()
record = Record()
worker = 0
workers = 1
