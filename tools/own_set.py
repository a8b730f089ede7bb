"""Write our own training reports as a set of the desk's form, for the fits that take --desk pairs.

    python tools/own_set.py FOLDER [--every 6]

Writes FOLDER/reports.jsonl, to be coded, and FOLDER/gold.jsonl. One report in `--every` is taken,
of those that the reader was trained on; the others measure (`evals/held_out.py --own`).
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "evals"), str(ROOT / "tools" / "train_reader")]

from held_out import as_gold  # noqa: E402  (the paths to them are set above)
from own import load  # noqa: E402
from windows import is_held_out  # noqa: E402


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--every", type=int, default=6)
    given = parser.parse_args()
    rows = [row for row in load() if not is_held_out(row["report"]["id"])][:: given.every]
    given.folder.mkdir(parents=True, exist_ok=True)
    for name, made in (("reports", [r["report"] for r in rows]), ("gold", map(as_gold, rows))):
        with (given.folder / f"{name}.jsonl").open("w", encoding="utf-8") as stream:
            stream.writelines(json.dumps(row) + "\n" for row in made)
    print(f"{len(rows)} reports")


if __name__ == "__main__":
    main()
