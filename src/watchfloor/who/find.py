"""Find the actors of a report."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from watchfloor.parse import Page
from watchfloor.records import Actor
from watchfloor.settings import Settings
from watchfloor.who.coreference import chain
from watchfloor.who.phrases import Phrase, phrases
from watchfloor.who.vocabulary import Entity, Vocabulary, load

#: A report is "of a country" when at least this share of its country names are of it.
HOME_SHARE = 0.5
#: Kinds of names that say where a report is set.
PLACED = frozenset({"state", "population", "place"})
#: Codes that are no country.
NOT_LAND = ("EUR", "UNO", "IGO")


def find(page: Page, settings: Settings) -> tuple[Actor, ...]:
    """Every actor of the report with all of its mentions, in order of first mention.

    Whoever's country is not said ("the police", "two farmers") is taken for one of the country
    where the sentence says that it happens, else of the country that the report is mostly about.
    """
    vocabulary = load(settings.actors_file)
    found = sorted(phrases(page, vocabulary), key=lambda p: p.span.start)
    groups: dict[int, list[Phrase]] = defaultdict(list)
    for phrase, first in zip(found, chain(found), strict=True):
        groups[first].append(phrase)
    grounds = _grounds(found)
    home = _home(found, _of_dateline(page, vocabulary))
    return tuple(
        _actor(f"a{n}", group, grounds.get(group[0].sentence, home))
        for n, (_, group) in enumerate(sorted(groups.items()), 1)
    )


def _grounds(found: Sequence[Phrase]) -> dict[int, str]:
    """The country of each sentence that says where it happens, if it names only one."""
    said: dict[int, set[str]] = defaultdict(set)
    for phrase in found:
        if phrase.located and phrase.entity is not None and phrase.entity.country is not None:
            said[phrase.sentence].add(phrase.entity.country)
    return {sentence: next(iter(named)) for sentence, named in said.items() if len(named) == 1}


def _of_dateline(page: Page, vocabulary: Vocabulary) -> str | None:
    """The country that the report was filed from."""
    if page.dateline is None or page.dateline.place is None:
        return None
    text = page.dateline.place.text
    names = (*vocabulary.find(text), *vocabulary.find(text.title()))
    return next((n.entity.country for n in names if n.entity.country is not None), None)


def _home(found: Sequence[Phrase], dateline: str | None) -> str | None:
    """The country the report is mostly about."""
    countries = Counter(
        entity.country
        for phrase in found
        for entity in (phrase.entity, phrase.owner)
        if entity is not None and entity.country is not None and entity.kind in PLACED
    )
    for code in NOT_LAND:
        del countries[code]
    if dateline is not None:
        countries[dateline] += 1
    if not countries:
        return None
    (country, count), *_ = countries.most_common(1)
    return country if count >= HOME_SHARE * countries.total() else None


def _actor(name: str, group: Sequence[Phrase], home: str | None) -> Actor:
    """One actor from all of its phrases; the first that says something decides."""
    full = next((p for p in group if not p.pronoun), group[0])
    entity = next((p.entity for p in group if p.entity is not None), None)
    titled = next((p for p in group if p.role is not None), None)
    role = titled.role if titled is not None else None
    owner = next((p.owner for p in group if p.owner is not None), None)
    kind = _kind(entity, titled, any(p.proper for p in group))
    country = entity.country if entity else None
    sector = entity.sector if entity else None
    if sector is None and role is not None and (entity is None or entity.kind != "place"):
        sector = role.sector
    if role is not None and owner is not None and owner.kind == "organisation":
        sector = owner.sector or sector if role.carrier or not role.state else sector
    if country is None and owner is not None:
        country = owner.country
    if country is None and kind != "unknown" and (entity is None or entity.kind != "organisation"):
        country = home
    return Actor(
        id=name,
        name=entity.name if entity and not entity.demonym else full.span.text,
        kind=kind,
        country=country,
        sector=sector,
        mentions=tuple(p.span for p in group),
    )


def _kind(entity: Entity | None, titled: Phrase | None, proper: bool) -> str:
    """The kind of an actor; a role's own kind is that of several people."""
    if entity is not None:
        return "unknown" if entity.kind == "place" else entity.kind
    if titled is None or titled.role is None:
        return "person" if proper else "unknown"
    kind = titled.role.kind
    if kind in {"organisation", "group"} and not (kind == "group" and titled.proper):
        return kind
    if titled.plural:
        return "group" if kind == "person" else kind
    return "person"
