"""The reduction ``histogram``."""

import math

from pyparallel._reducers import NOTHING, json_text, number

# So many distinct numbers are counted one by one; with more of them, ranges are.
MOST_NUMBERS = 50
MOST_BINS = 20


class Histogram:
    """How often each result occurs.

    Numbers, once there are more than ``MOST_NUMBERS``, are counted in bins of equal width: the
    smallest power of two with which ``MOST_BINS`` bins, whose edges are multiples of it, hold them all.
    Such bins nest, and the width follows from the smallest and largest number alone: so it does
    not matter which numbers were counted first, or where, and the memory is bounded.
    """

    def fold(self, partial, value):
        if partial is NOTHING:
            partial = _Counts()
        if isinstance(value, str):
            partial.add(value, 1)
        elif isinstance(value, (int, float)) and value is not True and value is not False:
            partial.add_number(number(value), 1)
        else:
            partial.add(json_text(value), 1)
        return partial

    def combine(self, earlier, later):
        return earlier.join(later)

    def counts(self, partial):
        return partial.counts if partial.bins is None and not partial.numbers else None

    def of_counts(self, counts):
        partial = _Counts()
        partial.counts = counts
        return partial

    def result(self, partial):
        return {} if partial is NOTHING else partial.result()


class _Counts:
    """What there is so far.

    Attributes:
        counts: how often each text and each number occurs, in the order of their first appearance;
            numbers only while there is no ``bins``. A number is the key ``(number,)``.
        numbers: how many keys are numbers.
        bins: how often each multiple of the width occurs as the lower end of a number's bin, or None.
        exponent: the width is two to the power of this.
        least, most: the smallest and the largest number once there are bins.
    """

    __slots__ = ("counts", "numbers", "bins", "exponent", "least", "most")

    def __init__(self):
        self.counts = {}
        self.numbers = 0
        self.bins = None
        self.exponent = 0
        self.least = self.most = 0

    def __reduce__(self):
        return (_restored, tuple(getattr(self, name) for name in self.__slots__))

    def add(self, value, count):
        self.counts[value] = self.counts.get(value, 0) + count

    def add_number(self, value, count):
        if self.bins is None:
            name = (value,)
            if name in self.counts:
                self.counts[name] += count
                return
            self.counts[name] = count
            self.numbers += 1
            if self.numbers > MOST_NUMBERS:
                self._start_bins()
            return
        if not self.least <= value <= self.most:
            self._widen(value, value)
        index = _index(value, self.exponent)
        self.bins[index] = self.bins.get(index, 0) + count

    def _start_bins(self):
        names = [name for name in self.counts if name.__class__ is tuple]
        least, most = min(names)[0], max(names)[0]
        exponent = max(_exponent(least), _exponent(most)) + 1  # two bins at most
        while _span(least, most, exponent - 1) <= MOST_BINS:
            exponent -= 1
        self.least, self.most, self.exponent = least, most, exponent
        self.bins = {}
        for name in names:
            self.add_number(name[0], self.counts.pop(name))

    def _widen(self, least, most):
        self.least = min(self.least, least)
        self.most = max(self.most, most)
        while _span(self.least, self.most, self.exponent) > MOST_BINS:
            self._coarsen(self.exponent + 1)

    def _coarsen(self, exponent):
        shift = exponent - self.exponent
        bins = {}
        for index, count in self.bins.items():
            bins[index >> shift] = bins.get(index >> shift, 0) + count
        self.bins = bins
        self.exponent = exponent

    def join(self, later):
        """Adds what comes later; returns what holds both."""
        if later.bins is not None:
            if self.bins is None:
                self._take_bins(later)
            else:
                if later.exponent > self.exponent:
                    self._coarsen(later.exponent)
                later._coarsen(max(later.exponent, self.exponent))
                self._widen(later.least, later.most)
                later._coarsen(self.exponent)
                for index, count in later.bins.items():
                    self.bins[index] = self.bins.get(index, 0) + count
        for name, count in later.counts.items():
            if name.__class__ is tuple:
                self.add_number(name[0], count)
            else:
                self.add(name, count)
        return self

    def _take_bins(self, later):
        names = [name for name in self.counts if name.__class__ is tuple]
        self.bins = later.bins
        self.exponent, self.least, self.most = later.exponent, later.least, later.most
        for name in names:
            self.add_number(name[0], self.counts.pop(name))

    def result(self):
        named = {}
        for name, count in self.counts.items():
            name = _name(name)
            named[name] = named.get(name, 0) + count
        ordered = sorted(named.items(), key=_count, reverse=True)
        if self.bins is None:
            return dict(ordered)
        bins = [
            {"from": _edge(index, self.exponent), "to": _edge(index + 1, self.exponent),
             "count": self.bins.get(index, 0)}
            for index in range(min(self.bins), max(self.bins) + 1)
        ]
        return bins + [{"value": name, "count": count} for name, count in ordered]


def _restored(*values):
    counts = _Counts()
    for name, value in zip(_Counts.__slots__, values):
        setattr(counts, name, value)
    return counts


def _count(entry):
    return entry[1]


def _name(name):
    return json_text(name[0]) if name.__class__ is tuple else name


def _exponent(value):
    """The smallest power of two that is above the absolute value."""
    if isinstance(value, int):
        return value.bit_length()
    return math.frexp(value)[1]


def _index(value, exponent):
    """How many widths fit into the number, rounded down."""
    if isinstance(value, int):
        return value >> exponent if exponent >= 0 else value << -exponent
    return math.floor(math.ldexp(value, -exponent))


def _span(least, most, exponent):
    return _index(most, exponent) - _index(least, exponent) + 1


def _edge(index, exponent):
    return index << exponent if exponent >= 0 else math.ldexp(index, exponent)
