"""Sources at one remove: "X said, citing Y", "Y told Radio X", "X quoted Y as saying"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from watchfloor.parse import Page, Sentence, Token
from watchfloor.records import Actor, Claim, Source, Span
from watchfloor.word.cues import WORD, Cues, lemmas_of
from watchfloor.word.grammar import head_verb, is_quoted, named_by, phrase_of, speaker_of, tokens_in
from watchfloor.word.kinds import quotation_of, source_of
from watchfloor.word.telling import is_same, published

#: Words that bring in whose word a sentence rests on.
CITING = frozenset({"citing", "quoting"})
#: The same in an aside: "the Coast Daily, which cites the police".
CITES = frozenset({"cite", "quote"})
_HEARING = frozenset({"dobj", "dative", "obj", "iobj"})
#: Who was spoken to by one who then says something, in the same sentence.
_SPOKEN_TO = re.compile(
    r"(?i)\b(?:interview (?:with|to)|(?:speaking|talking) (?:exclusively )?(?:to|on|with)|"
    r"(?:remarks|comments|statement) to) (?=\w)"
)


def relayed(
    claims: Sequence[Claim], page: Page, actors: Sequence[Actor], cues: Cues
) -> tuple[Claim, ...]:
    """The claims with those at one remove added, in order of their cues."""
    made = [_as_saying(claim, claims, page, (actors, cues)) for claim in claims]
    made = list(_cited(made, page, actors, cues))
    told = [outlet for claim in made for outlet in _told(claim, page, actors, cues)]
    told = [t for t in told if not _is_the_reports_own(t, [*claims, *told])]
    above = {outlet.id.removesuffix("t"): outlet.id for outlet in told}
    made = [replace(c, parent=c.parent or above.get(c.id)) for c in made]
    return tuple(sorted([*told, *made], key=lambda c: (c.cue.start if c.cue else 0, c.id)))


def _as_saying(
    claim: Claim, claims: Sequence[Claim], page: Page, known: tuple[Sequence[Actor], Cues]
) -> Claim:
    """ "X quoted Y as saying": the one who says it is Y, and X passes it on."""
    verb = _verb(claim, page)
    said = speaker_of(verb) if verb is not None and is_quoted(verb) else None
    sentence = page.sentence_at(claim.cue.start) if claim.cue is not None else None
    if verb is None or said is None or sentence is None:
        return claim
    above = (c.id for c in claims if c.id != claim.id and _verb(c, page) == verb.head.head)
    source = source_of(sentence.span(*said, page), *known)
    return replace(claim, source=source, parent=claim.parent or next(above, None))


def _cited(
    claims: Sequence[Claim], page: Page, actors: Sequence[Actor], cues: Cues
) -> Iterator[Claim]:
    """ "X said, citing Y": Y says the same, and X passes it on."""
    added: list[Claim] = []
    for sentence in page.sentences:
        for token in sentence.doc or ():
            if token.lower_ in CITING or (token.lemma_ in CITES and token.dep_ == "relcl"):
                added += _citation(sentence, token, claims, page, (actors, cues))
    covered = [c.cue for c in added if c.cue]
    for claim in claims:
        if claim.cue is None or not any(claim.cue.overlaps(cue) for cue in covered):
            yield claim
    yield from added


def _citation(
    sentence: Sentence,
    token: Token,
    claims: Sequence[Claim],
    page: Page,
    known: tuple[Sequence[Actor], Cues],
) -> Iterator[Claim]:
    thing = next((c for c in token.children if c.dep_ in {"dobj", "obj", "pobj"}), None)
    if thing is None:
        return
    cue = sentence.span(token, token, page)
    source = source_of(sentence.span(*phrase_of(thing), page), *known)
    here = [
        c for c in claims
        if c.cue and c.content and not c.cue.overlaps(cue)
        and sentence.start <= c.cue.start < sentence.end and c.source is not None
        and not any(s.contains(c.cue) for s in _spans(claims, c, cue))
    ]  # fmt: skip
    if not here:
        return
    main = min(here, key=lambda c: abs(c.cue.start - cue.start) if c.cue else 0)
    content = _without(main.content, page, cue.start, source.end)
    yield Claim(
        id=f"{main.id}b", source=source, cue=cue, content=content, parent=main.id,
        quotation=quotation_of(content, page),
    )  # fmt: skip


def _spans(claims: Sequence[Claim], but: Claim, citing: Span) -> Iterator[Span]:
    """What other claims say, that of the citing itself left out."""
    others = (c for c in claims if c.id != but.id)
    return (s for c in others if c.cue and not c.cue.overlaps(citing) for s in c.content)


def _without(
    content: Sequence[Span], page: Page, start: int | None, end: int | None
) -> tuple[Span, ...]:
    """Content with the words that name the cited source cut off or out."""
    assert start is not None and end is not None
    kept = []
    for span in content:
        parts = ((span.start, min(span.end, start)), (max(span.start, end), span.end))
        kept += [page.span(a, b) for a, b in parts if b - a > 2]
    return tuple(kept)


def _told(claim: Claim, page: Page, actors: Sequence[Actor], cues: Cues) -> Iterator[Claim]:
    """ "Y told Radio X", "speaking to Radio X, Y said": the outlet passes it on, unless it is the
    report's own.
    """
    verb = _verb(claim, page)
    sentence = page.sentence_at(claim.cue.start) if claim.cue is not None else None
    if verb is None or sentence is None or claim.cue is None:
        return
    if cues.is_preposition(claim.cue):
        return
    heard = _hearer(verb, told="tell" in lemmas_of(claim.cue.text)) or _spoken_to(sentence)
    if heard is None:
        return
    outlet: Source = source_of(sentence.span(*named_by(heard), page), actors, cues)
    if outlet.kind == "outlet" and not any(is_same(outlet.text, own) for own in published(page)):
        yield replace(claim, id=f"{claim.id}t", source=outlet, stance="asserts", parent=None)


def _is_the_reports_own(told: Claim, claims: Sequence[Claim]) -> bool:
    """Whether who is told is "the newspaper", where the report has named no outlet before."""
    source, words = told.source, WORD.findall(told.source.text) if told.source else []
    if source is None or told.cue is None or words[:1] not in (["the"], ["this"], ["our"]):
        return False
    named = (c for c in claims if c.source is not None and c.source.kind == "outlet")
    before = (c.source.start for c in named if c.source is not None and c.id != told.id)
    return source.text.islower() and not any(b is not None and b < told.cue.start for b in before)


def _hearer(verb: Token, *, told: bool) -> Token | None:
    """To whom something is said: "told Radio X", "confirmed to Radio X"."""
    heard = (c for c in verb.children if told and c.dep_ in _HEARING and c.i > verb.i)
    to = (t for c in verb.children if c.lower_ == "to" for t in c.children if t.dep_ == "pobj")
    return next(heard, None) or next(to, None)


def _spoken_to(sentence: Sentence) -> Token | None:
    """Whom a speaker speaks to: "in an interview with Radio Marina, the mayor said"."""
    match = _SPOKEN_TO.search(sentence.text)
    if match is None or sentence.doc is None:
        return None
    first = next((t for t in sentence.doc if t.idx >= match.end()), None)
    while first is not None and first.dep_ in {"det", "compound", "amod", "poss"}:
        first = first.head
    return first


def _verb(claim: Claim, page: Page) -> Token | None:
    return head_verb(tokens_in(page, claim.cue)[1]) if claim.cue is not None else None
