"""The response by the API, and that it keeps to what each role may do."""

from __future__ import annotations

import httpx

from tests.desk.conftest import As, only_alert
from watchfloor.response.records import Clearance
from watchfloor.store import Database

V1 = "/api/v1"
HOURS = {"starts_at": "2031-03-03T06:00:00Z", "ends_at": "2031-03-03T18:00:00+02:00"}


def sent(client: httpx.Client, path: str, **said: object) -> dict[str, object]:
    answer = client.post(V1 + path, json=said)
    assert answer.status_code == 200, answer.text
    made: dict[str, object] = answer.json()
    return made


def items(client: httpx.Client, path: str) -> list[dict[str, object]]:
    answer = client.get(V1 + path)
    assert answer.status_code == 200, answer.text
    told: list[dict[str, object]] = answer.json()["items"]
    return told


def test_a_case_by_program(officer: httpx.Client, record: Database) -> None:
    case = sent(officer, "/cases", alert=only_alert(record).id)
    assert sent(officer, "/cases", alert=only_alert(record).id)["n"] == case["n"]
    at = f"/cases/{case['n']}"
    task = sent(officer, f"{at}/tasks", what="call the site", due="2031-03-03T09:00:00+02:00")
    assert task["due_at"] == "2031-03-03T07:00:00Z"
    assert sent(officer, f"{at}/tasks/{task['n']}/done")["done_by"] == "duty officer (key)"
    assert sent(officer, f"{at}/tasks/{task['n']}/undone")["done_by"] is None
    sent(officer, f"{at}/log", text="gate shut")
    sent(officer, f"{at}/head-count", place="sites:gao-depot", expected=24, accounted=23)
    assert officer.get(f"{V1}{at}/head-count").json()["missing"] == 1
    assert [d["state"] for d in items(officer, f"{at}/deadlines")] == ["due", "due"]
    assert sent(officer, f"{at}/close", outcome="false alarm")["state"] == "closed"
    assert sent(officer, f"{at}/reopen")["outcome"] is None
    assert [c["n"] for c in items(officer, "/cases?state=open")] == [case["n"]]
    assert items(officer, f"{at}/log")[-1]["what"] == "reopened"
    assert officer.get(f"{V1}/cases/99").status_code == 404


def test_the_cell_by_program(enter: As, record: Database) -> None:
    officer, head = enter("duty officer"), enter("head of cell")
    team = sent(officer, "/cell/resources", name="Falcon", kind="guard", size=4)
    sent(officer, "/cell/needs", subject="sites:gao-depot", kind="guard", size=5, **HOURS)
    (gap,) = items(officer, "/cell/gaps")
    assert (gap["short"], gap["ends_at"]) == (5, "2031-03-03T16:00:00Z")
    given = {"resource": team["n"], "subject": "sites:gao-depot", **HOURS}
    assert officer.post(f"{V1}/cell/assignments", json=given).status_code == 403
    sent(head, "/cell/assignments", **given)
    assert items(officer, "/cell/gaps")[0]["short"] == 1
    sent(head, "/cell/assignments", **{**given, "subject": "sites:jos"})
    assert len(items(officer, "/cell/clashes")) == 1
    wrong = head.post(f"{V1}/cell/turns", json={"post": "x", "holder": "ana",
                                                "starts_at": HOURS["ends_at"],
                                                "ends_at": HOURS["starts_at"]})  # fmt: skip
    assert (wrong.status_code, "before it begins" in wrong.json()["detail"]) == (400, True)
    point = {"name": "Old bridge", "due_at": "2026-01-01T08:00:00Z"}
    journey = sent(officer, "/cell/journeys", title="Convoy", people=6, route="river road",
                   points=[point], starts_at="2026-01-01T06:00:00Z",
                   ends_at="2026-01-01T12:00:00Z")  # fmt: skip
    sent(head, f"/cell/journeys/{journey['n']}/decide", state="cleared")
    assert [o["name"] for o in items(officer, "/cell/overdue")] == ["Old bridge", "arrival"]
    sent(officer, "/cell/check-ins", subject=f"clearances:{journey['n']}", point=1)
    assert items(officer, "/cell/overdue") == []
    assert items(officer, "/cell/journeys")[0]["state"] == "arrived"
    assert not {"lat", "lon", "waypoints"} & set(Clearance.__struct_fields__)


def test_a_paper_by_program(enter: As, record: Database) -> None:
    officer = enter("duty officer")
    paper = sent(officer, "/papers", kind="handover", marking="AMBER+STRICT")
    said = officer.get(f"{V1}/papers/{paper['n']}").json()
    first = said["sections"][0]["sentences"][0]
    assert first["evidence"]
    change = {"section": 0, "place": 0, "text": "Nothing can be seen."}
    made = sent(officer, f"/papers/{paper['n']}/versions", based_on=1, sentences=[change])
    assert made["version"] == 2
    released = sent(officer, f"/papers/{paper['n']}/release", to="the embassy", reason="daily")
    assert released["state"] == "proposed"
    assert enter("liaison").get(f"{V1}/papers").status_code == 403
    letter = {"kind": "assurance", "site": "sites:gao-depot"}
    number = sent(officer, "/papers", **letter)["n"]
    refused = officer.post(f"{V1}/papers/{number}/release", json={"to": "x", "reason": "y"})
    assert refused.status_code == 403
