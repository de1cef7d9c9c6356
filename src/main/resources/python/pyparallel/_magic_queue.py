"""Queues that CPython's interpreters of one process share."""

from pyparallel._magic import Refused


def make(console, name, size):
    """Makes a queue under a name; ``size`` 0 for no bound. Returns its number."""
    _check(name)
    queue = _interpreters().create_queue(int(size))
    console.namespace[name] = queue
    return [str(queue.id)]


def join(console, name, number):
    """Gives the queue of that number a name here too."""
    console.namespace[name] = _interpreters().Queue(int(number))
    return []


def _check(name):
    if not name.isidentifier():
        raise Refused(f"{name} is no name")


def _interpreters():
    try:
        from concurrent import interpreters
    except ImportError:
        raise Refused("this Python has no concurrent.interpreters: 3.14 is the first") from None
    return interpreters
