"""Reductions: each folds values into a partial result, and combines two of those.

A reducer has ``fold(partial, value)`` and ``combine(earlier, later)``, which return a partial result
and may change the (earlier) one they are given, and ``result(partial)``, which returns the value to
write, None for no output. ``NOTHING`` is the partial result of no values; ``combine`` never gets it.
What ``fold`` raises is the error of the value it was given, and leaves the partial result as it was.

Where partial results may be dicts of integers that are added up by key, a reducer also has
``counts(partial)``, which returns that dict, None where this one is something else, and
``of_counts(counts)``, which makes a partial result of such a dict; see ``_counts``.
"""

from pyparallel._library import library
from pyparallel._order import Item, MISSING, key
from pyparallel._total import Total


NOTHING = object()


_NUMBERS = (int, float)


def number(value):
    """A finite number, or the one that text holds.

    Raises:
        TypeError, ValueError: it is none.
    """
    if value.__class__ is int:
        return value
    if isinstance(value, (int, float)):
        if value - value == 0:
            return value
    elif isinstance(value, str):
        parsed = parse(value)
        if parsed is not None:
            return parsed
        raise ValueError(f"{_short(value)} is not a number")
    else:
        raise TypeError(f"a {type(value).__qualname__} is not a number: {_short(value)}")
    raise ValueError(f"{value} is not a finite number")


def parse(text):
    """The finite number that is written in ``text``, or None."""
    if "_" in text:
        return None
    try:
        return int(text)
    except ValueError:
        pass
    try:
        value = float(text)
    except ValueError:
        return None
    return value if value - value == 0 else None


def json_text(value):
    """A value's JSON.

    Raises:
        TypeError, ValueError: there is none.
    """
    global _encode
    if _encode is None:
        _encode = library("json").JSONEncoder(
            ensure_ascii=False, separators=(",", ":"), allow_nan=False
        ).encode
    return _encode(value)


_encode = None


def _short(value):
    text = repr(value)
    return text if len(text) <= 80 else text[:80] + "..."


class Count:
    """How many results there are."""

    def fold(self, partial, value):
        return 1 if partial is NOTHING else partial + 1

    def combine(self, earlier, later):
        return earlier + later

    def result(self, partial):
        return 0 if partial is NOTHING else partial


class Sum:
    """The sum of numbers, exact but for the last rounding."""

    def fold(self, partial, value):
        if value.__class__ is not int:
            value = number(value)
        if partial is NOTHING:
            partial = Total()
        partial.add(value)
        return partial

    def combine(self, earlier, later):
        earlier.join(later)
        return earlier

    def result(self, partial):
        return 0 if partial is NOTHING else partial.value()


class Mean:
    """The arithmetic mean. Partial: count, sum."""

    def fold(self, partial, value):
        value = number(value)
        count, total = (0, Total()) if partial is NOTHING else partial
        total.add(value)
        return (count + 1, total)

    def combine(self, earlier, later):
        earlier[1].join(later[1])
        return (earlier[0] + later[0], earlier[1])

    def result(self, partial):
        return None if partial is NOTHING else partial[1].value() / partial[0]


class Stats:
    """Count, sum, mean, extremes and the standard deviation of a sample.

    Partial: count, sum, minimum, maximum, mean, and the sum of squared differences from the mean,
    which Welford's step and Chan's merge keep exact where a sum of squares would cancel out.
    """

    def fold(self, partial, value):
        value = number(value)
        x = float(value)
        if partial is NOTHING:
            value = 0 + value
            total = Total()
            total.add(value)
            return (1, total, value, value, x, 0.0)
        count, total, least, most, mean, squares = partial
        total.add(value)
        count += 1
        delta = x - mean
        mean += delta / count
        squares += delta * (x - mean)
        return (count, total, min(least, value), max(most, value), mean, squares)

    def combine(self, earlier, later):
        count1, total1, least1, most1, mean1, squares1 = earlier
        count2, total2, least2, most2, mean2, squares2 = later
        count = count1 + count2
        delta = mean2 - mean1
        mean = mean1 + delta * (count2 / count)
        squares = squares1 + squares2 + delta * delta * (count1 * (count2 / count))
        total1.join(total2)
        return (count, total1, min(least1, least2), max(most1, most2), mean, squares)

    def result(self, partial):
        if partial is NOTHING:
            return None
        count, total, least, most, _mean, squares = partial
        total = total.value()
        deviation = (squares / (count - 1)) ** 0.5 if count > 1 else None
        return {
            "count": count,
            "sum": total,
            "mean": total / count,
            "min": least,
            "max": most,
            "stdev": deviation,
        }


def _comparable(value):
    """The value to compare and to write: text that holds a number is that number."""
    kind = value.__class__
    if kind is int:
        return value
    if kind is float:
        return number(value)
    if isinstance(value, str):
        parsed = parse(value)
        return value if parsed is None else parsed
    return value


def _is_less(a, b):
    """Whether ``a`` comes before ``b`` in the order of results."""
    if a.__class__ in _NUMBERS and b.__class__ in _NUMBERS:
        return a < b
    return key(a) < key(b)


class Extreme:
    """The smallest or largest result, in the order of results; of equal ones the first."""

    def __init__(self, largest):
        self._largest = largest

    def fold(self, partial, value):
        value = _comparable(value)
        if partial is NOTHING:
            key(value)  # raises where it has no place in the order
            return value
        return self.combine(partial, value)

    def combine(self, earlier, later):
        if self._largest:
            return later if _is_less(earlier, later) else earlier
        return later if _is_less(later, earlier) else earlier

    def result(self, partial):
        return None if partial is NOTHING else partial


class Top:
    """The largest results, from the largest down; equal ones in their order.

    Partial: a list of keys with values, of which only the first ``count`` are in order for good; it
    is cut back when it has grown to twice that.
    """

    ROOM = 256

    def __init__(self, count):
        self._count = count
        self._most = 2 * count + self.ROOM

    def fold(self, partial, value):
        value = _comparable(value)
        pair = (key(value), value)
        if partial is NOTHING:
            return [pair]
        partial.append(pair)
        return self._cut(partial) if len(partial) >= self._most else partial

    def combine(self, earlier, later):
        earlier += later
        return self._cut(earlier)

    def _cut(self, pairs):
        pairs.sort(key=_first, reverse=True)
        del pairs[self._count :]
        return pairs

    def result(self, partial):
        return None if partial is NOTHING else [value for _, value in self._cut(partial)]


def _first(pair):
    return pair[0]


def identity(value):
    """Something hashable that equal results share: text is itself, a number its exact value."""
    if isinstance(value, str) or value.__class__ in _NUMBERS:
        return value
    return (key(value),)


class Uniq:
    """The distinct results, in the order of their first appearance. Partial: identity to value."""

    def fold(self, partial, value):
        name = identity(value)
        if partial is NOTHING:
            return {name: value}
        partial.setdefault(name, value)
        return partial

    def combine(self, earlier, later):
        for name, value in later.items():
            earlier.setdefault(name, value)
        return earlier

    def result(self, partial):
        return [] if partial is NOTHING else list(partial.values())


class CollectBy:
    """Lists of results by what they have under a key."""

    def __init__(self, name):
        self._item = Item(name)

    def fold(self, partial, value):
        name = self._item.of(value)
        if name is MISSING:
            raise LookupError(f"no {self._item.name} in {_short(value)}")
        if name.__class__ is not str:
            name = json_text(name)
        if partial is NOTHING:
            return {name: [value]}
        values = partial.get(name)
        if values is None:
            partial[name] = [value]
        else:
            values.append(value)
        return partial

    def combine(self, earlier, later):
        for name, values in later.items():
            if name in earlier:
                earlier[name] += values
            else:
                earlier[name] = values
        return earlier

    def result(self, partial):
        return {} if partial is NOTHING else partial


class Function:
    """A function of the script's, called with the earlier of two results and the later one."""

    def __init__(self, name, function):
        self._name = name
        self._function = function

    def fold(self, partial, value):
        return value if partial is NOTHING else self.combine(partial, value)

    def combine(self, earlier, later):
        value = self._function(earlier, later)
        if value is None:
            raise TypeError(
                f"{self._name}() returned None: it must return what it makes of its two arguments"
            )
        return value

    def result(self, partial):
        return None if partial is NOTHING else partial
