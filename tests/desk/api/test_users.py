"""Users, readers, erasure and the log by program."""

from __future__ import annotations

import httpx

from tests.desk.api.conftest import Client
from tests.desk.api.test_register import SITES
from tests.desk.api.test_writing import done, sent_in
from tests.desk.conftest import As, only_alert
from tests.desk.response.test_pages import signed_letter
from watchfloor.store import Database
from watchfloor.store.alerts import alert_of


def test_a_role_is_given_and_holds_at_once(program: Client) -> None:
    chief, officer = program("administrator"), program("duty officer")
    own = done(officer.get("/own"))
    assert (own["role"], "alerts:decide" in own["scopes"]) == ("duty officer", True)
    users = done(chief.get("/admin/users"))["items"]
    n = {u["name"]: u["n"] for u in users}[own["name"]]
    said = {"role": "liaison", "sites": ["gao-depot"]}
    assert done(chief.post(f"/admin/users/{n}/role", json=said))["sites"] == ["gao-depot"]
    own = done(officer.get("/own"))
    assert (own["role"], "alerts:decide" in own["scopes"]) == ("liaison", False)
    assert officer.get("/incidents").status_code == 403
    me = {u["name"]: u["n"] for u in users}[done(chief.get("/own"))["name"]]
    for path in ("role", "disable"):
        mine = chief.post(f"/admin/users/{me}/{path}", json=said)
        assert (mine.status_code, "is you" in mine.json()["detail"]) == (400, True)
    assert officer.post(f"/admin/users/{n}/role", json={"role": "administrator"}).status_code == 403


def test_tokens_are_listed_without_their_secret_and_end_at_once(program: Client) -> None:
    chief, officer = program("administrator"), program("duty officer")
    name = done(officer.get("/own"))["name"]
    listed = chief.get("/admin/tokens")
    assert officer.headers["Authorization"].split()[1] not in listed.text
    (token,) = [t for t in done(listed)["items"] if t["user"] == name]
    assert done(chief.post(f"/admin/tokens/{token['n']}/revoke"))["revoked_at"]
    assert officer.get("/own").status_code == 401
    assert chief.post(f"/admin/tokens/{token['n']}/revoke").status_code == 404


def test_readers_are_named_by_who_may_see_it(program: Client) -> None:
    head, other = program("head of cell"), program("analyst")
    report, incident = sent_in(head)
    name = done(other.get("/own"))["name"]
    red = {"report": report, "marking": "RED", "reason": "names the convoy"}
    assert head.post("/admin/markings", json=red).status_code == 400, "RED is above the role"
    said = {"kind": "report", "subject": report, "names": [name.upper()]}
    assert done(head.post("/admin/readers", json=said))["names"] == [name], "as the user is called"
    assert done(head.get(f"/admin/readers/report/{report}"))["names"] == [name]
    nobody = head.post("/admin/readers", json={**said, "names": ["Nobody"]})
    assert (nobody.status_code, "no such user" in nobody.json()["detail"]) == (404, True)
    case = done(head.post("/cases", json={"title": "Shots", "severity": "minor"}))
    of_case = {"kind": "case", "subject": str(case["n"]), "names": [name]}
    assert done(head.post("/admin/readers", json=of_case))["names"] == [name]
    for kind, subject in (("incident", "nothing"), ("case", "x"), ("paper", "99")):
        answer = head.post("/admin/readers", json={"kind": kind, "subject": subject, "names": []})
        assert answer.status_code == 404, (kind, subject)
    assert done(head.get(f"/admin/readers/incident/{incident}"))["names"] == []


def test_an_erased_report_is_in_no_alert_either(program: Client, record: Database) -> None:
    chief, head = program("administrator"), program("head of cell")
    head.headers["X-Purpose"] = "a test"
    done(head.post("/register/import", json={"sites_csv": SITES}))
    report, incident = sent_in(head)
    alert = only_alert(record)
    assert alert.incident == incident, "it tells of the attack that raised the alert"
    with record.reading() as session:
        assert report in str(getattr(alert_of(session, alert.id), "doc", ""))
    erased = done(chief.post("/admin/erase", json={"report": report, "reason": "asked for"}))
    assert erased["report"] == report
    assert head.get(f"/reports/{report}").status_code == 404
    with record.reading() as session:
        assert report not in str(getattr(alert_of(session, alert.id), "doc", ""))
    again = chief.post("/admin/erase", json={"report": report, "reason": "asked for"})
    assert again.status_code == 404


def test_the_log_is_checked_and_the_table_of_permissions_read(program: Client) -> None:
    chief = program("administrator")
    sent_in(program("analyst"))
    checked = done(chief.get("/admin/audit/check"))
    assert (checked["problems"], checked["lines"] > 0) == ([], True)
    cut = done(chief.get("/admin/audit/check", params={"head": "0123456789abcdef" * 4}))
    assert "no line has the hash" in cut["problems"][0]
    table = done(chief.get("/admin/permissions", params={"limit": 500}))["items"]
    assert {"register:read", "users:write"} <= {one["name"] for one in table}


def test_the_queue_is_narrowed_counted_and_ordered_by_program(
    program: Client, record: Database
) -> None:
    client, one = program("duty officer"), only_alert(record)
    for asked, there in (
        ({"kind": "ASSAULT"}, True), ({"kind": "PROTEST"}, False), ({"country": "MLI"}, True),
        ({"words": "poster"}, True), ({"words": "zebra"}, False), ({"place": "gao"}, True),
        ({"incident": one.incident}, True), ({"incident": "i1"}, False),
        ({"last": "2030-01-01"}, False), ({"order": "severest"}, True),
    ):  # fmt: skip
        told = done(client.get("/alerts", params=asked))["items"]
        assert ([a["id"] for a in told] == [one.id]) is there, asked
    counts = done(client.get("/alerts/counts", params={"state": "closed"}))
    assert (counts["state"], counts["kind"]) == ({"open": 1}, {})
    (day,) = done(client.get("/alerts/days"))["items"]
    assert (day["severity"], day["alerts"]) == (one.severity, 1)


def test_letters_are_read_by_a_sites_liaison(enter: As, record: Database, program: Client) -> None:
    n = signed_letter(enter, record)
    reader = program("analyst")
    assert [one["n"] for one in done(reader.get("/letters"))["items"]] == [int(n)]
    assert reader.get(f"/letters/{n}/file.pdf").content.startswith(b"%PDF")
    nowhere: httpx.Client = program("liaison")
    assert done(nowhere.get("/letters"))["items"] == []
    assert nowhere.get(f"/letters/{n}/file.pdf").status_code == 404
