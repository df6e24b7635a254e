"""Blocks of data/corpus as documents and as gold aligned with the tokens that train/dump_events wrote."""

from __future__ import annotations

import dataclasses
import json
import pathlib
import re
import sys

import numpy as np

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "data" / "generate"))
import check_corpus  # noqa: E402

AUXILIARY = ["historical", "future", "hypothetical", "negation"]


def is_dev(block_id: str) -> bool:
    """Kept aside while a model is chosen, as `legation eval --part dev` has it."""
    return check_corpus.fnv1a("dev " + block_id) % 10 == 0


def table(name: str) -> list[dict]:
    return check_corpus.table(name)


TYPES = [row["type"] for row in table("ontology/types.tsv")]
SECTORS = ["", *(row["sector"] for row in table("ontology/sectors.tsv"))]  # "" = the country as such, or nothing known
MODES = [(row["type"], row["mode"]) for row in table("ontology/modes.tsv")]


@dataclasses.dataclass
class Gold:
    """One event: token indices; -1 where the words stand for nothing that a token heads."""

    type: int
    modes: list[int]
    auxiliary: list[int]
    trigger: int
    actors: list[int]
    recipients: list[int]
    speakers: list[int]
    parties: list[tuple[int, str, int, int]] = dataclasses.field(default_factory=list)  # token, code, row of SECTORS, role
    implied: list[tuple[str, str, int]] = dataclasses.field(default_factory=list)  # code, sector, role of those who are told by no word beside the trigger


@dataclasses.dataclass
class Document:
    id: str
    text: str
    sentences: list
    tokens: list  # begin, end (bytes), lemma, upos, head, deprel
    mentions: list  # first, last, head, kind, can_act, [[code, sector]]
    features: np.ndarray
    readings: list
    vectors: np.ndarray | None  # int8 [tokens][320]: the encoder's top layer; in dumps for the choosers the scorer's states, [tokens][368]
    extra: str = ""
    words: np.ndarray | None = None  # rows of word vectors, once asked for
    forms: list[str] = dataclasses.field(default_factory=list)  # of a sentence's tokens
    gold: list[Gold] = dataclasses.field(default_factory=list)
    test: bool = False
    lost: int = 0
    choices: list = dataclasses.field(default_factory=list)  # what dump_events --choices adds
    homes: list = dataclasses.field(default_factory=list)  # what dump_events --homes adds
    standings: list = dataclasses.field(default_factory=list)


def blocks(paths) -> list:
    report = check_corpus.Report()
    return [block for path in paths for block in check_corpus.parse(pathlib.Path(path), report)]


def to_json_lines(paths, out: pathlib.Path) -> None:
    with open(out, "w", encoding="utf-8") as lines:
        for block in blocks(paths):
            title, text = (block.text, "") if block.style == "headline" and not block.title else (block.title, block.body)
            lines.write(json.dumps({"id": block.id, "date": block.date, "title": title, "text": text}) + "\n")


def table_rows(prefix: str, chooser: str) -> int:
    """How many rows the table of a chooser has in the program that wrote the dump; "vectors": how many numbers a token has."""
    return json.loads(pathlib.Path(f"{prefix}.tables").read_text(encoding="utf-8"))[chooser]


def read_dump(prefix: str, limit: int | None = None):
    """Yields documents in order; vectors are a view into a mapped file."""
    at = 0
    size = table_rows(prefix, "vectors")
    vectors = np.memmap(f"{prefix}.vectors", np.int8, "r")
    with open(f"{prefix}.jsonl", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            if limit is not None and number >= limit:
                return
            row = json.loads(line)
            n = len(row["tokens"])
            own = vectors[at * size : (at + n) * size].reshape(n, size)
            at += n
            features = np.array(row["features"], np.int32).reshape(n, -1)
            yield Document(row["id"], row["text"], row["sentences"], row["tokens"], row["mentions"], features, row["readings"], own, row["extra"], choices=row.get("choices", []), homes=row.get("homes", []), standings=row.get("standings", []))


def head_of(document: Document, begin: int, end: int) -> int:
    """The token in bytes [begin, end) that hangs on one outside; -1 when there is none."""
    inside = [i for i, t in enumerate(document.tokens) if t[0] < end and t[1] > begin]
    for i in inside:
        head = document.tokens[i][4]
        if (head < 0 or head not in inside) and document.tokens[i][3] not in (1, 5, 12):  # ADP, DET, PUNCT
            return i
    return inside[-1] if inside else -1


def place_of(text: bytes, words: str, start: int = 0) -> tuple[int, int] | None:
    match = re.compile(rb"(?<![\w\x80-\xff])" + re.escape(words.encode()) + rb"(?![\w\x80-\xff])").search(text, start)
    return match.span() if match else None


def parties_of(document: Document, text: bytes, cell: str, separator: str, near: int) -> list[tuple[int, str, int]]:
    """Head token, code and sector of each party that is told by words; a name that stands several times is the one nearest to the trigger."""
    out = []
    if not cell.strip():
        return out
    for party in re.split(separator, cell.strip()):
        words, code, sectors = (piece.strip() for piece in party.rsplit(":", 2))
        if words == "~" or not words:
            continue
        best, start = None, 0
        while (span := place_of(text, words, start)) is not None:
            start = span[0] + 1
            token = head_of(document, *span)
            if token >= 0 and (best is None or abs(token - near) < abs(best - near)):
                best = token
        if best is None:
            document.lost += 1
            continue
        mention = mention_at(document, best)
        sector = sectors.split(",")[0]
        out.append((document.mentions[mention][2] if mention >= 0 else best, code, SECTORS.index(sector) if sector in SECTORS else 0))
    return out


def implied_of(cell: str, separator: str) -> list[tuple[str, str]]:
    """Code and sector of the parties that stand for no words."""
    parties = [[piece.strip() for piece in party.rsplit(":", 2)] for party in re.split(separator, cell.strip()) if party]
    return [(code, sectors.split(",")[0]) for words, code, sectors in parties if words == "~" and code]


def mention_at(document: Document, token: int) -> int:
    for i, m in enumerate(document.mentions):
        if m[0] <= token < m[1]:
            return i
    return -1


def trigger_token(document: Document, text: bytes, words: str, kind: int, passage: str) -> int:
    """Of the trigger's words in the passage the one where the tables read this type, else the one that governs the others."""
    pieces, start = [], max(0, text.find(passage.encode()))
    for piece in words.split(" ... "):
        span = place_of(text, piece.strip(), start)
        if span is None:
            break
        pieces.append(span)
        start = span[1]
    inside = [i for i, t in enumerate(document.tokens) if any(t[0] < e and t[1] > b for b, e in pieces)]
    for reading in document.readings:
        if reading["type"] == kind and reading["t"] in inside:
            return reading["t"]
    for reading in document.readings:
        if reading["type"] >= 0 and reading["t"] in inside:
            return reading["t"]
    return head_of(document, *pieces[0]) if pieces else -1


def align(document: Document, block) -> None:
    text = document.text.encode()
    document.test = check_corpus.is_test(block.id)
    tellings = [(event, event["trigger"], passage) for (_, event), passage in zip(block.events, block.passages, strict=True)]
    tellings += [(block.events[int(again["number"]) - 1][1], again["trigger"], passage) for _, again, passage in block.retold]
    for event, words, passage in tellings:
        kind = TYPES.index(event["type"])
        trigger = trigger_token(document, text, words, kind, passage)
        if trigger < 0:
            document.lost += 1
            continue
        modes = [MODES.index((event["type"], mode)) for mode in filter(None, (event["modes"] or "").split(","))]
        auxiliary = [AUXILIARY.index(flag) for flag in filter(None, event["aux"].split(","))]
        sides = [parties_of(document, text, event[side], separator, trigger)
                 for side, separator in (("actor", r" \+ "), ("recipient", r" \+ "), ("speaker", r" < "))]
        parties = [(*party, role) for role, side in enumerate(sides) for party in side]
        implied = [(*party, role) for role, side in enumerate(("actor", "recipient")) for party in implied_of(event[side], r" \+ ")]
        document.gold.append(Gold(kind, modes, auxiliary, trigger, *([token for token, _, _ in side] for side in sides), parties, implied))


def read_corpus(prefix: str, paths) -> list[Document]:
    by_id = {block.id: block for block in blocks(paths)}
    documents = []
    for document in read_dump(prefix):
        if document.id in by_id:
            align(document, by_id[document.id])
            documents.append(document)
    return documents


if __name__ == "__main__":
    to_json_lines(sys.argv[2:], pathlib.Path(sys.argv[1]))
