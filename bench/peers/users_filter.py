"""bench/scripts/users.py as a filter for GNU parallel."""

import json
import sys

count = 0
total = 0
for line in sys.stdin:
    record = json.loads(line)
    if record["ok"]:
        count += 1
        total += record["n"]
print(json.dumps({"count": count, "total": total}))
