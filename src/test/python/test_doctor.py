"""What a script imports, and what becomes of it."""

import os
import subprocess
import sys
import tempfile
import textwrap
import unittest

from pyparallel import _doctor, _imports, _probe

SECONDS = 20


class FolderTestCase(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = os.path.realpath(folder.name)

    def write(self, name, source):
        path = os.path.join(self.folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(textwrap.dedent(source))
        return path


class ScanTest(FolderTestCase):
    def scan(self, source, call=""):
        return _imports.Scan(self.write("script.py", source), call)

    def found(self, source, needed=True, call=""):
        return [m.name for m in self.scan(source, call).imports if m.needed is needed]

    def test_every_way_to_import(self):
        source = """
            import os, sys as system
            import xml.dom.minidom
            from json import loads, dumps as d
            import importlib
            def f():
                import lazy
                importlib.import_module("named.later")
                __import__("older")
                import_module(name)
            class C:
                from csv import reader
            async def g():
                async with x:
                    import asynchronous
        """
        names = ["os", "sys", "xml.dom.minidom", "json", "importlib", "lazy", "named.later", "older"]
        self.assertEqual([*names, "csv", "asynchronous"], self.found(source))

    def test_what_it_can_do_without(self):
        source = """
            import contextlib
            try:
                import fast
            except ImportError:
                import slow
            try:
                import a
            except (KeyError, ModuleNotFoundError):
                pass
            try:
                import b
            except:
                pass
            with contextlib.suppress(ImportError):
                import c
            if x:
                import d
            try:
                import needed
            finally:
                import too
            try:
                import three
            except ValueError:
                pass
        """
        self.assertEqual(["contextlib", "needed", "too", "three"], self.found(source))
        self.assertEqual(["fast", "slow", "a", "b", "c", "d"], self.found(source, needed=False))

    def test_needed_once_is_needed(self):
        scan = self.scan("try:\n    from m import a\nexcept ImportError: pass\nfrom m import b\n")
        self.assertEqual([("m", ["b"], 4, True)],
                         [(m.name, m.names, m.line, m.needed) for m in scan.imports])

    def test_types_are_not_imported(self):
        source = "import typing\nif typing.TYPE_CHECKING:\n    import a\nelse:\n    import b\n"
        self.assertEqual(["typing", "b"], self.found(source))

    def test_the_main_part_is_that_of_a_filter(self):
        main = "if __name__ == '__main__':\n    import argparse\n"
        self.assertEqual(["argparse"], self.found(main))
        self.assertEqual([], self.found("def process(x): pass\n" + main))
        self.assertEqual([], self.found(main, call="f"))

    def test_modules_beside_it_are_looked_into(self):
        self.write("helper.py", "import numpy\nfrom package import part\n")
        self.write("package/__init__.py", "import first\nfrom . import sibling\n")
        self.write("package/part.py", "from .deeper.leaf import x\nfrom ..outside import y\n")
        self.write("package/sibling.py", "import helper\n")
        self.write("package/deeper/leaf.py", "import leaf\n")
        scan = self.scan("import helper\n")
        self.assertEqual({"numpy", "first", "leaf"}, {m.name for m in scan.imports})
        self.assertEqual(["script.py", "helper.py", "__init__.py", "part.py", "sibling.py", "leaf.py"],
                         [os.path.basename(file) for file in scan.files])
        self.assertIn("helper", [m.name for m in scan.own])

    def test_what_is_built_in_comes_first(self):
        self.write("sys.py", "import nothing\n")
        self.assertEqual(["sys"], self.found("import sys\n"))

    def test_a_script_that_cannot_be_parsed(self):
        for source, line in (("import os\nx = (\n", 2), ("def f(:\n", 1), ("a\0b", 0)):
            with self.assertRaises(_imports.Problem) as caught:
                self.scan(source)
            self.assertTrue(caught.exception.reason)
            if line:
                self.assertEqual(line, caught.exception.line)

    def test_a_module_beside_it_that_cannot_be_parsed(self):
        self.write("helper.py", "def\n")
        self.write("other.py", "def\n")
        scan = self.scan("import helper\ntry:\n    import other\nexcept ImportError: pass\n")
        self.assertEqual(["helper.py"], [os.path.basename(p.file) for p in scan.problems])

    def test_nesting_without_end(self):
        depth = 20000
        try:
            scan = self.scan("x = " + "-" * depth + "1\n")
        except _imports.Problem as problem:
            self.assertIn("deep", problem.reason)
        else:
            self.assertFalse(scan.whole)

    def test_there_is_a_limit(self):
        lines = [f"import m{i}" for i in range(_imports.MOST_IMPORTS + 5)]
        scan = self.scan("\n".join(lines))
        self.assertEqual(_imports.MOST_IMPORTS, len(scan.imports))
        self.assertFalse(scan.whole)


class ChildTest(FolderTestCase):
    def setUp(self):
        super().setUp()
        self.write("fine.py", "print('noise')\n")
        self.write("raises.py", "raise ValueError('first\\nsecond')\n")
        self.write("leaves.py", "import os\nos._exit(5)\n")
        self.write("crashes.py", "import os, signal\nos.kill(os.getpid(), signal.SIGSEGV)\n")
        self.write("exits.py", "raise SystemExit('no')\n")
        self.write("sleeps.py", "import time\ntime.sleep(600)\n")
        self.write("lacks.py", "import no_such_module_at_all\n")
        self.script = self.write("script.py", "x = 1\n")

    def ask(self, kind, *requests, seconds=SECONDS, script=None):
        command = [sys.executable, "-c", _doctor.PROBE, _doctor.ROOT, kind, "",
                   self.script, self.folder]
        script = script or self.script
        return list(_doctor.answers(command, script, requests, seconds))

    def test_in_the_main_interpreter(self):
        self.assertEqual(
            [
                ("ok", ""),
                ("ok", ""),
                ("failed", "ValueError: first"),
                ("missing", "no_such_module_at_all"),
                ("crashed", "it ends the process with status 5"),
                ("crashed", "it crashes the process (SIGSEGV)"),
                ("failed", "SystemExit: no"),
                ("failed", "ImportError: cannot import name 'b' from 'fine'"),
                ("ok", ""),
                ("ok", ""),
            ],
            self.ask("main", "fine", "raises", "lacks", "leaves", "crashes", "exits", "fine:b",
                     "os:path", "curses:ascii"),
        )

    def test_in_subinterpreters(self):
        self.assertEqual(
            [("ok", ""), ("ok", ""), ("refused", "readline"), ("refused", "_curses"),
             ("crashed", "it crashes the process (SIGSEGV)"), ("ok", "")],
            self.ask("subinterpreters", "fine", "readline", "curses", "crashes", "sqlite3"),
        )

    def test_an_import_without_end(self):
        self.assertEqual(
            [("ok", ""), ("stuck", "it was not imported after 0.5 s"), ("ok", "")],
            self.ask("main", "sleeps", "fine", seconds=0.5),
        )

    def test_a_script_that_this_python_cannot_parse(self):
        script = self.write("new.py", "def f(:\n")
        status, detail = self.ask("main", script=script)[0]
        self.assertEqual("failed", status)
        self.assertIn("new.py, line 1", detail)

    def test_a_python_that_does_not_start(self):
        self.assertEqual(
            [("failed", "this Python cannot be started: it ends the process with status 1")],
            list(_doctor.answers(["false"], self.script, ["os"], SECONDS)),
        )


class ProgramTest(FolderTestCase):
    def test_prints_what_there_is_to_say(self):
        self.write("helper.py", "import curses\n")
        script = self.write("script.py", "import json\nimport helper\n")
        program = "import sys; sys.path.insert(0, sys.argv[1]); from pyparallel._doctor import run; run()"
        options = ["", "", sys.executable, "", "", str(SECONDS)]
        command = [sys.executable, "-c", program, _doctor.ROOT, script, *options]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
            lines = process.stdout.read().decode().splitlines()
        helper = os.path.join(self.folder, "helper.py")
        expected = [
            ("file", script),
            ("file", helper),
            ("import", "json", "json", script, "1", "1"),
            ("import", "curses", "curses", helper, "1", "1"),
            ("own", "helper", "helper", script, "2", "1"),
            ("result", "cpython", "=", "ok", ""),
            ("result", "cpython", "json", "ok", ""),
            ("result", "cpython", "curses", "refused", "_curses"),
            ("result", "cpython", "helper", "refused", "_curses"),
            ("result", "process", "=", "ok", ""),
            ("result", "process", "json", "ok", ""),
            ("result", "process", "curses", "ok", ""),
            ("result", "process", "helper", "ok", ""),
        ]
        self.assertEqual(expected, [tuple(line.split("\0")) for line in lines])


class ProbeTest(unittest.TestCase):
    def test_long_reasons_are_cut(self):
        status, detail = _probe._trouble(ValueError("x" * 10_000))
        self.assertEqual("failed", status)
        self.assertLessEqual(len(detail), _probe.LONGEST_REASON)


if __name__ == "__main__":
    unittest.main()
