"""The article's CPU workload: four products of 10,000 integers each, a line for each."""

TITLE = "article, CPU: products of 1..40000 in four parts"
KIND = "article"
OPTIONS = ("-N", "1")
RECORDS_PER_TASK = 1

PRIME = 1_000_000_007


def make(folder, scale):
    """The work is what the article has, whatever the scale."""
    path = folder / "ranges.txt"
    path.write_text("1 10000\n10001 20000\n20001 30000\n30001 40000\n")
    return [path]


def process(record):
    first, last = map(int, record.split())
    product = 1
    for number in range(first, last + 1):
        product *= number
    return {record: product % PRIME}
