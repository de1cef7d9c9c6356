"""Results as rows of fields (``--output-format csv`` and ``tsv``).

A ``dict``, a named tuple and a dataclass are rows of named fields; a ``list`` or ``tuple`` is a row
whose fields have no names; any other result, and a printed line, is a row of one field without a
name. In a field ``None`` is nothing, a ``str`` stands as it is, ``bool``, ``int`` and ``float`` as
``str()`` has them; lists, dicts and sets are JSON text, and everything else is the text of what it is
in JSON (see :mod:`pyparallel._json`).

Fields are quoted only where they must be; a quote in them is doubled. Rows end with a line feed.

Which names the header has is known only where the shards' output comes together. So rows are
preceded by a *marker*: a row that begins with NUL and goes on with the names of the fields of the
rows that follow it, or with nothing where they have none. A shard's first row has a marker, and each
row whose names are not those of the row before it. No field holds NUL.
"""

from pyparallel._encode import PACK_VALUES, Output
from pyparallel._json import JsonEncoder, NoJson, field_names

DELIMITERS = {"csv": ",", "tsv": "\t"}

MARK = "\0"

# A value that is still no row after so many steps never will be.
ROW_STEPS = 10


class TableOutput(Output):
    """Collects a shard's rows and their markers in order.

    Every row is known to be writable before it joins ``values``, so that none can be lost after its
    marker.
    """

    __slots__ = ("_delimiter", "_names")

    def __init__(self, host, fail, delimiter):
        super().__init__(host, True, fail)
        self._delimiter = delimiter
        # The names of the last row's fields; None before the first row.
        self._names = None
        self._encoder = JsonEncoder(host.errors)

    def _add_one(self, value):
        if self.pending:
            self._end_line()
        self._add_row(value)

    def write(self, text):
        """Adds printed text, each line as a row."""
        lines = (self.pending + text).split("\n")
        self.pending = lines.pop()
        for line in lines:
            self._add_row(line)

    def _end_line(self):
        self._add_row(self._take_pending())

    def _add_row(self, value):
        names, fields = self._parts(value)
        row = self._row(self._texts(names, fields))
        if names != self._names:
            marker = self._marker(names)
            self._names = names
            self.values.append(marker)
        self.values.append(row)
        if len(self.values) >= PACK_VALUES:
            self.pack()

    def _parts(self, value):
        """A tuple of the names of a row's fields, empty where they have none, and the fields."""
        encoder = self._encoder
        for _ in range(ROW_STEPS):
            if isinstance(value, dict):
                names = tuple(value)
                return self._some(names), value.values()
            kind = type(value)
            if isinstance(value, (list, tuple)):
                self._some(value)
                return getattr(kind, "_fields", ()), value
            if value is None or isinstance(value, (str, int, float)) or encoder.is_set(value):
                break
            if hasattr(kind, "__dataclass_fields__"):
                names = tuple(field_names(kind))
                return self._some(names), [getattr(value, name) for name in names]
            try:
                value = encoder.step(value)
            except (NoJson, UnicodeDecodeError):
                break  # the attempt to make text of it says why there is none
        return (), (value,)

    def _some(self, fields):
        if not fields:
            raise ValueError("the result is a row without fields; return None to give no row")
        return fields

    def _texts(self, names, fields):
        texts = []
        for field in fields:
            if field.__class__ is str:
                texts.append(field)
                continue
            try:
                texts.append(self._text(field))
            except (TypeError, ValueError, RecursionError) as error:
                trouble = error
                break
        else:
            return texts
        number = len(texts)
        column = repr(names[number]) if names else number + 1
        raise type(trouble)(f"column {column}: {trouble}") from None

    def _text(self, field):
        encoder = self._encoder
        for _ in range(ROW_STEPS):
            if field is None:
                return ""
            if isinstance(field, str):
                return str.__str__(field)
            if field is True or field is False:
                return str(field)
            if isinstance(field, float):
                return float.__repr__(field)
            if isinstance(field, (int, list, tuple, dict)) or encoder.is_set(field):
                break
            try:
                field = encoder.step(field)
            except (NoJson, UnicodeDecodeError):
                break
        return encoder.encode(field)

    def _row(self, texts):
        """The row of these fields; raises UnicodeEncodeError where it cannot be written."""
        delimiter = self._delimiter
        row = delimiter.join(texts)
        if (
            '"' in row
            or "\n" in row
            or "\r" in row
            or MARK in row
            or row.count(delimiter) != len(texts) - 1
        ):
            row = delimiter.join(map(self._quoted, texts))
        elif not row and len(texts) == 1:
            row = '""'  # an empty line would be no row
        if not row.isascii():
            row.encode("utf-8", self._host.errors)
        return row

    def _quoted(self, text):
        if MARK in text:
            raise ValueError(
                "a field of the result holds a NUL character, which tables cannot; remove it, or"
                " use --output-format jsonl"
            )
        if '"' in text:
            return '"' + text.replace('"', '""') + '"'
        if self._delimiter in text or "\n" in text or "\r" in text:
            return f'"{text}"'
        return text

    def _marker(self, names):
        if not names:
            return MARK
        texts = [name if name.__class__ is str else self._text(name) for name in names]
        if len(set(texts)) < len(texts):
            [twice, *_] = [text for text in texts if texts.count(text) > 1]
            raise ValueError(f"the result has two columns called {twice!r}")
        return MARK + self._row(texts)
