"""The learned reader: one encoder pass a paragraph, several heads.

What it hands on are marks with probabilities; the stages decide what to make of them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from watchfloor.parse.page import Page, Sentence
from watchfloor.parse.reader_model import Floats, ReaderModel, load_model
from watchfloor.parse.tree_heads import load_grower
from watchfloor.parse.windows import windows

if TYPE_CHECKING:
    from spacy.language import Language

    from watchfloor.parse.tree import Doc

#: Triggers are handed on down to this probability of being one.
FAINTEST_TRIGGER = 0.12
#: A cue is a cue from this probability on, chosen on held-out articles.
FAINTEST_CUE = 0.4
#: A token has a role, or is source or content, from this probability on.
FAINTEST_PART = 0.4
#: Windows computed together.
WINDOWS_AT_ONCE = 16


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of the report (code points) with the probability that it is what it is called."""

    start: int
    end: int
    score: float


@dataclass(frozen=True, slots=True)
class TriggerMark:
    """A word or words that may tell of an event.

    `types` gives the probability of each event type, `none` the probability that there is no
    event; they sum to 1. `statuses` sums to 1 as well, and so does `modes`, in which "none" stands
    for no mode. `background` is the probability that it is told as history. `roles` holds what
    was found around the trigger by role: actor, recipient, victim, target, instrument, place and
    date.
    """

    start: int
    end: int
    none: float
    types: dict[str, float]
    statuses: dict[str, float] = field(default_factory=dict)
    modes: dict[str, float] = field(default_factory=dict)
    background: float = 0.0
    roles: dict[str, tuple[Mark, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CueMark:
    """A word or words by which somebody is said to say something, with source and content."""

    start: int
    end: int
    score: float
    source: tuple[Mark, ...] = ()
    content: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What the learned reader saw in one report, in the order of the text.

    Triggers are kept down to a low probability, so that rules can lift the doubtful ones.
    """

    triggers: tuple[TriggerMark, ...] = ()
    cues: tuple[CueMark, ...] = ()


def read_pages(pages: Sequence[Page], parser: Language | None = None) -> list[Page]:
    """The pages with their readings, and with trees where a parser is given to cut words.

    The same pages where no model is installed. A sentence keeps no tree where the reader did not
    see all of it.
    """
    model = load_model()
    if model is None:
        return list(pages)
    grower = load_grower(model, parser) if parser is not None else None
    trees: list[dict[int, Doc]] = [{} for _ in pages]
    jobs = [
        (number, start, end)
        for number, page in enumerate(pages)
        for start, end in windows(page, _pieces)
    ]
    triggers: list[list[TriggerMark]] = [[] for _ in pages]
    cues: list[list[CueMark]] = [[] for _ in pages]
    jobs.sort(key=lambda job: job[2] - job[1])
    for at in range(0, len(jobs), WINDOWS_AT_ONCE):
        some = jobs[at : at + WINDOWS_AT_ONCE]
        results = model.run([pages[n].report.text[start:end] for n, start, end in some])
        for (number, start, end), (*result, mixed) in zip(some, results, strict=True):
            window = _Window(model, start, *result)
            triggers[number] += window.triggers()
            cues[number] += window.cues()
            if grower is not None:
                sentences = _sentences(pages[number], start, end)
                offsets = np.array(window.offsets, dtype=np.int64)
                trees[number] |= grower.grow(sentences, start, offsets, mixed)
    return [
        replace(page, reading=_in_order(seen, said), sentences=tuple(_with_trees(page, grown)))
        for page, seen, said, grown in zip(pages, triggers, cues, trees, strict=True)
    ]


def _in_order(triggers: list[TriggerMark], cues: list[CueMark]) -> Reading:
    return Reading(
        tuple(sorted(triggers, key=lambda t: t.start)), tuple(sorted(cues, key=lambda c: c.start))
    )


def _sentences(page: Page, start: int, end: int) -> Iterator[Sentence]:
    """The sentences of a window that are read."""
    low = bisect_left(page.sentences, start, key=lambda s: s.start)
    for sentence in islice(page.sentences, low, None):
        if sentence.end > end:
            return
        if sentence.skipped is None:
            yield sentence


def _with_trees(page: Page, trees: dict[int, Doc]) -> Iterator[Sentence]:
    for sentence in page.sentences:
        tree = trees.get(sentence.index)
        yield sentence if tree is None else replace(sentence, doc=tree)


def _pieces(text: str) -> int:
    """A guess at the number of word pieces, on the safe side and much cheaper than counting."""
    return len(text) // 4 + 1


class _Window:
    """One window's results, turned into marks."""

    def __init__(
        self,
        model: ReaderModel,
        start: int,
        coded: Any,
        vectors: Floats,
        cue: Floats,
        kinds: Floats,
    ) -> None:
        self.model, self.start, self.vectors = model, start, vectors
        self.offsets: list[tuple[int, int]] = coded.offsets
        words = np.array(list(_words(coded.word_ids, self.offsets)), dtype=np.int64)
        self.first, self.last = words.reshape(-1, 2).T
        self.cue_tags, self.kinds = self._by_word(cue), self._by_word(kinds)

    def triggers(self) -> list[TriggerMark]:
        """Words whose probability of being a trigger is worth handing on."""
        spans: list[tuple[int, int, int]] = []
        for word in np.flatnonzero(1 - self.kinds[:, 0] >= FAINTEST_TRIGGER).tolist():
            kind = int(self.kinds[word, 1:].argmax())
            if spans and spans[-1][2] == kind and spans[-1][1] == word - 1:
                spans[-1] = (spans[-1][0], word, kind)
            else:
                spans.append((word, word, kind))
        if not spans:
            return []
        anchors, last = self._anchors([(first, final) for first, final, _ in spans])
        roles, statuses, modes, background = self.model.around_triggers(self.vectors, anchors, last)
        found, names, scores = [], self.model.role_names, self._by_word(roles)
        for n, (first, final, _) in enumerate(spans):
            kinds = self.kinds[first : final + 1].mean(axis=0)
            marks = {name: self._marks(scores[n, :, at]) for at, name in enumerate(names) if at}
            found.append(
                TriggerMark(
                    *self._span(first, final),
                    none=float(kinds[0]),
                    types=_named(self.model.types[1:], kinds[1:]),
                    statuses=_named(self.model.statuses, statuses[n]),
                    modes=_named(self.model.modes, modes[n]),
                    background=float(background[n, 1]),
                    roles={name: some for name, some in marks.items() if some},
                )
            )
        return found

    def cues(self) -> list[CueMark]:
        """Cues with what they introduce."""
        spans = list(self._cue_spans())
        if not spans:
            return []
        parts = self._by_word(self.model.around_cues(self.vectors, *self._anchors(spans)))
        source, content = (self.model.part_names.index(name) for name in ("source", "content"))
        found = []
        for n, (first, final) in enumerate(spans):
            found.append(
                CueMark(
                    *self._span(first, final),
                    score=float((1 - self.cue_tags[first : final + 1, 0]).mean()),
                    source=self._marks(parts[n, :, source]),
                    content=self._marks(parts[n, :, content]),
                )
            )
        return found

    def _cue_spans(self) -> Iterator[tuple[int, int]]:
        spans: list[tuple[int, int]] = []
        for word in np.flatnonzero(1 - self.cue_tags[:, 0] >= FAINTEST_CUE).tolist():
            tags = self.cue_tags[word]
            if spans and spans[-1][1] == word - 1 and tags[2] >= tags[1]:
                spans[-1] = (spans[-1][0], word)
            else:
                spans.append((word, word))
        yield from spans

    def _by_word(self, scores: Floats) -> Floats:
        """Scores [..., pieces, labels] as means over each word's pieces [..., words, labels]."""
        sums = np.zeros((*scores.shape[:-2], scores.shape[-2] + 1, scores.shape[-1]))
        np.cumsum(scores, -2, dtype=np.float64, out=sums[..., 1:, :])
        sizes = (self.last - self.first + 1)[:, None]
        between = sums[..., self.last + 1, :] - sums[..., self.first, :]
        means: Floats = (between / sizes).astype(np.float32)
        return means

    def _anchors(self, spans: list[tuple[int, int]]) -> tuple[Floats, NDArray[np.int64]]:
        """The mean vector of each span of words, and its last piece."""
        pieces = [(self.first[first], self.last[final] + 1) for first, final in spans]
        anchors = np.stack([self.vectors[start:end].mean(axis=0) for start, end in pieces])
        return anchors, np.array([end - 1 for _, end in pieces])

    def _marks(self, scores: Floats) -> tuple[Mark, ...]:
        """Stretches of words that reach the threshold, from the scores of every word."""
        runs: list[list[int]] = []
        for word in np.flatnonzero(scores >= FAINTEST_PART).tolist():
            if runs and runs[-1][-1] == word - 1:
                runs[-1].append(word)
            else:
                runs.append([word])
        return tuple(
            Mark(*self._span(run[0], run[-1]), score=float(scores[run].mean())) for run in runs
        )

    def _span(self, first: int, final: int) -> tuple[int, int]:
        start, end = self.offsets[self.first[first]][0], self.offsets[self.last[final]][1]
        return self.start + start, self.start + end


def _named(names: Sequence[str], values: Floats) -> dict[str, float]:
    return dict(zip(names, values.tolist(), strict=True))


def _words(
    word_ids: Iterable[int | None], offsets: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    """Words as (first piece, last piece); the marks of beginning and end are left out."""
    first, current = 0, None
    ids = list(word_ids)
    for at, word in enumerate([*ids, None]):
        if word != current:
            if current is not None and offsets[at - 1][1] > offsets[first][0]:
                yield first, at - 1
            first, current = at, word
