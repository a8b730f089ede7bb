"""The baseline that merging is held against: events whose trigger has the same head are one.

watchfloor code --format jsonl REPORTS > coded.jsonl
python -m benchmarks.lemma_baseline coded.jsonl > merged.jsonl
"""

from __future__ import annotations

import json
import sys

from watchfloor.cli.merge import read_coded
from watchfloor.merge.words import head


def main() -> None:
    """Print one incident a head, in the form in which `watchfloor merge` prints incidents."""
    members: dict[str, list[dict[str, str]]] = {}
    for coded in read_coded(sys.argv[1:]):
        for event in coded.events:
            key = head(event.trigger.text) or event.trigger.text.lower()
            members.setdefault(key, []).append({"report": coded.report.id, "event": event.id})
    for key, found in members.items():
        print(json.dumps({"incident": key, "members": found}))


if __name__ == "__main__":
    main()
