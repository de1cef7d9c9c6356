"""Output whose lines say what they come from (``--tag``)."""

from pyparallel._encode import Output


class TaggedOutput(Output):
    """Collects a shard's results, each line of which begins with the current tag and a tab.

    A line has the tag that was current when it began. What a shard leaves without a line end gets
    one, or the next shard's first line would have no beginning.
    """

    __slots__ = ("_prefix", "_open")

    def __init__(self, host, fail, tag):
        super().__init__(host, False, fail)
        self.plain = False
        # Whether a line has begun and not ended.
        self._open = False
        self.set_tag(tag)

    def set_tag(self, value):
        """Makes a record, or a name, the tag of the lines that begin from now on."""
        if isinstance(value, str):
            tag = value
        elif isinstance(value, tuple):
            tag = " ".join(map(str, value))
        else:
            tag = str(value)
        if "\n" in tag or "\t" in tag:
            tag = tag.replace("\n", "\\n").replace("\t", "\\t")
        self._prefix = tag + "\t"

    def tagging(self, open_batch):
        """Has each record be the tag of what is made of it.

        Args:
            open_batch: see ``Decoder.open`` in ``_records``.
        """

        def open_tagged(batch):
            for record in open_batch(batch):
                self.set_tag(record)
                yield record

        return open_tagged

    def _add_one(self, value):
        if isinstance(value, (bytes, bytearray, memoryview)):
            self.add_bytes(bytes(value))
            return
        text = value if isinstance(value, str) else self._to_json(value)
        super()._add_one(self._tagged(text + "\n", "\n", self._prefix)[:-1])

    def write(self, text):
        """Adds printed text, in place."""
        if text:
            super().write(self._tagged(text, "\n", self._prefix))

    def add_bytes(self, data):
        """Adds raw bytes, in place."""
        if data:
            prefix = self._prefix.encode("utf-8", self._host.errors)
            super().add_bytes(self._tagged(data, b"\n", prefix))

    def pass_bytes(self, data):
        """Adds raw bytes and sends them at once."""
        self.add_bytes(data)
        self.flush()

    def finish(self):
        """Sends everything, an unfinished line too."""
        if self._open:
            self._open = False
            super().write("\n")
        super().finish()

    def _tagged(self, text, line_end, prefix):
        ended = text.endswith(line_end)
        lines = text[:-1] if ended else text
        lines = lines.replace(line_end, line_end + prefix)
        if not self._open:
            lines = prefix + lines
        self._open = not ended
        return lines + line_end if ended else lines
