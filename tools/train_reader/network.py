"""The reader's network: a MiniLM encoder, token heads for cues and triggers, pair heads."""

from __future__ import annotations

import torch
from labels import CUE_TAGS, MODES, PARTS, ROLES, STATUSES, TYPES
from torch import nn
from transformers import AutoModel

WIDTH = 384
HIDDEN = 128
#: Width in which an anchor and a token are multiplied.
NARROW = 64
#: Distances between a trigger or cue and a token, in word pieces, fall into these buckets.
BUCKETS = [-64, -32, -16, -8, -4, -2, -1, 0, 1, 2, 4, 8, 16, 32, 64]


def bucket(distance: torch.Tensor) -> torch.Tensor:
    """The bucket of each signed distance."""
    return torch.bucketize(distance, torch.tensor(BUCKETS, device=distance.device))


class Pairs(nn.Module):
    """Scores every token against an anchor (a cue or trigger)."""

    def __init__(self, labels: int) -> None:
        super().__init__()
        self.anchor = nn.Linear(WIDTH, HIDDEN)
        self.token = nn.Linear(WIDTH, HIDDEN, bias=False)
        self.one = nn.Linear(WIDTH, NARROW)
        self.other = nn.Linear(WIDTH, NARROW)
        self.product = nn.Linear(NARROW, HIDDEN, bias=False)
        self.near = nn.Embedding(len(BUCKETS) + 1, HIDDEN)
        self.out = nn.Linear(HIDDEN, labels)

    def forward(
        self, anchors: torch.Tensor, tokens: torch.Tensor, gaps: torch.Tensor
    ) -> torch.Tensor:
        """Anchors [n, w], tokens [n, t, w], gaps [n, t] in pieces -> [n, t, labels]."""
        mixed = self.anchor(anchors)[:, None] + self.token(tokens) + self.near(bucket(gaps))
        mixed = mixed + self.product(self.other(tokens) * self.one(anchors)[:, None])
        return self.out(torch.relu(mixed))


class Network(nn.Module):
    """Everything that is trained."""

    def __init__(self, base: str) -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(base, add_pooling_layer=False)
        for parameter in self.encoder.embeddings.parameters():
            parameter.requires_grad = False
        self.drop = nn.Dropout(0.1)
        self.cue = nn.Linear(WIDTH, len(CUE_TAGS))
        self.trigger = nn.Linear(WIDTH, len(TYPES))
        self.status = nn.Linear(WIDTH, len(STATUSES))
        self.mode = nn.Linear(WIDTH, len(MODES))
        self.background = nn.Linear(WIDTH, 2)
        self.parts = Pairs(len(PARTS))
        self.roles = Pairs(len(ROLES))

    def encode(self, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """Token vectors [batch, t, width]."""
        return self.drop(self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state)
