"""bench/scripts/aggregate.py with InterpreterPoolExecutor, sending byte offsets."""

import json
import os
import sys
from concurrent.futures import InterpreterPoolExecutor

BLOCK = 2 << 20


def aggregate(path, start, end):
    count = 0
    total = 0
    users = set()
    with open(path, "rb") as file:
        if start:
            file.seek(start - 1)
            file.readline()
        block = file.read(max(0, end - file.tell()))
        if block and not block.endswith(b"\n"):
            block += file.readline()
    for line in block.decode().split("\n"):
        if line:
            record = json.loads(line)
            if record["ok"]:
                count += 1
                total += record["n"]
            users.add(record["user"])
    return {"count": count, "total": total, "users": len(users)}


if __name__ == "__main__":
    path = sys.argv[1]
    size = os.path.getsize(path)
    starts = range(0, size, BLOCK)
    with InterpreterPoolExecutor(2) as pool:
        ends = [min(start + BLOCK, size) for start in starts]
        for result in pool.map(aggregate, [path] * len(ends), starts, ends):
            print(json.dumps(result))
