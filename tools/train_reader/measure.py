"""Measure an exported reader on gold that it was not trained on.

    python tools/train_reader/measure.py GOLD [--claims CODED.jsonl]

GOLD is the folder of development sets. Prints trigger, type, status and role figures on the desk
reports and our own that training leaves out, how far its trees are spaCy's there, and the type
figure on PLV, which training has seen.
With `--claims`, writes what the cues give on PolNeAR's development articles as coded reports, for
the claims scorer to read.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path

from labels import PLOVER_NOW, ROLES
from own import load
from windows import is_held_out, lines

from watchfloor.parse import segment, sift
from watchfloor.parse.reader import CueMark, Mark, Reading, TriggerMark, read_pages
from watchfloor.parse.trees import grow, load_parser
from watchfloor.records import Report

DESK = ("desk_news_a", "desk_news_b", "desk_news_c", "desk_practice")


def read_texts(texts: list[str]) -> list[Reading]:
    """The reading of each text."""
    pages = [sift(segment(Report(id=str(n), text=text))) for n, text in enumerate(texts)]
    readings = [page.reading for page in read_pages(pages) if page.reading is not None]
    if len(readings) != len(texts):
        raise SystemExit("no model in data/models; export one first")
    return readings


def meets(one: dict, two: TriggerMark | Mark) -> bool:
    """Whether a gold span and a mark share a character."""
    return one["start"] < two.end and two.start < one["end"]


def best_type(mark: TriggerMark) -> str:
    """The likeliest event type."""
    return max(mark.types, key=lambda kind: mark.types[kind])


def f_one(right: int, found: int, gold: int) -> str:
    """Precision, recall and F1 as text."""
    p, r = right / max(found, 1), right / max(gold, 1)
    return f"P {p:.3f} R {r:.3f} F1 {2 * p * r / max(p + r, 1e-9):.3f} (of {gold})"


def measure_rows(name: str, rows: list[dict], least: float) -> None:
    """Triggers, types, statuses, modes and roles on the reports that training left out."""
    rows = [r for r in rows if is_held_out(r["report"]["id"])]
    sums: Counter[str] = Counter()
    for row, reading in zip(rows, read_texts([r["report"]["text"] for r in rows]), strict=True):
        marks = [t for t in reading.triggers if 1 - t.none >= least]
        sums["found"] += len(marks)
        sums["true"] += sum(any(meets(e["trigger"], m) for e in row["events"]) for m in marks)
        for event in row["events"]:
            _add_event(sums, event, [m for m in marks if meets(event["trigger"], m)])
    print(f"{name}, held out: {len(rows)} reports, triggers from {least}")
    print("  triggers", f_one(sums["true"], sums["found"], 0)[:7], end=" ")
    print(f"R {sums['hit'] / sums['events']:.3f} (of {sums['events']})", end=" ")
    print(f"R core {sums['core hit'] / sums['core']:.3f} (of {sums['core']})")
    print(f"  type {sums['type'] / max(sums['hit'], 1):.3f} of those found")
    print(f"  status {sums['status'] / max(sums['judged'], 1):.3f} (of {sums['judged']} found)")
    print(f"  mode {sums['mode'] / max(sums['with mode'], 1):.3f} (of {sums['with mode']} found)")
    print(
        f"  background {sums['old']} of {sums['all old']}, {sums['new as old']} others taken for it"
    )
    for role in (*ROLES[1:6], "all"):
        parts = (sums[f"{role} {x}"] for x in ("right", "found", "gold"))
        print(f"  {role}", f_one(*parts))


def _add_event(sums: Counter[str], event: dict, marks: list[TriggerMark]) -> None:
    sums["events"] += 1
    sums["core"] += event["core"]
    gold = list(event["participants"])
    if not marks:
        for part in gold:
            sums.update([f"{part['role']} gold", "all gold"])
        return
    mark = min(marks, key=lambda m: m.none)
    sums["hit"] += 1
    sums["core hit"] += event["core"]
    sums["type"] += best_type(mark) in {event["type"], *event["alt_types"]}
    if "status" not in event["unscored"]:
        sums["judged"] += 1
        status = max(mark.statuses, key=lambda s: mark.statuses[s])
        sums["status"] += status == event["status"]
    if "mode" not in event["unscored"]:
        sums["with mode"] += 1
        mode = max(mark.modes, key=lambda m: mark.modes[m])
        sums["mode"] += mode == (event["mode"] or "none")
    told_as_old = mark.background >= 0.5
    sums["all old"] += bool(event["background"])
    sums["old" if event["background"] else "new as old"] += told_as_old
    for role in ROLES[1:6]:
        found = mark.roles.get(role, ())
        own = [p for p in gold if p["role"] == role]
        right = sum(any(meets(p, m) for m in found) for p in own)
        for name, count in (("gold", len(own)), ("right", right), ("found", len(found))):
            sums[f"{role} {name}"] += count
            sums[f"all {name}"] += count


def measure_trees(name: str, rows: list[dict]) -> None:
    """How far the reader's trees are those of the parser that they were learned from."""
    texts = [r["report"]["text"] for r in rows if is_held_out(r["report"]["id"])]
    pages = [sift(segment(Report(id=str(n), text=text))) for n, text in enumerate(texts)]
    sums: Counter[str] = Counter()
    for page, other in zip(read_pages(pages, load_parser()), grow(pages, 128), strict=True):
        pairs = zip(page.sentences, other.sentences, strict=True)
        docs = [(own.doc, taught.doc) for own, taught in pairs if own.doc is not None]
        for one, two in (pair for own, taught in docs for pair in zip(own, taught, strict=True)):
            if two.is_punct or two.is_space:
                continue
            head = one.head.i == two.head.i
            sums["words"] += 1
            sums["head"] += head
            sums["head and dependency"] += head and one.dep_ == two.dep_
            sums["tag"] += one.tag_ == two.tag_
            sums["lemma"] += one.lemma_ == two.lemma_
    words = sums.pop("words")
    print(f"{name}, held out: trees as spaCy's on {words} words of {len(texts)} reports:", end=" ")
    print(", ".join(f"{what} {n / words:.3f}" for what, n in sums.items()))


def measure_plover(gold: Path) -> None:
    """The likeliest type of the surest trigger; training has seen these sentences."""
    rows = [(r["text"], r["gold"][0]["code"]) for r in lines(gold / "plv/plv_plover_en.jsonl")]
    rows = rows[::9]
    right = 0
    for (_, code), reading in zip(rows, read_texts([t for t, _ in rows]), strict=True):
        tops = Counter()
        for mark in reading.triggers:
            for kind, value in mark.types.items():
                tops[kind] = max(tops[kind], value)
        best = tops.most_common(1)
        right += bool(best) and best[0][0] in PLOVER_NOW.get(code, (code,))
    print(f"PLV, a ninth, seen in training: type {right / len(rows):.3f} (of {len(rows)})")


def span(mark: Mark | CueMark, text: str) -> dict:
    """A mark as a span of the output format."""
    return {"start": mark.start, "end": mark.end, "text": text[mark.start : mark.end]}


def write_claims(gold: Path, out: Path) -> None:
    """Every cue as a claim: the likeliest source, all of the content."""
    rows = list(lines(gold / "polnear" / "dev.jsonl"))
    with out.open("w", encoding="utf-8") as stream:
        for row, reading in zip(rows, read_texts([r["text"] for r in rows]), strict=True):
            claims = [_claim(n, cue, row["text"]) for n, cue in enumerate(reading.cues)]
            coded = {"report": {"id": row["id"], "text": row["text"]}, "claims": claims}
            stream.write(json.dumps(coded) + "\n")


def _claim(number: int, cue: CueMark, text: str) -> dict:
    source = max(cue.source, key=lambda m: m.score, default=None)
    return {
        "id": f"c{number}",
        "source": source and {**span(source, text), "kind": "named"},
        "cue": span(cue, text),
        "content": [span(mark, text) for mark in cue.content],
        "parent": None,
    }


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--claims", type=Path)
    parser.add_argument("--least", type=float, default=0.5, help="probability of a trigger")
    options = parser.parse_args()
    desk = [row for name in DESK for row in lines(options.gold / name / "gold.jsonl")]
    measure_rows("desk", desk, options.least)
    own = list(load(Path(__file__).parent / "reports"))
    measure_rows("our own", own, options.least)
    measure_trees("desk and our own", desk + own)
    measure_plover(options.gold)
    if options.claims:
        write_claims(options.gold, options.claims)


if __name__ == "__main__":
    main()
