"""The small network of the choosers (src/events/row_network.h): rows of one table, summed, with numbers beside them, through two small layers; and
what two of the scorer's vectors say of each other (src/events/vector_pairs.h), which are numbers for it."""

from __future__ import annotations

import pathlib

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

import model_file

CUT = 8  # no number counts for more


def numbers_of(values) -> torch.Tensor:
    return torch.tensor(np.array(values, np.float32)).clamp(-CUT, CUT) / 4


class RowNetwork(nn.Module):
    def __init__(self, rows: int, numbers: int, answers: int, wide: int = 48, narrow: int = 32):
        super().__init__()
        self.table = nn.EmbeddingBag(rows, wide, mode="sum")
        self.direct = nn.EmbeddingBag(rows, answers, mode="sum")
        self.value = nn.Linear(numbers, wide)
        self.narrow = nn.Linear(wide, narrow)
        self.out = nn.Linear(narrow, answers)
        nn.init.normal_(self.table.weight, 0, 0.05)
        nn.init.zeros_(self.direct.weight)

    def forward(self, rows, values, keep: float = 1.0):
        weights = torch.bernoulli(torch.full(rows.shape, keep)) / keep if self.training and keep < 1 else None
        wide = torch.relu(self.table(rows, per_sample_weights=weights) + self.value(values))
        narrow = torch.relu(self.narrow(F.dropout(wide, 0.2, self.training)))
        return self.out(F.dropout(narrow, 0.2, self.training)) + self.direct(rows, per_sample_weights=weights)

    def save(self, slots: int, magic: bytes, path: pathlib.Path, pairs: "VectorPairs | None" = None) -> None:
        tensors = [self.table.weight, self.direct.weight, self.value.weight.T, self.value.bias, self.narrow.weight.T, self.narrow.bias, self.out.weight.T, self.out.bias]
        sizes = [self.table.num_embeddings, slots, self.value.in_features, self.table.embedding_dim, self.narrow.out_features]
        more = [] if pairs is None else pairs.tensors()
        model_file.write(path, magic, 1, sizes, [tensor.detach().contiguous().numpy().astype(np.float32) for tensor in tensors] + more)


class VectorPairs(nn.Module):
    """[words][numbers]: the products of two words' vectors, each through a layer of its own."""

    NUMBERS = 64

    def __init__(self, size: int):
        super().__init__()
        self.word = nn.Linear(size, self.NUMBERS)
        self.other = nn.Linear(size, self.NUMBERS)

    def forward(self, word, other, drop: float = 0.2):
        word, other = F.dropout(word, drop, self.training), F.dropout(other, drop, self.training)
        return torch.tanh(self.word(word)) * torch.tanh(self.other(other)) / 4  # as numbers_of()

    def tensors(self) -> list[np.ndarray]:
        out = []
        for layer in (self.word, self.other):
            weight, scale = model_file.quantize(layer.weight.detach().numpy())
            out += [weight, scale, layer.bias.detach().numpy()]
        return out


class Chooser(nn.Module):
    """A RowNetwork over its own numbers and over those of two vectors, as the file has them; without `vector_size` over its own alone."""

    def __init__(self, rows: int, numbers: int, answers: int, vector_size: int = 0, wide: int = 48, narrow: int = 32):
        super().__init__()
        self.pairs = VectorPairs(vector_size) if vector_size else None
        self.network = RowNetwork(rows, numbers + (VectorPairs.NUMBERS if vector_size else 0), answers, wide, narrow)

    def forward(self, rows, values, word=None, other=None, keep: float = 1.0):
        """`word`, `other`: [answers][vector_size]; who is told nowhere has zeros for the other, and then zeros for products."""
        if self.pairs is not None:
            said = self.pairs(word, other) * (other != 0).any(1, keepdim=True)
            values = torch.cat([values, said], 1)
        return self.network(rows, values, keep)

    def save(self, slots: int, magic: bytes, path: pathlib.Path) -> None:
        self.network.save(slots, magic, path, self.pairs)


class Vectors:
    """The scorer's vectors of the words that are asked about, kept once each; row 0 is of nobody."""

    def __init__(self):
        self.rows, self.at = [], {}

    def row(self, document, token: int) -> int:
        if not self.rows:
            self.rows.append(np.zeros(document.vectors.shape[1], np.int8))
        if token < 0:
            return 0
        key = (document.id, token)
        if key not in self.at:
            self.at[key] = len(self.rows)
            self.rows.append(np.array(document.vectors[token]))
        return self.at[key]

    def matrix(self) -> torch.Tensor:
        return torch.from_numpy(np.stack(self.rows))


def vectors_of(matrix: torch.Tensor, rows: torch.Tensor) -> torch.Tensor:
    return matrix[rows].float() / 127
