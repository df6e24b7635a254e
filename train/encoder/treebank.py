"""Sentences of CoNLL-U files and what the encoder sees of a word. The hashes are those of src/lang/feature_hash.h."""

from __future__ import annotations

import dataclasses
import functools
import lzma
import random
from collections.abc import Iterator

HASH_BITS = 15
AFFIX_FEATURES = 9  # lower-cased form, 4 suffixes, 3 prefixes, shape


@dataclasses.dataclass
class Sentence:
    """Words of one sentence; heads are 1-based with 0 for the root. `soft` holds a teacher's arcs, (word, head, p)."""

    forms: list[str]
    tags: list[str]  # "UPOS\tXPOS"
    feats: list[str]
    heads: list[int]
    deprels: list[str]
    lemmas: list[str] = dataclasses.field(default_factory=list)
    soft: object = None

    def __len__(self) -> int:
        return len(self.forms)


def open_text(path: str):
    return lzma.open(path, "rt", encoding="utf-8") if path.endswith(".xz") else open(path, encoding="utf-8")


def read_conllu(path: str) -> Iterator[Sentence]:
    """Syntactic words only: ranges ("1-2") and empty nodes ("1.1") are skipped."""
    rows: list[list[str]] = []
    with open_text(path) as lines:
        for line in lines:
            line = line.rstrip("\n")
            if line and not line.startswith("#"):
                cells = line.split("\t")
                if cells[0].isdigit():
                    rows.append(cells)
            elif not line and rows:
                yield sentence_of(rows)
                rows = []
    if rows:
        yield sentence_of(rows)


def sentence_of(rows: list[list[str]]) -> Sentence:
    return Sentence(
        forms=[r[1] for r in rows],
        tags=[f"{r[3]}\t{'' if r[4] == '_' else r[4]}" for r in rows],
        feats=["" if r[5] == "_" else r[5] for r in rows],
        heads=[int(r[6]) if r[6].isdigit() else 0 for r in rows],
        deprels=[r[7] for r in rows],
        lemmas=[r[2] for r in rows],
    )


@functools.lru_cache(maxsize=1 << 20)
def hash_bytes(data: bytes) -> int:
    value = 0xCBF29CE484222325
    for byte in data:
        value = ((value ^ byte) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
    value ^= value >> 29
    value = (value * 0xBF58476D1CE4E5B9) & 0xFFFFFFFFFFFFFFFF
    return (value >> 32) or 1


def feature_row(template: int, key: int) -> int:
    """Row of the hashed table; row 0 means "no such affix"."""
    if key == 0:
        return 0
    mixed = ((key ^ (template * 0x9E3779B1 & 0xFFFFFFFF)) * 0x85EBCA6B) & 0xFFFFFFFF
    return (mixed >> (32 - HASH_BITS)) or 1


LOWER, CAPITAL, UPPER, MIXED, NUMBER, NUMBER_MIXED, PUNCTUATION, OTHER = range(8)
NORMAL_CASE, UPPER_CASE, TITLE_CASE, LOWER_CASE = range(4)


@functools.lru_cache(maxsize=1 << 20)
def shape_of(form: str) -> int:
    upper = sum(c.isupper() for c in form)
    lower = sum(c.islower() for c in form)
    digits = sum(c.isdigit() for c in form)
    letters = sum(c.isalpha() for c in form)
    if digits:
        return NUMBER_MIXED if letters else NUMBER
    if not letters:
        return PUNCTUATION
    if letters > upper + lower:
        return OTHER
    if not upper:
        return LOWER
    if upper == 1 and form[0].isupper():
        return CAPITAL
    return MIXED if lower else UPPER


def casing_of(forms: list[str]) -> int:
    words = upper = capital = lower = long_lower = 0
    for form in forms:
        shape = shape_of(form)
        if shape > MIXED:
            continue
        size = len(form.encode())
        words += 1
        upper += shape == UPPER and size > 1
        capital += shape != LOWER
        lower += shape == LOWER
        long_lower += shape == LOWER and size > 3
    if words >= 3 and upper * 10 >= words * 7:
        return UPPER_CASE
    if words >= 4 and capital * 10 >= words * 5 and long_lower * 8 <= words:
        return TITLE_CASE
    return LOWER_CASE if words >= 4 and lower == words else NORMAL_CASE


def lower_case(form: str) -> str:
    # Character by character, as the C++ side does it: no special casing of final sigma or dotted i.
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in form).replace("\u2019", "'")


@functools.lru_cache(maxsize=1 << 20)
def affix_rows(form: str, casing: int) -> tuple[int, ...]:
    lower = lower_case(form).encode()
    rows = [feature_row(1, hash_bytes(lower))]
    rows += [feature_row(1 + n, hash_bytes(lower[-n:]) if len(lower) >= n else 0) for n in (1, 2, 3, 4)]
    rows += [feature_row(5 + n, hash_bytes(lower[:n]) if len(lower) >= n else 0) for n in (1, 2, 3)]
    shape = shape_of(form) | casing << 3 | ("-" in form) << 6 | (len(form) > 1 and form.endswith(".")) << 7
    rows.append(feature_row(9, 1 + shape))
    return tuple(rows)


def recase(sentence: Sentence, rng: random.Random) -> Sentence:
    """Now and then the sentence as a headline or a careless writer would case it."""
    draw = rng.random()
    if draw > 0.12:
        return sentence
    if draw < 0.05:
        change = lambda f: f[:1].upper() + f[1:] if len(f) > 3 or rng.random() < 0.3 else f  # noqa: E731
    elif draw < 0.08:
        change = str.upper
    else:
        change = str.lower
    return dataclasses.replace(sentence, forms=[change(f) for f in sentence.forms])


def as_headline(sentence: Sentence) -> Sentence | None:
    """The sentence without articles, without "is"/"was" before a participle or "to", and without its full stop.

    None when nothing was left out. Dropped words must be leaves.
    """
    governed = set(sentence.heads)
    n = len(sentence)

    def drops(i: int) -> bool:
        if i + 1 in governed or sentence.heads[i] == 0:
            return False
        lower = sentence.forms[i].lower()
        if sentence.deprels[i] == "det" and lower in ("the", "a", "an"):
            return True
        if sentence.deprels[i].startswith("aux") and lower in ("is", "are", "was", "were"):
            return True
        return i == n - 1 and lower == "."

    keep = [i for i in range(n) if not drops(i)]
    if len(keep) in (0, n):
        return None
    place = {0: 0} | {old + 1: new + 1 for new, old in enumerate(keep)}
    pick = lambda items: [items[i] for i in keep]  # noqa: E731
    return Sentence(
        forms=pick(sentence.forms),
        tags=pick(sentence.tags),
        feats=pick(sentence.feats),
        heads=[place[sentence.heads[i]] for i in keep],
        deprels=pick(sentence.deprels),
        lemmas=pick(sentence.lemmas) if sentence.lemmas else [],
    )


def batches(sentences: list, words_a_batch: int, rng: random.Random | None) -> Iterator[list]:
    """Sentences of like length together; shuffled when `rng` is given."""
    noise = (lambda: rng.random() * 3) if rng else (lambda: 0)
    order = sorted(sentences, key=lambda s: len(s) + noise())
    groups: list[list] = [[]]
    for sentence in order:
        if groups[-1] and (len(groups[-1]) + 1) * len(sentence) > words_a_batch:
            groups.append([])
        groups[-1].append(sentence)
    if rng:
        rng.shuffle(groups)
    yield from groups
