"""Whether memory grows over a long stream of reports, each with names never seen before.

    python benchmarks/memory.py [--reports 4000] [--every 500] [--no-learned]

The bundled EXERCISE reports of a year, a sentence or two each, come again and again with three
made-up names in each, as news brings new names every day: what keeps every word it has seen grows
with them. Prints at intervals the reports coded, the memory held (MB resident), the strings that
the parser holds, and reports a second; at the end the growth of the second half in bytes a report.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec
from speed import EXERCISE

from watchfloor.flow import code_reports
from watchfloor.parse.trees import load_parser
from watchfloor.records import Report
from watchfloor.settings import Settings

PAGE = 4096
_ONSETS, _VOWELS = "b d f g h j k l m n p r s t v w z ch sh kh".split(), "a e i o u aa ou".split()


def stream(count: int) -> Iterator[Report]:
    """So many reports, each with three names that no other has."""
    lines = (EXERCISE / "past.jsonl").read_bytes().splitlines()
    texts = [msgspec.json.decode(line, type=Report) for line in lines]
    chance = random.Random(5)
    for n in range(count):
        one = texts[n % len(texts)]
        town, man = (_name(chance) for _ in range(2))
        said = f"{one.text} {man} {_name(chance)} of {town} saw it."
        yield msgspec.structs.replace(one, id=f"m{n}", text=said)


def _name(chance: random.Random) -> str:
    parts = chance.randint(3, 4)
    return "".join(chance.choice(_ONSETS) + chance.choice(_VOWELS) for _ in range(parts)).title()


def resident() -> int:
    """Bytes of memory that this process holds."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * PAGE


def main() -> None:
    """Code, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=4000)
    parser.add_argument("--every", type=int, default=500)
    parser.add_argument("--no-learned", action="store_true")
    asked = parser.parse_args()
    settings = msgspec.structs.replace(Settings.from_environment(), learned=not asked.no_learned)
    began, middle = time.process_time(), 0
    for n, _ in enumerate(code_reports(stream(asked.reports), settings), 1):
        if n == asked.reports // 2:
            middle = resident()
        if n % asked.every == 0:
            rate = n / (time.process_time() - began)
            held = len(load_parser().vocab.strings)
            print(f"{n:8} reports  {resident() / 1e6:7.1f} MB  {held:8} strings  {rate:6.1f} "
                  "reports/s of CPU", flush=True)  # fmt: skip
    grown = (resident() - middle) / (asked.reports - asked.reports // 2)
    print(f"the second half grew by {grown:,.0f} bytes a report")


if __name__ == "__main__":
    main()
