"""What is done at the desk goes into the audit log: writes, logged reads, refusals, sign-ins."""

from __future__ import annotations

import httpx

from tests.desk.conftest import As, only_alert
from watchfloor.store import Database
from watchfloor.store.audit import Line, lines, verify


def log(record: Database) -> list[Line]:
    with record.reading() as session:
        assert verify(session).problems == ()
        return lines(session)


def test_a_write_is_logged_with_what_it_said_and_without_secrets(
    officer: httpx.Client, record: Database
) -> None:
    act = f"/alerts/{only_alert(record).id}/close"
    officer.post(act, data={"found": "some impact", "note": "x" * 500, "csrf": "c", "key": "k"})
    line = log(record)[0]
    assert (line.who, line.what) == ("duty officer (key)", "alerts:decide")
    assert line.subject == f"POST {act}"
    assert line.particulars is not None
    assert set(line.particulars) == {"found", "note"}
    assert line.particulars["note"]["long"] == 500


def test_a_write_that_fails_and_one_that_is_refused_say_so(enter: As, record: Database) -> None:
    act = f"/alerts/{only_alert(record).id}/close"
    enter("analyst").post(act, data={"found": "nonsense"})
    failed, tried, *_ = log(record)
    assert (failed.what, failed.particulars) == ("failed: 400", {"line": tried.n})
    enter("researcher").post(act)
    assert log(record)[0].what == "refused alerts:decide"


def test_coming_in_and_failing_to_are_logged(url: str, enter: As, record: Database) -> None:
    enter("analyst")
    httpx.post(f"{url}/sign-in", data={"name": "Eve", "password": "guess"})
    failed, came, *_ = log(record)
    assert (failed.who, failed.what) == ("Eve", "failed to sign in")
    assert (came.who, came.what) == ("analyst (key)", "signed in")
    assert "guess" not in str(failed)


def test_reading_a_page_that_is_not_logged_adds_nothing(
    officer: httpx.Client, record: Database
) -> None:
    before = len(log(record))
    assert officer.get("/").status_code == 200
    assert len(log(record)) == before
