#!/usr/bin/env python3
"""How much of a foreign dictionary our knowledge base knows: names and adjectives of states and dated holders of national top
offices in CountryInfo.txt, asked of `legation kb find --list`. The dictionary is a check, never a source.

    bench/dictionary_check.py [--misses] [--legation build/release/src/cli/legation]

Names: <CountryName> and <Nationality> of sovereign states; right when the first candidate that is no person is of the state. <Nationality> is
mostly misspellings and names in other languages, so the names that English news and speeches use at all are counted apart.
People: <Leaders> of sovereign states, and those of <Government> who are vice president or minister of foreign affairs or defence, with a
term inside 2000 to 2015; right when a candidate under one of the spellings is of the same state with a government sector on a day inside
the term: its middle, or a month after the beginning of a term without an end.
"""
import argparse
import datetime
import json
import lzma
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[1]
DICTIONARY = ROOT.parent / "shared/data/dictionaries/CountryInfo.120116.txt.xz"
GOVERNMENT = {"GOV", "MIL", "LEG", "JUD", "SPY"}
NEWS = ROOT.parent / "shared/data/news"
FIRST, LAST = datetime.date(2000, 1, 1), datetime.date(2015, 12, 31)
# <Leaders> are heads of state and government, but for those of dependencies and occupations.
NOT_NATIONAL = re.compile(r"^(lieutenant )?governors?$|commissioner|administrator|chief minister|government business|high representative|"
                          r"occupation|in_exile|rada|personal representative|queen's", re.I)
# Of <Government> those with these titles; where several are joined by "&" their dates cannot be told apart, so all must be of these.
MINISTER = re.compile(r"^(acting )?(vice president|minister of (foreign affairs|foreign relations|external (affairs|relations)|"
                      r"(national )?defen[cs]e)( and .*)?|secretary of (state|defense)|foreign secretary|defen[cs]e secretary)"
                      r'( "acting")?$', re.I)


def day(text):
    """YYYYMMDD; a day past the month's end is its last."""
    year, month, number = int(text[:4]), int(text[4:6]), int(text[6:8])
    for last in range(number, 0, -1):
        try:
            return datetime.date(year, max(1, month), last)
        except ValueError:
            continue
    return None


def terms(text):
    """(first, last) of every bracket that is a term of office, last None when it is open."""
    found = []
    for inside in re.findall(r"\[([^\]]*)\]", text):
        if inside.strip().startswith(("B:", "D:")):
            continue
        both = re.search(r"(\d{8})\s*-\s*(\d{8})", inside)
        since, until = re.search(r">\s*(\d{8})", inside), re.search(r"<\s*(\d{8})", inside)
        if both:
            found.append((day(both[1]), day(both[2])))
        elif since:
            found.append((day(since[1]), None))
        elif until:
            found.append((datetime.date(2003, 1, 1), day(until[1])))
    return [term for term in found if term[0] and (term[1] is None or term[1] >= term[0])]


def attested_names(names):
    """Those that stand in at least two texts of the news corpora, in small letters."""
    by_first = {}
    for name in names:
        parts = tuple(name.lower().split())
        by_first.setdefault(parts[0], []).append(parts)
    count = dict.fromkeys((name.lower() for name in names), 0)
    for path in sorted(NEWS.glob("*.jsonl.xz")):
        for line in lzma.open(path, "rt", encoding="utf-8"):
            tokens = re.findall(r"[^\W\d_][\w'’-]*", json.loads(line)["text"].lower().replace("’", "'"))
            seen = {parts for at, token in enumerate(tokens) for parts in by_first.get(token, ())
                    if tuple(tokens[at:at + len(parts)]) == parts}
            for parts in seen:
                count[" ".join(parts)] += 1
    return {name for name, times in count.items() if times >= 2}


def words(name):
    return re.sub(r"\s+", " ", name.replace("_", " ")).strip(" +\t")


def read(path):
    """Names [(code, name)], people [(code, name, office, first, last)]."""
    names, people, code, tag, office = [], [], "", "", ""
    text = lzma.open(path, "rt", encoding="utf-8").read()
    text = re.sub(r"<!--.*?-->", "", text, flags=re.S)
    text = re.sub(r"<Comment>.*?</Comment>", "", text, flags=re.S)
    for line in text.splitlines():
        line = line.strip()
        if line == "<Country>":
            code = ""
        single = re.match(r"<(CountryCode|CountryName)>([^<]*)</", line)
        if single:
            if single[1] == "CountryCode":
                code = single[2].strip()
            else:
                names.append((code, words(single[2])))
        elif re.match(r"</?[A-Z][^>]*>$", line):
            opened = line.strip("</>")
            if line.startswith("</"):
                office = ""
                tag = "" if opened in ("Nationality", "Leaders", "Government") else tag
            elif tag == "Leaders":
                office = opened
            else:
                tag = opened
        elif tag == "Nationality" and line and not line.startswith("#"):
            names.append((code, words(line.split("#")[0])))
        elif tag in ("Leaders", "Government") and "[" in line and not line.startswith("#"):
            title = office if tag == "Leaders" else line.partition("#")[2].strip()
            if tag == "Leaders" and NOT_NATIONAL.search(title):
                continue
            if tag == "Government" and not all(MINISTER.match(part.strip()) for part in title.split("&")):
                continue
            head = line.split("[")[0].split("=")[0]
            spellings = [words(name) for name in re.findall(r"\{([^}]*)\}", head) or [head]]
            for first, last in terms(line.partition("#")[0]):
                if any(spellings) and first <= LAST and (last or LAST) >= FIRST:
                    people.append((code, [name for name in spellings if name], tag + ": " + title, first, last))
    return [pair for pair in names if pair[1]], people


def ask(program, pairs):
    """Candidates of each (name, day)."""
    lines = "".join(f"{name}\t{date}\n" if date else f"{name}\n" for name, date in pairs)
    done = subprocess.run([program, "kb", "find", "--list", "-"], input=lines.encode(), stdout=subprocess.PIPE, check=True)
    answers = [json.loads(line)["candidates"] for line in done.stdout.splitlines()]
    assert len(answers) == len(pairs)
    return answers


def ask_day(first, last):
    first = max(first, FIRST)
    return first + ((min(last, LAST) - first) // 2 if last else datetime.timedelta(days=30))


def check_names(program, names, states):
    right, misses = 0, []
    for (code, name), candidates in zip(names, ask(program, [(name, None) for _, name in names])):
        told = [c for c in candidates if c["kind"] not in ("person", "name_part")][:1]
        if told and told[0].get("code") == states[code]:
            right += 1
        else:
            misses.append(f"{code}\t{name}\t{told[0].get('code') if told else '-'}")
    return right, len(names), misses


def check_people(program, people, states):
    right, misses, asked = 0, [], []
    for _, spellings, _, first, last in people:
        asked += [(name, ask_day(first, last)) for name in spellings]
    answers = iter(ask(program, asked))
    for code, spellings, title, first, last in people:
        found = [candidate for _ in spellings for candidate in next(answers)]
        mine = [c for c in found if c["kind"] in ("person", "name_part") and c.get("code") == states[code]]
        if any(GOVERNMENT & {c.get("sector"), *c.get("other_sectors", [])} for c in mine):
            right += 1
        else:
            held = "; ".join(f"{c.get('sector', '-')} {c.get('role', '')}" for c in mine) or "unknown"
            misses.append("\t".join([code, " = ".join(spellings), title, str(first), str(last or ""), held]))
    return right, len(people), misses


def read_states():
    """CountryInfo's code -> ours: territories are asked for themselves, disputed ones for the state they count to."""
    states = {}
    for line in (ROOT / "data/entities/states.tsv").read_text().splitlines()[2:]:
        cells = line.split("\t")
        states[cells[0]] = cells[3] or cells[0]
    return states


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--legation", default=str(ROOT / "build/release/src/cli/legation"))
    parser.add_argument("--dictionary", type=pathlib.Path, default=DICTIONARY)
    parser.add_argument("--news", type=pathlib.Path, default=NEWS)
    parser.add_argument("--misses", action="store_true", help="print every miss")
    args = parser.parse_args()
    if not args.dictionary.exists():
        sys.exit(f"{args.dictionary} is not there: nothing is measured")
    names, people = read(args.dictionary)
    states = read_states()
    sovereign = {code for code, ours in states.items() if code == ours}
    names = [(code, name) for code, name in names if code in sovereign]
    people = [row for row in people if row[0] in sovereign]
    attested = attested_names({name for _, name in names}) if args.news.exists() else set()
    parts = [("names and adjectives that the news corpora use", check_names, [pair for pair in names if pair[1].lower() in attested]),
             ("all, misspellings and other languages too", check_names, names),
             ("heads of state and government", check_people, [row for row in people if row[2].startswith("Leaders")]),
             ("vice presidents, foreign and defence ministers", check_people, [row for row in people if row[2].startswith("Gov")])]
    for what, check, rows in parts:
        if not rows:
            continue
        right, total, misses = check(args.legation, rows, states)
        print(f"{what}: {right} of {total}, {right / total:.1%}")
        for miss in misses if args.misses else []:
            print(f"  {miss}")


if __name__ == "__main__":
    main()
