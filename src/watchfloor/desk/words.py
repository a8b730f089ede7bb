"""How values read on a page: counts, places, periods, kinds; unknown is said, never zero."""

from __future__ import annotations

from typing import Any

from watchfloor.countries import countries
from watchfloor.desk.clock import day
from watchfloor.desk.tongue import argued, say
from watchfloor.ledger import COMMITMENT
from watchfloor.records import Count, When
from watchfloor.store.alerts import KeptAlert
from watchfloor.watch.said import TYPES, say_place
from watchfloor.watch.standing import FEEDS

#: PLOVER's modes that are no words of a desk; the others are read as they are.
MODES = {
    "abduct": "abduction", "allege": "allegation", "beat": "beating", "censor": "censorship",
    "convict": "conviction", "demo": "demonstration", "deport": "deportation",
    "destroy": "destruction", "disapprove": "disapproval", "disarm": "disarming",
    "discontinue": "breaking off", "expel": "expulsion", "investigate": "investigation",
    "meet": "talks", "obstruct": "blockade", "resign": "resignation", "restrict": "restriction",
    "seize": "seizure", "vandalize": "vandalism", "withdraw": "withdrawal",
    "withhold": "withholding",
}  # fmt: skip
#: Words that a report without a title is called by.
FIRST_WORDS = 12
#: Register entries, one of each kind.
ENTRIES = {"sites": "site", "groups": "group", "journeys": "journey"}


def cause(alert: KeptAlert) -> str:
    """The page of what an alert is about."""
    return about(alert.incident)


def about(incident: str) -> str:
    """The page of an incident, or of what stands for one: the ledger, the feeds."""
    if incident.startswith(COMMITMENT):
        return "/commitments"
    return "/sources" if incident.startswith(FEEDS) else f"/incidents/{incident}"


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
    return f"{said}, {manner(mode)}" if mode else said


def manner(mode: str) -> str:
    """A mode of event in words."""
    said = say(mode)
    return said if said != mode else MODES.get(mode, mode.replace("-", " "))


def place(spot: Any) -> str:
    """A `Place` or a merged incident's `Spot` in words, with how exactly it is known."""
    if spot is None:
        return say("place unknown")
    land = country(spot.country) if spot.country else spot.name
    made = say_place(str(spot.name))
    name = made if isinstance(made, str) else argued([made])
    return name if spot.name == land else f"{name}, {land}"


def country(code: str | None) -> str:
    """The name of a country (ISO 3166-1 alpha-3): the code itself where it is none, "unknown" for
    None.
    """
    return say(countries().get(code, code)) if code else say("unknown")


def headline(title: str | None, text: str) -> str:
    """What a report is called: its title, else the words that it begins with."""
    if title:
        return title
    words = text.split()
    kept = " ".join(words[:FIRST_WORDS])
    return f"{kept} …" if len(words) > FIRST_WORDS else kept


def exactness(spot: Any) -> str:
    """How exactly a place is known."""
    if spot is None or spot.lat is None:
        return say("not found in the gazetteer")
    wide = f"{spot.radius_km or 0:.0f}"
    if spot.kind == "country":
        return say("only the country is known, to about {0} km", wide)
    return say("{0}, known to about {1} km", say(spot.kind), wide)


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
