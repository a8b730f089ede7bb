"""Hosts are asked side by side: one that is slow, or a channel that is, holds up no other."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from msgspec.structs import replace

from tests.live.conftest import Clock, Page, World, rss
from tests.live.world import serving
from watchfloor.live import Channel, Watch
from watchfloor.live.asking import HOSTS
from watchfloor.settings import Settings
from watchfloor.store import Database
from watchfloor.store.alerts import find_alerts
from watchfloor.store.deliveries import counts
from watchfloor.store.feeds import Feed, add_feed, claim, feeds
from watchfloor.watch import Register, default_rules

ATTACK = "EXERCISE. Gunmen attacked a police post in Gao, Mali, on Sunday and killed two officers."


def add(record: Database, clock: Clock, *addresses: str) -> None:
    with record.writing() as session:
        for address in addresses:
            add_feed(session, Feed(address=address, kind="feed", name=address), clock())


class Enough(Exception):  # noqa: N818 - not an error: how a test ends a run that goes on for good
    """The test has seen what it wanted."""


def run_until(watch: Watch, seen: Callable[[], bool]) -> None:
    """Let a watch run for good, until something is seen."""
    look = watch.stand

    def stand() -> list[tuple[str, str]]:
        if seen():
            raise Enough
        return look()

    with pytest.MonkeyPatch.context() as patched, pytest.raises(Enough):
        patched.setattr(watch, "stand", stand)
        watch.run()


def test_an_alert_does_not_wait_for_a_host_that_stalls(
    record: Database, register: Register, here: Settings, clock: Clock, world: World
) -> None:
    with serving() as slow:
        slow.pages["/a.xml"], slow.patience = Page(stalls=True), 60
        world.pages["/b.xml"] = Page(rss(("1", "Attack", ATTACK)))
        add(record, clock, f"{slow.url}/a.xml", f"{world.url}/b.xml")
        hook = Channel(name="hook", kind="webhook", url=f"{world.url}/hook")
        watch = Watch(record, register, default_rules(), here, (hook,), clock)
        run_until(watch, lambda: bool(world.posted))
        assert [feed.host for feed in _unheard(record)] == [slow.url.removeprefix("http://")]
        slow.released.set()
        assert watch.step() == 0
        with record.reading() as session:
            assert [a.register for a in find_alerts(session)] == ["sites:gao-depot"]


def test_a_channel_that_stalls_holds_up_no_other(
    record: Database, register: Register, here: Settings, clock: Clock, world: World
) -> None:
    with serving() as slow:
        slow.stalls, slow.patience = True, 60
        world.pages["/b.xml"] = Page(rss(("1", "Attack", ATTACK)))
        add(record, clock, f"{world.url}/b.xml")
        channels = tuple(
            Channel(name=name, kind="webhook", url=f"{url}/hook")
            for name, url in (("a", slow.url), ("b", world.url))
        )
        watch = Watch(record, register, default_rules(), here, channels, clock)
        run_until(watch, lambda: bool(world.posted))
        assert slow.posted == []
        slow.released.set()
        watch.step()
        with record.reading() as session:
            assert counts(session) == {"sent": 1, "waiting": 1}, "tried again later"


def test_feeds_of_one_host_are_asked_one_after_the_other(
    record: Database, register: Register, here: Settings, clock: Clock, world: World
) -> None:
    paths = [f"/{n}.xml" for n in range(3)]
    for path in paths:
        world.pages[path] = Page(rss((path, "Attack", ATTACK)))
    add(record, clock, *(world.url + path for path in paths))
    begun = time.monotonic()
    polite = replace(here, host_gap_s=0.2)
    assert Watch(record, register, default_rules(), polite, clock=clock).step() == 3
    assert time.monotonic() - begun >= 0.4
    assert (world.most_at_once, world.asked[0][0]) == (1, "/robots.txt")


def test_of_what_is_due_one_feed_a_host_is_claimed(record: Database, clock: Clock) -> None:
    hosts = [f"https://h{n}.example.org" for n in range(HOSTS + 2)]
    add(record, clock, *(f"{host}/{page}" for page in "ab" for host in hosts))
    with record.writing() as session:
        busy = {"h0.example.org"}
        some = claim(session, clock(), clock(), busy, HOSTS)
        assert [feed.address for feed in some] == [f"{host}/a" for host in hosts[1 : HOSTS + 1]]
        more = claim(session, clock(), clock(), busy, 2)
        assert [feed.address for feed in more] == [f"{hosts[-1]}/a", f"{hosts[1]}/b"]


def test_a_parser_that_fails_is_one_feeds_trouble(
    record: Database, register: Register, here: Settings, clock: Clock, world: World,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    def broken(*_: object) -> None:
        raise RecursionError("too deep")

    monkeypatch.setattr("watchfloor.live.poll.parse_bytes", broken)
    world.pages["/a.xml"] = Page(rss(("1", "Attack", ATTACK)))
    add(record, clock, f"{world.url}/a.xml")
    assert Watch(record, register, default_rules(), here, clock=clock).step() == 0
    with record.reading() as session:
        (feed,) = feeds(session)
    assert feed.error == "a fault of ours: RecursionError('too deep')"


def _unheard(record: Database) -> list[Feed]:
    with record.reading() as session:
        return [feed for feed in feeds(session) if feed.state == "new"]
