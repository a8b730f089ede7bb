"""Find the places a report names and resolve them."""

from __future__ import annotations

from collections.abc import Sequence

from watchfloor.parse import Page
from watchfloor.records import Place
from watchfloor.settings import Settings
from watchfloor.where.countries import peoples_named
from watchfloor.where.gazetteer import Candidate, load
from watchfloor.where.relation import related
from watchfloor.where.resolve import resolve
from watchfloor.where.toponyms import Toponym, toponyms

#: What the text may put between a name and the larger place it lies in.
LIES_IN = frozenset({",", "(", "in", "of", ", in"})
#: Areas that a name without a match may be said to lie in.
AREAS = frozenset({"district", "province", "country", "region"})


def find(page: Page, settings: Settings) -> tuple[Place, ...]:
    """Every toponym of the report, resolved or honestly not.

    `confidence` is the share of choices like this one that were right in training. A name without
    a match that the text puts into a known area ("Karo village, Zabul province") is known to be
    somewhere in that area: it takes the area's kind, centre and radius, and no `gazetteer_id`; so
    does a street in a known town.
    """
    gazetteer = load(settings.home, settings.worldview)
    found = list(toponyms(page, gazetteer, settings.learned))
    chosen = resolve(
        found, peoples_named(" ".join(s.text for s in page.sentences)), settings.learned
    )
    places = [
        _place(f"p{n}", t, c, sure)
        for n, (t, (c, sure)) in enumerate(zip(found, chosen, strict=True), 1)
    ]
    text = page.report.text
    placed = [_placed_in_area(n, places, text) for n in range(len(places))]
    return related(placed, text)


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
        gap = text[end : other.start]
        if len(gap) > 6 or gap.strip() not in LIES_IN:
            break
        in_town = other.kind == "town" and place.kind in {"facility", "water"}
        if other.lat is not None and (other.kind in AREAS or in_town):
            return Place(
                id=place.id, start=place.start, end=place.end, text=place.text, name=place.name,
                kind=other.kind, country=other.country, admin1=other.admin1, lat=other.lat,
                lon=other.lon, radius_km=other.radius_km, confidence=other.confidence,
            )  # fmt: skip
        end = other.end
    return place
