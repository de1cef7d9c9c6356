"""What is shown of a value that somebody asks about."""

import unittest

from consoles import ConsoleTestCase


class InspectTest(ConsoleTestCase):
    def about(self, expression, detail=1):
        (text,) = self.ask("inspect", expression, detail)
        return text

    def test_a_function(self):
        self.run_code("def f(a, b=1):\n    '''Adds.\n\n    Both.\n    '''\n    return a + b", 3)
        self.assertEqual(
            "Signature: f(a, b=1)\nType:      function\nFile:      <input 3>:1\n"
            "Docstring:\nAdds.\n\nBoth.",
            self.about("f"),
        )

    def test_a_function_with_its_source(self):
        source = "def f(a):\n    '''Doc.'''\n    return a\n"
        self.run_code("x = 1\n" + source + "y = 2")
        text = self.about("f", 2)
        self.assertTrue(text.endswith("Source:\n" + source.rstrip()), text)
        self.assertNotIn("Docstring", text)

    def test_a_decorated_function_shows_its_decorators(self):
        self.run_code("import functools\n@functools.lru_cache\ndef f(a):\n    return a")
        self.assertIn("Source:\n@functools.lru_cache\ndef f(a):\n    return a", self.about("f", 2))

    def test_a_class(self):
        self.run_code("class A:\n    '''An A.'''\n    def __init__(self, size):\n        pass")
        text = self.about("A")
        self.assertIn("Signature: A(size)\nType:      type\n", text)
        self.assertIn("Docstring:\nAn A.", text)
        self.assertIn("Source:\nclass A:\n", self.about("A", 2))

    def test_a_class_without_methods_has_its_source_too(self):
        self.run_code("class A:\n    x = 1\n")
        self.assertIn("Source:\nclass A:\n    x = 1", self.about("A", 2))

    def test_a_lambda(self):
        self.run_code("f = lambda x: x + 1")
        self.assertIn("(lambda x: x + 1)", self.about("f", 2))

    def test_a_value(self):
        self.run_code("x = [1, 2]")
        lines = self.about("x").split("\n")
        self.assertEqual(
            ["Type:      list", "Value:     [1, 2]", "Length:    2", "Docstring:"], lines[:4]
        )

    def test_a_large_value_is_cut(self):
        self.run_code("x = 'a' * 10**6")
        self.assertLess(len(self.about("x").split("\n")[1]), 100)

    def test_a_module_of_the_library(self):
        self.run_code("import colorsys")
        text = self.about("colorsys")
        self.assertIn("Type:      module\nFile:      ", text)
        self.assertIn("Conversion functions", text)
        self.assertIn("def rgb_to_yiq", self.about("colorsys", 2))

    def test_a_function_of_the_library(self):
        self.run_code("import colorsys")
        self.assertIn("Source:\ndef hls_to_rgb(h, l, s):", self.about("colorsys.hls_to_rgb", 2))

    def test_a_builtin_has_no_source(self):
        self.assertIn("Docstring:\nReturn the number of items", self.about("len", 2))

    def test_methods_and_items(self):
        self.run_code("d = {'a': 'text'}\nclass A:\n    def f(self, x): pass\na = A()")
        self.assertIn("Signature: f(x)\nType:      method\n", self.about("a.f"))
        self.assertIn("Value:     'text'", self.about("d['a']"))

    def test_a_property_is_shown_itself(self):
        self.run_code(
            "class A:\n    @property\n    def p(self):\n        '''What.'''\n        1/0\na = A()"
        )
        self.assertIn("Type:      property", self.about("a.p"))
        self.assertIn("Docstring:\nWhat.", self.about("a.p"))

    def test_what_is_unknown_shows_nothing(self):
        for expression in ("nowhere", "", "len.x", "1 +", "f()", "import os", "len(x)"):
            self.assertEqual("", self.about(expression), expression)

    def test_question_marks_and_blanks_are_dropped(self):
        self.run_code("x = 1")
        self.assertEqual(self.about("x"), self.about(" x? "))
        self.assertEqual(self.about("x"), self.about("??x"))

    def test_broken_values_are_shown_as_far_as_possible(self):
        self.run_code(
            "class A:\n"
            "    __doc__ = property(lambda self: 1/0)\n"
            "    def __repr__(self): 1/0\n"
            "    def __len__(self): 1/0\n"
            "    def __getattr__(self, name): 1/0\n"
            "a = A()"
        )
        self.assertIn("Value:     <A instance at", self.about("a"))
        self.assertIn("class A", self.about("a", 2))


if __name__ == "__main__":
    unittest.main()
