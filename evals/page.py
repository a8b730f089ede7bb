"""Write the scorecard page."""

from __future__ import annotations

import platform
from collections.abc import Iterator
from datetime import date
from importlib.metadata import version
from pathlib import Path

from sets import Score


def write_page(path: Path, scores: list[Score], size: str) -> None:
    """The page of figures, peers' figures and where these are from."""
    path.write_text("\n".join(_lines(scores, size)) + "\n", encoding="utf-8")


def _lines(scores: list[Score], size: str) -> Iterator[str]:
    packages = ", ".join(
        f"{name} {version(name)}" for name in ("watchfloor", "spacy", "onnxruntime")
    )
    yield "# Scorecard"
    yield ""
    yield "Written by `python evals/gate.py --page docs/scorecard.md` on"
    yield (
        f"{date.today().isoformat()}; {packages}, Python {platform.python_version()}. "
        f"Gold records a set: {size}."
    )
    yield "Ranges hold 90 % of 60 bootstrap resamples. The gold sets are other people's; they are"
    yield "not part of the project."
    yield ""
    yield "The reader was trained on PLV, on the PLOVER gold records and on 85 of the 98 desk"
    yield "reports: their figures are not held out (`docs/models/reader.md`)."
    yield ""
    yield "| set and measure | n | watchfloor | range | others on it |"
    yield "|---|---|---|---|---|"
    for score in scores:
        bar = f"{score.low:.3f}-{score.high:.3f}" if score.low is not None else ""
        cited = (f"{who} {value:.3f} ({origin})" for who, value, origin in score.references)
        others = "; ".join(cited)
        yield f"| {score.name} | {score.n} | {score.value:.3f} | {bar} | {others} |"
