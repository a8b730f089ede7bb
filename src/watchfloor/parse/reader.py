"""The learned reader: one encoder pass a paragraph, several heads.

What it hands on are marks with probabilities; the stages decide what to make of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from watchfloor.parse.page import Page
from watchfloor.parse.reader_model import Floats, ReaderModel, load_model, softmax
from watchfloor.parse.windows import windows

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
    event; they sum to 1. `statuses` sums to 1 as well. `roles` holds what was found around the
    trigger by role: actor, recipient, victim, target, instrument, place and date.
    """

    start: int
    end: int
    none: float
    types: dict[str, float]
    statuses: dict[str, float] = field(default_factory=dict)
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


def read_pages(pages: Sequence[Page]) -> list[Reading | None]:
    """The reading of each page; None for all of them where no model is installed."""
    model = load_model()
    if model is None:
        return [None] * len(pages)
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
        for (number, start, _), result in zip(some, results, strict=True):
            window = _Window(model, start, *result)
            triggers[number] += window.triggers()
            cues[number] += window.cues()
    return [
        Reading(
            tuple(sorted(found, key=lambda t: t.start)), tuple(sorted(said, key=lambda c: c.start))
        )
        for found, said in zip(triggers, cues, strict=True)
    ]


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
        self.cue_tags, self.kinds = cue, kinds
        self.offsets: list[tuple[int, int]] = coded.offsets
        self.words = list(_words(coded.word_ids, self.offsets))

    def triggers(self) -> Iterator[TriggerMark]:
        """Words whose probability of being a trigger is worth handing on."""
        best: list[tuple[int, int, int]] = []
        for first, last in self.words:
            kinds = self.kinds[first : last + 1].mean(axis=0)
            if 1 - kinds[0] < FAINTEST_TRIGGER:
                continue
            kind = int(kinds[1:].argmax()) + 1
            if best and best[-1][2] == kind and best[-1][1] == first - 1:
                best[-1] = (best[-1][0], last, kind)
            else:
                best.append((first, last, kind))
        for first, last, _ in best:
            yield self._trigger(first, last)

    def _trigger(self, first: int, last: int) -> TriggerMark:
        anchor = self.vectors[first : last + 1].mean(axis=0)
        kinds = self.kinds[first : last + 1].mean(axis=0)
        statuses = softmax(anchor @ self.model.status_weight + self.model.status_bias)
        roles = self.model.roles(anchor, self.vectors, last)
        names = self.model.role_names
        return TriggerMark(
            *self._span(first, last),
            none=float(kinds[0]),
            types=dict(zip(self.model.types[1:], map(float, kinds[1:]), strict=True)),
            statuses=dict(zip(self.model.statuses, map(float, statuses), strict=True)),
            roles={
                name: marks
                for n, name in enumerate(names)
                if n and (marks := tuple(self._marks(roles[:, n])))
            },
        )

    def cues(self) -> Iterator[CueMark]:
        """Cues with what they introduce."""
        for first, last in self._cue_spans():
            anchor = self.vectors[first : last + 1].mean(axis=0)
            parts = self.model.parts(anchor, self.vectors, last)
            score = float((1 - self.cue_tags[first : last + 1, 0]).mean())
            source, content = (
                tuple(self._marks(parts[:, self.model.part_names.index(name)]))
                for name in ("source", "content")
            )
            yield CueMark(*self._span(first, last), score=score, source=source, content=content)

    def _cue_spans(self) -> Iterator[tuple[int, int]]:
        spans: list[tuple[int, int]] = []
        for first, last in self.words:
            tags = self.cue_tags[first]
            if 1 - tags[0] < FAINTEST_CUE:
                continue
            if spans and spans[-1][1] == first - 1 and tags[2] >= tags[1]:
                spans[-1] = (spans[-1][0], last)
            else:
                spans.append((first, last))
        yield from spans

    def _marks(self, scores: Floats) -> Iterator[Mark]:
        """Stretches of words that reach the threshold, punctuation between them included."""
        open_: tuple[int, int] | None = None
        for first, last in [*self.words, (-1, -1)]:
            if first >= 0 and scores[first : last + 1].mean() >= FAINTEST_PART:
                open_ = (open_[0] if open_ else first, last)
            elif open_:
                yield Mark(*self._span(*open_), score=float(scores[open_[0] : open_[1] + 1].mean()))
                open_ = None

    def _span(self, first: int, last: int) -> tuple[int, int]:
        return self.start + self.offsets[first][0], self.start + self.offsets[last][1]


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
