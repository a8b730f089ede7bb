"""Fit the weights by which mentions in one report are joined (`within` of merge_weights.yaml).

    python tools/fit_merging.py --print | watchfloor code --format jsonl - > own.jsonl
    python tools/fit_merging.py --happenings own.jsonl [--templates GOLD=CODED] GOLD=CODED ...

CODED is what `watchfloor code` prints for a set of reports. The plain pairs are annotated reports
whose incidents list their events; --happenings are our own (`tools/joins/happenings.txt`, which
--print prints as reports); --templates are incident templates: two mentions of what they name are
of one happening or of two. Each pair of coded events that the gold knows is a row. A feature that
can only speak for one happening, or only against it, is kept from doing the other.

What the reader's training leaves out is left out here too. Prints precision, recall and F1 over
pairs after clustering, each report scored by weights fitted without it, for several shifts of the
bias; then the weights, as YAML.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from math import sqrt
from pathlib import Path
from typing import Any
from zlib import crc32

import msgspec
import numpy as np
import yaml
from scipy.optimize import minimize

from watchfloor.merge.alike_within import within_features
from watchfloor.merge.cluster import average_link
from watchfloor.merge.mentions import of_coded
from watchfloor.merge.within import NEVER
from watchfloor.records import CodedReport, Event

HAPPENINGS = Path(__file__).parent / "joins" / "happenings.txt"
#: Strength of the penalty on weights, as sklearn's C; what a row of a template weighs, since it
#: knows only mentions that name whom they hit.
C, OF_TEMPLATE = 0.3, 0.15
#: Shifts of the bias that are tried.
SHIFTS = (0.0, 0.1, 0.2, 0.4)
FOR = frozenset(
    "type_same mode_same word_same lead next_sentence definite points_back given back_to_it "
    "same_stretch place_same_own place_same_half place_near_half day_same_own day_same_half "
    "hit_same names_shared harm_same".split()
)
AGAINST = frozenset(
    "mode_other plural far_violent brings_new back_to_other apart opens_with_place turned turns "
    "doer_comes_in hit_comes_in place_other_own place_other_half day_other_own day_other_half "
    "period status_other planned_real background_other doer_other hit_other hit_kind_other "
    "hits_back means_other harm_other harm_kept_apart".split()
)
#: Slots of a template that name whom or what it hit.
HIT = ("PHYS TGT: ID", "HUM TGT: NAME", "HUM TGT: DESCRIPTION")
SUFFERERS = frozenset({"victim", "target", "recipient"})

Spans = Sequence[tuple[int, int, str]]


@dataclass
class Marked:
    """A report: its mentions, the happening of each that the gold knows, rows of pairs, weight."""

    order: list[str]
    happening: dict[str, str]
    rows: dict[tuple[str, str], dict[str, float]] = field(repr=False)
    weight: float = 1.0

    @property
    def known(self) -> list[tuple[str, str]]:
        """The pairs of which the gold knows whether they are one happening."""
        return [k for k in self.rows if k[0] in self.happening and k[1] in self.happening]


def main() -> None:
    """The command line; see the module docstring."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="*", help="GOLD.jsonl=CODED.jsonl")
    parser.add_argument("--happenings", type=Path, help="our own reports, coded")
    parser.add_argument("--templates", action="append", default=[], help="GOLD=CODED")
    parser.add_argument("--print", action="store_true", help="print our own reports and stop")
    parser.add_argument("--folds", type=int, default=6)
    parser.add_argument("--bias", type=float, default=0.1, help="shift of the bias that is printed")
    given = parser.parse_args()
    if given.print:
        for name, day, text, _ in own():
            print(json.dumps({"id": name, "published": day, "text": text}))
        return
    marked = [m for pair in given.sets for m in of_desk(*map(Path, pair.split("=")))]
    if given.happenings:
        marked += of_own(given.happenings)
    templates = [m for pair in given.templates for m in of_templates(*map(Path, pair.split("=")))]
    names = sorted({n for m in (*marked, *templates) for row in m.rows.values() for n in row})
    held_out(marked, templates, names, given.folds)
    table = fit([*marked, *templates], names)
    table["bias"] += given.bias
    rounded = {name: round(w, 2) for name, w in table.items() if round(w, 2)}
    print(yaml.safe_dump({"within": rounded}), end="")


def own() -> Iterator[tuple[str, str, str, Spans]]:
    """Our own reports: name, day, text and the spans of the marked words with their happening."""
    written = HAPPENINGS.read_text(encoding="utf-8").split("\n\n")
    for number, paragraph in enumerate(p.strip() for p in written if not p.startswith("#")):
        day, marked = paragraph.split(" | ", 1)
        text, spans = "", []
        for happening, words, other in re.findall(r"\[(\d+) ([^\]]+)\]|([^\[]+)", marked):
            if happening:
                spans.append((len(text), len(text) + len(words), happening))
            text += words or other
        yield f"own-{number}", day, text, spans


def coded(path: Path) -> Iterator[CodedReport]:
    """The coded reports of a file."""
    with path.open("rb") as lines:
        for line in lines:
            yield msgspec.json.decode(line, type=CodedReport)


def of_own(path: Path) -> Iterator[Marked]:
    """Our own reports with the happenings that are marked in them."""
    spans = {name: marks for name, _, _, marks in own()}
    for report in coded(path):
        yield marked_up(report, by_trigger(report, spans[report.report.id]))


def of_desk(gold: Path, path: Path) -> Iterator[Marked]:
    """Annotated reports with the incidents of the gold."""
    records = gold_records(gold)
    for report in coded(path):
        record = records.get(report.report.id)
        if record and crc32(report.report.id.encode()) % 8:
            inside = {e: i["id"] for i in record["incidents"] for e in i["events"]}
            spans = [
                (e["trigger"]["start"], e["trigger"]["end"], inside.get(e["id"], e["id"]))
                for e in record["events"]
            ]
            yield marked_up(report, by_trigger(report, spans))


def of_templates(gold: Path, path: Path) -> Iterator[Marked]:
    """Reports with those of their events that name what one template alone names."""
    records = gold_records(gold)
    for report in coded(path):
        named: dict[str, set[str]] = {}
        for number, template in enumerate(records[report.report.id]["templates"]):
            fills = [f for s in HIT for f in template["slots"].get(s, [])]
            for said in (a for f in fills for a in f.get("alternatives") or []):
                named.setdefault(plain(said["string"]), set()).add(str(number))
        only = {words: min(which) for words, which in named.items() if len(which) == 1}
        hits = {e.id: {n for w, n in only.items() if _names(e, w)} for e in report.events}
        yield marked_up(report, {e: min(n) for e, n in hits.items() if len(n) == 1}, OF_TEMPLATE)


def _names(event: Event, words: str) -> bool:
    """Whether an event hit what words name, or a part of it long enough to be no chance."""
    said = [plain(p.text) for p in event.participants if p.role in SUFFERERS]
    return any(s == words or (len(words) > 5 and words in s) or (len(s) > 8 and s in words)
               for s in said)  # fmt: skip


def plain(words: str) -> str:
    """Words in one case, with single spaces."""
    return " ".join(words.upper().split())


def gold_records(path: Path) -> dict[str, Any]:
    """The records of a gold file, by the report's id."""
    with path.open(encoding="utf-8") as lines:
        return {record["id"]: record for record in map(json.loads, lines)}


def by_trigger(report: CodedReport, spans: Spans) -> dict[str, str]:
    """The happening of each event whose trigger stands in marked words."""
    found = {}
    for event in report.events:
        hits = [h for start, end, h in spans
                if start < event.trigger.end and event.trigger.start < end]  # fmt: skip
        if hits:
            found[event.id] = hits[0]
    return found


def marked_up(report: CodedReport, happening: dict[str, str], weight: float = 1.0) -> Marked:
    """A report with the rows of its pairs."""
    mentions = of_coded(report)
    order = [e.id for e in mentions.events]
    rows = {
        (one, two): within_features(mentions, one, two)
        for one, two in combinations(order, 2)
        if mentions.facts[two].type in mentions.facts[one].families
    }
    return Marked(order, happening, rows, weight)


def fit(marked: Iterable[Marked], names: list[str]) -> dict[str, float]:
    """Weights by feature and the bias, from the rows of these reports; each within its bounds."""
    lines, said, weight = [], [], []
    for m in marked:
        for one, two in m.known:
            lines.append([m.rows[one, two].get(name, 0.0) for name in names])
            said.append(1.0 if m.happening[one] == m.happening[two] else -1.0)
            weight.append(m.weight / sqrt(len(m.known)))
    given, sign = np.array(lines), np.array(said)
    share = C * np.array(weight) * len(weight) / sum(weight)

    def loss(at: np.ndarray) -> tuple[float, np.ndarray]:
        odds = (given @ at[:-1] + at[-1]) * sign
        pull = -share * sign / (1 + np.exp(np.clip(odds, -500, 500)))
        worth = (share * np.logaddexp(0, -odds)).sum() + 0.5 * (at[:-1] ** 2).sum()
        return float(worth), np.append(given.T @ pull + at[:-1], pull.sum())

    bounds = [(0 if n in FOR else None, 0 if n in AGAINST else None) for n in names]
    best = minimize(loss, np.zeros(len(names) + 1), jac=True, bounds=[*bounds, (None, None)])
    return {name: float(w) for name, w in zip([*names, "bias"], best.x, strict=True)}


def held_out(marked: list[Marked], templates: list[Marked], names: list[str], folds: int) -> None:
    """Print pairwise figures by shift of the bias, each report by weights fitted without it."""
    counts = {shift: [0, 0, 0] for shift in SHIFTS}
    for fold in range(folds):
        table = fit([*(m for n, m in enumerate(marked) if n % folds != fold), *templates], names)
        for shift in SHIFTS:
            for m in marked[fold::folds]:
                for k, count in enumerate(judged(m, table, shift)):
                    counts[shift][k] += count
    for shift, (right, joined, wanted) in counts.items():
        precision, recall = right / max(1, joined), right / max(1, wanted)
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        print(f"# bias {shift:+.2f}  precision {precision:.3f}  recall {recall:.3f}  F1 {f1:.3f}")


def judged(m: Marked, table: Mapping[str, float], shift: float) -> tuple[int, int, int]:
    """Pairs joined rightly, joined at all, and to be joined, after clustering."""
    odds = {
        pair: sum(v * table[n] for n, v in row.items()) + table["bias"] + shift
        for pair, row in m.rows.items()
    }
    group = {e: n for n, g in enumerate(average_link(m.order, odds, NEVER)) for e in g}
    said = [
        (group[a] == group[b], m.happening[a] == m.happening[b])
        for a, b in combinations(m.happening, 2)
    ]
    return sum(j and t for j, t in said), sum(j for j, _ in said), sum(t for _, t in said)


if __name__ == "__main__":
    main()
