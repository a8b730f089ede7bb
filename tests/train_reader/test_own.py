"""The annotation of our own training reports is looked up in their text, or refused."""

import sys
from pathlib import Path

import pytest

TOOLS = Path(__file__).parents[2] / "tools" / "train_reader"
sys.path.insert(0, str(TOOLS))

import own  # noqa: E402

REPORT = """
- id: x1
  published: 2031-05-06
  text: |
    Gunmen shot a guard in Lagos. A second guard was shot in Oyo, police said.
  events:
    - {t: %s, type: %s, actor: Gunmen, victim: guard, place: Lagos}
    - {t: "shot#2", type: ASSAULT, victim: guard, place: Oyo}
  claims:
    - {source: police, cue: said, content: A second ... in Oyo}
"""


def written(folder: Path, trigger: str = "shot", kind: str = "ASSAULT") -> list[dict]:
    (folder / "a.yaml").write_text(REPORT % (trigger, kind), encoding="utf-8")
    return list(own.load(folder))


def test_a_snippet_is_the_occurrence_nearest_to_its_trigger(tmp_path: Path) -> None:
    (row,) = written(tmp_path)
    first, second = row["events"]
    assert first["trigger"]["start"] < second["trigger"]["start"]
    victims = [e["participants"][-1] for e in (first, second)]
    assert [v["role"] for v in victims] == ["victim", "victim"]
    assert victims[0]["start"] < row["report"]["text"].index("second") < victims[1]["start"]
    assert row["claims"][0]["content"][0]["text"] == "A second guard was shot in Oyo"
    assert row["report"]["published"] == "2031-05-06"


@pytest.mark.parametrize(
    ("trigger", "kind", "complaint"),
    [
        ("stabbed", "ASSAULT", "stabbed"),
        ("hot", "ASSAULT", "whole words"),
        ('"shot#2"', "ASSAULT", "two events"),
        ("shot", "ATTACK", "ATTACK"),
    ],
)
def test_a_wrong_annotation_is_refused_by_name(
    tmp_path: Path, trigger: str, kind: str, complaint: str
) -> None:
    with pytest.raises(own.AnnotationError, match=rf"a\.yaml: x1: .*{complaint}"):
        written(tmp_path, trigger, kind)


def test_every_report_that_we_train_on_can_be_read() -> None:
    for row in own.load(own.FOLDER):
        text = row["report"]["text"]
        spans = [e["trigger"] for e in row["events"]] + [c["cue"] for c in row["claims"]]
        assert all(text[s["start"] : s["end"]] == s["text"] for s in spans)
