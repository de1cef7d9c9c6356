"""What both reports say of a document: its figures, ready to be shown."""

import model


def cases(document):
    """The workers and modes that were measured, in order, such as ``(1, "cold")``."""
    found = {(row["workers"], row["mode"]) for row in document["measurements"]}
    return sorted(found, key=lambda case: (case[1], case[0]))


def rows(document, job):
    """Of a job: label, name, a dict of the rows by workers and mode; one for each contender."""
    found = {}
    for row in document["measurements"]:
        if row["job"] == job:
            entry = found.setdefault(row["contender"], (row["label"], row["contender"], {}))
            entry[2][row["workers"], row["mode"]] = row
    return list(found.values())


def best(entries, case):
    """The shortest time of a case, or None."""
    times = [cells[case]["wallMedian"] for _, _, cells in entries if case in cells]
    return min(times, default=None)


def seconds(value):
    """A time in words."""
    if value < 0.001:
        return f"{value * 1e6:.0f} µs"
    if value < 1:
        return f"{value * 1e3:.0f} ms"
    return f"{value:.2f} s" if value < 100 else f"{value:.0f} s"


def size(count):
    """A number of bytes in words."""
    for unit, factor in (("GB", 1e9), ("MB", 1e6), ("kB", 1e3)):
        if count >= factor:
            return f"{count / factor:.3g} {unit}"
    return f"{count} bytes"


def machine(document):
    """What the machine is: pairs of a name and a text."""
    given = document["machine"]
    return [
        (name, text)
        for name, text in (
            ("Cores", str(given["cores"])),
            ("Processor", given["cpu"]),
            ("Memory", size(given["memoryBytes"])),
            ("System", given["system"]),
            ("pyparallel", given["pyparallel"]),
            ("Bundled Python", given["python"]),
            ("GNU parallel", given["gnuParallel"]),
        )
        if text
    ]


def model_table(document, job):
    """Of a job: label, model; one for each contender that there is a model of."""
    models = model.models(document)
    labels = {row["contender"]: row["label"] for row in document["measurements"]}
    return [
        (labels[contender], contender, found)
        for (name, contender), found in models.items()
        if name == job
    ]


MODEL_NOTE = (
    "A model, not a measurement: Amdahl's law with the contention term of the Universal Scalability"
    " Law. A contender's start is its cold time less its warm time on one worker; its contention"
    " follows from its warm times on one and two workers; what one thread does for all (pyparallel's"
    " writer) and the number of tasks are bounds. It assumes cores that are alike, enough memory"
    " bandwidth, input in the page cache, and no cost of coherence between cores, so it is a bound"
    " from above."
)

WARM_NOTE = (
    "Cold is a whole process, from its start to its end. Warm is the second pass over the same input"
    " in one process: of a pool the second map; of pyparallel the shards of a second input with the"
    " same bytes, from the start of the first to the end of the last. What is left of the first pass"
    " by then, up to a shard for each worker, counts against pyparallel. Where a pass is a few lines,"
    " pyparallel reads them from a pipe, each time when it has answered those before; the time is from"
    " the first line written to the last answer read. These passes are short, so each contender makes"
    " eight, and the median of the last four is its time. All contenders of a job take turns, round by"
    " round; a figure is the median of the rounds. Memory is the peak of a contender's"
    " largest process, of which pools of processes have several. Results that differ from the plain"
    " loop's are thrown out."
)
