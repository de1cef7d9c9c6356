"""Adds up objects of numbers, one per line."""

import json
import sys
from collections import Counter

total = Counter()
for line in sys.stdin:
    total.update(json.loads(line))
print(json.dumps(total))
