"""What is no participant whatever the reader says: acts, times, stray words."""

from __future__ import annotations

import re
from functools import cache

from watchfloor.data import load_yaml
from watchfloor.parse import Token
from watchfloor.records import Role
from watchfloor.what.lexicon import triggers
from watchfloor.what.people import MEASURES, MONTHS

#: Words of time that stand for nobody.
TIMES = frozenset(
    "today yesterday tonight tomorrow dawn dusk noon midnight morning afternoon evening night "
    "moment date weekend today's".split()
)
#: Prepositions that tell where something happens.
WHERE = frozenset("in at near along across throughout".split())
#: Parts of speech that head no noun phrase.
STRAY = frozenset({"ADV", "ADP", "SCONJ", "CCONJ", "PUNCT", "AUX", "INTJ", "PART", "SPACE"})
#: Types whose nouns tell what was done, never who did it or whom it hit.
ACTS = frozenset({"ASSAULT", "PROTEST", "COERCE", "THREATEN", "ACCUSE", "SANCTION"})
#: Times of the clock and military times: "2330", "5 a.m.", "0530 GMT".
CLOCK = re.compile(r"[0-2]\d[0-5]\d|\d{1,2}[:.]\d\d|\d{1,2}(?:am|pm)", re.I)


def is_unfit(role: Role, head: Token) -> bool:
    """Whether a phrase with this head can have no part in an event in this role."""
    low, lemma = head.lower_, head.lemma_.lower()
    if head.i > 0 and head.nbor(-1).lower_ == "not" and head.pos_ in {"NUM", "NOUN"}:
        return True  # "two, not three": three are nobody
    if head.pos_ in STRAY or low in TIMES or lemma in TIMES | MEASURES or low in MONTHS:
        return True
    if head.pos_ == "NUM" and (CLOCK.fullmatch(head.text) or _is_age(head)):
        return True
    if lemma in _abstract():
        return True
    return role is not Role.INSTRUMENT and head.pos_ in {"NOUN", "PROPN"} and is_act(lemma)


def _is_age(head: Token) -> bool:
    """Whether a bare number tells how old somebody is: "Ruiz, 46, was hurt"."""
    return head.i > 1 and head.nbor(-1).text == "," and head.nbor(-2).pos_ == "PROPN"


def stands_where(head: Token) -> bool:
    """Whether a phrase says where something happens: "talks in Lima", "the curfew at the port"."""
    return head.dep_ == "pobj" and head.head.lower_ in WHERE


def owner(head: Token) -> Token | None:
    """Whose act a noun names: "Diaz" of "Diaz's murder", "police" of "police firing"; None of none.

    Nouns for acts have no part in events; those to whom they belong have.
    """
    if head.pos_ not in {"NOUN", "PROPN"} or not is_act(head.lemma_.lower()):
        return None
    whose = [c for c in head.children if c.dep_ in {"poss", "compound", "nmod"}]
    return next((c for c in whose if c.pos_ in {"NOUN", "PROPN"} and c.i < head.i), None)


def is_act(lemma: str) -> bool:
    """Whether a noun is the name of an act, such as "murder"; bombs and guns are things."""
    entry = triggers().single.get((lemma, "noun"))
    return entry is not None and entry.type in ACTS and lemma not in _things()


@cache
def _abstract() -> frozenset[str]:
    return frozenset(load_yaml("what_unfit.yaml")["abstract"])


@cache
def _things() -> frozenset[str]:
    return frozenset(load_yaml("what_unfit.yaml")["things"])
