"""Sums that lose nothing, however they are put together."""

import random
import unittest
from fractions import Fraction

from pyparallel._total import MOST_FLOATS, Total


def total(values):
    result = Total()
    for value in values:
        result.add(value)
    return result


class TotalTest(unittest.TestCase):
    def test_whole_numbers_stay_whole(self):
        self.assertEqual(10**400 + 1, total([10**400, True]).value())
        self.assertIs(int, type(total([1, 2]).value()))
        self.assertEqual(0, total([]).value())

    def test_floats_are_rounded_once(self):
        self.assertEqual(1.0, total([0.1] * 10).value())
        self.assertEqual(1.0, total([1e300, 1, -1e300]).value())
        self.assertEqual(2.0**53 + 2, total([2**53 + 1, 1.0]).value())
        self.assertIs(float, type(total([1.5, -1.5]).value()))

    def test_neither_order_nor_grouping_matters(self):
        source = random.Random(5)
        values = [
            source.choice((1, -1)) * source.random() * 10.0 ** source.randrange(-30, 30)
            for _ in range(3 * MOST_FLOATS)
        ] + [source.randrange(10**20) for _ in range(10)]
        exact = float(sum(map(Fraction, values)))
        for _ in range(5):
            source.shuffle(values)
            parts = []
            while len(values) > sum(part[1] for part in parts):
                start = sum(part[1] for part in parts)
                size = source.randrange(1, 6000)
                part = values[start : start + size]
                parts.append((total(part), len(part)))
            joined = parts[0][0]
            for part, _ in parts[1:]:
                joined.join(part)
            self.assertEqual(exact, joined.value())

    def test_a_sum_beyond_all_floats_is_refused(self):
        large = total([1e308] * MOST_FLOATS)
        with self.assertRaises(OverflowError):
            large.add(1e308)
