"""Measures pyparallel against other ways to use the cores; run by ``make bench``.

Usage: bench.py [--only NAME[,NAME...]] [--rounds N] [--scale F] [--quick] [--out FILE] [--html FILE]
       bench.py report FILE [--html FILE] [--markdown FILE]

What is measured is kept as JSON with the schema ``pyparallel.bench/1``:

``machine``
    cores, processor, memory in bytes, system and versions.
``options``
    rounds, scale, and numbers of workers.
``jobs``
    name, title, kind (``article``, ``data`` or ``hot``), ``inputBytes``; ``outputBytes`` of
    pyparallel, null where it was not measured; ``pieces``, how many tasks it has at most, null where
    it can be cut anywhere; ``waits``, whether it waits for others instead of computing; a note.
``measurements``
    one for each job, contender, number of workers and mode (``cold`` or ``warm``, see
    ``contenders.py``): ``wallSeconds`` of each round, their median, the median CPU seconds, and the
    peak memory of the largest process in bytes.
``skipped``
    jobs that a contender was not measured with, and why.
``serial``
    what one thread does for all, see ``serial.py``; null where nothing was measured.
``parts``
    rows of the older comparisons, see ``parts.py``.
"""

import argparse
import json
import sys
import tempfile
from pathlib import Path

import comparison
import machine
import serial
from contenders import CONTENDERS
from measuring import ROOT
from parts import PARTS, Report
from report_html import page
from report_markdown import table

DEFAULT_OUT = ROOT / "target" / "bench"
QUICK_SCALE = 0.01


def main():
    if sys.argv[1:2] == ["report"]:
        report(sys.argv[2:])
        return
    names = [*comparison.JOBS, "serial", *PARTS]
    parser = argparse.ArgumentParser(
        description=__doc__.split("\n")[0],
        epilog="`report FILE` writes the pages of a run again, see --html and --markdown.",
    )
    parser.add_argument("--rounds", type=int, default=3, help="runs of each command (default 3)")
    parser.add_argument("--only", help=f"comma-separated, of jobs, parts, {', '.join(names)}")
    parser.add_argument("--contenders", help="comma-separated names, as they are in the JSON")
    parser.add_argument("--workers", default="1,2", help="comma-separated (default 1,2)")
    parser.add_argument("--scale", type=float, help="size of the jobs (default 1)")
    parser.add_argument("--quick", action="store_true", help="one round of a hundredth of the size")
    parser.add_argument("--out", help="the JSON (default target/bench/bench.json)")
    parser.add_argument("--html", help="the page (default beside the JSON)")
    options = parser.parse_args()
    options.scale = options.scale or (QUICK_SCALE if options.quick else 1.0)
    options.rounds = 1 if options.quick else options.rounds
    options.workers = [int(number) for number in options.workers.split(",")]
    options.contenders = options.contenders.split(",") if options.contenders else []
    for name in options.contenders:
        if name not in (known := [contender.name for contender in CONTENDERS]):
            parser.error(f"--contenders {name}: there are {', '.join(known)}")
    options.modes = ("cold", "warm")
    chosen = _chosen(options.only, names, parser)
    out = Path(options.out or DEFAULT_OUT / "bench.json")
    out.parent.mkdir(parents=True, exist_ok=True)
    document = measure(chosen, options, out)
    html = Path(options.html or out.with_suffix(".html"))
    html.write_text(page(document))
    print(f"wrote {out} and {html}", file=sys.stderr)
    if any("differ" in note["reason"] for note in document["skipped"]):
        sys.exit("some results differ, see above")


def _chosen(only, names, parser):
    chosen = []
    for name in (only or "jobs,serial").split(","):
        if name == "jobs":
            chosen += comparison.JOBS
        elif name == "parts":
            chosen += PARTS
        elif name in names:
            chosen.append(name)
        else:
            parser.error(f"--only {name}: there are jobs, parts, {', '.join(names)}")
    return chosen


def measure(chosen, options, out):
    """Measures what was chosen; the document is written after each, so that nothing is lost."""
    document = {
        "schema": "pyparallel.bench/1",
        "machine": machine.describe(),
        "options": {
            "rounds": options.rounds, "scale": options.scale, "workers": options.workers,
        },
        "jobs": [],
        "measurements": [],
        "skipped": [],
        "serial": None,
        "parts": [],
    }
    rows = Report()
    for name in chosen:
        with tempfile.TemporaryDirectory(prefix="pyparallel-bench-") as folder:
            work = Path(folder)
            if name in comparison.JOBS:
                job, measurements, skipped = comparison.measure(name, work, options)
                document["jobs"].append(job)
                document["measurements"] += measurements
                document["skipped"] += skipped
            elif name == "serial":
                document["serial"] = serial.measure(work, options)
            else:
                PARTS[name](rows, work, options)
        document["parts"] = rows.rows
        comparison.save(out, document)
    return document


def report(arguments):
    parser = argparse.ArgumentParser(prog="bench.py report")
    parser.add_argument("file", help="what a run has written")
    parser.add_argument("--html", help="the page (default beside the JSON)")
    parser.add_argument("--markdown", default=str(ROOT / "docs" / "benchmarks.md"))
    options = parser.parse_args(arguments)
    document = json.loads(Path(options.file).read_text())
    Path(options.html or Path(options.file).with_suffix(".html")).write_text(page(document))
    Path(options.markdown).write_text(table(document))


if __name__ == "__main__":
    main()
