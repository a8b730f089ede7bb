"""Find the places a report names and resolve them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from msgspec.structs import replace

from watchfloor.parse import Page
from watchfloor.records import Place
from watchfloor.settings import Settings
from watchfloor.where.countries import codes, peoples_named
from watchfloor.where.drawn import drawn
from watchfloor.where.gazetteer import Candidate, Gazetteer, load
from watchfloor.where.names import key_of
from watchfloor.where.rank import WELL_KNOWN
from watchfloor.where.relation import related
from watchfloor.where.resolve import resolve
from watchfloor.where.toponyms import Toponym, toponyms
from watchfloor.where.words import LIES_IN, SAID_KINDS

#: Areas that a name without a match may be said to lie in.
AREAS = frozenset({"district", "province", "country", "region"})
#: What may be said to lie in a town.
IN_TOWNS = frozenset({"facility", "water", "district"})


def find(page: Page, settings: Settings) -> tuple[Place, ...]:
    """Every toponym of the report, resolved or honestly not.

    `confidence` is the share of choices like this one that were right in training. A name without
    a match that the text puts into a known area ("Karo village, Zabul province") is known to be
    somewhere in that area: it takes the area's kind, centre and radius, and no `gazetteer_id`; so
    does a street in a known town. What the report draws lies where it draws it.
    """
    gazetteer = load(settings.home, settings.worldview)
    found = list(toponyms(page, gazetteer, settings.learned))
    peoples = peoples_named(" ".join(s.text for s in page.sentences))
    if not peoples and not any(c.kind == "country" for t in found for c in t.candidates):
        peoples = _home(page.report.outlet or "", gazetteer)
    chosen = resolve(found, peoples, settings.learned)
    places = [
        _place(f"p{n}", t, c, sure)
        for n, (t, (c, sure)) in enumerate(zip(found, chosen, strict=True), 1)
    ]
    text = page.report.text
    placed = [_placed_in_area(n, places, text) for n in range(len(places))]
    return drawn(related(_alike(placed), text), page.report)


def _alike(places: Sequence[Place]) -> list[Place]:
    """The places; a name without a match lies where another mention of it was said to lie."""
    said = {_bare(p.text): p for p in reversed(places) if p.gazetteer_id is None and p.lat}
    return [
        _within(p, said[_bare(p.text)]) if p.lat is None and _bare(p.text) in said else p
        for p in places
    ]


def _bare(name: str) -> str:
    """A name without the word of kind behind it, to be compared."""
    first, _, last = key_of(name).rpartition(" ")
    return first if first and last in SAID_KINDS else key_of(name)


def _home(outlet: str, gazetteer: Gazetteer) -> Counter[str]:
    """The country of an outlet whose name says it ("Bangkok Post", "The Times of India").

    It speaks only where the report itself names no country and no people.
    """
    said = peoples_named(outlet)
    for word in re.findall(r"[A-Z][a-z]+", outlet):
        said.update(codes().get(word.lower(), ()))
        first = next(iter(gazetteer.named(word)), None)
        if first is not None and first.country and first.population >= WELL_KNOWN:
            said[first.country] += 1
    return Counter(dict.fromkeys(said, 1))


def _place(name: str, toponym: Toponym, chosen: Candidate | None, sure: float) -> Place:
    bare = Place(
        id=name, start=toponym.start, end=toponym.end, text=toponym.text, name=toponym.text,
        kind=toponym.kind or "town",
    )  # fmt: skip
    if chosen is None:
        return bare
    return Place(
        id=name, start=toponym.start, end=toponym.end, text=toponym.text, name=chosen.name,
        gazetteer_id=chosen.id, kind=chosen.kind, country=chosen.country, admin1=chosen.admin1,
        lat=chosen.lat, lon=chosen.lon, radius_km=chosen.radius_km, confidence=sure,
    )  # fmt: skip


def _placed_in_area(number: int, places: Sequence[Place], text: str) -> Place:
    """A place without a match, put into the area that the text says it lies in."""
    place = places[number]
    if place.lat is not None:
        return place
    end = place.end
    for other in places[number + 1 :]:
        if not LIES_IN.fullmatch(text[end : other.start].lower()):
            break
        in_town = other.kind == "town" and place.kind in IN_TOWNS
        if other.lat is not None and (other.kind in AREAS or in_town):
            return _within(place, other)
        end = other.end
    return place


def _within(place: Place, area: Place) -> Place:
    """A place without a match, known to lie in or at another."""
    return replace(
        place, kind=area.kind, country=area.country, admin1=area.admin1, lat=area.lat, lon=area.lon,
        radius_km=area.radius_km, confidence=area.confidence,
    )  # fmt: skip
