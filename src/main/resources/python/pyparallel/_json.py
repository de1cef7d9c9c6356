"""What Python values become in JSON: the same on every runtime, and at any depth.

==========================================  ====================================================
a value of this type                        is written as
==========================================  ====================================================
``None``, ``bool``, ``str``                 ``null``, ``true`` or ``false``, a string
``int``                                     a number with all its digits, however many
``float``                                   a number, as ``repr()`` has it; NaN and infinities
                                            are errors, since JSON has no number for them
``list``, ``tuple``, a named tuple          an array
``dict``                                    an object
``set``, ``frozenset``, other ``Set``       an array, sorted by the JSON text of its elements
``bytes``, ``bytearray``, ``memoryview``    a string; an error where it is not UTF-8
``datetime``, ``date``, ``time``            a string in ISO 8601: ``isoformat()``
``timedelta``                               a number of seconds
``Decimal``                                 a string of its digits
``Fraction``, ``UUID``, ``complex``,        a string: ``str()``
paths, IP addresses and networks
``Enum``                                    what its value is written as
a dataclass                                 an object of its fields
NumPy arrays and scalars, ``array.array``,  what ``tolist()`` returns is written as
others with a method ``tolist``
``deque``, ``range``, other ``Sequence``    an array
views of a ``dict``                         an array, in the dict's order
other ``Mapping``                           an object
a generator                                 an array of what it yields
anything else                               an error
==========================================  ====================================================

Subclasses are written as what they derive from. A key that is no ``str`` becomes the text of what
it would be written as, where that is a string, a number, ``true``, ``false`` or ``null``; any other
key is an error. So is a value that contains itself, or is nested deeper than Python can follow. An
error says where in the result it is, as in ``result['prices'][3] is nan``.
"""

import sys
from types import GeneratorType

from pyparallel._library import library

FAILED = "the result cannot be written as JSON: "

# What the library's encoder writes by itself and what has nothing in it.
SCALARS = frozenset((str, int, float, bool, type(None)))

# The ``repr()`` of floats that JSON cannot say.
NO_NUMBERS = ("nan", "inf", "-inf")

# How much of a key is quoted in a message.
SHOWN_KEY = 60

# A key that is still no text after so many steps never will be.
KEY_STEPS = 10


# Early releases of the oldest Pythons have no such limit.
_digits_limit = getattr(sys, "get_int_max_str_digits", int)
_limit_digits = getattr(sys, "set_int_max_str_digits", int)


class JsonEncoder:
    """Writes values as compact JSON with readable text.

    The library's encoder does the work. What it does not know it asks :meth:`_unknown` about; what
    it stumbles over is written once more by a :class:`_Walk`, which can do more and knows where in
    the value it is.

    Args:
        errors: the name of the error handler for bytes that are not UTF-8.
    """

    def __init__(self, errors):
        self._errors = errors
        self._enum = library("enum").Enum
        self._abc = library("_collections_abc")
        self.quick = library("json").JSONEncoder(
            ensure_ascii=False, separators=(",", ":"), allow_nan=False, default=self._unknown
        ).encode

    def encode(self, value):
        """One line of JSON.

        Raises:
            TypeError, ValueError, RecursionError: there is no JSON for it; says where and what to do.
        """
        try:
            line = self.quick(value)
        except (TypeError, ValueError, RecursionError):
            line = None
        if line is None:  # not above: what is raised now has nothing to do with what was caught
            line = self._walk(value)
        if not line.isascii():
            try:
                line.encode()
            except UnicodeEncodeError:  # a lone surrogate: JSON can say it in ASCII only
                line = "".join(map(_escaped, line))
        return line

    def _walk(self, value):
        # The script's own limit on digits is about attacks through input; this is output.
        limit = _digits_limit()
        _limit_digits(0)
        try:
            return _Walk(self).text(value)
        except RecursionError:
            raise RecursionError(FAILED + "it is nested too deep") from None
        finally:
            _limit_digits(limit)

    def _unknown(self, value):
        """Called by the library's encoder: what to write in place of ``value``."""
        if isinstance(value, GeneratorType):
            raise _NeedsWalk  # would be used up if the encoder stumbled later on
        if self.is_set(value):
            if SCALARS.issuperset(map(type, value)):
                return sorted(value, key=self.quick)
            raise _NeedsWalk  # sets in sets would be written once more at each level
        return self.step(value)

    def is_set(self, value):
        """Whether its elements have no order."""
        abc = self._abc
        return isinstance(value, abc.Set) and not isinstance(value, abc.MappingView)

    def step(self, value):
        """What is to be written in place of a value that is none of JSON's own types, and no set
        nor generator: something one step closer to them.

        Raises:
            NoJson: nothing is.
        """
        if isinstance(value, self._enum):
            return value.value
        kind = type(value)
        for base in kind.__mro__:
            convert = _CONVERSIONS.get((base.__module__, base.__name__))
            if convert is not None:
                return convert(value)
        if isinstance(value, (bytes, bytearray, memoryview)):
            return bytes(value).decode("utf-8", self._errors)
        if hasattr(kind, "__dataclass_fields__"):
            return {name: getattr(value, name) for name in field_names(kind)}
        if hasattr(kind, "tolist"):
            return value.tolist()
        abc = self._abc
        if isinstance(value, abc.Mapping):
            return dict(value.items())
        if isinstance(value, (abc.Sequence, abc.MappingView)):
            return list(value)
        raise NoJson


class NoJson(TypeError):
    """A value of this type has no JSON form."""


class _NeedsWalk(TypeError):
    """The library's encoder is to stop here."""


class _Walk:
    """Writes one value, element by element."""

    def __init__(self, encoder):
        self._encoder = encoder
        self._quote = encoder.quick
        # How to get from the result to where we are, in Python's words.
        self._path = []
        # The identities of the containers we are in.
        self._open = set()

    def text(self, value):
        """The JSON text of a value."""
        text = self._scalar(value)
        if text is not None:
            return text
        identity = id(value)
        if identity in self._open:
            raise self._error(ValueError, "contains itself")
        self._open.add(identity)
        try:
            if isinstance(value, (list, tuple, GeneratorType)):
                return self._array(value)
            if isinstance(value, dict):
                return self._object(value)
            if self._encoder.is_set(value):
                return self._set(value)
            return self.text(self._step(value))
        finally:
            self._open.discard(identity)

    def _scalar(self, value):
        """The JSON text of what has nothing in it, else None."""
        if isinstance(value, str):
            return self._quote(value)
        if value is None:
            return "null"
        if value is True:
            return "true"
        if value is False:
            return "false"
        if isinstance(value, int):
            return int.__repr__(value)
        if isinstance(value, float):
            text = float.__repr__(value)
            if text not in NO_NUMBERS:
                return text
            raise self._error(
                ValueError, f"is {text}, which JSON has no number for; return None or a str instead"
            )
        return None

    def _step(self, value):
        try:
            return self._encoder.step(value)
        except NoJson:
            raise self._error(
                TypeError,
                f"is of type {type(value).__qualname__}, which has no JSON form; return a str, a"
                " number, a list or a dict instead",
            ) from None
        except UnicodeDecodeError as error:
            raise self._error(
                ValueError,
                f"is bytes that are not UTF-8 (see byte {error.start}); decode them in the script",
            ) from None

    def _array(self, items):
        texts = []
        for index, item in enumerate(items):
            texts.append(self._inside(f"[{index}]", item))
        return f"[{','.join(texts)}]"

    def _set(self, elements):
        return f"[{','.join(sorted(self._inside('[...]', item) for item in elements))}]"

    def _object(self, members):
        texts = []
        for key, value in members.items():
            name = self._key(key)
            texts.append(name + ":" + self._inside(f"[{_shown(key)}]", value))
        return "{" + ",".join(texts) + "}"

    def _inside(self, step, value):
        self._path.append(step)
        text = self.text(value)
        self._path.pop()
        return text

    def _key(self, key):
        if isinstance(key, str):
            return self._quote(key)
        plain = key
        try:
            for _ in range(KEY_STEPS):
                if isinstance(plain, float) and float.__repr__(plain) in NO_NUMBERS:
                    break
                text = self._scalar(plain)
                if text is not None:
                    return text if text.startswith('"') else f'"{text}"'
                if isinstance(plain, (list, tuple, dict, GeneratorType)):
                    break
                if self._encoder.is_set(plain):
                    break
                plain = self._encoder.step(plain)
        except (NoJson, UnicodeDecodeError):
            pass
        raise self._error(
            TypeError,
            f"has the key {_shown(key)}, of type {type(key).__qualname__}, which is none in JSON;"
            " make it a str",
        )

    def _error(self, kind, what):
        where = "result" + "".join(self._path) if self._path else "it"
        return kind(f"{FAILED}{where} {what}")


def field_names(kind):
    """The names of a dataclass's fields."""
    return [field.name for field in library("dataclasses").fields(kind)]


def _shown(key):
    try:
        text = repr(key)
    except Exception:
        text = f"<{type(key).__qualname__}>"
    return text if len(text) <= SHOWN_KEY else text[: SHOWN_KEY - 3] + "..."


def _escaped(character):
    """A character of JSON text in ASCII."""
    code = ord(character)
    if code < 0x80:
        return character
    if code < 0x10000:
        return f"\\u{code:04x}"
    code -= 0x10000
    return f"\\u{0xd800 + (code >> 10):04x}\\u{0xdc00 + (code & 0x3ff):04x}"


def _iso(value):
    return value.isoformat()


def _seconds(value):
    return value.total_seconds()


# By the module and the name of a class, so that nothing need be imported to know one; a module may
# call itself by another name where it is not written in C.
_CONVERSIONS = {
    ("datetime", "date"): _iso,
    ("datetime", "time"): _iso,
    ("datetime", "timedelta"): _seconds,
    ("_pydatetime", "date"): _iso,
    ("_pydatetime", "time"): _iso,
    ("_pydatetime", "timedelta"): _seconds,
    ("decimal", "Decimal"): str,
    ("fractions", "Fraction"): str,
    ("uuid", "UUID"): str,
    ("pathlib", "PurePath"): str,
    ("pathlib._local", "PurePath"): str,
    ("ipaddress", "_IPAddressBase"): str,
    ("builtins", "complex"): str,
    ("collections", "UserString"): str,
}
