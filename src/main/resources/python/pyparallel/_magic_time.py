"""Measures how long code takes."""

from pyparallel._library import library

# How long a run takes at least where nobody says how many loops it has, in seconds.
ENOUGH = 0.2


def timeit(console, code, loops, runs):
    """Runs code again and again in the console's namespace.

    Args:
        code: statements.
        loops: how often in each run; ``0`` for as often as takes 0.2 s.
        runs: how many runs, from 1.

    Returns:
        Loops, runs, and seconds per loop: the best, the mean and the standard deviation.
    """
    timer = library("timeit").Timer(code, globals=console.namespace)
    number = int(loops) or _enough(timer)
    times = [_measure(timer, number) / number for _ in range(int(runs))]
    mean = sum(times) / len(times)
    deviation = (sum((time - mean) ** 2 for time in times) / len(times)) ** 0.5
    return [str(number), runs, repr(min(times)), repr(mean), repr(deviation)]


def _measure(timer, number):
    """Seconds for so many loops, as ``Timer.timeit`` tells them, but without a frame of its own in
    the tracebacks of code that fails."""
    gc = library("gc")
    collects = gc.isenabled()
    gc.disable()
    try:
        return timer.inner(library("itertools").repeat(None, number), timer.timer)
    finally:
        if collects:
            gc.enable()


def _enough(timer):
    number = 1
    while True:
        for digit in (1, 2, 5):
            if _measure(timer, number * digit) >= ENOUGH:
                return number * digit
        number *= 10
