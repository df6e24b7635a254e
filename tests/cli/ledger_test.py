"""The ledger as its users meet it: fed twice, killed, damaged, asked by two at a time."""
import json
import os
import resource
import signal
import subprocess
import sys
import time
import unittest

from program import BINARY, RECORD, ROOT, ProgramTest


class Ledger(ProgramTest):
    def news(self, documents):
        return self.write("news.jsonl", "".join(
            json.dumps({**RECORD, "id": f"n{at}", "text": f"South Korea expelled {at + 2} Chinese diplomats on Monday."}) + "\n"
            for at in range(documents)))

    def ask(self, sql, ledger="l.db", form="csv"):
        outcome = self.run_program("query", ledger, sql, "--format", form)
        self.assertEqual(outcome.code, 0, outcome.err)
        return outcome.out

    def ingest(self, *arguments, **options):
        return self.run_program("ingest", "l.db", *arguments, **options)

    def test_what_is_coded_can_be_asked(self):
        self.assertEqual(self.ingest(self.news(3)).code, 0)
        self.assertEqual(self.ask("SELECT actor, recipient, type, count(*) AS n FROM events GROUP BY ALL"),
                         "actor,recipient,type,n\nKOR,CHN,SANCTION,3\n")
        self.assertIn("KOR", self.ask("SELECT * FROM dyad_days", form="table"))
        self.assertEqual(json.loads(self.ask("SELECT sum(events)::INT AS n FROM quad_months", form="json")), {"n": 3})
        parquet = subprocess.run([BINARY, "query", "l.db", "SELECT 1 AS x", "--format", "parquet"], cwd=self.folder, capture_output=True)
        self.assertEqual(parquet.returncode, 0)
        self.assertEqual((parquet.stdout[:4], parquet.stdout[-4:]), (b"PAR1", b"PAR1"))

    def test_a_fact_dated_after_its_news_makes_no_point_of_a_series(self):
        text = "South Korea expelled two Chinese diplomats on March 4, 2065."
        news = self.write("late.jsonl", json.dumps({**RECORD, "title": None, "text": text}) + "\n")
        self.assertEqual(self.ingest(news).code, 0)
        self.assertEqual(self.ask("SELECT date, bool_or(plain) AS plain FROM pairs GROUP BY 1"), "date,plain\n2065-03-04,false\n")

    def test_answers_appended_to_a_file_leave_what_was_there(self):
        self.ingest(self.news(1))
        for command in (["query", "l.db", "SELECT 1 AS x", "--format", "csv"], ["export", "l.db", "--to", "csv"]):
            kept = self.write("kept.txt", "kept\n")
            with open(self.folder / kept, "a") as file:
                self.assertEqual(subprocess.run([BINARY, *command], cwd=self.folder, stdout=file).returncode, 0)
            lines = (self.folder / kept).read_text().splitlines()
            self.assertEqual((lines[0], len(lines)), ("kept", 3))

    def test_the_same_input_twice_changes_nothing(self):
        news = self.news(50)
        self.ingest(news)
        before = self.ask("SELECT * FROM runs") + self.ask("SELECT count(*) FROM coded_events")
        again = self.ingest(news)
        self.assertIn("50 were in the ledger already", again.err)
        self.assertEqual(before, self.ask("SELECT * FROM runs") + self.ask("SELECT count(*) FROM coded_events"))

    def test_reprints_and_retellings_are_one_incident(self):
        records = [
            {"id": "a", "source": "Yonhap", "text": "SEOUL, June 10 (Yonhap) - South Korea expelled two Chinese diplomats on Monday over the killing of a fisherman."},
            {"id": "b", "source": "Daily Star", "text": "SEOUL, June 10 (Yonhap) - South Korea expelled two Chinese diplomats on Monday over the killing of one fisherman."},
            {"id": "c", "source": "Reuters", "text": "South Korea on Monday expelled two diplomats of China after a fisherman died."},
            {"id": "d", "source": "Reuters", "text": "Japan expelled a Russian diplomat on Monday."}]
        news = self.write("four.jsonl", "".join(json.dumps({**RECORD, "title": None, **record}) + "\n" for record in records))
        self.assertEqual(self.ingest(news).code, 0)
        self.assertEqual(self.ask("SELECT type, actor, reports, outlets FROM incidents WHERE type = 'SANCTION' ORDER BY reports DESC"),
                         "type,actor,reports,outlets\nSANCTION,KOR,3,2\nSANCTION,JPN,1,1\n")
        later = self.write("later.jsonl", json.dumps({**RECORD, "id": "e", "source": "AFP", "title": None,
                           "text": "Two Chinese diplomats were expelled by South Korea on Monday."}) + "\n")
        self.assertEqual(self.ingest(later).code, 0)
        self.assertEqual(self.ask("SELECT max(reports) AS n FROM incidents"), "n\n4\n")

    def test_retellings_of_the_gold_set_are_joined_and_hard_negatives_kept_apart(self):
        done = subprocess.run([sys.executable, "-B", ROOT / "bench/incidents.py", "--program", BINARY, "--at-least", "0.90", "0.97"], capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def without_expulsions(self):
        """A table by which nobody expels: another engine."""
        return self.write("none.tsv", "lemma\tpos\ttype\nexpel\tVERB\t-\nexpulsion\tNOUN\t-\n")

    def test_documents_coded_again_stand_beside_what_was_said_before(self):
        news = self.news(30)
        self.ingest(news)
        before = self.ask("SELECT count(*) AS n FROM events WHERE type = 'SANCTION'")
        self.assertIn("30 were in the ledger already", self.ingest(news, "--recode").err, "the same engine has nothing to code again")
        over = self.without_expulsions()
        self.assertEqual(self.ingest(news, "--recode", "--predicates", over, "--batch", "7").code, 0)
        self.assertIn("30 were in the ledger already", self.ingest(news, "--recode", "--predicates", over).err)
        self.assertEqual(self.ask("SELECT count(*) AS n FROM documents"), "n\n30\n")
        self.assertEqual(self.ask("SELECT count(*) AS n FROM events WHERE type = 'SANCTION' OR modes = 'expel'"), "n\n0\n", "views show the latest run")
        self.assertEqual(self.ask("SELECT count(*) AS n FROM pairs WHERE type = 'SANCTION'"), "n\n0\n")
        self.assertEqual(self.ask("SELECT count(*) AS n FROM earlier_events WHERE type = 'SANCTION' AND run_id = 1"), before)
        told = self.run_program("diff", "l.db", "1", "2")
        self.assertEqual(told.code, 0, told.err)
        for part in ("30 documents coded by both, 30 of them differently", "KOR > CHN", "- SANCTION expel KOR", "South Korea expelled 2 Chinese diplomats"):
            self.assertIn(part, told.out)
        counted = json.loads(self.run_program("diff", "l.db", "1", "2", "--format", "json").out)
        self.assertEqual((counted["types"]["SANCTION"]["gone"], counted["types"]["SANCTION"]["after"]), (int(before.split()[1]), 0))

    def test_a_recoding_that_is_killed_goes_on_and_loses_nothing(self):
        news = self.news(3000)
        self.ingest(news)
        before = self.ask("SELECT count(*) AS n FROM coded_events WHERE type = 'SANCTION'")
        over = self.without_expulsions()
        for pause in (0.5, 0.8):
            child = subprocess.Popen([BINARY, "ingest", "l.db", news, "--recode", "--predicates", over, "--batch", "50", "-q"], cwd=self.folder)
            time.sleep(pause)
            os.kill(child.pid, signal.SIGKILL)
            child.wait()
        self.assertEqual(self.ingest(news, "--recode", "--predicates", over).code, 0)
        self.assertEqual(self.ask("SELECT count(*) AS n, count(DISTINCT doc_id) AS d FROM codings"), "n,d\n3000,3000\n")
        self.assertEqual(self.ask("SELECT count(*) AS n FROM events WHERE type = 'SANCTION'"), "n\n0\n")
        self.assertEqual(self.ask("SELECT count(*) AS n FROM earlier_events WHERE type = 'SANCTION'"), before)

    def test_runs_without_common_documents_are_one_line(self):
        self.ingest(self.news(1))
        self.assert_one_complaint(self.run_program("diff", "l.db", "1", "7"), "no run 7")
        other = self.write("other.jsonl", json.dumps({**RECORD, "id": "o", "text": "Japan expelled a Russian diplomat on Monday."}) + "\n")
        self.ingest(other)
        self.assert_one_complaint(self.run_program("diff", "l.db", "1", "2"), "no document was coded by both")

    def test_a_killed_run_goes_on_where_it_was(self):
        news = self.news(6000)
        self.ingest(news)
        content = "SELECT md5(string_agg(x, '|' ORDER BY x)) FROM (SELECT (d.id, e.type, e.actor, e.recipient, e.date)::VARCHAR AS x FROM coded_events e JOIN documents d USING (doc_id))"
        whole = self.ask(content)
        for pause in (0.5, 0.8, 1.1):
            child = subprocess.Popen([BINARY, "ingest", "k.db", news, "--batch", "50", "-q"], cwd=self.folder)
            time.sleep(pause)
            os.kill(child.pid, signal.SIGKILL)
            child.wait()
        self.assertEqual(self.run_program("ingest", "k.db", news).code, 0)
        self.assertEqual(self.ask(content, "k.db"), whole)
        self.assertEqual(self.ask("SELECT count(*) - count(DISTINCT digest) AS n FROM documents", "k.db"), "n\n0\n")

    def test_a_ledger_being_written_says_so(self):
        self.ingest(self.news(1))
        child = subprocess.Popen([BINARY, "ingest", "l.db", "-", "-q"], cwd=self.folder, stdin=subprocess.PIPE)
        time.sleep(1.5)
        outcome = self.run_program("query", "l.db", "SELECT 1")
        child.communicate(b"")
        self.assertEqual(outcome.code, 1)
        self.assert_one_complaint(outcome, "l.db", "another process", "is writing this ledger")

    def test_a_damaged_ledger_is_one_line(self):
        self.ingest(self.news(200))
        whole = (self.folder / "l.db").read_bytes()
        for name, content in (("cut.db", whole[:5000]), ("noise.db", b"\x07" * 20000), ("text.db", b"hello")):
            path = self.write(name, content)
            for outcome in (self.run_program("query", path, "SELECT count(*) FROM events"), self.run_program("ingest", "-q", path, "news.jsonl")):
                self.assertEqual(outcome.code, 1, name)
                self.assert_one_complaint(outcome, name)
            self.assertEqual((self.folder / name).read_bytes(), content, "a file that is no ledger was changed")

    def test_a_ledger_with_damage_inside_is_a_line_and_never_a_crash(self):
        self.ingest(self.news(3000))
        whole = (self.folder / "l.db").read_bytes()
        faults = 0
        for at in range(20000, len(whole), max(1, len(whole) // 12)):
            path = self.write("hurt.db", whole[:at] + bytes(byte ^ 0xFF for byte in whole[at:at + 64]) + whole[at + 64:])
            for sql in ("SELECT count(*), max(evidence), min(title) FROM events", "SELECT max(hashes) FROM sketches"):
                outcome = self.run_program("query", path, sql)
                self.assertIn(outcome.code, (0, 1))
                if outcome.code == 1:
                    faults += 1
                    self.assert_one_complaint(outcome, "hurt.db")
        self.assertGreater(faults, 0, "the damage was never met")

    def test_a_full_disk_stops_ingestion_and_keeps_the_batches_before(self):
        news = self.news(6000)
        self.ingest(news, "--batch", "500")
        room = (self.folder / "l.db").stat().st_size // 3
        full = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
        done = subprocess.run([BINARY, "ingest", "f.db", news, "--batch", "500", "-q"], cwd=self.folder, capture_output=True, text=True, preexec_fn=full)
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertIn("f.db", done.stderr)
        kept = int(self.ask("SELECT count(*) AS n FROM documents", "f.db").split()[1])
        self.assertEqual(kept % 500, 0, "whole batches")
        self.assertEqual(self.run_program("ingest", "f.db", news, "-q").code, 0)
        self.assertEqual(self.ask("SELECT count(*) AS n, count(DISTINCT digest) AS d FROM documents", "f.db"), "n,d\n6000,6000\n")

    def test_a_read_only_ledger_can_be_asked_and_not_written(self):
        news = self.news(1)
        self.ingest(news)
        events = self.write("e.csv", "date,actor,recipient,code\n2018-06-01,KOR,CHN,190\n")
        (self.folder / "l.db").chmod(0o444)
        self.folder.chmod(0o555)
        self.addCleanup(self.folder.chmod, 0o755)
        def as_nobody():
            if os.geteuid() == 0:
                os.setgid(65534), os.setuid(65534)
        def run(*arguments):
            return subprocess.run([BINARY, *arguments], cwd=self.folder, capture_output=True, text=True, preexec_fn=as_nobody)
        whole = (self.folder / "l.db").read_bytes()
        for command in (["ingest", "l.db", news, "-q"], ["import", "l.db", events]):
            done = run(*command)
            self.assertEqual(done.returncode, 1, done.stderr)
            self.assertIn("l.db", done.stderr)
            self.assertEqual(len(done.stderr.splitlines()), 1, done.stderr)
        self.assertEqual(run("query", "l.db", "SELECT 1 AS x", "--format", "csv").stdout, "x\n1\n")
        self.assertEqual((self.folder / "l.db").read_bytes(), whole)

    def test_a_second_writer_is_told_who_writes(self):
        news = self.news(1)
        self.ingest(news)
        events = self.write("e.csv", "date,actor,recipient,code\n2018-06-01,KOR,CHN,190\n")
        child = subprocess.Popen([BINARY, "ingest", "l.db", "-", "-q"], cwd=self.folder, stdin=subprocess.PIPE, stderr=subprocess.DEVNULL)
        time.sleep(1.5)
        outcomes = [self.run_program(*command) for command in (["ingest", "l.db", news, "-q"], ["import", "l.db", events], ["export", "l.db", "--to", "csv"])]
        child.communicate(b"")
        for outcome in outcomes:
            self.assertEqual(outcome.code, 1)
            self.assert_one_complaint(outcome, "l.db", "another process", f"PID {child.pid}")

    def test_wrong_sql_and_missing_ledgers_are_one_line(self):
        self.ingest(self.news(1))
        self.assert_one_complaint(self.run_program("query", "l.db", "SELECT nothing FROM nowhere"), "nowhere")
        self.assert_one_complaint(self.run_program("query", "absent.db", "SELECT 1"), "absent.db", "no such ledger")
        self.assertFalse((self.folder / "absent.db").exists())


if __name__ == "__main__":
    unittest.main()
