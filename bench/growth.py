"""How the ledger's cost grows: seconds, CPU seconds and resident memory of `legation ingest` and `import`.

    python3 bench/growth.py NEWS.jsonl[.xz] [--quadruples icews18.tsv.xz] [--rows 10000000]

A tenth of the news (every tenth item), then all of it: all may take at most twelve times the tenth. Beside them coding alone (what the store adds), the same input
again, an import of quadruples, and generated rows with a dyad-month question. CPU seconds (user and system) hardly depend on what else runs.
"""
import argparse
import itertools
import lzma
import os
import random
import subprocess
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def measured(*command):
    began = time.monotonic()
    child = subprocess.Popen([str(part) for part in command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    if status != 0:
        raise SystemExit(f"failed: {command}")
    return time.monotonic() - began, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def show(what, took):
    print(f"{what:<52}{took[0]:8.1f} s {took[1]:8.1f} CPU s {took[2]:7.0f} MB", flush=True)


def generated(path, rows):
    chance = random.Random(8)
    states = "USA CHN RUS DEU FRA GBR JPN KOR PRK IND PAK IRN IRQ ISR PSE SAU EGY TUR SYR UKR POL ITA ESP BRA ARG MEX CAN AUS IDN VNM THA PHL NGA KEN ETH SOM SDN ZAF".split()
    codes = "010 020 036 040 042 043 051 057 061 071 080 100 111 112 120 130 141 150 163 173 180 190".split()
    with open(path, "w") as out:
        out.write("date,actor,recipient,code\n")
        for _ in range(rows):
            year, month, day = chance.randrange(1995, 2025), chance.randrange(1, 13), chance.randrange(1, 29)
            out.write(f"{year}-{month:02}-{day:02},{chance.choice(states)},{chance.choice(states)},{chance.choice(codes)}\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("news")
    parser.add_argument("--quadruples")
    parser.add_argument("--rows", type=int, default=0)
    parser.add_argument("--program", default=str(ROOT / "build/release/src/cli/legation"))
    arguments = parser.parse_args()
    program = arguments.program
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        with (lzma.open if arguments.news.endswith(".xz") else open)(arguments.news, "rt") as lines, open(folder / "all.jsonl", "w") as whole:
            with open(folder / "tenth.jsonl", "w") as tenth:
                for number, line in zip(itertools.count(), lines):
                    whole.write(line)
                    if number % 10 == 0:
                        tenth.write(line)
        small = measured(program, "ingest", folder / "tenth.ledger", folder / "tenth.jsonl")
        show("ingest, a tenth", small)
        large = measured(program, "ingest", folder / "all.ledger", folder / "all.jsonl")
        show("ingest, all", large)
        print(f"  ten times the documents: {large[0] / small[0]:.1f} times the time, {large[1] / small[1]:.1f} times the CPU time")
        alone = measured(program, "code", "-q", folder / "all.jsonl")
        show("code alone, all", alone)
        print(f"  the store adds {100 * (large[0] / alone[0] - 1):.0f}% time, {100 * (large[1] / alone[1] - 1):.0f}% CPU time")
        show("ingest, all, again", measured(program, "ingest", folder / "all.ledger", folder / "all.jsonl"))
        if arguments.quadruples:
            show("import of quadruples", measured(program, "import", folder / "q.ledger", arguments.quadruples))
        if arguments.rows:
            generated(folder / "rows.csv", arguments.rows)
            show(f"import of {arguments.rows:,} generated rows", measured(program, "import", folder / "r.ledger", folder / "rows.csv"))
            question = "SELECT month, quad, events FROM quad_months WHERE actor = 'KOR' AND recipient = 'CHN' ORDER BY ALL"
            for _ in range(3):
                show("  a dyad-month question", measured(program, "query", folder / "r.ledger", question))


if __name__ == "__main__":
    main()
