"""Text: how often each word occurs."""

from collections import Counter
from itertools import chain

TITLE = "word count"
KIND = "data"
OPTIONS = ("--reduce", "merge-dict")


def make(folder, scale):
    import inputs

    path = folder / "text.txt"
    inputs.text(path, 100e6 * scale)
    return [path]


def process_shard(lines):
    return Counter(chain.from_iterable(map(str.split, lines)))
