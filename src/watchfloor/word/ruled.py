"""Attributions by rule: verbs of saying with their clause, "according to", voiced feelings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from watchfloor.parse import Page, Sentence
from watchfloor.word.cues import Cues
from watchfloor.word.found import Found
from watchfloor.word.grammar import at, clause_of, speaker_of

if TYPE_CHECKING:
    from spacy.tokens import Token


def ruled(page: Page, cues: Cues) -> Iterator[Found]:
    """Every attribution that the trees of a page show."""
    for sentence in page.sentences:
        for token in sentence.doc or ():
            found = _of_token(page, sentence, token, cues)
            if found is not None:
                yield found


def _of_token(page: Page, sentence: Sentence, token: Token, cues: Cues) -> Found | None:
    if token.lower_ == "according":
        return _according(page, sentence, token)
    if token.pos_ not in {"VERB", "AUX"}:
        return None
    if token.lemma_.lower() in cues.voicing:
        return _voiced(page, sentence, token, cues)
    if token.lemma_.lower() not in cues.verbs:
        return None
    clause = clause_of(token)
    if clause is None:
        return None
    speaker = speaker_of(token)
    return Found(
        source=sentence.span(*speaker, page) if speaker else None,
        cue=sentence.span(token, token, page),
        content=(sentence.span(*clause, page),),
    )


def _voiced(page: Page, sentence: Sentence, token: Token, cues: Cues) -> Found | None:
    """ "Displayed reservations about the road": what troubles them is the content."""
    noun = next((c for c in token.children if c.dep_ == "dobj"), None)
    if noun is None or noun.lemma_.lower() not in cues.feelings:
        return None
    about = next((c for t in (noun, token) for c in t.children if c.dep_ == "prep"), None)
    things = [c for c in about.children if c.dep_ in {"pobj", "pcomp"}] if about else []
    speaker = speaker_of(token)
    if not things or about is None or speaker is None:
        return None
    last = max(things[0].subtree, key=at)
    return Found(
        source=sentence.span(*speaker, page),
        cue=sentence.span(token, noun, page),
        content=(sentence.span(about, last, page),),
    )


def _according(page: Page, sentence: Sentence, token: Token) -> Found | None:
    """ "According to witnesses, ..." and "..., according to witnesses"."""
    things = [t for t in token.subtree if t.dep_ == "pobj" and t.head.lower_ == "to"]
    if not things:
        return None
    left = min(things[0].subtree, key=lambda t: t.i)
    right = max(things[0].subtree, key=lambda t: t.i)
    source = sentence.span(left, right, page)
    cue = page.span(sentence.start + token.idx, source.start - 1)
    before = page.span(sentence.start, cue.start)
    after = page.span(min(source.end + 2, sentence.end), sentence.end)
    return Found(source, cue, (before if len(before.text) > len(after.text) else after,))
