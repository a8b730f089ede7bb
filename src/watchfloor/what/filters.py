"""What is left of the candidates: one event a happening, and none that nobody could do."""

from __future__ import annotations

from collections.abc import Sequence

from watchfloor.records import Actor, Participant
from watchfloor.what.candidates import Candidate
from watchfloor.what.lexicon import harm_words

#: Types that things and unknown people do as well; the others need somebody who acts for a body.
OPEN = frozenset({"ASSAULT", "HARM", "COERCE", "PROTEST"})
#: Relations by which the words for one happening hang together: "killed in a blast".
SAME = frozenset({"agent", "prep", "pobj", "pcomp", "nsubj", "nsubjpass", "dobj", "advcl", "xcomp"})
#: People killed after they were taken are another happening.
TAKEN = frozenset({"abducted", "arrested"})
#: Words by which a sentence goes on to another happening.
APART = frozenset("separate separately another meanwhile elsewhere later second while".split())
#: How many steps of the tree the words for one happening are apart at most.
STEPS = 3


def one_each(found: Sequence[Candidate]) -> list[Candidate]:
    """The candidates of a sentence without further words for a happening already there.

    "Gunmen attacked a bus, killing five" and "five were killed by a blast" are one event each:
    the word that governs the other stands for both.
    """
    return [one for one in found if not any(_governs(other, one) for other in found)]


def _governs(other: Candidate, one: Candidate) -> bool:
    if other is one or other.type != one.type:
        return False
    outcome = _outcome(one)
    joined = SAME | {"conj", "ccomp"} if outcome and not _is_apart(other, one) else SAME
    if outcome in TAKEN or _outcome(other) in TAKEN:
        joined = SAME if outcome == _outcome(other) else frozenset()
    token = one.head
    for _ in range(STEPS):
        if token.dep_ not in joined or token.head.i == token.i:
            return False
        token = token.head
        if token.i == other.head.i:
            return True
    return False


def _outcome(one: Candidate) -> str | None:
    """The field of harm that a word tells of; None for an act such as "attacked"."""
    word = harm_words().get(one.head.lemma_.lower()) or harm_words().get(one.head.lower_)
    return word.field if word is not None else None


def _is_apart(other: Candidate, one: Candidate) -> bool:
    """Whether words between two words of harm tell of two happenings."""
    low, high = sorted((other.head.i, one.head.i))
    return any(t.lower_ in APART for t in one.head.doc[low:high])


def is_plausible(
    one: Candidate, participants: Sequence[Participant], actors: Sequence[Actor]
) -> bool:
    """Whether a candidate that only the reader vouches for has somebody who could do it.

    Prices rise and orchestras play: acts of speech and policy need a state, a body or an office.
    """
    if one.type in OPEN or one.entry is not None:
        return True
    known = {actor.id: actor for actor in actors}
    for participant in participants:
        actor = known.get(participant.actor or "")
        if actor is not None and (actor.kind in {"state", "organisation"} or actor.sector):
            return True
    return False
