"""Describes a script's exception as plain strings, without the runner's own frames."""

import os.path
import sys

from pyparallel._library import library

_OWN = os.path.dirname(__file__) + os.sep

# Leaves out contexts that are not shown; Python 3.9 has them all.
_COMPACT = {"compact": True} if sys.version_info >= (3, 10) else {}


# A function that says what would help against an exception, or None; used where it has something to
# say.
hint = None


def describe(exception, record=-1, line=-1, offset=-1):
    """The fields of one error, all ``str``: record, line and offset within the shard (see the
    host's ``PythonError``), type, message, traceback, number of frames, then four a frame."""
    type_name = _type_name(exception)
    message = _message(exception)
    try:
        details = library("traceback").TracebackException.from_exception(exception, **_COMPACT)
        _drop_own_frames(details, set())
        report = "".join(details.format()).rstrip("\n")
        frames = details.stack
    except Exception:  # a recursion limit met while formatting
        report = f"{type_name}: {message}"
        frames = ()
    advice = hint(exception) if hint is not None else None
    if advice is not None:
        message = f"{message} ({advice})"
        report = f"{report} ({advice})"
    fields = [str(record), str(line), str(offset), type_name, message, report, str(len(frames))]
    for frame in frames:
        fields += (frame.filename, str(frame.lineno or 0), frame.name, frame.line or "")
    return [clean(field) for field in fields]


def _drop_own_frames(details, seen):
    if details is None or id(details) in seen:
        return
    seen.add(id(details))
    stack = details.stack
    stack[:] = [frame for frame in stack if not is_own(frame.filename)]
    _drop_own_frames(details.__cause__, seen)
    _drop_own_frames(details.__context__, seen)
    for part in getattr(details, "exceptions", None) or ():
        _drop_own_frames(part, seen)


def is_own(filename):
    """Whether a file is the runner's, or the interpreter's own."""
    return filename.startswith(_OWN) or filename.startswith("<frozen ")


def _type_name(exception):
    kind = type(exception)
    module = kind.__module__
    name = kind.__qualname__
    return name if module in ("builtins", "__main__") else f"{module}.{name}"


def _message(exception):
    if isinstance(exception, SystemExit):
        return f"the script called sys.exit({'' if exception.code is None else repr(exception.code)})"
    if isinstance(exception, SyntaxError):
        return exception.msg or "invalid syntax"
    try:
        return str(exception)
    except Exception as trouble:
        return f"(no message: {type(trouble).__name__} in __str__)"


def clean(field):
    """NUL separates fields; a lone surrogate would not survive the way out."""
    if "\0" in field:
        field = field.replace("\0", "\\x00")
    return field.encode("utf-8", "backslashreplace").decode()
