"""Rules: which events count, for whom, how far, and how severe they are; from YAML and checked."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from watchfloor.data import load_yaml
from watchfloor.errors import SettingsError
from watchfloor.records import Record
from watchfloor.watch.kinds import modes_of, site_kinds
from watchfloor.yamlfile import as_record, read_yaml

#: CAP 1.2's severities, the least first; `info` is ours, for what is told without urgency.
SEVERITIES = ("info", "minor", "moderate", "severe", "extreme")
#: CAP 1.2's urgencies, the least first.
URGENCIES = ("unknown", "past", "future", "expected", "immediate")
TYPES = (
    "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST "
    "SANCTION MOBILIZE COERCE ASSAULT PROTECT HARM"
).split()
STATUSES = "happened ongoing planned possible attempted denied disputed".split()
#: Statuses that never raise an alert, whatever a rule says: it did not happen, or may never.
SILENT = ("denied", "possible")
#: Who can be harmed or aimed at, as seen from a register entry.
HARMED = ("own nationality", "own organisation", "same sector")
#: Kinds of commitments (see the ledger) that can be overdue.
PROMISED = ("pledge", "agreement", "demand", "request")


class Trend(Record, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What makes incidents a trend: `count` of them or more in `days`, and `factor` times as many
    as were usual in the `past_days` before those.
    """

    count: int = 3
    days: int = 30
    past_days: int = 360
    factor: float = 2.0


class Rule(Record, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One rule; `radius` multiplies the radius of the site. None means any. With a `trend` it is
    for sites that see more such incidents around them than they used to.
    """

    name: str
    types: tuple[str, ...]
    statuses: tuple[str, ...]
    severity: str
    urgency: str = "expected"
    radius: float = 1.0
    modes: tuple[str, ...] | None = None
    sites: tuple[str, ...] | None = None
    harmed: tuple[str, ...] | None = None
    trend: Trend | None = None


class Overdue(Record, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A rule for commitments of these kinds whose day is past by more than `days`."""

    name: str
    kinds: tuple[str, ...]
    severity: str
    days: int = 0
    urgency: str = "expected"
    radius: float = 1.0


class Blind(Record, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A rule for sites of whose country no feed has answered for so many `hours`."""

    name: str
    hours: float
    severity: str
    urgency: str = "unknown"


class Rules(Record, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All rules: for incidents, for commitments, for feeds; and how wide and how early a journey
    is watched.
    """

    rules: tuple[Rule, ...]
    overdue: tuple[Overdue, ...] = ()
    blind: tuple[Blind, ...] = ()
    corridor_km: float = 10.0
    days_before_departure: int = 3


def read_rules(path: Path) -> Rules:
    """Rules from a file. Raises SettingsError with the rule and the valid answers."""
    return check_rules(read_yaml(path), str(path))


@cache
def default_rules() -> Rules:
    """The rules that watchfloor comes with."""
    return check_rules(load_yaml("watch_rules.yaml"), "watch_rules.yaml")


def check_rules(raw: Any, where: str) -> Rules:
    """Rules from what YAML gave. Raises SettingsError that lists the valid answers."""
    rules = as_record(raw, Rules, where, "rule")
    for rule in rules.rules:
        _check(rule, f"{where}, rule {rule.name!r}")
    for overdue in rules.overdue:
        here = f"{where}, rule {overdue.name!r}"
        _known(overdue.kinds, PROMISED, "kind of commitment", here)
        _over(overdue.days, 0, "days", here)
        _graded(overdue, here)
        _radius(overdue.radius, here)
    for blind in rules.blind:
        here = f"{where}, rule {blind.name!r}"
        _over(blind.hours, 0, "hours", here)
        _graded(blind, here)
    names = [r.name for r in rules.rules]
    names += [*(o.name for o in rules.overdue), *(b.name for b in rules.blind)]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise SettingsError(f"two rules of one name {twice[0]!r}", where=where)
    if rules.corridor_km <= 0 or rules.days_before_departure < 0:
        right = "corridor_km over 0, days_before_departure 0 or more"
        raise SettingsError("a corridor that nothing can touch", where=where, right=right)
    return rules


def _check(rule: Rule, where: str) -> None:
    _known(rule.types, TYPES, "type", where)
    _known(rule.statuses, [s for s in STATUSES if s not in SILENT], "status", where)
    if rule.modes is not None:
        _known(rule.modes, [m for t in rule.types for m in modes_of(t)], "mode", where)
    if rule.sites is not None:
        _known(rule.sites, site_kinds(), "kind of site", where)
    if rule.harmed is not None:
        _known(rule.harmed, HARMED, "kind of harmed", where)
    _graded(rule, where)
    _radius(rule.radius, where)
    if rule.trend is not None:
        _trend(rule.trend, f"{where}, trend")


def _trend(trend: Trend, where: str) -> None:
    _over(trend.count, 2, "count", where)
    _over(trend.days, 1, "days", where)
    _over(trend.past_days, 3 * trend.days, "past_days", where)
    _over(trend.factor, 1, "factor", where)


def _graded(rule: Rule | Overdue | Blind, where: str) -> None:
    _known((rule.severity,), SEVERITIES, "severity", where)
    _known((rule.urgency,), URGENCIES, "urgency", where)


def _radius(radius: float, where: str) -> None:
    if not 0 < radius <= 100:
        right = "over 0 and at most 100; it multiplies the radius of the site"
        raise SettingsError(f"radius {radius:g}", where=where, right=right)


def _over(value: float, least: float, name: str, where: str) -> None:
    if value < least:
        raise SettingsError(f"{name} {value:g}", where=where, right=f"{name} of {least:g} or more")


def _known(given: Iterable[str], valid: Iterable[str], what: str, where: str) -> None:
    answers, words = list(valid), list(given)
    if not words:
        right = f"some of {', '.join(answers)}"
        raise SettingsError(f"no {what}, so that it fits nothing", where=where, right=right)
    for word in words:
        if word not in answers:
            right = f"one of {', '.join(answers)}"
            raise SettingsError(f"unknown {what} {word!r}", where=where, right=right)
