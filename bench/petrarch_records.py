#!/usr/bin/env python3
"""PETRARCH's own test records against what our tables say of the same sentences.

    bench/petrarch_records.py PROGRAM PETR.UnitTest.records.xml [--misses]

An expected event counts as found when the sentence yields an event of its PLOVER type (data/ontology/cameo_to_plover.tsv; the root alone
where a code is not there). CAMEO 01 and 02 have no PLOVER type, and codes beyond 20 are the records' own inventions: both are left out
and counted. Extra events are those of a type that the record does not expect. Our tables alone: none of theirs is read.
"""
import collections
import csv
import json
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
ROOTS = {"03": "AGREE", "04": "CONSULT", "05": "SUPPORT", "06": "COOPERATE", "07": "AID", "08": "CONCEDE", "09": "ACCUSE", "10": "REQUEST",
         "11": "ACCUSE", "12": "REJECT", "13": "THREATEN", "14": "PROTEST", "15": "MOBILIZE", "16": "SANCTION", "17": "COERCE", "18": "ASSAULT",
         "19": "ASSAULT", "20": "ASSAULT"}


def table():
    with open(ROOT / "data/ontology/cameo_to_plover.tsv", encoding="utf-8") as lines:
        rows = csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t")
        return {row["cameo_code"]: row["plover_type"] for row in rows}


def records(path):
    """Date, text and expected codes of each sentence."""
    text = pathlib.Path(path).read_text(encoding="utf-8", errors="replace")
    text = re.sub(r"<!--.*?-->", "", text, flags=re.S)
    for match in re.finditer(r"<Sentence\b([^>]*)>(.*?)</Sentence>", text, flags=re.S):
        head, body = match.groups()
        words = re.search(r"<Text>(.*?)</Text>", body, flags=re.S)
        if words is None:
            continue
        name = re.search(r'id\s*=\s*"([^"]*)"', head)
        date = re.search(r'date\s*=\s*"(\d{4})(\d\d)(\d\d)"', head)
        codes = [code for code in re.findall(r'eventcode\s*=\s*"([^"]*)"', body) if code]
        yield {"id": name.group(1) if name else "", "date": "-".join(date.groups()) if date else None, "text": " ".join(words.group(1).split())}, codes


def main(program, path, misses):
    mapping = table()
    found = expected = extra = unmapped = telling = told = 0
    by_type = collections.defaultdict(lambda: [0, 0])
    rows = list(records(path))
    lines = "".join(json.dumps(document | {"id": str(number)}) + "\n" for number, (document, _) in enumerate(rows))
    done = subprocess.run([program, "code", "--quiet", "--any-language", "-"], input=lines, capture_output=True, text=True, check=True)
    coded = collections.defaultdict(list)
    for line in done.stdout.splitlines():
        record = json.loads(line)
        coded[record["document"]] += record["event"]
    for number, (document, codes) in enumerate(rows):
        said = coded.get(str(number), [])
        wanted = []
        for code in codes:
            kind = mapping.get(code) or mapping.get(code[:3]) or ROOTS.get(code[:2])
            if kind and kind not in ("None", "DROPPED"):
                wanted.append(kind)
            else:
                unmapped += 1
        left = list(said)
        telling += bool(wanted)
        told += bool(wanted and said)
        for kind in sorted(set(wanted)):
            expected += 1
            by_type[kind][1] += 1
            if kind in left:
                found += 1
                by_type[kind][0] += 1
            elif misses:
                print(f"missed {document['id']} {kind} (coded: {', '.join(said) or 'nothing'}): {document['text']}")
        extra += sum(kind not in wanted for kind in said)
    print(f"{len(rows)} sentences; {found} of {expected} expected types found ({100 * found / max(1, expected):.1f}%); {extra} extra events; {told} of {telling} sentences with an expected event yield one of some type; "
          f"{unmapped} codes without a PLOVER type left out")
    for kind, (right, all_of) in sorted(by_type.items()):
        print(f"  {kind:<10} {right:>3} of {all_of}")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], "--misses" in sys.argv)
