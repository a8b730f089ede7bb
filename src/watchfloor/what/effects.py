"""What became of those with a part in an event: killed, freed, damaged and so on."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from watchfloor.data import load_yaml
from watchfloor.parse import Token
from watchfloor.what.toll import Toll

#: Effect by field of harm; a count of nobody is `unharmed`.
OF_FIELD = {
    "killed": "killed",
    "injured": "injured",
    "abducted": "abducted",
    "arrested": "arrested",
    "missing": "missing",
}
#: The worst that is told of somebody decides.
WORST = ("killed", "missing", "abducted", "arrested", "injured", "unharmed")
UNHURT = frozenset({"unhurt", "unharmed", "unscathed", "uninjured", "safe"})


def of_people(first: int, last: int, tolls: Sequence[Toll]) -> str | None:
    """What the statements of harm say of the people named between two tokens."""
    said = set()
    for toll in tolls:
        if toll.field in OF_FIELD and any(g.first <= last and first <= g.last for g in toll.people):
            nobody = toll.count is not None and toll.count.high == 0
            said.add("unharmed" if nobody else OF_FIELD[toll.field])
    return next((effect for effect in WORST if effect in said), None)


def of_things(head: Token) -> str | None:
    """What the verb that has a thing for its object says became of it."""
    verb = head.head
    if head.dep_ not in {"dobj", "nsubjpass"} or verb.pos_ != "VERB":
        return None
    if any(c.dep_ == "neg" for c in verb.children):
        return None
    return _effects().get(verb.lemma_.lower())


def is_unhurt(head: Token) -> bool:
    """Whether somebody is said to have come off unhurt: "escaped unhurt"."""
    verb = head.head
    return head.dep_ in {"nsubj", "nsubjpass", "dobj"} and any(
        c.lower_ in UNHURT for c in verb.children
    )


@cache
def _effects() -> dict[str, str]:
    return {
        word: effect for effect, words in load_yaml("what_effects.yaml").items() for word in words
    }
