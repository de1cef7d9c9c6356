"""Measures the jobs, each contender in turn, round by round."""

import json
import statistics
import sys
from pathlib import Path

from contenders import CONTENDERS
from measuring import ROOT
from tasks import load

JOBS = sorted(path.stem for path in (ROOT / "bench" / "jobs").glob("*.py"))

# The results of all are held against those of this one.
REFERENCE = "loop"


def measure(name, work, options):
    """Measures one job.

    Args:
        name: of the job.
        work: a folder to keep its input in.
        options: ``rounds``, ``scale``, ``workers``, ``contenders`` and ``modes``.

    Returns:
        The job's entry in the document, its measurements, and what was skipped or wrong.
    """
    job = load(name)
    folder = Path(work) / name
    folder.mkdir()
    paths = [str(path) for path in job.make(folder, options.scale)]
    pieces = _pieces(job, paths)
    entry = {
        "name": name,
        "title": job.TITLE,
        "kind": job.KIND,
        "inputBytes": sum(Path(path).stat().st_size for path in paths),
        "pieces": pieces,
        "waits": hasattr(job, "process_blocking"),
        "note": getattr(job, "NOTE", None),
    }
    cases, skipped = _cases(name, job, options)
    rows = {case: [] for case in cases}
    reference = None
    for _ in range(options.rounds):
        for case in list(rows):
            contender, workers, mode = case
            try:
                done = getattr(contender, mode)(name, job, paths, workers, folder)
            except SystemExit as failure:
                skipped.append(_note(name, contender, f"it failed: {str(failure)[-300:]}"))
                _drop(rows, contender)
                continue
            if contender.name == REFERENCE and reference is None:
                reference = done.result
            rows[case].append(done)
    for case in list(rows):
        # Whoever is wrong is dropped with all its cases.
        wrong = reference is not None and any(done.result != reference for done in rows.get(case, ()))
        if wrong:
            skipped.append(_note(name, case[0], "its results differ from those of the plain loop"))
            _drop(rows, case[0])
    entry["outputBytes"] = max((done.output for runs in rows.values() for done in runs), default=0) or None
    measurements = [_row(name, case, runs) for case, runs in rows.items() if runs]
    for row in measurements:
        print(
            f"{name:<16} {row['contender']:<20} {row['workers']} {row['mode']:<5}"
            f" {row['wallMedian']:>9.3f} s",
            flush=True,
        )
    return entry, measurements, skipped


def _pieces(job, paths):
    """How many tasks the job has, which is how many cores are of use; None where it is cut by bytes."""
    if getattr(job, "TASK_PER_FILE", False):
        return len(paths)
    size = getattr(job, "RECORDS_PER_TASK", 0)
    return sum(1 for path in paths for _ in Path(path).read_bytes().splitlines()) // size if size else None


def _cases(name, job, options):
    cases = []
    skipped = []
    # The reference first, so that every result can be held against it.
    for contender in sorted(CONTENDERS, key=lambda each: each.name != REFERENCE):
        if options.contenders and contender.name not in options.contenders:
            continue
        reason = contender.missing(job)
        if reason is not None:
            skipped.append(_note(name, contender, reason))
            continue
        for workers in contender.workers:
            if workers not in options.workers and contender.workers != (1,):
                continue
            for mode in options.modes:
                if mode == "cold" or contender.warms_up:
                    cases.append((contender, workers, mode))
    return cases, skipped


def _note(name, contender, reason):
    print(f"{name}: {contender.label} left out: {reason}", file=sys.stderr, flush=True)
    return {"job": name, "contender": contender.name, "reason": reason}


def _drop(rows, contender):
    for case in list(rows):
        if case[0] is contender:
            del rows[case]


def _row(name, case, runs):
    contender, workers, mode = case
    return {
        "job": name,
        "contender": contender.name,
        "label": contender.label,
        "workers": workers,
        "mode": mode,
        "wallSeconds": [round(done.wall, 6) for done in runs],
        "wallMedian": round(statistics.median(done.wall for done in runs), 6),
        "cpuMedian": round(statistics.median(done.cpu for done in runs), 6),
        "peakBytes": max(done.peak for done in runs),
    }


def save(path, document):
    """Writes a document as JSON."""
    Path(path).write_text(json.dumps(document, indent=1) + "\n")
