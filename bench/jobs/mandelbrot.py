"""The Mandelbrot set: a record is the number of a row."""

TITLE = "Mandelbrot"
KIND = "hot"
OPTIONS = ()
RECORDS_PER_TASK = 4

WIDTH = 400
LIMIT = 100


def make(folder, scale):
    path = folder / "rows.txt"
    rows = max(8, int(300 * scale))
    path.write_text("".join(f"{-1.2 + 2.4 * row / rows}\n" for row in range(rows)))
    return [path]


def process(record):
    imaginary = float(record)
    total = 0
    for column in range(WIDTH):
        point = complex(-2.0 + 2.6 * column / WIDTH, imaginary)
        value = 0j
        for count in range(LIMIT):
            value = value * value + point
            if value.real * value.real + value.imag * value.imag > 4.0:
                break
        total += count
    return {"steps": total}
