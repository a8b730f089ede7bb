"""Papers drafted from the record: each sentence is built from data and carries what it rests on."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from watchfloor.errors import InputError
from watchfloor.response.draft import events, means, work
from watchfloor.response.draft.seen import Feeding, Promised, Raised, Seen, Told
from watchfloor.response.records import PAPERS, Section, Sentence

__all__ = ["SECTIONS", "Feeding", "Promised", "Raised", "Seen", "Told", "draft"]

Tells = Callable[[Seen], list[Sentence]]
#: The headings of each paper and what is told under each, in order.
SECTIONS: Mapping[str, tuple[tuple[str, tuple[Tells, ...]], ...]] = {
    "handover": (
        ("What the desk can see", (events.sight,)),
        ("Alerts", (events.alerts,)),
        ("Verification", (events.verification,)),
        ("Open cases", (work.cases,)),
        ("To do", (work.to_do,)),
        ("Journeys", (means.journeys,)),
        ("Gaps and clashes", (means.lacking,)),
        ("Requests for information", (work.inquiries,)),
        ("Watch", (means.watches,)),
    ),
    "intsum": (
        ("What the desk can see", (events.sight,)),
        ("Incidents", (events.incidents,)),
        ("Alerts", (events.alerts,)),
        ("Verification", (events.verification,)),
        ("Commitments", (events.commitments,)),
        ("Requests for information", (work.inquiries,)),
    ),
    "sitrep": (
        ("What happened", (events.incidents,)),
        ("Verification", (events.verification,)),
        ("What the desk can see", (events.sight,)),
        ("The case", (work.cases,)),
        ("People", (work.head_count, work.check_ins)),
        ("What was done", (work.done, means.assigned)),
        ("What is still to do", (work.to_do, means.lacking)),
        ("Requests for information", (work.inquiries,)),
    ),
    "weekly": (
        ("What the desk can see", (events.sight,)),
        ("Counts", (events.trend,)),
        ("Incidents", (events.incidents,)),
        ("Cases and deadlines", (work.cases,)),
        ("Gaps and clashes", (means.lacking,)),
        ("Commitments", (events.commitments,)),
    ),
    "assurance": (
        ("Measures", (means.measures,)),
        ("Guards and vehicles", (means.assigned,)),
        ("What concerned the site", (events.near_site,)),
        ("Check-ins", (work.check_ins,)),
        ("What is not assured", (means.lacking, events.sight)),
    ),
}


def draft(kind: str, seen: Seen) -> tuple[Section, ...]:
    """The sections of a paper, those with nothing to say left out.

    Raises InputError for a kind of paper that there is not.
    """
    if kind not in SECTIONS:
        raise InputError(f"no such paper {kind!r}", right=f"one of {', '.join(PAPERS)}")
    made = (
        Section(title=title, sentences=tuple(s for tells in tellers for s in tells(seen)))
        for title, tellers in SECTIONS[kind]
    )
    return tuple(section for section in made if section.sentences)
