"""Calls a function on every item of an iterable, in pieces that go to several interpreters."""

import sys

from pyparallel import _inspection
from pyparallel._magic import Refused
from pyparallel._magic_values import packed, parts, unpacked

# Longer lists of results are not shown.
MOST_SHOWN = 100


def plan(console, text):
    """Tells the function from the iterable: two expressions with a blank between them.

    Returns:
        The source of both.
    """
    for at, char in enumerate(text):
        if char.isspace():
            function = text[:at].strip().rstrip(",")
            iterable = text[at:].strip()
            if _is_expression(function) and _is_expression(iterable):
                return [function, iterable]
    raise Refused(f"{text!r} is no function and iterable: %map FUNCTION ITERABLE")


def _is_expression(source):
    try:
        compile(source, "<%map>", "eval", dont_inherit=True)
    except (SyntaxError, ValueError):
        return False
    return True


def cut(console, source, most):
    """Cuts the items of an iterable into at most ``most`` pieces, as equal as they can be."""
    items = list(eval(compile(source, "<%map>", "eval", dont_inherit=True), console.namespace))
    count = min(int(most), len(items))
    return [packed(console, part) for part in parts(items, count)]


def work(console, source, piece):
    """Calls the function on the items of a piece; returns the results."""
    function = eval(compile(source, "<%map>", "eval", dont_inherit=True), console.namespace)
    results = []
    add = results.append
    for item in unpacked(piece):
        try:
            add(function(item))
        except Exception as error:
            if hasattr(error, "add_note"):
                error.add_note(f"the item was {_inspection.short(item)}")
            raise
    return [packed(console, results)]


def show(console, *pieces):
    """Puts the results together and shows them as the value of what was typed."""
    results = [result for piece in pieces for result in unpacked(piece)]
    if len(results) <= MOST_SHOWN:
        sys.displayhook(results)
    else:
        console.bind(results)
        sys.stdout.write(f"{len(results)} results in _\n")
    return []
