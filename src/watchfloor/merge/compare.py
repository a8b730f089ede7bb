"""An incident field by field: who says what, whether accounts agree, and what is taken as best.

    for field in compare(incident):
        field.verdict   # agree, differ, changed, retracted, or single
        field.best      # with field.reason; the accounts stay as they are

Only independent voices count, see `voices`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

import msgspec

from watchfloor.merge.facts import HARMS
from watchfloor.merge.outcome import MergedAccount, MergedIncident
from watchfloor.merge.voices import voices_of
from watchfloor.records import Record


class Said(Record, frozen=True, kw_only=True):
    """One value of a field: the accounts (by their number) that give it, how many independent
    voices they are, and when they were first and last published.
    """

    value: object
    accounts: tuple[int, ...]
    voices: int
    first: str | None = None
    latest: str | None = None


class Compared(Record, frozen=True, kw_only=True):
    """One field. `verdict`: single (one voice says anything), agree, changed (later accounts
    replace earlier ones: a toll that rises), retracted (an outlet takes back its own word, by a
    denial or a correction), or
    differ. `reason` says why `best` was taken.
    """

    field: str
    verdict: str
    values: tuple[Said, ...]
    best: object
    reason: str


def compare(incident: MergedIncident) -> tuple[Compared, ...]:
    """Every field of which some account says something, in order of the format."""
    voices = voices_of(incident.accounts)
    fields = [(f"harm.{h}", [getattr(a.harm, h) for a in incident.accounts]) for h in HARMS]
    fields += [
        ("participants.actor", [a.actors or None for a in incident.accounts]),
        ("place", [a.place for a in incident.accounts]),
        ("when", [a.when for a in incident.accounts]),
        ("mode", [a.mode for a in incident.accounts]),
        ("status", [a.status for a in incident.accounts]),
    ]
    return tuple(
        _compared(name, given, incident, voices)
        for name, given in fields
        if any(value is not None for value in given)
    )


def _compared(
    name: str, given: Sequence[object], incident: MergedIncident, voices: Sequence[int]
) -> Compared:
    by_value: dict[bytes, list[int]] = {}
    for n, value in enumerate(given):
        if value is not None:
            by_value.setdefault(msgspec.json.encode(value), []).append(n)
    values = [_said(given[numbers[0]], numbers, incident, voices) for numbers in by_value.values()]
    values.sort(key=lambda v: (-v.voices, v.accounts))
    verdict = _verdict(name, values, incident, voices)
    stand = [v for v in values if not all(name in _gone(incident, n) for n in v.accounts)]
    best, reason = _best(
        stand or values, verdict, len({voices[n] for v in stand or values for n in v.accounts})
    )
    if len(stand) < len(values):
        reason = f"{reason}; another value was taken back by its own outlet"
    return Compared(field=name, verdict=verdict, values=tuple(values), best=best, reason=reason)


def _said(
    value: object, numbers: Sequence[int], incident: MergedIncident, voices: Sequence[int]
) -> Said:
    days = sorted(d for n in numbers if (d := incident.accounts[n].published))
    return Said(
        value=value, accounts=tuple(numbers), voices=len({voices[n] for n in numbers}),
        first=days[0] if days else None, latest=days[-1] if days else None,
    )  # fmt: skip


def _verdict(
    name: str, values: Sequence[Said], incident: MergedIncident, voices: Sequence[int]
) -> str:
    if len({voices[n] for v in values for n in v.accounts}) == 1 and len(values) == 1:
        return "single"
    if name == "status" and _retracts(incident.accounts):
        return "retracted"
    if any(name in a.taken_back for a in incident.accounts) and name not in incident.differs:
        return "retracted"
    if name not in incident.differs:
        return "agree"
    return "changed" if name.startswith("harm.") and _rises(values) else "differ"


def _gone(incident: MergedIncident, n: int) -> tuple[str, ...]:
    return incident.accounts[n].taken_back


def _rises(values: Sequence[Said]) -> bool:
    """Whether each number was given only before every larger one: a toll that rose."""
    steps = sorted(values, key=lambda v: (v.value.low or 0, v.value.high or 0))  # type: ignore[attr-defined]
    return all(
        one.latest is not None and two.first is not None and one.latest[:10] < two.first[:10]
        for one, two in pairwise(steps)
    )


def _retracts(accounts: Iterable[MergedAccount]) -> bool:
    """Whether an outlet denies in its own voice what it had told in its own voice before."""
    own = [a for a in accounts if not a.sources and a.outlet and a.published]
    return any(
        one.outlet == two.outlet and two.status == "denied" and one.status != "denied"
        and str(one.published) < str(two.published)
        for one in own
        for two in own
    )  # fmt: skip


def _best(values: Sequence[Said], verdict: str, voices: int) -> tuple[object, str]:
    """The value that most independent voices give; the latest of equals, and of what changed."""
    if verdict == "changed":
        best = max(values, key=lambda v: v.latest or "")
        return best.value, f"the latest, of {best.latest}; the number changed over time"
    best = max(values, key=lambda v: (v.voices, v.latest or ""))
    if len(values) == 1:
        return best.value, f"all {voices} say so" if voices > 1 else "the only one who says so"
    if sum(v.voices == best.voices for v in values) > 1:
        return best.value, f"the latest; as many of {voices} voices say otherwise"
    return best.value, f"{best.voices} of {voices} independent voices"
