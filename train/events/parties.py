"""Trains models/events/parties.bin, the chooser of parties (src/events/party_choice.h), on what `dump_events --choices` wrote of the corpus.

    parties.py --dump corpus news --corpus data/corpus/*.corpus news.corpus --out models/events/parties.bin

A candidate of an event that the gold knows too is no party, acts or receives: cross-entropy over the three. Candidates are rows of one table,
summed and passed through two small layers. Losses and the share of events with all parties right are printed for the dev part of each epoch.
"""

from __future__ import annotations

import argparse
import collections
import pathlib

import numpy as np
import torch
import torch.nn.functional as F

import corpus
from row_network import RowNetwork, numbers_of

PARTS = 3  # none, actor, recipient
VALUES = 4
ABOVE, ALONE = 0.5, (0.2, 0.3)  # src/events/coder.cc chooses so


def identity(document: corpus.Document, token: int) -> tuple[str, str]:
    mention = corpus.mention_at(document, token)
    return tuple(document.mentions[mention][5][0]) if mention >= 0 else ("", "")


def sentence_of(document: corpus.Document, token: int) -> int:
    return next(i for i, s in enumerate(document.sentences) if s[0] <= token < s[1])


def paired(document: corpus.Document) -> dict[int, corpus.Gold]:
    """Events that the coder tells, by their place among the choices, with the gold event of their type in their sentence that is nearest."""
    pairs = sorted((abs(choice["t"] - gold.trigger), g, c) for g, gold in enumerate(document.gold) for c, choice in enumerate(document.choices)
                   if choice["type"] == gold.type and sentence_of(document, choice["t"]) == sentence_of(document, gold.trigger))
    taken, out = set(), {}
    for _, g, c in pairs:
        if g not in taken and c not in out:
            taken.add(g)
            out[c] = document.gold[g]
    return out


def part_of(document: corpus.Document, gold: corpus.Gold, token: int, trigger_sentence: int) -> int:
    for part, heads in ((1, gold.actors), (2, gold.recipients)):
        if token in heads:
            return part
    code, sector = identity(document, token)
    if not code:
        return 0
    if sentence_of(document, token) != trigger_sentence:  # one naming is as good as another
        for _, other_code, other_sector, role in gold.parties:
            if role < 2 and (code, sector) == (other_code, corpus.SECTORS[other_sector]):
                return 1 + role
    # who acts without being named is left to data/ontology/implied_actors.tsv
    return 2 if any(role == 1 and code == other_code and sector in ("", other_sector) for other_code, other_sector, role in gold.implied) else 0


class Examples:
    """Rows, values and parts of the candidates; and of each the number of its event."""

    def __init__(self, documents):
        rows, values, parts, events = [], [], [], []
        self.gold = []  # per event: how many of its parties no candidate is
        for document in documents:
            for c, gold in paired(document).items():
                sentence = sentence_of(document, document.choices[c]["t"])
                for token, value, row in document.choices[c]["candidates"]:
                    rows.append(row)
                    values.append(value)
                    parts.append(part_of(document, gold, token, sentence))
                    events.append(len(self.gold))
                self.gold.append(gold)
        self.rows = torch.tensor(np.array(rows, np.int64))
        self.values = numbers_of(values)
        self.parts = torch.tensor(parts)
        self.events = events


def chosen(parts: np.ndarray, numbers: list[int]) -> list[set[int]]:
    sides = [{n for n in numbers if parts[n, side] > ABOVE} for side in (1, 2)]
    for side in (0, 1):
        best = max(numbers, key=lambda n: parts[n, 1 + side], default=None)
        if not sides[side] and best is not None and parts[best, 1 + side] > ALONE[side] and best not in sides[1 - side]:
            sides[side] = {best}
    return sides


def score(model: RowNetwork, examples: Examples) -> str:
    model.eval()
    with torch.no_grad():
        logits = model(examples.rows, examples.values)
    parts = logits.softmax(1).numpy()
    by_event = collections.defaultdict(list)
    for n, event in enumerate(examples.events):
        by_event[event].append(n)
    right = np.zeros(3)
    for numbers in by_event.values():
        sides = chosen(parts, numbers)
        same = [sides[side] == {n for n in numbers if examples.parts[n] == 1 + side} for side in (0, 1)]
        right += [*same, all(same)]
    actors, recipients, both = right / len(by_event)
    return f"loss {F.cross_entropy(logits, examples.parts):.4f}, actors {actors:.3f}, recipients {recipients:.3f}, both {both:.3f} of {len(by_event)} events"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--dump", nargs="+", required=True)
    options.add_argument("--corpus", nargs="+", required=True)
    options.add_argument("--out", type=pathlib.Path, required=True)
    options.add_argument("--epochs", type=int, default=2)
    options.add_argument("--wide", type=int, default=48)
    options.add_argument("--narrow", type=int, default=32)
    options.add_argument("--keep", type=float, default=0.9, help="share of the features that a step of training sees")
    options.add_argument("--rate", type=float, default=3e-3)
    options.add_argument("--seed", type=int, default=1)
    args = options.parse_args()
    torch.manual_seed(args.seed)
    documents = [document for dump in args.dump for document in corpus.read_corpus(dump, args.corpus) if not document.test]
    train = Examples(d for d in documents if not corpus.is_dev(d.id))
    dev = Examples(d for d in documents if corpus.is_dev(d.id))
    print(f"{len(train.gold)} events with {len(train.events)} candidates, dev {len(dev.gold)} with {len(dev.events)}", flush=True)
    model = RowNetwork(int(max(train.rows.max(), dev.rows.max())) + 1, VALUES, PARTS, args.wide, args.narrow)
    optimizer = torch.optim.AdamW(model.parameters(), lr=args.rate, weight_decay=1e-2)
    batch = 512
    steps = args.epochs * (len(train.parts) // batch)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: max(0.01, 1 - step / steps))
    for epoch in range(args.epochs):
        model.train()
        total = 0.0
        for at in torch.randperm(len(train.parts)).split(batch)[:-1]:
            loss = F.cross_entropy(model(train.rows[at], train.values[at], args.keep), train.parts[at])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
            total += loss.item()
        print(f"epoch {epoch}: train loss {total * batch / len(train.parts):.4f}; dev {score(model, dev)}", flush=True)
    model.save(train.rows.shape[1], b"LGP1", args.out)


if __name__ == "__main__":
    main()
