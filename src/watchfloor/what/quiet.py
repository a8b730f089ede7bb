"""Sentences in which nothing happens: sport, markets, stage, law, lore, and what holds always."""

from __future__ import annotations

import re
from collections.abc import Sequence

from watchfloor.parse import Sentence, Token
from watchfloor.records import Actor, Participant, Role
from watchfloor.what.candidates import Candidate
from watchfloor.what.fields import FORCE, is_at_idea, is_figure, is_loud, is_of_field
from watchfloor.what.frames import is_framed

#: An event dated to this year or before is lore, not news.
LORE = 1945
YEAR = re.compile(r"\b(1\d\d\d)\b")
STATES = frozenset({"state", "organisation"})
SIMPLE = frozenset({"VBZ", "VBP"})
STEPS = 5
#: Types of acts of force, which ways of speaking borrow.
FORCEFUL = frozenset({"ASSAULT", "COERCE", "HARM"})
#: What the reader takes for an event so surely is one in the simple present too: "a curfew runs
#: from seven", "she demands an inquiry". Of 26 such words in reports left out of training, three
#: were no events.
SURE = 0.8


def is_quiet(
    sentence: Sentence,
    one: Candidate,
    participants: Sequence[Participant],
    actors: Sequence[Actor],
    harmed: bool,
) -> bool:
    """Whether a candidate only looks like an event by its word.

    `harmed` says that the sentence counts people harmed: that is no general statement.
    """
    if _is_lore(sentence) or is_framed(one.head):
        return True
    known = {actor.id: actor for actor in actors}
    inside = [known[p.actor] for p in participants if p.actor in known]
    if any(a.sector in FORCE or a.kind == "state" for a in inside):
        return False
    if one.type in FORCEFUL and (is_figure(one.first, one.last) or is_at_idea(one.head)):
        return True
    if not harmed and is_of_field(sentence.text):
        return True
    named = any(_is_named(a) for a in inside) or is_loud(sentence.text)
    return not named and not harmed and one.score < SURE and _holds_always(one, sentence)


def _is_named(actor: Actor) -> bool:
    """Whether an actor is a body or somebody known by name."""
    return actor.kind in STATES and actor.name[:1].isupper()


def _is_lore(sentence: Sentence) -> bool:
    years = [int(y) for y in YEAR.findall(sentence.text)]
    return (
        bool(years)
        and max(years) <= LORE
        and len(years) == len(re.findall(r"\b\d{4}\b", sentence.text))
    )


def _holds_always(one: Candidate, sentence: Sentence) -> bool:
    """Whether the clause tells what holds in general: "smoking kills", "the law makes ...".

    Its verb stands in the simple present; headlines do too, and are no such clauses.
    """
    verb = _finite(one.head)
    if sentence.headline or verb is None or not sentence.text.rstrip().endswith((".", "”", '"')):
        return False
    if any(c.dep_ in {"aux", "auxpass"} for c in verb.children):
        return False
    subjects = [c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}]
    return not any(t.pos_ in {"NUM", "PROPN"} for c in subjects for t in c.subtree)


def _finite(token: Token) -> Token | None:
    """The finite verb of a word's clause; None where a clause has none."""
    for _ in range(STEPS):
        if token.tag_ in {"VBD", "VBN", "VBG", "VB"}:
            return None
        if token.tag_ in SIMPLE:
            return token
        if token.head.i == token.i:
            return None
        token = token.head
    return None


def has_two_sides(participants: Sequence[Participant], actors: Sequence[Actor]) -> bool:
    """Whether an act of word or policy has a doer and somebody else whom it concerns."""
    known = {actor.id: actor for actor in actors}
    doers = {p.actor for p in participants if p.role is Role.ACTOR and p.actor in known}
    others = {
        p.actor
        for p in participants
        if p.role not in {Role.ACTOR, Role.INSTRUMENT} and p.actor in known
    } - doers
    return bool(doers) and (bool(others) or len(doers) > 1)
