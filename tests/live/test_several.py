"""Several processes over one record share its feeds and its tellings."""

from __future__ import annotations

import threading

from msgspec.structs import replace

from tests.live.conftest import Clock, Page, World, rss
from tests.live.test_asking import run_until
from tests.store.conftest import address, database
from watchfloor.live import Channel, Watch
from watchfloor.settings import Settings
from watchfloor.store import Database, count_all
from watchfloor.store.alerts import find_alerts
from watchfloor.store.deliveries import LEASE_S as TELLING_S
from watchfloor.store.deliveries import claim as claim_telling
from watchfloor.store.deliveries import counts
from watchfloor.store.feeds import LEASE_S, Feed, add_feed, claim
from watchfloor.store.turns import take_turn
from watchfloor.watch import Register, default_rules

__all__ = ["address", "database"]

FEEDS = 6
ATTACK = "EXERCISE. Gunmen attacked a police post in Gao, Mali, on Sunday and killed two officers."
TALKS = "EXERCISE. Ministers met in Nairobi on Sunday to discuss trade, and will meet again."


def filled(record: Database, world: World, clock: Clock) -> None:
    for n in range(FEEDS):
        world.pages[f"/{n}.xml"] = Page(rss((f"{n}", "News", ATTACK if n == 0 else f"{TALKS} {n}")))
    with record.writing() as session:
        for n in range(FEEDS):
            made = Feed(address=f"{world.url}/{n}.xml", kind="feed", name=f"Wire {n}")
            add_feed(session, made, clock())


def test_two_processes_on_postgresql_ask_each_feed_once_and_tell_once(
    postgresql: str, register: Register, here: Settings, clock: Clock, world: World
) -> None:
    records = [Database(postgresql), Database(postgresql)]
    filled(records[0], world, clock)
    hook = Channel(name="hook", kind="webhook", url=f"{world.url}/hook")
    fresh: list[int] = []

    def run(record: Database) -> None:
        watch = Watch(record, register, default_rules(), here, (hook,), clock)
        fresh.append(watch.step())

    both = [threading.Thread(target=run, args=(record,)) for record in records]
    for one in both:
        one.start()
    for one in both:
        one.join()
    asked = sorted(path for path, _ in world.asked if path != "/robots.txt")
    assert asked == [f"/{n}.xml" for n in range(FEEDS)]
    assert sum(fresh) == FEEDS
    for record in records:  # whoever finished last told what the other one may have raised
        Watch(record, register, default_rules(), here, (hook,), clock).step()
    with records[0].reading() as session:
        assert count_all(session)["reports"] == FEEDS
        assert len(find_alerts(session)) == 1
        assert counts(session) == {"sent": 1}
    assert len(world.posted) == 1
    for record in records:
        record.close()


def test_two_processes_together_leave_a_host_its_time(
    postgresql: str, register: Register, here: Settings, clock: Clock, world: World
) -> None:
    records = [Database(postgresql), Database(postgresql)]
    filled(records[0], world, clock)
    world.pages.clear()  # nothing to code, which would take its time too
    slow = replace(here, host_gap_s=0.4)
    both = [
        threading.Thread(target=Watch(one, register, default_rules(), slow, (), clock).step)
        for one in records
    ]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert len(world.asked) == FEEDS + 2, "its robots.txt is asked for by each of them"
    took = max(world.asked_at) - min(world.asked_at)
    assert took > 0.4 * FEEDS, "each by itself would have taken half of it"
    for record in records:
        record.close()


def test_turns_at_a_host_follow_each_other_on_each_back_end(database: Database) -> None:
    waits = [take_turn(database, "https://example.org", 100) for _ in range(3)]
    assert waits[0] == 0
    assert 90 < waits[1] <= 100
    assert 190 < waits[2] <= 200
    assert take_turn(database, "https://example.net", 100) == 0, "another host is free"


def test_a_claim_is_renewed_for_as_long_as_its_host_is_being_asked(
    record: Database, register: Register, here: Settings, clock: Clock, world: World
) -> None:
    world.pages["/0.xml"], world.patience = Page(stalls=True), 60
    with record.writing() as session:
        made = Feed(address=f"{world.url}/0.xml", kind="feed", name="Slow wire")
        add_feed(session, made, clock())
    taken: list[Feed] = []
    looks = 0

    def seen() -> bool:
        nonlocal looks
        looks += 1
        if looks > 1:
            with record.writing() as session:
                taken.extend(claim(session, clock(), clock()))
            clock.on(seconds=LEASE_S * 0.4)
        return looks > 6

    run_until(Watch(record, register, default_rules(), here, (), clock), seen)
    assert not taken, "after twice the time of a claim nobody else has it"
    world.released.set()


def test_what_a_dead_process_claimed_is_taken_up_by_another(
    record: Database, register: Register, here: Settings, clock: Clock, world: World
) -> None:
    filled(record, world, clock)
    hook = Channel(name="hook", kind="webhook", url=f"{world.url}/hook")
    with record.writing() as session:
        dead = claim(session, clock(), clock(), most=1)
    assert len(dead) == 1
    other = Watch(record, register, default_rules(), here, (hook,), clock)
    assert other.step() == FEEDS - 1
    clock.on(seconds=LEASE_S)
    world.refuses = 1
    other.step()
    clock.on(minutes=5)
    with record.writing() as session:
        assert claim_telling(session, clock()) is not None
    assert other.step() == 0
    assert world.posted == []
    clock.on(seconds=TELLING_S)
    other.step()
    assert len(world.posted) == 1
    with record.reading() as session:
        assert count_all(session)["reports"] == FEEDS
