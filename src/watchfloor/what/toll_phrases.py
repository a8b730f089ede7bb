"""Statements of harm that a phrase makes without a word of harm: "the toll rose to 39"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from watchfloor.parse import Chunk, Doc, Token
from watchfloor.records import DONE, Count
from watchfloor.what.people import Group, at_token, is_measure
from watchfloor.what.status import of_tree
from watchfloor.what.sufferers import after, before, is_passive
from watchfloor.what.toll import Toll, are_people, has_number, stated

#: Verbs whose "to death" kills.
DEADLY = frozenset(
    "stab beat burn crush hack shoot bleed freeze bludgeon trample starve club choke".split()
)
#: Verbs that take lives: the number of lives is that of the dead.
TAKING = frozenset({"claim", "cost", "take"})
#: What a man who loses it is hurt, not robbed.
LIMBS = frozenset(
    "arm leg hand foot finger toe eye ear limb sight eyesight hearing tooth thumb".split()
)


def running(doc: Doc, token: Token, found: Sequence[Group]) -> Iterator[Toll]:
    """ "The death toll rose to 39", "bringing the total to 122 killed"."""
    field = "killed"
    near = Chunk(doc[max(0, token.i - 2) : token.i + 6]).text.lower()
    if "wounded" in near or "injured" in near:
        field = "injured"
    elif token.lemma_.lower() != "toll" and not {"dead", "death", "killed"} & set(near.split()):
        return
    for group in found:
        if group.first <= token.i:
            continue
        lead = {t.lower_ for t in doc[token.i + 1 : group.first]}
        if has_number(group) and not is_measure(group) and lead & {"to", "at", "is", "was", "of"}:
            yield Toll(field, group.count, token, (group,), total=True)
            return


def lives(doc: Doc, token: Token, found: Sequence[Group]) -> Iterator[Toll]:
    """ "claimed nine lives", "lost their lives"."""
    verb = token.head
    own = at_token(found, int(token.i))
    if token.dep_ != "dobj" or own is None or of_tree(verb) not in DONE:
        return
    if verb.lemma_.lower() in TAKING and has_number(own):
        yield Toll("killed", own.count, token, (own,))
    elif verb.lemma_.lower() == "lose":
        yield from stated("killed", verb, before(doc, verb, found))


def lost(doc: Doc, verb: Token, found: Sequence[Group]) -> Iterator[Toll]:
    """ "The army lost four men": they are dead; "a caretaker lost a leg": he is hurt."""
    things = after(doc, verb, found)
    if any(g.head.lemma_.lower() in LIMBS for g in things):
        yield from stated("injured", verb, before(doc, verb, found))
    elif not any(c.dep_ == "prep" and c.lower_ in {"to", "from"} for c in verb.children):
        counted = (g for g in things if g.head.pos_ == "NOUN" and are_people(g, named=False))
        yield from stated("killed", verb, list(counted))


def nobody(token: Token, found: Sequence[Group]) -> Iterator[Toll]:
    """ "no casualties" and "without loss of life": nobody killed, nobody hurt."""
    own = at_token(found, int(token.i))
    none = own is not None and own.count is not None and own.count.high == 0
    if none or (token.dep_ == "pobj" and token.head.lower_ == "without"):
        for field in ("killed", "injured"):
            yield Toll(field, Count(low=0, high=0), token)


def is_deadly(token: Token) -> bool:
    """Whether a "death" is that of "stabbed to death"."""
    return token.head.lower_ == "to" and token.head.head.lemma_.lower() in DEADLY


def held(doc: Doc, token: Token, found: Sequence[Group]) -> Iterator[Toll]:
    """ "taken hostage", "held captive", "taken into custody"."""
    verb = token.head if token.head.pos_ == "VERB" else token.head.head
    if verb.lemma_.lower() not in {"take", "hold", "keep", "seize", "make"}:
        return
    field = "arrested" if token.lower_ == "custody" else "abducted"
    people = before(doc, verb, found)
    if not is_passive(doc, verb, found):
        people = [g for g in after(doc, verb, found) if g.head.i != token.i] or people
        following = at_token(found, int(token.i) + 1)
        if verb.i + 1 == token.i and following is not None:
            people = [following]
    yield from stated(field, verb, people)
