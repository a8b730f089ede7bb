"""What the desk does by itself once a day while it is served: delete what is kept long enough."""

from __future__ import annotations

import logging
import threading
from datetime import UTC, datetime, timedelta

from watchfloor.errors import WatchfloorError
from watchfloor.store import Database, retention
from watchfloor.store.audit import lines

logger = logging.getLogger(__name__)
#: In whose name the audit log has it.
SELF = "watchfloor (daily)"
EVERY = timedelta(days=1)
#: Seconds between looks at the clock.
LOOK_S = 600.0


def due(database: Database, at: datetime) -> bool:
    """Whether the last run, by whomever, lies a day back; so too where there was none."""
    with database.reading() as session:
        last = next(iter(lines(session, limit=1, what="retention")), None)
    return last is None or datetime.fromisoformat(last.at) <= at - EVERY


def tidied(database: Database, at: datetime) -> dict[str, int] | None:
    """Delete what is due and not held, where a run is due; how many of each kind, None where none
    was due. Several desks over one record run it once.
    """
    if not due(database, at):
        return None
    with database.writing() as session:
        return retention.delete_due(session, SELF, at)


def daily(database: Database) -> threading.Thread:
    """Do so from now on, in the background."""

    def go_on() -> None:
        while True:
            try:
                done = tidied(database, datetime.now(UTC))
                if done is not None:
                    logger.info("deleted what is kept long enough: %s", done)
            except WatchfloorError as error:
                logger.warning("retention: %s", error)
            threading.Event().wait(LOOK_S)

    thread = threading.Thread(target=go_on, daemon=True, name="retention")
    thread.start()
    return thread
