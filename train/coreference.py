#!/usr/bin/env python3
"""Learns data/entities/coreference.tsv: by what weights a pronoun chooses whom it stands for.

    build/release/bench/measure_coreference --dump train.tsv en_gum-train-open.conllu.xz
    build/release/bench/measure_coreference --dump dev.tsv en_gum-dev-open.conllu.xz
    python3 train/coreference.py train.tsv --dev dev.tsv --out data/entities/coreference.tsv      # needs numpy and scipy

A trial is a pronoun with its candidates, the last of them "nobody". The model is a softmax over the candidates, linear in
their features, one set of weights a kind of pronoun; all mentions of the right entity count as right. Each weight is
the sum of one shared by the three kinds and one of the kind, so that rare kinds lean on the others. docs/coreference.md
tells what the features mean.
"""
import argparse
import collections

import numpy
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

KINDS = ("he", "it", "they")
# Where the weights start from: what holds of news and is rare in the corpus. They are drawn towards these, not towards 0.
PRIOR = {"judged.1": 4.0, "speaker.2": -1.0, "says.1": 1.0, "command.1": 1.0, "ahead.1": 1.5, "it:coarse.4": 0.8,
         "it:coarse.5": 0.4, "it:actor.4": 1.5, "it:actor.5": 0.8, "ahead.2": -0.3}


def read(path):
    """Trials: (kind, [right], [[feature names]])."""
    trials, last = [], None
    for line in open(path, encoding="utf-8"):
        trial, kind, right, *features = line.rstrip("\n").split("\t")
        if trial != last:
            trials.append((int(kind), [], []))
            last = trial
        trials[-1][1].append(right == "1")
        trials[-1][2].append(features)
    return trials


class Data:
    """All candidates of all trials as one sparse matrix over shared features and features of the kind."""

    def __init__(self, trials, index):
        rows, columns, self.right, starts = [], [], [], [0]
        for kind, right, candidates in trials:
            for features in candidates:
                row = len(self.right)
                for name in features:
                    for key in (name, f"{KINDS[kind]}:{name}"):
                        if key in index:
                            rows.append(row)
                            columns.append(index[key])
                self.right.append(False)
            self.right[-len(right):] = right
            starts.append(len(self.right))
        self.right = numpy.array(self.right)
        self.starts = numpy.array(starts)
        self.trial_of = numpy.repeat(numpy.arange(len(trials)), numpy.diff(self.starts))
        self.matrix = csr_matrix((numpy.ones(len(rows)), (rows, columns)), (len(self.right), len(index)))
        self.kinds = numpy.array([kind for kind, _, _ in trials])

    def softmax(self, scores):
        top = numpy.maximum.reduceat(scores, self.starts[:-1])
        parts = numpy.exp(scores - top[self.trial_of])
        return parts / numpy.add.reduceat(parts, self.starts[:-1])[self.trial_of]


def loss(weights, data, penalty, prior):
    chance = data.softmax(data.matrix @ weights)
    good = numpy.add.reduceat(chance * data.right, data.starts[:-1])
    good = numpy.maximum(good, 1e-12)
    gradient = data.matrix.T @ (chance - chance * data.right / good[data.trial_of])
    return -numpy.log(good).sum() + penalty @ (weights - prior) ** 2, gradient + 2 * penalty * (weights - prior)


def accuracy(weights, data):
    scores = data.matrix @ weights
    right, total = collections.Counter(), collections.Counter()
    for trial, kind in enumerate(data.kinds):
        begin, end = data.starts[trial], data.starts[trial + 1]
        best = begin + int(numpy.argmax(scores[begin:end]))
        has_referent = not data.right[end - 1]
        name = KINDS[kind] if has_referent else "nobody"
        total[name] += 1
        right[name] += bool(data.right[best])
    return {name: (right[name], total[name]) for name in sorted(total)}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("train", nargs="+")
    parser.add_argument("--dev")
    parser.add_argument("--out")
    parser.add_argument("--shared", type=float, default=1.0, help="penalty on squares of shared weights")
    parser.add_argument("--own", type=float, default=2.0, help="the same of weights of one kind")
    arguments = parser.parse_args()
    trials = [trial for path in arguments.train for trial in read(path)]
    counts = collections.Counter(name for _, _, candidates in trials for features in candidates for name in features)
    names = sorted({name for name, count in counts.items() if count >= 5} | {key.split(":")[-1] for key in PRIOR})
    keys = names + [f"{kind}:{name}" for kind in KINDS for name in names]
    index = {key: i for i, key in enumerate(keys)}
    data = Data(trials, index)
    penalty = numpy.array([arguments.own if ":" in key else arguments.shared for key in keys])
    prior = numpy.array([PRIOR.get(key, 0.0) for key in keys])
    found = minimize(loss, prior, args=(data, penalty, prior), jac=True, method="L-BFGS-B", options={"maxiter": 500})
    print("train", accuracy(found.x, data))
    if arguments.dev:
        print("dev  ", accuracy(found.x, Data(read(arguments.dev), index)))
    if not arguments.out:
        return
    weight = dict(zip(keys, found.x))
    with open(arguments.out, "w", encoding="utf-8") as out:
        out.write("# GENERATED by train/coreference.py from GUM train and dev (open genres). Do not edit.\n")
        out.write("# Weights of features by which a pronoun chooses; docs/coreference.md says what they mean.\n")
        out.write("feature\the\tit\tthey\tsource\n")
        for name in names:
            cells = [f"{weight[name] + weight[f'{kind}:{name}']:.3f}" for kind in KINDS]
            out.write("\t".join([name, *cells, "GUM train"]) + "\n")


if __name__ == "__main__":
    main()
