"""Counts the words of its standard input, as a filter for GNU parallel."""

import json
import sys
from collections import Counter
from itertools import chain

print(json.dumps(Counter(chain.from_iterable(map(str.split, sys.stdin)))))
