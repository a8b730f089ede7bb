"""The API on a real server: what its document says holds, by examples and by generated requests."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings

from tests.desk.api.conftest import Client
from tests.desk.conftest import only_alert
from watchfloor.desk.access.permissions import permissions_of, table
from watchfloor.records import CodedReport
from watchfloor.store import Database
from watchfloor.store import alerts as kept
from watchfloor.store.audit import lines
from watchfloor.store.register import Entry, replace_entries
from watchfloor.store.sessions import revoke_token, tokens

schemathesis.checks.load_all_checks()
#: What every answer is checked for: no fault of the server, and that its document says it.
CHECKS = [
    schemathesis.checks.CHECKS.get_one(name)
    for name in (
        "not_a_server_error", "status_code_conformance", "content_type_conformance",
        "response_schema_conformance",
    )
]  # fmt: skip


def test_an_alert_is_decided_on_by_a_program(program: Client, record: Database) -> None:
    client = program("duty officer")
    (one,) = client.get("/alerts", params={"state": "open"}).json()["items"]
    at = f"/alerts/{one['id']}"
    assert (
        client.post(f"{at}/acknowledge", json={"note": "on it"}).json()["state"] == "acknowledged"
    )
    until = "2031-03-03T10:00:00+02:00"
    snoozed = client.post(f"{at}/snooze", json={"until": until}).json()
    assert snoozed["snoozed_until"] == "2031-03-03T08:00:00Z"
    assert client.post(f"{at}/close", json={"found": "no impact"}).json()["state"] == "closed"
    assert client.post(f"{at}/reopen", json={}).json()["state"] == "open"
    assert len(client.get(f"{at}/log").json()["items"]) == 5
    wrong = client.post(f"{at}/close", json={"found": "nonsense"})
    assert (wrong.status_code, wrong.headers["content-type"]) == (422, "application/problem+json")
    with record.reading() as session:
        assert lines(session)[0].what == "failed: 422"


def test_a_token_does_no_more_than_its_scopes_and_its_user(
    program: Client, record: Database
) -> None:
    narrow = program("duty officer", ("alerts:read",))
    act = f"/alerts/{only_alert(record).id}/acknowledge"
    assert narrow.get("/alerts").status_code == 200
    denied = narrow.post(act, json={})
    assert (denied.status_code, "scope is less" in denied.json()["detail"]) == (403, True)
    forged = program("researcher", ("alerts:decide", "incidents:read"))
    assert forged.post(act, json={}).status_code == 403
    assert forged.get("/incidents").status_code == 200
    with record.writing() as session:
        for token in tokens(session):
            revoke_token(session, token.n, datetime.now(UTC))
    assert narrow.get("/alerts").status_code == 401
    assert httpx.get(narrow.base_url.copy_with(path="/"), headers=narrow.headers).status_code == 401


def test_what_is_had_already_is_not_sent_again(program: Client, record: Database) -> None:
    client = program("analyst")
    first = client.get("/incidents")
    tag = {"If-None-Match": first.headers["etag"]}
    again = client.get("/incidents", headers=tag)
    assert (again.status_code, again.content) == (304, b"")
    alert = only_alert(record)
    before = client.get(f"/alerts/{alert.id}").headers["etag"]
    with record.writing() as session:
        kept.acknowledge(session, alert.id, "Amina", datetime.now(UTC))
    changed = client.get(f"/alerts/{alert.id}", headers={"If-None-Match": before})
    assert (changed.status_code, changed.json()["state"]) == (200, "acknowledged")


def test_cursors_go_through_everything_once(program: Client, record: Database) -> None:
    with record.writing() as session:
        for n in range(7):
            alert = {"id": f"a{n}", "incident": f"i{n}", "register": "sites:x", "severity": "info"}
            kept.keep_alert(session, {**alert, "reasons": []}, datetime.now(UTC))
    client, seen, cursor = program("analyst"), [], ""
    while cursor is not None:
        told = client.get("/alerts", params={"limit": 3, "cursor": cursor}).json()
        seen += [one["id"] for one in told["items"]]
        cursor = told["next"]
    assert len(seen) == len(set(seen)) == 8
    for wrong in ("zz", "bjE5OTk5OTk5OTk5OTk5OTk5OTk5OTk", "é"):
        assert client.get("/alerts", params={"cursor": wrong}).status_code == 422


def test_a_report_sent_in_is_coded_kept_and_told_of(
    program: Client, record: Database, coded: CodedReport
) -> None:
    client = program("analyst")
    said = {"text": "EXERCISE. Gunmen attacked a convoy near Gao, Mali, and killed three drivers.",
            "published": "2031-03-04", "marking": "GREEN"}  # fmt: skip
    first = client.post("/reports", json=said).json()
    assert (first["outcome"], len(first["incidents"]) > 0) == ("new", True)
    assert client.post("/reports", json=said).json()["outcome"] == "unchanged"
    stored = client.get(f"/reports/{first['report']}").json()
    assert stored["marking"] == "GREEN"
    assert stored["coded"]["report"]["text"] == said["text"]
    assert client.get("/search", params={"words": "convoy drivers"}).json()["items"]
    events = client.get("/events", params={"report": first["report"]}).json()["items"]
    assert {e["report"] for e in events} == {first["report"]}
    incident = client.get(f"/incidents/{first['incidents'][0]}").json()
    assert client.get(f"/incidents/{incident['id']}/accounts").json()["items"]
    assert client.get(f"/incidents/{incident['id']}/history").json()["items"]
    made = {"kind": "false", "incidents": [incident["id"]], "reason": "an exercise"}
    judged = client.post("/judgements", json=made)
    assert judged.status_code == 200, judged.text
    undone = client.post(f"/judgements/{judged.json()['id']}/undo", json={"reason": "after all"})
    assert undone.json()["undone_reason"] == "after all"
    assert client.get(f"/reports/{coded.report.id}").status_code == 200


def test_the_register_is_read_with_a_purpose_that_is_logged(
    program: Client, record: Database
) -> None:
    with record.writing() as session:
        site = Entry(kind="sites", id="gao-depot", name="Gao depot", doc={"lat": 16.2})
        replace_entries(session, [site], "Amina", datetime.now(UTC))
    client = program("analyst")
    assert client.get("/register").status_code == 428
    answer = client.get("/register", headers={"X-Purpose": "clearing a journey"})
    assert [e["id"] for e in answer.json()["items"]] == ["gao-depot"]
    with record.reading() as session:
        line = lines(session)[0]
    assert (line.what, line.particulars) == ("register:read", {"purpose": "clearing a journey"})


def test_the_stream_tells_of_what_changes(program: Client, record: Database) -> None:
    client, alert = program("duty officer"), only_alert(record)
    with client.stream("GET", "/alerts/stream", timeout=60) as stream:
        told = stream.iter_lines()
        assert next(told).startswith("retry:")
        with record.writing() as session:
            kept.acknowledge(session, alert.id, "Amina", datetime.now(UTC))
        data = next(line for line in told if line.startswith("data:"))
        assert json.loads(data[5:])["state"] == "acknowledged"
    since = {"Last-Event-ID": "2000-01-01T00:00:00+00:00"}
    with client.stream("GET", "/alerts/stream", headers=since, timeout=60) as stream:
        assert any(alert.id in line for line in stream.iter_lines() if line.startswith("data:"))


@pytest.mark.parametrize("role", table().roles)
def test_generated_requests_are_answered_as_the_document_says(
    program: Client, url: str, role: str
) -> None:
    """Whatever a role may ask for is asked for twice; the rest is refused (test_permissions)."""
    client = program(role)
    headers = {**client.headers, "X-Purpose": "generated"}
    document = httpx.get(f"{url}/api/openapi.json", headers=headers).json()
    del document["paths"]["/api/v1/alerts/stream"]  # it has no end
    schema = schemathesis.openapi.from_dict(document)
    schema.config.update(base_url=url)
    checked, allowed = 0, set(permissions_of(role))
    for operation in schema.get_all_operations():
        made = operation.ok()
        assert made is not None
        if not allowed.issuperset(made.definition.raw["x-scopes"]):
            continue

        @given(case=made.as_strategy())
        @settings(max_examples=2, deadline=None, database=None, phases=[Phase.generate],
                  suppress_health_check=list(HealthCheck))  # fmt: skip
        def run(case: schemathesis.Case) -> None:
            nonlocal checked
            answer = case.call(headers=headers)
            case.validate_response(answer, checks=CHECKS)
            checked += 1

        run()
    assert checked > 5
