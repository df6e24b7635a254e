"""The heads of a language model learn the treebanks anew over an encoder that stays as it is.

    retrain_heads.py --lang lang.bin --treebanks en_ewt-ud-train.conllu.xz en_gum-train-open.conllu.xz --tree-dev en_ewt-ud-dev.conllu.xz

After joint learning (train/events/joint.py, mean.py) the states of the encoder are a little different from those that arcs, labels, tags and FEATS
were learned on; what the trees lost by that comes back in five minutes, and what the scorer of events reads is not touched. Writes the file anew.
"""

from __future__ import annotations

import argparse
import pathlib
import random
import time

import torch
from torch import nn

import encoder as enc
import lang_file
import treebank as tb

OF_THE_STATES = ("lstms.", "learned", "unknown", "affixes.")  # parameters that the states depend on


def main() -> None:
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--lang", type=pathlib.Path, required=True)
    args.add_argument("--treebanks", nargs="+", required=True)
    args.add_argument("--tree-dev", nargs="+", required=True)
    args.add_argument("--name", default="english-6", help="of the language model")
    args.add_argument("--minutes", type=float, default=5)
    args.add_argument("--rate", type=float, default=6e-4)
    args.add_argument("--threads", type=int, default=1)
    o = args.parse_args()
    torch.manual_seed(1)
    torch.set_num_threads(o.threads)
    rng = random.Random(1)
    model, rows = lang_file.read(o.lang)
    ids = [{name: i for i, name in enumerate(names)} for names in (model.tags, model.feats, model.deprels)]
    bank = [s for path in o.treebanks for s in tb.read_conllu(path) if len(s) <= 150]
    dev = {path: [enc.from_gold(s, rows, *ids) for s in tb.read_conllu(path)] for path in o.tree_dev}
    heads = [p for name, p in model.named_parameters() if not name.startswith(OF_THE_STATES)]
    optimizer = torch.optim.Adam(heads, lr=o.rate, betas=(0.9, 0.95))

    def look(text: str) -> None:
        for path, examples in dev.items():
            print(f"{text} {pathlib.Path(path).name}: {enc.evaluate(model, examples)}", flush=True)

    look("before")
    started, step, trees = time.time(), 0, []
    while (fraction := (time.time() - started) / 60 / o.minutes) < 1:
        if not trees:
            trees = list(tb.batches([enc.from_gold(tb.recase(s, rng), rows, *ids) for s in bank], 1600, rng))
        batch = enc.stack(trees.pop(), rng)
        optimizer.param_groups[0]["lr"] = o.rate * min(1, (step + 1) / 50) * max(0.01, 1 - fraction)
        with torch.no_grad():
            states = model.states(batch)
        loss = enc.loss_of_outputs(model.outputs(states, batch), batch)
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(heads, 5.0)
        optimizer.step()
        step += 1
    look(f"{step} steps")
    lang_file.write(model, o.lang, o.lang, o.name)


if __name__ == "__main__":
    main()
