"""What may follow where somebody types: names, attributes, modules, keywords and keys.

Looks at what is there and runs nothing of the user's but ``__dir__``.
"""

import builtins
from itertools import islice
from types import FunctionType, MethodType, ModuleType

from pyparallel import _resolving
from pyparallel._library import library
from pyparallel._resolving import Unknown
from pyparallel._typing_in import Scan

# So many candidates are enough for anybody.
MOST = 2000

# Longer keys are not offered, in characters, and no more of them looked through.
LONGEST_KEY = 200
MOST_KEYS = 100_000

# Of an expression before a dot so many characters are looked at.
LONGEST_EXPRESSION = 1000


def complete(namespace, source, cursor):
    """The answer to ``complete``, see ``_console.py``; the start alone where nothing is known."""
    before = _before(source, cursor)
    try:
        word, candidates = _find(namespace, before)
        candidates = list(islice(candidates, MOST))
    except Exception:  # of an object's own __dir__, or of a module that cannot be read
        word, candidates = "", ()
    answer = [str(cursor - _units(word))]
    for candidate in candidates:
        answer += candidate
    return answer


def _units(text):
    return len(text) + sum(char > "\uffff" for char in text)


def _before(source, cursor):
    """The text before the cursor, which counts UTF-16 units."""
    if source.isascii() or max(source, default="") <= "\uffff":
        return source[:cursor]
    units = source.encode("utf-16-le", "surrogatepass")[: 2 * cursor]
    return units.decode("utf-16-le", "ignore")


def _find(namespace, before):
    """What is to be replaced, and the candidates: text, kind, what may follow."""
    scan = Scan(before)
    if scan.quote:
        return _keys(namespace, before, scan)
    if scan.comment:
        return "", ()
    statement = before[scan.statement :]
    words = statement.split(None, 1)
    if words and words[0] in ("import", "from") and statement[len(words[0]) :][:1].isspace():
        return _imports(statement)
    start = _start_of_name(before)
    word = before[start:]
    owner = before[:start].rstrip()
    if word[:1].isdigit() or owner.endswith(".."):
        return "", ()
    if owner.endswith("."):
        thing = _resolving.resolve(namespace, _primary(owner[:-1]))
        return word, _attributes(thing, word)
    return word, _names(namespace, before, scan, start, word)


def _start_of_name(text):
    start = len(text)
    while start and (text[start - 1].isalnum() or text[start - 1] == "_"):
        start -= 1
    return start


def _primary(text):
    """The expression that text ends with: names, dots, strings and what stands in brackets."""
    end = len(text)
    start = end
    scan_from = max(text.rfind("\n") + 1, end - LONGEST_EXPRESSION)
    while start > scan_from:
        char = text[start - 1]
        if char.isalnum() or char in "_.":
            start -= 1
        elif char in ")]}":
            opening = _opening(text, start - 1, scan_from)
            if opening < 0:
                break
            start = opening
            behind_value = start > scan_from and (
                text[start - 1].isalnum() or text[start - 1] in "_])}"
            )
            if not behind_value:
                break  # a list or the like begins there
            if char != "]":
                raise Unknown(text)  # a call
        elif char in "\"'":
            begin = _string_start(text, start, scan_from)
            if begin < 0:
                break
            start = begin
            break
        else:
            break
    if text[start:end].isdigit():
        raise Unknown(text)  # the dot is that of a number
    return text[start:end]


def _opening(text, closing, least):
    """Where the bracket stands that the one at ``closing`` closes."""
    for start in range(closing - 1, least - 1, -1):
        if text[start] in "([{" and _closes_at(text, start, closing):
            return start
    return -1


def _closes_at(text, start, closing):
    scan = Scan(text[start:closing])
    return not scan.quote and scan.brackets == [0]


def _string_start(text, end, least):
    quote = text[end - 1]
    start = text.rfind(quote, least, end - 1)
    while start >= 0:
        scan = Scan(text[start : end - 1])
        if scan.quote and scan.string == 0:
            while start > least and text[start - 1].lower() in "rbuf":
                start -= 1
            return start
        start = text.rfind(quote, least, start)
    return -1


# ---- names and attributes ----------------------------------------------------------------------


def _names(namespace, before, scan, start, word):
    seen = set()
    for name in _arguments(namespace, before, scan, start):
        if name.startswith(word) and name not in seen:
            seen.add(name)
            yield name + "=", "name", ""
    for known in (namespace, vars(builtins)):
        for name in _visible(list(known), word):
            if name not in seen:
                seen.add(name)
                kind = "module" if issubclass(type(known[name]), ModuleType) else "name"
                yield name, kind, ""
    keyword = library("keyword")
    for name in _visible([*keyword.kwlist, *getattr(keyword, "softkwlist", ())], word):
        if name not in seen and name != "_":
            yield name, "keyword", _behind(name)


def _behind(keyword):
    if keyword in ("else", "finally", "try"):
        return ":"
    if keyword in ("False", "None", "True", "break", "continue", "pass"):
        return ""
    return " "


def _attributes(thing, word):
    for name in _visible(dir(thing), word):
        yield name, "attribute", ""


def _visible(names, word):
    """The identifiers that begin with the word, sorted; those that begin with an underscore only
    for one that does as well, those with two only for two."""
    found = {name for name in names if isinstance(name, str) and name.startswith(word)}
    if not word.startswith("_"):
        found = {name for name in found if not name.startswith("_")}
    elif not word.startswith("__"):
        found = {name for name in found if not name.startswith("__")}
    return sorted(name for name in found if name.isidentifier())


def _arguments(namespace, before, scan, start):
    """The names of arguments of the function whose parentheses are open."""
    if not scan.brackets or before[scan.brackets[-1]] != "(":
        return []
    opening = scan.brackets[-1]
    if before[:start].rstrip()[-1:] not in ("(", ","):
        return []
    try:
        thing = _resolving.resolve(namespace, _primary(before[:opening]))
        if issubclass(type(thing), type):
            thing = _resolving.attribute(thing, "__init__")
            skipped = 1
        else:
            skipped = 0
        if type(thing) is MethodType:
            thing, skipped = thing.__func__, 1
    except Unknown:
        return []
    if type(thing) is not FunctionType:
        return []
    code = thing.__code__
    count = code.co_argcount + code.co_kwonlyargcount
    first = max(code.co_posonlyargcount, skipped)
    return code.co_varnames[first:count]


# ---- keys --------------------------------------------------------------------------------------


def _keys(namespace, before, scan):
    """The keys of a dict in ``d["``."""
    opening = scan.string
    if len(scan.quote) != 1 or before[opening - 1 : opening] != "[":
        return "", ()
    word = before[opening + 1 :]
    thing = _resolving.resolve(namespace, _primary(before[: opening - 1]))
    if not issubclass(type(thing), dict):
        return "", ()
    found = []
    for number, key in enumerate(dict.keys(thing)):
        if number >= MOST_KEYS:
            break
        if type(key) is str and key.startswith(word) and len(key) <= LONGEST_KEY:
            if scan.quote not in key and "\\" not in key and key.isprintable():
                found.append((key, "key", scan.quote + "]"))
    return word, found


# ---- modules -----------------------------------------------------------------------------------


def _imports(statement):
    from pyparallel import _modules

    head, parted, names = statement.partition(" import")
    if statement.startswith("from") and parted and names[:1] in (" ", "("):
        start = _start_of_name(names)
        word = names[start:]
        if names[:start].rstrip()[-1:] not in ("", ",", "("):
            return word, _keyword(word, "as")
        return word, _modules.members(head[4:].strip(), word)
    start = len(statement)
    while start and (statement[start - 1].isalnum() or statement[start - 1] in "_."):
        start -= 1
    name = statement[start:]
    before = statement[:start].split()
    if before[0] == "from" and len(before) > 1:
        return name, _keyword(name, "import")
    if before[-1] not in ("import", "from") and not before[-1].endswith(","):
        return name, _keyword(name, "as")
    package, dot, word = name.rpartition(".")
    if package or dot:
        return word, _modules.submodules(package, word)
    return word, _modules.top_level(word)


def _keyword(word, keyword):
    return [(keyword, "keyword", " ")] if keyword.startswith(word) else []
