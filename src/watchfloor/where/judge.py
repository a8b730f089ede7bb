"""Judge whether a spotted name is used as a place: hand-set rules, and a forest that knows them."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence

import numpy as np

from watchfloor.parse import Sentence, Token, ordinary_words
from watchfloor.where import forest
from watchfloor.where.countries import codes
from watchfloor.where.forest import Floats
from watchfloor.where.spot import Piece
from watchfloor.where.words import (
    BEFORE,
    BODY_WORDS,
    CALENDAR,
    KIND_WORDS,
    SAYING,
    TITLES,
)

#: A name is taken for a place from this hand-set score on, where no forest is installed.
ENOUGH = 2.0
#: A name that is a place elsewhere in the report needs no more than this.
REPEATED = 0.3
#: The forest's log-odds from which on a name is taken for a place; chosen on held-out documents.
LIKELY = 0.0
#: Verbs whose object is a place wherever it bears a place's name, of so many people.
TAKING = frozenset(
    "enter storm retake recapture overrun besiege shell bombard liberate patrol occupy invade reach"
    " encircle evacuate".split()
)
TAKEN_PEOPLE = 1000
PREPOSITIONS = ("in", "at", "from", "to", "of", "near", "on", "by", "for", "with", "and", "the")
NAMES = (
    "hand", "people_log", "country", "region", "province", "district", "candidates", "exact",
    "words", "letters", "capitals", "ordinary", "surname", "unknown", "generic", "short",
    "kind_end",
    *(f"before_{word}" for word in PREPOSITIONS),
    "before_place_word", "before_title", "before_capital", "before_comma", "before_start",
    "before_hyphen", "after_kind", "after_body", "after_body_small", "after_capital",
    "after_comma", "after_comma_place", "after_saying", "after_hyphen", "after_digit",
    "after_possessive", "after_small", "comma_place_before",
    "tagged", "proper", "pobj", "subject", "compound", "appos", "possessive", "conjunct",
    "head_proper", "headline", "sentence_capitals",
    "times", "hand_most", "hand_mean", "after_capital_share",
)  # fmt: skip


class Spotted:
    """The names of one report with the sentences they stand in."""

    def __init__(
        self, found: Sequence[tuple[Sentence, list[Piece]]], surnames: frozenset[str]
    ) -> None:
        self.items = [(s, p) for s, some in found for p in some]
        self.hand = [_hand(s, p, some, surnames) for s, some in found for p in some]
        self._some = [some for _, some in found for _ in some]
        self._surnames = surnames

    def texts(self) -> list[str]:
        """The names as written."""
        return [s.text[p.start : p.end] for s, p in self.items]

    def kept(self, learned: bool) -> list[tuple[Sentence, Piece]]:
        """Those used as places; by hand what the forest never saw."""
        if not self.items:
            return []
        model = forest.load("spot") if learned else None
        texts = self.texts()
        if model is None:
            scores, enough, repeated = np.array(self.hand), ENOUGH, REPEATED
        else:
            by_hand = np.array([
                s.doc is None or any(c.own for c in p.candidates) for s, p in self.items
            ])  # fmt: skip
            scores = np.where(by_hand, np.array(self.hand) - ENOUGH, model.scores(self.rows()))
            enough, repeated = LIKELY, LIKELY
        sure = {text for text, score in zip(texts, scores, strict=True) if score >= enough}
        return [
            item for item, text, score in zip(self.items, texts, scores, strict=True)
            if score >= (repeated if text in sure else enough) or self._is_taken(*item)
        ]  # fmt: skip

    def _is_taken(self, sentence: Sentence, piece: Piece) -> bool:
        """Whether a known name is what somebody enters, storms or shells: "entered Karo"."""
        token = _head(sentence, piece)
        name = sentence.text[piece.start : piece.end]
        if token is None or name in self._surnames or name.lower() in ordinary_words():
            return False
        taken = token.dep_ == "dobj" or (token.dep_ == "nsubjpass" and token.head.lemma_ != "enter")
        people = max((c.population for c in piece.candidates), default=0)
        return taken and token.head.lemma_ in TAKING and people >= TAKEN_PEOPLE

    def rows(self) -> Floats:
        """The features of each name, in the order of NAMES."""
        texts = self.texts()
        times = Counter(texts)
        hands: dict[str, list[float]] = {}
        behind: Counter[str] = Counter()
        for text, hand, (sentence, piece) in zip(texts, self.hand, self.items, strict=True):
            hands.setdefault(text, []).append(hand)
            behind[text] += bool(re.search(r"[A-Z][a-z]+ $", sentence.text[: piece.start][-20:]))
        rows = []
        for text, hand, item, some in zip(texts, self.hand, self.items, self._some, strict=True):
            row = [hand, *_own(item[1], text, text in self._surnames), *_around(*item, some)]
            row += _tree(*item)
            words = re.findall(r"[^\W\d_]+", item[0].text)
            row += [
                float(item[0].headline), sum(w[0].isupper() for w in words) / (len(words) or 1),
                float(times[text]), max(hands[text]), sum(hands[text]) / len(hands[text]),
                behind[text] / times[text],
            ]  # fmt: skip
            rows.append(row)
        return np.array(rows, dtype=np.float64)


def _own(piece: Piece, text: str, surname: bool) -> list[float]:
    """What the name tells by itself."""
    kinds = {c.kind for c in piece.candidates}
    most = max((c.population for c in piece.candidates if c.kind != "district"), default=0)
    return [
        math.log10(most + 1), "country" in kinds,
        any(c.id.startswith("watchfloor:") for c in piece.candidates),
        "province" in kinds, "district" in kinds, math.log2(len(piece.candidates) + 1),
        any(c.name.casefold() == text.casefold() for c in piece.candidates),
        text.count(" ") + 1, len(text), text.isupper(), text.lower() in ordinary_words(), surname,
        not piece.candidates, piece.kind is not None, piece.short,
        text.rsplit(maxsplit=1)[-1].lower() in KIND_WORDS,
    ]  # fmt: skip


def _around(sentence: Sentence, piece: Piece, some: Sequence[Piece]) -> list[float]:
    """What the words beside the name tell."""
    before, after = _beside(sentence.text, piece)
    previous = before[-1] if before else ""
    low = previous.lower()
    following = after[0] if after else ""
    next_low = following.lower()
    gap_after = sentence.text[piece.end : piece.end + 1]
    capital = following[:1].isupper() and following.isalpha()
    return [
        *(low == word for word in PREPOSITIONS),
        low in BEFORE, low.rstrip(".") in TITLES,
        previous[:1].isupper() and previous.isalpha() and low not in CALENDAR,
        previous == ",", not sentence.text[: piece.start].strip(" \"'“‘"),
        sentence.text[: piece.start][-1:] == "-",
        next_low in KIND_WORDS, capital and next_low in BODY_WORDS,
        not capital and next_low in BODY_WORDS, capital and next_low not in CALENDAR,
        following == ",", any(0 < p.start - piece.end <= 3 for p in some) and following == ",",
        next_low in SAYING, gap_after == "-", following[:1].isdigit(),
        sentence.text[piece.end : piece.end + 2] in {"'s", "’s"},
        following[:1].islower(),
        previous == "," and any(0 < piece.start - p.end <= 3 for p in some),
    ]  # fmt: skip


def _tree(sentence: Sentence, piece: Piece) -> list[float]:
    """What the tagger and parser tell; zeros where the sentence has no tree."""
    token = _head(sentence, piece)
    if token is None:
        return [0.0] * 9
    dep = token.dep_
    return [
        1.0, token.tag_ in {"NNP", "NNPS"}, dep == "pobj", dep in {"nsubj", "nsubjpass"},
        dep == "compound", dep == "appos", dep == "poss", dep == "conj",
        token.head.tag_ in {"NNP", "NNPS"},
    ]  # fmt: skip


def _head(sentence: Sentence, piece: Piece) -> Token | None:
    """The token that the rest of the name hangs on."""
    if sentence.doc is None:
        return None
    return sentence.doc.root_of(piece.start, piece.end)


def _beside(text: str, piece: Piece) -> tuple[list[str], list[str]]:
    before = re.findall(r"[\w’'-]+\.?|[,(;:]", text[max(0, piece.start - 40) : piece.start])[-2:]
    after = re.findall(r"[\w’'-]+|[,.;:()]", text[piece.end : piece.end + 30])[:2]
    return before, after


def _hand(
    sentence: Sentence, piece: Piece, some: Sequence[Piece], surnames: frozenset[str]
) -> float:
    """How much speaks for a name being used as a place here, by hand-set weights."""
    text = sentence.text
    name = text[piece.start : piece.end]
    before, after = _beside(text, piece)
    previous = before[-1] if before else ""
    following = after[0] if after else ""
    score = _prior(piece)
    if previous.lower() in BEFORE or (
        previous.lower() == "the" and len(before) > 1 and before[0].lower() in BEFORE
    ):
        score += 1.5
    if following.lower() in KIND_WORDS:
        score += 2.0
    if following in {",", "("} and any(0 < p.start - piece.end <= 3 for p in some):
        score += 1.5
    if previous == "," and any(0 < piece.start - p.end <= 3 for p in some):
        score += 1.5
    if previous.lower().rstrip(".") in TITLES:
        score -= 4.0
    score -= _belongs(sentence, previous, following, len(before) > 1)
    if name.lower().rstrip(".") in TITLES:
        score -= 4.0
    if " " in name and name.split()[-1].lower() in KIND_WORDS:
        score += 1.5
    if name in surnames:
        score -= 3.0
    return score - _oddity(name, piece.short)


def _belongs(sentence: Sentence, previous: str, following: str, inside: bool) -> float:
    """What speaks for the name being part of a longer one: a body's, or a person's."""
    against = 0.0
    if following.lower() in BODY_WORDS and following[:1].isupper():
        against += 3.0
    elif (
        following[:1].isupper()
        and following.isalpha()
        and following.lower() not in CALENDAR | KIND_WORDS
    ):
        against += 1.5 if not following.isupper() or sentence.headline else 0.5
    if previous[:1].isupper() and previous.isalpha() and inside:
        against += 1.5 * (previous.lower() not in CALENDAR)
    return against


def _oddity(name: str, short: bool) -> float:
    """What speaks against a name by itself: an ordinary word, or too short; not for countries."""
    if short or name.lower() in codes():
        return 0.0
    odd = 3.0 * (name.lower() in ordinary_words() or name.lower() in CALENDAR)
    if len(name) < 3 or (name.isupper() and len(name) < 4):
        odd += 3.0
    return odd


def _prior(piece: Piece) -> float:
    if not piece.candidates:
        return 1.5 if piece.kind else 0.3
    best = max(piece.candidates, key=lambda c: (c.kind == "country", c.population))
    if any(c.own for c in piece.candidates):
        return 3.5
    if best.kind == "country" or best.id.startswith("watchfloor:") or piece.short:
        return 3.5
    people = best.population
    if best.kind == "province":
        return 2.5
    return 0.4 if people < 1000 else 0.8 if people < 20_000 else 1.4 if people < 200_000 else 2.2
