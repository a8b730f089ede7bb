"""Chains on reports of our own: on whose word an event stands, outermost source first."""

from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import Coder
from watchfloor.merge import published_by
from watchfloor.records import CodedReport, Event
from watchfloor.word import voices

CASES = Path(__file__).parent / "chains.yaml"
#: Share of the cases that must be right.
RIGHT = 0.85


@cache
def constructions() -> list[dict[str, Any]]:
    return list(yaml.safe_load(CASES.read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def answers(code: Coder) -> list[tuple[str, dict[str, Any], str]]:
    """Each case with its construction and what is wrong, "" where it is right."""
    return [
        (group["construction"], case, fault(code(case["text"]), case))
        for group in constructions()
        for case in group["cases"]
    ]


def fault(coded: CodedReport, case: dict[str, Any]) -> str:
    event = event_in(coded, case["of"])
    if event is None:
        return f"no event at {case['of']!r}"
    chain = [text.rstrip(",") for text in voices(coded.claims, event.claims)]
    if chain != case["chain"]:
        return f"{chain} instead of {case['chain']}"
    if "outlet" in case and list(published_by(coded)) != [case["outlet"]] * bool(case["outlet"]):
        return f"outlet {published_by(coded)} instead of {case['outlet']}"
    by_id = {claim.id: claim for claim in coded.claims}
    innermost = by_id[event.claims[0]] if event.claims else None
    for name, wanted in (("kinds", case.get("kinds")), ("stance", case.get("stance"))):
        said = innermost and (innermost.stance if name == "stance" else innermost.source.kind)
        if wanted and said != wanted:
            return f"{name} {said} instead of {wanted}"
    return ""


def event_in(coded: CodedReport, words: str) -> Event | None:
    """The event told by these words: by its trigger, else the nearest trigger of the sentence."""
    start = coded.report.text.index(words)
    here = [e for e in coded.events if e.sentence.start <= start < e.sentence.end]
    return min(here, key=lambda e: abs(e.trigger.start - start), default=None)


def test_most_chains_are_right(answers: list[tuple[str, dict[str, Any], str]]) -> None:
    assert len(answers) >= 180
    wrong = [f"{name}: {case['text']}\n    {what}" for name, case, what in answers if what]
    share = 1 - len(wrong) / len(answers)
    print(f"{share:.3f} of {len(answers)} right", *wrong, sep="\n")
    assert share >= RIGHT, "\n".join(wrong)


def test_the_reporters_own_prose_is_nobodys_word(
    answers: list[tuple[str, dict[str, Any], str]],
) -> None:
    own = [(case, what) for _, case, what in answers if not case["chain"]]
    assert len(own) >= 40
    assert not [case["text"] for case, what in own if " instead of []" in what]
