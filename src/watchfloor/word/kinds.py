"""What kind of source, what stance, what quotation: read off the words."""

from __future__ import annotations

import re

from watchfloor.parse import Page
from watchfloor.records import Actor, Span
from watchfloor.word.cues import Cues

WORD = re.compile(r"[\w’'-]+")
PRONOUNS = frozenset("he she it they we i him her them his their who".split())


def kind_of(source: Span, actor: Actor | None, cues: Cues) -> str:
    """named, unnamed, outlet or document."""
    words = [w.lower() for w in WORD.findall(source.text)]
    head = next(
        (w for w in reversed(words) if w in cues.documents | cues.outlets | cues.unnamed), ""
    )
    if (actor is not None and actor.sector == "JRN") or head in cues.outlets:
        return "outlet"
    if head in cues.documents and words[-1] in cues.documents:
        return "document"
    if words and words[0] in PRONOUNS and actor is not None:
        return "named" if actor.kind in {"person", "organisation", "state"} else "unnamed"
    if actor is not None and actor.kind in {"person", "state"}:
        return "named"
    names = [w for w in WORD.findall(source.text)[1:] if w[:1].isupper()]
    if head in cues.unnamed and not (actor is not None and actor.kind == "organisation" and names):
        return "unnamed"
    return "named" if names or source.text[:1].isupper() else "unnamed"


def stance_of(cue: Span, cues: Cues) -> str:
    """asserts, denies, doubts or asks."""
    words = {w.lower() for w in WORD.findall(cue.text)}
    for stance, lemmas in cues.stances.items():
        for word in words:
            if word in lemmas or _stem(word) in lemmas:
                return stance
    return "asserts"


def _stem(word: str) -> str:
    for ending, instead in (
        ("ied", "y"),
        ("ies", "y"),
        ("ed", ""),
        ("es", ""),
        ("s", ""),
        ("ing", ""),
    ):
        if word.endswith(ending):
            return word[: -len(ending)] + instead
    return word


def quotation_of(content: tuple[Span, ...], page: Page) -> str:
    """direct where all of the content is quoted, mixed where some is, else indirect."""
    total = sum(span.end - span.start for span in content)
    quoted = sum(
        max(0, min(span.end, q.end) - max(span.start, q.start))
        for span in content
        for q in page.quotations
    )
    if not total or not quoted:
        return "indirect"
    return "direct" if quoted >= 0.8 * total else "mixed"


def standing_of(actor: Actor | None, kind: str) -> str | None:
    """Who a source is by nature: authority, outlet, rights_group, witness; None if not known."""
    if kind == "outlet":
        return "outlet"
    if actor is None:
        return None
    if actor.sector == "NGO":
        return "rights_group"
    if actor.sector in {"GOV", "MIL", "COP", "JUD", "SPY", "LEG"}:
        return "authority"
    if any("witness" in m.text.lower() for m in actor.mentions):
        return "witness"
    return None
