"""Plots as SVG text; colours are CSS classes ``c-NAME``, so that they follow light and dark."""

import math
from html import escape

WIDTH = 760
LABELS = 250
BAR = 13


def bars(entries, case, second):
    """Horizontal bars: of each entry of ``figures.rows`` the time of a case, and of a second."""
    times = [
        cells[key]["wallMedian"] for _, _, cells in entries for key in (case, second) if key in cells
    ]
    if not times:
        return ""
    longest = max(times)
    room = WIDTH - LABELS - 80
    parts = []
    top = 4
    for label, name, cells in entries:
        middle = top + BAR + 4
        parts.append(f'<text x="{LABELS - 8}" y="{middle}" class="label">{escape(label)}</text>')
        for key, kind in ((case, "cold"), (second, "warm")):
            if key in cells:
                value = cells[key]["wallMedian"]
                width = max(1.0, room * value / longest)
                parts.append(
                    f'<rect x="{LABELS}" y="{top}" width="{width:.1f}" height="{BAR}"'
                    f' class="c-{name} {kind}"><title>{escape(label)}, {kind}: {value:.4g} s</title>'
                    "</rect>"
                    f'<text x="{LABELS + width + 5:.1f}" y="{top + BAR - 2}">{value:.3g} s</text>'
                )
            top += BAR + 2
        top += 8
    return _svg(top, parts, "times")


def curves(models, cores):
    """Lines of seconds over cores, both logarithmic; ``models`` as from ``figures.model_table``."""
    if not models:
        return ""
    height, left, right, base = 300, 60, 190, 260
    values = [found.seconds(count) for _, _, found in models for count in cores]
    low, high = math.log10(min(values)), math.log10(max(values))
    low, high = low - 0.05, high + 0.05
    span = math.log2(cores[-1])

    def place(count, value):
        x = left + (WIDTH - left - right) * math.log2(count) / span
        y = base - (base - 20) * (math.log10(value) - low) / (high - low)
        return x, y

    parts = []
    for count in cores:
        x, _ = place(count, 10**low)
        parts.append(f'<line x1="{x:.1f}" y1="20" x2="{x:.1f}" y2="{base}" class="grid"/>')
        parts.append(f'<text x="{x:.1f}" y="{base + 16}" class="tick">{count}</text>')
    for power in range(math.ceil(low), math.floor(high) + 1):
        _, y = place(1, 10.0**power)
        parts.append(
            f'<line x1="{left}" y1="{y:.1f}" x2="{WIDTH - right}" y2="{y:.1f}" class="grid"/>'
            f'<text x="{left - 6}" y="{y + 4:.1f}" class="label">{10.0**power:g} s</text>'
        )
    ends = []
    for label, name, found in models:
        points = [place(count, found.seconds(count)) for count in cores]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        parts.append(f'<polyline points="{path}" class="l-{name}"/>')
        ends.append((points[-1][1], label, name))
    below = 0.0
    for y, label, name in sorted(ends):
        below = max(y + 4, below + 13)
        x = WIDTH - right + 6
        parts.append(f'<text x="{x}" y="{below:.1f}" class="t-{name}">{escape(short(label))}</text>')
    parts.append(f'<text x="{left}" y="{base + 34}">cores (modelled, not measured)</text>')
    return _svg(max(height, below + 10), parts, "modelled times over cores")


def short(label):
    """A label without what several have in common."""
    for prefix in ("pyparallel --runtime ", "python3.14, "):
        if label.startswith(prefix):
            return ("pyparallel " if prefix[1] == "y" and "run" in prefix else "") + label[len(prefix) :]
    return label


def _svg(height, parts, title):
    return (
        f'<svg viewBox="0 0 {WIDTH} {height:.0f}" role="img" aria-label="{title}">'
        + "".join(parts)
        + "</svg>"
    )
