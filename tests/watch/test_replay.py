"""Commitments of reports at hand: overdue by a day, and ever."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

import watchfloor
from tests.watch.test_alerts import SITE
from watchfloor.merge import across
from watchfloor.settings import Settings
from watchfloor.watch import Register, default_rules
from watchfloor.watch.replay import Promises, last_day

PROMISE = (
    "EXERCISE. The governor of Gao in Mali promised on Monday that he would provide guards for "
    "the Gao depot by Wednesday."
)
KEPT = (
    "EXERCISE. The governor of Gao in Mali deployed guards at the Gao depot in Gao on Friday, "
    "officials said."
)
GAO = replace(SITE, id="gao", name="Gao depot", lat=16.27, lon=-0.04, country="MLI")
REGISTER = Register(sites=(GAO,))
RULES = default_rules()


@pytest.fixture(scope="module")
def promises(settings: Settings) -> Promises:
    """A promise by Wednesday the 5th, told twice, and kept on Friday the 7th."""
    said = (
        ("r1", PROMISE, "2031-03-03"),
        ("r2", PROMISE, "2031-03-04"),
        ("r3", KEPT, "2031-03-07"),
    )
    told = {
        id: replace(made, report=replace(made.report, id=id))
        for id, text, day in said
        for made in [watchfloor.code(text, published=day, settings=settings)]
    }
    assert last_day(told) == date(2031, 3, 7)
    return Promises(told, list(across(told.values())))


@pytest.mark.parametrize(
    ("day", "due"), [(4, False), (5, False), (6, True), (7, False), (9, False)]
)
def test_a_promise_is_overdue_from_its_day_until_it_is_kept(
    promises: Promises, day: int, due: bool
) -> None:
    found = [a.register for a in promises.overdue(REGISTER, RULES, date(2031, 3, day))]
    assert found == (["sites:gao"] if due else [])


def test_a_replay_finds_what_was_overdue_once_and_no_more_than_once(promises: Promises) -> None:
    ever = list(promises.ever_overdue(REGISTER, RULES, date(2031, 4, 1)))
    assert {a.register for a in ever} == {"sites:gao"}
    assert len({a.id for a in ever}) == 1, "told twice, it is one promise"
    assert not list(promises.ever_overdue(REGISTER, RULES, date(2031, 3, 5)))
    patient = replace(RULES, overdue=(replace(RULES.overdue[0], days=3),))
    assert not list(promises.ever_overdue(REGISTER, patient, date(2031, 4, 1)))


def test_reports_without_a_day_have_no_last_day() -> None:
    assert last_day({}) is None
