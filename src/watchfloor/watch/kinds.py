"""Kinds of register entries: what rules call them, and the words of each one's sector."""

from __future__ import annotations

import re
from functools import cache

import msgspec

from watchfloor.data import load_yaml
from watchfloor.records import Record

OTHER = "other"


class SiteKind(Record, frozen=True, kw_only=True):
    """`also`: other words of registers for the kind; `sector`: words of reports for its sector."""

    also: tuple[str, ...] = ()
    sector: tuple[str, ...] = ()


@cache
def site_kinds() -> dict[str, SiteKind]:
    """The kinds that rules know."""
    return msgspec.convert(load_yaml("watch_sites.yaml"), dict[str, SiteKind])


@cache
def modes_of(type: str) -> tuple[str, ...]:
    """The modes that an event of a type can have, in the order of their table."""
    rows = load_yaml("what_modes.yaml").get(type, ())
    return tuple(dict.fromkeys(row["mode"] for row in rows))


def kind_of(written: str) -> str:
    """The kind that rules know for what a register calls an entry; `other` where it is neither."""
    word = written.strip().lower()
    known = site_kinds()
    if word in known:
        return word
    return next((kind for kind, one in known.items() if word in one.also), OTHER)


def in_sector(kind: str, phrase: str) -> bool:
    """Whether a phrase of a report is about people or works of a kind's sector."""
    words = _sector(kind)
    return words is not None and words.search(phrase) is not None


@cache
def _sector(kind: str) -> re.Pattern[str] | None:
    words = site_kinds()[kind].sector
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b", re.I) if words else None
