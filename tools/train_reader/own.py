"""Our own training reports, annotated by snippet, as rows of the desk's gold form.

    python tools/train_reader/own.py [FOLDER] [--bare]

prints how many reports there are, by file, and how many events by type and status; --bare adds
the act and speech words that no annotation covers, to be looked at once more. A wrong snippet is
an error that names file, report and snippet. How reports are written: docs/models/reader.md.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import yaml
from labels import ROLES, STATUSES, TYPES

FOLDER = Path(__file__).parent / "reports"
PARTICIPANTS = tuple(r for r in ROLES if r not in {"none", "place", "date"})
STANCES = ("asserts", "denies", "doubts", "asks")
HARMS = {"killed", "injured", "abducted", "arrested", "missing", "ill"}
EVENT_KEYS = {"t", "type", "mode", "status", "background", "place", "date", "harm", *PARTICIPANTS}
CLAIM_KEYS = {"source", "cue", "content", "stance", "parent"}
#: Word beginnings that mostly name an act or an attribution: what --bare looks for.
ACTS = (
    "attack ambush kill shot shoot bomb blast explo kidnap abduct seiz raid arrest detain wound "
    "injur die dead crash evacuat escort guard patrol deploy strike protest clash sentenc convict "
    "charg accus condemn blam urg demand threat warn agree promis pledg met talk visit sanction "
    "releas freed rescu fire torch burn hijack stab beat loot rob defus detonat intercept "
    "investigat order ban expel withdr resign cease march riot block clos suspend denied deni said "
    "say told accord report claim announc added statement"
).split()
BARE = re.compile(rf"\b(?:{'|'.join(ACTS)})\w*", re.IGNORECASE)


class AnnotationError(ValueError):
    """An annotation that cannot be right; the message says where and why."""


class Text:
    """A report's text, to look snippets up in; `where` begins every complaint."""

    def __init__(self, text: str, where: str) -> None:
        self.text, self.where = text, where

    def fail(self, complaint: str) -> AnnotationError:
        """The error for this report."""
        return AnnotationError(f"{self.where}: {complaint}")

    def span(self, snippet: str | int, anchor: int | None = None) -> dict:
        """Where a snippet stands, whole words only.

        "snippet#2" is its second occurrence; without a number it is the occurrence nearest to
        `anchor`, or the first where there is no anchor. "Gunmen shot ... in Lagos" runs from the
        words before the dots to the next place where those after them stand.
        """
        bare, _, number = str(snippet).partition("#")
        parts = [rf"(?<!\w){re.escape(part)}(?!\w)" for part in bare.split(" ... ")]
        found = [m.span() for m in re.finditer(".*?".join(parts), self.text, re.DOTALL)]
        if not bare or len(found) < int(number or 1):
            raise self.fail(f"{snippet!r} is not in the text so often as whole words")
        if number:
            start, end = found[int(number) - 1]
        elif anchor is None:
            start, end = found[0]
        else:
            start, end = min(found, key=lambda s: max(s[0] - anchor, anchor - s[1], 0))
        return {"start": start, "end": end, "text": self.text[start:end]}

    def spans(self, snippets: str | int | list | None, anchor: int) -> list[dict]:
        """Where each of some snippets stands; a year alone is read as a number."""
        listed = [snippets] if isinstance(snippets, str | int) else snippets or []
        return [self.span(snippet, anchor) for snippet in listed]

    def known(self, value: str, allowed: tuple[str, ...] | list[str] | set[str], what: str) -> str:
        """The value, if it is one of those allowed."""
        if value not in allowed:
            raise self.fail(f"{what} {value!r} is none of {', '.join(sorted(allowed))}")
        return value

    def keys(self, item: dict, allowed: set[str], needed: set[str]) -> None:
        """Complain about a key that is unknown or lacking."""
        for key in item:
            self.known(key, allowed, "key")
        if needed - item.keys():
            raise self.fail(f"{item} lacks {', '.join(sorted(needed - item.keys()))}")


def load(folder: Path = FOLDER) -> Iterator[dict]:
    """Every report of the YAML files of a folder, in the form of a gold.jsonl row.

    A date that is no more than a phrase has its own start ("@12") for `from`.
    """
    seen: set[str] = set()
    for path in sorted(folder.glob("*.yaml")):
        for report in yaml.safe_load(path.read_text(encoding="utf-8")) or []:
            if not {"id", "text"} <= report.keys():
                raise AnnotationError(f"{path.name}: a report without id or text: {report}"[:200])
            text = Text(str(report["text"]).rstrip("\n"), f"{path.name}: {report['id']}")
            if report["id"] in seen:
                raise text.fail("this id is taken")
            seen.add(report["id"])
            yield _row(report, text) | {"file": path.name}


def _row(report: dict, text: Text) -> dict:
    head = {"id": report["id"], "text": text.text, "outlet": report.get("outlet")}
    published = report.get("published")
    row: dict = {
        "report": head | {"published": str(published) if published else None},
        "events": [],
        "places": [],
        "dates": [],
    }
    for number, event in enumerate(report.get("events") or []):
        row["events"].append(_event(event, f"e{number}", row, text))
    triggers = Counter((e["trigger"]["start"], e["trigger"]["end"]) for e in row["events"])
    for (start, end), count in triggers.items():
        if count > 1:
            raise text.fail(f"two events on {text.text[start:end]!r}: number them with #n")
    row["claims"] = _claims(report.get("claims") or [], text)
    return row


def _event(event: dict, name: str, row: dict, text: Text) -> dict:
    text.keys(event, EVENT_KEYS, {"t", "type"})
    trigger = text.span(event["t"])
    at = trigger["start"]
    made = {
        "id": name,
        "type": text.known(event["type"], set(TYPES) - {"none"}, "type"),
        "mode": event.get("mode"),
        "status": text.known(event.get("status", "happened"), STATUSES, "status"),
        "background": bool(event.get("background", False)),
        "trigger": trigger,
        "participants": [
            {"role": role} | span
            for role in PARTICIPANTS
            for span in text.spans(event.get(role), at)
        ],
        "place": None,
        "when": None,
        "harm": _harm(event.get("harm") or {}, text),
        "core": True,
        "alt_types": [],
        "unscored": [],
    }
    for place in text.spans(event.get("place"), at):
        row["places"].append({"id": f"{name}p"} | place)
        made["place"] = {"place": f"{name}p", "basis": "clause"}
    for day in text.spans(event.get("date"), at):
        said = {"from": f"@{day['start']}"}
        row["dates"].append(day | said)
        made["when"] = said | {"basis": "clause"}
    return made


def _harm(harm: dict, text: Text) -> dict:
    """Counts as {low, high}: 5 is five, [5, null] at least five."""
    made = {}
    for kind, count in harm.items():
        low, high = count if isinstance(count, list) else (count, count)
        made[text.known(kind, HARMS, "harm")] = {"low": low, "high": high}
    return made


def _claims(claims: list[dict], text: Text) -> list[dict]:
    made: list[dict] = []
    for number, claim in enumerate(claims):
        text.keys(claim, CLAIM_KEYS, {"cue"})
        parent = claim.get("parent")
        if parent is not None and not 0 <= parent < len(claims):
            raise text.fail(f"parent {parent} of {claim['cue']!r} is no claim")
        cue = _cue(claim, text)
        made.append(
            {
                "id": f"c{number}",
                "source": next(iter(text.spans(claim.get("source"), cue["start"])), None),
                "cue": cue,
                "content": text.spans(claim.get("content"), cue["start"]),
                "stance": text.known(claim.get("stance", "asserts"), STANCES, "stance"),
                "parent": None if parent is None else f"c{parent}",
            }
        )
    return made


def _cue(claim: dict, text: Text) -> dict:
    """The cue; a word that stands there more than once is the one nearest to its content."""
    content = claim.get("content")
    first = content[0] if isinstance(content, list) and content else content
    if "#" in claim["cue"] or not first:
        return text.span(claim["cue"])
    near = text.span(first)
    choices = [text.span(claim["cue"], near["start"]), text.span(claim["cue"], near["end"])]
    return min(choices, key=lambda c: max(near["start"] - c["end"], c["start"] - near["end"]))


def bare(row: dict) -> list[str]:
    """Act and speech words of a report that no span of its annotation covers."""
    spans = [e["trigger"] for e in row["events"]]
    spans += [p for e in row["events"] for p in e["participants"]] + row["places"]
    spans += [s for c in row["claims"] for s in (c["cue"], c["source"]) if s]
    text = row["report"]["text"]
    return [
        text[max(0, m.start() - 25) : m.end() + 15].replace("\n", " ")
        for m in BARE.finditer(text)
        if not any(s["start"] < m.end() and m.start() < s["end"] for s in spans)
    ]


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=FOLDER)
    parser.add_argument("--bare", action="store_true", help="list what no annotation covers")
    options = parser.parse_args()
    try:
        rows = list(load(options.folder))
    except (AnnotationError, yaml.YAMLError) as problem:
        sys.exit(str(problem))
    events = [e for row in rows for e in row["events"]]
    claims = sum(len(row["claims"]) for row in rows)
    words = sum(len(row["report"]["text"].split()) for row in rows)
    print(f"{len(rows)} reports, {words} words, {len(events)} events, {claims} claims")
    for name, values in (
        ("file", [row["file"] for row in rows]),
        ("type", [e["type"] for e in events]),
        ("status", [e["status"] for e in events]),
        ("role", [p["role"] for e in events for p in e["participants"]]),
    ):
        print(f"{name}:", ", ".join(f"{k} {n}" for k, n in sorted(Counter(values).items())))
    for row in rows if options.bare else []:
        for found in bare(row):
            print(f"{row['report']['id']}: {found}")


if __name__ == "__main__":
    main()
