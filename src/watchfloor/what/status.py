"""Whether it happened, by the event's own account, read off the tree."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from watchfloor.parse.reader import TriggerMark
from watchfloor.records import Status

if TYPE_CHECKING:
    from spacy.tokens import Token

POSSIBLE = frozenset("may might could can would fear suspect worry warn speculate".split())
PLANNED = frozenset(
    "will shall plan intend want vow promise agree pledge order prepare decide hope expect "
    "schedule threaten propose aim call urge ask demand request seek mean".split()
)
ATTEMPTED = frozenset("try attempt fail foil thwart prevent avert escape".split())
FAILED = frozenset("attempt attempted failed foiled thwarted abortive unsuccessful".split())
DENIED = frozenset("deny refute dismiss reject".split())
CONDITIONAL = frozenset("if unless whether".split())
#: The reader is believed over the tree from this probability on.
SURE = 0.6


def status(head: Token, mark: TriggerMark | None) -> Status:
    """The status of the event that a word tells of; the reader helps where the tree is silent."""
    by_tree = of_tree(head)
    if mark is None or not mark.statuses:
        return by_tree
    name, sure = max(mark.statuses.items(), key=lambda item: item[1])
    if by_tree is Status.HAPPENED:
        return Status(name)
    plain = by_tree is Status.ATTEMPTED or (head.dep_ == "ccomp" and head.head.lemma_ == "deny")
    overruled = name == Status.HAPPENED and plain
    return by_tree if overruled or sure < SURE else Status(name)


def of_tree(head: Token) -> Status:
    """The status of what a word tells of, by the words that govern it."""
    if _has(head, "neg"):
        return Status.DENIED
    if any(c.lower_ in FAILED for c in head.children if c.dep_ in {"amod", "compound"}):
        return Status.ATTEMPTED
    auxiliaries = {c.lemma_.lower() for c in head.children if c.dep_ == "aux"}
    for governor in _governors(head):
        lemma = governor.lemma_.lower()
        if lemma in DENIED:
            return Status.DENIED
        if lemma in ATTEMPTED:
            return Status.ATTEMPTED
        if lemma in PLANNED and head.dep_ in {"xcomp", "ccomp", "pcomp", "dobj", "advcl"}:
            return Status.PLANNED
        auxiliaries |= (
            {c.lemma_.lower() for c in governor.children if c.dep_ == "aux"}
            if (head.pos_ == "NOUN")
            else set()
        )
        if lemma in POSSIBLE:
            return Status.POSSIBLE
    if auxiliaries & POSSIBLE or any(c.lower_ in CONDITIONAL for c in head.children):
        return Status.POSSIBLE
    if auxiliaries & PLANNED:
        return Status.PLANNED
    if head.tag_ == "VBG" and "be" in auxiliaries and _is_present(head):
        return Status.ONGOING
    return Status.HAPPENED


def _has(token: Token, relation: str) -> bool:
    return any(child.dep_ == relation for child in token.children)


def _governors(head: Token) -> Iterator[Token]:
    """The verbs and nouns over a word, as far as it is their complement."""
    token = head
    for _ in range(3):
        if token.dep_ not in {"xcomp", "ccomp", "pcomp", "dobj", "pobj", "prep", "conj", "acl"}:
            return
        token = token.head
        if token.pos_ in {"VERB", "NOUN", "AUX"}:
            yield token


def _is_present(head: Token) -> bool:
    return any(c.dep_ == "aux" and c.tag_ in {"VBZ", "VBP"} for c in head.children)
