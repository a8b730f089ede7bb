"""How long the usual questions to a large record take, and how much memory an export of it holds.

python -m benchmarks.record --incidents 100000 --alerts 50000
python -m benchmarks.record --incidents 100000 --alerts 50000 --where postgresql://user@host/db
python -m benchmarks.record --export 10000 100000 1000000

A thousand reports of the simulated wire are kept and merged for real; the database then copies
their rows under other ids and days. `--where` names an empty database; else it is a file.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from datetime import UTC, date, datetime
from multiprocessing import get_context
from pathlib import Path

from benchmarks.wire_reports import wire
from sqlalchemy import Table, text

from watchfloor.export import Request, export
from watchfloor.store import (
    Arrival,
    Database,
    Filter,
    Session,
    find_incidents,
    find_reports,
    history_of,
    incident_of,
    put,
)
from watchfloor.store import tables as t
from watchfloor.store.alerts import changed_alerts, find_alerts, latest_change
from watchfloor.store.trends import counted

NOW = datetime(2031, 3, 1, tzinfo=UTC)
#: Reports that are merged for real, and the rows that are copied from what became of them.
BASE = 1000
COPIED = (t.report, t.event, t.party, t.incident)
ALERTS = """
INSERT INTO alert (id, incident, register, severity, state, revision, first_at, updated_at, doc)
SELECT 'a' || n, id, 'sites:s' || (n % 200), CASE n % 3 WHEN 0 THEN 'severe' ELSE 'minor' END,
  CASE n % 4 WHEN 0 THEN 'closed' WHEN 1 THEN 'acknowledged' ELSE 'open' END, 1, first_at,
  updated_at, '{"id": "a", "reports": []}' FROM incident ORDER BY n LIMIT :alerts
"""
SPACE = """
INSERT INTO incident_space SELECT n, lat, lat, lon, lon, julianday(day_from) - 1721424.5,
  julianday(day_to) - 1721424.5 FROM incident WHERE lat IS NOT NULL AND id LIKE 'c%'
"""


def main() -> None:
    """Fill, ask or export, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--incidents", type=int, default=100_000)
    parser.add_argument("--alerts", type=int, default=50_000)
    parser.add_argument("--export", type=int, nargs="+", help="events in the record, in turn")
    parser.add_argument("--where", help="an empty PostgreSQL database")
    given = parser.parse_args()
    if given.export:
        print("  events exported    MB held   seconds")
        for events in given.export:
            with record(None) as database:
                fill(database, t.event, events)
                with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as fresh:
                    found = fresh.submit(exported, database.url).result()
                print("{:17,} {:10.0f} {:9.1f}".format(*found), flush=True)
        return
    with record(given.where) as database:
        fill(database, t.incident, given.incidents)
        with database.writing() as session:
            session.execute(text(ALERTS), {"alerts": given.alerts})
        with database.writing() as session:
            session.execute(text("ANALYZE"))
        for name, milliseconds, found in answers(database):
            print(f"{name:46} {milliseconds:8.1f} ms  {found} rows", flush=True)


@contextmanager
def record(where: str | None) -> Iterator[Database]:
    """A record with the reports that are merged for real."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database(where or Path(folder) / "record.db")
        told = [Arrival(coded=one.coded, received_at=NOW, coder="1") for one in wire(BASE)]
        for n in range(0, BASE, 100):
            with database.writing() as session:
                put(session, told[n : n + 100])
        yield database
        database.close()


def fill(database: Database, table: Table, rows: int) -> None:
    """Copy until the table has about so many rows."""
    with database.writing() as session:
        held = session.execute(text(f"SELECT count(*) FROM {table.name}")).scalar_one()
        copies = max(0, rows // held - 1)
        for one in COPIED:
            session.execute(text(_copy(session, one)), {"copies": copies, "empty": b""})
        if database.is_sqlite:
            session.execute(text(SPACE))


def _copy(session: Session, table: Table) -> str:
    """The statement that copies a table's rows under other ids, a day later each."""
    quote = session.dialect.identifier_preparer.quote
    lite = session.dialect.name == "sqlite"
    later = "date({0}, '+' || (k % 700) || ' days')" if lite else "{0} + (k % 700)"
    own = "'c' || k || '-' || {0}"
    special = {
        "report": own, "incident": own, "day_from": later, "day_to": later,
        "coded": ":empty", "doc": f"replace(replace({{0}}, id, {own.format('id')}), "
        "'\"r0', '\"c' || k || '-r0')",
    }  # fmt: skip
    if table in (t.report, t.incident):
        special["id"] = own
    names = [c.name for c in table.c if not (c.name == "n" and c.primary_key)]
    columns = ", ".join(map(quote, names))
    values = ", ".join(special.get(n, "{0}").format(f"{table.name}.{quote(n)}") for n in names)
    return (
        "WITH RECURSIVE copies(k) AS (SELECT 1 WHERE :copies > 0 UNION ALL "
        "SELECT k + 1 FROM copies WHERE k < :copies) "
        f"INSERT INTO {table.name} ({columns}) SELECT {values} FROM copies, {table.name}"
    )


def answers(database: Database) -> Iterator[tuple[str, float, int]]:
    """Each question with the fastest of five runs (ms; of CPU where the database is this process)
    and the number of rows found.
    """
    clock = time.process_time if database.is_sqlite else time.perf_counter
    with database.reading() as session:
        (newest,) = find_incidents(session, Filter(), limit=1)
        spot = newest.incident.place
        assert spot is not None
        assert spot.lat is not None
        assert spot.lon is not None
        within = (spot.lat, spot.lon, 50.0)
        season = {"first": date(2031, 4, 1), "last": date(2031, 4, 30)}
        asked: dict[str, Callable[[], object]] = {
            "newest incidents, a page": lambda: find_incidents(session, Filter()),
            "within 50 km of a point": lambda: find_incidents(session, Filter(within=within)),
            "within 50 km, one month": lambda: find_incidents(
                session, Filter(within=within, **season)
            ),
            "attacks in one country, one month": lambda: find_incidents(
                session, Filter(types=("ASSAULT",), countries=("C07",), **season)
            ),
            "by words of few reports": lambda: find_incidents(session, Filter(words=spot.name)),
            "by words of every third report": lambda: find_incidents(
                session, Filter(words="harvest bridge")
            ),
            "by a part of an actor's name": lambda: find_incidents(session, Filter(actor="soldi")),
            "reports by full text": lambda: find_reports(session, "harvest bridge"),
            "one incident with its history": lambda: [
                incident_of(session, newest.id), *history_of(session, newest.id)
            ],
            "incidents by month and kind, counted": lambda: counted(session, Filter(), "month"),
            "open alerts, a page": lambda: find_alerts(session, ("open",)),
            "severe alerts of one site": lambda: find_alerts(
                session, register="sites:s7", severities=("severe",)
            ),
            "alerts changed since the last look": lambda: changed_alerts(
                session, latest_change(session) or NOW
            ),
        }  # fmt: skip
        for name, ask in asked.items():
            spent = []
            for _ in range(5):
                began = clock()
                found = ask()
                spent.append(1000 * (clock() - began))
            yield name, min(spent), len(found)  # type: ignore[arg-type]


def exported(where: str) -> tuple[int, float, float]:
    """Rows, the most memory of its own that this process held (MB), seconds of CPU."""
    database = Database(where)
    most, done = [0.0], threading.Event()

    def watch() -> None:
        while not done.wait(0.05):
            most[0] = max(most[0], held_mb())

    watcher = threading.Thread(target=watch)
    watcher.start()
    began = time.process_time()
    wanted = Request(what="events", format="csv", filter=Filter(background=True))
    with database.reading() as session, Path(os.devnull).open("wb") as out:
        rows = export(session, wanted, out, NOW).rows
    spent = time.process_time() - began
    done.set()
    watcher.join()
    database.close()
    return rows, most[0], spent


def held_mb() -> float:
    """The memory of this process that is no file's (MB)."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith("RssAnon:"):
            return int(line.split()[1]) / 1024
    return 0.0


if __name__ == "__main__":
    main()
