"""Tells what typed source text is still missing, by Python's own rules as far as they go.

The compiler judges what it can; where it refuses, a scan for what is open tells text that may go on
from text that is wrong. A block ends with a blank line, as in every Python shell, so text that was
pasted may have blank lines anywhere but at its end.
"""

import sys

from pyparallel._library import library

STEP = 4

# PyCF_ONLY_AST; PyCF_DONT_IMPLY_DEDENT and PyCF_ALLOW_INCOMPLETE_INPUT, known from 3.11 on.
ONLY_AST = 0x400
INCOMPLETE = 0x200 | 0x4000
_TELLS_INCOMPLETE = sys.version_info >= (3, 11) and sys.implementation.name == "cpython"

# Statements behind which a block has nothing more to say.
_LEAVING = ("break", "continue", "pass", "raise", "return")


class Scan:
    """What text leaves open at its end.

    Attributes:
        brackets: where each open bracket stands, the innermost last.
        quote: the quotes that end the string that is open, or an empty text.
        string: where that string's quotes begin.
        comment: whether it ends in a comment.
        statement: where the last statement begins, of several on a line too.
        last: the last character that is neither white space nor part of a comment.
        continued: whether a backslash joins the next line to the last one.
    """

    __slots__ = (
        "brackets",
        "quote",
        "string",
        "comment",
        "statement",
        "last",
        "continued",
    )

    def __init__(self, text):
        self.brackets = brackets = []
        self.quote = ""
        self.string = -1
        self.comment = False
        self.statement = 0
        self.last = ""
        self.continued = False
        begins = True
        at = 0
        size = len(text)
        while at < size:
            char = text[at]
            if self.quote:
                at = self._in_string(text, at, char)
                if not self.quote and char == "\n" and not brackets:
                    begins = True
                continue
            self.continued = False
            if char == "#":
                end = text.find("\n", at)
                if end < 0:
                    self.comment = True
                    break
                at = end
                continue
            if char == "\n":
                begins = begins or not brackets
                at += 1
                continue
            if char == "\\" and text[at + 1 : at + 2] in ("", "\n"):
                self.continued = True
                at += 2
                if at >= size:
                    break
                continue
            if not char.isspace():
                self.last = char
                if begins:
                    self.statement = at
                    begins = False
            if char in "\"'":
                self.string = at
                self.quote = char * 3 if text.startswith(char * 3, at) else char
                at += len(self.quote)
                continue
            if char == ";" and not brackets:
                begins = True
            elif char in "([{":
                brackets.append(at)
            elif char in ")]}" and brackets:
                brackets.pop()
            at += 1

    def _in_string(self, text, at, char):
        """One character further; the string may end with it."""
        if char == "\\":
            self.continued = at + 2 >= len(text)
            return at + 2
        if text.startswith(self.quote, at):
            at += len(self.quote)
            self.quote = ""
            return at
        if char == "\n" and len(self.quote) == 1:
            self.quote = ""
        return at + 1


def plain(source):
    """Source as it can be compiled: without the prompts of a session that was pasted, and without
    an indentation that all of it has."""
    source = source.replace("\r\n", "\n")
    lines = source.split("\n")
    first = next((line for line in lines if line.strip()), "")
    if first.lstrip().startswith(">>> "):
        lines = list(_typed(lines))
        first = next((line for line in lines if line.strip()), "")
    indent = _indent(first)
    if indent:
        size = len(indent)
        lines = [line[size:] if line.startswith(indent) else line.lstrip() for line in lines]
    return "\n".join(lines)


def _typed(lines):
    """What was typed in a session; what it printed is left out."""
    for line in lines:
        line = line.lstrip()
        if line.startswith((">>> ", "... ")):
            yield line[4:]
        elif line in (">>>", "...", ""):
            yield ""


def check(source):
    """Whether source can be run.

    Args:
        source: what was typed, without the line feed of the Enter that makes one ask.

    Returns:
        The fields ``complete``, or ``invalid``, or ``incomplete`` and how many spaces the next line
        begins with.
    """
    source = plain(source)
    lines = source.split("\n")
    ended = not lines[-1].strip()
    try:
        tree = _parse(source)
    except SyntaxError as error:
        return _refused(source, lines, ended, error)
    except (ValueError, MemoryError, RecursionError, OverflowError):
        return ["invalid"]
    if tree.body and not ended:
        line = lines[_last_statement(tree).lineno - 1]
        if _indent(line):
            return _incomplete(source, Scan(source))
    return ["complete"]


def _parse(source, flags=0):
    """The syntax tree; nothing is said of what is merely doubtful: running it does that."""
    warnings = library("warnings")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return compile(source + "\n", "<input>", "exec", ONLY_AST | flags, dont_inherit=True)


def _last_statement(node):
    """The innermost statement at the end."""
    while True:
        inner = None
        for block in ("body", "handlers", "orelse", "finalbody", "cases"):
            inner = getattr(node, block, None) or inner
        if not isinstance(inner, list):  # the body of a lambda is none
            return node
        if not hasattr(inner[-1], "lineno"):  # a case
            node = inner[-1].body[-1]
        else:
            node = inner[-1]


def _refused(source, lines, ended, error):
    """The answer where it does not compile."""
    scan = Scan(source)
    if len(scan.quote) == 3:
        return ["incomplete", "0"]
    if scan.quote:
        return ["incomplete", "0"] if scan.continued else ["invalid"]
    if scan.brackets:
        return ["invalid"] if _is_hopeless(source) else _incomplete(source, scan)
    if scan.continued:
        return _incomplete(source, scan)
    blank = len(lines) > 1 and ended and not lines[-2].strip()
    opens = scan.last == ":" or source.startswith("@", scan.statement)
    if opens and not blank:
        # One blank line may follow; the second one ends it.
        return ["invalid"] if _is_hopeless(source.rstrip()) else _incomplete(source, scan)
    line = source[source.rfind("\n", 0, scan.statement) + 1 :]
    if not ended and _indent(line) and (error.lineno or 0) >= len(lines):
        return _incomplete(source, scan)
    return ["invalid"]


def _is_hopeless(source):
    """Whether nothing that may follow makes it right; only some Pythons know."""
    if not _TELLS_INCOMPLETE:
        return False
    try:
        _parse(source, INCOMPLETE)
    except SyntaxError as error:
        return "incomplete input" not in str(error.msg)
    except Exception:
        return False
    return False


def _incomplete(source, scan):
    start = source.rfind("\n", 0, scan.statement) + 1
    indent = _width(_indent(source[start:]))
    if scan.brackets or scan.continued:
        line = source.rstrip()
        indent = _width(_indent(line[line.rfind("\n") + 1 :]))
        if scan.last in ("(", "[", "{") and not scan.continued:
            indent += STEP
    elif scan.last == ":":
        indent += STEP
    else:
        words = source[scan.statement : scan.statement + 10].replace("(", " ").split()
        if words and words[0] in _LEAVING:
            indent = max(0, indent - STEP)
    return ["incomplete", str(indent)]


def _indent(line):
    """The white space that a line begins with."""
    return line[: len(line) - len(line.lstrip(" \t"))]


def _width(indent):
    return len(indent.expandtabs())
