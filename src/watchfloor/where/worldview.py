"""Whose a disputed place is, by the worldview that the settings name."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from watchfloor.errors import SettingsError

#: The worldview that changes nothing.
DEFAULT = "un"


@cache
def claims(view: str) -> dict[tuple[str, str | None], str | None]:
    """(country, province, or None for all of it) to the country it belongs to in a worldview.

    The country is ISO 3166-1 alpha-3, None for none. Raises SettingsError for an unknown worldview.
    """
    raw = files("watchfloor.data").joinpath("places_worldviews.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in raw.splitlines() if not line.startswith("#")][1:]
    views = sorted({DEFAULT, *(row[0] for row in rows)})
    if view not in views:
        raise SettingsError(f"no worldview {view!r}", right=f"one of: {', '.join(views)}")
    found: dict[tuple[str, str | None], str | None] = {}
    for own, country, place, becomes in rows:
        if own == view:
            province = place.removeprefix("admin1:") if place.startswith("admin1:") else None
            found[country, province] = becomes or None
    return found


def country_of(country: str | None, admin1: str | None, view: str) -> str | None:
    """The country of a place in a worldview, its own where that says nothing else."""
    if view == DEFAULT or country is None:
        return country
    known = claims(view)
    for area in ((country, admin1), (country, None)):
        if area in known:
            return known[area]
    return country
