"""The revisions of a report, and what each changed: in its words, and in what was coded."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from difflib import SequenceMatcher
from itertools import pairwise

import msgspec
from sqlalchemy import select

from watchfloor.records import CodedReport, Count, Event, Record, Span
from watchfloor.store import tables as t
from watchfloor.store.database import Session

_WORDS = re.compile(r"\S+\s*")
#: Texts of more characters than this are compared paragraph by paragraph.
LONG = 24_000
_PARAGRAPHS = re.compile(r"[^\n]+\n*|\n+")
_HARMS = ("killed", "injured", "abducted", "arrested", "missing", "ill")


class WordChange(Record, frozen=True, kw_only=True):
    """Words that were put in (`old` None), taken out (`new` None) or put for others. Each span is
    one of its own revision's text.
    """

    old: Span | None
    new: Span | None


class CodedChange(Record, frozen=True, kw_only=True):
    """What changed of one event: `field` is "event" where it came or went; what it was and is, None
    where it was or is not there.
    """

    event: str
    field: str
    old: str | None
    new: str | None


class Revision(Record, frozen=True, kw_only=True):
    """One revision of a report and what it changed of the one before; the first changed nothing."""

    revision: int
    received_at: datetime
    title: str | None
    published: str | None
    words: tuple[WordChange, ...] = ()
    coded: tuple[CodedChange, ...] = ()


def revisions_of(session: Session, report: str) -> list[Revision]:
    """Every revision that is kept, the oldest first; none where there is no such report."""
    r, now = t.revision.c, t.report.c
    old = session.execute(
        select(r.revision, r.received_at, r.coded).where(r.report == report).order_by(r.revision)
    ).all()
    latest = session.execute(
        select(now.revision, now.received_at, now.coded).where(now.id == report)
    ).all()
    rows = [(row.revision, row.received_at, _read(row.coded)) for row in (*old, *latest)]
    made = [_revision(*row) for row in rows[:1]]
    for (_, _, before), (number, at, after) in pairwise(rows):
        told = _revision(number, at, after)
        made.append(
            msgspec.structs.replace(
                told,
                words=tuple(changed_words(before.report.text, after.report.text)),
                coded=tuple(changed_events(before, after)),
            )
        )
    return made


def changed_words(old: str, new: str) -> Iterator[WordChange]:
    """Where two texts differ, in the order of the text."""
    pattern = _PARAGRAPHS if max(len(old), len(new)) > LONG else _WORDS
    before, after = (list(pattern.finditer(text)) for text in (old, new))
    had, has = ([m[0].strip() for m in some] for some in (before, after))
    matcher = SequenceMatcher(None, had, has, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind != "equal":
            yield WordChange(old=_span(old, before[a:b]), new=_span(new, after[c:d]))


def changed_events(old: CodedReport, new: CodedReport) -> Iterator[CodedChange]:
    """What differs in what was coded: events that came, went, or say something else."""
    left = list(old.events)
    for event in new.events:
        same = next((e for e in left if _key(e) == _key(event)), None)
        same = same or next((e for e in left if e.type == event.type), None)
        if same is None:
            yield CodedChange(event=_name(event), field="event", old=None, new=_told(new, event))
            continue
        left.remove(same)
        before, after = _facts(old, same), _facts(new, event)
        for field in after:
            if before[field] != after[field]:
                yield CodedChange(
                    event=_name(event), field=field, old=before[field], new=after[field]
                )
    for gone in left:
        yield CodedChange(event=_name(gone), field="event", old=_told(old, gone), new=None)


def _revision(number: int, at: datetime, coded: CodedReport) -> Revision:
    report = coded.report
    return Revision(revision=number, received_at=at, title=report.title, published=report.published)


def _read(coded: bytes) -> CodedReport:
    return msgspec.json.decode(coded, type=CodedReport)


def _span(text: str, words: list[re.Match[str]]) -> Span | None:
    if not words:
        return None
    start, end = words[0].start(), words[-1].start() + len(words[-1][0].rstrip())
    return Span(start=start, end=end, text=text[start:end])


def _key(event: Event) -> tuple[str, str]:
    return event.type, event.trigger.text.lower()


def _name(event: Event) -> str:
    return f"{event.type} {event.trigger.text!r}"


def _told(coded: CodedReport, event: Event) -> str:
    """An event in a few words."""
    facts = _facts(coded, event)
    return "; ".join(f"{name} {value}" for name, value in facts.items() if value is not None)


def _facts(coded: CodedReport, event: Event) -> dict[str, str | None]:
    """What is compared of an event, in words; None where the report does not say."""
    place = next((p for p in coded.places if event.place and p.id == event.place.place), None)
    when = event.when
    facts: dict[str, str | None] = {
        "type": event.type,
        "mode": event.mode,
        "status": str(event.status),
        "background": "history" if event.background else None,
        "place": f"{place.name} ({place.kind})" if place else None,
        "when": f"{when.from_} to {when.to}" if when else None,
        **{harm: _count(getattr(event.harm, harm)) for harm in _HARMS},
    }
    for role in ("actor", "recipient", "victim", "target", "instrument"):
        said = sorted(" ".join(p.text.split()) for p in event.participants if p.role == role)
        facts[role] = "; ".join(said) or None
    return facts


def _count(count: Count | None) -> str | None:
    if count is None:
        return None
    if count.low == count.high:
        return str(count.low)
    return (
        f"{'?' if count.low is None else count.low} to {'?' if count.high is None else count.high}"
    )
