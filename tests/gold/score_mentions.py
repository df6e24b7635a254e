#!/usr/bin/env python3
"""Who is who: scores `legation entities` against tests/gold/mentions (format and rules: its README).

    python3 tests/gold/score_mentions.py build/release/src/cli/legation [--set dev|more|fresh|test] [--data FOLDER] [--misses] [--json]

Prints per group how many gold mentions are linked right. Only the standard library is needed.
"""
import argparse
import json
import re
import subprocess
import sys
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

FOLDER = Path(__file__).resolve().parent / "mentions"
HEADER = re.compile(r"# (\w+) \| (\d{4}-\d{2}-\d{2})$")
MARK = re.compile(r"\[([^\[\]|]+)\|([^\[\]]*)\]")
KINDS = set("spoalrcu")
SECTORS = {"COP", "GOV", "JUD", "LEG", "MIL", "PRM", "PTY", "REB", "SPY", "UAF", "UNK", "AGR", "BUS", "CRM", "CVL",
           "EDU", "ELI", "JRN", "LAB", "MED", "REF", "OPP", "PRE", "REL", "SOC", "-"}
CODE = re.compile(r"(?:[A-Z]{3}(?:\+[A-Z]{3})*|-)$")
GROUPS = ("states", "places", "persons", "organisations", "sectors", "references")


class GoldError(Exception):
    pass


@dataclass
class Gold:
    begin: int
    end: int
    text: str
    kinds: list
    codes: list = field(default_factory=list)    # alternatives, each a set of codes
    sectors: list = field(default_factory=list)  # alternatives; "" = none; empty list = not annotated
    names: list = field(default_factory=list)    # alternatives
    roles: list = field(default_factory=list)
    back: list = field(default_factory=list)     # indexes of antecedents


@dataclass
class Passage:
    id: str
    date: str
    text: str
    mentions: list


def read_mark(words, marks, earlier, where):
    fields = marks.split("|")
    mention = Gold(0, 0, words, fields[0].split("/"))
    if not mention.kinds or not set(mention.kinds) <= KINDS:
        raise GoldError(f"{where}: kind {fields[0]!r} is none of {''.join(sorted(KINDS))}")
    back = next((f[1:] for f in fields[1:] if f.startswith("^")), None)
    plain = [f.strip() for f in fields[1:] if not f.startswith("^")] + [""] * 3
    if back is not None:
        for wanted in back.split(" & "):
            found = [i for i, m in enumerate(earlier) if m.text == wanted] or \
                    [i for i, m in enumerate(earlier) if m.text.endswith(" " + wanted)]
            if not found:
                raise GoldError(f"{where}: {words!r} refers back to {wanted!r}, which does not stand before it")
            mention.back.append(found[-1])
    read_codes(mention, plain[0], [earlier[i] for i in mention.back], where)
    mention.names = [n for n in plain[1].split("/") if n]
    mention.roles = [r for r in plain[2].split("/") if r]
    if len(mention.back) == 1:
        mention.names = mention.names or earlier[mention.back[0]].names
        mention.roles = mention.roles or (earlier[mention.back[0]].roles if "p" in mention.kinds else [])
    return mention


def read_codes(mention, cell, back, where):
    codes, _, sectors = cell.partition(" ")
    if not codes and back:
        mention.codes = back[0].codes
        for other in back[1:]:
            mention.codes = [a | b for a in mention.codes for b in other.codes]
        mention.sectors = back[0].sectors
        return
    for code in codes.split("/"):
        if not CODE.match(code):
            raise GoldError(f"{where}: {mention.text!r}: code {code!r}")
        mention.codes.append(set() if code == "-" else set(code.split("+")))
    for sector in filter(None, sectors.split("/")):
        if sector not in SECTORS:
            raise GoldError(f"{where}: {mention.text!r}: sector {sector!r}")
        mention.sectors.append("" if sector == "-" else sector)


def read_gold(path):
    passages, lines = [], Path(path).read_text(encoding="utf-8").splitlines()
    starts = [n for n, line in enumerate(lines, 1) if line.startswith("# ")] + [len(lines) + 1]
    for number, end in zip(starts, starts[1:]):
        line, body = lines[number - 1], "\n".join(lines[number:end - 1]).strip()
        header, where = HEADER.match(line), f"{Path(path).name}:{number + 1}"
        if not header:
            raise GoldError(f"{Path(path).name}:{number}: expected '# id | YYYY-MM-DD'")
        text, mentions, last = "", [], 0
        for mark in MARK.finditer(body):
            text += body[last:mark.start()]
            mention = read_mark(mark.group(1), mark.group(2), mentions, where)
            mention.begin, mention.end = len(text), len(text) + len(mark.group(1))
            mentions.append(mention)
            text, last = text + mark.group(1), mark.end()
        text += body[last:]
        if set("[]|") & set(text):
            raise GoldError(f"{where}: a bracket that marks nothing")
        passages.append(Passage(header.group(1), header.group(2), text, mentions))
    return passages


def run_linker(binary, passages, data=None):
    """Mentions of each passage, as the program prints them."""
    lines = "".join(json.dumps({"id": p.id, "date": p.date, "text": p.text}) + "\n" for p in passages)
    done = subprocess.run([binary, "entities", "--quiet", *(["--data", data] if data else []), "-"], input=lines.encode(), capture_output=True, check=True)
    found = {p.id: [] for p in passages}
    for line in done.stdout.decode("utf-8").splitlines():
        mention = json.loads(line)
        found[mention["document"]].append(mention)
    return found


def fold(name):
    plain = unicodedata.normalize("NFKD", name.lower())
    return re.findall(r"[a-z0-9]+", "".join(c for c in plain if not unicodedata.combining(c)))


def same_name(gold, ours):
    """One name holds all words of the other (and two of them, where both have two), or they share two words."""
    a, b = set(fold(gold)) - {"the", "of"}, set(fold(ours)) - {"the", "of"}
    initials = "".join(word[0] for word in fold(ours) if word not in ("of", "the", "and", "for"))
    return bool(a and b) and (a <= b or b <= a or len(a & b) >= 2 or fold(gold) == [initials])


SPELLINGS = {"defense": "defence", "premier": "prime minister", "spokesperson": "spokesman", "spokeswoman": "spokesman"}


def role_words(role):
    return " ".join(SPELLINGS.get(word, word) for word in fold(role)).split()


def same_role(gold, ours, former):
    words = set(role_words(ours))
    if ("former" in words or former) != ("former" in fold(gold)):
        return False
    return set(role_words(gold)) - {"former", "of", "the"} <= words


def candidates(gold, ours):
    """Our mentions that lie in the gold words or share at least half of them."""
    chosen = []
    for mention in ours:
        shared = min(gold.end, mention["end"]) - max(gold.begin, mention["begin"])
        if shared > 0 and not mention.get("in_title") and \
                (2 * shared >= gold.end - gold.begin or shared == mention["end"] - mention["begin"]):
            chosen.append(mention)
    return chosen


def codes_right(gold, mention):
    return set(mention["codes"]) in gold.codes


def holds(gold, mention):
    """A role noun with what it belongs to ("observers of the OSCE", "ministers of Oman and Qatar") is one mention of ours, and
    the names in it have given it their code."""
    return mention["kind"] in ("agent", "organisation", "collective") and mention["begin"] <= gold.begin and gold.end <= mention["end"] and \
        mention["end"] - mention["begin"] > gold.end - gold.begin and any(codes and codes <= set(mention["codes"]) for codes in gold.codes)


def name_right(gold, mention):
    if not gold.names:
        return True
    names = [e.get("name", "") for e in mention["entities"]]
    return any(same_name(g, n) for g in gold.names for n in names)


def role_right(gold, mention):
    if not gold.roles:
        return True
    roles = [e.get("role", "") for e in mention["entities"]]
    return any(same_role(g, r, mention.get("former", False)) for g in gold.roles for r in roles)


def sector_right(gold, mention):
    ours = set(mention["sectors"]) or {""}
    return bool(ours & set(gold.sectors)) and (len(ours) == 1 or len(mention["codes"]) > 1)


def checks_of(gold):
    """The groups a gold mention counts in, with the test it has to pass there."""
    first = gold.kinds[0]
    if gold.back and first in "rac":
        yield "references", lambda m: codes_right(gold, m) and name_right(gold, m)
    elif first == "s" or (first == "c" and not gold.names):
        yield "states", lambda m: codes_right(gold, m) or holds(gold, m)
    elif first == "l":
        yield "places", lambda m: codes_right(gold, m)
    if first == "p":
        yield "persons", lambda m: codes_right(gold, m) and name_right(gold, m) and role_right(gold, m)
    if first == "o":
        yield "organisations", lambda m: codes_right(gold, m) and name_right(gold, m) or holds(gold, m)
    if first in "poa" and gold.sectors:
        yield "sectors", lambda m: sector_right(gold, m)


def score(passages, found):
    """{group: [right, all]} and the misses: (passage id, group, gold, our mentions there)."""
    counts, misses = {group: [0, 0] for group in GROUPS}, []
    for passage in passages:
        for gold in passage.mentions:
            ours = candidates(gold, found[passage.id])
            for group, right in checks_of(gold):
                counts[group][1] += 1
                if any(right(mention) for mention in ours):
                    counts[group][0] += 1
                else:
                    misses.append((passage.id, group, gold, ours))
    return counts, misses


def show(mention):
    who = "; ".join(f"{e.get('code', '')} {e.get('sector', '')} {e.get('name', '')} ({e.get('role', '')})"
                    for e in mention["entities"])
    return f"{mention['text']!r} {mention['kind']} {who}"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("binary")
    parser.add_argument("--set", choices=("dev", "more", "fresh", "test"), default="dev")
    parser.add_argument("--data", help="read tables and weights of this checkout")
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    try:
        passages = read_gold(FOLDER / f"{arguments.set}.txt")
    except (GoldError, OSError) as error:
        sys.exit(f"score_mentions.py: {error}")
    counts, misses = score(passages, run_linker(arguments.binary, passages, arguments.data))
    if arguments.misses:
        for passage, group, gold, ours in misses:
            wanted = f"{[sorted(c) for c in gold.codes]} {gold.sectors} {gold.names} {gold.roles}"
            print(f"{passage} {group}: {gold.text!r} {wanted}\n    " + ("\n    ".join(map(show, ours)) or "nothing"))
    if arguments.json:
        print(json.dumps(counts))
        return
    print(f"{arguments.set}: {len(passages)} passages, {sum(len(p.mentions) for p in passages)} mentions")
    for group, (right, all_) in counts.items():
        print(f"{group:14} {right:4} of {all_:4}  {100 * right / max(all_, 1):5.1f}%")


if __name__ == "__main__":
    main()
