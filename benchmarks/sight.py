"""What it costs to lay markings over every query: python -m benchmarks.sight

A record of 100,000 incidents, one in 5,000 of them RED, and 50,000 alerts. Prints the CPU time of
the second of two looks, in milliseconds: as the record is, as a duty officer sees it, and as a
liaison does.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import text

from watchfloor.store import Database, Filter, Session, count_all, find_incidents
from watchfloor.store.alerts import find_alerts
from watchfloor.store.queue import Wanted, queue_counts, queued
from watchfloor.store.sight import Sight

INCIDENTS = """
WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < 100000)
INSERT INTO incident (n, id, type, status, background, sources, reports, first_at, updated_at,
                      marking, doc)
SELECT x, 'i' || x, 'ASSAULT', 'happened', 0, 1, 1, '2031-03-03 00:00:00', '2031-03-03 00:00:00',
       CASE x % 5000 WHEN 0 THEN 'RED' ELSE 'CLEAR' END,
       '{"incident": "i' || x || '", "type": "ASSAULT", "pad": "' || hex(randomblob(500)) || '"}'
FROM c
"""
ALERTS = """
INSERT INTO alert (n, id, incident, register, severity, state, revision, first_at, updated_at, doc)
SELECT n, 'a' || n, id, 'sites:dasu', 'info', 'open', 1, first_at, updated_at, '{"reasons": []}'
FROM incident WHERE n <= 50000
"""
LOOKS: dict[str, Callable[[Session], Any]] = {
    "first page of the queue": lambda s: queued(s, Wanted(states=("open",)), limit=50),
    "alerts of the API": lambda s: find_alerts(s, ["open"], limit=50),
    "incidents": lambda s: find_incidents(s, Filter(), limit=50),
    "counts beside the filter": lambda s: queue_counts(s, Wanted(), "state"),
    "counts of the record": count_all,
}


def main() -> None:
    """Fill a record and print the table."""
    with tempfile.TemporaryDirectory() as home:
        database = Database(Path(home) / "record.db")
        with database.writing() as session:
            session.execute(text(INCIDENTS))
            session.execute(text(ALERTS))
        officer = Sight(user="A", markings=("CLEAR", "GREEN", "AMBER", "AMBER+STRICT"))
        liaison = Sight(user="B", markings=("CLEAR", "GREEN", "AMBER"), sites=("dasu",))
        seen = [database, database.seen_by(officer), database.seen_by(liaison)]
        print(f"{'ms of CPU':28}{'record':>10}{'officer':>10}{'liaison':>10}")
        for name, look in LOOKS.items():
            print(f"{name:28}" + "".join(f"{_ms(one, look):10.1f}" for one in seen))
        database.close()


def _ms(database: Database, look: Callable[[Session], Any]) -> float:
    with database.reading() as session:
        look(session)
        began = time.process_time()
        look(session)
        return 1000 * (time.process_time() - began)


if __name__ == "__main__":
    main()
