"""The register: sites, groups and journeys, who is exposed now, and how it went over time."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, File, Form, Request, Response, UploadFile
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse

from watchfloor.desk import charts, clock, shapes, words
from watchfloor.desk.access import needs
from watchfloor.desk.held import (
    AROUND,
    RECENT,
    Month,
    entry_of,
    months,
    near,
    put_back,
    take_in,
)
from watchfloor.desk.orders import orders
from watchfloor.desk.serve import page, record
from watchfloor.desk.tongue import say
from watchfloor.errors import InputError
from watchfloor.live.register import kept_register
from watchfloor.store import Session
from watchfloor.store.queue import Wanted, queue_entries, queued, rank_of
from watchfloor.store.register import KINDS, Entry, entries, entry_names

router = APIRouter()
READ = [needs("register:read")]
WRITE = [needs("register:write"), *READ]  # an import shows the register
LIVE = ("open", "acknowledged", "snoozed")


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
        one = entry_of(session, kind, id)
        alerts = queued(session, Wanted(entry=f"{kind}:{id}"), limit=50)
        chart = _chart(months(session, one))
        around = near(session, one, orders(request).rules)
        lands, names = _lands(session, one), entry_names(session)
    zone = clock.zone_at(one.doc.get("lat"), one.doc.get("lon"), one.doc.get("country"))
    local = clock.shown(datetime.now(UTC), zone) if zone else None
    return page(request, "register_entry.html", one=one, alerts=alerts, months=chart, near=around,
                facts=_facts(one, names), local=local, live=LIVE, around=AROUND,
                recent=RECENT, lands=lands)  # fmt: skip


@router.get("/register/{kind}/{id}/map.json", dependencies=READ)
def entry_on_map(request: Request, kind: str, id: str) -> Response:
    """The entry, and the incidents near it."""
    with record(request).reading() as session:
        one, found = entry_of(session, kind, id), kept_register(session)
        around = near(session, one, orders(request).rules)
        told = queued(session, Wanted(entry=f"{kind}:{id}"), limit=50)
    ranks = {q.alert.incident: rank_of(q.alert.severity) for q in told}
    homes = (
        set(one.doc.get("sites") or ()) if kind == "groups" else {id} if kind == "sites" else set()
    )
    features = [f for s in found.sites if s.id in homes for f in shapes.site(s)]
    features += [shapes.route(j.waypoints, name=j.name) for j in found.journeys
                 if kind == "journeys" and j.id == id]  # fmt: skip
    happened = {one_.id: one_.row.incident for one_ in around}
    happened |= {q.alert.incident: q.incident for q in told if q.incident}
    for incident, what in sorted(happened.items(), key=lambda one: ranks.get(one[0], 0)):
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
    done = take_in(request, {f.filename or "": f.file.read() for f in file})
    if done.problems:
        return _shown(request, problems=done.problems)
    says = say(
        "The register is kept: {0} new, {1} changed, {2} gone; {3} alerts raised or changed.",
        done.new, done.changed, done.gone, done.alerts,
    )  # fmt: skip
    old = msgspec.json.encode(done.before).decode()
    return _shown(request, said={"says": says, "undo": "/register/restore", "old": old})


@router.post("/register/restore", dependencies=WRITE)
def restore(request: Request, old: Annotated[str, Form()]) -> Response:
    """Put back the register that was there before an import."""
    try:
        given = msgspec.json.decode(old, type=list[Entry])
    except msgspec.DecodeError as error:
        raise InputError(str(error), where="old", right="the entries of a register") from error
    put_back(request, given)
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


def _lands(session: Session, one: Entry) -> list[str]:
    """The countries of an entry: of a site its own, of a group those of its sites."""
    homes = {one.id} if one.kind == "sites" else set(one.doc.get("sites") or ())
    sites = kept_register(session).sites
    return sorted({s.country for s in sites if s.id in homes and s.country})


def _chart(told: list[Month]) -> Any:
    """A chart of the alerts of an entry by month."""
    bars = []
    for one in told:
        said = ", ".join(f"{n} {say(severity)}" for severity, n in one.alerts.items())
        bars.append(
            charts.Bar(label=clock.month(one.month),
                       says=f"{one.month}: {said or say('none')}",
                       tick=int(one.month[5:]) % 2 == 1,
                       parts=tuple(sorted(one.alerts.items(), key=lambda p: rank_of(p[0]))))
        )  # fmt: skip
    return charts.stacked(bars, say("Alerts by month"), width=420)


def _rank(live: dict[str, Counter[str]], entry: str) -> int:
    return max((rank_of(severity) for severity in live.get(entry, ())), default=0)
