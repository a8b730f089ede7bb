"""What became of commitments: answered by deeds, never by the program's own word. All EXERCISE."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from watchfloor.ledger import Commitment, Deed, Side, follow
from watchfloor.records import Span

NORLAND = Side(text="Norland", name="Norland", country="XNO", sector="GOV")
ESTMARK = Side(text="the government of Estmark", name="Estmark", country="XES", sector="GOV")
REBELS = Side(text="the Red Brigade", name="Red Brigade")
TODAY = "2031-06-01"


def line(kind: str, what: str, **more: object) -> Commitment:
    """Said on 1 March by Norland to Estmark, or as given."""
    facts = {"who": NORLAND, "whom": ESTMARK, "said": "2031-03-01", **more}
    return Commitment(id="r0/e1", kind=kind, report="r0", event="e1",
                      what=Span(start=0, end=len(what), text=what), **facts)  # type: ignore[arg-type]  # fmt: skip


def deed(type: str, text: str, day: str = "2031-03-10", n: int = 1, **more: object) -> Deed:
    """By Estmark to Norland on 10 March, or as given."""
    facts = {"who": (ESTMARK,), "whom": (NORLAND,), "status": "happened", "country": None,
             "place": None, **more}  # fmt: skip
    return Deed(report=f"r{n}", event="e1", type=type, day=day, text=text, **facts)  # type: ignore[arg-type]


def status(one: Commitment, *deeds: Deed, today: str = TODAY) -> str:
    (told,) = follow([one], deeds, today)
    return told.status


DEMAND = line("demand", "demanded guards for its engineers")
PLEDGE = line("pledge", "assured the security of all projects", who=ESTMARK, whom=NORLAND)


def test_a_request_for_time_answers_nothing_and_is_kept_as_evidence() -> None:
    asks = deed("REQUEST", "Estmark requested some time to consider the demands")
    (told,) = follow([DEMAND], [asks], TODAY)
    assert told.status == "open"
    assert [e.bears for e in told.evidence] == ["asked for time"]
    assert (told.evidence[0].report, told.evidence[0].event) == ("r1", "e1")


@pytest.mark.parametrize(
    ("type", "text", "becomes"),
    [
        ("AGREE", "Estmark agreed to post guards", "accepted"),
        ("REJECT", "Estmark rejected the demand", "refused"),
        ("CONSULT", "Estmark replied in a note", "answered"),
        ("AGREE", "Estmark assured Norland of its goodwill", "answered"),
        ("ASSAULT", "Estmark shelled a village", "open"),
    ],
)
def test_a_demand_is_answered_by_whom_it_was_made_to(type: str, text: str, becomes: str) -> None:
    assert status(DEMAND, deed(type, text)) == becomes
    others = deed(type, text, who=(REBELS,))
    assert status(DEMAND, others) == "open"


def test_a_deed_before_the_demand_does_not_answer_it() -> None:
    assert status(DEMAND, deed("AGREE", "Estmark agreed", day="2031-02-01")) == "open"


def test_it_is_overdue_by_the_clock_until_it_is_answered() -> None:
    due = replace(DEMAND, due="2031-04-01")
    assert status(due, today="2031-04-01") == "open"
    assert status(due, today="2031-04-02") == "overdue"
    assert status(due, deed("AGREE", "Estmark agreed"), today="2031-04-02") == "accepted"


def test_an_attack_puts_a_pledge_of_safety_in_doubt_and_never_breaks_it() -> None:
    attack = deed("ASSAULT", "Gunmen attacked a project of Norland", who=(REBELS,),
                  whom=(NORLAND,))  # fmt: skip
    (told,) = follow([PLEDGE], [attack], TODAY)
    assert told.status == "in doubt"
    assert told.evidence[0].because.startswith("after it was given")


def test_an_attack_on_what_the_pledge_names_in_the_country_of_who_gave_it_counts() -> None:
    facts = {"who": (REBELS,), "whom": (), "country": "XES"}
    assert status(PLEDGE, deed("ASSAULT", "A bomb hit a dam project", **facts)) == "in doubt"
    assert status(PLEDGE, deed("ASSAULT", "A bomb hit a market", **facts)) == "open"
    elsewhere = {**facts, "country": "XWE"}
    assert status(PLEDGE, deed("ASSAULT", "A bomb hit a dam project", **elsewhere)) == "open"


def test_the_attack_for_which_a_pledge_is_given_does_not_put_it_in_doubt() -> None:
    before = deed("ASSAULT", "Gunmen attacked a project", day="2031-03-01", who=(REBELS,))
    assert status(PLEDGE, before) == "open"


def test_a_pledge_of_trade_is_not_touched_by_an_attack() -> None:
    trade = line("pledge", "promised to open a port", who=ESTMARK, whom=NORLAND)
    assert status(trade, deed("ASSAULT", "Gunmen shot at a port", who=(REBELS,))) == "open"


def test_guards_keep_a_pledge_until_an_attack_makes_it_doubtful_again() -> None:
    guards = deed("PROTECT", "Estmark posted guards at the sites")
    attack = deed("ASSAULT", "Gunmen killed an engineer", day="2031-04-10", n=2, who=(REBELS,))
    assert status(PLEDGE, guards) == "kept"
    assert status(PLEDGE, guards, attack) == "in doubt"


def test_guards_posted_after_an_attack_leave_the_doubt() -> None:
    attack = deed("ASSAULT", "Gunmen killed an engineer", who=(REBELS,), whom=(NORLAND,))
    guards = deed("PROTECT", "Estmark posted guards", day="2031-04-10", n=2)
    (told,) = follow([PLEDGE], [attack, guards], TODAY)
    assert told.status == "in doubt"
    assert [e.bears for e in told.evidence] == ["in doubt", "kept"]


def test_a_pledge_past_its_day_is_overdue_whatever_was_attacked_meanwhile() -> None:
    due = replace(PLEDGE, due="2031-04-12")
    attack = deed("ASSAULT", "Gunmen killed an engineer", day="2031-04-10", whom=(NORLAND,))
    guards = deed("PROTECT", "Estmark posted guards", day="2031-04-11", n=2)
    assert status(due, attack, today="2031-04-12") == "in doubt"
    assert status(due, attack, today="2031-04-13") == "overdue"
    assert status(due, attack, guards, today="2031-04-13") == "in doubt", "it was kept"


def test_the_later_of_two_answers_holds() -> None:
    agreed = deed("AGREE", "Estmark agreed to it")
    refused = deed("REJECT", "Estmark refused after all", day="2031-04-10", n=2)
    assert status(DEMAND, agreed, refused) == "refused"


def test_who_said_it_can_take_it_back() -> None:
    back = deed("CONCEDE", "Norland dropped its demand", who=(NORLAND,), whom=(ESTMARK,))
    assert status(DEMAND, back) == "withdrawn"
    assert status(DEMAND, replace(back, text="Norland dropped its opposition")) == "open"


def test_a_threat_that_is_followed_by_an_attack_says_so() -> None:
    threat = line("threat", "threatened to burn lorries", who=REBELS, whom=ESTMARK)
    attack = deed("ASSAULT", "the Red Brigade burned lorries", who=(REBELS,), whom=(ESTMARK,))
    (told,) = follow([threat], [attack], TODAY)
    assert told.status == "open"
    assert [e.bears for e in told.evidence] == ["followed by"]


DEEDS = (
    deed("REQUEST", "Estmark asked for time to study it", day="2031-03-05", n=1),
    deed("AGREE", "Estmark agreed to it", day="2031-03-20", n=2),
    deed("REJECT", "Estmark refused", day="2031-03-21", n=3),
    deed("ASSAULT", "Gunmen attacked", day="2031-03-22", n=4, who=(REBELS,), whom=(NORLAND,)),
)


@given(order=st.permutations(DEEDS))
def test_the_order_of_arrival_changes_nothing(order: list[Deed]) -> None:
    assert follow([DEMAND, PLEDGE], order, TODAY) == follow([DEMAND, PLEDGE], DEEDS, TODAY)
