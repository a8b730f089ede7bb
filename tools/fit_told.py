"""Fit the weights by which an incident counts as told (`told` of merge_weights.yaml).

    python tools/fit_told.py --scorers FOLDER [--desk GOLD=CODED ...] GOLD=CODED ...

FOLDER holds the scorers of the gold sets (`muc4.py`, `score_desk.py`). The plain pairs are sets of
incident templates, the --desk ones reports annotated in full; CODED is what `watchfloor code`
prints for them while no incident is left out (`FAINTEST` at 0). An incident counts as told where
the scorer finds a partner for it. Prints, from folds over reports, how many of the told and of the
others stay at several thresholds; then the weights, as YAML.
"""

from __future__ import annotations

import argparse
import importlib
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import yaml
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from watchfloor.merge.mentions import of_coded
from watchfloor.merge.signs import signs
from watchfloor.merge.told import JUDGED
from watchfloor.records import CodedReport

#: Strength of the penalty (sklearn's C), and what a row weighs: the desk's own reports are few, and
#: an incident beside told ones may be a part of them that was not joined.
C, OF_DESK, BESIDE = 0.03, 3.0, 0.5
THRESHOLDS = (0.15, 0.2, 0.25, 0.3, 0.35, 0.4)
#: A sign that fewer incidents have is left out.
RARE = 10


@dataclass
class Row:
    """One incident: the set and report it is of, whether it is told, its weight, its features."""

    source: str
    report: str
    told: bool
    weight: float
    features: dict[str, float]


#: What makes rows of a gold file and a coded file.
Maker = Callable[[Path, Path], Iterator[Row]]


def command_line(name: str, about: str | None, of_templates: Maker, of_desk: Maker) -> None:
    """Fit the weights of a name to the pairs of files that the command line gives."""
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("sets", nargs="+", help="GOLD=CODED")
    parser.add_argument("--desk", action="append", default=[], help="GOLD=CODED")
    parser.add_argument("--scorers", type=Path, required=True)
    given = parser.parse_args()
    sys.path.insert(0, str(given.scorers))
    rows = [r for pair in given.sets for r in of_templates(*map(Path, pair.split("=")))]
    rows += [r for pair in given.desk for r in of_desk(*map(Path, pair.split("=")))]
    names = often(rows)
    held_out(rows, names)
    print(yaml.safe_dump({name: fit(rows, names)}), end="")


def read(gold: Path, coded: Path) -> Iterator[tuple[Any, CodedReport, Any]]:
    """Gold records with the coded report, as a record and as JSON."""
    with gold.open(encoding="utf-8") as lines:
        known = {record["id"]: record for record in map(json.loads, lines)}
    with coded.open(encoding="utf-8") as lines:
        for line in lines:
            report = msgspec.json.decode(line, type=CodedReport)
            if report.report.id in known:
                yield known[report.report.id], report, json.loads(line)


def rows_of(coded: CodedReport) -> dict[str, dict[str, float]]:
    """The features of each judged incident of a report, by its id."""
    text, facts = coded.report.text, of_coded(coded).facts
    events = {e.id: e for e in coded.events}
    return {
        i.id: signs(i.type, [(events[e], facts[e]) for e in i.events], text)
        for i in coded.incidents
        if i.type in JUDGED
    }


def of_templates(gold: Path, coded: Path) -> Iterator[Row]:
    """Incidents that answer a template, and those that answer none."""
    scorer = importlib.import_module("muc4")
    for record, report, raw in read(gold, coded):
        found = rows_of(report)
        keys = scorer.key_templates(record)
        mapper = scorer.ReportMapper(raw)
        made = [(i["id"], t) for i in raw["incidents"] if (t := mapper._template(i))]
        hit = {column for _, column in scorer.align(keys, [t for _, t in made])}
        for at, (name, _) in enumerate(made):
            if name in found:
                weight = BESIDE if keys and at not in hit else 1.0
                yield Row(str(coded), record["id"], at in hit, weight, found[name])


def of_desk(gold: Path, coded: Path) -> Iterator[Row]:
    """Incidents with an event that the annotators marked, and those without one."""
    scorer = importlib.import_module("score_desk")
    for record, report, raw in read(gold, coded):
        found = rows_of(report)
        marked = {e["id"] for _, e in scorer.align(record["events"], raw["events"], True)}
        for incident in raw["incidents"]:
            if incident["id"] in found:
                hit = bool(marked & set(incident["events"]))
                yield Row("desk", record["id"], hit, OF_DESK, found[incident["id"]])


def often(rows: Iterable[Row]) -> list[str]:
    """The signs that are not rare, in order."""
    seen = Counter(name for row in rows for name, value in row.features.items() if value)
    return sorted(name for name, times in seen.items() if times >= RARE)


def matrix(rows: Iterable[Row], names: list[str]) -> np.ndarray:
    """One line a row, one column a feature."""
    return np.array([[row.features.get(name, 0.0) for name in names] for row in rows])


def fit(rows: list[Row], names: list[str]) -> dict[str, float]:
    """Weights by sign, and the bias, by a logistic regression over signs of one spread."""
    given = matrix(rows, names)
    spread = given.std(axis=0) + 1e-6
    weight = np.array([r.weight for r in rows])
    model = LogisticRegression(C=C, max_iter=3000)
    model.fit(given / spread, np.array([r.told for r in rows]), sample_weight=weight)
    table = zip(names, model.coef_[0] / spread, strict=True)
    return {
        **{n: round(float(w), 2) for n, w in table},
        "bias": round(float(model.intercept_[0]), 2),
    }


def held_out(rows: list[Row], names: list[str], folds: int = 5) -> None:
    """Print the share of told and other incidents that stay, by weights fitted without them."""
    likely = np.zeros(len(rows))
    for train, test in GroupKFold(folds).split(rows, groups=[r.report for r in rows]):
        table = fit([rows[n] for n in train], names)
        odds = matrix([rows[n] for n in test], names) @ [table[n] for n in names] + table["bias"]
        likely[test] = 1 / (1 + np.exp(-odds))
    for source in sorted({r.source for r in rows}):
        for least in THRESHOLDS:
            stay = {
                told: np.mean([p >= least for p, r in zip(likely, rows, strict=True)
                               if r.source == source and r.told is told])
                for told in (True, False)
            }  # fmt: skip
            print(f"# {source} from {least:.2f}: told {stay[True]:.3f}, others {stay[False]:.3f}")


if __name__ == "__main__":
    command_line("told", __doc__, of_templates, of_desk)
