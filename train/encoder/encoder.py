"""The encoder that ships: word and affix vectors, BiLSTM layers, heads for arcs, labels, tags and FEATS.

Learns from the treebanks and from a teacher's silver trees (the arcs as distributions: Hinton, Vinyals and Dean, "Distilling the
Knowledge in a Neural Network", 2015). Every activation lies in [-1, 1], so that eight bits hold it; export() rounds the weights.
"""

from __future__ import annotations

import argparse
import pathlib
import random
import time

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

import treebank as tb

WORD, AFFIX, ARC, LABEL, TAG = 100, 92, 96, 96, 96


class Student(nn.Module):
    def __init__(self, vectors: np.ndarray, tags: list[str], feats: list[str], deprels: list[str], hidden: int, layers: int,
                 learned: int):
        super().__init__()
        self.tags, self.feats, self.deprels = tags, feats, deprels
        fixed = len(vectors) - learned
        self.register_buffer("fixed", torch.from_numpy(vectors[:fixed].astype(np.float32) / 127))
        self.learned = nn.Parameter(torch.zeros(learned, WORD))
        self.affixes = nn.EmbeddingBag(1 << tb.HASH_BITS, AFFIX, mode="sum", padding_idx=0)
        nn.init.normal_(self.affixes.weight, std=0.08)
        with torch.no_grad():
            self.affixes.weight[0] = 0
        self.unknown = nn.Parameter(torch.zeros(WORD))
        self.lstms = nn.ModuleList(
            nn.LSTM(WORD + AFFIX if i == 0 else 2 * hidden, hidden, bidirectional=True, batch_first=True) for i in range(layers))
        for lstm in self.lstms:
            for name, p in lstm.named_parameters():
                if "weight_ih" in name:
                    nn.init.xavier_uniform_(p, gain=2.0)
                elif "weight_hh" in name:
                    for gate in p.data.split(hidden):
                        nn.init.orthogonal_(gate)
                elif "bias_ih" in name:
                    p.data[hidden : 2 * hidden] = 1.0
        d = 2 * hidden
        self.arc_dep, self.arc_head = nn.Linear(d, ARC - 1), nn.Linear(d, ARC)
        self.root_arc, self.arc_scale = nn.Parameter(torch.zeros(ARC)), nn.Parameter(torch.tensor([0.5]))
        self.lab_dep, self.lab_head = nn.Linear(d, LABEL, bias=False), nn.Linear(d, LABEL)
        self.root_lab, self.label = nn.Parameter(torch.zeros(LABEL)), nn.Linear(LABEL, len(deprels))
        self.tag_hidden = nn.Linear(d, TAG)
        self.tag, self.feat = nn.Linear(TAG, len(tags)), nn.Linear(TAG, len(feats))

    def words(self):
        """The whole table: the unknown word, fixed vectors, learned ones."""
        return torch.cat([self.unknown[None].clamp(-1, 1), self.fixed[1:], self.learned.clamp(-1, 1)])

    def states(self, batch):
        """The top layer, [sentences][words][2 * hidden]: what the heads read, and the scorer of events."""
        b, n = batch["word"].shape
        known = self.words()[batch["word"]]
        affix = self.affixes(batch["affix"].view(b * n, -1)).view(b, n, -1)
        x = F.dropout(torch.cat([known, F.hardtanh(affix)], -1), 0.15, self.training)
        lengths = batch["length"]
        for lstm in self.lstms:
            packed = nn.utils.rnn.pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=True)
            x = nn.utils.rnn.pad_packed_sequence(lstm(packed)[0], batch_first=True, total_length=n)[0]
            keep = torch.ones_like(x[:, :1]) if not self.training else F.dropout(torch.ones_like(x[:, :1]), 0.2)
            x = x * keep
        return x

    def outputs(self, x, batch):
        """Scores of arcs, a function that gives those of labels for chosen heads, scores of tags and FEATS."""
        b, n = batch["word"].shape
        drop = lambda v: F.dropout(v, 0.15, self.training)  # noqa: E731
        dep, head = drop(torch.tanh(self.arc_dep(x))), drop(torch.tanh(self.arc_head(x)))
        dep = torch.cat([dep, torch.ones_like(dep[..., :1])], -1)
        head = torch.cat([torch.tanh(self.root_arc).expand(b, 1, -1), head], 1)
        arcs = self.arc_scale * (dep @ head.transpose(1, 2))
        arcs = arcs.masked_fill(~batch["head_mask"][:, None, :], -1e4)
        own = torch.eye(n, dtype=torch.bool)[None]
        arcs = torch.cat([arcs[..., :1], arcs[..., 1:].masked_fill(own, -1e4)], -1)
        ld, lh = self.lab_dep(x), torch.cat([self.root_lab.expand(b, 1, -1), self.lab_head(x)], 1)

        def labels(heads):
            chosen = torch.gather(lh, 1, heads[..., None].expand(-1, -1, lh.shape[-1]))
            return self.label(drop(torch.tanh(ld + chosen)))

        t = drop(torch.tanh(self.tag_hidden(x)))
        return arcs, labels, self.tag(t), self.feat(t)

    def forward(self, batch):
        return self.outputs(self.states(batch), batch)


class Example:
    """A sentence as numbers."""

    __slots__ = ("words", "affixes", "bare", "tag", "feat", "heads", "p", "deprel")

    def __init__(self, forms, word_id):
        casing = tb.casing_of(forms)
        self.words = np.array([word_id.get(tb.lower_case(f), 0) for f in forms], np.int32)
        self.affixes = np.array([tb.affix_rows(f, casing) for f in forms], np.int32)

    def __len__(self):
        return len(self.words)


def from_gold(s: tb.Sentence, word_id, tag_id, feat_id, deprel_id) -> Example:
    e = Example(s.forms, word_id)
    e.tag = np.array([tag_id.get(t, -100) for t in s.tags], np.int64)
    e.feat = np.array([feat_id.get(t, -100) for t in s.feats], np.int64)
    e.deprel = np.array([deprel_id.get(t, -100) for t in s.deprels], np.int64)
    e.heads = np.zeros((len(s), 4), np.int64)
    e.heads[:, 0] = s.heads
    e.p = np.zeros((len(s), 4), np.float32)
    e.p[:, 0] = 1
    return e


def from_silver(row: dict, word_id) -> Example:
    e = Example(row["forms"], word_id)
    n = len(e)
    e.tag, e.feat, e.deprel = row["tag"].astype(np.int64), row["feat"].astype(np.int64), row["deprel"].astype(np.int64)
    e.heads, e.p = np.zeros((n, 4), np.int64), np.zeros((n, 4), np.float32)
    k = row["head"].shape[1]
    e.heads[:, :k], e.p[:, :k] = row["head"], row["p"]
    e.p /= e.p.sum(1, keepdims=True)
    return e


def stack(group: list[Example], rng: random.Random | None) -> dict[str, torch.Tensor]:
    group = sorted(group, key=len, reverse=True)
    b, n = len(group), len(group[0])
    out = {
        "word": np.zeros((b, n), np.int64), "affix": np.zeros((b, n, tb.AFFIX_FEATURES), np.int64),
        "head_mask": np.zeros((b, n + 1), bool), "mask": np.zeros((b, n), bool),
        "heads": np.zeros((b, n, 4), np.int64), "p": np.zeros((b, n, 4), np.float32),
        "tag": np.full((b, n), -100, np.int64), "feat": np.full((b, n), -100, np.int64), "deprel": np.full((b, n), -100, np.int64),
    }
    for i, e in enumerate(group):
        m = len(e)
        for key, value in (("word", e.words), ("affix", e.affixes), ("heads", e.heads), ("p", e.p), ("tag", e.tag),
                           ("feat", e.feat), ("deprel", e.deprel)):
            out[key][i, :m] = value
        out["mask"][i, :m] = True
        out["head_mask"][i, : m + 1] = True
    if rng:
        drop = np.random.default_rng(rng.getrandbits(32)).random((b, n)) < 0.06
        out["word"][drop] = 0
        out["affix"][..., 0][drop] = 0
    batch = {k: torch.from_numpy(v) for k, v in out.items()}
    batch["length"] = torch.tensor([len(e) for e in group])
    return batch


def loss_of(model: Student, batch) -> torch.Tensor:
    return loss_of_outputs(model(batch), batch)


def loss_of_outputs(outputs, batch) -> torch.Tensor:
    arcs, labels, tags, feats = outputs
    log = arcs.log_softmax(-1)
    arc = -(torch.gather(log, 2, batch["heads"]) * batch["p"]).sum(-1)[batch["mask"]].mean()
    flat = lambda s, g: F.cross_entropy(s.flatten(0, 1), g.flatten(), ignore_index=-100)  # noqa: E731
    return (arc + flat(labels(batch["heads"][..., 0]), batch["deprel"]) + 0.7 * flat(tags, batch["tag"])
            + 0.7 * flat(feats, batch["feat"]))


@torch.no_grad()
def evaluate(model: Student, examples: list[Example]) -> str:
    model.eval()
    uas = las = upos = feats = total = 0
    upos_of = np.array([hash(t.split("\t")[0]) for t in model.tags])
    for group in tb.batches(examples, 6000, None):
        batch = stack(group, None)
        arcs, labels, tag, feat = model(batch)
        heads, m = arcs.argmax(-1), batch["mask"]
        good = (heads == batch["heads"][..., 0]) & m
        uas += int(good.sum())
        las += int((good & (labels(heads).argmax(-1) == batch["deprel"])).sum())
        want = batch["tag"][m].numpy()
        upos += int(((upos_of[tag.argmax(-1)[m].numpy()] == upos_of[np.maximum(want, 0)]) & (want >= 0)).sum())
        feats += int((feat.argmax(-1) == batch["feat"])[m].sum())
        total += int(m.sum())
    model.train()
    return " ".join(f"{k} {100 * v / total:.2f}" for k, v in (("UPOS", upos), ("FEATS", feats), ("UAS", uas), ("LAS", las)))


def quantize(w: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Rows of int8 and their scales."""
    scale = np.maximum(np.abs(w).max(1), 1e-8) / 127
    return np.clip(np.rint(w / scale[:, None]), -127, 127).astype(np.int8), scale.astype(np.float32)


def rounded(model: Student) -> dict[str, np.ndarray]:
    """Every tensor as it stands in the file."""
    tensors: dict[str, np.ndarray] = {}
    unit = lambda v: np.clip(np.rint(v * 127), -127, 127).astype(np.int8)  # noqa: E731
    g = lambda p: p.detach().numpy().astype(np.float32)  # noqa: E731
    tensors["words"] = unit(g(model.words()))
    affixes = g(model.affixes.weight).copy()
    affixes[0] = 0
    tensors["affixes"] = unit(affixes)
    for i, lstm in enumerate(model.lstms):
        for name, suffix in (("fw", ""), ("bw", "_reverse")):
            part = lambda kind: g(getattr(lstm, f"{kind}_l0{suffix}"))  # noqa: B023, E731
            weight, scale = quantize(np.hstack([part("weight_ih"), part("weight_hh")]))
            tensors |= {f"lstm.{i}.{name}.weight": weight, f"lstm.{i}.{name}.scale": scale,
                        f"lstm.{i}.{name}.bias": part("bias_ih") + part("bias_hh")}
    for name in ("arc_dep", "arc_head", "lab_dep", "lab_head", "label", "tag_hidden", "tag", "feat"):
        layer = getattr(model, name)
        weight, scale = quantize(g(layer.weight))
        bias = g(layer.bias) if layer.bias is not None else np.zeros(len(scale), np.float32)
        tensors |= {f"{name}.weight": weight, f"{name}.scale": scale, f"{name}.bias": bias}
    tensors |= {"root_arc": unit(np.tanh(g(model.root_arc))), "arc_scale": g(model.arc_scale), "root_lab": g(model.root_lab)}
    return tensors


def export(model: Student, words: list[str], feats_by_tag: list[list[int]], folder: pathlib.Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    tensors = rounded(model)
    with open(folder / "encoder.bin", "wb") as data, open(folder / "encoder.tsv", "w") as index:
        for name, t in tensors.items():
            index.write(f"{name}\t{'i8' if t.dtype == np.int8 else 'f32'}\t{'x'.join(map(str, t.shape))}\n")
            data.write(np.ascontiguousarray(t).tobytes())
    write = lambda name, lines: (folder / name).write_text("".join(f"{x}\n" for x in lines))  # noqa: E731
    write("words.txt", words)
    write("tags.txt", model.tags)
    write("feats.txt", model.feats)
    write("feats_by_tag.txt", (" ".join(map(str, rows)) for rows in feats_by_tag))
    write("deprels.txt", model.deprels)


def main() -> None:
    args = argparse.ArgumentParser(description=__doc__)
    args.add_argument("--train", nargs="+", required=True)
    args.add_argument("--dev", nargs="+", required=True)
    args.add_argument("--vectors", required=True, help="folder made by vectors.py")
    args.add_argument("--silver", default="")
    args.add_argument("--out", required=True)
    args.add_argument("--hidden", type=int, default=160)
    args.add_argument("--layers", type=int, default=2)
    args.add_argument("--minutes", type=float, default=30)
    args.add_argument("--threads", type=int, default=1)
    o = args.parse_args()
    torch.manual_seed(5)
    torch.set_num_threads(o.threads)
    rng = random.Random(5)
    words = (pathlib.Path(o.vectors) / "words.txt").read_text().split("\n")[:-1]
    vectors = np.load(pathlib.Path(o.vectors) / "vectors.npy")
    word_id = {w: i for i, w in enumerate(words)}
    gold = [s for path in o.train for s in tb.read_conllu(path) if len(s) <= 150]
    tags, feats, deprels = (sorted({x for s in gold for x in getattr(s, k)}) for k in ("tags", "feats", "deprels"))
    ids = [{t: i for i, t in enumerate(items)} for items in (tags, feats, deprels)]
    by_tag: list[set[int]] = [set() for _ in tags]
    for s in gold:
        for t, f in zip(s.tags, s.feats):
            by_tag[ids[0][t]].add(ids[1][f])
    model = Student(vectors, tags, feats, deprels, o.hidden, o.layers,
                    int((pathlib.Path(o.vectors) / "learned.txt").read_text()))
    dev = {p: [from_gold(s, word_id, *ids) for s in tb.read_conllu(p)] for p in o.dev}
    silver: list[dict] = []
    shards = 0
    headlines = [h for h in map(tb.as_headline, gold) if h]
    gold_words = sum(map(len, gold))
    optimizer = torch.optim.Adam(model.parameters(), lr=2e-3, betas=(0.9, 0.95))
    started, step, epoch, taken = time.time(), 0, 0, 0
    fraction = 0.0
    while fraction < 1:
        # Shards are taken as the teacher writes them.
        while o.silver and pathlib.Path(f"{o.silver}.{shards}").exists():
            kept = torch.load(f"{o.silver}.{shards}", weights_only=False)
            assert (kept["tags"], kept["feats"], kept["deprels"]) == (tags, feats, deprels)
            silver += kept["sentences"]
            shards += 1
        examples = [from_gold(tb.recase(s, rng), word_id, *ids) for s in gold]
        examples += [from_gold(tb.recase(s, rng), word_id, *ids) for s in rng.sample(headlines, len(headlines) // 12)]
        budget = min(1.5 * gold_words, 3 * sum(len(r["forms"]) for r in silver))
        while budget > 0:
            row = silver[taken % len(silver)]
            taken += 1
            budget -= len(row["forms"])
            draw = rng.random()
            if draw < 0.06:
                change = str.upper if draw < 0.01 else lambda f: f[:1].upper() + f[1:]
                row = row | {"forms": [change(f) for f in row["forms"]]}
            examples.append(from_silver(row, word_id))
        for group in tb.batches(examples, 1600, rng):
            fraction = (time.time() - started) / 60 / o.minutes
            if fraction >= 1:
                break
            optimizer.param_groups[0]["lr"] = 2e-3 * min(1, (step + 1) / 100) * (1 - fraction)
            loss = loss_of(model, stack(group, rng))
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 5.0)
            optimizer.step()
            step += 1
            if step % 50 == 0:
                print(f"{time.time() - started:.0f}s epoch {epoch} step {step} loss {loss.item():.3f}", flush=True)
        epoch += 1
        for path, examples in dev.items():
            print(f"{time.time() - started:.0f}s epoch {epoch} {pathlib.Path(path).name}: {evaluate(model, examples)}", flush=True)
        export(model, words, [sorted(rows) for rows in by_tag], pathlib.Path(o.out))
        torch.save(model.state_dict(), pathlib.Path(o.out) / "student.pt")


if __name__ == "__main__":
    main()
