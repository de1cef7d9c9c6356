"""The standard library's sources cut into tokens: a record is the path of a file."""

import io
import tokenize

TITLE = "tokenising the standard library"
KIND = "data"
OPTIONS = ()
RECORDS_PER_TASK = 4


def make(folder, scale):
    from measuring import PYTHON
    from pathlib import Path

    library = Path(PYTHON).parent.parent / "lib" / "python3.14"
    # Not what only newer Pythons can read.
    sources = sorted(path for path in library.glob("*.py") if path.stat().st_size < 200_000)
    path = folder / "sources.txt"
    chosen = sources[: max(8, int(len(sources) * scale))]
    path.write_text("".join(f"{source}\n" for source in chosen))
    return [path]


def process(record):
    with open(record, "rb") as file:
        text = file.read().decode()
    totals = {"files": 1, "tokens": 0, "characters": 0}
    for token in words(text):
        totals["tokens"] += 1
        totals["characters"] += len(token)
    return totals


def words(text):
    """The names, numbers, strings and operators of a source; not the white space, about which
    versions of Python differ."""
    kinds = (tokenize.NAME, tokenize.NUMBER, tokenize.OP, tokenize.STRING)
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type in kinds:
            yield token.string
