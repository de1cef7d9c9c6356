"""Tells where a script is, as text; reads nothing but frames and source files.

What is called here runs in the middle of the script, on a thread of the host's or at any point of
the script's own. So it imports nothing and changes nothing, and is done in a millisecond.
"""

import sys

_OWN = __file__.removesuffix("_stacks.py")

# A stack without end shows its ends.
MOST_FRAMES = 100

# What runs a thread's function, in the module threading.
_BEGINNING = ("_bootstrap", "_bootstrap_inner", "run")

MAIN = "Traceback (most recent call last):"


def current(main):
    """The stack of the thread that calls; ``main`` tells whether it is the one that runs shards."""
    frame = sys._getframe(1)
    return describe([frame] if main else [None, frame])


def describe(frames):
    """The stacks of several threads.

    Args:
        frames: the innermost frame of each thread, the one that runs shards first; None where a
            thread runs nothing.

    Returns:
        One traceback for each thread that runs code of the script's, parted by empty lines; no line
        feed at the end.
    """
    # First all that may change while this thread waits for a file.
    threads = [_walk(frame) for frame in frames]
    texts = []
    for number, (name, calls) in enumerate(threads):
        if calls:
            title = MAIN if number == 0 else f"Thread {name} (most recent call last):"
            texts.append("\n".join([title, *_lines(calls)]))
    return "\n\n".join(texts)


def _walk(frame):
    """The thread's name and its calls, outermost first: file, line, function, globals."""
    name = "of the script's"
    start = None
    calls = []
    while frame is not None:
        code = frame.f_code
        file = code.co_filename
        if not (file.startswith(_OWN) or file.startswith("<frozen ")):
            calls.append((file, frame.f_lineno or 0, code.co_name))
        if code.co_name == "_bootstrap" and frame.f_back is None:
            # Where a thread of the module threading begins.
            name = getattr(frame.f_locals.get("self"), "_name", name)
            start = file
        frame = frame.f_back
    while calls and calls[-1][0] == start and calls[-1][2] in _BEGINNING:
        calls.pop()
    calls.reverse()
    return name, calls


def _lines(calls):
    half = MOST_FRAMES // 2
    for number, (file, line, function) in enumerate(calls):
        if half <= number < len(calls) - half:
            if number == half:
                yield f"  ... {len(calls) - 2 * half} more calls"
            continue
        yield f'  File "{file}", line {line}, in {function}'
        text = _source(file, line)
        if text:
            yield "    " + text


def _source(file, line):
    """A line of source as it was loaded, where the library knows it, or as it is now."""
    linecache = sys.modules.get("linecache")
    known = getattr(linecache, "cache", {}).get(file)
    if known is not None and len(known) > 2:
        lines = known[2]
        return lines[line - 1].strip() if 0 < line <= len(lines) else ""
    try:
        with open(file, "rb") as source:
            for number, text in enumerate(source, 1):
                if number == line:
                    return text.decode("utf-8", "replace").strip()
    except (OSError, ValueError):
        pass
    return ""
