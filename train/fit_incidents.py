"""Fits the weights of src/dedup/incidents.cc: logistic regression over pairs of event reports.

Positive: per pair of reports of one gold group of the dev half, the event pair that fits best (found anew in every round). Negative: all event
pairs of reports of different groups; and pairs of items of one day of the current-events corpus, which lists each occurrence once.

    python3 bench/incidents.py --keep gold.ledger && incident_pairs gold.ledger > gold.pairs
    legation ingest wiki.ledger wikipedia.jsonl && incident_pairs wiki.ledger > wiki.pairs
    python3 train/fit_incidents.py gold.ledger gold.pairs wiki.ledger wiki.pairs
"""
import argparse
import os
import sys
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")  # small matrices: threads only wait for each other
import numpy  # noqa: E402

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "bench"))
import incidents

LEFT_OUT = {"copies", "half_dated_gap", "undated_gap"}  # nothing to learn them from
SIGNED = {"actor_clash": -1, "recipient_clash": -1, "actor_other_state": -1, "recipient_other_state": -1, "other_place": -1, "far_number": -1, "other_mode": -1, "dated_gap": -1, "half_dated_gap": -1,
          "undated_gap": -1, "words_alike": 1, "stories_alike": 1, "same_place": 1, "same_number": 1, "actor_named": 1, "recipient_named": 1,
          "names_strange": -1, "other_type": -1, "other_auxiliary": -1}


def read_pairs(path):
    with open(path) as lines:
        names = lines.readline().rstrip("\n").split("\t")[4:]
        rows = {tuple(line.split("\t")[:4]): line.rstrip("\n").split("\t")[4:] for line in lines}
    keys = [(key[0], key[1]) for key in rows]
    return names, keys, numpy.array([[float(cell) for cell in row] for row in rows.values()])


def documents(program, ledger, column):
    return {row["doc_id"]: row["x"] for row in incidents.query(program, ledger, f"SELECT doc_id, {column}::VARCHAR AS x FROM documents")}


def fit(x, y, weight, start, signs, ridge, rounds=600, rate=0.05):
    """Gradient descent with momentum of Adam; weights keep their sign."""
    w, m, v = start.copy(), numpy.zeros_like(start), numpy.zeros_like(start)
    for step in range(1, rounds + 1):
        p = 1 / (1 + numpy.exp(-x @ w))
        gradient = x.T @ (weight * (p - y)) / weight.sum() + ridge * w * (numpy.arange(len(w)) > 0)
        m, v = 0.9 * m + 0.1 * gradient, 0.999 * v + 0.001 * gradient ** 2
        w -= rate * m / (1 - 0.9 ** step) / (numpy.sqrt(v / (1 - 0.999 ** step)) + 1e-8)
        w = numpy.where(signs * w < 0, 0, w)
    return w


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("gold_ledger", "gold_pairs", "corpus_ledger", "corpus_pairs"):
        parser.add_argument(name)
    parser.add_argument("--program", default=str(incidents.ROOT / "build/release/src/cli/legation"))
    parser.add_argument("--corpus-weight", type=float, default=0.1)
    parser.add_argument("--negative-weight", type=float, default=1.0)
    parser.add_argument("--ridge", type=float, default=0.002)
    arguments = parser.parse_args()
    names, keys, x = read_pairs(arguments.gold_pairs)
    report = documents(arguments.program, arguments.gold_ledger, "id")
    group = {doc: name.rsplit("/", 1)[0] for doc, name in report.items()}
    dev = numpy.array([all(incidents.half_of(group[doc].split("/")[0]) == "dev" for doc in key) for key in keys])
    same = numpy.array([group[a] == group[b] for a, b in keys])
    _, corpus_keys, corpus_x = read_pairs(arguments.corpus_pairs)
    day = documents(arguments.program, arguments.corpus_ledger, "published")
    one_day = numpy.array([day[a] == day[b] for a, b in corpus_keys])
    corpus_x = corpus_x[one_day]
    used = numpy.array([name not in LEFT_OUT for name in names])
    signs = numpy.array([SIGNED.get(name, 0) for name in names])[used]
    x, corpus_x = x[:, used], corpus_x[:, used]
    w = numpy.zeros(used.sum())
    start = numpy.array([{"words_alike": 3, "stories_alike": 3, "actor_clash": -2, "recipient_clash": -2}.get(n, 0) for n in names], float)[used]
    w = start
    for _ in range(6):
        best = {}
        for at in numpy.flatnonzero(dev & same):
            key = tuple(sorted(keys[at]))
            if key not in best or x[at] @ w > x[best[key]] @ w:
                best[key] = at
        chosen = numpy.array(sorted(best.values()))
        negative = numpy.flatnonzero(dev & ~same)
        data = numpy.vstack([x[chosen], x[negative], corpus_x])
        y = numpy.concatenate([numpy.ones(len(chosen)), numpy.zeros(len(negative) + len(corpus_x))])
        weight = numpy.concatenate([numpy.ones(len(chosen)), numpy.full(len(negative), arguments.negative_weight), numpy.full(len(corpus_x), arguments.corpus_weight)])
        w = fit(data, y, weight, w, signs, arguments.ridge)
    score = data @ w
    print(f"{len(chosen)} positive, {len(negative)} negative, {len(corpus_x)} of one day of the corpus", file=sys.stderr)
    print(f"positive kept {numpy.mean(score[:len(chosen)] > 0):.3f}; negative joined {numpy.mean(score[len(chosen):len(chosen) + len(negative)] > 0):.4f}; "
          f"of one day joined {numpy.mean(score[len(chosen) + len(negative):] > 0):.4f}", file=sys.stderr)
    full = numpy.zeros(len(names))
    full[used] = w
    for name, value in zip(names, full):
        print(f"{name}\t{value:.2f}")


if __name__ == "__main__":
    main()
