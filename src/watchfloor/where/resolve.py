"""Choose which place each toponym stands for, the others of the report being its context."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

import numpy as np

from watchfloor.where import forest
from watchfloor.where.countries import codes
from watchfloor.where.gazetteer import Candidate
from watchfloor.where.names import key_of
from watchfloor.where.rank import LARGE, WELL_KNOWN, Context, distance_km, is_inside, rows
from watchfloor.where.toponyms import Toponym

#: Hand-set weights; see docs/experiments.md for what each was worth.
KIND_WEIGHT = {"country": 9.5, "region": 8.5, "water": 8.5, "province": 2.9, "town": 3.0,
               "district": 1.5, "facility": 3.0, "point": 5.0}  # fmt: skip
#: What it is worth that the text says which kind of place it means.
SAID_KIND = 4.0
#: A choice less likely to be right than this is no match: most such names are not in the gazetteer.
LEAST_CONFIDENCE = 0.12
#: A dateline's place less likely to be right than this is chosen by what datelines are like.
SURE_DATELINE = 0.6
#: Another name of a place that is less likely than this to be meant is one of those of namesakes:
#: "Kiev" is Kyiv anywhere, "Canton" hardly ever Guangzhou.
SURE_ALIAS = 0.8
#: Kinds of which a list names none inside another ("Georgia, Illinois").
POINTS = frozenset({"town", "district", "facility", "point"})
#: An alias that has so many first letters with the name in common is a way of spelling it.
LEAST_ALIKE = 4
#: Candidates further apart than this, in degrees, are two places.
ELSEWHERE_DEGREES = 1.0
#: The desk's own place outweighs its namesakes, unless the text puts the name elsewhere.
OWN_CONFIDENCE = 0.95

Choice = tuple[Candidate | None, float]


def resolve(found: Sequence[Toponym], peoples: Counter[str], learned: bool = True) -> list[Choice]:
    """(chosen candidate, confidence from 0 to 1) of each toponym; one name keeps one meaning.

    `peoples` is how often the report says "Greek", by country: whose things are, not where.
    The confidence is the share of choices like it that were right in training; by the hand-set
    weights alone it is the margin over the next candidate, squashed.
    """
    hand = hand_scores(found)
    model = forest.load("rank") if learned else None
    if model is None:
        return one_meaning(found, [_by_hand(t, h) for t, h in zip(found, hand, strict=True)])
    first = [_top(t, h) for t, h in zip(found, hand, strict=True)]
    context = Context(found, first, peoples)
    known: dict[object, Choice] = {}
    for toponym, scores in zip(found, hand, strict=True):
        if toponym.candidates and _group(toponym) not in known:
            ranked = model.scores(rows(toponym, scores, context))
            known[_group(toponym)] = _chosen(toponym, ranked, context)
    return one_meaning(found, [known.get(_group(t), (None, 0.0)) for t in found])


def _group(toponym: Toponym) -> object:
    """Toponyms alike in this have the same candidates and features."""
    t = toponym
    return t.key, t.within, t.kind, t.quarter, t.dateline, t.built


def _chosen(toponym: Toponym, ranked: forest.Floats, context: Context) -> Choice:
    own = [c for c in toponym.candidates if c.own]
    if own and not toponym.within:
        return own[0], OWN_CONFIDENCE
    points = np.array([(c.lat, c.lon) for c in toponym.candidates])
    sure = confidence(ranked, points)
    chosen = toponym.candidates[int(ranked.argmax())]
    if chosen.kind in POINTS and not any(is_inside(chosen, key) for key in toponym.within):
        said_so = _inside_said(toponym, ranked)
        chosen, sure = (said_so, max(sure, LEAST_CONFIDENCE)) if said_so else (chosen, sure)
    if toponym.dateline and not toponym.within and sure < SURE_DATELINE:
        written = context.written_in(toponym)
        chosen, sure = (written, LEAST_CONFIDENCE) if written is not None else (chosen, sure)
    if toponym.quarter and not context.is_beside(toponym, chosen):
        return None, 0.0
    if sure < LEAST_CONFIDENCE:
        return _at_home(toponym, context)
    chosen = _as_said(chosen, toponym)
    said = {code for key in toponym.within for code in codes().get(key, ())}
    small = chosen.kind not in LARGE and chosen.population < WELL_KNOWN
    alias = sure < SURE_ALIAS and chosen.kind not in LARGE and not _bears(chosen, toponym.key)
    if said and (small or alias) and chosen.country is not None and chosen.country not in said:
        return None, 0.0
    if not any(is_inside(chosen, key) for key in toponym.within):
        if not toponym.within:
            chosen = _of_their_people(chosen, toponym, context)
        if (small or alias or toponym.built) and context.is_stranger(toponym, chosen, alias):
            return _at_home(toponym, context)
    return _as_said(chosen, toponym), round(sure, 3)


def _inside_said(toponym: Toponym, ranked: forest.Floats) -> Candidate | None:
    """The likeliest candidate inside the larger place that the text puts behind a name."""
    order = [toponym.candidates[int(n)] for n in ranked.argsort()[::-1]]
    larger = [key for key in toponym.within if key != toponym.key]
    return next((c for c in order if any(is_inside(c, key) for key in larger)), None)


def _at_home(toponym: Toponym, context: Context) -> Choice:
    """The one namesake in the country that the report is plainly about; else no match."""
    home = None if toponym.within or toponym.quarter else context.home(toponym)
    some = [
        c for c in toponym.candidates
        if c.country == home and key_of(c.name) == toponym.key
        and toponym.kind in {None, c.kind}
    ]  # fmt: skip
    if home is None or not some or len({c.admin1 for c in some}) > 1:
        return None, 0.0
    return _as_said(some[0], toponym), LEAST_CONFIDENCE


def _bears(one: Candidate, key: str) -> bool:
    """Whether a place is called so itself, or nearly: "Delhi" is New Delhi."""
    own = key_of(one.name)
    alike = len(key) >= LEAST_ALIKE and own[:LEAST_ALIKE] == key[:LEAST_ALIKE]
    return alike or bool(set(own.split()) & set(key.split()))


def _of_their_people(chosen: Candidate, toponym: Toponym, context: Context) -> Candidate:
    """A larger namesake in a country whose people the report names, before one in a country that
    nothing else in it speaks of.
    """
    known = {c.country for k, c in context.first.items() if k != toponym.key} | set(context.peoples)
    if chosen.country is None or chosen.country in known:
        return chosen
    theirs = [
        c for c in toponym.candidates
        if c.country in context.peoples and c.population > chosen.population
    ]  # fmt: skip
    return theirs[0] if theirs else chosen


def _as_said(chosen: Candidate, toponym: Toponym) -> Candidate:
    """The namesake beside the chosen one that the text means: "Kandahar province" is the province
    and a bare "Kandahar" the town that it is named after.
    """
    kind = toponym.kind or ("town" if chosen.kind in {"province", "district"} else chosen.kind)
    beside = [
        c for c in toponym.candidates
        if c.kind == kind and key_of(c.name) == toponym.key
        and (c.country, c.admin1) == (chosen.country, chosen.admin1)
    ]  # fmt: skip
    return beside[0] if beside and chosen.kind != kind else chosen


def confidence(ranked: forest.Floats, points: forest.Floats) -> float:
    """How likely the highest of some candidates' scores is right, as calibrated in training."""
    weights = forest.numbers("confidence")
    return float(1 / (1 + math.exp(-float(weights @ confidence_features(ranked, points)))))


def confidence_features(ranked: forest.Floats, points: forest.Floats) -> forest.Floats:
    """What the confidence is computed from: height, margin over the next elsewhere, candidates.

    `points` are the candidates' latitudes and longitudes: a town and its district are one answer.
    """
    first = int(ranked.argmax())
    away = np.abs(points - points[first]).max(axis=1) > ELSEWHERE_DEGREES
    best = float(ranked[first])
    margin = min(best - float(ranked[away].max()), 6.0) if away.any() else 6.0
    return np.array([1.0, best, margin, not away.any(), math.log2(len(ranked))])


def hand_scores(found: Sequence[Toponym]) -> list[list[float]]:
    """The hand-weighted scores of each toponym's candidates: twice, the first choice as context."""
    first = [_top(t, _scores(t, [], Counter(), Counter())) for t in found]
    scores: list[list[float]] = []
    for _ in range(2):
        countries = Counter(c.country for c in first if c and c.country)
        regions = Counter((c.country, c.admin1) for c in first if c and c.admin1)
        anchors = [c for c in first if c and c.kind not in LARGE]
        scores = [_scores(t, anchors, countries, regions) for t in found]
        first = [_top(t, s) for t, s in zip(found, scores, strict=True)]
    return scores


def _top(toponym: Toponym, scores: Sequence[float]) -> Candidate | None:
    return toponym.candidates[scores.index(max(scores))] if scores else None


def _by_hand(toponym: Toponym, scores: Sequence[float]) -> Choice:
    best, *others = sorted(scores, reverse=True)[:2] or [0.0]
    gap = best - others[0] if others else 4.0
    chosen = _top(toponym, scores)
    return (chosen, round(1 / (1 + math.exp(-(gap + 0.3))), 3)) if chosen else (None, 0.0)


def one_meaning(found: Sequence[Toponym], chosen: Sequence[Choice]) -> list[Choice]:
    """A name said with its province or country settles what it means elsewhere in the report.

    "Kandahar" and "Kandahar province" are two names; a mention without a match takes that of
    another mention.
    """
    settled: dict[object, Choice] = {}
    for toponym, choice in zip(found, chosen, strict=True):
        name = toponym.key, toponym.kind
        known = settled.get(name)
        if choice[0] is not None and (known is None or toponym.within):
            settled[name] = choice
    return [
        c if t.within and c[0] is not None else settled.get((t.key, t.kind), c)
        for t, c in zip(found, chosen, strict=True)
    ]


def _scores(
    toponym: Toponym, anchors: Sequence[Candidate], countries: Counter[str],
    regions: Counter[tuple[str | None, str]],
) -> list[float]:  # fmt: skip
    kinds = {c.kind for c in toponym.candidates}
    total, in_regions = sum(countries.values()), sum(regions.values())
    scores = []
    for one in toponym.candidates:
        score = KIND_WEIGHT[one.kind]
        if one.kind in {"town", "district", "province"}:
            score += 0.9 * math.log10(_people(toponym, one) + 1)
        if toponym.kind in kinds:
            score += SAID_KIND if one.kind == toponym.kind else 0.0
        if key_of(one.name) == toponym.key:
            score += 1.2
        score += 6.0 * sum(is_inside(one, key) for key in toponym.within)
        if total and one.country:
            score += 4.5 * (countries[one.country] - (one.kind == "country")) / total
        if one.admin1 and in_regions:
            score += 2.0 * min(1.0, regions[one.country, one.admin1] / in_regions)
        if anchors and one.kind not in LARGE:
            score += 2.0 * min(1.0, _neighbours(one, anchors) / 2)
        scores.append(score)
    return scores


def _neighbours(one: Candidate, anchors: Sequence[Candidate]) -> int:
    near = {
        a.number for a in anchors
        if a.number != one.number and abs(a.lat - one.lat) < 2.8 and distance_km(a, one) < 300
    }  # fmt: skip
    return len(near)


def _people(toponym: Toponym, one: Candidate) -> int:
    """A place's population; a province counts for no more than the town in it that it is named
    after, since a bare "Kandahar" is the city.
    """
    if one.kind not in {"province", "district"} or toponym.kind is not None:
        return one.population
    towns = [
        c.population for c in toponym.candidates
        if c.kind == "town" and c.country == one.country and c.admin1 == one.admin1
    ]  # fmt: skip
    return min(one.population, max(towns)) if max(towns, default=0) else one.population
