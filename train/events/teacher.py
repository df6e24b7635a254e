"""The teacher: a pretrained transformer with the heads of events, fine-tuned on the corpus. It never ships.

Its word on news, which silver.py asks for, teaches the scorer. Hinton, Vinyals and Dean, "Distilling the Knowledge in a Neural Network", 2015.
"""

from __future__ import annotations

import argparse
import pathlib
import random
import time

import numpy as np
import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch import nn

import corpus
import heads as hd
from mpnet import MPNet


class Teacher(nn.Module):
    """Heads of events on all-mpnet-base-v2; `state` are its weights as load_file() gives them."""

    def __init__(self, state):
        super().__init__()
        self.encoder = MPNet(state)
        self.encoder.weights["embeddings/word_embeddings/weight"].requires_grad = False  # 23 of 110 million; the corpus has few of its words
        self.features = nn.Embedding(hd.FEATURES, 48, padding_idx=0)
        self.heads = hd.Heads(self.encoder.size + 48)

    def forward(self, batch):
        x = self.encoder(batch["ids"], batch["id_mask"]).float()
        x = torch.gather(x, 1, batch["first"][..., None].expand(-1, -1, x.shape[-1]))
        drop = nn.functional.dropout(torch.ones(*batch["features"].shape, 1), 0.1, self.training)
        return nn.functional.dropout(torch.cat([x, torch.tanh((self.features(batch["features"]) * drop).sum(2))], -1), 0.15, self.training)


def stack(group: list[corpus.Document], tokenizer: Tokenizer) -> dict[str, torch.Tensor]:
    forms = [[document.text.encode()[t[0] : t[1]].decode("utf-8", "replace") or "." for t in document.tokens] for document in group]
    encoded = tokenizer.encode_batch(forms, is_pretokenized=True)
    b, n, m = len(group), max(map(len, forms)), max(len(e.ids) for e in encoded)
    out = {"ids": np.zeros((b, m), np.int64), "id_mask": np.zeros((b, m), bool), "first": np.zeros((b, n), np.int64),
           "features": np.zeros((b, n, group[0].features.shape[1]), np.int64), "mask": np.zeros((b, n), bool)}
    for i, (document, e) in enumerate(zip(group, encoded)):
        out["ids"][i, : len(e.ids)] = e.ids
        out["id_mask"][i, : len(e.ids)] = True
        firsts: dict[int, int] = {}
        for place, word in enumerate(e.word_ids):
            if word is not None:
                firsts.setdefault(word, place)
        last = 0
        for j in range(len(forms[i])):
            last = firsts.get(j, last)
            out["first"][i, j] = last
        out["features"][i, : len(forms[i])] = document.features
        out["mask"][i, : len(forms[i])] = True
    return {k: torch.from_numpy(v) for k, v in out.items()}


def groups_of(documents: list, words: int, rng: random.Random | None):
    order = sorted(documents, key=lambda d: len(d[0].tokens) + (rng.random() * 8 if rng else 0))
    groups, group = [], []
    for item in order:
        if group and (len(group) + 1) * len(item[0].tokens) > words:
            groups.append(group)
            group = []
        group.append(item)
    groups.append(group)
    if rng:
        rng.shuffle(groups)
    return groups


@torch.no_grad()
def evaluate(model, documents, tokenizer, threshold=0.5) -> str:
    model.eval()
    score, quiet, kept = hd.Score(), 0, 0
    for group in groups_of([(d, None) for d in documents], 3000, None):
        plain = [d for d, _ in group]
        x = model(stack(plain, tokenizer))
        for row, (document, events) in enumerate(zip(plain, hd.decode(model.heads, x, plain, threshold))):
            score.add(document, events)
            score.add_parties(model.heads, x, row, document)
            if not document.gold:
                quiet += 1
                kept += not events
    model.train()
    return f"{score.line()} quiet {kept}/{quiet}"


def tokenizer_of(pretrained: str) -> Tokenizer:
    tokenizer = Tokenizer.from_file(f"{pretrained}/tokenizer.json")
    tokenizer.no_padding()
    tokenizer.enable_truncation(510)
    return tokenizer


def main() -> None:
    args = argparse.ArgumentParser(description=__doc__)
    args.add_argument("--pretrained", required=True)
    args.add_argument("--dump", nargs="+", required=True)
    args.add_argument("--corpus", nargs="+", required=True)
    args.add_argument("--out", required=True)
    args.add_argument("--epochs", type=int, default=8)
    args.add_argument("--minutes", type=float, default=1e9)
    args.add_argument("--threads", type=int, default=2)
    args.add_argument("--dev", action="store_true", help="keep a tenth of the training part to look at")
    args.add_argument("--start", default="", help="a teacher to go on from")
    args.add_argument("--rate", type=float, default=1.0, help="of the usual learning rates")
    o = args.parse_args()
    torch.manual_seed(3)
    rng = random.Random(3)
    torch.set_num_threads(o.threads)
    tokenizer = tokenizer_of(o.pretrained)
    model = Teacher(load_file(f"{o.pretrained}/model.safetensors"))
    if o.start:
        model.load_state_dict(torch.load(o.start), strict=False)
    documents = [document for dump in o.dump for document in corpus.read_corpus(dump, o.corpus)]
    train, dev = hd.split(documents, o.dev)
    print(f"{len(train)} documents, {sum(len(d.gold) for d, _ in train)} events; {len(dev)} to look at", flush=True)
    inner = [p for p in model.encoder.parameters() if p.requires_grad]
    outer = [p for n, p in model.named_parameters() if not n.startswith("encoder.")]
    optimizer = torch.optim.AdamW([{"params": inner, "lr": 5e-5}, {"params": outer, "lr": 1.5e-3}], weight_decay=0.01, fused=True)
    peak = [g["lr"] * o.rate for g in optimizer.param_groups]
    started, step = time.time(), 0
    for epoch in range(o.epochs):
        groups = groups_of(train, 1200, rng)
        total = 0.0
        for at, group in enumerate(groups):
            fraction = max((epoch + at / len(groups)) / o.epochs, (time.time() - started) / 60 / o.minutes)
            if fraction >= 1:
                break
            for g, lr in zip(optimizer.param_groups, peak):
                g["lr"] = lr * min(1, (step + 1) / 60) * max(0.02, 1 - fraction)
            batch = stack([d for d, _ in group], tokenizer)
            with torch.autocast("cpu", torch.bfloat16):
                x = model(batch)
                loss = hd.loss_of(model.heads, x, batch["mask"], hd.stack_targets(group, batch["mask"].shape[1]))
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 2.0)
            optimizer.step()
            step += 1
            total += loss.item()
        torch.save(model.state_dict(), o.out)
        print(f"{time.time() - started:.0f}s epoch {epoch} loss {total / len(groups):.3f} {evaluate(model, dev, tokenizer)}", flush=True)

if __name__ == "__main__":
    main()
