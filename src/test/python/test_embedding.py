"""What a Python says of itself to those who would embed it."""

import os
import subprocess
import sys
import tempfile
import unittest
from unittest import mock

from pyparallel import _embedding


class DescribeTest(unittest.TestCase):
    def test_this_python(self):
        facts = _embedding.describe(build=True)
        self.assertEqual(facts["implementation"], "cpython")
        self.assertEqual(facts["series"], "%d.%d" % sys.version_info[:2])
        self.assertEqual(facts["executable"], sys.executable)
        if facts["series"] == "3.14":
            self.assertTrue(os.path.isfile(facts["library"]))
            self.assertIn(facts["profiled"], "01")

    def test_another_version(self):
        with mock.patch.object(_embedding, "VERSION", (3, 1)):
            self.assertNotIn("library", _embedding.describe())

    def test_a_program(self):
        child = subprocess.run(
            [sys.executable, "-I", "-S", _embedding.__file__], capture_output=True, check=True
        )
        before, said, after = child.stdout.split(_embedding.MARK.encode())
        self.assertEqual((before, after), (b"", b""))
        fields = said.split(b"\0")
        self.assertEqual(len(fields) % 2, 0)
        facts = dict(zip(fields[::2], fields[1::2]))
        self.assertEqual(facts[b"executable"], os.fsencode(sys.executable))


@unittest.skipIf(sys.platform in ("win32", "darwin"), "names of libraries")
class LibraryTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = os.path.realpath(folder.name)
        self.name = "libpython%d.%d.so.1.0" % sys.version_info[:2]

    def library(self, *names):
        path = os.path.join(self.folder, *names)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w"):
            return path

    def find(self, variables):
        base = os.path.join(self.folder, "base")
        with (
            mock.patch.object(_embedding, "loaded_library", lambda names: ""),
            mock.patch.object(_embedding, "_variables", lambda: variables),
            mock.patch.object(sys, "base_prefix", base),
        ):
            return _embedding.find_library()

    def test_static_programs_have_it_below_their_prefix(self):
        path = self.library("base", "lib", self.name)
        self.assertEqual(self.find({})[0], path)

    def test_systems_have_it_where_sysconfig_says(self):
        path = self.library("usr", "x86_64", self.name)
        variables = {"LIBDIR": os.path.join(self.folder, "usr"), "MULTIARCH": "x86_64"}
        self.assertEqual(self.find(variables)[0], path)

    def test_it_may_have_another_name(self):
        path = self.library("usr", "libown.so")
        variables = {"LIBDIR": os.path.join(self.folder, "usr"), "INSTSONAME": "libown.so"}
        self.assertEqual(self.find(variables)[0], path)

    def test_archives_are_no_libraries(self):
        self.library("usr", "libown.a")
        variables = {"LIBDIR": os.path.join(self.folder, "usr"), "LDLIBRARY": "libown.a"}
        found, looked = self.find(variables)
        self.assertEqual(found, "")
        self.assertIn(os.path.join(self.folder, "usr"), looked)

    def test_what_is_loaded(self):
        path = self.library("with space", self.name)
        maps = os.path.join(self.folder, "maps")
        with open(maps, "w") as file:
            file.write("7f00-7f01 rw-p 00000000 00:00 0 \n")
            file.write(f"7f02-7f03 r-xp 00000000 08:01 1234    /gone/{self.name} (deleted)\n")
            file.write(f"7f04-7f05 r-xp 00000000 08:01 1234    {path}\n")
        self.assertEqual(_embedding.loaded_library([self.name], maps), path)
        self.assertEqual(_embedding.loaded_library(["other"], maps), "")
        self.assertEqual(_embedding.loaded_library([self.name], self.folder + "/none"), "")

    def test_builds(self):
        flags = _embedding.build_flags({"CONFIG_ARGS": "'--enable-optimizations' '--with-lto'"})
        self.assertTrue(any(flag in flags for flag in _embedding.PROFILED))
        self.assertTrue(any(flag in flags for flag in _embedding.LINKED))
        self.assertEqual(_embedding.build_flags({"PY_CFLAGS": None}).strip(), "")


if __name__ == "__main__":
    unittest.main()
