"""Compressed JSON lines in four files: a sum."""

TITLE = "gzip read"
KIND = "data"
OPTIONS = ("--format", "jsonl")
TASK_PER_FILE = True
FILES = 4


def make(folder, scale):
    import inputs

    paths = [folder / f"part{number}.jsonl.gz" for number in range(FILES)]
    for path in paths:
        inputs.gzip_jsonl(path, 60e6 * scale / FILES)
    return paths


def records(lines):
    from json import loads

    return map(loads, lines)


def process_shard(records):
    count = total = 0
    for record in records:
        count += 1
        total += record["n"]
    return {"records": count, "total": total}
