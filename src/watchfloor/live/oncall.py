"""The order on call: whoever has the watch by the cell's roster comes first."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from msgspec.structs import replace

from watchfloor.live.channels import Channel
from watchfloor.response.records import DUTY, Turn
from watchfloor.store import Session
from watchfloor.store import response_tables as r
from watchfloor.store.response import standing

#: Minutes after which those are told who do not have the watch, unless their channel waits longer.
OFF_WATCH_MIN = 15.0


def on_call(session: Session, channels: Sequence[Channel], at: datetime) -> tuple[Channel, ...]:
    """The channels in the order of the roster at a time."""
    if all(channel.holder is None for channel in channels):
        return tuple(channels)
    t = r.turn.c
    turns = standing(session, Turn, t.post == DUTY, t.starts_at <= at, t.ends_at > at)
    return in_order(channels, {turn.holder for turn in turns})


def in_order(channels: Sequence[Channel], watching: Collection[str]) -> tuple[Channel, ...]:
    """The channels with those of whoever has the watch first: told at once, also in quiet hours,
    and the others' channels as an escalation. Where no channel is of somebody who has the watch
    they are as they are written, so that an empty roster silences nobody.
    """
    if not any(channel.holder in watching for channel in channels):
        return tuple(channels)
    return tuple(_moved(channel, channel.holder in watching) for channel in channels)


def _moved(channel: Channel, watches: bool) -> Channel:
    if channel.holder is None:
        return channel
    if watches:
        return replace(channel, after_min=0, quiet=None)
    return replace(channel, after_min=max(channel.after_min, OFF_WATCH_MIN))
