"""The order of results, against a comparison that is written down as plainly as it is told."""

import functools
import json
import random
import unittest

from pyparallel import _order

CHARACTERS = ["", "\0", "\x01", "\xff", "a", "b", "\n", "é", "\uffff", "\U0001f600", "\ue000", '"']


def rank(value):
    if value is None or value is False or value is True:
        return (None, False, True).index(value)
    kinds = ((int, float), str, (list, tuple), dict)
    return 3 + next(index for index, kind in enumerate(kinds) if isinstance(value, kind))


def compare(a, b):
    if rank(a) != rank(b):
        return rank(a) - rank(b)
    if rank(a) < 3:
        return 0
    if isinstance(a, dict):
        a, b = (json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
                for value in (a, b))
    elif isinstance(a, (list, tuple)):
        for one, other in zip(a, b):
            order = compare(one, other)
            if order:
                return order
        a, b = len(a), len(b)
    return (a > b) - (a < b)


def sign(number):
    return (number > 0) - (number < 0)


class Values:
    """Random values, many of which are close to one another."""

    def __init__(self, seed):
        self.random = random.Random(seed)

    def number(self):
        pick = self.random
        base = pick.choice([0, 1, 2, 255, 256, 2**53, 2**63, 2**64, 10**30, 2**1023, 2**1024, 10**400])
        near = base + pick.randint(-3, 3)
        kind = pick.randrange(5)
        if kind == 0:
            value = near
        elif kind == 1 and near < 2**1023:
            value = float(near)
        elif kind == 2:
            value = pick.uniform(-3, 3)
        elif kind == 3:
            value = pick.choice([0.0, -0.0, 5e-324, 1e-300, 1.7976931348623157e308, 0.1, 0.5])
        else:
            value = pick.getrandbits(pick.choice([8, 53, 54, 64, 1100]))
        return -value if pick.random() < 0.5 else value

    def text(self):
        return "".join(self.random.choices(CHARACTERS, k=self.random.randrange(4)))

    def any(self, depth=2):
        kind = self.random.randrange(9 if depth else 6)
        if kind == 0:
            return self.random.choice([None, False, True])
        if kind <= 2:
            return self.number()
        if kind <= 5:
            return self.text()
        items = [self.any(depth - 1) for _ in range(self.random.randrange(4))]
        if kind == 6:
            return {self.text(): item for item in items}
        return items if kind == 7 else tuple(items)


class KeyTest(unittest.TestCase):
    def test_keys_compare_as_the_values_do(self):
        values = Values(1)
        for _ in range(40_000):
            a, b = values.any(), values.any()
            with self.subTest(a=a, b=b):
                one, other = _order.key(a), _order.key(b)
                self.assertEqual(sign(compare(a, b)), sign((one > other) - (one < other)))

    def test_numbers_compare_by_their_exact_value(self):
        values = Values(2)
        for _ in range(40_000):
            a, b = values.number(), values.number()
            with self.subTest(a=a, b=b):
                one, other = _order.key(a), _order.key(b)
                self.assertEqual((a > b) - (a < b), (one > other) - (one < other))

    def test_arrays_compare_element_by_element(self):
        values = Values(3)
        for _ in range(20_000):
            a = [values.any(1) for _ in range(3)]
            b = [*a[: values.random.randrange(4)], values.any(1)]
            with self.subTest(a=a, b=b):
                one, other = _order.key(a), _order.key(b)
                self.assertEqual(sign(compare(a, b)), (one > other) - (one < other))

    def test_keys_are_bytes(self):
        values = Values(4)
        for _ in range(2_000):
            _order.key(values.any()).encode("latin-1")

    def test_sorting_by_keys_is_what_jq_does(self):
        mixed = [{"a": 1}, [2], [1, 5], "b", "B", 3, 2.5, True, None, False, "", [], {}, -1, 10**20]
        expected = [
            None, False, True, -1, 2.5, 3, 10**20, "", "B", "b", [], [1, 5], [2], {"a": 1}, {},
        ]
        self.assertEqual(expected, sorted(mixed, key=_order.key))

    def test_bytes_compare_as_the_text_they_are(self):
        self.assertEqual(_order.key("é"), _order.key("é".encode()))

    def test_escaped_bytes_are_bytes_again(self):
        self.assertEqual(_order.STRING + "\xff", _order.key("\udcff"))

    def test_a_lone_surrogate_has_a_place(self):
        self.assertLess(_order.key("\ud700"), _order.key("\ud800"))

    def test_keys_of_dicts_need_not_be_of_one_type(self):
        self.assertEqual(_order.key({"1": 2, "a": 3}), _order.key({"a": 3, 1: 2}))

    def test_what_json_does_not_have_has_no_place(self):
        for value in (object(), float("nan"), [float("nan")], {"a": float("inf")}, {1, 2}):
            with self.subTest(value=value), self.assertRaises((TypeError, ValueError)):
                _order.key(value)


class ItemTest(unittest.TestCase):
    def test_takes_items_of_dicts_by_name_and_of_the_rest_by_number(self):
        for name, value, expected in (
            ("a", {"a": 1}, 1),
            ("2", {"2": "x"}, "x"),
            ("2", {2: "x"}, "x"),
            ("2", ["x", "y"], "y"),
            ("1", ("x",), "x"),
            ("2", "  one \t two  three ", "two"),
            ("3", "  one \t two  three ", "three"),
            ("1", b"one two\n", "one"),
        ):
            with self.subTest(name=name, value=value):
                self.assertEqual(expected, _order.Item(name).of(value))

    def test_what_is_not_there_is_missing(self):
        for name, value in (
            ("a", {"b": 1}), ("3", [1, 2]), ("0", [1]), ("a", [1]), ("2", "one"), ("1", ""), ("1", 5),
            ("1", None), ("-1", [1]),
        ):
            with self.subTest(name=name, value=value):
                self.assertIs(_order.MISSING, _order.Item(name).of(value))
