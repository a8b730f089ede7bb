"""What is only spoken of is no happening: telexes of our own, EXERCISE."""

from tests.conftest import Coder
from watchfloor.flow import explain_report
from watchfloor.records import Report
from watchfloor.settings import Settings

TALK = (
    "LIMA, 9 MAR 1991 (EXERCISE) -- [SPEECH] FELLOW CITIZENS, WE ALL KNOW THAT THE VIOLENCE "
    "MUST END. WE WANT A COUNTRY WHERE OUR CHILDREN CAN GROW UP, WHERE OUR FARMERS CAN SELL "
    "THEIR CROPS AND OUR SCHOOLS CAN OPEN THEIR DOORS. WE HAVE SPOKEN WITH THE CHURCH, WITH THE "
    "UNIONS AND WITH OUR FRIENDS ABROAD, AND ALL OF THEM AGREE WITH US. NEVER AGAIN SHOULD "
    "ANYONE THINK THAT TERRORISM AND MURDER COULD SOLVE OUR PROBLEMS. WHOEVER CHOOSES TERROR "
    "CHOOSES WRONGLY, AND WE MUST ANSWER KIDNAPPERS AND ASSASSINS WITH THE LAW. IF WE CONTINUE "
    "TO WORK TOGETHER, WE WILL ONE DAY LIVE WITHOUT WAR. THAT IS OUR PROMISE TO EVERY FAMILY, "
    "TO THOSE WHO HOPE AND TO THOSE WHO DOUBT."
)
TOLD = (
    "LIMA, 9 MAR 1991 (EXERCISE) -- GUERRILLAS YESTERDAY KILLED TWO POLICEMEN IN AYACUCHO WITH "
    "A BOMB THAT WAS HIDDEN UNDER A BRIDGE. THE ATTACK WAS CONFIRMED BY THE ARMY COMMAND."
)
FORCE = {"ASSAULT", "COERCE", "THREATEN"}


def test_a_speech_about_violence_tells_of_none(code: Coder) -> None:
    coded = code(TALK)
    assert not [e.trigger.text for e in coded.events if e.type in FORCE]


def test_an_attack_is_told(code: Coder) -> None:
    coded = code(TOLD)
    assert "ASSAULT" in {e.type for e in coded.events}
    assert [i.id for i in coded.incidents] == [f"i{n}" for n in range(1, len(coded.incidents) + 1)]
    assert {e.id for e in coded.events} == {e for i in coded.incidents for e in i.events}


def test_an_incident_names_the_body_whose_people_did_it(code: Coder) -> None:
    text = (
        "Members of the FMLN attacked a police post in San Miguel on Monday, killing two policemen."
    )
    coded = code(text)
    names = {a.id: a.name for a in coded.actors}
    doers = [p for i in coded.incidents for p in i.participants if p.role == "actor"]
    assert [p.text for p in doers] == ["Members of the FMLN", "the FMLN"]
    assert len({p.actor for p in doers}) == len(doers)
    assert all(p.text == text[p.start : p.end] for p in doers)
    assert all(names.get(p.actor or "") for p in doers)


def test_what_is_said_not_to_have_happened_is_told(code: Coder) -> None:
    text = (
        "LIMA, 9 MAR 1991 (EXERCISE) -- A LORRY DRIVER WHO ARRIVED IN HUANTA SAID THAT THE TOWN "
        "WAS CALM. THE POLICE DENIED THAT GUERRILLAS HAD ATTACKED THE BARRACKS OF THE TOWN."
    )
    assert "denied" in {e.status.value for e in code(text).events if e.type in FORCE}


def test_why_what_was_found_is_not_told_is_explained(rules_only: Settings) -> None:
    report = Report(id="r", text=TALK)
    notes = [n for n in explain_report(report, rules_only) if n.outcome == "left out"]
    found = [n for n in explain_report(report, rules_only) if n.outcome.startswith("coded")]
    assert {n.text for n in notes} <= {n.text for n in found}
    assert {n.rule for n in notes} == {"the report speaks of such acts at large and tells of none"}
