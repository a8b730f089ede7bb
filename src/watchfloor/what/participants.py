"""Who and what has a part in an event, and in which role."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from watchfloor.parse import Page, Sentence
from watchfloor.records import Actor, Participant, Role, Span
from watchfloor.what.candidates import Candidate
from watchfloor.what.effects import is_unhurt, of_people, of_things
from watchfloor.what.people import Group, at_token, groups
from watchfloor.what.tolls import Toll

if TYPE_CHECKING:
    from spacy.tokens import Token

#: Roles of what a predicate acts on, by event type; the rest have a recipient.
OBJECT_ROLE = {"ASSAULT": Role.VICTIM, "HARM": Role.VICTIM, "PROTEST": Role.TARGET,
               "PROTECT": Role.TARGET, "MOBILIZE": Role.TARGET}  # fmt: skip
#: Verbs whose object is harmed; others of ASSAULT aim at a target.
HARMING = frozenset(
    "kill wound injure murder assassinate execute massacre behead stab shoot rape torture beat "
    "kidnap abduct slay hurt lynch slaughter maim die perish".split()
)
#: Verbs whose subject suffers what they tell of.
SUFFERING = frozenset({"die", "perish", "drown", "disappear", "suffer"})
TOWARD = frozenset("against on at to with upon".split())
#: Heads that count harm, not people: "two deaths".
OUTCOMES = frozenset(
    "death deaths fatality fatalities injuries injury killings murders arrests".split()
)
NEVER = frozenset("which that who whom what this it there".split())
#: The reader's roles that are participants.
ROLES = {role.value: role for role in Role}
#: A reader's mark counts from this probability on.
SURE = 0.45


@dataclass(frozen=True, slots=True)
class Found:
    """A participant before its actor is known: the head word and its phrase."""

    role: Role
    head: Token | None
    span: Span


def participants(
    page: Page,
    sentence: Sentence,
    candidate: Candidate,
    actors: Sequence[Actor],
    tolls: Sequence[Toll] = (),
) -> tuple[Participant, ...]:
    """Everybody and everything with a part in the event, each once; the harmed by its tolls."""
    phrases = groups(sentence.doc) if sentence.doc is not None else []
    found = list(_marked(page, sentence, candidate))
    roles = {one.role for one in found}
    found += [
        one
        for one in _governed(page, sentence, candidate)
        if one.role not in roles and (one.role is not Role.ACTOR or _actor_of(one, actors))
    ]
    found += _harmed(page, sentence, tolls)
    kept: list[Found] = []
    for one in found:
        if not any(one.span.overlaps(k.span) for k in kept):
            kept.append(one)
    kept.sort(key=lambda f: f.span.start)
    return tuple(_participant(one, actors, tolls, phrases) for one in kept)


def _marked(page: Page, sentence: Sentence, candidate: Candidate) -> Iterator[Found]:
    """What the reader saw around the trigger."""
    if candidate.mark is None or sentence.doc is None:
        return
    for name, marks in candidate.mark.roles.items():
        if name not in ROLES:
            continue
        for mark in marks:
            if mark.score >= SURE and mark.end > mark.start:
                tokens = [
                    t for t in sentence.doc
                    if sentence.start + t.idx < mark.end
                    and mark.start < sentence.start + t.idx + len(t)
                ]  # fmt: skip
                inside = {t.i for t in tokens}
                head = next((t for t in tokens if t.head.i not in inside or t.head.i == t.i), None)
                yield Found(ROLES[name], head, page.span(mark.start, mark.end))


def _governed(page: Page, sentence: Sentence, candidate: Candidate) -> Iterator[Found]:
    """What the tree ties to the trigger."""
    for role, head in _ties(candidate):
        for one in (head, *(c for c in head.children if c.dep_ == "conj")):
            if one.pos_ in {"NOUN", "PROPN", "PRON", "NUM"} and one.lower_ not in NEVER:
                yield Found(role, one, phrase(page, sentence, one))


def _ties(candidate: Candidate) -> Iterator[tuple[Role, Token]]:
    head = candidate.head
    verbal = head.pos_ in {"VERB", "AUX"}
    inner = OBJECT_ROLE.get(candidate.type, Role.RECIPIENT)
    if candidate.type == "ASSAULT" and head.lemma_.lower() not in HARMING:
        inner = Role.TARGET
    for child in head.children:
        if child.dep_ == "nsubj":
            yield (inner if head.lemma_.lower() in SUFFERING else Role.ACTOR), child
        elif child.dep_ in {"nsubjpass", "dobj", "dative"}:
            yield inner, child
        elif child.dep_ in {"agent", "prep"}:
            yield from _prepositional(child, inner, verbal)
        elif child.dep_ == "poss":
            yield Role.ACTOR, child
    yield from _shared(head)


def _prepositional(preposition: Token, inner: Role, verbal: bool) -> Iterator[tuple[Role, Token]]:
    word = preposition.lower_
    for thing in preposition.children:
        if thing.dep_ != "pobj":
            continue
        if word == "by":
            yield Role.ACTOR, thing
        elif (word == "of" and not verbal) or (word in TOWARD and thing.ent_type_ != "DATE"):
            yield inner, thing


def _shared(head: Token) -> Iterator[tuple[Role, Token]]:
    """The subject that a verb shares with the one that governs it: "attacked, killing five"."""
    outer = head.head
    has_subject = any(c.dep_ in {"nsubj", "nsubjpass"} for c in head.children)
    if head.dep_ in {"conj", "advcl", "xcomp"} and outer.i != head.i and not has_subject:
        passive = any(c.dep_ == "auxpass" for c in head.children)
        for child in outer.children:
            if child.dep_ == "nsubj" and not passive:
                yield Role.ACTOR, child
    if head.dep_ == "acl" and head.tag_ == "VBG":
        yield Role.ACTOR, outer
    if head.dep_ in {"acl"} and head.tag_ == "VBN":
        yield Role.VICTIM if head.lemma_.lower() in HARMING else Role.TARGET, outer


def phrase(page: Page, sentence: Sentence, head: Token) -> Span:
    """The noun phrase of a head without its clauses, appositions and further conjuncts."""
    cut = {"relcl", "acl", "advcl", "appos", "conj", "cc", "punct", "ccomp"}
    first = last = head
    stack = [head]
    while stack:
        token = stack.pop()
        first, last = min(first, token, key=_at), max(last, token, key=_at)
        for child in token.children:
            far = child.dep_ == "prep" and child.lower_ not in {"of", "from"}
            if child.dep_ not in cut and not far:
                stack.append(child)
    return sentence.span(first, last, page)


def _at(token: Token) -> int:
    return int(token.i)


def _harmed(page: Page, sentence: Sentence, tolls: Sequence[Toll]) -> Iterator[Found]:
    """The people whom the event's tolls count."""
    for toll in tolls:
        if toll.total or toll.part or sentence.doc is None or _is_nobody(toll):
            continue
        role = Role.RECIPIENT if toll.field == "arrested" else Role.VICTIM
        for group in toll.people:
            if group.head.lower_ not in NEVER and group.head.lower_ not in OUTCOMES:
                span = sentence.span(sentence.doc[group.first], sentence.doc[group.last], page)
                yield Found(role, group.head, span)


def _is_nobody(toll: Toll) -> bool:
    return toll.count is not None and toll.count.high == 0


def _effect(found: Found, tolls: Sequence[Toll], group: Group | None) -> str | None:
    """What became of a victim, a target or whoever an act was done to; None if it is not said."""
    if found.head is None or found.role in {Role.ACTOR, Role.INSTRUMENT}:
        return None
    if group is not None and (said := of_people(group.first, group.last, tolls)):
        return said
    return "unharmed" if is_unhurt(found.head) else of_things(found.head)


def _participant(
    found: Found, actors: Sequence[Actor], tolls: Sequence[Toll], phrases: Sequence[Group]
) -> Participant:
    group = at_token(phrases, int(found.head.i)) if found.head is not None else None
    return Participant(
        start=found.span.start,
        end=found.span.end,
        text=found.span.text,
        role=found.role,
        actor=_actor_of(found, actors),
        count=group.count if group is not None else None,
        effect=_effect(found, tolls, group),
    )


def _actor_of(found: Found, actors: Sequence[Actor]) -> str | None:
    """The actor with the mention that fits the participant's phrase best."""
    if found.role is Role.INSTRUMENT:
        return None
    best, fit = None, 0.0
    for actor in actors:
        for mention in actor.mentions:
            shared = min(mention.end, found.span.end) - max(mention.start, found.span.start)
            if shared > 0:
                joint = max(mention.end, found.span.end) - min(mention.start, found.span.start)
                if shared / joint > fit:
                    best, fit = actor.id, shared / joint
    return best
