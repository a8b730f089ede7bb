"""A week of four feeds on two hosts that misbehave, drawn from a seed, with the truth of it."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from msgspec.structs import replace

from tests.live.world import Inbox, Page, World
from watchfloor.ledger import COMMITMENT
from watchfloor.store import Session
from watchfloor.store.alerts import KeptAlert, find_alerts, log_of
from watchfloor.store.deliveries import deliveries
from watchfloor.store.feeds import Feed
from watchfloor.watch import Rules, default_rules
from watchfloor.watch.register import Register, Site
from watchfloor.watch.standing import FEEDS

#: Hours between two looks of the test at the world.
STEP_H = 2
STEPS = 7 * 24 // STEP_H
#: Steps for which a feed that goes down stays down, and after which an attack's toll is corrected.
DOWN = 6
SITES = {
    "Gao": ("MLI", 16.27, -0.04), "Jos": ("NGA", 9.92, 8.89), "Quetta": ("PAK", 30.19, 67.01),
    "Mombasa": ("KEN", -4.05, 39.66),
}  # fmt: skip
COUNTRIES = {"MLI": "Mali", "NGA": "Nigeria", "PAK": "Pakistan", "KEN": "Kenya"}
ATTACK = "EXERCISE. Gunmen attacked a police post in {}, {}, on {} and killed two officers."
#: Told of two of the towns, and of the first of them later.
PROMISE = (
    "EXERCISE. The governor of {0} in {1} promised on {2} that he would provide guards for the {0} "
    "depot by {3}."
)
KEPT = (
    "EXERCISE. The governor of {0} in {1} deployed guards at the {0} depot in {0} on {2}, "
    "officials said."
)
#: Steps at which a promise is told, for the next day, and, the day being past, that one was kept.
PROMISED, DONE = 4, 26
TALKS = "EXERCISE. The ministers of Peru and Chile met in Lima for round {} of talks about fish."
#: What goes wrong, or is no plain answer, at least once in a week.
ODDITIES = frozenset(
    {"500", "503", "304", "stalled", "cut off", "gzip", "br", "webhook refused", "webhook stalled",
     "mail refused", "edited", "dated anew", "encoded anew"}
)  # fmt: skip


def register() -> Register:
    """A depot in each of the four towns."""
    return Register(
        sites=tuple(
            Site(id=name.lower(), name=f"{name} depot", kind="depot", country=country, lat=lat,
                 lon=lon)
            for name, (country, lat, lon) in SITES.items()
        )
    )  # fmt: skip


def rules() -> Rules:
    """The default rules, with blindness told sooner: a watch that is killed may miss a look."""
    usual = default_rules()
    return replace(usual, blind=tuple(replace(rule, hours=3) for rule in usual.blind))


@dataclass
class Item:
    """An entry of a feed: what it says, and when it claims to be from."""

    guid: str
    text: str
    date: datetime


@dataclass
class Wire:
    """One feed: of which country, where, what it offers, how it is packed and written, from which
    step on it is down for `DOWN` steps, and how.
    """

    country: str
    world: World
    path: str
    down: int
    how: str
    packing: str | None
    items: list[Item] = field(default_factory=list)
    encoding: str = "utf-8"
    version: int = 0

    @property
    def address(self) -> str:
        """Where it is asked."""
        return self.world.url + self.path

    @property
    def feed(self) -> Feed:
        """The same for the record."""
        return Feed(
            address=self.address, kind="feed", name=self.path, every_s=1, country=self.country
        )


@dataclass
class Week:
    """The worlds by the step. `guids` and `told` are the truth: all reports, and what was to be
    told of each site's alerts, of an incident, of its blind country, of a commitment; `edits` how
    many reports were edited. The webhook is with the first world.
    """

    worlds: Sequence[World]
    inbox: Inbox
    seed: int
    steps: int = STEPS
    wires: list[Wire] = field(default_factory=list)
    guids: set[str] = field(default_factory=set)
    told: defaultdict[tuple[str, str], list[str]] = field(default_factory=lambda: defaultdict(list))
    edits: int = 0
    odd: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)
        for world in self.worlds:
            world.patience = 0.2
        for n, how in enumerate(("500", "cut", "500", "stall")):
            down = self.chance.randrange(10, self.steps - 2 * DOWN - 2)
            world = self.worlds[n % len(self.worlds)]
            packing = (None, "br", "gzip", None)[n]
            country = list(COUNTRIES)[n]
            self.wires.append(Wire(country, world, f"/{n}.xml", down, how, packing))
            self.told["feeds", f"sites:{list(SITES)[n].lower()}"] += ["raised", "withdrawn"]

    def turn(self, step: int, at: datetime) -> None:
        """Bring the world to a step."""
        for n, wire in enumerate(self.wires):
            town = list(SITES)[n]
            site, country = f"sites:{town.lower()}", COUNTRIES[wire.country]
            if step == wire.down + 1:  # an attack that is told while its feed is down
                self._tell(wire, ATTACK.format(town, country, f"{at:%A}"), at)
                self.told["incident", site].append("raised")
            elif step == wire.down + DOWN + 4 and n < 2:  # of two attacks the toll is corrected
                attack = next(one for one in wire.items if town in one.text)
                self._edit(wire, attack, attack.text.replace("two officers", "seven officers"))
                self.told["incident", site].append("updated")
            elif step == PROMISED and n >= 2:
                due = f"{at + timedelta(days=1):%A}"
                self._tell(wire, PROMISE.format(town, country, f"{at:%A}", due), at)
                self.told["commitment", site].append("raised")
            elif step == DONE and n == 2:
                self._tell(wire, KEPT.format(town, country, f"{at:%A}"), at)
                self.told["commitment", site].append("withdrawn")
            elif step % 12 == n or not step:
                self._tell(wire, TALKS.format(len(self.guids) + 1), at)
            known = [one for one in wire.items if one.date != at]
            if known and self.chance.random() < 0.2:  # a lie about a date
                self.chance.choice(known).date = at + timedelta(days=400)
                self._change(wire, "dated anew")
            if step == self.steps - 10 + n:  # an edit that changes nothing coded
                first = wire.items[0]
                self._edit(wire, first, f"{first.text} They spoke of cod and of anchovies too.")
            if self.chance.random() < 0.1:
                wire.encoding = self.chance.choice(("utf-8", "iso-8859-1", "utf-16"))
                self._change(wire, "encoded anew")
            wire.world.pages[wire.path] = self._page(wire, step)
        self.worlds[0].refuses = self.chance.choice((0, 0, 1, 2))
        self.worlds[0].stalls = self.chance.random() < 0.2
        refuses = self.chance.choice((0, 0, 1))
        self.inbox.refuses = refuses if self.inbox.refused else 1  # at least the first mail

    def dark(self, step: int) -> set[str]:
        """The countries that nothing can be heard of, and that are to be shown as blind, from the
        second look on that their feed did not answer.
        """
        return {w.country for w in self.wires if w.down + 1 <= step < w.down + DOWN}

    def calm(self) -> None:
        """Whoever is told takes what it is told."""
        self.worlds[0].refuses, self.worlds[0].stalls, self.inbox.refuses = 0, False, 0

    def oddities(self) -> Counter[str]:
        """How often what went wrong, or was no plain answer."""
        mail = Counter({"mail refused": self.inbox.refused})
        return sum((world.odd for world in self.worlds), self.odd + mail)

    def check_alerts(self, session: Session) -> int:
        """Hold the record's alerts against the truth; how many there are."""
        raised = find_alerts(session)
        kept = {
            (_sort(one), one.register): [line.what for line in log_of(session, one.id)]
            for one in raised
        }
        assert kept == self.told, {k: (kept.get(k), self.told.get(k)) for k in {*kept, *self.told}}
        assert len(raised) == len(kept), "none is doubled"
        return len(raised)

    def check_tellings(self, session: Session) -> int:
        """Each channel was told the latest of each alert, and all before it but what came to it too
        late to be news; how many tellings were taken.
        """
        lines = deliveries(session, limit=None)
        assert len(lines) == 2 * sum(map(len, self.told.values()))
        latest = {one.id: one.revision for one in find_alerts(session)}
        late = [one for one in lines if one.state == "spared"]
        assert {one.state for one in lines} <= {"sent", "spared"}
        for one in late:
            assert one.error == "something newer is told"
            assert one.revision < latest[one.alert]
        return len(lines) - len(late)

    def _tell(self, wire: Wire, text: str, at: datetime) -> None:
        guid = f"g{len(self.guids)}"
        self.guids.add(guid)
        wire.items.append(Item(guid, text, at))
        wire.version += 1

    def _edit(self, wire: Wire, item: Item, text: str) -> None:
        item.text = text
        self.edits += 1
        self._change(wire, "edited")

    def _change(self, wire: Wire, what: str) -> None:
        wire.version += 1
        self.odd[what] += 1

    def _page(self, wire: Wire, step: int) -> Page:
        body = _rss(wire.items, wire.encoding)
        if wire.down <= step < wire.down + DOWN:
            stalls = wire.how == "stall" and step < wire.down + 3
            cut = wire.how == "cut"
            return Page(body, status=200 if cut else 503, cut=cut, stalls=stalls,
                        packing=wire.packing if cut else None)  # fmt: skip
        lone = step % 20 == 7 and not wire.down - 3 < step < wire.down + DOWN + 3
        if lone:
            return Page(body, status=500)
        return Page(body, etag=f'"{wire.version}"', packing=wire.packing)


def _sort(alert: KeptAlert) -> str:
    """What an alert is of, by what stands for its incident."""
    return next(
        (mark for mark in (FEEDS, COMMITMENT) if alert.incident.startswith(mark)), "incident:"
    )[:-1]


def _rss(items: list[Item], encoding: str) -> bytes:
    told = "".join(
        f"<item><guid isPermaLink='false'>{one.guid}</guid><title>Café news {one.guid}</title>"
        f"<description>{one.text}</description>"
        f"<pubDate>{one.date:%a, %d %b %Y %H:%M:%S} GMT</pubDate></item>"
        for one in items
    )
    head = f"<?xml version='1.0' encoding='{encoding}'?><rss version='2.0'><channel>"
    return f"{head}<title>Wire</title>{told}</channel></rss>".encode(encoding)
