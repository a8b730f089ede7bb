"""The loop of the watch: feeds that are due, reports kept, alerts raised and told."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from time import sleep

from msgspec.structs import replace

from watchfloor.errors import WatchfloorError
from watchfloor.live import health
from watchfloor.live.alarm import raise_alerts
from watchfloor.live.answer import Answer, Seen
from watchfloor.live.asking import Asked, Asking
from watchfloor.live.channels import Channel
from watchfloor.live.deliver import Posting
from watchfloor.live.keep import coded_arrivals, keep
from watchfloor.live.register import kept_register
from watchfloor.live.robots import Manners
from watchfloor.live.stand import stand
from watchfloor.settings import Settings
from watchfloor.store import Arrival, Database, Session
from watchfloor.store.alerts import wake
from watchfloor.store.entries import MEMORY, NOTED, entries, note_entries, note_offered
from watchfloor.store.feeds import LEASE_S, Feed, claim, note_try, renew
from watchfloor.store.turns import take_turn
from watchfloor.watch import Register, Rules

logger = logging.getLogger(__name__)
#: Reports kept in one transaction, so that an alert does not wait for a whole feed.
AT_ONCE = 16
#: Seconds between looks at the clock.
TICK_S = 1.0
#: How old a claim on a feed grows before it is renewed.
RENEWED = timedelta(seconds=LEASE_S / 3)
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
    stood: datetime | None = None

    def __post_init__(self) -> None:
        """Make ready."""
        shared = None if self.database.is_sqlite else partial(take_turn, self.database)
        self.asking = Asking(Manners(shared) if shared else Manners())
        self.claimed: dict[int, datetime] = {}
        self.posting = Posting(self.database, self.channels)

    def run(self) -> None:
        """Go on until interrupted: no feed and no channel holds up the others."""
        try:
            while True:
                self._ask(self.clock())
                self._hear(TICK_S)
                self._look()
                self.posting.post(self.clock())
                if not self.asking.busy:
                    sleep(TICK_S)
        finally:
            self.asking.manners.stopped.set()

    def step(self) -> int:
        """Ask every feed that is due and wait for it, tell what is due; how many reports were new
        or changed.
        """
        due, fresh = self.clock(), 0
        self._ask(due)
        while self.asking.busy:
            fresh += self._hear(None)
            self._ask(due)
        self._look()
        self.posting.all(self.clock)
        return fresh

    def _look(self) -> None:
        """See to what the clock alone gives cause for."""
        with self.database.writing() as session:
            wake(session, self.clock())
        self.stand()

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

    def _ask(self, due: datetime) -> None:
        """Begin to ask feeds that are due, so many as there is room for. They are claimed, so that
        several processes over one record share them.
        """
        self._hold()
        if not self.asking.room:
            return
        with self.database.writing() as session:
            some = claim(session, due, self.clock(), self.asking.busy, self.asking.room)
        for feed in some:
            at = self.clock()
            self.claimed[feed.n] = at
            with self.database.reading() as session:
                seen = entries(session, feed.n, (feed.answered_at or at) - MEMORY)
            self.asking.ask(feed, seen, self.settings, at)

    def _hold(self) -> None:
        """Renew the claims of feeds that are not done with, well before they lapse."""
        at = self.clock()
        old = [n for n, since in self.claimed.items() if at - since > RENEWED]
        if old:
            with self.database.writing() as session:
                renew(session, old, at)
            self.claimed.update(dict.fromkeys(old, at))

    def _hear(self, within_s: float | None) -> int:
        """Keep what feeds answered, and how they fared; how many reports were new."""
        return sum(self._heard(asked) for asked in self.asking.answered(within_s))

    def _heard(self, asked: Asked) -> int:
        feed, answer = asked.feed, asked.answer
        if isinstance(answer, WatchfloorError):
            logger.warning("%s: %s", feed.name, answer.what)
            self._note(health.failed(feed, self.clock(), answer.what, readable=True))
            return 0
        for problem in answer.problems:
            logger.warning("%s: %s", feed.name, problem)
        if answer.problems and not answer.reports and not asked.seen:
            self._note(health.failed(feed, self.clock(), answer.problems[0], readable=False))
            return 0
        self._take(feed, answer, self._still(asked.seen, answer))
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

    def _still(self, seen: Seen, answer: Answer) -> list[str]:
        """Of what is offered what was offered before, and was not noted of late."""
        late = self.clock() - NOTED
        return [k for k in answer.offered if k in seen and seen[k].seen_at < late]

    def _take(self, feed: Feed, answer: Answer, still: Sequence[str]) -> None:
        if answer.same or still:
            with self.database.writing() as session:
                note_offered(session, feed.n, still, self.clock())
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
            self._hold()
            for alert, what in raised:
                logger.info("%s %s", what, alert)
            if raised:  # told at once: the rest of this feed, and the other feeds, can wait
                self.posting.post(self.clock())

    def _entries(self, session: Session) -> Register:
        return kept_register(session) if self.register is None else self.register

    def _note(self, feed: Feed) -> None:
        self.claimed.pop(feed.n, None)
        with self.database.writing() as session:
            note_try(session, feed, self.clock())


def _some(items: Sequence[tuple[str, str, object]], size: int) -> Iterable[Sequence[tuple]]:  # type: ignore[type-arg]
    return (items[n : n + size] for n in range(0, len(items), size))
