"""What is offered where somebody types."""

import os
import sys
import unittest

from consoles import ConsoleTestCase


class NameTest(ConsoleTestCase):
    def test_names_of_the_users(self):
        self.run_code("alpha = 1\nalphabet = 2\nbeta = 3")
        self.assertEqual(("alp", ["alpha", "alphabet"]), self.candidates("alp"))
        self.assertEqual(("alphabe", ["alphabet"]), self.candidates("x = (1 + alphabe"))

    def test_what_stands_behind_the_cursor_does_not_count(self):
        self.run_code("alpha = 1")
        self.assertEqual(("al", ["alpha", "all"]), self.candidates("al", "x.y"))

    def test_builtins_and_keywords_come_behind(self):
        self.run_code("importance = 1")
        self.assertEqual(("imp", ["importance", "import"]), self.candidates("imp"))
        self.assertEqual(("enum", ["enumerate"]), self.candidates("enum"))

    def test_nothing_typed_offers_all_but_hidden_names(self):
        self.run_code("_mine = 1\nyours = 2")
        word, texts = self.candidates("")
        self.assertIn("yours", texts)
        self.assertIn("while", texts)
        self.assertFalse([text for text in texts if text.startswith("_")])
        self.assertEqual(len(texts), len(set(texts)))

    def test_underscores_bring_up_hidden_names(self):
        self.run_code("_mine = 1")
        texts = self.candidates("_")[1]
        self.assertIn("_mine", texts)
        self.assertNotIn("__name__", texts)
        self.assertIn("__name__", self.candidates("__")[1])

    def test_kinds_and_what_follows(self):
        self.run_code("import sys\nsystem = 1")
        self.assertEqual(
            ["0", "sys", "module", "", "system", "name", ""], self.ask("complete", "sys", 3)
        )
        self.assertEqual(["0", "lambda", "keyword", " "], self.ask("complete", "lamb", 4))
        self.assertEqual(["0", "finally", "keyword", ":"], self.ask("complete", "final", 5))
        self.assertEqual(["0", "continue", "keyword", ""], self.ask("complete", "contin", 6))

    def test_names_of_any_alphabet(self):
        self.run_code("größe = 1")
        self.assertEqual(("grö", ["größe"]), self.candidates("grö"))

    def test_positions_count_utf16_units(self):
        self.run_code("alpha = 1")
        self.assertEqual(["6", "alpha", "name", ""], self.ask("complete", "'😀', alph", 10))
        self.assertEqual(["6", "alpha", "name", ""], self.ask("complete", "'😀', alph ", 10))

    def test_nothing_in_strings_comments_and_numbers(self):
        self.run_code("alpha = 1")
        for before in ("'al", '"""\nal', "x = 'al", "# al", "1", "0x", "1.", "..."):
            self.assertEqual([], self.candidates(before)[1], before)

    def test_several_lines(self):
        self.run_code("alpha = 'a'")
        self.assertEqual(("alp", ["alpha"]), self.candidates("def f():\n    x = '''\n'''\n    alp"))
        self.assertEqual(("upp", ["upper"]), self.candidates("f(\n    alpha.upp"))

    def test_arguments_of_a_function(self):
        self.run_code("def f(first, /, second, *rest, third=1, **more): fourth = 1")
        self.assertEqual(("thi", ["third="]), self.candidates("f(1, thi"))
        self.assertEqual(["second=", "third="], self.candidates("x = f(")[1][:2])
        self.assertNotIn("first=", self.candidates("f(")[1])
        self.assertNotIn("third=", self.candidates("f(thi.")[1])
        self.assertNotIn("third=", self.candidates("f(a + ")[1])

    def test_arguments_of_a_method_and_of_a_class(self):
        self.run_code(
            "class A:\n    def __init__(self, size): pass\n    def f(self, deep): pass\na = A(1)"
        )
        self.assertEqual("deep=", self.candidates("a.f(")[1][0])
        self.assertEqual("size=", self.candidates("A(")[1][0])
        self.assertNotIn("self=", self.candidates("A(")[1])

    def test_arguments_of_what_has_none_to_tell(self):
        for before in ("len(", "int(", "nowhere(", "(", "a[0](", "print ("):
            self.assertFalse([text for text in self.candidates(before)[1] if "=" in text], before)


class AttributeTest(ConsoleTestCase):
    def test_attributes_of_values(self):
        self.run_code("class A:\n    size = 1\n    def f(self): pass\na = A()\na.own = 2")
        self.assertEqual(("", ["f", "own", "size"]), self.candidates("a."))
        self.assertEqual(("s", ["size"]), self.candidates("print(a.s"))
        self.assertEqual(("s", ["size"]), self.candidates("A.s"))
        self.assertEqual(["2", "own", "attribute", ""], self.ask("complete", "a.o", 3))

    def test_hidden_attributes_want_underscores(self):
        self.run_code("class A:\n    _x = 1\n    __y = 2")
        self.assertNotIn("_x", self.candidates("A.")[1])
        self.assertIn("_x", self.candidates("A._")[1])
        self.assertNotIn("__init__", self.candidates("A._")[1])
        self.assertIn("__init__", self.candidates("A.__")[1])

    def test_attributes_of_attributes(self):
        self.run_code("import os\nclass A: pass\na = A()\na.b = A()\na.b.c = 'text'")
        self.assertEqual(("joi", ["join"]), self.candidates("os.path.joi"))
        self.assertEqual(("upp", ["upper"]), self.candidates("a.b.c.upp"))

    def test_attributes_of_items(self):
        self.run_code("d = {'k': ['text', 1]}\nt = (1, 2)")
        self.assertEqual(("upp", ["upper"]), self.candidates("d['k'][0].upp"))
        self.assertEqual(("upp", ["upper"]), self.candidates("d['k'][-2].upp"))
        self.assertEqual(("bit_l", ["bit_length"]), self.candidates("t[0].bit_l"))
        self.assertEqual([], self.candidates("d['none'].")[1])
        self.assertEqual([], self.candidates("t[9].")[1])

    def test_attributes_of_literals(self):
        literals = ("'a b'", '""', "r'\\\\'", "'''a'''", "f'{x}'", "x = ('a')")
        for before in (literal + ".upp" for literal in literals):
            self.assertEqual(("upp", ["upper"]), self.candidates(before), before)
        self.assertEqual(("appe", ["append"]), self.candidates("[1, 2].appe"))
        self.assertEqual(("appe", ["append"]), self.candidates("[x for x in y].appe"))
        self.assertEqual(("ite", ["items"]), self.candidates("{}.ite"))

    def test_attributes_of_constants(self):
        self.assertEqual(("bit_l", ["bit_length"]), self.candidates("True.bit_l"))

    def test_calls_are_not_made(self):
        self.run_code("def f():\n    print('called')\n    return 'text'")
        for before in ("f().", "f()[0].", "(f()).", "f().upper().", "[f()][0].", "f(x).y."):
            self.assertEqual([], self.candidates(before)[1], before)
        self.assertEqual("", self.text("out"))

    def test_properties_are_not_evaluated(self):
        self.run_code(
            "class A:\n"
            "    @property\n"
            "    def p(self): print('called'); return 'text'\n"
            "    def __getattr__(self, name): print('called'); raise AttributeError\n"
            "    def __getattribute__(self, name):\n"
            "        print('called'); return object.__getattribute__(self, name)\n"
            "class Items(dict):\n"
            "    def __getitem__(self, key): print('called'); return 'text'\n"
            "a = A()\ni = Items()"
        )
        for before in ("a.p.", "a.nowhere.", "a.p.x.", "i['a'].", "i[0]."):
            self.assertEqual([], self.candidates(before)[1], before)
        self.assertEqual("", self.text("out"))

    def test_descriptors_of_the_users_are_not_called(self):
        self.run_code(
            "class D:\n"
            "    def __get__(self, thing, kind): print('called'); return 'text'\n"
            "class E(D):\n"
            "    def __set__(self, thing, value): pass\n"
            "class A:\n    d = D()\n    e = E()\na = A()"
        )
        for before in ("a.d.", "A.d.", "a.e."):
            self.assertEqual([], self.candidates(before)[1], before)
        self.assertEqual("", self.text("out"))

    def test_slots_and_what_c_defines_are_read(self):
        self.run_code("class A:\n    __slots__ = ('s',)\na = A()\na.s = 'text'\nz = 1j")
        self.assertEqual(("upp", ["upper"]), self.candidates("a.s.upp"))
        self.assertEqual(("is_int", ["is_integer"]), self.candidates("z.real.is_int"))

    def test_methods_have_attributes_too(self):
        self.run_code(
            "class A:\n    @classmethod\n    def c(cls): pass\n    def f(self): pass\na = A()"
        )
        self.assertIn("__self__", self.candidates("a.f.__")[1])
        self.assertIn("__func__", self.candidates("A.c.__")[1])
        self.assertIn("__code__", self.candidates("A.f.__")[1])

    def test_a_broken_dir_does_no_harm(self):
        self.run_code("class A:\n    def __dir__(self): 1/0\na = A()")
        self.run_code("class B:\n    def __dir__(self): return ['x', 'a b']\nb = B()")
        self.assertEqual(["2"], self.ask("complete", "a.", 2))
        self.assertEqual(("", ["x"]), self.candidates("b."))

    def test_unknown_names(self):
        self.assertEqual(["8"], self.ask("complete", "nowhere.", 8))

    def test_modules(self):
        self.run_code("import sys")
        self.assertEqual(("version_inf", ["version_info"]), self.candidates("sys.version_inf"))


class KeyTest(ConsoleTestCase):
    def test_keys_of_a_dict(self):
        self.run_code("d = {'alpha': 1, 'beta': 2, 5: 3}")
        self.assertEqual(["3", "alpha", "key", "']"], self.ask("complete", "d['al", 5))
        self.assertEqual(["3", "beta", "key", '"]'], self.ask("complete", 'd["b', 4))
        self.assertEqual(("", ["alpha", "beta"]), self.candidates("d['"))

    def test_keys_deeper_down(self):
        self.run_code("class A: pass\na = A()\na.d = {'x': {'yes': 1}}")
        self.assertEqual(("y", ["yes"]), self.candidates("a.d['x']['y"))

    def test_keys_with_blanks_go_in_quotes_with_quotes_do_not(self):
        self.run_code("d = {'a b': 1, 'it\\'s': 2, 'back\\\\': 3, 'line\\n': 4}")
        self.assertEqual(("", ["a b"]), self.candidates("d['"))
        self.assertEqual(("a ", ["a b"]), self.candidates("d['a "))
        self.assertEqual(("", ["a b", "it's"]), self.candidates('d["'))

    def test_nothing_for_what_is_no_dict(self):
        self.run_code("x = 'text'")
        for before in ("x['", "nowhere['", "['", "x = ['", "f('", "d['''"):
            self.assertEqual([], self.candidates(before)[1], before)


class ModuleTest(ConsoleTestCase):
    def module(self, name, source=""):
        path = os.path.join(self.folder, *name.split("/"))
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(source)

    def on_path(self):
        sys.path = [*sys.path, self.folder]
        sys.path_importer_cache.pop(self.folder, None)

    def test_modules_of_the_library(self):
        for before in ("import colors", "from colors", "import os, colors", "y = 2\nimport colors"):
            self.assertEqual(("colors", ["colorsys"]), self.candidates(before), before)
        self.assertIn("sys", self.candidates("import sy")[1])
        self.assertNotIn("colorsys", sys.modules)

    def test_behind_a_semicolon_too(self):
        self.assertEqual(("colors", ["colorsys"]), self.candidates("x = 1; import colors"))

    def test_modules_of_a_package(self):
        self.assertEqual(("dom", ["dom"]), self.candidates("import xml.dom"))
        self.assertIn("minidom", self.candidates("import xml.dom.")[1])
        self.assertIn("minidom", self.candidates("from xml.dom.mini")[1])
        self.assertIn("minidom", self.candidates("from xml.dom import mini")[1])
        self.assertEqual([], self.candidates("import nowhere.")[1])

    def test_members_of_a_module_that_is_loaded(self):
        for before in ("from os import getcw", "from os import (sep, getcw"):
            self.assertEqual(("getcw", ["getcwd", "getcwdb"]), self.candidates(before))
        self.assertEqual(("isab", ["isabs"]), self.candidates("from os.path import isab"))

    def test_modules_are_not_imported(self):
        self.module(
            "console_a.py",
            "1/0\nalpha = 1\nbeta, gamma = 2, 3\ndef f(): pass\nif f:\n    class C: pass\n"
            "import os.path as p\n",
        )
        self.module("console_p/__init__.py", "print('imported')\ninner = 1\n")
        self.module("console_p/sub.py")
        self.on_path()
        self.assertEqual(["console_a", "console_p"], self.candidates("import console_")[1])
        members = self.candidates("from console_a import ")[1]
        self.assertEqual(["C", "alpha", "beta", "f", "gamma", "p"], members)
        self.assertEqual(["inner", "sub"], self.candidates("from console_p import ")[1])
        self.assertEqual(["sub"], self.candidates("import console_p.")[1])
        self.assertNotIn("console_a", sys.modules)
        self.assertNotIn("console_p", sys.modules)

    def test_modules_that_came_later_are_seen(self):
        self.on_path()
        self.assertEqual([], self.candidates("import console_l")[1])
        self.module("console_late.py")
        os.utime(self.folder, ns=(1, 1))
        self.assertEqual(["console_late"], self.candidates("import console_l")[1])

    def test_a_broken_module_has_nothing_to_offer(self):
        self.module("console_b.py", "def (")
        self.on_path()
        self.assertEqual([], self.candidates("from console_b import ")[1])

    def test_words_of_the_statement(self):
        self.assertEqual(("imp", ["import"]), self.candidates("from os imp"))
        self.assertEqual(("a", ["as"]), self.candidates("import os a"))
        self.assertEqual(("a", ["as"]), self.candidates("from os import path a"))

    def test_relative_imports_are_unknown(self):
        self.assertEqual([], self.candidates("from . import ")[1])


if __name__ == "__main__":
    unittest.main()
