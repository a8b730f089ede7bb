"""docs/attribution.md shows the first case of every construction, word for word."""

import re
from pathlib import Path

import pytest
import yaml

HERE = Path(__file__).parent
PAGE = HERE.parents[1] / "docs" / "attribution.md"
GROUPS = yaml.safe_load((HERE / "chains.yaml").read_text(encoding="utf-8"))


def section(name: str) -> str:
    """The page's section on a construction, "" where there is none."""
    parts = re.split(r"^### (.+)$", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    found = dict(zip(parts[1::2], parts[2::2], strict=True))
    return found.get(name[0].upper() + name[1:], "")


@pytest.mark.parametrize("group", GROUPS, ids=[g["construction"] for g in GROUPS])
def test_the_page_shows_the_case_that_is_tested(group: dict) -> None:  # type: ignore[type-arg]
    text = section(group["construction"])
    first = group["cases"][0]
    quoted = "\n".join(m[1].strip() for m in re.finditer(r"^>(.*)$", text, re.MULTILINE))
    assert quoted == first["text"]
    chain = " ← ".join(first["chain"]) or "the report itself"
    assert f"`{first['of']}`: **{chain}**" in text


def test_the_page_knows_no_other_construction() -> None:
    shown = re.findall(r"^### (.+)$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(shown) == len(GROUPS)
