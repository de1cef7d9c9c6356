"""The child's side of a worker process, with this test as its host."""

import os
import signal
import subprocess
import sys
import tempfile
import textwrap
import unittest

from pyparallel import _interruption, _process
from pyparallel._cpython import DIAGNOSTICS, REJECTS, RESULTS, WANTED

WORKER = os.path.join(os.path.dirname(_process.__file__), "_worker.py")


class Child:
    """A worker process."""

    def __init__(self, folder, environment=()):
        self.folder = folder
        self.process = subprocess.Popen(
            [sys.executable, "-X", "utf8", "-u", WORKER],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, **dict(environment)},
        )
        self.said = {}

    def greeting(self):
        """What came before the greeting."""
        before = b""
        while not before.endswith(_process.GREETING):
            byte = self.process.stdout.read(1)
            assert byte, self.process.stderr.read().decode()
            before += byte
        return before[: -len(_process.GREETING)]

    def say(self, kind, data=b""):
        self.process.stdin.write(bytes((kind,)) + len(data).to_bytes(8, "big") + data)
        self.process.stdin.flush()

    def hear(self):
        """The next frame, None at the end."""
        header = self.process.stdout.read(_process.HEADER)
        if len(header) < _process.HEADER:
            return None
        size = int.from_bytes(header[1:], "big")
        return header[0], self.process.stdout.read(size)

    def hear_until(self, *kinds):
        """The first frame of one of these kinds; what comes before it is kept by its kind."""
        while True:
            frame = self.hear()
            assert frame, self.process.stderr.read().decode()
            if frame[0] in kinds:
                return frame
            self.said[frame[0]] = self.said.get(frame[0], b"") + frame[1]

    def open(self, source, **options):
        path = os.path.join(self.folder, "script.py")
        with open(path, "w", encoding="utf-8") as file:
            file.write(textwrap.dedent(source))
        given = {
            "script": path, "folder": self.folder, "module": "script",
            "kind": "", "expression": "", "call": "", "once": "0",
            "format": "lines", "errors": "strict", "delimiter": ",", "header": "1", "separator": "",
            "start": "", "width": "1", "output": "text", "tag": "0", "rejects": "0",
            "merging": "join", "worker": "0", "workers": "1", "shards": "-1", **options,
        }  # fmt: skip
        self.greeting()
        parts = [str(len(given)), *(part for pair in given.items() for part in pair), "0"]
        self.say(_process.OPEN, "\0".join(parts).encode())
        return self.hear_until(_process.ANSWER)[1].split(b"\0")

    def ask(self, data, form=_process.DATA):
        self.said = {}
        self.say(_process.RUN, b"0\0in\x000\x000\x00-1\x00-1\0")
        self.say(form, data)

    def run(self, data, form=_process.DATA):
        """Runs a shard; returns the last frame."""
        self.ask(data, form)
        return self.hear_until(_process.ANSWER, _process.UNREADABLE, _process.BROKEN)

    def end(self):
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            stream.close()
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()


class ProcessTestCase(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = os.path.realpath(folder.name)

    def child(self, environment=()):
        child = Child(self.folder, environment)
        self.addCleanup(child.end)
        return child

    def opened(self, source, **options):
        child = self.child()
        self.assertEqual([b"ok"], child.open(source, **options))
        return child


class TalkTest(ProcessTestCase):
    def test_a_shard_is_answered_with_its_results(self):
        child = self.opened("def process(x):\n    return x.upper()\n")
        kind, answer = child.run(b"a\nb\n")
        self.assertEqual(_process.ANSWER, kind)
        self.assertEqual(b"finished\x002\x002\x000\x000", answer)
        self.assertEqual({RESULTS: b"A\nB\n"}, child.said)
        child.say(_process.CLOSE)
        self.assertEqual((_process.ANSWER, b"ok"), child.hear())
        child.process.stdin.close()
        self.assertIsNone(child.hear())
        self.assertEqual(0, child.process.wait(20))

    def test_what_others_print_before_the_greeting_is_told_apart(self):
        with open(os.path.join(self.folder, "sitecustomize.py"), "w") as file:
            file.write("print('hello')\n")
        child = self.child({"PYTHONPATH": self.folder})
        self.assertTrue(child.greeting().endswith(b"hello\n"))

    def test_files_are_read_by_the_child(self):
        path = os.path.join(self.folder, "in.txt")
        with open(path, "wb") as file:
            file.write(b"zero\none\ntwo\n")
        child = self.opened("def process(x):\n    return x\n")
        child.run(b"5\x004\0" + path.encode(), _process.FILE)
        self.assertEqual(b"one\n", child.said[RESULTS])
        shrunk = child.run(b"9\x009\0" + path.encode(), _process.FILE)
        text = b"the file ends at byte 13: it has shrunk during the run"
        self.assertEqual((_process.UNREADABLE, text), shrunk)
        gone = child.run(b"0\x001\0" + path.encode() + b".gone", _process.FILE)
        self.assertEqual((_process.UNREADABLE, b""), gone)
        child.run(b"0\x005\0" + path.encode(), _process.FILE)
        self.assertEqual(b"zero\n", child.said[RESULTS])

    def test_records_that_fail_are_rejected(self):
        child = self.opened("def process(x):\n    return 1 / int(x)\n", rejects="1")
        child.run(b"0\n1\n")
        self.assertIn(b"ZeroDivisionError", child.said[REJECTS])

    def test_a_script_is_told_that_nobody_wants_any_more(self):
        child = self.opened("while True:\n    print('x' * 1000)\n")
        child.ask(b"")
        child.hear_until(RESULTS)
        child.say(_process.STOP)
        kind, answer = child.hear_until(_process.ANSWER)
        self.assertTrue(answer.startswith(b"interrupted\0"), answer)

    def test_a_tail_is_asked_for_and_answered(self):
        child = self.opened(
            "import time\ndef process(x):\n    time.sleep(0.02)\n", divisible="1", workers="2"
        )
        child.ask(b"x\n" * 20)
        child.hear_until(WANTED)
        child.say(_process.REPLY, b"\0")
        kind, answer = child.hear_until(_process.ANSWER, WANTED)
        while kind == WANTED:
            child.say(_process.REPLY, b"\0")
            kind, answer = child.hear_until(_process.ANSWER, WANTED)
        self.assertTrue(answer.startswith(b"finished\x0020\0"), answer)


class StopTest(ProcessTestCase):
    LOOP = """
    import time
    def process(x):
        print("begun", x, flush=True)
        yield b""
        while True:
            {}
    """

    def begun(self, statement):
        child = self.opened(self.LOOP.format(statement), live="1")
        child.ask(b"1\n")
        child.hear_until(RESULTS)
        return child

    def test_loops_and_sleeps_are_interrupted(self):
        for statement in ("pass", "time.sleep(100)"):
            with self.subTest(statement):
                child = self.begun(statement)
                child.say(_process.INTERRUPT)
                kind, answer = child.hear_until(_process.ANSWER)
                self.assertTrue(answer.startswith(b"interrupted\0"), answer)
                kind, answer = child.run(b"2\n")
                self.assertEqual(_interruption.INTERRUPTED, answer)
                self.assertNotIn(RESULTS, child.said)

    def test_a_top_level_is_interrupted(self):
        child = self.child()
        child.greeting = lambda greeting=child.greeting: (
            greeting(), child.say(_process.INTERRUPT))  # fmt: skip
        answer = child.open("def process(x): pass\nwhile True: pass\n")
        self.assertEqual(b"interrupted", answer[0])

    def test_a_terminals_signals_do_nothing(self):
        child = self.begun("time.sleep(0.01)")
        for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGHUP):
            child.process.send_signal(number)
        child.say(_process.INTERRUPT)
        kind, answer = child.hear_until(_process.ANSWER)
        self.assertTrue(answer.startswith(b"interrupted\0"), answer)

    def test_a_script_whose_host_is_gone_ends(self):
        for statement in ("pass", "time.sleep(100)"):
            with self.subTest(statement):
                child = self.begun(statement)
                child.process.stdin.close()
                child.process.wait(20)

    def test_the_stack_is_told_while_the_script_runs(self):
        child = self.begun("time.sleep(0.01)")
        child.say(_process.LOOK)
        kind, text = child.hear_until(_process.STACK)
        self.assertRegex(text.decode(), r'script.py", line \d, in process\n    \w')
        self.assertNotIn("_process.py", text.decode())
        self.assertNotIn("_driver.py", text.decode())


class HostileTest(ProcessTestCase):
    def test_a_crash_leaves_its_last_words(self):
        child = self.opened("import ctypes\ndef process(x):\n    ctypes.string_at(0)\n")
        child.ask(b"1\n")
        words = child.process.stdout.read()
        self.assertTrue(words.startswith(b"Fatal Python error: Segmentation fault"), words)
        self.assertIn(b"line 3 in process", words)
        self.assertEqual(-signal.SIGSEGV, child.process.wait(20))

    def test_closing_the_standard_descriptors_harms_nothing(self):
        child = self.opened(
            """
            import os
            def process(x):
                os.system("echo to one")
                for descriptor in (0, 1, 2):
                    os.close(descriptor)
                print("to stdout")
                return x
            """
        )
        child.run(b"1\n")
        self.assertEqual(b"to stdout\n1\n", child.said[RESULTS])

    def test_a_forked_copy_keeps_silent(self):
        child = self.opened(
            """
            import os, sys
            def process(x):
                pid = os.fork()
                if pid:
                    return os.waitpid(pid, 0)[1]
                print("copied", file=sys.stderr)
                return "the copy's"
            """
        )
        kind, answer = child.run(b"1\n2\n")
        self.assertEqual(b"finished\x002\x002\x000\x000", answer)
        self.assertEqual({RESULTS: b"0\n0\n"}, child.said)
        child.process.stdin.close()
        child.process.wait(20)
        self.assertIn(b"copied\n", child.process.stderr.read())

    def test_a_filter_may_fork(self):
        child = self.opened(
            """
            import os, sys, warnings
            pid = os.fork()
            if pid == 0:
                os._exit(3)
            print(sys.stdin.read(), os.waitpid(pid, 0)[1] >> 8)
            warnings.warn("careful")
            """
        )
        child.run(b"x")
        self.assertEqual(b"x 3\n", child.said.pop(RESULTS))
        [warning] = child.said.values()
        self.assertIn(b"UserWarning: careful\n", warning)
        self.assertNotIn(b"fork", warning)

    def test_multiprocessing_works(self):
        import multiprocessing

        for method in multiprocessing.get_all_start_methods():
            with self.subTest(method):
                child = self.opened(
                    f"""
                    import multiprocessing
                    context = multiprocessing.get_context({method!r})
                    pool = None
                    def double(x):
                        return 2 * x
                    def setup():
                        global pool
                        if __name__ != "__mp_main__":
                            pool = context.Pool(1)
                    def process(x):
                        return pool.map(double, [int(x), 7])
                    def teardown():
                        pool.terminate()
                        pool.join()
                    """
                )
                child.run(b"4\n")
                self.assertEqual({RESULTS: b"[8,14]\n"}, child.said)
                child.say(_process.CLOSE)
                self.assertEqual((_process.ANSWER, b"ok"), child.hear_until(_process.ANSWER))

    def test_signals_and_threads_are_the_scripts_to_use(self):
        child = self.opened(
            """
            import signal, threading
            caught = []
            signal.signal(signal.SIGALRM, lambda *_: caught.append(1))
            def process(x):
                signal.setitimer(signal.ITIMER_REAL, 0.01)
                signal.pause()
                return [caught, threading.active_count(), threading.current_thread().name]
            """
        )
        child.run(b"4\n")
        self.assertEqual({RESULTS: b'[[1],1,"MainThread"]\n'}, child.said)

    def test_prints_of_teardown_and_exit_functions_are_told(self):
        child = self.opened(
            """
            import atexit, os
            atexit.register(os.write, 2, b"exiting\\n")
            def process(x): pass
            def teardown(): print("teardown")
            """
        )
        child.say(_process.CLOSE)
        child.hear_until(_process.ANSWER)
        self.assertEqual({DIAGNOSTICS: b"teardown\n"}, child.said)
        child.process.stdin.close()
        self.assertEqual(0, child.process.wait(20))
        self.assertEqual(b"exiting\n", child.process.stderr.read())


if __name__ == "__main__":
    unittest.main()
