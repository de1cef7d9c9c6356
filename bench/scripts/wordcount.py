"""Counts words; `--reduce merge-dict` adds the shards up."""

from collections import Counter
from itertools import chain


def process_shard(lines):
    return Counter(chain.from_iterable(map(str.split, lines)))
