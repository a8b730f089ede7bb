"""Probes: what is marked leaks nowhere, text and names are only ever text, paths stay inside."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import httpx
import pytest
from msgspec.structs import replace
from sqlalchemy import update

from tests.desk.conftest import EVIL, As, only_alert
from watchfloor.desk import make_app
from watchfloor.desk.access import PUBLIC, Access
from watchfloor.desk.access.guard import Guarded, routes_of
from watchfloor.desk.access.permissions import permissions_of, table
from watchfloor.desk.access.secrets import digest, fresh
from watchfloor.desk.api import stream
from watchfloor.records import CodedReport
from watchfloor.response import records as r
from watchfloor.store import Anchor, Arrival, Database, Judgement, alerts, judge, put
from watchfloor.store import tables as t
from watchfloor.store.alerts import find_alerts, keep_alert
from watchfloor.store.papers import keep_paper
from watchfloor.store.releases import Wanted, name_readers, propose, releases
from watchfloor.store.remark import REMARK
from watchfloor.store.response import keep
from watchfloor.store.sessions import Grant, add_token
from watchfloor.store.users import add_user, set_role, the_user
from watchfloor.store.verify import verify

NOW = datetime.now(UTC)
SECRET = "Zzyzxville"
#: They hold what was asked for, this probe's own questions among it.
AUDITS = {"/admin/audit", "/api/v1/admin/audit"}


@pytest.fixture
def pages(record: Database) -> list[Guarded]:
    """Every page, feed and list that is got and has an end."""
    found = routes_of(make_app(record, Access(record)))
    return [
        r for r in found
        if r.method == "GET" and PUBLIC not in r.permissions and "stream" not in r.path
    ]  # fmt: skip


@pytest.fixture
def red(record: Database, coded: CodedReport) -> Iterator[dict[str, str]]:
    """All that there is in the record, marked RED and telling a secret: a report, its incident and
    alert, an alert of what it promised, a judgement, a proposal, a case and a paper.
    """
    report = replace(coded.report, text=coded.report.text + f" {SECRET}.")
    id, said = report.id, f"{SECRET}."
    anchor = Anchor(report=id, start=0, end=7)
    by = {"made_by": "Chief", "made_at": NOW}
    with record.writing() as session:
        arrival = Arrival(coded=replace(coded, report=report), received_at=NOW, coder="2",
                          marking="RED")  # fmt: skip
        put(session, [arrival])
        session.execute(update(t.incident).values(marking="RED"))
        one = find_alerts(session)[0]
        due = {"id": "adue", "incident": f"commitment:{id}:12", "register": "sites:gao-depot",
               "severity": "severe", "reports": [id], "basis": "named", "distance_km": None,
               "reasons": [{"rule": "overdue", "because": said, "evidence": []}]}  # fmt: skip
        keep_alert(session, due, NOW)
        judge(session, Judgement(kind="grade", author="Chief", reason=said, made_at=NOW,
                                 events=(anchor,), field=f"source:{said}", value="B2"))  # fmt: skip
        propose(session, Wanted(kind=REMARK, subject=id, marking="RED", to="CLEAR", reason=said),
                "Chief", NOW)  # fmt: skip
        verify(session, r.Verification(alert=one.id, revision=1, asked_of=said, **by))
        case = keep(session, r.Case(title=said, severity="severe", marking="RED",
                                    opened_by="Chief", opened_at=NOW)).n  # fmt: skip
        keep(session, r.Task(case=case, what=said, **by))
        paper = r.Paper(kind="sitrep", title=said, marking="RED", first_at=NOW, last_at=NOW, **by)
        kept = keep_paper(session, paper, (r.Section(title=said),))
        propose(session, Wanted(kind="paper", subject=f"{kept.n}.1", marking="RED", to=said,
                                reason=said), "Chief", NOW)  # fmt: skip
    yield {
        "reports": id,
        "revisions": id,
        "incidents": one.incident,
        "alerts": one.id,
        "due": "adue",
    }


def filled(path: str, red: dict[str, str]) -> str:
    """The address of a route for the things that are RED."""
    own = next((red[word] for word in path.split("/") if word in red), red["reports"])
    kind = "sites" if "register" in path else "report"
    for name, value in (("{kind}", kind), ("{n}", "1"), ("{form}", "html"), ("{format}", "csv")):
        path = path.replace(name, value)
    return re.sub(r"\{[^}]*\}", own, path)


def test_what_is_red_leaks_to_no_role(
    enter: As, pages: list[Guarded], red: dict[str, str], record: Database
) -> None:
    for role in table().roles:
        client = enter(role)
        client.post("/purpose", data={"purpose": "a probe"})
        asked = [filled(r.path, red) for r in pages if "{token}" not in r.path]
        asked += ["/floor/alerts/adue", "/alerts/adue.cap", "/api/v1/alerts/adue"]
        for path in asked:
            answer = client.get(path, params={"words": SECRET})
            assert answer.status_code < 500, (path, answer.text)
            if path in AUDITS:
                continue
            assert f"{SECRET}." not in answer.text, (role, path)
            hidden = {one for one in red.values() if one not in path}
            assert not any(f'"{id}"' in answer.text for id in hidden), (role, path)
            assert "adue" not in answer.text.replace(path, ""), (role, path)


def test_what_is_red_leaks_through_no_feed_and_to_no_count(
    url: str, red: dict[str, str], record: Database, pages: list[Guarded], enter: As
) -> None:
    for role in table().roles:
        secret = fresh()
        with record.writing() as session:
            user = add_user(session, f"{role} feed", role, NOW)
            grant = Grant(name="f", scopes=permissions_of(role), made_at=NOW)
            add_token(session, user, digest(secret), grant)
        for route in pages:
            if "{token}" in route.path:
                path = filled(route.path.replace("{token}", secret), red)
                answer = httpx.get(f"{url}{path}", timeout=60)
                assert answer.status_code in {200, 403, 404, 422}, (role, path)
                assert f"{SECRET}." not in answer.text, (role, path)
                assert "Gao" not in answer.text, (role, path)
    officer = enter("duty officer")
    counts = officer.get("/api/v1/alerts/counts").json()
    assert not any(counts.values()), "nothing is counted that is not seen"
    trend = officer.get("/api/v1/trends", params={"first": "2031-01-01", "last": "2031-12-31"})
    assert not any(row["now"] or row["before"] for row in trend.json()["rows"])
    assert officer.get("/api/v1/outlets").json()["items"] == []
    assert officer.get("/api/v1/alerts/days").json()["items"] == []


def test_the_live_stream_tells_nothing_red_and_ends_with_the_role(
    enter: As, red: dict[str, str], record: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stream, "SIGN", 1)
    client = enter("duty officer")
    since = {"Last-Event-ID": "2000-01-01T00:00:00+00:00"}
    with client.stream("GET", "/api/v1/alerts/stream", headers=since) as told:
        heard = told.iter_lines()
        first = list(iter(lambda: next(heard), ": here"))
        assert not any(line.startswith("data:") for line in first)
        with record.writing() as session:
            session.execute(update(t.incident).values(marking="CLEAR"))
            alerts.acknowledge(session, red["alerts"], "Chief", datetime.now(UTC))
        seen = next(line for line in heard if line.startswith("data:"))
        assert red["alerts"] in seen
        with record.writing() as session:
            set_role(session, the_user(session, "duty officer (key)"), "researcher")
        assert not any(line.startswith("data:") for line in heard), "it ends"


def test_a_named_reader_sees_it_and_may_decide(
    enter: As, red: dict[str, str], record: Database
) -> None:
    analyst, other = enter("analyst"), enter("head of cell")
    with record.reading() as session:
        proposed = next(p.n for p in releases(session) if p.kind == REMARK)
    verdict = {"approve": True}
    refused = analyst.post(f"/api/v1/admin/releases/{proposed}", json=verdict)
    assert refused.status_code == 404, "nobody frees what they may not see"
    with record.writing() as session:
        name_readers(session, "report", red["reports"], ["analyst (key)"], "Chief", NOW)
    assert SECRET in analyst.get(f"/reports/{red['reports']}").text
    assert SECRET not in other.get(f"/reports/{red['reports']}").text
    assert analyst.post(f"/api/v1/admin/releases/{proposed}", json=verdict).status_code == 200


def test_names_and_notes_are_only_ever_text(enter: As, record: Database) -> None:
    with record.writing() as session:
        add_user(session, EVIL, "analyst", datetime.now(UTC))
    chief, officer = enter("administrator"), enter("duty officer")
    officer.post(f"/alerts/{only_alert(record).id}/close", data={"found": "false", "note": EVIL})
    httpx.post(f"{chief.base_url}/sign-in", data={"name": EVIL, "password": "guess"})
    incident = f"/incidents/{only_alert(record).incident}"
    asked = [f"/admin/audit?who={EVIL}", f"/search?words={EVIL}", incident, "/"]
    for path in ("/admin/users", "/admin/tokens", "/admin/audit", *asked):
        answer = chief.get(path)
        assert answer.status_code == 200, path
        assert EVIL not in answer.text, path
        policy = answer.headers["content-security-policy"]
        assert "unsafe-inline" not in policy
        assert "default-src 'self'" in policy


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fapp.py",
        "/static/%2e%2e%2f%2e%2e%2fdata/desk_permissions.yaml", "/static//etc/passwd",
        "/reports/../../etc/passwd", "/reports/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
        "/api/v1/reports/..%2f..%2f..%2fetc%2fpasswd", "/static/%00",
    ],
)  # fmt: skip
def test_no_path_leads_out(officer: httpx.Client, path: str) -> None:
    answer = officer.get(path)
    assert answer.status_code in {303, 400, 404}
    assert "root:" not in answer.text
    assert "permissions:" not in answer.text
    assert "def make_app" not in answer.text


@pytest.mark.parametrize("words", ["' OR 1=1 --", '"; DROP TABLE report; --', "%", "NEAR(", "*"])
def test_no_search_is_a_command(officer: httpx.Client, record: Database, words: str) -> None:
    for path in ("/search", "/api/v1/search", "/api/v1/incidents", "/"):
        answer = officer.get(path, params={"words": words, "place": words, "actor": words})
        assert answer.status_code in {200, 400}, (path, answer.text)
    assert only_alert(record)


def test_what_is_no_request_gets_no_traceback(officer: httpx.Client) -> None:
    for method, path, body in (
        ("POST", "/api/v1/reports", b"{"), ("POST", "/api/v1/reports", b'{"text": 3}'),
        ("POST", "/api/v1/judgements", b"[]"), ("GET", "/api/v1/nothing", b""),
        ("DELETE", "/", b""), ("GET", "/?first=yesterday", b""),
    ):  # fmt: skip
        answer = officer.request(
            method, path, content=body, headers={"Content-Type": "application/json"}
        )
        assert 400 <= answer.status_code < 500, path
        assert "Traceback" not in answer.text
