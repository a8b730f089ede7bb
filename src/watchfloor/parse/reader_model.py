"""The learned reader's model at run time: ONNX session, tokenizer and pair heads."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from watchfloor.errors import DataError

Floats = NDArray[np.float32]

#: Word pieces a window may have, marks of beginning and end included.
MOST_PIECES = 256


class PairHead:
    """Scores every token against an anchor; the arithmetic of the trained pair network."""

    def __init__(self, heads: dict[str, Floats], name: str, buckets: list[int]) -> None:
        self.weights = {
            part: heads[f"{name}.{part}.weight"].T for part in ("anchor", "token", "product", "out")
        }
        self.bias = heads[f"{name}.anchor.bias"]
        self.out_bias = heads[f"{name}.out.bias"]
        self.near = heads[f"{name}.near.weight"]
        self.buckets = np.array(buckets)

    def __call__(self, anchor: Floats, tokens: Floats, at: int) -> Floats:
        """Probabilities [tokens, labels] of each token [tokens, width] for one anchor [width]."""
        gaps = np.searchsorted(self.buckets, np.arange(len(tokens)) - at)
        mixed = tokens @ (self.weights["token"] + anchor[:, None] * self.weights["product"])
        mixed = mixed + anchor @ self.weights["anchor"] + self.bias + self.near[gaps]
        return softmax(np.maximum(mixed, 0) @ self.weights["out"] + self.out_bias)


class ReaderModel:
    """Everything loaded from `data/models`."""

    def __init__(self) -> None:
        import onnxruntime as ort  # noqa: PLC0415 - slow to import, needed only with a model
        from tokenizers import Tokenizer  # noqa: PLC0415 - as above

        folder = files("watchfloor.data").joinpath("models")
        labels: dict[str, Any] = json.loads(folder.joinpath("reader.json").read_bytes())
        self.types: list[str] = labels["types"]
        self.role_names: list[str] = labels["roles"]
        self.statuses: list[str] = labels["statuses"]
        self.part_names: list[str] = labels["parts"]
        options = ort.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self.session = ort.InferenceSession(
            folder.joinpath("reader.onnx").read_bytes(), options, providers=["CPUExecutionProvider"]
        )
        self.tokenizer = Tokenizer.from_buffer(
            folder.joinpath("reader_tokenizer.json").read_bytes()
        )
        self.tokenizer.no_padding()
        self.tokenizer.enable_truncation(MOST_PIECES)
        with folder.joinpath("reader_heads.npz").open("rb") as stream:
            heads = {k: v.astype(np.float32) for k, v in np.load(stream).items()}
        self.roles = PairHead(heads, "roles", labels["buckets"])
        self.parts = PairHead(heads, "parts", labels["buckets"])
        self.status_weight, self.status_bias = heads["status.weight"].T, heads["status.bias"]

    def run(self, texts: list[str]) -> list[tuple[Any, Floats, Floats, Floats]]:
        """(encoding, vectors, cue probabilities, type probabilities) of each text.

        One text a pass: the quantised network scales by the largest value it sees, so texts that
        shared a pass would change each other's findings.
        """
        return [self._run_one(one) for one in self.tokenizer.encode_batch(texts)]

    def _run_one(self, one: Any) -> tuple[Any, Floats, Floats, Floats]:
        ids = np.array([one.ids], dtype=np.int64)
        vectors, cues, types = self.session.run(None, {"ids": ids, "mask": np.ones_like(ids)})
        return one, vectors[0], softmax(cues[0]), softmax(types[0])


@cache
def load_model() -> ReaderModel | None:
    """The model, loaded once; None where none is installed.

    Raises DataError where its files are there but damaged.
    """
    if not files("watchfloor.data").joinpath("models", "reader.onnx").is_file():
        return None
    try:
        return ReaderModel()
    except (OSError, KeyError, ValueError, RuntimeError) as error:
        raise DataError(
            f"the reader's model is damaged ({error})", right="install watchfloor again"
        ) from error


def softmax(logits: Floats) -> Floats:
    """Probabilities along the last axis."""
    powers = np.exp(logits - logits.max(axis=-1, keepdims=True))
    result: Floats = powers / powers.sum(axis=-1, keepdims=True)
    return result
