"""bench/scripts/wordcount.py with InterpreterPoolExecutor, sending lists of lines."""

import json
import sys
from collections import Counter
from concurrent.futures import InterpreterPoolExecutor
from itertools import batched, chain


def count(lines):
    return Counter(chain.from_iterable(map(str.split, lines)))


if __name__ == "__main__":
    total = Counter()
    with InterpreterPoolExecutor(2) as pool, open(sys.argv[1]) as file:
        for counts in pool.map(count, batched(file, 50_000), buffersize=8):
            total.update(counts)
    print(json.dumps(total))
