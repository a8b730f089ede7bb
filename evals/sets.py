"""Score the gold sets with the scorers that come with them, with bootstrap error bars."""

from __future__ import annotations

import importlib
import json
import random
import shlex
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

#: Resamples of a set for its error bar, and the seed they are drawn with.
RESAMPLES, SEED = 60, 20
#: Scorers too slow to be run sixty times, or whose gold cannot be resampled.
SLOW = frozenset({"merging", "claims", "muc4"})
#: How many times as many records a scorer takes as a limit says: few sentences hold an event whose
#: status is judged, and one happening must be told in several of the reports that are merged.
TIMES = {"status": 15, "merging": 5}
#: Reports that the speed is measured on; it is CPU time beside spaCy's in the same run.
TIMED = 24
DESK = ("desk_practice", "desk_news_a", "desk_news_b", "desk_news_c")


@dataclass
class Score:
    """One figure of one set; `low` and `high`, where drawn, bound 90 % of the resamples."""

    name: str
    value: float
    n: int
    low: float | None = None
    high: float | None = None
    references: list[tuple[str, float, str]] = field(default_factory=list)


def score_all(
    gold: Path, code: str, merge: str, limit: int, wanted: list[str], *, bars: bool
) -> list[Score]:
    """The headline figure of every wanted set, and every dimension of the desk's own gold."""
    sys.path.insert(0, str(gold))
    runner = importlib.import_module("run_all")
    scores = []
    for one in runner.find_sets([gold / "dev"], wanted):
        print(f"{one.name} …", file=sys.stderr, flush=True)
        scores.append(_score_set(runner, one, code, merge, limit, bars))
    if not wanted or "desk" in wanted:
        for name in DESK:
            scores += _score_desk(runner, gold / "dev" / name, code, merge)
    if not wanted or "speed" in wanted:
        scores.append(_speed())
    return scores


def _speed() -> Score:
    """How many times as fast as plain spaCy reports are coded, on the EXERCISE reports."""
    script = Path(__file__).parents[1] / "benchmarks" / "speed.py"
    command = [sys.executable, str(script), "--reports", str(TIMED)]
    ran = subprocess.run(command, check=True, capture_output=True, encoding="utf-8")
    return Score("speed:ratio_to_spacy", float(ran.stdout.split()[-1]), TIMED)


def _score_set(runner: Any, one: Any, code: str, merge: str, limit: int, bars: bool) -> Score:
    """The headline figure of one set; a set of merging is merged across its reports first."""
    scorer = runner.load_scorer(one.scorer)
    merging = one.scorer == "merging"
    records, most = runner.load_jsonl(one.path), limit * TIMES.get(one.scorer, 1)
    gold = records[: most or None] if merging else runner.thin(records, most or None)
    coded = runner.pipe(code, runner.reports_of(scorer, gold))
    merged = (runner.pipe(merge, coded),) if merging else ()

    def value(records: list[Any]) -> float:
        figures = runner.flatten(scorer.score(records, coded, *merged))
        return float(figures.get(one.headline or runner.first_f1(figures)) or 0.0)

    result = Score(
        f"{one.name}:{one.headline}", value(gold), len(gold),
        references=runner.REFERENCES.get(one.name, []),
    )  # fmt: skip
    if bars and one.scorer not in SLOW:
        rng = random.Random(SEED)
        drawn = sorted(value(rng.choices(gold, k=len(gold))) for _ in range(RESAMPLES))
        result.low, result.high = drawn[RESAMPLES // 20], drawn[-RESAMPLES // 20 - 1]
    return result


def _score_desk(runner: Any, folder: Path, code: str, merge: str) -> list[Score]:
    """All dimensions of one desk set; incidents are merged where the set has clusters."""
    desk = importlib.import_module("score_desk")
    coded = runner.pipe(code, runner.load_jsonl(folder / "reports.jsonl"))
    merged = alerts = None
    clusters = folder / "cluster_reports.jsonl"
    if clusters.is_file():
        merged = runner.pipe(merge, runner.pipe(code, runner.load_jsonl(clusters)))
        alerts = _alerts(code, folder)
    scores = desk.score_all(folder, coded, merged, alerts)
    return [
        Score(f"{folder.name}:{name}", score.value, len(coded))
        for name, score in scores.items()
        if score.value is not None
    ]


def _alerts(code: str, folder: Path) -> list[Any]:
    """The alerts of the practice register over all of its reports."""
    program = shlex.split(code)[0]
    files = [str(folder / "reports.jsonl"), str(folder / "cluster_reports.jsonl")]
    command = [
        program.strip("'"),
        "watch",
        "--register",
        str(folder / "register"),
        "--format",
        "jsonl",
    ]
    done = subprocess.run([*command, *files], check=True, capture_output=True, encoding="utf-8")
    return [json.loads(line) for line in done.stdout.splitlines() if line.strip()]
