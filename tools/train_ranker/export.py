"""Turn LightGBM's trees into the arrays that `watchfloor.where.forest` evaluates."""

from __future__ import annotations

from typing import Any

import lightgbm
import numpy as np

from watchfloor.where.forest import Forest


def forest_of(booster: lightgbm.Booster, names: tuple[str, ...]) -> Forest:
    """The trees as arrays padded to the largest."""
    trees = [t["tree_structure"] for t in booster.dump_model()["tree_info"]]
    flat = [_flatten(tree) for tree in trees]
    width = max(len(nodes) for nodes in flat)
    table = np.zeros((len(flat), width, 5))
    table[:, :, 0] = -1
    for number, nodes in enumerate(flat):
        table[number, : len(nodes)] = nodes
    ints = table.astype(np.int64)
    return Forest(
        names, ints[:, :, 0], table[:, :, 1], ints[:, :, 2], ints[:, :, 3], table[:, :, 4],
        max(_depth(tree) for tree in trees),
    )  # fmt: skip


def _flatten(tree: dict[str, Any]) -> list[tuple[float, float, float, float, float]]:
    nodes: list[Any] = []

    def visit(node: dict[str, Any]) -> int:
        here = len(nodes)
        nodes.append(None)
        if "leaf_value" in node:
            nodes[here] = (-1, 0.0, 0, 0, node["leaf_value"])
        else:
            left, right = visit(node["left_child"]), visit(node["right_child"])
            nodes[here] = (node["split_feature"], node["threshold"], left, right, 0.0)
        return here

    visit(tree)
    return nodes


def _depth(node: dict[str, Any]) -> int:
    if "leaf_value" in node:
        return 0
    return 1 + max(_depth(node["left_child"]), _depth(node["right_child"]))


def pack(name: str, forest: Forest) -> dict[str, np.ndarray]:
    """The arrays of a forest by the names they have in the data file."""
    small = {
        "feature": forest.feature.astype(np.int16), "threshold": forest.threshold,
        "left": forest.left.astype(np.int16), "right": forest.right.astype(np.int16),
        "value": forest.value.astype(np.float32), "names": np.array(forest.names),
        "depth": np.array(forest.depth),
    }  # fmt: skip
    return {f"{name}.{key}": array for key, array in small.items()}
