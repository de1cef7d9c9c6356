"""Tells an extension module that refuses subinterpreters from one that fails for other reasons."""

# What CPython's import says of a module without support for (own-GIL) subinterpreters, behind
# "module NAME"; see Python/import.c. Packages pass it on in texts of their own.
_WORDS = " does not support loading in subinterpreters"

# Longer chains of exceptions are not looked through.
_LONGEST_CHAIN = 50


def refused_module(error):
    """The full name of the module that refuses, or an empty string.

    Only an ``ImportError`` that the script lets through counts: one that was caught, and had
    something else raised in its place, was the script's to handle. What it was raised from, or
    while, is looked through too.
    """
    if not isinstance(error, ImportError):
        return ""
    for _ in range(_LONGEST_CHAIN):
        try:
            text = str(error)
        except Exception:
            text = ""
        before, words, _rest = text.partition(_WORDS)
        if words and isinstance(error, ImportError):
            return before.split()[-1] if before.strip() else "?"
        error = error.__cause__ or error.__context__
        if error is None:
            break
    return ""


def title(module):
    """The module as its user knows it, the one that refuses behind it where that is another."""
    package = module.partition(".")[0]
    return module if package == module else f"{package} ({module})"


def advise(error):
    """Adds to an exception that refuses what to do, for its traceback to say."""
    module = refused_module(error)
    if module and not getattr(error, "__notes__", None):
        error.add_note(
            f"{title(module)} does not support subinterpreters: with --runtime process every worker"
            " has a process of its own"
        )
