"""Measures how long code takes."""

from pyparallel._library import library


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
    number = int(loops) or timer.autorange()[0]
    times = [time / number for time in timer.repeat(int(runs), number)]
    mean = sum(times) / len(times)
    deviation = (sum((time - mean) ** 2 for time in times) / len(times)) ** 0.5
    return [str(number), runs, repr(min(times)), repr(mean), repr(deviation)]
