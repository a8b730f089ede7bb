"""The period of an event: its own clause, its sentence, or what the telling gave it before."""

from collections.abc import Callable

from tests.conftest import only
from watchfloor.records import CodedReport

Coder = Callable[..., CodedReport]
DAY = "2022-06-15"


def test_the_day_of_the_saying_is_not_that_of_the_act(code: Coder) -> None:
    coded = code(
        "EXERCISE. Gunmen killed two drivers near Gao on Monday. Police said on Tuesday that the "
        "gunmen had attacked the drivers with rifles.", published=DAY,
    )  # fmt: skip
    days = [e.when.from_ for e in coded.events if e.type == "ASSAULT" and e.when]
    assert days and set(days) == {"2022-06-13"}


def test_who_refuses_by_saying_so_refuses_on_the_day_of_the_saying(code: Coder) -> None:
    coded = code(
        "EXERCISE. Minister Ana Ruiz rejected the offer of the rebels, she said on Monday.",
        published=DAY,
    )
    when = only(coded, "REJECT").when
    assert when is not None and when.from_ == "2022-06-13"


def test_a_year_right_before_the_word_is_its_own(code: Coder) -> None:
    coded = code(
        "EXERCISE. A court in Kampala on Monday sentenced two men for the 2019 grenade attack on a "
        "hotel.", published=DAY,
    )  # fmt: skip
    when = only(coded, "ASSAULT").when
    assert when is not None and (when.from_, when.to) == ("2019-01-01", "2019-12-31")


def test_days_after_lead_back_from_the_sentences_day(code: Coder) -> None:
    coded = code(
        "EXERCISE. The curfew in Niamey was lifted on Tuesday, five days after crowds burned two "
        "shops.", published=DAY,
    )  # fmt: skip
    days = {e.trigger.text: e.when.from_ for e in coded.events if e.when}
    assert days.get("burned") == "2022-06-09"


def test_a_day_beside_a_length_is_the_acts_though_a_union_said_so(code: Coder) -> None:
    coded = code(
        "EXERCISE. Gunmen shot dead an inspector outside his home in Manzanillo last Thursday, two "
        "days after he had received a threat by telephone, his union said.", published=DAY,
    )  # fmt: skip
    when = only(coded, "ASSAULT").when
    assert when is not None and when.from_ == "2022-06-09"


def test_a_day_that_cannot_be_known_is_not_replaced_by_a_year_nearby(code: Coder) -> None:
    coded = code(
        "EXERCISE. A court in Kampala on Monday sentenced two men to life in prison over a bomb "
        "attack on a bus station in 2012."
    )
    assert only(coded, "SANCTION").when is None


def test_last_week_of_an_undated_report_is_not_replaced_by_another_events_month(
    code: Coder,
) -> None:
    coded = code(
        "EXERCISE. Rebels killed two guards at a mine near Gao last week. A truce had ended after"
        " gunmen killed a driver in September 2017."
    )
    undated = [e for e in coded.events if e.trigger.start < coded.report.text.index("A truce")]
    assert undated and not any(e.when for e in undated)


def test_an_act_without_a_day_was_done_when_the_acts_told_before_it_were(code: Coder) -> None:
    coded = code(
        "EXERCISE. Gunmen attacked a bus near Gao on Monday, killing two people. Soldiers arrested"
        " five men.", published=DAY,
    )  # fmt: skip
    when = only(coded, "COERCE").when
    assert when is not None and (when.from_, when.basis) == ("2022-06-13", "report")
