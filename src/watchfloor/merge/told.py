"""Whether a report tells of a happening, or only speaks of violence at large.

"The violence must end" and "whoever kidnaps will be punished" have the words of acts and tell of
none. What is told has somebody who was hit, a number, a day, a place, a plain past; what is only
spoken of stands under "would" and "must", in the words of "we", long into a long text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from math import log

import msgspec

from watchfloor.merge.alike import logistic, weights
from watchfloor.merge.facts import Facts
from watchfloor.merge.within import tellings
from watchfloor.merge.words import is_vague_doer, words_of
from watchfloor.records import Actor, Claim, Event, Incident, Place, Role

HIT = frozenset({Role.VICTIM, Role.TARGET, Role.RECIPIENT})
#: Types that are judged: acts of force, and threats of them.
JUDGED = frozenset({"ASSAULT", "COERCE", "THREATEN", "HARM"})
#: An incident less likely told than this is only spoken of.
FAINTEST = 0.15
#: Endings of words for those who do it: "kidnappers", "terrorists".
AGENTS = ("er", "ers", "or", "ors", "ist", "ists")


def told(
    incidents: Sequence[Incident],
    events: Sequence[Event],
    places: Sequence[Place],
    actors: Sequence[Actor],
    text: str,
    claims: Sequence[Claim] = (),
) -> tuple[Incident, ...]:
    """The incidents that the report tells of, in their order; others are only spoken of."""
    facts = tellings(events, places, actors, text, claims)
    known = {e.id: e for e in events}
    kept = (
        i
        for i in incidents
        if i.type not in JUDGED
        or likelihood(i.type, [(known[e], facts[e]) for e in i.events], text) >= FAINTEST
    )
    return tuple(msgspec.structs.replace(i, id=f"i{n}") for n, i in enumerate(kept, 1))


def likelihood(kind: str, mentions: Sequence[tuple[Event, Facts]], text: str) -> float:
    """How likely it is that an incident of these mentions is told of; 0 to 1."""
    table = weights("told")
    row = features(kind, mentions, text)
    return logistic(sum(v * table.get(n, 0.0) for n, v in row.items()) + table["bias"])


def features(kind: str, mentions: Sequence[tuple[Event, Facts]], text: str) -> dict[str, float]:
    """What speaks for and against a happening being told, over all mentions of an incident."""
    said = [facts for _, facts in mentions]
    sentences = [text[e.sentence.start : e.sentence.end] for e, _ in mentions]
    triggers = [e.trigger.text.lower().strip() for e, _ in mentions]
    parties = [p for f in said for p in f.parties]
    hit = [p for p in parties if p.role in HIT]
    words = max(1, len(text.split()))
    start = min(e.sentence.start for e, _ in mentions) / max(1, len(text))
    return {
        f"type_{kind}": 1.0,
        "no_mode": float(not any(f.modes for f in said)),
        "surest": max(e.confidence for e, _ in mentions),
        "dateless": float(not any(f.days for f in said)),
        "placeless": float(not any(f.spots for f in said)),
        "hit": float(bool(hit)),
        "hit_counted": float(any(p.number is not None for p in hit)),
        "doer_vague": float(any(is_vague_doer(p.head) for p in parties if p.role == Role.ACTOR)),
        "means": float(any(p.role == Role.INSTRUMENT for p in parties)),
        "denied": float(any(f.status == "denied" for f in said)),
        "all_plural": float(all(f.plural for f in said)),
        "some_definite": float(any(f.definite for f in said)),
        "agent": float(all(t.endswith(AGENTS) for t in triggers)),
        "past": float(any(_words("past").search(s) for s in sentences)),
        "we": float(all(_words("we").search(s) for s in sentences)),
        "modal": float(all(_words("modal").search(s) for s in sentences)),
        "general": float(all(_words("general").search(s) for s in sentences)),
        "start": start,
        "first": float(start < 0.1),
        "we_of_text": min(1.0, 10 * len(_words("we").findall(text)) / words),
        "length": min(3.0, log(max(1.0, words / 100))),
        "long_sentence": min(3.0, min(len(s.split()) for s in sentences) / 30),
        "telex": float(text.isupper()),
    }


@lru_cache(maxsize=4)
def _words(name: str) -> re.Pattern[str]:
    """A list of merge_words.yaml as whole words in any case."""
    return re.compile(rf"\b(?:{'|'.join(words_of(f'told_{name}'))})\b", re.I)
