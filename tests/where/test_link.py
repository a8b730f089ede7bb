"""The place of an event: read in its clause, carried over by the telling, or the dateline's."""

from collections.abc import Callable

from tests.conftest import only
from watchfloor.records import CodedReport, Event

Coder = Callable[..., CodedReport]


def place(coded: CodedReport, event: Event) -> tuple[str, str] | None:
    if event.place is None:
        return None
    named = {p.id: p.text for p in coded.places}
    return named[event.place.place], event.place.basis


def test_the_place_of_the_clause_comes_first(code: Coder) -> None:
    coded = code("EXERCISE. Gunmen from Libya killed two guards in Agadez on Monday.")
    assert place(coded, only(coded, "ASSAULT")) == ("Agadez", "clause")


def test_what_is_told_next_happened_where_the_telling_is(code: Coder) -> None:
    coded = code(
        "EXERCISE. A bomb exploded at a market in Herat on Monday, killing four people. "
        "Police arrested two men after the blast."
    )
    found = {place(coded, event) for event in coded.events}
    assert {name for name, _ in filter(None, found)} == {"Herat"} and None not in found


def test_a_village_that_nobody_knows_lies_in_the_area_that_the_text_names(code: Coder) -> None:
    coded = code("EXERCISE. Gunmen killed two guards in Zorrelby, Zabul Province, on Monday.")
    (village,) = [p for p in coded.places if p.text.startswith("Zorrelby")]
    assert village.gazetteer_id is None
    assert (village.kind, village.country) == ("province", "AFG")


def test_a_dateline_serves_where_nothing_else_is_named(code: Coder) -> None:
    coded = code("NIAMEY, Niger, June 3 (ANP) - Gunmen killed two guards on Monday, police said.")
    assert place(coded, only(coded, "ASSAULT")) == ("NIAMEY", "dateline")


def test_a_visit_happens_where_it_is_paid(code: Coder) -> None:
    coded = code("EXERCISE. A military delegation of Pakistan visited China on Monday.")
    visit = next(e for e in coded.events if e.type == "CONSULT")
    place = next(p for p in coded.places if visit.place and p.id == visit.place.place)
    assert place.country == "CHN"
