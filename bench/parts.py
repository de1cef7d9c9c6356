"""The older comparisons, each with a target of its own; run with ``bench.py --only NAME``.

Each runs its commands in turn, round by round, so that a slow moment of the machine hits them all;
the figures are medians over the rounds, and the verdicts are ratios.
"""

import filecmp
import json
import os
import shutil
import statistics
import sys

import inputs
from measuring import LAUNCHER, PYTHON, ROOT, median, rounds, run

SCRIPTS = ROOT / "bench" / "scripts"
PEERS = ROOT / "bench" / "peers"


def pyparallel(script, *arguments, runtime="cpython", workers=2):
    return [
        LAUNCHER, "run", "-q", "--runtime", runtime, "-j", str(workers),
        str(SCRIPTS / script), *arguments,
    ]


class Report:
    """Collects the rows of the table."""

    def __init__(self):
        self.rows = []

    def add(self, what, measured, peer, ratio, target, reached):
        row = dict(
            what=what, measured=measured, peer=peer, ratio=ratio, target=target, reached=reached
        )
        self.rows.append(row)
        mark = ("reached" if reached else "MISSED") if target else ""
        print(f"{what:<58} {measured:>14} {peer:>22} {ratio:>7}  {target:<12} {mark}", flush=True)


def bench_start(report, work, options):
    """A one-line input, whole process."""
    one_line = work / "one.txt"
    one_line.write_text("hello\n")
    results = rounds(
        max(options.rounds, 15),
        {
            "ours": pyparallel("hello.py", str(one_line)),
            "pool": [PYTHON, str(PEERS / "start.py"), str(one_line)],
        },
    )
    ours, pool = median(results["ours"]), median(results["pool"])
    report.add(
        "start, one line", seconds(ours), "", "", "<= 0.25 s", ours <= 0.25
    )
    report.add(
        "start against InterpreterPoolExecutor(2)", seconds(ours), seconds(pool),
        f"{ours / pool:.2f}x", "<= 4x", ours / pool <= 4,
    )


def bench_scaling(report, work, options):
    """About 10 s of CPU on CPython in 80 shards of equal cost, whole process."""
    one, two = scaling(work, options, "cpython", 2_000, 260_000, 80)
    one, two = (median(runs) for runs in (one, two))
    report.add(
        "scaling, cpython, 2 workers against 1", seconds(two), seconds(one),
        f"{one / two:.2f}x", ">= 1.9x", one / two >= 1.9,
    )


def bench_scaling_graalpy(report, work, options):
    """The same on GraalPy once warm: its compiler is busy for some 20 s beside two workers, so the
    job is longer and only the last quarter of its shards is looked at."""
    one, two = scaling(work, options, "graalpy", 192_000, 600_000, 640)
    one, two = (
        statistics.median(warm_rate(each.stdout) for each in runs) for runs in (one, two)
    )
    report.add(
        "scaling, graalpy once warm, 2 workers against 1", f"{two:.1f} shards/s",
        f"{one:.1f} shards/s", f"{two / one:.2f}x", ">= 1.9x", two / one >= 1.9,
    )


def scaling(work, options, runtime, records, end, shards):
    numbers = work / f"scaling-{runtime}.txt"
    numbers.write_text(f"{end}\n" * int(records * options.scale))
    commands = {
        workers: pyparallel(
            "primes_shard.py", str(numbers), "--shards", str(shards), runtime=runtime,
            workers=workers,
        )
        for workers in (1, 2)
    }
    results = rounds(options.rounds, commands, warm=False)
    return results[1], results[2]


def warm_rate(output):
    """Shards per second over the last quarter of a run, from when each shard ended."""
    ended = sorted(json.loads(line)["ended"] for line in output.splitlines())
    last = ended[len(ended) * 3 // 4 :]
    return (len(last) - 1) / (last[-1] - last[0])


def bench_data(report, work, options):
    """100 MB of JSON lines, json.loads and an aggregate."""
    path = work / "big.jsonl"
    inputs.jsonl(path, int(100e6 * options.scale))
    results = rounds(
        options.rounds,
        {
            "ours": pyparallel("aggregate.py", str(path)),
            "lines": [PYTHON, str(PEERS / "aggregate_lines.py"), str(path)],
            "offsets": [PYTHON, str(PEERS / "aggregate_offsets.py"), str(path)],
        },
    )
    ours = median(results["ours"])
    for peer, target in (("lines", 1.3), ("offsets", 1.0)):
        theirs = median(results[peer])
        report.add(
            f"100 MB JSONL against InterpreterPoolExecutor, {peer}", seconds(ours),
            seconds(theirs), f"{theirs / ours:.2f}x", f">= {target}x", theirs / ours >= target,
        )


def bench_hot(report, work, options):
    """Prime counting, about 60 s of CPU on CPython, whole process against whole process."""
    numbers = work / "hot.txt"
    numbers.write_text("".join(f"{n}\n" for n in [260_000] * int(15_000 * options.scale)))
    results = rounds(
        options.rounds,
        {
            runtime: pyparallel("primes.py", str(numbers), runtime=runtime)
            for runtime in ("graalpy", "cpython")
        },
        warm=False,
    )
    fast, slow = median(results["graalpy"]), median(results["cpython"])
    cpu = median(results["cpython"], "cpu")
    report.add(
        f"prime count, {cpu:.0f} s CPU on cpython: graalpy", seconds(fast), seconds(slow),
        f"{slow / fast:.1f}x", ">= 5x", slow / fast >= 5,
    )


def bench_memory(report, work, options):
    """Peak memory of a pass-through of 2 GB of lines."""
    path = work / "lines.txt"
    inputs.lines(path, int(2e9 * options.scale))
    command = pyparallel("passthrough.py", str(path))
    with open(os.devnull, "wb") as nowhere:
        runs = [run(command, stdout=nowhere) for _ in range(options.rounds)]
    peak = median(runs, "rss")
    report.add(
        "peak memory, 2 GB pass-through", f"{peak / 1e6:.0f} MB", "", "", "< 400 MB",
        peak < 400e6,
    )


def bench_words(report, work, options):
    """500 MB of text, words counted over the whole of it."""
    path = work / "text.txt"
    inputs.text(path, 500e6 * options.scale)
    results = rounds(
        options.rounds,
        {
            "ours": pyparallel("wordcount.py", "--reduce", "merge-dict", str(path)),
            "lines": [PYTHON, str(PEERS / "wordcount_lines.py"), str(path)],
            "offsets": [PYTHON, str(PEERS / "wordcount_offsets.py"), str(path)],
            **gnu_parallel("parallel_words.sh", path),
        },
        warm=False,
    )
    check_same(results)
    for peer, target in (("lines", 1.4), ("offsets", 1.0)):
        against(report, f"500 MB word count, {peer}", results, peer, target)
    if "parallel" in results:
        against(report, "500 MB word count, GNU parallel --pipepart", results, "parallel")


def bench_csv(report, work, options):
    """200 MB of CSV with quoted line ends, an amount added up per country."""
    path = work / "table.csv"
    inputs.table(path, 200e6 * options.scale)
    results = rounds(
        options.rounds,
        {
            "ours": pyparallel("csv_totals.py", "--reduce", "merge-dict", str(path)),
            "rows": [PYTHON, str(PEERS / "csv_rows.py"), str(path)],
            "loop": [PYTHON, str(PEERS / "csv_loop.py"), str(path)],
        },
        warm=False,
    )
    check_same(results)
    against(report, "200 MB CSV, lists of rows", results, "rows")
    against(report, "200 MB CSV, plain loop", results, "loop")


def bench_gzip(report, work, options):
    """100 MB of JSON lines, compressed: in four files, and in one."""
    size = 100e6 * options.scale
    files = [work / f"part{number}.jsonl.gz" for number in range(4)]
    for path in files:
        inputs.gzip_jsonl(path, size / len(files))
    whole = work / "whole.jsonl.gz"
    inputs.gzip_jsonl(whole, size)
    for names, peer, what in (
        (files, "gzip_files.py", "100 MB JSONL in 4 .gz, a task per file"),
        ([whole], "gzip_lines.py", "100 MB JSONL in one .gz, lists of lines"),
    ):
        names = [str(name) for name in names]
        results = rounds(
            options.rounds,
            {
                "ours": pyparallel("users.py", "--reduce", "merge-dict", *names),
                "peer": [PYTHON, str(PEERS / peer), *names],
                **gnu_parallel("parallel_gzip.sh", *names),
            },
            warm=False,
        )
        check_same(results)
        against(report, what, results, "peer")
        if "parallel" in results:
            against(report, f"{what.partition(',')[0]}, GNU parallel", results, "parallel")


def bench_sort(report, work, options):
    """1 GB of lines sorted."""
    path = work / "unsorted.txt"
    inputs.random_lines(path, 1e9 * options.scale)
    results = rounds(
        options.rounds,
        {
            "ours": [LAUNCHER, "map", "-q", "-j2", "x", "--sort", str(path), "-o", str(work / "a")],
            "sort": [
                "env", "LC_ALL=C", "sort", "--parallel=2", "-o", str(work / "b"), str(path)
            ],
        },
        warm=False,
    )
    if not filecmp.cmp(work / "a", work / "b", shallow=False):
        sys.exit("sort: the results differ")
    against(report, "1 GB sorted, GNU sort --parallel=2", results, "sort")


def bench_split(report, work, options):
    """What cutting and merging cost: 1 GB of lines passed through, against cat."""
    path = work / "lines.txt"
    inputs.lines(path, 1e9 * options.scale)
    commands = {
        "ours": [LAUNCHER, "map", "-q", "-j2", "x", str(path)],
        "filter": pyparallel("copy.py", str(path)),
        "cat": ["cat", str(path)],
    }
    with open(os.devnull, "wb") as nowhere:
        results = rounds(options.rounds, commands, stdout=nowhere)
    against(report, "1 GB of lines, map x, against cat", results, "cat")
    results["ours"] = results["filter"]
    against(report, "1 GB of lines, a filter that copies, against cat", results, "cat")


def bench_journal(report, work, options):
    """What --journal costs: 1 GB of text, of which little comes out, and all of it.

    Both are cut into the same blocks: those that a journal asks for are larger, and faster.
    """
    path = work / "text.txt"
    inputs.text(path, 1e9 * options.scale)
    journal = work / "journal"
    for what, script, target in (
        ("1 GB, words counted per shard", "wordcount.py", 3),
        ("1 GB, a filter that copies", "copy.py", None),
    ):
        cut = (script, str(path), "--block", "2M")
        plain = pyparallel(*cut, "-o", str(work / "plain"))
        kept = pyparallel(*cut, "-o", str(work / "kept"), "--journal", str(journal))
        runs = {"plain": [], "journal": []}
        for _ in range(options.rounds):
            runs["plain"].append(run(plain))
            shutil.rmtree(journal, ignore_errors=True)
            runs["journal"].append(run(kept))
        again = run([*kept, "--resume"])
        if script == "copy.py" and not filecmp.cmp(work / "plain", work / "kept", shallow=False):
            sys.exit("journal: the results differ")
        shutil.rmtree(journal)
        for field, clock in (("wall", "wall"), ("cpu", "CPU")):
            with_it, without = median(runs["journal"], field), median(runs["plain"], field)
            cost = 100 * (with_it / without - 1)
            goal = target if field == "wall" else None
            report.add(
                f"{what}: cost of --journal, {clock}", seconds(with_it), seconds(without),
                f"{cost:+.1f}%", f"<= {goal}%" if goal else "", goal is None or cost <= goal,
            )
        report.add(
            f"{what}: all of it resumed", seconds(again.wall), seconds(median(runs["plain"])),
            f"{median(runs['plain']) / again.wall:.2f}x", "", True,
        )


def gnu_parallel(script, *arguments):
    """The command of a script that uses GNU parallel, as an entry; none where it is missing."""
    if shutil.which("parallel") is None:
        return {}
    return {"parallel": ["sh", str(PEERS / script), PYTHON, *map(str, arguments)]}


def check_same(results):
    """All commands must have said the same."""
    said = [json.loads(runs[-1].stdout) for runs in results.values()]
    if any(each != said[0] for each in said):
        sys.exit(f"the results differ: {list(results)}")


def against(report, what, results, peer, target=None):
    ours, theirs = median(results["ours"]), median(results[peer])
    ratio = theirs / ours
    report.add(
        what, seconds(ours), seconds(theirs), f"{ratio:.2f}x",
        "" if target is None else f">= {target}x", target is None or ratio >= target,
    )


def seconds(value):
    return f"{value:.3f} s" if value < 1 else f"{value:.2f} s"


PARTS = {
    "start": bench_start,
    "scaling": bench_scaling,
    "scaling-graalpy": bench_scaling_graalpy,
    "data": bench_data,
    "hot": bench_hot,
    "memory": bench_memory,
    "words": bench_words,
    "csv": bench_csv,
    "gzip": bench_gzip,
    "sort": bench_sort,
    "split": bench_split,
    "journal": bench_journal,
}
