"""Values of several interpreters: what code needs of them, and how they are cut, joined, compared."""

from types import FunctionType, ModuleType

from pyparallel import _exchange, _inspection
from pyparallel._library import library
from pyparallel._magic import Refused


def value_of(console, name):
    """The value of one of the user's names."""
    if name not in console.namespace:
        raise Refused(f"there is no {name} here")
    return console.namespace[name]


def names(console):
    """For each name of the user's: it, its type, a short repr."""
    return _inspection.names(console.namespace)


def packed(console, value, name="it"):
    """A value on its way to another interpreter, under some name."""
    # What functions among it use is found in the namespace.
    answer = _exchange.dump({**console.namespace, name: value}, console.sources, [name])
    if answer[0] == "error":
        raise Refused(answer[1])
    return answer[0]


def unpacked(text, name="it"):
    """What :func:`packed` packed."""
    place = {}
    answer = _exchange.load(place, text)
    if answer[0] == "error":
        raise Refused(answer[1])
    return place[name]


def needs(console, source):
    """The names that code needs of this namespace, and that the functions and classes among these
    need in turn.

    Returns:
        The functions and classes typed here, and all others, each joined by commas.
    """
    try:
        code = compile(source, "<needs>", "exec", dont_inherit=True)
    except (SyntaxError, ValueError):
        return ["", ""]  # running it tells
    found = {}
    todo = [code]
    while todo:
        code = todo.pop()
        todo += [part for part in code.co_consts if isinstance(part, type(code))]
        for name in code.co_names:
            if name in console.namespace and name not in found:
                value = console.namespace[name]
                found[name] = inner = _codes(console, value)
                todo += inner or ()
    return [
        ",".join(name for name in found if found[name] is not None),
        ",".join(name for name in found if found[name] is None),
    ]


def _codes(console, value):
    """The code of a function or class of this namespace, or None for anything else."""
    if isinstance(value, FunctionType) and value.__globals__ is console.namespace:
        return [value.__code__]
    if isinstance(value, type) and value.__module__ == "__main__":
        parts = (getattr(part, "__func__", part) for part in list(vars(value).values()))
        return [part.__code__ for part in parts if isinstance(part, FunctionType)]
    return None


def missing(console, names):
    """Those of some names, joined by commas, that are not in this namespace; joined again."""
    return [",".join(name for name in names.split(",") if name not in console.namespace)]


def parcel(console, names):
    """The values of those of some names that can be sent; nothing where none can.

    What code seems to need may be an attribute that is called like some name of the user's: that it
    cannot be sent matters only if it is really used, and that is noticed then.
    """
    sent = []
    for name in names.split(","):
        if _exchange.dump(console.namespace, console.sources, [name])[0] != "error":
            sent.append(name)
    return _exchange.dump(console.namespace, console.sources, sent) if sent else []


def cut(console, name, count):
    """Cuts a sequence into parts whose lengths differ by one at most.

    Returns:
        For each part its length, and a pickle for ``load``.
    """
    value = value_of(console, name)
    if isinstance(value, dict) or not hasattr(value, "__getitem__"):
        kind = type(value).__name__
        raise Refused(f"{name} is a {kind}: only a list or another sequence can be cut")
    answer = []
    for part in parts(value, int(count)):
        answer += (str(len(part)), packed(console, part, name))
    return answer


def parts(value, count):
    """The parts of a sequence, in order."""
    size = len(value)
    return [value[size * i // count : size * (i + 1) // count] for i in range(count)]


def join(console, name, *pickles):
    """Joins parts that were sent here under one name; returns how long the whole is."""
    whole = _joined(name, [unpacked(pickle, name) for pickle in pickles])
    console.namespace[name] = whole
    return [str(len(whole))]


def _joined(name, received):
    first = received[0]
    if type(first).__module__ == "numpy":
        return __import__("numpy").concatenate(received)
    if isinstance(first, str):
        return "".join(received)
    if isinstance(first, (list, tuple, bytes, bytearray)) or type(first).__name__ == "array":
        whole = first[:0]
        for part in received:
            if type(part) is not type(first):
                raise Refused(f"{name} is a {type(first).__name__} here, a {type(part).__name__} there")
            whole = whole + part
        return whole
    try:
        return [item for part in received for item in part]
    except TypeError:
        raise Refused(f"{name} is a {type(first).__name__}: only sequences can be joined") from None


def portrait(console, name):
    """What others compare their value with: what of it is compared, that, and a short text of it."""
    value = value_of(console, name)
    if isinstance(value, ModuleType):
        return ["repr", _plain(value), _shown(value)]
    source = _source(console, value)
    if source is not None:
        return ["source", source, _shown(value)]
    try:
        return ["value", packed(console, value), _shown(value)]
    except Refused:
        return ["repr", _plain(value), _shown(value)]


def compare(console, name, what, other):
    """Compares a value with another interpreter's portrait of its own.

    Returns:
        ``same``, ``differs`` or ``not defined``, and a short text of the value here.
    """
    if name not in console.namespace:
        return ["not defined", ""]
    value = console.namespace[name]
    if what == "source":
        same = _source(console, value) == other
    elif what == "repr":
        same = _plain(value) == other
    else:
        try:
            same = _is_equal(value, unpacked(other))
        except Refused:
            same = False  # there is nothing like it here
    return ["same" if same else "differs", _shown(value)]


def _source(console, value):
    is_code = isinstance(value, (FunctionType, type))
    return console.sources.of(value) if is_code and value.__module__ == "__main__" else None


def _is_equal(value, other):
    if type(value).__qualname__ != type(other).__qualname__:
        return False
    equal = value == other
    if hasattr(equal, "all"):  # arrays compare item by item
        equal = getattr(value, "shape", None) == getattr(other, "shape", None) and equal.all()
    try:
        return bool(equal) or _plain(value) == _plain(other)
    except ValueError:
        return _plain(value) == _plain(other)


def _plain(value):
    """The repr without addresses."""
    return library("re").sub(r" at 0x[0-9a-fA-F]+", "", repr(value))


def _shown(value):
    return f"{type(value).__name__}  {_inspection.short(value)}"
