"""Find the places a report names and resolve them."""

from __future__ import annotations

from watchfloor.parse import Page
from watchfloor.records import Place
from watchfloor.settings import Settings
from watchfloor.where.gazetteer import Candidate, load
from watchfloor.where.resolve import resolve
from watchfloor.where.toponyms import Toponym, toponyms


def find(page: Page, settings: Settings) -> tuple[Place, ...]:
    """Every toponym of the report, resolved or honestly not.

    `confidence` is the share of choices like this one that were right in training.
    """
    found = list(toponyms(page, load(settings.home), settings.learned))
    pairs = zip(found, resolve(found, settings.learned), strict=True)
    return tuple(_place(f"p{n}", t, c, sure) for n, (t, (c, sure)) in enumerate(pairs, 1))


def _place(name: str, toponym: Toponym, chosen: Candidate | None, sure: float) -> Place:
    bare = Place(
        id=name, start=toponym.start, end=toponym.end, text=toponym.text, name=toponym.text
    )
    if chosen is None:
        return bare
    return Place(
        id=name, start=toponym.start, end=toponym.end, text=toponym.text, name=chosen.name,
        gazetteer_id=chosen.id, kind=chosen.kind, country=chosen.country, admin1=chosen.admin1,
        lat=chosen.lat, lon=chosen.lon, radius_km=chosen.radius_km, confidence=sure,
    )  # fmt: skip
