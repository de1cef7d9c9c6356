"""A console with a list in place of the host."""

import builtins
import os.path
import sys
import tempfile
import unittest

from pyparallel import _console

import pyparallel

BUILTINS = ("In", "Out", "_", "__", "___", "exit", "help", "input", "quit")
STATE = (
    "argv displayhook last_exc last_traceback last_type last_value path ps1 ps2 stderr stdin stdout"
).split()

_MISSING = object()


class Host:
    """Keeps what is printed, as pairs of a stream and text, and answers with lines."""

    def __init__(self):
        self.said = []
        self.lines = []
        self.prompts = []

    def out(self, text):
        self.said.append(("out", text))

    def err(self, text):
        self.said.append(("err", text))

    def input(self, prompt):
        self.prompts.append(prompt)
        return self.lines.pop(0) if self.lines else None

    def memory(self):
        return 12345


class ConsoleTestCase(unittest.TestCase):
    """Undoes what a console does to the interpreter that it has for itself elsewhere."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = os.path.realpath(folder.name)
        self._keep(sys, STATE)
        self._keep(builtins, BUILTINS)
        self.addCleanup(setattr, sys, "path", list(sys.path))
        self.addCleanup(setattr, _console, "console", _console.console)
        self.addCleanup(sys.modules.__setitem__, "__main__", sys.modules["__main__"])
        self.addCleanup(vars(pyparallel).update, worker=0, workers=1, seed=None)
        self.host = Host()
        self.open()

    def _keep(self, owner, names):
        for name in names:
            value = getattr(owner, name, _MISSING)
            if value is _MISSING:
                self.addCleanup(vars(owner).pop, name, None)
            else:
                self.addCleanup(setattr, owner, name, value)

    def open(self, worker=0, workers=1, **options):
        given = {"worker": str(worker), "workers": str(workers), **options}
        parts = [str(len(given)), *(part for pair in given.items() for part in pair)]
        _console.open_console("\0".join(parts), self.host)
        self.addCleanup(lambda: _console.console.sources.clear())

    def ask(self, *request):
        """The fields of an answer."""
        return _console.ask("\0".join(map(str, request))).split("\0")

    def run_code(self, source, number=1, echo=True):
        """Runs code that must go well; returns what it wrote to standard output."""
        before = len(self.host.said)
        self.assertEqual(["ok"], self.ask("run", source, int(echo), f"<input {number}>"))
        return self.text("out", before)

    def fail_code(self, source, number=1):
        """Runs code that must fail; returns the type, the message and the traceback."""
        status, *rest = self.ask("run", source, 1, f"<input {number}>")
        self.assertEqual("error", status)
        return rest

    def text(self, stream, since=0):
        return "".join(text for which, text in self.host.said[since:] if which == stream)

    def candidates(self, before, after=""):
        """Each candidate's text, by what is replaced: the text from the start to the cursor."""
        start, *rest = self.ask("complete", before + after, len(before))
        return before[int(start) :], rest[::3]

    def names(self):
        return self.ask("names")[::3]
