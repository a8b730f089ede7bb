"""A story as it comes in, coded for real, and the ledger it leaves. EXERCISE prose."""

from __future__ import annotations

import pytest

from watchfloor.flow import code_reports
from watchfloor.ledger import Commitment, deeds_of, find, follow
from watchfloor.records import Report
from watchfloor.settings import Settings

STORY = (
    ("s1", "2031-03-04", "A Chinese delegation demanded more protection for its engineers from the "
     "Pakistani government on Monday, officials said. The Pakistani government requested some time "
     "to consider the demands."),
    ("s2", "2031-03-06", "Pakistan's interior minister assured the Chinese ambassador of the "
     "security of all projects on Wednesday. The minister promised to deploy guards at the Dasu "
     "dam by 1 April."),
    ("s3", "2031-03-20", "Gunmen attacked a bus carrying Chinese engineers near Dasu in Pakistan "
     "on Wednesday, killing two, police said."),
    ("s4", "2031-03-25", "Pakistan rejected the Chinese demand for its own guards on Tuesday, the "
     "foreign ministry said."),
)  # fmt: skip


@pytest.fixture(scope="module")
def ledger() -> dict[str, Commitment]:
    """The lines by kind and report, a month after the last report."""
    reports = [Report(id=i, text=f"EXERCISE. {t}", published=d, language="en") for i, d, t in STORY]
    coded = list(code_reports(reports, Settings()))
    lines = [line for c in coded for line in find(c)]
    deeds = [deed for c in coded for deed in deeds_of(c)]
    told = follow(lines, deeds, "2031-04-25")
    return {f"{line.kind} {line.report}": line for line in reversed(told)}


def test_the_demand_is_made_to_the_government_and_refused_three_weeks_later(
    ledger: dict[str, Commitment],
) -> None:
    demand = ledger["demand s1"]
    assert demand.whom is not None
    assert demand.whom.text == "the Pakistani government"
    assert demand.said == "2031-03-03"
    assert demand.status == "refused"
    assert next((e.report, e.bears) for e in demand.evidence) == ("s1", "asked for time")
    assert ("s4", "refused") in {(e.report, e.bears) for e in demand.evidence}


def test_asking_for_time_is_no_line_of_the_ledger(ledger: dict[str, Commitment]) -> None:
    assert "request s1" not in ledger


def test_the_assurance_of_security_is_in_doubt_after_the_attack(
    ledger: dict[str, Commitment],
) -> None:
    pledge = ledger["pledge s2"]
    assert "security of all projects" in pledge.what.text
    assert pledge.status == "in doubt"
    assert [e.report for e in pledge.evidence] == ["s3"]
