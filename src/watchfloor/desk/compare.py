"""Accounts of an incident side by side: field by field, who agrees, who differs, who changed."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec

from watchfloor.desk import words
from watchfloor.desk.evidence import FIELDS, HARMS, ROLES, Value, values_of
from watchfloor.desk.tongue import say
from watchfloor.merge import MergedAccount, MergedIncident
from watchfloor.records import CodedReport, Count, Record, When

#: How the best estimate of a field comes about where the merger gives no reason of its own.
_RULES = {
    "type": "as most reports say", "mode": "as most reports say",
    "place": "the most exact place named", "when": "the day that most reports name",
}  # fmt: skip


class Cell(Record, frozen=True, kw_only=True):
    """What one account says of one field. `verdict`: agrees differs silent; `before` is what the
    same outlet said earlier, where that was something else.
    """

    says: str
    keys: tuple[str, ...]
    verdict: str
    before: str | None = None


class Line(Record, frozen=True, kw_only=True):
    """One field: the best estimate with its reason, and a cell an account."""

    field: str
    best: str
    reason: str
    disputed: bool
    cells: tuple[Cell, ...]


def compared(
    one: MergedIncident, reports: Mapping[str, CodedReport], prefix: Mapping[str, str]
) -> list[Line]:
    """A line for each field that any account speaks of. `prefix` tells reports apart in keys."""
    told = [_said(account, reports, prefix) for account in one.accounts]
    lines = []
    for field in FIELDS:
        if any(field in said for said in told):
            lines.append(_line(one, field, told))
    return lines


def keyed(values: Iterable[Value], prefix: str) -> list[Value]:
    """The values with keys that hold on a page of several reports."""
    return [msgspec.structs.replace(v, key=f"{prefix}{v.key}") for v in values]


def changes(
    history: Sequence[tuple[datetime, dict[str, Any]]],
) -> list[tuple[datetime, str, str, str]]:
    """What changed of an incident: when, which field, from what, to what."""
    found = []
    for (_, old), (at, new) in itertools.pairwise(history):
        for field in ("type", "mode", "status", "place", "when", *(f"harm.{h}" for h in HARMS)):
            before, after = (_value(values, field) for values in (old, new))
            if before != after:
                found.append((at, field, before, after))
    return found


def _said(
    account: MergedAccount, reports: Mapping[str, CodedReport], prefix: Mapping[str, str]
) -> dict[str, list[Value]]:
    if account.only:
        return _replied(account, prefix[account.report])
    coded = reports.get(account.report)
    found: dict[str, list[Value]] = {}
    for event in coded.events if coded else ():
        if coded and event.id in account.events:
            for value in keyed(values_of(coded, event), prefix[account.report]):
                found.setdefault(value.field, []).append(value)
    return found


def _replied(account: MergedAccount, prefix: str) -> dict[str, list[Value]]:
    """What a denial or blame says that no event states."""
    said = {"status": account.status, "participants.actor": "; ".join(account.actors)}
    return {
        field: [Value(key=f"{prefix}{account.events[0]}-{field}", field=field,
                      event=account.events[0], says=said[field], spans=())]
        for field in account.only
    }  # fmt: skip


def _line(one: MergedIncident, field: str, told: Sequence[dict[str, list[Value]]]) -> Line:
    disputed = field in one.differs
    cells = []
    earlier: dict[str, tuple[str, str]] = {}
    for account, said in zip(one.accounts, told, strict=True):
        values = said.get(field, [])
        says = "; ".join(dict.fromkeys(v.says for v in values))
        outlet = account.outlet or account.report
        report, before = earlier.get(outlet, (account.report, ""))
        against = (*account.differs, *account.taken_back)
        verdict = "silent" if not says else "differs" if field in against else "agrees"
        cells.append(
            Cell(
                says=says or "says nothing", keys=tuple(v.key for v in values), verdict=verdict,
                before=before if verdict == "differs" and before not in {"", says}
                and report != account.report else None,
            )
        )  # fmt: skip
        if says:
            earlier[outlet] = account.report, says
    reason = next((e.reason for e in one.estimates if e.field == field), None)
    return Line(
        field=field, best=_best(one, field), disputed=disputed, cells=tuple(cells),
        reason=(_told(reason) if reason else _RULES.get(field, "")) if disputed or reason else "",
    )  # fmt: skip


def _told(reason: str) -> str:
    """The merger's reason for a number in the language of the page."""
    counted = re.match(r"(\d+) of (\d+) sources", reason)
    if counted is None:
        return reason
    return say("{0} of {1} sources", *counted.groups()) + reason[counted.end() :]


def _best(one: MergedIncident, field: str) -> str:
    if field in ROLES:
        mine = [p.text for p in one.participants if p.role == ROLES[field]]
        parties = dict.fromkeys(text for text in mine if any(c.isalnum() for c in text))
        return "; ".join(parties) or "unknown"
    if field.startswith("harm."):
        return words.counted(getattr(one.harm, field.removeprefix("harm.")))
    if field == "place":
        return words.place(one.place)
    if field == "when":
        return words.period(one.when)
    if field == "type":
        return words.kind(one.type)
    if field == "mode" and one.mode:
        return words.manner(one.mode)
    return say(str(getattr(one, field) or "unknown"))


def _value(values: Mapping[str, Any], field: str) -> str:
    if field.startswith("harm."):
        count = (values.get("harm") or {}).get(field.removeprefix("harm."))
        return words.counted(msgspec.convert(count, Count) if count else None)
    raw = values.get(field)
    if field == "place":
        return raw["name"] if raw else "unknown"
    if field == "when":
        return words.period(msgspec.convert(raw, When) if raw else None)
    if field == "mode" and raw:
        return words.manner(raw)
    return words.kind(str(raw)) if field == "type" else say(str(raw or "unknown"))
