"""Single events moved, copies marked, all undone; and nobody judges what they may not see."""

from __future__ import annotations

import httpx
from sqlalchemy import update

from tests.desk.api.conftest import Client
from tests.desk.api.test_writing import done, sent_in
from tests.desk.conftest import As, only_alert
from watchfloor.records import CodedReport
from watchfloor.store import Database
from watchfloor.store import tables as t

TWO = (
    "EXERCISE. Gunmen attacked a convoy near Gao, Mali, on Monday and killed three drivers. "
    "Later on Monday the gunmen kidnapped two mechanics near Gao, Mali."
)


def home_of(client: httpx.Client, report: str, id: str) -> list[str]:
    """The events of a report in an incident, as REPORT/EVENT."""
    members = done(client.get(f"/incidents/{id}"))["incident"]["members"]
    return [f"{m['report']}/{m['event']}" for m in members if m["report"] == report]


def test_one_event_moves_elsewhere_and_back(program: Client) -> None:
    client = program("analyst")
    said = "EXERCISE. A bomb wounded two guards at a bank in Kayes, Mali, on 2 February."
    other = done(client.post("/reports", json={"text": said, "published": "2031-02-03"}))
    (into,) = other["incidents"]
    sent = done(client.post("/reports", json={"text": TWO, "published": "2031-03-04"}))
    home = next(i for i in sent["incidents"] if home_of(client, sent["report"], i))
    event = home_of(client, sent["report"], home)[0]
    asked = {"kind": "move", "incidents": [home], "events": [event], "into": into, "reason": "no"}
    made = done(client.post("/judgements", json=asked))
    assert event in home_of(client, sent["report"], into)
    done(client.post(f"/judgements/{made['id']}/undo", json={"reason": "after all"}))
    assert event not in home_of(client, sent["report"], into)
    for parts in ({"events": ["r/nothing"]}, {"reports": []}, {}):
        wrong = client.post("/judgements", json={**asked, "events": [], **parts})
        assert (wrong.status_code, "none of it" in wrong.json()["detail"]) == (400, True)
    whole = done(client.get(f"/incidents/{home}"))["incident"]["reports"]
    split = {"kind": "split", "incidents": [home], "reports": whole, "reason": "no"}
    assert "all of it" in client.post("/judgements", json=split).json()["detail"]


def test_the_incidents_page_offers_single_events(enter: As, program: Client) -> None:
    client, analyst = program("analyst"), enter("analyst")
    sent = done(client.post("/reports", json={"text": TWO, "published": "2031-03-04"}))
    page = analyst.get(f"/incidents/{sent['incidents'][0]}").text
    events = home_of(client, sent["report"], sent["incidents"][0])
    for event in events if len(events) > 1 else ():
        assert f'name="part" value="{event}"' in page


def test_a_report_is_marked_a_copy_on_its_page_and_that_is_undone(
    enter: As, program: Client
) -> None:
    client, analyst = program("analyst"), enter("analyst")
    first, incident = sent_in(client)
    second, same = sent_in(client, who="Armed men on motorcycles")
    assert same == incident
    before = done(client.get(f"/incidents/{incident}"))["incident"]["sources"]
    address = f"http://desk.invalid/reports/{first}"
    kept = analyst.post("/copies", data={"report": second, "of": address, "reason": "same wire"})
    assert "Kept as a judgement: same wire" in kept.text
    (made,) = done(client.get("/judgements", params={"report": second}))["items"]
    assert (made["kind"], made["field"], made["value"]) == ("duplicate", second, first)
    after = done(client.get(f"/incidents/{incident}"))["incident"]["sources"]
    assert after <= before
    analyst.post(f"/judgements/{made['id']}/undo", data={"to": "/"})
    assert done(client.get(f"/incidents/{incident}"))["incident"]["sources"] == before
    itself = analyst.post("/copies", data={"report": second, "of": second, "reason": "x"})
    assert itself.status_code == 400
    nothing = {"kind": "duplicate", "report": second, "of": "nothing", "reason": "x"}
    assert client.post("/judgements", json=nothing).status_code == 404


def test_nobody_acts_on_what_is_not_for_them(
    enter: As, program: Client, record: Database, coded: CodedReport
) -> None:
    client, analyst = program("analyst"), enter("analyst")
    seen, own = sent_in(client, who="A mob of looters", n="nine")
    report, one = coded.report.id, only_alert(record)
    before = done(client.post("/judgements", json={
        "kind": "correct", "report": report, "event": coded.events[0].id, "field": "harm.killed",
        "value": "3", "reason": "the hospital's"}))  # fmt: skip
    with record.writing() as session:
        session.execute(update(t.report).where(t.report.c.id == report).values(marking="RED"))
        session.execute(
            update(t.incident).where(t.incident.c.id == one.incident).values(marking="RED")
        )
    hidden, why = one.incident, {"reason": "a guess"}
    event = {"report": report, "event": coded.events[0].id}
    for said in (
        {"kind": "merge", "incidents": [own, hidden]}, {"kind": "false", "incidents": [hidden]},
        {"kind": "split", "incidents": [hidden], "reports": [report]},
        {"kind": "move", "incidents": [hidden], "reports": [report], "into": own},
        {"kind": "false", **event}, {"kind": "duplicate", "report": seen, "of": report},
        {"kind": "correct", **event, "field": "harm.killed", "value": "9"},
    ):  # fmt: skip
        answer = client.post("/judgements", json={**said, **why})
        assert answer.status_code == 404, (said, answer.text)
    pages = {
        f"/incidents/{own}/merge": {"other": hidden}, f"/incidents/{hidden}/false": {},
        f"/incidents/{hidden}/split": {"part": report}, "/events/false": event,
        f"/incidents/{hidden}/move": {"part": report, "into": own},
        "/copies": {"report": seen, "of": report}, f"/judgements/{before['id']}/undo": {},
        "/floor/merge": {"one": one.id, "other": one.id}, f"/alerts/{one.id}/acknowledge": {},
        f"/alerts/{one.id}/verify": {"asked_of": "anybody"}, "/cases/from-alert": {"alert": one.id},
        "/admin/remark": {"report": report, "marking": "CLEAR"},
        "/admin/readers": {"kind": "report", "subject": report, "names": "analyst (key)"},
    }  # fmt: skip
    for path, data in pages.items():
        answer = analyst.post(path, data={**data, **why})
        assert answer.status_code == 404, (path, answer.status_code)
        assert "Gao depot" not in answer.text, path
    assert client.post("/cases", json={"alert": one.id}).status_code == 404
    undo = client.post(f"/judgements/{before['id']}/undo", json=why)
    assert undo.status_code == 404
    case = done(client.post("/cases", json={"title": "Shots"}))["n"]
    for kind, subject in (("alert", one.id), ("incident", hidden)):
        linked = client.post(f"/cases/{case}/links", json={"kind": kind, "subject": subject})
        assert linked.status_code == 404
        on_page = analyst.post(f"/cases/{case}/links", data={"kind": kind, "subject": subject})
        assert on_page.status_code == 404
