"""Score the whole path on reports that no model was trained on: the desk's gold, or our own.

    python evals/held_out.py [--gold FOLDER] [--own] [--no-learned]

One report in eight, by the hash of its name, is left out of the reader's training
(`tools/train_reader/windows.py`); the others' figures in the scorecard are not held out. Our own
reports are many more but by the same writers as those trained on, and they give no coordinates,
countries or incidents: with --own only what they give is scored, and harm only where a mention
states it, since what its whole happening did is not told. Without the gold sets (the scorer is
theirs) it says so and exits with 0.
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
from own import load
from windows import is_held_out, lines

#: What our own reports are annotated for.
OWN = (
    "event_f1 type_accuracy mode_accuracy participant_role_f1 harm_exact status_accuracy "
    "denied_planned_possible_f1 claim_source_f1 no_event_reports_clean"
).split()
HARM = ("killed", "injured", "abducted", "arrested")
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
    return len(wanted)


def gather_own(folder: Path) -> int:
    """Write our own reports that were left out, in the form of the desk's gold; how many."""
    rows = [row for row in load() if is_held_out(row["report"]["id"])]
    with (folder / "gold.jsonl").open("w", encoding="utf-8") as stream:
        stream.writelines(json.dumps(as_gold(row)) + "\n" for row in rows)
    with (folder / "reports.jsonl").open("w", encoding="utf-8") as stream:
        stream.writelines(json.dumps(row["report"]) + "\n" for row in rows)
    return len(rows)


def as_gold(row: dict) -> dict:
    """One of our own reports as a gold row: what it does not give is not asked."""
    events = []
    for event in row["events"]:
        harm = {k: event["harm"].get(k) for k in HARM}
        unsaid = [f"harm.{k}" for k in HARM if harm[k] is None]
        who = [p | {"country": None, "actor": None} for p in event["participants"]]
        events.append(
            event
            | {"harm": harm, "participants": who, "place": None, "when": None, "claims": []}
            | {"unscored": ["place", "when", "depth", *unsaid], "sentence": event["trigger"]}
        )
    incidents = [{"events": [e["id"]], "harm": e["harm"], "accounts": []} for e in events]
    return row | {
        "id": row["report"]["id"], "no_event": not events, "events": events, "incidents": incidents,
        "actors": [], "places": [], "dates": [],
    }  # fmt: skip


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=Path, default=GOLD)
    parser.add_argument("--own", action="store_true", help="our own reports, not the desk's")
    parser.add_argument("--no-learned", action="store_true", help="by rules and lexicon alone")
    options = parser.parse_args()
    if not (options.gold / "dev").is_dir():
        print(f"held out: did not run, no gold sets at {options.gold.name}")
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        count = gather_own(folder) if options.own else gather(options.gold, folder)
        whose = "of our own" if options.own else "desk"
        print(f"{count} {whose} reports that training left out")
        for empty in ("clusters.jsonl", "alerts.jsonl"):
            (folder / empty).touch()
        command = [Path(sys.executable).parent / "watchfloor", "code", "--format", "jsonl"]
        command += ["--no-learned"] if options.no_learned else []
        with (folder / "coded.jsonl").open("wb") as stream:
            subprocess.run([*command, folder / "reports.jsonl"], check=True, stdout=stream)
        score = [sys.executable, options.gold / "score_desk.py", folder, folder / "coded.jsonl"]
        told = subprocess.run(score, check=True, capture_output=True, text=True).stdout
        for line in told.splitlines():
            if not options.own or line.split()[0] in OWN:
                print(line)


if __name__ == "__main__":
    main()
