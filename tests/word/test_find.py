"""Claims: source, cue, content, chain."""

import pytest

from tests.conftest import Coder
from watchfloor.records import CodedReport
from watchfloor.word import in_words


def sources(coded: CodedReport) -> list[str]:
    return [c.source.text for c in coded.claims if c.source is not None]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("The bridge was blown up by rebels, the governor said.", "the governor"),
        ("According to witnesses, gunmen opened fire on the bus.", "witnesses"),
        ("Police said that two soldiers were killed in the blast.", "Police"),
        ("Officials confirmed on Monday that the camp had been shelled.", "Officials"),
    ],
)
def test_the_source_is_found(code: Coder, text: str, source: str) -> None:
    assert source in sources(code(text))


def test_an_event_is_on_the_word_of_the_one_who_told_it(code: Coder) -> None:
    coded = code("Two soldiers were killed in an ambush, the army said.")
    event = next(e for e in coded.events if e.type == "ASSAULT")
    assert in_words(coded.claims, event.claims) == "the army"


def test_the_reporters_own_prose_has_no_source(code: Coder) -> None:
    coded = code("The army said the road was safe. Gunmen later attacked a bus, killing two.")
    event = next(e for e in coded.events if e.type == "ASSAULT")
    assert event.claims == ()


def test_a_chain_is_told_outermost_first(code: Coder) -> None:
    coded = code(
        "Coast Radio has learnt that a delegation asked for more guards. Senior officials said "
        "that the ministry complained that gunmen had attacked two of its convoys."
    )
    attack = next(e for e in coded.events if e.type == "ASSAULT")
    chain = [c.source.text for c in coded.claims if c.id in attack.claims and c.source]
    assert "Senior officials" in chain


def test_a_denial_has_its_stance(code: Coder) -> None:
    coded = code("The company denied that its guards had shot a farmer.")
    assert [c.stance for c in coded.claims] == ["denies"]


def test_a_headline_with_a_colon_names_its_source(code: Coder) -> None:
    assert "Police" in sources(code("Police: two men held after market blast"))


def test_spans_hold(code: Coder) -> None:
    text = "“We stay,” the mayor said. A spokesman denied that shots were fired."
    for claim in code(text).claims:
        for span in (claim.source, claim.cue, *claim.content):
            if span is not None:
                assert text[span.start : span.end] == span.text
