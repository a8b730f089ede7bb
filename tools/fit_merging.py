"""Fit the weights by which mentions in one report are joined (`within` of merge_weights.yaml).

    python tools/fit_merging.py [--folds 8] [--bias 0.4] GOLD.jsonl=CODED.jsonl ...

GOLD is a set of annotated reports, whose incidents list their events; CODED is what
`watchfloor code` prints for them. Each pair of coded events that both have a partner in the
gold is a row. Prints precision, recall and F1 over pairs after clustering, each report scored by
weights fitted without it, for several shifts of the bias; then the weights, as YAML.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from math import sqrt
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import yaml
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from watchfloor.merge.alike_within import within_features
from watchfloor.merge.cluster import average_link
from watchfloor.merge.mentions import of_coded
from watchfloor.merge.within import NEVER
from watchfloor.records import CodedReport

#: Strength of the penalty on weights (sklearn's C), chosen over .03 .1 .3 1 by held-out F1.
C = 0.3
#: Shifts of the bias that are tried.
SHIFTS = (0.0, 0.25, 0.4, 0.5)


@dataclass
class Marked:
    """A report: the ids of its events that the gold knows, their clusters, and rows of pairs."""

    cluster: dict[str, str]
    rows: dict[tuple[str, str], dict[str, float]]


def main() -> None:
    """The command line; see the module docstring."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="+", help="GOLD.jsonl=CODED.jsonl")
    parser.add_argument("--folds", type=int, default=8)
    parser.add_argument("--bias", type=float, default=0.4, help="shift of the bias that is printed")
    given = parser.parse_args()
    marked = [m for pair in given.sets for m in read(*map(Path, pair.split("=")))]
    names = sorted({name for m in marked for row in m.rows.values() for name in row})
    held_out(marked, names, given.folds)
    table = fit(marked, names)
    table["bias"] = round(table["bias"] + given.bias, 2)
    print(yaml.safe_dump({"within": {k: v for k, v in table.items() if v}}), end="")


def read(gold: Path, coded: Path) -> Iterable[Marked]:
    """The reports of a set, with the rows of their pairs."""
    known = {}
    with coded.open("rb") as lines:
        for line in lines:
            report = msgspec.json.decode(line, type=CodedReport)
            known[report.report.id] = report
    with gold.open(encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            if record["id"] in known:
                yield marked_up(record, known[record["id"]])


def marked_up(gold: Mapping[str, Any], coded: CodedReport) -> Marked:
    """A coded report with the cluster of every event that overlaps a gold trigger."""
    clusters = list(_triggers(gold))
    cluster = {}
    for event in coded.events:
        hits = [c for start, end, c in clusters
                if start < event.trigger.end and event.trigger.start < end]  # fmt: skip
        if hits:
            cluster[event.id] = hits[0]
    facts = of_coded(coded).facts
    rows = {
        (one, two): within_features(facts[one], facts[two])
        for one, two in combinations(cluster, 2)
        if facts[two].type in facts[one].families
    }
    return Marked(cluster, rows)


def _triggers(gold: Mapping[str, Any]) -> Iterable[tuple[int, int, str]]:
    inside = {e: i["id"] for i in gold["incidents"] for e in i["events"]}
    for event in gold["events"]:
        trigger = event["trigger"]
        yield trigger["start"], trigger["end"], inside.get(event["id"], f"alone {event['id']}")


def fit(marked: Iterable[Marked], names: list[str]) -> dict[str, float]:
    """Weights by feature and the bias, from the rows of these reports."""
    lines, said, weight = [], [], []
    for m in marked:
        for (one, two), row in m.rows.items():
            lines.append([row.get(name, 0.0) for name in names])
            said.append(m.cluster[one] == m.cluster[two])
            weight.append(1 / sqrt(len(m.rows)))
    model = LogisticRegression(C=C, max_iter=2000)
    scale = len(weight) / sum(weight)
    model.fit(np.array(lines), np.array(said), sample_weight=np.array(weight) * scale)
    table = {n: round(float(w), 2) for n, w in zip(names, model.coef_[0], strict=True)}
    return {**table, "bias": round(float(model.intercept_[0]), 2)}


def held_out(marked: list[Marked], names: list[str], folds: int) -> None:
    """Print pairwise figures by shift of the bias, each report by weights fitted without it."""
    counts = {shift: [0, 0, 0] for shift in SHIFTS}
    groups = list(range(len(marked)))
    for train, test in GroupKFold(folds).split(groups, groups=groups):
        table = fit([marked[n] for n in train], names)
        for shift in SHIFTS:
            for n in test:
                for k, count in enumerate(judged(marked[n], table, shift)):
                    counts[shift][k] += count
    for shift, (right, joined, wanted) in counts.items():
        precision, recall = right / max(1, joined), right / max(1, wanted)
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        print(f"# bias {shift:+.2f}  precision {precision:.3f}  recall {recall:.3f}  F1 {f1:.3f}")


def judged(m: Marked, table: Mapping[str, float], shift: float) -> tuple[int, int, int]:
    """Pairs joined rightly, joined at all, and to be joined, after clustering."""
    odds = {
        pair: sum(v * table.get(n, 0.0) for n, v in row.items()) + table["bias"] + shift
        for pair, row in m.rows.items()
    }
    group = {e: n for n, g in enumerate(average_link(list(m.cluster), odds, NEVER)) for e in g}
    pairs = list(combinations(m.cluster, 2))
    said = [(group[a] == group[b], m.cluster[a] == m.cluster[b]) for a, b in pairs]
    return sum(j and t for j, t in said), sum(j for j, _ in said), sum(t for _, t in said)


if __name__ == "__main__":
    main()
