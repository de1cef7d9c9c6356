"""Primes counted by trial division: a record is the upper end of a range."""

TITLE = "prime count"
KIND = "hot"
OPTIONS = ()
RECORDS_PER_TASK = 4

SPAN = 2_000


def make(folder, scale):
    path = folder / "ends.txt"
    path.write_text("260000\n" * max(8, int(400 * scale)))
    return [path]


def process(record):
    end = int(record)
    found = 0
    for number in range(end - SPAN, end):
        divisor = 2
        while divisor * divisor <= number:
            if number % divisor == 0:
                break
            divisor += 1
        else:
            found += 1
    return {"primes": found}
