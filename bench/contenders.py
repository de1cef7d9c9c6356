"""The ways to do a job that are measured side by side.

A contender is measured *cold*, as a whole process from its start to its end, and *warm*, where it
can: one process does the same input twice, and only the second pass counts. In a pool that is the
second ``map``. In pyparallel the second pass is an input of its own with the same bytes, and lasts
from the start of its first shard to the end of its last; what is left of the first pass then, up to
a shard for each worker, counts as well, to pyparallel's disadvantage. Where a pass is only a few lines
that would be half of it, so these come through a pipe, each time when all of the time before are
answered; since such a pass is short, there are eight, and the median of the last four counts.
"""

import json
import os
import shutil
import statistics
from dataclasses import dataclass

from measuring import LAUNCHER, PYTHON, ROOT, feed, run
from tasks import add_up

BENCH = ROOT / "bench"


@dataclass
class Measured:
    """Seconds, and bytes of peak memory of the largest process."""

    wall: float
    cpu: float
    peak: int
    result: dict
    output: int = 0


class PyParallel:
    """One of pyparallel's runtimes."""

    workers = (1, 2)
    warms_up = True

    def __init__(self, runtime):
        self.name = f"pyparallel-{runtime}"
        self.label = f"pyparallel --runtime {runtime}"
        self._runtime = runtime

    def missing(self, job):
        """Why it cannot do a job, or None."""
        return None

    def cold(self, name, job, paths, workers, folder):
        done = self._run(name, job, paths, workers, folder)
        results = map(json.loads, done.stdout.splitlines())
        return Measured(done.wall, done.cpu, done.rss, add_up(results), len(done.stdout))

    def warm(self, name, job, paths, workers, folder):
        if job.KIND == "article":
            return self._fed(name, job, paths[0], workers, folder)
        second = copies(paths)
        done = self._run(name, job, [*paths, *second], workers, folder, "--json")
        document = json.loads(done.stdout)
        shards = [shard for shard in document["shards"] if shard["source"] in second]
        ends = [shard["startSeconds"] + shard["wallSeconds"] for shard in shards]
        wall = max(ends) - min(shard["startSeconds"] for shard in shards)
        cpu = sum(shard["cpuSeconds"] or 0.0 for shard in shards)
        return Measured(wall, cpu, done.rss, _of_one(2, document["results"]))

    def _fed(self, name, job, path, workers, folder):
        with open(path, "rb") as file:
            data = file.read()
        command = self._command(name, job, workers, "-")
        passes = _passes(job)
        done, seconds = feed(command, data, passes, variables(folder))
        result = _of_one(passes, map(json.loads, done.stdout.splitlines()))
        return Measured(_when_warm(seconds), done.cpu / passes, done.rss, result)

    def _run(self, name, job, paths, workers, folder, *more):
        command = self._command(name, job, workers, *paths)
        return run([*command, *more], environment=variables(folder))

    def _command(self, name, job, workers, *inputs):
        script = str(BENCH / "jobs" / f"{name}.py")
        command = [LAUNCHER, "run", "-q", "--runtime", self._runtime, "-j", str(workers)]
        return [*command, *job.OPTIONS, script, *inputs]


class Executor:
    """The bundled Python with a pool of its own, or none."""

    warms_up = True

    def __init__(self, kind, label, workers=(1, 2)):
        self.name = kind
        self.label = label
        self.workers = workers

    def missing(self, job):
        return None

    def cold(self, name, job, paths, workers, folder):
        done = self._run(name, paths, workers, folder, 1)
        return Measured(done.wall, done.cpu, done.rss, json.loads(done.stdout)["result"])

    def warm(self, name, job, paths, workers, folder):
        passes = _passes(job)
        done = self._run(name, paths, workers, folder, passes)
        said = json.loads(done.stdout)
        return Measured(_when_warm(said["passes"]), done.cpu / passes, done.rss, said["result"])

    def _run(self, name, paths, workers, folder, passes):
        command = [PYTHON, str(BENCH / "executors.py"), self.name, name, str(workers), str(passes)]
        return run([*command, *paths], environment=variables(folder))


class GnuParallel:
    """GNU parallel with a process of the bundled Python for each block."""

    name = "gnu-parallel"
    label = "GNU parallel"
    workers = (1, 2)
    warms_up = False

    def missing(self, job):
        if shutil.which("parallel") is None:
            return "it is not installed"
        if hasattr(job, "process_blocking"):
            return "it starts a process for each request"
        return None

    def cold(self, name, job, paths, workers, folder):
        script = [PYTHON, str(BENCH / "pipe.py"), name]
        command = ["parallel", "--will-cite", f"-j{workers}"]
        given = os.devnull
        if getattr(job, "TASK_PER_FILE", False):
            command += [*script, "{}", ":::", *paths]
        elif getattr(job, "RECORDS_PER_TASK", 0):
            given = paths[0]
            with open(given) as file:
                count = sum(1 for _ in file)
            # Four blocks for each worker: a process for each task would only measure its start.
            size = max(1, count // (4 * workers))
            command += ["--pipe", f"-N{size}", *script]
        else:
            # So many blocks for each worker.
            command += ["-a", paths[0], "--pipepart", "--block", "-4", *script]
        done = run(command, environment=variables(folder), stdin=given)
        results = map(json.loads, done.stdout.splitlines())
        return Measured(done.wall, done.cpu, done.rss, add_up(results))


def _passes(job):
    """How often a process does a job, the times it warms up among them. The CPU time of a pass is that
    of the whole process divided by this."""
    return 8 if job.KIND == "article" else 2


def _when_warm(seconds):
    """The time of a pass, given those of all: the first half are to warm up."""
    return statistics.median(seconds[len(seconds) // 2 :])


def _of_one(passes, results):
    """What one of equal passes adds up to."""
    return {key: value // passes for key, value in add_up(results).items()}


def copies(paths):
    """The same files under other names, made once."""
    others = []
    for path in paths:
        folder, base = os.path.split(path)
        other = os.path.join(folder, f"again-{base}")
        if not os.path.exists(other):
            shutil.copyfile(path, other)
        others.append(other)
    return others


def variables(folder):
    return {"PYTHONPATH": str(BENCH), "BENCH_FOLDER": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}


CONTENDERS = (
    PyParallel("auto"),
    PyParallel("cpython"),
    PyParallel("graalpy"),
    PyParallel("process"),
    Executor("loop", "python3.14, plain loop", (1,)),
    Executor("threads", "python3.14, ThreadPoolExecutor"),
    Executor("processes", "python3.14, ProcessPoolExecutor"),
    Executor("interpreters", "python3.14, InterpreterPoolExecutor"),
    GnuParallel(),
)
