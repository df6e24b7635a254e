#!/usr/bin/env python3
"""Speed and memory of the whole program, text to events.

    bench/throughput.py [PROGRAM]

Codes Wikipedia's current events and Reuters-21578 (../shared/data/news) with one and two threads and prints sentences
a second from the program's own summary; then codes one input once and fifty times over and prints the peak of resident
memory of both. Without the corpora the samples are coded, many times over. Nothing else should run meanwhile.
"""
import lzma
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
NEWS = ROOT.parent / "shared/data/news"
CORPORA = {"wikipedia": "wikipedia_current_events_2002-2026.jsonl.xz", "reuters": "reuters21578.jsonl.xz"}
SUMMARY = re.compile(r"([\d,]+) documents?, ([\d,]+) sentences?, ([\d,]+) events? in")


def run(program, files, threads):
    """(documents, sentences, events, seconds with loading, peak resident megabytes, last line of stderr)"""
    start = time.monotonic()
    with open(os.devnull, "wb") as sink, tempfile.TemporaryFile("w+") as errors:
        process = subprocess.Popen([program, "code", "--threads", str(threads), *map(str, files)], stdout=sink, stderr=errors)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.monotonic() - start
        errors.seek(0)
        lines = errors.read().splitlines() or [""]
    found = SUMMARY.search(lines[-1])
    if process.returncode != 0 or not found:
        sys.exit(f"the program failed ({process.returncode}): {lines[-1]}")
    return *(int(number.replace(",", "")) for number in found.groups()), seconds, usage.ru_maxrss / 1024, lines[-1]


def unpack(folder):
    files = {}
    for name, packed in CORPORA.items():
        if (NEWS / packed).exists():
            files[name] = folder / f"{name}.jsonl"
            with lzma.open(NEWS / packed) as source, files[name].open("wb") as target:
                shutil.copyfileobj(source, target)
    return files


def speed(program, files):
    print(f"{'corpus':<12}{'threads':>8}{'documents':>11}{'sentences':>11}{'events':>9}{'seconds':>9}{'sentences/s':>13}")
    for name, paths in files.items():
        rates = []
        for threads in (1, 2):
            documents, sentences, events, seconds, _, line = run(program, paths, threads)
            rates.append(sentences / seconds)
            print(f"{name:<12}{threads:>8}{documents:>11,}{sentences:>11,}{events:>9,}{seconds:>9.1f}{rates[-1]:>13,.0f}", flush=True)
        print(f"{'':<12}two threads / one: {rates[1] / rates[0]:.2f}   {line.partition('; ')[2]}", flush=True)


def memory(program, path):
    """Fifty times the input, as fifty files: what is kept of a document shows."""
    peaks = []
    for times in (1, 50):
        *_, peak, _ = run(program, [path] * times, 2)
        peaks.append(peak)
        print(f"peak resident memory, {times:>2} x {path.stat().st_size / 1e6:.1f} MB: {peak:.0f} MB", flush=True)
    print(f"50 x / 1 x: {peaks[1] / peaks[0]:.2f}")


def main():
    program = sys.argv[1] if len(sys.argv) > 1 else ROOT / "build/release/src/cli/legation"
    with tempfile.TemporaryDirectory(prefix="legation-bench-") as name:
        folder = Path(name)
        corpora = unpack(folder)
        files = {corpus: [path] for corpus, path in corpora.items()} or {"samples": [ROOT / "samples"] * 100}
        speed(program, files)
        excerpt = folder / "excerpt.jsonl"
        source = next(iter(corpora.values()), ROOT / "samples/dispatches-2019-2026.jsonl")
        with source.open("rb") as lines, excerpt.open("wb") as target:
            target.writelines(line for _, line in zip(range(500), lines))
        memory(program, excerpt)


if __name__ == "__main__":
    main()
