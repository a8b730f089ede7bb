"""Export a trained reader: encoder and token heads as int8 ONNX, pair heads as arrays.

python tools/train_reader/export.py CHECKPOINT src/watchfloor/data/models
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from pathlib import Path

import torch
from labels import (
    CUE_TAGS,
    DEPENDENCIES,
    MODES,
    PARTS,
    PARTS_OF_SPEECH,
    ROLES,
    STATUSES,
    TAGS,
    TYPES,
)
from network import WIDTH, Network, Pairs, Trees
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from train import BASE


class TokenHeads(torch.nn.Module):
    """What the encoder session computes: vectors, cue and trigger logits."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, ids: torch.Tensor, mask: torch.Tensor) -> tuple[torch.Tensor, ...]:
        """Ids and mask [batch, t] -> vectors, cue logits, trigger logits, vectors for trees."""
        vectors, mixed = self.network.encode(ids, mask)
        return vectors, self.network.cue(vectors), self.network.trigger(vectors), mixed


class PairHeads(torch.nn.Module):
    """What is computed around the anchors (triggers or cues) of one window, as probabilities."""

    def __init__(self, pairs: Pairs, singles: list[torch.nn.Linear]) -> None:
        super().__init__()
        self.pairs, self.singles = pairs, torch.nn.ModuleList(singles)

    def forward(
        self, vectors: torch.Tensor, anchors: torch.Tensor, last: torch.Tensor
    ) -> tuple[torch.Tensor, ...]:
        """Vectors [t, w], anchors [n, w], last pieces [n] -> [n, t, labels], [n, labels]..."""
        gaps = torch.arange(vectors.shape[0])[None] - last[:, None]
        results = [self.pairs(anchors, vectors[None], gaps), *(s(anchors) for s in self.singles)]
        return tuple(one.softmax(-1) for one in results)


class TreeHeads(torch.nn.Module):
    """What is computed over the words of one sentence."""

    def __init__(self, heads: Trees) -> None:
        super().__init__()
        self.heads = heads

    def forward(
        self,
        vectors: torch.Tensor,
        first: torch.Tensor,
        last: torch.Tensor,
        shapes: torch.Tensor,
    ) -> tuple[torch.Tensor, ...]:
        """Vectors [t, w]; pieces and shapes [n] -> tags, parts [n]; arcs, names [n, 1 + n]."""
        heads = self.heads
        words = heads.words(((vectors[first] + vectors[last]) / 2)[None], shapes[None])
        child = torch.relu(heads.name_child(words[0]))
        above = torch.relu(heads.name_head(heads.with_nothing(words)[0]))
        scores = torch.einsum("nd,lde->nle", child, heads.name) @ above.T
        scores = scores + heads.name_of_child(child)[..., None] + heads.name_of_head(above).T
        barred = torch.tensor([[-1e4 if name == "ROOT" else 0.0] for name in DEPENDENCIES])
        return (
            heads.tag(words[0]).argmax(-1),
            heads.pos(words[0]).argmax(-1),
            heads.arcs(words)[0],
            (scores + barred).argmax(1),
        )


def export(checkpoint: Path, out: Path) -> None:
    """Write the encoder, the heads around triggers and cues, the label names, the tokenizer."""
    network = Network(str(BASE))
    network.load_state_dict(torch.load(checkpoint))
    network.eval()
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        full, clean = Path(scratch) / "full.onnx", Path(scratch) / "clean.onnx"
        ids = torch.randint(5, 2000, (2, 16))
        named = {"ids": ids, "mask": torch.ones_like(ids)}
        outputs = ["vectors", "cues", "triggers", "mixed"]
        axes = {name: {0: "batch", 1: "pieces"} for name in [*named, *outputs]}
        write(TokenHeads(network), named, outputs, axes, full)
        quant_pre_process(str(full), str(clean), skip_symbolic_shape=True)
        quantize_dynamic(
            str(clean), str(out / "reader.onnx"), per_channel=True, weight_type=QuantType.QInt8
        )
    triggers = PairHeads(network.roles, [network.status, network.mode, network.background])
    for name, heads, outputs in (
        ("triggers", triggers, ["roles", "statuses", "modes", "background"]),
        ("cues", PairHeads(network.parts, []), ["parts"]),
    ):
        named = {
            "vectors": torch.randn(16, WIDTH),
            "anchors": torch.randn(3, WIDTH),
            "last": torch.tensor([2, 5, 9]),
        }
        axes = {"vectors": {0: "pieces"}, "anchors": {0: "n"}, "last": {0: "n"}}
        axes |= {one: {0: "n"} for one in outputs} | {outputs[0]: {0: "n", 1: "pieces"}}
        write(heads, named, outputs, axes, out / f"reader_{name}.onnx")
    named = {
        "vectors": torch.randn(16, WIDTH),
        "first": torch.tensor([1, 3, 4]),
        "last": torch.tensor([2, 3, 6]),
        "shapes": torch.tensor([8, 1, 0]),
    }
    outputs = ["tags", "parts", "arcs", "names"]
    axes = {"vectors": {0: "pieces"}, **{one: {0: "n"} for one in ("first", "last", "shapes")}}
    axes |= {"tags": {0: "n"}, "parts": {0: "n"}, "arcs": {0: "n", 1: "m"}}
    axes |= {"names": {0: "n", 1: "m"}}
    write(TreeHeads(network.trees), named, outputs, axes, out / "reader_trees.onnx")
    labels = {
        "types": TYPES,
        "roles": ROLES,
        "statuses": STATUSES,
        "modes": MODES,
        "cue_tags": CUE_TAGS,
        "parts": PARTS,
        "tags": TAGS,
        "parts_of_speech": PARTS_OF_SPEECH,
        "dependencies": DEPENDENCIES,
    }
    (out / "reader.json").write_text(json.dumps(labels) + "\n", encoding="utf-8")
    shutil.copy(BASE / "tokenizer.json", out / "reader_tokenizer.json")


def write(
    module: torch.nn.Module,
    named: dict[str, torch.Tensor],
    outputs: list[str],
    axes: dict[str, dict[int, str]],
    path: Path,
) -> None:
    """One module as ONNX, its open dimensions named."""
    torch.onnx.export(
        module,
        tuple(named.values()),
        str(path),
        dynamo=False,
        input_names=list(named),
        output_names=outputs,
        dynamic_axes=axes,
        opset_version=17,
    )


if __name__ == "__main__":
    export(Path(sys.argv[1]), Path(sys.argv[2]))
