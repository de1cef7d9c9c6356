import sys
import threading
import time
import types
import unittest

from pyparallel import _stacks
from harness import DriverTestCase


class StacksTest(DriverTestCase):
    def test_tells_the_calls_with_their_source(self):
        path = self.write("deep.py", "import sys\ndef f():\n    return sys._getframe()\nx = f()\n")
        module = types.ModuleType("deep")
        with open(path) as file:
            exec(compile(file.read(), path, "exec"), module.__dict__)
        text = _stacks.describe([module.x])
        self.assertEqual(_stacks.MAIN, text.split("\n")[0])
        self.assertEqual(
            [f'  File "{path}", line 3, in f', "    return sys._getframe()"],
            text.split("\n")[-2:],
        )

    def test_source_that_is_gone_is_left_out(self):
        names = {"sys": sys}
        exec(compile("def f():\n    return sys._getframe()\n", "<gone>", "exec"), names)
        self.assertEqual('  File "<gone>", line 2, in f', _stacks.describe([names["f"]()]).split("\n")[-1])

    def test_a_stack_without_end_shows_its_ends(self):
        names = {"sys": sys}
        source = "def f(n):\n    return sys._getframe() if not n else f(n - 1)\n"
        exec(compile(source, "<deep>", "exec"), names)
        text = _stacks.describe([names["f"](300)])
        self.assertEqual(1, text.count("more calls"))
        self.assertEqual(_stacks.MOST_FRAMES, text.count("  File "))

    def test_names_other_threads_and_leaves_out_what_runs_nothing(self):
        done = threading.Event()
        thread = threading.Thread(target=done.wait, name="waiter")
        thread.start()
        try:
            while len(frames := sys._current_frames()) < 2 or "wait" not in _stacks.describe(
                [None, frames[thread.ident]]
            ):
                time.sleep(0.001)
            text = _stacks.describe([None, frames[thread.ident]])
            self.assertTrue(text.startswith("Thread waiter (most recent call last):\n"), text)
            self.assertNotIn("_bootstrap", text)
        finally:
            done.set()
            thread.join()
        self.assertEqual("", _stacks.describe([None]))


if __name__ == "__main__":
    unittest.main()
