"""How much two mentions in one report are alike: what speaks for and against one happening."""

from __future__ import annotations

from watchfloor.merge.alike import REAL, contradict, same_count, spots_agree
from watchfloor.merge.facts import Facts, Side
from watchfloor.merge.mentions import Mentions
from watchfloor.merge.words import anyone, sphere

#: Days that a period may have and still be a day told roughly.
SHORT = 3
#: Sentences with events, and turns of the report, beyond which farther is all one.
FARTHEST, MOST_TURNS = 10, 4


def within_features(mentions: Mentions, one: str, two: str) -> dict[str, float]:
    """Features of two mentions of a report, given by their ids; only those that are not 0."""
    if mentions.facts[one].start > mentions.facts[two].start:
        one, two = two, one
    first, later = mentions.facts[one], mentions.facts[two]
    found = {
        **_kinds(first, later),
        **_course(mentions, one, two),
        **_where(first, later),
        **_when(first, later),
        **_status(first, later),
        **_parties(first, later),
        **_harm(first, later),
    }
    return {name: value for name, value in found.items() if value}


def _kinds(one: Facts, two: Facts) -> dict[str, float]:
    """Whether the words stand for one kind of act."""
    same = one.type == two.type
    return {
        "type_same": float(same),
        f"sphere_{sphere(one.type)}": float(same),
        "mode_same": float(bool(one.modes & two.modes)),
        "mode_other": float(bool(one.modes and two.modes and not one.modes & two.modes)),
        "word_same": float(bool(one.stems & two.stems)),
        "plural": float(one.plural or two.plural),
    }


def _course(mentions: Mentions, one: str, two: str) -> dict[str, float]:
    """How far the report has come from one to the other, and how the later is brought in."""
    first, later = mentions.facts[one], mentions.facts[two]
    before, step = mentions.steps[one], mentions.steps[two]
    gap, turns = later.sentence - first.sentence, step.stretch - before.stretch
    named = later.noun and later.definite
    return {
        "lead": float(first.sentence == 0),
        "same_sentence": float(gap == 0),
        "next_sentence": float(gap == 1),
        "far_violent": (sphere(first.type) == "violence") * min(gap, FARTHEST) / FARTHEST,
        "definite": float(named),
        "points_back": float(later.generic and later.definite),
        "given": float(later.definite and not later.noun),
        "brings_new": float(later.new and not named),
        "back_to_it": float(step.back_to == one),
        "back_to_other": float(step.back_to not in (None, one)),
        "apart": float(step.apart and gap > 0),
        "opens_with_place": float(step.opens_with_place and gap > 0),
        "turned": float(turns > 0),
        "turns": min(turns, MOST_TURNS) / MOST_TURNS,
        "same_stretch": float(turns == 0 and gap > 0),
        "doer_comes_in": float("doer" in step.comes_in),
        "hit_comes_in": float("hit" in step.comes_in),
    }


def _basis(one: bool, two: bool) -> str:
    """Whether both mentions say a thing themselves, one does, or it was carried over to both."""
    return "own" if one and two else "half" if one or two else "carried"


def _where(one: Facts, two: Facts) -> dict[str, float]:
    """Whether it was at one place; one that was carried over to both says nothing."""
    if not (one.placed or two.placed):
        return {}
    agree, basis = spots_agree(one, two), _basis(one.placed, two.placed)
    return {
        f"place_same_{basis}": float(agree == 1.0),
        f"place_near_{basis}": float(0 < agree < 1.0),
        f"place_other_{basis}": float(agree < 0),
    }


def _when(one: Facts, two: Facts) -> dict[str, float]:
    if one.days is None or two.days is None:
        return {"day_unsaid": 1.0}
    gap, basis = one.days.apart(two.days), _basis(one.dated, two.dated)
    long = any((f.days.last - f.days.first).days >= SHORT for f in (one, two) if f.days)
    return {
        f"day_same_{basis}": float(gap == 0 and not long),
        f"day_other_{basis}": float(gap > 1),
        "period": float(long),
    }


def _status(one: Facts, two: Facts) -> dict[str, float]:
    said = frozenset({one.status, two.status})
    return {
        "status_other": float(len(said) > 1),
        "denied_real": float("denied" in said and len(said) > 1 and said <= REAL),
        "planned_real": float("planned" in said and bool(said & REAL)),
        "background_other": float(one.background != two.background),
    }


def _parties(one: Facts, two: Facts) -> dict[str, float]:
    """Whether the same people did it, and the same were hit; who hit is hit back is another."""
    doers, also = one.sides["doer"], two.sides["doer"]
    hit, hit_too = one.sides["hit"], two.sides["hit"]
    means, means_too = one.sides["means"].heads, two.sides["means"].heads
    same, other = _shared(hit, hit_too), _apart(hit, hit_too)
    kinds = [side.heads - anyone() for side in (hit, hit_too)]
    return {
        "doer_other": float(_apart(doers, also)),
        "hit_same": float(same),
        "hit_other": float(other),
        "hit_kind_other": float(other and all(kinds)),
        "hits_back": float(_is_named_in(doers, hit_too) or _is_named_in(also, hit)),
        "means_other": float(bool(means and means_too) and not means & means_too),
        "names_shared": float(bool(_names(one) & _names(two))),
    }


def _names(facts: Facts) -> frozenset[str]:
    return frozenset().union(*(side.names for side in facts.sides.values()))


def _is_named_in(one: Side, two: Side) -> bool:
    return bool(one.actors & two.actors or one.names & two.names)


def _shared(one: Side, two: Side) -> bool:
    """Whether two sides share somebody: by name, by reference, or by the noun for them."""
    return _is_named_in(one, two) or bool(one.heads & two.heads)


def _apart(one: Side, two: Side) -> bool:
    """Whether somebody is on both sides, and nobody on both."""
    return bool(one.heads and two.heads) and not _shared(one, two)


def _harm(one: Facts, two: Facts) -> dict[str, float]:
    both = one.counts.keys() & two.counts.keys()
    counts = [(one.counts[f], two.counts[f]) for f in both]
    return {
        "harm_same": float(any(same_count(a, b) for a, b in counts)),
        "harm_other": float(any(contradict(a, b) for a, b in counts)),
        "harm_kept_apart": float(bool(one.counts and two.counts) and not both),
    }
