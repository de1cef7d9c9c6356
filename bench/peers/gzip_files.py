"""bench/scripts/users.py over compressed files with InterpreterPoolExecutor, a task per file."""

import gzip
import json
import sys
from collections import Counter
from concurrent.futures import InterpreterPoolExecutor


def add_up(path):
    count = 0
    total = 0
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            record = json.loads(line)
            if record["ok"]:
                count += 1
                total += record["n"]
    return {"count": count, "total": total}


if __name__ == "__main__":
    total = Counter()
    with InterpreterPoolExecutor(2) as pool:
        for totals in pool.map(add_up, sys.argv[1:]):
            total.update(totals)
    print(json.dumps(total))
