"""A sentence as a tree of its words: what every later stage reads.

Plain Python objects whose every property is worked out once: the stages look at each word some
fifty times, and a look at spaCy's own tokens makes a new object and looks strings up.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from operator import attrgetter
from typing import Any, NamedTuple

#: What noun phrases are to the words that govern them, by the names of spaCy's English models.
NOMINAL = frozenset("oprd nsubj dobj nsubjpass pcomp pobj dative appos attr ROOT".split())
_PLACE = attrgetter("i")


class Known(NamedTuple):
    """What is known of the words of a sentence, one list each, in order.

    `begins` is where each starts, `heads` the number of its governor: its own where it has none.
    """

    texts: Sequence[str]
    begins: Sequence[int]
    tags: Sequence[str]
    parts: Sequence[str]
    deps: Sequence[str]
    lemmas: Sequence[str]
    heads: Sequence[int]


class Token:
    """One word of a sentence: its number `i`, first code point `idx` and place in the tree.

    `tag_`, `pos_` and `dep_` are the Penn tag, the universal part of speech and the relation to
    `head`, which is the word itself where nothing governs it. `children` are in the text's order.
    """

    __slots__ = (
        "children", "dep_", "doc", "head", "i", "idx", "lemma_", "lower_", "pos_", "tag_", "text",
    )  # fmt: skip

    def __init__(  # noqa: PLR0913, PLR0917 - as many as a word has properties
        self, doc: Doc, number: int, text: str, idx: int, tag: str, pos: str, dep: str, lemma: str
    ) -> None:
        self.doc, self.i, self.head = doc, number, self
        self.text, self.idx, self.tag_, self.pos_ = text, idx, tag, pos
        self.dep_, self.lemma_, self.lower_ = dep, lemma, text.lower()
        self.children: Sequence[Token] = ()

    def __len__(self) -> int:
        """Its length in code points."""
        return len(self.text)

    def __repr__(self) -> str:
        """The word."""
        return self.text

    @property
    def lefts(self) -> list[Token]:
        """The children before the word."""
        return [child for child in self.children if child.i < self.i]

    @property
    def subtree(self) -> list[Token]:
        """The word with everything under it, in the text's order where no branches cross."""
        found: list[Token] = []
        self._gather(found)
        return found

    def _gather(self, found: list[Token]) -> None:
        seen = False
        for child in self.children:
            if not seen and child.i > self.i:
                found.append(self)
                seen = True
            child._gather(found)
        if not seen:
            found.append(self)

    @property
    def left_edge(self) -> Token:
        """The first word of its subtree."""
        return min(self.subtree, key=_PLACE) if self.children else self

    @property
    def right_edge(self) -> Token:
        """The last word of its subtree."""
        return max(self.subtree, key=_PLACE) if self.children else self

    @property
    def is_punct(self) -> bool:
        """Whether it is punctuation alone."""
        return all(unicodedata.category(sign)[0] == "P" for sign in self.text)

    @property
    def is_space(self) -> bool:
        """Whether it is white space alone."""
        return self.text.isspace()

    def nbor(self, steps: int = 1) -> Token:
        """The word so many further on. Raises IndexError where the sentence ends before it."""
        if self.i + steps < 0:
            raise IndexError(self.i + steps)
        return self.doc[self.i + steps]

    def is_ancestor(self, other: Token) -> bool:
        """Whether another word is somewhere under this one."""
        while other.head is not other:
            other = other.head
            if other is self:
                return True
        return False


class Chunk(list[Token]):
    """Words that stand together."""

    @property
    def text(self) -> str:
        """The words as they are written."""
        return self[0].doc.text[self[0].idx : self[-1].idx + len(self[-1])] if self else ""

    @cached_property
    def root(self) -> Token:
        """The word that governs the others: one that nothing governs, else the nearest to that."""
        free = next((t for t in self if t.head is t), None)
        if free is not None:
            return free
        low, high = self[0].i, self[-1].i
        outer = [t for t in self if not low <= t.head.i <= high]
        return min(outer, key=_depth, default=self[0])


class Doc(list[Token]):
    """A sentence: its words in order, and its text."""

    def __init__(self, text: str, known: Known) -> None:
        *rows, heads = known
        super().__init__([Token(self, n, *row) for n, row in enumerate(zip(*rows, strict=True))])
        self.text = text
        for token, head in zip(self, heads, strict=True):
            if head != token.i:
                token.head = self[head]
                token.head.children = (*token.head.children, token)

    def root_of(self, start: int, end: int) -> Token | None:
        """The word that governs the others of a stretch of code points; None where none is there.

        A word of which a part lies in the stretch is one of them.
        """
        first, last = self._at(start), self._at(end - 1)
        if first is None or last is None:
            return None
        if start == self[first].idx + len(self[first].text):
            first += 1
        return Chunk(self[first : last + 1]).root if first <= last else None

    def _at(self, offset: int) -> int | None:
        """The number of the word that a code point belongs to, as the space behind a word does."""
        if not 0 <= offset < len(self.text):
            return None
        return bisect_right(self, offset, key=attrgetter("idx")) - 1

    @property
    def noun_chunks(self) -> Iterator[Chunk]:
        """The noun phrases, each up to its head, none inside another."""
        end = -1
        for token in self:
            if token.pos_ in {"NOUN", "PROPN", "PRON"} and _is_nominal(token):
                first = token.left_edge.i
                if first > end:
                    end = token.i
                    yield Chunk(self[first : end + 1])


def _is_nominal(token: Token) -> bool:
    """Whether a noun stands as a phrase by itself, or is joined by "and" to one that does."""
    if token.dep_ == "conj":
        token = token.head
        while token.dep_ == "conj" and token.head.i < token.i:
            token = token.head
    return token.dep_ in NOMINAL


def _depth(token: Token) -> int:
    """How many words govern a word, one over the other; as many as can be over a lone mark."""
    if not token.children and (token.is_punct or token.is_space):
        return len(token.doc) - 1
    steps = 0
    while token.head is not token:
        token, steps = token.head, steps + 1
    return steps


def from_spacy(doc: Any) -> Doc:
    """The same tree out of a spaCy document."""
    rows = [(t.text, t.idx, t.tag_, t.pos_, t.dep_, t.lemma_, t.head.i) for t in doc]
    return Doc(doc.text, Known(*zip(*rows, strict=True)))
