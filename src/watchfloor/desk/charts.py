"""Charts drawn on the server as SVG: bars by day, bars by group, strips of states."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from math import ceil

from markupsafe import Markup

from watchfloor.desk.tongue import say
from watchfloor.records import Record

#: What a chart outside a page needs of the pages' style sheet.
STYLE = (
    "text{font:12px system-ui,sans-serif;fill:#444}"
    ".now{fill:#2f6fb0}.before{fill:#b9c4cf}.axis{stroke:#999}.gap{fill:#d33;fill-opacity:.25}"
)


class Bar(Record, frozen=True, kw_only=True):
    """One bar: parts as (class, size) from the bottom up; `to` is where a click leads.

    `shade` (0 to 1) is how much of its time nothing could have been heard.
    """

    label: str
    parts: tuple[tuple[str, int], ...]
    to: str | None = None
    says: str = ""
    shade: float = 0.0
    tick: bool = True


class Spell(Record, frozen=True, kw_only=True):
    """A stretch of time in one state."""

    state: str
    start: datetime
    end: datetime


def stacked(bars: Sequence[Bar], name: str, width: int = 560, height: int = 104) -> Markup:
    """One bar beside the other, their parts on top of each other."""
    top = _nice(max((sum(n for _, n in bar.parts) for bar in bars), default=1))
    foot, left = 18, 26
    step = (width - left) / max(1, len(bars))
    tall = height - foot - 6
    out = [_axis(left, width, 6, tall, top)]
    for place, bar in enumerate(bars):
        x, y = left + place * step, 6.0 + tall
        shapes = [_shade(x, step, tall, bar.shade)]
        for name_of, size in bar.parts:
            part = tall * size / top
            y -= part
            shapes.append(_rect(name_of, x + step * 0.1, y, step * 0.8, part))
        if bar.tick:
            shapes.append(
                Markup('<text x="{:.1f}" y="{}" text-anchor="middle">{}</text>').format(
                    min(x + step / 2, width - 24), height - 4, bar.label
                )
            )
        shapes.append(Markup('<rect class="hit" x="{:.1f}" y="0" width="{:.1f}" height="{}"/>')
                      .format(x, step, height))  # fmt: skip
        out.append(_linked(Markup("").join(shapes), bar))
    return _svg(out, name, width, height)


def lying(bars: Sequence[Bar], name: str, width: int = 620) -> Markup:
    """Bars from left to right, one below the other, their parts one under another to compare."""
    line, left = 28, 180
    height = max(1, len(bars)) * line + 4
    top = _nice(max((n for bar in bars for _, n in bar.parts), default=1))
    out: list[Markup] = []
    for place, bar in enumerate(bars):
        y = place * line + 4
        thick = (line - 8) / max(1, len(bar.parts))
        shapes = [
            Markup('<text x="{}" y="{}" text-anchor="end">{}</text>').format(
                left - 8, y + line / 2, bar.label if len(bar.label) < 30 else bar.label[:28] + "…"
            )
        ]
        for n, (name_of, size) in enumerate(bar.parts):
            long = (width - left - 44) * size / top
            shapes.append(_rect(name_of, left, y + n * thick, long, thick - 1))
            shapes.append(
                Markup('<text class="small" x="{:.1f}" y="{:.1f}">{}</text>').format(
                    left + long + 4, y + (n + 0.9) * thick, size
                )
            )
        out.append(_linked(Markup("").join(shapes), bar))
    return _svg(out, name, width, height)


def strip(spells: Sequence[Spell], first: datetime, last: datetime, name: str) -> Markup:
    """What state something was in from `first` to `last`; what is not told of is unknown."""
    width, height = 320, 14
    whole = max(1.0, (last - first).total_seconds())

    def across(at: datetime) -> float:
        return width * min(1.0, max(0.0, (at - first).total_seconds() / whole))

    out = [_rect("unknown", 0, 0, width, height)]
    for spell in spells:
        x, end = across(spell.start), across(spell.end)
        if end > x:
            state = say(spell.state, of="feed")
            period = (f"{at:%Y-%m-%d %H:%M}" for at in (spell.start, spell.end))
            said = say("{0} from {1} to {2}Z", state, *period)
            title = Markup("<title>{}</title>").format(said)
            out.append(Markup("<g>{}{}</g>").format(
                title, _rect(f"feed-{spell.state}", x, 0, end - x, height)))  # fmt: skip
    return _svg(out, name, width, height, "strip")


def alone(svg: Markup) -> bytes:
    """A chart as a file of its own, with its style."""
    head, _, rest = str(svg).partition(">")
    return f"{head}><style>{STYLE}</style>{rest}".encode()


def _svg(shapes: Sequence[Markup], name: str, width: int, height: int, kind: str = "") -> Markup:
    wide = Markup(' preserveAspectRatio="none"') if kind == "strip" else ""
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" class="chart {}" viewBox="0 0 {} {}"'
        ' role="group" aria-label="{}"{}>{}</svg>'
    ).format(kind, width, height, name, wide, Markup("").join(shapes))


def _rect(name: str, x: float, y: float, width: float, height: float) -> Markup:
    return Markup('<rect class="{}" x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}"/>').format(
        name, x, y, max(0.0, width), max(0.0, height)
    )


def _shade(x: float, step: float, tall: float, share: float) -> Markup:
    return _rect("gap", x, 6, step, tall * share) if share > 0 else Markup("")


def _axis(left: int, width: int, y: int, tall: int, top: int) -> Markup:
    return Markup(
        '<line class="axis" x1="{0}" x2="{1}" y1="{2}" y2="{2}"/>'
        '<text x="{3}" y="14" text-anchor="end">{4}</text>'
    ).format(left, width, y + tall, left - 4, top)


def _linked(shapes: Markup, bar: Bar) -> Markup:
    title = Markup("<title>{}</title>").format(bar.says or bar.label)
    if bar.to is None:
        return Markup("<g>{}{}</g>").format(title, shapes)
    return Markup('<a href="{}" aria-label="{}">{}{}</a>').format(
        bar.to, bar.says or bar.label, title, shapes
    )


def _nice(most: int) -> int:
    """The end of an axis: the next of 1, 2, 5, 10, 20, …"""
    size = 1
    while True:
        for part in (1, 2, 5):
            if most <= part * size:
                return max(1, ceil(part * size))
        size *= 10
