"""The standard streams of a filter where text costs little and bytes much.

They are the stock streams, and stand in for them only as long as a script does what nearly all
filters do: read lines, or everything, and write text. Whatever else is asked of them, the stock
stream answers, set to where the script has got to.
"""

import io

from pyparallel._streams import FilterOutput

# Characters that are passed on at a time.
_ENOUGH = 1 << 16


class _Switching(io.TextIOWrapper):
    """A text stream that has a quick way, and becomes the stock one, by ``_become_stock``, where that
    is not enough."""

    @property
    def buffer(self):
        self._become_stock()
        return super().buffer

    def detach(self):
        self._become_stock()
        return super().detach()

    def seek(self, *arguments):
        self._become_stock()
        return super().seek(*arguments)

    def tell(self):
        self._become_stock()
        return super().tell()

    def truncate(self, *arguments):
        self._become_stock()
        return super().truncate(*arguments)

    def reconfigure(self, **options):
        self._become_stock()
        return super().reconfigure(**options)


class TextInput(_Switching):
    """``sys.stdin`` over text that is decoded already.

    Args:
        text: all of it.
        errors: the name of the error handler, which ``text`` did not need.
        load: a function that returns the bytes it comes from; called at most once.
    """

    def __init__(self, text, errors, load):
        super().__init__(io.BytesIO(), encoding="utf-8", errors=errors)
        if "\r" in text:
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        self._text = io.StringIO(text)
        self._load = load
        # As in the stock stream, whose position cannot be told in the middle of an iteration.
        self._tells = True

    def _become_stock(self):
        """Goes on as the stock stream, behind the lines that were read."""
        text = self._text
        if text is None:
            return
        self._text = None
        position = text.tell()
        text.seek(0)
        read = text.read(position)
        lines = read.count("\n") + (1 if read and read[-1] != "\n" else 0)
        super().__init__(io.BytesIO(self._load()), encoding="utf-8", errors=self.errors)
        advance = super().readline if self._tells else super().__next__
        for _ in range(lines):
            advance()

    def __next__(self):
        text = self._text
        if text is None:
            return super().__next__()
        try:
            line = next(text)
        except StopIteration:
            self._tells = True
            raise
        self._tells = False
        return line

    def readline(self, size=-1, /):
        if self._text is not None and size == -1:
            return self._text.readline()
        self._become_stock()
        return super().readline(size)

    def readlines(self, hint=-1, /):
        if self._text is not None and (hint is None or hint == -1):
            self._tells = True
            return self._text.readlines()
        return super().readlines(hint)

    def read(self, size=-1, /):
        if self._text is not None and (size is None or size == -1):
            return self._text.read()
        self._become_stock()
        return super().read(size)

    @property
    def newlines(self):
        self._become_stock()
        return super().newlines

    def write(self, text):
        self._become_stock()
        return super().write(text)

    def close(self):
        self._text = None
        super().close()


class TextOutput(_Switching):
    """``sys.stdout`` that passes text on before it is encoded.

    Args:
        raw: takes bytes where text is not enough.
        errors: the name of the error handler.
        take: a function that takes text.
    """

    def __init__(self, raw, errors, take):
        super().__init__(
            io.BufferedWriter(raw, 1 << 18), encoding="utf-8", errors=errors, newline="\n"
        )
        self._take = take
        self._handler = errors
        self._waiting = []
        self._size = 0
        self._quick = True

    def write(self, text, /):
        if not self._quick or not isinstance(text, str):
            return super().write(text)
        if not text.isascii():
            text.encode("utf-8", self._handler)  # raises what the stock stream would
        size = len(text)
        self._waiting.append(text)
        self._size += size
        if self._size >= _ENOUGH:
            self._pass_on()
        return size

    def _pass_on(self):
        waiting = self._waiting
        if waiting:
            text = "".join(waiting)
            waiting.clear()
            self._size = 0
            self._take(text)

    def _become_stock(self):
        """From now on everything takes the stock stream's way."""
        self._quick = False
        self._pass_on()

    def forget(self):
        """Drops what was not passed on, and whatever is still written."""
        self._waiting.clear()
        self._take = _nowhere

    def flush(self):
        self._pass_on()
        super().flush()

    def close(self):
        if self._quick:
            self._become_stock()
        super().close()


class QuickOutput(FilterOutput):
    """A filter's output as a :class:`TextOutput`; not for lines that are split or seen at once."""

    def __init__(self, errors):
        super().__init__(errors, split=False, line_buffering=False)
        self._output = None

    def open(self, sink, output):
        """See the base; ``output`` has the method ``add_text`` of ``_encode.Output``."""
        self._output = output
        return super().open(sink, output)

    def _new_stream(self):
        return TextOutput(self._bytes, self._errors, self._take_text)

    def _take_text(self, text):
        self._output.add_text(text)

    def discard(self):
        stream = self.stream
        super().discard()
        if stream is not None:
            stream.forget()


def _nowhere(text):
    """Takes text that nobody wants."""
