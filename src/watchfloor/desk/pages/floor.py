"""The floor: queue, map and timeline under one filter that stands in the address."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import msgspec
from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse
from starlette.datastructures import QueryParams

from watchfloor.desk import asks, charts, clock, shapes, words
from watchfloor.desk.access import needs, who_asks
from watchfloor.desk.evidence import quotes_of
from watchfloor.desk.once import Once
from watchfloor.desk.serve import page, record
from watchfloor.desk.tongue import say, spoken
from watchfloor.errors import InputError
from watchfloor.live.register import kept_register
from watchfloor.response.records import VERIFIED
from watchfloor.response.verified import STANDINGS
from watchfloor.store import Session
from watchfloor.store import alerts as kept
from watchfloor.store.feeds import feeds
from watchfloor.store.queue import (
    ORDERS,
    SEVERITIES,
    Queued,
    Spotted,
    Wanted,
    queue_changed,
    queue_counts,
    queue_days,
    queue_entries,
    queue_spots,
    queued,
    rank_of,
)
from watchfloor.store.register import entry_names
from watchfloor.store.releases import named_for
from watchfloor.store.verify import verifications
from watchfloor.watch.said import TYPES

router = APIRouter()
#: Alerts on one page of the queue.
ROWS = 40
#: What the filter counts.
COUNTED = ("state", "severity", "type", "country", "verified")
#: Days that the timeline shows.
DAYS = 42


@router.get("/", response_class=HTMLResponse, dependencies=[needs("alerts:read")])
def floor(request: Request) -> Response:
    """The whole page."""
    return page(request, "floor.html", **looked(request, asks.wanted_of(request.query_params)))


@router.get("/floor/queue", response_class=HTMLResponse, dependencies=[needs("alerts:read")])
def queue(request: Request) -> Response:
    """The queue alone, as the page asks for it every few seconds; 204 where nothing changed since
    the `stamp` that it has.
    """
    if request.query_params.get("stamp") == stamp(request):
        return Response(status_code=204)
    return shown_queue(request, asks.wanted_of(request.query_params))


def wanted_of_page(address: str) -> Wanted:
    """The filter of the page at an address."""
    return asks.wanted_of(QueryParams(parse_qsl(urlsplit(address).query)))


def shown_queue(request: Request, wanted: Wanted, said: dict[str, Any] | None = None) -> Response:
    """The queue with the filter, the timeline and the state of the feeds, to be laid over a page;
    `said` is what was done, with how to undo it.
    """
    values = looked(request, wanted)
    return page(request, "parts/laid.html", here=asks.address(wanted), said=said, **values)


@router.get("/floor/alerts/{id}", response_class=HTMLResponse, dependencies=[needs("alerts:read")])
def panel(request: Request, id: str) -> Response:
    """The reasons and the evidence of one alert, for the side of the floor."""
    with record(request).reading() as session:
        alert = kept.alert_of(session, id)
        if alert is None:
            raise HTTPException(404, "no such alert")
        one = Queued(alert=alert, incident=None, marking=None)
        quotes = quotes_of(session, alert.incident)
        names = entry_names(session)
        site = next(
            (s for s in kept_register(session).sites if f"sites:{s.id}" == alert.register), None
        )
        values = {"log": kept.log_of(session, id), "names": names, "quotes": quotes,
                  "verified": verifications(session, [id]), "findings": VERIFIED}  # fmt: skip
    zone = clock.zone_at(site.lat, site.lon, site.country) if site else None
    local = clock.shown(datetime.now(UTC), zone) if zone else None
    return page(request, "parts/panel.html", one=one, local=local, **values)


@router.get("/floor/map.json", dependencies=[needs("alerts:read")])
def on_map(request: Request, box: str = "-180,-90,180,90") -> Response:
    """The incidents of the queue within a box of degrees, and the sites that its alerts are about,
    as GeoJSON; other sites are for who says what they read the register for.
    """
    wanted, inside = asks.wanted_of(request.query_params), _box(box)

    def found_now() -> tuple[list[Spotted], dict[str, Any]]:
        with record(request).reading() as session:
            return queue_spots(session, wanted, inside), queue_entries(session, wanted)

    spots, touched = _once(request, ("map", wanted, inside), found_now)
    with record(request).reading() as session:
        sites = [s for s in kept_register(session).sites if f"sites:{s.id}" in touched]
    found = [
        made
        for s in sorted(spots, key=lambda s: s.rank)
        for made in shapes.spot(
            s.lat, s.lon, s.kind, s.radius_km, rank=s.rank, count=s.count,
            name=f"{words.kind(s.type or '')}, {s.place}" if s.id else f"{s.count} incidents",
            to=f"/incidents/{s.id}" if s.id else None,
        )
    ]  # fmt: skip
    around = [f for s in sites for f in shapes.site(s)]
    return JSONResponse(shapes.collection([*around, *found]))


def stamp(request: Request) -> str:
    """What a page of the floor was made from: the last change of the queue and of the feeds, and
    the minute, since pages say how long ago things were.
    """
    with request.app.state.database.reading() as session:
        changed = queue_changed(session)
        fared = sorted((f.name, f.state, f.error or "") for f in feeds(session))
    told = [changed, fared, datetime.now(UTC).replace(second=0, microsecond=0)]
    return sha256(msgspec.json.encode(told)).hexdigest()[:16]


def looked(request: Request, wanted: Wanted) -> dict[str, Any]:
    """Everything that the floor shows for a filter."""
    after = _after(request)

    def found_now() -> tuple[list[Queued], dict[str, dict[str, int]], dict[str, Any] | None]:
        with record(request).reading() as session:
            rows = queued(session, wanted, after, ROWS + 1)
            counts = {f: queue_counts(session, wanted, f) for f in COUNTED}
            return rows, counts, _timeline(session, wanted)

    rows, counts, timeline = _once(request, ("queue", wanted, after), found_now)
    with record(request).reading() as session:
        names = entry_names(session)
        verified = verifications(session, [one.alert.id for one in rows])
    return {
        "alerts": rows[:ROWS], "more": _older(wanted, rows), "counts": counts, "wanted": wanted,
        "timeline": timeline, "names": names, "address": asks.address, "toggled": asks.toggled,
        "states": kept.STATES, "live": asks.LIVE, "severities": SEVERITIES, "orders": ORDERS,
        "standings": STANDINGS,
        "many": [(word, field) for word, (field, _) in asks.MANY.items()],
        "lands": {code: words.country(code) for code in counts["country"]},
        "type_names": TYPES, "dispositions": kept.DISPOSITIONS,
        "stamp": stamp(request), "verified": verified, "findings": VERIFIED,
    }  # fmt: skip


def _once(request: Request, what: tuple[Any, ...], make: Callable[[], Any]) -> Any:
    """What many who see the same ask of the floor at once, worked out once until it changes."""
    sight = who_asks(request).sight
    with request.app.state.database.reading() as session:
        named = named_for(session, sight.user)
    once: Once = request.app.state.once
    return once.get((what, stamp(request), spoken(), sight.markings, sight.sites, named), make)


def _timeline(session: Session, wanted: Wanted) -> dict[str, Any] | None:
    """The days on which it happened, as bars by severity; None where no day is known."""
    per: dict[date, dict[str, int]] = {}
    for day, severity, n in queue_days(session, wanted):
        per.setdefault(day, {})[severity] = n
    if not per:
        return None
    last = max(*per, wanted.last or max(per))
    bars = []
    for place, day in enumerate(clock.days_back(last, DAYS)):
        counts = per.get(day, {})
        said = ", ".join(f"{counts[s]} {say(s)}" for s in reversed(SEVERITIES) if s in counts)
        bars.append(
            charts.Bar(
                label=f"{day.day} {say(f'{day:%b}')}", tick=(DAYS - 1 - place) % 7 == 0,
                parts=tuple((s, counts.get(s, 0)) for s in SEVERITIES if counts.get(s)),
                says=f"{clock.day(day)}: {said or say('none')}",
                to=asks.address(wanted, first=day, last=day) if counts else None,
            )
        )  # fmt: skip
    earlier = sum(sum(c.values()) for d, c in per.items() if d <= last and (last - d).days >= DAYS)
    says = say("{0} days to {1}", DAYS, clock.day(last))
    says += say(", {0} earlier", earlier) if earlier else ""
    return {"svg": charts.stacked(bars, say("Alerts by day")), "says": says}


def _after(request: Request) -> tuple[int, int] | None:
    written = request.query_params.get("after")
    if not written:
        return None
    try:
        rank, n = (int(part) for part in written.split(","))
    except ValueError as error:
        raise InputError(f"{written!r} is no place in the queue", where="after") from error
    return rank, n


def _older(wanted: Wanted, rows: list[Queued]) -> str | None:
    if len(rows) <= ROWS:
        return None
    last = rows[ROWS - 1].alert
    to = asks.address(wanted)
    return f"{to}{'&' if '?' in to else '?'}after={rank_of(last.severity)},{last.n}"


def _box(written: str) -> tuple[float, float, float, float]:
    try:
        west, south, east, north = (float(part) for part in written.split(","))
    except ValueError as error:
        right = "west,south,east,north in degrees"
        raise InputError(f"{written!r} is no box", where="box", right=right) from error
    return west, south, max(east, west + 0.01), max(north, south + 0.01)
