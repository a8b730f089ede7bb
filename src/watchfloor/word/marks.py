"""Claims as the learned reader saw them, and by rule where it has no say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from watchfloor.parse import Page, Sentence
from watchfloor.parse.reader import CueMark, Mark
from watchfloor.records import Span
from watchfloor.word.cues import Cues, load

if TYPE_CHECKING:
    from spacy.tokens import Token

#: "Police: two held" at the head of a line; "(Northwire)" at its end is the outlet's own mark.
COLON = re.compile(r"^([A-Z][\w.’' -]{2,40}): (?=[\w“\"‘'])")
#: The reader's marks count from this probability on.
SURE = 0.45


@dataclass(frozen=True, slots=True)
class Found:
    """One attribution before it is a claim."""

    source: Span | None
    cue: Span
    content: tuple[Span, ...]
    score: float = 0.7


def attributions(page: Page) -> list[Found]:
    """Every attribution of a page, in order of its cue."""
    found = list(_read(page) if page.reading is not None else _ruled(page, load()))
    found += [f for f in _colons(page) if not any(f.cue.overlaps(o.cue) for o in found)]
    return sorted(found, key=lambda f: f.cue.start)


def _read(page: Page) -> Iterator[Found]:
    assert page.reading is not None
    for cue in page.reading.cues:
        content = tuple(_joined(page, cue, cue.content))
        source = max(cue.source, key=lambda m: (m.end - m.start, m.score), default=None)
        if not content and source is None:
            continue
        yield Found(
            source=_span(page, source) if source else None,
            cue=page.span(cue.start, cue.end),
            content=content,
            score=cue.score,
        )


def _joined(page: Page, cue: CueMark, marks: tuple[Mark, ...]) -> Iterator[Span]:
    """Content marks, those with only a word or two between them taken together."""
    whole: list[tuple[int, int]] = []
    for mark in sorted(marks, key=lambda m: m.start):
        if whole and mark.start - whole[-1][1] <= 12 and not whole[-1][1] <= cue.start < mark.start:
            whole[-1] = (whole[-1][0], mark.end)
        else:
            whole.append((mark.start, mark.end))
    for start, end in whole:
        if end - start > 2:
            yield page.span(start, end)


def _span(page: Page, mark: Mark) -> Span:
    return page.span(mark.start, mark.end)


def _colons(page: Page) -> Iterator[Found]:
    """Headlines and transcripts: "Police: two held"."""
    for sentence in page.sentences:
        match = COLON.match(sentence.text)
        if match and sentence.end - sentence.start > match.end() + 3:
            source = page.span(sentence.start, sentence.start + match.end(1))
            cue = page.span(source.end, source.end + 1)
            content = page.span(sentence.start + match.end(), sentence.end)
            yield Found(source, cue, (content,))


def _ruled(page: Page, cues: Cues) -> Iterator[Found]:
    """Without a reader: verbs of saying with their subject and clause, and "according to"."""
    for sentence in page.sentences:
        for token in sentence.doc or ():
            found = _of_token(page, sentence, token, cues)
            if found is not None:
                yield found


def _of_token(page: Page, sentence: Sentence, token: Token, cues: Cues) -> Found | None:
    whole = page.span(sentence.start, sentence.end)
    if token.lower_ == "according":
        things = [t for t in token.subtree if t.dep_ == "pobj" and t.head.lower_ == "to"]
        if not things:
            return None
        left = min(things[0].subtree, key=lambda t: t.i)
        right = max(things[0].subtree, key=lambda t: t.i)
        source = sentence.span(left, right, page)
        cue = page.span(sentence.start + token.idx, source.start - 1)
        before = page.span(sentence.start, cue.start)
        after = page.span(min(source.end + 2, whole.end), whole.end)
        return Found(source, cue, (before if len(before.text) > len(after.text) else after,))
    if token.pos_ not in {"VERB", "AUX"} or token.lemma_.lower() not in cues.verbs:
        return None
    clauses = [c for c in token.children if c.dep_ in {"ccomp", "parataxis", "xcomp"}]
    if token.dep_ in {"parataxis", "ccomp"} and not clauses and token.head.i != token.i:
        clauses = [token.head]
    if not clauses:
        return None
    subject = next((c for c in token.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
    body = [t for t in clauses[0].subtree if subject is None or not _under(t, token, clauses[0])]
    first, last = min(body, key=lambda t: t.i), max(body, key=lambda t: t.i)
    said = None
    if subject is not None:
        left, right = min(subject.subtree, key=_at), max(subject.subtree, key=_at)
        said = sentence.span(left, right, page)
    return Found(said, sentence.span(token, token, page), (sentence.span(first, last, page),))


def _at(token: Token) -> int:
    return int(token.i)


def _under(token: Token, top: Token, clause: Token) -> bool:
    """Whether a token hangs under the cue rather than under the clause."""
    while token.i != token.head.i:
        if token.i == clause.i:
            return False
        if token.i == top.i:
            return True
        token = token.head
    return False
