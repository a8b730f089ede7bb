"""Who a source is to the event it tells of: the accused itself, the victim's side, an authority."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from watchfloor.records import Claim, Event, Role
from watchfloor.word.cues import LETTER, WORD

HARMFUL = frozenset({"ASSAULT", "COERCE", "THREATEN"})
#: How a speaker's own men are told of, in his words and in the reporter's.
_FIRST, _OWNED = frozenset({"our", "we"}), frozenset({"its", "their", "his", "her"})
#: Too small or too common to show that a source and a participant are one.
_COMMON = frozenset("the a an of and in at for its his her their group people men".split())


def stand(claims: Sequence[Claim], events: Sequence[Event]) -> tuple[Claim, ...]:
    """The claims, each source with its standing towards the events in its own words.

    One who tells of an act of its own is `accused`, one who tells of its own hurt `victim`;
    everybody else stays what it is by nature.
    """
    told = {claim.id: [e for e in events if _tells(claim, e)] for claim in claims}
    return tuple(_placed(claim, told[claim.id]) for claim in claims)


def _tells(claim: Claim, event: Event) -> bool:
    return event.type in HARMFUL and any(s.overlaps(event.trigger) for s in claim.content)


def _placed(claim: Claim, events: Sequence[Event]) -> Claim:
    source = claim.source
    if source is None:
        return claim
    parts = {p.role for e in events for p in e.participants if _is(claim, p.actor, p.text)}
    standing = source.standing
    if standing == "outlet":
        return claim  # whose report it is, not who was there
    if Role.ACTOR in parts:
        standing = "accused"
    elif parts & {Role.VICTIM, Role.TARGET, Role.RECIPIENT}:
        standing = "victim"
    return replace(claim, source=replace(source, standing=standing))


def _is(claim: Claim, actor: str | None, text: str) -> bool:
    """Whether a participant is the source: the same actor, "its guards", or the same name."""
    assert claim.source is not None
    if actor is not None and actor == claim.source.actor:
        return True
    theirs = [w.lower() for w in WORD.findall(text)]
    if theirs[:1] and theirs[0] in _FIRST:
        return True
    several = claim.source.text.lower().endswith("s")
    if theirs[:1] and theirs[0] in _OWNED | ({"they"} if several else {"it"}):
        # in his own words a speaker's men are "our men"
        return claim.quotation != "direct" and bool(claim.cue and LETTER.search(claim.cue.text))
    ours = {w.lower() for w in WORD.findall(claim.source.text)} - _COMMON
    return bool(ours & set(theirs) - _COMMON) and any(w[:1].isupper() for w in WORD.findall(text))
