"""Signs that a happening is told of, and not only spoken of, over all its mentions."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from math import log

from watchfloor.merge.facts import HARMS, Facts, Party
from watchfloor.merge.words import is_vague_doer, words_of
from watchfloor.records import Event, Role

HIT = frozenset({Role.VICTIM, Role.TARGET, Role.RECIPIENT})
#: Sectors of those who fight, and of those who act for a state.
FIGHTERS = frozenset("MIL COP REB SPY UAF PRM INS SEP".split())
STATE = frozenset("GOV MIL COP JUD SPY LEG".split())
FORCES = FIGHTERS & STATE
#: Endings of words for those who do it: "kidnappers", "terrorists".
AGENTS = ("er", "ers", "or", "ors", "ist", "ists")

Mentions = Sequence[tuple[Event, Facts]]


def signs(kind: str, mentions: Mentions, text: str) -> dict[str, float]:
    """What speaks for and against an incident of this type being told; `text` is the report's."""
    return {
        f"type_{kind}": 1.0,
        **_of_facts(mentions),
        **_of_parties([p for _, f in mentions for p in f.parties]),
        **_of_harm([f for _, f in mentions]),
        **_of_words(mentions, text),
        **_of_report(min(e.sentence.start for e, _ in mentions), text),
    }


def _of_facts(mentions: Mentions) -> dict[str, float]:
    said = [facts for _, facts in mentions]
    return {
        **{f"mode_{mode}": 1.0 for f in said for mode in f.modes},
        "no_mode": float(not any(f.modes for f in said)),
        "surest": max(e.confidence for e, _ in mentions),
        "mentions": min(2.5, log(len(said))),
        "dateless": float(not any(f.days for f in said)),
        "own_day": float(any(f.dated and f.days and _is_short(f) for f in said)),
        "placeless": float(not any(f.spots for f in said)),
        "denied": float(any(f.status == "denied" for f in said)),
        "all_plural": float(all(f.plural for f in said)),
        "some_definite": float(any(f.definite for f in said)),
    }


def _is_short(facts: Facts) -> bool:
    return facts.days is not None and (facts.days.last - facts.days.first).days <= 1


def _of_parties(parties: Sequence[Party]) -> dict[str, float]:
    """Who was hit and who did it: somebody named or counted, civilians, a state, nobody known."""
    hit = [p for p in parties if p.role in HIT]
    doers = [p for p in parties if p.role == Role.ACTOR]
    return {
        "hit": float(bool(hit)),
        "hit_counted": float(any(p.number is not None for p in hit)),
        "hit_named": float(any(p.names for p in hit)),
        "hit_fighters": float(bool(hit) and all(p.sector in FIGHTERS for p in hit)),
        "hit_others": float(any(p.actor and p.sector not in FIGHTERS for p in hit)),
        "hit_a_fighter": float(any(p.sector in FIGHTERS for p in hit)),
        "hit_a_civilian": float(any(p.sector and p.sector not in FIGHTERS for p in hit)),
        "hit_many": min(2.0, log(1 + len({p.head for p in hit}))),
        "doer_fighters": float(bool(doers) and all(p.sector in FIGHTERS for p in doers)),
        "doer_both": float(len({p.sector in FORCES for p in doers if p.sector in FIGHTERS}) == 2),
        "doer_vague": float(any(is_vague_doer(p.head) for p in doers)),
        "doer_state": float(any(p.kind == "state" or p.sector in STATE for p in doers)),
        "doer_unknown": float(any(p.kind in {None, "unknown"} for p in doers)),
        "means": float(any(p.role == Role.INSTRUMENT for p in parties)),
    }


def _of_harm(said: Sequence[Facts]) -> dict[str, float]:
    """Which harm is counted; very large numbers are those of a war, not of one attack."""
    counts = {name: [c for f in said if (c := getattr(f.harm, name))] for name in HARMS}
    worst = {
        n: max((c.low or c.high or 0 for c in found), default=0) for n, found in counts.items()
    }
    return {
        **{f"harm_{name}": float(worst[name] > 0) for name in HARMS[:4]},
        "toll": min(3.0, log(1 + worst["killed"]) / 2),
    }


def _of_words(mentions: Mentions, text: str) -> dict[str, float]:
    sentences = [text[e.sentence.start : e.sentence.end] for e, _ in mentions]
    triggers = [e.trigger.text.lower().strip() for e, _ in mentions]
    return {
        "agent": float(all(t.endswith(AGENTS) for t in triggers)),
        "past": float(any(_words("past").search(s) for s in sentences)),
        "we": float(all(_words("we").search(s) for s in sentences)),
        "modal": float(all(_words("modal").search(s) for s in sentences)),
        "general": float(all(_words("general").search(s) for s in sentences)),
        "long_sentence": min(3.0, min(len(s.split()) for s in sentences) / 30),
    }


def _of_report(first: int, text: str) -> dict[str, float]:
    """How far into the report it is first told, and what the report is like."""
    start = first / max(1, len(text))
    return {"start": start, "first": float(start < 0.1), **_of_text(text)}


@lru_cache(maxsize=1)
def _of_text(text: str) -> Mapping[str, float]:
    """What a report is like; asked once for each of its incidents."""
    words = max(1, len(text.split()))
    return {
        "we_of_text": min(1.0, 10 * len(_words("we").findall(text)) / words),
        "length": min(3.0, log(max(1.0, words / 100))),
        "telex": float(text.isupper()),
    }


@lru_cache(maxsize=4)
def _words(name: str) -> re.Pattern[str]:
    """A list of merge_words.yaml as whole words in any case."""
    return re.compile(rf"\b(?:{'|'.join(words_of(f'told_{name}'))})\b", re.I)
