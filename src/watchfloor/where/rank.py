"""What speaks for each candidate of each toponym, as features for the trained ranker."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence

import numpy as np

from watchfloor.where.countries import codes
from watchfloor.where.forest import Floats
from watchfloor.where.gazetteer import Candidate
from watchfloor.where.names import key_of
from watchfloor.where.toponyms import Toponym

KINDS = ("country", "region", "water", "province", "district", "town", "facility")
#: Kinds too large to stand for a point that others are near to.
LARGE = frozenset({"country", "region", "water"})
#: A report is at home in a country that so many of its names, and this share of them, lie in.
HOME_NAMES, HOME_SHARE = 2, 0.6
#: What it speaks for a country that the report was written there or names it or its people.
NAMED_WEIGHT, MOST_PEOPLES = 2, 2
#: A town or province with fewer people is not named without its country where nothing else of the
#: report has to do with that country: such a match is a namesake. What a name says then.
WELL_KNOWN, SMALL_WEIGHT = 300_000, 0.5
#: From this weight of other names on a report has to do with a country.
SPEAKS, SPEAKS_FOR_ALIAS = 0.3, 1.0
#: What a dateline's town is worth for lying in a country that the report speaks of, or so near to a
#: place in it (km): as if it had a thousand, or thirty, times as many people.
SPOKEN_OF, BESIDE, BESIDE_KM = 3.0, 1.5, 800.0
#: A part of a town lies no further than this from the middle of it, in km.
QUARTER_KM = 60.0
NAMES = (
    "hand", "hand_gap", "people_log", "people_gap", "people_rank", *KINDS, "candidates", "exact",
    "letters", "alternates_log", "same_country", "same_province", "country_named",
    "province_named", "near_50", "near_150", "near_500", "nearest_log", "within_ok",
    "within_fails", "kind_said", "kind_fails", "dateline_country", "dateline_near_log",
    "toponyms", "short_name", "town_of_province", "people_said", "people_share",
)  # fmt: skip


class Context:
    """The other places of a report, by the hand-weighted choice made first."""

    def __init__(
        self, found: Sequence[Toponym], chosen: Sequence[Candidate | None], peoples: Counter[str]
    ) -> None:
        self.peoples = peoples
        self.keys = [t.key for t in found]
        first: dict[str, Candidate] = {}
        for toponym, one in zip(found, chosen, strict=True):
            if one is not None:
                first.setdefault(toponym.key, one)
        self.first = first
        self.lands = {t.key: len({c.country for c in t.candidates}) for t in found}
        self.countries = Counter(c.country for c in first.values() if c.country)
        self.provinces: Counter[tuple[str | None, str | None]] = Counter(
            (c.country, c.admin1) for c in first.values() if c.admin1
        )
        self.named = {c.country for c in first.values() if c.kind == "country"}
        self.named_in = {(c.country, c.admin1) for c in first.values() if c.kind == "province"}
        self.anchors = [(k, c) for k, c in first.items() if c.kind not in LARGE]
        self.points = np.radians([(c.lat, c.lon) for _, c in self.anchors]).reshape(-1, 2)
        dateline = chosen[0] if found and found[0].dateline else None
        self.dateline = dateline if dateline and dateline.kind not in LARGE else None

    def is_stranger(self, toponym: Toponym, one: Candidate, alias: bool = False) -> bool:
        """Whether a report that is at home in one country has nothing else to do with a place's;
        or too little, where the place is mostly called otherwise (`alias`).
        """
        if one.country is None or one.kind in LARGE or one.country in self.peoples:
            return False
        _, weight = self._spoken_of(toponym)
        spoken_of = weight[one.country] >= (SPEAKS_FOR_ALIAS if alias else SPEAKS)
        return not spoken_of and self.home(toponym) not in {None, one.country}

    def home(self, toponym: Toponym) -> str | None:
        """The country that the rest of a report is plainly about: ISO 3166-1 alpha-3, or None."""
        names, weight = self._spoken_of(toponym)
        country = max(weight, key=weight.__getitem__, default=None)
        if country is None or names[country] < HOME_NAMES:
            return None
        return country if weight[country] >= HOME_SHARE * sum(weight.values()) else None

    def _spoken_of(self, toponym: Toponym) -> tuple[Counter[str], defaultdict[str, float]]:
        """How many other names of a report lie in each country, and how much they speak for it.

        A name speaks the less for a country, the more countries have a place of that name; and
        that of a small place less than that of a country or a large one.
        """
        names: Counter[str] = Counter()
        weight: defaultdict[str, float] = defaultdict(float)
        for key, one in self.first.items():
            if key != toponym.key and one.country:
                names[one.country] += 1
                weight[one.country] += self._plainness(key, one)
        line = self.dateline if not toponym.dateline else None
        for country in (*self.named, line.country if line is not None else None):
            if country is not None:
                names[country] += NAMED_WEIGHT - 1
                weight[country] += NAMED_WEIGHT - 1
        for country, times in self.peoples.items():
            names[country] += min(times, MOST_PEOPLES)
            weight[country] += min(times, MOST_PEOPLES)
        return names, weight

    def _plainness(self, key: str, one: Candidate) -> float:
        if one.kind == "country":
            return 1.0
        return (1.0 if one.population >= WELL_KNOWN else SMALL_WEIGHT) / (self.lands[key] or 1)

    def is_beside(self, toponym: Toponym, one: Candidate) -> bool:
        """Whether a place lies where another that the report names could have it as its part."""
        return any(k != toponym.key and distance_km(c, one) < QUARTER_KM for k, c in self.anchors)

    def written_in(self, toponym: Toponym) -> Candidate | None:
        """The town that a dateline means: large, and where the report's other places are."""
        known = {k: c for k, c in self.first.items() if k != toponym.key}
        spoken = {c.country for c in known.values()} | set(self.peoples)
        towns = [c for c in toponym.candidates if c.kind == "town"]

        def worth(one: Candidate) -> float:
            near = any(distance_km(c, one) < BESIDE_KM for c in known.values())
            return (
                math.log10(one.population + 1) + SPOKEN_OF * (one.country in spoken) + BESIDE * near
            )

        return max(towns, key=worth, default=None)


def rows(toponym: Toponym, hand: Sequence[float], context: Context) -> Floats:
    """The features of a toponym's candidates, in the order of NAMES."""
    some = toponym.candidates
    people = [math.log10(c.population + 1) for c in some]
    order = sorted(range(len(some)), key=lambda n: -people[n])
    rank = {n: r for r, n in enumerate(order)}
    best, most = max(hand), max(people)
    away = _distances(some, toponym.key, context)
    kinds = {c.kind for c in some}
    total = context.peoples.total() or 1
    made = []
    for n, one in enumerate(some):
        inside = _inside(one, toponym.within)
        exact = key_of(one.name) == toponym.key
        distances = away[n]
        said = context.peoples[one.country] if one.country else 0
        line = context.dateline
        to_line = distance_km(line, one) if line is not None else 20000.0
        made.append([
            hand[n], best - hand[n], people[n], most - people[n], rank[n],
            *(one.kind == kind for kind in KINDS), len(some), exact, len(toponym.key),
            math.log10(one.alternates + 1), *_company(one, toponym.key, context),
            (distances < 50).sum(), (distances < 150).sum(), (distances < 500).sum(),
            math.log10(1 + (distances.min() if len(distances) else 20000.0)),
            bool(toponym.within) and inside, bool(toponym.within) and not inside,
            toponym.kind == one.kind,
            toponym.kind is not None and toponym.kind != one.kind and toponym.kind in kinds,
            line is not None and line.country == one.country, math.log10(1 + to_line),
            len(context.first), len(toponym.key) < 4,
            one.kind == "province" and "town" in kinds,
            one.country in context.peoples, said / total,
        ])  # fmt: skip
    return np.array(made, dtype=np.float64)


def _company(one: Candidate, key: str, context: Context) -> tuple[float, float, bool, bool]:
    """Shares of the report's other names in the same country and province, and whether those are
    named themselves.
    """
    own = context.first.get(key)
    others = len(context.first) - (own is not None) or 1
    country = context.countries[one.country] if one.country else 0
    country -= own is not None and own.country == one.country and one.country is not None
    area = (one.country, one.admin1)
    province = context.provinces[area] if one.admin1 else 0
    province -= own is not None and one.admin1 is not None and (own.country, own.admin1) == area
    return (
        country / others, province / others,
        one.kind != "country" and one.country in context.named,
        one.kind != "province" and area in context.named_in,
    )  # fmt: skip


def _distances(some: Sequence[Candidate], key: str, context: Context) -> list[Floats]:
    """How far each candidate lies from the report's other places, in km."""
    others = np.array([k != key for k, _ in context.anchors], dtype=bool)
    points = context.points[others]
    own = np.radians([(c.lat, c.lon) for c in some]).reshape(-1, 1, 2)
    half = (
        np.sin((points[:, 0] - own[:, :, 0]) / 2) ** 2
        + np.cos(points[:, 0]) * np.cos(own[:, :, 0])
        * np.sin((points[:, 1] - own[:, :, 1]) / 2) ** 2
    )  # fmt: skip
    return list(12742 * np.arcsin(np.sqrt(np.minimum(1.0, half))))


def _inside(one: Candidate, within: Sequence[str]) -> bool:
    return any(is_inside(one, name) for name in within)


def is_inside(one: Candidate, key: str) -> bool:
    """Whether a key that the text puts behind a name is the candidate's province or country."""
    if one.admin1:
        province = key_of(one.admin1)
        if province == key or province.startswith(f"{key} "):
            return True
    return one.country is not None and one.country in codes().get(key, ())


def distance_km(a: Candidate, b: Candidate) -> float:
    """Great-circle distance by the haversine formula, in km."""
    lat1, lon1, lat2, lon2 = map(math.radians, (a.lat, a.lon, b.lat, b.lon))
    half = (
        math.sin((lat2 - lat1) / 2) ** 2
        + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    )
    return 12742 * math.asin(math.sqrt(min(1.0, half)))
