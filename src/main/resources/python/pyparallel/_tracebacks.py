"""Tracebacks as a console shows them: without the runner's frames, and short."""

from pyparallel import _refusal
from pyparallel._errors import describe as describe_fully
from pyparallel._library import library


def describe(error, uncompiled=False):
    """The exception's type, message and traceback, the last without a line feed at its end.

    Args:
        error: the exception.
        uncompiled: whether it is about the source as a whole, so that no code of the user's ran.
    """
    if isinstance(error, ImportError) and not uncompiled:
        _advise(error)
    name, message, report = describe_fully(error)[3:6]
    if uncompiled:
        error.__traceback__ = None
        lines = library("traceback").format_exception_only(type(error), error)
        report = "".join(lines).rstrip("\n")
    return [name, message, report]


def _advise(error):
    try:
        _refusal.advise(error)
    except AttributeError:
        pass  # too old for notes


def complete_syntax_error(error, source, name):
    """Adds the line to a syntax error that was found too late to know it."""
    if error.text is None and error.filename == name and error.lineno:
        lines = source.split("\n")
        if error.lineno <= len(lines):
            error.text = lines[error.lineno - 1] + "\n"
