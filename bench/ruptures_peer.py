#!/usr/bin/env python3
"""Change points beside `ruptures`: the same costs and penalties on the same long series, in turns in one run.

    ninja -C build/release find_changes && bench/ruptures_peer.py build/release/bench/find_changes

Makes a virtual environment in build/ with ruptures 1.1.10 and numpy on the first call. For each cost and length: is the
optimum the same (least cost found, both recomputed here from the changes), median seconds of each, and the ratio. Only the
search is timed, not reading or start. Where ruptures has its own search in C (KernelCPD, for the l2 cost) that is
compared as well. Exit status 1 when an optimum is worse than that of ruptures.
"""
import argparse
import json
import pathlib
import statistics
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[1]
HOME = ROOT / "build/ruptures-venv"
PINS = ["ruptures==1.1.10", "numpy==2.4.6", "scipy==1.17.1"]


def enter_environment():
    """Runs this script again under the environment's Python unless it is the one that runs."""
    if pathlib.Path(sys.prefix) == HOME:
        return
    python = HOME / "bin/python3"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", HOME], check=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", *PINS], check=True)
    sys.exit(subprocess.run([python, __file__, *sys.argv[1:]]).returncode)


def series_of(numpy, cost, n, every, seed):
    """Stretches of about `every` points, each with a level (and for `normal` a spread) of its own."""
    random = numpy.random.default_rng(seed)
    out = []
    while len(out) < n:
        length = int(random.integers(every // 2, every * 3 // 2))
        if cost == "poisson":
            out.extend(random.poisson(random.uniform(1, 9), length))
        else:
            out.extend(random.normal(random.uniform(-3, 3), random.uniform(0.5, 2) if cost == "normal" else 1, length))
    return numpy.array(out[:n], dtype=float)


def segment_cost(numpy, cost, part):
    if cost == "l2":
        return float(((part - part.mean()) ** 2).sum())
    if cost == "normal":
        return float(len(part) * numpy.log(part.var()))
    total = part.sum()
    return float(-2 * total * numpy.log(total / len(part))) if total > 0 else 0.0


def cost_of(numpy, cost, values, changes, penalty):
    borders = [0, *changes, len(values)]
    return sum(segment_cost(numpy, cost, values[a:b]) for a, b in zip(borders, borders[1:])) + penalty * len(changes)


def searches(numpy, ruptures, cost):
    """Name and function values, penalty -> changes, of what ruptures offers for this cost."""

    class Poisson(ruptures.base.BaseCost):
        model, min_size = "poisson", 1

        def fit(self, signal):
            self.signal = signal.reshape(-1, 1)
            self.sums = numpy.concatenate(([0.0], numpy.cumsum(signal)))
            return self

        def error(self, start, end):
            total = self.sums[end] - self.sums[start]
            return -2 * total * numpy.log(total / (end - start)) if total > 0 else 0.0

    own = {"l2": ruptures.costs.CostL2, "normal": lambda: ruptures.costs.CostNormal(add_small_diag=False), "poisson": Poisson}[cost]
    least = 2 if cost == "normal" else 1

    def pelt(values, penalty):
        return ruptures.Pelt(custom_cost=own(), min_size=least, jump=1).fit(values).predict(penalty)[:-1]

    def kernel(values, penalty):
        return ruptures.KernelCPD(kernel="linear", min_size=1).fit(values).predict(pen=penalty)[:-1]

    return [("Pelt", pelt)] + ([("KernelCPD (C)", kernel)] if cost == "l2" else [])


def ours(program, cost, values, penalty, times):
    told = subprocess.run([program, cost, repr(penalty), str(times)], input="\n".join(map(repr, map(float, values))), capture_output=True,
                          text=True, check=True).stdout
    return json.loads(told)


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("program", help="build/release/bench/find_changes")
    arguments.add_argument("--lengths", type=int, nargs="*", default=[1000, 3000, 10000])
    arguments.add_argument("--every", type=int, default=100, help="mean length of a stretch")
    arguments.add_argument("--times", type=int, default=3)
    given = arguments.parse_args()
    import numpy
    import ruptures

    worse = 0
    print(f"ruptures {ruptures.__version__}, numpy {numpy.__version__}; penalty 2 log n times what one number costs (l2, poisson), 3 log n (normal)")
    print(f"{'cost':<9}{'points':>7}  {'search of ruptures':<19}{'changes':>8}{'same optimum':>14}{'ruptures s':>12}{'ours s':>11}{'ratio':>8}")
    for cost in ("l2", "normal", "poisson"):
        for n in given.lengths:
            values = series_of(numpy, cost, n, given.every, n)
            penalty = (3 if cost == "normal" else 2) * float(numpy.log(n))
            for name, search in searches(numpy, ruptures, cost):
                theirs, seconds, mine = None, [], []
                for _ in range(given.times):
                    start = time.perf_counter()
                    theirs = search(values, penalty)
                    seconds.append(time.perf_counter() - start)
                    answer = ours(given.program, cost, values, penalty, 5)
                    mine += answer["seconds"]
                a, b = (cost_of(numpy, cost, values, changes, penalty) for changes in (answer["changes"], theirs))
                gap = (a - b) / max(1.0, abs(b))
                verdict = "yes" if abs(gap) < 1e-9 else "ours is less" if gap < 0 else "NO"
                worse += verdict == "NO"
                s, m = statistics.median(seconds), statistics.median(mine)
                print(f"{cost:<9}{n:>7}  {name:<19}{len(answer['changes']):>8}{verdict:>14}{s:>12.4f}{m:>11.6f}{s / m:>8.0f}", flush=True)
    return 1 if worse else 0


if __name__ == "__main__":
    enter_environment()
    sys.exit(main())
