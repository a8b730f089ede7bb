"""Say at which place each event happened."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from msgspec.structs import replace

from watchfloor.parse import Page, Token
from watchfloor.records import Event, Place, PlaceLink, Role
from watchfloor.where.words import KIND_WORDS

#: Event types that happen at a place; words such as accusations are made anywhere.
PLACED = frozenset(
    "ASSAULT PROTEST COERCE HARM MOBILIZE PROTECT CONSULT SANCTION AID RETREAT".split()
)
PREPOSITIONS = frozenset(
    "in at near outside inside around on of across off along throughout".split()
)
#: Too large to stand for the place of what is told next.
LARGE = frozenset({"country", "region", "water"})
#: Nouns beside a country's name that are a part of it: "the Iraq border", "Chad's capital".
PARTS = KIND_WORDS | frozenset("capital north south east west interior countryside".split())
#: How far up the tree from a place its event may stand.
MOST_STEPS = 6


def link(events: Sequence[Event], places: Sequence[Place], page: Page) -> tuple[Event, ...]:
    """The events, each with its place or none; the basis says where that was read."""
    where = [p for p in places if not _says_whose(p, places, page)]
    links = [_read_here(event, _but_own(event, places, where), page) for event in events]
    known = {p.id: p for p in places}
    told = [
        (event, known[found.place])
        for event, found in zip(events, links, strict=True)
        if found is not None
    ]
    return tuple(
        replace(event, place=_best(event, found, told, places, page))
        for event, found in zip(events, links, strict=True)
    )


def _but_own(event: Event, places: Sequence[Place], where: Sequence[Place]) -> Sequence[Place]:
    """The places that say where; and whatever the event's own words name ("the Iraq war")."""
    return [
        p for p in places
        if p in where or (event.trigger.start <= p.end + 2 and p.start < event.trigger.end)
    ]  # fmt: skip


def _says_whose(place: Place, places: Sequence[Place], page: Page) -> bool:
    """Whether a country's name only says whose: "a plane of the U.S. Drug Agency", "Chad's army";
    or of which country a place behind it is: "Chad's Lac province".
    """
    sentence = page.sentence_at(place.start)
    if place.kind != "country" or sentence is None or sentence.doc is None:
        return False
    token = sentence.doc.root_of(place.start - sentence.start, place.end - sentence.start)
    if token is None:
        return False
    owns = token.dep_ in {"compound", "nmod", "amod", "poss"} and token.head.i > token.i
    end = sentence.start + int(token.head.idx)
    if not owns or "," in page.report.text[place.end : end]:
        return False
    return token.head.lower_ not in PARTS or any(place.end <= p.start < end for p in places)


def _best(
    event: Event, found: PlaceLink | None, told: Sequence[tuple[Event, Place]],
    places: Sequence[Place], page: Page,
) -> PlaceLink | None:  # fmt: skip
    """The place read in the sentence, or one from elsewhere; a street that is on no map is where
    the telling is.
    """
    own = next((p for p in places if found is not None and p.id == found.place), None)
    if own is not None and (own.lat is not None or own.kind != "facility"):
        return found
    carried = _carried(event, told, places, page)
    if found is not None and (carried is None or carried.basis == "dateline"):
        return found
    return carried


def _read_here(event: Event, places: Sequence[Place], page: Page) -> PlaceLink | None:
    """The place that the event's own clause or sentence gives it."""
    marked = _visited(event, places) or _marked(event, places, page)
    if marked is not None:
        written = page.dateline is not None and marked.start < page.dateline.end
        finest = _finest(marked, places, page)
        return PlaceLink(place=finest.id, basis="dateline" if written else "clause")
    own = [p for p in places if event.sentence.start <= p.start < event.sentence.end]
    hung = _hung_on(event, own, page)
    if hung is not None:
        return PlaceLink(place=_finest(hung, places, page).id, basis="clause")
    if page.reading is None:
        near = _nearest(event, own, page)
        return PlaceLink(place=near.id, basis="sentence") if near else None
    return None


def _visited(event: Event, places: Sequence[Place]) -> Place | None:
    """The place that a visit is paid to: its object is where it happens."""
    if (event.type, event.mode) != ("CONSULT", "visit"):
        return None
    hosts = [p for p in event.participants if p.role is Role.RECIPIENT]
    return next((p for p in places for h in hosts if h.start <= p.start and p.end <= h.end), None)


def _marked(event: Event, places: Sequence[Place], page: Page) -> Place | None:
    """The place that the reader tied to the trigger; one on the map before one that is not."""
    if page.reading is None:
        return None
    found: list[Place] = []
    for mark in page.reading.triggers:
        if mark.start < event.trigger.end and event.trigger.start < mark.end:
            for span in sorted(mark.roles.get("place", ()), key=lambda m: -m.score):
                found += [p for p in places if p.start < span.end and span.start < p.end]
    return next((p for p in found if p.lat is not None), found[0] if found else None)


def _hung_on(event: Event, own: Sequence[Place], page: Page) -> Place | None:
    """The place whose preposition the tree hangs on the trigger: "killed in", "attack near"."""
    sentence = page.sentence_at(event.trigger.start)
    if sentence is None or sentence.doc is None:
        return None
    trigger = range(event.trigger.start - sentence.start, event.trigger.end - sentence.start)
    for place in own:
        token = sentence.doc.root_of(place.start - sentence.start, place.end - sentence.start)
        if token is not None and _reaches(token, trigger):
            return place
    return None


def _reaches(token: Token, trigger: range) -> bool:
    """Whether a place's token stands under a preposition that hangs on the trigger's words."""
    said = False
    for _ in range(MOST_STEPS):
        if said and (token.idx in trigger or _takes_part(token, trigger)):
            return True
        if token.dep_ not in {"pobj", "prep", "compound", "appos", "conj", "nmod", "poss"}:
            return False
        said = said or (token.dep_ == "prep" and token.lower_ in PREPOSITIONS)
        token = token.head
    return False


def _takes_part(token: Token, trigger: range) -> bool:
    """Whether a noun is subject or object of the trigger: "police in Karo arrested"."""
    return token.dep_ in {"nsubj", "nsubjpass", "dobj"} and token.head.idx in trigger


def _finest(place: Place, places: Sequence[Place], page: Page) -> Place:
    """The town in "Karu, Zabul province": a province named behind its town gives way to it; and
    the waters in "on the Atlantic, off Karu" to those off the town.
    """
    if place.kind == "water":
        behind = next((p for p in places if p.start > place.end), place)
        gap = page.report.text[place.end : behind.start].strip()
        return behind if gap == "," and behind.kind == "water" else place
    if place.kind not in {"province", "country"}:
        return place
    for other in places:
        gap = page.report.text[other.end : place.start] if other.end <= place.start else "x" * 9
        if gap.strip() in {",", "in", "of"} and len(gap) < 5 and other.country == place.country:
            return other
    return place


def _nearest(event: Event, own: Sequence[Place], page: Page) -> Place | None:
    """Without a reader: the first place behind the trigger with a preposition, in its sentence."""
    said = [p for p in own if _word_before(page.report.text, p.start) in PREPOSITIONS]
    after = [p for p in said if p.start >= event.trigger.end]
    return next(iter(after or said), None)


def _word_before(text: str, at: int) -> str:
    words = text[max(0, at - 14) : at].lower().replace("the ", "").split()
    return words[-1] if words else ""


def _carried(
    event: Event, told: Sequence[tuple[Event, Place]], places: Sequence[Place], page: Page
) -> PlaceLink | None:
    """A place from elsewhere in the report, for acts that happen somewhere.

    First where the same sentence has another event, then where the telling last was, then where
    it first comes to for an event of the same type, then the report's focus, then the dateline.
    """
    if event.type not in PLACED:
        return None
    fine = [(e, p) for e, p in told if p.lat is not None and p.kind not in LARGE]
    same = [p for e, p in fine if e.sentence == event.sentence]
    if same:
        return PlaceLink(place=same[0].id, basis="sentence")
    before = [p for e, p in fine if e.trigger.start < event.trigger.start]
    after = [p for e, p in fine if e.trigger.start > event.trigger.start and e.type == event.type]
    chosen = before[-1:] or after[:1]
    if chosen:
        return PlaceLink(place=chosen[0].id, basis="report")
    return _dateline(places, page) or _focus(event, places, page)


def _dateline(places: Sequence[Place], page: Page) -> PlaceLink | None:
    """Where the report was written."""
    line = page.dateline
    if line is None:
        return None
    written = [p for p in places if p.start < line.end and p.lat is not None]
    return PlaceLink(place=written[0].id, basis="dateline") if written else None


def _focus(event: Event, places: Sequence[Place], page: Page) -> PlaceLink | None:
    """The place that the report names most, of those before the event, else the first after."""
    resolved = [p for p in places if p.lat is not None]
    fine = [p for p in resolved if p.kind not in LARGE] or resolved
    before = [p for p in fine if p.start < event.trigger.start] or fine
    counts = Counter(p.gazetteer_id for p in before)
    best = sorted(before, key=lambda p: (-counts[p.gazetteer_id], p.start))
    return PlaceLink(place=best[0].id, basis="report") if best else None
