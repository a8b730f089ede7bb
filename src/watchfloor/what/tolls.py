"""Statements of harm: which word says that how many people were killed, hurt, taken or arrested."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from watchfloor.parse import Chunk, Doc, Token
from watchfloor.records import Count, Status
from watchfloor.what import numbers
from watchfloor.what.lexicon import HarmWord, harm_words, people_nouns
from watchfloor.what.people import Group, at_token, groups, is_measure
from watchfloor.what.status import of_tree
from watchfloor.what.sufferers import after, before, is_passive, of_noun

#: Verbs that lead to a state: "left five dead", "found shot".
LEAVING = frozenset("leave find shoot kill hack gun declare pronounce stab beat".split())
#: Verbs whose "to death" kills.
DEADLY = frozenset(
    "stab beat burn crush hack shoot bleed freeze bludgeon trample starve club choke".split()
)
#: Verbs that take lives: the number of lives is that of the dead.
TAKING = frozenset({"claim", "cost", "take"})
#: What a man who loses it is hurt, not robbed.
LIMBS = frozenset(
    "arm leg hand foot finger toe eye ear limb sight eyesight hearing tooth thumb".split()
)
#: Verbs that nobody does to anybody.
LONE = frozenset({"die", "perish", "succumb", "vanish", "disappear"})
TOLLS = frozenset({"toll", "total", "number", "count"})
#: What no one suffered where there were "no casualties".
CASUALTIES = frozenset({"casualty", "victim", "loss"})
INJURIES = frozenset({"injury", "wound", "burn", "bruise", "fracture", "cut", "laceration"})
SUFFERING = frozenset({"sustain", "suffer", "receive", "incur"})
HELD = frozenset({"hostage", "captive", "custody", "prisoner"})
#: Words that tell of harm without being words of harm.
TELLING = TOLLS | CASUALTIES | HELD | INJURIES | {"life", "lose"}
WHOLE = frozenset({"whom", "them", "these", "those", "which"})
REAL = frozenset({Status.HAPPENED, Status.ONGOING})


@dataclass(frozen=True, slots=True)
class Toll:
    """One statement of harm: the field, how many, the word that says so and the people.

    `count` is None where people were harmed but the sentence does not say how many. `total` marks
    a running total ("the toll rose to 39"), `part` a share of people counted before ("three of
    whom later died").
    """

    field: str
    count: Count | None
    word: Token
    people: tuple[Group, ...] = ()
    total: bool = False
    part: bool = False


def tolls(doc: Doc, phrases: Sequence[Group] | None = None) -> list[Toll]:
    """Every statement of harm in a sentence, in order of its words; one a group and field.

    `phrases` are the sentence's noun phrases, where they have been cut already.
    """
    if not any(_may_tell(token) for token in doc):
        return []
    found = groups(doc) if phrases is None else phrases
    said: list[Toll] = []
    taken: set[tuple[str, int]] = set()
    for token in doc:
        for toll in _of_word(doc, token, found):
            key = (toll.field, toll.people[0].first if toll.people else -int(token.i))
            if key not in taken:
                taken.add(key)
                said.append(toll)
    return [toll for toll in said if not _is_outdone(toll, said)]


def _may_tell(token: Token) -> bool:
    lemma = token.lemma_.lower()
    return lemma in harm_words() or token.lower_ in harm_words() or lemma in TELLING


def is_blow(toll: Toll) -> bool:
    """Whether a toll tells of a blow ("shot", "stabbed") that may have killed or not."""
    word = harm_words().get(toll.word.lemma_.lower())
    return toll.field == "injured" and word is not None and "hits" in word.parts


def _is_outdone(toll: Toll, said: Sequence[Toll]) -> bool:
    """Whether blows are told of people whom the same sentence says to be dead."""
    if not is_blow(toll):
        return False
    return any(
        other.field == "killed"
        and not other.part
        and {g.first for g in other.people} & {g.first for g in toll.people}
        for other in said
    )


def _of_word(doc: Doc, token: Token, found: Sequence[Group]) -> Iterator[Toll]:
    lemma = token.lemma_.lower()
    if lemma in TOLLS:
        yield from _running(doc, token, found)
    elif lemma == "life" and token.tag_ in {"NNS", "NN"}:
        yield from _lives(doc, token, found)
    elif lemma in CASUALTIES:
        yield from _nobody(token, found)
    elif lemma == "lose" and token.pos_ == "VERB":
        yield from _lost(doc, token, found)
    elif lemma in INJURIES and token.dep_ == "dobj" and token.head.lemma_.lower() in SUFFERING:
        yield from _tolls("injured", token.head, before(doc, token.head, found))
    elif lemma == "death" and _is_deadly(token):
        yield from _tolls("killed", token, _sufferers(doc, token.head.head, found))
    elif lemma in HELD:
        yield from _held(doc, token, found)
    else:
        word = harm_words().get(lemma) or harm_words().get(token.lower_)
        if word is not None:
            yield from _of_known(doc, token, word, found)


def _of_known(doc: Doc, token: Token, word: HarmWord, found: Sequence[Group]) -> Iterator[Toll]:
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
        yield from _tolls(word.field, token, turned)
        return
    people = _dying(doc, token, found) if "dying" in word.parts else _sufferers(doc, token, found)
    if token.dep_ == "amod" and token.i < token.head.i and not people:
        own = at_token(found, int(token.i))
        people = [own] if own else []
    if "hits" in word.parts or _is_down(token):
        people = [g for g in people if _are_people(g, named="blows" in word.parts)]
    yield from _tolls("killed" if _is_down(token) else word.field, token, people)


def _dying(doc: Doc, verb: Token, found: Sequence[Group]) -> list[Group]:
    """Who dies: the subject, or the object of what kills them: "floods drowned a ferryman"."""
    lone = verb.lemma_.lower() in LONE or not any(c.dep_ == "dobj" for c in verb.children)
    if lone:
        return before(doc, verb, found)
    return [g for g in after(doc, verb, found) if g.count is not None]


def _is_down(token: Token) -> bool:
    """Whether somebody is shot, gunned or cut down."""
    return any(c.lower_ == "down" and c.i == token.i + 1 for c in token.children)


def _sufferers(doc: Doc, verb: Token, found: Sequence[Group]) -> list[Group]:
    """Whom a verb is done to: those before it where it is passive, else those after it."""
    return before(doc, verb, found) if is_passive(doc, verb, found) else after(doc, verb, found)


def _of_state(doc: Doc, token: Token, word: HarmWord, found: Sequence[Group]) -> Iterator[Toll]:
    """ "five dead", "left 12 injured", "the wounded soldiers", "two were missing"."""
    own = at_token(found, int(token.i))
    turned = _turned(doc, token, found)
    if turned:
        yield from _tolls(word.field, token, turned)
        return
    put = _put_at(doc, token, found)
    if put is not None:
        yield Toll(word.field, put.count, token, (put,), total=True)
        return
    if own is not None and own.count is not None:
        yield from _tolls(word.field, token, [own])
        return
    if own is not None and own.head.i != token.i:
        yield from _tolls(word.field, token, [own], unsaid=True)
        return
    verb = doc[token.i - 1] if token.i else token
    leaves = (verb.pos_ == "VERB" and verb.lemma_.lower() in LEAVING) or verb.lower_ == "shot"
    if leaves and not is_passive(doc, token, found):
        people = after(doc, token, found)
        if people:
            yield from _tolls(word.field, token, people)
            return
    yield from _tolls(word.field, token, before(doc, token, found))


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
    return group if group is not None and _has_number(group) and not is_measure(group) else None


def _of_noun(doc: Doc, token: Token, word: HarmWord, found: Sequence[Group]) -> Iterator[Toll]:
    own = at_token(found, int(token.i))
    nobody = own is not None and own.count is not None and own.count.high == 0
    if (
        own is not None
        and own.head.i == token.i
        and "counted" in word.parts
        and (nobody or _has_number(own))
    ):
        yield Toll(word.field, own.count, token, (own,))
        return
    if nobody or (own is not None and own.head.i != token.i):
        return
    fatal = any(c.lower_ in {"fatal", "deadly", "lethal"} for c in token.children)
    yield from _tolls("killed" if fatal else word.field, token, of_noun(doc, token, found))


def _has_number(group: Group) -> bool:
    text = Chunk(group.head.doc[group.first : group.last + 1]).text
    return numbers.stated(text) is not None


def _running(doc: Doc, token: Token, found: Sequence[Group]) -> Iterator[Toll]:
    """ "The death toll rose to 39", "bringing the total to 122 killed"."""
    field = "killed"
    near = Chunk(doc[max(0, token.i - 2) : token.i + 6]).text.lower()
    if "wounded" in near or "injured" in near:
        field = "injured"
    elif token.lemma_.lower() != "toll" and not {"dead", "death", "killed"} & set(near.split()):
        return
    for group in found:
        if group.first <= token.i:
            continue
        lead = {t.lower_ for t in doc[token.i + 1 : group.first]}
        if _has_number(group) and not is_measure(group) and lead & {"to", "at", "is", "was", "of"}:
            yield Toll(field, group.count, token, (group,), total=True)
            return


def _lives(doc: Doc, token: Token, found: Sequence[Group]) -> Iterator[Toll]:
    """ "claimed nine lives", "lost their lives"."""
    verb = token.head
    own = at_token(found, int(token.i))
    if token.dep_ != "dobj" or own is None or of_tree(verb) not in REAL:
        return
    if verb.lemma_.lower() in TAKING and _has_number(own):
        yield Toll("killed", own.count, token, (own,))
    elif verb.lemma_.lower() == "lose":
        yield from _tolls("killed", verb, before(doc, verb, found))


def _lost(doc: Doc, verb: Token, found: Sequence[Group]) -> Iterator[Toll]:
    """ "The army lost four men": they are dead; "a caretaker lost a leg": he is hurt."""
    things = after(doc, verb, found)
    if any(g.head.lemma_.lower() in LIMBS for g in things):
        yield from _tolls("injured", verb, before(doc, verb, found))
    elif not any(c.dep_ == "prep" and c.lower_ in {"to", "from"} for c in verb.children):
        counted = (g for g in things if g.head.pos_ == "NOUN" and _are_people(g, named=False))
        yield from _tolls("killed", verb, list(counted))


def _nobody(token: Token, found: Sequence[Group]) -> Iterator[Toll]:
    """ "no casualties" and "without loss of life": nobody killed, nobody hurt."""
    own = at_token(found, int(token.i))
    none = own is not None and own.count is not None and own.count.high == 0
    if none or (token.dep_ == "pobj" and token.head.lower_ == "without"):
        for field in ("killed", "injured"):
            yield Toll(field, Count(low=0, high=0), token)


def _is_deadly(token: Token) -> bool:
    return token.head.lower_ == "to" and token.head.head.lemma_.lower() in DEADLY


def _held(doc: Doc, token: Token, found: Sequence[Group]) -> Iterator[Toll]:
    """ "taken hostage", "held captive", "taken into custody"."""
    verb = token.head if token.head.pos_ == "VERB" else token.head.head
    if verb.lemma_.lower() not in {"take", "hold", "keep", "seize", "make"}:
        return
    field = "arrested" if token.lower_ == "custody" else "abducted"
    people = before(doc, verb, found)
    if not is_passive(doc, verb, found):
        people = [g for g in after(doc, verb, found) if g.head.i != token.i] or people
        following = at_token(found, int(token.i) + 1)
        if verb.i + 1 == token.i and following is not None:
            people = [following]
    yield from _tolls(field, verb, people)


def _tolls(
    field: str, word: Token, people: Sequence[Group], *, unsaid: bool = False
) -> Iterator[Toll]:
    """One statement for each group; those not told as fact say nobody or nothing."""
    told = of_tree(word)
    if word.tag_ == "VB" and any(c.tag_ == "TO" for c in word.children) and not _did(word):
        return
    for group in people:
        if is_measure(group) or group.head.lemma_.lower() in HELD:
            continue
        count = group.count or _of_name(field, word, group)
        nobody = count is not None and count.high == 0
        if told is Status.DENIED or nobody:
            if field in {"killed", "injured"} and (nobody or count is not None):
                yield Toll(field, Count(low=0, high=0), word, (group,))
            continue
        if told not in REAL and word.tag_ not in {"VBD"}:
            continue
        part = group.head.lower_ in WHOLE and count is not None
        part = part or _is_share(group) or _is_included(group)
        yield Toll(field, None if unsaid else count, word, (group,), part=part)


def _of_name(field: str, word: Token, group: Group) -> Count | None:
    """One for a bare surname among the killed, the taken and the wounded: "Castillo was killed".

    Towns and bodies are hit, but nobody says that they were killed.
    """
    known = harm_words().get(word.lemma_.lower())
    taken = field in {"abducted", "arrested"} and known is not None and "verbs" in known.parts
    sure = taken or field == "killed"
    bare = group.head.tag_ == "NNP" and group.first == group.last
    return Count(low=1, high=1) if sure and bare else None


def _did(word: Token) -> bool:
    """Whether an infinitive tells of what was done: "managed to kill two"."""
    return word.head.lemma_.lower() in {"manage", "succeed", "go", "continue", "use", "proceed"}


def _is_share(group: Group) -> bool:
    """ "three of the wounded", "one of the injured"."""
    doc = group.head.doc
    inner = doc[group.first : group.last + 1]
    return any(t.lower_ == "of" for t in inner) and group.head.lower_ in {"wounded", "injured"}


def _is_included(group: Group) -> bool:
    """Whether a phrase is a part of people counted before: "486 deaths, including 84 persons"."""
    return group.first > 0 and group.head.doc[group.first - 1].lower_ == "including"


def _are_people(group: Group, *, named: bool) -> bool:
    """Whether a phrase names people: by a noun for people, a pronoun, a bare number or a name.

    A name counts only with verbs that towns and bodies do not suffer.
    """
    head = group.head
    by_name = named and head.pos_ == "PROPN"
    return by_name or head.pos_ in {"PRON", "NUM"} or head.lower_ in people_nouns()
