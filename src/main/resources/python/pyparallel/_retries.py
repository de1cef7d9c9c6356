"""Calls the script's function again for a record that it failed for."""

from types import GeneratorType

from pyparallel._library import library

# How long to wait before the next attempt, in seconds: at first, and at most. It doubles.
FIRST_PAUSE = 0.01
LONGEST_PAUSE = 1.0

# An interrupt may have to wait for so long.
NAP = 0.02

# So much of what a record gives is kept until all of it is there. A generator that has given more is
# not called again: what it gave is on its way.
KEPT = 4096


class Retrying:
    """Calls a function for one record after the other, until it does not fail or was called often
    enough.

    What an attempt gives and prints is held until it is over: of those that are followed by another,
    nothing is kept. An object of this class takes what is printed meanwhile, as an output does.

    Args:
        function: of one record.
        retries: how many more times it is called, at least 1.
        output: takes results, see :class:`pyparallel._encode.Output`.
    """

    def __init__(self, function, retries, output):
        self._function = function
        self._retries = retries
        self._output = output
        # What the current attempt gave and printed, in order: pairs of what takes it, None for a
        # result, and the thing. None where all goes on directly.
        self._held = None

    def __call__(self, record):
        """Calls the function and passes on what it gives; raises what its last attempt did."""
        left = self._retries
        pause = FIRST_PAUSE
        while True:
            self._held = held = []
            try:
                value = self._result(record, held)
                break
            except Exception:
                if left == 0:
                    self._pass_on(_replayed(held))
                    raise
            finally:
                self._held = None
            left -= 1
            _wait(pause)
            pause = min(2 * pause, LONGEST_PAUSE)
        self._pass_on(value)

    def _result(self, record, held):
        value = self._function(record)
        if value.__class__ is GeneratorType:
            for item in value:
                held.append((None, item))
                if len(held) >= KEPT:
                    return _replayed(held, value)
            return _replayed(held)
        if held:
            held.append((None, value))
            return _replayed(held)
        return value

    def _pass_on(self, value):
        self._held = None
        self._output.add(value)

    def write(self, text):
        """Takes printed text."""
        self._take(self._output.write, text)

    def add_bytes(self, data):
        """Takes printed bytes."""
        self._take(self._output.add_bytes, data)

    def _take(self, target, thing):
        held = self._held
        if held is None:
            target(thing)
        else:
            held.append((target, thing))


def _replayed(held, rest=()):
    """Does what was done before, as the generator that it was, and then goes on."""
    for target, thing in held:
        if target is None:
            yield thing
        else:
            target(thing)
    yield from rest


def _wait(seconds):
    time = library("time")
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        time.sleep(min(left, NAP))
