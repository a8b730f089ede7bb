"""Whatever a page does a program can do: each route of the pages stands beside those of the API."""

from __future__ import annotations

import re

import pytest

from watchfloor.desk import make_app
from watchfloor.desk.access import PUBLIC, Access
from watchfloor.desk.access.guard import Guarded, routes_of
from watchfloor.store import Database

V1 = "/api/v1"
#: What a page does, and by which routes of the API a program does it.
BESIDE = {
    "GET /": "GET /alerts, GET /alerts/counts, GET /alerts/days",
    "GET /floor/queue": "GET /alerts",
    "GET /floor/alerts/{id}": "GET /alerts/{id}, GET /alerts/{id}/log, "
    "GET /alerts/{id}/verifications",
    "GET /floor/map.json": "GET /incidents",
    "POST /floor/merge": "POST /judgements",
    "POST /alerts/{id}/{act}": "POST /alerts/{id}/acknowledge, POST /alerts/{id}/snooze, "
    "POST /alerts/{id}/close, POST /alerts/{id}/reopen",
    "POST /alerts/{id}/verify": "POST /alerts/{id}/verifications",
    "POST /verifications/{n}/found": "POST /verifications/{n}/found",
    "GET /incidents/{id}": "GET /incidents/{id}, GET /incidents/{id}/accounts, "
    "GET /incidents/{id}/history, GET /incidents/{id}/alike, GET /judgements",
    "GET /incidents/{id}/map.json": "GET /incidents/{id}",
    **{f"POST /incidents/{{id}}/{act}": "POST /judgements"
       for act in ("merge", "split", "move", "false")},
    "POST /judgements/{id}/undo": "POST /judgements/{id}/undo",
    "GET /reports/{id:path}": "GET /reports/{id:path}, GET /revisions/{id:path}",
    "GET /send": "POST /reports",
    "POST /send": "POST /reports",
    "POST /copies": "POST /judgements",
    "POST /events/correct": "POST /judgements",
    "POST /events/false": "POST /judgements",
    "GET /search": "GET /search, GET /incidents, GET /searches",
    "POST /searches": "POST /searches",
    "POST /searches/{n}/remove": "DELETE /searches/{n}",
    "GET /register": "GET /register",
    "GET /register/map.json": "GET /register",
    "GET /register/{kind}/{id}": "GET /register/{kind}/{id}, GET /register/{kind}/{id}/near, "
    "GET /register/{kind}/{id}/months, GET /alerts",
    "GET /register/{kind}/{id}/map.json": "GET /register/{kind}/{id}/near",
    "POST /register/import": "POST /register/import",
    "POST /register/restore": "POST /register/restore",
    "GET /commitments": "GET /commitments",
    "POST /commitments/settle": "POST /commitments/{id:path}/settle",
    "GET /trends": "GET /trends",
    "GET /trends.svg": "GET /trends",
    "GET /trends.csv": "GET /trends",
    "GET /trends/coverage.svg": "GET /trends",
    "GET /trends/coverage.csv": "GET /trends",
    "GET /sources": "GET /feeds, GET /feeds/{n}/spells, GET /outlets",
    "POST /sources/feeds/grade": "POST /feeds/grade",
    "POST /sources/outlets/grade": "POST /sources/grade",
    "GET /cases": "GET /cases",
    "POST /cases": "POST /cases",
    "POST /cases/from-alert": "POST /cases",
    "GET /cases/{n}": "GET /cases/{n}, GET /cases/{n}/log, GET /cases/{n}/tasks, "
    "GET /cases/{n}/inquiries, GET /cases/{n}/head-count, GET /cases/{n}/deadlines, "
    "GET /cases/{n}/links",
    "POST /cases/{n}": "PATCH /cases/{n}",
    "POST /cases/{n}/log": "POST /cases/{n}/log",
    "POST /cases/{n}/tasks": "POST /cases/{n}/tasks",
    "POST /tasks/{n}/mark": "POST /cases/{n}/tasks/{task}/{mark}",
    "POST /cases/{n}/head-counts": "POST /cases/{n}/head-count",
    "POST /cases/{n}/inquiries": "POST /cases/{n}/inquiries",
    "POST /inquiries/{n}/answer": "POST /inquiries/{n}/answer",
    "POST /cases/{n}/marks": "POST /cases/{n}/marks/{mark}",
    "POST /cases/{n}/close": "POST /cases/{n}/close",
    "POST /cases/{n}/reopen": "POST /cases/{n}/reopen",
    "POST /cases/{n}/links": "POST /cases/{n}/links, DELETE /cases/{n}/links/{kind}/{id}",
    "GET /cell": "GET /cell/resources, GET /cell/needs, GET /cell/assignments, GET /cell/turns, "
    "GET /cell/gaps, GET /cell/clashes, GET /cell/double-turns, GET /cell/unheld, "
    "GET /cell/journeys, GET /cell/overdue, GET /cell/check-ins, GET /cell/measures",
    "GET /cell/watches.ics": "GET /cell/turns",
    "POST /turns": "POST /cell/turns",
    "POST /resources": "POST /cell/resources",
    "POST /needs": "POST /cell/needs",
    "POST /assignments": "POST /cell/assignments",
    "POST /assurances": "POST /cell/measures",
    "POST /check-ins": "POST /cell/check-ins",
    "POST /clearances": "POST /cell/journeys",
    "POST /clearances/{n}/decide": "POST /cell/journeys/{n}/decide",
    "POST /clearances/{n}/undo": "POST /cell/journeys/{n}/undecide",
    **{f"POST /{kind}/{{n}}/{way}": f"POST /{kind}/{{n}}/{way}"
       for kind in ("tasks", "head-counts", "inquiries", "check-ins", "resources", "needs", "turns",
                    "assurances", "assignments", "papers", "verifications")
       for way in ("take-back", "put-back")},
    "GET /papers": "GET /papers",
    "POST /papers": "POST /papers",
    "GET /papers/{n}": "GET /papers/{n}, GET /papers/{n}/versions, GET /papers/{n}/releases",
    "POST /papers/{n}": "POST /papers/{n}/versions",
    "POST /papers/{n}/restore": "POST /papers/{n}/restore",
    "POST /papers/{n}/marking": "POST /papers/{n}/marking",
    "POST /papers/{n}/release": "POST /papers/{n}/release",
    "POST /papers/{n}/releases/{number}": "POST /papers/{n}/releases/{release}",
    "GET /papers/{n}/file.{form}": "GET /papers/{n}/file.{form}",
    "GET /assurances": "GET /letters",
    "GET /assurances/{n}/file.{form}": "GET /letters/{n}/file.{form}",
    "GET /account": "GET /own",
    "GET /admin": "GET /admin/permissions, GET /admin/audit/check",
    "GET /admin/users": "GET /admin/users",
    "POST /admin/users": "POST /admin/users",
    "POST /admin/users/{n}/role": "POST /admin/users/{n}/role",
    "POST /admin/users/{n}/disable": "POST /admin/users/{n}/{way}",
    "POST /admin/users/{n}/enable": "POST /admin/users/{n}/{way}",
    "GET /admin/tokens": "GET /admin/tokens",
    "POST /admin/tokens/{n}/revoke": "POST /admin/tokens/{n}/revoke",
    "GET /admin/audit": "GET /admin/audit",
    "GET /admin/retention": "GET /admin/retention, GET /admin/holds",
    "POST /admin/retention/{kind}": "POST /admin/retention/kinds/{kind}",
    "POST /admin/retention-run": "POST /admin/retention/run",
    "POST /admin/holds": "POST /admin/holds",
    "POST /admin/holds/{n}/lift": "POST /admin/holds/{n}/lift",
    "POST /admin/erase": "POST /admin/erase",
    "POST /admin/audit-erase": "POST /admin/audit/{n}/erase",
    "GET /admin/markings": "GET /admin/releases",
    "POST /admin/releases/{n}": "POST /admin/releases/{n}",
    "POST /admin/remark": "POST /admin/markings",
    "POST /admin/readers": "POST /admin/readers, GET /admin/readers/{kind}/{id:path}",
}  # fmt: skip
#: What is for people at a browser alone, and why.
PEOPLES = {
    "POST /sign-out": "a program has a token",
    "GET /home": "leads to the first page of a role",
    "POST /purpose": "a program says it in X-Purpose",
    "POST /look": "how pages look",
    "POST /language": "in which language pages are",
    "POST /account/password": "no program passes a password on",
    "POST /account/code": "nor a code",
    "POST /account/code/remove": "nor a code",
    "POST /admin/users/{n}/password": "nor another's",
    "POST /admin/tokens": "a token is shown once, to who made it",
    "GET /evidence/{kind}/{id:path}": "leads to a page; a sentence names its evidence",
    "GET /alerts.rss": "is for programs: /feeds/TOKEN/alerts.rss",
    "GET /alerts/{id}.cap": "is for programs: /feeds/TOKEN/alerts/ID.cap",
}


@pytest.fixture
def routes(record: Database) -> dict[str, Guarded]:
    return {f"{r.method} {r.path}": r for r in routes_of(make_app(record, Access(record)))}


def of_pages(routes: dict[str, Guarded]) -> set[str]:
    return {
        name for name, one in routes.items()
        if PUBLIC not in one.permissions and not one.path.startswith(("/api/", "/feeds/"))
    }  # fmt: skip


def beside(page: str) -> list[str]:
    return [re.sub(" ", f" {V1}", one, count=1) for one in BESIDE[page].split(", ")]


def test_every_route_of_the_pages_stands_beside_the_api_or_is_for_people_alone(
    routes: dict[str, Guarded],
) -> None:
    assert of_pages(routes) == BESIDE.keys() | PEOPLES.keys()
    assert {r for page in BESIDE for r in beside(page)} <= routes.keys()


def test_a_program_needs_what_a_page_needs(routes: dict[str, Guarded]) -> None:
    """No way round: what a page does takes the same permissions of a program."""
    for page in BESIDE:
        if page.startswith("POST"):
            for route in beside(page):
                assert set(routes[route].permissions) == set(routes[page].permissions), page
