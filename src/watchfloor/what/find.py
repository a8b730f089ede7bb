"""Find the events of a report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from msgspec.structs import replace

from watchfloor.parse import Page, Sentence, Token
from watchfloor.records import DONE, Actor, Bounds, Event, Role, Status
from watchfloor.what import harm, modes
from watchfloor.what.background import is_background
from watchfloor.what.cameo import cameo
from watchfloor.what.candidates import HARMFUL, Candidate, candidates
from watchfloor.what.fields import FORCE
from watchfloor.what.filters import is_plausible, one_each, typed
from watchfloor.what.light import carrier
from watchfloor.what.participants import participants
from watchfloor.what.people import groups
from watchfloor.what.quiet import is_quiet
from watchfloor.what.status import status
from watchfloor.what.taken import as_taken, counted
from watchfloor.what.tolls import tolls

#: In a report of so many sentences some word tells of an event for sure, or none tells of one:
#: figures of speech are each seen with doubt. Of 19 quiet reports of our own left out of training
#: .42 were clean without this, .79 with it, and event F1 over 122 reports did not fall.
SUREST, SENTENCES = 0.9, 3
#: What became of those whom an attack harmed.
HURT = frozenset({"killed", "injured", "abducted"})
#: Acts that a promise of them is not yet.
DEEDS = frozenset({"PROTECT", "AID", "MOBILIZE"})
PROMISING = frozenset("promise pledge vow undertake offer plan intend agree".split())


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
    events = _events(page, actors)
    if _is_quiet_news(page, events, actors):
        return ()
    leads = [_lead(page, event) for event in events]
    return tuple(
        replace(event, id=f"e{n}", cameo=cameo(event, page.report.text, actors))
        for n, event in enumerate(modes.carried(events, leads), 1)
    )


def _events(page: Page, actors: Sequence[Actor]) -> list[Event]:
    """The events of each sentence, in order."""
    events: list[Event] = []
    before: str | None = None
    for sentence in page.sentences:
        for event in _of_sentence(page, sentence, actors, before):
            events.append(event)
            before = event.type if event.type in HARMFUL else before
    return events


def _is_quiet_news(page: Page, events: Sequence[Event], actors: Sequence[Actor]) -> bool:
    """Whether the reader is sure of no event in a report long enough to be so.

    A report that says how many were harmed, or plainly that somebody was, is never quiet.
    """
    if page.reading is None or len(page.sentences) < SENTENCES:
        return False
    if any(_harms(e) or _is_plain(e, actors) for e in events):
        return False
    return max((e.confidence for e in events), default=0.0) < SUREST


def _harms(event: Event) -> bool:
    counts = (event.harm.killed, event.harm.injured, event.harm.abducted, event.harm.arrested)
    return any(count is not None and count.high != 0 for count in counts)


def _is_plain(event: Event, actors: Sequence[Actor]) -> bool:
    """Whether an event is an attack done by those who use force, or that did somebody harm."""
    if event.type != "ASSAULT" or event.status not in DONE:
        return False
    armed = {a.id for a in actors if a.sector in FORCE}
    return any(
        (p.role is Role.ACTOR and p.actor in armed) or p.effect in HURT for p in event.participants
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
                    sentence.skipped or "no tree",
                )
            )
            continue
        found = list(candidates(page, sentence, sentence.doc, actors))
        if not found:
            notes.append(_note(page, sentence, "not coded", "no word that tells of an event"))
        for one in found:
            span = sentence.span(one.first, one.last, page)
            outcome = f"coded {one.type} ({one.score:.2f})"
            notes.append(Note(span.start, span.end, span.text, outcome, one.rule))
    if _is_quiet_news(page, _events(page, actors), actors):
        whole = page.report.text
        rule = f"no word is seen as an event more surely than {SUREST}"
        notes.append(Note(0, len(whole), whole, "report not coded", rule))
    return tuple(notes)


def left_out(event: Event, rule: str) -> Note:
    """A note on an event that was found and is left out for a reason of a later stage's."""
    return Note(event.trigger.start, event.trigger.end, event.trigger.text, "left out", rule)


def _note(page: Page, sentence: Sentence, outcome: str, rule: str) -> Note:
    text = page.report.text[sentence.start : sentence.end]
    return Note(sentence.start, sentence.end, text, outcome, rule)


def _of_sentence(
    page: Page, sentence: Sentence, actors: Sequence[Actor], before: str | None
) -> Iterator[Event]:
    """The events of a sentence; `before` is the type of the last event that harmed somebody."""
    if sentence.doc is None:
        return
    every = candidates(page, sentence, sentence.doc, actors)
    seen = [typed(one, sentence, before) for one in every]
    found = one_each(seen)
    phrases = groups(sentence.doc) if found else []
    harms = harm.assign(tolls(sentence.doc, phrases), found) if found else {}
    for number, one in enumerate(found):
        mode = modes.mode(one, sentence)
        tolls_of = harms.get(number, [])
        parts = participants(page, sentence, one, actors, tolls_of, phrases)
        harmed = any(toll.count is not None and toll.count.low for toll in tolls_of)
        if not is_plausible(one, parts, actors) or is_quiet(sentence, one, parts, actors, harmed):
            continue
        event = as_taken(
            Event(
                id="",
                type=one.type,
                mode=mode,
                contexts=modes.contexts(sentence),
                trigger=sentence.span(_first(one, found), one.last, page),
                sentence=Bounds(start=sentence.start, end=sentence.end),
                participants=parts,
                status=_status(one),
                background=is_background(page, one),
                harm=harm.of_tolls(tolls_of),
                confidence=round(one.score, 3),
            ),
            actors,
        )
        yield counted(event, actors)


def _first(one: Candidate, found: Sequence[Candidate]) -> Token:
    """Where a candidate's trigger begins: at its light verb, unless that tells of another event."""
    verb = carrier(one.head)
    if verb is None or verb.i > one.first.i or any(o.head.i == verb.i for o in found):
        return one.first
    return verb


def _status(one: Candidate) -> Status:
    """The status of a candidate; a construction such as "assured of security" has its own."""
    told = status(one.head, one.mark)
    own = one.built.row.status if one.built is not None else None
    if one.type in DEEDS and one.head.lemma_.lower() in PROMISING and told is Status.HAPPENED:
        return Status.PLANNED
    return own if own is not None and told is Status.HAPPENED else told
