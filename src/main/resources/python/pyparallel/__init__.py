"""What a script running under pyparallel can ask about its run.

``import pyparallel`` inside a script gives:

``shard``
    The shard being worked on, see :class:`Shard`. Always the same object, its fields change from
    shard to shard, so ``from pyparallel import shard`` works.
``worker``
    This interpreter's number, from 0.
``workers``
    How many interpreters the run may use, at least 1.

Outside a run ``worker`` is 0, ``workers`` is 1 and ``shard`` is empty.
"""

__all__ = ["Shard", "shard", "worker", "workers"]


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


shard = Shard()
worker = 0
workers = 1
