"""What a worker process runs: started by its path, with the Python that was asked for.

Any Python can read it, so that one that is too old ends here and not in a syntax error.
"""

import sys

if sys.version_info < (3, 9):
    sys.exit("Python 3.9 or later is needed")

# The package's folder has modules called like some of the library's; its parent's has the package.
_package = __file__.rpartition("/")[0]
if not getattr(sys.flags, "safe_path", False):
    del sys.path[0]
sys.path.insert(0, _package.rpartition("/")[0])

if __name__ == "__main__":
    from pyparallel import _process

    _process.main()
