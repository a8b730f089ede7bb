"""Score the whole path on the desk's gold reports that no model was trained on.

    python evals/held_out.py [--gold FOLDER]

One report in eight, by the hash of its name, is left out of the reader's training
(`tools/train_reader/windows.py`); the others' figures in the scorecard are not held out. Without
the gold sets it says so and exits with 0.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from gate import GOLD

sys.path.insert(0, str(Path(__file__).parents[1] / "tools" / "train_reader"))
from windows import is_held_out, lines

DESK = ("desk_news_a", "desk_news_b", "desk_news_c", "desk_practice")


def gather(gold: Path, folder: Path) -> int:
    """Write the reports left out and their gold as one set; how many there are."""
    wanted: set[str] = set()
    for name in ("gold.jsonl", "reports.jsonl"):
        with (folder / name).open("w", encoding="utf-8") as stream:
            for row in (r for source in DESK for r in lines(gold / "dev" / source / name)):
                report = row.get("report", row)["id"]
                if is_held_out(report):
                    wanted.add(report)
                    stream.write(json.dumps(row) + "\n")
    for name in ("clusters.jsonl", "alerts.jsonl"):
        (folder / name).touch()
    return len(wanted)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=Path, default=GOLD)
    options = parser.parse_args()
    if not (options.gold / "dev").is_dir():
        print(f"held out: did not run, no gold sets at {options.gold.name}")
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        print(f"{gather(options.gold, folder)} desk reports that training left out")
        command = [Path(sys.executable).parent / "watchfloor", "code", "--format", "jsonl"]
        with (folder / "coded.jsonl").open("wb") as stream:
            subprocess.run([*command, folder / "reports.jsonl"], check=True, stdout=stream)
        score = [sys.executable, options.gold / "score_desk.py", folder, folder / "coded.jsonl"]
        subprocess.run(score, check=True)


if __name__ == "__main__":
    main()
