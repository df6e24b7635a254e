"""Five-fold training on marked relations: a second stage over what the program sees of a marked sentence (docs/evaluation.md, "Marked relations").

    relate_folds.py rows   OUT.jsonl SET.tsv...           sentences of marked sets for dump_events
    relate_folds.py own    OUT.jsonl FILE.corpus...       the same of our corpus: each pair of parties of one event of one sentence
    relate_folds.py score  --set SET.dump SET.tsv --own OWN.dump [--measure AW.dump AW.tsv] [--answers PROGRAM] [--without-set] [--own-every N]

The sets have no licence: nothing that is trained on them ships. Folds are stratified by root and fixed; rows of one sentence stay in one fold. What the program itself
answers (--answers) rests on data/mappings/marked_relations.tsv, which was tuned on the whole first set, so its figures leak a little: they are told beside those without.
Made with numpy 1.26.4, scipy 1.13.1, scikit-learn 1.5.1, lightgbm 4.5.0 and xxhash 3.5.0, on one thread (OMP_NUM_THREADS=1).
"""

from __future__ import annotations

import argparse
import collections
import csv
import json
import pathlib
import re
import subprocess
import sys

import numpy as np
import scipy.sparse as sparse
from lightgbm import LGBMClassifier
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedGroupKFold
from sklearn.preprocessing import StandardScaler

import corpus
import words

ROOTS = ["ACCUSE", "AGREE", "AID", "ASSAULT", "COERCE", "CONSULT", "COOPERATE", "MOBILIZE", "PROTEST", "REJECT", "REQUEST", "SANCTION", "SUPPORT", "THREATEN", "YIELD"]
PENTA = dict.fromkeys(("AGREE", "CONSULT", "SUPPORT"), 1) | dict.fromkeys(("AID", "COOPERATE", "YIELD"), 2) | dict.fromkeys(
    ("ACCUSE", "REJECT", "REQUEST", "THREATEN"), 3) | dict.fromkeys(("ASSAULT", "COERCE", "MOBILIZE", "PROTEST", "SANCTION"), 4)
SEED = 20261129


def root_of(kind: str) -> str:
    return "YIELD" if kind in ("CONCEDE", "RETREAT") else kind


# --- rows as documents for dump_events

def unmarked(marked: str) -> tuple[str, list, list]:
    text, sides, opened = "", {"s": [], "t": []}, {}
    for piece in re.split(r"(</?[st]>)", marked):
        if re.fullmatch(r"</?[st]>", piece):
            if piece[1] == "/":
                sides[piece[2]].append([opened.pop(piece[2]), len(text.encode())])
            else:
                opened[piece[1]] = len(text.encode())
        else:
            text += piece
    return text, sides["s"], sides["t"]


def read_tsv(path: str) -> list[dict]:
    with open(path, newline="", encoding="utf-8") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def document(name: str, text: str, source: list, target: list, **gold) -> str:
    return json.dumps({"id": name, "text": text, "parties": source + target, "sources": len(source), **gold}, ensure_ascii=False)


def rows_of_sets(paths: list[str]):
    for path in paths:
        for number, row in enumerate(read_tsv(path)):
            yield document(f"{pathlib.Path(path).stem}-{number}", *unmarked(row["marked_sentence"]), root=row.get("gold_root", ""), binary=row.get("gold_binary", ""))


SENTENCE_END = re.compile(r"(?<=[.!?])[\"\u201d']*\s+(?=[A-Z\"\u201c])")


def sentences_of(text: str):
    start = 0
    for match in SENTENCE_END.finditer(text):
        yield start, match.start()
        start = match.end()
    yield start, len(text)


def nearest(text: str, party: str, at: int):
    spans = [m.span() for m in re.finditer(r"(?<!\w)" + re.escape(party) + r"(?!\w)", text)]
    return min(spans, key=lambda s: abs(s[0] - at), default=None)


def names(cell: str) -> list[str]:
    found = [piece.strip().rsplit(":", 2)[0].strip() for piece in re.split(r" \+ ", cell.strip()) if piece.strip()]
    return [name for name in found if name and name != "~"]


def rows_of_corpus(paths: list[str]):
    """A pair of parties that two events of different roots join is left out: the sets ask for one relation."""
    for block in corpus.blocks(paths):
        if corpus.check_corpus.is_test(block.id):
            continue
        for first, last in sentences_of(block.text):
            sentence, pairs = block.text[first:last], collections.defaultdict(set)
            for _, event in block.events:
                trigger = event["trigger"].split(" ... ")[0].strip()
                at = nearest(sentence, trigger, 0)
                actors, recipients = names(event["actor"]), names(event["recipient"])
                if at is None or not actors:
                    continue
                recipients = recipients or actors[1:]
                spans = [(nearest(sentence, a, at[0]), nearest(sentence, b, at[0])) for a in actors[:2] for b in recipients[:2] if a != b]
                for a, b in spans:
                    if a and b and (a[1] <= b[0] or b[1] <= a[0]):
                        pairs[a, b].add((root_of(event["type"]), event["modes"] or "", event["aux"], trigger))
            for number, ((a, b), told) in enumerate(sorted(pairs.items())):
                if len({root for root, *_ in told}) == 1:
                    root, modes, aux, trigger = sorted(told)[0]
                    bytes_of = lambda span: [len(sentence[: span[0]].encode()), len(sentence[: span[1]].encode())]
                    yield document(f"{block.id}-{first}-{number}", sentence, [bytes_of(a)], [bytes_of(b)], root=as_in_sets(root, modes, aux, trigger),
                                   dev=corpus.is_dev(block.id))


def as_in_sets(root: str, modes: str, aux: str, trigger: str) -> str:
    """Our gold as sets made after CAMEO have it: data/mappings/marked_relations.tsv, without its conditions on other words of the sentence."""
    for row in corpus.table("mappings/marked_relations.tsv"):
        lemmas = [lemma.strip().replace("_", " ") for lemma in row["lemmas"].split(";") if lemma.strip()]
        if root_of(row["type"]) == root and (not row["mode"] or row["mode"] in modes) and not row["beside"]:
            if not lemmas or any(re.search(r"\b" + lemma[:-1], trigger) for lemma in lemmas):
                return root_of(row["root"])
    if "future" in aux and "negation" not in aux:
        return {"YIELD": "AGREE", "SANCTION": "THREATEN", "COERCE": "THREATEN", "ASSAULT": "THREATEN", "PROTEST": "THREATEN"}.get(root, root)
    return root


# --- features

VECTORS = words.read(corpus.ROOT / "models" / "words" / "vectors.bin")


def word_vector(form: str) -> np.ndarray:
    row = VECTORS[0].get(words.hash_bytes(words.lower_case(form).encode()), -1)
    return VECTORS[1][row].astype(np.float32) / 127 if row >= 0 else np.zeros(VECTORS[1].shape[1], np.float32)


class Row:
    """What a marked sentence shows: named numbers, and vectors of the likeliest trigger and of the words around it."""

    def __init__(self, line: dict, vectors: np.ndarray):
        extra = json.loads(line["extra"])
        self.root, self.binary, self.dev, self.name = extra["root"], extra.get("binary", ""), extra.get("dev", False), line["id"]
        self.text = line["text"].strip()
        tokens, sources = line["tokens"], extra["sources"]
        raw = line["text"].encode()
        forms = [raw[t[0] : t[1]].decode("utf-8", "replace") for t in tokens]
        offset = raw.find(self.text.encode())
        places = [[i for i, t in enumerate(tokens) if t[0] < e + offset and t[1] > b + offset] for b, e in extra["parties"]]
        side = [sorted({i for place in part for i in place}) for part in (places[:sources], places[sources:])]
        named: dict[str, float] = {}
        scores = np.zeros((5, len(corpus.TYPES) + 1))
        best = (-1.0, None, None)
        for trigger in line["triggers"]:
            parties = np.array(trigger["parties"], np.float64).reshape(-1, 2)
            s = parties[:sources].max(0, initial=0)
            t = parties[sources:].max(0, initial=0)
            joint = [s[0] * t[1], s[0] + t[1], s[0] * t[0], t[0] * s[1], 0.05]
            weight = joint[0] + 0.3 * joint[1] + 0.3 * joint[2] + 0.2 * joint[3] + 0.05
            at, types = trigger["t"], np.array(trigger["types"])
            standing = 1.0
            while at >= 0:
                standing *= 0.6 if tokens[at][5] in CLAUSES else 1
                at = tokens[at][4]
            for i, value in enumerate(joint):
                scores[i] += value * standing * types
            worth = weight * standing * (1 - types[-1])
            if worth > best[0]:
                best = (worth, trigger, weight * standing)
            for mode in trigger["modes"]:
                named[f"mode {corpus.TYPES[int(types[:-1].argmax())]} {mode}"] = named.get(f"mode {corpus.TYPES[int(types[:-1].argmax())]} {mode}", 0) + worth
            for bit in range(4):
                if trigger["aux"] >> bit & 1:
                    named[f"aux {bit}"] = named.get(f"aux {bit}", 0) + worth
        for i, row in enumerate(scores):
            for kind, value in zip([*corpus.TYPES, "none"], row / (row.sum() + 1e-6)):
                named[f"score {i} {kind}"] = value
            named[f"sum {i}"] = row.sum()
        for reading in line["readings"]:
            heads = [{line["mentions"][m][2] for m in reading[part]} for part in ("actors", "recipients")]
            fit = bool(heads[0] & set(side[0])) + bool(heads[1] & set(side[1]))
            key = f"table {corpus.TYPES[reading['type']]}"
            named[key] = max(named.get(key, 0), 0.2 + fit * (1 if reading["told"] else 0.6))
            for mode in reading["modes"]:
                named[f"{key} {mode}"] = max(named.get(f"{key} {mode}", 0), 0.2 + fit)
            named[f"read {tokens[reading['t']][2]}"] = 1
        low, high = (min(side[0] + side[1], default=0), max(side[0] + side[1], default=len(tokens) - 1))
        taken = set(side[0]) | set(side[1])
        named["source first"] = float(bool(side[0] and side[1]) and side[0][0] < side[1][0])
        for i, token in enumerate(tokens):
            if i not in taken and token[3] in OPEN_CLASSES:
                named[f"lemma {token[2].lower()}"] = 1
                if low <= i <= high:
                    named[f"between {token[2].lower()}"] = 1
        vector = np.zeros(2 * vectors.shape[1] + 2 * VECTORS[1].shape[1], np.float32)
        if best[1] is not None:
            at = best[1]["t"]
            named[f"trigger {tokens[at][2].lower()}"] = 1
            for kind, value in zip([*corpus.TYPES, "none"], best[1]["types"]):
                named[f"best {kind}"] = value
            named["best worth"] = best[0]
            around = [i for i in range(len(tokens)) if i not in taken and tokens[i][3] in OPEN_CLASSES] or [at]
            heads = [i for part in side for i in part[:1]] or [at]
            vector = np.concatenate([vectors[at].astype(np.float32) / 127, vectors[heads].astype(np.float32).mean(0) / 127, word_vector(forms[at]),
                                     np.mean([word_vector(forms[i]) for i in around], axis=0)])
        self.named, self.vector = named, vector


def read_rows(prefix: str) -> list[Row]:
    vectors, at, rows = np.memmap(f"{prefix}.vectors", np.int8, "r").reshape(-1, 320), 0, []
    for line in map(json.loads, open(f"{prefix}.jsonl", encoding="utf-8")):
        n = len(line["tokens"])
        rows.append(Row(line, vectors[at : at + n]))
        at += n
    return rows


CLAUSES: set[int] = set()
OPEN_CLASSES: set[int] = set()


def read_universal_names() -> None:
    """Numbers of acl, acl:relcl, advcl and of the open classes, as the program's headers list them."""
    header = (corpus.ROOT / "include/legation/parse.h").read_text(encoding="utf-8")
    listed = lambda name: [piece.strip().split(" ")[0] for piece in re.sub(r"//.*", "", re.search(r"enum class " + name + r"[^{]*\{(.*?)\}", header, re.S).group(1)).split(",") if piece.strip()]
    deprels, tags = listed("Deprel"), listed("Upos")
    CLAUSES.update(deprels.index(name) for name in ("acl", "acl_relcl", "advcl"))
    OPEN_CLASSES.update(tags.index(name) for name in ("VERB", "NOUN", "ADJ", "ADP", "ADV", "AUX", "PART"))


# --- the second stage

def answers(program: str, path: str) -> list[dict[str, float]]:
    said = [json.loads(line) for line in subprocess.run([program, "relate", path], capture_output=True, text=True, check=False).stdout.splitlines()]
    return [{f"answer {row['root']}": 1.0, f"sure {row['root']}": row["confidence"] or 0.0} for row in said]


class Stage:
    """Boosted trees over the named numbers without the rare words, and a linear model over everything; their chances are averaged."""

    def fit(self, rows, labels, weights):
        self.names = DictVectorizer()
        x = self.names.fit_transform([row.named for row in rows])
        held = np.asarray((x != 0).sum(0)).ravel()
        dense = [not name.startswith(("lemma", "between", "trigger", "read")) for name in self.names.feature_names_]
        self.kept, self.dense = held >= 3, (held >= 5) & np.array(dense)
        self.scale = StandardScaler().fit(np.array([row.vector for row in rows]))
        self.linear = LogisticRegression(C=0.03, max_iter=120).fit(self.wide(rows, x), labels, weights)
        self.trees = LGBMClassifier(n_estimators=150, learning_rate=0.06, num_leaves=12, min_child_samples=10, subsample=0.8, subsample_freq=1, colsample_bytree=0.3,
                                    reg_lambda=3, n_jobs=1, random_state=SEED, verbose=-1).fit(x[:, self.dense].toarray(), labels, weights)
        return self

    def wide(self, rows, x):
        return sparse.hstack([x[:, self.kept], sparse.csr_matrix(0.5 * self.scale.transform(np.array([row.vector for row in rows])))]).tocsr()

    def chances(self, rows):
        x = self.names.transform([row.named for row in rows])
        linear, trees = np.zeros((len(rows), len(ROOTS))), np.zeros((len(rows), len(ROOTS)))
        linear[:, self.linear.classes_] = self.linear.predict_proba(self.wide(rows, x))
        trees[:, self.trees.classes_] = self.trees.predict_proba(x[:, self.dense].toarray())
        return linear, trees


def macro(gold, said) -> float:
    scores = []
    for label in sorted(set(gold)):
        both = sum(g == s == label for g, s in zip(gold, said))
        scores.append(2 * both / max(1, list(gold).count(label) + list(said).count(label)))
    return float(np.mean(scores))


def tell(name: str, gold: list[str], said: list[str]) -> None:
    penta = [[PENTA[root] for root in side] for side in (gold, said)]
    binary = [[value >= 3 for value in side] for side in penta]
    print(f"{name:<44} root {macro(gold, said):.3f}  penta {macro(*penta):.3f}  binary {macro(*binary):.3f}", flush=True)


def tell_classes(name: str, gold: list[str], chances: np.ndarray) -> None:
    """The classes chosen by their own sums instead of by the likeliest root's."""
    sums = np.array([[row[[PENTA[root] == c for root in ROOTS]].sum() for c in range(1, 5)] for row in chances])
    penta, binary = [PENTA[root] for root in gold], [PENTA[root] >= 3 for root in gold]
    print(f"{name:<44} penta {macro(penta, list(1 + sums.argmax(1))):.3f}  binary {macro(binary, list(sums[:, 2:].sum(1) > sums[:, :2].sum(1))):.3f}", flush=True)


def score(given) -> None:
    read_universal_names()
    rows, gold_rows = read_rows(given.set[0]), read_tsv(given.set[1])
    own = [row for path in given.own or [] for row in read_rows(path)][:: given.own_every]
    if given.answers:
        for row, said in zip(rows, answers(given.answers, given.set[1])):
            row.named.update(said)
    labels = np.array([ROOTS.index(row.root) for row in rows])
    gold, own_labels = [row.root for row in rows], [ROOTS.index(row.root) for row in own]
    print(f"{len(rows)} rows, {len(own)} of our own; {given.set[1]}")
    measured = read_rows(given.measure[0]) if given.measure else []
    if given.without_set:
        stage = Stage().fit(own, own_labels, np.ones(len(own)))
        for name, chances in zip(("linear", "trees"), stage.chances(rows)):
            tell("our corpus alone, " + name, gold, [ROOTS[i] for i in chances.argmax(1)])
        tell("our corpus alone, both", gold, [ROOTS[i] for i in sum(stage.chances(rows)).argmax(1)])
        if measured:
            said = [PENTA[ROOTS[i]] >= 3 for i in sum(stage.chances(measured)).argmax(1)]
            print(f"{given.measure[1]}: binary {macro([row.binary == '1' for row in measured], said):.3f}")
        return
    folds = StratifiedGroupKFold(5, shuffle=True, random_state=SEED).split(rows, labels, [row["sentence"] for row in gold_rows])
    parts = np.zeros((2, len(rows), len(ROOTS)))
    for train, test in folds:
        mine = [rows[i] for i in train]
        stage = Stage().fit(mine + own, [*labels[train], *own_labels], np.array([1.0] * len(mine) + [given.own_weight] * len(own)))
        parts[:, test] = stage.chances([rows[i] for i in test])
    for name, chances in (("linear", parts[0]), ("trees", parts[1]), ("both", parts.sum(0))):
        tell(f"five folds{' with own answer' if given.answers else ''}, {name}", gold, [ROOTS[i] for i in chances.argmax(1)])
    tell_classes("classes by their own sums", gold, parts.sum(0))


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    does = arguments.add_subparsers(dest="does", required=True)
    for name in ("rows", "own"):
        part = does.add_parser(name)
        part.add_argument("out")
        part.add_argument("files", nargs="+")
    part = does.add_parser("score")
    part.add_argument("--set", nargs=2, required=True)
    part.add_argument("--own", nargs="*")
    part.add_argument("--own-weight", type=float, default=0.2)
    part.add_argument("--own-every", type=int, default=1, help="every n-th row of our own")
    part.add_argument("--measure", nargs=2)
    part.add_argument("--answers")
    part.add_argument("--without-set", action="store_true")
    given = arguments.parse_args()
    if given.does == "score":
        return score(given)
    made = rows_of_sets(given.files) if given.does == "rows" else rows_of_corpus(given.files)
    pathlib.Path(given.out).write_text("".join(line + "\n" for line in made), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
