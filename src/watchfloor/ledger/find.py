"""Which events of a report are commitments: who, to whom, what, by when, on whose word."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache
from typing import Any

from watchfloor.data import load_yaml
from watchfloor.records import CodedReport, Date, Event, Participant, Record, Role, Span, Status

#: How what stands for the incident begins in alerts about commitments; the report and the offset
#: of the words follow.
COMMITMENT = "commitment:"


class Side(Record, frozen=True, kw_only=True):
    """Who gave it, or to whom; the actor's name and country where they are known."""

    text: str
    name: str | None = None
    country: str | None = None
    sector: str | None = None


class Evidence(Record, frozen=True, kw_only=True):
    """A later event that bears on a commitment, and how."""

    report: str
    event: str
    bears: str
    because: str


class Commitment(Record, frozen=True, kw_only=True):
    """One line of the ledger.

    `kind`: demand request pledge agreement refusal threat. `said` and `due` are ISO dates, None
    where they are not known. `sources` is the chain on whose word it stands, innermost first.
    `status`: open answered accepted refused kept broken overdue withdrawn, or "in doubt" where
    something happened that speaks against a pledge; that it is broken only a person says.
    """

    id: str
    kind: str
    report: str
    event: str
    who: Side | None
    whom: Side | None
    what: Span
    said: str | None = None
    due: str | None = None
    place: str | None = None
    country: str | None = None
    sources: tuple[str, ...] = ()
    status: str = "open"
    evidence: tuple[Evidence, ...] = ()


@cache
def table() -> dict[str, Any]:
    """The words and types of `data/ledger.yaml`."""
    loaded: dict[str, Any] = load_yaml("ledger.yaml")
    return loaded


def find(coded: CodedReport) -> tuple[Commitment, ...]:
    """The commitments of a report, one of a kind a sentence, in the order of its text."""
    found: dict[tuple[int, str], Commitment] = {}
    for event in coded.events:
        kind = kind_of(event)
        if kind is not None and not _is_answered_there(coded, event):
            line = _commitment(coded, event, kind)
            words = line.what.text.lower()
            nothing = {"refusal": table()["none"], "request": table()["delay"]}.get(kind, ())
            if not any(w in words for w in nothing):
                found.setdefault((event.sentence.start, kind), line)
    return tuple(found.values())


def _is_answered_there(coded: CodedReport, event: Event) -> bool:
    """Whether it is only named as what another event answers: "refused the union's demand"."""
    return event.type == "REQUEST" and any(
        party.contains(event.trigger)
        for other in coded.events
        if other.type in {t for types in table()["answers"].values() for t in types}
        for party in other.participants
    )


def kind_of(event: Event) -> str | None:
    """The kind of commitment that an event is, None for other events and for what did not come."""
    if event.background or event.status in {Status.DENIED, Status.POSSIBLE}:
        return None
    if event.status is Status.PLANNED and event.type in table()["planned_pledges"]:
        return "pledge"
    trigger = event.trigger.text.lower()
    for kind, rule in table()["kinds"].items():
        words = rule.get("words")
        if event.type in rule["types"] and (words is None or any(w in trigger for w in words)):
            return str(kind)
    return None


def _commitment(coded: CodedReport, event: Event, kind: str) -> Commitment:
    text = coded.report.text
    end = event.sentence.end
    what = text[event.trigger.start : end].rstrip()
    claims = {c.id: c for c in coded.claims}
    sources = [claims[c].source for c in event.claims if c in claims]
    place = next((p for p in coded.places if event.place and p.id == event.place.place), None)
    return Commitment(
        id=f"{coded.report.id}/{event.id}",
        kind=kind,
        report=coded.report.id,
        event=event.id,
        who=_side(coded, event, Role.ACTOR),
        whom=_whom(coded, event),
        what=Span(start=event.trigger.start, end=event.trigger.start + len(what), text=what),
        said=_said(coded, event),
        due=_due(coded, event),
        place=place.name if place else None,
        country=place.country if place else None,
        sources=tuple(s.text for s in sources if s is not None),
    )


def _whom(coded: CodedReport, event: Event) -> Side | None:
    """To whom: as the sentence says; of a demand, before those it is only asked for ("protection
    for its nationals"), whoever asks for time to consider it further on.
    """
    text = coded.report.text
    asked_for = {
        p.start
        for p in event.participants
        if event.type == "REQUEST" and text[: p.start].rstrip().lower().endswith(" for")
    }
    told = _side(coded, event, Role.RECIPIENT, asked_for)
    told = told or _side(coded, event, Role.TARGET, asked_for)
    if event.type != "REQUEST" or (told is not None and told.sector is not None):
        return told
    return _who_wants_time(coded, event) or told or _side(coded, event, Role.RECIPIENT)


def _who_wants_time(coded: CodedReport, event: Event) -> Side | None:
    """Who asks, after a demand and in its report, for time to consider it: not who made it."""
    who = _side(coded, event, Role.ACTOR)
    for other in coded.events:
        words = coded.report.text[other.trigger.start : other.sentence.end].lower()
        if other.type == "REQUEST" and other.trigger.start > event.trigger.start:
            side = _side(coded, other, Role.ACTOR)
            waits = any(word in words for word in table()["delay"])
            if waits and side is not None and (who is None or side.text != who.text):
                return side
    return None


def _side(coded: CodedReport, event: Event, role: Role, leave: Collection[int] = ()) -> Side | None:
    """The first in the role; one who holds an office before those it is asked for ("demanded
    guards for its engineers from the ministry"). `leave`: where those stand who are not meant.
    """
    sides = [
        side_of(coded, p) for p in event.participants if p.role == role and p.start not in leave
    ]
    if role == Role.ACTOR:
        return sides[0] if sides else None
    return next((s for s in sides if s.sector in table()["offices"]), sides[0] if sides else None)


def side_of(coded: CodedReport, said: Participant) -> Side:
    """A participant as far as the ledger needs it."""
    actor = next((a for a in coded.actors if a.id == said.actor), None)
    if actor is None:
        return Side(text=said.text)
    return Side(text=said.text, name=actor.name, country=actor.country, sector=actor.sector)


def _said(coded: CodedReport, event: Event) -> str | None:
    """The day on which it was said: the event's, but never after publication, since a later day
    is the one by which something is due.
    """
    days = [event.when.from_ if event.when else None, coded.report.published]
    return min((day[:10] for day in days if day), default=None)


def _due(coded: CodedReport, event: Event) -> str | None:
    """The last day of the date after the trigger that a word such as "by" makes a deadline."""
    for date in sorted(coded.dates, key=lambda d: d.start):
        if event.trigger.end <= date.start < event.sentence.end and _is_deadline(coded, date):
            return (date.to or date.from_ or "")[:10] or None
    return None


def _is_deadline(coded: CodedReport, date: Date) -> bool:
    words = "|".join(re.escape(w) for w in table()["due"])
    before = coded.report.text[max(0, date.start - 24) : date.start]
    said = f"{before}{date.text}"
    return re.search(rf"\b(?:{words})\s+(?:\w+\s+)?{re.escape(date.text)}$", said, re.I) is not None
