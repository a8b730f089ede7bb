"""What the tree ties to a trigger, and in which role."""

from __future__ import annotations

from collections.abc import Iterator

from watchfloor.parse import Token
from watchfloor.records import Role
from watchfloor.what.candidates import Candidate
from watchfloor.what.cause import owner_before, owners_of_cause

#: Roles of what a predicate acts on, by event type; the rest have a recipient.
OBJECT_ROLE = {"ASSAULT": Role.VICTIM, "HARM": Role.VICTIM, "PROTEST": Role.TARGET,
               "PROTECT": Role.TARGET, "MOBILIZE": Role.TARGET}  # fmt: skip
#: Verbs whose object is harmed; others of ASSAULT aim at a target.
HARMING = frozenset(
    "kill wound injure murder assassinate execute massacre behead stab shoot rape torture beat "
    "kidnap abduct slay hurt lynch slaughter maim die perish".split()
)
#: Verbs whose subject suffers what they, or the noun under them, tell of.
SUFFERING = frozenset({"die", "perish", "drown", "disappear", "suffer"})
RECEIVING = frozenset("receive face undergo get suffer sustain survive escape await fear".split())
#: Verbs of judging, telling and withstanding, whose object is what somebody else did.
TELLING = frozenset(
    "acknowledge attribute avert blame condemn confirm count criticise criticize denounce deny "
    "deplore describe discuss dismiss expect face fear film find foil hear identify investigate "
    "lament mention mourn prevent probe protest question rebuff recall regret reject repel report "
    "repudiate repulse see survive suspect tackle thwart watch welcome witness".split()
)
#: Nouns for what is done to whoever owns them: "his arrest", "the murder of a minister".
UNDERGONE = frozenset(
    "release arrest detention extradition deportation expulsion killing murder death assassination "
    "abduction kidnapping capture imprisonment execution rescue evacuation trial conviction defeat "
    "ouster dismissal overthrow".split()
)
TOWARD = frozenset("against on at to with upon toward towards".split())
#: Prepositions whose object is the other side, by event type.
SIDES = {
    "CONSULT": frozenset({"with", "to", "by"}), "COOPERATE": frozenset({"with"}),
    "AGREE": frozenset({"with", "to"}), "AID": frozenset({"to", "for"}),
    "RETREAT": frozenset({"from", "to"}), "REQUEST": frozenset({"to", "from", "on"}),
    "SUPPORT": frozenset({"for", "to"}), "SANCTION": frozenset({"against", "on", "from"}),
    "COERCE": frozenset({"against", "on", "from"}), "REJECT": frozenset({"from", "by", "with"}),
    "ACCUSE": frozenset({"against", "of", "on"}),
}  # fmt: skip
#: Acts whose noun has "from" before what is left or taken away, not before who did it.
AWAY = frozenset({"RETREAT", "SANCTION", "PROTECT", "HARM"})
#: Acts of two sides, who are both actors where they stand on either side of "and".
MUTUAL = frozenset({"between", "among"})


def ties(candidate: Candidate) -> Iterator[tuple[Role, Token]]:
    """Roles with the heads of those in them, by the trigger's own dependents and its verb's."""
    head = candidate.head
    inner = inner_role(candidate)
    taken = received(candidate)
    if taken is not None:
        yield from _received(taken, candidate, inner)
        return
    verbal = head.pos_ in {"VERB", "AUX"}
    nominal = not verbal or (head.tag_ == "VBG" and head.dep_ == "pobj")
    suffers = head.lemma_.lower() in SUFFERING
    for child in head.children:
        if child.dep_ == "nsubj":
            yield (inner if suffers else Role.ACTOR), child
        elif child.dep_ in {"nsubjpass", "dobj", "dative"}:
            yield inner, child
        elif child.dep_ == "prep" and suffers and child.lower_ in {"from", "by"}:
            yield from ((Role.ACTOR, c) for c in child.children if c.dep_ == "pobj")
        elif child.dep_ in {"agent", "prep"}:
            yield from _prepositional(child, candidate.type, inner, verbal)
        elif child.dep_ == "poss" and undergoes(child, head):
            yield inner, child
        elif child.dep_ == "poss" or (nominal and child.dep_ in {"compound", "amod", "nmod"}):
            yield Role.ACTOR, child
    owners = (*owners_of_cause(head), *owner_before(head))
    yield from ((Role.ACTOR, owner) for owner in owners)
    if verbal:
        yield from _shared(head)
    else:
        yield from _of_light_verb(head, candidate.type, inner)


def received(candidate: Candidate) -> tuple[Token, Token] | None:
    """The verb whose subject an act comes upon, and the noun of the act: "faced attacks",
    "came under criticism"; None where the verb is no such one.
    """
    noun: Token | None = candidate.head
    if candidate.built is not None:
        noun = candidate.built.noun
    elif candidate.head.lemma_.lower() in RECEIVING:
        noun = next((c for c in candidate.head.children if c.dep_ == "dobj"), None)
    if noun is None or noun.pos_ not in {"NOUN", "PROPN"}:
        return None
    verb = noun.head
    if noun.dep_ == "dobj" and verb.lemma_.lower() in RECEIVING:
        return verb, noun
    under = noun.dep_ == "pobj" and verb.lower_ == "under" and verb.head.lemma_ == "come"
    return (verb.head, noun) if under else None


def is_sender(head: Token, candidate: Candidate) -> bool:
    """Whether a received act comes from a word: "threats from the militia"."""
    taken = received(candidate)
    return (
        taken is not None
        and head.dep_ == "pobj"
        and head.head.lower_ in {"from", "by"}
        and head.head.head.i in {word.i for word in taken}
    )


def is_teller(head: Token, candidate: Candidate) -> bool:
    """Whether a word only tells of the act: "the ministry confirmed the attack", "residents heard
    explosions", "the army put the toll at four".
    """
    act, verb = candidate.head, candidate.head.head
    tells = verb.lemma_.lower() in TELLING or act.lemma_.lower() == "toll"
    return act.dep_ == "dobj" and tells and head.dep_ == "nsubj" and head.head.i == verb.i


def _received(
    taken: tuple[Token, Token], candidate: Candidate, inner: Role
) -> Iterator[tuple[Role, Token]]:
    """Roles around an act received, by its verb and noun."""
    verb, noun = taken
    yield from ((inner, c) for c in verb.children if c.dep_ == "nsubj")
    for preposition in (*noun.children, *verb.children):
        for thing in preposition.children:
            if is_sender(thing, candidate):
                yield Role.ACTOR, thing
    for child in noun.children:
        if child.dep_ in {"poss", "compound", "amod", "nmod"}:
            yield Role.ACTOR, child


def inner_role(candidate: Candidate) -> Role:
    """The role of whom or what a predicate acts on."""
    inner = OBJECT_ROLE.get(candidate.type, Role.RECIPIENT)
    if candidate.type == "ASSAULT" and candidate.head.lemma_.lower() not in HARMING:
        return Role.TARGET
    return inner


def _prepositional(
    preposition: Token, kind: str, inner: Role, verbal: bool
) -> Iterator[tuple[Role, Token]]:
    word = preposition.lower_
    toward = word in SIDES.get(kind, TOWARD)
    for thing in preposition.children:
        if thing.dep_ != "pobj":
            continue
        by = preposition.dep_ == "agent" or (word == "by" and kind != "REJECT")
        sent = word == "from" and not verbal and kind not in AWAY
        if by or sent or word in MUTUAL:
            yield Role.ACTOR, thing
        elif toward or (word == "of" and not verbal):
            yield inner, thing


def _of_light_verb(head: Token, kind: str, inner: Role) -> Iterator[tuple[Role, Token]]:
    """The subject of the verb that a noun completes: "launched an attack", "held talks"."""
    verb = head.head
    if verb.dep_ == "prep" or head.dep_ == "pobj":
        verb = verb.head
    if verb.lemma_.lower() == "responsibility" and verb.dep_ == "dobj":
        yield from ((Role.ACTOR, c) for c in verb.head.children if c.dep_ == "nsubj")
        return
    if verb.pos_ != "VERB" or head.dep_ not in {"dobj", "pobj"}:
        return
    passive = any(c.dep_ == "auxpass" for c in verb.children)
    for child in verb.children:
        if child.dep_ == "nsubj" and not passive and head.dep_ == "dobj":
            yield Role.ACTOR, child
        elif child.dep_ == "prep" and child.i > head.i and head.dep_ == "dobj":
            yield from _prepositional(child, kind, inner, verbal=True)
    if head.dep_ == "dobj" and not any(c.dep_ == "nsubj" for c in verb.children):
        yield from _shared(verb)


def _shared(head: Token) -> Iterator[tuple[Role, Token]]:
    """The subject that a verb shares with the one that governs it: "attacked, killing five"."""
    outer = head.head
    has_subject = any(c.dep_ in {"nsubj", "nsubjpass"} for c in head.children)
    passive = any(c.dep_ == "auxpass" for c in head.children)
    steps = 0
    verb = head
    while verb.dep_ in {"conj", "advcl", "xcomp"} and not has_subject and steps < 3:
        verb, steps = verb.head, steps + 1
        subjects = [c for c in verb.children if c.dep_ == "nsubj"]
        if subjects and not passive:
            yield from ((Role.ACTOR, child) for child in subjects)
            break
    if head.dep_ == "acl" and head.tag_ == "VBG":
        yield Role.ACTOR, outer
    if head.dep_ == "acl" and head.tag_ == "VBN":
        yield Role.VICTIM if head.lemma_.lower() in HARMING else Role.TARGET, outer


def is_doer(head: Token, candidate: Candidate) -> bool:
    """Whether a word is the subject of the trigger, or of the verb that the trigger completes."""
    verb = candidate.head
    if verb.pos_ not in {"VERB", "AUX"} and verb.dep_ == "dobj":
        verb = verb.head
    active = not any(c.dep_ == "auxpass" for c in verb.children)
    acts = any(c.dep_ in {"dobj", "ccomp", "xcomp"} for c in verb.children)
    plain = acts and verb.lemma_.lower() not in SUFFERING | RECEIVING
    return head.dep_ == "nsubj" and head.head.i == verb.i and active and plain


def is_undergoer(head: Token, candidate: Candidate) -> bool:
    """Whether an act comes upon a word: the subject of the trigger's passive, "nationals being
    attacked", or of a verb of receiving.

    The tree loses that subject after "reports of"; then it is the noun before the verb's group.
    """
    taken = received(candidate)
    if taken is not None:
        return head.dep_ == "nsubj" and head.head.i == taken[0].i
    verb = candidate.head
    if undergoes(head, verb):
        return True
    if any(c.dep_ == "nsubjpass" for c in verb.children):
        return head.dep_ == "nsubjpass" and head.head.i == verb.i
    if not any(c.dep_ == "auxpass" for c in verb.children) or head.i >= verb.i:
        return False
    between = verb.doc[head.i + 1 : verb.i]
    return all(t.dep_ in {"aux", "auxpass", "advmod", "neg"} for t in between)


def undergoes(head: Token, act: Token) -> bool:
    """Whether a noun tells what is done to somebody: "his arrest", "the arrest of a mayor", but not
    "the rebels' killing of a judge".
    """
    if act.lemma_.lower() not in UNDERGONE or act.pos_ != "NOUN":
        return False
    if head.dep_ == "pobj" and head.head.lower_ == "of":
        return head.head.head.i == act.i
    of_another = any(c.lower_ in {"of", "by"} for c in act.children)
    return head.dep_ == "poss" and head.head.i == act.i and not of_another


def is_under(head: Token, candidate: Candidate) -> bool:
    """Whether a word hangs on the trigger by nouns and prepositions alone."""
    token = head.head
    while token.i != candidate.head.i:
        if token.pos_ not in {"NOUN", "PROPN", "ADP"} or token.head.i == token.i:
            return False
        token = token.head
    return True


def reached(candidate: Candidate) -> Iterator[Token]:
    """The words of what an act is about, after its trigger, in order: where the other side is.

    "rejected Iran's proposal", "protest against Sweden's decision": clauses that tell the time or
    the reason, and who is quoted, are left out.
    """
    verb = candidate.head
    if verb.pos_ not in {"VERB", "AUX"} and verb.head.pos_ == "VERB" and verb.dep_ == "dobj":
        verb = verb.head
    stack = [c for c in verb.children if c.i > candidate.head.i and _is_about(c)]
    stack += [c for c in candidate.head.children if c.i > candidate.head.i and _is_about(c)]
    seen: dict[int, Token] = {}
    while stack:
        token = stack.pop()
        seen[int(token.i)] = token
        stack.extend(c for c in token.children if _is_about(c))
    return iter(seen[i] for i in sorted(seen))


def _is_about(token: Token) -> bool:
    if token.dep_ in {"nsubj", "npadvmod", "parataxis", "relcl", "punct", "conj"}:
        return token.dep_ in {"nsubj", "conj"}
    if token.dep_ == "advcl":
        return any(c.tag_ == "TO" or c.lower_ == "unless" for c in token.children)
    return not (token.dep_ == "prep" and token.lower_ in {"after", "before", "since", "during"})
