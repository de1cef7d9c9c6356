"""Sums a field of JSON lines per user, keeping a number per shard."""


def process_shard(records):
    count = 0
    total = 0
    users = set()
    for record in records:
        if record["ok"]:
            count += 1
            total += record["n"]
        users.add(record["user"])
    return {"count": count, "total": total, "users": len(users)}
