"""Trains models/events/parties.bin, the chooser of parties (src/events/party_choice.h), on what `dump_events --choices` wrote of the corpus.

    parties.py --dump corpus news --corpus data/corpus/*.corpus news.corpus --out models/events/parties.bin

A candidate of an event that the gold knows too is no party, acts or receives: cross-entropy over the three. Beside it, of each side, one over all
candidates and nobody, in which all namings of the right ones count together. The scorer's vectors of trigger and candidate stand beside the rows. Losses and the share of events whose countries are right are
printed for the dev part of each epoch.
"""

from __future__ import annotations

import argparse
import collections
import pathlib

import numpy as np
import torch
import torch.nn.functional as F

import corpus
from row_network import Chooser, Vectors, numbers_of, vectors_of

PARTS = 3  # none, actor, recipient
VALUES = 4
ABOVE, ALONE = 0.5, (0.2, 0.35)  # src/events/party_choice.cc chooses so


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
    """Rows, values, vectors and parts of the candidates, of each whether it is right on either side, be it another naming; where each event's begin, and
    the vectors of the triggers."""

    def __init__(self, documents):
        rows, values, parts, right, self.begin = [], [], [], [], [0]
        vectors, triggers, words = Vectors(), [], []
        self.who: list[tuple[str, str]] = []  # country and sector of each candidate, as the linker has them
        self.gold: list[tuple[frozenset, frozenset]] = []  # those of both sides
        for document in documents:
            for c, gold in paired(document).items():
                if not document.choices[c]["candidates"]:
                    continue
                sentence = sentence_of(document, document.choices[c]["t"])
                sides = [frozenset([identity(document, token) for token in heads] + [(code, sector) for code, sector, role in gold.implied if role == side])
                         for side, heads in enumerate((gold.actors, gold.recipients))]
                triggers.append(vectors.row(document, document.choices[c]["t"]))
                for token, value, row in document.choices[c]["candidates"]:
                    words.append(vectors.row(document, token))
                    rows.append(row)
                    values.append(value)
                    parts.append(part_of(document, gold, token, sentence))
                    who = identity(document, token)
                    self.who.append(who)
                    right.append([(who[0] != "" and who in sides[side]) or token in heads for side, heads in enumerate((gold.actors, gold.recipients))])
                self.begin.append(len(rows))
                self.gold.append(tuple(sides))
        self.rows = torch.tensor(np.array(rows, np.int32))
        self.values = numbers_of(values)
        self.parts, self.right, self.begin = torch.tensor(parts), torch.tensor(right), torch.tensor(self.begin)
        self.vectors, self.triggers, self.words = vectors.matrix(), torch.tensor(triggers), torch.tensor(words)

    def __len__(self) -> int:
        return len(self.gold)


def batch_of(examples: Examples, which: torch.Tensor):
    """Indices of the events' candidates, and of each the number of its event."""
    begin, end = examples.begin[which], examples.begin[which + 1]
    at = torch.cat([torch.arange(b, e) for b, e in zip(begin.tolist(), end.tolist(), strict=True)])
    return at, torch.repeat_interleave(torch.arange(len(which)), end - begin)


def logits_of(model: Chooser, examples: Examples, at: torch.Tensor, events: torch.Tensor, keep: float = 1.0) -> torch.Tensor:
    """[candidates][parts] of the candidates `at`, each of the event beside it."""
    word, other = (vectors_of(examples.vectors, rows) for rows in (examples.triggers[events], examples.words[at]))
    return model(examples.rows[at].long(), examples.values[at], word, other, keep)


def loss_of_sides(logits: torch.Tensor, right: torch.Tensor, event: torch.Tensor, events: int) -> torch.Tensor:
    """Of each side all candidates and nobody share one probability; that of the right ones' namings together, or of nobody, shall be high."""
    loss = logits.new_zeros(())
    for side in (0, 1):
        score = logits[:, 1 + side] - logits[:, 0]
        top = torch.zeros(events).scatter_reduce(0, event, score.detach(), "amax", include_self=True)
        share, nobody = torch.exp(score - top[event]), torch.exp(-top)
        named = torch.zeros(events).index_add(0, event, right[:, side].float()) > 0
        good = torch.where(named, torch.zeros(events).index_add(0, event, share * right[:, side]), nobody)
        loss = loss - torch.log((good / (torch.zeros(events).index_add(0, event, share) + nobody)).clamp(min=1e-6)).mean()
    return loss


def chosen(parts: np.ndarray, codes: list[str]) -> list[set[int]]:
    """As PartyChooser::choose."""
    sides = [set(np.flatnonzero(parts[:, side] > ABOVE)) for side in (1, 2)]
    for side in (0, 1):
        if sides[side]:
            continue
        countries = collections.defaultdict(list)
        for n, code in enumerate(codes):
            countries[code or n].append(n)
        most = max(countries.values(), key=lambda numbers: parts[numbers, 1 + side].sum())
        best = max((n for n in most if n not in sides[1 - side]), key=lambda n: parts[n, 1 + side], default=None)
        if best is not None and parts[most, 1 + side].sum() > ALONE[side]:
            sides[side] = {best}
    return sides


def score(model: Chooser, examples: Examples) -> str:
    model.eval()
    with torch.no_grad():
        logits = torch.cat([logits_of(model, examples, at, which[event]) for which in torch.arange(len(examples)).split(500) for at, event in [batch_of(examples, which)]])
    parts = logits.softmax(1).numpy()
    right = np.zeros(4)
    begin = examples.begin.tolist()
    for event, gold in enumerate(examples.gold):
        who = examples.who[begin[event] : begin[event + 1]]
        sides = chosen(parts[begin[event] : begin[event + 1]], [code for code, _ in who])
        same = [frozenset(who[n] for n in sides[side]) == gold[side] for side in (0, 1)]
        same += [{who[n][0] for n in sides[side]} == {code for code, _ in gold[side]} for side in (0, 1)]
        right += [*same[:2], all(same[:2]), all(same[2:])]
    actors, recipients, both, countries = right / len(examples.gold)
    return (f"loss {F.cross_entropy(logits, examples.parts):.4f}, actors {actors:.3f}, recipients {recipients:.3f}, both {both:.3f}, "
            f"countries of both {countries:.3f} of {len(examples.gold)} events")


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
    options.add_argument("--sides", type=float, default=0.15, help="weight of choosing a side's country among all")
    options.add_argument("--seed", type=int, default=1)
    args = options.parse_args()
    torch.manual_seed(args.seed)
    documents = [document for dump in args.dump for document in corpus.read_corpus(dump, args.corpus) if not document.test]
    train = Examples(d for d in documents if not corpus.is_dev(d.id))
    dev = Examples(d for d in documents if corpus.is_dev(d.id))
    print(f"{len(train.gold)} events with {len(train.rows)} candidates, dev {len(dev.gold)} with {len(dev.rows)}", flush=True)
    model = Chooser(corpus.table_rows(args.dump[0], "parties"), VALUES, PARTS, train.vectors.shape[1], args.wide, args.narrow)
    optimizer = torch.optim.AdamW(model.parameters(), lr=args.rate, weight_decay=1e-2)
    batch = 56
    steps = args.epochs * (len(train.gold) // batch)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: max(0.01, 1 - step / steps))
    for epoch in range(args.epochs):
        model.train()
        total = 0.0
        for which in torch.randperm(len(train.gold)).split(batch)[:-1]:
            at, event = batch_of(train, which)
            logits = logits_of(model, train, at, which[event], args.keep)
            loss = F.cross_entropy(logits, train.parts[at]) + args.sides * loss_of_sides(logits, train.right[at], event, len(which))
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
            total += loss.item()
        print(f"epoch {epoch}: train loss {total * batch / len(train.gold):.4f}; dev {score(model, dev)}", flush=True)
    model.save(train.rows.shape[1], b"LGP1", args.out)


if __name__ == "__main__":
    main()
