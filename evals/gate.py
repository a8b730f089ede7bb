"""The scorecard: score every development set, hold the scores against the floors, write the page.

    python evals/gate.py [--gold FOLDER] [--limit 40] [--sets muc4,speed]   check
    python evals/gate.py --raise                            raise floors to what is reached
    python evals/gate.py --lower NAME --reason "..."        lower one, on the record
    python evals/gate.py --limit 0 --page docs/scorecard.md whole sets, with error bars

The gold sets are not part of the project. Without them the gate says that it did not run, and
exits with 0. It exits with 1 when a score is under its floor.
"""

from __future__ import annotations

import argparse
import shlex
import sys
from datetime import date
from pathlib import Path

import yaml
from page import write_page
from sets import Score, score_all

HERE = Path(__file__).parent
ROOT = HERE.parent
FLOORS = HERE / "floors.yaml"
GOLD = ROOT.parent / "shared" / "eval"
CODE = f"{shlex.quote(str(Path(sys.executable).parent / 'watchfloor'))} code --format jsonl -"
MERGE = f"{shlex.quote(str(Path(sys.executable).parent / 'watchfloor'))} merge --format jsonl -"
#: A floor stands this share of the scale under the score it was set by: two points are noise. Of
#: the speed it is three tenths: under a load of ten on two cores the same code gave .63 for .85.
SLACK, SLACK_OF_SPEED = 0.02, 0.3


def read_floors() -> dict[str, dict[str, float]]:
    """Floors by number of gold records used ("40", "all"), then by score name."""
    floors: dict[str, dict[str, float]] = yaml.safe_load(FLOORS.read_text(encoding="utf-8")) or {}
    return floors


def write_floors(floors: dict[str, dict[str, float]]) -> None:
    """Keep the floors, sorted, with their header."""
    header = (
        "# Lowest scores the gate lets pass, by gold records a set. Written by evals/gate.py.\n"
    )
    FLOORS.write_text(header + yaml.safe_dump(floors, sort_keys=True), encoding="utf-8")


def floor_of(score: Score) -> float:
    """The floor that a score sets; some scores are out of a hundred, the others out of one."""
    slack = SLACK_OF_SPEED if score.name.startswith("speed:") else SLACK
    return max(0.0, round(score.value - slack * (100 if score.value > 2 else 1), 3))


def lower(name: str, size: str, value: float, reason: str) -> None:
    """Lower one floor and say so in the changelog."""
    floors = read_floors()
    floors.setdefault(size, {})[name] = value
    write_floors(floors)
    changelog = ROOT / "CHANGELOG.md"
    line = f"\n- {date.today().isoformat()}: floor of {name} lowered to {value:.3f}: {reason}\n"
    changelog.write_text(changelog.read_text(encoding="utf-8").rstrip() + line, encoding="utf-8")


def check(scores: list[Score], floors: dict[str, float], raising: bool) -> list[str]:
    """Print each score beside its floor; return those under it. Raising never lowers."""
    failed = []
    for score in scores:
        floor = floors.get(score.name)
        verdict = "no floor" if floor is None else "ok" if score.value >= floor else "UNDER"
        shown = "-" if floor is None else f"{floor:.3f}"
        print(f"{score.name:48}{score.value:8.3f}  floor {shown:>6}  {verdict}")
        if verdict == "UNDER":
            failed.append(score.name)
        if raising and floor_of(score) > 0:  # nothing falls under a floor of nought
            floors[score.name] = max(floor or 0.0, floor_of(score))
    missing = set(floors) - {score.name for score in scores}
    return failed + sorted(missing)


def main() -> int:
    """The command line; see the module docstring."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--gold", type=Path, default=GOLD)
    parser.add_argument("--limit", type=int, default=40, help="gold records a set; 0 for all")
    parser.add_argument("--sets", default="", help="parts of set names, joined by commas")
    parser.add_argument("--raise", dest="raising", action="store_true")
    parser.add_argument("--lower")
    parser.add_argument("--reason")
    parser.add_argument("--page", type=Path)
    options = parser.parse_args()
    size = str(options.limit) if options.limit else "all"
    if not (options.gold / "run_all.py").is_file():
        print(f"gate: did not run, no gold sets at {options.gold}")
        return 0
    wanted = [part for part in options.sets.split(",") if part]
    scores = score_all(options.gold, CODE, MERGE, options.limit, wanted, bars=bool(options.page))
    if options.lower:
        if not options.reason:
            parser.error("--lower needs --reason")
        chosen = next((s for s in scores if s.name == options.lower), None)
        if chosen is None:
            parser.error(f"--lower: one of {', '.join(s.name for s in scores)}")
        lower(options.lower, size, floor_of(chosen), options.reason)
    floors = read_floors()
    own = floors.setdefault(size, {})
    relevant = own if not wanted else {s.name: own[s.name] for s in scores if s.name in own}
    failed = check(scores, relevant, options.raising)
    if options.raising:
        own |= relevant
        write_floors(floors)
    if options.page:
        write_page(options.page, scores, size)
    if failed and not options.raising:
        print(f"gate: under the floor or missing: {', '.join(failed)}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
