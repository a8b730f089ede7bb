"""A simulated week: nothing lost, no alert doubled or missed, every blind hour shown as blind."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from tests.live.conftest import Clock, Inbox, World
from tests.live.week import DOWN, ODDITIES, STEP_H, STEPS, Week, register, rules
from tests.live.world import serving
from watchfloor.live import Channel, Watch
from watchfloor.live.health import dark
from watchfloor.settings import Settings
from watchfloor.store import Database, count_all
from watchfloor.store import tables as t
from watchfloor.store.feeds import add_feed, feeds, spells
from watchfloor.store.trends import DEAF, stretches


def test_a_week_of_bad_feeds(
    record: Database, here: Settings, clock: Clock, world: World, post: tuple[Inbox, int]
) -> None:
    inbox, port = post
    channels = (
        Channel(name="duty", kind="smtp", host="127.0.0.1", port=port, to=("duty@example.org",)),
        Channel(name="hook", kind="webhook", url=f"{world.url}/hook"),
    )
    with serving() as other:
        week, begun = Week((world, other), inbox, seed=7), clock()
        with record.writing() as session:
            for wire in week.wires:
                add_feed(session, wire.feed, begun)
        for step in range(STEPS + 3):
            if step < STEPS:
                week.turn(step, clock())
            else:
                week.calm()
            # each step is a process of its own: all that it knows is in the record
            Watch(record, register(), rules(), here, channels, clock).step()
            with record.reading() as session:
                shown = {one.country for one in dark(feeds(session), ())}
            assert shown == week.dark(step), "its blind hours, and no others"
            clock.on(hours=STEP_H)

    assert set(week.oddities()) == ODDITIES, "all of it was served"
    with record.reading() as session:
        assert count_all(session)["reports"] == len(week.guids), "none lost, none doubled"
        assert len(session.scalars(select(t.report.c.id).where(t.report.c.revision > 1)).all()) == (
            week.edits
        )
        assert week.check_alerts(session) == 4 + 4 + 2, "attacks, blind countries, promises"
        taken = week.check_tellings(session)
        by_name = {feed.name: feed for feed in feeds(session)}
        lines = {wire.path: spells(session, by_name[wire.path].n) for wire in week.wires}
    assert len(inbox.mail) + len(world.posted) == taken, "each once"
    end = clock()
    for wire in week.wires:
        first = begun + timedelta(hours=STEP_H * wire.down)
        blind = [(s, e) for state, s, e in stretches(lines[wire.path], begun, end)
                 if state in DEAF and s > begun]  # fmt: skip
        ((since, until),) = [(s, e) for s, e in blind if s >= first]
        assert since <= first + timedelta(hours=2 * STEP_H), "shown from the second failure on"
        assert until >= first + timedelta(hours=STEP_H * DOWN), "shown to the end"
        assert until <= first + timedelta(hours=STEP_H * (DOWN + 1))
