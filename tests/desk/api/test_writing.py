"""What the pages do can be done by a program, and undone by one."""

from __future__ import annotations

from typing import Any

import httpx
import msgspec
import pytest

from tests.desk.api.conftest import Client
from tests.desk.conftest import As, only_alert
from watchfloor.desk.api.document import RECORDS, examples
from watchfloor.store import Database

HEADERS = {"X-Purpose": "a test"}
TEXT = "EXERCISE. {who} attacked a convoy near Gao, Mali, on Monday and killed {n} drivers."


def done(answer: httpx.Response) -> Any:
    assert answer.status_code == 200, answer.text
    return answer.json()


def sent_in(client: httpx.Client, who: str = "Gunmen", n: str = "three") -> tuple[str, str]:
    """A report sent in: its id and its incident's."""
    said = {"text": TEXT.format(who=who, n=n), "published": "2031-03-04", "marking": "GREEN"}
    made = done(client.post("/reports", json=said))
    return made["report"], made["incidents"][0]


def event_of(client: httpx.Client, report: str) -> dict[str, Any]:
    events: list[dict[str, Any]] = done(client.get(f"/reports/{report}"))["coded"]["events"]
    return next(e for e in events if e["type"] == "ASSAULT")


def test_a_value_is_corrected_and_the_correction_undone(program: Client) -> None:
    client = program("duty officer")
    report, incident = sent_in(client)
    event = event_of(client, report)["id"]
    said = {"kind": "correct", "report": report, "event": event, "field": "harm.killed",
            "value": "5-7", "reason": "the hospital's count"}  # fmt: skip
    judged = done(client.post("/judgements", json=said))
    killed = done(client.get(f"/incidents/{incident}"))["incident"]["harm"]["killed"]
    assert (killed["low"], killed["high"]) == (5, 7)
    done(client.post(f"/judgements/{judged['id']}/undo", json={"reason": "three after all"}))
    killed = done(client.get(f"/incidents/{incident}"))["incident"]["harm"]["killed"]
    assert (killed["low"], killed["high"]) == (3, 3)
    wrong = client.post("/judgements", json={**said, "value": "many"})
    assert (wrong.status_code, "is no count" in wrong.json()["detail"]) == (400, True)


def test_an_event_moves_to_another_incident_and_back(program: Client) -> None:
    client = program("analyst")
    _, one = sent_in(client)
    second, same = sent_in(client, who="Armed men on motorcycles")
    assert same == one, "two reports of one attack are one incident"
    said_elsewhere = "EXERCISE. A bomb wounded two guards at a bank in Kayes, Mali, on 2 February."
    other = done(client.post("/reports", json={"text": said_elsewhere, "published": "2031-02-03"}))
    (into,) = other["incidents"]
    said = {"kind": "move", "incidents": [one], "reports": [second], "into": into,
            "reason": "the second attack"}  # fmt: skip
    judged = done(client.post("/judgements", json=said))
    assert second in done(client.get(f"/incidents/{into}"))["incident"]["reports"]
    assert second not in done(client.get(f"/incidents/{one}"))["incident"]["reports"]
    done(client.post(f"/judgements/{judged['id']}/undo", json={"reason": "no"}))
    assert second in done(client.get(f"/incidents/{one}"))["incident"]["reports"]


def test_sources_are_graded_and_commitments_settled(program: Client) -> None:
    client = program("analyst")
    text = "EXERCISE. The interior minister of Mali promised on Monday to send more troops to Gao."
    done(client.post("/reports", json={"text": text, "published": "2031-03-04"}))
    (line,) = done(client.get("/commitments"))["items"]
    said = {"status": "broken", "reason": "none came"}
    done(client.post(f"/commitments/{line['id']}/settle", json=said))
    assert done(client.get("/commitments"))["items"][0]["status"] == "broken"
    assert client.post("/commitments/nothing/settle", json=said).status_code == 404
    grade = {"name": "Gao Courier", "grade": "D", "reason": "wrong twice"}
    assert done(client.post("/sources/grade", json=grade))["field"] == "outlet:Gao Courier"
    assert program("duty officer").post("/sources/grade", json=grade).status_code == 403
    assert done(client.get("/outlets"))["items"]


def test_work_in_a_case(program: Client, record: Database) -> None:
    client = program("head of cell")
    case = done(client.post("/cases", json={"title": "Shots at the gate"}))
    at = f"/cases/{case['n']}"
    assert done(client.patch(at, json={"hypothesis": "a hunter"}))["hypothesis"] == "a hunter"
    assert client.patch(at, json={"marking": "CLEAR"}).status_code == 400, "never freer"
    assert done(client.post(f"{at}/marks/told"))["told_at"]
    assert done(client.post(f"{at}/marks/not-told"))["told_at"] is None
    asked = done(client.post(f"{at}/inquiries", json={"question": "who?", "asked_of": "police"}))
    done(client.post(f"/inquiries/{asked['n']}/answer", json={"answer": "nobody"}))
    assert done(client.get(f"{at}/inquiries"))["items"][0]["answer"] == "nobody"
    about = {"kind": "alert", "subject": only_alert(record).id}
    assert len(done(client.post(f"{at}/links", json=about))["items"]) == 1
    gone = client.delete(f"{at}/links/alert/{about['subject']}")
    assert done(gone)["items"] == []
    task = done(client.post(f"{at}/tasks", json={"what": "call the site"}))
    assert done(client.post(f"/tasks/{task['n']}/take-back"))["dropped_by"]
    assert done(client.get(f"{at}/tasks"))["items"] == []
    assert done(client.post(f"/tasks/{task['n']}/put-back"))["dropped_by"] is None


def test_a_paper_goes_through_its_versions_and_two_people(program: Client) -> None:
    one, other = program("head of cell"), program("analyst")
    paper = done(one.post("/papers", json={"kind": "handover"}))
    at = f"/papers/{paper['n']}"
    edit = {"based_on": 1, "sentences": [{"section": 0, "place": None, "text": "All is quiet."}]}
    done(one.post(f"{at}/versions", json=edit))
    done(one.post(f"{at}/restore", json={"version": 1}))
    assert [v["version"] for v in done(one.get(f"{at}/versions"))["items"]] == [1, 2, 3]
    assert done(one.post(f"{at}/marking", json={"marking": "AMBER+STRICT"}))["marking"]
    assert one.get(f"{at}/file.pdf").status_code == 400, "not released yet"
    proposal = done(one.post(f"{at}/release", json={"to": "the embassy", "reason": "daily"}))
    assert proposal["state"] == "proposed"
    mine = one.post(f"{at}/releases/{proposal['n']}", json={"approve": True})
    assert mine.status_code == 400, "another person approves it"
    done(other.post(f"{at}/releases/{proposal['n']}", json={"approve": True}))
    assert one.get(f"{at}/file.pdf").content[:5] == b"%PDF-"


def test_a_report_is_marked_anew(program: Client, record: Database) -> None:
    one, other, plain = program("head of cell"), program("analyst"), program("researcher")
    report, incident = sent_in(one)
    assert plain.get(f"/incidents/{incident}").status_code == 200
    marked = {"report": report, "marking": "AMBER+STRICT", "reason": "names the convoy"}
    assert done(one.post("/admin/markings", json=marked))["marking"] == "AMBER+STRICT"
    assert plain.get(f"/reports/{report}").status_code == 404
    assert plain.get(f"/incidents/{incident}").status_code == 404
    freer = done(one.post("/admin/markings", json={**marked, "marking": "GREEN"}))
    assert (freer["marking"], freer["waits"]["state"]) == ("AMBER+STRICT", "proposed")
    n = freer["waits"]["n"]
    assert one.post(f"/admin/releases/{n}", json={"approve": True}).status_code == 400
    done(other.post(f"/admin/releases/{n}", json={"approve": True}))
    assert plain.get(f"/incidents/{incident}").status_code == 200
    said = {"text": TEXT.format(who="Gunmen", n="nine"), "id": report, "marking": "CLEAR"}
    assert done(one.post("/reports", json=said))["outcome"] == "revised"
    assert done(one.get(f"/reports/{report}"))["marking"] == "GREEN", "a revision frees nothing"


def test_administration_by_program(program: Client) -> None:
    client = program("administrator")
    made = done(client.post("/admin/users", json={"name": "Amina", "role": "analyst"}))
    assert (made["by_password"], made["disabled_at"]) == (False, None)
    assert done(client.post(f"/admin/users/{made['n']}/disable"))["disabled_at"]
    assert "password" not in client.get("/admin/users").text.replace("by_password", "")
    kept = done(client.post("/admin/retention/kinds/journeys", json={"days": 7}))["items"]
    assert next(k for k in kept if k["kind"] == "journeys")["days"] == 7
    hold = {"kind": "incident", "subject": "i1", "reason": "claim 12"}
    held = done(client.post("/admin/holds", json=hold))
    assert done(client.post(f"/admin/holds/{held['n']}/lift"))["lifted_by"]
    assert done(client.post("/admin/retention/run"))["items"]
    lines = done(client.get("/admin/audit", params={"limit": 2}))
    assert len(lines["items"]) == 2
    more = done(client.get("/admin/audit", params={"limit": 2, "cursor": lines["next"]}))
    assert more["items"][0]["n"] == lines["items"][-1]["n"] - 1
    assert program("analyst").get("/admin/users").status_code == 403


def test_lists_at_hand_whole_have_cursors_too(program: Client) -> None:
    client = program("duty officer")
    for n in range(5):
        done(client.post("/cell/resources", json={"name": f"Team {n}", "kind": "guard"}))
    seen: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        told = done(client.get("/cell/resources", params={"limit": 2, "cursor": cursor}))
        seen += [one["name"] for one in told["items"]]
        cursor = told["next"]
        if len(seen) == 2:
            done(client.post("/cell/resources", json={"name": "Late team", "kind": "guard"}))
    assert seen == [*(f"Team {n}" for n in range(5)), "Late team"]
    gone = client.get("/cell/resources", params={"cursor": "k00"})
    assert (gone.status_code, "begin again" in gone.json()["detail"]) == (422, True)


@pytest.mark.parametrize("name", sorted(RECORDS))
def test_every_example_is_what_the_answer_would_be(name: str) -> None:
    made = msgspec.convert(examples()[name], RECORDS[name])
    assert msgspec.to_builtins(made).keys() >= examples()[name].keys()


def test_trends_by_district_tell_what_covers_them(enter: As) -> None:
    head = enter("head of cell")
    told = done(head.get("/api/v1/trends?by=district&first=2030-06-01&last=2031-05-31"))
    (row,) = told["rows"]
    assert (row["name"], row["now"]) == ("Gao, MLI", 1)
    assert row["heard"] == {"feeds": 0, "deaf": None}, "no feed was watched: that is said"
    assert (
        "no feed was watched"
        in head.get("/trends?by=district&first=2030-06-01&last=2031-05-31").text
    )
