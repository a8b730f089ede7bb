"""Channels: to whom alerts are told, how, how severe, and when not at night."""

from __future__ import annotations

import os
from datetime import datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec

from watchfloor.errors import SettingsError
from watchfloor.records import Record
from watchfloor.watch.rules import SEVERITIES
from watchfloor.yamlfile import as_record, read_yaml

KINDS = ("smtp", "webhook")


class Channel(Record, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One way of telling.

    `smtp`: `host`, `port`, `sender`, `to`; `user` logs in, None: `sender` does. `webhook`: `url`.
    `secret` names the environment variable with the password or the key that signs. `after_min`:
    told only if nobody has taken it up by then, so that channels of growing `after_min` are an
    escalation. `holder`: the account of the desk whose channel it is, None where it is nobody's
    own. `quiet`: from and to, local to `zone`, in which only severe and extreme alerts are told.
    """

    name: str
    kind: str
    min_severity: str = "moderate"
    after_min: float = 0
    holder: str | None = None
    quiet: tuple[str, str] | None = None
    zone: str = "UTC"
    host: str = "localhost"
    port: int = 25
    sender: str = "watchfloor@localhost"
    user: str | None = None
    to: tuple[str, ...] = ()
    url: str | None = None
    secret: str | None = None


class _File(msgspec.Struct, forbid_unknown_fields=True):
    channels: list[Channel]


def read_channels(path: Path) -> tuple[Channel, ...]:
    """Channels from a YAML file. Raises SettingsError that says what would be right."""
    found = as_record(read_yaml(path), _File, str(path), "channel").channels
    for channel in found:
        _check(channel, f"{path}, channel {channel.name!r}")
    if len({c.name for c in found}) != len(found):
        raise SettingsError("two channels of one name", where=str(path))
    return tuple(found)


def secret_of(channel: Channel) -> str:
    """The password or key, from the environment. Raises SettingsError where it is not set."""
    if channel.secret is None:
        return ""
    found = os.environ.get(channel.secret)
    if found is None:
        raise SettingsError(f"{channel.secret} is not set", where=f"channel {channel.name!r}")
    return found


def telling_time(
    channel: Channel, severity: str, at: datetime, since: datetime | None = None
) -> datetime:
    """When an alert is to be told on a channel: after its wait, and not in its quiet hours. `since`
    is from when on nobody has taken it up, None where nobody need (it is withdrawn, and not waited
    for); what it says anew meanwhile does not make the wait begin again.
    """
    due = max(at, since + timedelta(minutes=channel.after_min)) if since else at
    if channel.quiet is None or SEVERITIES.index(severity) >= SEVERITIES.index("severe"):
        return due
    begin, end = (time.fromisoformat(t) for t in channel.quiet)
    here = due.astimezone(ZoneInfo(channel.zone))
    now = here.time().replace(tzinfo=None)
    inside = begin <= now < end if begin <= end else now >= begin or now < end
    if not inside:
        return due
    wakes = here.replace(hour=end.hour, minute=end.minute, second=0, microsecond=0)
    return (wakes if wakes > here else wakes + timedelta(days=1)).astimezone(at.tzinfo)


def _check(channel: Channel, where: str) -> None:
    if channel.kind not in KINDS:
        raise SettingsError(f"unknown kind {channel.kind!r}", where=where, right=_one(KINDS))
    if channel.min_severity not in SEVERITIES:
        wrong = f"unknown severity {channel.min_severity!r}"
        raise SettingsError(wrong, where=where, right=_one(SEVERITIES))
    if channel.kind == "webhook" and not channel.url:
        raise SettingsError("no url", where=where)
    if channel.kind == "smtp" and not channel.to:
        raise SettingsError("nobody to send to", where=where, right="to: [duty@example.org]")
    try:
        ZoneInfo(channel.zone)
        for bound in channel.quiet or ():
            time.fromisoformat(bound)
    except (ValueError, KeyError, OSError) as error:
        right = 'quiet: ["22:00", "06:00"], zone: Asia/Karachi'
        raise SettingsError(str(error), where=where, right=right) from error


def _one(values: tuple[str, ...]) -> str:
    return f"one of {', '.join(values)}"
