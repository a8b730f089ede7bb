"""The register: sites, groups and journeys, who is exposed now, and how it went over time."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, File, Form, HTTPException, Request, Response, UploadFile
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse

from watchfloor.desk import charts, clock, shapes, words
from watchfloor.desk.access import needs
from watchfloor.desk.frame import settings
from watchfloor.desk.orders import orders
from watchfloor.desk.register_files import taken
from watchfloor.desk.serve import must, page, record
from watchfloor.desk.tongue import say
from watchfloor.live.register import keep_register, kept_register
from watchfloor.store import Filter, Session, find_incidents
from watchfloor.store.queue import Wanted, queue_entries, queue_months, queued, rank_of
from watchfloor.store.register import KINDS, Entry, entries, entry_names, replace_entries
from watchfloor.watch import Rules, why

router = APIRouter()
READ, WRITE = [needs("register:read")], [needs("register:write")]
LIVE = ("open", "acknowledged", "snoozed")
#: Days for which what happened near an entry is listed, and held against a register just imported.
RECENT = 30
#: Months of an entry's chart.
MONTHS = 13
#: How many times the radius of a site is looked around.
AROUND = 3.0


@router.get("/register", response_class=HTMLResponse, dependencies=READ)
def register(request: Request) -> Response:
    """Every entry with the alerts that touch it now."""
    return _shown(request)


@router.get("/register/map.json", dependencies=READ)
def on_map(request: Request) -> Response:
    """Sites with the rings within which they want to hear, journeys as lines; the worst on top."""
    with record(request).reading() as session:
        found = kept_register(session)
        live = queue_entries(session, Wanted(states=LIVE))
    shapes_ = [f for s in found.sites for f in shapes.site(s, rank=_rank(live, f"sites:{s.id}"))]
    shapes_ += [
        shapes.route(j.waypoints, name=j.name, to=f"/register/journeys/{j.id}")
        for j in found.journeys
    ]
    return JSONResponse(shapes.collection(shapes_))


@router.get("/register/{kind}/{id}", response_class=HTMLResponse, dependencies=READ)
def entry(request: Request, kind: str, id: str) -> Response:
    """One entry: what touches it now, what came near it, and how it went over time."""
    with record(request).reading() as session:
        one = _entry(session, kind, id)
        wanted = Wanted(entry=f"{kind}:{id}")
        alerts = queued(session, wanted, limit=50)
        months = _months(session, wanted)
        near = _near(session, one, orders(request).rules)
        lands, names = _lands(session, one), entry_names(session)
    zone = clock.zone_at(one.doc.get("lat"), one.doc.get("lon"), one.doc.get("country"))
    local = clock.shown(datetime.now(UTC), zone) if zone else None
    return page(request, "register_entry.html", one=one, alerts=alerts, months=months, near=near,
                facts=_facts(one, names), local=local, live=LIVE, around=AROUND,
                recent=RECENT, lands=lands)  # fmt: skip


@router.get("/register/{kind}/{id}/map.json", dependencies=READ)
def entry_on_map(request: Request, kind: str, id: str) -> Response:
    """The entry, and the incidents near it."""
    with record(request).reading() as session:
        one = _entry(session, kind, id)
        found = kept_register(session)
        near = _near(session, one, orders(request).rules)
        told = queued(session, Wanted(entry=f"{kind}:{id}"), limit=50)
    ranks = {q.alert.incident: rank_of(q.alert.severity) for q in told}
    homes = (
        set(one.doc.get("sites") or ()) if kind == "groups" else {id} if kind == "sites" else set()
    )
    features = [f for s in found.sites if s.id in homes for f in shapes.site(s)]
    features += [shapes.route(j.waypoints, name=j.name) for j in found.journeys
                 if kind == "journeys" and j.id == id]  # fmt: skip
    happened = {row.id: row.incident for row, _ in near}
    happened |= {q.alert.incident: q.incident for q in told if q.incident}
    for incident, what in happened.items():
        where = what.place
        if where and where.lat is not None and where.lon is not None:
            features += shapes.spot(
                where.lat, where.lon, where.kind, where.radius_km, rank=ranks.get(incident, 0),
                name=f"{words.kind(what.type)}, {where.name}", to=f"/incidents/{incident}",
            )  # fmt: skip
    return JSONResponse(shapes.collection(features))


@router.post("/register/import", response_class=HTMLResponse, dependencies=WRITE)
def take(request: Request, file: Annotated[list[UploadFile], File()]) -> Response:
    """Make the CSV files the register, if every line of them holds; else say what is wrong."""
    given = {f.filename or "": f.file.read() for f in file}
    register, problems = taken(given, settings(request))
    if problems:
        return _shown(request, problems=problems)
    now = datetime.now(UTC)
    with record(request).writing() as session:
        before = entries(session)
        keep_register(session, register, must(request), now)
        after = entries(session)
        raised = _held(request, session, now)
    changed = _changed(before, after)
    says = f"The register is kept: {changed}; {raised} alerts raised or changed."
    old = msgspec.json.encode(before).decode()
    return _shown(request, said={"says": says, "undo": "/register/restore", "old": old})


@router.post("/register/restore", dependencies=WRITE)
def restore(request: Request, old: Annotated[str, Form()]) -> Response:
    """Put back the register that was there before an import."""
    now = datetime.now(UTC)
    with record(request).writing() as session:
        given = msgspec.json.decode(old, type=list[Entry])
        replace_entries(session, given, must(request), now)
        _held(request, session, now)
    return RedirectResponse("/register", status_code=303)


def _shown(request: Request, **more: Any) -> Response:
    with record(request).reading() as session:
        found = entries(session)
        live = queue_entries(session, Wanted(states=LIVE))
    by_kind = {kind: [e for e in found if e.kind == kind] for kind in KINDS}
    today = datetime.now(UTC).date()
    values = {"entries": by_kind, "live": live, "today": today.isoformat(),
              "site_names": {e.id: e.name for e in by_kind["sites"]}, **more}  # fmt: skip
    return page(request, "register.html", **{"problems": [], "said": None, **values})


def _facts(one: Entry, names: dict[str, str]) -> list[tuple[str, str]]:
    """What the register says of an entry, in words: label and value; what it does not say is left
    out.
    """
    doc = one.doc
    where = f"{doc['lat']}, {doc['lon']}" if doc.get("lat") is not None else None
    hears = f"{doc['radius_km']:.0f} km" if one.kind == "sites" else None
    homes = [names.get(f"sites:{site}", site) for site in doc.get("sites") or ()]
    facts = [
        ("kind", say(doc["kind"]) if doc.get("kind") else None),
        ("country", words.country(doc["country"]) if doc.get("country") else None),
        ("nationality", words.country(doc["nationality"]) if doc.get("nationality") else None),
        ("organisation", doc.get("organisation")),
        ("people", None if doc.get("people") is None else str(doc["people"])),
        ("at", ", ".join(homes) or None),
        ("place", doc.get("place")), ("position", where), ("hears within", hears),
        ("departs", clock.day(doc["depart"]) if doc.get("depart") else None),
        ("arrives", clock.day(doc["arrive"]) if doc.get("arrive") else None),
    ]  # fmt: skip
    return [(say(label), value) for label, value in facts if value]


def _entry(session: Session, kind: str, id: str) -> Entry:
    for one in entries(session):
        if (one.kind, one.id) == (kind, id):
            return one
    raise HTTPException(404, f"no such entry of the register: {kind}:{id}")


def _lands(session: Session, one: Entry) -> list[str]:
    """The countries of an entry: of a site its own, of a group those of its sites."""
    homes = {one.id} if one.kind == "sites" else set(one.doc.get("sites") or ())
    sites = kept_register(session).sites
    return sorted({s.country for s in sites if s.id in homes and s.country})


def _near(session: Session, one: Entry, rules: Rules) -> list[tuple[Any, list[str]]]:
    """What happened near a site of late, the nearest first, and why it raised an alert or not."""
    lat, lon = one.doc.get("lat"), one.doc.get("lon")
    if lat is None or lon is None:
        return []
    first = datetime.now(UTC).date() - timedelta(days=RECENT)
    within = (lat, lon, AROUND * one.doc["radius_km"])
    rows = find_incidents(session, Filter(first=first, within=within), limit=40)
    register = kept_register(session)
    told = [
        (row, why(row.incident, f"{one.kind}:{one.id}", register, rules, {}))
        for row in sorted(rows, key=lambda r: r.distance_km or 0.0)
    ]
    return [(row, said[-2:]) for row, said in told]


def _months(session: Session, wanted: Wanted) -> Any:
    """A chart of the alerts of an entry by month."""
    counts = queue_months(session, wanted)
    today = datetime.now(UTC).date()
    bars = []
    for month in _last_months(today, MONTHS):
        parts = counts.get(month, Counter())
        said = ", ".join(f"{n} {severity}" for severity, n in parts.items())
        bars.append(
            charts.Bar(label=f"{month[5:]}/{month[2:4]}", says=f"{month}: {said or 'none'}",
                       tick=int(month[5:]) % 2 == 0,
                       parts=tuple(sorted(parts.items(), key=lambda p: rank_of(p[0]))))
        )  # fmt: skip
    return charts.stacked(bars, "Alerts by month", width=420)


def _last_months(today: date, count: int) -> list[str]:
    number = today.year * 12 + today.month - 1
    return [f"{n // 12}-{n % 12 + 1:02}" for n in range(number - count + 1, number + 1)]


def _held(request: Request, session: Session, at: datetime) -> int:
    """Hold what happened of late against the register; how many alerts changed."""
    first = at.date() - timedelta(days=RECENT)
    ids = [row.id for row in find_incidents(session, Filter(first=first), limit=2000)]
    return orders(request).in_step(session, ids)


def _changed(before: list[Entry], after: list[Entry]) -> str:
    old, new = ({(e.kind, e.id): e.doc for e in some} for some in (before, after))
    both = old.keys() & new.keys()
    different = sum(old[key] != new[key] for key in both)
    fresh, gone = new.keys() - old.keys(), old.keys() - new.keys()
    return f"{len(fresh)} new, {different} changed, {len(gone)} gone"


def _rank(live: dict[str, Counter[str]], entry: str) -> int:
    return max((rank_of(severity) for severity in live.get(entry, ())), default=0)
