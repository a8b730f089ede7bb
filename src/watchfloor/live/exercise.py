"""The EXERCISE week: a register, feeds and a week of reports to try the desk with.

The week is moved by whole weeks so that it ends in the seven days before now, and weekdays in the
reports stay true; a year of short reports lies before it, so that trends have a past.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib.resources import as_file, files
from itertools import groupby

import msgspec
from msgspec.structs import replace

from watchfloor.flow import CODER, code_reports
from watchfloor.live.register import keep_register
from watchfloor.live.run import Watch
from watchfloor.records import CodedReport, Report
from watchfloor.settings import Settings
from watchfloor.store import Arrival, Database, put
from watchfloor.store.feeds import Feed, add_feed, feeds, note_try, set_grade
from watchfloor.store.ingest import moment
from watchfloor.watch import Register, default_rules, read_register
from watchfloor.where.locate import locate

#: Minutes from the publication of a report to its arrival.
ARRIVES = timedelta(minutes=6)
#: Feeds of the exercise: name, country, grade, and how each fares.
_FEEDS = (
    ("Northern Valley Herald", "PAK", "B", "healthy", None),
    ("Harbour Post", "PAK", "C", "healthy", None),
    ("Gulf Coast Wire", None, "B", "healthy", None),
    ("Sahel Courier", "MLI", None, "quiet", None),
    ("Lake Region Today", "COD", "C", "blind", "no answer: connection refused"),
)


@dataclass
class Exercise:
    """An exercise in a scratch record, as seen from `now` (UTC)."""

    database: Database
    settings: Settings
    now: datetime

    def load(self) -> None:
        """Put feeds, register, the past and the week into the record."""
        moved = self._moved()
        register = _register(self.settings, moved)
        with self.database.writing() as session:
            keep_register(session, register, "exercise", self.now - timedelta(days=30))
        self._feeds()
        past = [_at(r, _when(r) + moved) for r in _reports("past")]
        with self.database.writing() as session:
            put(session, [self._arrival(r) for r in self._coded(past)])
        week = [_at(r, _when(r) + moved) for r in _reports("week")]
        self._take(register, [self._arrival(coded) for coded in self._coded(week)])
        self._watch(register, self.now).stand()

    def trickle(self) -> Iterator[str]:
        """The reports that come in while one looks on, one at each step; what each was."""
        register = _register(self.settings, self._moved())
        for report in _reports("live"):
            now = datetime.now(UTC)
            (coded,) = self._coded([_at(report, now)])
            arrival = Arrival(coded=coded, received_at=now, coder=CODER)
            self._watch(register, now).take([arrival])
            yield report.title or report.id

    def _take(self, register: Register, arrivals: list[Arrival]) -> None:
        """Take the week in as the watch would have, one arrival after the other."""
        for at, some in groupby(arrivals, key=lambda a: a.received_at):
            self._watch(register, at).take(list(some))

    def _watch(self, register: Register, at: datetime) -> Watch:
        return Watch(self.database, register, default_rules(), self.settings, clock=lambda: at)

    def _coded(self, reports: list[Report]) -> Iterator[CodedReport]:
        return code_reports(reports, self.settings)

    def _arrival(self, coded: CodedReport) -> Arrival:
        return Arrival(coded=coded, received_at=_when(coded.report) + ARRIVES, coder=CODER)

    def _moved(self) -> timedelta:
        last = max(_when(r) for r in _reports("week")) + ARRIVES
        return timedelta(weeks=(self.now - last) // timedelta(weeks=1))

    def _feeds(self) -> None:
        first = self.now - timedelta(days=7)
        with self.database.writing() as session:
            for name, country, grade, _, _ in _FEEDS:
                address = _address(name)
                made = Feed(address=address, kind="feed", name=name, country=country)
                add_feed(session, made, first)
                set_grade(session, address, grade)
            states = {name: (state, error) for name, _, _, state, error in _FEEDS}
            for feed in feeds(session):
                note_try(session, replace(feed, state="healthy", next_at=first), first)
                state, error = states[feed.name]
                away = timedelta(hours=9 if state == "blind" else 0, minutes=4)
                seen = replace(
                    feed, state=state, error=error, answered_at=self.now - away,
                    fresh_at=self.now - timedelta(hours=30), next_at=self.now, gap_s=14_400.0,
                    failures=6 if state == "blind" else 0,
                )  # fmt: skip
                note_try(session, seen, self.now - away)


def _address(name: str) -> str:
    return f"https://{name.lower().replace(' ', '-')}.invalid/feed"


def _reports(name: str) -> list[Report]:
    text = files("watchfloor.data.exercise").joinpath(f"{name}.jsonl").read_bytes()
    return [msgspec.json.decode(line, type=Report) for line in text.splitlines() if line]


def _when(report: Report) -> datetime:
    at = moment(report.published)
    assert at is not None, report.id
    return at


def _at(report: Report, at: datetime) -> Report:
    return replace(report, published=at.isoformat(timespec="seconds"))


def _register(settings: Settings, moved: timedelta) -> Register:
    """The exercise's register, its journeys moved with the week."""
    with as_file(files("watchfloor.data.exercise") / "register") as folder:
        found = read_register(folder, lambda name, country: locate(name, country, settings))
    journeys = tuple(
        replace(
            j,
            depart=j.depart + moved,
            arrive=j.arrive + moved,
            arrive_at=j.arrive_at + moved if j.arrive_at else None,
            passes=tuple(time + moved if time else None for time in j.passes),
        )
        for j in found.journeys
    )
    return replace(found, journeys=journeys)
