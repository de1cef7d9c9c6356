"""CSV: orders joined with customers, added up per country. Fields may be quoted; no line ends in them,
so that every contender can cut the file."""

import os

TITLE = "CSV join"
KIND = "data"
OPTIONS = ("--format", "csv", "--no-header")

CUSTOMERS = "customers.csv"


def make(folder, scale):
    import inputs

    path = folder / "orders.csv"
    inputs.orders(path, folder / CUSTOMERS, 60e6 * scale)
    return [path]


def records(lines):
    from csv import reader

    return reader(lines)


def process_shard(rows):
    countries = customers()
    totals = {}
    for row in rows:
        country = countries.get(row[1], "unknown")
        totals[country] = totals.get(country, 0) + int(row[2])
    return totals


def customers():
    """The countries of the customers, read once in an interpreter."""
    global _countries
    if _countries is None:
        from csv import reader

        folder = os.environ["BENCH_FOLDER"]
        with open(os.path.join(folder, CUSTOMERS), newline="") as file:
            _countries = {row[0]: row[1] for row in reader(file)}
    return _countries


_countries = None
