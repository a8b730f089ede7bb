"""Ask many hosts at once, each host for one feed at a time; what they say is handed back here."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from datetime import datetime

from watchfloor.errors import InputError, SettingsError
from watchfloor.live import listing
from watchfloor.live.answer import Answer, Seen
from watchfloor.live.poll import poll
from watchfloor.live.robots import Manners
from watchfloor.settings import Settings
from watchfloor.store.feeds import Feed

logger = logging.getLogger(__name__)
#: Hosts asked at once: a host that is slow holds up its own feeds and no others.
HOSTS = 16


@dataclass(frozen=True, slots=True)
class Asked:
    """A feed that was asked: what it had offered before, and its answer or why there is none."""

    feed: Feed
    seen: Seen
    answer: Answer | InputError | SettingsError


@dataclass
class Asking:
    """The feeds that are being asked; only reading happens beside the caller's own thread."""

    manners: Manners = field(default_factory=Manners)
    lists: listing.Asked = field(default_factory=listing.Asked)
    busy: dict[str, Future[Asked]] = field(default_factory=dict)
    pool: ThreadPoolExecutor = field(
        default_factory=lambda: ThreadPoolExecutor(HOSTS, thread_name_prefix="asking")
    )

    @property
    def room(self) -> int:
        """How many more hosts can be asked now."""
        return HOSTS - len(self.busy)

    def ask(self, feed: Feed, seen: Seen, settings: Settings, at: datetime) -> None:
        """Begin to ask a feed, whose host nobody is asking."""
        self.busy[feed.host] = self.pool.submit(self._poll, feed, seen, settings, at)

    def answered(self, within_s: float | None = None) -> Iterator[Asked]:
        """What has been answered; the first answer is waited for so long (None: till it comes)."""
        wait(self.busy.values(), timeout=within_s, return_when=FIRST_COMPLETED)
        for host, one in list(self.busy.items()):
            if one.done():
                del self.busy[host]
                yield one.result()

    def _poll(self, feed: Feed, seen: Seen, settings: Settings, at: datetime) -> Asked:
        try:
            return Asked(feed, seen, poll(feed, seen, settings, self.manners, at, self.lists))
        except (InputError, SettingsError) as error:
            return Asked(feed, seen, error)
        except Exception as error:  # one feed that no parser was ready for must not end the watch
            logger.exception("%s", feed.name)
            return Asked(feed, seen, InputError(f"a fault of ours: {error!r}"))
