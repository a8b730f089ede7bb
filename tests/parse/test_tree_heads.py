"""Trees out of the reader's own pass."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from watchfloor.parse import Page, read, segment, sift
from watchfloor.parse.shapes import SHAPES, shape_of
from watchfloor.parse.tree_heads import best_heads
from watchfloor.records import Report
from watchfloor.settings import Settings


def scores(most: int) -> st.SearchStrategy[np.ndarray]:
    """Scores [n, 1 + n] of heads."""
    numbers = st.floats(-20, 20, width=32)
    return st.integers(1, most).flatmap(lambda n: arrays(np.float32, (n, n + 1), elements=numbers))


def read_one(text: str) -> Page:
    """A text as the stages get it, read by the shipped model."""
    (page,) = read([sift(segment(Report(id="EXERCISE", text=text)))], Settings())
    assert page.reading is not None
    return page


@given(scores(12))
def test_heads_are_a_tree_and_the_best_ones_where_these_are(arcs: np.ndarray) -> None:
    heads = best_heads(arcs).tolist()
    for word in range(len(heads)):
        at, steps = word, 0
        while heads[at]:
            at, steps = heads[at] - 1, steps + 1
            assert steps <= len(heads), "a word above itself"
    free = arcs.copy()
    free[np.arange(len(arcs)), np.arange(len(arcs)) + 1] = -np.inf
    best = free.argmax(axis=1)
    if (best == 0).all():
        assert heads == best.tolist()


def test_who_did_what_to_whom_stands_in_the_tree() -> None:
    page = read_one("EXERCISE. Gunmen killed two guards near Quetta on Monday.")
    doc = page.sentences[-1].doc
    assert doc is not None
    found = {t.text: (t.tag_, t.pos_, t.dep_, t.head.text, t.lemma_) for t in doc}
    assert found["Gunmen"] == ("NNS", "NOUN", "nsubj", "killed", "gunman")
    assert found["guards"] == ("NNS", "NOUN", "dobj", "killed", "guard")
    assert found["killed"] == ("VBD", "VERB", "ROOT", "killed", "kill")
    assert found["Quetta"][:3] == ("NNP", "PROPN", "pobj")


def test_a_sentence_that_the_reader_cannot_see_whole_still_has_its_tree() -> None:
    text = "EXERCISE. Gunmen killed " + ", ".join(["a guard and a driver"] * 60) + " near Quetta."
    page = read_one(text)
    docs = [s.doc for s in page.sentences if s.skipped is None]
    assert sum(len(doc) for doc in docs if doc is not None) > 300
    assert None not in docs


@pytest.mark.parametrize(
    ("word", "shape"),
    [
        ("guards", "small"), ("Quetta", "capitalised"), ("A", "initial"), ("UN", "capitals"),
        ("AK-47s", "number"), ("McCoy", "mixed"), ("12", "number"), (",", "mark"), (" ", "space"),
    ],
)  # fmt: skip
def test_shapes(word: str, shape: str) -> None:
    assert SHAPES[shape_of(word)] == shape
