"""Private persons' names are left out of what is exported; offices and bodies stay."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from msgspec.structs import replace

from watchfloor.merge import MergedIncident

#: What stands in place of a name.
WITHHELD = "[name withheld]"
_WORD = re.compile(r"[^\W\d_][\w'’-]+")

Names = Mapping[str, Iterable[str]]


def masked_text(text: str, names: Iterable[str]) -> str:
    """The text without the words of these names that begin with a capital."""
    words = {w for name in names for w in _WORD.findall(name) if w[0].isupper() and len(w) > 1}
    if not words or not words & set(_WORD.findall(text)):
        return text
    either = "|".join(sorted(map(re.escape, words), key=len, reverse=True))
    hidden = re.sub(rf"\b(?:{either})\b", WITHHELD, text)
    mark = re.escape(WITHHELD)
    return re.sub(rf"{mark}(?:[\s.]+{mark})+", WITHHELD, hidden)


def masked(incident: MergedIncident, names: Names) -> MergedIncident:
    """The incident with private names left out of its participants and of its accounts."""
    everyone = [name for report in incident.reports for name in names.get(report, ())]
    if not everyone:
        return incident
    return replace(
        incident,
        participants=tuple(
            replace(p, text=masked_text(p.text, everyone), names=frozenset(), head="")
            for p in incident.participants
        ),
        accounts=tuple(
            replace(
                a,
                sources=tuple(masked_text(s, names.get(a.report, ())) for s in a.sources),
                actors=tuple(masked_text(s, names.get(a.report, ())) for s in a.actors),
            )
            for a in incident.accounts
        ),
    )
