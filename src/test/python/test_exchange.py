"""Values on their way from one console to another."""

import binascii
import sys
import unittest

from consoles import ConsoleTestCase


class ExchangeTest(ConsoleTestCase):
    def dump(self, names):
        answer = self.ask("dump", names)
        self.assertEqual(1, len(answer), answer)
        return answer[0]

    def refused(self, names):
        status, reason = self.ask("dump", names)
        self.assertEqual("error", status)
        return reason

    def carried(self, source, names):
        """Runs code, and takes what ``names`` says to an empty console."""
        self.run_code(source, 1)
        data = self.dump(names)
        self.ask("reset")
        self.assertEqual(["ok"], self.ask("load", data))

    def test_plain_values(self):
        self.carried("a = 1\nb = [a, 'x', {2: 3.5}, {4}, (None,)]\nc = b'\\0'", "a,b")
        self.assertEqual("(1, [1, 'x', {2: 3.5}, {4}, (None,)])\n", self.run_code("a, b"))
        self.assertEqual(["a", "b"], self.names())

    def test_names_may_have_blanks_around(self):
        self.carried("a = 1\nb = 2", " a , b")
        self.assertEqual(["a", "b"], self.names())

    def test_what_is_shared_stays_shared(self):
        self.carried("a = []\nb = [a]", "a,b")
        self.assertEqual("True\n", self.run_code("b[0] is a"))

    def test_loading_replaces(self):
        self.run_code("a = 1")
        data = self.dump("a")
        self.run_code("a = 2\nb = 3")
        self.ask("load", data)
        self.assertEqual("(1, 3)\n", self.run_code("a, b"))

    def test_modules_are_imported(self):
        self.carried("import os.path as p, colorsys", "p,colorsys")
        self.assertEqual("('b', 'colorsys')\n", self.run_code("p.basename('a/b'), colorsys.__name__"))

    def test_functions_of_modules_go_by_name(self):
        self.carried("from os.path import basename", "basename")
        self.assertEqual("'b'\n", self.run_code("basename('a/b')"))

    def test_a_typed_function(self):
        self.carried("x = 1\ndef f(a):\n    return a + 1\ny = 2", "f")
        self.assertEqual("3\n", self.run_code("f(2)"))
        self.assertEqual(["f"], self.names())

    def test_a_typed_function_can_go_on_from_there(self):
        self.carried("def f(a):\n    return a + 1", "f")
        data = self.dump("f")
        self.ask("reset")
        self.ask("load", data)
        self.assertEqual("3\n", self.run_code("f(2)"))

    def test_its_source_comes_with_it(self):
        self.carried("def f(a):\n    return 1 / a", "f")
        self.assertIn("    return 1 / a\n", self.fail_code("f(0)", 5)[2])
        self.assertIn("def f(a):", self.ask("inspect", "f", 2)[0])

    def test_a_function_under_another_name(self):
        self.run_code("def f():\n    return 'old'\ng = f", 1)
        self.run_code("def f():\n    return 'new'", 2)
        data = self.dump("g")
        self.run_code("f = 'mine'", 3)
        self.ask("load", data)
        self.assertEqual("('old', 'mine')\n", self.run_code("g(), f", 4))

    def test_a_lambda(self):
        self.carried("f = lambda x: x * 2", "f")
        self.assertEqual("8\n", self.run_code("f(4)"))

    def test_two_lambdas_on_a_line_cannot_be_told_apart(self):
        self.run_code("f, g = lambda: 1, lambda: 2")
        self.assertIn("the source of the function <lambda> is not known", self.refused("f"))

    def test_a_decorated_function(self):
        self.carried("import functools\n@functools.lru_cache\ndef f(a):\n    return a + 1\n", "f")
        self.assertEqual("3\n", self.run_code("f(2)"))

    def test_a_function_decorated_by_one_that_was_typed(self):
        self.carried(
            "import functools\n"
            "def twice(f):\n"
            "    @functools.wraps(f)\n"
            "    def g(a):\n"
            "        return f(f(a))\n"
            "    return g\n"
            "@twice\n"
            "def f(a):\n"
            "    return a + 1\n",
            "f",
        )
        self.assertEqual("4\n", self.run_code("f(2)"))

    def test_imports_travel_along(self):
        self.carried(
            "import math, os.path as p\nfrom collections import Counter\n"
            "def f(x):\n    return math.floor(x), p.basename('a/b'), [Counter(y) for y in 'a']\n",
            "f",
        )
        self.assertEqual("(1, 'b', [Counter({'a': 1})])\n", self.run_code("f(1.5)"))

    def test_functions_that_are_called_travel_along(self):
        self.carried(
            "def even(n):\n    return n == 0 or odd(n - 1)\n"
            "def odd(n):\n    return n != 0 and even(n - 1)\n",
            "even",
        )
        self.assertEqual("(True, False)\n", self.run_code("even(10), even(7)"))

    def test_data_does_not_travel_along(self):
        self.carried("n = 5\ndef f():\n    return n", "f")
        self.assertEqual("NameError", self.fail_code("f()")[0])

    def test_what_travels_along_replaces_nothing(self):
        self.run_code("def g():\n    return 'theirs'\ndef f():\n    return g()", 1)
        data = self.dump("f")
        self.run_code("def g():\n    return 'ours'", 2)
        self.ask("load", data)
        self.assertEqual("'ours'\n", self.run_code("f()"))

    def test_values_of_a_typed_class(self):
        source = "class A:\n    def __init__(self, x):\n        self.x = x\na = [A(1), A(2)]"
        self.carried(source, "a")
        self.assertEqual("[1, 2]\n", self.run_code("[b.x for b in a]"))
        self.assertEqual("True\n", self.run_code("type(a[0]) is A"))

    def test_a_class_that_is_there_is_used(self):
        self.run_code("class A:\n    def f(self): return 'theirs'\na = A()", 1)
        data = self.dump("a")
        self.run_code("class A:\n    def f(self): return 'ours'\n", 2)
        self.ask("load", data)
        self.assertEqual("'ours'\n", self.run_code("a.f()"))

    def test_a_class_that_was_asked_for_replaces(self):
        self.run_code("class A:\n    x = 'theirs'\n", 1)
        data = self.dump("A")
        self.run_code("class A:\n    x = 'ours'\n", 2)
        self.ask("load", data)
        self.assertEqual("'theirs'\n", self.run_code("A.x"))

    def test_classes_with_bases_decorators_and_metaclasses(self):
        self.carried(
            "from dataclasses import dataclass\nfrom enum import Enum\n"
            "class Base:\n    pass\n"
            "@dataclass\nclass A(Base):\n    x: int = 1\n"
            "class Color(Enum):\n    RED = 1\n"
            "a = A(5)\nc = Color.RED",
            "a,c",
        )
        self.assertEqual("(A(x=5), True)\n", self.run_code("a, isinstance(a, Base)"))
        self.assertEqual("True\n", self.run_code("c is Color.RED"))

    def test_classes_that_are_made_by_a_call(self):
        source = "from collections import namedtuple\nP = namedtuple('P', 'x y')\np = P(1, 2)"
        self.carried(source, "p")
        self.assertEqual("P(x=1, y=2)\n", self.run_code("p"))

    def test_unknown_names(self):
        self.assertEqual("there is no nowhere here", self.refused("nowhere"))

    def test_what_cannot_be_carried_is_named(self):
        self.run_code("a = 1\nb = (x for x in 'a')\nimport threading\nlock = [threading.Lock()]")
        self.assertRegex(self.refused("a,b"), "^b: cannot pickle 'generator' object")
        self.assertRegex(self.refused("lock"), "^lock: cannot pickle '_thread")

    def test_functions_made_in_functions_are_refused(self):
        self.run_code("def f():\n    def g(): pass\n    class C: pass\n    return g, C\ng, C = f()")
        self.assertEqual(
            "g: the function f.<locals>.g is made inside another: define it at the top level",
            self.refused("g"),
        )
        self.assertIn("the class f.<locals>.C is made inside another", self.refused("C"))

    def test_functions_without_source_are_refused(self):
        self.run_code("exec('def f(): pass')")
        self.assertEqual(
            "f: the source of the function f is not known here: type it again", self.refused("f")
        )

    def test_too_deep_a_value_is_refused(self):
        self.run_code("x = []\nfor i in range(100000):\n    x = [x]\n")
        self.assertEqual("x: it is nested too deeply for pickle", self.refused("x"))
        self.run_code("while x: x = x[0]\n")

    def test_what_cannot_be_loaded(self):
        data = binascii.b2a_base64(b"cnowhere\nthing\n.").decode()
        status, reason = self.ask("load", data)
        self.assertEqual("error", status)
        self.assertIn("No module named 'nowhere'", reason)
        self.assertIn(f"Python 3.{sys.version_info[1]}", reason)
        self.assertEqual("error", self.ask("load", "nothing of that kind")[0])


if __name__ == "__main__":
    unittest.main()
