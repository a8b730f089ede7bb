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
DEATHS = frozenset({"dead", "death", "deaths", "killed"})
#: Where the hurt are taken, and the verbs by which they come, lie or are cared for there.
HOSPITALS = frozenset({"hospital", "clinic", "ward", "infirmary"})
NURSING = frozenset(
    "take rush admit bring transfer evacuate fly airlift be remain lie treat recover send".split()
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
    elif token.lemma_.lower() != "toll" and DEATHS.isdisjoint(near.split()):
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


def in_hospital(doc: Doc, token: Token, found: Sequence[Group]) -> Iterator[Toll]:
    """ "34 were taken to hospital": so many are hurt, of whom the sentence may have told before."""
    verb = token.head.head
    led = token.dep_ == "pobj" and token.head.lower_ in {"to", "in", "at"}
    if not led or verb.lemma_.lower() not in NURSING or of_tree(verb) not in DONE:
        return
    for group in before(doc, verb, found):
        counted = group.count is not None and group.count.high != 0
        if counted and not is_measure(group) and are_people(group, named=True):
            yield Toll("injured", group.count, token, (group,), part=True)


def with_injuries(token: Token, found: Sequence[Group]) -> Iterator[Toll]:
    """ "Nine with machete wounds": they are hurt."""
    preposition = token.head
    group = at_token(found, int(preposition.i) - 1) if preposition.i else None
    if token.dep_ != "pobj" or preposition.lower_ != "with" or group is None:
        return
    share = any(t.lower_ == "of" for t in token.doc[group.first : group.last])
    if group.count is not None and are_people(group, named=False) and not share:
        yield from stated("injured", token, [group])


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
