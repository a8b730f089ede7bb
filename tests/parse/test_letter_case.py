"""Case restoration keeps every offset and gives the parser ordinary prose."""

from hypothesis import given
from hypothesis import strategies as st

from watchfloor.parse import segment
from watchfloor.parse.letter_case import is_capitals, is_small, restore
from watchfloor.records import Report

TELEX = (
    "KARUME, 3 MAY 88 (RNA) -- [TEXT] THE PEOPLE'S HARBOUR FRONT (PHF) TODAY CLAIMED THE ATTACK "
    "ON THE POLICE STATION IN KARUME. THE UNITED STATES CONDEMNED THE REBELS' RAID AT 0400 GMT."
)


def test_a_telex_is_recognised_and_ordinary_prose_is_not() -> None:
    assert is_capitals(TELEX)
    assert not is_capitals("EXERCISE. The PHF today claimed the attack on a police station.")


def test_ordinary_words_become_lower_case_and_names_do_not() -> None:
    restored = restore(TELEX)
    assert "today claimed the attack on the police station in Karume." in restored
    assert "The United States condemned the rebels' raid" in restored


def test_abbreviations_keep_their_capitals() -> None:
    restored = restore(TELEX)
    assert "(PHF)" in restored
    assert "0400 GMT" in restored


def test_a_place_in_brackets_is_no_abbreviation() -> None:
    assert "(Peru)" in restore("LIMA (PERU) IS QUIET TODAY, THE POLICE OF PERU REPORTED.")


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=200))
def test_the_length_never_changes(text: str) -> None:
    assert len(restore(text)) == len(text)


@given(st.text(alphabet="ABCDEFGHIJKLMNOPQRSTUVWXYZ .,'()-\n", max_size=200))
def test_only_the_case_of_letters_changes(text: str) -> None:
    assert restore(text).upper() == text.upper()


def test_a_text_without_capitals_is_cut_into_sentences_too() -> None:
    text = "the police held two men in karumbe on monday. they had fired at a bus. " * 6
    page = segment(Report(id="r", text=text))
    assert len(page.sentences) == 12
    assert page.sentences[0].text == "The police held two men in Karumbe on Monday."


def test_a_foot_in_ordinary_case_hides_no_lost_capitals() -> None:
    text = "the police held two men in karumbe on monday. they had fired at a bus. " * 6
    page = segment(Report(id="r", text=f"{text}\n\nEXERCISE News Agency. All Rights Reserved."))
    assert page.sentences[0].text == "The police held two men in Karumbe on Monday."
    assert not is_small(f"{text.capitalize()} ".replace(". t", ". T"))


def test_the_first_word_of_a_wrapped_line_is_no_name() -> None:
    telex = (
        "[TEXT] TODAY'S EXERCISE: ARMED MEN STOPPED A PUBLIC\n"
        "BUS ON THE ROAD TO KARUME AND CUT THE CITY'S ELECTRICITY\n"
        "SUPPLY, THE POLICE SAID.\n\nPASSENGERS WALKED HOME."
    )
    restored = restore(telex)
    assert "a public\nbus on the road" in restored
    assert "electricity\nsupply" in restored
    assert "\n\nPassengers walked" in restored


def test_a_line_under_a_heading_begins_a_sentence() -> None:
    assert restore("EXERCISE: A RAID\nPOLICE HELD TWO MEN.").endswith("\nPolice held two men.")


def test_an_abbreviation_that_the_text_spells_out_keeps_its_capitals() -> None:
    telex = (
        "THE KADA [KARUME DOCKERS ALLIANCE] AND THE UNION OF NAVIGATING OFFICERS\n"
        "[UNOFI] DENIED IT. KADA AND UNOFI HAD MET BEFORE."
    )
    assert restore(telex).endswith("KADA and UNOFI had met before.")
