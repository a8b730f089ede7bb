"""What became of commitments: later events answer, keep or cast doubt on them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from watchfloor.ledger.find import Commitment, Evidence, Side, table
from watchfloor.records import CodedReport, Event, Record, Role, Status

#: Statuses after which a line is settled.
SETTLED = frozenset({"accepted", "refused", "kept", "broken", "withdrawn"})


class Deed(Record, frozen=True, kw_only=True):
    """An event as far as it can bear on a commitment; `day` is ISO, None where it is unknown."""

    report: str
    event: str
    type: str
    status: str
    day: str | None
    who: tuple[Side, ...]
    whom: tuple[Side, ...]
    country: str | None
    place: str | None
    text: str


def deeds_of(coded: CodedReport) -> tuple[Deed, ...]:
    """The events of a report that can bear on commitments."""
    answering = {t for types in table()["answers"].values() for t in types}
    wanted = answering | set(table()["kept"]) | set(table()["doubted"]) | {"REQUEST"}
    return tuple(_deed(coded, e) for e in coded.events if e.type in wanted and not e.background)


def follow(
    commitments: Iterable[Commitment], deeds: Iterable[Deed], today: str
) -> tuple[Commitment, ...]:
    """The same lines with what later events say of them, and those past their day as overdue.

    The order of arrival does not matter: deeds are taken by their day.
    """
    known = sorted(deeds, key=lambda d: (d.day or "", d.report, d.event))
    return tuple(_followed(c, known, today) for c in commitments)


def _followed(line: Commitment, deeds: Sequence[Deed], today: str) -> Commitment:
    status, evidence = line.status, list(line.evidence)
    for deed in deeds:
        if (deed.report, deed.event) == (line.report, line.event) or not _is_later(line, deed):
            continue
        bears = _bears(line, deed)
        if bears is None:
            continue
        outcome, because = bears
        evidence.append(
            Evidence(report=deed.report, event=deed.event, bears=outcome, because=because)
        )
        if status not in SETTLED and outcome != "asked for time":
            status = outcome
    if status in {"open", "answered"} and line.due and line.due < today:
        status = "overdue"
    return replace(line, status=status, evidence=tuple(evidence))


def _bears(line: Commitment, deed: Deed) -> tuple[str, str] | None:
    """How a deed bears on a line, and why; None where it does not."""
    if line.kind in {"demand", "request"} and _is_one_of(line.whom, deed.who):
        who = line.whom.text if line.whom else "the other side"
        if deed.type == "REQUEST":
            asks = any(word in deed.text.lower() for word in table()["delay"])
            return (
                ("asked for time", f"{who} asked for time, which answers nothing") if asks else None
            )
        if deed.whom and not _is_one_of(line.who, deed.whom):
            return None
        for status, types in table()["answers"].items():
            if deed.type in types and deed.status in {Status.HAPPENED, Status.PLANNED}:
                return status, f"{who}: {deed.text}"
    if line.kind in {"pledge", "agreement"}:
        done = deed.status in {Status.HAPPENED, Status.ONGOING}
        if deed.type in table()["kept"] and done and _is_one_of(line.who, deed.who):
            return ("kept", deed.text) if _same_place(line, deed) else None
        if deed.type in table()["doubted"] and done and _protects(line, deed):
            return "in doubt", f"after it was given: {deed.text}"
    return None


def _protects(line: Commitment, deed: Deed) -> bool:
    """Whether a pledge is one of safety that an attack there, or on those it names, speaks to."""
    words = line.what.text.lower()
    if not any(w in words for w in ("secur", "protect", "safe", "guard")):
        return False
    if _is_one_of(line.whom, deed.whom):
        return True
    return bool(line.country and line.country == deed.country and _same_place(line, deed))


def _same_place(line: Commitment, deed: Deed) -> bool:
    return line.country is None or deed.country is None or line.country == deed.country


def _is_later(line: Commitment, deed: Deed) -> bool:
    return bool(line.said and deed.day and deed.day >= line.said)


def _is_one_of(side: Side | None, sides: Iterable[Side]) -> bool:
    return side is not None and any(_same(side, other) for other in sides)


def _same(one: Side, two: Side) -> bool:
    if one.country and two.country:
        sectors = {one.sector, two.sector}
        return one.country == two.country and (None in sectors or len(sectors) == 1)
    names = {(s.name or s.text).lower().removeprefix("the ") for s in (one, two)}
    return len(names) == 1


def _deed(coded: CodedReport, event: Event) -> Deed:
    actors = {a.id: a for a in coded.actors}

    def sides(*roles: Role) -> tuple[Side, ...]:
        said = [p for p in event.participants if p.role in roles]
        return tuple(
            Side(text=p.text, name=a.name, country=a.country, sector=a.sector)
            if p.actor and (a := actors.get(p.actor))
            else Side(text=p.text)
            for p in said
        )

    place = next((p for p in coded.places if event.place and p.id == event.place.place), None)
    when = event.when.from_ if event.when and event.when.from_ else coded.report.published
    sentence = coded.report.text[event.sentence.start : event.sentence.end]
    return Deed(
        report=coded.report.id, event=event.id, type=event.type, status=event.status.value,
        day=when[:10] if when else None, who=sides(Role.ACTOR),
        whom=sides(Role.RECIPIENT, Role.VICTIM, Role.TARGET),
        country=place.country if place else None, place=place.name if place else None,
        text=" ".join(sentence.split()),
    )  # fmt: skip
