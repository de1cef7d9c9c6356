"""What magics have done inside an interpreter."""

import os.path
import tempfile

from consoles import ConsoleTestCase


class MagicTest(ConsoleTestCase):
    def call(self, function, *arguments):
        return self.ask("call", function, *arguments)

    def test_the_function_is_told_from_the_iterable(self):
        for text, function, iterable in (
            ("f xs", "f", "xs"),
            ("f, xs", "f", "xs"),
            ("lambda x: x * x data", "lambda x: x * x", "data"),
            ("str.upper ['a b', 'c']", "str.upper", "['a b', 'c']"),
            ("f (1, 2)", "f", "(1, 2)"),
        ):
            self.assertEqual(["ok", function, iterable], self.call("_magic_map.plan", text))

    def test_what_is_no_pair_of_expressions_is_refused(self):
        for text in ("f", "def x", "f )"):
            self.assertEqual("error", self.call("_magic_map.plan", text)[0])

    def test_needs_are_definitions_and_values(self):
        self.run_code("k = 1\ndef g(x):\n    return x + k\n")
        self.run_code("def f(x):\n    return [g(y) for y in x]\n")
        self.run_code("class C:\n    def m(self):\n        return other\n")
        self.run_code("other = 2; unused = 3")

        self.assertEqual(["ok", "f,g", "k"], self.call("_magic_values.needs", "f([1])"))
        self.assertEqual(["ok", "C", "other"], self.call("_magic_values.needs", "C().m()"))
        self.assertEqual(["ok", "", ""], self.call("_magic_values.needs", "def ("))

    def test_parts_differ_by_one_at_most_and_join_again(self):
        self.run_code("x = list(range(11))")

        answer = self.call("_magic_values.cut", "x", "4")
        self.assertEqual(["2", "3", "3", "3"], answer[1::2])
        self.run_code("x = None")
        self.assertEqual(["ok", "11"], self.call("_magic_values.join", "x", *answer[2::2]))
        self.assertEqual("True\n", self.run_code("x == list(range(11))"))

    def test_fewer_items_than_parts(self):
        self.run_code("x = 'ab'")

        answer = self.call("_magic_values.cut", "x", "3")
        self.assertEqual(["0", "1", "1"], answer[1::2])
        self.assertEqual(["ok", "2"], self.call("_magic_values.join", "x", *answer[2::2]))

    def test_joining_what_does_not_go_together_is_refused(self):
        pickles = []
        for code in ("[1]", "(1,)"):
            self.run_code(f"x = {code}")
            pickles.append(self.call("_magic_values.cut", "x", "1")[2])

        self.assertEqual(
            ["error", "x is a list here, a tuple there"],
            self.call("_magic_values.join", "x", *pickles),
        )

    def test_what_cannot_be_sent_is_left_out_of_a_parcel(self):
        self.run_code("import threading; lock = threading.Lock(); x = 1")

        parcel = self.call("_magic_values.parcel", "lock,x")
        self.run_code("del lock, x")
        self.ask("load", parcel[1])
        self.assertEqual("1\n", self.run_code("x"))
        self.assertEqual(["ok"], self.call("_magic_values.parcel", "threading")[:1])

    def test_comparing(self):
        self.run_code("x = {1.0: [2]}; f = lambda: 1; nan = float('nan')")
        for name in ("x", "f", "nan"):
            what, data, _ = self.call("_magic_values.portrait", name)[1:]
            self.assertEqual(
                ["ok", "same"], self.call("_magic_values.compare", name, what, data)[:2]
            )
        what, data, _ = self.call("_magic_values.portrait", "x")[1:]
        self.run_code("x = {1.0: [3]}")
        self.assertEqual("differs", self.call("_magic_values.compare", "x", what, data)[1])
        self.run_code("del x")
        self.assertEqual("not defined", self.call("_magic_values.compare", "x", what, data)[1])

    def test_timing(self):
        loops, runs, best, mean, deviation = self.call("_magic_time.timeit", "1 + 1", "10", "3")[1:]
        self.assertEqual(("10", "3"), (loops, runs))
        self.assertLessEqual(float(best), float(mean))
        self.assertGreaterEqual(float(deviation), 0)

    def test_code_that_fails_is_shown_without_the_measuring(self):
        answer = self.call("_magic_time.timeit", "1 / 0", "1", "1")
        self.assertEqual(["error", "ZeroDivisionError"], answer[:2])
        self.assertNotIn("timeit.py", answer[3])

    def test_a_script_over_lines(self):
        with tempfile.TemporaryDirectory() as folder:
            script = os.path.join(folder, "script.py")
            lines = os.path.join(folder, "lines.txt")
            with open(script, "w") as file:
                file.write(
                    "async def process(line):\n"
                    "    return (x for x in (line, [line]))\n"
                    "def teardown():\n    print('end')\n"
                )
            with open(lines, "w") as file:
                file.write("a\nb\n")

            self.assertEqual(["ok"], self.call("_magic_run.over", script, lines))
            self.assertEqual('a\n["a"]\nb\n["b"]\nend\n', self.text("out"))

    def test_an_exit_is_told(self):
        with tempfile.TemporaryDirectory() as folder:
            script = os.path.join(folder, "script.py")
            with open(script, "w") as file:
                file.write("raise SystemExit(4)\n")

            self.assertEqual(["exit", "4"], self.call("_magic_run.script", script))
