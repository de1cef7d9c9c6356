"""The reduction ``merge-dict``."""

from pyparallel._order import key as order
from pyparallel._reducers import NOTHING

_MISSING = object()
_INTEGERS = frozenset((int,))
_NUMBERS = frozenset((int, float))
_LISTS = (list, tuple)
_SETS = (set, frozenset)


class MergeDict:
    """Merges dicts: under the same key numbers are added, lists joined, dicts merged, sets united,
    and other values must be equal. Keys stay in the order of their first appearance.

    Each merge first finds out whether it can be done, so that a dict that cannot be merged leaves no
    traces.
    """

    # The partial result that is known to hold nothing but numbers: looking through all of it again
    # for every record's few would take the longer the more there are.
    _numbers = None

    def fold(self, partial, value):
        if not isinstance(value, dict):
            raise TypeError(f"merge-dict takes dicts, not {type(value).__qualname__}")
        if partial is NOTHING:
            return _own(value)
        return self.combine(partial, value)

    def combine(self, earlier, later):
        numbers = self._numbers is earlier or _is_all_numbers(earlier)
        if numbers and _is_all_numbers(later):
            self._numbers = earlier
            get = earlier.get
            for key, value in later.items():
                earlier[key] = get(key, 0) + value
            return earlier
        self._numbers = None
        changes = []
        _plan(earlier, later, "", changes)
        for change, container, content in changes:
            change(container, content)
        return earlier

    def counts(self, partial):
        return partial if _holds(partial, _INTEGERS) else None

    def of_counts(self, counts):
        return counts

    def result(self, partial):
        return {} if partial is NOTHING else _written(partial)


def _is_all_numbers(container):
    return _holds(container, _NUMBERS)


def _holds(container, types):
    """Whether the values of a dict are all of these very types."""
    return types.issuperset(map(type, container.values()))


def _plan(into, more, path, changes):
    """Adds to ``changes`` what there is to do.

    Raises:
        ValueError: two values cannot be combined.
    """
    for key, value in more.items():
        old = into.get(key, _MISSING)
        if old is _MISSING:
            changes.append((_put, into, (key, _own(value))))
        elif _is_number(old) and _is_number(value):
            changes.append((_put, into, (key, old + value)))
        elif isinstance(old, dict) and isinstance(value, dict):
            _plan(old, value, f"{path}{key}.", changes)
        elif isinstance(old, list) and isinstance(value, _LISTS):
            changes.append((_extend, old, value))
        elif isinstance(old, set) and isinstance(value, _SETS):
            changes.append((_unite, old, value))
        elif old.__class__ is not value.__class__ or old != value:
            raise ValueError(f"under {path}{key} there is {_kind(old)}, and now {_kind(value)}")


def _put(container, content):
    container[content[0]] = content[1]


def _extend(container, content):
    container.extend(_own(item) for item in content)


def _unite(container, content):
    container |= content


def _is_number(value):
    return isinstance(value, (int, float)) and value is not True and value is not False


def _kind(value):
    text = repr(value)
    return text if len(text) <= 60 else f"a {type(value).__qualname__}"


def _own(value):
    """A copy of everything that may be changed later: the script may still hold the original."""
    if isinstance(value, dict):
        if _is_all_numbers(value):
            return dict(value)
        return {key: _own(item) for key, item in value.items()}
    if isinstance(value, _LISTS):
        return [_own(item) for item in value]
    if isinstance(value, _SETS):
        return set(value)
    return value


def _written(value):
    """The same with sets as sorted lists, which JSON has."""
    if isinstance(value, dict):
        if _is_all_numbers(value):
            return value
        return {key: _written(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_written(item) for item in value]
    if isinstance(value, set):
        return sorted(value, key=order)
    return value
