"""The loop of the watch: feeds that are due, reports kept, alerts raised and told."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from time import sleep

from msgspec.structs import replace

from watchfloor.errors import InputError, SettingsError
from watchfloor.live import health
from watchfloor.live.alarm import raise_alerts
from watchfloor.live.answer import Answer
from watchfloor.live.channels import Channel
from watchfloor.live.deliver import deliver
from watchfloor.live.keep import coded_arrivals, keep
from watchfloor.live.poll import poll
from watchfloor.live.register import kept_register
from watchfloor.live.robots import Manners
from watchfloor.live.stand import stand
from watchfloor.settings import Settings
from watchfloor.store import Arrival, Database, Session
from watchfloor.store.alerts import wake
from watchfloor.store.feeds import Feed, claim, entries, note_entries, note_try
from watchfloor.watch import Register, Rules

logger = logging.getLogger(__name__)
#: Reports kept in one transaction, so that an alert does not wait for a whole feed.
AT_ONCE = 16
#: Seconds between looks at the clock.
TICK_S = 1.0
#: How often the ledger and the feeds are looked at for what fell due or blind.
STAND = timedelta(minutes=5)


def now() -> datetime:
    """The time, in UTC."""
    return datetime.now(UTC)


@dataclass
class Watch:
    """One running watch over a record. `register` None is the record's own, as it stands when
    reports come in; `clock` is under a test's control.
    """

    database: Database
    register: Register | None
    rules: Rules
    settings: Settings
    channels: Sequence[Channel] = ()
    clock: Callable[[], datetime] = field(default=now)
    manners: Manners = field(default_factory=Manners)
    stood: datetime | None = None

    def run(self) -> None:
        """Go on until interrupted."""
        while True:
            self.step()
            sleep(TICK_S)

    def step(self) -> int:
        """Ask every feed that is due, tell what is due; how many reports were new or changed.

        Feeds are claimed one by one, so that several processes over one record share them.
        """
        fresh = sum(self.ask(feed) for feed in self._claimed())
        with self.database.writing() as session:
            wake(session, self.clock())
        self.stand()
        deliver(self.database, self.channels, self.clock())
        return fresh

    def stand(self) -> list[tuple[str, str]]:
        """Look at the ledger and the feeds, once in `STAND` at most; what was done."""
        at = self.clock()
        if self.stood is not None and at - self.stood < STAND:
            return []
        self.stood = at
        with self.database.writing() as session:
            done = stand(session, self._entries(session), self.rules, self.channels, at)
        for alert, what in done:
            logger.info("%s %s", what, alert)
        return done

    def _claimed(self) -> Iterator[Feed]:
        due = self.clock()
        while True:
            with self.database.writing() as session:
                feed = claim(session, due, self.clock())
            if feed is None:
                return
            yield feed

    def ask(self, feed: Feed) -> int:
        """Ask one feed; what it says, and how it fared, is kept. How many reports were new."""
        with self.database.reading() as session:
            seen = entries(session, feed.n)
        try:
            answer = poll(feed, seen, self.settings, self.manners)
        except (InputError, SettingsError) as error:
            logger.warning("%s: %s", feed.name, error.what)
            self._note(health.failed(feed, self.clock(), error.what, readable=True))
            return 0
        for problem in answer.problems:
            logger.warning("%s: %s", feed.name, problem)
        if answer.problems and not answer.reports and not seen:
            self._note(health.failed(feed, self.clock(), answer.problems[0], readable=False))
            return 0
        self._take(feed, answer)
        fresh = len(answer.reports)
        fared = health.answered(feed, self.clock(), fresh, answer.etag, answer.modified)
        if answer.more:  # what was waiting there tells nothing of how often something comes
            soon = self.clock() + timedelta(seconds=TICK_S)
            fared = replace(fared, next_at=soon, gap_s=feed.gap_s, fresh_at=None)
        self._note(fared)
        return fresh

    def take(self, arrivals: Sequence[Arrival]) -> list[tuple[str, str]]:
        """Keep reports and raise what they give cause for, in one transaction."""
        with self.database.writing() as session:
            done = keep(session, arrivals)
            return raise_alerts(
                session,
                done.incidents,
                self._entries(session),
                self.rules,
                self.channels,
                self.clock(),
            )

    def _take(self, feed: Feed, answer: Answer) -> None:
        if answer.same:
            with self.database.writing() as session:
                note_entries(session, feed.n, answer.same, self.clock())
        for some in _some(answer.reports, AT_ONCE):
            at = self.clock()
            arrivals = coded_arrivals([r for _, _, r in some], self.settings, at, feed.marking)
            with self.database.writing() as session:
                note_entries(session, feed.n, ((k, d, r.report.id) for k, d, r in some), at)
                done = keep(session, arrivals)  # after its feed is noted, which may be graded
                raised = raise_alerts(
                    session, done.incidents, self._entries(session), self.rules, self.channels, at
                )
            for alert, what in raised:
                logger.info("%s %s", what, alert)
            if raised:  # told at once: the rest of this feed, and the other feeds, can wait
                deliver(self.database, self.channels, self.clock())

    def _entries(self, session: Session) -> Register:
        return kept_register(session) if self.register is None else self.register

    def _note(self, feed: Feed) -> None:
        with self.database.writing() as session:
            note_try(session, feed, self.clock())


def _some(items: Sequence[tuple[str, str, object]], size: int) -> Iterable[Sequence[tuple]]:  # type: ignore[type-arg]
    return (items[n : n + size] for n in range(0, len(items), size))
