"""The parser forgets words that it will not need again, and finds the same."""

from importlib import resources

import msgspec
import pytest

from watchfloor.flow import code_reports
from watchfloor.parse import trees
from watchfloor.records import Report
from watchfloor.settings import Settings


@pytest.fixture
def reports() -> list[Report]:
    """EXERCISE reports, more than are parsed together, each with a name of its own."""
    text = (resources.files("watchfloor.data") / "exercise" / "past.jsonl").read_bytes()
    told = [msgspec.json.decode(line, type=Report) for line in text.splitlines()[:20]]
    return [
        msgspec.structs.replace(r, text=f"{r.text} Zobu{chr(97 + n)}ka Wechi saw it.")
        for n, r in enumerate(told)
    ]


def test_new_words_are_forgotten_and_what_is_found_is_the_same(
    reports: list[Report], rules_only: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = len(trees.load_parser().vocab.strings)
    monkeypatch.setattr(trees, "WORDS_KEPT", 0)
    forgetful = list(code_reports(reports, rules_only))
    assert len(trees.load_parser().vocab.strings) == before
    assert not trees.load_parser().get_pipe("lemmatizer").cache  # type: ignore[attr-defined]
    monkeypatch.undo()
    assert list(code_reports(reports, rules_only)) == forgetful
    assert len(trees.load_parser().vocab.strings) > before
    assert sum(len(coded.events) for coded in forgetful) > 10
