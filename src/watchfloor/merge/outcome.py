"""The merged incident: its accounts side by side, a best estimate, and what they dispute."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import msgspec
from msgspec.structs import replace

from watchfloor.merge.differ import Telling as Said
from watchfloor.merge.differ import differing, in_dispute, taken_back, total
from watchfloor.merge.facts import HARMS, Facts, Party, Spot, points_back
from watchfloor.merge.nodes import Node, Telling
from watchfloor.merge.voices import one_source
from watchfloor.merge.words import names_in
from watchfloor.records import Grade, Harm, Record, Role, When


class Member(Record, frozen=True, kw_only=True):
    """One event of one report."""

    report: str
    event: str


class MergedAccount(Record, frozen=True, kw_only=True):
    """What one chain of sources in one report says. `wire` names the report of which this one is
    a copy, itself where it is none: accounts of one wire are one source. `actors` are those who did
    it by this account, or are blamed in it; `when` its first day. `kinds` are those of the sources,
    `standing` who the innermost one is to the event; `grade` is in short what `grading` explains.
    `agency` is whose piece the outlet prints, None where it names none besides itself.
    `taken_back` names the fields in which its report or its outlet has since said it was wrong;
    `only` is the field of which a denial or blame speaks that no event states, empty for all.
    """

    report: str
    events: tuple[str, ...]
    sources: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    standing: str | None = None
    grade: str | None = None
    grading: Grade | None = None
    outlet: str | None = None
    agency: str | None = None
    published: str | None = None
    wire: str | None = None
    status: str = "happened"
    harm: Harm = Harm()
    actors: tuple[str, ...] = ()
    place: str | None = None
    when: str | None = None
    mode: str | None = None
    differs: tuple[str, ...] = ()
    taken_back: tuple[str, ...] = ()
    only: tuple[str, ...] = ()


class Estimate(Record, frozen=True, kw_only=True):
    """A best estimate of a field, and why it was taken; the accounts stay as they are."""

    field: str
    value: object
    reason: str


class MergedIncident(Record, frozen=True, kw_only=True):
    """One happening, joined from the incidents of one or more reports."""

    incident: str
    type: str
    mode: str | None = None
    status: str = "happened"
    background: bool = False
    place: Spot | None = None
    when: When | None = None
    harm: Harm = Harm()
    participants: tuple[Party, ...] = ()
    members: tuple[Member, ...] = ()
    reports: tuple[str, ...] = ()
    accounts: tuple[MergedAccount, ...] = ()
    differs: tuple[str, ...] = ()
    sources: int = 1
    estimates: tuple[Estimate, ...] = ()
    schema: str = "watchfloor.incident/1"


def identity(kind: str, *parts: object) -> str:
    """An id: the hash of tagged JSON, so that ("ab", "c") and ("a", "bc") differ."""
    return hashlib.sha256(msgspec.json.encode([kind, *parts])).hexdigest()[:20]


def merged(nodes: Sequence[Node], wires: Mapping[str, str]) -> MergedIncident:
    """Join nodes, sorted by key, that tell of one happening. `wires`: each report's wire."""
    told = [(node, telling) for node in nodes for telling in node.tellings]
    said = [
        Said(
            facts=telling.facts, report=node.report, sources=telling.sources,
            hearsay=telling.hearsay, only=telling.only, withdrawn=telling.withdrawn,
            corrects=node.corrects, outlet=node.outlet, published=node.published,
        )
        for node, telling in told
    ]  # fmt: skip
    back = taken_back(said)
    differs = differing(said, back)
    disputed = in_dispute(differs)
    facts = [node.facts for node in nodes]
    voices = one_source(nodes, wires)
    harm, estimates = _harm(told, back, voices)
    accounts = tuple(
        replace(_account(node, telling, wires[node.report], fields), taken_back=gone)
        for (node, telling), fields, gone in zip(told, differs, back, strict=True)
    )
    return MergedIncident(
        incident="i" + identity("incident", *nodes[0].key),
        type=_type(facts),
        mode=_vote(m for f in facts for m in sorted(f.modes)),
        status="disputed" if "status" in disputed else _status(_kept(facts, told, back)),
        background=all(f.background for f in facts),
        place=_spot(facts),
        when=_when(facts),
        harm=harm,
        participants=_parties(facts),
        members=tuple(Member(report=n.report, event=e) for n in nodes for e in n.events),
        reports=tuple(dict.fromkeys(n.report for n in nodes)),
        accounts=accounts,
        differs=disputed,
        sources=len(set(voices.values())),
        estimates=estimates,
    )


def _account(node: Node, telling: Telling, wire: str, differs: tuple[str, ...]) -> MergedAccount:
    statuses = {f.status for f in telling.facts}
    return MergedAccount(
        report=node.report,
        events=telling.events,
        sources=telling.sources,
        kinds=telling.kinds,
        standing=telling.standing,
        grade=telling.grade,
        outlet=node.outlet,
        agency=node.agency,
        published=node.published,
        wire=wire,
        status=next(iter(sorted(statuses, key=_RANK.index))) if statuses else "happened",
        harm=Harm(**{field: total(telling.facts, field) for field in HARMS}),
        actors=tuple(
            dict.fromkeys(
                p.text
                for p in _parties(telling.facts)
                if p.role == Role.ACTOR and p.text.lower() not in PRONOUNS
            )
        ),
        place=spot.name if (spot := _spot(telling.facts)) else None,
        when=when.from_ if (when := _when(telling.facts)) else None,
        mode=_vote(m for f in telling.facts for m in sorted(f.modes)),
        differs=differs,
        only=telling.only,
    )


def _parties(facts: Sequence[Facts]) -> tuple[Party, ...]:
    """Everybody with a part in it, each once; of those who did it, who is named stands for words
    that only point back ("its fighters").
    """
    found = {(p.role, p.head, p.names): p for f in facts for p in f.parties}.values()
    named = any(p.role == Role.ACTOR and names_in(p.text) for p in found)
    return tuple(p for p in found if not (named and p.role == Role.ACTOR and _is_of_other(p.text)))


def _is_of_other(text: str) -> bool:
    """Whether words tell of people by whose they are, and name nobody."""
    return text.lower().split(" ", 1)[0] in {"its", "their", "our"} and points_back(text)


#: Who did it, told by a word that stands for a name.
PRONOUNS = frozenset("he she it they we i you who which that".split())
_RANK = ("happened", "ongoing", "attempted", "denied", "planned", "possible", "disputed")


def _kept(
    facts: Sequence[Facts],
    told: Sequence[tuple[Node, Telling]],
    back: Sequence[tuple[str, ...]],
) -> Sequence[Facts]:
    """What is left to tell whether it happened, once some of it was taken back."""
    if not any("status" in gone for gone in back):
        return facts
    left = [f for (_, t), gone in zip(told, back, strict=True) if "status" not in gone
            for f in t.facts]  # fmt: skip
    return left or facts


def _status(facts: Iterable[Facts]) -> str:
    said = {f.status for f in facts}
    return next(s for s in _RANK if s in said)


def _type(facts: Sequence[Facts]) -> str:
    """The type that most reports give; an attack before an accident among equals."""
    votes = Counter(f.type for f in facts)
    return min(votes, key=lambda t: (-votes[t], t))


def _vote(values: Iterable[str]) -> str | None:
    votes = Counter(values)
    return min(votes, key=lambda v: (-votes[v], v)) if votes else None


def _spot(facts: Sequence[Facts]) -> Spot | None:
    """The most exact place named; the one that more reports name among equals, and of one place
    the telling that draws it.
    """
    spots = [s for f in facts for s in f.spots]
    votes = Counter(s.gazetteer_id or s.name for s in spots)
    return min(
        spots,
        key=lambda s: (
            s.area,
            s.lat is None,
            -votes[s.gazetteer_id or s.name],
            s.radius_km,
            s.name,
            not s.outlines,
        ),
        default=None,
    )


def _when(facts: Sequence[Facts]) -> When | None:
    """The day that most reports name; the shorter, then the earlier of equals."""
    votes = Counter(f.days for f in facts if f.days)
    best = min(votes, key=lambda d: (-votes[d], d.last - d.first, d), default=None)
    if best is None:
        return None
    first, last = best.first.isoformat(), best.last.isoformat()
    return When(from_=first, to=last, precision="day", basis="report")


def _harm(
    told: Sequence[tuple[Node, Telling]], back: Sequence[tuple[str, ...]], of: Mapping[str, str]
) -> tuple[Harm, tuple[Estimate, ...]]:
    """Each number as most independent sources give it that have not taken it back; the latest
    published of equals.
    """
    values: dict[str, object] = {}
    reasons = []
    for field in HARMS:
        voices: dict[bytes, set[str]] = {}
        latest: dict[bytes, tuple[str, str]] = {}
        counts = {}
        for (node, telling), gone in zip(told, back, strict=True):
            count = total(telling.facts, field)
            if count is None or f"harm.{field}" in gone:
                continue
            key = msgspec.json.encode(count)
            counts[key] = count
            voices.setdefault(key, set()).add(of[node.report])
            latest[key] = max(latest.get(key, ("", "")), (node.published or "", node.report))
        if not counts:
            continue
        best = max(counts, key=lambda k: (len(voices[k]), latest[k], k))
        values[field] = counts[best]
        if len(counts) > 1:
            reason = f"{len(voices[best])} of {len(set().union(*voices.values()))} sources"
            reasons.append(Estimate(field=f"harm.{field}", value=counts[best], reason=reason))
    return Harm(**values), tuple(reasons)  # type: ignore[arg-type]
