"""Trains models/events/countries.bin, the chooser of countries (src/events/country_choice.h), on what `dump_events --homes` wrote of the corpus.

    countries.py --dump corpus news --corpus data/corpus/*.corpus news.corpus --out models/events/countries.bin

A question is a party whose words leave its country open, its answers are none and the countries that the document names; the loss is the
cross-entropy over them. Left out are parties that the gold does not have and those of a country that no answer is.
"""

from __future__ import annotations

import argparse
import collections
import pathlib

import numpy as np
import torch

import corpus
from parties import sentence_of
from row_network import Chooser, Vectors, numbers_of, vectors_of

NUMBERS = 2
WAY = 6  # the feature that says by what the rules gave a country


def gold_event(document: corpus.Document, home: dict):
    """The gold event of its type in its sentence that is nearest."""
    sentence = sentence_of(document, home["t"])
    same = [gold for gold in document.gold if gold.type == home["type"] and sentence_of(document, gold.trigger) == sentence]
    return min(same, key=lambda gold: abs(gold.trigger - home["t"]), default=None)


def gold_country(document: corpus.Document, home: dict) -> str | None:
    gold = gold_event(document, home)
    if gold is None:
        return None
    if home["head"] >= 0:
        return next((code for token, code, _, role in gold.parties if token == home["head"] and role == home["role"]), None)
    if (gold.actors, gold.recipients)[home["role"]]:
        return None
    return next((code for code, _, role in gold.implied if role == home["role"]), "")


class Questions:
    """Rows and numbers of all answers and, of countries, the scorer's vectors of the party and of the naming; which question each belongs to; the right
    one of each question, and that of the rules (-1 = none of them)."""

    def __init__(self, way: int):
        self.way = way  # the feature by which scores are told apart
        self.rows, self.values, self.begin, self.right, self.rules, self.ways = [], [], [0], [], [], []
        self.lost = 0
        self.kept, self.words, self.others = Vectors(), [], []

    def add(self, candidates: list, right, rule, document: corpus.Document | None = None, word: int = -1) -> None:
        """`candidates`: the answer, its numbers, its rows and, of a country, the token of a naming, each."""
        answers = [candidate[0] for candidate in candidates]
        if right not in answers:
            self.lost += 1
            return
        for _, value, row, *token in candidates:
            self.rows.append(row)
            self.values.append(value)
            if document is not None:
                self.words.append(self.kept.row(document, word))
                self.others.append(self.kept.row(document, token[0]))
        self.begin.append(len(self.rows))
        self.right.append(answers.index(right))
        self.rules.append(answers.index(rule) if rule in answers else -1)
        self.ways.append(candidates[0][2][self.way])

    def done(self) -> Questions:
        self.rows, self.values = torch.tensor(np.array(self.rows, np.int64)), numbers_of(self.values)
        self.vectors = self.kept.matrix() if self.words else None
        self.words, self.others = torch.tensor(self.words), torch.tensor(self.others)
        self.begin, self.right, self.rules = (torch.tensor(x) for x in (self.begin, self.right, self.rules))
        return self

    def __len__(self) -> int:
        return len(self.right)


def batch_of(questions: Questions, which: torch.Tensor):
    """Indices of the answers; of each its question's number, its own among that one's, and how many one has at most."""
    begin, end = questions.begin[which], questions.begin[which + 1]
    at = torch.cat([torch.arange(b, e) for b, e in zip(begin.tolist(), end.tolist(), strict=True)])
    number = torch.repeat_interleave(torch.arange(len(which)), end - begin)
    place = torch.arange(len(at)) - torch.repeat_interleave(torch.cumsum(end - begin, 0) - (end - begin), end - begin)
    return at, number, place, int((end - begin).max())


def logits_of(model: Chooser, questions: Questions, which: torch.Tensor, keep: float = 1.0) -> torch.Tensor:
    """[questions][answers], -inf where there are no more."""
    at, number, place, most = batch_of(questions, which)
    vectors = [vectors_of(questions.vectors, rows[at]) for rows in (questions.words, questions.others)] if questions.vectors is not None else [None, None]
    out = torch.full((len(which), most), -torch.inf)
    return out.index_put((number, place), model(questions.rows[at], questions.values[at], *vectors, keep)[:, 0])


@torch.no_grad()
def score(model: Chooser, questions: Questions) -> str:
    model.eval()
    logits = logits_of(model, questions, torch.arange(len(questions)))
    own = logits.argmax(1) == questions.right
    rules = questions.rules == questions.right
    by_way = collections.defaultdict(list)
    for way, mine, theirs in zip(questions.ways, own.tolist(), rules.tolist(), strict=True):
        by_way[way - min(questions.ways)].append((mine, theirs))
    ways = "; ".join(f"{way}: {np.mean([b for _, b in x]):.2f} {np.mean([a for a, _ in x]):.2f} of {len(x)}" for way, x in sorted(by_way.items()))
    loss = torch.nn.functional.cross_entropy(logits, questions.right)
    return f"loss {loss:.4f}, right {own.float().mean():.4f}, rules {rules.float().mean():.4f} of {len(questions)} ({questions.lost} of no answer); rules and own by way: {ways}"


def questions(documents) -> Questions:
    out = Questions(WAY)
    for document in documents:
        for party in document.homes:
            if (code := gold_country(document, party)) is not None:
                out.add(party["candidates"], code, party["rule"][0], document, party["head"] if party["head"] >= 0 else party["t"])
    return out.done()


def train_chooser(about: str, name: str, questions_of, magic: bytes, numbers: int, epochs: int, keep: float) -> None:
    options = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--dump", nargs="+", required=True)
    options.add_argument("--corpus", nargs="+", required=True)
    options.add_argument("--out", type=pathlib.Path, required=True)
    options.add_argument("--epochs", type=int, default=epochs)
    options.add_argument("--keep", type=float, default=keep, help="share of the features that a step of training sees")
    options.add_argument("--rate", type=float, default=3e-3)
    options.add_argument("--seed", type=int, default=1)
    args = options.parse_args()
    torch.manual_seed(args.seed)
    documents = [document for dump in args.dump for document in corpus.read_corpus(dump, args.corpus) if not document.test]
    train = questions_of(d for d in documents if not corpus.is_dev(d.id))
    dev = questions_of(d for d in documents if corpus.is_dev(d.id))
    print(f"{len(train)} questions with {len(train.rows)} answers", flush=True)
    model = Chooser(corpus.table_rows(args.dump[0], name), numbers, 1, 0 if train.vectors is None else train.vectors.shape[1])
    optimizer = torch.optim.AdamW(model.parameters(), lr=args.rate, weight_decay=1e-2)
    batch = 64
    steps = args.epochs * (len(train) // batch)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: max(0.01, 1 - step / steps))
    for epoch in range(args.epochs):
        model.train()
        total = 0.0
        for which in torch.randperm(len(train)).split(batch)[:-1]:
            loss = torch.nn.functional.cross_entropy(logits_of(model, train, which, args.keep), train.right[which])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
            total += loss.item()
        print(f"epoch {epoch}: train loss {total * batch / len(train):.4f}; dev {score(model, dev)}", flush=True)
    model.save(train.rows.shape[1], magic, args.out)


if __name__ == "__main__":
    train_chooser(__doc__, "countries", questions, b"LGC1", NUMBERS, epochs=3, keep=0.85)
