"""Modules of the standard library that are imported late, by those who need them.

By then the script's folder is first on ``sys.path``, and what lies there, or the script itself, may
be called like such a module. The script gets its own, as it would elsewhere; the runner must not.
"""

import codecs
import sys

# Every Python has loaded `codecs` before this; `os` takes GraalPy a quarter of a second.
_HOME = codecs.__file__.removesuffix("codecs.py")

_found = {}


def library(name):
    """The module ``name`` of the standard library; ``name`` has no dots."""
    module = _found.get(name)
    if module is None:
        module = _found[name] = _import(name)
    return module


def _import(name):
    module = sys.modules.get(name)
    if module is not None and _is_library(module):
        return module
    path = list(sys.path)
    theirs = {
        known: sys.modules.pop(known)
        for known in list(sys.modules)
        if known.partition(".")[0] == name
    }
    sys.path[:] = [entry for entry in path if entry.startswith(_HOME) or entry + _HOME[-1] == _HOME]
    try:
        return __import__(name)
    finally:
        sys.path[:] = path
        sys.modules.update(theirs)


def is_shadowed(name):
    """Whether ``import name`` would find something else than the standard library's module."""
    for finder in sys.meta_path:
        spec = finder.find_spec(name, None)
        if spec is not None:
            return spec.has_location and not (spec.origin or "").startswith(_HOME)
    return False


def _is_library(module):
    file = getattr(module, "__file__", None)
    return file is None or file.startswith(_HOME)
