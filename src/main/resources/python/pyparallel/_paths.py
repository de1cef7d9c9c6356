"""Where a script may import from besides its own folder and the standard library."""

import os
import os.path
import sys

FOLDER = "site-packages"


class NoPackages(Exception):
    """A virtual environment holds no packages for this Python; the message says what to do."""


def extend(folders, venv):
    """Puts folders right behind the script's, and an environment's packages behind the standard
    library.

    Args:
        folders: paths, the first is searched first; none may be missing.
        venv: the folder of a virtual environment, or an empty text for none. Its ``.pth`` files are
            honoured; ``sys.prefix`` stays as it is.

    Raises:
        NoPackages: the environment is for another Python, or is none.
    """
    sys.path[1:1] = [folder for folder in folders if folder not in sys.path]
    if venv and not _is_own(venv):
        found = _packages(venv)
        # The installation's own packages, pip above all, must not hide the environment's.
        installed = [entry for entry in sys.path if os.path.basename(entry) == FOLDER]
        sys.path[:] = [entry for entry in sys.path if entry not in installed]
        for folder in found:
            _add(folder)
        sys.path.extend(entry for entry in installed if entry not in sys.path)
    if sys.implementation.name == "graalpy" and (folders or venv):
        sys.meta_path.append(BinaryFinder())


def _is_own(venv):
    """Whether this is the environment's own Python, which knows its packages."""
    return os.path.realpath(venv) == os.path.realpath(sys.prefix)


def _packages(venv):
    """The folders of an environment that hold its packages, without duplicates."""
    wanted = f"python{sys.version_info[0]}.{sys.version_info[1]}"
    found = []
    others = []
    for library in ("lib", "lib64", "Lib"):
        top = os.path.join(venv, library)
        names = sorted(name for name in _names(top) if name.startswith("python"))
        if library == "Lib" and os.path.isdir(os.path.join(top, FOLDER)):
            names = [""]  # Windows has no folder for the version
        for name in names:
            packages = os.path.join(top, name, FOLDER)
            if not os.path.isdir(packages):
                continue
            # Pure Python is much the same everywhere, and there are no environments of GraalPy's.
            if name in ("", wanted) or sys.implementation.name == "graalpy":
                if not any(os.path.samefile(packages, known) for known in found):
                    found.append(packages)
            else:
                others.append(name)
    if found:
        return found
    here = f"Python {sys.version_info[0]}.{sys.version_info[1]}"
    if others:
        held = ", ".join(sorted({name.replace("python", "Python ") for name in others}))
        raise NoPackages(
            f"--venv {venv} holds packages for {held}, and this is {here}: make an environment with"
            " `pyparallel python -m venv DIR`, or let its own Python run the script with"
            " --runtime process"
        )
    raise NoPackages(
        f"--venv {venv} is no virtual environment: there is no lib/python3.*/{FOLDER} in it; make"
        " one with `pyparallel python -m venv DIR`"
    )


def _names(folder):
    try:
        return os.listdir(folder)
    except OSError:
        return []


def _add(folder):
    """Adds a folder of packages and what its ``.pth`` files say, as ``site`` does on start; that
    module, once imported, would do more than this."""
    if folder not in sys.path:
        sys.path.append(folder)
    for name in sorted(_names(folder)):
        if name.endswith(".pth") and not name.startswith("."):
            _read_pth(folder, name)


def _read_pth(sitedir, name):
    path = os.path.join(sitedir, name)
    try:
        with open(path, encoding="utf-8-sig") as file:
            lines = file.read().splitlines()
    except (OSError, UnicodeDecodeError) as error:
        print(f"{path} is passed over: {error}", file=sys.stderr)
        return
    for number, line in enumerate(lines, 1):
        line = line.rstrip()
        if not line.strip() or line.startswith("#"):
            continue
        if line.startswith(("import ", "import\t")):
            try:
                # Such lines look for ``sitedir`` among the variables of whoever runs them.
                exec(line, {})
            except Exception as error:
                message = f"{path}, line {number}, is passed over: {type(error).__name__}: {error}"
                print(message, file=sys.stderr)
                return
            continue
        entry = os.path.abspath(os.path.join(sitedir, line))
        if entry not in sys.path and os.path.exists(entry):
            sys.path.append(entry)


class BinaryFinder:
    """Last of the finders on GraalPy: explains why a module that is there cannot be imported.

    Such a module lies there as machine code for CPython (``name.cpython-314-x86_64-linux-gnu.so``).
    """

    def find_spec(self, name, path=None, target=None):
        module = name.rpartition(".")[2]
        for folder in sys.path if path is None else path:
            for file in _names(folder):
                if file.startswith(module + ".") and file.endswith((".so", ".pyd")):
                    raise ModuleNotFoundError(
                        f"{name} is a C extension, made for CPython ({file}): GraalPy runs pure"
                        " Python only; use --runtime cpython or process",
                        name=name,
                        path=os.path.join(folder, file),
                    )
        return None
