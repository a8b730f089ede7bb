"""The running watch against bad feeds: nothing lost, nothing doubled, blindness shown."""

from __future__ import annotations

from tests.live.conftest import Clock, Page, World, rss
from watchfloor.live import Watch
from watchfloor.live.keep import coded_arrivals
from watchfloor.live.register import keep_register
from watchfloor.read import Received
from watchfloor.records import Report
from watchfloor.settings import Settings
from watchfloor.store import Database, Filter, count_all, find_incidents
from watchfloor.store.alerts import KeptAlert, find_alerts, log_of
from watchfloor.store.feeds import Feed, add_feed, feeds, spells
from watchfloor.store.revisions import revisions_of
from watchfloor.watch import Register, default_rules

ATTACK = (
    "EXERCISE. Gunmen attacked a police post in Gao, Mali, on Sunday and killed two officers, "
    "the police said."
)
OTHER = "EXERCISE. The ministers of Kenya and Ethiopia met in Nairobi on Sunday to discuss trade."
FEED = "/feed.xml"


def watch_of(
    record: Database, register: Register | None, here: Settings, clock: Clock, world: World
) -> Watch:
    with record.writing() as session:
        add_feed(session, Feed(address=world.url + FEED, kind="feed", name="River Wire"), clock())
    return Watch(record, register, default_rules(), here, clock=clock)


def alerts(record: Database) -> list[KeptAlert]:
    with record.reading() as session:
        return find_alerts(session)


def state(record: Database) -> str:
    with record.reading() as session:
        return feeds(session)[0].state


def test_a_report_becomes_an_alert_once(
    record: Database, register: Register, here: Settings, clock: Clock, world: World
) -> None:
    running = watch_of(record, register, here, clock, world)
    world.pages[FEED] = Page(rss(("1", "Attack", ATTACK), ("2", "Talks", OTHER)), etag='"a"')
    assert running.step() == 2
    (one,) = alerts(record)
    assert (one.register, one.state) == ("sites:gao-depot", "open")
    assert one.doc["reasons"][0]["because"]
    clock.on(minutes=6)
    assert running.step() == 0, "nothing changed, and the server was asked so"
    assert world.asked[-1][1]["if-none-match"] == '"a"'
    redated = rss(("1", "Attack", ATTACK), ("2", "Talks", OTHER)).replace(b"03 Mar", b"04 Mar")
    world.pages[FEED] = Page(redated, etag='"b"')
    clock.on(minutes=6)
    assert running.step() == 0, "another date alone is no news"
    assert [a.revision for a in alerts(record)] == [1]


def test_an_edit_changes_its_alert_and_makes_no_second_one(
    record: Database, register: Register, here: Settings, clock: Clock, world: World
) -> None:
    running = watch_of(record, register, here, clock, world)
    hurt = ATTACK.replace("killed", "injured")
    world.pages[FEED] = Page(rss(("1", "Attack", hurt)))
    running.step()
    (before,) = alerts(record)
    world.pages[FEED] = Page(rss(("1", "Attack", ATTACK)))
    clock.on(minutes=6)
    assert running.step() == 1
    (after,) = alerts(record)
    assert (after.id, after.severity) == (before.id, "extreme")
    with record.reading() as session:
        assert [line.what for line in log_of(session, after.id)] == ["raised", "escalated"]
        assert count_all(session)["reports"] == 1
    world.pages[FEED] = Page(rss(("1", "Attack", OTHER)))
    clock.on(minutes=6)
    running.step()
    assert [a.state for a in alerts(record)] == ["withdrawn"]


def test_blind_hours_are_shown_as_blind_and_nothing_is_lost(
    record: Database, register: Register, here: Settings, clock: Clock, world: World
) -> None:
    running = watch_of(record, register, here, clock, world)
    good = Page(rss(("1", "Attack", ATTACK)))
    world.pages[FEED] = good
    running.step()
    assert state(record) == "healthy"
    for bad in (Page(status=500), Page(good.body, stalls=True), Page(good.body, cut=True)):
        world.pages[FEED] = bad
        clock.on(hours=2)
        assert running.step() == 0
    assert state(record) == "blind"
    world.pages[FEED] = Page(rss(("1", "Attack", ATTACK), ("2", "Talks", OTHER)))
    clock.on(hours=2)
    assert running.step() == 1
    with record.reading() as session:
        assert [s.state for s in spells(session)] == ["healthy", "blind", "healthy"]
        assert count_all(session)["reports"] == 2
    assert len(alerts(record)) == 1


def test_entries_that_share_one_guid_are_all_kept(
    record: Database, register: Register, here: Settings, clock: Clock, world: World
) -> None:
    running = watch_of(record, register, here, clock, world)
    world.pages[FEED] = Page(rss(("same", "Attack", ATTACK), ("same", "Talks", OTHER)))
    assert running.step() == 2
    with record.reading() as session:
        assert count_all(session)["reports"] == 2


def test_a_watch_without_a_register_of_its_own_takes_the_records(
    record: Database, register: Register, here: Settings, clock: Clock, world: World
) -> None:
    running = watch_of(record, None, here, clock, world)
    world.pages[FEED] = Page(rss(("1", "Attack", ATTACK)))
    running.step()
    assert alerts(record) == []
    with record.writing() as session:
        keep_register(session, register, "desk", clock())
    more = ATTACK.replace("two officers", "three officers")
    world.pages[FEED] = Page(rss(("1", "Attack", ATTACK), ("2", "Toll rises", more)))
    clock.on(minutes=6)
    running.step()
    assert len(alerts(record)) == 1


def test_an_edit_that_changes_nothing_coded_tells_nothing_anew(
    record: Database, register: Register, here: Settings, clock: Clock, world: World
) -> None:
    running = watch_of(record, register, here, clock, world)
    world.pages[FEED] = Page(rss(("1", "Attack", ATTACK)))
    running.step()
    more = f"{ATTACK} {OTHER.removeprefix('EXERCISE. ')}"
    world.pages[FEED] = Page(rss(("1", "Attack", more)))
    clock.on(minutes=6)
    assert running.step() == 1
    (alert,) = alerts(record)
    assert alert.revision == 1
    with record.reading() as session:
        before, after = revisions_of(session, alert.doc["reports"][0])
        assert [line.what for line in log_of(session, alert.id)] == ["raised"]
    assert before.words == ()
    assert [c.new.text for c in after.words if c.new] == [OTHER.removeprefix("EXERCISE. ")]
    assert {c.field for c in after.coded} == {"event"}, "the meeting came; the attack is the same"


def test_an_incident_that_parts_and_comes_back_has_an_alert_of_its_own(
    record: Database, register: Register, here: Settings, clock: Clock
) -> None:
    """Attacks alike on one town, day after day, are joined and parted anew as reports come in."""
    running = Watch(record, register, default_rules(), here, clock=clock)
    for n, killed in enumerate(("two", "three", "five", "three", "four", "two", "four", "two")):
        text = (
            f"EXERCISE. Gunmen attacked a police post in Gao, Mali today and killed {killed} "
            f"officers, police said. It was the {12 * n}. of its kind."
        )
        report = Report(id=f"t{n}", text=text, published=f"2031-03-{3 + n:02}")
        running.take(coded_arrivals([Received(report=report)], here, clock()))
    live = [a for a in alerts(record) if a.state != "withdrawn"]
    with record.reading() as session:
        kept = {row.id for row in find_incidents(session, Filter())}
    assert {a.incident for a in live} == kept
    assert len(live) == len(kept), "one alert an incident"
