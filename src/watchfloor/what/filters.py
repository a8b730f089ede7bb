"""What is left of the candidates: one event a happening, and none that nobody could do."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from watchfloor.data import load_yaml
from watchfloor.parse import Sentence, Token
from watchfloor.records import Actor, Participant
from watchfloor.what.candidates import HARMFUL, Candidate
from watchfloor.what.lexicon import harm_words, pattern
from watchfloor.what.people import MEASURES
from watchfloor.what.quiet import has_two_sides

#: Types that things and unknown people do as well; the others need somebody who acts for a body.
OPEN = frozenset({"ASSAULT", "HARM", "COERCE", "PROTEST", "PROTECT"})
#: A construction that the reader sees with this probability needs no known actor.
BACKED = 0.4
#: Acts of word and policy that the reader sees in any "will", "need" and "offer".
WORDS = frozenset("AGREE CONSULT SUPPORT COOPERATE AID REQUEST CONCEDE THREATEN".split())
VAGUE = frozenset(
    "be have do will would may might must need want offer hold carry wear use make give provide "
    "train survey publish say get take work serve play run".split()
)
#: Relations by which the words for one happening hang together: "killed in a blast".
SAME = frozenset({"agent", "prep", "pobj", "pcomp", "nsubj", "nsubjpass", "dobj", "advcl", "xcomp"})
#: Further ones by which a word for what came of it hangs on: "attacked a bus and killed five".
CAME_OF = SAME | {"conj", "ccomp", "relcl", "acl", "acomp", "oprd"}
#: How many steps of the tree the words for one happening are apart at most.
STEPS = 4
#: People killed after they were taken are another happening.
TAKEN = frozenset({"abducted", "arrested"})
#: Words by which a sentence goes on to another happening, and those that do so beside its noun.
APART = frozenset(
    "separately meanwhile elsewhere later while before after since until following".split()
)
#: Adjectives that tie what came of an act to it: "deaths due to firing".
CAUSAL = frozenset({"due", "owing"})
ANOTHER = frozenset({"another", "second", "separate", "other"})


def one_each(found: Sequence[Candidate]) -> list[Candidate]:
    """The candidates of a sentence without further words for a happening already there.

    "Gunmen attacked a bus, killing five" and "five were killed by a blast" are one event each:
    the word for the act stands for both, else the word that governs the other.
    """
    kept = {id(one): one for one in found}
    for one in found:
        for other in found:
            if other is not one and id(other) in kept and _stands_for(other, one):
                further = kept.pop(id(one))
                keeper = kept[id(other)]
                also = (*keeper.also, further, *further.also)
                kept[id(other)] = replace(keeper, also=also)
                break
    return list(kept.values())


def _stands_for(other: Candidate, one: Candidate) -> bool:
    """Whether one candidate is a further word for the happening that another tells of."""
    mine, theirs = _outcome(one), _outcome(other)
    if one.type == other.type and _is_one_act(one.head, other.head):
        return True
    if (mine in TAKEN or theirs in TAKEN) and mine != theirs:
        return False
    both = {one.type, other.type}
    if mine is not None and theirs is None and both <= HARMFUL:
        return _are_near(one.head, other.head, CAME_OF)
    if one.type != other.type or (mine is None and theirs is not None):
        return False
    nouns = one.head.pos_ == "NOUN" and other.head.pos_ == "NOUN"
    relations = CAME_OF if mine is not None and not nouns else SAME
    return _is_under(one.head, other.head, relations) and not _is_apart(one.head, other.head)


def _is_one_act(verb: Token, first: Token) -> bool:
    """Whether a verb joined to another goes on with the same act on the same thing: "demanded and
    requested an inquiry", "planted a charge and detonated it".
    """
    if verb.dep_ != "conj" or verb.head.i != first.i or verb.pos_ != "VERB":
        return False
    mine, theirs = ({c.dep_: c for c in word.children} for word in (verb, first))
    if "dobj" not in mine or mine.keys() & {"nsubj", "nsubjpass"} or _is_apart(verb, first):
        return False
    lone = theirs.keys().isdisjoint({"dobj", "prep", "prt", "agent", "xcomp", "ccomp", "nsubjpass"})
    return lone or mine["dobj"].pos_ == "PRON"


def _outcome(one: Candidate) -> str | None:
    """The field of harm that a word tells of; None for an act such as "attacked"."""
    word = harm_words().get(one.head.lemma_.lower()) or harm_words().get(one.head.lower_)
    return word.field if word is not None else None


def _is_apart(one: Token, other: Token) -> bool:
    """Whether a word between two others tells that they are two happenings."""
    low, high = sorted((int(one.i), int(other.i)))
    told = any(t.lower_ in APART and not _tells_how(t, low, high) for t in one.doc[low:high])
    return told or any(c.lower_ in ANOTHER for c in one.doc[high].children)


def _tells_how(after: Token, low: int, high: int) -> bool:
    """Whether "after" brings in the act that did the harm: "two were killed after rebels fired",
    "he died after being beaten".

    "Two days after" tells of another happening.
    """
    doc = after.doc
    word = harm_words().get(doc[low].lemma_.lower())
    led = after.dep_ == "mark" and after.head.i == high
    led = led or doc[after.i + 1].lower_ == "being"
    act = after.lower_ == "after" and led
    timed = doc[after.i - 1].lemma_.lower() in MEASURES | {"shortly", "soon", "long"}
    return act and not timed and word is not None and word.field in {"killed", "injured"}


def _is_under(one: Token, other: Token, relations: frozenset[str]) -> bool:
    return int(other.i) in _above(one, relations)


def _are_near(one: Token, other: Token, relations: frozenset[str]) -> bool:
    """Whether two words hang together in the tree, one under the other or both under a third."""
    mine, theirs = _above(one, relations), _above(other, relations)
    return bool(set(mine) & set(theirs)) and not _is_apart(one, other)


def _above(token: Token, relations: frozenset[str]) -> list[int]:
    """A word and those over it, as far as the relations hold."""
    line = [int(token.i)]
    for _ in range(STEPS):
        causal = token.lower_ in CAUSAL and token.dep_ == "amod"
        if not (causal or token.dep_ in relations) or token.head.i == token.i:
            break
        token = token.head
        line.append(int(token.i))
    return line


def typed(one: Candidate, sentence: Sentence, before: str | None) -> Candidate:
    """A candidate for ASSAULT made HARM where nobody meant it, and the other way round.

    So it is where the sentence tells of an accident and of nobody's attack; and where a word such
    as "died" follows on an accident (`before` is the type of the harmful event told last).
    """
    accident, meant, laid = _accidents()
    if one.type == "HARM" and laid.search(sentence.text):
        return replace(one, type="ASSAULT")
    if one.type != "ASSAULT" or one.mark is None:
        return one
    if meant.search(sentence.text):
        return one
    follows = before == "HARM" and _outcome(one) in {"killed", "injured", "missing"}
    return replace(one, type="HARM") if follows or accident.search(sentence.text) else one


@cache
def _accidents() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    table = load_yaml("what_accidents.yaml")
    return pattern(table["accident"]), pattern(table["meant"]), pattern(table["laid"])


def is_plausible(
    one: Candidate, participants: Sequence[Participant], actors: Sequence[Actor]
) -> bool:
    """Whether a candidate that only the reader vouches for has somebody who could do it.

    Prices rise and orchestras play: acts of speech and policy need a state, a body or an office,
    and somebody else whom they concern where the word itself says little ("will", "need").
    """
    backed = one.mark is not None and 1 - one.mark.none >= BACKED
    if one.type in OPEN or (one.entry is not None and (one.built is None or backed)):
        return True
    known = {actor.id: actor for actor in actors}
    inside = [known[p.actor] for p in participants if p.actor in known]
    two = has_two_sides(participants, actors)
    if not two and not any(a.kind in {"state", "organisation"} or a.sector for a in inside):
        return False
    vague = one.head.tag_ == "MD" or one.head.lemma_.lower() in VAGUE
    return not vague or one.type not in WORDS or two
