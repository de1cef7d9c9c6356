"""Finds what a script imports, without running any of it.

The imports of modules that lie beside the script are followed, since they come along. What an
import stands in decides whether the script needs it: one that may fail (in a ``try`` that catches
it, under a condition) is only of interest.
"""

import ast
import os.path
import sys
import warnings

# Whatever is beyond these is left out, and said to be.
MOST_FILES = 500
MOST_IMPORTS = 2000
MOST_BYTES = 4 << 20

# The exceptions that a failed import raises, and those above them.
_CAUGHT = ("ImportError", "ModuleNotFoundError", "Exception", "BaseException")

# A script of the standard library has the rest of it beside it.
_LIBRARY = os.path.dirname(os.path.realpath(os.__file__))

_ALWAYS_THERE = ("__future__", "__main__", "pyparallel")


class Import:
    """One module that is imported.

    ``names`` are what is taken out of it, which may be modules too; ``file`` and ``line`` say where
    it is imported first, and ``needed`` whether the script cannot do without.
    """

    def __init__(self, name, file, line, needed):
        self.name = name
        self.names = []
        self.file = file
        self.line = line
        self.needed = needed


class Problem(Exception):
    """A file that cannot be parsed: ``file``, ``line``, ``column`` (from 1, 0 where unknown) and
    why."""

    def __init__(self, file, line, column, reason):
        super().__init__(reason)
        self.file = file
        self.line = line
        self.column = column
        self.reason = reason


class Scan:
    """What a script imports.

    ``imports`` holds the modules from elsewhere, in the order in which they are met; ``own`` those
    beside the script, ``files`` their files and the script's; ``problems`` those of them that are needed and broken; ``whole``
    is false where something was left out.

    Args:
        script: its path.
        call: the function to call, or an empty string.

    Raises:
        Problem: the script itself cannot be parsed.
    """

    def __init__(self, script, call=""):
        self.folder = os.path.dirname(script)
        self._is_library = os.path.realpath(self.folder) == _LIBRARY
        self.imports = []
        self.own = []
        self.files = []
        self.problems = []
        self.whole = True
        self._known = {}
        self._seen = {script}
        self._next = [(script, "", True)]
        tree = _parse(script)
        self._is_function = bool(call) or _defines_process(tree)
        while self._next:
            file, package, needed = self._next.pop(0)
            self.files.append(file)
            try:
                parsed = tree if file == script else _parse(file)
                finder = _Finder(file == script and not self._is_function)
                finder.walk(parsed.body, needed)
            except Problem as problem:
                if needed:
                    self.problems.append(problem)
                continue
            except RecursionError:
                self.whole = False
                continue
            for node_line, name, names, level, is_needed in finder.found:
                self._take(file, package, node_line, name, names, level, is_needed)

    def _take(self, file, package, line, name, names, level, needed):
        if level:
            base = package.split(".")
            if not package or level > len(base):
                return  # fails when it is run, whoever runs it
            base = base[: len(base) - level + 1]
            name = ".".join([*base, name] if name else base)
        if name.partition(".")[0] in _ALWAYS_THERE:
            return
        modules = self.own if self._is_own(name, names, needed) else self.imports
        known = self._known.get(name)
        if known is None:
            if len(self._known) == MOST_IMPORTS:
                self.whole = False
                return
            known = self._known[name] = Import(name, file, line, needed)
            modules.append(known)
        elif needed and not known.needed:
            known.names = []
            known.needed, known.file, known.line = True, file, line
        if needed or not known.needed:
            known.names += [one for one in names if one not in known.names and one != "*"]

    def _is_own(self, name, names, needed):
        """Whether a module lies beside the script; it is then looked into, with its packages."""
        if self._is_library or name.partition(".")[0] in sys.builtin_module_names:
            return False
        found = []
        folder = self.folder
        parts = name.split(".")
        for count, part in enumerate(parts, 1):
            path = os.path.join(folder, part)
            package = ".".join(parts[:count])
            folder = path
            if os.path.isfile(os.path.join(path, "__init__.py")):
                found.append((os.path.join(path, "__init__.py"), package))
            elif os.path.isfile(path + ".py"):
                found.append((path + ".py", package.rpartition(".")[0]))
                break
            elif not os.path.isdir(path):
                break
        for one in names:
            path = os.path.join(folder, one)
            if os.path.isfile(path + ".py"):
                found.append((path + ".py", name))
            elif os.path.isfile(os.path.join(path, "__init__.py")):
                found.append((os.path.join(path, "__init__.py"), f"{name}.{one}"))
        for file, package in found:
            if file not in self._seen:
                if len(self._seen) == MOST_FILES:
                    self.whole = False
                    break
                self._seen.add(file)
                self._next.append((file, package, needed))
        return bool(found)


class _Finder:
    """Collects the imports of one file: line, module, names, level, and whether it is needed."""

    def __init__(self, is_main):
        self.found = []
        self._is_main = is_main

    def walk(self, nodes, needed):
        for node in nodes:
            method = getattr(self, f"_{type(node).__name__}", None)
            if method is None:
                self.walk(ast.iter_child_nodes(node), needed)
            else:
                method(node, needed)

    def _Import(self, node, needed):
        for alias in node.names:
            self.found.append((node.lineno, alias.name, [], 0, needed))

    def _ImportFrom(self, node, needed):
        names = [alias.name for alias in node.names]
        self.found.append((node.lineno, node.module or "", names, node.level, needed))

    def _If(self, node, needed):
        test = ast.unparse(node.test)
        if test.rpartition(".")[2] == "TYPE_CHECKING":
            self.walk(node.orelse, needed)
        elif "__name__" in test and "__main__" in test:
            if self._is_main:
                self.walk(node.body, needed)
        else:
            self.walk([node.test, *node.body, *node.orelse], False)

    def _Try(self, node, needed):
        caught = any(_catches(handler.type) for handler in node.handlers)
        self.walk(node.body, needed and not caught)
        for handler in node.handlers:
            self.walk(handler.body, False)
        self.walk([*node.orelse, *node.finalbody], needed)

    _TryStar = _Try

    def _With(self, node, needed):
        for item in node.items:
            call = item.context_expr
            if isinstance(call, ast.Call) and _last_name(call.func) == "suppress":
                needed = needed and not any(_catches(argument) for argument in call.args)
        self.walk(ast.iter_child_nodes(node), needed)

    _AsyncWith = _With

    def _Call(self, node, needed):
        if _last_name(node.func) in ("import_module", "__import__") and node.args:
            name = node.args[0]
            if isinstance(name, ast.Constant) and isinstance(name.value, str):
                if name.value and not name.value.startswith("."):
                    self.found.append((node.lineno, name.value, [], 0, needed))
        self.walk(ast.iter_child_nodes(node), needed)


def _catches(kind):
    if kind is None:
        return True
    if isinstance(kind, ast.Tuple):
        return any(_catches(one) for one in kind.elts)
    return _last_name(kind) in _CAUGHT


def _last_name(node):
    return getattr(node, "attr", None) or getattr(node, "id", None)


def _defines_process(tree):
    return any(getattr(node, "name", None) in ("process", "process_shard") for node in tree.body)


def _parse(file):
    try:
        with open(file, "rb") as source:
            text = source.read(MOST_BYTES + 1)
        if len(text) > MOST_BYTES:
            raise Problem(file, 0, 0, "it is larger than 4 MiB")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(text, file)
    except SyntaxError as error:
        reason = error.msg or "invalid syntax"
        raise Problem(file, error.lineno or 0, error.offset or 0, reason) from None
    except ValueError as error:
        raise Problem(file, 0, 0, str(error)) from None
    except (RecursionError, MemoryError):
        raise Problem(file, 0, 0, "it is nested too deeply") from None
    except OSError as error:
        raise Problem(file, 0, 0, error.strerror or str(error)) from None
