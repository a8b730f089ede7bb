"""Sources that point back: "they added", "the official went on", "the statement said"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from watchfloor.records import Actor, Claim, Source, Span
from watchfloor.word.cues import WORD, Cues, lemmas_of

PERSON = frozenset({"he", "she"})
PRONOUNS = PERSON | {"they", "it"}
ARTICLES = frozenset({"the", "this", "that", "these", "those", "both"})
#: Words of a source that points back: "the same senior official".
LONGEST = 4
#: Claims back that a pointing source may look, and a pronoun, which stays near.
FAR, NEAR = 12, 6
#: Words for a body that has been named.
BODIES = frozenset(
    "group organisation organization company firm charity movement party union body force".split()
)
#: Who speaks of himself.
FIRST = frozenset({"i", "we"})


def name_speakers(
    claims: Sequence[Claim], actors: Sequence[Actor], cues: Cues
) -> tuple[Claim, ...]:
    """The claims; a source that points back says by `same_as` which claim's source it is.

    It takes over what is known of that source.
    """
    by_id = {actor.id: actor for actor in actors}
    kinds = {actor.id: actor.kind for actor in actors}
    told: list[Claim] = []
    for claim in claims:
        before = _antecedent(claim, told, kinds, cues)
        if before is not None and _means_another(claim, before, claims, by_id):
            before = None
        told.append(_named(claim, before))
    return tuple(_named(claim, _own(claim, told)) for claim in told)


def _means_another(
    claim: Claim, before: Claim, claims: Sequence[Claim], actors: Mapping[str, Actor]
) -> bool:
    """Whether "he" is a person whom the reporter has named since the last speaker: "its envoy came
    to Tarsa; asked who had fired, he said".
    """
    source, spoke = claim.source, before.source
    actor = actors.get(source.actor or "") if source is not None else None
    if source is None or spoke is None or actor is None or actor.id == spoke.actor:
        return False
    if source.text.lower() not in PERSON or actor.kind != "person":
        return False
    told = [span for c in claims for span in c.content]
    since = (m for m in actor.mentions if (spoke.end or 0) < m.start < (source.start or 0))
    return any(
        m.text.lower() not in PRONOUNS and not any(span.contains(m) for span in told) for m in since
    )


def _named(claim: Claim, before: Claim | None) -> Claim:
    """The claim, its source known for the one of the claim `before`."""
    if claim.source is None or before is None or before.source is None:
        return claim
    meant = before.source
    source = replace(
        claim.source,
        actor=claim.source.actor or meant.actor,
        kind=meant.kind,
        standing=claim.source.standing or meant.standing,
        same_as=meant.same_as or before.id,
    )
    return replace(claim, source=source)


def _own(claim: Claim, claims: Sequence[Claim]) -> Claim | None:
    """The claim whose speaker says "I believe" or "we think" in it."""
    if claim.source is None or claim.cue is None or claim.source.text.lower() not in FIRST:
        return None
    around = [
        (span.end - span.start, n)
        for n, other in enumerate(claims)
        for span in other.content
        if other is not claim and other.source is not None and span.contains(claim.cue)
        and other.source.text.lower() not in FIRST
    ]  # fmt: skip
    return claims[min(around)[1]] if around else None


def _antecedent(
    claim: Claim, told: Sequence[Claim], kinds: Mapping[str, str], cues: Cues
) -> Claim | None:
    if claim.source is None or claim.cue is None:
        return None
    words = _words(claim.source)
    near = [c for c in reversed(told) if c.source is not None]
    if len(words) == 1 and words[0] in PRONOUNS:
        if not lemmas_of(claim.cue.text) & cues.telling and not cues.is_phrase(claim.cue):
            return None  # "they fear": whoever the sentence is about
        fits = (c for c in near[:NEAR] if _can_be(words[0], c.source, kinds, cues))
        return next(fits, None)
    if words and words[0] in ARTICLES and len(words) <= LONGEST and not _is_name(claim.source):
        body = [c for c in near[:FAR] if _is_body(words, c, kinds)]
        return next((c for c in near[:FAR] if c in body or _is_meant(words, c, cues)), None)
    return None


def _is_name(source: Source) -> bool:
    """Whether a source is told by its full name, which points back at nobody."""
    written = WORD.findall(source.text)[1:]
    return not source.text.isupper() and sum(w[:1].isupper() for w in written) > 1


def _words(source: Source) -> list[str]:
    return [w.lower() for w in WORD.findall(source.text)]


def _can_be(pronoun: str, source: Source | None, kinds: Mapping[str, str], cues: Cues) -> bool:
    assert source is not None
    words = _words(source)
    if len(words) == 1 and words[0] in PRONOUNS:
        return words[0] == pronoun
    if pronoun == "they":
        return is_plural(source, cues)
    person = kinds.get(source.actor or "") == "person" or (
        source.kind != "outlet" and _head(words, cues) in cues.unnamed
    )
    if pronoun == "it":
        return not person and not is_plural(source, cues)
    thing = source.kind in {"outlet", "document"} or kinds.get(source.actor or "") == "organisation"
    return not is_plural(source, cues) and (person or not thing)


def is_plural(source: Source, cues: Cues) -> bool:
    """Whether a source is several: "top military sources", "two officials", "police"."""
    words = _words(source)
    if "and" in words or words[:1] in (["two"], ["three"], ["several"], ["both"]):
        return True
    head = _head(words, cues)
    return head in {"police", "people"} or (head in cues.unnamed and head.endswith("s"))


def _head(words: Sequence[str], cues: Cues) -> str:
    """The noun that says what a source is: the last one before "of", "in" or "at"."""
    cut = next((n for n, w in enumerate(words) if n and w in _BREAKS), len(words))
    known = cues.unnamed | cues.documents | cues.outlets
    return next((w for w in reversed(words[:cut]) if w in known), words[cut - 1] if words else "")


_BREAKS = frozenset("of in at from with for who which that on near close familiar by".split())


def _is_body(words: Sequence[str], claim: Claim, kinds: Mapping[str, str]) -> bool:
    """Whether "the group" can be the source of a claim: a body that is named."""
    source = claim.source
    if source is None or source.kind != "named" or source.text.lower() in PRONOUNS:
        return False
    body = kinds.get(source.actor or "") in {"organisation", "group"}
    return body and len(words) == 2 and words[1] in BODIES


def _is_meant(words: Sequence[str], claim: Claim, cues: Cues) -> bool:
    """Whether "the official" can be the source of a claim: the same noun, of the same number; or
    "the statement" that in which it was said.
    """
    source = claim.source
    assert source is not None
    theirs = _words(source)
    if theirs[:1] and theirs[0] in PRONOUNS:
        return False
    head = words[-1]
    if head == _head(theirs, cues) or (head not in cues.documents and _is_said_of(head, source)):
        return True
    if claim.cue is not None and head in cues.documents and head in _said_in(claim.cue):
        return True
    if head in cues.outlets and source.kind == "outlet":
        return True
    return head in {"statement", "release", "note", "letter"} and source.kind == "document"


def _is_said_of(head: str, source: Source) -> bool:
    """Whether a word says what a source is, and not what another word of it is of: "the mayor" is
    Ana Ruiz, the mayor, or Mayor Ruiz, and "the hospital" is not hospital sources.
    """
    ends = rf"(?=$|,|\s+(?:{'|'.join(_BREAKS)})\b|\s+[A-Z])"
    return re.search(rf"\b(?i:{re.escape(head)})\b{ends}", source.text) is not None


def _said_in(cue: Span) -> list[str]:
    """The words of a cue that tell in what it was said: "said in a statement"."""
    words = [w.lower() for w in WORD.findall(cue.text)]
    return words[words.index("in") :] if "in" in words else []
