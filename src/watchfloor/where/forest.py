"""Gradient-boosted trees, evaluated with numpy from a small data file."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
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
        roots, feature, left, right = self._flat
        threshold, value, cells = self.threshold.ravel(), self.value.ravel(), rows.ravel()
        begins = (np.arange(len(rows)) * rows.shape[1])[:, None]
        node = np.tile(roots, (len(rows), 1))
        for _ in range(self.depth):
            goes_left = cells.take(begins + feature.take(node)) <= threshold.take(node)
            node = np.where(goes_left, left.take(node), right.take(node))
        return np.asarray(value.take(node).sum(axis=1))

    @cached_property
    def _flat(self) -> tuple[Ints, Ints, Ints, Ints]:
        """The trees' first nodes among all nodes in one row; each node's feature, left and right.

        A leaf leads to itself, so that all trees can be gone down by the same number of steps.
        """
        own = np.arange(self.feature.size).reshape(self.feature.shape)
        roots, leaf = own[:, :1], self.feature < 0
        left, right = (np.where(leaf, own, roots + to).ravel() for to in (self.left, self.right))
        return roots.ravel(), np.maximum(self.feature, 0).ravel(), left, right


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
