"""How well reprints are known: originals, then copies of them with edits as desks make them, ingested into one ledger.

    python3 bench/reprints.py NEWS.jsonl[.xz]... [--sample 2000] [--show 20]

Edits, one or two a copy: words exchanged, dropped or inserted, a sentence or the last 15% cut, an agency's dateline in front. Recall: copies that
join their original; precision: of the copies that join any text, those that join their own. Pairs of originals called reprints are counted and shown.
"""
import argparse
import json
import lzma
import random
import re
import subprocess
import tempfile
from pathlib import Path

import incidents

FILLER = "also reportedly later however meanwhile still again overnight local senior".split()


def read(paths):
    for path in paths:
        with (lzma.open if path.endswith(".xz") else open)(path, "rt") as lines:
            for line in lines:
                yield json.loads(line)


def edited(text, chance):
    words = text.split(" ")
    for _ in range(chance.choice((1, 2))):
        kind = chance.choice(("exchange", "drop", "insert", "sentence", "cut", "dateline"))
        few = max(1, len(words) // 15)
        if kind == "exchange":
            for at in chance.sample(range(len(words)), few):
                words[at] = chance.choice(FILLER)
        elif kind == "drop":
            for at in sorted(chance.sample(range(len(words)), few), reverse=True):
                del words[at]
        elif kind == "insert":
            for at in sorted(chance.sample(range(len(words)), few), reverse=True):
                words.insert(at, chance.choice(FILLER))
        elif kind == "sentence":
            sentences = re.split(r"(?<=[.!?]) +", " ".join(words))
            if len(sentences) > 2:
                del sentences[chance.randrange(1, len(sentences))]
            words = " ".join(sentences).split(" ")
        elif kind == "cut":
            words = words[:max(1, int(len(words) * 0.85))]
        else:
            words = ["CAIRO", "(Agency)", "-"] + words
    return " ".join(words)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("news", nargs="+")
    parser.add_argument("--sample", type=int, default=2000)
    parser.add_argument("--show", type=int, default=0)
    parser.add_argument("--program", default=str(incidents.ROOT / "build/release/src/cli/legation"))
    arguments = parser.parse_args()
    chance = random.Random(6)
    originals = list(read(arguments.news))
    for number, record in enumerate(originals):
        record["id"] = f"o{number}"
    long_enough = [r for r in originals if len(r["text"].split()) >= 20]
    chosen = chance.sample(long_enough, min(arguments.sample, len(long_enough)))
    copies = [{**r, "id": "c" + r["id"][1:], "source": "Another Paper", "text": edited(r["text"], chance)} for r in chosen]
    with tempfile.TemporaryDirectory() as folder:
        news, ledger = Path(folder) / "news.jsonl", Path(folder) / "l.ledger"
        news.write_text("".join(json.dumps(record) + "\n" for record in originals + copies))
        subprocess.run([arguments.program, "ingest", "-q", "--any-language", ledger, news], check=True)
        rows = incidents.query(arguments.program, ledger, "SELECT doc_id, id, text_group FROM documents ORDER BY doc_id")
    group = {row["id"]: row["text_group"] for row in rows}
    first = {row["doc_id"]: row["id"] for row in rows}
    kept = [copy for copy in copies if copy["id"] in group and "o" + copy["id"][1:] in group]
    right = sum(group[c["id"]] == group["o" + c["id"][1:]] for c in kept)
    joined = sum(first[group[c["id"]]][0] == "o" for c in kept)
    print(f"{len(kept)} copies: recall {right / len(kept):.4f}, precision {right / max(joined, 1):.4f}")
    text = {r["id"]: r["text"] for r in originals}
    pairs = [(row["id"], first[row["text_group"]]) for row in rows if row["id"][0] == "o" and first[row["text_group"]] != row["id"]]
    same = sum(text[a] == text[b] for a, b in pairs)
    print(f"{len(pairs)} of {sum(r['id'][0] == 'o' for r in rows)} originals are called reprints of another, {same} of these word for word")
    other = [pair for pair in pairs if text[pair[0]] != text[pair[1]]]
    for a, b in chance.sample(other, min(arguments.show, len(other))):
        print("  " + text[b][:300].replace("\n", " ") + "\n  " + text[a][:300].replace("\n", " ") + "\n")


if __name__ == "__main__":
    main()
