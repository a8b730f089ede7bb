"""Of what kind an actor is: a state, a body, a band, a person, or nobody that its words tell."""

from __future__ import annotations

from collections.abc import Sequence

from watchfloor.who.phrases import Phrase
from watchfloor.who.vocabulary import Entity

#: Last words of the names of bodies.
BODY_WORDS = frozenset(
    "army front force forces movement party union alliance league council committee ministry "
    "department agency corps brigade brigades battalion regiment command authority association "
    "federation group organization organisation network institute foundation society commission "
    "company".split()
)


def kind_of(entity: Entity | None, titled: Phrase | None, named: Sequence[Phrase]) -> str:
    """The kind of an actor of which a known name, a title and the phrases with names are given.

    A role's own kind is that of several people. A name of a place or thing is nobody's.
    """
    if entity is not None:
        return "unknown" if entity.kind == "place" else entity.kind
    if named and names_body(named[0]):
        return "organisation"
    if titled is None or titled.role is None:
        return "unknown" if not named or any(p.nobodys for p in named) else "person"
    kind = titled.role.kind
    if kind in {"organisation", "group"} and not (kind == "group" and titled.proper):
        return kind
    if titled.plural:
        return "group" if kind == "person" else kind
    return "person"


def names_body(phrase: Phrase) -> bool:
    """Whether a name is a body's by its last word or because it is an acronym."""
    return phrase.acronym or (phrase.proper and phrase.head.text.lower() in BODY_WORDS)
