"""Sums that lose nothing."""

from itertools import chain
from math import fsum
from operator import neg

# So many floats are kept before they are put together.
MOST_FLOATS = 4096


class Total:
    """A sum of numbers that is exact until it is asked for, so that neither the order nor the
    grouping of the numbers matters: ints apart from floats, and of these a few whose sum is exactly
    theirs.
    """

    __slots__ = ("_whole", "_floats", "_is_whole")

    def __init__(self):
        self._whole = 0
        self._floats = []
        self._is_whole = True

    def add(self, value):
        """Adds a finite ``int``, ``bool`` or ``float``.

        Raises:
            OverflowError: the sum is too large for a float; the value was not added.
        """
        if isinstance(value, float):
            floats = self._floats
            floats.append(value)
            if len(floats) > MOST_FLOATS:
                try:
                    self._floats = _expansion(floats)
                except OverflowError:
                    floats.pop()
                    raise
            self._is_whole = False
        else:
            self._whole += value

    def join(self, other):
        """Adds another total.

        Raises:
            OverflowError: see :meth:`add`.
        """
        floats = self._floats + other._floats
        self._floats = _expansion(floats) if len(floats) > MOST_FLOATS else floats
        self._whole += other._whole
        self._is_whole &= other._is_whole

    def value(self):
        """The sum: an ``int`` where only ints were added, else the ``float`` nearest to it."""
        if self._is_whole:
            return self._whole
        return fsum(chain(self._floats, _floats_of(self._whole)))


def _expansion(floats):
    """A few floats with exactly the same sum."""
    parts = []
    while rest := fsum(chain(floats, map(neg, parts))):
        parts.append(rest)
    return parts


def _floats_of(whole):
    """Floats whose sum is exactly an ``int``."""
    while whole:
        part = float(whole)
        yield part
        whole -= int(part)
