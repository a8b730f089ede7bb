"""Score CAMEO roots against records of PLOVER's first version, whose types are CAMEO's roots.

    python tools/score_cameo.py GOLD.jsonl

GOLD.jsonl holds one sentence a line: `text`, and its type as `event`. A sentence is right when one
of its events has a code under the root. Told apart are the sentences where an event has the right
PLOVER type at all; and of all codes, how many are finer than their root.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from watchfloor.flow import code_reports
from watchfloor.records import Report
from watchfloor.settings import Settings

#: CAMEO's roots by PLOVER's first types, and PLOVER's own type today where its name changed. YIELD
#: was split, and an appeal (02) was one with a demand (10).
ROOTS = {
    "AGREE": "03", "CONSULT": "04", "SUPPORT": "05", "COOPERATE": "06", "AID": "07",
    "CONCEDE": "08", "RETREAT": "08", "INVESTIGATE": "09", "DEMAND": "10 02",
    "DISAPPROVE": "11", "REJECT": "12", "THREATEN": "13", "PROTEST": "14", "MOBILIZE": "15",
    "SANCTION": "16", "COERCE": "17", "ASSAULT": "18", "FIGHT": "19",
}  # fmt: skip
NOW = {"INVESTIGATE": "ACCUSE", "DISAPPROVE": "ACCUSE", "DEMAND": "REQUEST", "FIGHT": "ASSAULT"}


def main(path: Path) -> None:
    """Print the shares."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    rows = [row for row in rows if row["event"] in ROOTS]
    reports = (Report(id=str(n), text=row["text"]) for n, row in enumerate(rows))
    right, typed, both = 0, 0, 0
    codes: list[str] = []
    for row, coded in zip(rows, code_reports(reports, Settings()), strict=True):
        here = [e.cameo for e in coded.events if e.cameo is not None]
        hit = any(code[:2] in ROOTS[row["event"]].split() for code in here)
        kind = any(e.type == NOW.get(row["event"], row["event"]) for e in coded.events)
        right, typed, both = right + hit, typed + kind, both + (hit and kind)
        codes += here
    finer = sum(not code.endswith("0") for code in codes)
    print(f"root right: {right} of {len(rows)}, and {both} of the {typed} with the right type")
    print(f"finer than the root: {finer} of {len(codes)} codes, {len(set(codes))} different ones")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
