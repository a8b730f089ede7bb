"""The watch looks at the ledger and the feeds: what falls due or blind is told, and taken back."""

from __future__ import annotations

from tests.live.conftest import Clock, Page, World, rss
from tests.watch.test_replay import KEPT, PROMISE
from watchfloor.live import Channel, Watch
from watchfloor.settings import Settings
from watchfloor.store import Database
from watchfloor.store.alerts import KeptAlert, close, find_alerts, log_of
from watchfloor.store.deliveries import counts
from watchfloor.store.feeds import Feed, add_feed
from watchfloor.watch import Register, default_rules


def running(
    record: Database, register: Register, here: Settings, clock: Clock, world: World
) -> Watch:
    hook = Channel(name="hook", kind="webhook", url=f"{world.url}/hook")
    feed = Feed(address=f"{world.url}/feed.xml", kind="feed", name="River Wire", country="MLI")
    everywhere = Feed(address=f"{world.url}/all.xml", kind="feed", name="World Wire")
    with record.writing() as session:
        add_feed(session, feed, clock())
        add_feed(session, everywhere, clock())
    world.pages["/all.xml"] = Page(rss(("x", "Talks", "EXERCISE. Ministers met in Lima today.")))
    return Watch(record, register, default_rules(), here, (hook,), clock)


def standing(record: Database, mark: str) -> list[KeptAlert]:
    with record.reading() as session:
        return [a for a in find_alerts(session) if a.incident.startswith(mark)]


def test_a_countrys_own_feeds_going_blind_is_told_once_and_taken_back(
    record: Database, register: Register, here: Settings, clock: Clock, world: World
) -> None:
    watch = running(record, register, here, clock, world)
    world.pages["/feed.xml"] = Page(rss(("1", "Talks", "EXERCISE. Ministers met in Gao.")))
    watch.step()
    assert standing(record, "feeds:") == []
    world.pages["/feed.xml"] = Page(status=500)
    for _ in range(12):
        clock.on(hours=1)
        watch.step()
    (alert,) = standing(record, "feeds:")
    assert (alert.register, alert.state) == ("sites:gao-depot", "open")
    with record.writing() as session:
        close(session, alert.id, "duty", clock(), "no impact")
        assert counts(session) == {"sent": 1}
    world.pages["/feed.xml"] = Page(rss(("1", "Talks", "EXERCISE. Ministers met in Gao.")))
    clock.on(hours=2)
    watch.step()
    world.pages["/feed.xml"] = Page(status=500)
    for _ in range(12):
        clock.on(hours=1)
        watch.step()
    states = sorted(a.state for a in standing(record, "feeds:"))
    assert states == ["closed", "open"], "another blindness is another alert"
    world.pages["/feed.xml"] = Page(rss(("1", "Talks", "EXERCISE. Ministers met in Gao.")))
    clock.on(hours=2)
    watch.step()
    assert sorted(a.state for a in standing(record, "feeds:")) == ["closed", "withdrawn"]


def test_a_promise_that_falls_due_is_told_and_taken_back_when_it_is_kept(
    record: Database, register: Register, here: Settings, clock: Clock, world: World
) -> None:
    watch = running(record, register, here, clock, world)
    world.pages["/feed.xml"] = Page(rss(("1", "Guards", PROMISE)))
    watch.step()
    clock.on(hours=24)
    watch.step()
    assert standing(record, "commitment:") == []
    clock.on(hours=72)
    watch.step()
    clock.on(hours=1)
    watch.step()
    (alert,) = standing(record, "commitment:")
    assert alert.register == "sites:gao-depot"
    assert "due 5 Mar 2031" in alert.doc["reasons"][0]["because"]
    (words,) = alert.doc["reasons"][0]["evidence"]
    assert words["text"].endswith("by Wednesday.")
    later = rss(("1", "Guards", PROMISE), ("2", "Guards posted", KEPT))
    world.pages["/feed.xml"] = Page(later.replace(b"Mon, 03 Mar 2031", b"Fri, 07 Mar 2031"))
    clock.on(hours=1)
    watch.step()
    (alert,) = standing(record, "commitment:")
    assert alert.state == "withdrawn"
    with record.reading() as session:
        assert [line.what for line in log_of(session, alert.id)] == ["raised", "withdrawn"]
