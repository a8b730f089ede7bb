"""Say which phrases of a report stand for the same actor."""

from __future__ import annotations

from collections.abc import Sequence

from watchfloor.who.kinds import names_body
from watchfloor.who.phrases import Phrase

#: Pronouns look back this many sentences.
REACH = 2
SINGULAR_PERSON = frozenset({"he", "she", "him", "her", "himself", "herself", "his"})
THING = frozenset({"it", "itself", "its"})
#: Heads so general that "the group" points back only to a body named before.
GENERAL = frozenset("group organisation organization body party agency country force".split())
#: Words for those who fight for a group, and the sectors of groups that are told by them.
MEN = frozenset(
    "fighter fighters member members man men militant militants gunman gunmen guerrillas rebels "
    "forces combatants troops militiamen commandos bombers".split()
)
ARMED = frozenset("REB PRM UAF CRM SEP INS".split())


def chain(phrases: Sequence[Phrase]) -> list[int]:
    """For each phrase the index of the first phrase that stands for the same actor.

    A pronoun that finds nobody to stand for is its own.
    """
    first: list[int] = []
    at_start = {phrase.span.start: n for n, phrase in enumerate(phrases)}
    for n, phrase in enumerate(phrases):
        found = None
        if phrase.same_as is not None:
            found = at_start.get(phrase.same_as)
        if found is None:
            found = _pronoun(phrases, n) if phrase.pronoun else _own_side(phrases, n, first)
        if found is None and not phrase.pronoun:
            found = _name(phrases, n)
        first.append(first[found] if found is not None and found < n else n)
    return first


def _own_side(phrases: Sequence[Phrase], n: int, first: Sequence[int]) -> int | None:
    """The armed group whose "fighters" or "members" a phrase names: they are the group's doing.

    Soldiers stay apart from their state, which has offices besides.
    """
    phrase = phrases[n]
    if not phrase.whose or phrase.head.text.lower() not in MEN:
        return None
    owner = _pronoun(phrases, n, phrase.whose)
    if owner is None:
        return None
    body = phrases[first[owner]]
    armed = _sector(body) in ARMED or (_sector(body) is None and names_body(body))
    return owner if armed and not _is_person(body) else None


def _sector(phrase: Phrase) -> str | None:
    known = phrase.entity or phrase.role
    return known.sector if known is not None else None


def _pronoun(phrases: Sequence[Phrase], n: int, word: str = "") -> int | None:
    """The nearest fitting actor before a pronoun, or before the phrase that `word` begins; subjects
    first.
    """
    word = word or phrases[n].head.text.lower()
    near = [
        m
        for m in range(n - 1, -1, -1)
        if phrases[n].sentence - phrases[m].sentence <= REACH and _fits(word, phrases[m])
    ]
    subjects = [m for m in near if phrases[m].subject]
    return next(iter(subjects or near), None)


def _fits(word: str, phrase: Phrase) -> bool:
    if phrase.entity.kind == "place" if phrase.entity is not None else phrase.nobodys:
        return False
    if phrase.pronoun:
        return phrase.head.text.lower() in _family(word)
    person = _is_person(phrase)
    if word in SINGULAR_PERSON:
        return person and not phrase.plural
    if word in THING:
        return not person and not phrase.plural
    return phrase.plural or not person


def _family(word: str) -> frozenset[str]:
    for family in ({"he", "him", "himself", "his"}, {"she", "her", "herself"}, THING):
        if word in family:
            return frozenset(family)
    return frozenset({"they", "them", "themselves", "their"})


def _is_person(phrase: Phrase) -> bool:
    if phrase.entity is not None:
        return phrase.entity.kind == "person"
    if phrase.role is not None:
        return phrase.role.kind in {"person", "population"}
    return phrase.proper and not names_body(phrase)


def _name(phrases: Sequence[Phrase], n: int) -> int | None:
    """An earlier phrase with the same entity, the same name, or the noun "the" points back to."""
    phrase = phrases[n]
    if phrase.entity is not None:
        return _latest(
            phrases,
            n,
            lambda p: (
                p.entity is not None
                and p.entity.name == phrase.entity.name
                and p.entity.demonym == phrase.entity.demonym
            ),
        )
    head = phrase.head.text.lower()
    if phrase.proper:
        return _first(phrases, n, lambda p: p.entity is None and _is_namesake(p, phrase))
    if phrase.definite and phrase.owner is None:
        if head in GENERAL:
            return _latest(
                phrases,
                n,
                lambda p: (
                    p.entity.kind == "organisation" if p.entity is not None else names_body(p)
                ),
            )
        return _latest(
            phrases,
            n,
            lambda p: (
                not p.pronoun and p.entity is None and p.plural == phrase.plural and _says(p, head)
            ),
        )
    return None


def _is_body(phrase: Phrase) -> bool:
    """Whether a phrase names a body, known or not."""
    entity = phrase.entity
    return entity.kind == "organisation" if entity is not None else names_body(phrase)


def _is_namesake(one: Phrase, two: Phrase) -> bool:
    """Whether a name stands for the one that an earlier phrase names: in part, as initials, or as
    an office that the two hold in like words: "the foreign secretary" is no "US secretary".
    """
    if not one.proper:
        return False
    if two.acronym and two.head.text == "".join(w[0] for w in _capitals(one)):
        return True
    if one.head.text != two.head.text:
        return two.span.text in one.span.text.split()
    titles = one.role is not None and two.role is not None and not (one.name or two.name)
    mine, theirs = (set(_capitals(phrase)) for phrase in (one, two))
    return not titles or mine <= theirs or theirs <= mine


def _capitals(phrase: Phrase) -> list[str]:
    """The words of a phrase with a capital, up to its head."""
    words = phrase.span.text[: phrase.head.end - phrase.span.start].split()
    return [word for word in words if word[:1].isupper()]


def _says(phrase: Phrase, head: str) -> bool:
    """Whether a phrase has this head noun, or a person's title with it in front."""
    words = phrase.span.text.lower().split()
    return phrase.head.text.lower() == head or (phrase.proper and head in words)


def _latest(phrases: Sequence[Phrase], n: int, test: object) -> int | None:
    return next((m for m in range(n - 1, -1, -1) if test(phrases[m])), None)  # type: ignore[operator]


def _first(phrases: Sequence[Phrase], n: int, test: object) -> int | None:
    return next((m for m in range(n) if test(phrases[m])), None)  # type: ignore[operator]
