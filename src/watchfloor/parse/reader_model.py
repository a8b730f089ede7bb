"""The learned reader's model at run time: tokenizer, encoder and pair heads."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from watchfloor.errors import DataError

Floats = NDArray[np.float32]

#: Left to themselves the runtime's two kernels, for the sum and for its norm, take a sixth of the
#: time that its fused kernel for both does, which costs an eighth of the encoder.
UNFUSED = ["SkipLayerNormFusion"]

#: Word pieces a window may have, marks of beginning and end included.
MOST_PIECES = 256


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
        self.modes: list[str] = labels["modes"]
        self.tags: list[str] = labels["tags"]
        self.parts_of_speech: list[str] = labels["parts_of_speech"]
        self.dependencies: list[str] = labels["dependencies"]
        options = ort.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self.encoder, self.trigger_heads, self.cue_heads, self.tree_heads, self.name_heads = (
            ort.InferenceSession(
                folder.joinpath(name).read_bytes(),
                options,
                providers=["CPUExecutionProvider"],
                disabled_optimizers=UNFUSED,
            )
            for name in (
                "reader.onnx",
                "reader_triggers.onnx",
                "reader_cues.onnx",
                "reader_trees.onnx",
                "reader_names.onnx",
            )
        )
        self.tokenizer = Tokenizer.from_buffer(
            folder.joinpath("reader_tokenizer.json").read_bytes()
        )
        self.tokenizer.no_padding()
        self.tokenizer.enable_truncation(MOST_PIECES)

    def run(self, texts: list[str]) -> list[tuple[Any, Floats, Floats, Floats, Floats]]:
        """(encoding, vectors, cue and type probabilities, vectors for trees) of each text.

        One text a pass: the quantised network scales by the largest value it sees, so texts that
        shared a pass would change each other's findings.
        """
        return [self._run_one(one) for one in self.tokenizer.encode_batch(texts)]

    def _run_one(self, one: Any) -> tuple[Any, Floats, Floats, Floats, Floats]:
        feed = {"ids": np.array(one.ids, dtype=np.int64)}
        vectors, cues, types, mixed = self.encoder.run(None, feed)
        return one, vectors, softmax(cues), softmax(types), mixed

    def around_triggers(
        self, vectors: Floats, anchors: Floats, last: NDArray[np.int64]
    ) -> tuple[Floats, Floats, Floats, Floats]:
        """Roles [n, tokens, roles], statuses [n, statuses], modes [n, modes], background [n, 2].

        `vectors` [tokens, width] of a window, `anchors` [n, width] of its triggers, `last` [n]
        the last piece of each. All are probabilities.
        """
        feed = {"vectors": vectors, "anchors": anchors, "last": last}
        roles, statuses, modes, background = self.trigger_heads.run(None, feed)
        return roles, statuses, modes, background

    def around_cues(self, vectors: Floats, anchors: Floats, last: NDArray[np.int64]) -> Floats:
        """Probabilities [n, tokens, parts] of being source or content; see `around_triggers`."""
        (parts,) = self.cue_heads.run(None, {"vectors": vectors, "anchors": anchors, "last": last})
        return parts  # type: ignore[no-any-return]

    def over_words(
        self,
        vectors: Floats,
        first: NDArray[np.int64],
        last: NDArray[np.int64],
        shapes: NDArray[np.int64],
    ) -> tuple[NDArray[np.int64], NDArray[np.int64], Floats, Floats, Floats]:
        """What the words of a window are, and what may be above them.

        `vectors` [pieces, width] of the window for trees; `first` and `last` [n] the pieces of its
        words, `shapes` [n] as `shapes_of` gives them. Tags [n], parts of speech [n], scores
        [n, 1 + n] of having no head or each word as head, and for `names_under` vectors of the
        words [n, 64] and of what may be their heads [1 + n, 64].
        """
        feed = {"vectors": vectors, "first": first, "last": last, "shapes": shapes}
        tags, parts, arcs, words, heads = self.tree_heads.run(None, feed)
        return tags, parts, arcs, words, heads

    def names_under(self, words: Floats, above: Floats) -> NDArray[np.int64]:
        """The dependency [n] between words and their heads, by the vectors of both [n, 64]."""
        (names,) = self.name_heads.run(None, {"words": words, "above": above})
        return names  # type: ignore[no-any-return]


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
