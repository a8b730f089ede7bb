"""Turn training windows into tensors of allowed labels."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from labels import CUE_TAGS, MODES, PARTS, ROLES, STATUSES, TYPES
from windows import Window

MOST = 256


@dataclass
class Anchored:
    """A trigger or cue with what each token may be to it; None where nothing is known."""

    first: int
    last: int
    tokens: np.ndarray | None
    statuses: np.ndarray | None = None
    mode: np.ndarray | None = None
    background: np.ndarray | None = None


@dataclass
class Example:
    """A window in word pieces. Arrays of allowed labels are boolean [pieces, labels]."""

    origin: str
    ids: list[int]
    offsets: list[tuple[int, int]]
    cues: np.ndarray | None
    types: np.ndarray | None
    bag: np.ndarray | None
    triggers: list[Anchored]
    attributions: list[Anchored]
    trees: list = field(default_factory=list)


def pieces_of(offsets: list[tuple[int, int]], start: int, end: int) -> list[int]:
    """The numbers of the word pieces that overlap a span."""
    return [i for i, (a, b) in enumerate(offsets) if a < end and start < b]


def make(window: Window, tokenizer) -> Example:
    """Tokenise a window and lay its labels over the pieces."""
    coded = tokenizer.encode(window.text)
    ids, offsets = coded.ids[:MOST], coded.offsets[:MOST]
    example = Example(window.origin, ids, offsets, None, None, None, [], [])
    if window.types is not None:
        example.types = _types(window, offsets)
    if window.bag:
        example.bag = np.array([t in window.bag for t in TYPES])
    if window.cues is not None:
        example.cues = _cues(window, offsets)
        for span, labels in window.cues:
            where = pieces_of(offsets, *span)
            if where:
                example.attributions.append(
                    Anchored(where[0], where[-1], _labelled(labels, offsets, PARTS, set(PARTS)))
                )
    for trigger in window.triggers:
        where = pieces_of(offsets, *trigger.span)
        if where:
            tokens = None
            if trigger.asked is not None:
                tokens = _labelled(trigger.roles, offsets, ROLES, trigger.asked)
            statuses = None
            if trigger.statuses is not None:
                statuses = np.array([s in trigger.statuses for s in STATUSES])
            mode = background = None
            if trigger.mode is not None:
                mode = np.array([name == trigger.mode for name in MODES])
            if trigger.background is not None:
                background = np.array([not trigger.background, trigger.background])
            example.triggers.append(
                Anchored(where[0], where[-1], tokens, statuses, mode, background)
            )
    return example


def _types(window: Window, offsets: list[tuple[int, int]]) -> np.ndarray:
    """Labelled pieces have their type; bare ones may be anything not annotated throughout."""
    allowed = np.array([[t not in window.absent for t in TYPES]] * len(offsets))
    if window.origin == "muc4":
        allowed[:] = True
    for start, end in window.open_spans:
        allowed[pieces_of(offsets, start, end)] = True
    for start, end, kind in window.types or []:
        for i in pieces_of(offsets, start, end):
            allowed[i] = [t == kind for t in TYPES]
    return allowed


def _cues(window: Window, offsets: list[tuple[int, int]]) -> np.ndarray:
    tags = np.zeros((len(offsets), len(CUE_TAGS)), dtype=bool)
    tags[:, 0] = True
    for start, end in window.open_cues:
        tags[pieces_of(offsets, start, end)] = True
    for (start, end), _ in window.cues or []:
        for n, i in enumerate(pieces_of(offsets, start, end)):
            tags[i] = [False, n == 0, n > 0]
    return tags


def _labelled(labels, offsets, names: list[str], asked: set[str]) -> np.ndarray:
    """Allowed labels a piece: the one given, or any that is not annotated throughout."""
    allowed = np.array([[name not in asked or name == "none" for name in names]] * len(offsets))
    for start, end, label in labels:
        for i in pieces_of(offsets, start, end):
            allowed[i] = [name == label for name in names]
    return allowed
