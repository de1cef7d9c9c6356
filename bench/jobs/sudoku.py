"""Sudoku by searching: a record is a grid of 81 digits, 0 for an empty field."""

from zlib import crc32

TITLE = "sudoku"
KIND = "hot"
OPTIONS = ()
RECORDS_PER_TASK = 2

GRID = "530070000600195000098000060800060003400803001700020006060000280000419005000080079"
COLUMNS = 9


def make(folder, scale):
    """One grid over and over, its digits renamed and some more of them taken away."""
    import random

    source = random.Random(6)
    path = folder / "grids.txt"
    with open(path, "w") as file:
        for _ in range(max(8, int(4000 * scale))):
            digits = list("123456789")
            source.shuffle(digits)
            grid = [digits[int(field) - 1] if field != "0" else "0" for field in GRID]
            for field in source.sample(range(81), 4):
                grid[field] = "0"
            file.write("".join(grid) + "\n")
    return [path]


def process(record):
    grid = [int(digit) for digit in record]
    rows, columns, boxes = [0] * 9, [0] * 9, [0] * 9
    empty = []
    for place, digit in enumerate(grid):
        row, column = divmod(place, COLUMNS)
        box = row // 3 * 3 + column // 3
        if digit:
            bit = 1 << digit
            rows[row] |= bit
            columns[column] |= bit
            boxes[box] |= bit
        else:
            empty.append((place, row, column, box))
    solve(grid, empty, rows, columns, boxes)
    return {"solved": 1, "sum": crc32(bytes(grid))}


def solve(grid, empty, rows, columns, boxes):
    """Fills the field that leaves least choice, and goes on; returns whether it came to an end."""
    if not empty:
        return True
    best, choices = None, 10
    for index, (_, row, column, box) in enumerate(empty):
        used = rows[row] | columns[column] | boxes[box]
        free = 9 - bin(used).count("1")
        if free < choices:
            best, choices = index, free
    place, row, column, box = empty.pop(best)
    used = rows[row] | columns[column] | boxes[box]
    for digit in range(1, 10):
        bit = 1 << digit
        if used & bit:
            continue
        grid[place] = digit
        rows[row] |= bit
        columns[column] |= bit
        boxes[box] |= bit
        if solve(grid, empty, rows, columns, boxes):
            return True
        rows[row] &= ~bit
        columns[column] &= ~bit
        boxes[box] &= ~bit
    grid[place] = 0
    empty.insert(best, (place, row, column, box))
    return False
