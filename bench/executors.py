"""Does a job with one of Python's own ways to use the cores, as one process; see ``contenders.py``.

Usage: executors.py KIND JOB WORKERS PASSES PATH...

Prints as JSON the result of the last pass, and how long each pass took, in seconds.
"""

import json
import sys
import time
from concurrent import futures
from functools import partial

from tasks import add_up, do, load, tasks

POOLS = {
    "threads": futures.ThreadPoolExecutor,
    "processes": futures.ProcessPoolExecutor,
    "interpreters": futures.InterpreterPoolExecutor,
}


def main():
    kind, name, workers, passes, *paths = sys.argv[1:]
    workers = int(workers)
    job = load(name)
    if kind == "loop":
        took, result = measured(int(passes), job, name, paths, 1, map)
    else:
        size = getattr(job, "THREADS", workers) if kind == "threads" else workers
        with POOLS[kind](size) as pool:
            took, result = measured(int(passes), job, name, paths, workers, pool.map)
    print(json.dumps({"result": result, "passes": took}))


def measured(passes, job, name, paths, workers, apply):
    took = []
    for _ in range(passes):
        start = time.perf_counter()
        result = add_up(apply(partial(do, name), tasks(job, paths, workers)))
        took.append(time.perf_counter() - start)
    return took, result


if __name__ == "__main__":
    main()
