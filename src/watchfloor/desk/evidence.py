"""The evidence: which words of which report a value rests on, for pages that light them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markupsafe import Markup

from watchfloor.desk import words
from watchfloor.desk.lit import Lit, lit
from watchfloor.records import Claim, CodedReport, Count, Event, Record, Role, Span
from watchfloor.store import Session, incident_of, judgements, report_of
from watchfloor.store.ingest import overlay

#: The numbers that news writes in words.
_NUMBERS = (
    "no one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty"
).split()
#: The fields of an incident in the order of a page, and the role whose participants each is.
ROLES = {
    "participants.actor": Role.ACTOR, "victims": Role.VICTIM, "target": Role.TARGET,
    "recipient": Role.RECIPIENT, "instrument": Role.INSTRUMENT,
}  # fmt: skip
HARMS = ("killed", "injured", "abducted", "arrested", "missing", "ill")
FIELDS = (
    "type", "mode", "status", "place", "when", *(f"harm.{h}" for h in HARMS), *ROLES,
)  # fmt: skip


class Value(Record, frozen=True, kw_only=True):
    """What one event says of one field, and the words that it rests on; `key` ties the two."""

    key: str
    field: str
    event: str
    says: str
    spans: tuple[Span, ...]


class Quote(Record, frozen=True, kw_only=True):
    """The sentence of a report that tells of an incident, its words lit."""

    report: str
    outlet: str
    published: str
    sources: str
    grade: str | None
    lit: Markup


def judged_report(session: Session, id: str) -> CodedReport | None:
    """A coded report with what persons corrected laid over it, None where there is none."""
    stored = report_of(session, id)
    return overlay(stored.coded, judgements(session, [id])) if stored else None


def values_of(coded: CodedReport, event: Event) -> Iterator[Value]:
    """What an event says, field by field; a field that it is silent on is left out."""

    def value(field: str, says: str, *spans: Span) -> Value:
        key = f"{event.id}-{field.replace('.', '-')}"
        return Value(key=key, field=field, event=event.id, says=says, spans=spans)

    yield value("type", words.kind(event.type), event.trigger)
    if event.mode:
        yield value("mode", words.manner(event.mode), event.trigger)
    yield value("status", event.status.value, event.trigger)
    place = next((p for p in coded.places if event.place and p.id == event.place.place), None)
    if place:
        yield value("place", words.place(place), *([place] if place.text else []))
    if event.when:
        yield value("when", words.period(event.when), *_dates(coded, event))
    for harm in HARMS:
        count = getattr(event.harm, harm)
        if count is not None:
            yield value(f"harm.{harm}", words.counted(count), *_numbers(coded, event, harm, count))
    for field, role in ROLES.items():
        said = [p for p in event.participants if p.role == role]
        if said:
            yield value(field, "; ".join(p.text for p in said), *said)


def chain_of(coded: CodedReport, event: Event) -> list[Claim]:
    """On whose word an event stands, innermost first; empty where the report itself says it."""
    claims = {c.id: c for c in coded.claims}
    return [claims[c] for c in event.claims if c in claims]


def quotes_of(session: Session, incident: str, most: int = 6) -> list[Quote]:
    """The sentences that tell of an incident, the first of each report, the words lit."""
    row = incident_of(session, incident)
    if row is None:
        return []
    found = []
    for account in row.incident.accounts[:most]:
        coded = judged_report(session, account.report)
        if coded is None:
            continue
        told = [e for e in coded.events if e.id in account.events]
        if told:
            found.append(
                Quote(
                    report=account.report, outlet=account.outlet or "outlet unknown",
                    published=(account.published or "date unknown")[:10],
                    sources=" ← ".join(account.sources), grade=account.grade,
                    lit=_sentence(coded, told[0]),
                )
            )  # fmt: skip
    return found


def _sentence(coded: CodedReport, event: Event) -> Markup:
    spans = [
        Lit(span=s, key=v.key, field=v.field) for v in values_of(coded, event) for s in v.spans
    ]
    return lit(coded.report.text, spans, event.sentence.start, event.sentence.end)


def _dates(coded: CodedReport, event: Event) -> list[Span]:
    """The expression that the period came from: the same days, the nearest to the trigger."""
    assert event.when is not None
    same = [d for d in coded.dates if (d.from_, d.to) == (event.when.from_, event.when.to)]
    return sorted(same, key=lambda d: abs(d.start - event.trigger.start))[:1]  # type: ignore[return-value]


def _numbers(coded: CodedReport, event: Event, harm: str, count: Count) -> list[Span]:
    """The words of a number: the people who were so harmed, else the number in the sentence."""
    people = [p for p in event.participants if p.effect == harm]
    if people:
        return list(people)
    start, end = event.sentence.start, event.sentence.end
    sentence = coded.report.text[start:end]
    for number in {n for n in (count.low, count.high) if n}:
        written = [f"{number:,}", str(number), *_NUMBERS[number : number + 1]]
        for form in written:
            found = re.search(rf"(?<![\w.,]){re.escape(form)}(?![\w])", sentence, re.I)
            if found:
                return [Span(start=start + found.start(), end=start + found.end(),
                             text=found.group())]  # fmt: skip
    return []
