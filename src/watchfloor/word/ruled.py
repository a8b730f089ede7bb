"""Attributions by rule: verbs of saying with their clause, "according to", voiced feelings."""

from __future__ import annotations

from collections.abc import Iterator

from watchfloor.parse import Page, Sentence, Token
from watchfloor.word.cues import Cues
from watchfloor.word.found import Found
from watchfloor.word.grammar import CLAUSES, at, before, clause_of, phrase_of, speaker_of, spoken_of
from watchfloor.word.quotes import opened

#: "In the words of", "in the view of", "by the account of".
_WORDS = frozenset({"words", "view", "account"})
#: Verbs whose object is who is said to have done it, and what comes after "of" or "for".
BLAMING = frozenset({"accuse", "blame"})


def ruled(page: Page, cues: Cues) -> Iterator[Found]:
    """Every attribution that the trees of a page show."""
    for sentence in page.sentences:
        for token in sentence.doc or ():
            found = _of_token(page, sentence, token, cues)
            if found is not None:
                yield found


def _of_token(page: Page, sentence: Sentence, token: Token, cues: Cues) -> Found | None:
    if token.lower_ == "according":
        return _according(page, sentence, token, "to")
    if token.lower_ == "per" and not _is_rate(token, cues):
        return _according(page, sentence, token, "per")
    if token.lower_ in _WORDS and token.head.lower_ in {"in", "by"}:
        return _in_the_words(page, sentence, token)
    if token.pos_ not in {"VERB", "AUX"}:
        return None
    if token.lemma_.lower() in cues.voicing:
        return _voiced(page, sentence, token, cues)
    if token.lemma_.lower() in BLAMING:
        return _blamed(page, sentence, token)
    if token.lemma_.lower() not in cues.verbs:
        return None
    if _is_said(token, cues):
        return None
    clause, speaker = clause_of(token), speaker_of(token)
    end = spoken_of(token)
    if clause is None and end is not None and speaker is not None:
        said = page.span(sentence.start, sentence.start + int(end.idx))
        return Found(sentence.span(*speaker, page), sentence.span(token, token, page), (said,))
    if clause is None:
        return _opening(page, sentence, token, cues)
    return Found(
        source=sentence.span(*speaker, page) if speaker else None,
        cue=sentence.span(token, token, page),
        content=(sentence.span(*clause, page),),
    )


def _is_said(token: Token, cues: Cues) -> bool:
    """Whether a verb is itself what another tells, and tells nothing: "he said it was noted"."""
    inner = any(child.dep_ in CLAUSES for child in token.children)
    return token.dep_ == "ccomp" and not inner and token.head.lemma_.lower() in cues.verbs


def _opening(page: Page, sentence: Sentence, token: Token, cues: Cues) -> Found | None:
    """ "The governor said in a statement:" and quotations after it."""
    cue = sentence.span(token, token, page)
    content = tuple(opened(page, cue)) if token.lemma_.lower() in cues.telling else ()
    speaker = speaker_of(token) if content else None
    return Found(sentence.span(*speaker, page), cue, content) if speaker else None


def _blamed(page: Page, sentence: Sentence, token: Token) -> Found | None:
    """ "Villagers accused the army of killing two", "the army is accused by villagers of it"."""
    acts = [
        t for t in token.subtree
        if t.dep_ in {"pobj", "pcomp"} and t.head.dep_ == "prep" and t.head.lower_ in {"of", "for"}
        and (t.head.head == token or t.head.head.dep_ in {"pobj", "dobj"})
    ]  # fmt: skip
    speaker = speaker_of(token)
    if not acts or speaker is None:
        return None
    run = sorted(acts[0].subtree, key=at)
    return Found(
        sentence.span(*before(speaker, acts[0].head), page),
        sentence.span(token, token, page),
        (sentence.span(run[0], run[-1], page),),
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


def _in_the_words(page: Page, sentence: Sentence, token: Token) -> Found | None:
    """ "In the words of the governor, rebels attacked"."""
    of = next((c for c in token.children if c.lower_ == "of"), None)
    who = next((c for c in of.children if c.dep_ == "pobj"), None) if of is not None else None
    if of is None or who is None:
        return None
    source, cue = sentence.span(*phrase_of(who), page), sentence.span(token.head, of, page)
    after = page.span(min(source.end + 2, sentence.end), sentence.end)
    heard = page.span(sentence.start, cue.start)
    return Found(source, cue, (heard if len(heard.text) > len(after.text) else after,))


def _is_rate(per: Token, cues: Cues) -> bool:
    """ "Two guards per week", "per person": what stands after it is no source."""
    thing = next((c for c in per.children if c.dep_ == "pobj"), None)
    if thing is None or not (thing.pos_ == "PROPN" or thing.lower_ in cues.kinds):
        return True
    return thing.tag_ == "NN" and not any(c.dep_ in {"det", "poss"} for c in thing.children)


def _according(page: Page, sentence: Sentence, token: Token, joint: str) -> Found | None:
    """ "According to witnesses, ..." and "..., per the army"."""
    things = [t for t in token.subtree if t.dep_ == "pobj" and t.head.lower_ == joint]
    if not things:
        return None
    left = min(things[0].subtree, key=lambda t: t.i)
    right = max(things[0].subtree, key=lambda t: t.i)
    source = sentence.span(left, right, page)
    cue = page.span(sentence.start + token.idx, source.start - 1)
    before = page.span(sentence.start, cue.start)
    after = page.span(min(source.end + 2, sentence.end), sentence.end)
    return Found(source, cue, (before if len(before.text) > len(after.text) else after,))
