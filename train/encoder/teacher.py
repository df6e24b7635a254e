"""The teacher: a small pretrained transformer with biaffine heads, fine-tuned on the treebanks. It never ships.

It labels raw text for the student (silver trees). Architecture of the heads: Dozat and Manning, "Deep Biaffine
Attention for Neural Dependency Parsing", ICLR 2017.
"""

from __future__ import annotations

import argparse
import pathlib
import random
import time

import numpy as np
import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch import nn

import treebank as tb


class Transformer(nn.Module):
    """BERT's encoder (post-norm), weights named as in its checkpoints."""

    def __init__(self, state: dict[str, torch.Tensor], layers: int, heads: int = 12):
        super().__init__()
        self.heads, self.layers = heads, layers
        wanted = {k: v for k, v in state.items() if "pooler" not in k and "position_ids" not in k}
        self.weights = nn.ParameterDict({k.replace(".", "/"): nn.Parameter(v.float()) for k, v in wanted.items()})

    def linear(self, name: str, x):
        return F.linear(x, self.weights[name + "/weight"], self.weights[name + "/bias"])

    def norm(self, name: str, x):
        return F.layer_norm(x, x.shape[-1:], self.weights[name + "/weight"], self.weights[name + "/bias"], 1e-12)

    def forward(self, ids, mask):
        w = self.weights
        x = w["embeddings/word_embeddings/weight"][ids]
        x = x + w["embeddings/position_embeddings/weight"][: ids.shape[1]] + w["embeddings/token_type_embeddings/weight"][0]
        x = F.dropout(self.norm("embeddings/LayerNorm", x), 0.1, self.training)
        bias = torch.zeros(mask.shape, dtype=torch.float32).masked_fill(~mask, -1e4)[:, None, None, :]
        b, n, d = x.shape
        for i in range(self.layers):
            p = f"encoder/layer/{i}/"
            q, k, v = (
                self.linear(p + f"attention/self/{part}", x).view(b, n, self.heads, -1).transpose(1, 2)
                for part in ("query", "key", "value")
            )
            a = F.scaled_dot_product_attention(q, k, v, attn_mask=bias.to(q.dtype)).transpose(1, 2).reshape(b, n, d)
            a = F.dropout(self.linear(p + "attention/output/dense", a), 0.1, self.training)
            x = self.norm(p + "attention/output/LayerNorm", x + a)
            h = F.gelu(self.linear(p + "intermediate/dense", x))
            h = F.dropout(self.linear(p + "output/dense", h), 0.1, self.training)
            x = self.norm(p + "output/LayerNorm", x + h)
        return x


class Teacher(nn.Module):
    def __init__(self, encoder: Transformer, tags: list[str], feats: list[str], deprels: list[str]):
        super().__init__()
        self.encoder, self.tags, self.feats, self.deprels = encoder, tags, feats, deprels
        d, arc, lab = 384 + 24, 256, 128
        self.shape = nn.Embedding(256, 24)
        self.mix = nn.Parameter(torch.zeros(1))
        self.root = nn.Parameter(torch.zeros(d))
        self.arc_dep, self.arc_head = nn.Linear(d, arc), nn.Linear(d, arc)
        self.lab_dep, self.lab_head = nn.Linear(d, lab), nn.Linear(d, lab)
        self.arc = nn.Parameter(torch.randn(arc + 1, arc) * 0.02)
        self.lab = nn.Parameter(torch.randn(len(deprels), lab + 1, lab + 1) * 0.02)
        self.tag = nn.Sequential(nn.Linear(d, 200), nn.GELU(), nn.Dropout(0.3), nn.Linear(200, len(tags)))
        self.feat = nn.Sequential(nn.Linear(d, 200), nn.GELU(), nn.Dropout(0.3), nn.Linear(200, len(feats)))

    def forward(self, batch):
        """Arc scores (b, n, n + 1) with column 0 for the root, a function for label scores, tag and feats scores."""
        x = self.encoder(batch["ids"], batch["id_mask"]).float()
        x = torch.gather(x, 1, batch["first"][..., None].expand(-1, -1, x.shape[-1]))
        x = F.dropout(torch.cat([x, self.shape(batch["shape"])], -1), 0.2, self.training)
        nodes = torch.cat([self.root.expand(x.shape[0], 1, -1), x], 1)
        mlp = lambda layer, v: F.dropout(F.gelu(layer(v)), 0.33, self.training)  # noqa: E731
        one = lambda v: torch.cat([v, torch.ones_like(v[..., :1])], -1)  # noqa: E731
        dep, head = one(mlp(self.arc_dep, x)), mlp(self.arc_head, nodes)
        arcs = (dep @ self.arc) @ head.transpose(1, 2)
        arcs = arcs.masked_fill(~batch["head_mask"][:, None, :], -1e4)
        ld, lh = one(mlp(self.lab_dep, x)), one(mlp(self.lab_head, nodes))

        def labels(heads):
            chosen = torch.gather(lh, 1, heads[..., None].expand(-1, -1, lh.shape[-1]))
            return torch.einsum("bni,lij,bnj->bnl", ld, self.lab, chosen)

        return arcs, labels, self.tag(x), self.feat(x)


class Batcher:
    def __init__(self, tokenizer: Tokenizer, model: Teacher):
        self.tokenizer = tokenizer
        self.tag_id = {t: i for i, t in enumerate(model.tags)}
        self.feat_id = {t: i for i, t in enumerate(model.feats)}
        self.deprel_id = {t: i for i, t in enumerate(model.deprels)}

    def __call__(self, sentences: list[tb.Sentence], gold: bool) -> dict[str, torch.Tensor]:
        encoded = self.tokenizer.encode_batch([s.forms for s in sentences], is_pretokenized=True)
        b, n, m = len(sentences), max(map(len, sentences)), max(len(e.ids) for e in encoded)
        out = {
            "ids": np.zeros((b, m), np.int64), "id_mask": np.zeros((b, m), bool), "first": np.zeros((b, n), np.int64),
            "shape": np.zeros((b, n), np.int64), "mask": np.zeros((b, n), bool), "head_mask": np.zeros((b, n + 1), bool),
        }
        for key in ("tag", "feat", "head", "deprel"):
            out[key] = np.full((b, n), -100, np.int64)
        for i, (s, e) in enumerate(zip(sentences, encoded)):
            out["ids"][i, : len(e.ids)] = e.ids
            out["id_mask"][i, : len(e.ids)] = True
            last = 0
            firsts: dict[int, int] = {}
            for place, word in enumerate(e.word_ids):
                if word is not None:
                    firsts.setdefault(word, place)
            casing = tb.casing_of(s.forms)
            for j, form in enumerate(s.forms):
                last = firsts.get(j, last)
                out["first"][i, j] = last
                out["shape"][i, j] = tb.shape_of(form) | casing << 3 | ("-" in form) << 6
            out["mask"][i, : len(s)] = True
            out["head_mask"][i, : len(s) + 1] = True
            if gold:
                out["tag"][i, : len(s)] = [self.tag_id.get(t, -100) for t in s.tags]
                out["feat"][i, : len(s)] = [self.feat_id.get(t, -100) for t in s.feats]
                out["head"][i, : len(s)] = s.heads
                out["deprel"][i, : len(s)] = [self.deprel_id.get(t, -100) for t in s.deprels]
        return {k: torch.from_numpy(v) for k, v in out.items()}


def loss_of(model: Teacher, batch) -> torch.Tensor:
    arcs, labels, tags, feats = model(batch)
    flat = lambda scores, gold: F.cross_entropy(scores.flatten(0, 1), gold.flatten(), ignore_index=-100)  # noqa: E731
    return (flat(arcs, batch["head"]) + flat(labels(batch["head"].clamp(min=0)), batch["deprel"])
            + 0.5 * flat(tags, batch["tag"]) + 0.5 * flat(feats, batch["feat"]))


@torch.no_grad()
def evaluate(model: Teacher, batcher: Batcher, sentences: list[tb.Sentence]) -> str:
    model.eval()
    right = np.zeros(4)
    total = 0
    for group in tb.batches(sentences, 3000, None):
        batch = batcher(group, True)
        with torch.autocast("cpu", torch.bfloat16):
            arcs, labels, tags, _ = model(batch)
            heads = arcs.argmax(-1)
            deprels = labels(heads).argmax(-1)
        m = batch["mask"]
        head_ok = (heads == batch["head"]) & m
        upos = [t.split("\t")[0] for t in model.tags]
        guess = tags.argmax(-1)[m].tolist()
        right += [head_ok.sum(), (head_ok & (deprels == batch["deprel"])).sum(),
                  sum(upos[g] == (upos[t] if t >= 0 else "?") for g, t in zip(guess, batch["tag"][m].tolist())), 0]
        total += int(m.sum())
    model.train()
    uas, las, upos, _ = 100 * right / total
    return f"UAS {uas:.2f} LAS {las:.2f} UPOS {upos:.2f}"


@torch.no_grad()
def label_text(model: Teacher, batcher: Batcher, sentences: list[tb.Sentence], out_path: str) -> None:
    """Writes silver sentences with the four likeliest heads of each word and their probabilities, in shards out_path.0, .1 and so on."""
    model.eval()
    done: list[dict] = []
    shards = 0

    def save() -> None:
        nonlocal done, shards
        partial = pathlib.Path(f"{out_path}.part")
        torch.save({"sentences": done, "tags": model.tags, "feats": model.feats, "deprels": model.deprels}, partial)
        partial.rename(f"{out_path}.{shards}")
        done, shards = [], shards + 1

    started, words = time.time(), 0
    for number, group in enumerate(tb.batches(sentences, 4000, random.Random(1))):
        batch = batcher(group, False)
        with torch.autocast("cpu", torch.bfloat16):
            arcs, labels, tags, feats = model(batch)
            p, top = arcs.float().softmax(-1).topk(min(4, arcs.shape[-1]), -1)
            deprels = labels(top[..., 0]).argmax(-1)
        tag, feat = tags.argmax(-1), feats.argmax(-1)
        for i, s in enumerate(group):
            n = len(s)
            done.append({"forms": s.forms, "tag": tag[i, :n].numpy().astype(np.int16), "feat": feat[i, :n].numpy().astype(np.int16),
                         "deprel": deprels[i, :n].numpy().astype(np.int8), "head": top[i, :n].numpy().astype(np.int16),
                         "p": p[i, :n].numpy().astype(np.float16)})
            words += n
        if number % 25 == 24:
            save()
            print(f"silver {words} words, {words / (time.time() - started):.0f} a second", flush=True)
    save()


def main() -> None:
    args = argparse.ArgumentParser(description=__doc__)
    args.add_argument("--pretrained", required=True, help="folder with model.safetensors and tokenizer.json")
    args.add_argument("--train", nargs="+", required=True)
    args.add_argument("--dev", nargs="+", required=True)
    args.add_argument("--raw", nargs="*", default=[], help="CoNLL-U whose tokens are to be labelled")
    args.add_argument("--out", required=True)
    args.add_argument("--silver", default="")
    args.add_argument("--load", action="store_true", help="take the weights of --out instead of training")
    args.add_argument("--resume", action="store_true", help="train on from the weights of --out, from half the learning rate")
    args.add_argument("--threads", type=int, default=1)
    args.add_argument("--epochs", type=int, default=6)
    args.add_argument("--layers", type=int, default=6)
    args.add_argument("--minutes", type=float, default=1e9, help="stop training after this long, the schedule with it")
    o = args.parse_args()
    torch.manual_seed(7)
    rng = random.Random(7)
    torch.set_num_threads(o.threads)
    train = [s for path in o.train for s in tb.read_conllu(path) if len(s) <= 120]
    tags = sorted({t for s in train for t in s.tags})
    feats = sorted({t for s in train for t in s.feats})
    deprels = sorted({t for s in train for t in s.deprels})
    tokenizer = Tokenizer.from_file(str(pathlib.Path(o.pretrained) / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(500)
    model = Teacher(Transformer(load_file(pathlib.Path(o.pretrained) / "model.safetensors"), o.layers), tags, feats, deprels)
    batcher = Batcher(tokenizer, model)
    inner = list(model.encoder.parameters())
    outer = [p for n, p in model.named_parameters() if not n.startswith("encoder.")]
    optimizer = torch.optim.AdamW([{"params": inner, "lr": 1.5e-4}, {"params": outer, "lr": 2e-3}], weight_decay=0.01)
    peak = [g["lr"] for g in optimizer.param_groups]
    started, step = time.time(), 0
    fraction = 0.0
    if o.resume:
        peak = [lr / 2 for lr in peak]
    if o.load or o.resume:
        model.load_state_dict(torch.load(o.out)["state"])
    for epoch in range(0 if o.load else o.epochs):
        groups = list(tb.batches([tb.recase(s, rng) for s in train], 1500, rng))
        for at, group in enumerate(groups):
            fraction = max((epoch + at / len(groups)) / o.epochs, (time.time() - started) / 60 / o.minutes)
            if fraction >= 1:
                break
            for g, lr in zip(optimizer.param_groups, peak):
                g["lr"] = lr * min(1, step / 150) * (1 - fraction)
            with torch.autocast("cpu", torch.bfloat16):
                loss = loss_of(model, batcher(group, True))
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 2.0)
            optimizer.step()
            step += 1
            if step % 25 == 0:
                print(f"{time.time() - started:.0f}s epoch {epoch} {at}/{len(groups)} loss {loss.item():.3f}", flush=True)
        for path in o.dev:
            print(f"{time.time() - started:.0f}s epoch {epoch} {path}: {evaluate(model, batcher, list(tb.read_conllu(path)))}", flush=True)
        torch.save({"state": model.state_dict(), "tags": tags, "feats": feats, "deprels": deprels}, o.out)
        if fraction >= 1:
            break
    if o.silver:
        raw = [s for path in o.raw for s in tb.read_conllu(path) if 3 <= len(s) <= 70]
        label_text(model, batcher, raw, o.silver)


if __name__ == "__main__":
    main()
