"""Carries values from one console to another as a pickle.

Functions and classes typed at a prompt travel as their source, and what they name with them, where
that is missing over there: what was imported is imported, and functions and classes typed at the
prompt are carried as well. Other globals are data, which nobody asked for.
"""

import binascii
import sys
from types import CodeType, FunctionType, ModuleType

from pyparallel._library import library

# What every supported Python can read.
PROTOCOL = 5

_NOTHING = object()


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
        data = _Carrier(namespace, sources, values).pickle(values)
        return [binascii.b2a_base64(data, newline=False).decode("ascii")]
    except Exception as error:
        return ["error", _culprit(namespace, sources, values, error)]


def _culprit(namespace, sources, values, error):
    """Which value it is, and why."""
    for name, value in values.items():
        try:
            _Carrier(namespace, sources, values).pickle({name: value})
        except Exception as trouble:
            return f"{name}: {_reason(trouble)}"
    return f"{', '.join(values)}: {_reason(error)}"


def _reason(error):
    if isinstance(error, MemoryError):
        return "there is not enough memory for its pickle"
    if isinstance(error, RecursionError):
        return "it is nested too deeply for pickle"
    return str(error) or type(error).__name__


class _Carrier:
    """Pickles values of a namespace."""

    def __init__(self, namespace, sources, values):
        self._namespace = namespace
        self._sources = sources
        self._chosen = {id(value) for value in values.values()}
        self._begun = set()

    def pickle(self, value):
        """The pickle of a value, ``bytes``."""
        reduce = self._reduce

        class Pickler(library("pickle").Pickler):
            def reducer_override(self, thing):
                return reduce(thing)

        buffer = library("io").BytesIO()
        Pickler(buffer, PROTOCOL).dump(value)
        return buffer.getvalue()

    def _reduce(self, thing):
        if issubclass(type(thing), ModuleType):
            return _import, (thing.__name__,)
        return self._typed(thing) if _is_typed(thing) else NotImplemented

    def _typed(self, thing):
        name, source = thing.__qualname__, self._source(thing)
        code = compile(source, "<input>", "exec", dont_inherit=True)
        early = _names_when_defined(code) - {name}
        late = early.union(*map(_names_in, _parts(code)))
        imported = [
            (used, *found)
            for used in sorted(late)
            for found in (_origin(self._namespace.get(used)),)
            if found
        ]
        # What it is defined with must be there before, if that does not need it itself.
        self._begun.add(id(thing))
        needed = {}
        for used in sorted(early):
            value = self._namespace.get(used)
            if _is_typed(value) and id(value) not in self._begun:
                needed[used] = value
        needed_later = {
            used: self._namespace[used]
            for used in sorted(late - set(needed))
            if _is_typed(self._namespace.get(used))
        }
        chosen = id(thing) in self._chosen
        arguments = (name, source, chosen, imported, needed)
        return _define, arguments, needed_later or None, None, None, _provide_for

    def _source(self, thing):
        name = thing.__qualname__
        kind = "class" if isinstance(thing, type) else "function"
        if "." in name:
            raise _Refused(f"the {kind} {name} is made inside another: define it at the top level")
        source = self._sources.of(thing)
        if source is None:
            raise _Refused(f"the source of the {kind} {name} is not known here: type it again")
        return source


def _is_typed(thing):
    """Whether it is a function or class that somebody typed."""
    kind = type(thing)
    if kind is FunctionType or issubclass(kind, type):
        return thing.__module__ == "__main__"
    if kind.__name__ == "_lru_cache_wrapper":  # a function of another kind
        return getattr(thing, "__module__", None) == "__main__"
    return False


def _origin(value):
    """The module and the name in it that a value can be imported by; None where it cannot."""
    if isinstance(value, ModuleType):
        return value.__name__, ""
    module = getattr(value, "__module__", None) if callable(value) else None
    name = getattr(value, "__qualname__", None)
    if not isinstance(module, str) or not isinstance(name, str) or module == "__main__":
        return None
    return (module, name) if vars(sys.modules.get(module, sys)).get(name) is value else None


def _names_when_defined(code):
    """The globals that a definition uses at once: decorators, defaults, bases, a class's body."""
    names = set(code.co_names)
    for part in _parts(code):
        if "__qualname__" in part.co_names:
            names |= _names_when_defined(part)
    return names


def _names_in(code):
    """All the globals, and attributes called like some, that code may use."""
    return set(code.co_names).union(*map(_names_in, _parts(code)))


def _parts(code):
    return [constant for constant in code.co_consts if isinstance(constant, CodeType)]


# ---- over there --------------------------------------------------------------------------------


def load(namespace, data):
    """The answer to ``load``, see ``_console.py``."""
    try:
        namespace.update(library("pickle").loads(binascii.a2b_base64(data)))
    except Exception as error:
        kind = type(error).__name__
        version = f"Python {sys.version_info[0]}.{sys.version_info[1]}"
        return ["error", f"{kind} on {sys.implementation.name} ({version}): {error}"]
    return ["ok"]


def _import(name):
    """Makes a module again."""
    return library("importlib").import_module(name)


def _define(name, source, chosen, imported, needed):
    """Makes a function or class again in the console that it is carried to.

    Args:
        name: its own name.
        source: what defines it.
        chosen: whether it was asked for. Otherwise it is the class of some value, say, and gives way
            to one of that name that is there.
        imported: what it uses of modules: names, the modules, and the names there or nothing.
        needed: what else it is defined with, by name.
    """
    from pyparallel import _console

    namespace = _console.console.namespace
    known = namespace.get(name, _NOTHING)
    if not chosen and _is_typed(known):
        return known
    for used, module, attribute in imported:
        if used not in namespace:
            found = _import(module)
            namespace[used] = getattr(found, attribute) if attribute else found
    _provide_for(None, needed)
    made = _console.console.define(name, source)
    if known is not _NOTHING:
        namespace[name] = known
    elif chosen:
        # It is bound to the names that were asked for, and to no other.
        namespace.pop(name, None)
    return made


def _provide_for(thing, needed):
    """Binds names that are missing."""
    from pyparallel import _console

    for used, value in needed.items():
        _console.console.namespace.setdefault(used, value)
