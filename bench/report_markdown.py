"""A document as Markdown: ``docs/benchmarks.md``."""

import model
from figures import MODEL_NOTE, WARM_NOTE, best, cases, machine, model_table, rows, seconds, size


def table(document):
    """The whole page."""
    options = document["options"]
    lines = [
        "# Benchmarks",
        "",
        "Written by `scripts/bench report FILE` from what `make bench` measured; do not edit.",
        "",
        "## How it was measured",
        "",
        WARM_NOTE,
        "",
        f"{options['rounds']} rounds, scale {options['scale']:g}. A time in bold is the best of its"
        " column. Ratios travel to other machines, times do not.",
        "",
        "| | |",
        "|---|---|",
        *(f"| {name} | {text} |" for name, text in machine(document)),
        "",
        "To repeat it: `make`, then `make bench` (about an hour), or a part of it:",
        "",
        "```",
        "scripts/bench --quick                      # all of it, small, to see that it works",
        "scripts/bench --only primes,word_count     # some of the jobs",
        "scripts/bench --scale 5 --rounds 5         # larger and longer",
        "scripts/bench --only parts                 # older comparisons with targets of their own",
        "scripts/bench report target/bench/bench.json   # this page and the plots again",
        "```",
        "",
        "It writes `target/bench/bench.json` (its schema is described in `bench/bench.py`) and"
        " `target/bench/bench.html`, a page with plots that needs nothing else.",
    ]
    for job in document["jobs"]:
        lines += ["", f"## {job['title']}", "", *_job(document, job)]
    lines += _skipped(document)
    lines += _model(document)
    lines += _parts(document)
    return "\n".join(lines) + "\n"


def _job(document, job):
    entries = rows(document, job["name"])
    columns = cases(document)
    heads = [f"{mode}, {workers} worker{'s' * (workers > 1)}" for workers, mode in columns]
    lines = [
        f"`bench/jobs/{job['name']}.py`, {size(job['inputBytes'])} of input."
        + (f" {job['note']}." if job["note"] else ""),
        "",
        f"| | {' | '.join(heads)} | largest process |",
        "|---|" + "---:|" * (len(heads) + 1),
    ]
    for label, _, cells in entries:
        shown = []
        for case in columns:
            if case not in cells:
                shown.append("")
                continue
            value = cells[case]["wallMedian"]
            text = seconds(value)
            shown.append(f"**{text}**" if value == best(entries, case) else text)
        peak = max(row["peakBytes"] for row in cells.values())
        lines.append(f"| {label} | {' | '.join(shown)} | {size(peak)} |")
    return lines


def _skipped(document):
    notes = document["skipped"]
    if not notes:
        return []
    shown = [f"- {note['job']}, {note['contender']}: {note['reason']}" for note in notes]
    return ["", "## Left out", "", *shown]


def _model(document):
    lines = []
    for job in document["jobs"]:
        for label, _, found in model_table(document, job["name"]):
            cells = [seconds(found.seconds(cores)) for cores in model.CORES]
            sigma = f"{100 * found.contention:.1f} %"
            lines.append(f"| {job['title']} | {label} | {sigma} | {' | '.join(cells)} |")
    if not lines:
        return []
    heads = " | ".join(str(cores) for cores in model.CORES)
    serial = document["serial"]
    measured = []
    if serial:
        measured = [
            f"Measured of pyparallel's serial parts: {seconds(serial['startSeconds'])} to start,"
            f" {size(serial['writerBytesPerSecond'])} a second cut, copied and written,"
            f" {seconds(serial['shardSeconds'])} for each shard.",
            "",
        ]
    return [
        "", "## Up to 64 cores: a model", "", MODEL_NOTE, "", *measured,
        f"| | | contention | {heads} |", "|---|---|---:|" + "---:|" * len(model.CORES), *lines,
    ]


def _parts(document):
    if not document["parts"]:
        return []
    lines = ["", "## Older comparisons", "", "| | measured | against | ratio | target |"]
    lines.append("|---|---:|---:|---:|---|")
    for row in document["parts"]:
        cells = (row["what"], row["measured"], row["peer"], row["ratio"], row["target"])
        lines.append(f"| {' | '.join(cells)} |")
    return lines
