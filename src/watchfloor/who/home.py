"""Where a report is set, and who is taken for one of that country without being said to be."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from watchfloor.parse import Page
from watchfloor.records import Place
from watchfloor.who.phrases import Phrase, is_town
from watchfloor.who.vocabulary import Entity

#: A report is "of a country" when at least this share of what it names speaks for it. A town counts
#: more than a state's organs, which may act far from home, and so does the first that it names.
HOME_SHARE, TOWN_WEIGHT, FIRST_WEIGHT = 0.4, 2, 2
#: Codes that are no country.
NOT_LAND = ("EUR", "UNO", "IGO", "NGO", "MNC", "IMG", "ISM")
#: How a name ends that owns what follows.
GENITIVES = ("'s", "\N{RIGHT SINGLE QUOTATION MARK}s")
#: Sectors of those who may come from anywhere: firms, armed men whom nobody knows.
ANYWHERE = frozenset({"BUS", "UAF"})
#: Words that say that somebody is of another country.
ABROAD = frozenset("foreign foreigner foreigners expatriate expatriates tourist tourists".split())


def grounds(found: Sequence[Phrase]) -> dict[int, str]:
    """The country of each sentence that says where it happens, if it names only one."""
    said: dict[int, set[str]] = defaultdict(set)
    for phrase in found:
        place = phrase.entity if phrase.located else phrase.site
        if place is not None and place.country is not None:
            said[phrase.sentence].add(place.country)
    return {sentence: next(iter(named)) for sentence, named in said.items() if len(named) == 1}


def home(found: Sequence[Phrase], places: Sequence[Place], page: Page) -> str | None:
    """The country that a report is set in: by its dateline, its towns and provinces, the countries
    in which things happen and the organs at work there; where it names no such, the country of all
    that it names. None where none stands out.

    A state that only acts or speaks may do so from afar, and says nothing.
    """
    countries: Counter[str | None] = Counter()
    for phrase in found:
        for entity in _grounding(phrase, page):
            countries[entity.country] += TOWN_WEIGHT if entity.kind == "place" else 1
    acting = {p.span.start for p in found if p.entity and p.entity.metonym and not p.located}
    towns = (p for p in places if is_town(p))
    countries[next((p.country for p in towns if p.start not in acting), None)] += FIRST_WEIGHT
    countries[_of_dateline(page, places)] += 1
    for code in (None, *NOT_LAND):
        del countries[code]
    if not countries:
        named = {p.entity for p in found if p.entity is not None and not p.entity.metonym}
        of_all = {e.country for e in named if e.sector != "JRN"} - {None, *NOT_LAND}
        return of_all.pop() if len(of_all) == 1 else None
    (country, count), *_ = countries.most_common(1)
    return country if count >= HOME_SHARE * countries.total() else None


def _of_dateline(page: Page, places: Sequence[Place]) -> str | None:
    """The country that the report was filed from."""
    line = page.dateline.place if page.dateline is not None else None
    if line is None:
        return None
    return next((p.country for p in places if p.start < line.end and line.start < p.end), None)


def _grounding(phrase: Phrase, page: Page) -> Iterator[Entity]:
    """The names of a phrase that say where a report is set: places, countries that something is in
    or that own something ("Chad's elections"), and whose the state's organs are ("Chadian troops").

    Of private people a nationality is told where they are strangers ("three Indian doctors").
    """
    organ = phrase.role is not None and phrase.role.state
    owns = page.report.text[phrase.span.end :].startswith(GENITIVES)
    for entity in (phrase.entity, phrase.owner, phrase.site):
        if entity is None:
            continue
        placed = phrase.located or entity.kind == "place" or entity is phrase.site
        if placed or owns or (organ and entity.kind in {"state", "population"}):
            yield entity


def is_at_home(phrase: Phrase) -> bool:
    """Whether people of whom only this is said are taken for ones of the country where the report
    is set: its police, its villagers and whoever has a name; no gunmen, no firm, no foreigners, and
    no troops of a country that no vocabulary knows.
    """
    role = phrase.role
    if role is not None and (role.sector in ANYWHERE or (role.state and phrase.stranger)):
        return False
    return ABROAD.isdisjoint(phrase.span.text.lower().split())
