"""Cases, Cell and Papers on a real server: what each page keeps, shows and undoes."""

from __future__ import annotations

import re
from io import BytesIO

import httpx
import pytest
from docx import Document
from icalendar import Calendar

from tests.desk.conftest import As, only_alert
from watchfloor.response import records as r
from watchfloor.store import Database
from watchfloor.store.cases import log_of_case
from watchfloor.store.papers import version_of
from watchfloor.store.response import found, one_of, standing

EVIL = "<script>alert(1)</script>"


def kept(record: Database, kind: type) -> list:  # type: ignore[type-arg]
    with record.reading() as session:
        return found(session, kind)


def one_case(officer: httpx.Client, record: Database) -> r.Case:
    answer = officer.post("/cases/from-alert", data={"alert": only_alert(record).id})
    assert answer.status_code == 200, answer.text
    case: r.Case = kept(record, r.Case)[-1]
    return case


def undo(client: httpx.Client, page: httpx.Response) -> httpx.Response:
    """Press the undo button of the note that the page shows."""
    action = re.search(r'class="flash".*?action="([^"]+)"', page.text, re.S)
    assert action, page.text
    answer = client.post(action[1].replace("&amp;", "&"), data={"to": page.url.path})
    assert answer.status_code == 200, answer.text
    return answer


def test_an_alert_becomes_one_case_with_the_tasks_of_its_kind(
    officer: httpx.Client, record: Database
) -> None:
    case = one_case(officer, record)
    assert (case.site, case.lead) == ("sites:gao-depot", "duty officer (key)")
    assert one_case(officer, record).n == case.n
    page = officer.get(f"/cases/{case.n}").text
    assert "head count of everybody at and near the site" in page
    assert "told at once: <b>due</b>" in page
    assert "Nobody has counted" in page
    assert f"case {case.n}" in officer.get("/cases").text
    assert officer.get("/cases?state=closed").text.count("No case here") == 1


def test_what_is_done_in_a_case_is_kept_logged_and_undone(
    officer: httpx.Client, record: Database
) -> None:
    n = one_case(officer, record).n
    first = kept(record, r.Task)[0]
    page = officer.post(f"/tasks/{first.n}/mark?done=yes")
    assert kept(record, r.Task)[0].done_by == "duty officer (key)"
    undo(officer, page)
    assert kept(record, r.Task)[0].done_at is None
    page = officer.post(
        f"/cases/{n}/tasks", data={"what": EVIL, "doer": "analyst", "due": "2031-03-03T09:00"}
    )
    assert EVIL not in page.text
    assert "&lt;script&gt;" in page.text
    undo(officer, page)
    assert kept(record, r.Task)[-1].dropped_by == "duty officer (key)"
    page = officer.post(f"/cases/{n}/close", data={"outcome": "no one hurt"})
    assert "Came to" in page.text
    undo(officer, page)
    assert kept(record, r.Case)[0].state == "open"
    undo(officer, officer.post(f"/cases/{n}/marks?field=told_at&done=yes"))
    assert kept(record, r.Case)[0].told_at is None
    officer.post(f"/cases/{n}/log", data={"text": "gate shut at 06:10"})
    with record.reading() as session:
        whats = [line.what for line in log_of_case(session, n)]
    assert whats[0] == "opened"
    assert whats[1:] == ["task done", "task not done", "closed", "reopened", "told", "told", "note"]


def test_head_counts_check_ins_and_requests(officer: httpx.Client, record: Database) -> None:
    n = one_case(officer, record).n
    count = {"place": "sites:gao-depot", "expected": "24", "accounted": "22", "hurt": "1"}
    page = officer.post(f"/cases/{n}/head-counts", data=count)
    assert "<b>22 of 24</b>" in page.text
    assert "2 not heard of" in page.text
    assert "Nobody has counted" in undo(officer, page).text
    call = {"subject": "sites:gao-depot", "state": "needs help", "people": "22", "case": str(n),
            "to": f"/cases/{n}"}  # fmt: skip
    assert "needs help, 22 people" in officer.post("/check-ins", data=call).text
    asked = {"question": "Which road is open?", "asked_of": "district police", "due": ""}
    officer.post(f"/cases/{n}/inquiries", data=asked)
    number = kept(record, r.Inquiry)[0].n
    page = officer.post(f"/inquiries/{number}/answer", data={"answer": "the river road"})
    assert "the river road" in page.text
    undo(officer, page)
    assert kept(record, r.Inquiry)[0].answer is None


@pytest.mark.parametrize(
    ("path", "data", "says"),
    [
        ("/cases", {"title": " "}, "title is empty"),
        ("/cases", {"title": "x", "severity": "dire"}, "one of info"),
        ("/cases", {"title": "x", "template": "picnic"}, "one of attack"),
        ("/turns", {"post": "duty officer", "holder": "a", "starts": "soon", "ends": ""}, "moment"),
        ("/resources", {"name": "x", "kind": "tank"}, "one of guard"),
        ("/check-ins", {"subject": "sites:x", "people": "many"}, "no number"),
        ("/clearances", {"title": "x", "people": "2", "route": "r", "points": "bridge",
                         "starts": "2031-03-03T06:00", "ends": "2031-03-03T09:00"}, "call point"),
        ("/papers", {"kind": "memo"}, "one of handover"),
        ("/papers", {"kind": "assurance"}, "the site it assures of"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_said_and_not_kept(
    enter: As, path: str, data: dict[str, str], says: str
) -> None:
    answer = enter("head of cell").post(path, data=data)
    assert answer.status_code == 400
    assert says in answer.text


def test_no_case_is_opened_from_an_alert_that_is_none(enter: As) -> None:
    answer = enter("head of cell").post("/cases/from-alert", data={"alert": "nope"})
    assert answer.status_code == 404
    assert "no such alert" in answer.text


HOURS = {"starts": "2031-03-03T06:00", "ends": "2041-03-03T18:00"}


def test_the_cell_shows_gaps_clashes_and_a_watch_that_nobody_holds(
    enter: As, record: Database
) -> None:
    head = enter("head of cell")
    assert "Nobody holds the watch" in head.get("/cell").text
    head.post("/turns", data={"post": "duty officer", "holder": "ana", "starts": "2021-01-01T00:00",
                              "ends": "2041-01-01T00:00"})  # fmt: skip
    assert "Nobody holds the watch" not in head.get("/cell").text
    head.post("/resources", data={"name": "Falcon", "kind": "guard", "size": "4"})
    need = {"subject": "sites:gao-depot", "kind": "guard", "size": "6", **HOURS}
    assert "lacks 6 guards" in head.post("/needs", data=need).text
    page = head.post("/assignments", data={"resource": "1", "subject": "sites:gao-depot", **HOURS})
    assert "lacks 2 guards" in page.text
    assert "lacks 6 guards" in undo(head, page).text
    for site in ("sites:gao-depot", "sites:jos"):
        page = head.post("/assignments", data={"resource": "1", "subject": site, **HOURS})
    assert "is in two places at once" in page.text
    calendar = Calendar.from_ical(head.get("/cell/watches.ics").content)
    (event,) = calendar.walk("VEVENT")
    assert str(event["summary"]) == "duty officer: ana"


def test_a_journey_is_asked_for_cleared_overdue_heard_of_and_arrives(
    enter: As, record: Database
) -> None:
    officer, head = enter("duty officer"), enter("head of cell")
    asked = {"title": "Convoy of two", "people": "6", "route": "river road", "alternate": "ridge",
             "starts": "2026-01-01T06:00", "ends": "2026-01-01T12:00",
             "points": "2026-01-01T08:00 Old bridge\n2026-01-01T10:00 Ferry"}  # fmt: skip
    now = r.Clearance.__struct_fields__
    assert "lat" not in now
    officer.post("/clearances", data=asked)
    (journey,) = kept(record, r.Clearance)
    refusal = head.post(f"/clearances/{journey.n}/decide", data={"state": "refused"})
    assert "say why it may not go" in refusal.text
    assert (
        officer.post(f"/clearances/{journey.n}/decide", data={"state": "cleared"}).status_code
        == 403
    )
    page = head.post(f"/clearances/{journey.n}/decide", data={"state": "cleared"})
    undo(head, page)
    assert kept(record, r.Clearance)[0].state == "asked"
    head.post(f"/clearances/{journey.n}/decide", data={"state": "cleared"})
    heard = {"subject": f"clearances:{journey.n}", "point": "1"}
    officer.post("/check-ins", data=heard)
    assert kept(record, r.Clearance)[0].state == "under way"
    officer.post("/check-ins", data={**heard, "point": "2"})
    assert kept(record, r.Clearance)[0].state == "arrived"
    far = officer.post("/check-ins", data={**heard, "point": "7"})
    assert (far.status_code, "0 to 2, its arrival" in far.text) == (400, True)
    again = head.post(f"/clearances/{journey.n}/decide", data={"state": "cleared"})
    assert "is arrived" in again.text


def drafted(client: httpx.Client, **asked: str) -> int:
    answer = client.post("/papers", data=asked)
    assert answer.status_code == 200, answer.text
    return int(str(answer.url.path).rpartition("/")[2])


def test_a_sitrep_is_drafted_from_the_case_and_each_sentence_shows_what_it_rests_on(
    officer: httpx.Client, record: Database
) -> None:
    n = one_case(officer, record).n
    paper = drafted(officer, kind="sitrep", case=str(n))
    page = officer.get(f"/papers/{paper}").text
    assert "Attack" in page
    assert "Gunmen attacked a police post in Gao" in page
    with record.reading() as session:
        sections = version_of(session, paper, 1).sections
    happened = sections[0].sentences[0]
    assert "killed 2" in happened.text
    reports = [e for e in happened.evidence if e.kind == "report"]
    assert any("killed two officers" in e.says for e in reports)


def form_of(record: Database, paper: int) -> dict[str, list[str]]:
    with record.reading() as session:
        version = version_of(session, paper, one_of(session, r.Paper, paper).version)
    places = [
        (f"{i}.{j}", s.text) for i, sec in enumerate(version.sections)
        for j, s in enumerate(sec.sentences)
    ]  # fmt: skip
    return {
        "based_on": [str(version.version)], "place": [p for p, _ in places],
        "text": [t for _, t in places], "rests_on": ["" for _ in places],
    }  # fmt: skip


def test_an_edited_sentence_bears_the_editors_name_and_numbers_without_evidence_are_shown(
    officer: httpx.Client, record: Database
) -> None:
    paper = drafted(officer, kind="sitrep", case=str(one_case(officer, record).n))
    form = form_of(record, paper)
    form["text"][0] = "Nine hundred and 917 people were hurt."
    form["text"][1] = ""
    for key, value in (("place", "0."), ("text", "The road is shut."), ("rests_on", "1")):
        form[key].append(value)
    page = officer.post(f"/papers/{paper}", data=form)
    assert "917 in no evidence" in page.text
    assert "changed by duty officer (key)" in page.text
    with record.reading() as session:
        after = version_of(session, paper, 2)
    assert after.sections[0].sentences[-1].evidence != ()
    assert after.sections[0].sentences[0].author == "duty officer (key)"
    stale = officer.post(f"/papers/{paper}", data=form)
    assert "kept version 2 meanwhile" in stale.text
    officer.post(f"/papers/{paper}/restore", data={"version": "1"})
    with record.reading() as session:
        first = version_of(session, paper, 1).sections
        assert version_of(session, paper, 3).sections == first


def test_above_amber_a_release_takes_two_people_and_an_edit_ends_it(
    enter: As, record: Database
) -> None:
    officer, analyst = enter("duty officer"), enter("analyst")
    paper = drafted(officer, kind="handover", marking="AMBER+STRICT")
    early = officer.get(f"/papers/{paper}/file.pdf")
    assert "release it first" in early.text
    page = officer.post(f"/papers/{paper}/release", data={"to": "embassy", "reason": "daily"})
    assert "somebody else must approve" in page.text.lower()
    number = re.search(rf"/papers/{paper}/releases/(\d+)", analyst.get(f"/papers/{paper}").text)
    assert number
    own = officer.post(f"/papers/{paper}/releases/{number[1]}", data={"approve": "yes"})
    assert "another person approves it" in own.text
    page = analyst.post(f"/papers/{paper}/releases/{number[1]}", data={"approve": "yes"})
    assert "Released to embassy by duty officer (key) and analyst (key)" in page.text
    assert officer.get(f"/papers/{paper}/file.pdf").content.startswith(b"%PDF")
    form = form_of(record, paper)
    form["text"][0] = "Another word."
    officer.post(f"/papers/{paper}", data=form)
    assert "release it first" in officer.get(f"/papers/{paper}/file.docx").text


def signed_letter(enter: As, record: Database) -> int:
    head = enter("head of cell")
    measure = {"site": "sites:gao-depot", "measure": "Gate guarded", "finding": "in place"}
    head.post("/assurances", data=measure)
    paper = drafted(head, kind="assurance", site="sites:gao-depot")
    head.post(f"/papers/{paper}/release", data={"to": "the contractor", "reason": "monthly"})
    return paper


def test_a_letter_of_assurance_is_signed_by_the_head_of_cell_alone_and_read_as_word(
    enter: As, record: Database
) -> None:
    analyst = enter("analyst")
    draft = drafted(analyst, kind="assurance", site="sites:gao-depot")
    refused = analyst.post(f"/papers/{draft}/release", data={"to": "x", "reason": "y"})
    assert refused.status_code == 403
    paper = signed_letter(enter, record)
    made = enter("head of cell").get(f"/papers/{paper}/file.docx")
    text = "\n".join(p.text for p in Document(BytesIO(made.content)).paragraphs)
    assert "Gate guarded: in place, as head of cell (key) found on" in text
    assert "Signed by: head of cell (key)" in text
    assert "assurance 1: gate guarded: in place" in text
    html = enter("head of cell").get(f"/papers/{paper}/file.html").text
    assert "TLP:AMBER" in html


def test_a_liaison_reads_letters_of_their_own_sites_only(enter: As, record: Database) -> None:
    paper = signed_letter(enter, record)
    liaison = enter("liaison")
    assert "No letter of assurance is signed yet" in liaison.get("/assurances").text
    assert liaison.get(f"/assurances/{paper}/file.pdf").status_code == 404
    assert liaison.get(f"/papers/{paper}").status_code == 403
    head = enter("head of cell")
    assert f"/assurances/{paper}/file.pdf" in head.get("/assurances").text


def test_what_is_marked_above_a_role_is_not_there_for_it(enter: As, record: Database) -> None:
    officer, head = enter("duty officer"), enter("head of cell")
    case = one_case(officer, record)
    with record.writing() as session:
        from watchfloor.store.response import change  # noqa: PLC0415

        change(session, case, marking="RED")
    for path in (f"/cases/{case.n}", "/cases"):
        assert f"case {case.n}" not in officer.get(path).text
    assert officer.get(f"/cases/{case.n}").status_code == 404
    assert head.post(f"/cases/{case.n}/log", data={"text": "x"}).status_code == 404
    assert head.post("/tasks/1/mark?done=yes").status_code == 404
    narrow = officer.post("/cases", data={"title": "x", "marking": "SECRET"})
    assert "no such TLP label" in narrow.text


@pytest.mark.parametrize(
    ("role", "may", "may_not"),
    [
        ("analyst", ["/cases", "/cell", "/papers"], ["POST /turns", "POST /assignments"]),
        ("duty officer", ["/cases", "/cell", "/papers"], ["POST /assignments"]),
        ("liaison", ["/assurances"], ["/cases", "/cell", "/papers", "POST /cases"]),
        ("researcher", ["/search"], ["/cases", "/cell", "/papers", "/assurances"]),
        ("administrator", ["/"], ["/cases", "/cell", "/papers", "POST /papers"]),
    ],
)
def test_what_a_role_may_and_may_not(
    enter: As, role: str, may: list[str], may_not: list[str]
) -> None:
    client = enter(role)
    for path in may:
        assert client.get(path).status_code == 200, path
    for one in may_not:
        method, _, path = one.rpartition(" ")
        assert client.request(method or "GET", path).status_code == 403, one


def test_what_was_taken_back_stays_in_the_record(officer: httpx.Client, record: Database) -> None:
    paper = drafted(officer, kind="handover")
    officer.post(f"/papers/{paper}/take-back", data={"to": "/papers"})
    with record.reading() as session:
        assert standing(session, r.Paper) == []
        assert one_of(session, r.Paper, paper).dropped_by == "duty officer (key)"
    officer.post(f"/papers/{paper}/put-back", data={"to": "/papers"})
    assert f"/papers/{paper}" in officer.get("/papers").text


def test_evidence_leads_to_its_page_and_only_who_may_see_it(
    enter: As, officer: httpx.Client, record: Database
) -> None:
    n = one_case(officer, record).n
    page = officer.get(f"/papers/{drafted(officer, kind='sitrep', case=str(n))}").text
    addresses = sorted(set(re.findall(r'href="(/evidence/[^"]+)"', page)))
    assert {a.split("/")[2] for a in addresses} >= {"report", "incident", "case", "task"}
    for address in addresses:
        assert officer.get(address).status_code == 200, address
    (task,) = [a for a in addresses if "/task/" in a][:1]
    led = officer.get(task, follow_redirects=False).headers["location"]
    assert led == f"/cases/{n}#task-{task.rpartition('/')[2]}"
    assert officer.get(f"/evidence/alert/{only_alert(record).id}").status_code == 200
    for nothing in ("task/99", "task/x", "alert/none", "spell/1", "task/-1"):
        assert officer.get(f"/evidence/{nothing}").status_code in {400, 404}, nothing
    assert enter("researcher").get(task).status_code == 403
    hostile = officer.get("/evidence/report/%2f%2fevil.invalid", follow_redirects=False)
    assert hostile.headers["location"].startswith("/reports/")
    split = officer.get("/evidence/report/r1%0d%0aX-Evil:1", follow_redirects=False)
    assert "x-evil" not in split.headers
