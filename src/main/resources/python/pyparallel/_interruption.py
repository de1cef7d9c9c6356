"""Stops what a worker process runs, from another of its threads."""

import _signal
import _thread

from pyparallel._driver import Interrupted

# Answers of the driver's, and of a console's, to one who was interrupted.
INTERRUPTED = b"interrupted\x000\x000\x000\x000"
CONSOLE_INTERRUPTED = b"interrupted"

# Ignored unless somebody handles it, and hardly ever used for what it is meant for.
WAKE = _signal.SIGURG


class Interruption:
    """Raises ``Interrupted`` in the main thread once it was requested, but only while the script is
    being run, and never in the middle of a frame. In a console it raises ``KeyboardInterrupt``, as
    often as that is requested, and a request is forgotten when something else is asked."""

    def __init__(self):
        self.requested = False
        self._exception = Interrupted
        self._armed = False
        self._holding = False
        self._main = _thread.get_ident()
        _signal.signal(WAKE, self._handle)

    def request(self):
        """Any thread."""
        self.requested = True
        _signal.pthread_kill(self._main, WAKE)

    def guard(self, action, *arguments):
        """Calls ``action``; returns what it does, or what the driver says once interrupted."""
        try:
            try:
                self._armed = True
                self._check()
                return action(*arguments)
            finally:
                self._armed = False
        except Interrupted:
            return INTERRUPTED

    def begin_console(self):
        """From now on this is for a console."""
        self._exception = KeyboardInterrupt

    def forget(self):
        """What was requested came too late."""
        self.requested = False

    def ask(self, action, *arguments):
        """Calls ``action`` of a console; returns what it does, or that it was interrupted."""
        try:
            return self.guard(action, *arguments)
        except KeyboardInterrupt:
            self._armed = False
            return CONSOLE_INTERRUPTED

    def hold(self):
        """Puts interruptions off if this is the main thread; returns whether it is."""
        main = _thread.get_ident() == self._main
        if main:
            self._holding = True
        return main

    def release(self):
        """Ends what :meth:`hold` began."""
        self._holding = False
        self._check()

    def _check(self):
        if self.requested and self._armed and not self._holding:
            if self._exception is KeyboardInterrupt:
                self.requested = False
            else:
                self._armed = False
            raise self._exception

    def _handle(self, number, frame):
        self._check()
