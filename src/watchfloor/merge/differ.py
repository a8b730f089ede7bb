"""On which fields accounts of one happening contradict each other.

Two accounts in two reports contradict each other on what they say or carry over. Two in one report
do so only where two sources speak, neither of them the report itself, and each says the thing in
its own words: a report that goes on telling does not argue with itself. Numbers and denials count
against the report's own voice too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import combinations, product

import msgspec

from watchfloor.merge.alike import contradict
from watchfloor.merge.facts import HARMS, Facts, Party, distance_km
from watchfloor.merge.turnout import apart
from watchfloor.merge.words import acts, anyone, head, is_vague_doer, modes_agree, outcomes, stem
from watchfloor.records import Count, Role

#: Statuses that say it is real, against a denial.
ASSERTED = frozenset({"happened", "ongoing", "attempted", "disputed"})
#: Statuses under which harm is feared or meant, not told.
UNREAL = frozenset({"planned", "possible"})
#: Points nearer than this (km) are one place told roughly; under it, accounts agree.
SAME_POINT_KM = 6.0
#: Kinds of actor whose name can contradict another one's.
BODIES = frozenset({"state", "organisation", "group"})


class Telling(msgspec.Struct, frozen=True, kw_only=True):
    """What one account says: its facts, the report it stands in, and its sources, innermost first
    (none for the report's own voice); `hearsay`: by somebody who is not named at all; `only`: the
    fields that it speaks of, all of them where there are none.

    `withdrawn`: the report said so before and does not any more. `corrects`: the report puts right
    what its outlet told before; `published` as ISO, so that before can be known.
    """

    facts: tuple[Facts, ...]
    report: str = ""
    sources: tuple[str, ...] = ()
    hearsay: bool = False
    only: tuple[str, ...] = ()
    withdrawn: bool = False
    corrects: bool = False
    outlet: str | None = None
    published: str | None = None


def differing(
    tellings: Sequence[Telling], back: Sequence[tuple[str, ...]]
) -> list[tuple[str, ...]]:
    """For each account, the fields on which another one contradicts it, in order of the format.

    What was taken back (`back`, as `taken_back` gives it) contradicts nobody any more.
    """
    found: list[set[str]] = [set() for _ in tellings]
    deny = _deniers(tellings)
    for (i, one), (j, two) in combinations(enumerate(tellings), 2):
        for field, contradicts in _FIELDS:
            if field in back[i] or field in back[j]:
                continue
            if field == "mode" and {_voice(one), _voice(two)} & deny:
                continue
            if _may_argue(one, two, field) and contradicts(one, two):
                found[i].add(field)
                found[j].add(field)
    return [in_dispute([fields]) for fields in found]


def _voice(telling: Telling) -> tuple[str, tuple[str, ...]]:
    return telling.report, telling.sources


def _deniers(tellings: Sequence[Telling]) -> set[tuple[str, tuple[str, ...]]]:
    """Voices that say that it did not happen, and the reports that go on to tell it as they do:
    theirs is another story, whose other means are no dispute of their own.
    """
    said = [t for t in tellings if any(f.status == "denied" for f in t.facts)]
    return {_voice(t) for t in said} | {(t.report, ()) for t in said}


def taken_back(tellings: Sequence[Telling]) -> list[tuple[str, ...]]:
    """For each account, the fields that its report or its outlet has taken back since."""
    found: list[set[str]] = [set() for _ in tellings]
    if not any(t.withdrawn or t.corrects for t in tellings):
        return [() for _ in tellings]
    for (i, one), two in product(enumerate(tellings), tellings):
        if one.withdrawn:
            found[i] |= {f"harm.{h}" for h in HARMS if total(one.facts, h) is not None}
        if _takes_back(two, one):
            found[i] |= {field for field, contradicts in _FIELDS if contradicts(one, two)}
    return [in_dispute([fields]) for fields in found]


def _takes_back(new: Telling, old: Telling) -> bool:
    if new.withdrawn:
        return False
    if old.report == new.report:
        return old.withdrawn
    same = bool(old.outlet) and old.outlet == new.outlet and not old.corrects
    return new.corrects and same and (old.published or "") <= (new.published or "")


def in_dispute(differs: Iterable[Iterable[str]]) -> tuple[str, ...]:
    """Every field in which some account differs, in order of the format."""
    named = set().union(*differs)
    return tuple(name for name, _ in _FIELDS if name in named)


def total(facts: Sequence[Facts], field: str) -> Count | None:
    """What an account says in all: its largest number, since it may also tell the parts."""
    counts = [c for f in facts if (c := getattr(f.harm, field)) is not None]
    return max(counts, key=lambda c: (c.low or 0, c.high or 0), default=None)


def _number(facts: Sequence[Facts], field: str) -> Count | None:
    """As `total`; those missing since an abduction are the abducted."""
    count = total(facts, field)
    if count is None and field == "abducted" and any("abduct" in f.modes for f in facts):
        return total(facts, "missing")
    return count


def _may_argue(one: Telling, two: Telling, field: str) -> bool:
    """Whether two accounts can contradict each other on a field at all."""
    if any(t.only and field not in t.only for t in (one, two)):
        return False
    if one.report != two.report:
        return True
    if any(_same_source(a, b) for a in one.sources for b in two.sources):
        return False
    spoken = (one.sources or one.hearsay) and (two.sources or two.hearsay)
    return bool(spoken) or field in _AGAINST_ITSELF or (field == "participants.actor" and
                                                        _counts_anew(one, two))  # fmt: skip


def _counts_anew(one: Telling, two: Telling) -> bool:
    """Whether one of two accounts of one report is nothing but another count of a crowd."""
    return any(p.number or p.most for t in (one, two) if t.only for f in t.facts for p in f.parties)


def _same_source(one: str, two: str) -> bool:
    """Whether two names of one report are one speaker's: "the deputies", "county deputies"."""
    ours, theirs = (set(name.lower().split()) - {"the", "a", "an"} for name in (one, two))
    return head(one) == head(two) and (ours <= theirs or theirs <= ours)


def _harm(field: str) -> Callable[[Telling, Telling], bool]:
    def contradicts(one: Telling, two: Telling) -> bool:
        told = [tuple(f for f in t.facts if f.status not in UNREAL) for t in (one, two)]
        if not contradict(_number(told[0], field), _number(told[1], field)):
            return False
        if one.report != two.report or _same_people(*told):
            return True
        return _other_story(one, two)

    return contradicts


def _other_story(one: Telling, two: Telling) -> bool:
    """Whether two sources tell it of another place or day: then their numbers, of whomever, are
    two numbers of one happening.
    """
    return bool(one.sources and two.sources) and (_place(one, two) or _when(one, two))


def _same_people(one: Sequence[Facts], two: Sequence[Facts]) -> bool:
    """Whether two numbers count the same people: both anybody, or of one kind; a guard who died
    is a part of five who died, not another number.
    """
    ours, theirs = ({p.head for f in t for p in f.parties if p.role == Role.VICTIM and p.head}
                    for t in (one, two))  # fmt: skip
    if any(stem("toll") in f.stems for f in (*one, *two)):
        return True  # a toll is of everybody
    both = [heads - anyone() for heads in (ours, theirs)]
    return both[0] == both[1] or bool(both[0] & both[1])


def _identity(party: Party) -> frozenset[str]:
    if party.names:
        return party.names
    return frozenset() if is_vague_doer(party.head) else frozenset({party.head} - {""})


def _doers(telling: Telling) -> list[Party]:
    return [p for f in telling.facts for p in f.parties if p.role == Role.ACTOR and _identity(p)]


def _actor(one: Telling, two: Telling) -> bool:
    """Both say who did it, and none is the same; in one report, only bodies that are known. Of a
    protest, both say how many they were, and the counts are far apart.
    """
    if one.report != two.report or _counts_anew(one, two):
        crowds = ([p for f in t.facts if f.type == "PROTEST" for p in f.parties
                   if p.role == Role.ACTOR] for t in (one, two))  # fmt: skip
        if apart(*crowds):
            return True
    ours, theirs = _doers(one), _doers(two)
    if one.report == two.report:
        ours, theirs = ([p for p in side if p.kind in BODIES] for side in (ours, theirs))
    here = one.report == two.report
    return bool(ours and theirs) and not any(_same_doer(a, b, here) for a in ours for b in theirs)


def _same_doer(one: Party, two: Party, one_report: bool) -> bool:
    if one_report and one.actor and one.actor == two.actor:
        return True
    if "state" in (one.kind, two.kind) and one.country and one.country == two.country:
        return True
    return bool(_identity(one) & _identity(two)) or (bool(one.head) and one.head == two.head)


def _place(one: Telling, two: Telling) -> bool:
    """Two points or towns too far apart to be one; an area contradicts nothing inside it."""
    apart = one.report != two.report
    ours, theirs = (
        [s for f in t.facts if apart or f.placed for s in f.spots if not s.area] for t in (one, two)
    )
    gaps = [distance_km(a, b) for a in ours for b in theirs]
    known = [g for g in gaps if g is not None]
    return bool(known) and min(known) > SAME_POINT_KM


def _when(one: Telling, two: Telling) -> bool:
    apart = one.report != two.report
    ours, theirs = ([f.days for f in t.facts if f.days and (apart or f.dated)] for t in (one, two))
    gaps = [a.apart(b) for a in ours for b in theirs]
    return bool(gaps) and min(gaps) > 0


def _mode(one: Telling, two: Telling) -> bool:
    """Both say how, and none agrees; a mode is one of its type, and of no other."""
    ours, theirs = ({(f.type, m) for f in t.facts for m in f.modes} for t in (one, two))
    pairs = [(a, b) for kind, a in ours for also, b in theirs if kind == also]
    return bool(pairs) and not any(modes_agree(a, b) for a, b in pairs)


def _status(one: Telling, two: Telling) -> bool:
    """One says that it happened, the other that it did not; or attack here, accident there.

    That nobody was killed or hurt denies no attack, only that somebody was.
    """

    def stands(telling: Telling, harmed: bool) -> tuple[bool, bool]:
        said = [f for f in telling.facts if harmed or not _of_harm(f)]
        statuses = {f.status for f in said}
        return bool(statuses & ASSERTED), "denied" in statuses

    if one.report == two.report and _when(one, two):
        return False
    harmed = all(any(map(_tells_harm, t.facts)) for t in (one, two))
    (yes, no), (also, also_no) = stands(one, harmed), stands(two, harmed)
    kinds = [{f.type for f in t.facts} for t in (one, two)]
    accident = ("HARM" in kinds[0]) != ("HARM" in kinds[1]) and "ASSAULT" in kinds[0] | kinds[1]
    return (no != also_no and (also if no else yes)) or (accident and yes and also)


def _of_harm(facts: Facts) -> bool:
    """Whether a telling only says what came of an act: that somebody was killed or hurt, or not."""
    kinds = acts(facts.stems)
    return bool(kinds) and kinds <= outcomes()


def _tells_harm(facts: Facts) -> bool:
    """Whether a telling says that somebody was killed or hurt, or that nobody was."""
    if facts.status in UNREAL or facts.status == "attempted":
        return False
    counts = (facts.harm.killed, facts.harm.injured)
    return bool(acts(facts.stems) & outcomes()) or any(c is not None for c in counts)


#: On what a report's own voice can contradict a source in it; arrests add up.
_AGAINST_ITSELF = frozenset({"status", *(f"harm.{h}" for h in HARMS if h != "arrested")})

_FIELDS: tuple[tuple[str, Callable[[Telling, Telling], bool]], ...] = (
    *((f"harm.{field}", _harm(field)) for field in HARMS),
    ("participants.actor", _actor),
    ("place", _place),
    ("when", _when),
    ("mode", _mode),
    ("status", _status),
)
