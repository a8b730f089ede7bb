"""Choose which place each toponym stands for, the others of the report being its context."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

from watchfloor.where.countries import codes
from watchfloor.where.gazetteer import Candidate
from watchfloor.where.names import key_of
from watchfloor.where.toponyms import Toponym

#: Abbreviations of states and provinces as datelines and addresses write them.
STATES = {
    "ala": "alabama", "ariz": "arizona", "ark": "arkansas", "calif": "california",
    "colo": "colorado", "conn": "connecticut", "del": "delaware", "fla": "florida",
    "ga": "georgia", "ill": "illinois", "ind": "indiana", "kan": "kansas", "ky": "kentucky",
    "la": "louisiana", "mass": "massachusetts", "md": "maryland", "me": "maine",
    "mich": "michigan", "minn": "minnesota", "miss": "mississippi", "mo": "missouri",
    "mont": "montana", "neb": "nebraska", "nev": "nevada", "n.c": "north carolina",
    "n.d": "north dakota", "n.h": "new hampshire", "n.j": "new jersey", "n.m": "new mexico",
    "n.y": "new york", "okla": "oklahoma", "ore": "oregon", "pa": "pennsylvania",
    "r.i": "rhode island", "s.c": "south carolina", "s.d": "south dakota", "tenn": "tennessee",
    "tex": "texas", "va": "virginia", "vt": "vermont", "wash": "washington", "wis": "wisconsin",
    "w.va": "west virginia", "wyo": "wyoming", "tx": "texas", "ca": "california",
    "ny": "new york", "fl": "florida", "oh": "ohio", "nj": "new jersey", "ont": "ontario",
    "que": "quebec", "b.c": "british columbia", "alta": "alberta", "uk": "united kingdom",
    "dc": "district of columbia", "d.c": "district of columbia",
}  # fmt: skip
#: Hand-set weights; see docs/where.md for what each was worth.
KIND_WEIGHT = {"country": 9.5, "region": 8.5, "water": 8.5, "province": 2.9, "town": 3.0,
               "district": 1.5, "facility": 3.0, "point": 5.0}  # fmt: skip

#: What it is worth that the text says which kind of place it means.
SAID_KIND = 4.0


def resolve(found: Sequence[Toponym]) -> list[tuple[Candidate | None, float]]:
    """(chosen candidate, confidence from 0 to 1) of each toponym; one name keeps one meaning."""
    first = [_best(t, [], Counter(), Counter())[0] for t in found]
    chosen: list[tuple[Candidate | None, float]] = []
    for _ in range(2):
        countries = Counter(c.country for c in first if c and c.country)
        regions = Counter((c.country, c.admin1) for c in first if c and c.admin1)
        anchors = [c for c in first if c and c.kind not in {"country", "region", "water"}]
        chosen = [_best(t, anchors, countries, regions) for t in found]
        first = [c for c, _ in chosen]
    return _one_meaning(found, chosen)


def _one_meaning(
    found: Sequence[Toponym], chosen: Sequence[tuple[Candidate | None, float]]
) -> list[tuple[Candidate | None, float]]:
    """A name said with its province or country settles what it means elsewhere in the report."""
    settled: dict[str, tuple[Candidate | None, float]] = {}
    for toponym, choice in zip(found, chosen, strict=True):
        key = key_of(toponym.text)
        if toponym.within or key not in settled:
            settled.setdefault(key, choice)
            if toponym.within:
                settled[key] = choice
    return [c if t.within else settled[key_of(t.text)] for t, c in zip(found, chosen, strict=True)]


def _best(
    toponym: Toponym, anchors: Sequence[Candidate], countries: Counter[str],
    regions: Counter[tuple[str | None, str]],
) -> tuple[Candidate | None, float]:  # fmt: skip
    scored = [(_score(toponym, c, anchors, countries, regions), c) for c in toponym.candidates]
    scored.sort(key=lambda pair: -pair[0])
    if not scored:
        return None, 0.0
    gap = scored[0][0] - scored[1][0] if len(scored) > 1 else 4.0
    return scored[0][1], round(1 / (1 + math.exp(-(gap + 0.3))), 3)


def _score(
    toponym: Toponym, one: Candidate, anchors: Sequence[Candidate], countries: Counter[str],
    regions: Counter[tuple[str | None, str]],
) -> float:  # fmt: skip
    score = KIND_WEIGHT[one.kind]
    if one.kind in {"town", "district", "province"}:
        score += 0.9 * math.log10(_people(toponym, one) + 1)
    if toponym.kind is not None and any(c.kind == toponym.kind for c in toponym.candidates):
        score += SAID_KIND if one.kind == toponym.kind else 0.0
    key = key_of(toponym.text)
    if key_of(one.name) == key:
        score += 1.2
    for name in toponym.within:
        score += 6.0 * _is_inside(one, STATES.get(name, name))
    total = sum(countries.values())
    if total and one.country:
        others = countries[one.country] - (one.kind == "country")
        score += 4.5 * others / total
    if one.admin1 and regions:
        score += 2.0 * min(1.0, regions[one.country, one.admin1] / sum(regions.values()))
    near = [a for a in anchors if a.number != one.number and distance_km(a, one) < 300]
    if anchors and one.kind not in {"country", "region", "water"}:
        score += 2.0 * min(1.0, len({a.number for a in near}) / 2)
    return score


def _people(toponym: Toponym, one: Candidate) -> int:
    """A place's population; a province counts for no more than the town in it that it is named
    after, since a bare "Kandahar" is the city.
    """
    towns = [
        c.population for c in toponym.candidates
        if c.kind == "town" and c.country == one.country and c.admin1 == one.admin1
    ]  # fmt: skip
    if one.kind in {"province", "district"} and toponym.kind is None and max(towns, default=0):
        return min(one.population, max(towns))
    return one.population


def _is_inside(one: Candidate, name: str) -> bool:
    """Whether the text's ", NAME" is the candidate's province or country."""
    if one.admin1 and (key_of(one.admin1) == name or key_of(one.admin1).startswith(f"{name} ")):
        return True
    return one.country is not None and one.country in codes().get(name, ())


def distance_km(a: Candidate, b: Candidate) -> float:
    """Great-circle distance by the haversine formula, in km."""
    lat1, lon1, lat2, lon2 = map(math.radians, (a.lat, a.lon, b.lat, b.lon))
    half = (
        math.sin((lat2 - lat1) / 2) ** 2
        + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    )
    return 12742 * math.asin(math.sqrt(min(1.0, half)))
