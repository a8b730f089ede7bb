"""What is late stands on every page, for who may see it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import httpx
import pytest

from tests.desk.conftest import As
from watchfloor.response.records import Case, CheckIn, Clearance
from watchfloor.store import Database
from watchfloor.store.response import keep

NOW = datetime.now(UTC)
AGO = NOW - timedelta(hours=30)


@pytest.fixture
def moving(record: Database) -> Clearance:
    """A journey that was to arrive long ago and was never heard of, and a case not written up."""
    with record.writing() as session:
        keep(session, Case(title="EXERCISE", severity="severe", opened_by="ana", opened_at=AGO,
                           told_at=AGO))  # fmt: skip
        return keep(session, Clearance(
            title="Convoy", people=4, starts_at=AGO, ends_at=AGO + timedelta(hours=3),
            route="river road", state="cleared", asked_by="ana", asked_at=AGO,
        ))  # fmt: skip


def test_a_late_journey_and_a_late_case_are_on_every_page(
    officer: httpx.Client, enter: As, record: Database, moving: Clearance
) -> None:
    for path in ("/", "/trends", "/floor/queue"):
        page = officer.get(path).text
        assert 'href="/cell">Journeys overdue: 1<' in page, path
        assert 'href="/cases">Cases late: 1<' in page, path
    assert "overdue" not in enter("liaison").get("/").text
    with record.writing() as session:
        keep(session, CheckIn(subject=f"clearances:{moving.n}", point=0, made_by="ana",
                              made_at=NOW))  # fmt: skip
    assert "Journeys overdue" not in officer.get("/").text
