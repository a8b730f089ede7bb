"""Say when each event happened."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from msgspec.structs import replace

from watchfloor.parse import Page, Token
from watchfloor.records import Date, Event, Role, Status, When

#: Expressions of these precisions can date an event; longer ones only tell its season or year.
FINE = ("minute", "hour", "day", "week", "month", "quarter", "year", "decade")
#: Verbs whose day is that of the saying, not of what is said.
SAYING = frozenset(
    "say tell report announce confirm add deny state claim declare note write warn blame accuse "
    "acknowledge reveal disclose explain comment publish".split()
)
#: Acts that are done by saying so: the day of the saying is theirs.
SAID = frozenset("AGREE SUPPORT CONCEDE REQUEST ACCUSE REJECT THREATEN".split())
#: Who speaks of himself in what he says.
SPEAKERS = frozenset("i we he she it they".split())
#: Acts that happen on a day which the telling may have given already.
TOLD_ON = frozenset("ASSAULT HARM PROTEST COERCE PROTECT MOBILIZE AID".split())
#: What stands between a word and the expression that belongs to it: "the 2019 grenade attack".
CLOSE = re.compile(r"(?:['’]s)? (?!that |who |which |and |as |when )(?:[\w-]+ ){0,2}")
#: A day said of an act told before it is not the saying's if more letters than a short source has
#: stand before the verb of saying
#: ("shot a man last Thursday, two days after a threat, a union said").
SOURCE_LETTERS = 30
#: "five days after CLAUSE": the clause's day is that much before the sentence's.
AFTER = re.compile(r"P(\d+)([DW])")


def link(events: Sequence[Event], dates: Sequence[Date], page: Page) -> tuple[Event, ...]:
    """The events, each with its period or none.

    The reader's word comes first, then what stands right before the word or hangs on it, then the
    nearest expression of the sentence that does not belong to a verb of saying; an act that is
    told again without a date keeps the one it was given.
    """
    read = [_read_here(event, dates, page) for event in events]
    found = [when for when, _ in read]
    return tuple(
        replace(event, when=when if said else _carried(event, events, found))
        for event, (when, said) in zip(events, read, strict=True)
    )


def _read_here(event: Event, dates: Sequence[Date], page: Page) -> tuple[When | None, bool]:
    """The period that the event's own sentence gives it, and whether it says one at all: a day
    that cannot be known ("last week" without the report's day) is said.
    """
    own = [d for d in dates if event.sentence.start <= d.start < event.sentence.end]
    shifted = _shifted(event, own)
    if shifted is not None:
        return shifted, True
    marked = _marked(event, dates, page)
    if marked is not None and not _dates_a_saying(marked, event, page):
        return (_period(marked, "clause") if marked.from_ is not None else None), True
    hung = [d for d in own if not _is_length(d) and _hangs_on(d, event, page)]
    if hung and hung[0].from_ is None:
        return None, True
    usable = [d for d in own if d.from_ is not None]
    text = page.report.text
    close = [d for d in usable if CLOSE.fullmatch(text[d.end : event.trigger.start])]
    if close:
        return _period(close[-1], "clause"), True
    free = [d for d in usable if not _dates_a_saying(d, event, page)]
    if free:
        return _period(min(free, key=lambda d: _distance(event, d)), "sentence"), True
    lost = [d for d in own if d.from_ is None and (d.timex or "").startswith("XXXX")]
    return None, any(not _dates_a_saying(d, event, page) for d in lost)


def _shifted(event: Event, own: Sequence[Date]) -> When | None:
    """ "on Tuesday, five days after crowds burned": the burning is that much before Tuesday."""
    for number, span in enumerate(own):
        length = AFTER.fullmatch(span.timex or "")
        side = span.text.lower().rsplit(maxsplit=1)[-1]
        if length is None or side not in {"after", "before"} or span.from_ is not None:
            continue
        later = own[number + 1].start if number + 1 < len(own) else event.sentence.end
        anchor = next((d for d in reversed(own[:number]) if d.precision == "day"), None)
        if anchor is None or anchor.from_ is None or not span.end <= event.trigger.start < later:
            continue
        days = int(length[1]) * (7 if length[2] == "W" else 1)
        day = date.fromisoformat(anchor.from_) + timedelta(days if side == "before" else -days)
        return When(from_=day.isoformat(), to=day.isoformat(), precision="day", basis="clause")
    return None


def _marked(event: Event, dates: Sequence[Date], page: Page) -> Date | None:
    """The expression that the reader tied to the event's trigger, the surest first; one with days
    before one without.
    """
    if page.reading is None:
        return None
    found: list[Date] = []
    for mark in page.reading.triggers:
        if mark.start < event.trigger.end and event.trigger.start < mark.end:
            for span in sorted(mark.roles.get("date", ()), key=lambda m: -m.score):
                found += [
                    d for d in dates
                    if d.start < span.end and span.start < d.end and not _is_length(d)
                ]  # fmt: skip
    return next((d for d in found if d.from_ is not None), found[0] if found else None)


def _is_length(one: Date) -> bool:
    """Whether an expression only says how long: "two days after"."""
    return one.from_ is None and (one.timex or "").startswith("P")


def _dates_a_saying(one: Date, event: Event, page: Page) -> bool:
    """Whether an expression hangs on a verb of saying that is not the event itself."""
    verb = _verb_over(one, page)
    if verb is None:
        return False
    says_a_thing = any(child.dep_ == "dobj" for child in verb.children)
    said = event.sentence.start + int(verb.idx)
    if event.trigger.start < one.start and one.end + SOURCE_LETTERS < said:
        return False
    if verb.lemma_ not in SAYING or says_a_thing or _hangs_on(one, event, page):
        return False
    return not _is_said(event, verb)


def _is_said(event: Event, verb: Token) -> bool:
    """Whether an act is done by the saying that a verb tells of: "Friday, she said she would not
    negotiate"; not an earlier one ("said that he had refused").
    """
    if event.type not in SAID or event.status is Status.DENIED:
        return False
    at = event.sentence.start
    doers = [p for p in event.participants if p.role is Role.ACTOR]
    subjects = [c for c in verb.children if c.dep_ == "nsubj"]
    return any(
        not SPEAKERS.isdisjoint({p.text.lower(), c.lower_}) or p.start <= at + int(c.idx) < p.end
        for p in doers
        for c in subjects
    )


def _hangs_on(one: Date, event: Event, page: Page) -> bool:
    """Whether the verb that governs an expression is the event's own word."""
    verb, sentence = _verb_over(one, page), page.sentence_at(one.start)
    if verb is None or sentence is None:
        return False
    return event.trigger.start <= sentence.start + int(verb.idx) < event.trigger.end


def _verb_over(one: Date, page: Page) -> Token | None:
    """The verb that governs an expression; None where its sentence has no tree."""
    sentence = page.sentence_at(one.start)
    if sentence is None or sentence.doc is None:
        return None
    token = sentence.doc.root_of(one.start - sentence.start, one.end - sentence.start)
    return _verb_of(token) if token is not None else None


def _verb_of(token: Token) -> Token:
    while token.tag_[:2] != "VB" and token.head.i != token.i:
        token = token.head
    return token


def _carried(event: Event, events: Sequence[Event], found: Sequence[When | None]) -> When | None:
    """The day that an act of the same type was given: the last before it, else the first after;
    else the day of the last other act before it.
    """
    if event.type not in TOLD_ON or event.background:
        return None
    dated = [
        (e, w) for e, w in zip(events, found, strict=True)
        if w is not None and e.type in TOLD_ON and not e.background and e.status == event.status
    ]  # fmt: skip
    same = [(e, w) for e, w in dated if e.type == event.type]
    before = [w for e, w in same if e.trigger.start < event.trigger.start]
    after = [w for e, w in same if e.trigger.start > event.trigger.start]
    others = [w for e, w in dated if e.trigger.start < event.trigger.start]
    chosen = before[-1:] or after[:1] or others[-1:]
    return replace(chosen[0], basis="report") if chosen else None


def _distance(event: Event, one: Date) -> tuple[int, int]:
    gap = max(one.start - event.trigger.end, event.trigger.start - one.end)
    return (FINE.index(one.precision or "decade") > FINE.index("month"), gap)


def _period(one: Date, basis: str) -> When:
    return When(
        from_=one.from_, to=one.to, precision=one.precision, basis=basis, open_end=one.open_end
    )
