"""How much two tellings are alike: features with weights, so that a score can be explained."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from math import exp
from typing import TYPE_CHECKING, cast

import msgspec

from watchfloor.data import load_yaml
from watchfloor.merge.facts import FOREMOST, SIDES, Facts, Spot, distance_km
from watchfloor.merge.words import names_in
from watchfloor.records import Count

if TYPE_CHECKING:
    from watchfloor.merge.nodes import Node

Weights = Mapping[str, float]

#: Statuses of what is said to be real; the others speak of what may or will be.
REAL = frozenset({"happened", "ongoing", "denied", "attempted", "disputed"})
#: Two points nearer than this may be one place told roughly.
NEAR_KM = 30.0


class Score(msgspec.Struct, frozen=True):
    """A likelihood between 0 and 1, and each feature's share of it (log-odds, largest first)."""

    value: float
    shares: tuple[tuple[str, float], ...]


@lru_cache(maxsize=4)
def weights(table: str) -> Weights:
    """Weights of the features, `within` a report, `across` reports, or of being `told` of."""
    return cast(Mapping[str, Weights], load_yaml("merge_weights.yaml"))[table]


def odds(features: Mapping[str, float], table: Weights) -> float:
    """The log-odds that the features' shares sum to."""
    return sum(v * table.get(n, 0.0) for n, v in features.items() if v) + table["bias"]


def score(features: Mapping[str, float], table: Weights) -> Score:
    """Sum the features' shares into a likelihood."""
    shares = {name: value * table.get(name, 0.0) for name, value in features.items() if value}
    shares["bias"] = table["bias"]
    ordered = sorted(shares.items(), key=lambda s: (-abs(s[1]), s[0]))
    return Score(logistic(sum(shares.values())), tuple((n, round(v, 3)) for n, v in ordered if v))


def logistic(odds: float) -> float:
    """A likelihood from log-odds."""
    return 1.0 / (1.0 + exp(-max(-30.0, min(30.0, odds))))


def likelihood(name: str, row: Mapping[str, float]) -> float:
    """How likely the weights of a name make what has these signs; 0 to 1."""
    return logistic(odds(row, weights(name)))


def overlap(one: frozenset[str], two: frozenset[str]) -> float:
    """Shared members as a share of the smaller set, 0 where either is empty."""
    return len(one & two) / min(len(one), len(two)) if one and two else 0.0


def same_spot(one: Spot, two: Spot) -> float:
    """1 for one place, 0.6 for one inside or near the other, -1 for two; 0 if unknown."""
    if one.gazetteer_id and one.gazetteer_id == two.gazetteer_id:
        return 1.0
    if one.country and two.country and one.country != two.country:
        return -1.0
    if one.name.lower() == two.name.lower():
        return 1.0
    far = distance_km(one, two)
    return 0.0 if far is None else _near(one, two, far)


def _near(one: Spot, two: Spot, far: float) -> float:
    if one.area or two.area:
        reach = max(one.radius_km if one.area else 0.0, two.radius_km if two.area else 0.0)
        return 0.6 if far <= 1.3 * reach + NEAR_KM or "country" in (one.kind, two.kind) else -1.0
    if far <= 5.0:
        return 1.0
    return 0.6 if far <= NEAR_KM + one.radius_km + two.radius_km else -1.0


def spots_agree(one: Facts, two: Facts) -> float:
    """The best agreement between any two of their places; 0 where either names none."""
    pairs = [same_spot(a, b) for a in one.spots for b in two.spots]
    return max(pairs, default=0.0)


def contradict(one: Count | None, two: Count | None) -> bool:
    """Whether no number fits both counts; one that does not say contradicts nothing."""
    if one is None or two is None or one.approx or two.approx:
        return False
    low = max(one.low or 0, two.low or 0)
    high = min(c.high if c.high is not None else 10**9 for c in (one, two))
    return low > high


def same_count(one: Count | None, two: Count | None) -> bool:
    """Whether both say the same number, more than nobody."""
    return one is not None and two is not None and one == two and (one.low or one.high or 0) > 0


def _sides(one: Facts, two: Facts) -> dict[str, float]:
    """Features of the participants: who did it, and who or what was hit. Ids of actors mean
    nothing outside their report.
    """
    found: dict[str, float] = {}
    for name in SIDES:
        ours, theirs = one.sides[name].heads, two.sides[name].heads
        if ours and theirs:
            found[f"{name}_{'same' if ours & theirs else 'other'}"] = 1.0
    return found


def _counts(one: Facts, two: Facts) -> dict[str, float]:
    told = one.counts.keys() & two.counts.keys() & FOREMOST
    pairs = [(one.counts[f], two.counts[f]) for f in told]
    return {
        "count_same": float(any(same_count(a, b) for a, b in pairs)),
        "count_other": float(any(contradict(a, b) for a, b in pairs)),
    }


def _circumstances(one: Facts, two: Facts) -> dict[str, float]:
    where = spots_agree(one, two)
    known = one.days and two.days
    gap = one.days.apart(two.days) if one.days and two.days else 0
    return {
        "place_same": float(where == 1.0),
        "place_near": float(0 < where < 1.0),
        "place_other": float(where < 0),
        "day_same": float(bool(known) and gap == 0),
        "day_next": float(bool(known) and gap == 1),
        "day_other": float(bool(known) and gap > 1),
        "day_unsaid": float(not known),
    }


def features(one: Facts, two: Facts) -> dict[str, float]:
    """Features of the tellings of two reports; every one is symmetric in its two sides."""
    real = one.status in REAL, two.status in REAL
    return {
        "type_same": float(one.type == two.type),
        "mode_same": float(bool(one.modes & two.modes)),
        "mode_other": float(bool(one.modes and two.modes and not one.modes & two.modes)),
        "word_same": float(bool(one.stems & two.stems)),
        "generic": float(one.generic or two.generic),
        "reality_other": float(real[0] != real[1]),
        "status_other": float(one.status != two.status),
        "denied": float("denied" in (one.status, two.status)),
        "background_other": float(one.background != two.background),
        "names_shared": min(1.0, len(one.names & two.names) / 2),
        **_circumstances(one, two),
        **_sides(one, two),
        **_counts(one, two),
    }


def _place_told(one: Node, two: Node) -> bool:
    """Whether one tells of no place, and its report speaks of the one that the other gives."""
    bare = [(a, b) for a, b in ((one, two), (two, one)) if not a.facts.spots]
    return any(names_in(s.name) & a.names for a, b in bare for s in b.facts.spots)


def across_features(one: Node, two: Node) -> dict[str, float]:
    """Features of two incidents from two reports: the facts, and the words they are told in."""
    likely = bool(one.likely and two.likely)
    apart = one.likely.apart(two.likely) if one.likely and two.likely else 0
    stated = bool(one.facts.days and two.facts.days)
    words = len(one.words & two.words)
    shared = features(one.facts, two.facts)
    apart_in = [shared.get(name, 0.0) for name in ("doer_other", "hit_other", "count_other")]
    return {
        **shared,
        "all_other": float(all(apart_in)),
        "place_told": float(_place_told(one, two)),
        "likely_day": float(likely and not stated and apart == 0),
        "unlikely_day": float(likely and not stated and apart > 0),
        "words": words / (1 + min(len(one.words), len(two.words))),
        "verbatim": float(words >= 8 and words >= 0.9 * max(len(one.words), len(two.words))),
        "report_names": overlap(one.names, two.names),
        "both_background": float(one.facts.background and two.facts.background),
    }
