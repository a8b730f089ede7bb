"""Trees to learn from: what spaCy's small English model gives for the texts that are trained on.

A tree is integers [words, 7]: first and last piece of each word, shape, tag, part of speech,
dependency and head (0 for none, else one more than the number of the head word).
"""

from __future__ import annotations

import pickle
from pathlib import Path
from zlib import crc32

import numpy as np
from labels import DEPENDENCIES, PARTS_OF_SPEECH, TAGS
from tensors import MOST, Example
from windows import Window

from watchfloor.parse import segment
from watchfloor.parse.shapes import shapes_of
from watchfloor.parse.tree_heads import pieces_of
from watchfloor.parse.trees import load_parser
from watchfloor.records import Report

#: Longer sentences are few and cost most.
LONGEST = 90


class Silver:
    """The trees of windows, grown once and kept in a file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.kept: dict[int, list[np.ndarray]] = (
            pickle.loads(path.read_bytes()) if path.is_file() else {}
        )
        self.fresh = 0

    def trees(self, window: Window, example: Example) -> list[np.ndarray]:
        """The trees of a window whose sentences lie inside what the reader sees of it."""
        key = crc32(window.text.encode()) << 20 | len(window.text)
        if key not in self.kept:
            self.kept[key] = list(_grow(window.text))
            self.fresh += 1
        made = (_placed(sentence, example.offsets) for sentence in self.kept[key])
        return [tree for tree in made if tree is not None]

    def save(self) -> None:
        """Write what is new."""
        if self.fresh:
            self.path.write_bytes(pickle.dumps(self.kept))
            self.fresh = 0


def _grow(text: str):
    """The trees of the sentences of a text, with characters in place of pieces."""
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
        yield np.array(rows, dtype=np.int32)


def _placed(rows: np.ndarray, offsets: list[tuple[int, int]]) -> np.ndarray | None:
    """The rows with pieces in place of characters; None where the window ends before them."""
    if len(offsets) >= MOST and rows[-1, 1] > offsets[-2][1]:
        return None
    placed = rows.copy()
    placed[:, 0], placed[:, 1] = pieces_of(np.array(offsets), rows[:, 0], rows[:, 1])
    return placed
