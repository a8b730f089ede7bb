"""Probes of a running desk: forged writes, redirects, files, formulas, addresses, pace."""

from __future__ import annotations

import csv
import re
import socket
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from icalendar import Calendar
from sqlalchemy import update

from tests.desk.conftest import As, csrf_of, only_alert, serving
from watchfloor.desk import make_app
from watchfloor.desk.access import COOKIE, PUBLIC, Access
from watchfloor.desk.access.guard import SAFE, Guarded, routes_of
from watchfloor.desk.access.pace import BURST, Pace
from watchfloor.desk.access.permissions import permissions_of
from watchfloor.desk.access.secrets import digest, fresh, hashed
from watchfloor.desk.access.tries import MOST
from watchfloor.response.records import Turn
from watchfloor.store import Database
from watchfloor.store import tables as t
from watchfloor.store.audit import lines
from watchfloor.store.response import keep
from watchfloor.store.sessions import Grant, add_token, session_of
from watchfloor.store.users import add_user

NOW = datetime.now(UTC)
FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1")


def unsafe(record: Database) -> list[Guarded]:
    return [r for r in routes_of(make_app(record, Access(record))) if r.method not in SAFE]


def path_of(route: Guarded) -> str:
    return re.sub(r"\{[^}]*\}", "1", route.path)


def test_no_write_is_taken_from_elsewhere_or_without_the_sessions_form(
    enter: As, record: Database
) -> None:
    routes = unsafe(record)
    assert len(routes) > 100
    heads = {role: enter(role) for role in ("head of cell", "administrator")}
    for client in heads.values():
        client.headers.pop("X-CSRF-Token")
    before = only_alert(record)
    for route in routes:
        for client in heads.values():
            own = csrf_of(client, record)
            for headers in (
                {"Origin": "http://evil.example", "X-CSRF-Token": own},
                {"Origin": "null", "X-CSRF-Token": own},
                {"Sec-Fetch-Site": "cross-site", "X-CSRF-Token": own},
            ):
                answer = client.request(route.method, path_of(route), headers=headers)
                assert answer.status_code == 403, (route, headers)
            if PUBLIC in route.permissions:
                continue
            for headers, data in (
                ({}, {}), ({"X-CSRF-Token": "guess"}, {}), ({}, {"csrf": "guess"}),
                ({"Content-Type": "text/plain"}, {}),
            ):  # fmt: skip
                answer = client.request(route.method, path_of(route), headers=headers, data=data)
                assert answer.status_code == 403, (route, headers, answer.status_code)
                assert "form is not this session" in answer.text, route
    assert only_alert(record) == before


@pytest.mark.parametrize(
    "evil",
    ["//evil.example", "https://evil.example", "/\\evil.example", "/\t/evil.example", "\\\\evil",
     "javascript:alert(1)", "/x\r\nSet-Cookie: a=b", "///evil.example", ""],
)  # fmt: skip
def test_no_page_leads_away(officer: httpx.Client, record: Database, evil: str) -> None:
    act = f"/alerts/{only_alert(record).id}"
    asked = {
        "/look": {"look": "dark", "to": evil}, "/purpose": {"purpose": "a probe", "next": evil},
        f"{act}/acknowledge": {"to": evil}, f"{act}/verify": {"asked_of": "x", "to": evil},
        "/turns": {"to": evil}, "/commitments/settle": {"id": "x", "status": "kept", "to": evil},
        "/sign-out": {"next": evil},
    }  # fmt: skip
    for path, data in asked.items():
        answer = officer.post(path, data=data, follow_redirects=False)
        to = answer.headers.get("location", "/")
        assert re.match(r"/(?![/\\])[!-~]*$", to), (path, to)
        assert "set-cookie: a=b" not in str(answer.headers).lower()
    language = officer.post("/language", headers={"Referer": "http://desk//evil.example"})
    assert language.url.host == "127.0.0.1"


def test_every_way_in_gives_a_new_session_and_none_is_taken_over(
    url: str, access: Access, record: Database
) -> None:
    fixed = "an-id-that-an-attacker-planted"
    with record.writing() as session:
        add_user(session, "Amina", "analyst", NOW, hashed("correct horse battery"))
    seen = set()
    for _ in range(2):
        for way in ("key", "password"):
            with httpx.Client(base_url=url, cookies={COOKIE: fixed}, timeout=60) as client:
                said = {"name": "Amina", "password": "correct horse battery"}
                answer = (
                    client.get("/enter", params={"key": access.keys["analyst"]})
                    if way == "key"
                    else client.post("/sign-in", data=said)
                )
                made = answer.headers["set-cookie"].partition("=")[2].partition(";")[0]
                seen.add(made)
    assert len(seen) == 4
    with record.reading() as session:
        assert session_of(session, digest(fixed), NOW) is None
    cookie = {COOKIE: seen.pop()}
    assert httpx.get(f"{url}/account", cookies=cookie).status_code == 200
    assert httpx.get(f"{url}/api/v1/own", headers={"Cookie": ""}).status_code == 401


def test_a_feeds_token_opens_its_feeds_alone_and_is_in_no_log(
    url: str, record: Database, enter: As
) -> None:
    secret = fresh()
    with record.writing() as session:
        user = add_user(session, "wall", "head of cell", NOW)
        grant = Grant(name="w", scopes=("feeds:out", "alerts:read"), made_at=NOW)
        add_token(session, user, digest(secret), grant)
    assert httpx.get(f"{url}/feeds/{secret}/alerts.rss").status_code == 200
    assert httpx.get(f"{url}/feeds/{secret}/incidents.csv").status_code == 403
    assert httpx.get(f"{url}/feeds/{secret}/watches.ics").status_code == 403
    assert httpx.get(f"{url}/api/v1/alerts", params={"token": secret}).status_code == 401
    bearer = {"Authorization": f"Bearer {secret}"}
    assert httpx.get(f"{url}/api/v1/alerts", headers=bearer).status_code == 200
    for path in ("/", "/admin", "/account"):
        assert httpx.get(f"{url}{path}", headers=bearer).status_code == 401, "no page by token"
        assert httpx.get(f"{url}{path}", cookies={COOKIE: secret}).status_code == 401
    with record.reading() as session:
        told = [f"{line.subject} {line.particulars}" for line in lines(session)]
    assert any("/feeds/TOKEN/alerts.rss" in one for one in told)
    assert not any(secret in one for one in told)
    assert secret not in enter("administrator").get("/admin/audit").text


def test_what_people_write_down_is_in_no_log(enter: As, record: Database) -> None:
    head = enter("head of cell")
    word = "Zzyzx"
    case = head.post("/api/v1/cases", json={"title": f"{word} title"}).json()["n"]
    for path, body in (
        ("/reports", {"text": f"EXERCISE. {word}.", "marking": "AMBER+STRICT"}),
        (f"/cases/{case}/log", {"text": f"{word} log"}),
        (f"/cases/{case}/inquiries", {"question": f"{word}?", "asked_of": "police"}),
        ("/cell/journeys", {"title": word, "people": 2, "route": f"{word} road",
                            "starts_at": "2031-03-03T06:00:00Z",
                            "ends_at": "2031-03-03T18:00:00Z"}),
    ):  # fmt: skip
        answer = head.post(f"/api/v1{path}", json=body)
        assert answer.status_code == 200, answer.text
    with record.reading() as session:
        told = lines(session)
    assert len(told) > 4
    assert word not in str(told)


def test_no_name_of_a_file_or_case_leads_out_or_into_a_header(enter: As, record: Database) -> None:
    head = enter("head of cell")
    head.post("/purpose", data={"purpose": "a probe"})
    for name in (
        "../../evil.csv",
        "/etc/passwd",
        "sites.csv/../x",
        "sites.csv\x00.sh",
        "..\\x.csv",
    ):
        sent = head.post("/register/import", files={"file": (name, b"id,name\n", "text/csv")})
        assert "is none of sites.csv" in sent.text, name
    evil = 'a"; filename="../../evil.sh\r\nSet-Cookie: a=b'
    case = head.post("/api/v1/cases", json={"title": evil}).json()["n"]
    paper = head.post("/api/v1/papers", json={"kind": "sitrep", "case": case}).json()["n"]
    head.post(f"/api/v1/papers/{paper}/release", json={"to": "x", "reason": "y"})
    for form in ("html", "pdf", "docx"):
        answer = head.get(f"/papers/{paper}/file.{form}")
        said = answer.headers["content-disposition"]
        assert re.fullmatch(r'attachment; filename="[a-z0-9.-]+"', said), said
        assert "set-cookie" not in answer.headers
    for path in ("/incidents/x%0d%0aSet-Cookie:a=b/merge", "/reports/x%0d%0aSet-Cookie:a=b"):
        answer = head.post(path, data={"other": "y", "reason": "z"}, follow_redirects=False)
        assert "set-cookie" not in answer.headers, path


def test_no_file_of_the_desk_runs_as_a_formula(enter: As, record: Database) -> None:
    head = enter("head of cell")
    with record.writing() as session:
        period = {"starts_at": NOW, "ends_at": NOW + timedelta(hours=8)}
        keep(session, Turn(post="x\r\nBEGIN:VEVENT", holder="=1+1", made_by="a", made_at=NOW,
                           **period))  # fmt: skip
    span = {"first": "2031-01-01", "last": "2031-12-31", "by": "place"}
    for formula in FORMULAS:
        with record.writing() as session:
            session.execute(update(t.incident).values(place=formula))
        for path in ("/trends.csv", "/trends/coverage.csv"):
            rows = list(csv.reader(head.get(path, params=span).text.splitlines()))
            cells = [cell for row in rows for cell in row if cell]
            assert not any(cell.startswith(FORMULAS) for cell in cells), (path, formula)
    (event,) = Calendar.from_ical(head.get("/cell/watches.ics").content).walk("VEVENT")
    assert "BEGIN:VEVENT" in event["summary"], "a name stays inside its event"


@pytest.fixture
def listener() -> Iterator[tuple[socket.socket, str]]:
    """A port that nobody should come to."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        door.settimeout(0.5)
        yield door, f"http://127.0.0.1:{door.getsockname()[1]}/latest/meta-data"


def test_no_address_that_is_sent_is_asked(enter: As, listener: tuple[socket.socket, str]) -> None:
    head, (door, address) = enter("head of cell"), listener
    head.headers["X-Purpose"] = "a probe"
    csv_ = f"id,name,kind,lat,lon,place,country,people,radius_km\na,A,office,,,{address},MLI,1,5\n"
    for path, body in (
        ("/feeds/grade", {"address": address, "grade": "B"}),
        ("/sources/grade", {"name": address, "grade": "B", "reason": "x"}),
        ("/reports", {"text": f"EXERCISE. See {address} for more.", "id": address}),
        ("/judgements", {"kind": "duplicate", "report": address, "of": address, "reason": "x"}),
        ("/register/import", {"sites_csv": csv_}),
        ("/searches", {"name": address, "words": address}),
    ):
        assert head.post(f"/api/v1{path}", json=body).status_code < 500, path
    head.post("/cases/1/links", data={"kind": "incident", "subject": address})
    head.post("/copies", data={"report": address, "of": address, "reason": "x"})
    head.get("/openid", params={"iss": address, "redirect_uri": address})
    head.get("/sign-in", params={"next": address})
    with pytest.raises(TimeoutError):
        door.accept()


def test_a_session_or_token_that_asks_too_fast_waits_and_holds_nobody_up(
    record: Database, access: Access, enter: As
) -> None:
    one, other = enter("analyst"), enter("duty officer")
    mine = digest(one.cookies[COOKIE])
    while not access.pace.spent(mine):
        pass
    slow = one.get("/api/v1/own")
    assert (slow.status_code, slow.headers["retry-after"]) == (429, "1")
    assert slow.headers["content-type"] == "application/problem+json"
    assert one.get("/").status_code == 429
    assert other.get("/").status_code == 200


def test_what_one_may_ask_fills_again() -> None:
    pace = Pace()
    assert not any(pace.spent("a") for _ in range(BURST - 1))
    left, since = pace.left["a"]
    pace.left["a"] = (0.0, since - 10)
    assert not pace.spent("a")
    assert left >= 0


def test_guessing_ones_old_password_is_slowed_down_too(record: Database) -> None:
    access = Access(record)
    with record.writing() as session:
        add_user(session, "Bo", "analyst", NOW, hashed("correct horse battery"))
    with serving(record, access) as url, httpx.Client(base_url=url, timeout=60) as client:
        said = {"name": "Bo", "password": "correct horse battery"}
        assert client.post("/sign-in", data=said).status_code == 303
        client.headers["X-CSRF-Token"] = csrf_of(client, record)
        for _ in range(MOST):
            access.tries.note("account Bo", datetime.now(UTC))
        right = {"old": "correct horse battery", "password": "another long password"}
        assert client.post("/account/password", data=right).status_code == 429
        assert client.post("/account/code/remove", data=right).status_code == 429


def test_a_scope_is_never_more_than_its_user_has(url: str, record: Database) -> None:
    secret = fresh()
    with record.writing() as session:
        user = add_user(session, "low", "researcher", NOW)
        grant = Grant(name="l", scopes=permissions_of("administrator"), made_at=NOW)
        add_token(session, user, digest(secret), grant)
    headers = {"Authorization": f"Bearer {secret}", "X-Purpose": "a probe"}
    with httpx.Client(base_url=f"{url}/api/v1", headers=headers, timeout=60) as client:
        assert set(client.get("/own").json()["scopes"]) <= set(permissions_of("researcher"))
        for path in ("/admin/users", "/admin/audit", "/register", "/cases", "/papers", "/alerts"):
            assert client.get(path).status_code == 403, path
