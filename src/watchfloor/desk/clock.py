"""Times as pages show them: in the desk's zone, and in the zone of a place."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from markupsafe import Markup

from watchfloor.desk.tongue import say
from watchfloor.errors import SettingsError
from watchfloor.geometry import distance_km

#: Places of two zones nearer to each other than this (km) leave the zone of a site unknown.
CLOSE_KM = 25.0


def zone_named(name: str) -> ZoneInfo:
    """The zone of a name such as Asia/Karachi. Raises SettingsError where there is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise SettingsError(
            f"no such time zone {name!r}", where="WATCHFLOOR_ZONE", right="a name like Asia/Karachi"
        ) from error


def shown(at: datetime | None, zone: ZoneInfo, seconds: bool = False) -> Markup:
    """A moment in a zone, its UTC in the tooltip; "never" for None."""
    if at is None:
        return Markup(say("never"))
    local = at.astimezone(zone)
    clock = f"{local:%H:%M:%S}" if seconds else f"{local:%H:%M}"
    return Markup('<time datetime="{}" title="{}">{} {} {}</time>').format(
        at.isoformat(timespec="seconds"),
        f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC",
        day(local.date()),
        clock,
        local.tzname(),
    )


def during(first: datetime, last: datetime, zone: ZoneInfo) -> Markup:
    """A period in a zone; its second day is left out where it is the first."""
    start, end = first.astimezone(zone), last.astimezone(zone)
    until = f"{end:%H:%M}" if start.date() == end.date() else f"{day(end.date())} {end:%H:%M}"
    made = say("{0} to {1}", f"{day(start.date())} {start:%H:%M}", f"{until} {end.tzname()}")
    utc = f"{first.astimezone(UTC):%Y-%m-%d %H:%M} – {last.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
    return Markup('<span title="{}">{}</span>').format(utc, made)


def field(at: datetime, zone: ZoneInfo) -> str:
    """A moment in a zone as a form's field takes it, to the hour."""
    return f"{at.astimezone(zone):%Y-%m-%dT%H:00}"


def day(value: date | str | None) -> str:
    """A day as `3 Mar 2031`; "unknown" for None, what was written where it is no date."""
    if value is None:
        return say("unknown")
    if isinstance(value, date):
        return f"{value.day} {say(f'{value:%b}')} {value.year}"
    try:
        return day(date.fromisoformat(value[:10]))
    except ValueError:
        return value


def ago(at: datetime | None, now: datetime) -> str:
    """How long ago, in the largest unit that fits."""
    if at is None:
        return say("never")
    seconds = max(0.0, (now - at).total_seconds())
    for size, unit in ((86400, "d"), (3600, "h"), (60, "min")):
        if seconds >= size:
            return say(f"{{0}} {unit} ago", f"{seconds // size:.0f}")
    return say("just now")


def zone_at(lat: float | None, lon: float | None) -> ZoneInfo | None:
    """The zone of the nearest town that the time zone database names (tzdata's zone.tab).

    None where the point is not known, or a town of another time is about as near.
    """
    if lat is None or lon is None:
        return None
    near = sorted((distance_km((lat, lon), (y, x)), name) for y, x, name in _towns())[:2]
    (first, name), (second, other) = near
    now = datetime.now(UTC)
    best = ZoneInfo(name)
    if second - first < CLOSE_KM and now.astimezone(best).utcoffset() != (
        now.astimezone(ZoneInfo(other)).utcoffset()
    ):
        return None
    return best


@cache
def _towns() -> tuple[tuple[float, float, str], ...]:
    text = files("tzdata").joinpath("zoneinfo", "zone.tab").read_text(encoding="utf-8")
    lines = (line.split("\t") for line in text.splitlines() if line and line[0] != "#")
    return tuple((*_point(fields[1]), fields[2].strip()) for fields in lines)


def _point(written: str) -> tuple[float, float]:
    """ISO 6709 (+2452+06703, +405138+0072201) as degrees."""
    split = max(written.rfind("+"), written.rfind("-"))
    lat, lon = (_degrees(part) for part in (written[:split], written[split:]))
    return lat, lon


def _degrees(part: str) -> float:
    sign, digits = (-1 if part[0] == "-" else 1), part[1:]
    whole = 2 if len(digits) in {4, 6} else 3
    minutes = digits[whole : whole + 2]
    seconds = digits[whole + 2 :] or "0"
    return sign * (int(digits[:whole]) + int(minutes) / 60 + int(seconds) / 3600)


def days_back(last: date, count: int) -> Iterator[date]:
    """`count` days up to `last`, the earliest first."""
    return (date.fromordinal(last.toordinal() - n) for n in range(count - 1, -1, -1))
