"""Papers and what they quote of what was erased, on both back ends."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tests.response.building import T0, called, clearance, made
from watchfloor.response.records import CheckIn, Clearance, Evidence, Paper, Section, Sentence
from watchfloor.store import Database, retention
from watchfloor.store.audit import lines, verify
from watchfloor.store.blanks import blank
from watchfloor.store.papers import keep_paper, keep_version, version_of
from watchfloor.store.response import keep

NOW = datetime(2031, 3, 20, 12, tzinfo=UTC)
GAP = "[Erased on 2031-03-20: what this sentence rested on is no longer in the record.]"
QUOTE = Evidence(kind="report", id="r1", says="Gunmen killed five", start=0, end=18)
OTHER = Evidence(kind="report", id="r2", says="Five died", start=0, end=9)
ALERT, SECOND = (Evidence(kind="alert", id=id, says="extreme, Dasu") for id in ("a1", "a2"))
SAID = (
    Sentence(text="Attack, Dasu: killed five.", evidence=(QUOTE, OTHER)),
    Sentence(text="Five died.", evidence=(OTHER,)),
    Sentence(text="Untriaged: Dasu.", evidence=(ALERT,)),
    Sentence(text="2 alerts: 2 extreme.", evidence=(ALERT, SECOND)),
    Sentence(text="Five, says our man.", evidence=(QUOTE,), author="ana"),
    Sentence(text="All is calm.", author="ana"),
)


def paper(*told: Sentence) -> tuple[Paper, tuple[Section, ...]]:
    about = Paper(kind="sitrep", title="EXERCISE", marking="AMBER", first_at=T0, last_at=NOW,
                  **made())  # fmt: skip
    return about, (Section(title="What happened", sentences=told),)


def test_each_version_has_gaps_and_says_so_in_the_log(database: Database) -> None:
    with database.writing() as session:
        one = keep_paper(session, *paper(*SAID))
        keep_version(session, one.n, 1, paper(*SAID)[1], "ana", T0)
        assert blank(session, {("report", "r1"), ("alert", "a1")}, "Chief", NOW) == 6
        assert blank(session, {("report", "r1"), ("alert", "a1")}, "Chief", NOW) == 0
        assert blank(session, set(), "Chief", NOW) == 0
    with database.reading() as session:
        for version in (1, 2):
            (section,) = version_of(session, one.n, version).sections
            assert [(s.text, s.evidence, s.author) for s in section.sentences] == [
                (GAP, (OTHER,), None),
                ("Five died.", (OTHER,), None),
                (GAP, (), None),
                ("2 alerts: 2 extreme.", (SECOND,), None),
                (GAP, (), None),
                ("All is calm.", (), "ana"),
            ]
        told = [(x.what, x.subject, x.particulars) for x in lines(session)]
        assert told == [("paper blanked", f"paper {one.n}.{n}", {"sentences": 3}) for n in (2, 1)]
        assert verify(session).problems == ()


def test_a_journey_that_is_deleted_with_age_leaves_gaps(database: Database) -> None:
    with database.writing() as session:
        gone: Clearance = keep(session, clearance(("bridge", 2.0)))
        heard: CheckIn = keep(session, called(0, 2, f"clearances:{gone.n}"))
        rests = [
            Evidence(kind="clearance", id=str(gone.n), says="Convoy of two: cleared"),
            Evidence(kind="check_in", id=str(heard.n), says="well, taken by ana"),
        ]
        told = (Sentence(text=e.says, evidence=(e,)) for e in rests)
        one = keep_paper(session, *paper(*told))
        retention.delete_due(session, "Chief", T0 + timedelta(days=30))
    with database.reading() as session:
        (section,) = version_of(session, one.n, 1).sections
        assert {s.text[:11] for s in section.sentences} == {"[Erased on "}
        assert [s.evidence for s in section.sentences] == [(), ()]
