"""How many: the count that a noun phrase states, as a range."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from watchfloor.records import Count

if TYPE_CHECKING:
    from spacy.tokens import Token

UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
).split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
SCALES = {"hundred": 100, "thousand": 1000, "million": 1_000_000}
#: Vague numbers and the fewest they can mean.
VAGUE = {
    "dozens": 24, "scores": 40, "hundreds": 200, "thousands": 2000, "tens": 20,
    "several": 3, "some": 2, "many": 3, "few": 2, "numerous": 3, "various": 2, "multiple": 2,
}  # fmt: skip
AT_LEAST = re.compile(r"\b(?:at least|more than|over|no (?:fewer|less) than|upwards of)\s*$", re.I)
AT_MOST = re.compile(r"\b(?:up to|at most|no more than|as many as|fewer than|less than)\s*$", re.I)
NOBODY = frozenset({"no", "nobody", "none"})
COLLECTIVE = frozenset(
    "police army crowd staff personnel crew family people troop population public media "
    "press".split()
)


def value(word: str) -> int | None:
    """The number a word stands for; None where it is no number."""
    low = word.lower().replace(",", "")
    if low.isdigit():
        return int(low)
    if low in UNITS:
        return UNITS.index(low)
    first, _, rest = low.partition("-")
    if first in TENS:
        return 10 * (TENS.index(first) + 2) + (UNITS.index(rest) if rest in UNITS[1:10] else 0)
    return 12 if low == "dozen" else SCALES.get(low)


def of_phrase(head: Token) -> Count | None:
    """The count a noun phrase states of its head; None where it states none.

    "five men" is 5, "at least 12" has no upper bound, "dozens of people" at least 24, "a man"
    and a person's name 1, "no one" 0. "Two of the five engineers" is 2.
    """
    if head.lower_ in NOBODY or any(c.lower_ == "no" and c.dep_ == "det" for c in head.children):
        return Count(low=0, high=0)
    numeral = head if value(head.text) is not None and head.pos_ == "NUM" else _numeral(head)
    if numeral is not None:
        return _bounded(numeral)
    words = [head, *(c for c in head.children if c.i < head.i)]
    for token in words:
        if token.lower_ in VAGUE and (token is not head or token.lower_.endswith("s")):
            return Count(low=VAGUE[token.lower_], high=None, approx=True)
    outer = head.head
    if head.dep_ == "pobj" and outer.lower_ == "of" and outer.head.lower_ in VAGUE:
        return Count(low=VAGUE[outer.head.lower_], high=None, approx=True)
    return _single(head)


def _numeral(head: Token) -> Token | None:
    for child in head.children:
        if child.dep_ == "nummod" and value(child.text) is not None and child.i < head.i:
            return child
    return None


def _bounded(numeral: Token) -> Count:
    number = _whole(numeral)
    start = min([numeral.idx, *(c.idx for c in numeral.children if c.i < numeral.i)])
    before = numeral.doc.text[max(0, numeral.idx - 24) : numeral.idx]
    near = numeral.doc.text[max(0, start - 24) : start]
    if AT_LEAST.search(before) or AT_LEAST.search(near):
        return Count(low=number, high=None)
    if AT_MOST.search(before) or AT_MOST.search(near):
        return Count(low=None, high=number)
    return Count(low=number, high=number)


def _whole(numeral: Token) -> int:
    """The number with the words before it: "three hundred", "two dozen"."""
    total = value(numeral.text) or 0
    for child in numeral.children:
        part = value(child.text)
        if (
            child.dep_ in {"compound", "nummod", "quantmod"}
            and part is not None
            and child.i < numeral.i
        ):
            total = part * total if total in {12, 100, 1000, 1_000_000} else part + total
    return total


def _single(head: Token) -> Count | None:
    """One, where the phrase is a single person's name or has "a" or "the" before a singular."""
    if head.tag_ not in {"NN", "NNP"} or head.lemma_.lower() in COLLECTIVE:
        return None
    articles = {c.lower_ for c in head.children if c.dep_ in {"det", "poss"}}
    if head.pos_ == "PROPN" or articles & {"a", "an", "the", "another", "his", "her", "one"}:
        return Count(low=1, high=1)
    return None
