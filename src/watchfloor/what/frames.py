"""Clauses set apart from the news: a story in a work, a lesson, what the law says of anybody."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from watchfloor.data import load_yaml
from watchfloor.parse import Token

#: Relations by which a word is a part of what the word over it tells.
INTO = frozenset(
    "dobj pobj prep pcomp ccomp xcomp acl relcl conj appos nmod compound attr oprd".split()
)
SUBJECTS = frozenset({"nsubj", "nsubjpass"})
PRESENT = frozenset({"VBZ", "VBP"})
#: Modals of rules; what "will" or "would" befall anybody is a threat, which is news.
RULING = frozenset({"may", "can", "must", "shall"})
#: Words that make a clause a condition of what the clause over it says.
CONDITIONS = frozenset({"if", "when", "unless", "whenever"})
#: Prepositions between a work or a lesson and its matter: "a lecture on the siege".
ABOUT = frozenset({"about", "on"})
#: Determiners of a work that is told of: "in the film", not "in a series of attacks".
KNOWN = frozenset({"the", "this", "that", "her", "his", "its", "their"})
STEPS = 8


def is_framed(act: Token) -> bool:
    """Whether an act is told of in a work or a lesson, or is what a law or rule says of anybody."""
    line = list(_above(act))
    told = any(_tells(token) or _is_in_work(token) or _is_matter(token) for token in line)
    return told or any(_lays_down(token) for token in line[1:]) or _is_of_anybody(line)


def _above(token: Token) -> Iterator[Token]:
    """A word and those over it, as far as they tell of it."""
    yield token
    for _ in range(STEPS):
        own = token.dep_ == "conj" and any(c.dep_ in SUBJECTS for c in token.children)
        if not _is_part(token) or own or token.head.i == token.i:
            return
        token = token.head
        if token.lower_ in _words("leaving"):
            return
        yield token


def _is_part(token: Token) -> bool:
    """Whether a word is a part of what the word over it tells, or its condition."""
    if token.dep_ == "advcl":
        return any(c.lower_ in CONDITIONS for c in token.children)
    return token.dep_ in INTO


def _tells(verb: Token) -> bool:
    """Whether a verb says what a work or a lesson is about: "the novel opens with a kidnapping"."""
    return verb.lemma_.lower() in _words("telling") and any(
        _is_one(c, "works") or _is_one(c, "lessons") for c in _subjects(verb)
    )


def _is_matter(token: Token) -> bool:
    """Whether a word is between a work or lesson and its matter: "a film about a kidnapping"."""
    works = ("works", "lessons")
    return token.lower_ in ABOUT and any(_is_one(token.head, name) for name in works)


def _is_in_work(verb: Token) -> bool:
    """Whether a verb's clause is of a work: "in the film, a banker is kidnapped"."""
    ins = (c for c in verb.children if c.dep_ == "prep" and c.lower_ == "in")
    things = (t for c in ins for t in c.children if t.dep_ == "pobj" and _is_one(t, "works"))
    return any(c.lower_ in KNOWN for t in things for c in t.children)


def _lays_down(verb: Token) -> bool:
    """Whether a verb tells what a law says: "the law makes it a crime to threaten a witness"."""
    return verb.tag_ in PRESENT and any(_is_one(c, "codes") for c in _subjects(verb))


def _is_of_anybody(line: list[Token]) -> bool:
    """Whether an act is one of nobody in particular: "anyone who kidnaps", "those who rob"."""
    for token in line:
        if token.dep_ == "relcl" and _is_present(token) and _is_anybody(token.head):
            return True
        if _is_present(token) and any(_is_anybody(c) for c in _subjects(token)):
            return True
        clauses = (c for c in token.children if c.dep_ in {"csubj", "csubjpass"})
        if any(_is_anybody(s) for c in clauses for s in _subjects(c)):
            return True
    return False


def _is_anybody(noun: Token) -> bool:
    """Whether a subject is nobody in particular: a person is so where a clause says which."""
    if noun.lemma_.lower() in _words("anybody") or noun.lower_ in _words("anybody"):
        return True
    given = any(c.lower_ in KNOWN or c.pos_ == "NUM" for c in noun.children)
    which = any(c.dep_ == "relcl" and _is_present(c) for c in noun.children)
    return noun.lower_ in _words("persons") and which and not given


def _is_present(verb: Token) -> bool:
    """Whether a clause stands in the simple present or with a modal of rules."""
    helps = [c for c in verb.children if c.dep_ in {"aux", "auxpass"}]
    first = helps[0] if helps else verb
    simple = verb.tag_ != "VBG" and all(c.lemma_.lower() != "have" for c in helps)
    return simple and (first.tag_ in PRESENT or first.lower_ in RULING)


def _subjects(verb: Token) -> Iterator[Token]:
    return (c for c in verb.children if c.dep_ in SUBJECTS)


def _is_one(noun: Token, name: str) -> bool:
    """Whether a noun is one of a list, and no mere number of things: "a series of attacks"."""
    counts = any(c.dep_ == "prep" and c.lower_ == "of" for c in noun.children)
    lemma = noun.lemma_.lower()
    made = {f"{c.lower_} {lemma}" for c in noun.children if c.dep_ == "compound"}
    return noun.pos_ == "NOUN" and not counts and bool(({lemma} | made) & _words(name))


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(load_yaml("what_frames.yaml")[name])
