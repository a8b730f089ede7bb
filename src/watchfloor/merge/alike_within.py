"""How much two mentions in one report are alike: what speaks for and against one happening."""

from __future__ import annotations

from watchfloor.merge.alike import REAL, contradict, features, same_count, spots_agree
from watchfloor.merge.facts import Facts
from watchfloor.merge.words import acts, outcomes, sphere


def within_features(one: Facts, two: Facts) -> dict[str, float]:
    """Features of two mentions in one report, which stand in an order and a distance."""
    first, later = (one, two) if one.start <= two.start else (two, one)
    gap = later.sentence - first.sentence
    violent = sphere(one.type) == "violence"
    return {
        **features(one, two, one_report=True),
        **_where_and_when(one, two),
        **_acts(one, two),
        **_status(one, two),
        **_hit(one, two),
        f"sphere_{sphere(one.type)}": float(one.type == two.type),
        "same_sentence": float(gap == 0),
        "next_sentence": float(gap == 1),
        "far": min(gap, 10) / 10,
        "far_violent": violent * min(gap, 10) / 10,
        "points_back": float(later.generic and later.definite),
        "definite": float(later.definite),
        "brings_new": float(later.new and not later.definite),
        "plural": float(one.plural or two.plural),
        "both_generic": float(one.generic and two.generic),
        "bare": float(not later.parties and not later.placed),
        "lead": float(first.sentence == 0),
    }


def _where_and_when(one: Facts, two: Facts) -> dict[str, float]:
    """The same place or day weighs only where both mentions say it themselves."""
    where = spots_agree(one, two) if one.placed and two.placed else 0.0
    days = (one.days, two.days) if one.dated and two.dated else (None, None)
    gap = days[0].apart(days[1]) if days[0] and days[1] else None
    return {
        "own_place_same": float(where == 1.0),
        "own_place_other": float(where < 0),
        "own_day_same": float(gap == 0),
        "own_day_other": float(gap is not None and gap > 1),
        "unplaced": float(not two.placed and not one.placed),
    }


def _acts(one: Facts, two: Facts) -> dict[str, float]:
    """Whether the words stand for one kind of act, two, or an act and what came of it."""
    ours, theirs = acts(one.stems), acts(two.stems)
    came = bool(ours and theirs) and (ours <= outcomes()) != (theirs <= outcomes())
    other = bool(ours and theirs) and not ours & theirs and not came
    loose = one.generic or two.generic
    return {
        "act_same": float(bool(ours & theirs)),
        "act_outcome": float(came),
        "act_other": float(other and not loose),
        "act_unknown": float(not ours or not theirs),
    }


def _status(one: Facts, two: Facts) -> dict[str, float]:
    said = frozenset({one.status, two.status})
    real = said <= REAL
    return {
        "denied_real": float("denied" in said and len(said) > 1 and real),
        "attempted_real": float("attempted" in said and len(said) > 1 and real),
        "planned_real": float("planned" in said and bool(said & REAL)),
        "possible_real": float("possible" in said and bool(said & REAL)),
        "unreal_same": float(len(said) == 1 and not real),
    }


def _hit(one: Facts, two: Facts) -> dict[str, float]:
    """Who or what was hit: the same by name or reference; and harm in the same or other fields."""
    ours, theirs = one.sides["hit"], two.sides["hit"]
    both = one.counts.keys() & two.counts.keys()
    counts = [(one.counts[f], two.counts[f]) for f in both]
    other_land = bool(ours.lands and theirs.lands) and not ours.lands & theirs.lands
    return {
        "hit_named": float(bool(ours.names & theirs.names)),
        "hit_id": float(bool(ours.actors & theirs.actors)),
        "hit_land_other": float(other_land),
        "harm_kept_apart": float(bool(one.counts and two.counts) and not both),
        "harm_same": float(any(same_count(a, b) for a, b in counts)),
        "harm_other": float(any(contradict(a, b) for a, b in counts)),
    }
