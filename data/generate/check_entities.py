#!/usr/bin/env python3
"""Checks the tables of data/entities; prints one line a fault and exits non-zero when there is any.

    data/generate/check_entities.py [--warnings]

Faults: unknown code, sector or kind; a missing cell; a date that is none, or a term that ends before it begins; an office
of nobody; an id given twice; one name for two entities at the same time within a table. Warnings are what a person should
look at and may be right: two holders of one sole office for more than a month, offices without a begin.
"""
import argparse
import collections
import datetime
import pathlib
import re
import sys

SECTORS = set("""COP GOV JUD LEG MIL PRM PTY REB SPY UAF UNK AGR BUS CRM CVL EDU ELI JRN LAB MED REF OPP PRE REL
    SOC""".split())
COLUMNS = {
    "states.tsv": "code name kind folds_into sector source",
    "state_names.tsv": "code alias kind sector from to source",
    "state_names_extra.tsv": "code alias kind sector from to source",
    "people.tsv": "id name aliases gender nationality wikidata source",
    "offices.tsv": "person role code sectors from to source",
    "organisations.tsv": "id name aliases code sectors kind wikidata from to source",
    "agents.tsv": "term plural sectors kind can_be_title source",
    "places.tsv": "name aliases country province kind latitude longitude population gazetteer source",
    "vague.tsv": "term note source",
}
NEEDED = {
    "states.tsv": "code name kind source", "state_names.tsv": "code alias kind source",
    "state_names_extra.tsv": "code alias kind source", "people.tsv": "id name nationality source",
    "offices.tsv": "person role code sectors source", "organisations.tsv": "id name code kind source",
    "agents.tsv": "term kind can_be_title source", "places.tsv": "name kind source", "vague.tsv": "term source",
}
KINDS = {
    "states.tsv": "state territory disputed international former",
    "state_names.tsv": "name former abbreviation adjective people capital metonym",
    "state_names_extra.tsv": "name former abbreviation adjective people capital metonym",
    "organisations.tsv": "igo ngo ministry agency military police court party legislature armed-group company media union "
                         "university religious central-bank other",
    "agents.tsv": "person group body",
}
SOLE_OFFICES = {"president", "prime minister", "foreign minister", "defense minister", "chancellor", "king", "queen", "emperor",
                "supreme leader", "secretary of state", "secretary of defense", "foreign secretary", "premier", "pope"}
ALWAYS = (datetime.date.min, datetime.date.max)


class Report:
    def __init__(self):
        self.faults, self.warnings = [], []

    def fault(self, row, what):
        self.faults.append(f"{row['_file']}:{row['_line']}: {what}")

    def warn(self, row, what):
        self.warnings.append(f"{row['_file']}:{row['_line']}: {what}")


def read(folder, name, report):
    rows, header = [], None
    for number, line in enumerate((folder / name).read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split("\t")
        if header is None:
            header = cells
            if header != COLUMNS[name].split():
                report.faults.append(f"{name}:{number}: columns are not {COLUMNS[name]}")
            continue
        row = dict(zip(header, cells + [""] * (len(header) - len(cells))), _file=name, _line=number)
        if len(cells) > len(header):
            report.fault(row, "more cells than columns")
        if any(cell != cell.strip() for cell in cells):
            report.fault(row, "blank at the end of a cell")
        rows.append(row)
    return rows


def pieces(cell):
    return [piece.strip() for piece in cell.split(";") if piece.strip()]


def day(cell, last):
    if not cell:
        return ALWAYS[1] if last else ALWAYS[0]
    if re.fullmatch(r"\d{4}", cell):
        return datetime.date(int(cell), 12, 31) if last else datetime.date(int(cell), 1, 1)
    return datetime.date.fromisoformat(cell)


def span(row, report):
    try:
        first, last = day(row.get("from", ""), False), day(row.get("to", ""), True)
    except ValueError:
        report.fault(row, f"no date: {row.get('from')} .. {row.get('to')}")
        return ALWAYS
    if last < first:
        report.fault(row, "ends before it begins")
    return first, last


def overlap(one, other):
    return (min(one[1], other[1]) - max(one[0], other[0])).days


def check_cells(tables, codes, report):
    for name, rows in tables.items():
        for row in rows:
            for column in NEEDED[name].split():
                if not row[column]:
                    report.fault(row, f"{column} is empty")
            if name in KINDS and row["kind"] not in KINDS[name].split():
                report.fault(row, f"kind {row['kind']}")
            for column in ("code", "folds_into", "nationality", "country"):
                if row.get(column) and row[column] not in codes:
                    report.fault(row, f"{column} {row[column]} is not in states.tsv")
            for sector in pieces(row.get("sectors", "")) + pieces(row.get("sector", "")):
                if sector not in SECTORS:
                    report.fault(row, f"sector {sector}")
            if row.get("wikidata") and not re.fullmatch(r"Q\d+", row["wikidata"]):
                report.fault(row, f"wikidata {row['wikidata']}")


def check_ids(rows, column, report):
    seen = set()
    for row in rows:
        if row[column] in seen:
            report.fault(row, f"{column} {row[column]} is given twice")
        seen.add(row[column])


def check_names(rows, names_of, owner_of, report):
    """One name, two owners, at the same time."""
    held = collections.defaultdict(list)
    for row in rows:
        when = span(row, report)
        for name in names_of(row):
            for other, other_when, line in held[name]:
                if overlap(when, other_when) > 31 and other != owner_of(row):
                    report.fault(row, f"\"{name}\" is {other} already (line {line})")
            held[name].append((owner_of(row), when, row["_line"]))


def check_offices(rows, people, report):
    terms = collections.defaultdict(list)
    for row in rows:
        if row["person"] not in people:
            report.fault(row, f"person {row['person']} is not in people.tsv")
        when = span(row, report)
        if not row["from"]:
            report.warn(row, "no begin")
        if row["role"] in SOLE_OFFICES:
            for other, other_when in terms[row["code"], row["role"]]:
                if other != row["person"] and overlap(when, other_when) > 31:
                    report.warn(row, f"{row['role']} of {row['code']}: {row['person']} and {other} at once")
            terms[row["code"], row["role"]].append((row["person"], when))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--warnings", action="store_true")
    parser.add_argument("--entities", type=pathlib.Path, default=pathlib.Path(__file__).resolve().parent.parent / "entities")
    args = parser.parse_args()
    report = Report()
    tables = {name: read(args.entities, name, report) for name in COLUMNS}
    codes = {row["code"] for row in tables["states.tsv"]}
    people = {row["id"] for row in tables["people.tsv"]}
    check_cells(tables, codes, report)
    check_ids(tables["states.tsv"], "code", report)
    check_ids(tables["people.tsv"], "id", report)
    check_ids(tables["organisations.tsv"], "id", report)
    check_ids(tables["agents.tsv"], "term", report)
    check_ids(tables["vague.tsv"], "term", report)
    check_names(tables["state_names.tsv"] + tables["state_names_extra.tsv"], lambda row: [row["alias"]], lambda row: row["code"], report)
    check_names(tables["people.tsv"], lambda row: {row["name"], *pieces(row["aliases"])}, lambda row: row["id"], report)
    check_names(tables["organisations.tsv"], lambda row: {row["name"], *pieces(row["aliases"])}, lambda row: row["id"], report)
    check_offices(tables["offices.tsv"], people, report)
    for line in report.faults + (report.warnings if args.warnings else []):
        print(line)
    counts = ", ".join(f"{len(rows)} {name.removesuffix('.tsv')}" for name, rows in tables.items())
    print(f"{counts}: {len(report.faults)} faults, {len(report.warnings)} warnings", file=sys.stderr)
    return 1 if report.faults else 0


if __name__ == "__main__":
    sys.exit(main())
