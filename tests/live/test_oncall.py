"""Whoever has the watch by the roster is told first; the others are an escalation."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.live.conftest import Clock, World
from tests.live.test_deliver import ATTACK, running
from watchfloor.live import Channel, deliver, read_channels
from watchfloor.live.oncall import OFF_WATCH_MIN, in_order
from watchfloor.response.records import DUTY, Turn
from watchfloor.store import Database
from watchfloor.store.alerts import acknowledge, find_alerts
from watchfloor.store.deliveries import deliveries
from watchfloor.store.response import keep

HOLDERS = st.sampled_from([None, "amina", "bruno", "chen"])
CHANNELS = st.lists(
    st.builds(
        Channel, name=st.just("c"), kind=st.just("webhook"), holder=HOLDERS,
        after_min=st.sampled_from([0.0, 5.0, 30.0]),
        quiet=st.sampled_from([None, ("22:00", "06:00")]),
    ),
    max_size=5,
)  # fmt: skip


@given(CHANNELS, st.sets(HOLDERS.filter(bool)))
def test_who_watches_is_told_at_once_and_nobody_else_sooner_than_written(
    channels: list[Channel], watching: set[str]
) -> None:
    moved = in_order(channels, watching)
    if not any(c.holder in watching for c in channels):
        assert moved == tuple(channels), "where none of them watches the order is as written"
        return
    for before, after in zip(channels, moved, strict=True):
        if before.holder in watching:
            assert (after.after_min, after.quiet) == (0, None)
        else:
            assert after.after_min >= before.after_min
            assert after.quiet == before.quiet
            assert before.holder is None or after.after_min >= OFF_WATCH_MIN


@pytest.fixture
def pair(world: World) -> tuple[Channel, Channel]:
    """The channels of two who take turns, and of whom the first is written first."""
    one, two = (
        Channel(name=name, kind="webhook", url=f"{world.url}/{name}", holder=name)
        for name in ("amina", "bruno")
    )
    return one, two


def turn(record: Database, holder: str, first: datetime, post: str = DUTY) -> None:
    made = Turn(post=post, holder=holder, starts_at=first, ends_at=first + timedelta(hours=8),
                made_by="chief", made_at=first)  # fmt: skip
    with record.writing() as session:
        keep(session, made)


def attack(record: Database, clock: Clock, pair: tuple[Channel, Channel]) -> str:
    """An attack is told of; the id of its alert."""
    running(record, pair, clock)(ATTACK.format("killed"))
    deliver(record, pair, clock())
    with record.reading() as session:
        (alert,) = find_alerts(session)
    return alert.id


def told(record: Database) -> dict[str, str]:
    with record.reading() as session:
        return {line.channel: line.state for line in deliveries(session)}


@pytest.mark.parametrize("watches", ["amina", "bruno"])
def test_the_other_is_told_only_where_nobody_takes_it_up(
    record: Database, clock: Clock, world: World, pair: tuple[Channel, Channel], watches: str
) -> None:
    turn(record, watches, clock())
    turn(record, "amina", clock(), post="analyst")
    other = {"amina": "bruno", "bruno": "amina"}[watches]
    id = attack(record, clock, pair)
    assert told(record) == {watches: "sent", other: "waiting"}
    with record.writing() as session:
        acknowledge(session, id, watches, clock())
    clock.on(minutes=OFF_WATCH_MIN + 1)
    deliver(record, pair, clock())
    assert told(record) == {watches: "sent", other: "spared"}
    assert len(world.posted) == 1


def test_an_empty_roster_silences_nobody(
    record: Database, clock: Clock, pair: tuple[Channel, Channel]
) -> None:
    turn(record, "amina", clock() - timedelta(hours=9))
    attack(record, clock, pair)
    assert told(record) == {"amina": "sent", "bruno": "sent"}


def test_a_channel_names_its_holder(tmp_path: Path) -> None:
    file = tmp_path / "channels.yaml"
    file.write_text("channels: [{name: a, kind: smtp, to: [a@example.org], holder: amina}]")
    (channel,) = read_channels(file)
    assert channel.holder == "amina"
