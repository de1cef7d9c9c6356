"""Carries values from one console to another as a pickle, functions and classes typed at a prompt as
their source."""

import binascii
import sys
from types import FunctionType, ModuleType

from pyparallel._library import library

# What every supported Python can read.
PROTOCOL = 5


class _Refused(Exception):
    """Something cannot be carried; the message says what and why."""


def dump(namespace, sources, names):
    """The answer to ``dump``, see ``_console.py``."""
    values = {}
    for name in filter(None, (name.strip() for name in names)):
        if name not in namespace:
            return ["error", f"there is no {name} here"]
        values[name] = namespace[name]
    try:
        return [_encoded(values, sources)]
    except (MemoryError, RecursionError) as error:
        return ["error", f"{', '.join(values)}: {_reason(error)}"]
    except Exception as error:
        return ["error", _culprit(values, sources, error)]


def _encoded(values, sources):
    data = _pickle(values, sources)
    return binascii.b2a_base64(data, newline=False).decode("ascii")


def _culprit(values, sources, error):
    for name, value in values.items():
        try:
            _pickle({name: value}, sources)
        except Exception as trouble:
            return f"{name}: {_reason(trouble)}"
    return _reason(error)


def _reason(error):
    if isinstance(error, _Refused):
        return str(error)
    if isinstance(error, MemoryError):
        return "there is not enough memory for its pickle"
    if isinstance(error, RecursionError):
        return "it is nested too deeply for pickle"
    return str(error) or type(error).__name__


def _pickle(values, sources):
    pickle = library("pickle")
    chosen = {id(value) for value in values.values()}

    class Pickler(pickle.Pickler):
        def reducer_override(self, thing):
            if isinstance(thing, ModuleType):
                return _import, (thing.__name__,)
            if isinstance(thing, (FunctionType, type)) and thing.__module__ == "__main__":
                return _define, _typed(thing, sources, id(thing) in chosen)
            return NotImplemented

    buffer = library("io").BytesIO()
    Pickler(buffer, PROTOCOL).dump(values)
    return buffer.getvalue()


def _typed(thing, sources, chosen):
    """What :func:`_define` needs: the name, the source, and whether it replaces one of that name."""
    name = thing.__qualname__
    kind = "class" if isinstance(thing, type) else "function"
    if "<locals>" in name or "." in name:
        raise _Refused(f"{name} is a {kind} made inside another: define it at the top level")
    source = sources.of(thing)
    if source is None:
        raise _Refused(f"the source of the {kind} {name} is not known here: type it again")
    cells = getattr(thing, "__closure__", None)
    if cells and getattr(thing, "__wrapped__", None) is None:
        raise _Refused(f"the function {name} has variables of the one around it")
    return name, source, chosen


def _import(name):
    """Makes a module again."""
    return library("importlib").import_module(name)


def _define(name, source, chosen):
    """Makes a function or class again in the console that it is carried to. One that was not asked
    for, a class of some value, gives way to one of that name that is there."""
    from pyparallel import _console

    namespace = _console.console.namespace
    known = namespace.get(name, _NOTHING)
    if not chosen and isinstance(known, (FunctionType, type)):
        return known
    made = _console.console.define(name, source)
    if chosen:
        # It is bound to the names that were asked for, and to no other.
        if known is _NOTHING:
            namespace.pop(name, None)
        else:
            namespace[name] = known
    return made


_NOTHING = object()


def load(namespace, sources, data):
    """The answer to ``load``, see ``_console.py``."""
    try:
        values = library("pickle").loads(binascii.a2b_base64(data))
        namespace.update(values)
    except (KeyboardInterrupt, SystemExit):
        raise
    except Exception as error:
        kind = type(error).__name__
        version = f"Python {sys.version_info[0]}.{sys.version_info[1]}"
        return ["error", f"{kind} on {sys.implementation.name} ({version}): {error}"]
    return ["ok"]
