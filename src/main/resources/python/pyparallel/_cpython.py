"""Connects the driver with its host when Python is embedded in the host's process.

The host calls :func:`open`, then :func:`run` for every shard and :func:`close`, all on one thread.
"""

from pyparallel import _driver
from pyparallel._driver import Config, Driver, Interrupted  # noqa: F401 (the host looks it up)
from pyparallel._encode import Stopped

RESULTS = 1
DIAGNOSTICS = 2
REJECTS = 3
WANTED = 4
GIVE = 5
INPUT = 10
SAMPLED = 11


class Host:
    """Encodes text and passes it to ``emit(kind, bytes)``, a function of the host's."""

    def __init__(self, emit, errors):
        self._emit = emit
        self.errors = errors

    def pack(self, text):
        return text.encode("utf-8", self.errors)

    def pack_bytes(self, data):
        return data

    def pack_latin1(self, text):
        return text.encode("latin-1")

    def send(self, pieces):
        if not self._emit(RESULTS, b"".join(pieces)):
            raise Stopped

    def reject(self, text):
        if not self._emit(REJECTS, text.encode()):
            raise Stopped

    def wanted(self):
        return self._emit(WANTED, b"")

    def give(self, *numbers):
        return self._emit(GIVE, "\0".join(map(str, numbers)).encode())

    def sampled(self, percent):
        return self._emit(SAMPLED, str(percent).encode())

    def diagnostics(self, text):
        self._emit(DIAGNOSTICS, text.encode("utf-8", "backslashreplace"))


class ConsoleHost:
    """What a console prints and reads, through ``emit``: for the kind ``INPUT`` that returns a line
    as ``bytes``, None at the end of input, or False after an interruption."""

    def __init__(self, emit, memory=None):
        self._emit = emit
        self.memory = memory or _unknown

    def out(self, text):
        self._emit(RESULTS, text.encode("utf-8", "backslashreplace"))

    def err(self, text):
        self._emit(DIAGNOSTICS, text.encode("utf-8", "backslashreplace"))

    def input(self, prompt):
        line = self._emit(INPUT, prompt.encode("utf-8", "backslashreplace"))
        if line is False:
            raise KeyboardInterrupt
        return None if line is None else line.decode("utf-8", "replace")


def _unknown():
    return 0


driver = None
sampling = None


def open(config, emit, samples=True):
    """Loads the script. Returns NUL-joined fields: ``ok``, or ``usage``/``script`` and why.

    Args:
        samples: whether the host can be told how the script spends its time.
    """
    return _answer(lambda: _open(Config(config.decode("utf-8", "surrogateescape")), emit, samples))


def _open(config, emit, samples):
    global driver, sampling
    driver = Driver(config, Host(emit, config.output_errors))
    if samples and config.tiers_up:
        from pyparallel._sampling import Sampling

        sampling = Sampling()


def run(shard, data):
    """Runs one shard; see :meth:`Driver.run`."""
    shard = shard.decode("utf-8", "surrogateescape")
    if sampling is None or not sampling.is_due():
        return driver.run(shard, data).encode()
    return _sampled(lambda: driver.run(shard, data).encode())


def _sampled(work):
    """What ``work`` returns; tells the host how it spends its time, as long as the host asks."""
    global sampling
    sampling.begin()
    try:
        return work()
    finally:
        share = sampling.end()
        if share is not None and not driver.host.sampled(share):
            sampling = None


def reduce(step, place, data):
    """One step of a reduction; see :meth:`Driver.reduce`."""
    return driver.reduce(step.decode(), place.decode(), data).encode()


def stack(*frames):
    """See ``_stacks.describe``; on a thread of the host's, while the script goes on."""
    from pyparallel import _stacks

    return _stacks.describe(frames).encode("utf-8", "backslashreplace")


def close():
    """Runs ``teardown()``; returns what :func:`open` returns."""
    return b"ok" if driver is None else _answer(driver.close)


def console_open(config, emit, memory=None):
    """Makes this interpreter a console; returns what :func:`open` returns.

    Args:
        config: see ``_console.open_console``.
        emit: see :class:`ConsoleHost`.
        memory: a function that tells how many bytes this interpreter uses, if anybody knows.
    """
    from pyparallel import _console

    _make_interruptible()
    text = config.decode("utf-8", "surrogateescape")
    return _answer(lambda: _console.open_console(text, ConsoleHost(emit, memory)))


def console_adopt(emit, memory=None):
    """Makes this interpreter a console where its script failed, see ``_post_mortem.py``; returns
    what :func:`open` returns. The arguments are those of :func:`console_open`."""
    from pyparallel import _post_mortem

    _make_interruptible()
    return _answer(lambda: _post_mortem.open_console(ConsoleHost(emit, memory)))


def _make_interruptible():
    """Has naps end where no signal would end them."""
    if not _is_main_interpreter():
        from pyparallel import _naps

        _naps.install()


def _is_main_interpreter():
    """Whether signals arrive here; Pythons that do not know are not embedded."""
    import _thread

    tells = getattr(_thread, "_is_main_interpreter", None)
    return tells is None or tells()


def console_ask(request):
    """Answers a request; see ``_console.py``."""
    from pyparallel import _console

    return _console.ask(request.decode("utf-8", "replace")).encode("utf-8", "backslashreplace")


def _answer(action):
    return _driver.answer(action).encode("utf-8", "backslashreplace")
