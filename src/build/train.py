"""What the AOT cache is trained on: a few records in, text out."""


def process(record: str) -> str:
    """Return the words of a line in reverse."""
    return " ".join(reversed(record.split()))
