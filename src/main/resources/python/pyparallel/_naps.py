"""Sleep that can be interrupted where signals do not reach: in a subinterpreter."""

import time

# How long nobody is heard, in seconds.
NAP = 0.05

# Longer ones are refused, or never end.
LONGEST = 9e9

_sleep = time.sleep


def install():
    """Has ``time.sleep`` wake up now and then, to see whether an exception is waiting."""
    time.sleep = sleep


def sleep(seconds, /):
    """Delays execution for a number of seconds, which may have a fraction."""
    if not (isinstance(seconds, (int, float)) and NAP < seconds < LONGEST):
        return _sleep(seconds)
    monotonic = time.monotonic
    end = monotonic() + seconds
    while (left := end - monotonic()) > 0:
        _sleep(min(left, NAP))
    return None


sleep.__module__ = "time"
