"""Sentences on what was reported: sight, incidents, alerts, counts, commitments."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from watchfloor.response.draft.say import (
    day,
    few,
    number,
    say,
    seen_at,
    stamp,
    tally,
)
from watchfloor.response.draft.seen import Feeding, Raised, Seen, Told
from watchfloor.response.records import SERIOUS, SEVERITIES, Evidence, Sentence

#: The incidents and alerts that are told one by one.
ONE_BY_ONE = 25


def sight(seen: Seen) -> list[Sentence]:
    """How far silence can be trusted: quiet and blind are told apart."""
    feeds = [f for f in seen.feeds if f.country in {None, seen.country} or seen.country is None]
    if not feeds:
        nothing = Evidence(kind="feed", id="none", says="no feed in the record covers it")
        return say(f"No feed covers what happens {seen.where}: silence says nothing.", nothing)
    evidence = [_feed(f, seen) for f in feeds]
    blind = [f for f in feeds if f.state in {"blind", "broken"}]
    unheard = [f for f in feeds if f.state == "new"]
    quiet = [f.name for f in feeds if f.state == "quiet"]
    none = "" if seen.incidents else f"No report of an event {seen.where}; "
    if blind or unheard:
        away = [f.name for f in (*blind, *unheard)]
        verb = "is" if len(away) == 1 else "are"
        text = f"{none}{len(away)} of {len(feeds)} feeds there {verb} blind: {few(away)}."
        if seen.incidents:
            text += " More may have happened than is told here."
    elif quiet:
        text = f"{none}all {len(feeds)} feeds answer, {len(quiet)} of them unusually quiet"
        text += f": {few(quiet)}."
    elif len(feeds) == 1:
        text = f"{none}the one feed that covers it answers."
    else:
        text = f"{none}all {len(feeds)} feeds that cover it answer."
    return say(text, *evidence)


def _feed(feed: Feeding, seen: Seen) -> Evidence:
    when = f"answered {stamp(feed.answered_at)}" if feed.answered_at else "never answered"
    return seen_at("feed", feed.address, f"{feed.name}: {feed.state}, {when}",
                   feed.answered_at, seen.now)  # fmt: skip


def incidents(seen: Seen) -> list[Sentence]:
    """Each incident with what the reports say of it, and where they do not agree."""
    found = []
    for one in seen.incidents[:ONE_BY_ONE]:
        found += _incident(one)
    left = seen.incidents[ONE_BY_ONE:]
    if left:
        rest = [_record_of(one) for one in left]
        found += say(f"{number(len(left), 'more incident')} are in the record.", *rest)
    return found


def _incident(one: Told) -> list[Sentence]:
    said = "" if one.status == "happened" else f" ({one.status})"
    harm = few([f"{kind} {count}" for kind, count in one.harm]) or "no report says who was hurt"
    sources = number(one.sources, "independent source")
    text = f"{one.what}{said}, {one.where}, {one.when}: {harm}; {sources}."
    if not one.quotes:
        return []
    found = say(text, *one.quotes, _record_of(one))
    if one.differs:
        found += say(f"Accounts of it differ: {'; '.join(one.differs)}.", *one.quotes)
    return found


def _record_of(one: Told) -> Evidence:
    return Evidence(kind="incident", id=one.id, says=f"{one.what}, {one.where}, {one.when}")


def trend(seen: Seen) -> list[Sentence]:
    """Counts by kind against the same time before."""
    if seen.before is None:
        return []
    now = Counter(one.type for one in seen.incidents)
    before = Counter(one.type for one in seen.before)
    kinds = {one.type: one.what.partition(",")[0] for one in (*seen.before, *seen.incidents)}
    found = []
    for kind in sorted(kinds, key=lambda k: (-now[k], k)):
        both = [_record_of(one) for one in (*seen.incidents, *seen.before) if one.type == kind]
        text = f"{kinds[kind]}: {now[kind]}, in the same time before {before[kind]}."
        found += say(text, *both)
    return found


def alerts(seen: Seen) -> list[Sentence]:
    """How many alerts, how many untriaged, and each serious one that is open."""
    if not seen.alerts:
        return []
    severities = [a.severity for a in seen.alerts]
    untriaged = [a for a in seen.alerts if a.state == "open"]
    order = list(reversed(SEVERITIES))
    found = say(
        f"{number(len(seen.alerts), 'alert')}: {tally(severities, order)}; "
        f"{len(untriaged)} untriaged.",
        *(_alert(a, seen) for a in seen.alerts),
    )
    grave = [a for a in untriaged if a.severity in SERIOUS][:ONE_BY_ONE]
    for one in sorted(grave, key=lambda a: -SEVERITIES.index(a.severity)):
        checked = "" if one.verified and one.verified.finding else "; not verified"
        text = f"Untriaged, {one.severity}, {seen.called(one.entry)}: {one.because}{checked}."
        found += say(text, _alert(one, seen))
    return found


def verification(seen: Seen) -> list[Sentence]:
    """For each alert what was found and by whom, or that nothing was; then how many more."""
    found = []
    for one in seen.alerts[:ONE_BY_ONE]:
        evidence = [_alert(one, seen), *_asked(one)]
        found += say(f"{seen.called(one.entry)}, {one.because}: {_verified(one)}.", *evidence)
    left = seen.alerts[ONE_BY_ONE:]
    if left:
        checked = sum(1 for one in left if one.verified and one.verified.finding)
        more = f"{number(len(left), 'more alert')}: {checked} verified, {len(left) - checked} not."
        found += say(more, *(_alert(one, seen) for one in left))
    return found


def _verified(one: Raised) -> str:
    by = one.verified
    if by is None:
        return "not verified"
    if by.finding is None or by.found_at is None:
        return f"not verified; {by.asked_of} was asked at {stamp(by.made_at)}, no answer yet"
    note = f" ({by.note})" if by.note else ""
    old = ", before more was known" if by.revision < one.revision else ""
    return f"{by.finding}{note}, verified by {by.asked_of} at {stamp(by.found_at)}{old}"


def _asked(one: Raised) -> list[Evidence]:
    by = one.verified
    if by is None:
        return []
    says = f"{by.asked_of}: {by.finding or 'no answer yet'}"
    return [Evidence(kind="verification", id=str(by.n), says=says, at=by.found_at or by.made_at)]


def _alert(one: Raised, seen: Seen) -> Evidence:
    says = f"{one.severity}, {seen.called(one.entry)}: {one.because}"
    return Evidence(kind="alert", id=one.id, says=says, at=one.at)


def commitments(seen: Seen) -> list[Sentence]:
    """What was demanded and promised, and what became of it; overdue first."""
    late = sorted(seen.promises, key=lambda p: p.status not in {"overdue", "in doubt"})
    found = []
    for one in late[:ONE_BY_ONE]:
        found += say(f"{one.says}: {one.status}.", one.quote)
    return found


def near_site(seen: Seen) -> list[Sentence]:
    """For an assurance: what concerned the site in the period."""
    mine: Sequence[Raised] = [a for a in seen.alerts if a.entry == seen.site]
    if not mine:
        return []
    days = f"{day(seen.first)} to {day(seen.last)}"
    text = f"From {days} {number(len(mine), 'alert')} concerned {seen.called(seen.site or '')}."
    return [*say(text, *(_alert(a, seen) for a in mine)), *incidents(seen)]
