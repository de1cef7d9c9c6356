"""The standard streams a script sees while it runs on a shard."""

import io


class OwnStream(io.TextIOBase):
    """A text stream that belongs to the runner: a script can neither close nor change it."""

    encoding = "utf-8"

    def __init__(self, take_bytes):
        self.buffer = OwnByteStream(take_bytes, self.name)

    def writable(self):
        return True

    def reconfigure(self, **options):
        """Does nothing: it is UTF-8, and nothing waits in it for longer than a shard."""

    def close(self):
        """Does nothing."""


class ResultStream(OwnStream):
    """``sys.stdout`` in function mode: what is printed joins the results, in place.

    One object for the interpreter's whole life, since scripts keep it (a logging handler does).
    ``output`` is the current shard's, or None between shards, when prints go to ``diagnostics``.
    """

    errors = "strict"
    name = "<stdout>"

    def __init__(self, diagnostics):
        super().__init__(self._write_bytes)
        self.output = None
        self._diagnostics = diagnostics

    def write(self, text):
        output = self.output
        if output is None:
            return self._diagnostics.write(text)
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        output.write(text)
        return len(text)

    def _write_bytes(self, data):
        output = self.output
        if output is None:
            self._diagnostics.buffer.write(data)
        else:
            output.add_bytes(data)


class ByteStream(io.RawIOBase):
    """Hands bytes on to ``sink``."""

    def __init__(self, sink, name):
        self.sink = sink
        self.name = name

    def writable(self):
        return True

    def write(self, data):
        data = bytes(data)
        self.sink(data)
        return len(data)


class OwnByteStream(ByteStream):
    """The ``buffer`` of an :class:`OwnStream`."""

    def close(self):
        """Does nothing."""


class DiagnosticStream(OwnStream):
    """``sys.stderr``: hands whole lines to ``sink`` so that lines of several workers never mix."""

    errors = "backslashreplace"
    name = "<stderr>"

    def __init__(self, sink):
        super().__init__(self._write_bytes)
        self._sink = sink
        self._pending = ""

    def write(self, text):
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        lines, newline, rest = (self._pending + text).rpartition("\n")
        self._pending = rest
        if newline:
            self._sink(lines + "\n")
        return len(text)

    def _write_bytes(self, data):
        self.write(data.decode("utf-8", "backslashreplace"))

    def finish(self):
        """Hands on a last line without an end."""
        if self._pending:
            text = self._pending
            self._pending = ""
            self._sink(text + "\n")


def filter_input(data, errors):
    """``sys.stdin`` over a shard's bytes, with everything the real one has."""
    return io.TextIOWrapper(io.BytesIO(data), encoding="utf-8", errors=errors)


class FilterOutput:
    """``sys.stdout`` in filter mode, with everything the real one has.

    Like :class:`ResultStream` one object for all shards, unless the script closes or detaches it.
    ``stream`` is what the script sees. Its bytes go to the current shard's sink; with ``split`` only
    whole lines do, until :meth:`finish`.
    """

    def __init__(self, errors, split, line_buffering):
        self._errors = errors
        self._line_buffering = line_buffering
        self._split = split
        self._rest = b""
        self._sink = _nowhere
        self._bytes = None
        self.stream = None

    def open(self, sink, output=None):
        """Gets ready for a shard; returns the stream.

        Args:
            sink: takes the output's bytes.
            output: what they belong to; for those that pass on more than bytes.
        """
        if _is_spent(self.stream):
            self.discard()
            self._bytes = ByteStream(self._take, "<stdout>")
            self.stream = self._new_stream()
        self._sink = sink
        return self.stream

    def _new_stream(self):
        return io.TextIOWrapper(
            io.BufferedWriter(self._bytes, 1 << 18),
            encoding="utf-8",
            errors=self._errors,
            newline="\n",
            line_buffering=self._line_buffering,
        )

    def _take(self, data):
        if self._split:
            whole, newline, self._rest = (self._rest + data).rpartition(b"\n")
            data = whole + newline
        if data:
            self._sink(data)

    def finish(self, current=None):
        """Passes on all that was written.

        Args:
            current: what the script made ``sys.stdout``; often a wrapper of its own around ours,
                which is flushed as an interpreter does at its end.
        """
        try:
            for stream in (current, self.stream):
                if not _is_spent(stream):
                    stream.flush()
            rest = self._rest
            self._rest = b""
            if rest:
                self._sink(rest)
        except BaseException:
            # What the sink did not take must not turn up in the next shard.
            self.discard()
            raise

    def discard(self):
        """Forgets what was not passed on; the script's stream is spent after that."""
        if self._bytes is not None:
            self._bytes.sink = _nowhere
        self._rest = b""
        self._sink = _nowhere
        self.stream = None


def _is_spent(stream):
    """Whether a stream is closed, detached or none at all."""
    try:
        return stream.closed
    except AttributeError:
        return not hasattr(stream, "flush")
    except ValueError:
        return True


def _nowhere(data):
    """Takes bytes that nobody wants."""
