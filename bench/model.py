"""A model of how a contender scales with the cores.

It is Amdahl's law with the contention term of the Universal Scalability Law, and its parameters are
measured on few cores:

- ``start``: seconds before any work is done, whatever the number of cores; cold time less warm time
  on one worker.
- ``work``: seconds of the warm pass on one worker.
- ``contention``: the share of the work for which workers wait for each other (sigma). From the warm
  times on one and two workers: with the law ``T2 / T1 = (1 + sigma) / 2``.
- ``serial``: seconds that one thread needs whatever the number of cores, while the others work: all
  output passes through one writer.
- ``pieces``: how many pieces the work can be cut into; no more cores than that are of use.

Assumptions: the cores are alike and have memory and caches as those measured had; the input is in
the page cache; coherence between cores costs nothing (kappa is 0, which two points cannot tell from
sigma); the work is cut evenly. So it is a bound from above rather than a promise.
"""

from dataclasses import dataclass

CORES = (1, 2, 4, 8, 16, 32, 64)

# Pieces of work that can be cut anywhere.
UNBOUNDED = 1 << 30


@dataclass(frozen=True)
class Model:
    """Seconds, a share from 0 to 1, and a number of pieces; see the module."""

    start: float
    work: float
    contention: float
    serial: float = 0.0
    pieces: int = UNBOUNDED

    def seconds(self, cores):
        """How long a whole process takes on so many cores, from 1."""
        used = max(1, min(cores, self.pieces))
        parallel = self.work * (1 + self.contention * (used - 1)) / used
        return self.start + max(parallel, self.serial)

    def speedup(self, cores):
        """How many times as fast as on one core."""
        return self.seconds(1) / self.seconds(cores)


def contention(one, two):
    """Sigma, from the seconds of the same work on one and on two workers."""
    if one <= 0:
        return 0.0
    return min(1.0, max(0.0, 2 * two / one - 1))


def fit(cold_one, warm_one, warm_two, serial=0.0, pieces=UNBOUNDED):
    """The model that follows from medians, in seconds.

    Args:
        cold_one: of the whole process with one worker.
        warm_one, warm_two: of the warm pass with one and two workers.
        serial, pieces: see :class:`Model`.
    """
    start = max(0.0, cold_one - warm_one)
    return Model(start, warm_one, contention(warm_one, warm_two), serial, pieces)


def models(document):
    """The models of all that was measured enough for one, by job and contender."""
    medians = {}
    for row in document["measurements"]:
        medians[row["job"], row["contender"], row["workers"], row["mode"]] = row["wallMedian"]
    sizes = {job["name"]: job for job in document["jobs"]}
    writer = (document.get("serial") or {}).get("writerBytesPerSecond") or 0
    found = {}
    for (job, contender, workers, mode), cold in medians.items():
        one = medians.get((job, contender, 1, "warm"))
        two = medians.get((job, contender, 2, "warm"))
        waits = sizes[job].get("waits")  # for others: cores are of no use
        if waits or workers != 1 or mode != "cold" or one is None or two is None:
            continue
        ours = contender.startswith("pyparallel")
        output = sizes[job].get("outputBytes") or 0
        serial = output / writer if ours and writer else 0.0
        pieces = sizes[job].get("pieces") or UNBOUNDED
        found[job, contender] = fit(cold, one, two, serial, pieces)
    return found
