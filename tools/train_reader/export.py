"""Export a trained reader: encoder and token heads as int8 ONNX, pair heads as arrays.

python tools/train_reader/export.py CHECKPOINT src/watchfloor/data/models
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from pathlib import Path

import numpy as np
import torch
from labels import CUE_TAGS, PARTS, ROLES, STATUSES, TYPES
from network import BUCKETS, Network
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from train import BASE


class TokenHeads(torch.nn.Module):
    """What the encoder session computes: vectors, cue and trigger logits."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, ids: torch.Tensor, mask: torch.Tensor) -> tuple[torch.Tensor, ...]:
        """Ids and mask [batch, t] -> vectors, cue logits, trigger logits."""
        vectors = self.network.encode(ids, mask)
        return vectors, self.network.cue(vectors), self.network.trigger(vectors)


def export(checkpoint: Path, out: Path) -> None:
    """Write reader.onnx, reader_heads.npz, reader.json and tokenizer.json."""
    network = Network(str(BASE))
    network.load_state_dict(torch.load(checkpoint))
    network.eval()
    out.mkdir(parents=True, exist_ok=True)
    ids = torch.randint(5, 2000, (2, 16))
    axes = {0: "batch", 1: "pieces"}
    names = ["ids", "mask", "vectors", "cues", "triggers"]
    with tempfile.TemporaryDirectory() as scratch:
        full, clean = Path(scratch) / "full.onnx", Path(scratch) / "clean.onnx"
        torch.onnx.export(
            TokenHeads(network),
            (ids, torch.ones_like(ids)),
            str(full),
            dynamo=False,
            input_names=names[:2],
            output_names=names[2:],
            dynamic_axes=dict.fromkeys(names, axes),
            opset_version=17,
        )
        quant_pre_process(str(full), str(clean), skip_symbolic_shape=True)
        quantize_dynamic(
            str(clean), str(out / "reader.onnx"), per_channel=True, weight_type=QuantType.QInt8
        )
    heads = {
        name: value.numpy().astype(np.float16)
        for name, value in network.state_dict().items()
        if name.split(".")[0] in {"parts", "roles", "status"}
    }
    np.savez_compressed(out / "reader_heads.npz", **heads)
    labels = {
        "types": TYPES,
        "roles": ROLES,
        "statuses": STATUSES,
        "cue_tags": CUE_TAGS,
        "parts": PARTS,
        "buckets": BUCKETS,
    }
    (out / "reader.json").write_text(json.dumps(labels) + "\n", encoding="utf-8")
    shutil.copy(BASE / "tokenizer.json", out / "reader_tokenizer.json")


if __name__ == "__main__":
    export(Path(sys.argv[1]), Path(sys.argv[2]))
