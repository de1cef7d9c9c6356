"""Counts primes by trial division: the record is the upper end of a range of SPAN numbers."""

SPAN = 2_000


def process(record):
    end = int(record)
    return count(end - SPAN, end)


def count(start, end):
    found = 0
    for number in range(start, end):
        if number < 2:
            continue
        divisor = 2
        while divisor * divisor <= number:
            if number % divisor == 0:
                break
            divisor += 1
        else:
            found += 1
    return found
