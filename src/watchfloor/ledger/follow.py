"""What became of commitments: later events answer, keep or cast doubt on them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

from msgspec.structs import replace

from watchfloor.ledger.find import Commitment, Evidence, Side, side_of, table
from watchfloor.records import DONE, CodedReport, Event, Record, Role, Status

#: What a line can be. That a pledge is broken only a person says; the program says "in doubt".
STATUSES = (
    "open", "answered", "accepted", "refused", "kept", "broken", "overdue", "withdrawn", "in doubt",
)  # fmt: skip
#: Statuses after which a line is settled; of two answers the later one holds.
SETTLED = frozenset({"kept", "broken", "withdrawn"})
#: Kinds by whose day somebody has something to do; the day in a threat is the other side's.
TO_DO = frozenset({"demand", "request", "pledge", "agreement"})
#: What unsettles a line all the same: an attack after a pledge of safety had been kept.
REOPENS = ("kept", "in doubt")
#: What does not move a line: guards posted after an attack do not take the doubt away, and a
#: general answer takes back no clear one.
UNMOVED = frozenset({("in doubt", "kept"), ("accepted", "answered"), ("refused", "answered")})


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
    wanted = answering.union(
        table()["kept"], table()["doubted"], table()["withdrawn"]["types"],
        table()["replies"]["types"], ["REQUEST"],
    )  # fmt: skip
    return tuple(_deed(coded, e) for e in coded.events if e.type in wanted and not e.background)


def follow(
    commitments: Iterable[Commitment], deeds: Iterable[Deed], today: str
) -> tuple[Commitment, ...]:
    """The same lines with what later events say of them, and those past their day as overdue.

    The order of arrival does not matter: deeds are taken by their day.
    """
    known = _Deeds(deeds)
    return tuple(_followed(c, known.that_may_bear_on(c), today) for c in commitments)


class _Deeds:
    """Deeds by whoever did or bore them and by country, so that a line looks at few of them."""

    def __init__(self, deeds: Iterable[Deed]) -> None:
        self._of: dict[str, list[Deed]] = {}
        for deed in sorted(deeds, key=_order):
            keys = {k for side in (*deed.who, *deed.whom) for k in _keys(side)}
            if deed.country:
                keys.add(deed.country)
            for key in keys:
                self._of.setdefault(key, []).append(deed)

    def that_may_bear_on(self, line: Commitment) -> list[Deed]:
        """In the order of their days, from the day on which the line was said."""
        keys = {k for side in (line.who, line.whom) if side for k in _keys(side)}
        if line.country:
            keys.add(line.country)
        found = {}
        for deeds in (self._of.get(key, []) for key in keys):
            first = bisect_left(deeds, line.said or "", key=lambda d: d.day or "")
            found.update({(d.report, d.event): d for d in deeds[first:]})
        return sorted(found.values(), key=_order)


def _order(deed: Deed) -> tuple[str, str, str]:
    return deed.day or "", deed.report, deed.event


def _keys(side: Side) -> set[str]:
    return {_name(side), side.country} if side.country else {_name(side)}


def _name(side: Side) -> str:
    return (side.name or side.text).lower().removeprefix("the ")


def _followed(line: Commitment, deeds: Iterable[Deed], today: str) -> Commitment:
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
        if outcome in STATUSES and (status, outcome) not in UNMOVED:
            status = outcome if status not in SETTLED or (status, outcome) == REOPENS else status
    waits = status in {"open", "answered"}
    if status == "in doubt":  # what an attack calls in question is not done by that
        waits = all(one.bears != "kept" for one in evidence)
    if line.kind in TO_DO and waits and line.due and line.due < today:
        status = "overdue"
    return replace(line, status=status, evidence=tuple(evidence))


def _bears(line: Commitment, deed: Deed) -> tuple[str, str] | None:
    """How a deed bears on a line, and why; None where it does not."""
    if _takes_back(line, deed):
        return "withdrawn", deed.text
    if line.kind in {"demand", "request"} and _is_one_of(line.whom, deed.who):
        return _answers(line, deed)
    if line.kind in {"pledge", "agreement"}:
        done = deed.status in DONE
        if deed.type in table()["kept"] and done and _is_one_of(line.who, deed.who):
            return ("kept", deed.text) if _same_place(line, deed) else None
        if deed.type in table()["doubted"] and done and _protects(line, deed):
            return "in doubt", f"after it was given: {deed.text}"
    attacked = deed.type in table()["doubted"] and deed.status in DONE
    if line.kind == "threat" and attacked and _is_one_of(line.who, deed.who):
        return ("followed by", deed.text) if _same_place(line, deed) else None
    return None


def _answers(line: Commitment, deed: Deed) -> tuple[str, str] | None:
    """What the one who was asked did: asked for time, answered, accepted or refused."""
    who = line.whom.text if line.whom else "the other side"
    words = deed.text.lower()
    if deed.type == "REQUEST":
        asks = any(word in words for word in table()["delay"])
        return ("asked for time", f"{who} asked for time, which answers nothing") if asks else None
    if deed.whom and not _is_one_of(line.who, deed.whom):
        return None
    if deed.status not in {Status.HAPPENED, Status.PLANNED}:
        return None
    for status, types in table()["answers"].items():
        if deed.type in types:
            grants = any(word in words for word in table()["accepting"])
            kind = "answered" if status == "accepted" and not grants else status
            return kind, f"{who}: {deed.text}"
    replies = table()["replies"]
    if deed.type in replies["types"] and any(word in words for word in replies["words"]):
        return "answered", f"{who}: {deed.text}"
    return None


def _takes_back(line: Commitment, deed: Deed) -> bool:
    """Whether the one who said it says later that it no longer stands."""
    rule = table()["withdrawn"]
    if deed.type not in rule["types"] or deed.status not in DONE:
        return False
    if not _is_one_of(line.who, deed.who):
        return False
    words = deed.text.lower()
    return any(w in words for w in rule["words"]) and line.kind in words


def _protects(line: Commitment, deed: Deed) -> bool:
    """Whether a pledge is one of safety that an attack speaks to: on those it was given to, or
    there; an attack of its very day may be the one that it was given for.

    "There" is where the pledge says; where it says nothing, the country of the state that gave it,
    and then the attack must be on what the pledge names.
    """
    words = line.what.text.lower()
    if not any(w in words for w in table()["safety"]) or deed.day == line.said:
        return False
    if line.whom and any(_same_people(line.whom, side) for side in deed.whom):
        return True
    if line.country:
        return line.country == deed.country
    given_by = line.who.country if line.who else None
    named = {w for w in table()["protected"] if w in words}
    return (
        given_by is not None
        and given_by == deed.country
        and any(w in deed.text.lower() for w in named)
    )


def _same_place(line: Commitment, deed: Deed) -> bool:
    return line.country is None or deed.country is None or line.country == deed.country


def _is_later(line: Commitment, deed: Deed) -> bool:
    return bool(line.said and deed.day and deed.day >= line.said)


def _is_one_of(side: Side | None, sides: Iterable[Side]) -> bool:
    return side is not None and any(_same(side, other) for other in sides)


def _same_people(one: Side, two: Side) -> bool:
    """Of one country, whatever their office: an embassy and the engineers that it speaks for."""
    return one.country == two.country if one.country and two.country else _same(one, two)


def _same(one: Side, two: Side) -> bool:
    if one.country and two.country:
        sectors = {one.sector, two.sector}
        return one.country == two.country and (None in sectors or len(sectors) == 1)
    return _name(one) == _name(two)


def _deed(coded: CodedReport, event: Event) -> Deed:
    def sides(*roles: Role) -> tuple[Side, ...]:
        return tuple(side_of(coded, p) for p in event.participants if p.role in roles)

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
