"""Gold sets as training windows: a text with what is known of its tokens and pairs.

A label may be partly known: every token carries the set of labels it may have, and the loss is
the probability that the model gives to that set.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from zlib import crc32

from labels import (
    CERTAIN,
    KAIROS,
    KAIROS_ASKED,
    MUC_ROLES,
    MUC_TRIGGERS,
    PLOVER_NOW,
    ROLES,
    STATUSES,
    TYPES,
    UNREAL,
)
from own import load

from watchfloor.parse import segment
from watchfloor.parse.windows import windows
from watchfloor.records import Report

Span = tuple[int, int]
Labelled = tuple[int, int, str]


@dataclass
class Trigger:
    """An event trigger; `asked` are the roles annotated around it, None where none is."""

    span: Span
    roles: list[Labelled] = field(default_factory=list)
    asked: set[str] | None = None
    statuses: set[str] | None = None
    mode: str | None = None
    background: bool | None = None


@dataclass
class Window:
    """One training text; offsets count from its start. None means "not annotated"."""

    text: str
    origin: str
    types: list[Labelled] | None = None
    absent: set[str] = field(default_factory=set)
    open_spans: list[Span] = field(default_factory=list)
    triggers: list[Trigger] = field(default_factory=list)
    cues: list[tuple[Span, list[Labelled]]] | None = None
    open_cues: list[Span] = field(default_factory=list)
    bag: set[str] | None = None


#: Characters of a cue; longer ones hold more than the cue.
LONGEST_CUE = 60
#: Acts done by speaking. PolNeAR marks a demand or a promise as an attribution, the desk's gold and
#: our own reports do not: where these have such an act, whether its word is a cue is left open.
SPOKEN = {"REQUEST", "AGREE", "THREATEN", "SUPPORT", "REJECT"}
ALL_TYPES = set(TYPES) - {"none"}
ALL_ROLES = set(ROLES) - {"none"}


def is_held_out(name: str) -> bool:
    """One desk report in eight is kept for an honest figure."""
    return crc32(name.encode()) % 8 == 0


def lines(path: Path) -> Iterator[dict]:
    """The records of a JSONL file."""
    with path.open(encoding="utf-8") as rows:
        for row in rows:
            yield json.loads(row)


def cut(text: str, count) -> list[Span]:
    """The windows of a text."""
    return list(windows(segment(Report(id="r", text=text)), count))


def inside(span: Span, window: Span) -> Span | None:
    """A span's part in a window, counted from its start; None where there is none."""
    low, high = max(span[0], window[0]), min(span[1], window[1])
    return (low - window[0], high - window[0]) if low < high else None


def _at(item: dict) -> Span:
    return item["start"], item["end"]


def desk(folder: Path, count, held_out: bool) -> Iterator[Window]:
    """The desk's own gold: everything is annotated."""
    for name in ("desk_news_a", "desk_news_b", "desk_news_c", "desk_practice"):
        for row in lines(folder / name / "gold.jsonl"):
            if is_held_out(row["report"]["id"]) == held_out:
                yield from _desk_report(row, count, name)


def own(count, held_out: bool) -> Iterator[Window]:
    """Our own reports, written and annotated for training."""
    for row in load(Path(__file__).parent / "reports"):
        if is_held_out(row["report"]["id"]) == held_out:
            yield from _desk_report(row, count, "own")


def _desk_report(row: dict, count, name: str) -> Iterator[Window]:
    text, places = row["report"]["text"], {p["id"]: p for p in row["places"]}
    for window in cut(text, count):
        made = Window(text[window[0] : window[1]], name, types=[], absent=ALL_TYPES, cues=[])
        made.cues += _claims(row["claims"], window)
        for event in row["events"]:
            span = inside(_at(event["trigger"]), window)
            if span is None:
                continue
            made.types.append((*span, event["type"]))
            if event["type"] in SPOKEN:
                made.open_cues.append(span)
            roles = _roles(event, places, row["dates"], window)
            status = None if "status" in event["unscored"] else {event["status"]}
            mode = None if "mode" in event["unscored"] else event["mode"] or "none"
            old = bool(event["background"])
            made.triggers.append(Trigger(span, roles, ALL_ROLES, status, mode, old))
        yield made


def _claims(claims: list[dict], window: Span) -> Iterator[tuple[Span, list[Labelled]]]:
    """The claims of a window whose cue is a word or two, not the whole dateline."""
    for claim in claims:
        cue = claim["cue"] and inside(_at(claim["cue"]), window)
        if not cue or cue[1] - cue[0] > LONGEST_CUE:
            continue
        spans = [("content", _at(content)) for content in claim["content"]]
        if claim["source"] and claim["source"].get("start") is not None:
            spans.append(("source", _at(claim["source"])))
        found = [(part, inside(span, window)) for part, span in spans]
        yield cue, [(*span, part) for part, span in found if span]


def _roles(event: dict, places: dict, dates: list[dict], window: Span) -> list[Labelled]:
    found = [(p["role"], _at(p)) for p in event["participants"]]
    if event["place"] and event["place"]["place"] in places:
        place = places[event["place"]["place"]]
        if event["place"].get("basis") in {"clause", "sentence"} and place.get("start") is not None:
            found.append(("place", _at(place)))
    when = event["when"]
    if when and when.get("basis") in {"clause", "sentence"}:
        found += [("date", _at(d)) for d in dates if d["from"] == when["from"]]
    spans = [(role, inside(span, window)) for role, span in found]
    return [(*span, role) for role, span in spans if span]


def wikievents(folder: Path, count) -> Iterator[Window]:
    """Attack news with KAIROS triggers; types that do not map are left open."""
    desk_ids = {row["report"]["id"] for row in lines(folder / "desk_news_a" / "gold.jsonl")}
    for name in ("train_derived", "dev"):
        for row in lines(folder / "wikievents" / f"{name}.jsonl"):
            if row["id"] not in desk_ids:
                yield from _kairos_report(row, count)


def _kairos_report(row: dict, count) -> Iterator[Window]:
    for window in cut(row["text"], count):
        made = Window(
            row["text"][window[0] : window[1]], "wikievents", types=[], absent=KAIROS_ASKED
        )
        for event in row["events"]:
            span = (
                inside(_at(event["trigger"]), window)
                if event["trigger"].get("start") is not None
                else None
            )
            if span is None:
                continue
            kind = ".".join((event.get("type_2level") or event["type"]).split(".")[:2])
            if kind in KAIROS:
                made.types.append((*span, KAIROS[kind]))
            else:
                made.open_spans.append(span)
        yield made


def plover(folder: Path) -> Iterator[Window]:
    """Sentences of which one event's type is known but not its trigger."""
    for row in lines(folder / "plv" / "plv_plover_en.jsonl"):
        yield _bag(row["text"], row["gold"][0]["code"])
    for row in lines(folder / "plover_gsr" / "dev.jsonl"):
        yield _bag(row["text"], row["event"])


def _bag(text: str, code: str) -> Window:
    return Window(text, "plover", bag=set(PLOVER_NOW.get(code, (code,))))


def event_location(folder: Path) -> Iterator[Window]:
    """Sentences with a verb and the place where its event happened, or none."""
    for row in lines(folder / "event_location" / "dev.jsonl"):
        verb = _at(row["verb"])
        places = [(*_at(place), "place") for place in row["event_locations"]]
        yield Window(row["text"], "event_location", triggers=[Trigger(verb, places, {"place"})])


def uds(folder: Path) -> Iterator[Window]:
    """Factuality, where it is clear enough to leave only some statuses possible."""
    for row in lines(folder / "factuality" / "uds_ih2_train.jsonl"):
        found = []
        for event in row["events"]:
            value = event["factuality"]
            if value >= CERTAIN:
                found.append(Trigger(_at(event), statuses={"happened", "ongoing"}))
            elif value <= UNREAL:
                found.append(Trigger(_at(event), statuses=set(STATUSES) - {"happened", "ongoing"}))
        if found:
            yield Window(row["text"], "uds", triggers=found)


def polnear(folder: Path, count) -> Iterator[Window]:
    """Attributions: cue, and source and content around it."""
    for row in lines(folder / "polnear" / "train.jsonl"):
        for window in cut(row["text"], count):
            yield _attributions(row, window)


def _attributions(row: dict, window: Span) -> Window:
    made = Window(row["text"][window[0] : window[1]], "polnear", cues=[])
    for attribution in row["attributions"]:
        spans = {
            part: [
                s for p in attribution[part] for x in p["spans"] if (s := inside(tuple(x), window))
            ]
            for part in ("source", "cue", "content")
        }
        if spans["cue"]:
            cue = (spans["cue"][0][0], spans["cue"][-1][1])
            if cue[1] - cue[0] > LONGEST_CUE:
                cue = spans["cue"][0]
            labels = [(*s, part) for part in ("content", "source") for s in spans[part]]
            made.cues.append((cue, labels))
    return made


def muc(folder: Path, count) -> Iterator[Window]:
    """Telex reports: where an act word and fills of its template share a sentence."""
    for row in lines(folder / "muc4" / "train.jsonl"):
        yield from _muc_report(row, count)


def _fills(template: dict) -> list[tuple[str, Span]]:
    found = []
    for slot, role in MUC_ROLES.items():
        for fill in template["slots"].get(slot) or []:
            for alternative in fill.get("alternatives") or []:
                found += [(role, tuple(o)) for o in alternative.get("offsets") or []]
    return found


def _muc_report(row: dict, count) -> Iterator[Window]:
    text = row["text"]
    page = segment(Report(id="r", text=text))
    for sentence in page.sentences:
        window = (sentence.start, sentence.end)
        if sentence.end - sentence.start > 700:
            continue
        made = Window(text[window[0] : window[1]], "muc4")
        for template in row["templates"]:
            _add_template(made, template, window)
        if made.triggers:
            yield made


def _add_template(made: Window, template: dict, window: Span) -> None:
    kinds = [v["value"] or "" for v in template["slots"].get("INCIDENT: TYPE") or []]
    stems = tuple(MUC_TRIGGERS.get(kinds[0].split(" ")[0] if kinds else "", "").split())
    labels = [(*span, role) for role, full in _fills(template) if (span := inside(full, window))]
    if not labels or not stems:
        return
    made.types = made.types or []
    at = 0
    for word in made.text.lower().split():
        at = made.text.lower().index(word, at)
        if word.startswith(stems):
            span = (at, at + len(word.rstrip(".,;:\"')")))
            made.types.append((*span, "ASSAULT"))
            if not any(t.span == span for t in made.triggers):
                made.triggers.append(
                    Trigger(span, labels, {"actor", "victim", "target", "instrument"})
                )
        at += len(word)
