"""The reader's network: a MiniLM encoder, token heads for cues and triggers, pair heads."""

from __future__ import annotations

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
from torch import nn
from transformers import AutoModel

from watchfloor.parse.shapes import SHAPES

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


class Trees(nn.Module):
    """Tags, parts of speech and dependencies of the words of a sentence, by a biaffine parser.

    After Dozat and Manning, "Deep biaffine attention for neural dependency parsing", 2017.
    """

    def __init__(self) -> None:
        super().__init__()
        self.shape = nn.Embedding(2 * len(SHAPES), 32)
        self.word = nn.Linear(WIDTH + 32, 256)
        self.drop = nn.Dropout(0.1)
        self.tag = nn.Linear(256, len(TAGS))
        self.pos = nn.Linear(256, len(PARTS_OF_SPEECH))
        self.nothing = nn.Parameter(torch.zeros(256))
        self.arc_child, self.arc_head = nn.Linear(256, 160), nn.Linear(256, 160)
        self.arc = nn.Linear(160, 160, bias=False)
        self.arc_bias = nn.Linear(160, 1)
        self.name_child, self.name_head = nn.Linear(256, 64), nn.Linear(256, 64)
        self.name = nn.Parameter(torch.randn(len(DEPENDENCIES), 64, 64) * 0.02)
        self.name_of_child = nn.Linear(64, len(DEPENDENCIES))
        self.name_of_head = nn.Linear(64, len(DEPENDENCIES), bias=False)

    def words(self, vectors: torch.Tensor, shapes: torch.Tensor) -> torch.Tensor:
        """Vectors [s, n, w] and shapes [s, n] -> the words' own vectors [s, n, 256]."""
        return self.drop(
            nn.functional.gelu(self.word(torch.cat([vectors, self.shape(shapes)], dim=-1)))
        )

    def arcs(self, words: torch.Tensor) -> torch.Tensor:
        """Scores [s, n, 1 + n] of each word's having no head, or each word as its head."""
        heads = torch.relu(self.arc_head(self.with_nothing(words)))
        children = self.arc(torch.relu(self.arc_child(words)))
        return children @ heads.transpose(1, 2) + self.arc_bias(heads).transpose(1, 2)

    def names(self, words: torch.Tensor, heads: torch.Tensor) -> torch.Tensor:
        """Scores [s, n, dependencies] of each word under its head (0 for none)."""
        chosen = self.with_nothing(words).gather(
            1, heads[..., None].expand(-1, -1, words.shape[-1])
        )
        child, head = torch.relu(self.name_child(words)), torch.relu(self.name_head(chosen))
        mixed = torch.einsum("snd,lde->snle", child, self.name)
        scores = (mixed @ head[..., None])[..., 0]
        return scores + self.name_of_child(child) + self.name_of_head(head)

    def with_nothing(self, words: torch.Tensor) -> torch.Tensor:
        """The words of each sentence with "no head" before them."""
        return torch.cat([self.nothing.expand(words.shape[0], 1, -1), words], dim=1)


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
        self.trees = Trees()
        self.layers = nn.Parameter(torch.zeros(self.encoder.config.num_hidden_layers))

    def encode(self, ids: torch.Tensor, mask: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Token vectors [batch, t, width]: the last layer's, and for trees a mean of them all."""
        coded = self.encoder(input_ids=ids, attention_mask=mask, output_hidden_states=True)
        mixed = sum(
            share * layer
            for share, layer in zip(self.layers.softmax(0), coded.hidden_states[1:], strict=True)
        )
        return self.drop(coded.last_hidden_state), self.drop(mixed)
