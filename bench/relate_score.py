#!/usr/bin/env python3
"""Scores `legation relate` on a TSV with gold relations.

    bench/relate_score.py PROGRAM FILE.tsv [--confusion]

Macro-F1 over the roots (gold_root), the four classes (gold_penta) and cooperation against conflict; or, where the file has gold_binary
(1 = conflict), of that alone. A row without an answer counts as missed.
"""
import collections
import csv
import json
import subprocess
import sys
import time


def macro_f1(gold, said):
    scores = []
    for label in sorted(set(gold)):
        both = sum(g == s == label for g, s in zip(gold, said))
        scores.append(2 * both / max(1, gold.count(label) + said.count(label)))
    return sum(scores) / len(scores)


def conflict(penta):
    return None if penta is None else int(penta) >= 3


def main(program, path, confusion):
    with open(path, newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    start = time.monotonic()
    done = subprocess.run([program, "relate", path], capture_output=True, text=True, check=False)
    seconds = time.monotonic() - start
    said = [json.loads(line) for line in done.stdout.splitlines()]
    if len(said) != len(rows):
        sys.exit(f"{len(rows)} rows, {len(said)} answers: {done.stderr[:300]}")
    print(f"{len(rows)} rows in {seconds:.2f} s; without an answer: {sum(s['root'] is None for s in said)}")
    if "gold_root" in rows[0]:
        roots = [row["gold_root"] for row in rows]
        print(f"root   macro-F1 {macro_f1(roots, [s['root'] for s in said]):.3f}")
        print(f"penta  macro-F1 {macro_f1([int(row['gold_penta']) for row in rows], [s['penta'] for s in said]):.3f}")
        print(f"binary macro-F1 {macro_f1([conflict(row['gold_penta']) for row in rows], [conflict(s['penta']) for s in said]):.3f}")
        for label in sorted(set(roots)) if confusion else []:
            pairs = collections.Counter(s["root"] for row, s in zip(rows, said) if row["gold_root"] == label)
            print(f"{label:<10} {sum(pairs.values()):>4}  {dict(pairs.most_common(8))}")
    else:
        gold = [bool(int(row["gold_binary"])) for row in rows]
        print(f"binary macro-F1 {macro_f1(gold, [conflict(s['penta']) for s in said]):.3f}")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], "--confusion" in sys.argv)
