"""Gradient-boosted trees, evaluated with numpy from a small data file."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Forest:
    """Trees as arrays of shape (trees, nodes). A node goes left where the feature is at most its
    threshold; `feature` is -1 at a leaf, whose `value` counts. `names` are the features, in order.
    """

    names: tuple[str, ...]
    feature: Ints
    threshold: Floats
    left: Ints
    right: Ints
    value: Floats
    depth: int

    def scores(self, rows: Floats) -> Floats:
        """The sum of the trees' leaves for each row of features."""
        count, trees = len(rows), len(self.feature)
        node = np.zeros((count, trees), dtype=np.int64)
        tree = np.arange(trees)[None, :]
        row = np.arange(count)[:, None]
        for _ in range(self.depth):
            feature = self.feature[tree, node]
            goes_left = rows[row, np.maximum(feature, 0)] <= self.threshold[tree, node]
            after = np.where(goes_left, self.left[tree, node], self.right[tree, node])
            node = np.where(feature < 0, node, after)
        return np.asarray(self.value[tree, node].sum(axis=1))


@cache
def load(name: str) -> Forest | None:
    """The forest of a name from the data file; None where the file is not installed."""
    arrays = _arrays()
    if f"{name}.feature" not in arrays:
        return None
    part = {key: arrays[f"{name}.{key}"] for key in
            ("names", "feature", "threshold", "left", "right", "value", "depth")}  # fmt: skip
    return Forest(
        tuple(str(n) for n in part["names"]),
        part["feature"].astype(np.int64), part["threshold"].astype(np.float64),
        part["left"].astype(np.int64), part["right"].astype(np.int64),
        part["value"].astype(np.float64), int(part["depth"]),
    )  # fmt: skip


def numbers(name: str) -> Floats:
    """A row of numbers that was fitted beside the forests, from the same file."""
    return np.asarray(_arrays()[name], dtype=np.float64)


@cache
def _arrays() -> dict[str, npt.NDArray[np.generic]]:
    path = files("watchfloor.data").joinpath("models/places.npz")
    if not path.is_file():
        return {}
    with path.open("rb") as handle, np.load(handle) as arrays:
        return dict(arrays)
