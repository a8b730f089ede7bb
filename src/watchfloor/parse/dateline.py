"""Find the dateline of a report: place, date and agency before the news begins."""

from __future__ import annotations

import re

from watchfloor.parse.page import Dateline
from watchfloor.records import Span

#: How far into a report its dateline may begin.
REACH = 400

_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|"
    r"Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_DATE = (
    rf"(?:\d{{1,2}} {_MONTH}(?:,? \d{{2,4}})?|{_MONTH} \d{{1,2}}(?:,? \d{{4}})?|\d{{4}}-\d\d-\d\d)"
)
_PLACE = (
    r"[A-ZÀ-Þ][\w.'’\-]+(?:[ /][A-ZÀ-Þ][\w.'’\-]+){0,3}"
    r"(?:, [A-ZÀ-Þ][\w.'’\-]+(?: [A-ZÀ-Þ][\w.'’\-]+)?)?"
)
_AGENCY = r"[\(\[][A-Z][^()\[\]\n]{1,60}[\)\]]"

#: "KABUL, Afghanistan, June 3 (Agency) -", "LIMA, 11 JAN 90 (EFE) -- [TEXT]", "(EFE) —".
_LINE = re.compile(
    rf"[ \t]*(?:(?P<place>{_PLACE})(?: \([A-Z][A-Za-z .]+\)(?=,))?(?:,|:)?[ ]*)?"
    rf"(?:(?P<date>(?i:{_DATE}))[ ,]*)?"
    rf"(?P<agency>(?:{_AGENCY}[ ]*)*)[ ]*(?:--+|—|–|-)[ ]*(?:{_AGENCY}[ ]*)*"
)
#: "(AFP) Gunmen attacked": an agency's initials alone at the head of the text.
_INITIALS = re.compile(r"\s*\((?P<agency>[A-Z]{2,5})\)\s+(?=[A-Z“\"‘])")
#: "date 2022-06-15" as some archives put before the text.
_STAMP = re.compile(rf"[ \t]*(?i:date:?) (?P<date>{_DATE})[ ,:]*")


def find_dateline(text: str) -> Dateline | None:
    """The dateline at the head of the text or of one of its first lines; None if there is none."""
    stamp = _STAMP.match(text)
    if stamp:
        return Dateline(stamp.start(), stamp.end(), date=_part(stamp, "date"))
    alone = _INITIALS.match(text)
    if alone:
        return Dateline(alone.start(), alone.end(), outlet=_part(alone, "agency"))
    for begin in _line_starts(text):
        line = _LINE.match(text, begin)
        if line and _is_dateline(line):
            return Dateline(
                line.start(), line.end(), _part(line, "place"), _part(line, "date"), _agency(line)
            )
    return None


def _line_starts(text: str) -> list[int]:
    breaks = [match.end() for match in re.finditer(r"\n\s*", text[:REACH])]
    return [0, *breaks]


def _is_dateline(line: re.Match[str]) -> bool:
    """A bare "Word -" is prose; a capitalised place, a date or an agency makes a dateline."""
    place = line["place"]
    return bool(line["date"] or line["agency"] or (place and place.split(",")[0].isupper()))


def _part(match: re.Match[str], name: str) -> Span | None:
    if not match[name]:
        return None
    return Span(start=match.start(name), end=match.end(name), text=match[name])


def _agency(line: re.Match[str]) -> Span | None:
    found = line["agency"].rstrip()
    if not found:
        return None
    start = line.start("agency") + 1
    inner = re.split(r"[\)\]]", found[1:], maxsplit=1)[0]
    return Span(start=start, end=start + len(inner), text=inner)
