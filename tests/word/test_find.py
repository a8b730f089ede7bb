"""Claims: source, cue, content, chain."""

import pytest

from tests.conftest import Coder
from watchfloor.merge import published_by
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


def test_voiced_concern_is_a_link_of_the_chain(code: Coder) -> None:
    """EXERCISE: an outlet, unnamed sources and a third party, over two sentences."""
    coded = code(
        "An envoy has asked for guards at the port, Coast Television has learnt.\n\nTop military "
        "sources said that Danish authorities voiced concern about the safety of the crews."
    )
    by_id = {c.id: c for c in coded.claims}
    inner = next(c for c in coded.claims if c.source and c.source.text == "Danish authorities")
    middle = by_id[inner.parent or ""]
    outer = by_id[middle.parent or ""]
    named = [c.source.text for c in (outer, middle, inner) if c.source]
    assert named == ["Coast Television", "Top military sources", "Danish authorities"]


def test_a_press_release_keeps_its_speaker_over_its_sentences(code: Coder) -> None:
    coded = code(
        "“A patrol left at noon. It met the elders of the valley. Both sides agreed to open the "
        "road on Friday,” said the Border Guard, the coast's armed police, in a press release."
    )
    spoken = [c for c in coded.claims if c.source and "Border Guard" in c.source.text]
    assert [c.quotation for c in spoken] == ["direct"]
    assert spoken[0].content[0].text.lstrip("“").startswith("A patrol left")
    assert "open the road on Friday" in spoken[0].content[-1].text


def test_the_chain_in_words_begins_with_the_outlet(code: Coder) -> None:
    coded = code("Two soldiers were killed in an ambush, the army said.", outlet="Coast Daily")
    event = next(e for e in coded.events if e.type == "ASSAULT")
    assert (
        in_words(coded.claims, event.claims, published_by(coded)) == "Coast Daily, citing the army"
    )
    wired = code("PORT SUR, 3 May (Northwire) - Two soldiers were killed, the army said.")
    assert published_by(wired) == ("Northwire",)


def test_he_is_whom_the_reporter_named_last_not_the_last_speaker(code: Coder) -> None:
    coded = code(
        "EXERCISE. The governor of Tarsa said on Monday that two bridges had been closed. The "
        "rebels' envoy, Idris Bello, came to the town at noon. Asked who had shot the herders, he "
        "said soldiers had fired on them."
    )
    said = next(c for c in coded.claims if c.source and c.source.text == "he")
    assert said.source is not None
    assert said.source.same_as is None


def test_who_is_quoted_as_saying_is_passed_on_by_the_quoter(code: Coder) -> None:
    coded = code(
        "EXERCISE. The Tarsa Daily quoted the mayor as saying that gunmen had attacked the mill."
    )
    paper, mayor = sorted(coded.claims, key=lambda c: c.source.start if c.source else 0)
    assert mayor.parent == paper.id


@pytest.mark.parametrize(
    "text",
    [
        "No group has claimed responsibility for the blast in Goma.",
        "No one immediately claimed responsibility for the blast in Goma.",
        "Neither the army nor the rebels said who had shelled the market in Goma.",
        "The embassy would neither confirm nor deny the blast in Goma.",
    ],
)
def test_what_nobody_says_is_no_claim(code: Coder, text: str) -> None:
    assert code(f"EXERCISE. A blast killed two in Goma. {text}").claims == ()


def test_no_fewer_than_three_are_somebody(code: Coder) -> None:
    coded = code("No fewer than three witnesses said that rebels had shelled the market in Goma.")
    assert [s.lower() for s in sources(coded)] == ["no fewer than three witnesses"]
