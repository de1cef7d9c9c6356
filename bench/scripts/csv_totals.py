"""Adds up an amount per country; `--reduce merge-dict` adds the shards up."""


def process_shard(rows):
    totals = {}
    for row in rows:
        country = row["country"]
        totals[country] = totals.get(country, 0) + int(row["amount"])
    return totals
