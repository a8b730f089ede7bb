"""Find who says what."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from watchfloor.parse import Page
from watchfloor.records import Actor, Claim, Source, Span
from watchfloor.word.cues import load
from watchfloor.word.kinds import kind_of, quotation_of, stance_of, standing_of
from watchfloor.word.marks import Found, attributions

#: How many sentences on a claim by an outlet ("X has learnt that …") goes on being told.
TELLING = 12
#: A quotation belongs to a speaker whose cue ended at most this many characters before it.
REACH = 400


def find(page: Page, actors: Sequence[Actor]) -> tuple[Claim, ...]:
    """Every claim of the report, chained by `parent`."""
    found = _continued(page, attributions(page))
    claims = [_claim(f"c{n}", one, page, actors) for n, one in enumerate(found, 1)]
    return tuple(replace(claim, parent=_parent(claim, claims, page)) for claim in claims)


def _continued(page: Page, found: list[Found]) -> list[Found]:
    """Quotations that run on: a quoted sentence beside a direct quotation keeps its speaker."""
    taken = [span for one in found for span in one.content]
    grown: dict[int, list[Span]] = {}
    for quote in page.quotations:
        whole = page.span(quote.start, quote.end)
        if len(whole.text.split()) < 4 or any(whole.overlaps(span) for span in taken):
            continue
        owner = _speaker(page, found, quote.start)
        if owner is not None:
            grown.setdefault(owner, []).append(whole)
    return [
        one if n not in grown else Found(one.source, one.cue, (*one.content, *grown[n]), one.score)
        for n, one in enumerate(found)
    ]


def _speaker(page: Page, found: list[Found], at: int) -> int | None:
    """The last attribution before a quotation, if it is itself of quoted words and near."""
    best = None
    for n, one in enumerate(found):
        near = one.cue.end <= at and at - one.cue.end < REACH
        if near and one.content and quotation_of(one.content, page) != "indirect":
            best = n
    return best


def _claim(name: str, one: Found, page: Page, actors: Sequence[Actor]) -> Claim:
    cues = load()
    actor = _actor_of(one.source, actors) if one.source else None
    source = None
    if one.source is not None:
        kind = kind_of(one.source, actor, cues)
        source = Source(
            start=one.source.start, end=one.source.end, text=one.source.text,
            actor=actor.id if actor else None, kind=kind, standing=standing_of(actor, kind),
        )  # fmt: skip
    return Claim(
        id=name, source=source, cue=one.cue, content=one.content,
        quotation=quotation_of(one.content, page), stance=stance_of(one.cue, cues),
    )  # fmt: skip


def _actor_of(source: Span, actors: Sequence[Actor]) -> Actor | None:
    best, fit = None, 0.0
    for actor in actors:
        for mention in actor.mentions:
            shared = min(mention.end, source.end) - max(mention.start, source.start)
            if shared > 0:
                joint = max(mention.end, source.end) - min(mention.start, source.start)
                if shared / joint > fit:
                    best, fit = actor, shared / joint
    return best


def _parent(claim: Claim, claims: Sequence[Claim], page: Page) -> str | None:
    """The claim that this one was passed on in.

    The smallest claim whose content holds this one's cue; else an outlet's or document's claim
    that opened the telling a few sentences before.
    """
    if claim.cue is None:
        return None
    around = [
        (span.end - span.start, other.id)
        for other in claims
        if other.id != claim.id
        for span in other.content
        if span.contains(claim.cue) and not _holds(claim, other)
    ]
    if around:
        return min(around)[1]
    own = page.sentence_at(claim.cue.start)
    for other in claims:
        if other.id == claim.id:
            break
        if other.source is None or other.source.kind != "outlet" or other.cue is None:
            continue
        if claim.source is not None and claim.source.kind == "unnamed" and _learnt(other):
            before = page.sentence_at(other.cue.start)
            if own and before and 0 < own.index - before.index <= TELLING:
                return other.id
    return None


def _learnt(claim: Claim) -> bool:
    """Whether an outlet says what it has learnt rather than what somebody told it to print."""
    assert claim.cue is not None
    return any(word in claim.cue.text.lower() for word in ("learn", "understand", "report", "hear"))


def _holds(claim: Claim, other: Claim) -> bool:
    """Whether the other claim's cue lies in this claim's content: then it is the inner one."""
    return other.cue is not None and any(span.contains(other.cue) for span in claim.content)
