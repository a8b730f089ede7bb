"""Find the actors of a report."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from watchfloor.parse import Page
from watchfloor.records import Actor, Place
from watchfloor.settings import Settings
from watchfloor.who.coreference import chain
from watchfloor.who.home import grounds, home, is_at_home
from watchfloor.who.kinds import kind_of
from watchfloor.who.phrases import Phrase, phrases
from watchfloor.who.vocabulary import Entity, Role, load

#: Heads that say nothing of who somebody is but that more were named before.
REST = frozenset({"others", "rest"})
#: Sectors of bodies that every state has: "Chile's Defense Department" is not the best known one.
COMMON = frozenset("GOV MIL LEG JUD COP SPY".split())


def find(page: Page, places: Sequence[Place], settings: Settings) -> tuple[Actor, ...]:
    """Every actor of the report with all of its mentions, in order of first mention.

    `places` are those of the report. Whoever's country is not said ("the police", "two farmers")
    is taken for one of the country where the sentence says that it happens, else of the one where
    the report is set, unless nobody could tell ("gunmen").
    """
    vocabulary = load(settings.actors_file)
    found = _inherit(sorted(phrases(page, vocabulary, places), key=lambda p: p.span.start))
    groups: dict[int, list[Phrase]] = defaultdict(list)
    for phrase, first in zip(found, chain(found), strict=True):
        groups[first].append(phrase)
    said, at_home = grounds(found), home(found, places, page)
    return tuple(
        _actor(f"a{n}", group, said.get(group[0].sentence, at_home), page)
        for n, (_, group) in enumerate(sorted(groups.items()), 1)
    )


def _inherit(found: Sequence[Phrase]) -> list[Phrase]:
    """Phrases with "others" and bare numbers made what the people named before them are."""
    done: list[Phrase] = []
    for phrase in found:
        role = phrase.role
        vague = role is not None and (role.sector is None or phrase.head.text.lower() in REST)
        model = _people_before(phrase, done) if vague else None
        if model is None or model.role is None:
            done.append(phrase)
        else:
            kind = "population" if model.role.kind == "population" else "person"
            same = Role(kind, model.role.sector, model.role.state)
            done.append(replace(phrase, role=same, owner=phrase.owner or model.owner))
    return done


def _people_before(phrase: Phrase, before: Sequence[Phrase]) -> Phrase | None:
    """The last people named in this sentence or the one before it; who did it is none of those whom
    he did it to: "soldiers killed four".
    """
    return next(
        (
            p
            for p in reversed(before)
            if phrase.sentence - p.sentence <= 1
            and p.role is not None
            and p.role.kind != "organisation"
            and p.role.sector is not None
            and p.head.text.lower() not in REST
            and not (p.acting and not phrase.subject and p.sentence == phrase.sentence)
        ),
        None,
    )


def _actor(number: str, group: Sequence[Phrase], near: str | None, page: Page) -> Actor:
    """One actor from all of its phrases; the first that says something decides."""
    titled = next((p for p in group if p.role is not None), None)
    entity = next((e for p in group if (e := p.entity) and not (titled and _is_guess(e))), None)
    role = titled.role if titled is not None else None
    owner = next((p.owner for p in group if p.owner is not None), None)
    kind = kind_of(entity, titled, [p for p in group if p.proper])
    country = entity.country if entity else None
    sector = entity.sector if entity else None
    if sector is None and role is not None and (entity is None or entity.kind != "place"):
        sector = role.sector
    if role is not None and owner is not None and owner.kind == "organisation":
        sector = owner.sector or sector if role.carrier or not role.state else sector
    if owner is not None and owner.country is not None:
        common = entity is not None and entity.kind == "organisation" and sector in COMMON
        if country is None or (common and owner.kind in {"state", "population"}):
            country = owner.country
    if country is None and kind != "unknown":
        known = entity is not None and entity.kind == "organisation" and sector not in COMMON
        country = near if is_at_home(titled or group[0]) and not known else None
    return Actor(
        id=number,
        name=entity.name if entity and not entity.demonym else _name(group, kind, page),
        kind=kind,
        country=country,
        sector=sector,
        mentions=tuple(p.span for p in group),
    )


def _is_guess(entity: Entity) -> bool:
    """Whether a name was taken for a place's that no gazetteer knows."""
    return entity.kind == "place" and entity.country is None


def _name(group: Sequence[Phrase], kind: str, page: Page) -> str:
    """What to call an actor: a person by the fullest name, anybody else by the first words.

    The words are taken as the parser reads them, so that "A PEASANT" of a telex is no name.
    """
    names = [p.name for p in group if p.name] if kind == "person" else []
    if names:
        return max(names, key=len)
    first = next((p for p in group if not p.pronoun), group[0])
    sentence = page.sentences[first.sentence]
    said = sentence.text[first.span.start - sentence.start : first.span.end - sentence.start]
    return " ".join(said.split())
