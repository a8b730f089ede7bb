"""Statements of harm: which word says that how many people were killed, hurt, taken or arrested."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from watchfloor.parse import Doc, Token
from watchfloor.what.lexicon import harm_words
from watchfloor.what.people import Group, groups
from watchfloor.what.sufferers import before
from watchfloor.what.toll import HELD, Toll, stated
from watchfloor.what.toll_phrases import (
    HOSPITALS,
    held,
    in_hospital,
    is_deadly,
    lives,
    lost,
    nobody,
    running,
    with_injuries,
)
from watchfloor.what.toll_words import of_known, sufferers_of

TOLLS = frozenset({"toll", "total", "number", "count"})
#: What no one suffered where there were "no casualties".
CASUALTIES = frozenset({"casualty", "victim", "loss"})
INJURIES = frozenset({"injury", "wound", "burn", "bruise", "fracture", "cut", "laceration"})
SUFFERING = frozenset({"sustain", "suffer", "receive", "incur"})
#: Words that tell of harm without being words of harm.
TELLING = TOLLS | CASUALTIES | HELD | INJURIES | HOSPITALS | {"life", "lose", "pass"}


def tolls(doc: Doc, phrases: Sequence[Group] | None = None) -> list[Toll]:
    """Every statement of harm in a sentence, in order of its words; one a group and field.

    `phrases` are the sentence's noun phrases, where they have been cut already.
    """
    if not any(_may_tell(token) for token in doc):
        return []
    found = groups(doc) if phrases is None else phrases
    said: list[Toll] = []
    taken: set[tuple[str, int]] = set()
    for token in doc:
        for toll in _of_word(doc, token, found):
            key = (toll.field, toll.people[0].first if toll.people else -int(token.i))
            if key not in taken:
                taken.add(key)
                said.append(toll)
    return [toll for toll in said if not _is_outdone(toll, said)]


def _may_tell(token: Token) -> bool:
    lemma = token.lemma_.lower()
    return lemma in harm_words() or token.lower_ in harm_words() or lemma in TELLING


def is_blow(toll: Toll) -> bool:
    """Whether a toll tells of a blow ("shot", "stabbed") that may have killed or not."""
    word = harm_words().get(toll.word.lemma_.lower())
    return toll.field == "injured" and word is not None and "hits" in word.parts


def _is_outdone(toll: Toll, said: Sequence[Toll]) -> bool:
    """Whether blows are told of people whom the same sentence says to be dead."""
    if not is_blow(toll):
        return False
    return any(
        other.field == "killed"
        and not other.part
        and {g.first for g in other.people} & {g.first for g in toll.people}
        for other in said
    )


def _of_word(doc: Doc, token: Token, found: Sequence[Group]) -> Iterator[Toll]:
    lemma = token.lemma_.lower()
    if lemma in TOLLS:
        yield from running(doc, token, found)
    elif lemma == "life" and token.tag_ in {"NNS", "NN"}:
        yield from lives(doc, token, found)
    elif lemma in CASUALTIES:
        yield from nobody(token, found)
    elif lemma == "lose" and token.pos_ == "VERB":
        yield from lost(doc, token, found)
    elif lemma in INJURIES and token.dep_ == "dobj" and token.head.lemma_.lower() in SUFFERING:
        yield from stated("injured", token.head, before(doc, token.head, found))
    elif lemma in INJURIES and token.dep_ == "pobj":
        yield from with_injuries(token, found)
    elif lemma in HOSPITALS:
        yield from in_hospital(doc, token, found)
    elif lemma == "pass" and any(c.dep_ == "prt" and c.lower_ == "away" for c in token.children):
        yield from stated("killed", token, before(doc, token, found))
    elif lemma == "death" and is_deadly(token):
        yield from stated("killed", token, sufferers_of(doc, token.head.head, found))
    elif lemma in HELD:
        yield from held(doc, token, found)
    else:
        word = harm_words().get(lemma) or harm_words().get(token.lower_)
        if word is not None:
            yield from of_known(doc, token, word, found)
