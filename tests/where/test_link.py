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


def test_a_country_that_says_whose_a_thing_is_is_not_where_it_happened(code: Coder) -> None:
    coded = code(
        "EXERCISE. A plane of the U.S. Fisheries Administration crashed near Uchiza, Peru, killing"
        " five people."
    )
    assert {place(coded, e) for e in coded.events if e.place} == {("Uchiza", "clause")}


def test_a_village_that_no_gazetteer_knows_is_the_place_before_the_dateline(code: Coder) -> None:
    coded = code(
        "KABUL, June 3 (EXR) - Gunmen killed two guards in the village of Zorrelby on Monday,"
        " police said."
    )
    (village,) = [p for p in coded.places if p.text == "Zorrelby"]
    assert (village.lat, village.gazetteer_id) == (None, None)
    assert place(coded, only(coded, "ASSAULT")) == ("Zorrelby", "clause")


def test_a_building_lies_in_the_town_that_the_text_puts_it_in(code: Coder) -> None:
    coded = code(
        "EXERCISE. A bomb exploded at the Bombay Zorrel restaurant in Mississauga, Canada, wounding"
        " 15 people."
    )
    where = only(coded, "ASSAULT").place
    assert where is not None
    (found,) = [p for p in coded.places if p.id == where.place]
    assert (found.country, found.admin1) == ("CAN", "Ontario")


def test_a_province_gives_way_to_the_one_town_that_the_same_happening_names(code: Coder) -> None:
    coded = code(
        "EXERCISE. A bomb killed three people in Nineveh province on Monday, police said. The bomb"
        " exploded at a market in Mosul on Monday, killing three people."
    )
    assert {place(coded, e) for e in coded.events if e.type == "ASSAULT"} <= {
        ("Mosul", "report"), ("Mosul", "clause"),
    }  # fmt: skip


def test_a_country_that_the_clause_names_stays_the_events_place(code: Coder) -> None:
    coded = code(
        "EXERCISE. A bomb killed three people in Iraq on Monday. The blast in Mosul hit a market."
    )
    assert ("Iraq", "clause") in {place(coded, e) for e in coded.events}


def test_a_town_that_is_stormed_is_where_it_happened(code: Coder) -> None:
    coded = code("EXERCISE. Rebels stormed Birao on Monday and killed two guards.")
    assert ("Birao", "clause") in {place(coded, e) for e in coded.events}
