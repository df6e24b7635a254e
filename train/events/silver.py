"""What the teacher, and beside it the scorer of before, say of news: distributions that the next scorer learns from.

The mean of the two is surer than either: the teacher knows more of types, the scorer has seen more of modes and parties. Written as pickled numpy,
a shard per 4,000 documents: type distributions, modes, flags and parties of tokens that may be triggers, sectors and countries of those that may be
parties.
"""

from __future__ import annotations

import argparse
import pathlib
import time

import numpy as np
import torch
from safetensors.torch import load_file

import corpus
import heads as hd
import student as st
import teacher as te

MAY_TRIGGER, MAY_BE_PARTY = 0.06, 0.3
SHARD = 4000


class Voice:
    """One who is asked: heads, and the vectors that they read."""

    def __init__(self, heads: hd.Heads, vectors):
        self.heads, self.vectors = heads, vectors


def teacher_voice(pretrained: str, state: str) -> Voice:
    tokenizer = te.tokenizer_of(pretrained)
    model = te.Teacher(load_file(f"{pretrained}/model.safetensors"))
    model.load_state_dict(torch.load(state))
    model.eval()

    def vectors(group):
        with torch.autocast("cpu", torch.bfloat16):
            return model(te.stack(group, tokenizer)).float()

    return Voice(model.heads, vectors)


def scorer_voice(path: pathlib.Path) -> Voice:
    model, _ = st.read(path)
    model.eval()

    def vectors(group):
        for document in group:
            document.words = st.word_rows(st.forms_of(document))
        return model(st.stack(group))

    return Voice(model.heads, vectors)


def mean(items: list[torch.Tensor]) -> np.ndarray:
    return torch.stack(items).mean(0).numpy()


def label_group(voices: list[Voice], group: list[corpus.Document]) -> list:
    """`group`: the longest first."""
    xs = [voice.vectors(group) for voice in voices]
    events = [voice.heads.events(x) for voice, x in zip(voices, xs)]
    kinds = mean([types.softmax(-1) for types, _, _ in events])
    modes, auxiliary = (mean([said[part].sigmoid() for said in events]).astype(np.float16) for part in (1, 2))

    def scores_of(where, pairs):
        """Chances of all roles of each item's pairs, by one call."""
        if not sum(map(len, pairs)):
            return [np.zeros((0, hd.ROLES), np.float32) for _ in pairs]
        rows = torch.tensor([i for i, p in zip(where, pairs) for _ in range(len(p))])
        joined = torch.from_numpy(np.concatenate(pairs))
        scores = mean([voice.heads.parties(x, rows, joined).sigmoid() for voice, x in zip(voices, xs)])
        return np.split(scores, np.cumsum([len(p) for p in pairs])[:-1])

    triggers = [(i, int(t)) for i, document in enumerate(group) for t in np.flatnonzero(kinds[i, : len(document.tokens), hd.NONE] < 1 - MAY_TRIGGER)]
    pairs = [hd.pairs_of(group[i], t) for i, t in triggers]
    roles = [r[:, : hd.COUNTRY] for r in scores_of([i for i, _ in triggers], pairs)]
    heads = sorted({(i, int(p), hd.place_of(int(kinds[i, t, : hd.NONE].argmax()), role)) for (i, t), rows, r in zip(triggers, pairs, roles)
                    if len(rows) and kinds[i, t, hd.NONE] < 0.8 for role in range(hd.COUNTRY) for p in rows[r[:, role] > MAY_BE_PARTY, 1]})
    first = [n == 0 or heads[n - 1][:2] != head[:2] for n, head in enumerate(heads)]  # a party's country is asked for once
    countries = [hd.country_pairs(group[i], t) if new else np.zeros((0, 5), np.int64) for (i, t, _), new in zip(heads, first)]
    same = [r[:, hd.COUNTRY] for r in scores_of([i for i, _, _ in heads], countries)]
    sectors = np.zeros((0, 0))
    if heads:
        asked = [torch.tensor(side) for side in zip(*heads)]
        sectors = mean([voice.heads.sectors(x, *asked).softmax(-1) for voice, x in zip(voices, xs)])
    out = [(document.index, kinds[i, : len(document.tokens)].astype(np.float16), [], []) for i, document in enumerate(group)]
    for (i, t), rows, r in zip(triggers, pairs, roles):
        out[i][2].append((t, modes[i, t], auxiliary[i, t], rows.astype(np.int16), r.astype(np.float16)))
    for (i, t, place), chances, rows, s in zip(heads, sectors, countries, same):
        out[i][3].append((t, place, chances.astype(np.float16), rows.astype(np.int16), s.astype(np.float16)))
    return out


@torch.no_grad()
def label(voices: list[Voice], dump: str, out: str) -> None:
    started, shard, done, buffer, words = time.time(), 0, [], [], 0

    def save():
        nonlocal done, shard
        torch.save(done, f"{out}.{shard}.part")
        pathlib.Path(f"{out}.{shard}.part").rename(f"{out}.{shard}")
        done, shard = [], shard + 1
        print(f"{time.time() - started:.0f}s {words} words", flush=True)

    def run():
        nonlocal buffer, words
        for group in te.groups_of([(d, None) for d in buffer], 4000, None) if buffer else []:
            documents = sorted((d for d, _ in group), key=lambda d: -len(d.tokens))
            done.extend(label_group(voices, documents))
            words += sum(len(d.tokens) for d in documents)
        buffer = []

    for index, document in enumerate(corpus.read_dump(dump)):
        document.index = index
        if 3 <= len(document.tokens) <= 200:
            buffer.append(document)
        if len(buffer) >= 512:
            run()
            if len(done) >= SHARD:
                save()
    run()
    save()


def main() -> None:
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--pretrained", default="")
    args.add_argument("--teacher", default="")
    args.add_argument("--scorer", type=pathlib.Path, help="scorer.bin that the dump was made with")
    args.add_argument("--dump", required=True)
    args.add_argument("--out", required=True)
    args.add_argument("--threads", type=int, default=2)
    o = args.parse_args()
    torch.set_num_threads(o.threads)
    voices = [teacher_voice(o.pretrained, o.teacher)] if o.teacher else []
    voices += [scorer_voice(o.scorer)] if o.scorer else []
    label(voices, o.dump, o.out)


if __name__ == "__main__":
    main()
