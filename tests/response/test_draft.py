"""Papers say what the record holds, sentence by sentence, and nothing else."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.response.building import T0, assigned, called, case, clearance, hour, made, need, team
from watchfloor.errors import InputError
from watchfloor.response.draft import SECTIONS, Feeding, Promised, Raised, Seen, Told, draft
from watchfloor.response.records import (
    PAPERS,
    Assurance,
    Evidence,
    HeadCount,
    Inquiry,
    LogEntry,
    Section,
    Sentence,
    Task,
    Turn,
    Verification,
)
from watchfloor.response.verified import last_of

QUOTE = Evidence(kind="report", id="r1", says="Gunmen killed five", start=0, end=18)
ATTACK = Told(
    id="i1", type="ASSAULT", what="attack, firearms", where="Dasu, PAK", when="3 Mar 2031",
    status="happened", harm=(("killed", "5"), ("injured", "at least 2")), sources=2,
    differs=("killed 5 (Herald), 7 (Wire)",), quotes=(QUOTE,),
)  # fmt: skip


def feed(name: str, state: str = "healthy", country: str | None = "PAK") -> Feeding:
    return Feeding(name=name, address=f"https://{name}.invalid/", state=state, country=country,
                   answered_at=hour(5.9))  # fmt: skip


def seen(**facts: Any) -> Seen:
    base = {"now": hour(6), "first": T0, "last": hour(6), "names": {"sites:dasu": "Dasu dam camp"},
            "feeds": (feed("a"), feed("b"))}  # fmt: skip
    return Seen(**{**base, **facts})


def told(sections: tuple[Section, ...], title: str) -> list[str]:
    return [s.text for section in sections if section.title == title for s in section.sentences]


def sentences(sections: tuple[Section, ...]) -> list[Sentence]:
    return [s for section in sections for s in section.sentences]


def everything() -> Seen:
    return seen(
        site="sites:dasu", country="PAK", incidents=(ATTACK,),
        before=(replace(ATTACK, id="i0"),), alerts=(
            Raised(id="a1", incident="i1", entry="sites:dasu", severity="extreme", state="open",
                   because="14 km, within 40 km", at=hour(1)),
        ),
        cases=(case(lead="ana", hypothesis="a raid on the pay convoy"),),
        logs=(LogEntry(n=4, case=1, at=hour(2), author="ana", what="note", text="gate shut"),),
        tasks=(
            Task(n=1, case=1, what="count heads", done_at=hour(1), done_by="ana", **made()),
            Task(n=2, case=1, what="call the hospital", doer="ben", due_at=hour(3), **made()),
        ),
        counts=(
            HeadCount(n=1, case=1, place="sites:dasu", expected=40, accounted=38, **made(2)),
        ),
        places=("sites:dasu", "sites:jos"), check_ins=(called(None, 2, "sites:dasu"),),
        resources=(team(1), team(2)), needs=(need(0, 24),),
        assignments=(assigned(0, 10), assigned(8, 12, subject="sites:jos", n=2)),
        turns=(
            Turn(n=1, post="duty officer", holder="ben", starts_at=hour(6), ends_at=hour(14),
                 **made()),
        ),
        clearances=(clearance(("bridge", 2.0)),),
        inquiries=(Inquiry(n=1, question="Who holds the bridge?", asked_of="district police",
                           due_at=hour(4), **made()),),
        assurances=(
            Assurance(n=1, site="sites:dasu", measure="gate guarded", finding="in place",
                      good_days=30, **made(-24 * 45)),
        ),
        promises=(Promised(says="pledge by the ministry: more guards", status="overdue",
                           quote=QUOTE),),
    )  # fmt: skip


@pytest.mark.parametrize("kind", PAPERS)
def test_every_sentence_of_every_paper_rests_on_evidence(kind: str) -> None:
    made_ = draft(kind, everything())
    assert len(sentences(made_)) >= 5
    for sentence in sentences(made_):
        assert sentence.evidence, sentence.text
        assert sentence.author is None
        assert re.fullmatch(r"[A-ZÀ-Ý0-9].*[.?!]|.*: gate shut", sentence.text), sentence.text


@pytest.mark.parametrize("kind", PAPERS)
def test_a_paper_over_an_empty_record_says_only_that_the_desk_is_blind(kind: str) -> None:
    said = [s.text for s in sentences(draft(kind, seen(feeds=())))]
    assert "No feed covers what happens where the desk watches: silence says nothing." in said
    assert [s for s in said if "silence" not in s] == (
        ["Nobody holds the watch as duty officer from 3 Mar 2031 12:00Z to 5 Mar 2031 00:00Z."]
        if kind == "handover" else []
    )  # fmt: skip


def test_quiet_and_blind_are_told_apart() -> None:
    site = {"site": "sites:dasu", "country": "PAK"}

    def says(*feeds: Feeding, **facts: Any) -> str:
        (one,) = told(draft("intsum", seen(feeds=feeds, **site, **facts)), "What the desk can see")
        return one

    good = [feed("a"), feed("b", country=None), feed("c")]
    assert says(*good) == (
        "No report of an event at Dasu dam camp; all 3 feeds that cover it answer."
    )
    assert says(*good, feed("d", "blind"), feed("e", "broken")) == (
        "No report of an event at Dasu dam camp; 2 of 5 feeds there are blind: d and e."
    )
    assert "all 3 feeds answer, 1 of them unusually quiet: c." in says(
        *good[:2], feed("c", "quiet")
    )
    assert "More may have happened than is told here" in says(
        feed("d", "blind"), feed("a"), incidents=(ATTACK,)
    )
    assert says(feed("far", country="MLI")).startswith("No feed covers")


@given(st.lists(st.sampled_from(["healthy", "quiet", "blind", "broken", "new"]), max_size=6))
def test_calm_is_never_claimed_where_a_feed_is_blind(states: list[str]) -> None:
    feeds = tuple(feed(f"f{i}", s) for i, s in enumerate(states))
    (one,) = told(draft("intsum", seen(feeds=feeds)), "What the desk can see")
    trusted = bool(states) and set(states) <= {"healthy", "quiet"}
    assert trusted == ("answer" in one)
    assert (not trusted) == ("blind" in one or "silence says nothing" in one)


def test_an_incident_is_told_with_its_numbers_sources_and_disagreement() -> None:
    first, second = told(draft("sitrep", everything()), "What happened")
    assert first == (
        "Attack, firearms, Dasu, PAK, 3 Mar 2031: killed 5 and injured at least 2; "
        "2 independent sources."
    )
    assert second == "Accounts of it differ: killed 5 (Herald), 7 (Wire)."


def test_an_incident_without_words_to_show_is_not_told() -> None:
    assert (
        told(draft("sitrep", seen(incidents=(replace(ATTACK, quotes=()),))), "What happened") == []
    )
    denied = seen(incidents=(replace(ATTACK, status="denied", harm=()),))
    (one, _) = told(draft("sitrep", denied), "What happened")
    assert "firearms (denied), Dasu" in one
    assert "no report says who was hurt" in one


def test_a_situation_report_tells_people_done_and_to_do() -> None:
    made_ = draft("sitrep", everything())
    assert told(made_, "People")[0] == (
        "Dasu dam camp: 38 of 40 people accounted for at 3 Mar 2031 08:00Z, 2 not heard of, 0 hurt."
    )
    assert "No head count of sites jos was made." in told(made_, "People")
    assert told(made_, "What was done")[0] == "Count heads: done 3 Mar 2031 07:00Z by ana."
    assert told(made_, "What is still to do")[0] == (
        "To do: call the hospital, for ben, overdue since 3 Mar 2031 09:00Z."
    )
    lacks = [s for s in told(made_, "What is still to do") if "lacks" in s]
    assert lacks == [
        "Dasu dam camp lacks 4 guards of 4 from 3 Mar 2031 16:00Z to 4 Mar 2031 06:00Z."
    ]
    assert any("at once from" in s for s in told(made_, "What is still to do"))


def test_old_evidence_is_marked_and_an_old_finding_says_so() -> None:
    late = replace(everything(), now=hour(40))
    counted = [s for s in sentences(draft("sitrep", late)) if "accounted for" in s.text]
    assert counted[0].stale
    (measure,) = told(draft("assurance", late), "Measures")
    assert "more than 30 days ago and must be checked again" in measure
    fresh = Assurance(
        n=2, site="sites:dasu", measure="gate guarded", finding="not in place", **made(5)
    )
    again = replace(everything(), assurances=(*everything().assurances, fresh))
    (measure,) = told(draft("assurance", again), "Measures")
    assert measure == "Gate guarded: not in place, as ana found on 3 Mar 2031."


def test_a_handover_names_what_is_overdue_first() -> None:
    made_ = draft("handover", everything())
    assert told(made_, "Journeys")[0].startswith("OVERDUE: Convoy of two was due at bridge by")
    assert told(made_, "Alerts")[0] == "1 alert: 1 extreme; 1 untriaged."
    assert told(made_, "Watch")[0].startswith("Duty officer: ben from")
    assert (
        "Nobody holds the watch as duty officer from 3 Mar 2031 20:00Z" in told(made_, "Watch")[1]
    )


@pytest.mark.parametrize("kind", ["handover", "intsum", "sitrep"])
def test_a_paper_says_who_verified_an_alert_or_that_nobody_did(kind: str) -> None:
    (one,) = everything().alerts
    asked = Verification(n=3, alert="a1", revision=1, asked_of="site manager", **made(2))
    found_ = replace(asked, n=2, finding="confirmed", found_at=hour(3), note="saw the smoke")

    def says(*verified: Verification, revision: int = 1) -> str:
        raised = replace(one, verified=last_of(verified), revision=revision)
        made_ = draft(kind, replace(everything(), alerts=(raised,)))
        (said,) = told(made_, "Verification")
        return said.removeprefix("Dasu dam camp, 14 km, within 40 km: ")

    assert says() == "not verified."
    assert says(asked) == (
        "not verified; site manager was asked at 3 Mar 2031 08:00Z, no answer yet."
    )
    whole = "confirmed (saw the smoke), verified by site manager at 3 Mar 2031 09:00Z"
    assert says(found_, asked) == f"{whole}.", "what was found counts before what was asked since"
    assert says(found_, revision=2) == f"{whole}, before more was known."


def test_an_untriaged_alert_says_that_it_is_not_verified() -> None:
    assert told(draft("handover", everything()), "Alerts")[1].endswith("; not verified.")
    many = tuple(replace(everything().alerts[0], id=f"a{n}") for n in range(27))
    *_, last = told(draft("handover", replace(everything(), alerts=many)), "Verification")
    assert last == "2 more alerts: 0 verified, 2 not."


def test_a_weekly_report_compares_with_the_week_before() -> None:
    assert told(draft("weekly", everything()), "Counts") == [
        "Attack: 1, in the same time before 1."
    ]


def test_there_is_no_other_paper() -> None:
    assert set(SECTIONS) == set(PAPERS)
    with pytest.raises(InputError, match="one of handover"):
        draft("memo", seen())
