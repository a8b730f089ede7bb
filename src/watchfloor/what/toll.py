"""One statement of harm: a word that says so, the people, and how many they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from watchfloor.parse import Chunk, Token
from watchfloor.records import DONE, Count, Status
from watchfloor.what import numbers
from watchfloor.what.lexicon import harm_words, people_nouns
from watchfloor.what.people import Group, is_measure
from watchfloor.what.status import of_tree
from watchfloor.what.unfit import is_act

#: What people are held as or in.
HELD = frozenset({"hostage", "captive", "custody", "prisoner"})
#: Who is killed with people and counted apart.
ANIMALS = frozenset(
    "animal camel cattle chicken cow dog donkey elephant goat horse livestock pig sheep".split()
)
WHOLE = frozenset({"whom", "them", "these", "those", "which"})


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


def stated(
    field: str, word: Token, people: Sequence[Group], *, unsaid: bool = False
) -> Iterator[Toll]:
    """One statement for each group; those not told as fact say nobody or nothing."""
    told = of_tree(word)
    if word.tag_ == "VB" and any(c.tag_ == "TO" for c in word.children) and not _did(word):
        return
    for group in people:
        lemma = group.head.lemma_.lower()
        if is_measure(group) or lemma in HELD | ANIMALS or is_act(lemma):
            continue
        count = group.count or _of_name(field, word, group)
        nobody = count is not None and count.high == 0
        if told is Status.DENIED or nobody:
            if field in {"killed", "injured"} and (nobody or count is not None):
                yield Toll(field, Count(low=0, high=0), word, (group,))
            continue
        if told not in DONE and word.tag_ not in {"VBD"}:
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


def has_number(group: Group) -> bool:
    """Whether a phrase gives a number."""
    text = Chunk(group.head.doc[group.first : group.last + 1]).text
    return numbers.stated(text) is not None


def are_people(group: Group, *, named: bool) -> bool:
    """Whether a phrase names people: by a noun for people, a pronoun, a bare number or a name.

    A name counts only with verbs that towns and bodies do not suffer.
    """
    head = group.head
    by_name = named and head.pos_ == "PROPN"
    return by_name or head.pos_ in {"PRON", "NUM"} or head.lower_ in people_nouns()
