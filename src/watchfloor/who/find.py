"""Find the actors of a report."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from watchfloor.parse import Page
from watchfloor.records import Actor
from watchfloor.settings import Settings
from watchfloor.who.coreference import chain
from watchfloor.who.phrases import Phrase, phrases
from watchfloor.who.vocabulary import load

#: A report is "of a country" when at least this share of its country names are of it.
HOME_SHARE = 0.5


def find(page: Page, settings: Settings) -> tuple[Actor, ...]:
    """Every actor of the report with all of its mentions, in order of first mention.

    Whoever's country is not said ("the police", "two farmers") is taken for one of the country
    that the report is mostly about, if there is one.
    """
    found = sorted(phrases(page, load(settings.actors_file)), key=lambda p: p.span.start)
    groups: dict[int, list[Phrase]] = defaultdict(list)
    for phrase, first in zip(found, chain(found), strict=True):
        groups[first].append(phrase)
    home = _home(found)
    return tuple(
        _actor(f"a{n}", group, home) for n, (_, group) in enumerate(sorted(groups.items()), 1)
    )


def _home(found: Sequence[Phrase]) -> str | None:
    """The country the report is mostly about."""
    countries = Counter(
        entity.country
        for phrase in found
        for entity in (phrase.entity, phrase.owner)
        if entity is not None
        and entity.country is not None
        and len(entity.country) == 3
        and entity.kind in {"state", "population"}
    )
    if not countries:
        return None
    (country, count), *_ = countries.most_common(1)
    return country if count >= HOME_SHARE * countries.total() else None


def _actor(name: str, group: Sequence[Phrase], home: str | None) -> Actor:
    """One actor from all of its phrases; the first that says something decides."""
    full = next((p for p in group if not p.pronoun), group[0])
    entity = next((p.entity for p in group if p.entity is not None), None)
    role = next((p.role for p in group if p.role is not None), None)
    owner = next((p.owner for p in group if p.owner is not None), None)
    country = entity.country if entity else None
    sector = entity.sector if entity else None
    kind = entity.kind if entity else role.kind if role else "unknown"
    if entity is None and any(p.proper for p in group):
        kind = "person" if role is None or role.kind in {"person", "organisation"} else role.kind
        if role is not None and role.kind == "organisation" and _is_body(full):
            kind = "organisation"
    if sector is None and role is not None:
        sector = role.sector
    if role is not None and owner is not None and owner.kind == "organisation" and not role.state:
        sector = owner.sector or sector
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


def _is_body(phrase: Phrase) -> bool:
    """Whether a proper phrase ends in the name of a kind of body: "Defense Ministry"."""
    return (
        phrase.role is not None
        and phrase.head.text.lower() not in {"officer", "general"}
        and (
            phrase.head.text[:1].isupper()
            and phrase.role.kind == "organisation"
            and phrase.span.text.lower().endswith(tuple(_BODY_ENDINGS))
        )
    )


_BODY_ENDINGS = (
    "ministry army police office department court agency council commission party union bank "
    "company corporation front forces force guard navy government committee congress senate "
    "assembly parliament group embassy service bureau battalion brigade newspaper"
).split()
