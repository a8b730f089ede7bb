"""A week of four feeds that misbehave, drawn from a seed, with the truth of what it holds."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tests.live.world import Page, World
from watchfloor.watch.register import Register, Site

#: Hours between two looks of the test at the world.
STEP_H = 2
STEPS = 7 * 24 // STEP_H
#: Steps for which a feed that goes down stays down.
DOWN = 6
SITES = {
    "Gao": ("MLI", 16.27, -0.04), "Jos": ("NGA", 9.92, 8.89), "Quetta": ("PAK", 30.19, 67.01),
    "Mombasa": ("KEN", -4.05, 39.66),
}  # fmt: skip
COUNTRIES = {"MLI": "Mali", "NGA": "Nigeria", "PAK": "Pakistan", "KEN": "Kenya"}
ATTACK = "EXERCISE. Gunmen attacked a police post in {}, {}, on {} and killed two officers."
TALKS = "EXERCISE. The ministers of Peru and Chile met in Lima for round {} of talks about fish."


def register() -> Register:
    """A depot in each of the four towns."""
    return Register(
        sites=tuple(
            Site(id=name.lower(), name=f"{name} depot", kind="depot", country=country, lat=lat,
                 lon=lon)
            for name, (country, lat, lon) in SITES.items()
        )
    )  # fmt: skip


@dataclass
class Item:
    """An entry of a feed: what it says, and how often that was edited and dated anew."""

    guid: str
    text: str
    date: datetime


@dataclass
class Wire:
    """One feed: what it offers, from which step to which it is down, and its one bad answers."""

    path: str
    down: int
    how: str
    items: list[Item] = field(default_factory=list)


@dataclass
class Week:
    """The world by the step; `attacks` and `guids` are the truth, `edits` how many changed."""

    world: World
    seed: int
    steps: int = STEPS
    wires: list[Wire] = field(default_factory=list)
    guids: set[str] = field(default_factory=set)
    edits: int = 0

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)
        for n, how in enumerate(("500", "cut", "500", "stall")):
            down = self.chance.randrange(10, self.steps - 2 * DOWN)
            self.wires.append(Wire(path=f"/{n}.xml", down=down, how=how))

    def turn(self, step: int, at: datetime) -> None:
        """Bring the world to a step."""
        for n, wire in enumerate(self.wires):
            if step == wire.down + 1:  # an attack that is told while its feed is down
                town = list(SITES)[n]
                country = COUNTRIES[SITES[town][0]]
                self._tell(wire, ATTACK.format(town, country, f"{at:%A}"), at)
            elif step % 12 == n:
                self._tell(wire, TALKS.format(len(self.guids) + 1), at)
            if wire.items and self.chance.random() < 0.2:  # a lie about a date
                self.chance.choice(wire.items).date = at + timedelta(days=400)
            if step == self.steps - 10 + n:
                wire.items[0].text += " They spoke of cod and of anchovies too."
                self.edits += 1
            self.world.pages[wire.path] = self._page(wire, step)
        self.world.refuses = self.chance.choice((0, 0, 1, 2))

    def _tell(self, wire: Wire, text: str, at: datetime) -> None:
        guid = f"g{len(self.guids)}"
        self.guids.add(guid)
        wire.items.append(Item(guid, text, at))

    def _page(self, wire: Wire, step: int) -> Page:
        body = _rss(wire.items, self.chance.choice(("utf-8", "iso-8859-1", "utf-16")))
        if wire.down <= step < wire.down + DOWN:
            stalls = wire.how == "stall" and step < wire.down + 3
            return Page(body, status=200 if wire.how == "cut" else 503, cut=wire.how == "cut",
                        stalls=stalls)  # fmt: skip
        lone = step % 20 == 7 and not wire.down - 3 < step < wire.down + DOWN + 3
        return Page(body, status=500) if lone else Page(body)


def _rss(items: list[Item], encoding: str) -> bytes:
    told = "".join(
        f"<item><guid isPermaLink='false'>{one.guid}</guid><title>Café news {one.guid}</title>"
        f"<description>{one.text}</description>"
        f"<pubDate>{one.date:%a, %d %b %Y %H:%M:%S} GMT</pubDate></item>"
        for one in items
    )
    head = f"<?xml version='1.0' encoding='{encoding}'?><rss version='2.0'><channel>"
    return f"{head}<title>Wire</title>{told}</channel></rss>".encode(encoding)
