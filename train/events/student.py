"""The scorer that ships: one layer of LSTM over the encoder's vectors, word vectors and the tables' features, and the heads of events.

Learns from the corpus and from what the teacher says of news (its distributions). Every activation lies in [-1, 1], so that eight bits hold
it; export() rounds the weights and writes models/events/scorer.bin (docs/model-format.md).
"""

from __future__ import annotations

import argparse
import pathlib
import random
import struct
import time

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

import corpus
import heads as hd
import model_file
import words
from teacher import groups_of

WIDTH, FEATURE, LSTM = 320, 32, 128
WORD = words.SIZE
OWN = FEATURE + WORD


class Student(nn.Module):
    def __init__(self):
        super().__init__()
        self.features = nn.Embedding(hd.FEATURES, FEATURE, padding_idx=0)
        nn.init.normal_(self.features.weight, std=0.2)
        with torch.no_grad():
            self.features.weight[0] = 0
        self.lstm = nn.LSTM(WIDTH + OWN, LSTM, bidirectional=True, batch_first=True)
        self.heads = hd.Heads(2 * LSTM + OWN)

    def forward(self, batch):
        own = self.features(batch["features"])
        if self.training:
            own = own * (torch.rand(*own.shape[:3], 1) > 0.08)
        own = torch.cat([F.hardtanh(own.sum(2)), batch["words"].float() / 127], -1)
        states = batch["states"] if "states" in batch else batch["vectors"].float() / 127  # states: of an encoder that learns as well
        x = F.dropout(torch.cat([states, own], -1), 0.2, self.training)
        packed = nn.utils.rnn.pack_padded_sequence(x, batch["length"], batch_first=True, enforce_sorted=True)
        y = nn.utils.rnn.pad_packed_sequence(self.lstm(packed)[0], batch_first=True, total_length=x.shape[1])[0]
        return F.dropout(torch.cat([y, own], -1), 0.2, self.training)


VECTORS = words.read(corpus.ROOT / "models" / "words" / "vectors.bin")


def forms_of(document: corpus.Document) -> list[str]:
    text = document.text.encode()
    return [text[t[0] : t[1]].decode("utf-8", "replace") for t in document.tokens]


def word_rows(forms: list[str]) -> np.ndarray:
    """Row of each form's word vector; -1 where it has none."""
    return np.array([VECTORS[0].get(words.hash_bytes(words.lower_case(form).encode()), -1) for form in forms], np.int32)


def stack(group: list) -> dict[str, torch.Tensor]:
    """Documents with the longest first; each sentence alone would do the same but for the LSTM's way over their borders."""
    b, n = len(group), max(len(d.tokens) for d in group)
    out = {"vectors": np.zeros((b, n, WIDTH), np.int8), "words": np.zeros((b, n, WORD), np.int8), "features": np.zeros((b, n, group[0].features.shape[1]), np.int64), "mask": np.zeros((b, n), bool)}
    for i, d in enumerate(group):
        m = len(d.tokens)
        if d.vectors is not None:
            out["vectors"][i, :m] = d.vectors
        out["features"][i, :m], out["mask"][i, :m] = d.features, True
        known = d.words >= 0
        out["words"][i, :m][known] = VECTORS[1][d.words[known]]
    batch = {k: torch.from_numpy(v) for k, v in out.items()}
    batch["length"] = torch.tensor([len(d.tokens) for d in group])
    return batch


def sentences_of(document: corpus.Document):
    """A document of each sentence, with indices from 0: what the product's network reads at a time."""
    out = []
    forms = forms_of(document)
    rows = word_rows(forms)
    for first, last, title in document.sentences:
        move = lambda t: t - first  # noqa: B023, E731
        inside = lambda t: first <= t < last  # noqa: B023, E731
        kept = {i: k for k, i in enumerate(i for i, m in enumerate(document.mentions) if inside(m[2]))}
        mentions = [[max(0, move(m[0])), min(last - first, move(m[1])), move(m[2]), *m[3:]] for i, m in enumerate(document.mentions) if i in kept]
        readings = [r | {"t": move(r["t"]), "actors": [kept[a] for a in r["actors"] if a in kept], "recipients": [kept[a] for a in r["recipients"] if a in kept]}
                    for r in document.readings if inside(r["t"])]
        tokens = [[t[0], t[1], t[2], t[3], move(t[4]) if t[4] >= 0 else -1, t[5]] for t in document.tokens[first:last]]
        part = corpus.Document(document.id, document.text, [[0, last - first, title]], tokens, mentions, document.features[first:last], readings,
                               document.vectors[first:last], test=document.test)
        for g in document.gold:
            if inside(g.trigger):
                side = lambda items: [move(t) for t in items if inside(t)]  # noqa: E731
                parties = [(move(t), *rest) for t, *rest in g.parties if inside(t)]
                part.gold.append(corpus.Gold(g.type, g.modes, g.auxiliary, move(g.trigger), side(g.actors), side(g.recipients), side(g.speakers), parties))
        part.first = first
        part.words = rows[first:last]
        part.forms = forms[first:last]
        out.append(part)
    return out


def silver_sentences(dump: str, silver: str):
    """Sentences with the teacher's targets, as pairs."""
    said = {}
    shard = 0
    while pathlib.Path(f"{silver}.{shard}").exists():
        for index, *rest in torch.load(f"{silver}.{shard}", weights_only=False):
            said[index] = rest
        shard += 1
    for index, document in enumerate(corpus.read_dump(dump)):
        if index not in said:
            continue
        kinds, triggers, heads = said.pop(index)
        for part in sentences_of(document):
            last = part.first + len(part.tokens)
            own = []
            for trigger, modes, flags, pairs, roles in triggers:
                if not part.first <= trigger < last or kinds[trigger, hd.NONE] > 0.8:
                    continue
                pairs = pairs.astype(np.int64)
                pairs[:, :2] -= part.first
                own.append((trigger - part.first, modes.astype(np.float32), flags.astype(np.float32), pairs, roles.astype(np.float32)))
            parties = []
            for head, place, chances, pairs, same in heads:
                if part.first <= head < last:
                    pairs = pairs.astype(np.int64)
                    pairs[:, :2] -= part.first
                    parties.append((head - part.first, place, chances.astype(np.float32), pairs, same.astype(np.float32)))
            part.readings, part.mentions, part.tokens = [], [], [None] * len(part.tokens)
            part.vectors = np.array(part.vectors)
            yield part, (kinds[part.first : last].astype(np.float32), own, parties)


@torch.no_grad()
def evaluate(model, documents, threshold=0.5, batch_of=stack) -> str:
    model.eval()
    score, quiet, kept = hd.Score(), 0, 0
    by_document: dict[str, int] = {}
    for group in groups_of([(d, None) for d in documents], 4000, None):
        plain = sorted((d for d, _ in group), key=lambda d: -len(d.tokens))
        x = model(batch_of(plain))
        for row, (document, events) in enumerate(zip(plain, hd.decode(model.heads, x, plain, threshold))):
            score.add(document, events)
            score.add_parties(model.heads, x, row, document)
            state = by_document.get(document.id, (False, 0))
            by_document[document.id] = (state[0] or bool(document.gold), state[1] + len(events))
    quiet = sum(not gold for gold, _ in by_document.values())
    kept = sum(not gold and not n for gold, n in by_document.values())
    model.train()
    return f"{score.line()} quiet {kept}/{quiet}"


DENSE = ("hidden", "kind", "mode", "auxiliary", "trigger", "party", "sector_hidden", "sector")
TABLES = ("rule", "path", "distance", "place")


def read(path: pathlib.Path) -> tuple[Student, list[str]]:
    """The scorer of a file that export() wrote, its weights as floats, and the names of its choices."""
    file = path.read_bytes()
    sizes = struct.unpack_from("<15I", file, 64)
    at = 64 + 15 * 4
    model = Student()

    def take(shape, kind=np.float32) -> np.ndarray:
        nonlocal at
        at = (at + 63) // 64 * 64
        array = np.frombuffer(file, kind, int(np.prod(shape)), at).reshape(shape)
        at += array.nbytes
        return array

    def dense(rows: int, columns: int) -> tuple[torch.Tensor, torch.Tensor]:
        weight, scale, bias = take((rows, columns), np.int8), take((rows,)), take((rows,))
        return torch.from_numpy(weight * scale[:, None]), torch.from_numpy(np.array(bias))

    names = take((sizes[14],), np.uint8).tobytes().decode().split("\n")[:-1]
    with torch.no_grad():
        model.features.weight.copy_(torch.from_numpy(take((hd.FEATURES, FEATURE), np.int8) / np.float32(127)))
        for suffix in ("", "_reverse"):
            weight, bias = dense(4 * LSTM, WIDTH + OWN + LSTM)
            getattr(model.lstm, f"weight_ih_l0{suffix}").copy_(weight[:, :-LSTM])
            getattr(model.lstm, f"weight_hh_l0{suffix}").copy_(weight[:, -LSTM:])
            getattr(model.lstm, f"bias_ih_l0{suffix}").copy_(bias)
            getattr(model.lstm, f"bias_hh_l0{suffix}").zero_()
        for name in DENSE:
            layer = getattr(model.heads, name)
            weight, bias = dense(*layer.weight.shape)
            layer.weight.copy_(weight)
            layer.bias.copy_(bias)
        model.heads.scale.copy_(torch.from_numpy(np.array(take((hd.ROLES,)))))
        for name in TABLES:
            table = getattr(model.heads, name)
            table.weight.copy_(torch.from_numpy(np.array(take(tuple(table.weight.shape)))))
    return model, names


def export(model: Student, choices: list[str], out: pathlib.Path) -> None:
    g = lambda p: p.detach().numpy().astype(np.float32)  # noqa: E731
    unit = lambda v: np.clip(np.rint(v * 127), -127, 127).astype(np.int8)  # noqa: E731
    body = bytearray()

    def add(array: np.ndarray) -> None:
        body.extend(b"\0" * (-len(body) % 64))
        body.extend(np.ascontiguousarray(array).tobytes())

    def dense(layer: nn.Linear) -> None:
        weight, scale = model_file.quantize(g(layer.weight))
        for part in (weight, scale, g(layer.bias)):
            add(part)

    names = "".join(f"{name}\n" for name in choices).encode()
    h = model.heads
    sizes = [WIDTH, hd.FEATURES, FEATURE, WORD, LSTM, hd.HIDDEN, hd.NONE + 1, len(corpus.MODES), 4, len(corpus.SECTORS), hd.ROLES, hd.ROLE_SIZE, hd.PATHS,
             hd.DISTANCES, len(names)]
    body.extend(struct.pack(f"<{len(sizes)}I", *sizes))
    add(np.frombuffer(names, np.uint8))
    add(unit(g(model.features.weight)))
    for suffix in ("", "_reverse"):
        part = lambda kind: g(getattr(model.lstm, f"{kind}_l0{suffix}"))  # noqa: B023, E731
        weight, scale = model_file.quantize(np.hstack([part("weight_ih"), part("weight_hh")]))
        for array in (weight, scale, part("bias_ih") + part("bias_hh")):
            add(array)
    for name in DENSE:
        dense(getattr(h, name))
    add(g(h.scale))
    for name in TABLES:
        add(g(getattr(h, name).weight))
    body.extend(b"\0" * (-len(body) % 64))
    model_file.write_body(out, b"LGE1", 3, bytes(body))


def round_of(gold: list, silver: list, taken: int, fraction: float) -> tuple[list, int]:
    """Examples of a round of training, and how many silver ones were taken so far: the teacher's word first, then more of the annotators'."""
    share = min(2 * len(gold) if fraction < 0.7 else len(gold), len(silver))
    return gold + [silver[(taken + i) % len(silver)] for i in range(share)], taken + share


def main() -> None:
    args = argparse.ArgumentParser(description=__doc__)
    args.add_argument("--dump", nargs="+", required=True)
    args.add_argument("--corpus", nargs="+", required=True)
    args.add_argument("--silver-dump", default="")
    args.add_argument("--silver", default="")
    args.add_argument("--out", required=True)
    args.add_argument("--state", required=True)
    args.add_argument("--dev", action="store_true", help="keep a tenth of the training part to look at")
    args.add_argument("--minutes", type=float, default=10)
    args.add_argument("--start", default="", help="a state to go on from")
    args.add_argument("--rate", type=float, default=2e-3)
    args.add_argument("--threads", type=int, default=1)
    o = args.parse_args()
    torch.manual_seed(4)
    rng = random.Random(4)
    torch.set_num_threads(o.threads)
    documents = [document for dump in o.dump for document in corpus.read_corpus(dump, o.corpus)]
    train, dev = hd.split(documents, o.dev)
    gold = [(part, hd.targets(part)) for d, _ in train for part in sentences_of(d)]
    dev = [part for d in dev for part in sentences_of(d)]
    silver = list(silver_sentences(o.silver_dump, o.silver)) if o.silver else []
    print(f"{len(gold)} gold sentences, {len(silver)} silver ones, {len(dev)} to look at", flush=True)
    choices = pathlib.Path(f"{o.dump[0]}.choices").read_text().split("\n")[:-1]
    model = Student()
    if o.start:
        model.load_state_dict(torch.load(o.start), strict=False)
    optimizer = torch.optim.Adam(model.parameters(), lr=o.rate, betas=(0.9, 0.95))
    started, epoch, taken, fraction, step = time.time(), 0, 0, 0.0, 0
    rng.shuffle(silver)
    while fraction < 1:
        examples, taken = round_of(gold, silver, taken, fraction)
        total = n = 0
        for group in groups_of(examples, 1600, rng):
            fraction = (time.time() - started) / 60 / o.minutes
            if fraction >= 1:
                break
            optimizer.param_groups[0]["lr"] = o.rate * min(1, (step + 1) / 100) * max(0.01, 1 - fraction)
            group.sort(key=lambda item: -len(item[0].tokens))
            batch = stack([d for d, _ in group])
            x = model(batch)
            loss = hd.loss_of(model.heads, x, batch["mask"], hd.stack_targets(group, batch["mask"].shape[1]))
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 5.0)
            optimizer.step()
            step, total, n = step + 1, total + loss.item(), n + 1
        epoch += 1
        print(f"{time.time() - started:.0f}s epoch {epoch} loss {total / max(1, n):.3f} {evaluate(model, dev) if dev else ''}", flush=True)
    torch.save(model.state_dict(), o.state)
    export(model, choices, pathlib.Path(o.out))


if __name__ == "__main__":
    main()
