"""Whether an event is told as history, by the time its own clause names."""

from __future__ import annotations

import re

from watchfloor.parse import Page, Token
from watchfloor.what.candidates import Candidate
from watchfloor.what.lexicon import is_known

YEAR = re.compile(r"(?:1[89]|20)\d\d(?:s)?")
#: Nouns of long spans before "ago" or after "last": "two years ago", "last year".
LONG = frozenset("year years decade decades century centuries".split())
#: Relations of a noun to the verb that shares its time: "carried out an attack in 2019".
OBJECTS = frozenset({"dobj", "nsubj", "nsubjpass"})
#: Words that mark what they modify as long past.
PAST = frozenset({"anniversary", "historic", "historical", "commemorate", "commemorated"})
#: The reader is believed from this probability on.
SURE = 0.5
#: Steps of the tree from a time to the verb or noun it dates.
STEPS = 5


def is_background(page: Page, one: Candidate) -> bool:
    """Whether an event is history: its clause names an earlier year or "years ago".

    "Sentenced over the 2021 attack" makes the attack history, not the sentence.
    """
    if one.mark is not None and one.mark.background >= SURE:
        return True
    year = (page.report.published or "")[:4]
    now = int(year) if year.isdigit() else None
    return any(_is_long_past(t, now) and _dates(t, one) for t in one.head.doc)


def _is_long_past(token: Token, now: int | None) -> bool:
    if YEAR.fullmatch(token.text):
        return now is not None and int(token.text[:4]) < now
    low = token.lower_
    if low in PAST:
        return True
    children = {c.lower_ for c in token.children}
    if low == "ago":
        return any(c.lower_ in LONG for c in token.children)
    return low in LONG and "last" in children


def _dates(time: Token, one: Candidate) -> bool:
    """Whether a time belongs to the clause of an event and not to another verb's."""
    head = one.head
    verb = head.head if head.pos_ not in {"VERB", "AUX"} and head.dep_ in OBJECTS else head
    token = time
    for _ in range(STEPS):
        if token.i == head.i or one.first.i <= token.i <= one.last.i:
            return True
        if token.pos_ == "VERB":
            return bool(token.i == verb.i)
        if token.pos_ == "NOUN" and is_known(token):
            return False
        if token.head.i == token.i:
            return False
        token = token.head
    return False
