"""Makes the inputs of the benchmarks; the same for the same size."""

import gzip
import itertools
import json
import random

WORDS = "alpha beta gamma delta epsilon zeta eta theta iota kappa".split()

COUNTRIES = "AT BE CH DE DK ES FR GB IT NL PL PT SE US".split()


def jsonl(path, size):
    """About ``size`` bytes of lines such as a web service logs."""
    with open(path, "w") as file:
        for line in _json_lines(size):
            file.write(line)


def gzip_jsonl(path, size):
    """The same, compressed; ``size`` is that of the text."""
    with gzip.open(path, "wt", compresslevel=6) as file:
        for line in _json_lines(size):
            file.write(line)


def _json_lines(size):
    source = random.Random(1)
    users = [f"user{n:05d}" for n in range(5_000)]
    written = 0
    while written < size:
        line = json.dumps(
            {
                "user": source.choice(users),
                "n": source.randrange(1_000_000),
                "ok": source.random() < 0.9,
                "path": "/" + "/".join(source.choices(WORDS, k=3)),
                "score": round(source.random() * 100, 3),
            }
        )
        written += len(line) + 1
        yield line + "\n"


def lines(path, size):
    """About ``size`` bytes of lines of 27 to 136 characters: a random number and a filling. One
    block of 10,000 lines over and over."""
    source = random.Random(2)
    block = "".join(
        f"{source.getrandbits(64):016x} {'x' * source.randrange(10, 120)}\n" for _ in range(10_000)
    )
    _repeat(path, block, size)


def random_lines(path, size):
    """About ``size`` bytes of different lines in no order, for sorting."""
    source = random.Random(3)
    filling = "x" * 120
    written = 0
    with open(path, "w") as file:
        while written < size:
            some = [
                f"{source.getrandbits(64):016x} {filling[: source.randrange(10, 120)]}\n"
                for _ in range(10_000)
            ]
            file.writelines(some)
            written += sum(map(len, some))


def text(path, size):
    """About ``size`` bytes of lines of ten words; there are 50,000 words, few of them frequent, as
    in natural language. One block of 20 MB over and over."""
    source = random.Random(4)
    letters = "etaoinshrdlucmfwypvbgkjqxz"
    words = ["".join(source.choices(letters, k=source.randrange(2, 12))) for _ in range(50_000)]
    weights = list(itertools.accumulate(1 / (rank + 2) for rank in range(len(words))))
    total = 0
    block = []
    while total < min(size, 20e6):
        line = " ".join(source.choices(words, cum_weights=weights, k=10)) + "\n"
        block.append(line)
        total += len(line)
    _repeat(path, "".join(block), size)


def table(path, size):
    """About ``size`` bytes of CSV with a header; every tenth row has a quoted field that holds a
    comma, quotes and a line end."""
    source = random.Random(5)
    rows = []
    for number in range(20_000):
        comment = " ".join(source.choices(WORDS, k=4))
        if source.random() < 0.1:
            comment = f'"{comment}, ""so"" they\nsaid"'
        rows.append(
            f"{number},user{source.randrange(5_000)},{source.choice(COUNTRIES)},"
            f"{source.randrange(100_000)},{comment}\n"
        )
    _repeat(path, "".join(rows), size, header="id,user,country,amount,comment\n")


def log(path, size):
    """About ``size`` bytes of a web server's log, in the common format; some lines are broken."""
    source = random.Random(6)
    rows = []
    for number in range(20_000):
        if source.random() < 0.01:
            rows.append("-- MARK --\n")
            continue
        address = ".".join(str(source.randrange(256)) for _ in range(4))
        page = "/" + "/".join(source.choices(WORDS, k=3))
        status = source.choice((200, 200, 200, 200, 304, 404, 500))
        rows.append(
            f'{address} - - [{number % 28 + 1:02d}/Jan/2026:10:00:00 +0000] "GET {page} HTTP/1.1"'
            f" {status} {source.randrange(100_000)}\n"
        )
    _repeat(path, "".join(rows), size)


def orders(path, customers, size):
    """About ``size`` bytes of CSV without a header: number, customer, amount, comment; and the
    customers with their countries. Some fields are quoted."""
    source = random.Random(7)
    with open(customers, "w") as file:
        for number in range(5_000):
            file.write(f'user{number},{source.choice(COUNTRIES)},"Name, {number}"\n')
    rows = []
    for number in range(20_000):
        comment = " ".join(source.choices(WORDS, k=4))
        if source.random() < 0.1:
            comment = f'"{comment}, ""so"" they said"'
        rows.append(
            f"{number},user{source.randrange(5_100)},{source.randrange(100_000)},{comment}\n"
        )
    _repeat(path, "".join(rows), size)


def _repeat(path, block, size, header=""):
    data = block.encode()
    with open(path, "wb") as file:
        file.write(header.encode())
        for _ in range(int(size) // len(data) + 1):
            file.write(data)
