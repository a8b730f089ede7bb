"""Which mentions of a report are one happening, and what harm each did: our own reports, EXERCISE.

`happenings.yaml` says by hand what is right. The acid tests are a roundup of several attacks and
one attack told five times; the rest is held to floors, since no reader is always right.
"""

from __future__ import annotations

from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import Coder
from watchfloor.records import CodedReport, Count, Incident

ROWS = {
    row["name"]: row
    for row in yaml.safe_load((Path(__file__).parent / "happenings.yaml").read_text("utf-8"))
}
FIELDS = ("killed", "injured", "abducted", "arrested")
#: Floors, over all reports: of the pairs that are joined, how many rightly; of those to be joined,
#: how many are; of the numbers that the table gives, how many are right.
PRECISION, RECALL, HARM = 0.75, 0.75, 0.75


class Told:
    """A coded report beside the table's row: `mentions` are events by the happening they tell."""

    def __init__(self, row: dict[str, Any], coded: CodedReport) -> None:
        self.row, self.incidents = row, coded.incidents
        text = coded.report.text
        spans = [
            (text.index(words), text.index(words) + len(words), number)
            for number, happening in enumerate(row["happenings"])
            for words in happening["told"]
        ]
        self.mentions = {
            e.id: number
            for start, end, number in reversed(spans)
            for e in coded.events
            if start < e.trigger.end and e.trigger.start < end
        }
        self.incident = {e: i.id for i in coded.incidents for e in i.events}

    def pairs(self) -> list[tuple[bool, bool]]:
        """For each two mentions, whether they are joined and whether they should be."""
        return [
            (self.incident[a] == self.incident[b], self.mentions[a] == self.mentions[b])
            for a, b in combinations(self.mentions, 2)
        ]

    def of(self, number: int) -> list[Incident]:
        """The incidents that hold a mention of a happening."""
        held = {self.incident[e] for e, n in self.mentions.items() if n == number}
        return [i for i in self.incidents if i.id in held]

    def harm(self) -> list[bool]:
        """For each number that the table gives, whether one incident alone gives it too."""
        said = []
        for number, happening in enumerate(self.row["happenings"]):
            for field, want in happening["harm"].items():
                found = [c for i in self.of(number) if (c := getattr(i.harm, field)) is not None]
                wanted = want if isinstance(want, list) else [want]
                said.append(len(found) == 1 and _number(found[0]) in wanted)
        return said


def _number(count: Count) -> int | None:
    return count.low if count.low is not None else count.high


@pytest.fixture(scope="module")
def told(code: Coder) -> dict[str, Told]:
    return {
        name: Told(row, code(row["text"], published=row["published"])) for name, row in ROWS.items()
    }


def test_each_attack_of_a_roundup_is_its_own_with_its_own_harm(told: dict[str, Told]) -> None:
    roundup = told["a roundup of one day"]
    assert len(set(roundup.mentions.values())) == 4
    assert roundup.pairs()
    assert all(joined == one for joined, one in roundup.pairs())
    assert all(roundup.harm())


def test_one_attack_told_five_times_is_one(told: dict[str, Told]) -> None:
    again = told["one attack told five times"]
    assert len(again.mentions) >= 5
    assert all(joined for joined, _ in again.pairs())
    assert all(again.harm())


def test_over_all_reports_mentions_are_joined_and_harm_is_right(told: dict[str, Told]) -> None:
    pairs = [pair for one in told.values() for pair in one.pairs()]
    right = sum(joined and one for joined, one in pairs)
    assert right >= PRECISION * sum(joined for joined, _ in pairs)
    assert right >= RECALL * sum(one for _, one in pairs)
    harm = [right for one in told.values() for right in one.harm()]
    assert sum(harm) >= HARM * len(harm)
