"""The small network of the choosers (src/events/row_network.h): rows of one table, summed, with numbers beside them, through two small layers."""

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

    def save(self, slots: int, magic: bytes, path: pathlib.Path) -> None:
        tensors = [self.table.weight, self.direct.weight, self.value.weight.T, self.value.bias, self.narrow.weight.T, self.narrow.bias, self.out.weight.T, self.out.bias]
        sizes = [self.table.num_embeddings, slots, self.value.in_features, self.table.embedding_dim, self.narrow.out_features]
        model_file.write(path, magic, 1, sizes, [tensor.detach().contiguous().numpy().astype(np.float32) for tensor in tensors])
