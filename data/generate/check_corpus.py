#!/usr/bin/env python3
"""Checks data/corpus/*.corpus; prints one line a fault and exits non-zero when there is any. Counts go to the end.

    data/generate/check_corpus.py [--warnings] [file ...]

Faults: what does not parse; an id given twice; an unknown style, scope, date, type, mode, auxiliary mode, context, sector or
code; quoted words that are not in the text; a week-day that is not the day of its date; a missing recipient where the
type needs one; two blocks of one shape (the same words once names and numbers are masked, or half of the runs of five
words shared). Warnings: an event without an actor, texts shorter than 3 or longer than 500 words.
The format is told in data/corpus/README.md.
"""
import argparse
import collections
import dataclasses
import datetime
import pathlib
import re
import sys

DATA = pathlib.Path(__file__).resolve().parent.parent
STYLES = ["wire", "broadcast", "official", "headline", "analysis"]
SCOPES = ["intl", "domestic", "none"]
WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
MONTHS = ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"]
HEADER = re.compile(r"# (?P<id>[a-z]+\d{4,}) (?P<style>\S+) (?P<date>\S+) (?P<scope>\S+)$")
EVENT = re.compile(
    r"E +(?P<type>[A-Z]+)(:(?P<modes>\S+))? +aux=(?P<aux>\S*) +actor=(?P<actor>.*?) *\brecipient=(?P<recipient>.*?) *\btrigger=(?P<trigger>.*?)"
    r" +date=(?P<words>.*?)>(?P<date>\S*) +ctx=(?P<ctx>\S*) +speaker=(?P<speaker>.*)$")
RETOLD = re.compile(r"R +(?P<number>\d+) +trigger=(?P<trigger>.+)$")
RUN = 5
SHARED = 0.5


@dataclasses.dataclass
class Block:
    path: pathlib.Path
    line: int
    id: str
    style: str
    date: str
    scope: str
    title: str = ""
    body: str = ""
    events: list = dataclasses.field(default_factory=list)  # (line, match of EVENT)
    passages: list = dataclasses.field(default_factory=list)  # of each event the text that its trigger stands in
    retold: list = dataclasses.field(default_factory=list)  # (line, match of RETOLD, passage)

    @property
    def text(self):
        return f"{self.title} {self.body}".strip()


class Report:
    def __init__(self):
        self.faults, self.warnings = [], []

    def fault(self, path, line, what):
        self.faults.append((str(path), line, what))

    def warn(self, path, line, what):
        self.warnings.append((str(path), line, what))


def table(name):
    header, rows = None, []
    for line in (DATA / name).read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            cells = line.split("\t")
            if header is None:
                header = cells
            else:
                rows.append(dict(zip(header, cells + [""] * (len(header) - len(cells)))))
    return rows


class Vocabulary:
    def __init__(self):
        self.types = {row["type"]: row["requires_recipient"] == "yes" for row in table("ontology/types.tsv")}
        self.modes = {(row["type"], row["mode"]) for row in table("ontology/modes.tsv")}
        self.auxiliary = {row["auxiliary_mode"] for row in table("ontology/auxiliary_modes.tsv")}
        self.contexts = {row["context"] for row in table("ontology/contexts.tsv")}
        self.sectors = {row["sector"] for row in table("ontology/sectors.tsv")}
        self.folds = {row["code"]: row["folds_into"] for row in table("entities/states.tsv")}


def fnv1a(word):
    value = 2166136261
    for byte in word.encode():
        value = (value ^ byte) * 16777619 % 2**32
    return value


def is_test(block_id):
    return fnv1a(block_id) % 5 == 0


def parse(path, report):
    block, blocks, passage, told = None, [], "", False
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        line = line.strip()
        if not line:
            block = None
        elif line.startswith("# "):
            match = HEADER.match(line)
            if match is None:
                report.fault(path, number, "a header is: # <id> <style> <date> <scope>")
                continue
            if block is not None:
                report.fault(path, number, "no blank line before the header")
            block, passage, told = Block(path, number, **match.groupdict()), "", False
            blocks.append(block)
        elif block is None:
            report.fault(path, number, "text outside a block")
        elif line.startswith("E "):
            match, told = EVENT.match(line), True
            if match is None:
                report.fault(path, number, "an event is: E TYPE[:mode] aux= actor= recipient= trigger= date=> ctx= speaker=")
            else:
                block.events.append((number, match))
                block.passages.append(passage)
        elif line.startswith("R "):
            match, told = RETOLD.match(line), True
            if match is None:
                report.fault(path, number, "an event told again is: R <number of its E line> trigger=")
            else:
                block.retold.append((number, match, passage))
        elif line.startswith("T "):
            if block.text:
                report.fault(path, number, "a title stands before the text")
            block.title = passage = line[2:].strip()
            told = True  # the text begins another passage
        else:
            block.body = f"{block.body} {line}".strip()
            passage, told = line if told else f"{passage} {line}".strip(), False
    return blocks


def holds(text, words):
    """Whether the text has the words, at the limits of words; 'a ... b' is a and later b."""
    at = 0
    for piece in words.split(" ... "):
        match = re.compile(r"(?<!\w)" + re.escape(piece.strip()) + r"(?!\w)").search(text, at)
        if match is None:
            return False
        at = match.end()
    return True


def check_date(value, fault):
    days = []
    for piece in value.split("/"):
        try:
            days.append(datetime.date.fromisoformat(piece))
        except ValueError:
            fault(f"no date: {value}")
            return []
    if len(days) > 2 or days != sorted(days):
        fault(f"no span of dates: {value}")
    return days


def check_parties(cell, separator, text, words, fault):
    if not cell.strip():
        return 0
    parties = re.split(separator, cell.strip())
    for party in parties:
        pieces = party.strip().rsplit(":", 2)
        if len(pieces) != 3:
            fault(f"a party is words:CODE:SECTORS, not '{party}'")
            continue
        name, code, sectors = pieces
        if name != "~" and not holds(text, name):
            fault(f"'{name}' is not in the text")
        if code and code not in words.folds:
            fault(f"code {code} is not in states.tsv")
        elif code and words.folds[code]:
            fault(f"code {code} folds into {words.folds[code]}")
        for sector in filter(None, sectors.split(",")):
            if sector not in words.sectors:
                fault(f"sector {sector}")
    return len(parties)


def check_event(block, line, event, passage, words, report):
    def fault(what):
        report.fault(block.path, line, f"{block.id}: {what}")

    kind = event["type"]
    if kind not in words.types:
        fault(f"type {kind}")
    for mode in filter(None, (event["modes"] or "").split(",")):
        if (kind, mode) not in words.modes:
            fault(f"{kind} has no mode {mode}")
    for column, known in (("aux", words.auxiliary), ("ctx", words.contexts)):
        for value in filter(None, event[column].split(",")):
            if value not in known:
                fault(f"{column} {value}")
    actors = check_parties(event["actor"], r" \+ ", block.text, words, fault)
    recipients = check_parties(event["recipient"], r" \+ ", block.text, words, fault)
    check_parties(event["speaker"], r" < ", block.text, words, fault)
    if not actors:
        report.warn(block.path, line, f"{block.id}: no actor")
    if words.types.get(kind) and not recipients:
        fault(f"{kind} needs a recipient")
    if kind == "CONSULT" and recipients and "visit" not in (event["modes"] or ""):
        fault("CONSULT has a recipient only with the mode visit")
    if not event["trigger"] or not holds(passage, event["trigger"]):
        fault(f"trigger '{event['trigger']}' is not in the text above it")
    if event["words"] and not holds(block.text, event["words"]):
        fault(f"'{event['words']}' is not in the text")
    days = check_date(event["date"], fault) if event["date"] else []
    named = [day for day in WEEKDAYS if re.search(day, event["words"].lower())]
    if len(days) == 1 and len(named) == 1 and days[0].weekday() != WEEKDAYS.index(named[0]):
        fault(f"{days[0]} is a {WEEKDAYS[days[0].weekday()]}, not a {named[0]}")


def check_block(block, words, report):
    def fault(what):
        report.fault(block.path, block.line, f"{block.id}: {what}")

    if block.style not in STYLES:
        fault(f"style {block.style}")
    if block.scope not in SCOPES:
        fault(f"scope {block.scope}")
    if not block.id.startswith(block.path.stem):
        fault(f"ids of this file begin with {block.path.stem}")
    check_date(block.date, fault)
    if not block.text:
        fault("no text")
    if (block.scope == "none") == bool(block.events):
        fault("scope none goes with no event, and only with none")
    if not 3 <= len(block.text.split()) <= 500:
        report.warn(block.path, block.line, f"{block.id}: {len(block.text.split())} words")
    for (line, event), passage in zip(block.events, block.passages, strict=True):
        check_event(block, line, event, passage, words, report)
    for line, again, passage in block.retold:
        if not 1 <= int(again["number"]) <= len(block.events):
            report.fault(block.path, line, f"{block.id}: there is no event {again['number']}")
        if not holds(passage, again["trigger"]):
            report.fault(block.path, line, f"{block.id}: trigger '{again['trigger']}' is not in the text above it")


def mask(tokens, common):
    """Names become one N a run, numbers 0, days and months D: what is left is the shape of the sentence."""
    shape = []
    for token in tokens:
        low = token.lower()
        if any(letter.isdigit() for letter in token):
            token = "0"
        elif low in WEEKDAYS or (low in MONTHS and token[0].isupper()):
            token = "D"
        elif token[0].isupper() and low not in common:
            token = "N"
        else:
            token = low
        if not (token == "N" and shape and shape[-1] == "N"):
            shape.append(token)
    return shape


def check_shapes(blocks, report):
    tokens = {id(block): re.findall(r"\w+(?:[-'’]\w+)*", block.text) for block in blocks}
    common = {token for words in tokens.values() for token in words if token.islower()}
    shapes, places, sizes = {}, collections.defaultdict(list), {}
    for block in blocks:
        shape = mask(tokens[id(block)], common)
        known = shapes.setdefault(tuple(shape), block)
        if known is not block:
            report.fault(block.path, block.line, f"{block.id}: same shape as {known.id}")
            continue
        runs = {tuple(shape[at:at + RUN]) for at in range(len(shape) - RUN + 1)}
        sizes[block.id] = len(runs)
        shared = collections.Counter(other for run in runs for other in places[run])
        for other, count in shared.items():
            if len(runs) > 2 and sizes[other] > 2 and count / min(len(runs), sizes[other]) >= SHARED:
                report.fault(block.path, block.line, f"{block.id}: nearly {other} ({count} runs of {RUN} words shared)")
        for run in runs:
            places[run].append(block.id)


def print_counts(blocks):
    kinds, styles, scopes, marks = (collections.Counter() for _ in range(4))
    for block in blocks:
        styles[block.style] += 1
        scopes[block.scope] += 1
        for _, event in block.events:
            kinds[event["type"], event["modes"] or ""] += 1
            marks.update(filter(None, event["aux"].split(",")))
            marks["speaker"] += bool(event["speaker"])
    for (kind, mode), count in sorted(kinds.items()):
        print(f"{count:6} {kind} {mode}")
    for title, counts in (("style", styles), ("scope", scopes), ("marked", marks)):
        print(f"{title}: " + ", ".join(f"{name} {count}" for name, count in counts.most_common()))
    tests = sum(is_test(block.id) for block in blocks)
    words = sum(len(block.text.split()) for block in blocks)
    print(f"{len(blocks)} blocks, {words} words, {sum(kinds.values())} events, {scopes['none']} without event "
          f"({100 * scopes['none'] / max(1, len(blocks)):.0f}%), {tests} for test")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--warnings", action="store_true")
    parser.add_argument("files", nargs="*", type=pathlib.Path)
    args = parser.parse_args()
    report, words, blocks, seen = Report(), Vocabulary(), [], {}
    for path in args.files or sorted((DATA / "corpus").glob("*.corpus")):
        blocks += parse(path, report)
    for block in blocks:
        if block.id in seen:
            report.fault(block.path, block.line, f"id {block.id} is given twice, first in line {seen[block.id]}")
        seen.setdefault(block.id, block.line)
        check_block(block, words, report)
    check_shapes(blocks, report)
    print_counts(blocks)
    for path, line, what in sorted(report.faults + (report.warnings if args.warnings else [])):
        print(f"{path}:{line}: {what}", file=sys.stderr)
    print(f"{len(report.faults)} faults, {len(report.warnings)} warnings", file=sys.stderr)
    return 1 if report.faults else 0


if __name__ == "__main__":
    sys.exit(main())
