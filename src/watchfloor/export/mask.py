"""Private persons' names are left out of what is exported; offices and bodies stay."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec
from msgspec.structs import replace

from watchfloor.merge import MergedIncident
from watchfloor.merge.outcome import MergedAccount

#: What stands in place of a name.
WITHHELD = "[name withheld]"
#: Fields of an account that name reports, times and outlets, never persons.
KEPT = frozenset({"report", "events", "wire", "outlet", "published", "when", "place"})
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
    incident = replace(incident, accounts=tuple(map(_by_nobody, incident.accounts)))
    if not everyone:
        return incident
    return replace(
        incident,
        participants=tuple(
            replace(p, text=masked_text(p.text, everyone), names=frozenset(), head="")
            for p in incident.participants
        ),
        accounts=tuple(
            msgspec.convert(
                {k: v if k in KEPT else _deep(v, names.get(a.report, ()))
                 for k, v in msgspec.to_builtins(a).items()},
                MergedAccount,
            )
            for a in incident.accounts
        ),
    )  # fmt: skip


def _by_nobody(account: MergedAccount) -> MergedAccount:
    """The account without the name of the one at the desk who graded it."""
    if account.grading is None or account.grading.by is None:
        return account
    return replace(account, grading=replace(account.grading, by=WITHHELD))


def _deep(value: Any, names: Iterable[str]) -> Any:
    """The value with every text in it masked, so that no field of an account is forgotten."""
    if isinstance(value, str):
        return masked_text(value, names)
    if isinstance(value, dict):
        return {k: _deep(v, names) for k, v in value.items()}
    return [_deep(v, names) for v in value] if isinstance(value, (list, tuple)) else value
