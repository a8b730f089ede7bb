"""Search: reports by full text, incidents by filter, both kept in the address; saved searches."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated
from urllib.parse import parse_qsl, urlencode

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from watchfloor.desk import asks
from watchfloor.desk.access import needs
from watchfloor.desk.serve import must, page, record
from watchfloor.errors import InputError
from watchfloor.store import Filter, find_incidents, find_reports
from watchfloor.store.corrections import TYPES
from watchfloor.store.queries import Narrow
from watchfloor.store.searches import remove_search, save_search, saved_searches
from watchfloor.watch.said import TYPES as TYPE_NAMES

router = APIRouter()
READ = [needs("reports:read")]
#: Hits on a page.
MOST = 50
#: The address's words of a search.
FIELDS = ("words", "kind", "country", "place", "actor", "outlet", "first", "last")
Text = Annotated[str, Form()]


@router.get("/search", response_class=HTMLResponse, dependencies=READ)
def search(request: Request, removed: str = "") -> Response:
    """What a search finds; without one, the searches that are kept."""
    query = request.query_params
    asked = {name: (query.get(name) or "").strip() for name in FIELDS}
    if asked["kind"] and asked["kind"] not in TYPES:
        raise InputError(f"no such kind {asked['kind']!r}", right=f"one of {', '.join(TYPES)}")
    first, last = asks.day_of(query, "first"), asks.day_of(query, "last")
    wanted = Filter(
        first=first, last=last, types=(asked["kind"],) if asked["kind"] else (),
        countries=(asked["country"].upper(),) if asked["country"] else (),
        place=asked["place"] or None, actor=asked["actor"] or None, words=asked["words"] or None,
    )  # fmt: skip
    narrow = Narrow(outlet=asked["outlet"] or None, first=first, last=last)
    with record(request).reading() as session:
        hits = (
            find_reports(session, asked["words"], limit=MOST, narrow=narrow)
            if asked["words"]
            else []
        )
        asks_incidents = any(asked[name] for name in FIELDS if name != "outlet")
        rows = find_incidents(session, wanted, limit=MOST) if asks_incidents else []
        kept = saved_searches(session)
    given = urlencode([(name, value) for name, value in asked.items() if value])
    said = (
        {"says": "The saved search is gone.", "undo": "/searches", "back": removed}
        if removed
        else None
    )
    return page(
        request, "search.html", asked=asked, hits=hits, rows=rows, kept=kept, given=given,
        words=asked["words"], types=TYPES, type_names=TYPE_NAMES, most=MOST, said=said,
    )  # fmt: skip


@router.post("/searches", dependencies=READ)
def save(request: Request, name: Text = "", query: Text = "") -> Response:
    """Keep a search under a name."""
    asked = urlencode([(k, v) for k, v in parse_qsl(query) if k in FIELDS])
    with record(request).writing() as session:
        save_search(session, name, asked, must(request), datetime.now(UTC))
    return RedirectResponse(f"/search?{asked}", status_code=303)


@router.post("/searches/{n}/remove", dependencies=READ)
def remove(request: Request, n: int) -> Response:
    """Take a saved search away; the page that follows can put it back."""
    with record(request).writing() as session:
        gone = remove_search(session, n)
    back = urlencode({"removed": f"{gone.name}\n{gone.query}"})
    return RedirectResponse(f"/search?{back}", status_code=303)
