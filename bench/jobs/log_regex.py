"""A web server's log: requests and bytes per status, found with a regular expression."""

import re

TITLE = "log, regular expression"
KIND = "data"
OPTIONS = ()

LINE = re.compile(r'(\S+) \S+ \S+ \[([^\]]+)\] "(\w+) (\S+) [^"]*" (\d{3}) (\d+)')


def make(folder, scale):
    import inputs

    path = folder / "access.log"
    inputs.log(path, 60e6 * scale)
    return [path]


def process_shard(lines):
    totals = {}
    match = LINE.match
    for line in lines:
        found = match(line)
        if found is None:
            totals["other"] = totals.get("other", 0) + 1
            continue
        status = found[5]
        totals[status] = totals.get(status, 0) + 1
        key = f"{status} bytes"
        totals[key] = totals.get(key, 0) + int(found[6])
    return totals
