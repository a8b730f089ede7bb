"""Reports with gold toponyms, turned into rows of features with labels."""

from __future__ import annotations

import gzip
import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from watchfloor import parse
from watchfloor.parse import Page
from watchfloor.records import Report
from watchfloor.settings import Settings
from watchfloor.where import judge
from watchfloor.where.countries import peoples_named
from watchfloor.where.gazetteer import Candidate, load
from watchfloor.where.rank import Context, rows
from watchfloor.where.resolve import hand_scores
from watchfloor.where.toponyms import Toponym, spotted, toponyms

#: A candidate this near to the gold point is right, in km (100 miles, the usual measure).
NEAR_KM = 161.0
#: Every fourth page of the encyclopedia: each tells of one place, and there are thousands.
WIKTOR_STEP = 4
GAZETTEER = load(Settings().home)


@dataclass
class Mention:
    """One gold toponym: features of its candidates; labels 2 for the place, 1 for one near.

    `points` are the candidates' latitudes and longitudes.
    """

    rows: np.ndarray
    labels: np.ndarray
    points: np.ndarray


@dataclass
class Spots:
    """The names of one report: features, and whether the gold has them as toponyms.

    `missed` counts gold toponyms that no name meets.
    """

    rows: np.ndarray
    labels: np.ndarray
    missed: int


@dataclass
class Corpus:
    """A set of reports; `spots` is empty where the gold is no full list of toponyms."""

    name: str
    mentions: list[Mention]
    spots: list[Spots]


def read_corpora(gold: Path) -> list[Corpus]:
    """The three corpora; trees, as a report gets them, where recognition is learned."""
    corpora = []
    for name, file, full in (
        ("lgl", "geo/lgl.jsonl", True),
        ("geovirus", "geo/geovirus.jsonl", True),
        ("wiktor", "geo/wiktor.jsonl.gz", False),
    ):
        records = list(_lines(gold / file))
        corpora.append(make_corpus(name, records if full else records[::WIKTOR_STEP], full))
    return corpora


def make_corpus(name: str, records: list[dict[str, Any]], full: bool) -> Corpus:
    """Mentions to resolve of every record, and names to judge where the gold is a full list."""
    pages = [page_of(record) for record in records]
    if full:
        pages = parse.read([parse.sift(page) for page in pages], Settings())
    corpus = Corpus(name, [], [])
    for page, record in zip(pages, records, strict=True):
        corpus.mentions += mentions(page, record["toponyms"])
        if full:
            corpus.spots.append(spots(page, record["toponyms"]))
    return corpus


def page_of(record: dict[str, Any]) -> Page:
    """A record as a segmented page."""
    return parse.segment(Report(id=record["doc_id"], text=record["text"]))


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    yield from (json.loads(line) for line in raw.decode().split("\n") if line)


def mentions(page: Page, gold: list[dict[str, Any]]) -> Iterator[Mention]:
    """The found toponyms that meet one of the gold with coordinates."""
    found = list(toponyms(page, GAZETTEER, learned=False))
    hand = hand_scores(found)
    first = [t.candidates[s.index(max(s))] if s else None for t, s in zip(found, hand, strict=True)]
    context = Context(found, first, peoples_named(" ".join(s.text for s in page.sentences)))
    for toponym, scores in zip(found, hand, strict=True):
        meant = _meets(toponym, gold)
        if meant is not None and meant.get("lat") is not None and toponym.candidates:
            labels = np.array([_label(c, meant) for c in toponym.candidates])
            points = np.array([(c.lat, c.lon) for c in toponym.candidates])
            yield Mention(rows(toponym, scores, context), labels, points)


def _meets(toponym: Toponym, gold: list[dict[str, Any]]) -> dict[str, Any] | None:
    return next((g for g in gold if g["start"] < toponym.end and toponym.start < g["end"]), None)


def _label(one: Candidate, meant: dict[str, Any]) -> int:
    if meant.get("geonameid") and one.id == f"geonames:{meant['geonameid']}":
        return 2
    half = (
        math.sin(math.radians(one.lat - meant["lat"]) / 2) ** 2
        + math.cos(math.radians(one.lat))
        * math.cos(math.radians(meant["lat"]))
        * math.sin(math.radians(one.lon - meant["lon"]) / 2) ** 2
    )
    return int(12742 * math.asin(math.sqrt(min(1.0, half))) <= NEAR_KM)


def spots(page: Page, gold: list[dict[str, Any]]) -> Spots:
    """The names of a page that could be places, labelled by the gold."""
    seen = spotted(page, GAZETTEER)
    spans = [(s.start + p.start, s.start + p.end) for s, p in seen.items]
    labels = [any(g["start"] < e and b < g["end"] for g in gold) for b, e in spans]
    missed = sum(not any(g["start"] < e and b < g["end"] for b, e in spans) for g in gold)
    table = seen.rows() if seen.items else np.zeros((0, len(judge.NAMES)))
    return Spots(table, np.array(labels, dtype=float), missed)
