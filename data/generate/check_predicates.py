#!/usr/bin/env python3
"""Checks the tables of data/predicates and data/contexts against one another and against data/ontology.

Usage: data/generate/check_predicates.py [repository root]
Prints one line per fault (file:line: what) and exits 1 when there is any. Format: docs/predicates.md.
"""
import collections
import pathlib
import re
import sys

ROOT = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).resolve().parents[2])
SLOTS = set("""subj obj iobj prt mod xcomp ccomp advcl owner site victims by to with against on from for in at over into between towards
toward about of after under as among through upon around near before during behind off out onto across within without
until since despite inside outside amid along above below beyond like via per versus alongside regarding""".split())
KINDS = {"actor", "state", "person", "organisation", "place", "armed", "nonactor", "number"}
SCOPE_KINDS = {"report", "hedge", "modal", "conditional", "negation", "doubt", "expect", "quote", "stative"}
FLAGS = {"historical", "future", "hypothetical", "negation"}
ARGUMENTS = {"op.actor", "op.addressee", "content.actor", "content.recipient"}
faults = []


def read(name):
    """Rows of a table as (line, {column: cell})."""
    header, rows = None, []
    path = ROOT / "data" / name
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split("\t")
        if header is None:
            header = cells
            continue
        if len(cells) > len(header):
            faults.append(f"{name}:{number}: {len(cells)} cells, header has {len(header)}")
        rows.append((f"{name}:{number}", dict(zip(header, cells + [""] * len(header)))))
    return rows


def pieces(cell, separator=";"):
    return [piece.strip() for piece in cell.split(separator) if piece.strip()]


def expect(place, ok, what):
    if not ok:
        faults.append(f"{place}: {what}")


def check_slots(place, cell):
    for slot in cell.split():
        expect(place, slot in SLOTS, f'"{slot}" is no slot')


def check_needs(place, cell, classes):
    for need in pieces(cell, "&"):
        match = re.fullmatch(r"!?(\w+)(?:([:@])(.+))?", need)
        if not match:
            faults.append(f'{place}: condition "{need}" cannot be read')
            continue
        slot, mark, value = match.groups()
        expect(place, slot in SLOTS, f'"{slot}" is no slot')
        if mark == "@":
            expect(place, value in KINDS, f'"{value}" is no kind of filler')
        for lemma in pieces(value or "", "|") if mark == ":" else []:
            expect(place, not lemma.startswith("$") or lemma[1:] in classes, f"{lemma} is not in classes.tsv")


def check_unique(rows, columns):
    seen = {}
    for place, row in rows:
        key = tuple(row.get(column, "") for column in columns)
        expect(place, key not in seen, f"repeats {seen.get(key)}: {' '.join(key)}")
        seen.setdefault(key, place)


types = {row["type"] for _, row in read("ontology/types.tsv")}
modes = collections.defaultdict(set)
for _, row in read("ontology/modes.tsv"):
    modes[row["type"]].add(row["mode"])
contexts = {row["context"] for _, row in read("ontology/contexts.tsv")}

frames = {row["frame"] for _, row in read("predicates/frames.tsv")}
for place, row in read("predicates/frames.tsv"):
    check_slots(place, row["actor"])
    check_slots(place, row["recipient"])
    expect(place, row["symmetric"] in {"no", "yes", "sides", "split"}, "symmetric is no, yes, sides or split")
class_rows = read("predicates/classes.tsv")
check_unique(class_rows, ["class"])
classes = {row["class"] for _, row in class_rows}

contents = read("predicates/contents.tsv")
pseudo = {row["type"] for _, row in contents} - types - {"-"}
check_unique(contents, ["lemma", "pos", "needs"])
for place, row in contents:
    expect(place, row["type"] == "-" or row["frame"] in frames, f'no frame "{row["frame"]}"')
    expect(place, row["type"] == row["type"].upper(), f'type "{row["type"]}"')
    expect(place, row["pos"] in {"VERB", "NOUN", "ADJ"}, f'pos "{row["pos"]}"')
    expect(place, row.get("alone", "") in {"", "no"}, "alone is empty or no")
    expect(place, re.fullmatch(r"[a-z0-9'-]+", row["lemma"]), f'lemma "{row["lemma"]}"')
    for mode in pieces(row["modes"]):
        expect(place, mode in modes[row["type"]], f'{row["type"]} has no mode "{mode}"')
    for context in pieces(row["contexts"]):
        expect(place, context in contexts, f'no context "{context}"')
    check_needs(place, row["needs"], classes)
print(f"contents: {len(contents)} rows, {len({row['lemma'] for _, row in contents})} lemmas, pseudo types {sorted(pseudo)}")

names = {row["operator"] for _, row in read("predicates/operator_names.tsv")}
operators = read("predicates/operators.tsv")
check_unique(operators, ["lemma", "pos", "needs"])
for place, row in operators:
    expect(place, row["operator"] in names, f'no operator "{row["operator"]}"')
    expect(place, row["frame"] in frames, f'no frame "{row["frame"]}"')
    expect(place, row["pos"] in {"VERB", "NOUN", "ADJ"}, f'pos "{row["pos"]}"')
    check_slots(place, row["complement"])
    check_needs(place, row["needs"], classes)
expect("operators.tsv", names == {row["operator"] for _, row in operators}, "an operator has no word")

composition = read("predicates/composition.tsv")
check_unique(composition, ["operator", "content", "who"])
for place, row in composition:
    content, _, mode = row["content"].partition("/")
    expect(place, row["operator"] in names, f'no operator "{row["operator"]}"')
    expect(place, content in types | pseudo | {"*", "none"}, f'no content "{content}"')
    expect(place, not mode or mode in modes[content], f'{content} has no mode "{mode}"')
    expect(place, row["type"] in types | pseudo | {"=", "-"}, f'no type "{row["type"]}"')
    expect(place, row["who"] in {"", "own", "other"}, "who is own, other or empty")
    for mode in pieces(row["modes"]):
        expect(place, mode == "=" or mode in modes[row["type"]], f'{row["type"]} has no mode "{mode}"')
    for cell in (row["actor"], row["recipient"]):
        for piece in re.split(r"[;+]", cell):
            expect(place, not piece.strip() or piece.strip() in ARGUMENTS, f'no argument "{piece}"')
    expect(place, set(pieces(row["auxiliary"])) <= FLAGS, "no auxiliary mode")
    expect(place, row["content_event"] in FLAGS | {"", "keep", "drop"}, f'content_event "{row["content_event"]}"')
for name in names:
    told = {row["content"] for _, row in composition if row["operator"] == name}
    for kind in sorted((types | pseudo) - told) if "*" not in told else []:
        faults.append(f"composition.tsv: {name} says nothing of {kind}")

for place, row in read("predicates/scope.tsv"):
    expect(place, set(pieces(row["kind"])) <= SCOPE_KINDS, f'kind "{row["kind"]}"')
    expect(place, set(pieces(row["auxiliary"])) <= FLAGS, "no auxiliary mode")
    check_needs(place, row["needs"], classes)
check_unique(read("predicates/scope.tsv"), ["lemma", "pos", "kind", "needs"])
for place, row in read("predicates/auxiliary.tsv"):
    expect(place, row["auxiliary"] in FLAGS and row["type"] in types and row["result_type"] in types | {"="}, "no such type or flag")
for place, row in read("predicates/claims.tsv"):
    expect(place, row["frame"] in frames, f'no frame "{row["frame"]}"')
    check_needs(place, row["needs"], classes)
cameo = {row["cameo_code"] for _, row in read("ontology/cameo_to_plover.tsv")}
told = set()
for place, row in read("predicates/plover_to_cameo.tsv"):
    expect(place, row["type"] in types and (not row["mode"] or row["mode"] in modes[row["type"]]), "no such type or mode")
    expect(place, row["cameo"] in cameo, f'no CAMEO code "{row["cameo"]}"')
    told.add((row["type"], row["mode"]))
for kind in types:
    for mode in modes[kind] | {""}:
        expect("plover_to_cameo.tsv", (kind, mode) in told, f"nothing for {kind} {mode}")

if (ROOT / "data/contexts/terms.tsv").exists():
    terms = read("contexts/terms.tsv")
    check_unique(terms, ["context", "term"])
    for place, row in terms:
        expect(place, row["context"] in contexts, f'no context "{row["context"]}"')
        expect(place, row["weight"] in {"1", "0.5", "0.34"}, f'weight "{row["weight"]}"')
        expect(place, row["term"] == row["term"].lower(), "term is not in lower case")
    missing = contexts - {row["context"] for _, row in terms}
    expect("terms.tsv", not missing, f"no terms for {sorted(missing)}")
    print(f"terms: {len(terms)} rows")
print(f"operators: {len(operators)} rows; composition: {len(composition)} rows; {len(faults)} faults")
for fault in faults[:200]:
    print(fault)
sys.exit(1 if faults else 0)
