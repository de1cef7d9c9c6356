import time
import unittest

from pyparallel import _naps


class NapsTest(unittest.TestCase):
    def setUp(self):
        self.naps = []
        self.now = 100.0
        self.addCleanup(setattr, _naps, "_sleep", _naps._sleep)
        self.addCleanup(setattr, time, "monotonic", time.monotonic)
        _naps._sleep = self.nap
        time.monotonic = lambda: self.now

    def nap(self, seconds):
        self.naps.append(seconds)
        self.now += seconds

    def test_a_long_sleep_is_many_naps(self):
        self.assertIsNone(_naps.sleep(1.02))
        self.assertAlmostEqual(1.02, sum(self.naps))
        self.assertLessEqual(max(self.naps), _naps.NAP)

    def test_a_short_one_is_left_alone(self):
        for seconds in (0, 0.01, -1, float("nan"), 1e300, "1", None):
            taken = []
            _naps._sleep = taken.append
            _naps.sleep(seconds)
            self.assertEqual(1, len(taken))
            self.assertIs(seconds, taken[0])

    def test_it_looks_like_the_one_it_stands_for(self):
        self.assertEqual(("time", "sleep"), (_naps.sleep.__module__, _naps.sleep.__name__))


if __name__ == "__main__":
    unittest.main()
