"""Whose act it was, where the act is only named as what people died of: "died in police firing"."""

from __future__ import annotations

from collections.abc import Iterator

from watchfloor.parse import Token
from watchfloor.what.lexicon import harm_words, triggers

#: Words between harm and the act that did it.
THROUGH = frozenset({"in", "by", "from", "to", "of", "during"})
#: Words that "to" and "of" follow before the cause of something: "due to", "because of".
CAUSAL = frozenset({"due", "because", "owing", "result", "victim"})
#: Relations by which a noun says whose act another noun names.
OWNING = frozenset({"compound", "poss", "nmod"})
#: What is shot or thrown belongs to whoever shoots: "fell to police bullets".
FIRED = frozenset("bullet shell rocket missile gunfire fire shrapnel teargas".split())
#: Fields of harm that an act may have brought.
BROUGHT = frozenset({"killed", "injured"})
NAMES = frozenset({"NOUN", "PROPN"})


def owners_of_cause(harm: Token) -> Iterator[Token]:
    """Those whose act, named after a word of harm, brought it; none after any other word.

    "Killed in police firing", "deaths due to army shelling", "hurt by the guards' shots", "killed
    in firing by the police".
    """
    word = harm_words().get(harm.lemma_.lower()) or harm_words().get(harm.lower_)
    if (word is None or word.field not in BROUGHT) and harm.lemma_.lower() != "fall":
        return
    for act in _acts_after(harm):
        for child in act.children:
            if _owns(child, act):
                yield child
            elif child.dep_ in {"agent", "prep"} and child.lower_ == "by":
                yield from (c for c in child.children if c.dep_ == "pobj")
        yield from owner_before(act)


def _owns(child: Token, act: Token) -> bool:
    """Whether a noun before an act owns it; the tree takes "police firing" for a clause."""
    owning = child.dep_ in OWNING or (act.tag_ == "VBG" and child.dep_ == "nsubj")
    return owning and child.pos_ in NAMES and child.i < act.i


def owner_before(act: Token) -> Iterator[Token]:
    """Whose act a noun in -ing is, by the word before it: "in police firing".

    The tree loses them where it takes the act for a clause.
    """
    lead = act.nbor(-1) if act.i else act
    if act.tag_ == "VBG" and lead.dep_ == "pobj" and lead.pos_ in NAMES:
        yield lead


def _acts_after(harm: Token) -> Iterator[Token]:
    """The acts that a word of harm names as its cause, and those that killed or "left two dead"."""
    verb = harm.head.head if harm.dep_ in {"amod", "acl"} else harm.head
    doing = verb if verb.lemma_.lower() == "leave" else harm
    for subject in doing.children if doing.pos_ == "VERB" else ():
        if subject.dep_ == "nsubj":
            act = subject.nbor(-1) if subject.tag_ == "WDT" and subject.i else subject
            yield from (act,) if _is_act(act) else ()
    for step in _steps(harm):
        for thing in step.children:
            if thing.dep_ not in {"pobj", "pcomp"}:
                continue
            if _is_act(thing):
                yield thing
            elif thing.i + 1 < len(thing.doc) and thing.nbor().tag_ == "VBG":
                yield from (t for t in (thing.nbor(),) if _is_act(t))
            for inner in thing.children:
                of = inner.dep_ == "prep" and inner.lower_ == "of"
                yield from (c for c in inner.children if of and c.dep_ == "pobj" and _is_act(c))


def _steps(harm: Token) -> Iterator[Token]:
    """The prepositions that lead from a word of harm to its cause."""
    for child in harm.children:
        if child.dep_ in {"prep", "agent"} and child.lower_ in THROUGH:
            yield child
        if child.lower_ in CAUSAL:
            yield child
            yield from (c for c in child.children if c.lower_ in THROUGH)


def _is_act(token: Token) -> bool:
    """Whether a word names an act of force, or what is fired in one."""
    lemma = token.lemma_.lower()
    entry = triggers().single.get((lemma, "noun")) or triggers().single.get((token.lower_, "noun"))
    return lemma in FIRED or (entry is not None and entry.type == "ASSAULT")
