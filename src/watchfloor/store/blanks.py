"""What papers quote of what was erased gives way to a marked gap, in each version of each paper."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

import msgspec
from sqlalchemy import select, update

from watchfloor.response.records import Evidence, Section, Sentence, Version
from watchfloor.store import audit
from watchfloor.store import response_tables as r
from watchfloor.store.database import Session
from watchfloor.store.papers import versions_of

#: What stands in place of a sentence, with the day on which it was erased.
GAP = "[Erased on {0:%Y-%m-%d}: what this sentence rested on is no longer in the record.]"
#: Something of the record, as evidence names it: its kind and its id.
Subject = tuple[str, str]


def blank(session: Session, gone: Collection[Subject], who: str, at: datetime) -> int:
    """Put a gap in place of each sentence that quotes a report that is gone, or that nothing is
    left for to rest on; how many. Other sentences lose their links to what is gone.

    Drafts and released papers alike; the audit log has a line for each version.
    """
    if not gone:
        return 0
    blanked = 0
    for n in session.scalars(select(r.paper.c.n)).all():
        blanked += sum(_blank(session, one, gone, who, at) for one in versions_of(session, n))
    return blanked


def _blank(
    session: Session, one: Version, gone: Collection[Subject], who: str, at: datetime
) -> int:  # fmt: skip
    sections = tuple(_without(section, gone, GAP.format(at)) for section in one.sections)
    pairs = list(zip(_each(sections), _each(one.sections), strict=True))
    blanked = sum(new.text != old.text for new, old in pairs)
    if sections != one.sections:
        c = r.paper_version.c
        here = update(r.paper_version).where(c.paper == one.paper, c.version == one.version)
        session.execute(here.values(sections=msgspec.to_builtins(sections)))
        subject = f"paper {one.paper}.{one.version}"
        audit.note(session, who, "paper blanked", subject, at, {"sentences": blanked})
    return blanked


def _each(sections: Iterable[Section]) -> list[Sentence]:
    return [sentence for section in sections for sentence in section.sentences]


def _without(section: Section, gone: Collection[Subject], gap: str) -> Section:
    def left(sentence: Sentence) -> Sentence:
        stays = tuple(e for e in sentence.evidence if _subject(e) not in gone)
        quoted = any(e.kind == "report" for e in sentence.evidence if e not in stays)
        if len(stays) == len(sentence.evidence) or (stays and not quoted):
            return msgspec.structs.replace(sentence, evidence=stays)
        return Sentence(text=gap, evidence=stays)

    return msgspec.structs.replace(section, sentences=tuple(map(left, section.sentences)))


def _subject(evidence: Evidence) -> Subject:
    return evidence.kind, evidence.id
