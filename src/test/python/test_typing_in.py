"""When typed text is a whole, and how far the next line is indented."""

import sys
import unittest
import warnings

from pyparallel import _typing_in


class CheckTest(unittest.TestCase):
    def complete(self, source):
        self.assertEqual(["complete"], _typing_in.check(source), source)

    def invalid(self, source):
        self.assertEqual(["invalid"], _typing_in.check(source), source)

    def incomplete(self, indent, source):
        self.assertEqual(["incomplete", str(indent)], _typing_in.check(source), source)

    def test_statements_of_one_line_are_complete(self):
        for source in ("x", "x = 1", "x = 1; y = 2", "print('a')", "import os", "del x", "x: int"):
            self.complete(source)

    def test_nothing_is_complete(self):
        for source in ("", " ", "\n", "\n\n", "# a comment", "# a comment \\"):
            self.complete(source)

    def test_a_whole_statement_on_the_line_of_its_header_is_complete(self):
        for source in ("if x: y", "for x in y: print(x)", "def f(): pass", "while 1: break"):
            self.complete(source)

    def test_headers_want_a_block(self):
        for source in (
            "if x:",
            "def f(a, b):",
            "class A:",
            "for x in y: # every one",
            "while True:   ",
            "with a as b:",
            "try:",
            "async def f():",
            "def f() -> 'int':",
        ):
            self.incomplete(4, source)

    def test_a_header_over_several_lines_indents_by_its_first(self):
        self.incomplete(4, "def f(a,\n          b):")
        self.incomplete(8, "class A:\n    def f(\n        self,\n    ):")

    def test_a_blank_line_may_follow_a_header(self):
        self.incomplete(4, "def f():\n")
        self.incomplete(4, "def f():\n    ")
        self.invalid("def f():\n\n")

    def test_a_block_goes_on_until_a_blank_line(self):
        self.incomplete(4, "def f():\n    x = 1")
        self.complete("def f():\n    x = 1\n")
        self.complete("def f():\n    x = 1\n    ")
        self.complete("def f():\n    x = 1\n\n")

    def test_blank_lines_inside_a_pasted_block_do_not_end_it(self):
        self.incomplete(4, "def f():\n    x = 1\n\n    return x + 1\n\n    # why\n    y = 1")
        methods = "class A:\n    def f(self):\n        pass\n\n    def g(self):\n        pass"
        self.complete(methods + "\n")
        self.incomplete(4, methods)

    def test_a_line_at_the_margin_ends_what_was_pasted(self):
        self.complete("def f():\n    return 1\n\nprint(f())")
        self.complete("def f():\n    return 1\nprint(f())")

    def test_nested_blocks_keep_their_indent(self):
        self.incomplete(8, "class A:\n    def f(self):")
        self.incomplete(8, "class A:\n    def f(self):\n        x = 1")
        self.incomplete(12, "class A:\n    def f(self):\n        if x:")
        self.incomplete(2, "if x:\n  y = 1")

    def test_the_indent_falls_behind_what_leaves_a_block(self):
        for statement in ("return", "return x", "return(x)", "pass", "break", "continue", "raise X"):
            self.incomplete(4, f"def f():\n    for a in b:\n        {statement}")
        self.incomplete(0, "def f():\n    return 1")
        self.incomplete(4, "def f():\n    returned = 1")
        self.incomplete(4, "def f():\n    passing(1)")

    def test_a_try_block_wants_more(self):
        self.incomplete(4, "try:\n    x()")
        self.incomplete(4, "try:\n    x()\nexcept E:")
        self.incomplete(4, "try:\n    x()\nexcept E:\n    y()")
        self.incomplete(4, "try:\n    x()\nfinally:")
        self.complete("try:\n    x()\nfinally:\n    y()\n")
        self.invalid("try:\n    x()\n\n")

    def test_else_belongs_to_the_block(self):
        self.incomplete(4, "if x:\n    y\nelse:")
        self.incomplete(4, "if x:\n    y\nelif z:")
        self.complete("if x:\n    y\nelse:\n    z\n")
        self.complete("if x:\n    y\nelse: z")

    def test_open_brackets_want_more(self):
        self.incomplete(4, "f(")
        self.incomplete(0, "f(1,")
        self.incomplete(4, "f(\n    1,")
        self.incomplete(4, "x = [")
        self.incomplete(4, "x = {  # a dict")
        self.incomplete(8, "def f():\n    return g(")
        self.incomplete(4, "x = [\n    1,\n\n")
        self.complete("f(\n    1,\n)")

    def test_brackets_in_strings_and_comments_are_none(self):
        self.complete("x = '('")
        self.complete("x = 1  # (")
        self.incomplete(0, "f('(', ')',")
        self.incomplete(4, "def f():\n    x = '''(\n'''")

    def test_a_closing_bracket_too_many_is_invalid(self):
        self.invalid("f(1))")
        self.invalid("]")

    def test_open_triple_quotes_want_more(self):
        for source in ("'''", '"""abc', "x = '''abc\n\n", "f('''a", "x = r'''\\", "'''a''", "b'''"):
            self.incomplete(0, source)
        self.complete("'''abc\n\ndef'''")
        self.complete("''")
        self.complete("''''a'''")

    def test_an_open_string_is_invalid(self):
        self.invalid("'abc")
        self.invalid("x = 'abc\n")
        self.invalid("f('abc")

    def test_a_string_goes_on_behind_a_backslash(self):
        self.incomplete(0, "x = 'abc\\")
        self.complete("x = 'abc\\\ndef'")

    def test_a_backslash_wants_a_line(self):
        self.incomplete(0, "x = 1 + \\")
        self.incomplete(4, "if x:\n    x = 1 + \\")
        self.complete("x = 1 + \\\n  2")

    def test_a_decorator_wants_what_it_decorates(self):
        self.incomplete(0, "@cache")
        self.incomplete(0, "@cache\n")
        self.incomplete(0, "@cache(1)\n@other")
        self.incomplete(4, "@cache\ndef f():")
        self.incomplete(4, "class A:\n    @property")
        self.complete("@cache\ndef f():\n    pass\n")

    def test_errors_are_invalid(self):
        for source in ("x = = 1", "1 +", "def", "import", "x y", "f(x for)", "%time x", "?x", "!ls"):
            self.invalid(source)

    def test_an_error_above_the_last_line_is_invalid_at_once(self):
        self.invalid("def f():\n    x = = 1\n    y = 2")

    @unittest.skipUnless(_typing_in._TELLS_INCOMPLETE, "the compiler does not tell")
    def test_an_error_inside_brackets_is_invalid_at_once(self):
        self.invalid("f(x = = 1,")
        self.invalid("x = = 1\nif y:")

    @unittest.skipUnless(sys.version_info >= (3, 10), "there is no match statement")
    def test_match_blocks(self):
        self.incomplete(4, "match x:")
        self.incomplete(8, "match x:\n    case 1:")
        self.incomplete(4, "match x:\n    case 1:\n        pass")
        self.complete("match x:\n    case 1:\n        pass\n")

    @unittest.skipUnless(sys.version_info >= (3, 12), "its strings nest no quotes")
    def test_quotes_nested_in_an_f_string(self):
        self.complete('x = f"{d["("]}"')

    def test_what_only_running_tells_is_complete(self):
        self.complete("return 1")
        self.complete("yield")
        self.complete("break")

    def test_doubtful_code_is_judged_in_silence(self):
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            self.complete("x = '\\d'")
            self.complete("x is 1")
        self.assertEqual([], caught)

    def test_text_nested_too_deeply_is_invalid(self):
        self.invalid("(" * 5000 + ")" * 5000)

    def test_an_indented_paste_is_moved_to_the_margin(self):
        self.complete("    x = 1\n    y = 2")
        self.incomplete(4, "    def f():\n        pass\n        x = 1")

    def test_pasted_prompts_are_left_out(self):
        self.complete(">>> x = 1\n>>> x\n1")
        self.complete(">>> def f():\n...     return 1\n...\n>>> f()\n1\n")
        self.incomplete(4, ">>> def f():")


class PlainTest(unittest.TestCase):
    def test_ordinary_source_stays_as_it_is(self):
        for source in ("", "x", "def f():\n    pass\n\n", "x >> 1\n... ", "\tif"[1:]):
            self.assertEqual(source, _typing_in.plain(source))

    def test_prompts_and_what_was_printed_go(self):
        session = ">>> for i in x:\n...     i\n...\n1\n2\n>>> y"
        self.assertEqual("for i in x:\n    i\n\ny", _typing_in.plain(session))

    def test_an_indent_of_all_lines_goes(self):
        self.assertEqual("if x:\n  y\n\nz", _typing_in.plain("  if x:\n    y\n\n  z"))

    def test_line_ends_of_windows_go(self):
        self.assertEqual("x\ny", _typing_in.plain("x\r\ny"))


if __name__ == "__main__":
    unittest.main()
