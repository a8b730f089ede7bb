"""Coded reports built by hand: made-up exercises in which every field is known."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from watchfloor.merge import mentions_of, within
from watchfloor.records import (
    Actor,
    Bounds,
    Claim,
    CodedReport,
    Count,
    Event,
    Harm,
    Participant,
    Place,
    PlaceLink,
    Report,
    Role,
    Source,
    Span,
    Status,
    When,
)

#: Two made-up towns some 300 km apart, and one that is near the first.
TOWNS = {"Oldport": (10.0, 10.0), "Highfield": (12.5, 11.0), "Newquay": (10.1, 10.0)}
MONDAY = "2031-03-03"


@dataclass
class Story:
    """A report that grows sentence by sentence; `coded` is what a coder makes of it."""

    id: str
    published: str = "2031-03-04"
    outlet: str = "Exercise Wire"
    text: str = "EXERCISE. "
    actors: list[Actor] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)

    def claim(self, source: str, stance: str = "asserts", kind: str = "named") -> str:
        """Somebody's word for the next sentences; the claim's id."""
        self.claims.append(
            Claim(
                id=f"c{len(self.claims) + 1}",
                source=Source(start=None, end=None, text=source, kind=kind),
                cue=None,
                stance=stance,
            )
        )
        return self.claims[-1].id

    def actor(self, text: str, kind: str = "group", country: str | None = None) -> str:
        """An actor with a mention at the end of the text so far; its id."""
        start = len(self.text)
        self.text += text
        span = Span(start=start, end=len(self.text), text=text)
        name = f"a{len(self.actors) + 1}"
        self.actors.append(Actor(id=name, name=text, kind=kind, country=country, mentions=(span,)))
        return name

    def tell(
        self,
        trigger: str,
        kind: str = "ASSAULT",
        *,
        by: str | None = None,
        hit: str | None = None,
        town: str | None = "Oldport",
        day: str | None = MONDAY,
        word: str | None = None,
        status: Status = Status.HAPPENED,
        lead: str = "",
        **more: Any,
    ) -> str:
        """A sentence that tells of an act; the event's id. `killed` and the like are counts."""
        start = len(self.text)
        parties = []
        for text, role in ((by, Role.ACTOR), (hit, Role.VICTIM)):
            if text:
                id = self.actor(text, more.pop("kind_of_doer", "group"))
                mention = self.actors[-1].mentions[0]
                parties.append(
                    Participant(start=mention.start, end=mention.end, text=text, role=role,
                                actor=id)
                )  # fmt: skip
                self.text += " "
        self.text += lead
        spoken = Span(start=len(self.text), end=len(self.text) + len(trigger), text=trigger)
        self.text += f"{trigger}. "
        harm = {k: Count(low=n, high=n) for k, n in more.items() if k in Harm.__struct_fields__}
        id = f"e{len(self.events) + 1}"
        self.events.append(
            Event(
                id=id, type=kind, trigger=spoken, mode=more.get("mode"),
                sentence=Bounds(start=start, end=len(self.text) - 1),
                participants=tuple(parties),
                place=PlaceLink(place=self.place(town), basis="clause") if town else None,
                when=When(from_=day, to=day, precision="day") if day else None,
                status=status, harm=Harm(**harm), claims=(word,) if word else (),
                background=more.get("background", False),
            )
        )  # fmt: skip
        return id

    def place(self, town: str) -> str:
        """The town's place in this report; its id."""
        lat, lon = TOWNS[town]
        if not any(p.name == town for p in self.places):
            self.places.append(
                Place(start=0, end=0, text=town, id=f"p{len(self.places) + 1}", name=town,
                      gazetteer_id=f"made:{town}", country="XEX", lat=lat, lon=lon, radius_km=5.0)
            )  # fmt: skip
        return next(p.id for p in self.places if p.name == town)

    def coded(self) -> CodedReport:
        """The coded report with its incidents."""
        parts = (tuple(self.events), tuple(self.claims), tuple(self.places), tuple(self.actors))
        events, claims, places, actors = parts
        report = Report(
            id=self.id, text=self.text, published=self.published, outlet=self.outlet, language="en"
        )
        return CodedReport(
            report=report, actors=actors, places=places, events=events, claims=claims,
            incidents=within(mentions_of(events, claims, places, actors, self.text)),
        )  # fmt: skip
