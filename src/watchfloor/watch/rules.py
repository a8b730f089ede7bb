"""Rules: which events count, how far, and how severe they are; read from YAML and checked."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import msgspec
import yaml

from watchfloor.errors import SettingsError
from watchfloor.records import Record

#: CAP 1.2's severities, the least first; `info` is ours, for what is told without urgency.
SEVERITIES = ("info", "minor", "moderate", "severe", "extreme")
TYPES = frozenset(
    "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST "
    "SANCTION MOBILIZE COERCE ASSAULT PROTECT HARM".split()
)
STATUSES = frozenset("happened ongoing planned possible attempted denied disputed".split())


class Rule(Record, frozen=True, kw_only=True):
    """One rule; `radius` multiplies the radius of the site."""

    name: str
    types: tuple[str, ...]
    statuses: tuple[str, ...]
    severity: str
    radius: float = 1.0
    modes: tuple[str, ...] | None = None


class Rules(Record, frozen=True, kw_only=True):
    """All rules, and how wide and how early a journey is watched."""

    rules: tuple[Rule, ...]
    corridor_km: float = 10.0
    days_before_departure: int = 3


def read_rules(path: Path) -> Rules:
    """Rules from a file. Raises SettingsError with the rule and the valid answers."""
    try:
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise SettingsError(f"cannot be read ({error})", where=str(path)) from error
    return check_rules(raw, str(path))


@cache
def default_rules() -> Rules:
    """The rules that watchfloor comes with."""
    text = files("watchfloor.data").joinpath("watch_rules.yaml").read_text(encoding="utf-8")
    return check_rules(yaml.safe_load(text), "watch_rules.yaml")


def check_rules(raw: Any, where: str) -> Rules:
    """Rules from what YAML gave."""
    try:
        rules = msgspec.convert(raw, Rules)
    except msgspec.ValidationError as error:
        raise SettingsError(str(error), where=where) from error
    for rule in rules.rules:
        _known(rule.types, TYPES, "type", f"{where}, rule {rule.name!r}")
        _known(rule.statuses, STATUSES, "status", f"{where}, rule {rule.name!r}")
        _known((rule.severity,), frozenset(SEVERITIES), "severity", f"{where}, rule {rule.name!r}")
    return rules


def _known(given: tuple[str, ...], valid: frozenset[str], what: str, where: str) -> None:
    for word in given:
        if word not in valid:
            raise SettingsError(
                f"unknown {what} {word!r}", where=where, right=f"one of {', '.join(sorted(valid))}"
            )
