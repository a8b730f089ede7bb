"""What a feed answered, and how what it said is told from what it said before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from hashlib import sha256

import msgspec

from watchfloor.read import Received
from watchfloor.records import Record
from watchfloor.store.entries import Known

#: What a feed offered before, by key.
Seen = Mapping[str, Known]


class Answer(Record, frozen=True, kw_only=True):
    """What a feed answered: the reports that are new or edited, with key and digest of each; and
    what a server says to be asked with next time. `same` are keys and digests of what was looked
    at and is no news, `offered` the keys of all that it offers; `more` says that there is more to
    be got at once.
    """

    reports: tuple[tuple[str, str, Received], ...] = ()
    same: tuple[tuple[str, str, str | None], ...] = ()
    offered: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    etag: str | None = None
    modified: str | None = None
    more: bool = False


def new_of(offered: Iterator[Received], seen: Seen) -> Answer:
    """Of what a feed offers what is new, by what it offered before."""
    found: list[tuple[str, str, Received]] = []
    problems: list[str] = []
    keys: list[str] = []
    for received in offered:
        if received.failed:
            problems += received.problems
            continue
        key = received.report.id
        digest = digest_of(received)
        keys.append(key)
        if key not in seen or seen[key].digest != digest:
            found.append((key, digest, received))
    return Answer(reports=tuple(found), problems=tuple(problems), offered=tuple(keys))


def digest_of(received: Received) -> str:
    """The hash of what a report says; another date alone is no news."""
    report = received.report
    said = [report.title, report.text, *([report.areas] if report.areas else [])]
    return sha256(msgspec.json.encode(said)).hexdigest()
