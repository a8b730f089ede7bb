"""Attributions that the layout makes: colons, transcripts, signatures after a dash."""

from __future__ import annotations

import re
from collections.abc import Iterator

from watchfloor.parse import Page, Sentence
from watchfloor.records import Span
from watchfloor.word.cues import Cues
from watchfloor.word.found import Found
from watchfloor.word.grammar import tokens_in

#: "Police: two held" at the head of a line; "GOVERNOR: We were told" in a transcript.
_COLON = re.compile(r"[\"“]?([A-Z][\w.’' \-]{1,40}|\[[^\]\n]{2,30}\]): (?=[\w“\"‘'(\[])")
#: What stands before a colon and is no speaker.
_LABELS = frozenset(
    "photo photos video image picture watch read listen update updated note notes key points "
    "related more correction clarification editor editors editor’s editor's source sources "
    "credit caption summary background opinion analysis live breaking exclusive exercise here "
    "this that these what why how when where who the a an and but so warning question questions "
    "answer total date time place location example result results chapter part section to for on "
    "with in transcript".split()
)
#: "“We stay.” — Rosa Lim" : a quotation signed after a dash.
_SIGNED = re.compile(r"[”\"]\s*(—|―|–|--+)\s*([A-Z][\w.’' \-]{2,50}(?:, [^\n.”\"]{2,80})?)\s*$")
#: "Two killed in blast at market: police", " - governor", with three words said or more.
_SIGNED_LINE = re.compile(
    r"(?P<said>\S+ \S+ \S[^\n:]*?) ?(?P<cue>:|(?<= )(?:-|–|—)) "
    r"(?P<source>[^\s,.:;]+(?: [^\s,.:;]+){0,3})"
)
#: Tags of verbs that make a sentence.
_FINITE = frozenset({"VBD", "VBP", "VBZ"})


def shapes(page: Page) -> Iterator[Found]:
    """Every attribution by layout, in order of the text."""
    for sentence in page.sentences:
        yield from _colon(page, sentence)
    yield from _signatures(page)


def _colon(page: Page, sentence: Sentence) -> Iterator[Found]:
    match = _COLON.match(page.report.text, sentence.start, sentence.end)
    if match is None or sentence.end <= match.end() + 3:
        return
    words = re.findall(r"[\w’']+", match[1])
    speaks = match[1].isupper() and not page.capitals
    if any(w.lower() in _LABELS for w in words) or len(words) > (4 if speaks else 5):
        return
    if not speaks and (sentence.text[0].islower() or _is_place(page, match[1])):
        return
    source, cue = page.span(*match.span(1)), page.span(match.end(1), match.end(1) + 1)
    end = _turn_end(page, sentence) if speaks else sentence.end
    yield Found(source, cue, (page.span(match.end(), end),))


def signed_lines(page: Page, cues: Cues) -> Iterator[Found]:
    """Headlines that end with who says it: "Two held in market blast: police"."""
    known = cues.unnamed | cues.documents | cues.outlets | set(cues.standings["authority"])
    for sentence in page.sentences:
        match = _SIGNED_LINE.fullmatch(page.report.text, sentence.start, sentence.end)
        if not sentence.headline or match is None:
            continue
        words = re.split(r" (?:of|in|at|from|for) ", match["source"].lower())[0].split()
        if _is_news(page, page.span(*match.span("source"))):
            continue
        if words[-1] in known or (len(words) == 1 and match["source"].isupper()):
            yield Found(
                page.span(*match.span("source")), page.span(*match.span("cue")),
                (page.span(*match.span("said")),),
            )  # fmt: skip


def _is_news(page: Page, source: Span) -> bool:
    """Whether what follows the mark says something itself: "Blast at mine: rebels kill guards"."""
    return any(t.tag_ in _FINITE for t in tokens_in(page, source)[1])


def _is_place(page: Page, name: str) -> bool:
    """A dateline with a colon: "MUMBAI: ..." at the head of the report."""
    line = page.dateline
    return line is not None and line.place is not None and line.place.text == name


def _turn_end(page: Page, sentence: Sentence) -> int:
    """A speaker's turn in a transcript lasts to the end of its paragraph."""
    turn = [s for s in page.sentences[sentence.index :] if s.paragraph == sentence.paragraph]
    return turn[-1].end


def _signatures(page: Page) -> Iterator[Found]:
    text = page.report.text
    for quote in page.quotations:
        if not quote.closed:
            continue
        line_end = text.find("\n", quote.end)
        line_end = len(text) if line_end < 0 else line_end
        match = _SIGNED.match(text, quote.end, line_end)
        if match is not None:
            yield Found(
                page.span(*match.span(2)), page.span(*match.span(1)),
                (page.span(quote.start, quote.end),),
            )  # fmt: skip
