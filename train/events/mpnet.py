"""MPNet's encoder, weights named as in its checkpoints. Song et al., "MPNet: Masked and Permuted Pre-training for Language Understanding", 2020."""

from __future__ import annotations

import math

import torch
import torch.nn.functional as F
from torch import nn

HEADS = 12
FIRST_PLACE = 2  # places 0 and 1 are the padding's


def buckets(count: int, kinds: int = 32, far: int = 128) -> torch.Tensor:
    """[count][count]: row of the table of relative places, as T5 has it: near ones each their own, far ones by logarithm."""
    at = torch.arange(count)
    relative = at[:, None] - at[None, :]  # how far the one looked at stands before
    half = kinds // 2
    side = (relative < 0).long() * half
    away = relative.abs()
    exact = half // 2
    rough = exact + (torch.log(away.float().clamp(min=1) / exact) / math.log(far / exact) * (half - exact)).long()
    return side + torch.where(away < exact, away, rough.clamp(max=half - 1))


class MPNet(nn.Module):
    """ids and mask [batch][pieces] to vectors [batch][pieces][768]."""

    def __init__(self, state: dict[str, torch.Tensor]):
        super().__init__()
        wanted = {k: v for k, v in state.items() if "pooler" not in k and "position_ids" not in k}
        self.weights = nn.ParameterDict({k.replace(".", "/"): nn.Parameter(v.float()) for k, v in wanted.items()})
        self.layers = 1 + max(int(k.split(".")[2]) for k in wanted if k.startswith("encoder.layer."))
        self.size = state["embeddings.word_embeddings.weight"].shape[1]

    def linear(self, name: str, x):
        return F.linear(x, self.weights[name + "/weight"], self.weights[name + "/bias"])

    def norm(self, name: str, x):
        return F.layer_norm(x, x.shape[-1:], self.weights[name + "/weight"], self.weights[name + "/bias"], 1e-5)

    def forward(self, ids, mask):
        return self.all_layers(ids, mask)[-1]

    def all_layers(self, ids, mask) -> list[torch.Tensor]:
        """What each layer makes of the pieces."""
        w = self.weights
        b, n = ids.shape
        x = w["embeddings/word_embeddings/weight"][ids] + w["embeddings/position_embeddings/weight"][FIRST_PLACE : FIRST_PLACE + n]
        x = F.dropout(self.norm("embeddings/LayerNorm", x), 0.1, self.training)
        near = w["encoder/relative_attention_bias/weight"][buckets(n)].permute(2, 0, 1)[None]
        bias = near + torch.zeros(mask.shape).masked_fill(~mask, -1e4)[:, None, None, :]
        out = []
        for i in range(self.layers):
            p = f"encoder/layer/{i}/"
            q, k, v = (self.linear(p + f"attention/attn/{part}", x).view(b, n, HEADS, -1).transpose(1, 2) for part in "qkv")
            a = F.scaled_dot_product_attention(q, k, v, attn_mask=bias.to(q.dtype)).transpose(1, 2).reshape(b, n, -1)
            x = self.norm(p + "attention/LayerNorm", x + F.dropout(self.linear(p + "attention/attn/o", a), 0.1, self.training))
            h = F.gelu(self.linear(p + "intermediate/dense", x))
            x = self.norm(p + "output/LayerNorm", x + F.dropout(self.linear(p + "output/dense", h), 0.1, self.training))
            out.append(x)
        return out
