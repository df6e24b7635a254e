"""The program under test: runs the real binary, as a user would, in a folder that goes away afterwards.

LEGATION names the binary. Only the standard library is needed.
"""
import gzip
import json
import os
import resource
import subprocess
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "samples"
BINARY = os.environ.get("LEGATION", str(ROOT / "build/release/src/cli/legation"))
SANITIZED = os.environ.get("LEGATION_SANITIZED", "") not in ("", "0", "OFF")
TIMEOUT = 300

# One sentence that surely holds an event, with its day.
NEWS = "SEOUL, June 10, 2025 (Yonhap) - South Korea expelled two Chinese diplomats on Monday.\n"
RECORD = {"id": "one", "date": "2025-06-10", "source": "Yonhap", "title": "Seoul expels envoys",
          "text": "South Korea expelled two Chinese diplomats on Monday."}


class Outcome:
    def __init__(self, code, out, err):
        self.code, self.bytes = code, out
        self.out, self.err = out.decode("utf-8"), err.decode("utf-8")

    @property
    def complaints(self):
        return self.err.splitlines()

    @property
    def records(self):
        return [json.loads(line) for line in self.out.splitlines()]


class ProgramTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="legation-cli-")
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def write(self, name, content):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return str(path)

    def write_gzip(self, name, content):
        return self.write(name, gzip.compress(content.encode()))

    def run_program(self, *arguments, stdin=b"", environment=None, check_signal=True, memory_mb=None):
        """`memory_mb` limits the address space, so that a leak of the input's size fails at once (not sanitized)."""
        def limit():
            if memory_mb and not SANITIZED:
                resource.setrlimit(resource.RLIMIT_AS, (memory_mb << 20, memory_mb << 20))
        done = subprocess.run([BINARY, *map(str, arguments)], input=stdin, capture_output=True, timeout=TIMEOUT,
                              env={**os.environ, **(environment or {})}, cwd=self.folder, preexec_fn=limit)
        outcome = Outcome(done.returncode, done.stdout, done.stderr)
        if check_signal:
            self.assertGreaterEqual(outcome.code, 0, f"killed by signal {-outcome.code}: {outcome.err[-2000:]}")
            self.assertNotIn("Sanitizer", outcome.err)
            self.assertNotIn("runtime error", outcome.err)
        return outcome

    def code(self, *arguments, **options):
        return self.run_program("code", "--quiet", *arguments, **options)

    def assert_one_complaint(self, outcome, *words):
        """Exactly one line on stderr, by the program, with all these words."""
        self.assertEqual(len(outcome.complaints), 1, outcome.err)
        self.assert_complaint(outcome, *words)

    def assert_complaint(self, outcome, *words):
        for line in outcome.complaints:
            self.assertTrue(line.startswith("legation: "), line)
        self.assertTrue(any(all(word in line for word in words) for line in outcome.complaints),
                        f"no line with {words} in:\n{outcome.err}")
