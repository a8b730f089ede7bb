"""Kill the watch again and again while it lives through a simulated week of bad feeds.

python -m benchmarks.watch_kills 30         # a whole week, 30 kills with SIGKILL

The watch is a process of its own, with its own record, clock under control; web server, mail server
and webhook are real. Fails where a report is lost or doubled, an alert is missed, doubled or told
under two names, or a blind hour is not shown as blind.
"""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from pathlib import Path

from sqlalchemy import select
from tests.live.week import DOWN, STEP_H, STEPS, Week, register, rules
from tests.live.world import Inbox, World, posting, serving

from watchfloor.live import Channel, Watch
from watchfloor.settings import Settings
from watchfloor.store import Database, count_all
from watchfloor.store import tables as t
from watchfloor.store.feeds import add_feed, feeds, spells
from watchfloor.store.trends import DEAF, stretches

BEGUN = datetime(2031, 3, 3, 6, tzinfo=UTC)
#: Steps after the week, in which what a killed process had claimed is taken up.
AFTER = 4


def main() -> None:
    """Print what was killed and served, and what was kept and told all the same."""
    if sys.argv[1] == "--watch":
        return watch(*sys.argv[2:])
    with tempfile.TemporaryDirectory() as folder:
        lived = lived_through(Path(folder), int(sys.argv[1]), STEPS, seed=7)
    print(f"{lived.kills} kills with SIGKILL, {lived.midway} of them within a step of the watch")
    print(", ".join(f"{n} {what}" for what, n in sorted(lived.odd.items())))
    print(f"{lived.reports} reports, none lost or doubled")
    print(f"{lived.alerts} alerts, of attacks, blind countries and promises due: none missed")
    print("  or doubled; told anew where a toll was corrected, taken back where the cause was gone")
    again = sum(n - 1 for n in lived.told.values())
    print(f"{len(lived.told)} tellings, {again} of them repeated under the same name")
    print("every blind hour shown as blind")
    return None


@dataclass
class Lived:
    """What came of it."""

    kills: int = 0
    midway: int = 0
    reports: int = 0
    alerts: int = 0
    told: Counter[str] = field(default_factory=Counter)
    odd: Counter[str] = field(default_factory=Counter)


def lived_through(home: Path, kills: int, steps: int, seed: int) -> Lived:
    """A week, or so many steps of it, with kills. Raises AssertionError where anything is lost."""
    inbox = Inbox()
    with serving() as world, serving() as other, posting(inbox) as port:
        week = Week((world, other), inbox, seed=seed, steps=steps)
        database = Database(home / "record.db")
        with database.writing() as session:
            for wire in week.wires:
                add_feed(session, wire.feed, BEGUN)
        lived = _run(home, week, (world.url, port), kills, steps)
        taken = _check(database, week, lived, BEGUN + timedelta(hours=STEP_H * (steps + AFTER)))
        lived.told, lived.odd = _told(inbox, world), week.oddities()
        assert len(lived.told) == taken, lived.told
        assert sum(lived.told.values()) <= taken + lived.kills
        database.close()
        return lived


def _run(home: Path, week: Week, served: tuple[str, int], kills: int, steps: int) -> Lived:
    chance, lived, longest = random.Random(week.seed), Lived(), 0.2
    struck = set(chance.sample(range(steps), kills))
    running = _process(home, *served)
    for step in range(steps + AFTER):
        at = BEGUN + timedelta(hours=STEP_H * step)
        if step < steps:
            week.turn(step, at)
        else:
            week.calm()
        _order(running, at)
        if step in struck:
            time.sleep(chance.random() * longest)
            running.send_signal(signal.SIGKILL)
            lived.kills += 1
            lived.midway += "done" not in running.communicate()[0]
            running = _process(home, *served)
            _order(running, at)
        began = time.monotonic()
        assert running.stdout is not None
        said = running.stdout.readline()
        assert said == "done\n", f"the watch ended at step {step}"
        longest = min(3.0, max(0.7 * longest, time.monotonic() - began))
    running.communicate()
    return lived


def _process(home: Path, url: str, port: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "benchmarks.watch_kills", "--watch", str(home), url, str(port)]
    running = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert running.stdout is not None
    assert running.stdout.readline() == "ready\n"
    return running


def _order(running: subprocess.Popen[str], at: datetime) -> None:
    assert running.stdin is not None
    running.stdin.write(f"{at.isoformat()}\n")
    running.stdin.flush()


def watch(home: str, url: str, port: str) -> None:
    """The process that is killed: for each time that it is given, one step of the watch."""
    channels = (
        Channel(name="duty", kind="smtp", host="127.0.0.1", port=int(port), to=("d@example.org",)),
        Channel(name="hook", kind="webhook", url=f"{url}/hook"),
    )
    here = Settings(home=Path(home), allow_private=True, timeout_s=20.0, host_gap_s=0.0)
    clock = [BEGUN]
    database = Database(Path(home) / "record.db")
    running = Watch(database, register(), rules(), here, channels, clock=lambda: clock[0])
    print("ready", flush=True)
    for line in sys.stdin:
        clock[0] = datetime.fromisoformat(line.strip())
        running.step()
        print("done", flush=True)


def _told(inbox: Inbox, world: World) -> Counter[str]:
    """How often each telling came, by the name that a receiver knows it by."""
    mails = (message_from_bytes(bytes(m.content or b""))["Message-ID"] for m in inbox.mail)
    return Counter([*mails, *(headers["idempotency-key"] for headers, _ in world.posted)])


def _check(database: Database, week: Week, lived: Lived, end: datetime) -> int:
    """Hold the record against the truth of the week; how many tellings were taken."""
    with database.reading() as session:
        lived.reports = count_all(session)["reports"]
        assert lived.reports == len(week.guids), "reports lost or doubled"
        edited = session.scalars(select(t.report.c.id).where(t.report.c.revision > 1)).all()
        assert len(edited) == week.edits
        lived.alerts = week.check_alerts(session)
        taken = week.check_tellings(session)
        by_name = {feed.name: feed for feed in feeds(session)}
        for wire in week.wires:
            first = BEGUN + timedelta(hours=STEP_H * wire.down)
            down = first + timedelta(hours=STEP_H * DOWN)
            states = stretches(spells(session, by_name[wire.path].n), first, end)
            blind = [(s, e) for state, s, e in states if state in DEAF]
            assert len(blind) == 1, f"{wire.path}: {states}"
            assert blind[0][0] <= first + timedelta(hours=3 * STEP_H)
            assert down <= blind[0][1] <= down + timedelta(hours=2 * STEP_H)
    return taken


if __name__ == "__main__":
    main()
