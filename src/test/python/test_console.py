"""What happens to code that is typed into a console."""

import builtins
import gc
import io
import linecache
import os.path
import random
import sys
import unittest

from consoles import ConsoleTestCase
from pyparallel import _console, _sources
from pyparallel._driver import Interrupted, ScriptError

import pyparallel


class EchoTest(ConsoleTestCase):
    def test_the_value_of_an_expression_is_shown(self):
        self.assertEqual("2\n", self.run_code("1 + 1"))
        self.assertEqual("'a\\n'\n", self.run_code("'a\\n'"))

    def test_every_expression_at_the_top_is_shown(self):
        self.assertEqual("1\n2\n3\n", self.run_code("1\nx = 5\n2; 3"))

    def test_expressions_in_blocks_at_the_top_are_shown_as_in_pythons_own_shell(self):
        self.assertEqual("0\n1\n", self.run_code("for i in range(2):\n    i\n"))

    def test_expressions_in_functions_are_not(self):
        self.assertEqual("", self.run_code("def f():\n    1\nx = f()"))

    def test_none_is_not_shown(self):
        self.assertEqual("", self.run_code("None\nprint"[:4]))

    def test_nothing_is_shown_without_echo(self):
        self.assertEqual("", self.run_code("1", echo=False))

    def test_nothing_at_all_runs(self):
        for source in ("", "\n", "# a comment"):
            self.assertEqual("", self.run_code(source))

    def test_last_values_are_kept(self):
        self.run_code("1", 1)
        self.run_code("2", 2)
        self.run_code("3", 3)
        self.assertEqual("(3, 2, 1)\n", self.run_code("_, __, ___", 4))

    def test_out_and_in_are_kept_by_number(self):
        self.run_code("6 * 7", 5)
        self.assertEqual("(42, '6 * 7')\n", self.run_code("Out[5], In[5]", 6))

    def test_what_shows_nothing_is_not_in_out(self):
        self.run_code("x = 1", 1)
        self.assertEqual("False\n", self.run_code("1 in Out", 2))

    def test_an_underscore_of_the_users_stays(self):
        self.run_code("_ = 'mine'\n5")
        self.assertEqual("'mine'\n", self.run_code("_"))
        self.run_code("del _")
        self.assertEqual("'mine'\n", self.run_code("_"))

    def test_a_display_hook_of_the_users_is_called(self):
        self.run_code("import sys\nsys.displayhook = lambda value: print('<', value, '>')")
        self.assertEqual("< 1 >\n", self.run_code("1"))

    def test_a_repr_that_fails_is_an_error(self):
        kind, message, traceback = self.fail_code("class A:\n    def __repr__(self): 1/0\nA()")
        self.assertEqual("ZeroDivisionError", kind)
        self.assertIn("in __repr__", traceback)
        self.assertNotIn("_console", traceback)

    def test_lone_surrogates_do_no_harm(self):
        self.assertEqual("'\\ud800'\n", self.run_code("'\\ud800'"))
        self.run_code("print('\\ud800')")

    def test_a_nul_in_an_answer_is_escaped(self):
        kind, message, traceback = self.fail_code("raise ValueError('a\\0b')")
        self.assertEqual("a\\x00b", message)


class NamespaceTest(ConsoleTestCase):
    def test_names_last(self):
        self.run_code("x = 1")
        self.assertEqual("1\n", self.run_code("x"))

    def test_it_is_the_module_main(self):
        self.run_code("import __main__\nx = 1")
        self.assertEqual("'__main__'\n1\n", self.run_code("__name__\n__main__.x"))

    def test_it_holds_nothing_else_at_first(self):
        self.assertEqual([""], self.names())
        text = self.run_code("sorted(globals())")
        expected = sorted(["__builtins__", "__doc__", "__loader__", "__name__", "__package__"])
        self.assertEqual(repr(sorted([*expected, "__spec__"])) + "\n", text)

    def test_each_name_has_a_type_and_a_short_repr(self):
        self.run_code("b = 'x' * 1000\na = 1\n_hidden = 2\nimport sys")
        fields = self.ask("names")
        self.assertEqual(["a", "b", "sys"], fields[::3])
        self.assertEqual(["int", "str", "module"], fields[1::3])
        self.assertEqual("1", fields[2])
        self.assertLessEqual(len(fields[5]), 70)

    def test_large_and_broken_values_have_a_short_repr(self):
        self.run_code(
            "a = list(range(10**6))\n"
            "b = b'x' * 10**7\n"
            "c = 10 ** 50000\n"
            "class D:\n"
            "    def __repr__(self): raise ValueError\n"
            "d = D()\n"
            "e = 'a\\nb'\n"
            "class F:\n"
            "    def __repr__(self): return 'a\\n  b'\n"
            "f = F()\n"
        )
        fields = self.ask("names")
        shown = dict(zip(fields[::3], fields[2::3]))
        self.assertTrue(all(len(text) <= 70 for text in shown.values()), shown)
        self.assertTrue(all("\n" not in text for text in shown.values()), shown)
        self.assertEqual("a b", shown["f"])
        self.assertTrue(shown["a"].startswith("[0, 1, 2"), shown)

    def test_functions_see_names_that_came_later(self):
        self.run_code("def f():\n    return y")
        self.run_code("y = 3")
        self.assertEqual("3\n", self.run_code("f()"))

    def test_a_future_feature_lasts(self):
        self.run_code("from __future__ import annotations")
        self.run_code("def f(x: nowhere): pass")
        self.assertEqual("{'x': 'nowhere'}\n", self.run_code("f.__annotations__"))

    def test_reset_forgets_everything(self):
        self.run_code("x = 1\n5", 10)
        self.fail_code("1/0", 11)
        self.assertEqual(["ok"], self.ask("reset"))
        self.assertEqual([""], self.names())
        self.assertEqual("({}, '')\n", self.run_code("Out, _", 3))
        self.assertEqual("NameError", self.fail_code("x")[0])
        self.assertEqual("'__main__'\n", self.run_code("__name__"))
        self.assertFalse({"<input 10>", "<input 11>"} & set(linecache.cache))

    def test_reset_takes_the_streams_back(self):
        self.run_code("import sys, io\nsys.stdout = io.StringIO()\n1")
        self.ask("reset")
        self.assertEqual("1\n", self.run_code("1"))

    def test_modules_are_found_in_the_working_directory(self):
        self.assertEqual("''\n", self.run_code("import sys; sys.path[0]"))
        self.assertEqual("['']\n", self.run_code("sys.argv"))

    def test_pasted_prompts_run(self):
        self.assertEqual("1\n", self.run_code(">>> x = 1\n>>> x\n1"))

    def test_memory_is_the_hosts_to_know(self):
        self.assertEqual(["12345"], self.ask("memory"))


class ErrorTest(ConsoleTestCase):
    def test_a_traceback_has_the_source_and_no_frames_of_ours(self):
        self.run_code("def f(n):\n    return 1 / n", 1)
        kind, message, traceback = self.fail_code("x = 1\nf(0)", 2)
        self.assertEqual(("ZeroDivisionError", "division by zero"), (kind, message))
        lines = [line for line in traceback.split("\n") if set(line) - set(" ^~")]
        self.assertEqual(
            [
                "Traceback (most recent call last):",
                '  File "<input 2>", line 2, in <module>',
                "    f(0)",
                '  File "<input 1>", line 2, in f',
                "    return 1 / n",
                "ZeroDivisionError: division by zero",
            ],
            lines,
        )

    def test_what_came_before_the_error_stays(self):
        self.fail_code("x = 1\n1/0\nx = 2")
        self.assertEqual("1\n", self.run_code("x"))

    def test_causes_are_told(self):
        source = "try:\n    1/0\nexcept Exception as e:\n    raise KeyError('k') from e\n"
        traceback = self.fail_code(source)[2]
        self.assertIn("direct cause", traceback)
        self.assertNotIn("_console", traceback)

    def test_a_syntax_error_has_no_frames(self):
        kind, message, traceback = self.fail_code("x = = 1", 7)
        self.assertEqual(("SyntaxError", "invalid syntax"), (kind, message))
        lines = traceback.split("\n")
        self.assertEqual(['  File "<input 7>", line 1', "    x = = 1"], lines[:2])
        self.assertEqual("SyntaxError: invalid syntax", lines[-1])

    def test_an_error_found_late_has_its_line_too(self):
        kind, message, traceback = self.fail_code("x = 1\nreturn 3", 8)
        self.assertEqual("SyntaxError", kind)
        self.assertIn('  File "<input 8>", line 2\n    return 3\n', traceback)

    def test_a_syntax_error_of_code_that_is_run_has_frames(self):
        traceback = self.fail_code("compile('x = =', 'there', 'exec')")[2]
        self.assertIn('File "<input 1>", line 1, in <module>', traceback)
        self.assertIn('File "there", line 1', traceback)

    def test_an_incomplete_block_is_an_error(self):
        self.assertIn(self.fail_code("def f():")[0], ("IndentationError", "SyntaxError"))

    def test_leaving_has_a_status(self):
        for source, status in (
            ("exit()", "0"),
            ("quit()", "0"),
            ("exit", "0"),
            (" quit ", "0"),
            ("exit(3)", "3"),
            ("import sys; sys.exit(True)", "1"),
            ("raise SystemExit", "0"),
        ):
            self.assertEqual(["exit", status], self.ask("run", source, 1, "<input 1>"), source)

    def test_leaving_with_a_message_prints_it(self):
        self.assertEqual(["exit", "1"], self.ask("run", "exit('bye')", 1, "<input 1>"))
        self.assertEqual("bye\n", self.text("err"))

    def test_a_variable_called_exit_is_one(self):
        self.assertEqual("5\n", self.run_code("exit = 5\nexit"))
        self.assertEqual("5\n", self.run_code("exit"))

    def test_an_interruption_is_no_error(self):
        self.assertEqual(["interrupted"], self.ask("run", "raise KeyboardInterrupt", 1, "<input 1>"))
        self.run_code("x = 1")

    def test_the_hosts_interruption_is_one(self):
        builtins.stop = Interrupted
        self.addCleanup(vars(builtins).pop, "stop")
        self.assertEqual(["interrupted"], self.ask("run", "x = 1\nraise stop", 1, "<input 1>"))
        self.assertEqual("1\n", self.run_code("x"))

    def test_code_may_handle_an_interruption(self):
        source = "try:\n    raise KeyboardInterrupt\nexcept KeyboardInterrupt:\n    print('caught')\n"
        self.assertEqual("caught\n", self.run_code(source))

    def test_the_last_error_is_kept_for_debuggers(self):
        self.fail_code("def f():\n    here = 1\n    raise ValueError\nf()")
        text = self.run_code("import sys\nsys.last_type.__name__\nsys.last_traceback.tb_lineno", 2)
        self.assertEqual("'ValueError'\n4\n", text)

    def test_a_debugger_can_look_at_it(self):
        self.fail_code("def f():\n    here = 41\n    raise ValueError\nf()")
        self.host.lines = ["p here + 1", "q"]
        text = self.run_code("import pdb; pdb.pm()", 2)
        self.assertIn("42\n", text)
        self.assertIn("-> raise ValueError\n", text)
        self.assertEqual("(Pdb) ", self.host.prompts[0])

    def test_too_deep_a_recursion_is_an_error(self):
        kind, message, traceback = self.fail_code("def f(): return f()\nf()")
        self.assertEqual("RecursionError", kind)
        self.assertLess(len(traceback), 5000)
        self.run_code("1")

    def test_an_unknown_request_is_an_error(self):
        self.assertEqual(["error", "KeyError"], self.ask("dance")[:2])


class SourceTest(ConsoleTestCase):
    def test_the_library_finds_the_source(self):
        self.run_code("def f():\n    return 1  # one\n", 3)
        text = self.run_code("import inspect\nprint(inspect.getsource(f))", 4)
        self.assertEqual("def f():\n    return 1  # one\n\n", text)

    def test_names_of_files_are_left_alone(self):
        path = os.path.join(self.folder, "script.py")
        self.assertEqual(["ok"], self.ask("run", "def f(): pass", 0, path))
        self.assertFalse(path in linecache.cache)

    def test_pieces_of_one_text_are_kept_together(self):
        def run(source):
            return self.ask("run", source, 0, "<stdin>")

        self.assertEqual(["ok"], run("def f(x):\n    return 1 / x\n"))
        self.assertEqual(["ok"], run("\n\n\ndef g(x):\n    return f(x)\n"))
        traceback = run("\n\n\n\n\n\n\ng(0)\n")[3]
        self.assertIn('line 8, in <module>\n    g(0)\n', traceback)
        self.assertIn('line 5, in g\n    return f(x)\n', traceback)
        self.assertIn('line 2, in f\n    return 1 / x\n', traceback)
        self.assertIn("Source:\ndef f(x):\n    return 1 / x", self.ask("inspect", "f", 2)[0])

    def test_only_so_much_is_kept(self):
        for number in range(1, 1200):
            self.run_code(f"{number}", number)
        console = _console.console
        self.assertEqual((1000, 1000), (len(console.inputs), len(console.outputs)))
        self.assertEqual(1199, console.outputs[1199])
        self.assertFalse("<input 1>" in linecache.cache)
        self.assertTrue("<input 1199>" in linecache.cache)

    def test_definitions_are_kept_longer_than_the_rest(self):
        self.run_code("def f():\n    raise ValueError\n", 1)
        for number in range(2, 1100):
            self.run_code("x = 1", number)
        self.assertIn("    raise ValueError\n", self.fail_code("f()", 2000)[2])

    @unittest.skipUnless(hasattr(sys, "getallocatedblocks"), "nobody counts")
    def test_a_long_session_leaks_nothing(self):
        for module in (_console, _sources):
            self.addCleanup(setattr, module, "KEPT", module.KEPT)
            module.KEPT = 50

        def session(first, count):
            for number in range(first, first + count):
                self.ask("check", "x = [\n")
                self.run_code(f"x = [{number}, 'a']\nx", number)
                self.ask("complete", "x.ap", 4)
                if number % 10 == 0:
                    self.fail_code("1/0", number)
                    self.run_code("def f(a):\n    return a", number)
            self.host.said.clear()
            gc.collect()
            return sys.getallocatedblocks()

        # Until all that is kept is full, then twice as long again.
        before = session(1, 1_000)
        self.assertLess(session(1_001, 2_000) - before, 1_000)


class StreamTest(ConsoleTestCase):
    def test_lines_are_sent_as_they_are_printed(self):
        self.run_code("print('a')\nprint('b')")
        self.assertEqual([("out", "a\n"), ("out", "b\n")], self.host.said)

    def test_a_line_without_an_end_is_sent_at_the_end(self):
        self.run_code("print('a', end='')")
        self.assertEqual([("out", "a")], self.host.said)

    def test_flushing_sends_at_once(self):
        self.run_code("print('a', end='', flush=True)\nprint('b', end='')\nsum([])")
        self.assertEqual("a", self.host.said[0][1])

    def test_long_lines_are_sent_in_pieces(self):
        self.run_code("for i in range(200):\n    print('x' * 1000, end='')\n")
        self.assertGreater(len(self.host.said), 1)
        self.assertEqual(200_000, len(self.text("out")))

    def test_what_an_error_cut_off_is_sent(self):
        self.fail_code("print('a', end='')\n1/0")
        self.assertEqual("a", self.text("out"))

    def test_standard_error_is_apart(self):
        self.run_code("import sys\nprint('a', file=sys.stderr)")
        self.assertEqual([("err", "a\n")], self.host.said)

    def test_bytes_can_be_written(self):
        self.run_code("import sys\nx = sys.stdout.buffer.write('é\\n'.encode())")
        self.assertEqual("é\n", self.text("out"))

    def test_the_streams_cannot_be_closed(self):
        self.run_code("import sys\nsys.stdout.close()\nsys.stdin.close()\nprint('a')")
        self.assertEqual("a\n", self.text("out"))

    def test_what_is_no_text_is_refused(self):
        self.assertEqual("TypeError", self.fail_code("import sys\nsys.stdout.write(b'a')")[0])

    def test_a_stream_of_the_users_is_used(self):
        self.run_code("import sys, io\nkept = sys.stdout\nsys.stdout = io.StringIO()\n1")
        self.run_code("text = sys.stdout.getvalue()\nsys.stdout = kept")
        self.assertEqual("'1\\n'\n", self.run_code("text"))

    def test_several_threads_may_print(self):
        self.run_code(
            "import threading\n"
            "def f(n):\n"
            "    for i in range(100):\n"
            "        print(f'{n} {i}\\n', end='')\n"
            "threads = [threading.Thread(target=f, args=(n,)) for n in range(4)]\n"
            "for thread in threads: thread.start()\n"
            "for thread in threads: thread.join()\n"
        )
        self.assertEqual(400, len([line for line in self.text("out").split("\n") if line]))

    def test_help_is_printed_whole(self):
        self.assertIn("Return the number of items", self.run_code("help(len)"))


class InputTest(ConsoleTestCase):
    def test_input_asks_the_host(self):
        self.host.lines = ["Ann"]
        self.run_code("name = input('Name? ')")
        self.assertEqual("'Ann'\n", self.run_code("name"))
        self.assertEqual(["Name? "], self.host.prompts)

    def test_what_was_printed_comes_first(self):
        self.host.lines = ["x"]
        host_input = self.host.input
        seen = []
        self.host.input = lambda prompt: (seen.append(self.text("out")), host_input(prompt))[1]
        _console.console._host = self.host
        self.run_code("print('a', end='')\nx = input()")
        self.assertEqual(["a"], seen)

    def test_the_end_of_input_is_an_eof_error(self):
        kind, message, traceback = self.fail_code("input()")
        self.assertEqual("EOFError", kind)
        self.assertNotIn("_console", traceback)

    def test_the_standard_input_reads_lines(self):
        self.host.lines = ["a", "b", "", "c"]
        text = self.run_code("import sys; read = sys.stdin.readline\nread()\nlist(sys.stdin)\nread()")
        self.assertEqual("'a\\n'\n['b\\n', '\\n', 'c\\n']\n''\n", text)

    def test_the_standard_input_reads_parts(self):
        self.host.lines = ["abc", "def"]
        text = self.run_code("import sys\nsys.stdin.read(2)\ninput()\nsys.stdin.read()")
        self.assertEqual("'ab'\n'c'\n'def\\n'\n", text)

    def test_the_standard_input_reads_bytes(self):
        self.host.lines = ["é", "b"]
        text = self.run_code("import sys\nsys.stdin.buffer.readline()\nsys.stdin.buffer.read()")
        self.assertEqual("b'\\xc3\\xa9\\n'\nb'b\\n'\n", text)

    def test_a_standard_input_of_the_users_is_read(self):
        self.run_code("import sys, io\nkept = sys.stdin\nsys.stdin = io.StringIO('mine\\n')")
        self.assertEqual("'mine'\n", self.run_code("x = input()\nsys.stdin = kept\nx"))

    def test_an_interruption_while_reading(self):
        def interrupt(prompt):
            raise KeyboardInterrupt

        self.host.input = interrupt
        self.assertEqual(["interrupted"], self.ask("run", "input()", 1, "<input 1>"))


class OpeningTest(ConsoleTestCase):
    def test_the_numbers_of_the_session(self):
        self.open(worker=2, workers=4)
        self.assertEqual("(2, 4)\n", self.run_code("import pyparallel as p\np.worker, p.workers"))

    def test_a_seed_gives_every_console_its_own_numbers(self):
        state = random.getstate()
        self.addCleanup(random.setstate, state)
        drawn = []
        for worker in (0, 1, 0):
            self.open(worker=worker, seed="7")
            drawn.append(self.run_code("import random\nrandom.random()"))
        self.assertEqual(drawn[0], drawn[2])
        self.assertNotEqual(drawn[0], drawn[1])
        self.assertIsNotNone(pyparallel.seed)

    def test_folders_to_import_from(self):
        with open(os.path.join(self.folder, "console_folder_module.py"), "w") as file:
            file.write("x = 5\n")
        self.addCleanup(sys.modules.pop, "console_folder_module", None)
        self.open(paths="1", path0=self.folder)
        self.assertEqual("5\n", self.run_code("import console_folder_module as m\nm.x"))

    def test_an_environment_that_is_none(self):
        with self.assertRaises(ScriptError) as caught:
            self.open(venv=self.folder)
        self.assertEqual("usage", caught.exception.kind)

    def test_modules_can_tell_that_somebody_types(self):
        self.assertEqual("True\n", self.run_code("import sys\nhasattr(sys, 'ps1')"))


if __name__ == "__main__":
    unittest.main()
