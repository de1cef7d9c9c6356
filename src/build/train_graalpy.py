"""What the AOT cache of GraalPy is trained on: code that gets hot, so that its compiler runs too."""

import json
import re


class Point:
    """An object that lives briefly."""

    __slots__ = ("x", "y")

    def __init__(self, x, y):
        self.x = x
        self.y = y

    def plus(self, other):
        """Return the sum."""
        return Point(self.x + other.x, self.y * 3 % 7)


def primes(limit):
    """Count the primes below a limit."""
    count = 0
    for number in range(2, limit):
        for divisor in range(2, int(number**0.5) + 1):
            if number % divisor == 0:
                break
        else:
            count += 1
    return count


def process(record):
    """Return a line of JSON about many things."""
    counts = {}
    for word in record.split():
        counts[word] = counts.get(word, 0) + 1
    point = Point(1, 2)
    for number in range(500):
        point = point.plus(Point(number, 1))
    z = 0j
    for _ in range(200):
        z = z * z + (0.1 + 0.2j)
    text = "".join(sorted(f"{number:x}" for number in range(100)))
    values = [primes(500), counts, point.x, abs(z), text, len(re.findall("[a-z]+", record))]
    return json.loads(json.dumps(values))
