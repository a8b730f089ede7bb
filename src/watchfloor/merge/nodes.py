"""What merging across reports joins: each incident of each report, as facts with its sources."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from watchfloor.merge.corrections import corrects, standing, withdrawn
from watchfloor.merge.facts import HARMS, Days, Facts, Party, Spot, day_of
from watchfloor.merge.mentions import tellings
from watchfloor.merge.replies import Reply, of_reply, replies
from watchfloor.merge.words import families, names_in, stem
from watchfloor.parse import printed_of
from watchfloor.records import Claim, CodedReport, Event, Incident, Source

#: Days before publication in which news that names no day most likely happened.
FRESH_DAYS = 2
#: A longer period than this says too little of the day to compare by it.
LONGEST_DAYS = 7


class Telling(msgspec.Struct, frozen=True, kw_only=True):
    """What one chain of claims says in one report: `sources` innermost first, none for its own
    voice, `kinds` theirs; `standing` who the innermost is to the event; `grade` such as
    "C3"; `facts` one for each event. `hearsay`, `only` and
    `withdrawn` as in `differ.Telling`.
    """

    events: tuple[str, ...]
    sources: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    standing: str | None = None
    grade: str | None = None
    facts: tuple[Facts, ...] = ()
    hearsay: bool = False
    only: tuple[str, ...] = ()
    withdrawn: bool = False


class Node(msgspec.Struct, frozen=True, kw_only=True):
    """One incident of one report. `days` are stated, `likely` guessed from the publication date
    to block by; both None where nothing is known. `words` are stems of its sentences, `names`
    the proper names of the whole report. `agency` is whose piece its outlet prints. `corrects`: it
    puts right what its outlet told before.
    """

    report: str
    name: str
    events: tuple[str, ...]
    facts: Facts
    tellings: tuple[Telling, ...]
    outlet: str | None = None
    published: str | None = None
    likely: Days | None = None
    words: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    agency: str | None = None
    corrects: bool = False

    @property
    def key(self) -> tuple[str, str]:
        """The report's id and the first of its events: sorts the same however reports arrive."""
        return self.report, self.events[0]


def nodes_of(coded: CodedReport) -> tuple[Node, ...]:
    """The incidents of a coded report; an event that is in none stands alone."""
    facts = tellings(
        coded.events,
        coded.claims,
        {p.id: p for p in coded.places},
        {a.id: a for a in coded.actors},
        coded.report.text,
    )
    said: dict[str, list[Reply]] = {}
    for reply in replies(coded.events, coded.claims, coded.actors, coded.report.text):
        said.setdefault(reply.event, []).append(reply)
    held = {e for i in coded.incidents for e in i.events}
    alone = [_alone(e) for e in coded.events if e.id not in held]
    names = names_in(f"{coded.report.title or ''} {coded.report.text}")
    known = {e.id: e for e in coded.events}
    return tuple(
        _node(
            coded,
            [known[e] for e in i.events if e in known],
            facts,
            names,
            [reply for e in i.events for reply in said.get(e, ())],
        )
        for i in (*coded.incidents, *alone)
        if any(e in known for e in i.events)
    )


def agency_of(coded: CodedReport) -> str | None:
    """Whose piece a report's outlet prints: the agency in its dateline or the outlet of its
    byline; None where none is named besides its own, or what stands in brackets is a place.
    """
    report = coded.report
    named = printed_of(report.text)
    if named is None or any(named.overlaps(place) for place in coded.places):
        return None
    same = report.outlet is not None and report.outlet.casefold() == named.text.casefold()
    return None if same else named.text


def published_by(coded: CodedReport) -> tuple[str, ...]:
    """Who published a report, outermost first: its outlet, and whose piece it prints."""
    return tuple(filter(None, (coded.report.outlet, agency_of(coded))))


def _alone(event: Event) -> Incident:
    return Incident(id=event.id, events=(event.id,), type=event.type, status=event.status)


def _node(
    coded: CodedReport,
    events: Sequence[Event],
    facts: Mapping[str, Facts],
    names: frozenset[str],
    said_of_it: Sequence[Reply],
) -> Node:
    report = coded.report
    claims = {c.id: c for c in coded.claims}
    gone = withdrawn(coded.claims)
    whole = union([facts[e.id] for e in standing(events, gone)])
    published = day_of(report.published)
    chains: dict[tuple[str, ...], list[str]] = {}
    for event in events:
        chains.setdefault(event.claims, []).append(event.id)
    spans = {(e.sentence.start, e.sentence.end) for e in events}
    words = (w for start, end in spans for w in report.text[start:end].split())
    return Node(
        report=report.id,
        name=events[0].id,
        events=tuple(e.id for e in events),
        facts=whole,
        tellings=(
            *(
                _telling(chain, said, [facts[e] for e in said], claims, gone)
                for chain, said in chains.items()
            ),
            *(
                msgspec.structs.replace(
                    _telling(r.claims, [r.event], [of_reply(facts[r.event], r)], claims, gone),
                    hearsay=r.hearsay,
                    only=r.only,
                )
                for r in said_of_it
            ),
        ),
        outlet=report.outlet,
        published=report.published,
        likely=_likely(whole, published),
        words=frozenset(filter(None, map(stem, words))),
        names=names,
        agency=agency_of(coded),
        corrects=corrects(report),
    )


def _likely(facts: Facts, published: dt.date | None) -> Days | None:
    if facts.days and (facts.days.last - facts.days.first).days <= LONGEST_DAYS:
        return facts.days
    if published is None or facts.background:
        return None
    return Days(published - dt.timedelta(days=FRESH_DAYS), published)


def _telling(
    chain: tuple[str, ...],
    events: Sequence[str],
    facts: Sequence[Facts],
    claims: Mapping[str, Claim],
    gone: frozenset[str],
) -> Telling:
    said = [claims[c] for c in chain if c in claims]
    grades = [c.grade for c in said if c.grade]
    sources = [c.source for c in said if c.source]
    return Telling(
        events=tuple(events),
        sources=tuple(_name(source, claims) for source in sources),
        kinds=tuple(source.kind for source in sources),
        standing=sources[0].standing if sources else None,
        grade=f"{grades[0].reliability}{grades[0].credibility}" if grades else None,
        facts=tuple(facts),
        withdrawn=bool(gone.intersection(chain)),
    )


def _name(source: Source, claims: Mapping[str, Claim]) -> str:
    """A source as it is named where it first speaks: "they" are "two officials"."""
    named = claims.get(source.same_as) if source.same_as else None
    return named.source.text if named is not None and named.source is not None else source.text


def union(said: Sequence[Facts]) -> Facts:
    """One record of what several mentions say together, the parts that are real first."""
    kinds = [f.type for f in said]
    kind = max(sorted(set(kinds)), key=kinds.count)
    periods = [f.days for f in said if f.days]
    statuses = {f.status for f in said}
    order = ("happened", "ongoing", "attempted", "denied", "planned", "possible")
    harm = {h: largest(getattr(f.harm, h) for f in said) for h in HARMS}
    return Facts(
        type=kind,
        families=families(kind),
        modes=frozenset().union(*(f.modes for f in said)),
        stems=frozenset().union(*(f.stems for f in said)),
        generic=all(f.generic for f in said),
        status=next((s for s in order if s in statuses), said[0].status),
        background=all(f.background for f in said),
        spots=_distinct(s for f in said for s in f.spots),
        days=min(periods, key=lambda d: (d.last - d.first, d), default=None),
        parties=_parties(p for f in said for p in f.parties),
        harm=msgspec.structs.replace(said[0].harm, **harm),
    )


def largest(counts: Iterable[object]) -> object:
    """The largest of some counts, None where none is given."""
    said = [c for c in counts if c is not None]
    return max(said, key=lambda c: (c.low or 0, c.high or 0), default=None)  # type: ignore[attr-defined]


def _distinct(spots: Iterable[Spot]) -> tuple[Spot, ...]:
    return tuple({(s.gazetteer_id or s.name.lower(), s.lat, s.lon): s for s in spots}.values())


def _parties(parties: Iterable[Party]) -> tuple[Party, ...]:
    return tuple({(p.role, p.head, p.names): p for p in parties}.values())
