"""Counts that an interpreter keeps from shard to shard, instead of passing them on after each.

Integers add up to the same in any order, so where partial results are dicts of nothing else, it does
not matter which interpreter adds which shards'. The order in which keys appeared first, which does
depend on that, is found again from where the new keys of each shard begin.
"""

from itertools import chain, pairwise, repeat
from operator import add


class Counts:
    """The counts of some shards, which are added in the order of the input."""

    def __init__(self):
        self._totals = {}
        # A shard's number, and how many keys there were before it.
        self._marks = []
        self._others = []

    def __bool__(self):
        return bool(self._marks or self._others)

    def add(self, shard, values):
        """Adds a shard's counts, a dict that is then no one else's."""
        totals = self._totals
        self._marks.append((shard, len(totals)))
        if not totals:
            self._totals = values
            return
        # All in C: keys are looked up and put in one by one, in their order.
        sums = map(add, map(totals.get, values, repeat(0)), values.values())
        totals.update(zip(values, sums))

    def hand_in(self):
        """What there is, which is then forgotten: all counts, in the order of their first appearance
        in the input, and what else :meth:`receive` of another interpreter needs."""
        parts = [part for part in ((self._totals, self._marks), *self._others) if part[1]]
        self._totals, self._marks, self._others = {}, [], []
        return parts[0] if len(parts) == 1 else _united(parts)

    def receive(self, part):
        """Takes what another interpreter handed in."""
        self._others.append(part)


def _united(parts):
    segments = list(chain.from_iterable(map(_segments, parts)))
    segments.sort(key=_shard)
    totals = {}
    marks = []
    for shard, keys in segments:
        marks.append((shard, len(totals)))
        totals.update(dict.fromkeys(keys, 0))
    for values, _ in parts:
        for key, value in values.items():
            totals[key] += value
    return totals, marks


def _segments(part):
    """The numbers of the shards with the keys that were new there."""
    totals, marks = part
    keys = list(totals)
    ends = [*marks, (-1, len(keys))]
    return [(shard, keys[start:end]) for (shard, start), (_, end) in pairwise(ends)]


def _shard(segment):
    return segment[0]
