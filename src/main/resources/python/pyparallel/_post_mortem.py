"""What is kept of a failure, so that a console can be opened where it happened.

Only loaded where the host asks for it (``Config.keep``).
"""

from types import ModuleType

from pyparallel._errors import is_own

# What a record is where there is none.
ABSENT = object()


class Keeper:
    """The module that the script's code runs in, the record it was given last, and what it raised.

    The exception keeps the frames alive in which it was raised: those of one failure at most, the
    latest.
    """

    def __init__(self):
        self._module = None
        self._record = ABSENT
        self._number = -1
        self._error = None

    def enter(self, module, record=ABSENT):
        """Code begins to run in a module; what failed before is forgotten."""
        self._module = module
        self._record = record
        self._number = -1
        self._error = None

    def begin(self):
        """A shard begins."""
        self.enter(self._module)

    def watching(self, open_batch, position):
        """A function like ``open_batch`` that remembers each record that it hands out.

        Args:
            position: tells the number of that.
        """

        def opened(batch):
            for record in open_batch(batch):
                self._record = record
                self._number = position()
                yield record

        return opened

    def fail(self, error):
        """The code has raised; at the record that was handed out last, if any was."""
        self._error = error

    def fail_at(self, error, number, decoder):
        """The same, at a record that may be another one: it cannot be decoded, or what was made of
        it cannot be written. Then its text stands for it.

        Args:
            number: of the record, from 0; -1 for none.
            decoder: knows where it is.
        """
        self._error = error
        if number < 0:
            self._record = ABSENT
        elif number != self._number:
            text = decoder.source_text(number)
            self._record = text.decode("utf-8", "replace") if isinstance(text, bytes) else text

    def failure(self):
        """The exception, or None where nothing failed in the script."""
        return self._error

    def module(self):
        """The module that the code ran in; an empty one where it did not get so far."""
        return self._module or ModuleType("__main__")

    def names(self):
        """What a console knows besides the module's own names."""
        names = {"error": self._error}
        if self._record is not ABSENT:
            names["record"] = self._record
        return names


# There is one script in an interpreter.
keeper = Keeper()


def open_console(host):
    """Makes this interpreter a console inside the module that failed.

    Args:
        host: see ``_console.py``.

    Raises:
        _driver.ScriptError: nothing failed there.
    """
    from pyparallel import _console
    from pyparallel._driver import ScriptError

    error = keeper.failure()
    if error is None:
        raise ScriptError("usage", "what failed was none of the script's code")
    error.__traceback__ = _without_own(error.__traceback__)
    _console.console = _console.Console(host, keeper.module(), keeper.names())
    _console.remember_last(error)


def _without_own(traceback):
    """A traceback that begins in the script."""
    inner = traceback
    while inner is not None and is_own(inner.tb_frame.f_code.co_filename):
        inner = inner.tb_next
    return inner or traceback
