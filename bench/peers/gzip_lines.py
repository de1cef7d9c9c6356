"""bench/scripts/users.py over one compressed file with InterpreterPoolExecutor, sending lists of lines."""

import gzip
import json
import sys
from collections import Counter
from concurrent.futures import InterpreterPoolExecutor
from itertools import batched


def add_up(lines):
    count = 0
    total = 0
    for line in lines:
        record = json.loads(line)
        if record["ok"]:
            count += 1
            total += record["n"]
    return {"count": count, "total": total}


if __name__ == "__main__":
    total = Counter()
    with InterpreterPoolExecutor(2) as pool:
        with gzip.open(sys.argv[1], "rt", encoding="utf-8") as file:
            for totals in pool.map(add_up, batched(file, 10_000), buffersize=8):
                total.update(totals)
    print(json.dumps(total))
