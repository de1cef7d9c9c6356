"""A console in a worker process, with this test as its host."""

import os
import unittest

from pyparallel import _process
from pyparallel._cpython import DIAGNOSTICS, INPUT, RESULTS
from test_process import ProcessTestCase


class ProcessConsoleTest(ProcessTestCase):
    def setUp(self):
        super().setUp()
        self.child = self.child()
        self.child.greeting()
        config = b"2\0worker\0" + b"0\0workers\0" + b"1"
        self.child.say(_process.CONSOLE, config)
        self.assertEqual([b"ok"], self.answer())

    def answer(self):
        kind, text = self.child.hear_until(_process.ANSWER, _process.BROKEN)
        self.assertEqual(_process.ANSWER, kind, text)
        return text.split(b"\0")

    def ask(self, *request):
        self.child.said = {}
        self.child.say(_process.ASK, "\0".join(request).encode())

    def run_code(self, source):
        """Returns the answer's fields and what was printed."""
        self.ask("run", source, "1", "<input 1>")
        answer = self.answer()
        return answer, self.child.said.get(RESULTS, b"").decode()

    def test_names_last(self):
        self.assertEqual(([b"ok"], ""), self.run_code("x = 20"))
        self.assertEqual(([b"ok"], "41\n"), self.run_code("2 * x + 1"))

    def test_standard_error_is_apart(self):
        self.run_code("import sys; print('é', file=sys.stderr)")
        self.assertEqual("é\n".encode(), self.child.said[DIAGNOSTICS])

    def test_lines_are_asked_for(self):
        self.ask("run", "input('Name? ')", "1", "<input 1>")
        self.assertEqual((INPUT, b"Name? "), self.child.hear())
        self.child.say(_process.REPLY, _process.LINE + "Zoé".encode())
        self.assertEqual([b"ok"], self.answer())
        self.assertEqual("'Zoé'\n".encode(), self.child.said[RESULTS])

    def test_an_empty_line_is_none_of_the_end(self):
        replies = {_process.LINE: b"ok", _process.NO_LINE: b"error", b"\2": b"interrupted"}
        for reply, kind in replies.items():
            self.ask("run", "input()", "1", "<input 1>")
            self.child.hear_until(INPUT)
            self.child.say(_process.REPLY, reply)
            self.assertEqual(kind, self.answer()[0])

    def test_an_interruption_is_a_keyboard_interrupt(self):
        self.run_code("x = 0\nimport time")
        for code in ("while True: x += 1", "time.sleep(60)"):
            self.ask("run", f"x += 1\nprint('on')\n{code}", "1", "<input 1>")
            self.assertEqual((RESULTS, b"on\n"), self.child.hear())
            self.child.say(_process.INTERRUPT)
            self.assertEqual([b"interrupted"], self.answer())
        self.assertEqual("True\n", self.run_code("x > 1")[1])

    def test_code_that_goes_on_can_be_interrupted_again(self):
        source = (
            "import time\n"
            "for i in range(3):\n"
            "    try:\n"
            "        print('on')\n"
            "        time.sleep(60)\n"
            "    except KeyboardInterrupt:\n"
            "        pass\n"
        )
        self.ask("run", source, "1", "<input 1>")
        for _ in range(3):
            self.assertEqual((RESULTS, b"on\n"), self.child.hear())
            self.child.say(_process.INTERRUPT)
        self.assertEqual([b"ok"], self.answer())

    def test_an_interruption_that_comes_too_late_is_forgotten(self):
        for _ in range(20):
            self.child.say(_process.INTERRUPT)
            self.assertEqual(([b"ok"], "1\n"), self.run_code("1"))

    def test_what_threads_print_comes_when_nothing_is_asked(self):
        source = "import threading\nthreading.Timer(0.1, lambda: print('late')).start()"
        self.assertEqual(([b"ok"], ""), self.run_code(source))
        self.assertEqual((RESULTS, b"late\n"), self.child.hear())

    def test_memory_is_the_processes(self):
        self.ask("memory")
        (size,) = self.answer()
        if os.path.exists("/proc/self/statm"):
            self.assertGreater(int(size), 1 << 20)

    def test_leaving_is_the_hosts_to_do(self):
        self.assertEqual([b"exit", b"3"], self.run_code("import sys; sys.exit(3)")[0])
        self.assertEqual("1\n", self.run_code("1")[1])

    def test_good_bye(self):
        self.run_code("import atexit; x = atexit.register(print, 'bye')")
        self.child.said = {}
        self.child.say(_process.CLOSE)
        self.assertEqual([b"ok"], self.answer())
        self.child.say(_process.NOTHING)
        self.assertEqual((RESULTS, b"bye\n"), self.child.hear())
        self.assertEqual(0, self.child.process.wait(timeout=20))

    @unittest.skipUnless(hasattr(os, "fork"), "there is no fork")
    def test_copies_of_the_process_print_to_standard_error_and_end(self):
        source = (
            "import os\n"
            "pid = os.fork()\n"
            "if pid:\n"
            "    status = os.waitpid(pid, 0)[1]\n"
            "else:\n"
            "    os._exit(7)\n"
            "os.WEXITSTATUS(status)\n"
        )
        self.assertEqual("7\n", self.run_code(source)[1])

    @unittest.skipUnless(hasattr(os, "fork"), "there is no fork")
    def test_a_copy_that_runs_to_its_end_answers_nothing(self):
        source = "import os\npid = os.fork()\nif pid: status = os.waitpid(pid, 0)[1]\n"
        self.assertEqual([b"ok"], self.run_code(source)[0])
        self.assertEqual("0\n", self.run_code("status")[1])


if __name__ == "__main__":
    unittest.main()
