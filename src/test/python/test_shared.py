"""Files that all interpreters share."""

import os.path
import unittest

import pyparallel
from harness import DriverTestCase


class SharedTest(DriverTestCase):
    def share(self, **contents):
        files = []
        for name, text in contents.items():
            files.append((name, self.write(name + ".bin", text)))
        return files

    def test_a_shared_file_is_a_read_only_view(self):
        script = """
            import pyparallel
            from pyparallel import shared
            view = shared.words
            def process(record):
                assert shared.words is view is pyparallel.shared.words
                return [type(view).__name__, view.readonly, bytes(view[1:3]), dir(shared)]
            """
        files = self.share(words="hello", more="")
        self.assertEqual(
            '["memoryview",true,"el",["more","words"]]\n',
            self.results(script, "a\n", shares=files),
        )

    def test_an_empty_file_is_an_empty_view(self):
        script = "import pyparallel\ndef process(record): return len(pyparallel.shared.none)"
        self.assertEqual("0\n", self.results(script, "a\n", shares=self.share(none="")))

    def test_an_unknown_name_is_told_the_known_ones(self):
        self.load("def process(record): pass", shares=self.share(b="1", a="2"))
        with self.assertRaisesRegex(AttributeError, r"'other' \(shared are: a, b\).*--share other="):
            pyparallel.shared.other
        self.assertFalse(hasattr(pyparallel.shared, "_files"))
        pyparallel._share({})
        with self.assertRaisesRegex(AttributeError, "shared are: none"):
            pyparallel.shared.a

    def test_a_name_may_look_private(self):
        self.load("def process(record): pass", shares=self.share(_share="1"))
        self.assertEqual(b"1", bytes(pyparallel.shared._share))

    def test_a_file_is_opened_when_it_is_used(self):
        missing = os.path.join(self.folder, "missing")
        self.load("def process(record): pass", shares=[("gone", missing), ("folder", self.folder)])
        with self.assertRaises(FileNotFoundError) as caught:
            pyparallel.shared.gone
        self.assertEqual(missing, caught.exception.filename)
        with self.assertRaises(OSError) as caught:
            pyparallel.shared.folder
        self.assertEqual(self.folder, caught.exception.filename)

    def test_nothing_can_be_set(self):
        with self.assertRaisesRegex(AttributeError, "cannot be changed"):
            pyparallel.shared.name = b""


if __name__ == "__main__":
    unittest.main()
