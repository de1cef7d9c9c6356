"""Which modules there are to import, found out without importing any."""

import os
import sys

from pyparallel._completion import _visible
from pyparallel._library import library
from pyparallel._typing_in import ONLY_AST

# Longer source files are not looked through for names.
LONGEST_FILE = 1 << 20

# The top level's names, and what they were found by.
_known = (None, ())


def top_level(word):
    """Candidates for the first part of a module's name."""
    global _known
    key = [(entry, _changed(entry)) for entry in sys.path]
    if key != _known[0]:
        _known = (key, _parts(sys.path).union(sys.builtin_module_names))
    return [(name, "module", "") for name in _visible(_known[1], word)]


def _changed(folder):
    try:
        return os.stat(folder or ".").st_mtime_ns
    except OSError:
        return 0


def submodules(package, word):
    """Candidates for what follows ``package.`` in an import."""
    names = _parts(_places(package))
    return [(name, "module", "") for name in _visible(names, word)]


def members(module, word):
    """Candidates for what can be imported from a module: what it defines, and its modules."""
    modules = _parts(_places(module))
    loaded = sys.modules.get(module)
    if loaded is None and module in sys.builtin_module_names and not module.startswith("_"):
        loaded = library(module)  # runs no Python
    names = dir(loaded) if loaded is not None else _defined(_spec(module))
    found = [(name, "name", "") for name in _visible(names, word) if name not in modules]
    return sorted(found + [(name, "module", "") for name in _visible(modules, word)])


def _parts(folders):
    """The modules that can be imported from these folders. What ``pkgutil`` knows as well, at the
    cost of importing ``typing`` and more."""
    from importlib.machinery import all_suffixes

    suffixes = tuple(sorted(all_suffixes(), key=len, reverse=True))
    names = set()
    for folder in folders:
        try:
            with os.scandir(folder or ".") as entries:
                for entry in entries:
                    name = entry.name
                    if name.endswith(suffixes):
                        names.add(name.partition(".")[0])
                    elif name.isidentifier() and _is_package(entry.path):
                        names.add(name)
        except NotADirectoryError:  # a zip file
            names.update(module.name for module in library("pkgutil").iter_modules([folder]))
        except OSError:
            pass
    return names - {"__init__", "__main__"}


def _is_package(folder):
    return os.path.isfile(os.path.join(folder, "__init__.py"))


def _places(package):
    """The folders of a package, none for a plain module."""
    loaded = sys.modules.get(package)
    if loaded is not None:
        return list(getattr(loaded, "__path__", ()))
    spec = _spec(package)
    return list(getattr(spec, "submodule_search_locations", None) or ())


def _spec(name):
    """Where a module is, or None. Asks the path's finder alone, which imports no packages."""
    if not name or name.startswith("."):
        return None
    from importlib.machinery import PathFinder

    path = None
    spec = None
    walked = []
    for part in name.split("."):
        walked.append(part)
        spec = PathFinder.find_spec(".".join(walked), path)
        if spec is None:
            return None
        path = spec.submodule_search_locations
        path = list(path) if path is not None else []
    return spec


def _defined(spec):
    """What the source of a module binds at its top level."""
    file = getattr(spec, "origin", None) or ""
    if not file.endswith(".py"):
        return ()
    with open(file, "rb") as source:
        text = source.read(LONGEST_FILE + 1)
    if len(text) > LONGEST_FILE:
        return ()
    tree = compile(text, file, "exec", ONLY_AST, dont_inherit=True)
    return set(_bound(tree.body))


def _bound(statements):
    for statement in statements:
        kind = type(statement).__name__
        if kind in ("FunctionDef", "AsyncFunctionDef", "ClassDef"):
            yield statement.name
        elif kind in ("Import", "ImportFrom"):
            for alias in statement.names:
                if alias.name != "*":
                    yield alias.asname or alias.name.partition(".")[0]
        elif kind in ("Assign", "AnnAssign"):
            for target in getattr(statement, "targets", None) or [statement.target]:
                for part in getattr(target, "elts", [target]):
                    name = getattr(part, "id", None)
                    if name:
                        yield name
        else:
            for block in ("body", "orelse", "finalbody", "handlers"):
                yield from _bound(getattr(statement, block, ()))
