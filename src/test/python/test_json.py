"""What values become in JSON."""

import array
import collections
import dataclasses
import datetime
import decimal
import enum
import fractions
import ipaddress
import json
import math
import pathlib
import sys
import types
import unittest
import uuid

from pyparallel._json import JsonEncoder

HUGE = math.prod(range(1, 10_001))


@dataclasses.dataclass
class Point:
    x: object
    y: object = None
    extra: dataclasses.InitVar[int] = 3
    KIND = "a class variable"


@dataclasses.dataclass(frozen=True)
class Slotted:
    __slots__ = ("x",)
    x: object


Pair = collections.namedtuple("Pair", "a b")


class Colour(enum.Enum):
    RED = "red"
    ONE = 1
    SET = frozenset({2, 1})


class Level(enum.IntEnum):
    LOW = 1


class Mode(str, enum.Enum):
    FAST = "fast"


class Price(decimal.Decimal, enum.Enum):
    LOW = "1.50"


class Rights(enum.Flag):
    READ = 4
    WRITE = 2


class Listed:
    def __init__(self, value):
        self.value = value

    def tolist(self):
        return self.value


class Squares(collections.abc.Sequence):
    def __len__(self):
        return 3

    def __getitem__(self, index):
        if index >= len(self):
            raise IndexError
        return index * index


class Doubles(collections.abc.Mapping):
    def __len__(self):
        return 2

    def __iter__(self):
        return iter("ab")

    def __getitem__(self, key):
        return key * 2


class Text(str):
    pass


class Number(int):
    def __repr__(self):
        return "a number"


class Real(float):
    def __repr__(self):
        return "a real"


class Rows(list):
    pass


class Fields(dict):
    pass


def nested(value, depth):
    for _ in range(depth):
        value = [value]
    return value


class ValuesTest(unittest.TestCase):
    def setUp(self):
        self.encoder = JsonEncoder("strict")

    def check(self, *cases):
        for value, text in cases:
            with self.subTest(value=value):
                self.assertEqual(text, self.encoder.encode(value))
                self.assertEqual(f'{{"a":[{text}]}}', self.encoder.encode({"a": [value]}))
                # Once more where the library's encoder cannot go.
                self.assertEqual(f'{{"1":[{text}]}}', self.encoder.encode({Colour.ONE: (value,)}))

    def test_json_s_own_types(self):
        self.check(
            (None, "null"),
            (True, "true"),
            (False, "false"),
            ("é\n\"\u2028", '"é\\n\\"\u2028"'),
            (0, "0"),
            (-7, "-7"),
            (2.0, "2.0"),
            (-0.0, "-0.0"),
            (1e16, "1e+16"),
            (0.1 + 0.2, "0.30000000000000004"),
            ([], "[]"),
            ((), "[]"),
            ({}, "{}"),
            ([1, (2, [3])], "[1,[2,[3]]]"),
            ({"a": {"b": None}}, '{"a":{"b":null}}'),
        )

    def test_subclasses_are_what_they_derive_from(self):
        self.check(
            (Text("a"), '"a"'),
            (Number(5), "5"),
            (Real(2.5), "2.5"),
            (Rows([1]), "[1]"),
            (Fields(a=1), '{"a":1}'),
            (Pair(1, Pair(2, {3})), "[1,[2,[3]]]"),
            (collections.OrderedDict(b=1, a=2), '{"b":1,"a":2}'),
            (collections.Counter("aab"), '{"a":2,"b":1}'),
            (collections.defaultdict(list, a=[1]), '{"a":[1]}'),
        )

    def test_sets_are_sorted_by_the_text_of_their_elements(self):
        self.check(
            (set(), "[]"),
            ({"b", "a", "é"}, '["a","b","é"]'),
            ({10, 9, "a", None, 2.5}, '["a",10,2.5,9,null]'),
            (frozenset({(2, 1), frozenset({2, 1})}), "[[1,2],[2,1]]"),
            ({datetime.date(2020, 1, 2), decimal.Decimal(1)}, '["1","2020-01-02"]'),
        )

    def test_sets_in_sets_take_no_longer_than_what_they_hold(self):
        chain = frozenset()
        for _ in range(60):
            chain = frozenset({1, chain})
        self.assertEqual("[1," * 60 + "[]" + "]" * 60, self.encoder.encode(chain))

    def test_times(self):
        zone = datetime.timezone(datetime.timedelta(hours=2))
        self.check(
            (datetime.datetime(2020, 1, 2, 3, 4, 5, 6, zone), '"2020-01-02T03:04:05.000006+02:00"'),
            (datetime.datetime(2020, 1, 2), '"2020-01-02T00:00:00"'),
            (datetime.date(2020, 1, 2), '"2020-01-02"'),
            (datetime.time(1, 2, 3), '"01:02:03"'),
            (datetime.timedelta(days=1, milliseconds=500), "86400.5"),
            (-datetime.timedelta(seconds=1), "-1.0"),
        )

    def test_what_is_text(self):
        self.check(
            (decimal.Decimal("1.50"), '"1.50"'),
            (decimal.Decimal("1E+3"), '"1E+3"'),
            (fractions.Fraction(1, 3), '"1/3"'),
            (uuid.UUID(int=1), '"00000000-0000-0000-0000-000000000001"'),
            (pathlib.Path("a/b"), '"a/b"'),
            (pathlib.PureWindowsPath("a/b"), '"a\\\\b"'),
            (ipaddress.ip_address("::1"), '"::1"'),
            (ipaddress.ip_network("10.0.0.0/8"), '"10.0.0.0/8"'),
            (ipaddress.ip_interface("10.0.0.1/8"), '"10.0.0.1/8"'),
            (1.5 + 2j, '"(1.5+2j)"'),
            (collections.UserString("a"), '"a"'),
            (b"a\xc3\xa9", '"aé"'),
            (bytearray(b"b"), '"b"'),
            (memoryview(b"c"), '"c"'),
        )

    def test_enums_are_their_value(self):
        self.check(
            (Colour.RED, '"red"'),
            (Colour.SET, "[1,2]"),
            (Level.LOW, "1"),
            (Mode.FAST, '"fast"'),
            (Price.LOW, '"1.50"'),
            (Rights.READ | Rights.WRITE, "6"),
        )

    def test_dataclasses_are_objects(self):
        self.check(
            (Point(1, Point({2})), '{"x":1,"y":{"x":[2],"y":null}}'),
            (Slotted("a"), '{"x":"a"}'),
        )

    def test_what_gives_a_list_is_that(self):
        self.check(
            (Listed([1, [{2}]]), "[1,[[2]]]"),
            (Listed(7), "7"),
            (array.array("d", [1.5]), "[1.5]"),
        )

    def test_other_containers(self):
        data = {"b": 1, "a": 2}
        self.check(
            (collections.deque([1, {2}]), "[1,[2]]"),
            (range(3), "[0,1,2]"),
            (data.keys(), '["b","a"]'),
            (data.values(), "[1,2]"),
            (data.items(), '[["b",1],["a",2]]'),
            (Squares(), "[0,1,4]"),
            (Doubles(), '{"a":"aa","b":"bb"}'),
            (types.MappingProxyType({"a": 1}), '{"a":1}'),
            (collections.ChainMap({"a": 1}), '{"a":1}'),
            (collections.UserDict(a=1), '{"a":1}'),
            (collections.UserList([1]), "[1]"),
        )

    def test_a_generator_is_an_array(self):
        value = {"a": (x for x in ({1}, (y for y in "ab"), None))}
        self.assertEqual('{"a":[[1],["a","b"],null]}', self.encoder.encode(value))
        value = [(x for x in "ab"), {Colour.ONE: 1}]  # used up by no attempt that fails later
        self.assertEqual('[["a","b"],{"1":1}]', self.encoder.encode(value))

    def test_keys(self):
        keys = {
            "a": 0,
            Text("b"): 1,
            1: 2,
            2.5: 3,
            False: 4,
            None: 5,
            datetime.date(2020, 1, 2): 6,
            decimal.Decimal("1.5"): 7,
            Colour.RED: 8,
            uuid.UUID(int=2): 9,
            b"c": 10,
            Level.LOW.__class__(1): 11,
            pathlib.PurePosixPath("d"): 12,
            Listed(3): 13,
        }
        self.assertEqual(
            '{"a":0,"b":1,"1":11,"2.5":3,"false":4,"null":5,"2020-01-02":6,"1.5":7,"red":8,'
            '"00000000-0000-0000-0000-000000000002":9,"c":10,"d":12,"3":13}',
            self.encoder.encode(keys),
        )

    def test_whole_numbers_of_any_size(self):
        limit = sys.get_int_max_str_digits()
        for value in (HUGE, [HUGE], {"a": (HUGE,)}, {HUGE: 1}, fractions.Fraction(HUGE, 7)):
            with self.subTest(kind=type(value)):
                self.assertGreater(len(self.encoder.encode(value)), 35_000)
        self.assertEqual(limit, sys.get_int_max_str_digits())
        text = self.encoder.encode([HUGE])
        self.assertEqual(35_660, len(text) - 2)
        self.assertEqual(HUGE % 10**9, int(text[-10:-1]))

    def test_lone_surrogates_make_the_line_ascii(self):
        value = ["\ud800é😀"]
        line = self.encoder.encode(value)
        self.assertEqual('["\\ud800\\u00e9\\ud83d\\ude00"]', line)
        self.assertEqual(json.dumps(value), line)

    def test_escaped_bytes_are_what_they_were_read_as(self):
        self.assertEqual('["\\udcff"]', JsonEncoder("surrogateescape").encode([b"\xff"]))

    @unittest.skipIf(sys.version_info < (3, 13), "Python goes less deep")
    def test_deep_values(self):
        self.assertEqual("[" * 5_000 + "1" + "]" * 5_000, self.encoder.encode(nested(1, 5_000)))

    def test_errors_say_where_and_what_to_do(self):
        cycle = []
        cycle.append({"a": cycle})
        endless = Listed(None)
        endless.value = endless
        for value, kind, *parts in (
            (math.nan, ValueError, "it is nan", "return None or a str"),
            ({"a": [1, math.inf]}, ValueError, "result['a'][1] is inf"),
            ({"a": {-math.inf}}, ValueError, "result['a'][...] is -inf"),
            (Point(Pair(1, math.nan)), ValueError, "result['x'][1] is nan"),
            ({math.nan: 1}, TypeError, "it has the key nan"),
            (object(), TypeError, "it is of type object", "return a str"),
            ([Point], TypeError, "result[0] is of type type"),
            ([map(str, "a")], TypeError, "result[0] is of type map"),
            ({"a": {(1, 2): 3}}, TypeError, "result['a'] has the key (1, 2)", "make it a str"),
            ({frozenset({1}): 3}, TypeError, "it has the key frozenset({1})"),
            ({object: 3}, TypeError, "has the key <class 'object'>"),
            ({"a" * 99: math.nan}, ValueError, "result['" + "a" * 56 + "...] is nan"),
            ({"a": [b"a\xff"]}, ValueError, "result['a'][0] is bytes", "byte 1"),
            (cycle, ValueError, "result[0]['a'] contains itself"),
            (endless, ValueError, "it contains itself"),
            (nested({1: (x for x in ())}, 5_000), RecursionError, "it is nested too deep"),
        ):
            with self.subTest(parts=parts):
                with self.assertRaises(kind) as caught:
                    self.encoder.encode(value)
                for part in ("the result cannot be written as JSON: ", *parts):
                    self.assertIn(part, str(caught.exception))
                error = caught.exception
                self.assertTrue(error.__suppress_context__ or error.__context__ is None)

    def test_what_the_script_s_own_code_raises_comes_through(self):
        class Broken:
            def tolist(self):
                raise KeyError("mine")

        with self.assertRaisesRegex(KeyError, "mine"):
            self.encoder.encode([Broken()])


if __name__ == "__main__":
    unittest.main()
