"""Fit forests and the calibration of confidence; measure them."""

from __future__ import annotations

from collections.abc import Sequence

import lightgbm
import numpy as np
from corpora import Corpus, Mention
from sklearn.linear_model import LogisticRegression

from export import forest_of
from watchfloor.where import judge, rank
from watchfloor.where.forest import Forest
from watchfloor.where.resolve import confidence_features

COMMON = {"seed": 7, "deterministic": True, "num_threads": 1, "verbosity": -1}
SPOT = COMMON | {
    "objective": "binary", "learning_rate": 0.07, "num_leaves": 15, "min_data_in_leaf": 30,
    "feature_fraction": 0.7, "bagging_fraction": 0.8, "bagging_freq": 1, "lambda_l2": 5.0,
}  # fmt: skip
RANK = COMMON | {
    "objective": "lambdarank", "learning_rate": 0.08, "num_leaves": 15, "min_data_in_leaf": 40,
    "feature_fraction": 0.7, "bagging_fraction": 0.8, "bagging_freq": 1, "lambda_l2": 5.0,
    "label_gain": [0, 1, 2], "lambdarank_truncation_level": 5,
}  # fmt: skip
TREES = 100


def fit_spot(corpora: Sequence[Corpus]) -> Forest:
    """A forest that judges whether a known name is used as a place."""
    table = np.vstack([s.rows for c in corpora for s in c.spots])
    labels = np.concatenate([s.labels for c in corpora for s in c.spots])
    data = lightgbm.Dataset(table, labels, feature_name=list(judge.NAMES))
    return forest_of(lightgbm.train(SPOT, data, TREES), judge.NAMES)


def fit_rank(corpora: Sequence[Corpus]) -> Forest:
    """A forest that ranks candidates; mentions without a right or a wrong one teach nothing."""
    some = [m for c in corpora for m in c.mentions if len(m.labels) > 1 and m.labels.any()]
    sizes = [len(m.labels) for m in some]
    table, labels = np.vstack([m.rows for m in some]), np.concatenate([m.labels for m in some])
    data = lightgbm.Dataset(
        table,
        labels,
        group=sizes,
        weight=np.repeat(_weights(corpora), sizes),
        feature_name=list(rank.NAMES),
    )
    return forest_of(lightgbm.train(RANK, data, TREES), rank.NAMES)


def _weights(corpora: Sequence[Corpus]) -> list[float]:
    """Every corpus weighs alike, whatever its size."""
    weights: list[float] = []
    for corpus in corpora:
        taught = sum(len(m.labels) > 1 and bool(m.labels.any()) for m in corpus.mentions)
        weights += [2000.0 / taught] * taught
    return weights


def share_right(corpus: Corpus, model: Forest | None) -> float:
    """The share of mentions whose highest candidate is right; by the hand-set weights if None."""
    return float(np.mean([_right(m, model) for m in corpus.mentions]))


def _right(mention: Mention, model: Forest | None) -> bool:
    column = rank.NAMES.index("hand")
    scores = mention.rows[:, column] if model is None else model.scores(mention.rows)
    return bool(mention.labels[scores.argmax()])


def spot_f1(corpus: Corpus, model: Forest | None) -> float:
    """Recognition F1 over all gold toponyms, those that no gazetteer name meets being missed."""
    right = found = wanted = 0.0
    column = judge.NAMES.index("hand")
    for some in corpus.spots:
        wanted += some.labels.sum() + some.missed
        if len(some.rows):
            scores = some.rows[:, column] if model is None else model.scores(some.rows)
            taken = scores >= (judge.ENOUGH if model is None else judge.LIKELY)
            right, found = right + float(some.labels[taken].sum()), found + int(taken.sum())
    return 2 * right / (found + wanted)


def fit_confidence(answers: Sequence[tuple[np.ndarray, Mention]]) -> np.ndarray:
    """Weights of `confidence_features`, from answers given on corpora not trained on."""
    table = np.array([confidence_features(scores, m.points) for scores, m in answers])
    right = np.array([bool(m.labels[scores.argmax()]) for scores, m in answers])
    fitted = LogisticRegression(fit_intercept=False, C=10.0, max_iter=1000).fit(table, right)
    return np.asarray(fitted.coef_[0])
