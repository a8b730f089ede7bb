"""The whole path on one report: the classic sentences, and what holds of every coded report."""

from collections.abc import Iterator
from importlib.resources import files

import msgspec
import pytest
from hypothesis import given
from hypothesis import settings as bounds
from hypothesis import strategies as st

import watchfloor
from tests.conftest import Coder
from watchfloor import CodedReport, Report, Settings, code_reports
from watchfloor.records import Span, Status


@pytest.fixture(scope="session")
def exercise(settings: Settings) -> list[CodedReport]:
    lines = files("watchfloor.data").joinpath("exercise/reports.jsonl").read_bytes().splitlines()
    reports = [msgspec.json.decode(line, type=Report) for line in lines]
    assert len(reports) == 30
    assert all("EXERCISE" in report.text for report in reports)
    return list(code_reports(reports, settings))


def spans(value: object) -> Iterator[Span]:
    """Every span inside a record."""
    if isinstance(value, Span):
        yield value
    if isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            yield from spans(getattr(value, name))
    elif isinstance(value, tuple):
        for part in value:
            yield from spans(part)


def check(coded: CodedReport) -> None:
    """What the format promises: spans are the text's own, and every id that is named exists."""
    for span in spans(coded):
        assert coded.report.text[span.start : span.end] == span.text
    actors = {actor.id for actor in coded.actors}
    places = {place.id for place in coded.places}
    claims = {claim.id for claim in coded.claims}
    for event in coded.events:
        assert {p.actor for p in event.participants} <= actors | {None}
        assert event.place is None or event.place.place in places
        assert set(event.claims) <= claims
    told = [event for incident in coded.incidents for event in incident.events]
    assert sorted(told) == sorted(event.id for event in coded.events)


def test_harm_without_an_actor_is_coded(code: Coder) -> None:
    coded = code("Three people were killed when a bomb went off in a market in Kabul on Monday.")
    event = next(e for e in coded.events if e.type == "ASSAULT")
    assert event.harm.killed is not None and event.harm.killed.low == 3
    assert not [p for p in event.participants if p.role == "actor"]


def test_a_denial_is_a_denied_event_and_a_claim(code: Coder) -> None:
    coded = code("The army denied on Friday that its soldiers had attacked the village.")
    event = next(e for e in coded.events if e.type == "ASSAULT")
    assert event.status is Status.DENIED
    assert any(claim.stance == "denies" for claim in coded.claims)


@pytest.mark.parametrize(
    "text",
    [
        "The rebels threatened to attack the oil terminal.",
        "Police foiled a plan to bomb the railway station.",
        "Officials fear that gunmen could attack the convoy.",
    ],
)
def test_what_did_not_happen_is_not_coded_as_happened(code: Coder, text: str) -> None:
    attacks = [e for e in code(text).events if e.type == "ASSAULT"]
    assert all(event.status is not Status.HAPPENED for event in attacks)


def test_an_accusation_and_its_act_are_two_events(code: Coder) -> None:
    coded = code("India accused Pakistan of shelling two villages in Kashmir on Sunday.")
    assert {"ACCUSE", "ASSAULT"} <= {event.type for event in coded.events}
    act = next(event for event in coded.events if event.type == "ASSAULT")
    words = {claim.id: claim for claim in coded.claims}
    source = words[act.claims[0]].source
    assert source is not None and "India" in source.text


def test_the_exercise_reports_keep_the_format(exercise: list[CodedReport]) -> None:
    for coded in exercise:
        check(coded)
    assert sum(bool(coded.events) for coded in exercise) == 30


def test_coding_together_finds_what_coding_alone_finds(
    exercise: list[CodedReport], settings: Settings
) -> None:
    for coded in exercise[:3]:
        assert list(code_reports([coded.report], settings)) == [coded]


def test_a_telex_is_read_in_its_own_letters(exercise: list[CodedReport]) -> None:
    telex = next(coded for coded in exercise if coded.report.text.startswith("GUNMEN"))
    attack = telex.events[0]
    assert (attack.type, attack.trigger.text) == ("ASSAULT", "ATTACKED")


def test_another_language_is_not_coded_as_english() -> None:
    coded = watchfloor.code(
        "La policía mató a cinco personas durante un ataque en Bogotá, Colombia."
    )
    assert not coded.events
    assert "not supported" in coded.problems[0]


def test_a_date_that_cannot_be_read_is_said(code: Coder) -> None:
    coded = code("Gunmen killed a guard in Kabul on Monday.", published="soon")
    assert coded.report.published is None
    assert "soon" in coded.problems[0]
    assert coded.events


@bounds(max_examples=25, deadline=None)
@given(st.text(max_size=200))
def test_any_text_comes_through(text: str) -> None:
    coded = watchfloor.code(text, settings=Settings(learned=False))
    assert coded.report.text == text
    check(coded)
