"""Find the events of a report."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from msgspec.structs import replace

from watchfloor.parse import Page, Sentence
from watchfloor.records import Actor, Bounds, Event
from watchfloor.what import harm, modes
from watchfloor.what.candidates import candidates
from watchfloor.what.filters import is_plausible, one_each
from watchfloor.what.participants import participants
from watchfloor.what.status import status
from watchfloor.what.tolls import tolls

YEAR = re.compile(r"\b(1[89]\d\d|20\d\d)\b")
LONG_AGO = re.compile(r"\b(?:years|decades|months) ago\b|\banniversary\b|\blast year\b", re.I)


@dataclass(frozen=True, slots=True)
class Note:
    """Why a sentence was or was not coded: what was looked at, the outcome and the rule."""

    start: int
    end: int
    text: str
    outcome: str
    rule: str


def find(page: Page, actors: Sequence[Actor]) -> tuple[Event, ...]:
    """Every event of the report: type, mode, participants, status, harm."""
    events: list[Event] = []
    for sentence in page.sentences:
        for event in _of_sentence(page, sentence, actors):
            events.append(event)
    leads = [_lead(page, event) for event in events]
    return tuple(
        replace(event, id=f"e{n}", cameo=modes.cameo(event.type, event.mode))
        for n, event in enumerate(modes.carried(events, leads), 1)
    )


def _lead(page: Page, event: Event) -> str:
    """The word before an event's trigger, in small letters."""
    before = page.report.text[event.sentence.start : event.trigger.start].lower().split()
    return before[-1] if before else ""


def explain(page: Page, actors: Sequence[Actor]) -> tuple[Note, ...]:
    """One note a sentence and candidate: why it was coded or not."""
    notes: list[Note] = []
    for sentence in page.sentences:
        if sentence.doc is None:
            notes.append(
                _note(
                    page,
                    sentence,
                    "not read",
                    sentence.skipped or "no word that the reader takes for an act",
                )
            )
            continue
        found = list(candidates(page, sentence, sentence.doc))
        if not found:
            notes.append(_note(page, sentence, "not coded", "no word that tells of an event"))
        for one in found:
            span = sentence.span(one.first, one.last, page)
            outcome = f"coded {one.type} ({one.score:.2f})"
            notes.append(Note(span.start, span.end, span.text, outcome, one.rule))
    return tuple(notes)


def _note(page: Page, sentence: Sentence, outcome: str, rule: str) -> Note:
    text = page.report.text[sentence.start : sentence.end]
    return Note(sentence.start, sentence.end, text, outcome, rule)


def _of_sentence(page: Page, sentence: Sentence, actors: Sequence[Actor]) -> Iterator[Event]:
    if sentence.doc is None:
        return
    found = one_each(list(candidates(page, sentence, sentence.doc)))
    harms = harm.assign(tolls(sentence.doc), found)
    for number, one in enumerate(found):
        mode = modes.mode(one, sentence)
        tolls_of = harms.get(number, [])
        parts = participants(page, sentence, one, actors, tolls_of)
        if not is_plausible(one, parts, actors):
            continue
        yield Event(
            id="",
            type=one.type,
            mode=mode,
            contexts=modes.contexts(sentence),
            trigger=sentence.span(one.first, one.last, page),
            sentence=Bounds(start=sentence.start, end=sentence.end),
            participants=parts,
            status=status(one.head, one.mark),
            background=_is_background(page, sentence),
            harm=harm.of_tolls(tolls_of),
            confidence=round(one.score, 3),
        )


def _is_background(page: Page, sentence: Sentence) -> bool:
    """Whether a sentence tells history: a year before the report's own, or "years ago"."""
    published = (page.report.published or "")[:4]
    years = [int(year) for year in YEAR.findall(sentence.text)]
    old = bool(published.isdigit() and years and max(years) < int(published))
    return old or bool(LONG_AGO.search(sentence.text))
