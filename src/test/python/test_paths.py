import os
import sys
import types
import unittest
from unittest import mock

from pyparallel import _paths
from harness import DriverTestCase

HERE = f"python{sys.version_info[0]}.{sys.version_info[1]}"


class PathsTest(DriverTestCase):
    def venv(self, *folders):
        for folder in folders:
            os.makedirs(os.path.join(self.folder, "venv", folder, "site-packages"))
        return os.path.join(self.folder, "venv")

    def test_folders_come_right_behind_the_scripts(self):
        sys.path[:] = ["script", "library"]
        _paths.extend(["a", "b"], "")
        self.assertEqual(["script", "a", "b", "library"], sys.path)

    def test_packages_come_behind_the_library_and_before_the_installations(self):
        venv = self.venv(f"lib/{HERE}", "lib/python2.7")
        sys.path[:] = ["script", "library", "installed/site-packages"]
        _paths.extend([], venv)
        packages = os.path.join(venv, "lib", HERE, "site-packages")
        self.assertEqual(["script", "library", packages, "installed/site-packages"], sys.path)

    def test_lib64_that_leads_to_lib_counts_once(self):
        venv = self.venv(f"lib/{HERE}")
        os.symlink("lib", os.path.join(venv, "lib64"))
        _paths.extend([], venv)
        self.assertEqual(1, sum(entry.startswith(venv) for entry in sys.path))

    def test_an_environment_of_another_python_is_said(self):
        venv = self.venv("lib/python3.1")
        with self.assertRaisesRegex(_paths.NoPackages, "packages for Python 3.1, and this is"):
            _paths.extend([], venv)

    def test_its_own_python_knows_its_packages(self):
        before = list(sys.path)
        _paths.extend([], sys.prefix)
        self.assertEqual(before, sys.path)

    def test_graalpy_takes_any_and_explains_binary_modules(self):
        venv = self.venv("lib/python3.1")
        packages = os.path.join(venv, "lib", "python3.1", "site-packages")
        os.mkdir(os.path.join(packages, "fast"))
        for name in ("fast/__init__.py", "fast/_core.cpython-31-x86_64-linux-gnu.so"):
            with open(os.path.join(packages, name), "w"):
                pass
        finders = list(sys.meta_path)
        self.addCleanup(lambda: sys.meta_path.__setitem__(slice(None), finders))
        with mock.patch.object(sys, "implementation", types.SimpleNamespace(name="graalpy")):
            _paths.extend([], venv)
        self.assertIn(packages, sys.path)
        finder = sys.meta_path[-1]
        with self.assertRaisesRegex(ModuleNotFoundError, "fast._core is a C extension"):
            finder.find_spec("fast._core", [os.path.join(packages, "fast")])
        self.assertIsNone(finder.find_spec("fast.other", [os.path.join(packages, "fast")]))


if __name__ == "__main__":
    unittest.main()
