"""bench/scripts/csv_totals.py as a plain loop on one core."""

import csv
import json
import sys

totals = {}
with open(sys.argv[1], newline="") as file:
    for row in csv.DictReader(file):
        country = row["country"]
        totals[country] = totals.get(country, 0) + int(row["amount"])
print(json.dumps(totals))
