"""A simulated wire: coded reports of known incidents, with copies, updates, contradictions,
follow-ups and distractors. All of it is made up.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import dataclass, field

from watchfloor.records import (
    Actor,
    Bounds,
    Claim,
    CodedReport,
    Count,
    Event,
    Harm,
    Incident,
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

KINDS = (
    ("ASSAULT", "explosives", "bombed", "a bomb"),
    ("ASSAULT", "firearms", "shot at", "rifles"),
    ("ASSAULT", "abduct", "abducted", None),
    ("COERCE", "arrest", "arrested", None),
    ("PROTEST", "demo", "protested against", None),
)
WHO = ("gunmen", "militants", "fighters", "the police", "soldiers", "villagers", "attackers")
WHOM = (
    "a bus", "engineers", "a police post", "a convoy", "aid workers", "a market", "a school",
    "a pipeline", "teachers", "a mine", "a bank", "a checkpoint", "a hotel", "drivers",
)  # fmt: skip
WORDS = ("officials said", "police said", "the army said", "a witness said", "the ministry said")
TOWNS = 4000
OUTLETS = 60
START = dt.date(2031, 1, 1)


@dataclass
class Truth:
    """One made-up happening."""

    number: int
    day: dt.date
    town: int
    kind: tuple[str, str, str, str | None]
    who: str
    whom: str
    killed: int
    told: int = 0
    texts: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Told:
    """A coded report and, for each of its events, the number of the happening it tells of."""

    coded: CodedReport
    truth: dict[str, int]


def wire(reports: int, seed: int = 7) -> Iterator[Told]:
    """So many coded reports, in order of publication, the same for the same seed."""
    chance = random.Random(seed)
    happened: list[Truth] = []
    per_day = max(20, reports // 365)
    for n in range(reports):
        today = START + dt.timedelta(days=n // per_day)
        fresh = [t for t in happened[-per_day:] if (today - t.day).days <= 2]
        if not fresh or chance.random() < 0.45:
            truth = _happening(chance, happened, today)
            happened.append(truth)
        else:
            truth = chance.choice(fresh)
        old = chance.choice(happened) if chance.random() < 0.1 else None
        yield _report(chance, n, today, truth, old if old is not truth else None)


def _happening(chance: random.Random, happened: list[Truth], day: dt.date) -> Truth:
    """A new happening; one in ten is a distractor: the town and kind of one some days ago."""
    town, kind = chance.randrange(TOWNS), chance.choice(KINDS)
    earlier = [t for t in happened[-400:] if 3 <= (day - t.day).days <= 20]
    if earlier and chance.random() < 0.1:
        like = chance.choice(earlier)
        town, kind = like.town, like.kind
    return Truth(
        len(happened), day - dt.timedelta(days=chance.choice((0, 0, 1))), town, kind,
        chance.choice(WHO), chance.choice(WHOM), chance.randrange(0, 15),
    )  # fmt: skip


def _report(chance: random.Random, n: int, today: dt.date, truth: Truth, old: Truth | None) -> Told:
    outlet = f"Outlet {chance.randrange(OUTLETS)}"
    if truth.texts and chance.random() < 0.25:
        text, copied = truth.texts[0], True  # a copy of the wire
    else:
        text, copied = "", False
    builder = _Builder(f"r{n:07d}", today, outlet)
    killed = truth.killed
    if truth.told and not copied and chance.random() < 0.3:
        killed += chance.choice((1, 2, 3))  # the toll rises, or is disputed
    status = Status.DENIED if truth.told > 1 and chance.random() < 0.03 else Status.HAPPENED
    builder.tell(truth, killed, chance.choice(WORDS), status, background=False)
    if old is not None:
        builder.tell(old, old.killed, chance.choice(WORDS), Status.HAPPENED, background=True)
    builder.fill(" ".join(chance.choice(_FILLER) for _ in range(30)))
    told = builder.done(text if copied else None)
    if not truth.texts:
        truth.texts.append(told.coded.report.text)
    truth.told += 1
    return told


_FILLER = (
    "the road roads market river bridge morning evening people said later rain season harvest "
    "school council meeting prices traffic station hill valley border team water power office"
).split()


class _Builder:
    """A report as it is written, sentence by sentence, with what is coded in it."""

    def __init__(self, id: str, published: dt.date, outlet: str) -> None:
        self.id, self.published, self.outlet = id, published, outlet
        self.text = ""
        self.parts: dict[str, list[object]] = {
            k: [] for k in ("actors", "places", "events", "claims", "incidents")
        }
        self.truth: dict[str, int] = {}

    def tell(
        self, truth: Truth, killed: int, word: str, status: Status, *, background: bool
    ) -> None:
        """One sentence about a happening."""
        kind, mode, verb, _ = truth.kind
        number = len(self.parts["events"]) + 1
        start = len(self.text)
        who = self._say(truth.who + " ", strip=True)
        trigger = self._say(f"{verb} ", strip=True)
        whom = self._say(f"{truth.whom} ", strip=True)
        self._say("in ")
        town = self._say(f"Town{truth.town} ", strip=True)
        self._say(f"on {truth.day:%d %B}, killing {killed}, ")
        source = self._say(f"{word}", strip=True)
        self._say(". ")
        spot = _spot(truth.town)
        self.parts["places"].append(
            Place(
                start=town.start, end=town.end, text=town.text, id=f"p{number}",
                name=f"Town{truth.town}", gazetteer_id=f"made:{truth.town}", kind="town",
                country=f"C{truth.town % 40:02d}", lat=spot[0], lon=spot[1], radius_km=5.0,
                confidence=0.9,
            )
        )  # fmt: skip
        self.parts["actors"].append(Actor(id=f"a{number}", name=truth.who, kind="group"))
        self.parts["claims"].append(
            Claim(
                id=f"c{number}",
                source=Source(start=source.start, end=source.end, text=source.text),
                cue=None,
            )
        )
        day = truth.day.isoformat()
        said = (
            Participant(start=who.start, end=who.end, text=who.text, role=Role.ACTOR,
                        actor=f"a{number}"),
            Participant(start=whom.start, end=whom.end, text=whom.text, role=Role.TARGET),
        )  # fmt: skip
        self.parts["events"].append(
            Event(
                id=f"e{number}", type=kind, mode=mode, trigger=trigger,
                sentence=Bounds(start=start, end=len(self.text) - 1), participants=said,
                place=PlaceLink(place=f"p{number}", basis="clause"),
                when=When(from_=day, to=day, precision="day"), status=status,
                background=background, harm=Harm(killed=Count(low=killed, high=killed)),
                claims=(f"c{number}",),
            )
        )  # fmt: skip
        self.parts["incidents"].append(
            Incident(id=f"i{number}", events=(f"e{number}",), type=kind, mode=mode, status=status)
        )
        self.truth[f"e{number}"] = truth.number

    def fill(self, words: str) -> None:
        """Prose in which nothing happens."""
        self._say(words + ".")

    def done(self, text: str | None) -> Told:
        """The report; `text`, where it is a copy, stands in for its own words."""
        report = Report(
            id=self.id, text=text or self.text, published=self.published.isoformat(),
            outlet=self.outlet, language="en",
        )  # fmt: skip
        found = {name: tuple(items) for name, items in self.parts.items()}
        return Told(CodedReport(report=report, **found), self.truth)  # type: ignore[arg-type]

    def _say(self, words: str, *, strip: bool = False) -> Span:
        start = len(self.text)
        self.text += words
        said = words.rstrip() if strip else words
        return Span(start=start, end=start + len(said), text=said)


def _spot(town: int) -> tuple[float, float]:
    """Towns stand on a grid of the land between the tropics, some 70 km apart."""
    row, column = divmod(town, 80)
    return -15 + row * 0.65, -15 + column * 0.65
