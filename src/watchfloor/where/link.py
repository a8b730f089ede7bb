"""Say at which place each event happened."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from msgspec.structs import replace

from watchfloor.parse import Page
from watchfloor.records import Event, Place, PlaceLink

#: Event types that happen at a place; words such as accusations are made anywhere.
PLACED = frozenset({"ASSAULT", "PROTEST", "COERCE", "HARM", "MOBILIZE", "PROTECT", "CONSULT"})
PREPOSITIONS = frozenset("in at near outside inside around on from of across".split())


def link(events: Sequence[Event], places: Sequence[Place], page: Page) -> tuple[Event, ...]:
    """The events, each with its place or none; the basis says where that was read."""
    return tuple(replace(event, place=_place_of(event, places, page)) for event in events)


def _place_of(event: Event, places: Sequence[Place], page: Page) -> PlaceLink | None:
    if page.reading is not None:
        marked = _marked(event, places, page)
        if marked is not None:
            return PlaceLink(place=_finest(marked, places, page).id, basis="clause")
    else:
        near = _nearest(event, places, page)
        if near is not None:
            return PlaceLink(place=near.id, basis="sentence")
    if event.type in PLACED:
        return _carried(event, places, page)
    return None


def _marked(event: Event, places: Sequence[Place], page: Page) -> Place | None:
    """The place that the reader tied to the trigger."""
    assert page.reading is not None
    for mark in page.reading.triggers:
        if mark.start < event.trigger.end and event.trigger.start < mark.end:
            spans = sorted(mark.roles.get("place", ()), key=lambda m: -m.score)
            for span in spans:
                inside = [p for p in places if p.start < span.end and span.start < p.end]
                if inside:
                    return inside[0]
    return None


def _finest(place: Place, places: Sequence[Place], page: Page) -> Place:
    """The town in "Karu, Zabul province": a province named behind its town gives way to it."""
    if place.kind not in {"province", "country"}:
        return place
    for other in places:
        gap = page.report.text[other.end : place.start] if other.end <= place.start else "x" * 9
        if gap.strip() in {",", "in", "of"} and len(gap) < 5 and other.country == place.country:
            return other
    return place


def _nearest(event: Event, places: Sequence[Place], page: Page) -> Place | None:
    """Without a reader: the first place behind the trigger with a preposition, in its sentence."""
    text = page.report.text
    own = [p for p in places if event.sentence.start <= p.start < event.sentence.end]
    said = [p for p in own if _word_before(text, p.start) in PREPOSITIONS]
    after = [p for p in said if p.start >= event.trigger.end]
    return next(iter(after or said), None)


def _word_before(text: str, at: int) -> str:
    words = text[max(0, at - 14) : at].lower().replace("the ", "").split()
    return words[-1] if words else ""


def _carried(event: Event, places: Sequence[Place], page: Page) -> PlaceLink | None:
    """A place from elsewhere: the last one named before, the report's focus, or the dateline."""
    resolved = [p for p in places if p.lat is not None]
    line = page.dateline
    body = [p for p in resolved if line is None or p.start >= line.end]
    fine = [p for p in body if p.kind not in {"country", "region", "water"}]
    before = [p for p in fine if p.start < event.trigger.start]
    if before:
        counts = Counter(p.gazetteer_id for p in before)
        focus = max(before, key=lambda p: (counts[p.gazetteer_id], -p.start))
        return PlaceLink(place=focus.id, basis="report")
    if fine:
        return PlaceLink(place=fine[0].id, basis="report")
    if body:
        return PlaceLink(place=body[0].id, basis="report")
    return None
