"""The words of reports on which an alert rests, part by part."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from watchfloor.merge import MergedIncident
from watchfloor.records import CodedReport, Event, Record, Span

#: Roles of those who are harmed or aimed at.
HARMED_ROLES = frozenset({"victim", "target", "recipient"})


class Evidence(Record, frozen=True, kw_only=True):
    """What bears a part of a reason. `part`: event, place, people, toll or name."""

    part: str
    report: str
    start: int
    end: int
    text: str


def evidence_of(
    incident: MergedIncident, told: Mapping[str, CodedReport], name: str | None = None
) -> tuple[Evidence, ...]:
    """One stretch for each part and report; `name` is what an entry is called in the reports."""
    found: dict[tuple[str, str], Evidence] = {}
    for member in incident.members:
        coded = told.get(member.report)
        event = next((e for e in coded.events if e.id == member.event), None) if coded else None
        if coded is None or event is None:
            continue
        for part, span in _parts(coded, event):
            found.setdefault((part, member.report), _evidence(part, member.report, span))
    for report in incident.reports if name else ():
        named = named_in(name or "", told.get(report))
        if named is not None:
            found[("name", report)] = _evidence("name", report, named)
    return tuple(found.values())


def named_in(name: str, coded: CodedReport | None) -> Span | None:
    """Where a report names something in so many words, None where it does not."""
    if coded is None or not name or not _may_stand_in(name, coded):
        return None
    found = _whole(name).search(coded.report.text)
    return Span(start=found.start(), end=found.end(), text=found[0]) if found else None


def named_beside(name: str, incident: MergedIncident, told: Mapping[str, CodedReport]) -> bool:
    """Whether a paragraph that tells of the incident names something in so many words."""
    pattern = _whole(name)
    for member in incident.members:
        coded = told.get(member.report)
        if coded is None or not _may_stand_in(name, coded):
            continue
        event = next((e for e in coded.events if e.id == member.event), None)
        if event is not None:
            text = coded.report.text
            start = text.rfind("\n\n", 0, event.sentence.start) + 1
            end = text.find("\n\n", event.sentence.end)
            if pattern.search(text, start, end if end >= 0 else len(text)):
                return True
    return False


def _may_stand_in(name: str, coded: CodedReport) -> bool:
    """Whether a report could name something: told quickly, for names that stand nowhere in it."""
    return _folded(name) in _folded_text(coded.report.text)


def _folded(text: str) -> str:
    """A text in which whatever `_whole` takes for one letter is one."""
    return text.casefold().replace("\u0307", "").replace("ı", "i")


@lru_cache(maxsize=500)
def _folded_text(text: str) -> str:
    return _folded(text)


@lru_cache(maxsize=10_000)
def _whole(name: str) -> re.Pattern[str]:
    """A name as whole words, however it is written: "Dasu" does not stand in "Dasuya"."""
    return re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.I)


def _parts(coded: CodedReport, event: Event) -> Iterator[tuple[str, Span]]:
    yield "event", event.trigger
    if event.place is not None:
        for place in coded.places:
            if place.id == event.place.place:
                yield "place", place
    for one in event.participants:
        if one.role in HARMED_ROLES:
            yield "toll" if one.effect == "killed" else "people", one


def _evidence(part: str, report: str, span: Span) -> Evidence:
    return Evidence(part=part, report=report, start=span.start, end=span.end, text=span.text)
