"""Does a job on the lines of standard input, or of a compressed file, for GNU parallel.

Usage: pipe.py JOB [PATH]
"""

import json
import sys

from tasks import load, on_lines, read

if __name__ == "__main__":
    name, *paths = sys.argv[1:]
    lines = read(paths[0], 0, 0) if paths else sys.stdin.read().split("\n")[:-1]
    print(json.dumps(on_lines(load(name), lines)))
