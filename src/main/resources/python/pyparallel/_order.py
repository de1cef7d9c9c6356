"""The order of results, and keys that have it.

As jq sorts: null, false, true, numbers by their exact value, strings by code point, arrays element
by element, objects by their JSON text with sorted keys.

A key is a ``str`` of characters up to U+00FF, each of which stands for a byte: such text compares
fastest, crosses into every host, and has the order of its bytes. The first character is the kind of
value. Keys of equal values are equal; inside an array no key is the beginning of another one.
"""

from pyparallel._library import library

NULL = "\x01"
FALSE = "\x02"
TRUE = "\x03"
NEGATIVE = "\x04"
POSITIVE = "\x05"
STRING = "\x06"
ARRAY = "\x07"
OBJECT = "\x08"

# Ends an array: smaller than any kind.
_END = "\0"
# Ends text inside an array: smaller than any character, of which NUL is written as two.
_TEXT_END = "\0\x01"
_NUL = "\0\xff"

_COMPLEMENT = bytes(range(255, -1, -1))
_EXACT = 1 << 53  # up to here every integer is a double
_EXACT_BITS = 53
_DOUBLE_BITS = 1024  # no double has an integer part of more bits
_INFINITY = b"\x7f\xf0\0\0\0\0\0\0"

_pack_double = library("struct").Struct(">d").pack
_json_encoder = None


def latin1(text):
    """The UTF-8 bytes of ``text``, a character for each; escaped bytes are themselves again."""
    if text.isascii():
        return text
    try:
        data = text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        data = text.encode("utf-8", "surrogatepass")
    return data.decode("latin-1")


def key(value):
    """The key of a result.

    Raises:
        TypeError, ValueError: JSON has no such value.
    """
    kind = value.__class__
    if kind is str:
        return STRING + latin1(value)
    if kind is dict:
        return OBJECT + latin1(_json(value))
    if isinstance(value, str):
        return STRING + latin1(value)
    if isinstance(value, (bytes, bytearray, memoryview)):
        return STRING + bytes(value).decode("latin-1")
    if isinstance(value, dict):
        return OBJECT + latin1(_json(value))
    return _nested(value)


def _nested(value):
    if value is None:
        return NULL
    if value is True:
        return TRUE
    if value is False:
        return FALSE
    if isinstance(value, (int, float)):
        if value < 0:
            return NEGATIVE + _magnitude(-value).translate(_COMPLEMENT).decode("latin-1")
        return POSITIVE + _magnitude(value).decode("latin-1")
    if isinstance(value, str):
        return STRING + _ended(value)
    if isinstance(value, (list, tuple)):
        return ARRAY + "".join(map(_nested, value)) + _END
    return OBJECT + _ended(_json(value))


def _ended(text):
    return latin1(text).replace("\0", _NUL) + _TEXT_END


def _magnitude(value):
    """Bytes in the order of numbers from 0 up, none the beginning of another's: the largest double
    that is not above the number, then what is left of an integer."""
    if isinstance(value, float):
        if value != value:
            raise ValueError("not a number (nan) has no place in an order")
        # 0.0 for -0.0 too
        return _pack_double(value or 0.0) + b"\0" if value < float("inf") else _INFINITY + b"\2"
    if value <= _EXACT:
        return _pack_double(value) + b"\0"
    bits = value.bit_length()
    size = (bits + 7) // 8
    if bits > _DOUBLE_BITS:
        return _INFINITY + b"\1" + bits.to_bytes(8, "big") + value.to_bytes(size, "big")
    left_bits = bits - _EXACT_BITS
    left = value & ((1 << left_bits) - 1)
    double = _pack_double(value - left)
    return double + (b"\1" + left.to_bytes((left_bits + 7) // 8, "big") if left else b"\0")


def _json(value):
    global _json_encoder
    if _json_encoder is None:
        _json_encoder = library("json").JSONEncoder(
            ensure_ascii=False, separators=(",", ":"), allow_nan=False, sort_keys=True
        ).encode
    try:
        return _json_encoder(value)
    except TypeError:
        # Keys of several types cannot be sorted before they are text; anything else fails again.
        json = library("json")
        return _json_encoder(json.loads(json.dumps(value, allow_nan=False)))


MISSING = object()


class Item:
    """Takes one item out of a result.

    Args:
        name: the key of a ``dict``; a number from 1 for a list, a tuple, or the fields between white
            space of a ``str``.
    """

    def __init__(self, name):
        self.name = name
        number = int(name) if name.isascii() and name.isdecimal() else 0
        self._index = number - 1 if number > 0 else None

    def of(self, value):
        """The item, or ``MISSING``."""
        index = self._index
        if isinstance(value, dict):
            item = value.get(self.name, MISSING)
            if item is MISSING and index is not None:
                item = value.get(index + 1, MISSING)
            return item
        if index is None:
            return MISSING
        if isinstance(value, (bytes, bytearray, memoryview)):
            value = bytes(value).decode("utf-8", "surrogateescape")
        if isinstance(value, str):
            value = value.split(None, index + 1)
        if isinstance(value, (list, tuple)) and index < len(value):
            return value[index]
        return MISSING
