"""Are the reports of one occurrence one incident? Ingests tests/gold/incidents and scores pairs of reports.

A pair is called one incident when the two documents share one. Two reports are *coded* when both gave an event at all.

    python3 bench/incidents.py [--half dev|test|all] [--program build/release/src/cli/legation] [--show N] [--at-least F1 KEPT_APART]
"""
import argparse
import collections
import csv
import hashlib
import io
import itertools
import json
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
GOLD = ROOT / "tests/gold/incidents"
Report = collections.namedtuple("Report", "id family group day source title text")


def half_of(family):
    """Whole families, so that hard negatives stay in one half."""
    return "dev" if hashlib.sha256(family.encode()).digest()[0] % 2 == 0 else "test"


def read_gold(folder=GOLD):
    """Every report; faults are raised with file and line."""
    reports, groups = [], collections.Counter()
    for path in sorted(folder.glob("*.txt")):
        group = None
        for number, line in enumerate(path.read_text().splitlines(), 1):
            if not line or line.startswith("#"):
                continue
            if line.startswith("@"):
                group = tuple(line[1:].split())
                if len(group) != 2 or group in groups:
                    raise ValueError(f"{path}:{number}: expected '@family group', each once")
                groups[group] = 0
                continue
            cells = line.split(" | ")
            if len(cells) != 4 or group is None:
                raise ValueError(f"{path}:{number}: expected 'day | outlet | headline | text' under a group")
            groups[group] += 1
            reports.append(Report(f"{group[0]}/{group[1]}/{groups[group]}", group[0], group[1], *cells))
    alone = [group for group, count in groups.items() if count < 2]
    if alone:
        raise ValueError(f"groups of one report: {alone}")
    return sorted(reports, key=lambda report: (report.day, report.id))


def query(program, ledger, sql):
    done = subprocess.run([program, "query", ledger, sql, "--format", "csv"], capture_output=True, text=True, check=True)
    return list(csv.DictReader(io.StringIO(done.stdout)))


def ingest(program, reports, folder):
    news, ledger = Path(folder) / "news.jsonl", Path(folder) / "gold.ledger"
    news.write_text("".join(json.dumps({"id": r.id, "date": r.day, "source": r.source, "title": r.title, "text": r.text}) + "\n" for r in reports))
    subprocess.run([program, "ingest", "-q", ledger, news, "--any-language"], check=True)
    return ledger


def incidents_of(program, ledger):
    found = collections.defaultdict(set)
    for row in query(program, ledger, "SELECT d.id, e.incident_id FROM coded_events e JOIN documents d USING (doc_id)"):
        found[row["id"]].add(row["incident_id"])
    return found


def score(reports, found):
    """Counts over all pairs, over pairs of coded reports, and over hard negatives (one family, two groups)."""
    count = collections.Counter()
    wrong = {"missed": [], "joined": []}
    for a, b in itertools.combinations(reports, 2):
        same = (a.family, a.group) == (b.family, b.group)
        joined = bool(found[a.id] & found[b.id])
        coded = bool(found[a.id]) and bool(found[b.id])
        for kind in ["all"] + ["coded"] * coded:
            count[kind, "right"] += same and joined
            count[kind, "missed"] += same and not joined
            count[kind, "wrong"] += joined and not same
        if a.family == b.family and not same:
            count["hard"] += 1
            count["hard apart"] += not joined
        if same != joined:
            wrong["missed" if same else "joined"].append((a, b))
    return count, wrong


def rates(count, kind):
    right, missed, wrong = (count[kind, what] for what in ("right", "missed", "wrong"))
    precision, recall = right / max(right + wrong, 1), right / max(right + missed, 1)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--half", default="all", choices=["dev", "test", "all"])
    parser.add_argument("--program", default=str(ROOT / "build/release/src/cli/legation"))
    parser.add_argument("--show", type=int, default=0, help="print so many wrong pairs of each kind")
    parser.add_argument("--keep", help="leave the ledger at this path")
    parser.add_argument("--at-least", nargs=2, type=float, metavar=("F1", "APART"), help="exit with 1 below these")
    arguments = parser.parse_args()
    reports = [report for report in read_gold() if arguments.half in ("all", half_of(report.family))]
    with tempfile.TemporaryDirectory() as folder:
        ledger = ingest(arguments.program, reports, folder)
        found = incidents_of(arguments.program, ledger)
        if arguments.keep:
            Path(arguments.keep).write_bytes(ledger.read_bytes())
    count, wrong = score(reports, found)
    groups = {(report.family, report.group) for report in reports}
    print(f"{arguments.half}: {len(groups)} groups, {len(reports)} reports, {sum(bool(found[r.id]) for r in reports)} of them with an event")
    for kind in ("all", "coded"):
        precision, recall, f1 = rates(count, kind)
        print(f"  pairs, {kind:5}  precision {precision:.3f}  recall {recall:.3f}  F1 {f1:.3f}  ({count[kind, 'right'] + count[kind, 'missed']} true)")
    apart = count["hard apart"] / max(count["hard"], 1)
    print(f"  hard negatives kept apart {count['hard apart']} of {count['hard']} ({apart:.3f})")
    for what, pairs in wrong.items():
        for a, b in pairs[:arguments.show]:
            print(f"{what}\n  {a.id} {a.day}: {a.title}. {a.text}\n  {b.id} {b.day}: {b.title}. {b.text}")
    if arguments.at_least and (rates(count, "all")[2] < arguments.at_least[0] or apart < arguments.at_least[1]):
        sys.exit(1)


if __name__ == "__main__":
    main()
