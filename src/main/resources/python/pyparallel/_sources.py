"""The source of what was typed into a console, for tracebacks and for those who ask for it."""

import sys
from types import FunctionType

from pyparallel import _resolving
from pyparallel._library import library
from pyparallel._typing_in import ONLY_AST

# GraalPy takes a second to import what tells source lines, so it waits until somebody does that.
_EAGER = sys.implementation.name != "graalpy"

# So many sources that define something are kept, and as many that do not; older ones are forgotten.
KEPT = 1000

_DEFINITIONS = ("FunctionDef", "AsyncFunctionDef", "ClassDef")


class Sources:
    """Source text by the file name it was compiled with, the newest last."""

    def __init__(self):
        self._defining = {}
        self._other = {}
        # Names that linecache has not heard of yet.
        self._waiting = {}

    def remember(self, name, source, code):
        """Keeps the source of ``code``. Has ``linecache`` know it too, unless it is a file's.

        A text of which one piece after the other is run has one name: each piece begins with as many
        line feeds as there are in the text above it.
        """
        kind = type(code)
        defines = any(isinstance(constant, kind) for constant in code.co_consts)
        for kept in (self._defining, self._other):
            if name in kept and _goes_on(kept[name], source):
                source = kept[name] + source[kept[name].count("\n") :]
                defines = defines or kept is self._defining
        self._drop(name)
        kept = self._defining if defines else self._other
        while len(kept) >= KEPT:
            self._drop(next(iter(kept)))
        kept[name] = source
        if _is_typed(name):
            self._waiting[name] = source
        if _EAGER or "linecache" in sys.modules:
            self.publish()

    def publish(self):
        """Has ``linecache`` know all of them."""
        if not self._waiting:
            return
        cache = library("linecache").cache
        for name, source in self._waiting.items():
            cache[name] = (len(source), None, source.splitlines(True), name)
        self._waiting.clear()

    def _drop(self, name):
        for kept in (self._defining, self._other):
            published = kept.pop(name, None) is not None and _is_typed(name)
            if published and self._waiting.pop(name, None) is None:
                library("linecache").cache.pop(name, None)

    def clear(self):
        """Forgets all of them."""
        for name in [*self._defining, *self._other]:
            self._drop(name)

    def of(self, thing):
        """The source of a function or a class that was typed at the top level.

        Returns:
            The text of its definition, decorators included, or None where it was not typed here,
            was made inside a function, or was forgotten.
        """
        thing = unwrapped(thing)
        if issubclass(type(thing), type):
            code = self._code_of_class(thing)
        elif type(thing) is FunctionType:
            code = thing.__code__
        else:
            return None
        name = thing.__qualname__
        if code is not None:
            source = self._defining.get(code.co_filename)
            sources = [] if source is None else [source]
        else:
            sources = [*reversed(self._defining.values()), *reversed(self._other.values())]
        for source in sources:
            found = _definition(source, name, code)
            if found is not None:
                return found
        return None

    def _code_of_class(self, thing):
        """The code of some method that stands in the class."""
        prefix = thing.__qualname__ + "."
        for value in list(vars(thing).values()):
            value = getattr(value, "__func__", value)
            code = getattr(value, "__code__", None)
            if code is not None and value.__qualname__.startswith(prefix):
                if code.co_filename in self._defining:
                    return code
        return None


def _goes_on(above, source):
    lines = above.count("\n")
    return lines > 0 and above.endswith("\n") and source.startswith("\n" * lines)


def _is_typed(name):
    return name.startswith("<") and name.endswith(">")


def unwrapped(thing):
    """The function below its decorators, or the thing itself."""
    for _ in range(20):
        inner = _resolving.own(thing).get("__wrapped__") if callable(thing) else None
        if inner is None:
            break
        thing = inner
    return thing


def _definition(source, name, code):
    """The text that defines ``name`` in a source, or None."""
    try:
        tree = compile(source + "\n", "<input>", "exec", ONLY_AST, dont_inherit=True)
    except (SyntaxError, ValueError):
        return None
    nodes = list(_top_level(tree.body))
    if name == "<lambda>":
        return _lambda(source, nodes, code)
    for node in reversed(nodes):
        if type(node).__name__ in _DEFINITIONS and node.name == name:
            first = min([node.lineno, *(part.lineno for part in node.decorator_list)])
            if code is None or first <= code.co_firstlineno <= node.end_lineno:
                return _lines(source, first, node.end_lineno)
    # A class may be what some call returns, as that of a namedtuple is.
    for node in reversed(nodes if code is None else ()):
        if type(node).__name__ == "Assign" and type(node.value).__name__ == "Call":
            if [getattr(target, "id", None) for target in node.targets] == [name]:
                return _lines(source, node.lineno, node.end_lineno)
    return None


def _top_level(statements):
    for statement in statements:
        yield statement
        if type(statement).__name__ not in _DEFINITIONS:
            for block in ("body", "orelse", "finalbody", "handlers"):
                yield from _top_level(getattr(statement, block, ()))


def _lambda(source, nodes, code):
    """The text of the only lambda on a line, in parentheses."""
    ast = library("ast")
    found = [
        part
        for node in nodes
        if type(node).__name__ not in _DEFINITIONS
        for part in ast.walk(node)
        if isinstance(part, ast.Lambda) and part.lineno == code.co_firstlineno
    ]
    if len({(part.lineno, part.col_offset) for part in found}) != 1:
        return None
    text = ast.get_source_segment(source, found[0])
    return text and f"({text})"


def _lines(source, first, last):
    """Whole lines, moved to the left margin."""
    lines = source.split("\n")[first - 1 : last]
    indent = len(lines[0]) - len(lines[0].lstrip())
    return "\n".join(line[indent:] if not line[:indent].strip() else line for line in lines) + "\n"
