"""Export a trained reader: encoder and heads as int8 ONNX.

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


class Encoder(torch.nn.Module):
    """What the encoder session computes: vectors, cue and trigger logits, vectors for trees.

    The same sums as the network's, laid out for one text without padding: no mask, and one product
    for queries, keys and values, which saves a quarter to a third of the time.
    """

    def __init__(self, network: Network) -> None:
        super().__init__()
        bert = network.encoder
        self.network, self.blocks = network, bert.encoder.layer
        self.heads, self.words = bert.config.num_attention_heads, bert.embeddings.word_embeddings
        places, kinds = (
            bert.embeddings.position_embeddings.weight,
            bert.embeddings.token_type_embeddings.weight,
        )
        self.places = torch.nn.Parameter(places + kinds[0])
        self.norm = bert.embeddings.LayerNorm
        self.asks = torch.nn.ModuleList(
            joined(layer.attention.self, (WIDTH // self.heads) ** -0.5) for layer in self.blocks
        )

    def forward(self, ids: torch.Tensor) -> tuple[torch.Tensor, ...]:
        """Ids [t] -> vectors [t, w], cue logits, trigger logits, vectors for trees [t, w]."""
        pieces = ids.shape[0]
        vectors = self.norm(self.words(ids) + self.places[:pieces])
        mixed = torch.zeros(())
        shares = self.network.layers.softmax(0)
        for share, layer, asks in zip(shares, self.blocks, self.asks, strict=True):
            asked = asks(vectors).view(pieces, 3, self.heads, -1).permute(1, 2, 0, 3)
            query, key, value = asked.unbind(0)
            seen = ((query @ key.transpose(1, 2)).softmax(-1) @ value).transpose(0, 1)
            out = layer.attention.output
            vectors = out.LayerNorm(out.dense(seen.reshape(pieces, -1)) + vectors)
            wide = torch.nn.functional.gelu(layer.intermediate.dense(vectors))
            vectors = layer.output.LayerNorm(layer.output.dense(wide) + vectors)
            mixed = mixed + share * vectors
        return vectors, self.network.cue(vectors), self.network.trigger(vectors), mixed


def joined(attention: torch.nn.Module, scale: float) -> torch.nn.Linear:
    """One layer for the queries (times `scale`), keys and values of an attention."""
    parts = [attention.query, attention.key, attention.value]
    one = torch.nn.Linear(WIDTH, 3 * WIDTH)
    scales = [scale, 1.0, 1.0]
    one.weight.data = torch.cat([p.weight * s for p, s in zip(parts, scales, strict=True)])
    one.bias.data = torch.cat([p.bias * s for p, s in zip(parts, scales, strict=True)])
    return one


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
        """Vectors [t, w]; pieces and shapes [n] -> what `ReaderModel.over_words` gives."""
        heads = self.heads
        words = heads.words(((vectors[first] + vectors[last]) / 2)[None], shapes[None])
        return (
            heads.tag(words[0]).argmax(-1),
            heads.pos(words[0]).argmax(-1),
            heads.arcs(words)[0],
            torch.relu(heads.name_child(words[0])),
            torch.relu(heads.name_head(heads.with_nothing(words)[0])),
        )


class TreeNames(torch.nn.Module):
    """What is computed for every word and its head, once heads are known."""

    def __init__(self, heads: Trees) -> None:
        super().__init__()
        self.heads = heads

    def forward(self, words: torch.Tensor, above: torch.Tensor) -> torch.Tensor:
        """Vectors of words and of their heads [n, 64] -> the dependency between them [n]."""
        heads = self.heads
        pairs = (words[:, :, None] * above[:, None, :]).flatten(1)
        scores = pairs @ heads.name.flatten(1).T
        scores = scores + heads.name_of_child(words) + heads.name_of_head(above)
        barred = torch.tensor([-1e4 if name == "ROOT" else 0.0 for name in DEPENDENCIES])
        return (scores + barred).argmax(-1)


def export(checkpoint: Path, out: Path) -> None:
    """Write the encoder, the heads around triggers and cues, the label names, the tokenizer."""
    network = Network(str(BASE))
    network.load_state_dict(torch.load(checkpoint))
    network.eval()
    out.mkdir(parents=True, exist_ok=True)
    named = {"ids": torch.randint(5, 2000, (16,))}
    outputs = ["vectors", "cues", "triggers", "mixed"]
    axes = {name: {0: "pieces"} for name in [*named, *outputs]}
    write(Encoder(network), named, outputs, axes, out / "reader.onnx")
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
    outputs = ["tags", "parts", "arcs", "words", "heads"]
    axes = {"vectors": {0: "pieces"}, **{one: {0: "n"} for one in ("first", "last", "shapes")}}
    axes |= {"tags": {0: "n"}, "parts": {0: "n"}, "arcs": {0: "n", 1: "m"}}
    axes |= {"words": {0: "n"}, "heads": {0: "m"}}
    write(TreeHeads(network.trees), named, outputs, axes, out / "reader_trees.onnx")
    named = {"words": torch.randn(3, 64), "above": torch.randn(3, 64)}
    axes = {one: {0: "n"} for one in ("words", "above", "names")}
    write(TreeNames(network.trees), named, ["names"], axes, out / "reader_names.onnx")
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
    """One module as ONNX, its open dimensions named and its weights int8, a scale a channel."""
    with tempfile.TemporaryDirectory() as scratch:
        full, clean = Path(scratch) / "full.onnx", Path(scratch) / "clean.onnx"
        torch.onnx.export(
            module,
            tuple(named.values()),
            str(full),
            dynamo=False,
            input_names=list(named),
            output_names=outputs,
            dynamic_axes=axes,
            opset_version=17,
        )
        quant_pre_process(str(full), str(clean), skip_symbolic_shape=True)
        quantize_dynamic(str(clean), str(path), per_channel=True, weight_type=QuantType.QInt8)


if __name__ == "__main__":
    export(Path(sys.argv[1]), Path(sys.argv[2]))
