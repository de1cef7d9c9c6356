"""Cuts a job's input into tasks for those who do not do that themselves, and does a task.

All answer with the same kind of result: a dict of integers, which are added up by key.
"""

import gzip
import importlib
import os

# Of a file that is cut by bytes: at most so many in a task, and at least so many tasks a worker.
LARGEST_BLOCK = 2 << 20
TASKS_PER_WORKER = 8


def load(name):
    """The module of a job."""
    return importlib.import_module(f"jobs.{name}")


def tasks(job, paths, workers):
    """A job's tasks: ``(path, start, end)`` in bytes, or a list of lines."""
    found = []
    size = getattr(job, "RECORDS_PER_TASK", 0)
    for path in paths:
        if size:
            with open(path) as file:
                lines = file.read().split("\n")[:-1]
            found += [lines[start : start + size] for start in range(0, len(lines), size)]
            continue
        total = os.path.getsize(path)
        if getattr(job, "TASK_PER_FILE", False):
            found.append((path, 0, total))
            continue
        block = min(LARGEST_BLOCK, total // (workers * TASKS_PER_WORKER) + 1)
        found += [(path, at, min(at + block, total)) for at in range(0, total, block)]
    return found


def do(name, task):
    """Does one task of the job called ``name``."""
    lines = task if isinstance(task, list) else read(*task)
    return on_lines(load(name), lines)


def on_lines(job, lines):
    """What the job makes of some lines."""
    if hasattr(job, "records"):
        lines = job.records(lines)
    if hasattr(job, "process_shard"):
        return dict(job.process_shard(lines))
    function = getattr(job, "process_blocking", None) or job.process
    return add_up(map(function, lines))


def read(path, start, end):
    """The lines that begin in a range of bytes."""
    if path.endswith(".gz"):
        with gzip.open(path, "rt", newline="\n") as file:
            return file.read().split("\n")[:-1]
    with open(path, "rb") as file:
        if start:
            file.seek(start - 1)
            file.readline()
        block = file.read(max(0, end - file.tell()))
        if block and not block.endswith(b"\n"):
            block += file.readline()
    lines = block.decode().split("\n")
    if not lines[-1]:
        lines.pop()
    return lines


def add_up(results):
    """The sum of results, key by key."""
    totals = {}
    for result in results:
        for key, value in result.items():
            totals[key] = totals.get(key, 0) + value
    return totals
