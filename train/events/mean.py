"""Language models and scorers that learned on from the same weights, as one: the mean of their weights, each with its share.

    mean.py --dump corpus news --corpus ... --tree-dev ... --lang one.bin two.bin old.bin --scorer one.bin two.bin old.bin --shares 0.35 0.35 0.3
            --lang-out lang.bin --scorer-out scorer.bin --state scorer.pt

Several runs of joint.py err differently, and the mean lies nearer to the middle of what is good than each (Wortsman and others, "Model soups", 2022);
with a share for the weights before, the trees stay as they were (the same, "Robust fine-tuning of zero-shot models", 2022). Prints what the mean is
worth on the dev parts; without outputs that is all.
"""

from __future__ import annotations

import argparse
import pathlib
import sys

import torch

import corpus
import joint
import student as st

sys.path.append(str(corpus.ROOT / "train" / "encoder"))
import encoder as enc  # noqa: E402
import lang_file  # noqa: E402
import treebank as tb  # noqa: E402


def mean_of(models: list[torch.nn.Module], shares: list[float]) -> torch.nn.Module:
    """The first model with the mean weights."""
    states = [model.state_dict() for model in models]
    models[0].load_state_dict({name: sum(share * state[name] for share, state in zip(shares, states)) for name in states[0]})
    return models[0]


def main() -> None:
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--dump", nargs="+", required=True)
    args.add_argument("--corpus", nargs="+", required=True)
    args.add_argument("--tree-dev", nargs="+", required=True)
    args.add_argument("--lang", nargs="+", type=pathlib.Path, required=True)
    args.add_argument("--scorer", nargs="+", type=pathlib.Path, required=True)
    args.add_argument("--shares", nargs="+", type=float, required=True)
    args.add_argument("--lang-out", type=pathlib.Path)
    args.add_argument("--scorer-out", type=pathlib.Path)
    args.add_argument("--state", help="the scorer's weights as floats, for student.py --start")
    args.add_argument("--name", default="english-6", help="of the language model")
    args.add_argument("--threads", type=int, default=2)
    o = args.parse_args()
    if not len(o.lang) == len(o.scorer) == len(o.shares) or abs(sum(o.shares) - 1) > 1e-6:
        args.error("as many language models as scorers and shares, and the shares must add up to 1")
    torch.set_num_threads(o.threads)
    read = [lang_file.read(path) for path in o.lang]
    rows, choices = read[0][1], st.read(o.scorer[0])[1]
    encoder = mean_of([model for model, _ in read], o.shares)
    scorer = mean_of([st.read(path)[0] for path in o.scorer], o.shares)
    documents = [document for dump in o.dump for document in corpus.read_corpus(dump, o.corpus)]
    dev = [part for d in documents if corpus.is_dev(d.id) and not d.test for part in st.sentences_of(d)]
    for part in dev:
        part.vectors = None
    joint.add_trees(encoder, rows, dev)
    print("events", st.evaluate(joint.Joint(encoder, scorer), dev, batch_of=joint.stack), flush=True)
    ids = [{name: i for i, name in enumerate(names)} for names in (encoder.tags, encoder.feats, encoder.deprels)]
    for path in o.tree_dev:
        print(pathlib.Path(path).name, enc.evaluate(encoder, [enc.from_gold(s, rows, *ids) for s in tb.read_conllu(path)]), flush=True)
    if o.lang_out:
        lang_file.write(encoder, o.lang[0], o.lang_out, o.name)
    if o.state:
        torch.save(scorer.state_dict(), o.state)
    if o.scorer_out:
        st.export(scorer, choices, o.scorer_out)


if __name__ == "__main__":
    main()
