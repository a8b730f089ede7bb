"""Where the desk leads from an alert: to its incident, to the ledger, or to the feeds."""

from datetime import UTC, datetime

import pytest

from watchfloor.desk.words import cause
from watchfloor.store.alerts import KeptAlert

AT = datetime(2031, 3, 3, tzinfo=UTC)


@pytest.mark.parametrize(
    ("incident", "page"),
    [
        ("i12", "/incidents/i12"),
        ("commitment:r1:20", "/commitments"),
        ("feeds:MLI:2031-03-03T06:00Z", "/sources"),
    ],
)
def test_an_alert_leads_to_what_it_is_about(incident: str, page: str) -> None:
    alert = KeptAlert(
        n=1, id="al1", incident=incident, register="sites:gao", severity="minor", state="open",
        revision=1, first_at=AT, updated_at=AT, doc={},
    )  # fmt: skip
    assert cause(alert) == page
