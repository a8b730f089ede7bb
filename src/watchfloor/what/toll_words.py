"""Statements of harm that a word of harm makes: a verb, a noun or a state."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from watchfloor.parse import Doc, Token
from watchfloor.what.lexicon import HarmWord
from watchfloor.what.people import Group, at_token, is_measure
from watchfloor.what.sufferers import after, before, is_passive, of_noun, whom
from watchfloor.what.toll import Toll, are_people, has_number, stated

#: Verbs that lead to a state: "left five dead", "found shot".
LEAVING = frozenset("leave find shoot kill hack gun declare pronounce stab beat".split())
#: Verbs that nobody does to anybody.
LONE = frozenset({"die", "perish", "succumb", "vanish", "disappear"})


def of_known(doc: Doc, token: Token, word: HarmWord, found: Sequence[Group]) -> Iterator[Toll]:
    """What a word of harm states, as the part of speech that it is here."""
    if token.pos_ in {"VERB", "AUX"}:
        yield from _of_verb(doc, token, word, found)
    elif token.pos_ in {"NOUN", "PROPN"} and word.parts & {"nouns", "counted"}:
        yield from _of_noun(doc, token, word, found)
    elif "states" in word.parts:
        yield from _of_state(doc, token, word, found)


def _of_verb(doc: Doc, token: Token, word: HarmWord, found: Sequence[Group]) -> Iterator[Toll]:
    if not word.parts & {"verbs", "dying", "hits"}:
        if "states" in word.parts:
            yield from _of_state(doc, token, word, found)
        return
    if "hits" in word.parts and token.i + 1 < len(doc) and doc[token.i + 1].lower_ == "at":
        return
    turned = _turned(doc, token, found)
    if turned:
        yield from stated(word.field, token, turned)
        return
    people = _dying(doc, token, found) if "dying" in word.parts else sufferers_of(doc, token, found)
    if token.dep_ == "amod" and token.i < token.head.i and not people:
        own = at_token(found, int(token.i))
        people = [own] if own else []
    if "hits" in word.parts or _is_down(token):
        people = [g for g in people if are_people(g, named="blows" in word.parts)]
        if _is_down(token) and token.lemma_.lower() == "shoot":  # "shot down 17 of 20" drones
            people = [g for g in people if g.head.pos_ != "NUM"]
    yield from stated("killed" if _is_down(token) else word.field, token, people)


def _dying(doc: Doc, verb: Token, found: Sequence[Group]) -> list[Group]:
    """Who dies: the subject, or the object of what kills them: "floods drowned a ferryman"."""
    lone = verb.lemma_.lower() in LONE or not any(c.dep_ == "dobj" for c in verb.children)
    if lone:
        return before(doc, verb, found)
    return [g for g in after(doc, verb, found) if g.count is not None]


def _is_down(token: Token) -> bool:
    """Whether somebody is shot, gunned or cut down."""
    return any(c.lower_ == "down" and c.i == token.i + 1 for c in token.children)


def sufferers_of(doc: Doc, verb: Token, found: Sequence[Group]) -> list[Group]:
    """Whom a verb is done to: those before it where it is passive, or where it stands in a clause
    about them ("whom they shot"), else those after it.
    """
    meant = whom(doc, verb, found)
    if meant:
        return meant
    return before(doc, verb, found) if is_passive(doc, verb, found) else after(doc, verb, found)


def _of_state(doc: Doc, token: Token, word: HarmWord, found: Sequence[Group]) -> Iterator[Toll]:
    """ "five dead", "left 12 injured", "the wounded soldiers", "two were missing"."""
    own = at_token(found, int(token.i))
    turned = _turned(doc, token, found)
    if turned:
        yield from stated(word.field, token, turned)
        return
    put = _put_at(doc, token, found)
    if put is not None:
        yield Toll(word.field, put.count, token, (put,), total=True)
        return
    if own is not None and own.count is not None:
        yield from stated(word.field, token, [own])
        return
    if own is not None and own.head.i != token.i:
        yield from stated(word.field, token, [own], unsaid=True)
        return
    verb = doc[token.i - 1] if token.i else token
    bare = at_token(found, int(verb.i)) if verb.pos_ == "NUM" else None
    if bare is not None:
        yield from stated(word.field, token, [bare])  # "now stand at 318 dead"
        return
    leaves = (verb.pos_ == "VERB" and verb.lemma_.lower() in LEAVING) or verb.lower_ == "shot"
    if leaves and not is_passive(doc, token, found):
        people = after(doc, token, found)
        if people:
            yield from stated(word.field, token, people)
            return
    yield from stated(word.field, token, before(doc, token, found))


def _turned(doc: Doc, token: Token, found: Sequence[Group]) -> list[Group]:
    """Who follows "is" at the head of a turned sentence: "also killed was a guard", "the wounded
    were Ana Ruiz and two others"; nobody in any other.
    """
    own = at_token(found, int(token.i))
    first = token.i <= 1 or (own is not None and own.head.i == token.i and own.first <= 1)
    following = doc[token.i + 1] if token.i + 1 < len(doc) else token
    if not first or following.lemma_.lower() != "be" or token.tag_ == "VBG":
        return []
    return after(doc, following, found)


def _put_at(doc: Doc, token: Token, found: Sequence[Group]) -> Group | None:
    """The number in "put the dead at 38"."""
    if token.i + 2 >= len(doc) or doc[token.i + 1].lower_ != "at" or token.nbor(-1).lower_ != "the":
        return None
    group = at_token(found, int(token.i) + 2)
    return group if group is not None and has_number(group) and not is_measure(group) else None


def _of_noun(doc: Doc, token: Token, word: HarmWord, found: Sequence[Group]) -> Iterator[Toll]:
    own = at_token(found, int(token.i))
    nobody = own is not None and own.count is not None and own.count.high == 0
    if (
        own is not None
        and own.head.i == token.i
        and "counted" in word.parts
        and (nobody or has_number(own))
    ):
        yield Toll(word.field, own.count, token, (own,))
        return
    if nobody or (own is not None and own.head.i != token.i):
        return
    fatal = any(c.lower_ in {"fatal", "deadly", "lethal"} for c in token.children)
    yield from stated("killed" if fatal else word.field, token, of_noun(doc, token, found))
