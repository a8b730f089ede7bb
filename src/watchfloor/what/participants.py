"""Who and what has a part in an event, and in which role."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from watchfloor.parse import Page, Sentence, Token
from watchfloor.parse.reader import Mark
from watchfloor.records import Actor, Count, Participant, Role, Span, actor_at
from watchfloor.what.candidates import Candidate
from watchfloor.what.effects import is_unhurt, of_people, of_things
from watchfloor.what.people import DAYS, Group, at_token, is_measure
from watchfloor.what.ties import (
    OBJECT_ROLE,
    inner_role,
    is_doer,
    is_sender,
    is_teller,
    is_under,
    is_undergoer,
    reached,
    ties,
)
from watchfloor.what.toll import Toll
from watchfloor.what.unfit import is_unfit, owner, stands_where

#: Heads that count harm, not people: "two deaths".
OUTCOMES = frozenset(
    "death deaths fatality fatalities injuries injury killings murders arrests".split()
)
NEVER = frozenset("which that who whom what this it there".split())
#: The reader's roles that are participants.
ROLES = {role.value: role for role in Role}
#: Roles that only an actor can have where the tree alone speaks for it.
ACTING = frozenset({Role.ACTOR, Role.RECIPIENT})
SUFFERERS = frozenset({Role.RECIPIENT, Role.VICTIM, Role.TARGET})
#: Types with another side, to whom the act is addressed.
TWO_SIDED = frozenset(
    "ACCUSE REJECT THREATEN PROTEST SANCTION REQUEST AGREE SUPPORT AID CONSULT COOPERATE CONCEDE "
    "RETREAT COERCE MOBILIZE".split()
)
#: Nouns for having something in one's hands: what they are "of" has the part in the event.
HOLDING = frozenset({"control", "possession", "custody"})
#: Words that no participant ends with.
SMALL = frozenset({"ADP", "DET", "CCONJ", "SCONJ"})
#: A body named alone is not one person: its name says nothing of how many people it stands for.
BODIES, ONE = frozenset({"state", "organisation"}), Count(low=1, high=1)
#: Nouns that stand for those named before.
STANDING = frozenset({"sides", "side", "parties", "third", "country", "countries", "nation"})
#: A reader's mark counts from this probability on.
SURE = 0.45


@dataclass(frozen=True, slots=True)
class Found:
    """A participant before its actor is known: the head word and its phrase."""

    role: Role
    head: Token
    span: Span


@dataclass(frozen=True, slots=True)
class Scene:
    """What participants are looked for in: a sentence with its noun phrases, and the actors."""

    page: Page
    sentence: Sentence
    phrases: Sequence[Group]
    actors: Sequence[Actor]

    def span(self, group: Group) -> Span:
        """The stretch of a noun phrase."""
        doc = group.head.doc
        return self.sentence.span(doc[group.first], doc[group.last], self.page)

    def wide(self, group: Group | None, start: int, end: int) -> Span:
        """A mark with the noun phrase that it lies over, if there is one."""
        if group is None:
            return self._trimmed(start, end)
        own = self.span(group)
        return self._trimmed(min(start, own.start), max(end, own.end))

    def _trimmed(self, start: int, end: int) -> Span:
        """A stretch without the small words at its end: "Beijing of the" is Beijing."""
        low, high = start - self.sentence.start, end - self.sentence.start
        tokens = [t for t in self.sentence.doc or () if t.idx < high and low < t.idx + len(t)]
        while tokens and (tokens[-1].pos_ in SMALL or tokens[-1].lower_ in DAYS):
            end = self.sentence.start + int(tokens.pop().idx)
            end = max(start, start + len(self.page.report.text[start:end].rstrip()))
        return self.page.span(start, end)

    def head(self, start: int, end: int) -> Token | None:
        """The word that governs the others between two offsets; None where there is no word."""
        doc = self.sentence.doc
        if doc is None:
            return None
        low, high = start - self.sentence.start, end - self.sentence.start
        tokens = [t for t in doc if t.idx < high and low < t.idx + len(t)]
        inside = {t.i for t in tokens}
        return next((t for t in tokens if t.head.i not in inside or t.head.i == t.i), None)


def participants(
    page: Page,
    sentence: Sentence,
    candidate: Candidate,
    actors: Sequence[Actor],
    tolls: Sequence[Toll],
    phrases: Sequence[Group],
) -> tuple[Participant, ...]:
    """Everybody and everything with a part in the event, each once; the harmed by its tolls."""
    scene = Scene(page, sentence, phrases, actors)
    tied = [one for part in (candidate, *candidate.also) for one in _governed(scene, part)]
    harmed = {one.head.i for one in tied if one.role is Role.VICTIM}
    found = [
        one
        for part in (candidate, *candidate.also)
        for one in _marked(scene, part)
        if one.role is not Role.ACTOR or one.head.i not in harmed
    ]
    roles = {one.role for one in found}
    able = {a.id for a in actors if a.kind != "unknown"}
    for one in tied:
        if one.role in roles or (one.role in ACTING and _actor_of(one, actors) not in able):
            continue
        found.append(one)
    if candidate.type == "REQUEST":
        found += _asked(scene, candidate)
    found += _harmed(scene, tolls)
    found = [one for one in found if _fits(one, scene, candidate)]
    if not {one.role for one in found} & SUFFERERS and candidate.type in TWO_SIDED:
        found += _other_side(scene, candidate, found)
    kept: list[Found] = []
    for one in found:
        if not any(one.span.overlaps(k.span) or _is_again(one, k, scene) for k in kept):
            kept.append(one)
    kept.sort(key=lambda f: f.span.start)
    return tuple(_participant(one, scene, tolls) for one in kept)


def _fits(one: Found, scene: Scene, candidate: Candidate) -> bool:
    """Whether a phrase can have the role in which it was found."""
    nobody = one.role is Role.ACTOR and any(c.lower_ == "no" for c in one.head.children)
    if nobody or is_unfit(one.role, one.head):
        return False
    if one.role is Role.ACTOR and is_teller(one.head, candidate):
        return False
    if one.role not in ACTING:
        return True
    actor = actor_at(one.span, scene.actors)
    if stands_where(one.head) and (actor is None or actor.kind == "unknown"):
        return False
    return one.role is Role.ACTOR or _is_somebody(one, scene)


def _is_again(one: Found, other: Found, scene: Scene) -> bool:
    """Whether two phrases name one doer: "the Front said that its fighters attacked"."""
    doer = _actor_of(one, scene.actors) if one.role is other.role is Role.ACTOR else None
    return doer is not None and doer == _actor_of(other, scene.actors)


def _is_somebody(one: Found, scene: Scene) -> bool:
    """Whether the head of a phrase, and no mere owner in it, is an actor's: "their army", not
    "their views"; words that stand for others pass.
    """
    at = scene.sentence.start + int(one.head.idx)
    named = any(m.start <= at < m.end for a in scene.actors for m in a.mentions)
    return named or one.head.pos_ in {"PRON", "DET"} or one.head.lower_ in STANDING


def _asked(scene: Scene, candidate: Candidate) -> Iterator[Found]:
    """The body of which something is asked: "guards for its staff from the ministry"."""
    bodies = {a.id for a in scene.actors if a.kind in {"state", "organisation"}}
    for group in scene.phrases:
        head = group.head
        said = head.dep_ == "pobj" and head.head.lower_ == "from" and head.i > candidate.last.i
        if said and is_under(head, candidate):
            one = Found(Role.RECIPIENT, head, scene.span(group))
            if _actor_of(one, scene.actors) in bodies:
                yield one


def _marked(scene: Scene, candidate: Candidate) -> Iterator[Found]:
    """What the reader saw around the trigger, each mark widened to its whole noun phrase."""
    if candidate.mark is None:
        return
    for name, marks in candidate.mark.roles.items():
        role = ROLES.get(name)
        for mark in _joined(marks, scene):
            head = scene.head(mark.start, mark.end) if role and mark.score >= SURE else None
            if role is None or head is None:
                continue
            group = at_token(scene.phrases, int(head.i))
            if group is not None and is_measure(group):
                continue
            whose = owner(head if group is None else group.head)
            span = scene.wide(group, mark.start, mark.end)
            if whose is not None:
                head, span = whose, phrase(scene.page, scene.sentence, whose)
            other_side = role is Role.RECIPIENT and candidate.type in TWO_SIDED - {"COERCE"}
            if other_side and is_doer(head, candidate):
                role = Role.ACTOR
            elif role is Role.ACTOR and is_undergoer(head, candidate):
                role = inner_role(candidate)
            elif is_sender(head, candidate):
                role = Role.ACTOR
            for part, own in _parts(scene, head, span):
                yield Found(role, part, own)


def _joined(marks: Sequence[Mark], scene: Scene) -> list[Mark]:
    """Marks of one role, those as one that "of" joins: "members" and "the militia"."""
    joined: list[Mark] = []
    for mark in marks:
        last = joined[-1] if joined else None
        between = scene.page.report.text[last.end : mark.start] if last else ""
        if last and between.split() in (["of"], ["of", "the"], ["of", "a"]):
            joined[-1] = Mark(last.start, mark.end, min(last.score, mark.score))
        else:
            joined.append(mark)
    return joined


def _parts(scene: Scene, head: Token, span: Span) -> list[tuple[Token, Span]]:
    """The phrases that a mark runs over, where they are of different actors: "A and B"."""
    low, high = span.start - scene.sentence.start, span.end - scene.sentence.start
    inside = [
        g
        for g in scene.phrases
        if low <= g.head.idx < high and (g.head.i == head.i or g.head.dep_ == "conj")
    ]
    found = [(g.head, scene.span(g)) for g in inside]
    actors = {_actor_at(own, scene.actors) for _, own in found}
    return found if len(found) > 1 and len(actors - {None}) > 1 else [(head, span)]


def _governed(scene: Scene, candidate: Candidate) -> Iterator[Found]:
    """What the tree ties to the trigger."""
    for role, head in ties(candidate):
        meant = _antecedent(head)
        for one in (meant, *(c for c in meant.children if c.dep_ == "conj")):
            group = at_token(scene.phrases, int(one.i))
            nominal = one.pos_ in {"NOUN", "PROPN", "PRON", "NUM", "ADJ"}
            if candidate.built is not None and candidate.built.noun is not None:
                nominal = nominal and one.i != candidate.built.noun.i
            if one.dep_ == "dobj" and candidate.first.i <= one.i <= candidate.last.i:
                continue  # "opened fire": what the trigger itself says
            if nominal and one.lower_ not in NEVER and not (group and is_measure(group)):
                yield Found(role, one, phrase(scene.page, scene.sentence, one))


def _antecedent(head: Token) -> Token:
    """What "who" and "which" stand for, and what "control of" it is; any other word itself."""
    if head.tag_ in {"WP", "WDT"} and head.head.dep_ == "relcl":
        return head.head.head
    if head.lemma_.lower() in HOLDING:
        inner = (o for c in head.children if c.lower_ == "of" for o in c.children)
        return next((o for o in inner if o.dep_ == "pobj"), head)
    return head


def phrase(page: Page, sentence: Sentence, head: Token) -> Span:
    """The noun phrase of a head without its clauses, appositions and further conjuncts."""
    cut = {"relcl", "acl", "advcl", "appos", "conj", "cc", "punct", "ccomp", "case"}
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


def _other_side(scene: Scene, candidate: Candidate, found: Sequence[Found]) -> list[Found]:
    """Whom an act of two sides was addressed to, where no word next to it says so.

    It is the first actor that what the act is about names: "rejected Iran's proposal".
    """
    doers = {_actor_of(one, scene.actors) for one in found if one.role is Role.ACTOR}
    role = OBJECT_ROLE.get(candidate.type, Role.RECIPIENT)
    home = {a.country for a in scene.actors if a.id in doers}
    first: list[Found] = []
    for token in reached(candidate):
        start = scene.sentence.start + int(token.idx)
        for actor in scene.actors:
            said = next((m for m in actor.mentions if m.start <= start < m.end), None)
            if said is None or actor.id in doers or actor.country is None:
                continue
            if token.dep_ == "poss" and token.pos_ == "PRON":
                continue
            if actor.kind == "unknown" and stands_where(token):
                continue
            one = Found(role, token, said)
            if actor.country not in home:
                return [one]
            first.append(one)
    return first[:1]


def _harmed(scene: Scene, tolls: Sequence[Toll]) -> Iterator[Found]:
    """The people whom the event's tolls count."""
    for toll in tolls:
        if toll.total or toll.part or _is_nobody(toll):
            continue
        role = Role.RECIPIENT if toll.field == "arrested" else Role.VICTIM
        for group in toll.people:
            if group.head.lower_ not in NEVER and group.head.lower_ not in OUTCOMES:
                yield Found(role, group.head, scene.span(group))


def _is_nobody(toll: Toll) -> bool:
    return toll.count is not None and toll.count.high == 0


def _effect(found: Found, tolls: Sequence[Toll], group: Group | None) -> str | None:
    """What became of a victim, a target or whoever an act was done to; None if it is not said."""
    if found.role in {Role.ACTOR, Role.INSTRUMENT}:
        return None
    if group is not None and (said := of_people(group.first, group.last, tolls)):
        return said
    return "unharmed" if is_unhurt(found.head) else of_things(found.head)


def _participant(found: Found, scene: Scene, tolls: Sequence[Toll]) -> Participant:
    group = at_token(scene.phrases, int(found.head.i))
    actor = _actor_of(found, scene.actors)
    count = group.count if group is not None else None
    if count == ONE and any(a.id == actor and a.kind in BODIES for a in scene.actors):
        count = None
    return Participant(
        start=found.span.start,
        end=found.span.end,
        text=found.span.text,
        role=found.role,
        actor=actor,
        count=count,
        effect=_effect(found, tolls, group),
    )


def _actor_of(found: Found, actors: Sequence[Actor]) -> str | None:
    """The actor of a participant; an instrument has none."""
    return None if found.role is Role.INSTRUMENT else _actor_at(found.span, actors)


def _actor_at(span: Span, actors: Sequence[Actor]) -> str | None:
    actor = actor_at(span, actors)
    return actor.id if actor is not None else None
