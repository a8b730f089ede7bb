"""Train the two forests that find and resolve place names, and say what they are worth.

    python tools/train_ranker/train.py GOLD OUT.npz

GOLD is a folder with `geo/lgl.jsonl`, `geo/geovirus.jsonl` and `geo/wiktor.jsonl.gz` (toponyms with
coordinates). First each corpus is scored by forests that were trained on the others only, then
forests trained on all of them are written. Seeds are fixed.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from corpora import Corpus, Mention, read_corpora
from fit import fit_confidence, fit_rank, fit_spot, share_right, spot_f1

from export import pack
from watchfloor.where import judge, rank
from watchfloor.where.forest import Forest


def held_out(corpora: Sequence[Corpus]) -> list[tuple[np.ndarray, Mention]]:
    """Score each corpus by forests of the others; the scores of each mention's candidates."""
    seen: list[tuple[np.ndarray, Mention]] = []
    for corpus in corpora:
        others = [c for c in corpora if c is not corpus]
        model = fit_rank(others)
        answers = [(model.scores(m.rows), m) for m in corpus.mentions]
        seen += answers
        print(
            f"{corpus.name:10} resolution: by hand {share_right(corpus, None):.3f}"
            f"  trained on the others {share_right(corpus, model):.3f}  ({len(answers)} mentions)"
        )
    spotted = [c for c in corpora if c.spots]
    for corpus in spotted:
        others = [c for c in spotted if c is not corpus]
        print(
            f"{corpus.name:10} recognition F1 of known names: by hand {spot_f1(corpus, None):.3f}"
            f"  trained on the others {spot_f1(corpus, fit_spot(others)):.3f}"
            f"  five folds {fold_f1(corpus):.3f}"
        )
    return seen


def fold_f1(corpus: Corpus) -> float:
    """Recognition within a corpus, each document scored by a forest of the other four fifths."""
    scores = []
    for fold in range(5):
        rest = Corpus(corpus.name, [], [s for n, s in enumerate(corpus.spots) if n % 5 != fold])
        part = Corpus(corpus.name, [], [s for n, s in enumerate(corpus.spots) if n % 5 == fold])
        scores.append(spot_f1(part, fit_spot([rest])))
    return float(np.mean(scores))


def main() -> None:
    """The command line; see the module docstring."""
    corpora = read_corpora(Path(sys.argv[1]))
    seen = held_out(corpora)
    weights = fit_confidence(seen)
    spot: Forest = fit_spot([c for c in corpora if c.spots])
    best: Forest = fit_rank(corpora)
    assert spot.names == judge.NAMES and best.names == rank.NAMES
    np.savez_compressed(sys.argv[2], confidence=weights, **pack("spot", spot), **pack("rank", best))
    print(sys.argv[2], Path(sys.argv[2]).stat().st_size, "bytes")


if __name__ == "__main__":
    main()
