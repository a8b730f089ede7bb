"""Trees out of the learned reader's own pass: its encoder's vectors, a biaffine head on top.

The encoder runs over every word anyhow; a parser of its own would cost as much again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from watchfloor.parse.page import Sentence
from watchfloor.parse.reader_model import Floats, ReaderModel
from watchfloor.parse.shapes import shapes_of
from watchfloor.parse.tree import Doc, Known

if TYPE_CHECKING:
    from spacy.language import Language
Integers = NDArray[np.int64]
#: Lemmas by word, tag and part of speech (numbers of the model's), as they are first met.
_LEMMAS: dict[tuple[str, int, int], str] = {}


class TreeGrower:
    """Gives sentences their trees from what the encoder made of their window."""

    def __init__(self, model: ReaderModel, parser: Language) -> None:
        from spacy import attrs  # noqa: PLC0415 - slow to import

        self.model, self.parser = model, parser
        self.placed = [attrs.IDX, attrs.LENGTH]

    def grow(
        self, sentences: Iterable[Sentence], start: int, offsets: Integers, vectors: Floats
    ) -> dict[int, Doc]:
        """The trees of the sentences of a window that begins at `start`, by their numbers.

        `offsets` [pieces, 2] are where the window's word pieces begin and end in it, and `vectors`
        [pieces, width] what the encoder made of them for trees. A sentence has none where the
        window was cut off before its end.
        """
        seen = start + int(offsets[-2, 1]) if len(offsets) > 2 else start
        cut = [(s, self._cut(s.text)) for s in sentences if s.start + len(s.text.rstrip()) <= seen]
        if not cut:
            return {}
        words = [[s.text[at:end] for at, end in spots.tolist()] for s, spots in cut]
        places = np.concatenate([spots + (s.start - start) for s, spots in cut])
        shapes = np.array([shape for some in words for shape in shapes_of(some)], dtype=np.int64)
        tags, parts, arcs, below, above = self.model.over_words(
            vectors, *pieces_of(offsets, *places.T), shapes
        )
        keys = list(zip(chain.from_iterable(words), tags.tolist(), parts.tolist(), strict=True))
        lemmas = self._lemmas(keys)
        ends = np.cumsum([len(some) for some in words]).tolist()
        own = [slice(end - len(some), end) for some, end in zip(words, ends, strict=True)]
        heads = [best_heads(_within(arcs, one)) for one in own]
        over = [np.where(some, some + one.start, 0) for some, one in zip(heads, own, strict=True)]
        names = self.model.names_under(below, above[np.concatenate(over)]).tolist()
        trees: dict[int, Doc] = {}
        for (sentence, spots), some, one, head in zip(cut, words, own, heads, strict=True):
            deps, governors = self._governed(head.tolist(), names[one])
            known = Known(
                texts=some,
                begins=spots[:, 0].tolist(),
                tags=[self.model.tags[tag] for _, tag, _ in keys[one]],
                parts=[self.model.parts_of_speech[part] for _, _, part in keys[one]],
                deps=deps,
                lemmas=lemmas[one],
                heads=governors,
            )
            trees[sentence.index] = Doc(sentence.text, known)
        return trees

    def _cut(self, text: str) -> Integers:
        """Where the words of a sentence begin and end in it [words, 2]."""
        spots: Integers = self.parser.make_doc(text).to_array(self.placed).astype(np.int64)
        spots[:, 1] += spots[:, 0]
        return spots

    def _governed(self, heads: list[int], names: list[int]) -> tuple[list[str], list[int]]:
        """The relation of each word to its governor and the governor's number, its own for none.

        `heads` are 0 for none, else one more than the governor's number.
        """
        rows = list(zip(names, heads, strict=True))
        return (
            [self.model.dependencies[name] if head else "ROOT" for name, head in rows],
            [head - 1 if head else number for number, (_, head) in enumerate(rows)],
        )

    def _lemmas(self, keys: Sequence[tuple[str, int, int]]) -> list[str]:
        """The lemmas of words, by their tags and parts of speech."""
        if strange := {key: None for key in keys if key not in _LEMMAS}:
            self._look_up(list(strange))
        return [_LEMMAS[key] for key in keys]

    def _look_up(self, keys: Sequence[tuple[str, int, int]]) -> None:
        """Put the lemmas of words into the table, by spaCy's rules and lists."""
        from spacy.tokens import Doc as SpacyDoc  # noqa: PLC0415 - slow to import

        words = [word for word, _, _ in keys]
        tags = [self.model.tags[tag] for _, tag, _ in keys]
        names = [self.model.parts_of_speech[part] for _, _, part in keys]
        doc = SpacyDoc(self.parser.vocab, words=words, tags=tags, pos=names)
        doc = self.parser.get_pipe("attribute_ruler")(doc)
        for token, name in zip(doc, names, strict=True):
            token.pos_ = name
        doc = self.parser.get_pipe("lemmatizer")(doc)
        _LEMMAS.update(zip(keys, (token.lemma_ for token in doc), strict=True))


def pieces_of(offsets: Integers, begins: Integers, ends: Integers) -> tuple[Integers, Integers]:
    """First and last piece of words that begin and end there; a word of none has its neighbour's.

    `offsets` [pieces, 2] with the marks of beginning and end, which are no word's.
    """
    inner = offsets[1:-1]
    first = np.searchsorted(inner[:, 1], begins, side="right") + 1
    first = np.minimum(first, len(inner))
    last = np.searchsorted(inner[:, 0], ends, side="left")
    return first, np.clip(last, first, len(inner))


def _within(arcs: Floats, own: slice) -> Floats:
    """The scores of one sentence's words [n, 1 + n] out of its window's."""
    return np.concatenate([arcs[own, :1], arcs[own, own.start + 1 : own.stop + 1]], axis=1)


def best_heads(arcs: Floats) -> Integers:
    """The head of each word, 0 for none, from scores [n, 1 + n]: the best, less their circles.

    Where the best heads run in a circle, the word goes elsewhere that loses least by it.
    """
    scores = arcs.copy()
    own = np.arange(len(scores))
    scores[own, own + 1] = -np.inf
    heads: Integers = scores.argmax(axis=1)
    while circle := _circle(heads.tolist()):
        inside = np.array(circle)
        others = scores[inside]
        others[:, inside + 1] = -np.inf
        losses = scores[inside, heads[inside]] - others.max(axis=1)
        at = int(losses.argmin())
        scores[inside[at], inside + 1] = -np.inf
        heads[inside[at]] = int(others[at].argmax())
    return heads


def _circle(heads: list[int]) -> list[int]:
    """The words of one circle among heads (0 for none, else one more than the word); or none."""
    seen = [0] * len(heads)
    for begin in range(len(heads)):
        at, path = begin, []
        while at >= 0 and not seen[at]:
            seen[at] = begin + 1
            path.append(at)
            at = heads[at] - 1
        if at >= 0 and seen[at] == begin + 1:
            return path[path.index(at) :]
    return []


def lemmas_kept() -> dict[tuple[str, int, int], str]:
    """The table of lemmas that were looked up, for whoever bounds it."""
    return _LEMMAS


@cache
def load_grower(model: ReaderModel, parser: Language) -> TreeGrower:
    """The grower for a model, made once."""
    return TreeGrower(model, parser)
