"""What reading hands on: a report, what was wrong with it, and whether it can be coded."""

from __future__ import annotations

import re
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from hashlib import sha256

import msgspec

from watchfloor.read.language import SUPPORTED, detect
from watchfloor.records import Record, Report

#: A date, or a date and time with or without its zone.
_ISO = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?\s*(?:Z|[+-]\d\d:?\d\d)?)?")


class Received(Record, frozen=True, kw_only=True):
    """One report as received.

    `problems` say in words what was wrong. `failed` marks a report that was lost through a fault
    in the input; `coded` is False where there is nothing that could be coded: what failed, and
    texts in a language that is not supported. `raw` are the bytes that it was read from, None where
    they are kept nowhere by themselves (an entry of a feed).
    """

    report: Report
    problems: tuple[str, ...] = ()
    failed: bool = False
    coded: bool = True
    raw: bytes | None = None


def failure(origin: str, what: str) -> Received:
    """What stands for an input that could not be read; `origin` says where it came from."""
    report = Report(id=identity(origin, None, ""), text="")
    return Received(report=report, problems=(f"{origin}: {what}",), failed=True, coded=False)


def identity(origin: str | None, outlet: str | None, text: str) -> str:
    """The id of a report that brings none: a hash of where it is from and what it says.

    A report that has an address of its own (a page, an entry's guid, a message's id) is given
    without its text, so that an edit of it is seen as a revision of the same report.
    """
    tagged = msgspec.json.encode(["report", origin, outlet, text])
    return sha256(tagged).hexdigest()[:16]


def receive_report(report: Report) -> Received:
    """Judge a report: its date, its text, its language.

    An unreadable `published` becomes None; a language that cannot be coded yet is said so.
    """
    problems: list[str] = []
    published = report.published
    if published is not None:
        published = readable_date(published)
        if published is None:
            problems.append(f"published {report.published!r} is no date that can be read")
    language = report.language or detect(report.text)
    changed = msgspec.structs.replace(report, published=published, language=language)
    if not report.text.strip():
        return Received(report=changed, problems=(*problems, "no text"), failed=True, coded=False)
    if language is not None and language.lower().split("-")[0].split("_")[0] not in SUPPORTED:
        problems.append(f"not coded: language {language!r} is not supported yet")
        return Received(report=changed, problems=tuple(problems), coded=False)
    return Received(report=changed, problems=tuple(problems))


def readable_date(written: str) -> str | None:
    """A date as ISO date or RFC 3339 time, None where it cannot be read.

    ISO forms stay as written; the form of e-mail and RSS is turned into ISO.
    """
    written = written.strip()
    if _ISO.fullmatch(written):
        try:
            if len(written) > len("2022-06-15"):
                datetime.fromisoformat(written)
            else:
                date.fromisoformat(written)
        except ValueError:
            return None
        return written
    try:
        return parsedate_to_datetime(written).isoformat()
    except (ValueError, IndexError):
        return None
