"""What a script in a sandbox is told in place of what it may not do.

The engine refuses all of it by itself, but in part with errors that no Python code can catch. Signals
are the exception: they are the whole process's, and the functions that reach them are removed here,
from modules that exist once in an interpreter and cannot be made anew.
"""

import _posixsubprocess
import _signal
import _socket
import _thread
import os
import posix
import select
import sys

from pyparallel import _errors

PROCESSES = "--sandbox lets scripts start no processes"
THREADS = "--sandbox lets scripts start no threads"
SIGNALS = "--sandbox keeps signals from scripts"
NETWORK = "--sandbox keeps the network from scripts: allow it with --allow-net"

_SIGNALS = ("alarm", "raise_signal", "set_wakeup_fd", "setitimer", "siginterrupt", "signal")
_NAMES = ("getaddrinfo", "gethostbyaddr", "gethostbyname", "gethostbyname_ex", "getnameinfo")


class Refused(PermissionError):
    """Something the sandbox does not allow."""


class SignalRefused(Refused, ValueError):
    """What libraries expect where signals cannot be had."""


class ThreadRefused(Refused, RuntimeError):
    """What libraries expect where no thread can be started."""


# Users are shown what they know.
for _kind in (Refused, SignalRefused, ThreadRefused):
    _kind.__module__ = "builtins"
    _kind.__name__ = _kind.__qualname__ = "PermissionError"


def enter(network):
    """Called once, before any code of the script's runs."""
    for name in ("system", "fork", "getppid", "openpty"):
        _replace(posix, name, Refused, PROCESSES)
    _replace(_posixsubprocess, "fork_exec", Refused, PROCESSES)
    for name in _SIGNALS:
        _replace(_signal, name, SignalRefused, SIGNALS)
    _replace(_thread, "interrupt_main", SignalRefused, SIGNALS)
    for name in ("start_new", "start_new_thread"):
        _replace(_thread, name, ThreadRefused, THREADS)
    if not network:
        for name in _NAMES:
            _replace(_socket, name, Refused, NETWORK)
        _replace(select, "select", Refused, NETWORK)
        _socket.socket = _refusing_socket()
    _errors.hint = _hint


def _replace(module, name, kind, message):
    """Removes a function from all that has loaded it."""
    function = getattr(module, name, None)
    if function is None:
        return

    def refuse(*arguments, **options):
        raise kind(message)

    refuse.__name__ = refuse.__qualname__ = name
    for holder in (module, os, sys.modules.get("signal"), sys.modules.get("threading")):
        if holder is None:
            continue
        for known, value in list(vars(holder).items()):
            if value is function:
                setattr(holder, known, refuse)


def _refusing_socket():
    class socket(_socket.socket):
        __slots__ = ()

        def __init__(self, *arguments, **options):
            raise Refused(NETWORK)

    return socket


def _hint(error):
    """What would allow what was refused; None where that does not matter."""
    if not isinstance(error, PermissionError) or isinstance(error, Refused):
        return None
    if error.filename is None:
        return "--sandbox does not allow it"
    return "--sandbox allows only what --allow-read PATH and --allow-write PATH name"
