#!/usr/bin/env python3
"""External validity: do the coded conflict and cooperation of state dyads rise and fall with ICEWS's?

    bench/validity.py LEGATION CORPUS.jsonl ICEWS_QUADRUPLES [--year 2018] [--dyads 100] [--past LEDGER] [--each]

CORPUS is ingested and ICEWS imported, each into a ledger of its own in a temporary folder; both are then asked by
`legation relations` (rows of all dyads by month, incidents once, plain events). For the dyads of states most frequent in ICEWS
the table gives Spearman's rank correlation with the ICEWS counts across dyads (totals of the months that ICEWS covers) and
within dyads (the mean over dyads of the correlation over months, dyads constant on either side left out). The naive
baseline counts the items in which both states are mentioned, by `legation entities`.

With --past, a ledger of the news of the year and of all years before, two rows more: the rates that `legation relations --rates` follows
through all those years (no count of the year alone: thin dyads lean on their own past), and beside them co-mentions of all those years,
each year's worth nine tenths of the next one's, so that both sides know the past.
"""
import argparse
import calendar
import collections
import csv
import itertools
import json
import pathlib
import subprocess
import sys
import tempfile


def ranks(values):
    order = sorted(range(len(values)), key=values.__getitem__)
    out = [0.0] * len(values)
    at = 0
    while at < len(order):
        end = at
        while end < len(order) and values[order[end]] == values[order[at]]:
            end += 1
        for place in order[at:end]:
            out[place] = (at + end - 1) / 2
        at = end
    return out


def spearman(a, b):
    """Rank correlation with ties at their mean rank; None where one side is constant."""
    ra, rb = ranks(a), ranks(b)
    mean = (len(a) - 1) / 2
    top = sum((x - mean) * (y - mean) for x, y in zip(ra, rb))
    sa, sb = sum((x - mean) ** 2 for x in ra), sum((y - mean) ** 2 for y in rb)
    return top / (sa * sb) ** 0.5 if sa > 0 and sb > 0 else None


def states():
    """Codes of states and territories; international bodies are no side of a dyad of states."""
    table = pathlib.Path(__file__).resolve().parents[1] / "data/entities/states.tsv"
    rows = csv.DictReader((line for line in open(table, encoding="utf-8") if not line.startswith("#")), delimiter="\t")
    return {row["code"] for row in rows if row["kind"] in ("state", "territory", "disputed")}


def monthly(program, ledger, year):
    """(a, b) -> month -> (cooperation, conflict)."""
    told = subprocess.run([program, "relations", ledger, "--by", "month", "--from", f"{year}-01-01", "--to", f"{year}-12-31"],
                          check=True, capture_output=True, text=True).stdout
    out = collections.defaultdict(dict)
    for row in csv.DictReader(line for line in told.splitlines() if not line.startswith("#")):
        quads = [int(row[name]) for name in ("verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict")]
        out[row["a"], row["b"]][row["period"][:7]] = (quads[0] + quads[1], quads[2] + quads[3])
    return out


def rates(program, ledger, end):
    """(a, b) -> rate of cooperation and of conflict at the end of that month."""
    told = subprocess.run([program, "relations", ledger, "--rates", "--by", "month", "--to", end], check=True, capture_output=True, text=True).stdout
    rows = csv.DictReader(line for line in told.splitlines() if not line.startswith("#"))
    return {(row["a"], row["b"]): (float(row["cooperation_rate"]), float(row["conflict_rate"])) for row in rows}


def comentions(program, corpus, year, first=None):
    """(a, b) -> month -> items that mention both, of this year or of all from `first` on."""
    states = collections.defaultdict(set)
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as part:
        days = {}
        for line in open(corpus, encoding="utf-8"):
            item = json.loads(line)
            if str(first or year) <= (item.get("date") or "")[:4] <= str(year):
                days[item["id"]] = item["date"]
                part.write(line)
        part.flush()
        run = subprocess.Popen([program, "entities", part.name], stdout=subprocess.PIPE, text=True)
        for line in run.stdout:
            mention = json.loads(line)
            codes = mention.get("codes") or []
            states[mention["document"]].update(codes)
        if run.wait() != 0:
            sys.exit("entities failed")
    out = collections.defaultdict(collections.Counter)
    for item, codes in states.items():
        for pair in itertools.combinations(sorted(codes), 2):
            out[pair][days[item][:7]] += 1
    return out


def correlations(theirs, ours, dyads, months):
    """Across dyads, and the mean within dyads; both take functions dyad, month -> count."""
    across = spearman([sum(theirs(d, m) for m in months) for d in dyads], [sum(ours(d, m) for m in months) for d in dyads])
    within = [spearman([theirs(d, m) for m in months], [ours(d, m) for m in months]) for d in dyads]
    told = [value for value in within if value is not None]
    return across, sum(told) / len(told) if told else float("nan"), len(told)


def tell_past(given, theirs, dyads, months):
    last = calendar.monthrange(given.year, int(months[-1][5:]))[1]
    followed = rates(given.program, given.past, f"{months[-1]}-{last}")
    together = comentions(given.program, given.corpus, given.year, first=1900)
    faded = [sum(n * 0.9 ** (given.year - int(month[:4])) for month, n in together[d].items() if month <= months[-1]) for d in dyads]
    for at, name in enumerate(("cooperation", "conflict")):
        icews = [sum(theirs[d].get(m, (0, 0))[at] for m in months) for d in dyads]
        print(f"{name:<16}{'followed rate':<22}{spearman(icews, [followed.get(d, (0, 0))[at] for d in dyads]):>13.3f}")
        print(f"{name:<16}{'followed co-mention':<22}{spearman(icews, faded):>13.3f}")


def tell_each(dyads, icews, coded, together):
    """Totals of conflict and ranks (1 = most): where coded conflict is farthest from ICEWS."""
    place = [[len(dyads) - rank for rank in ranks(totals)] for totals in (icews, coded, together)]
    print(f"{'dyad':<9}{'ICEWS':>7}{'coded':>7}{'together':>10}   ranks: ICEWS, coded, together; {sum(not n for n in coded)} dyads without coded conflict")
    for at in sorted(range(len(dyads)), key=lambda i: -abs(place[0][i] - place[1][i])):
        print(f"{'-'.join(dyads[at]):<9}{icews[at]:>7}{coded[at]:>7}{together[at]:>10}   {place[0][at]:>6}{place[1][at]:>7}{place[2][at]:>7}")


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("program")
    arguments.add_argument("corpus")
    arguments.add_argument("icews")
    arguments.add_argument("--year", type=int, default=2018)
    arguments.add_argument("--dyads", type=int, default=100)
    arguments.add_argument("--ledger", help="the corpus, ingested already")
    arguments.add_argument("--past", help="a ledger of the corpus up to the year, ingested already: also how rates followed through all of it compare")
    arguments.add_argument("--each", action="store_true", help="also a row for each dyad: totals and ranks of conflict, the farthest first")
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        ledger = given.ledger or str(pathlib.Path(folder) / "news.ledger")
        if not given.ledger:
            subprocess.run([given.program, "ingest", ledger, given.corpus], check=True, capture_output=True)
        icews = str(pathlib.Path(folder) / "icews.ledger")
        subprocess.run([given.program, "import", icews, given.icews], check=True, capture_output=True)
        theirs, ours = monthly(given.program, icews, given.year), monthly(given.program, ledger, given.year)
        together = comentions(given.program, given.corpus, given.year)
        told = subprocess.run([given.program, "query", icews, "--format", "csv",
                               "SELECT least(actor, recipient) AS a, greatest(actor, recipient) AS b, count(*) AS n FROM pairs "
                               "WHERE actor <> '' AND recipient <> '' AND actor <> recipient GROUP BY 1, 2 ORDER BY n DESC, a, b"], check=True, capture_output=True, text=True).stdout
    known = states()
    dyads = [(row["a"], row["b"]) for row in csv.DictReader(told.splitlines()) if {row["a"], row["b"]} <= known][:given.dyads]
    months = sorted({month for dyad in dyads for month in theirs[dyad]})
    nothing = (0, 0)
    print(f"{given.year}: {len(dyads)} dyads, {len(months)} months")
    print(f"{'ICEWS count of':<16}{'against':<22}{'across dyads':>13}{'within dyads':>14}{'dyads':>7}")
    for name, pick in (("cooperation", lambda c: c[0]), ("conflict", lambda c: c[1]), ("all", sum)):
        for other, count in (("coded " + name, lambda d, m, pick=pick: pick(ours[d].get(m, nothing))),
                             ("co-mention", lambda d, m: together[d][m])):
            across, within, n = correlations(lambda d, m, pick=pick: pick(theirs[d].get(m, nothing)), count, dyads, months)
            print(f"{name:<16}{other:<22}{across:>13.3f}{within:>14.3f}{n:>7}")
    if given.past:
        tell_past(given, theirs, dyads, months)
    if given.each:
        conflict = [[sum(c[d].get(m, nothing)[1] for m in months) for d in dyads] for c in (theirs, ours)]
        tell_each(dyads, *conflict, [sum(together[d][m] for m in months) for d in dyads])


if __name__ == "__main__":
    main()
