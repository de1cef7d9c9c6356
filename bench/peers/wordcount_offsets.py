"""bench/scripts/wordcount.py with InterpreterPoolExecutor, sending byte offsets."""

import json
import os
import sys
from collections import Counter
from concurrent.futures import InterpreterPoolExecutor
from itertools import chain

BLOCK = 8 << 20


def count(path, start, end):
    with open(path, "rb") as file:
        if start:
            file.seek(start - 1)
            file.readline()
        block = file.read(max(0, end - file.tell()))
        if block and not block.endswith(b"\n"):
            block += file.readline()
    return Counter(chain.from_iterable(map(str.split, block.decode().split("\n"))))


if __name__ == "__main__":
    path = sys.argv[1]
    size = os.path.getsize(path)
    starts = range(0, size, BLOCK)
    total = Counter()
    with InterpreterPoolExecutor(2) as pool:
        ends = [min(start + BLOCK, size) for start in starts]
        for counts in pool.map(count, [path] * len(ends), starts, ends):
            total.update(counts)
    print(json.dumps(total))
