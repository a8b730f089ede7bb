"""The bundled EXERCISE reports, held against what a reader would put down of them."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Any

import msgspec
import pytest
import yaml

from watchfloor.flow import code_reports
from watchfloor.records import CodedReport, Event, Report
from watchfloor.settings import Settings

FACTS: dict[str, list[dict[str, Any]]] = yaml.safe_load(
    (Path(__file__).parent / "reports" / "facts.yaml").read_text(encoding="utf-8")
)
ROLES = {"actor", "recipient", "victim", "target", "instrument"}
HARMS = {"killed", "injured", "abducted", "arrested"}


@pytest.fixture(scope="module")
def coded(settings: Settings) -> dict[str, CodedReport]:
    """The coded reports by id."""
    lines = files("watchfloor.data").joinpath("exercise", "reports.jsonl").read_bytes()
    reports = [msgspec.json.decode(line, type=Report) for line in lines.splitlines()]
    some = [report for report in reports if report.id in FACTS]
    return {one.report.id: one for one in code_reports(some, settings)}


def holds(report: CodedReport, event: Event, name: str, value: Any) -> bool:
    """Whether an event has a fact."""
    if name in ROLES:
        return any(p.role == name and p.text == value for p in event.participants)
    if name in HARMS:
        count = getattr(event.harm, name)
        return count is not None and count.low == count.high == value
    if name == "place":
        spots = {p.id: p.text.casefold() for p in report.places}
        return event.place is not None and spots[event.place.place] == value.casefold()
    if name == "day":
        return event.when is not None and event.when.from_ == str(value)
    if name == "word":
        said = {c.id: c.source.text for c in report.claims if c.source}
        return value in {said.get(claim) for claim in event.claims}
    return bool(getattr(event, name) == value)


@pytest.mark.parametrize(
    ("report", "fact"), [(name, fact) for name, facts in FACTS.items() for fact in facts]
)
def test_a_fact_is_found(coded: dict[str, CodedReport], report: str, fact: dict[str, Any]) -> None:
    one = coded[report]
    found = [all(holds(one, e, name, value) for name, value in fact.items()) for e in one.events]
    assert any(found), [(e.type, e.mode, e.status, e.trigger.text) for e in one.events]
