"""JSON lines: a sum and a count per path."""

TITLE = "JSONL aggregate"
KIND = "data"
OPTIONS = ("--format", "jsonl")


def make(folder, scale):
    import inputs

    path = folder / "events.jsonl"
    inputs.jsonl(path, 100e6 * scale)
    return [path]


def records(lines):
    from json import loads

    return map(loads, lines)


def process_shard(records):
    totals = {"records": 0}
    for record in records:
        totals["records"] += 1
        if record["ok"]:
            path = record["path"]
            totals[path] = totals.get(path, 0) + record["n"]
    return totals
