"""The standard streams of a console."""

import _thread
import io

from pyparallel._streams import OwnStream

# Longer pieces are sent before their line ends, in characters.
LONG = 1 << 16


class ConsoleStream(OwnStream):
    """``sys.stdout`` or ``sys.stderr``: hands text on to ``sink`` line by line, as for a terminal.

    What is written without a line feed waits until one comes, somebody calls :meth:`flush`, or the
    code ends. Any thread may write.
    """

    errors = "backslashreplace"
    line_buffering = True

    def __init__(self, sink, name):
        self.name = name
        super().__init__(self._write_bytes)
        self._sink = sink
        self._pending = []
        self._size = 0
        # What is written while it is being sent, by a finalizer say, comes from the same thread.
        self._lock = _thread.RLock()

    def write(self, text):
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        with self._lock:
            self._pending.append(text)
            self._size += len(text)
            if "\n" in text or self._size > LONG:
                self.flush()
        return len(text)

    def flush(self):
        with self._lock:
            if self._pending:
                text = "".join(self._pending)
                self._pending = []
                self._size = 0
                if text:
                    self._sink(text)

    def _write_bytes(self, data):
        self.write(data.decode("utf-8", "backslashreplace"))


class ConsoleInput(OwnStream):
    """``sys.stdin``: every line is asked for through ``ask(prompt)``, which returns one without its
    end, or None where there are no more."""

    errors = "strict"
    name = "<stdin>"

    def __init__(self, ask):
        self._ask = ask
        self._rest = ""
        self.buffer = _InputBytes(self)

    def readable(self):
        return True

    def writable(self):
        return False

    def write(self, text):
        raise io.UnsupportedOperation("not writable")

    def line(self, prompt):
        """The next line without its end, or None."""
        if self._rest:
            line, newline, self._rest = self._rest.partition("\n")
            return line
        return self._ask(prompt)

    def readline(self, size=-1):
        if not self._rest:
            line = self._ask("")
            if line is None:
                return ""
            self._rest = line + "\n"
        end = self._rest.find("\n") + 1
        if size is not None and 0 <= size < end:
            end = size
        line, self._rest = self._rest[:end], self._rest[end:]
        return line

    def read(self, size=-1):
        if size is not None and size >= 0:
            if not self._rest and size:
                self._rest = self.readline()
            text, self._rest = self._rest[:size], self._rest[size:]
            return text
        pieces = []
        while True:
            line = self.readline()
            if not line:
                return "".join(pieces)
            pieces.append(line)


class _InputBytes(io.RawIOBase):
    """The ``buffer`` of a :class:`ConsoleInput`."""

    name = "<stdin>"

    def __init__(self, text):
        self._text = text
        self._rest = b""

    def readable(self):
        return True

    def readinto(self, target):
        if not self._rest:
            self._rest = self._text.readline().encode("utf-8", "surrogateescape")
        size = min(len(target), len(self._rest))
        target[:size] = self._rest[:size]
        self._rest = self._rest[size:]
        return size

    def close(self):
        """Does nothing."""
