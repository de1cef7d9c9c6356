"""Connects the driver with its host when Python is a GraalPy context of the host's process.

The host calls :func:`open`, then :func:`run` for every shard and :func:`close`, all on one thread.
Text crosses as ``str`` at no cost, ``bytes`` at a high one. So the host decodes a shard piece by
piece and encodes what is sent; a packed piece is a byte array of the host's, which nothing here
looks into.
"""

import atexit
import codecs
import io
import sys

from pyparallel import _driver, _stacks
from pyparallel._encode import Stopped
from pyparallel._records import Bytes


class Host:
    """Has text encoded and sent by ``host``, an object of the host's."""

    def __init__(self, host, errors):
        self.errors = errors
        self._escapes = errors == "surrogateescape"
        self._ascii = host.ascii
        self._encode = host.encode
        self._copy = host.copy
        self._send = host.send
        self._reject = host.reject
        self.diagnostics = host.diagnostics
        self.wanted = host.wanted
        self.give = host.give

    def pack(self, text):
        if text.isascii():
            return self._ascii(text)
        packed = self._encode(text, self._escapes)
        if packed is None:
            # Raises what the script would have been told.
            packed = self.pack_bytes(text.encode("utf-8", self.errors))
        return packed

    def pack_bytes(self, data):
        return self._copy(data)

    def pack_latin1(self, text):
        return self._ascii(text)

    def send(self, pieces):
        if not self._send(pieces):
            raise Stopped

    def reject(self, text):
        if not self._reject(text):
            raise Stopped

    def filter_input(self, data, errors):
        from pyparallel._quick_streams import TextInput

        text = data.text()
        return None if text is None else TextInput(text, errors, data.__bytes__)

    def filter_output(self):
        from pyparallel._quick_streams import QuickOutput

        return QuickOutput(self.errors)


class Data:
    """A shard's data held by the host; has the methods of ``_records.Bytes``."""

    __slots__ = ("_shard", "mark")

    def __init__(self, shard):
        self._shard = shard
        self.mark = 0

    def __bytes__(self):
        return self._shard.latin1().encode("latin-1")

    def in_memory(self):
        return Bytes(bytes(self), self.mark)

    def handler(self, errors):
        return _REPLACE if errors == "replace" else errors

    def drop_mark(self):
        self.mark = self._shard.dropMark()

    def pieces(self, separator):
        shard = self._shard
        next_piece = shard.piece
        ends = separator.decode("latin-1")
        while (piece := next_piece(ends)) is not None:
            if not shard.decoded():
                piece = piece.encode("latin-1")
            yield piece, shard.closed()

    def text(self):
        """The whole data as ``str``; None where it is not UTF-8."""
        text = self._shard.rest()
        return text if self._shard.decoded() else None

    def decode(self, errors):
        text = self._shard.rest()
        if self._shard.decoded():
            return text
        return text.encode("latin-1").decode("utf-8", errors)

    def count(self, separator):
        return self._shard.count(separator[0])

    def line_feeds(self):
        return self._shard.lineFeeds()


def _replace_as_cpython(error):
    """U+FFFD for each byte of an encoded surrogate, as CPython has it; GraalPy makes it one."""
    if error.object[error.start] == 0xED:
        return "\ufffd", error.start + 1
    return "\ufffd", error.end


_REPLACE = "pyparallel.replace"
codecs.register_error(_REPLACE, _replace_as_cpython)

driver = None


def open(config, host):
    """Loads the script. Returns NUL-joined fields: ``ok``, or ``usage``/``script`` and why."""
    return _driver.answer(lambda: _open(_driver.Config(config), host))


def _open(config, host):
    global driver
    if config.format in ("jsonl", "values", "json") or _mentions_json(config.script):
        _speed_up_json()
    driver = _driver.Driver(config, Host(host, config.output_errors))


def run(shard, data):
    """Runs one shard; see :meth:`Driver.run`."""
    if "json" in sys.modules:
        _speed_up_json()
    return driver.run(shard, None if data is None else Data(data))


def reduce(step, place, data):
    """One step of a reduction; see :meth:`Driver.reduce`."""
    return driver.reduce(step, place, None if data is None else Data(data))


def stack(main):
    """Where the script is; called in the middle of it on one of its threads.

    Args:
        main: whether that is the one that runs shards.
    """
    return _stacks.current(main)


def close():
    """Runs ``teardown()``, then what ``atexit`` knows of; returns what :func:`open` returns."""
    try:
        return "ok" if driver is None else _driver.answer(driver.close)
    finally:
        # The host ends the context at once, which skips them.
        atexit._run_exitfuncs()


class ConsoleHost:
    """What a console prints and reads, through ``host``, an object of the host's."""

    def __init__(self, host):
        self.out = host.out
        self.err = host.err
        self._input = host.input

    def input(self, prompt):
        line = self._input(prompt)
        if line is False:
            raise KeyboardInterrupt
        return line

    def memory(self):
        return 0


def console_open(config, host):
    """Makes this interpreter a console; returns what :func:`open` returns.

    Args:
        config: see ``_console.open_console``.
        host: has the methods ``out``, ``err`` and ``input`` described there.
    """
    from pyparallel import _console

    return _driver.answer(lambda: _console.open_console(config, ConsoleHost(host)))


def console_adopt(host):
    """Makes this interpreter a console where its script failed, see ``_post_mortem.py``; returns
    what :func:`open` returns."""
    from pyparallel import _post_mortem

    return _driver.answer(lambda: _post_mortem.open_console(ConsoleHost(host)))


def console_ask(request):
    """Answers a request; see ``_console.py``."""
    from pyparallel import _console

    return _console.ask(request)


def _mentions_json(path):
    try:
        with io.open(path, "rb") as script:
            return b"json" in script.read()
    except OSError:
        return False  # the driver says why


def _speed_up_json():
    """Has JSON decoders make numbers with functions instead of ``int`` and ``float``.

    GraalPy's scanner calls whatever makes a number in a way that walks the whole stack when that is
    a type: a function saves up to nine tenths of the time of ``json.loads``. The results are the
    same.
    """
    import json

    make = json.JSONDecoder.__init__
    if make.__kwdefaults__["parse_int"] is None:
        numbers = {"parse_int": _parse_int, "parse_float": _parse_float}
        make.__kwdefaults__ = {**make.__kwdefaults__, **numbers}
        json._default_decoder.__init__()


def _parse_int(digits):
    return int(digits)


def _parse_float(digits):
    return float(digits)
