"""A document as one HTML page with plots, which needs no network and no JavaScript."""

from html import escape

import model
from figures import (
    MODEL_NOTE, WARM_NOTE, best, cases, machine, model_table, rows, seconds, size,
)
from plots import bars, curves

COLOURS = {
    "pyparallel-auto": "#0b6e4f",
    "pyparallel-cpython": "#1d9a6c",
    "pyparallel-graalpy": "#d1495b",
    "pyparallel-process": "#5aa9a3",
    "loop": "#7d7d7d",
    "threads": "#b8860b",
    "processes": "#3f6fb5",
    "interpreters": "#7a4fb5",
    "gnu-parallel": "#c06a2b",
}

STYLE = """
:root { color-scheme: light dark; --fg: #1b1f23; --bg: #ffffff; --soft: #d8dde3; --dim: #57606a; }
@media (prefers-color-scheme: dark) {
  :root { --fg: #e6e9ec; --bg: #14171a; --soft: #343a41; --dim: #9aa4ae; }
}
body { font: 15px/1.5 system-ui, sans-serif; color: var(--fg); background: var(--bg);
  max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; margin: 1rem 0; display: block; overflow-x: auto; }
td, th { padding: .2rem .7rem; border-bottom: 1px solid var(--soft); text-align: right; }
td:first-child, th:first-child { text-align: left; }
svg { width: 100%; height: auto; margin: .5rem 0; }
svg text { font-size: 12px; fill: var(--fg); }
svg .label { text-anchor: end; } svg .tick { text-anchor: middle; }
svg .grid { stroke: var(--soft); } svg polyline { fill: none; stroke-width: 2; }
svg .cold { opacity: .55; }
.note { color: var(--dim); } .model { border-left: 4px solid #d1495b; padding-left: 1rem; }
nav a { margin-right: .8rem; }
"""


def page(document):
    """The whole page."""
    jobs = document["jobs"]
    parts = [
        "<!doctype html><html lang='en'><head><meta charset='utf-8'>",
        "<meta name='viewport' content='width=device-width, initial-scale=1'>",
        f"<title>pyparallel: benchmarks</title><style>{STYLE}{_colours()}</style></head><body>",
        "<h1>pyparallel: benchmarks</h1>",
        f"<p class='note'>{escape(WARM_NOTE)}</p>",
        _machine(document),
        "<nav>",
        *(f"<a href='#{escape(job['name'])}'>{escape(job['title'])}</a> " for job in jobs),
        "</nav>",
        *(_job(document, job) for job in jobs),
        _skipped(document),
        _parts(document),
        "</body></html>\n",
    ]
    return "\n".join(part for part in parts if part)


def _colours():
    return "".join(
        f".c-{name} {{ fill: {colour}; }} .l-{name} {{ stroke: {colour}; }}"
        f" svg .t-{name} {{ fill: {colour}; }}\n"
        for name, colour in COLOURS.items()
    )


def _machine(document):
    options = document["options"]
    cells = [
        *machine(document), ("Rounds", str(options["rounds"])), ("Scale", f"{options['scale']:g}")
    ]
    lines = "".join(f"<tr><td>{escape(name)}</td><td>{escape(text)}</td></tr>" for name, text in cells)
    return f"<table>{lines}</table>"


def _job(document, job):
    entries = rows(document, job["name"])
    columns = cases(document)
    most = max((workers for workers, _ in columns), default=1)
    # A loop has one worker whatever the others have.
    shown = [
        (label, name, {mode: cells.get((most, mode)) or cells.get((1, mode)) for mode in MODES})
        for label, name, cells in entries
    ]
    shown = [
        (label, name, {mode: row for mode, row in cells.items() if row}) for label, name, cells in shown
    ]
    models = model_table(document, job["name"])
    modelled = ""
    if models:
        modelled = (
            "<div class='model'><h3>Up to 64 cores: a model</h3>"
            f"{curves(models, model.CORES)}<p class='note'>{escape(MODEL_NOTE)}</p></div>"
        )
    return (
        f"<h2 id='{escape(job['name'])}'>{escape(job['title'])}</h2>"
        f"<p class='note'>{escape(size(job['inputBytes']))} of input; with {most} workers:"
        " upper bar (pale) cold, lower bar warm."
        f" {escape(job['note'] or '')}</p>"
        f"{bars(shown, *MODES)}{_table(entries, columns)}{modelled}"
    )


MODES = ("cold", "warm")


def _table(entries, columns):
    heads = "".join(f"<th>{mode}, {workers}</th>" for workers, mode in columns)
    lines = []
    for label, _, cells in entries:
        texts = []
        for case in columns:
            value = cells[case]["wallMedian"] if case in cells else None
            text = "" if value is None else seconds(value)
            strong = value is not None and value == best(entries, case)
            texts.append(f"<td>{'<b>' * strong}{text}{'</b>' * strong}</td>")
        peak = size(max(row["peakBytes"] for row in cells.values()))
        lines.append(f"<tr><td>{escape(label)}</td>{''.join(texts)}<td>{peak}</td></tr>")
    return f"<table><tr><th></th>{heads}<th>largest process</th></tr>{''.join(lines)}</table>"


def _skipped(document):
    notes = "".join(
        f"<li>{escape(note['job'])}, {escape(note['contender'])}: {escape(note['reason'])}</li>"
        for note in document["skipped"]
    )
    return f"<h2>Left out</h2><ul>{notes}</ul>" if notes else ""


def _parts(document):
    lines = "".join(
        "<tr>"
        + "".join(
            f"<td>{escape(row[key])}</td>" for key in ("what", "measured", "peer", "ratio", "target")
        )
        + "</tr>"
        for row in document["parts"]
    )
    return f"<h2>Older comparisons</h2><table>{lines}</table>" if lines else ""
