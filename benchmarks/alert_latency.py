"""How long from a report's arrival to its alert at a webhook.

python -m benchmarks.alert_latency --rate 35 --seconds 60          # the watch path: coded before
python -m benchmarks.alert_latency --rate 3 --seconds 60 --coder   # the whole path, coder and all

Reports arrive on a clock of their own, at even gaps, whether the watch keeps up or not; an alert's
time runs from the arrival of the last report that it rests on to the webhook's receipt, waiting
included. Without --coder the reports are the simulated wire's, coded beforehand: measured are
keeping, merging, holding against a register of 200 sites, and telling. With it, they are one-line
EXERCISE attacks in twelve
towns over four weeks, coded as they arrive. Arrival is when the watch has the report: how often
a feed is asked is the feed's own setting. With --own-core time is the CPU time of the process, idle
waits skipped: what a core of its own would take, where this one is shared. Waits for the disk are
then left out.
"""

from __future__ import annotations

import argparse
import tempfile
import threading
import time
from collections import Counter, deque
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median, quantiles

import msgspec
from benchmarks.wire_reports import wire

from watchfloor.live import Channel, Watch, deliver
from watchfloor.live.keep import coded_arrivals
from watchfloor.read import Received
from watchfloor.records import CodedReport, Report
from watchfloor.settings import Settings
from watchfloor.store import Arrival, Database
from watchfloor.watch import Register, default_rules
from watchfloor.watch.register import Site

#: What the time of a report is spent on.
STAGES = ("coding", "keeping, merging and alerts", "telling")
#: Reports taken in at a time.
AT_ONCE = 16
TOWNS = {
    "Gao, Mali": ("MLI", 16.27, -0.04), "Jos, Nigeria": ("NGA", 9.92, 8.89),
    "Quetta, Pakistan": ("PAK", 30.19, 67.01), "Mombasa, Kenya": ("KEN", -4.05, 39.66),
    "Mosul, Iraq": ("IRQ", 36.34, 43.13), "Kandahar, Afghanistan": ("AFG", 31.61, 65.71),
    "Maiduguri, Nigeria": ("NGA", 11.85, 13.16), "Goma, Congo": ("COD", -1.68, 29.22),
    "Pemba, Mozambique": ("MOZ", -12.97, 40.52), "Cali, Colombia": ("COL", 3.44, -76.52),
    "Baidoa, Somalia": ("SOM", 3.11, 43.65), "Zinder, Niger": ("NER", 13.81, 8.99),
}  # fmt: skip
#: Days over which the attacks are spread: some reports tell of one attack, as in the news.
DAYS = 28
ATTACK = "EXERCISE. Gunmen attacked a police post in {} today and killed {} officers, police said."


class Clock:
    """The time, in seconds: the wall's, or what the process has computed and slept."""

    def __init__(self, own_core: bool) -> None:
        self.own_core, self.slept = own_core, 0.0

    def __call__(self) -> float:
        """Now."""
        return time.process_time() + self.slept if self.own_core else time.monotonic()

    def sleep(self, seconds: float) -> None:
        """Wait; on a core of its own nothing need be waited for."""
        if self.own_core:
            self.slept += seconds
        else:
            time.sleep(seconds)


class Told:
    """A webhook that notes when it was told, and of which reports."""

    def __init__(self, clock: Clock) -> None:
        self.heard: list[tuple[float, list[str]]] = []
        told = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = msgspec.json.decode(self.rfile.read(int(self.headers["Content-Length"])))
                told.heard.append((clock(), body["reports"]))
                self.send_response(204)
                self.end_headers()

            def log_message(self, format: str, *args: object) -> None:
                """Keep quiet."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}/"


def main() -> None:
    """Print how many alerts there were, how long they took, and the CPU that a report cost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rate", type=float, required=True, help="reports a second")
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--coder", action="store_true", help="code them as they arrive")
    parser.add_argument("--own-core", action="store_true", help="in CPU time, waits left out")
    given = parser.parse_args()
    count = round(given.rate * given.seconds)
    some = list(_texts(count) if given.coder else (told.coded for told in wire(count)))
    with tempfile.TemporaryDirectory() as folder:
        took, cpu, lag = run(Path(folder), some, given.rate, Clock(given.own_core))
    within = sum(t <= 5 for t in took)
    print(f"{count} reports at {given.rate:g} a second, {len(took)} tellings of alerts")
    if len(took) > 1:
        p95 = quantiles(took, n=20)[-1]
        print(f"arrival to alert: median {median(took):.2f} s, 95 % within {p95:.2f} s, "
              f"longest {max(took):.2f} s; {within} of {len(took)} within 5 s")  # fmt: skip
    told = ", ".join(f"{name} {1000 * cpu[name] / count:.1f} ms" for name in ("in all", *STAGES))
    print(f"CPU a report: {told}; the last was done {lag:.1f} s after it came")


def run(
    home: Path, some: list[CodedReport] | list[Report], rate: float, clock: Clock
) -> tuple[list[float], Counter[str], float]:
    """Seconds from arrival to alert, CPU seconds by stage, and how far behind it was at the end."""
    hook = Told(clock)
    channels = (Channel(name="hook", kind="webhook", url=hook.url, min_severity="info"),)
    here, database = Settings(), Database(home / "record.db")
    watch = Watch(database, _register(some), default_rules(), here, channels)
    coded_arrivals([Received(report=next(_texts(1)))], here, datetime.now(UTC))  # all is loaded
    cpu, began = time.process_time(), clock() + 0.5
    came = {_id(one): began + n / rate for n, one in enumerate(some)}
    waiting, spent = deque(some), Counter[str]()
    while waiting:
        now, batch = clock(), []
        while waiting and len(batch) < AT_ONCE and came[_id(waiting[0])] <= now:
            batch.append(waiting.popleft())
        if not batch:
            clock.sleep(0.01)
            continue
        marks = [time.process_time()]
        arrivals = list(_arrivals(batch, here))
        marks.append(time.process_time())
        raised = watch.take(arrivals)
        marks.append(time.process_time())
        if raised:
            deliver(database, channels, datetime.now(UTC))
        marks.append(time.process_time())
        spent.update({name: b - a for name, a, b in zip(STAGES, marks, marks[1:], strict=False)})
    lag = clock() - began - (len(some) - 1) / rate
    spent["in all"] = time.process_time() - cpu
    database.close()
    hook.server.shutdown()
    return [at - max(came[r] for r in reports) for at, reports in hook.heard], spent, lag


def _arrivals(batch: list[CodedReport] | list[Report], here: Settings) -> Iterator[Arrival]:
    at = datetime.now(UTC)
    raw = [Received(report=one) for one in batch if isinstance(one, Report)]
    yield from coded_arrivals(raw, here, at)
    yield from (
        Arrival(coded=c, received_at=at, coder="1") for c in batch if isinstance(c, CodedReport)
    )


def _id(one: CodedReport | Report) -> str:
    return one.id if isinstance(one, Report) else one.report.id


def _texts(count: int) -> Iterator[Report]:
    for n in range(count):
        town = list(TOWNS)[n % len(TOWNS)]
        text = ATTACK.format(town, ("two", "three", "four", "five")[n // 7 % 4])
        day = date(2031, 3, 3) + timedelta(n // len(TOWNS) % DAYS)
        yield Report(
            id=f"t{n}", text=f"{text} It was the {n}. of its kind.", published=day.isoformat()
        )


def _register(some: list[CodedReport] | list[Report]) -> Register:
    """The towns of the texts, and of the simulated wire up to 200 places."""
    found = {name: (lat, lon, country) for name, (country, lat, lon) in TOWNS.items()}
    for one in some:
        for place in one.places if isinstance(one, CodedReport) else ():
            if len(found) < 200 and place.lat is not None and place.lon is not None:
                found.setdefault(place.name, (place.lat, place.lon, place.country))
    return Register(
        sites=tuple(
            Site(id=f"s{n}", name=f"Works {n}", kind="project", country=c, lat=lat, lon=lon)
            for n, (lat, lon, c) in enumerate(found.values())
        )
    )


if __name__ == "__main__":
    main()
