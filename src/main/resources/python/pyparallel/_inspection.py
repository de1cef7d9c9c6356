"""Text about what a namespace holds, for somebody to read."""

from types import FunctionType, MethodType, ModuleType

from pyparallel import _resolving
from pyparallel._library import library
from pyparallel._resolving import Unknown
from pyparallel._sources import unwrapped

# Longer values are cut, in characters.
SHORT = 70

# No text is longer, in characters.
LONGEST = 200_000

# Names that every module has, or that are the console's.
_HIDDEN = "_"


def describe(namespace, sources, expression, detail):
    """What ``?expression`` shows, and with the source what ``??expression`` does.

    Args:
        namespace: where names are looked up, besides the builtins.
        sources: a :class:`pyparallel._sources.Sources`.
        expression: names, dots and constant items.
        detail: 2 for the source, 1 without it.

    Returns:
        Lines without a line feed at the end; empty where there is no such thing, or finding it would
        run something.
    """
    expression = expression.strip().strip("?").strip()
    try:
        thing = _find(namespace, expression)
    except Unknown:
        return ""
    parts = []
    _add(parts, "Signature", _signature(thing, expression))
    _add(parts, "Type", _type(thing))
    if not _is_code(thing):
        _add(parts, "Value", short(thing))
        _add(parts, "Length", _length(thing))
    _add(parts, "File", _place(thing))
    source = _source(sources, thing) if detail == 2 else ""
    if source:
        parts.append("Source:\n" + source.rstrip())
    else:
        document = _document(thing)
        if document:
            parts.append("Docstring:\n" + document.rstrip())
    return "\n".join(parts)[:LONGEST]


def _find(namespace, expression):
    try:
        return _resolving.resolve(namespace, expression)
    except Unknown:
        owner, dot, name = expression.rpartition(".")
        if not dot:
            raise
        # A property, say: that itself is shown, and not what it would give.
        return _resolving.static(_resolving.resolve(namespace, owner), name)


def _add(parts, title, text):
    if text:
        parts.append(f"{title + ':':<11}{text}")


def _is_code(thing):
    return issubclass(type(thing), ModuleType) or callable(thing)


def _signature(thing, expression):
    if not callable(thing):
        return ""
    try:
        return expression.rpartition(".")[2] + str(library("inspect").signature(thing))
    except Exception:  # there is none, or it is not one to be shown
        return ""


def _type(thing):
    kind = type(thing)
    return kind.__qualname__ if kind.__module__ == "builtins" else _full_name(kind)


def _full_name(kind):
    return f"{kind.__module__}.{kind.__qualname__}"


def _length(thing):
    if type(thing).__module__ != "builtins":
        return ""
    try:
        return str(len(thing))
    except Exception:
        return ""


def _place(thing):
    """Where it is defined: the file, and the line where that is known."""
    if issubclass(type(thing), ModuleType):
        return vars(thing).get("__file__") or ""
    thing = unwrapped(_function(thing))
    if type(thing) is FunctionType:
        return f"{thing.__code__.co_filename}:{thing.__code__.co_firstlineno}"
    if issubclass(type(thing), type):
        try:
            return library("inspect").getfile(thing)
        except (TypeError, OSError):
            return ""
    return ""


def _function(thing):
    """The function that a method or a property calls, or the thing itself."""
    if type(thing) is MethodType:
        return thing.__func__
    return thing.fget or thing if type(thing) is property else thing


def _source(sources, thing):
    thing = _function(thing)
    if not _is_code(thing):
        thing = type(thing)
    found = sources.of(thing)
    if found is not None:
        return found
    try:
        return library("inspect").getsource(thing)
    except Exception:  # there is none, or it was changed meanwhile
        return ""


def _document(thing):
    try:
        return library("inspect").getdoc(thing) or ""
    except Exception:
        return ""


def names(namespace):
    """For each name of the user's: it, its type and a short repr, sorted by name."""
    answer = []
    for name in sorted(name for name in namespace if isinstance(name, str)):
        if not name.startswith(_HIDDEN):
            value = namespace[name]
            answer += (name, type(value).__name__, short(value))
    return answer


def short(value):
    """The value's repr on one line; of a large one only a part is made."""
    try:
        text = _repr(value)
    except Exception as error:
        text = f"<{type(value).__name__}: {type(error).__name__} in its repr>"
    text = " ".join(text.split()) if "\n" in text else text
    return text if len(text) <= SHORT else text[: SHORT - 3] + "..."


def _repr(value):
    if type(value) in (bytes, bytearray) and len(value) > SHORT:
        return repr(value[:SHORT])
    if issubclass(type(value), ModuleType):
        return vars(value).get("__file__") or repr(value)
    reprlib = library("reprlib")
    brief = reprlib.Repr()
    brief.maxstring = brief.maxother = brief.maxlong = SHORT
    brief.maxlist = brief.maxtuple = brief.maxdict = brief.maxset = brief.maxfrozenset = 10
    return brief.repr(value)
