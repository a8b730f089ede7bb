"""Score actors alone: country and sector of the actor under each gold participant's span.

    python tools/score_who.py GOLD.jsonl...

GOLD.jsonl holds coded reports, one a line, whose events' participants give `country` and `sector`.
Instruments are left out. A participant without a mention that overlaps it is not found and counts
in neither share, so these are shares of the participants found.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from watchfloor import parse, where, who
from watchfloor.records import Actor, Report
from watchfloor.settings import Settings

SETTINGS = Settings(learned=False)


def main(paths: list[Path]) -> None:
    """Print how many participants were found, and the shares whose country and sector are right."""
    tally: Counter[str] = Counter()
    for path in paths:
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        reports = [Report(id=r["report"]["id"], text=r["report"]["text"]) for r in rows]
        pages = parse.read([parse.segment(report) for report in reports], SETTINGS)
        for row, page in zip(rows, pages, strict=True):
            actors = who.find(page, where.find(page, SETTINGS), SETTINGS)
            for event in row["events"]:
                for participant in event["participants"]:
                    if participant["role"] != "instrument":
                        _count(tally, participant, _nearest(participant, actors))
    print(f"found    {tally['found']} of {tally['all']}")
    for field in ("country", "sector"):
        right, asked = tally[f"{field} right"], tally[field]
        print(f"{field:8} {right} of {asked} = {right / max(1, asked):.3f}")


def _count(tally: Counter[str], wanted: dict[str, Any], actor: Actor | None) -> None:
    tally["all"] += 1
    if actor is None:
        return
    tally["found"] += 1
    for field in ("country", "sector"):
        if wanted[field]:
            tally[field] += 1
            tally[f"{field} right"] += getattr(actor, field) == wanted[field]


def _nearest(wanted: dict[str, Any], actors: tuple[Actor, ...]) -> Actor | None:
    """The actor with the mention that shares most of its characters with the participant."""
    best, fit = None, 0.0
    for actor in actors:
        for mention in actor.mentions:
            shared = min(mention.end, wanted["end"]) - max(mention.start, wanted["start"])
            joint = max(mention.end, wanted["end"]) - min(mention.start, wanted["start"])
            if shared > 0 and shared / joint > fit:
                best, fit = actor, shared / joint
    return best


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]])
