"""Who only stands near the words of an attack has no part in it: telexes of our own, EXERCISE."""

from tests.conftest import Coder
from watchfloor.merge import mentions_of, partaking
from watchfloor.records import CodedReport

TELEX = (
    "AYACUCHO, 9 MAR 1991 (EXERCISE) -- GUNMEN TODAY MURDERED MAYOR RAUL QUISPE AND HIS DRIVER IN "
    "HUANTA. THE GUNMEN FIRED ON THE MAYOR'S CAR FROM A TRUCK, POLICE SAID. THEY SAID THAT ANOTHER "
    "MAN WAS TAKEN TO THE HOSPITAL. QUISPE HAD BEEN MAYOR FOR TWO YEARS."
)
NEWS = "EXERCISE. Gunmen killed five drivers and two guards near the depot in Goma on Monday."


def texts(report: CodedReport) -> set[tuple[str, str]]:
    return {(p.role.value, p.text) for i in report.incidents for p in i.participants}


def test_those_named_as_doers_and_dead_have_a_part(code: Coder) -> None:
    found = texts(code(NEWS))
    assert {("actor", "Gunmen"), ("victim", "five drivers"), ("victim", "two guards")} <= found


def test_the_murdered_have_a_part_in_a_telex(code: Coder) -> None:
    report = code(TELEX)
    said = {text for _, text in texts(report)}
    assert any("RAUL QUISPE" in text for text in said)
    assert "GUNMEN" in said


def test_an_incident_names_nobody_whom_none_of_its_events_names(code: Coder) -> None:
    report = code(TELEX)
    told = {e.id: e for e in report.events}
    for incident in report.incidents:
        named = {(p.role, p.actor) for e in incident.events for p in told[e].participants}
        own = {(p.role, p.actor) for p in incident.participants}
        assert own <= named


def test_who_has_a_part_keeps_it_when_asked_again(code: Coder) -> None:
    report = code(NEWS)
    again, events = partaking(
        report.incidents,
        mentions_of(report.events, report.claims, report.places, report.actors, report.report.text),
    )
    assert again == report.incidents
    assert events == report.events
