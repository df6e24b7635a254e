"""Encoder and scorer learn together: the trees' encoder goes on learning, now also from the events that the scorer reads off its states.

What it knows of trees is held by the treebanks, and in every sentence with events what the encoder of before said of
its arcs, labels, tags and FEATS (Li and Hoiem, "Learning without Forgetting", 2016). Nothing is added to what runs in the product. Writes both model
files; mean.py makes one of several runs and the weights before, then train.sh dumps the corpus anew and student.py goes on with the new vectors.
"""

from __future__ import annotations

import argparse
import copy
import pathlib
import random
import sys
import time

import numpy as np
import torch
from torch import nn

import corpus
import heads as hd
import student as st
from teacher import groups_of

sys.path.append(str(corpus.ROOT / "train" / "encoder"))
import encoder as enc  # noqa: E402
import lang_file  # noqa: E402
import treebank as tb  # noqa: E402

ARCS = 4  # of a word's distribution over heads, the likeliest


@torch.no_grad()
def add_trees(encoder: enc.Student, rows, parts: list, words_a_batch: int = 6000) -> None:
    """Gives each sentence its encoder's input, `tree`, with what `encoder` says of it as targets."""
    encoder.eval()
    for part in parts:
        part.tree = enc.Example(part.forms, rows)
        n = len(part.tree)
        part.tree.words, part.tree.affixes = part.tree.words.astype(np.int32), part.tree.affixes.astype(np.uint16)
        part.tree.tag = part.tree.feat = part.tree.deprel = np.zeros(n, np.int16)
        part.tree.heads, part.tree.p = np.zeros((n, ARCS), np.int16), np.zeros((n, ARCS), np.float16)
    for group in groups_of([(part, None) for part in parts], words_a_batch, None):
        trees = sorted((part.tree for part, _ in group), key=len, reverse=True)
        batch = enc.stack(trees, None)
        arcs, labels, tags, feats = encoder(batch)
        p, heads = arcs.softmax(-1).topk(min(ARCS, arcs.shape[-1]), -1)
        heads = heads.masked_fill(p < 1e-4, 0)  # of a sentence shorter than its group and ARCS: beyond its end
        deprel, tag, feat = labels(heads[..., 0]).argmax(-1), tags.argmax(-1), feats.argmax(-1)
        for i, tree in enumerate(trees):
            n, k = len(tree), p.shape[-1]
            tree.heads[:, :k], tree.p[:, :k] = heads[i, :n].numpy(), (p[i, :n] / p[i, :n].sum(-1, keepdim=True)).numpy()
            tree.deprel, tree.tag, tree.feat = (t[i, :n].numpy().astype(np.int16) for t in (deprel, tag, feat))


class Joint(nn.Module):
    def __init__(self, encoder: enc.Student, scorer: st.Student):
        super().__init__()
        self.encoder, self.scorer = encoder, scorer
        self.heads = scorer.heads

    def forward(self, batch):
        """What the heads of events read, as the scorer's own forward gives it."""
        batch["states"] = self.encoder.states(batch["tree"])
        return self.scorer(batch)


def stack(group: list, rng: random.Random | None = None) -> dict:
    """Documents with the longest first, which enc.stack keeps as they are."""
    batch = st.stack(group)
    batch["tree"] = enc.stack([d.tree for d in group], rng)
    return batch


def main() -> None:
    args = argparse.ArgumentParser(description=__doc__)
    args.add_argument("--dump", nargs="+", required=True)
    args.add_argument("--corpus", nargs="+", required=True)
    args.add_argument("--silver-dump", nargs="*", default=[])
    args.add_argument("--silver", nargs="*", default=[], help="the teacher's labels of each dump")
    args.add_argument("--treebanks", nargs="+", required=True)
    args.add_argument("--tree-dev", nargs="+", required=True)
    args.add_argument("--lang", type=pathlib.Path, required=True, help="language model to go on from")
    args.add_argument("--scorer", type=pathlib.Path, required=True, help="scorer to go on from")
    args.add_argument("--lang-out", type=pathlib.Path, required=True)
    args.add_argument("--scorer-out", type=pathlib.Path, required=True)
    args.add_argument("--name", default="english-6", help="of the language model")
    args.add_argument("--dev", action="store_true", help="keep a tenth of the training part to look at")
    args.add_argument("--minutes", type=float, default=56)
    args.add_argument("--rate", type=float, default=1e-3)
    args.add_argument("--trees", type=float, default=0.7, help="weight of the trees")
    args.add_argument("--bank-every", type=int, default=3, help="steps from one batch of the treebanks to the next")
    args.add_argument("--threads", type=int, default=2)
    args.add_argument("--seed", type=int, default=6)
    o = args.parse_args()
    torch.manual_seed(o.seed)
    rng = random.Random(o.seed)
    torch.set_num_threads(o.threads)
    encoder, rows = lang_file.read(o.lang)
    scorer, choices = st.read(o.scorer)
    before = copy.deepcopy(encoder)
    documents = [document for dump in o.dump for document in corpus.read_corpus(dump, o.corpus)]
    train, dev = hd.split(documents, o.dev)
    gold = [(part, hd.targets(part)) for d, _ in train for part in st.sentences_of(d)]
    dev = [part for d in dev for part in st.sentences_of(d)]
    silver = [item for pair in zip(o.silver_dump, o.silver, strict=True) for item in st.silver_sentences(*pair)]
    for part in dev + [part for part, _ in gold + silver]:
        part.vectors = None  # the encoder's states come in their place
    started = time.time()
    add_trees(before, rows, dev + [part for part, _ in gold + silver])
    ids = [{name: i for i, name in enumerate(names)} for names in (encoder.tags, encoder.feats, encoder.deprels)]
    bank = [s for path in o.treebanks for s in tb.read_conllu(path) if len(s) <= 150]
    headlines = [h for h in map(tb.as_headline, bank) if h]
    tree_dev = {path: [enc.from_gold(s, rows, *ids) for s in tb.read_conllu(path)] for path in o.tree_dev}
    print(f"{len(gold)} gold sentences, {len(silver)} silver ones, {len(dev)} to look at; {len(bank)} trees; {time.time() - started:.0f}s for what the encoder says", flush=True)
    model = Joint(encoder, scorer)
    outer = list(scorer.parameters())
    optimizer = torch.optim.Adam([{"params": list(encoder.parameters()), "lr": o.rate}, {"params": outer, "lr": 2 * o.rate}], betas=(0.9, 0.95))
    peak = [g["lr"] for g in optimizer.param_groups]
    started, epoch, taken, fraction, step = time.time(), 0, 0, 0.0, 0
    rng.shuffle(silver)
    trees: list = []

    def look(text: str) -> None:
        print(f"{time.time() - started:.0f}s {text}; events {st.evaluate(model, dev, batch_of=stack) if dev else ''}", flush=True)
        for path, examples in tree_dev.items():
            print(f"  {pathlib.Path(path).name}: {enc.evaluate(encoder, examples)}", flush=True)

    look("before")
    while fraction < 1:
        examples, taken = st.round_of(gold, silver, taken, fraction)
        total = tree_total = n = 0
        for group in groups_of(examples, 1600, rng):
            fraction = (time.time() - started) / 60 / o.minutes
            if fraction >= 1:
                break
            for g, lr in zip(optimizer.param_groups, peak):
                g["lr"] = lr * min(1, (step + 1) / 100) * max(0.01, 1 - fraction)
            group.sort(key=lambda item: -len(item[0].tokens))
            batch = stack([d for d, _ in group], rng)
            x = model(batch)
            loss = hd.loss_of(model.heads, x, batch["mask"], hd.stack_targets(group, batch["mask"].shape[1]))
            tree = enc.loss_of_outputs(encoder.outputs(batch["states"], batch["tree"]), batch["tree"])
            if step % o.bank_every == 0:  # the treebanks' word
                if not trees:
                    again = [tb.recase(s, rng) for s in bank + rng.sample(headlines, len(headlines) // 12)]
                    trees = list(tb.batches([enc.from_gold(s, rows, *ids) for s in again], 1600, rng))
                tree = tree + enc.loss_of(encoder, enc.stack(trees.pop(), rng))
            optimizer.zero_grad()
            (loss + o.trees * tree).backward()
            nn.utils.clip_grad_norm_(model.parameters(), 5.0)
            optimizer.step()
            step, total, tree_total, n = step + 1, total + loss.item(), tree_total + tree.item(), n + 1
        epoch += 1
        look(f"epoch {epoch} steps {step} loss {total / max(1, n):.3f} trees {tree_total / max(1, n):.3f}")
    lang_file.write(encoder, o.lang, o.lang_out, o.name)
    st.export(scorer, choices, o.scorer_out)


if __name__ == "__main__":
    main()
