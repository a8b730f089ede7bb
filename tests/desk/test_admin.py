"""Administration by pages: users, tokens, releases, retention, the audit log."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import httpx
import pytest

from tests.desk.conftest import As
from watchfloor.records import CodedReport
from watchfloor.store import Database, report_of
from watchfloor.store.audit import lines, verify
from watchfloor.store.judgements import judgements
from watchfloor.store.releases import Wanted, is_released, propose, readers
from watchfloor.store.retention import holds, kinds
from watchfloor.store.users import add_user, the_user

PASSWORD = "correct horse battery"


@pytest.fixture
def chief(enter: As) -> httpx.Client:
    return enter("administrator")


def test_an_administrator_makes_changes_and_shuts_out_a_user(
    chief: httpx.Client, record: Database, url: str
) -> None:
    data = {"name": "Li", "role": "liaison", "sites": "gao-depot, dasu", "password": PASSWORD}
    assert "Li" in chief.post("/admin/users", data=data).text
    with record.reading() as session:
        li = the_user(session, "Li")
    assert (li.role, li.sites) == ("liaison", ("gao-depot", "dasu"))
    came = httpx.post(f"{url}/sign-in", data={"name": "Li", "password": PASSWORD})
    assert httpx.get(f"{url}/account", cookies=came.cookies).status_code == 200
    chief.post(f"/admin/users/{li.n}/role", data={"role": "analyst"})
    assert "Li, analyst" in httpx.get(f"{url}/account", cookies=came.cookies).text
    chief.post(f"/admin/users/{li.n}/disable")
    assert httpx.get(f"{url}/account", cookies=came.cookies).status_code == 401
    chief.post(f"/admin/users/{li.n}/enable")
    chief.post(f"/admin/users/{li.n}/password", data={"password": "another long password"})
    again = {"name": "Li", "password": "another long password"}
    assert httpx.post(f"{url}/sign-in", data=again).status_code == 303
    wrong = chief.post("/admin/users", data={**data, "name": "Bo", "role": "root"})
    assert (wrong.status_code, "one of duty officer" in wrong.text) == (400, True)
    assert PASSWORD not in str([line.particulars for line in log(record)])


def log(record: Database) -> list[object]:
    with record.reading() as session:
        assert verify(session).problems == ()
        return list(lines(session))


def test_nobody_changes_their_own_role(chief: httpx.Client, record: Database) -> None:
    with record.reading() as session:
        own = the_user(session, "administrator (key)")
    assert chief.post(f"/admin/users/{own.n}/role", data={"role": "analyst"}).status_code == 400
    assert chief.post(f"/admin/users/{own.n}/disable").status_code == 400


def test_a_token_is_shown_once_and_revoked(
    chief: httpx.Client, enter: As, record: Database, url: str
) -> None:
    enter("analyst")
    data = {"user": "analyst (key)", "name": "wall", "scopes": ["alerts:read", "feeds:out"]}
    found = re.search(
        r"once: <code>([\w-]{43})</code>", chief.post("/admin/tokens", data=data).text
    )
    assert found is not None
    token = {"Authorization": f"Bearer {found[1]}"}
    assert httpx.get(f"{url}/api/v1/alerts", headers=token).status_code == 200
    assert found[1] not in chief.get("/admin/tokens").text
    more = chief.post("/admin/tokens", data={**data, "scopes": "users:write"})
    assert (more.status_code, "analyst has not: users:write" in more.text) == (400, True)
    chief.post("/admin/tokens/1/revoke")
    assert httpx.get(f"{url}/api/v1/alerts", headers=token).status_code == 401


def test_what_is_above_amber_is_released_by_another(enter: As, record: Database) -> None:
    analyst, head = enter("analyst"), enter("head of cell")
    with record.writing() as session:
        wanted = Wanted(kind="paper", subject="7", marking="RED", to="embassy", reason="asked")
        made = propose(session, wanted, "analyst (key)", datetime.now(UTC))
    assert "waits for another person" in analyst.get("/admin/markings").text
    own = analyst.post(f"/admin/releases/{made.n}", data={"approve": "yes"})
    assert own.status_code == 400
    assert (
        "approved by head of cell"
        in head.post(f"/admin/releases/{made.n}", data={"approve": "yes"}).text
    )
    with record.reading() as session:
        assert is_released(session, "paper", "7", "RED")


def test_readers_are_named_by_who_may_see_it(
    enter: As, record: Database, coded: CodedReport
) -> None:
    head = enter("head of cell")
    with record.writing() as session:
        for name in ("Amina", "Bo"):
            add_user(session, name, "analyst", datetime.now(UTC))
    said = {"kind": "report", "subject": coded.report.id, "names": "amina, Bo"}
    head.post("/admin/readers", data=said)
    with record.reading() as session:
        assert readers(session, "report", coded.report.id) == ("Amina", "Bo")
    assert head.post("/admin/readers", data={**said, "subject": "nothing"}).status_code == 404
    assert head.post("/admin/readers", data={**said, "kind": "rumour"}).status_code == 400


def test_retention_holds_and_erasure(
    chief: httpx.Client, record: Database, coded: CodedReport
) -> None:
    chief.post("/admin/retention/reports", data={"days": "9999"})
    id = coded.report.id
    chief.post("/admin/holds", data={"kind": "report", "subject": id, "reason": "a claim"})
    erase = {"report": id, "reason": "asked for"}
    assert chief.post("/admin/erase", data=erase).status_code == 400
    with record.reading() as session:
        assert kinds(session)["reports"].days == 9999
        (hold,) = holds(session)
    chief.post(f"/admin/holds/{hold.n}/lift")
    assert chief.post("/admin/retention-run").status_code == 200
    assert chief.post("/admin/erase", data=erase).status_code == 200
    with record.reading() as session:
        assert report_of(session, id) is None
        assert verify(session).problems == ()


def test_an_erased_report_leaves_gaps_in_papers_and_nothing_typed_about_it(
    chief: httpx.Client, enter: As, record: Database, coded: CodedReport
) -> None:
    officer, id = enter("duty officer"), coded.report.id
    officer.post("/papers", data={"kind": "sitrep", "marking": "AMBER"})
    officer.post("/papers/1/release", data={"to": "the embassy", "reason": "asked for"})
    false = {"report": id, "event": coded.events[0].id, "reason": "told by X. Y."}
    assert enter("analyst").post("/events/false", data=false).status_code == 200
    assert "Gunmen attacked a police post" in officer.get("/papers/1").text
    assert "killed" in officer.get("/papers/1/file.html").text
    chief.post("/admin/erase", data={"report": id, "reason": "asked for by X. Y."})
    for path in ("/papers/1", "/papers/1/file.html"):
        told = officer.get(path).text
        assert "what this sentence rested on is no longer in the record" in told
        assert "Gunmen attacked" not in told
        assert "killed" not in told
    with record.reading() as session:
        assert verify(session).problems == ()
        typed = [(line.what, line.particulars) for line in lines(session)
                 if "X. Y." in str(line.particulars)]  # fmt: skip
        assert [what for what, _ in typed] == ["report erased"]
        assert judgements(session) == []
        (line,) = [line for line in lines(session) if line.what == "report erased"]
        assert "paper blanked" in [line.what for line in lines(session)]
    wrong = {"line": str(line.n), "reason": " "}
    assert chief.post("/admin/audit-erase", data=wrong).status_code == 400
    chief.post("/admin/audit-erase", data={**wrong, "reason": "asked for"})
    assert "X. Y." not in chief.get("/admin/audit").text
    assert chief.post(f"/api/v1/admin/audit/{line.n}/erase",
                      json={"reason": "again"}).status_code == 400  # fmt: skip
    with record.reading() as session:
        assert verify(session).problems == ()


def test_the_audit_log_is_shown_and_said_to_be_whole(chief: httpx.Client) -> None:
    assert "is whole" in chief.get("/admin").text
    shown = chief.get("/admin/audit", params={"what": "signed in"}).text
    assert "administrator (key)" in shown
    assert "No line." in chief.get("/admin/audit", params={"who": "<b>nobody"}).text
