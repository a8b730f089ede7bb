"""Times as pages show them: in the desk's zone, and in the zone of a place."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from markupsafe import Markup

from watchfloor.desk.tongue import say
from watchfloor.errors import SettingsError
from watchfloor.geometry import distance_km
from watchfloor.when.zones import zone_towns

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


def month(written: str) -> str:
    """A month (`2031-03`) as a chart's foot has it: `Mar`; January with its year."""
    at = date.fromisoformat(f"{written}-01")
    name = say(f"{at:%b}")
    return f"{name} {at.year}" if at.month == 1 else name


def ago(at: datetime | None, now: datetime) -> str:
    """How long ago, in the largest unit that fits."""
    if at is None:
        return say("never")
    seconds = max(0.0, (now - at).total_seconds())
    for size, unit in ((86400, "d"), (3600, "h"), (60, "min")):
        if seconds >= size:
            return say(f"{{0}} {unit} ago", f"{seconds // size:.0f}")
    return say("just now")


def zone_at(lat: float | None, lon: float | None, country: str | None = None) -> ZoneInfo | None:
    """The zone of the nearest town that the time zone database names (tzdata's zone.tab), of those
    in the country (ISO 3166-1 alpha-3) where it is known.

    None where the point is not known, or a town of another time is about as near.
    """
    if lat is None or lon is None:
        return None
    towns = zone_towns()
    own = towns.get(country or "") or [town for some in towns.values() for town in some]
    near = sorted((distance_km((lat, lon), point), name) for point, name in own)
    (first, name), now = near[0], datetime.now(UTC)
    best = ZoneInfo(name)
    for away, other in near[1:2]:
        if away - first < CLOSE_KM and now.astimezone(best).utcoffset() != (
            now.astimezone(ZoneInfo(other)).utcoffset()
        ):
            return None
    return best


def days_back(last: date, count: int) -> Iterator[date]:
    """`count` days up to `last`, the earliest first."""
    return (date.fromordinal(last.toordinal() - n) for n in range(count - 1, -1, -1))
