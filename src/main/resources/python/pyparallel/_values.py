"""Records that are JSON values: one in a line, or one after the other.

All go straight to the C scanner, which saves half the time of ``json.loads``; whatever the scanner
does not take is given to ``json.loads``, whose errors users know.
"""

from pyparallel import _records
from pyparallel._library import library

# What JSON in a line can begin with, apart from white space; a digit has a way of its own.
_FIRST = frozenset('-0123456789{["tfn \t\r')
_SPACE = " \t\n\r"


class JsonLines(_records.Lines):
    """One JSON value in a line; blank lines are passed over but have a number."""

    def __init__(self, config):
        super().__init__(config)
        json = library("json")
        self._scan = json.JSONDecoder().scan_once
        self._loads = json.loads

    def open(self, batch):
        return self._values(self.cursor.open(batch), self.cursor)

    def _values(self, lines, cursor):
        scan = self._scan
        for line in lines:
            try:
                value, end = scan(line, 0)
                if end != len(line):
                    value = self._loads(line)
            except StopIteration:
                if not line or line.isspace():
                    continue
                try:
                    value = self._loads(line)
                except (ValueError, RecursionError) as error:
                    cursor.fail(cursor.position(), _afresh(error))
                    continue
            except (ValueError, RecursionError) as error:
                cursor.fail(cursor.position(), _afresh(error))
                continue
            yield value


class LineValues(_records.Lines):
    """The JSON value that a line is, or the line; blank lines are passed over but have a number.

    ``NaN`` and ``Infinity`` are no JSON: a line with them stays text.
    """

    def __init__(self, config):
        super().__init__(config)
        self._scan = library("json").JSONDecoder(parse_constant=_no_json).scan_once

    def open(self, batch):
        return self._values(self.cursor.open(batch), self.cursor)

    def _values(self, lines, cursor):
        scan = self._scan
        for line in lines:
            if line.isdigit() and (line[0] != "0" or line == "0") and line.isascii():
                try:
                    yield int(line)
                except ValueError:  # more digits than Python converts
                    yield line
                continue
            if line[:1] not in _FIRST:
                if line and not line.isspace():
                    yield line
                continue
            if line[0] in _SPACE or line[-1] in _SPACE:
                text = line.strip(_SPACE)
                if not text or text.isspace():
                    continue
            else:
                text = line
            try:
                value, end = scan(text, 0)
            except (StopIteration, ValueError):
                yield line
            except RecursionError as error:
                cursor.fail(cursor.position(), _afresh(error))
            else:
                yield value if end == len(text) else line


def _afresh(error):
    """The same error without frames, which are those of the module that reads JSON; GraalPy has no
    other way to take them from an error that was raised."""
    if hasattr(error, "doc"):
        return type(error)(error.msg, error.doc, error.pos)
    return type(error)(*error.args)


def _no_json(word):
    raise ValueError(word)


class JsonText(_records.Decoder):
    """JSON values one after the other; of an array at the top level each element is a record.

    Inside such an array, what stands between two commas is one record. One that is no JSON value
    fails alone, up to the next comma or bracket that is not part of it. A shard may begin inside an
    array, behind a comma, and end there.

    Attributes:
        text: the shard's text, in which a byte that is not UTF-8 is an escape.
        starts: where the records of the current batch begin in ``text``.
    """

    raw_batches = False
    recalls = False

    def __init__(self, config):
        super().__init__(config)
        json = library("json")
        re = library("re")
        self._json = json
        self._scan = json.JSONDecoder().scan_once
        self._space = re.compile(r"[ \t\n\r]*").match
        # A string ends in its own line: one that does not is the error, not what follows.
        string = r'"[^"\\\n]*(?:\\.[^"\\\n]*)*"'
        self._marks = re.compile(string + r'|"[^\n]*|[\[\]{},]').finditer
        self._words = re.compile(string + r'|"[^\n]*|[\[\]{}]|[^][{}" \t\n\r]+').finditer
        self.text = ""
        self.starts = []
        # The number of the first of them.
        self._first = 0
        # The record that failed last: its number, where it begins and ends.
        self._failed = (-1, -1, -1)

    def find_places(self):
        from pyparallel._places import Told

        return Told(bytes(self.data), self.data.mark, self)

    def lines(self, records):
        # Not what follows the last line feed: the next shard may go on in the same line.
        return self.data.line_feeds()

    def cut(self):
        self._decode()
        text = self.text
        position = self._space(text, 0).end()
        inside = self.preamble.startswith("[")
        fresh = False
        while inside or position < len(text):
            if inside:
                position = yield from self._elements(position, fresh)
                if position == len(text):
                    return
            inside = fresh = False
            position = yield from self._top_level(position)
            if text[position : position + 1] == "[":
                position = self._space(text, position + 1).end()
                inside = fresh = True

    def _decode(self):
        """Bytes that are not UTF-8 are escaped at first: they belong to one value, which fails or
        has them replaced."""
        self._suspect = False
        self._failed = (-1, -1, -1)
        self.starts = []
        try:
            self.text = self.data.decode("strict")
        except UnicodeDecodeError:
            self.text = self.data.decode("surrogateescape")
            self._suspect = self.errors != "surrogateescape"

    def _elements(self, position, fresh):
        """Batches of an array's elements; returns the position behind its end, or the text's.

        ``fresh``: whether the array has just begun, so that its end may follow.
        """
        text = self.text
        size = len(text)
        scan = self._value if self._suspect else self._scan
        space = self._space
        cursor = self.cursor
        if fresh and text[position : position + 1] == "]":
            return space(text, position + 1).end()
        while position < size:
            values = []
            starts = []
            limit = position + _records.PIECE
            mark = ","
            failed = -1
            while mark == "," and position < limit and position < size:
                try:
                    value, end = scan(text, position)
                except (StopIteration, ValueError, RecursionError):
                    failed = position
                    break
                mark = text[end : end + 1]
                if mark != "," and mark != "]":
                    end = space(text, end).end()
                    mark = text[end : end + 1]
                    if mark and mark != "," and mark != "]":
                        failed = position
                        break
                values.append(value)
                starts.append(position)
                position = end + 1
                # Mostly there is no white space or a single one. At the text's end the pattern
                # stays where that is.
                if text[position : position + 1] in _SPACE:
                    position += 1
                    if text[position : position + 1] in _SPACE:
                        position = space(text, position).end()
            if values:
                self._first = cursor.total
                self.starts = starts
                yield values
            if failed >= 0:
                position, mark = self._skip_element(failed)
            if mark == "]":
                break
        return position

    def _skip_element(self, start):
        """Reports an element; returns the position behind the mark that ends it, and the mark."""
        text = self.text
        end = self._end_of_element(start)
        mark = text[end : end + 1]
        element = text[start:end].rstrip(_SPACE)
        if not element and mark == "]":
            problem = "Illegal trailing comma before end of array"
            error = self._json.JSONDecodeError(problem, element, 0)
        else:
            error = self._error(element)
        self._skip(start, element, error)
        return self._space(text, end + 1).end(), mark

    def _end_of_element(self, start):
        """Where the comma or the bracket is that ends the element at ``start``, or the text's end."""
        depth = 0
        for found in self._marks(self.text, start):
            mark = found[0]
            if mark in "[{":
                depth += 1
            elif depth and mark in "]}":
                depth -= 1
            elif not depth and mark in ",]":
                return found.start()
        return len(self.text)

    def _top_level(self, position):
        """Batches of values; returns the position of the next array, or the text's end."""
        text = self.text
        size = len(text)
        scan = self._value if self._suspect else self._scan
        space = self._space
        cursor = self.cursor
        while position < size and text[position] != "[":
            values = []
            starts = []
            limit = position + _records.PIECE
            start = -1
            while position < limit and position < size and text[position] != "[":
                try:
                    value, end = scan(text, position)
                except (StopIteration, ValueError, RecursionError):
                    start = position
                    break
                values.append(value)
                starts.append(position)
                position = space(text, end).end()
            if values:
                self._first = cursor.total
                self.starts = starts
                yield values
            if start >= 0:
                end = self._end_of_value(start)
                element = text[start:end]
                self._skip(start, element, self._error(element))
                position = space(text, end).end()
        return position

    def _end_of_value(self, start):
        """Where what is no value ends, at the top level: its last bracket or the end of a word."""
        depth = 0
        for found in self._words(self.text, start):
            mark = found[0]
            if mark in "[{":
                depth += 1
            elif mark in "]}":
                depth -= 1
            if depth <= 0:
                return found.end()
        return len(self.text)

    def span(self, number):
        """Where a record begins and ends in ``text``: one of the current batch, or the one that
        failed last."""
        if number == self._failed[0]:
            return self._failed[1:]
        start = self.starts[number - self._first]
        return start, self._scan(self.text, start)[1]

    def _skip(self, start, element, error):
        self._failed = (self.cursor.total, start, start + len(element))
        self.cursor.skip(error)

    def _error(self, element):
        """What is wrong with the text of a record."""
        try:
            if self._given_errors == "strict":
                _strictly(element)
            self._json.loads(element)
        except (ValueError, RecursionError) as error:
            return _afresh(error)
        return ValueError("no JSON value stands here")

    def _value(self, text, start):
        """Scans a value in a text that has bytes which are not UTF-8."""
        value, end = self._scan(text, start)
        try:
            text[start:end].encode()
        except UnicodeEncodeError:
            if self._given_errors == "strict":
                raise
            data = text[start:end].encode("utf-8", "surrogateescape")
            value, _ = self._scan(data.decode("utf-8", self.errors), 0)
        return value, end


def _strictly(text):
    """Raises what decoding raises where an escape stands for a byte that is not UTF-8."""
    if not text.isascii():
        text.encode("utf-8", "surrogateescape").decode()


_DECODERS = {"jsonl": JsonLines, "values": LineValues, "json": JsonText}


def decoder(config):
    """The decoder of ``config.format``, which is one of JSON."""
    return _DECODERS[config.format](config)
