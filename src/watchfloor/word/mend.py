"""What the learned reader marked, held against the tree where the two cannot both be right."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from watchfloor.parse import Page, Token
from watchfloor.records import Span
from watchfloor.word.cues import WORD, load
from watchfloor.word.found import Found
from watchfloor.word.grammar import (
    STATES,
    at,
    clause_of,
    is_quoted,
    passive_subject,
    phrase_of,
    speaker_of,
)

#: A cue with that in which it was said.
_SAID_IN = re.compile(
    r"\w+ in (?:an?|the|his|her|its|their) (?:[\w-]+ )?(?:statement|report|release|interview|"
    r"letter|message|memo|communiqu[eé]|speech|briefing)\b"
)
#: Words that join a clause of saying to what the reporter tells.
_JOINING = frozenset("after before since because although though while whereas until".split())
#: What is done to a report by others.
_SPEAKING_OF = frozenset("reject deny dismiss dispute refute check verify confirm doubt".split())
#: What one gets who is spoken to or of.
_RECEIVING = frozenset("face draw receive attract".split())
#: What joins a cue to its content and is no part of it.
_JOINTS = " \t\n,;:-–—"
#: Marks that close a quotation, and those that open one.
_CLOSING, _OPENING = frozenset('”"'), frozenset('“"')
#: The same before what is said, and what follows a source or what is said.
_HEAD, _TAIL = r"[\s,;:)\-–—]*", r"(?:,? (?:who|which|whom|that|and|or))?[\s,;:(\]\-–—]*$"


def mended(page: Page, one: Found, verb: Token | None) -> Found:
    """The attribution without its own cue, or an aside on its speaker, in what is said; and with
    the speaker who follows the verb, where the reader took one from the words said.
    """
    one = _said_in(page, one)
    one = replace(one, content=tuple(_without_cue(page, one)))
    if verb is None:
        return one
    if _is_spoken_of(page, one, verb) or _is_spoken_to(page, one, verb):
        one = replace(one, source=None)
    return _within_clause(page, _turned(page, _without_aside(page, one, verb), verb), verb)


def tidied(page: Page, one: Found) -> Found:
    """The attribution without what joins its parts: "a witness[, who]", "[, that] rebels fled"."""
    source = one.source and _cut(page, one.source, "", _TAIL)
    content = [_cut(page, _beside(page, span, source), _HEAD, _TAIL) for span in one.content]
    return replace(one, source=source, content=tuple(s for s in content if s.text.strip()))


def _cut(page: Page, span: Span, head: str, tail: str) -> Span:
    first = re.match(head, span.text)
    last = re.search(tail, span.text)
    start = span.start + (first.end() if first else 0)
    end = max(start, span.start + (last.start() if last else len(span.text)))
    text = page.report.text[start:end]
    closes = text[-1:] in _CLOSING and not any(mark in text[:-1] for mark in _OPENING)
    return page.span(start, end - 1 if closes else end)


def _beside(page: Page, span: Span, source: Span | None) -> Span:
    """What is said without its speaker, where one runs into the other."""
    if source is None or not span.overlaps(source) or source.contains(span):
        return span
    if source.end >= span.end:
        return page.span(span.start, source.start)
    return page.span(source.end, span.end) if source.start <= span.start else span


def _said_in(page: Page, one: Found) -> Found:
    """ "Said in a statement" is one cue, wherever the reader cut it."""
    text = page.report.text
    match = _SAID_IN.match(text, one.cue.start)
    if match is None or match.end() <= one.cue.end:
        return one
    cue = page.span(one.cue.start, match.end())
    content = tuple(
        page.span(max(s.start, min(cue.end + 1, s.end)), s.end) if s.overlaps(cue) else s
        for s in one.content
    )
    return replace(one, cue=cue, content=tuple(s for s in content if s.text.strip()))


def _is_spoken_of(page: Page, one: Found, verb: Token) -> bool:
    """ "The report was rejected", "could not be checked": what is spoken of is no source."""
    if verb.lemma_.lower() not in _SPEAKING_OF:
        return False
    spoken = next((c for c in verb.children if c.dep_ == "nsubjpass"), None)
    sentence = page.sentence_at(one.cue.start)
    if spoken is None or sentence is None or one.source is None or is_quoted(verb):
        return False
    return sentence.span(*phrase_of(spoken), page).overlaps(one.source)


def _is_spoken_to(page: Page, one: Found, verb: Token) -> bool:
    """ "He was asked", "the firm faces questions about": who is spoken to, or of, is no source."""
    sentence = page.sentence_at(one.cue.start)
    if sentence is None or one.source is None or is_quoted(verb):
        return False
    subject = passive_subject(verb) if verb.lemma_.lower() in load().verbs - STATES else None
    if subject is None and verb.lemma_.lower() in _RECEIVING and load().tells(one.cue):
        subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    return subject is not None and sentence.span(*phrase_of(subject), page).overlaps(one.source)


def _within_clause(page: Page, one: Found, verb: Token) -> Found:
    """ "After the governor said the road was safe, gunmen attacked": what is said ends with the
    clause of saying.
    """
    sentence = page.sentence_at(one.cue.start)
    joint = next((c.lower_ for c in verb.children if c.dep_ == "mark"), "")
    if sentence is None or verb.dep_ != "advcl" or joint not in _JOINING:
        return one
    ends = sorted(verb.subtree, key=at)
    clause = sentence.span(ends[0], ends[-1], page)
    if page.report.text[clause.end : clause.end + 1] != ",":
        return one
    kept = [
        page.span(max(s.start, clause.start), min(s.end, clause.end))
        for s in one.content
        if s.overlaps(clause)
    ]
    return replace(one, content=tuple(kept)) if kept else one


def _without_cue(page: Page, one: Found) -> Iterator[Span]:
    for span in one.content:
        if not span.overlaps(one.cue) or _is_quoted(page, one.cue):
            yield span
            continue
        for start, end in ((span.start, one.cue.start), (one.cue.end, span.end)):
            text = page.report.text[start:end]
            part = page.span(
                start + len(text) - len(text.lstrip(_JOINTS)),
                end - (len(text) - len(text.rstrip(_JOINTS))),
            )
            if len(WORD.findall(part.text)) > 1:
                yield part


def _is_quoted(page: Page, span: Span) -> bool:
    return any(q.start <= span.start < q.end for q in page.quotations)


def _without_aside(page: Page, one: Found, verb: Token) -> Found:
    """ "The minister, whose convoy was attacked in May, said": the aside is the reporter's."""
    speaker = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    sentence = page.sentence_at(one.cue.start)
    asides = [c for c in speaker.children if c.dep_ == "relcl"] if speaker is not None else []
    if sentence is None or not asides:
        return one
    run = sorted(asides[0].subtree, key=at)
    aside = sentence.span(run[0], run[-1], page)
    kept = tuple(s for s in one.content if not s.overlaps(aside) or _is_quoted(page, s))
    return replace(one, content=kept) if kept else one


def _turned(page: Page, one: Found, verb: Token) -> Found:
    """ "Rebels shelled the camp, confirmed the colonel": the source is who follows the verb."""
    ends, clause = speaker_of(verb), clause_of(verb)
    sentence = page.sentence_at(one.cue.start)
    if one.source is None or ends is None or clause is None or sentence is None:
        return one
    speaker, said = sentence.span(*ends, page), sentence.span(*clause, page)
    if (
        speaker.start >= one.cue.end
        and said.contains(one.source)
        and any(span.overlaps(speaker) for span in one.content)
    ):
        return replace(one, source=speaker, content=(said,))
    return one
