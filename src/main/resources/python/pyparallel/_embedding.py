"""Tells what a Python program is, and which library embeds it in another process.

The program runs this file by itself (``python -I -S _embedding.py``), whatever its version: nothing
of the package is there. It prints names and values, all joined by NUL, between two :data:`MARK`\\ s,
since what starts a Python may print things of its own.
"""

import os
import sys

MARK = "\0\0pyparallel-python\0\0"

# The only version whose library can be embedded.
VERSION = (3, 14)

# What tells that a build was guided by a profile, or optimised across its files.
PROFILED = ("--enable-optimizations", "-fprofile-use", "-fprofile-instr-use")
LINKED = ("--with-lto", "-flto")


def describe(build=False):
    """What is known of this Python: pairs of texts.

    Args:
        build: whether to tell ``profiled`` and ``lto``, which are ``1`` or ``0``, as well.

    ``library`` is empty where there is none, and ``looked`` then says where it was looked for, in
    words; both are missing where nobody can embed this Python anyway.
    """
    facts = {
        "implementation": sys.implementation.name,
        "version": sys.version.split()[0],
        "series": ".".join(map(str, sys.version_info[:2])),
        "executable": sys.executable or "",
        "threaded": "1" if "t" in getattr(sys, "abiflags", "") else "0",
    }
    if sys.implementation.name == "cpython" and sys.version_info[:2] == VERSION:
        library, folders = find_library()
        facts["library"] = library
        if not library:
            facts["looked"] = ", ".join(folders)
        if build:
            flags = build_flags(_variables())
            facts["profiled"] = "1" if any(flag in flags for flag in PROFILED) else "0"
            facts["lto"] = "1" if any(flag in flags for flag in LINKED) else "0"
    return facts


def find_library():
    """The shared library of this very Python, or an empty text, and the folders that were looked
    into. First what this process has loaded, then what lies where a library of its build belongs:
    programs that hold a copy of their own often come with one.
    """
    names = library_names()
    loaded = loaded_library(names)
    if loaded:
        return loaded, []
    folders = [os.path.join(sys.base_prefix, "lib"), sys.base_prefix]
    found = _search(folders, names)
    if not found:
        # Asked for late: it takes longer than all of the rest.
        variables = _variables()
        names = library_names(variables)
        more = library_folders(variables)
        found = _search(more, names)
        folders += [folder for folder in more if folder not in folders]
    return found, folders


def library_names(variables=None):
    """How the library may be called, best first.

    Args:
        variables: ``sysconfig``'s, where they are known.
    """
    series = "%d.%d" % sys.version_info[:2]
    flags = getattr(sys, "abiflags", "")
    names = []
    for variable in ("INSTSONAME", "LDLIBRARY"):
        name = (variables or {}).get(variable) or ""
        if name and not name.endswith(".a"):
            names.append(name)
    if sys.platform == "win32":
        names.append("python%d%d.dll" % sys.version_info[:2])
    elif sys.platform == "darwin":
        names.append("libpython%s%s.dylib" % (series, flags))
    else:
        names += ["libpython%s%s.so.1.0" % (series, flags), "libpython%s%s.so" % (series, flags)]
    return names


def library_folders(variables):
    """Where the library may lie, by what ``sysconfig`` knows."""
    folders = []
    library = variables.get("LIBDIR") or ""
    if library:
        folders.append(library)
        if variables.get("MULTIARCH"):
            folders.append(os.path.join(library, variables["MULTIARCH"]))
    for name in ("PYTHONFRAMEWORKPREFIX", "LIBPL"):
        if variables.get(name):
            folders.append(variables[name])
    return folders


def loaded_library(names, maps="/proc/self/maps"):
    """The library that this process runs on, where the system tells; else an empty text."""
    try:
        with open(maps, "rb") as file:
            for line in file:
                # Five columns of numbers, and the file.
                path = os.fsdecode(line.rstrip(b"\n").split(None, 5)[-1])
                if os.path.basename(path) in names and os.path.isfile(path):
                    return path
    except OSError:
        pass
    return ""


def _search(folders, names):
    for folder in folders:
        for name in names:
            path = os.path.join(folder, name)
            if os.path.isfile(path):
                return os.path.realpath(path)
    return ""


def build_flags(variables):
    """The words that say how the interpreter itself was configured and compiled."""
    names = ("CONFIG_ARGS", "PY_CFLAGS", "PY_CFLAGS_NODIST", "PY_CORE_CFLAGS", "PY_LDFLAGS_NODIST")
    return " ".join(str(variables.get(name) or "") for name in names)


def _variables():
    import sysconfig

    return sysconfig.get_config_vars()


def main(arguments):
    """Prints what :func:`describe` returns, with the build where that is asked for (``build``)."""
    facts = describe("build" in arguments)
    fields = [field for pair in facts.items() for field in pair]
    text = MARK + "\0".join(fields) + MARK
    os.write(1, os.fsencode(text))


if __name__ == "__main__":
    main(sys.argv[1:])
