"""A paper ready to be written out: its sentences with numbers, its evidence as a list."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime

from watchfloor.records import Record
from watchfloor.response.draft.say import stamp
from watchfloor.response.edit import numbered
from watchfloor.response.records import Evidence, Paper, Sentence, Version
from watchfloor.store.releases import Release

#: What each paper is called.
KINDS = {
    "handover": "Handover", "intsum": "Intelligence summary", "sitrep": "Situation report",
    "weekly": "Weekly report", "assurance": "Letter of assurance",
}  # fmt: skip


class Line(Record, frozen=True, kw_only=True):
    """A sentence, what it rests on by number, and on whose word it is ("" where on nobody's)."""

    text: str
    numbers: tuple[int, ...]
    word: str

    @property
    def pieces(self) -> tuple[tuple[str, int | None], ...]:
        """What stands in brackets after it: each piece, with the number that it links to."""
        linked: list[tuple[str, int | None]] = []
        for n in self.numbers:
            linked += [(", ", None), (str(n), n)] if linked else [(str(n), n)]
        after = f"; {self.word}" if linked else self.word
        return (*linked, (after, None)) if self.word else tuple(linked)


class Cited(Record, frozen=True, kw_only=True):
    """Evidence as a released paper names it; `url` is where the world can read it, None where it
    is the desk's own.
    """

    text: str
    url: str | None = None


class Sheet(Record, frozen=True, kw_only=True):
    """A released paper. `facts` are label and value; `evidence` is numbered from 1."""

    title: str
    kind: str
    marking: str
    facts: tuple[tuple[str, str], ...]
    sections: tuple[tuple[str, tuple[Line, ...]], ...]
    evidence: tuple[Cited, ...]

    @property
    def tlp(self) -> str:
        """The marking as TLP 2.0 writes it."""
        return f"TLP:{self.marking}"


def sheet(
    paper: Paper, version: Version, release: Release, names: Mapping[str, str],
    urls: Mapping[str, str],
) -> Sheet:  # fmt: skip
    """A paper as it was released; `urls`: where reports were published, by their ids."""
    numbers = numbered(version.sections)
    signs = "Signed by" if paper.kind == "assurance" else "Released by"
    by = [release.proposed_by]
    if release.decided_by and release.decided_by != release.proposed_by:
        by.append(release.decided_by)
    facts = [
        ("Period", f"{stamp(paper.first_at)} to {stamp(paper.last_at)}"),
        *([("Site", names.get(paper.site, paper.site))] if paper.site else []),
        ("For", release.to),
        (signs, f"{' and '.join(by)}, {stamp(_when(release))}"),
        ("Version", str(version.version)),
    ]
    return Sheet(
        title=paper.title, kind=KINDS[paper.kind], marking=release.marking, facts=tuple(facts),
        sections=tuple(
            (s.title, tuple(_line(one, numbers) for one in s.sentences)) for s in version.sections
        ),
        evidence=tuple(
            Cited(text=cited(e), url=urls.get(e.id) if e.kind == "report" else None)
            for e in numbers
        ),
    )  # fmt: skip


def cited(one: Evidence) -> str:
    """Evidence as a released paper names it: a report by its span, without its words, which may
    name private persons; what the desk keeps by what it says.
    """
    at = f", {stamp(one.at)}" if one.at else ""
    old = " (old when this was drafted)" if one.stale else ""
    if one.kind == "report":
        return f"report {one.id}, characters {one.start} to {one.end}{at}{old}"
    return f"{one.kind.replace('_', ' ')} {one.id}: {one.says}{at}{old}"


def file_name(paper: Paper, form: str) -> str:
    """A name for the file that no system stumbles over."""
    words = re.sub(r"[^A-Za-z0-9]+", "-", paper.title).strip("-").lower()[:60]
    return f"{words or paper.kind}-v{paper.version}.{form}"


def _line(sentence: Sentence, numbers: Mapping[Evidence, int]) -> Line:
    word = f"in the words of {sentence.author}" if sentence.author else ""
    if sentence.author and not sentence.evidence:
        word = f"on the word of {sentence.author}"
    cited_ = tuple(numbers[e] for e in sentence.evidence)
    return Line(text=sentence.text, numbers=cited_, word=word)


def _when(release: Release) -> datetime:
    return release.decided_at or release.proposed_at
