"""Counts the records and adds up their numbers; `--reduce merge-dict` adds the shards up."""


def process_shard(records):
    count = 0
    total = 0
    for record in records:
        if record["ok"]:
            count += 1
            total += record["n"]
    return {"count": count, "total": total}
