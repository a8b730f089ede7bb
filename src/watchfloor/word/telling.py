"""Chains of claims in words, for people."""

from __future__ import annotations

from collections.abc import Sequence

from watchfloor.parse import Page, printed_of
from watchfloor.records import Claim

#: How a claim without a source is told.
NOBODY = "somebody unnamed"


def voices(claims: Sequence[Claim], chain: Sequence[str]) -> tuple[str, ...]:
    """Who speaks in a chain, outermost first; "they" is told by the name it stands for.

    `chain` is `Event.claims`, innermost first; empty when the report itself asserts it.
    """
    by_id = {claim.id: claim for claim in claims}
    names: list[str] = []
    for claim in (by_id[name] for name in reversed(chain) if name in by_id):
        source = claim.source
        named = by_id.get(source.same_as) if source is not None and source.same_as else None
        meant = named.source if named is not None and named.source is not None else source
        names.append(" ".join(meant.text.split()) if meant is not None else NOBODY)
    return tuple(names)


def in_words(claims: Sequence[Claim], chain: Sequence[str], published: Sequence[str] = ()) -> str:
    """A chain told outermost first: "CNN-News18, citing top military sources".

    `published` is who published the report, outermost first; nobody is told twice running.
    """
    names: list[str] = []
    for name in (*published, *voices(claims, chain)):
        if not (names and is_same(names[-1], name)):
            names.append(name)
    return ", citing ".join(_plain(name) for name in names)


def published(page: Page) -> tuple[str, ...]:
    """Who published a report, as far as it says: its outlet, and whose piece it prints."""
    printed = printed_of(page.report.text)
    return tuple(filter(None, (page.report.outlet, printed.text if printed else None)))


def is_same(one: str, two: str) -> bool:
    """Whether two names are one outlet's, the longer of them with its kind or place."""
    left, right = one.casefold().removeprefix("the "), two.casefold().removeprefix("the ")
    return left in right or right in left


def _plain(name: str) -> str:
    """A name as it stands inside a sentence: "Top military sources" begins small."""
    first, _, rest = name.rstrip(",").partition(" ")
    small = first.lower() in _SMALL and (first[1:].islower() or len(first) == 1)
    return f"{first.lower()} {rest}".strip() if small else name.rstrip(",")


_SMALL = frozenset(
    "the a an our two three four five six several some many most top senior local military police "
    "officials witnesses residents villagers sources authorities diplomats investigators his her "
    "its their another other both former government state security unnamed relatives".split()
)
