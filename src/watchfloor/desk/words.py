"""How values read on a page: counts, places, periods, kinds; unknown is said, never zero."""

from __future__ import annotations

from typing import Any

from watchfloor.desk.clock import day
from watchfloor.desk.tongue import say
from watchfloor.records import Count, When
from watchfloor.store.alerts import KeptAlert
from watchfloor.watch.standing import COMMITMENT, FEEDS

#: PLOVER's types (and our two) in the words of a desk.
TYPES = {
    "AGREE": "agreement", "CONSULT": "meeting", "SUPPORT": "support", "CONCEDE": "concession",
    "COOPERATE": "cooperation", "AID": "aid", "RETREAT": "retreat", "REQUEST": "request",
    "ACCUSE": "accusation", "REJECT": "refusal", "THREATEN": "threat", "PROTEST": "protest",
    "SANCTION": "sanction", "MOBILIZE": "mobilisation", "COERCE": "coercion",
    "ASSAULT": "attack", "PROTECT": "protection", "HARM": "accident or disaster",
}  # fmt: skip
#: Register entries, one of each kind.
ENTRIES = {"sites": "site", "groups": "group", "journeys": "journey"}


def cause(alert: KeptAlert) -> str:
    """The page of what an alert is about: an incident, the ledger, or the feeds."""
    if alert.incident.startswith(COMMITMENT):
        return "/commitments"
    return "/sources" if alert.incident.startswith(FEEDS) else f"/incidents/{alert.incident}"


def counted(count: Count | None) -> str:
    """A count as people say it; "not said" for None."""
    if count is None:
        return say("not said")
    low, high = count.low, count.high
    if low is None and high is None:
        return say("some")
    if low == high:
        return say("about {0}", low) if count.approx else str(low)
    if high is None:
        return say("{0} or more" if count.approx else "at least {0}", low)
    return say("up to {0}", high) if low is None else say("{0} to {1}", low, high)


def kind(type: str, mode: str | None = None) -> str:
    """A type of event in words, with its mode."""
    said = say(TYPES.get(type, type.lower()))
    return f"{said}, {say(mode)}" if mode else said


def place(spot: Any) -> str:
    """A `Place` or a merged incident's `Spot` in words, with how exactly it is known."""
    if spot is None:
        return say("place unknown")
    told = spot.country and spot.kind != "country"
    country = f", {spot.country}" if told else ""
    return f"{spot.name}{country}"


def exactness(spot: Any) -> str:
    """How exactly a place is known."""
    if spot is None or spot.lat is None:
        return say("not found in the gazetteer")
    return say("{0}, known to about {1} km", say(spot.kind), f"{spot.radius_km or 0:.0f}")


def period(when: When | None) -> str:
    """A period in days; "day unknown" where there is none."""
    if when is None or (when.from_ is None and when.to is None):
        return say("day unknown")
    first, last = day(when.from_) if when.from_ else None, day(when.to) if when.to else None
    if first is None:
        return say("until {0}", last)
    if last is None or when.open_end:
        return say("since {0}", first)
    return first if first == last else say("{0} to {1}", first, last)


def field(name: str) -> str:
    """A field's name in words."""
    known = {"participants.actor": "who did it", "place": "where"}
    return say(known.get(name, name.removeprefix("harm.").replace("_", " ")))
