import re
import sys
import time
import unittest

import harness  # noqa: F401 (finds the package)

from pyparallel import _sampling


def count(limit):
    number = 0
    while number < limit:
        number += 1
    return number


class SamplingTest(unittest.TestCase):
    def setUp(self):
        self.sampling = _sampling.Sampling()
        self.addCleanup(self.sampling.end)

    def sample(self, work):
        self.sampling.begin()
        work()
        return self.sampling.end()

    def test_a_loop_is_python(self):
        self.assertLess(self.sample(lambda: [count(50_000) for _ in range(20)]), 5)

    def test_short_calls_count_as_python(self):
        values = []
        self.assertLess(self.sample(lambda: [values.append(count(200)) for _ in range(2_000)]), 20)

    def test_long_calls_are_not(self):
        text = "word " * 20_000
        self.assertGreater(self.sample(lambda: [text.split() for _ in range(20)]), 90)

    def test_a_callable_object_counts_as_a_function(self):
        scan = re.compile("(a|b)*c").match
        self.assertGreater(self.sample(lambda: [scan("ab" * 2_000) for _ in range(50)]), 90)

    def test_python_that_is_called_from_c_is_python(self):
        self.assertLess(self.sample(lambda: [sum(count(300) for _ in range(999)) for _ in (1, 2)]), 20)

    def test_waiting_does_not_count(self):
        def work():
            time.sleep(0.02)
            count(50_000)

        self.assertIn(self.sample(work), (None, 0))

    def test_nothing_is_said_of_too_little(self):
        self.assertIsNone(self.sample(lambda: None))

    def test_it_ends_by_itself(self):
        self.sampling.begin()
        for _ in range(40):
            count(20_000)
        self.assertEqual([None, None], [sys.monitoring.get_tool(tool) for tool in (3, 4)])
        self.assertLess(self.sampling.end(), 5)

    def test_what_fails_ends_it_too(self):
        self.sampling.begin()
        with self.assertRaises(ValueError):
            int("x")
        self.sampling.end()
        self.assertIsNone(sys.monitoring.get_tool(4))

    def test_tools_of_others_are_left_alone(self):
        for tool in (3, 4):
            sys.monitoring.use_tool_id(tool, "theirs")
            self.addCleanup(sys.monitoring.free_tool_id, tool)
        self.assertIsNone(self.sample(lambda: count(100_000)))
        self.assertEqual("theirs", sys.monitoring.get_tool(4))

    def test_a_look_is_not_due_right_after_another(self):
        self.assertTrue(self.sampling.is_due())
        self.sample(lambda: None)
        self.assertFalse(self.sampling.is_due())
        time.sleep(_sampling.APART)
        self.assertTrue(self.sampling.is_due())

    def test_it_can_be_done_again(self):
        for _ in range(3):
            self.assertLess(self.sample(lambda: [count(50_000) for _ in range(20)]), 5)
