"""How long the desk's first page takes over a queue of 50,000 alerts and 100,000 incidents.

    python benchmarks/desk.py [ALERTS INCIDENTS]

Rows are made up, and asked for over a real server; each figure is the median of five requests:
seconds until the answer is there, and seconds of processor that it took, which do not depend on
what else the machine does.
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import threading
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import httpx
import msgspec
import uvicorn
from sqlalchemy import insert

from watchfloor.desk.access import Access
from watchfloor.desk.app import make_app
from watchfloor.merge import MergedIncident
from watchfloor.merge.facts import Spot
from watchfloor.records import Count, Harm, When
from watchfloor.store import Database
from watchfloor.store import tables as t
from watchfloor.store import watch_tables as w
from watchfloor.store.incidents import row_of

TYPES = ("ASSAULT", "PROTEST", "COERCE", "THREATEN", "HARM")
COUNTRIES = ("PAK", "MLI", "NGA", "COD", "PHL", "COL", "PER", "KEN")
SEVERITIES = ("info", "minor", "moderate", "severe", "extreme")
STATES = ("open", "open", "acknowledged", "snoozed", "closed", "closed", "closed", "withdrawn")
ASKED = {
    "first page": "/",
    "queue as polled": "/floor/queue",
    "severest first": "/?order=severest",
    "country and days": "/?country=PAK&first=2030-06-01&last=2030-06-30",
    "map of the world": "/floor/map.json",
    "map of one country": "/floor/map.json?box=60,23,77,37",
    "trends by month": "/trends?first=2030-01-01&last=2030-12-31",
}


def main() -> None:
    """Fill, serve, ask, print."""
    alerts, incidents = (int(n) for n in sys.argv[1:3]) if len(sys.argv) > 2 else (50_000, 100_000)
    with tempfile.TemporaryDirectory() as scratch:
        database = Database(Path(scratch) / "record.db")
        fill(database, alerts, incidents)
        access = Access(database, ("head of cell",))
        server = uvicorn.Server(
            uvicorn.Config(make_app(database, access), port=0, log_level="error")
        )
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.05)
        url = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
        print(
            f"{alerts} alerts, {incidents} incidents; seconds to the answer, seconds of processor"
        )
        with httpx.Client(base_url=url, timeout=120) as client:
            client.get("/enter", params={"key": access.keys["head of cell"]})
            for name, path in ASKED.items():
                print(f"  {name:20} {median(client, path)}")
            stamp = client.get("/").text.split('name="stamp" value="')[1].split('"')[0]
            print(f"  {'nothing changed':20} {median(client, f'/floor/queue?stamp={stamp}')}")
        server.should_exit = True
        thread.join(10)
        database.close()


def median(client: httpx.Client, path: str) -> str:
    """Seconds until the whole answer is there, and of processor (server and client)."""
    took, worked = [], []
    for _ in range(5):
        start, busy = time.perf_counter(), time.process_time()
        client.get(path).raise_for_status()
        took.append(time.perf_counter() - start)
        worked.append(time.process_time() - busy)
    return f"{statistics.median(took):6.3f} {statistics.median(worked):6.3f}"


def fill(database: Database, alerts: int, incidents: int) -> None:
    """Made-up incidents over 2030, and alerts on some of them."""
    chance = random.Random(1)
    now = datetime.now(UTC)
    with database.writing() as session:
        for start in range(0, incidents, 5000):
            made = [incident(chance, n) for n in range(start, min(start + 5000, incidents))]
            rows = [
                {
                    **row_of(one),
                    "id": one.incident,
                    "marking": "CLEAR",
                    "first_at": now,
                    "updated_at": now,
                }
                for one in made
            ]
            session.execute(insert(t.incident), rows)
        for start in range(0, alerts, 5000):
            rows = [
                alert(chance, n, incidents, now) for n in range(start, min(start + 5000, alerts))
            ]
            session.execute(insert(w.alert), rows)


def incident(chance: random.Random, n: int) -> MergedIncident:
    """One incident somewhere in 2030."""
    day = (date(2030, 1, 1) + timedelta(days=chance.randrange(365))).isoformat()
    country = chance.choice(COUNTRIES)
    spot = Spot(
        name=f"Town {chance.randrange(4000)}", country=country, lat=chance.uniform(-50, 60),
        lon=chance.uniform(-170, 170), radius_km=5.0,
    )  # fmt: skip
    return MergedIncident(
        incident=f"i{n}", type=chance.choice(TYPES), place=spot,
        when=When(from_=day, to=day, precision="day"),
        harm=Harm(killed=Count(low=2, high=2)), reports=(f"r{n}",),
    )  # fmt: skip


def alert(chance: random.Random, n: int, incidents: int, now: datetime) -> dict[str, object]:
    """One alert on an incident."""
    severity, entry = chance.choice(SEVERITIES), f"sites:s{chance.randrange(1000)}"
    at = now - timedelta(minutes=n)
    of = f"i{n % incidents}"
    doc = {
        "id": f"al{n}", "incident": of, "register": entry, "basis": "pin", "severity": severity,
        "distance_km": 4.0, "reasons": [{"rule": "attack near a site", "because": "4 km off"}],
        "reports": [f"r{n}"], "sources": 1,
    }  # fmt: skip
    return {
        "id": f"al{n}", "incident": of, "register": entry, "severity": severity,
        "state": chance.choice(STATES), "revision": 1, "first_at": at, "updated_at": at,
        "doc": msgspec.json.encode(doc).decode(),
    }  # fmt: skip


if __name__ == "__main__":
    main()
