"""Attacks by month beside how much was reported at all: a backfill's folder -> an SVG.

    watchfloor backfill corpus/ --out coded
    python examples/attacks_by_month.py coded attacks.svg [--country PAK]

The upper panel counts incidents of ASSAULT by the month in which they happened, the lower the
reports of the corpus by the month in which they were published. A month with few reports says
little: its bar is drawn hollow where it has fewer than a quarter of the median month's.
"""

from __future__ import annotations

import argparse
import statistics
from collections.abc import Mapping
from html import escape
from pathlib import Path

from watchfloor.scale import Answers, Asked, Storage

WIDTH, PANEL, MARGIN = 900, 180, 50


def by_month(answers: Answers, countries: tuple[str, ...]) -> dict[str, tuple[int, int]]:
    """For each month, attacks that happened in it and reports published in it."""
    asked = Asked(types=("ASSAULT",), countries=countries)
    attacks = {row[0]: row[1] for row in answers.counts(asked).rows if row[0]}
    reports = {row[0]: row[1] for row in answers.coverage(Asked()).rows if row[0]}
    covered = sorted(reports)
    return {month: (attacks.get(month, 0), reports[month]) for month in covered}


def draw(months: Mapping[str, tuple[int, int]], title: str) -> str:
    """The two panels as SVG."""
    thin = statistics.median(r for _, r in months.values()) / 4 if months else 0
    step = (WIDTH - 2 * MARGIN) / max(1, len(months))
    shapes = [_text(MARGIN, 24, title, "start")]
    for panel, name in enumerate(("attacks", "reports in the corpus")):
        foot = MARGIN + (panel + 1) * PANEL + panel * MARGIN
        most = max((pair[panel] for pair in months.values()), default=0) or 1
        shapes.append(_text(MARGIN, foot - PANEL - 6, f"{name} (most: {most})", "start"))
        for n, (month, pair) in enumerate(months.items()):
            high = PANEL * pair[panel] / most
            fill = "none" if pair[1] < thin else ("#8c2d19", "#44546a")[panel]
            shapes.append(
                f'<rect x="{MARGIN + n * step:.1f}" y="{foot - high:.1f}" width="{step * 0.8:.1f}"'
                f' height="{high:.1f}" fill="{fill}" stroke="#333"><title>{month}: {pair[panel]}'
                "</title></rect>"
            )
            if n % max(1, len(months) // 12) == 0:
                shapes.append(_text(MARGIN + (n + 0.4) * step, foot + 16, month, "middle"))
    height = 2 * (PANEL + MARGIN) + MARGIN
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}"'
        f' font-family="sans-serif" font-size="12">{"".join(shapes)}</svg>\n'
    )


def _text(x: float, y: float, said: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(said)}</text>'


def main() -> None:
    """Ask and draw; the figures are printed as CSV."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder")
    parser.add_argument("out", type=Path)
    parser.add_argument("--country", action="append", default=[])
    asked = parser.parse_args()
    months = by_month(Answers(asked.folder, Storage.from_environment()), tuple(asked.country))
    where = ", ".join(asked.country) or "all countries"
    asked.out.write_text(draw(months, f"Attacks by month, {where}"), encoding="utf-8")
    print("month,attacks,reports")
    for month, (attacks, reports) in months.items():
        print(f"{month},{attacks},{reports}")


if __name__ == "__main__":
    main()
