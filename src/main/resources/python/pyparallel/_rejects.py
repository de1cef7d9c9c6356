"""What is kept of records that failed: one line of JSON each, to be looked at or run again."""

from pyparallel._library import library


def line(shard, first_line, described, place, source_text):
    """The line for one record, its end included.

    Numbers count from 1 within the source, offsets from 0; what is not known is null.

    Args:
        shard: the record's, a :class:`pyparallel.Shard`.
        first_line: how many lines of the source come before the shard, or None where unknown.
        described: what ``_errors.describe`` made of its exception.
        place: its :class:`pyparallel._places.Place`, or None where it has none.
        source_text: the record as it stands in the source, ``bytes`` or ``str``; None where it is
            not known which record it was.
    """
    number, _, _, type_name, message, traceback = described[:6]
    entry = {
        "source": shard.source or None,
        "record": None if source_text is None else _number(shard.first_record, int(number)),
        "line": None if place is None else _number(first_line, place.line),
        "offset": None if place is None else shard.start + place.offset,
        "error": {"type": type_name, "message": message},
        "traceback": traceback,
    }
    if source_text is None or isinstance(source_text, str):
        entry["data"] = source_text
    else:
        try:
            entry["data"] = source_text.decode()
        except UnicodeDecodeError:
            encode = library("binascii").b2a_base64
            entry["dataBase64"] = encode(source_text, newline=False).decode()
    json = library("json")
    text = json.dumps(entry, ensure_ascii=False)
    try:
        text.encode()
    except UnicodeEncodeError:  # the source's name: JSON can say it in ASCII only
        text = json.dumps(entry)
    return text + "\n"


def _number(before, within):
    return None if before is None else before + within + 1
