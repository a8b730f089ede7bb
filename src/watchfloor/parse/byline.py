"""Find the outermost voice of a report: its outlet, or whom dateline or byline name."""

from __future__ import annotations

import re

from watchfloor.parse.dateline import find_dateline
from watchfloor.records import Span

#: How far into a report its byline may begin, in characters.
REACH = 400

_NAME = r"[A-ZÀ-Þ][\w.'’\-]*(?: (?:[A-ZÀ-Þ][\w.'’\-]*|al|bin|da|de|del|der|di|la|van|von|y)){1,3}"
_WHO = rf"{_NAME}(?:(?:, {_NAME}(?=,? and ))*,? and {_NAME})?"
_ROLE = (
    r"(?:(?i:special|staff|chief|foreign|senior|our|own) )*"
    r"(?i:correspondents?|reporters?|staff writers?|staff|writers?|editors?|bureau)"
)
_OUTLET = r"(?:[Tt]he )?[A-ZÀ-Þ][\w.'’&\-]*(?: (?:of |the )*[A-ZÀ-Þ][\w.'’&\-]*){0,4}?"
_WHERE = r"(?:,? (?:in|at) [A-ZÀ-Þ][^\n,.]{1,40})?[ \t]*$"
#: A line of its own: "By" and one to three names, then the outlet after a comma, bar, dash or "of";
#: or "By" and the outlet's staff.
_LINES = (
    re.compile(
        rf"^[ \t]*(?:By|BY) {_WHO}(?:,| of| for|[ ]*[|/•·–—-])[ ]*(?P<outlet>{_OUTLET})"
        rf"(?:,? {_ROLE})?{_WHERE}",
        re.MULTILINE,
    ),
    re.compile(rf"^[ \t]*(?:By|BY) (?P<outlet>{_OUTLET}) {_ROLE}{_WHERE}", re.MULTILINE),
)


def printed_of(text: str) -> Span | None:
    """The agency in a text's dateline, else the outlet that its byline names, else None."""
    line = find_dateline(text)
    return line.outlet if line is not None and line.outlet is not None else find_byline(text)


def find_byline(text: str) -> Span | None:
    """The outlet that a byline at the head of the text names; None where it names its writer
    alone, or where there is none.
    """
    for shape in _LINES:
        for line in shape.finditer(text, 0, REACH):
            if not re.fullmatch(_ROLE, line["outlet"]):
                start, end = line.span("outlet")
                return Span(start=start, end=end, text=line["outlet"])
    return None
