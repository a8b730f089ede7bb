"""Trees to learn from: what spaCy's small English model gives for the texts that are trained on."""

from __future__ import annotations

import pickle
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

import numpy as np
from labels import DEPENDENCIES, PARTS_OF_SPEECH, TAGS
from tensors import MOST, Example
from windows import Window

from watchfloor.parse import segment
from watchfloor.parse.shapes import shapes_of
from watchfloor.parse.trees import load_parser
from watchfloor.records import Report

#: Longer sentences are few and cost most.
LONGEST = 90


@dataclass
class Tree:
    """One sentence, a row a word: first and last piece, shape, tag, part of speech, dependency and
    head (0 for none, else one more than the number of the head word). Integers [words, 7].
    """

    words: np.ndarray


class Silver:
    """The trees of windows, grown once and kept in a file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.kept: dict[int, list[tuple]] = (
            pickle.loads(path.read_bytes()) if path.is_file() else {}
        )
        self.fresh = 0

    def trees(self, window: Window, example: Example) -> list[Tree]:
        """The trees of a window whose sentences lie inside what the reader sees of it."""
        key = crc32(window.text.encode()) << 20 | len(window.text)
        if key not in self.kept:
            self.kept[key] = list(_grow(window.text))
            self.fresh += 1
        made = (_placed(*sentence, example.offsets) for sentence in self.kept[key])
        return [tree for tree in made if tree is not None]

    def save(self) -> None:
        """Write what is new."""
        if self.fresh:
            self.path.write_bytes(pickle.dumps(self.kept))
            self.fresh = 0


def _grow(text: str):
    """(offsets [words, 2], shapes, tags, parts of speech, dependencies, heads) a sentence."""
    sentences = segment(Report(id="r", text=text)).sentences
    docs = load_parser().pipe(s.text for s in sentences)
    for sentence, doc in zip(sentences, docs, strict=True):
        if not 1 < len(doc) <= LONGEST:
            continue
        rows = [
            (
                sentence.start + t.idx,
                sentence.start + t.idx + len(t),
                shape,
                TAGS.index(t.tag_),
                PARTS_OF_SPEECH.index(t.pos_),
                DEPENDENCIES.index(t.dep_),
                0 if t.head.i == t.i else t.head.i + 1,
            )
            for t, shape in zip(doc, shapes_of([t.text for t in doc]), strict=True)
        ]
        yield (np.array(rows, dtype=np.int32),)


def _placed(rows: np.ndarray, offsets: list[tuple[int, int]]) -> Tree | None:
    """The rows with pieces in place of offsets; None where the window was cut off before them."""
    if len(offsets) >= MOST and rows[-1, 1] > offsets[-2][1]:
        return None
    starts = np.array([start for start, _ in offsets[1:-1]])
    ends = np.array([end for _, end in offsets[1:-1]])
    words = rows.copy()
    words[:, 0] = np.searchsorted(ends, rows[:, 0], side="right") + 1
    words[:, 1] = np.searchsorted(starts, rows[:, 1], side="left")
    words[:, 0] = np.minimum(words[:, 0], len(offsets) - 2)
    words[:, 1] = np.clip(words[:, 1], words[:, 0], len(offsets) - 2)
    return Tree(words)
