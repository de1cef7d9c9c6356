"""Measures what one thread of pyparallel does, however many cores there are."""

import os

import inputs
from measuring import LAUNCHER, ROOT, median, rounds

# So many that the JVM is warm for most of them.
SHARDS = 40_000


def measure(work, options):
    """The document's entry ``serial``: seconds to start; bytes a second that are cut, copied and
    written; seconds that a shard costs."""
    one = work / "one.txt"
    one.write_text("hello\n")
    small = work / "small.txt"
    small.write_text("x\n" * SHARDS)
    large = work / "large.txt"
    inputs.lines(large, max(4e6, 400e6 * options.scale))
    copy = [LAUNCHER, "run", "-q", "--runtime", "cpython", "-j", "2"]
    script = str(ROOT / "bench" / "scripts" / "copy.py")
    echo = str(ROOT / "bench" / "scripts" / "passthrough.py")
    with open(os.devnull, "wb") as nowhere:
        results = rounds(
            options.rounds,
            {
                "start": [*copy, echo, str(one)],
                "few": [*copy, "--shards", "2", echo, str(small)],
                "many": [*copy, "-N", "1", echo, str(small)],
                "large": [*copy, script, str(large)],
            },
            stdout=nowhere,
        )
    start = median(results["start"])
    passed = max(1e-9, median(results["large"]) - start)
    shard = max(0.0, median(results["many"]) - median(results["few"])) / SHARDS
    return {
        "startSeconds": round(start, 6),
        "writerBytesPerSecond": round(large.stat().st_size / passed),
        "shardSeconds": round(shard, 9),
    }
