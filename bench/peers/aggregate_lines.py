"""bench/scripts/aggregate.py with InterpreterPoolExecutor, sending lists of lines."""

import json
import sys
from concurrent.futures import InterpreterPoolExecutor
from itertools import batched


def aggregate(lines):
    count = 0
    total = 0
    users = set()
    for line in lines:
        record = json.loads(line)
        if record["ok"]:
            count += 1
            total += record["n"]
        users.add(record["user"])
    return {"count": count, "total": total, "users": len(users)}


if __name__ == "__main__":
    with InterpreterPoolExecutor(2) as pool, open(sys.argv[1]) as file:
        for result in pool.map(aggregate, batched(file, 10_000)):
            print(json.dumps(result))
