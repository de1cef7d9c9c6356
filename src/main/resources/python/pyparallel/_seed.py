"""Random numbers that are the same in every run: what they begin with in each shard.

Nothing here depends on the worker, so that a shard gives the same results on any of them, and the
same again where it is tried once more.
"""

import sys

import pyparallel
from pyparallel import _library

# Stands for the time before the first shard: the script's top level and its ``setup()``.
LOADING = -1

_MASK = (1 << 64) - 1


def mix(seed, index):
    """The number that random numbers begin with in the shard ``index``: 64 bits, of which a
    different seed or index changes about half. Part of what users rely on: it never changes.

    The seed is scrambled, the index added plus one, and the sum scrambled again.
    """
    return _scramble(_scramble(seed & _MASK) + index + 1)


def _scramble(number):
    """One step of the generator SplitMix64 (Steele, Lea and Flood, 2014)."""
    number = (number + 0x9E3779B97F4A7C15) & _MASK
    number = ((number ^ (number >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
    number = ((number ^ (number >> 27)) * 0x94D049BB133111EB) & _MASK
    return number ^ (number >> 31)


def begin(seed, index):
    """Seeds ``random``, and NumPy's global generator where NumPy is loaded, for a shard."""
    number = pyparallel.seed = mix(seed, index)
    _random().seed(number)
    numpy = sys.modules.get("numpy")
    if numpy is not None:
        numpy.random.seed(number % (1 << 32))


def _random():
    """The standard library's ``random``; a script beside which lies one of its own still gets that."""
    if "random" in sys.modules:
        return _library.library("random")
    own = _library.is_shadowed("random")
    module = _library.library("random")
    if own:
        del sys.modules["random"]
    return module
