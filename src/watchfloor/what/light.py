"""Light verbs: "launched an attack" tells of the attack in two words, and both are its trigger."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from watchfloor.parse import Doc, Sentence, Token
from watchfloor.records import Actor
from watchfloor.what.fields import FORCE, is_of_field

#: Verbs that say of an act only that it is done, begun or gone on with: part of its trigger.
LIGHT = frozenset(
    "launch begin start continue resume conduct stage mount commit wage perform execute undertake"
    " renew unleash initiate hold make".split()
)
#: Further ones that carry acts of force; "stag" is the lemma that the parser gives "staged".
CARRYING = LIGHT | {"stag", "carry", "perpetrate"}
#: Nouns for acts of force: in the hands of those who use force they are nothing else.
FORCEFUL = frozenset(
    "airstrike ambush assault attack bombardment bombing incursion offensive raid shelling"
    " strike".split()
)
#: Police raids search houses and prisoners strike: theirs are left to the reader.
ARMED = FORCE - {"COP", "CRM", "SPY"}
#: Strikes that even armed people go on.
PEACEFUL = frozenset({"hunger", "general"})


@dataclass(frozen=True, slots=True)
class Carried:
    """An act of force done by those who use force: its noun and the light verb that carries it."""

    noun: Token
    verb: Token

    def words(self) -> list[Token]:
        """The noun, what stands before it ("a precision strike") and the verb."""
        before = [c for c in self.noun.children if c.dep_ in {"compound", "amod"}]
        return [self.noun, *before, self.verb]


def carrier(act: Token) -> Token | None:
    """The light verb in front of a noun for an act that is its object ("launched a string of
    attacks"); None where there is none, or where a name stands between the two.
    """
    thing = _counted(act)
    verb = thing.head
    if act.pos_ != "NOUN" or thing.dep_ != "dobj" or verb.lemma_.lower() not in LIGHT:
        return None
    between = [verb.nbor(n) for n in range(1, act.i - verb.i)]
    if verb.i > act.i or any(t.pos_ == "PROPN" or t.is_punct for t in between):
        return None
    return verb


def carried(sentence: Sentence, doc: Doc, actors: Sequence[Actor]) -> Iterator[Carried]:
    """The acts of force that armed people, forces and states do by a light verb, in any voice:
    "conducted a strike", "a raid was mounted by", "strikes carried out by".

    A union stages a strike and a critic mounts an attack: whoever does it tells which it is.
    """
    for noun in doc:
        if noun.lemma_.lower() not in FORCEFUL or noun.pos_ not in {"NOUN", "PROPN"}:
            continue
        if any(c.lower_ in PEACEFUL for c in noun.children):
            continue
        verb = _verb(noun)
        if verb is None or not any(_uses_force(d, sentence, actors) for d in _doers(verb)):
            continue
        if not is_of_field(sentence.text):
            yield Carried(noun, verb)


def _verb(noun: Token) -> Token | None:
    """The light verb whose object or passive subject a noun is; None where there is none."""
    thing = _counted(noun)
    done = [c for c in thing.children if c.dep_ in {"acl", "relcl"} and c.tag_ in {"VBN", "VBD"}]
    over = [thing.head] if thing.dep_ in {"dobj", "nsubjpass"} else []
    return next((v for v in (*over, *done) if _carries(v)), None)


def _counted(noun: Token) -> Token:
    """The word that counts a noun, "a string of attacks"; else the noun itself."""
    of = noun.dep_ == "pobj" and noun.head.lower_ == "of" and noun.head.dep_ == "prep"
    return noun.head.head if of else noun


def _carries(verb: Token) -> bool:
    lemma = verb.lemma_.lower()
    out = any(c.dep_ == "prt" and c.lower_ == "out" for c in verb.children)
    return lemma in CARRYING and (lemma != "carry" or out)


def _doers(verb: Token) -> Iterator[Token]:
    """Who does what a light verb says: its subject, or the one that it shares; "by" in passives."""
    outer = verb
    while outer.dep_ in {"conj", "xcomp", "advcl", "ccomp"} and not _subject(outer):
        outer = outer.head
    yield from _subject(outer)
    for child in verb.children:
        if child.dep_ == "agent" or child.lower_ == "by":
            yield from (c for c in child.children if c.dep_ == "pobj")


def _subject(verb: Token) -> list[Token]:
    return [c for c in verb.children if c.dep_ == "nsubj"]


def _uses_force(word: Token, sentence: Sentence, actors: Sequence[Actor]) -> bool:
    """Whether a word is of a state or of armed people."""
    at = sentence.start + int(word.idx)
    return any(
        a.sector in ARMED or a.kind == "state"
        for a in actors
        if any(m.start <= at < m.end for m in a.mentions)
    )
