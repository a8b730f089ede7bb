"""Which sentences are lines of the ledger, and to whom they were said. EXERCISE prose."""

from __future__ import annotations

import pytest

from watchfloor.flow import code_reports
from watchfloor.ledger import Commitment, deeds_of, find, follow
from watchfloor.records import Report
from watchfloor.settings import Settings


@pytest.fixture(scope="module")
def settings() -> Settings:
    return Settings()


def lines(text: str, settings: Settings) -> list[Commitment]:
    report = Report(id="r", text=f"EXERCISE. {text}", published="2031-03-04", language="en")
    coded = list(code_reports([report], settings))
    deeds = [deed for c in coded for deed in deeds_of(c)]
    return list(follow([line for c in coded for line in find(c)], deeds, "2031-04-25"))


def test_a_demand_for_somebody_was_made_to_whoever_asks_for_time(settings: Settings) -> None:
    (demand,) = lines(
        "A Chinese delegation demanded stronger protection for its nationals during talks in "
        "Islamabad on Monday. Pakistan requested some time to consider the demands.", settings,
    )  # fmt: skip
    assert demand.kind == "demand"
    assert demand.whom is not None
    assert demand.whom.text == "Pakistan"
    assert (demand.status, [e.bears for e in demand.evidence]) == ("open", ["asked for time"])


def test_a_demand_that_is_only_named_as_refused_is_no_new_line(settings: Settings) -> None:
    (refusal,) = lines(
        "The ministry refused the union's demand to withdraw soldiers from Siguiri, Guinea.",
        settings,
    )
    assert refusal.kind == "refusal"


def test_the_day_in_a_threat_makes_nothing_overdue(settings: Settings) -> None:
    told = lines(
        "The rebels threatened to attack the railway unless the army leaves Kidal by Friday. "
        "The company promised to pay compensation to the families by 30 March.", settings,
    )  # fmt: skip
    assert {line.kind: line.status for line in told} == {"threat": "open", "pledge": "overdue"}
