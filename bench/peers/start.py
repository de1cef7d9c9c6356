"""bench/scripts/hello.py with InterpreterPoolExecutor."""

import sys
from concurrent.futures import InterpreterPoolExecutor

if __name__ == "__main__":
    with InterpreterPoolExecutor(2) as pool, open(sys.argv[1]) as lines:
        for result in pool.map(str.upper, [line.rstrip("\n") for line in lines]):
            print(result)
