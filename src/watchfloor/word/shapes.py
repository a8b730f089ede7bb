"""Attributions that the layout makes: colons, transcripts, signatures after a dash."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from watchfloor.parse import Page, Sentence
from watchfloor.records import Span
from watchfloor.word.cues import Cues
from watchfloor.word.found import Found
from watchfloor.word.grammar import is_clause

#: "Police: two held" at the head of a line; "GOVERNOR: We were told" in a transcript.
_COLON = re.compile(r"[\"“]?([A-Z][\w.’' \-]{1,40}|\[[^\]\n]{2,30}\]): (?=[\w“\"‘'(\[])")
#: What stands before a colon and is no speaker.
_LABELS = frozenset(
    "photo photos video image picture watch read listen update updated note notes key points "
    "related more correction clarification editor editors editor’s editor's source sources "
    "credit caption summary background opinion analysis live breaking exclusive exercise here "
    "this that these what why how when where who the a an and but so warning question questions "
    "answer total date time place location example result results chapter part section to for on "
    "with in transcript comment comments remark remarks assessment conclusion flash".split()
)
#: "[CRISTIANI] We control the city" at the head of a line of a monitored broadcast.
_BRACKETED = re.compile(r"(?m)^[ \t]*\[([A-Z][A-Z.’' \-]{1,30})\] (?=\S)")
#: What else stands in such brackets: notes on the text.
_NOTES = frozenset(
    "text words word passage begin end video sentence paragraph indistinct omitted recording "
    "report article continued excerpt excerpts figures editor editorial note summary sic "
    "date".split()
)
#: Speakers that make a transcript.
SPEAKERS = 2
#: "“We stay.” — Rosa Lim" : a quotation signed after a dash.
_SIGNED = re.compile(r"[”\"]\s*(—|―|–|--+)\s*([A-Z][\w.’' \-]{2,50}(?:, [^\n.”\"]{2,80})?)\s*$")
#: "Two killed in blast at market: police", " - governor", with three words said or more.
_SIGNED_LINE = re.compile(
    r"(?P<said>\S+ \S+ \S[^\n:]*?) ?(?P<cue>:|(?<= )(?:-|–|—)) "
    r"(?P<source>[^\s,.:;]+(?: [^\s,.:;]+){0,3})"
)


def shapes(page: Page, datelines: Sequence[Span] = ()) -> Iterator[Found]:
    """Every attribution by layout, in order of the text, but those of colons in `datelines`."""
    for sentence in page.sentences:
        yield from (f for f in _colon(page, sentence) if f.cue not in datelines)
    yield from _bracketed(page)
    yield from _signatures(page)


def colon_datelines(page: Page, places: Sequence[Span]) -> tuple[Span, ...]:
    """The colons of "MUMBAI: ..." and "New Delhi: ...": a place opens a paragraph of prose, and no
    other line in capitals makes a transcript of it.
    """
    heads = [(s, m) for s in page.sentences
             if (m := _COLON.match(page.report.text, s.start, s.end)) is not None]  # fmt: skip
    turns = {m[1] for _, m in heads if m[1].isupper() and not page.capitals}
    return tuple(
        page.span(m.end(1), m.end(1) + 1)
        for s, m in heads
        if not s.headline and len(turns) < SPEAKERS
        and any(p.start <= m.start(1) and m.end(1) <= p.end for p in places)
    )  # fmt: skip


def _colon(page: Page, sentence: Sentence) -> Iterator[Found]:
    match = _COLON.match(page.report.text, sentence.start, sentence.end)
    if match is None or sentence.end <= match.end() + 3:
        return
    words = re.findall(r"[\w’']+", match[1])
    speaks = match[1].isupper() and not page.capitals
    if any(w.lower() in _LABELS for w in words) or len(words) > (4 if speaks else 5):
        return
    if not speaks and sentence.text[0].islower():
        return
    source, cue = page.span(*match.span(1)), page.span(match.end(1), match.end(1) + 1)
    end = _turn_end(page, sentence) if speaks else sentence.end
    yield Found(source, cue, (page.span(match.end(), end),))


def signed_lines(page: Page, cues: Cues) -> Iterator[Found]:
    """Headlines that end with who says it: "Two held in market blast: police"."""
    for sentence in page.sentences:
        match = _SIGNED_LINE.fullmatch(page.report.text, sentence.start, sentence.end)
        if not sentence.headline or match is None:
            continue
        words = re.split(r" (?:of|in|at|from|for) ", match["source"].lower())[0].split()
        if is_clause(page, page.span(*match.span("source"))):
            continue
        if words[-1] in cues.kinds or (len(words) == 1 and match["source"].isupper()):
            yield Found(
                page.span(*match.span("source")), page.span(*match.span("cue")),
                (page.span(*match.span("said")),),
            )  # fmt: skip


def _bracketed(page: Page) -> Iterator[Found]:
    """ "[CRISTIANI] We control the city.": a turn lasts until the next one, of whom two speak."""
    text = page.report.text
    heads = [m for m in _BRACKETED.finditer(text) if not set(m[1].lower().split()) & _NOTES]
    ends = [*(m.start() for m in heads[1:]), len(text)]
    if len({m[1] for m in heads}) < SPEAKERS:
        return
    for head, end in zip(heads, ends, strict=True):
        said = page.span(head.end(), head.end() + len(text[head.end() : end].rstrip()))
        if said.text:
            yield Found(page.span(*head.span(1)), page.span(head.end(1), head.end(1) + 1), (said,))


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
