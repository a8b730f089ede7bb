"""Reports are cut into sentences whose offsets hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchfloor.parse import segment
from watchfloor.records import Report


def sentences(text: str) -> list[str]:
    page = segment(Report(id="r", text=text))
    return [text[s.start : s.end] for s in page.sentences]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("EXERCISE. Gen. Ali Daud met Mr. Brown. They talked.", 3),
        ("The U.S. Embassy closed at 5 p.m. on Monday. It reopened.", 2),
        ("He paid $1.5 million. No. 4 was missing.", 2),
        ("“We will stay,” he said. “Nobody leaves.” The crowd left.", 3),
        ("Was it a bomb? Nobody knows! The police came.", 3),
        ("J. K. Odera spoke.", 1),
    ],
)
def test_sentences_end_where_readers_say(text: str, count: int) -> None:
    assert len(sentences(text)) == count


def test_hard_wrapped_lines_are_one_sentence() -> None:
    text = (
        "The governor of the northern province said on Monday that three\n"
        "engineers had been taken from their car near the border town of\n"
        "Karu. He gave no names."
    )
    assert len(sentences(text)) == 2


def test_a_title_is_a_headline_and_its_lead_is_not() -> None:
    text = "Blast hits market in Karu\nA bomb went off in the market of Karu on Monday."
    page = segment(Report(id="r", text=text))
    assert [s.headline for s in page.sentences] == [True, False]


def test_the_dateline_is_no_part_of_the_first_sentence() -> None:
    page = segment(Report(id="r", text="KARU, 3 June (Northwire) - A bomb went off."))
    assert page.sentences[0].text == "A bomb went off."


def test_quotations_are_found_without_their_marks() -> None:
    text = 'He said: “We stay.” "They lie," she said.'
    page = segment(Report(id="r", text=text))
    assert [text[q.start : q.end] for q in page.quotations] == ["We stay.", "They lie,"]


def test_an_open_quotation_runs_to_the_end_of_its_line() -> None:
    text = "“We stay. We fight.\n“And we win,” he said."
    page = segment(Report(id="r", text=text))
    assert [q.closed for q in page.quotations] == [False, True]


@given(st.text(max_size=300))
def test_sentences_are_ordered_and_their_text_is_the_reports(text: str) -> None:
    page = segment(Report(id="r", text=text))
    ends = 0
    for sentence in page.sentences:
        assert ends <= sentence.start < sentence.end <= len(text)
        assert len(sentence.text) == sentence.end - sentence.start
        ends = sentence.end


@given(st.text(alphabet="ab .\n”", max_size=80), st.integers(0, 90))
def test_sentence_at_finds_the_sentence_that_holds_an_offset(text: str, offset: int) -> None:
    page = segment(Report(id="r", text=text))
    found = page.sentence_at(offset)
    assert found == next((s for s in page.sentences if s.start <= offset < s.end), None)


def test_a_line_break_inside_a_sentence_is_no_word_of_it() -> None:
    text = (
        "EXERCISE. Armed men shot dead the headmaster of the Karume school and eleven of her\n"
        "pupils on the road to the harbour, and burned two lorries of the Dockers'\n"
        "Alliance there.\n"
    )
    page = segment(Report(id="r", text=text))
    told = page.sentences[-1]
    assert "eleven of her pupils" in told.text
    assert text[told.start : told.end].replace("\n", " ") == told.text
