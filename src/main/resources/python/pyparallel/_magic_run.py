"""Runs, reads and writes files for the shell."""

import os.path
import sys

from pyparallel._library import library
from pyparallel._magic import Refused


def script(console, path):
    """Runs a script as ``__main__``; its names stay."""
    _execute(console, path, "__main__", lambda: None)
    return []


def over(console, path, input_path):
    """Loads a script and runs its ``process`` or ``process_shard`` over the lines of a file."""
    stem = os.path.splitext(os.path.basename(path))[0]
    _execute(console, path, stem, lambda: _process(console, path, input_path))
    return []


def _execute(console, path, name, then):
    file, source = read(console, path)
    code = compile(source, file, "exec", dont_inherit=True)
    console.sources.remember(file, source, code)
    namespace = console.namespace
    folder = os.path.dirname(file)
    if folder not in sys.path:
        sys.path.insert(0, folder)
    arguments = sys.argv
    sys.argv = [path]
    namespace["__name__"] = name
    namespace["__file__"] = file
    for function in ("process", "process_shard", "setup", "teardown"):
        namespace.pop(function, None)  # another script's
    try:
        exec(code, namespace)
        then()
    finally:
        sys.argv = arguments
        namespace["__name__"] = "__main__"
        namespace.pop("__file__", None)


def _process(console, path, input_path):
    namespace = console.namespace
    process = namespace.get("process")
    whole = namespace.get("process_shard")
    if process is None and whole is None:
        raise Refused(f"{path} defines neither process(record) nor process_shard(records)")
    try:
        file = open(_expanded(input_path), encoding="utf-8", newline="\n")
    except OSError as error:
        raise Refused(f"{input_path}: {error.strerror}") from None
    with file:
        if "setup" in namespace:
            namespace["setup"]()
        records = map(_without_end, file)
        if process is None:
            _show(whole(records))
        else:
            for record in records:
                _show(_awaited(process(record)))
        if "teardown" in namespace:
            namespace["teardown"]()


def _without_end(line):
    if line.endswith("\n"):
        line = line[:-2] if line.endswith("\r\n") else line[:-1]
    return line


def _awaited(result):
    if hasattr(result, "__await__"):
        return library("asyncio").run(_coroutine(result))
    return result


async def _coroutine(awaitable):
    return await awaitable


def _show(result):
    """Prints what a function returned as a run prints it."""
    if result is None:
        return
    if hasattr(result, "__next__"):
        for item in result:
            _show(item)
    elif isinstance(result, str):
        sys.stdout.write(result + "\n")
    elif isinstance(result, (bytes, bytearray)):
        sys.stdout.write(bytes(result).decode("utf-8", "backslashreplace"))
    else:
        from pyparallel._json import JsonEncoder

        sys.stdout.write(JsonEncoder("strict").encode(result) + "\n")


def read(console, path):
    """The whole path of a file of code, and its text."""
    file = _expanded(path)
    try:
        with library("tokenize").open(file) as source:
            return [file, source.read()]
    except OSError as error:
        raise Refused(f"{path}: {error.strerror}") from None
    except (SyntaxError, UnicodeDecodeError) as error:
        raise Refused(f"{path} is no Python source: {error}") from None


def write(console, path, text, mode):
    """Writes a file; with mode ``x`` only if there is none. Returns its whole path."""
    file = _expanded(path)
    try:
        with open(file, mode, encoding="utf-8") as target:
            target.write(text)
    except FileExistsError:
        raise Refused(f"{path} exists: %save -f replaces it") from None
    except OSError as error:
        raise Refused(f"{path}: {error.strerror}") from None
    return [file]


def _expanded(path):
    return os.path.abspath(os.path.expanduser(path))
