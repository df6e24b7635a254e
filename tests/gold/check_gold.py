#!/usr/bin/env python3
"""Checks the gold annotation of the samples, and fills in offsets.

    check_gold.py [--samples DIR] [--fill] [--stats] [GOLD.json ...]

Without names all of tests/gold/samples/*.json are checked. For each file: the document exists; types, modes, contexts,
auxiliary modes and sectors stand in data/ontology; every sentence occurs in its document; every trigger lies in its
sentence and equals the text at its offsets (code points, from the start of the text, or of the title with in_title);
actors, speakers and quantities are words of the document; dates are dates.

--fill   first writes begin and end into triggers and mentions where they are null, wherever the trigger's words stand
         exactly once in the sentence.
--stats  adds counts by type and auxiliary mode.

Exit status 1 when anything is wrong; each fault is one line naming file and entry.
"""
import argparse
import collections
import csv
import datetime
import html.parser
import json
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
GRANULARITIES = {"day", "week", "month", "season", "year", "decade", "era"}
BASES = {"expression", "dateline", "publication", "assumption"}
NEEDS_RECIPIENT = {"COOPERATE", "AID", "SANCTION"}
# Section 2 of the codebook: with these types "future" never stands, a single type says it.
NEVER_FUTURE = {"CONSULT", "SUPPORT", "COOPERATE", "AID", "RETREAT", "CONCEDE", "AGREE"}


def table(name, *columns):
    with open(ROOT / "data" / "ontology" / name, encoding="utf-8", newline="") as file:
        rows = csv.DictReader((line for line in file if not line.startswith("#")), delimiter="\t", quoting=csv.QUOTE_NONE)
        return {tuple(row[c] for c in columns) if len(columns) > 1 else row[columns[0]] for row in rows}


class ArticleText(html.parser.HTMLParser):
    """Title (h1) and paragraphs of the <article> (or the whole body) of a sample page; paragraphs joined by an empty line."""

    BLOCKS = {"p", "h1", "h2", "h3", "li", "blockquote"}
    SKIP = {"script", "style", "nav", "footer", "aside", "figure", "figcaption", "header", "form", "button"}

    def __init__(self, page):
        super().__init__(convert_charrefs=True)
        self.whole = "<article" not in page
        self.in_article, self.skip, self.block, self.words = 0, 0, None, []
        self.title, self.paragraphs = "", []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        if tag == "article":
            self.in_article += 1
        if tag in self.SKIP and not (tag == "header" and self.in_article):
            self.skip += 1
        by_class = dict(attrs).get("class") or ""
        if tag in self.BLOCKS and (self.in_article or self.whole and tag in ("p", "h1")) and not self.skip and "byline" not in by_class:
            self.block, self.words = tag, []

    def handle_data(self, data):
        if self.block and not self.skip:
            self.words.append(data)

    def handle_endtag(self, tag):
        if tag == "article":
            self.in_article -= 1
        if tag in self.SKIP and self.skip and not (tag == "header" and self.in_article):
            self.skip -= 1
        if tag == self.block:
            words = " ".join("".join(self.words).split())
            if tag == "h1":
                self.title = words
            elif words:
                self.paragraphs.append(words)
            self.block = None

    def text(self):
        return "\n\n".join(self.paragraphs)


def read_documents(folder):
    """id -> (title, text) of all samples."""
    documents = {}
    for path in sorted(folder.iterdir()):
        if path.suffix == ".txt":
            title, _, text = path.read_text(encoding="utf-8").partition("\n\n")
            documents[path.stem] = (title.strip(), text.rstrip("\n"))
        elif path.suffix in (".html", ".htm"):
            page = ArticleText(path.read_text(encoding="utf-8"))
            documents[path.stem] = (page.title, page.text())
        elif path.suffix == ".jsonl":
            for line in path.read_text(encoding="utf-8").splitlines():
                record = json.loads(line)
                documents[record["id"]] = (record["title"], record["text"])
    return documents


class Checker:
    def __init__(self, documents):
        self.documents = documents
        self.types = table("types.tsv", "type")
        self.modes = table("modes.tsv", "type", "mode")
        self.contexts = table("contexts.tsv", "context")
        self.sectors = table("sectors.tsv", "sector")
        self.auxiliary = table("auxiliary_modes.tsv", "auxiliary_mode")
        self.faults = []
        self.counts = collections.Counter()

    def fault(self, where, words):
        self.faults.append(f"{where}: {words}")

    def check_file(self, path, fill):
        gold = json.loads(path.read_text(encoding="utf-8"))
        where = path.name
        if gold.get("id") != path.stem:
            self.fault(where, f"id is {gold.get('id')!r}, file name says {path.stem!r}")
        if gold.get("id") not in self.documents:
            return self.fault(where, "no such document among the samples")
        self.check_day(where, gold.get("published"))
        title, text = self.documents[gold["id"]]
        if fill and self.fill(gold, title, text):
            path.write_text(json.dumps(gold, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        for number, event in enumerate(gold["events"], 1):
            self.check_event(f"{where}: event {number}", event, title, text)
        for number, claim in enumerate(gold["claims"], 1):
            self.check_claim(f"{where}: claim {number}", claim, title, text)

    def fill(self, gold, title, text):
        changed = False
        for event in gold["events"]:
            for trigger in [event["trigger"], *event.get("mentions", [])]:
                if trigger.get("begin") is not None:
                    continue
                part = title if trigger.get("in_title") else text
                sentence = event["sentence"] if trigger is event["trigger"] else trigger.get("sentence", part)
                at = part.find(sentence)
                if at < 0 or sentence.count(trigger["text"]) != 1:
                    continue
                trigger["begin"] = at + sentence.index(trigger["text"])
                trigger["end"] = trigger["begin"] + len(trigger["text"])
                changed = True
        return changed

    def check_event(self, where, event, title, text):
        kind = event["type"]
        where = f"{where} ({kind} {event['trigger'].get('text')!r})"
        if kind not in self.types:
            self.fault(where, "unknown type")
        for mode in event["modes"]:
            if (kind, mode) not in self.modes:
                self.fault(where, f"no mode {mode!r} of this type")
        for context in event["contexts"]:
            if context not in self.contexts:
                self.fault(where, f"unknown context {context!r}")
        for flag in event["auxiliary"]:
            if flag not in self.auxiliary:
                self.fault(where, f"unknown auxiliary mode {flag!r}")
        if kind in NEVER_FUTURE and "future" in event["auxiliary"]:
            self.fault(where, "type with future: a single type covers it")
        if not event["actors"]:
            self.fault(where, "no actor")
        if kind in NEEDS_RECIPIENT and not event["recipients"]:
            self.fault(where, "type needs a recipient")
        for actor in event["actors"] + event["recipients"]:
            self.check_actor(where, actor, title, text)
        self.check_date(where, event["date"])
        self.check_attribution(where, event["attribution"], title, text)
        self.check_trigger(where, event["trigger"], event["sentence"], title, text)
        for mention in event.get("mentions", []):
            self.check_trigger(where, mention, mention.get("sentence"), title, text)
        for quantity in event.get("quantities", []):
            self.check_quantity(where, quantity, title, text)
        self.counts[kind] += 1
        self.counts.update(event["auxiliary"])

    def check_claim(self, where, claim, title, text):
        where = f"{where} ({claim['property']})"
        for actor in claim["subjects"] + claim["objects"]:
            self.check_actor(where, actor, title, text)
        if claim.get("quantity"):
            self.check_quantity(where, claim["quantity"], title, text)
        if claim.get("date"):
            self.check_date(where, claim["date"])
        self.check_attribution(where, claim["attribution"], title, text)
        if claim["sentence"] not in text and claim["sentence"] != title:
            self.fault(where, "sentence is not in the document")
        self.counts["claims"] += 1

    def check_actor(self, where, actor, title, text):
        if actor["code"] and not re.fullmatch("[A-Z]{3}", actor["code"]):
            self.fault(where, f"code {actor['code']!r} is not three letters")
        if actor["sector"] and actor["sector"] not in self.sectors:
            self.fault(where, f"unknown sector {actor['sector']!r}")
        if actor["text"] not in text and actor["text"] not in title:
            self.fault(where, f"actor {actor['text']!r} is not in the document")

    def check_attribution(self, where, attribution, title, text):
        for link in attribution:
            self.check_actor(where, link, title, text)
            if not link["verb"] or not isinstance(link["direct"], bool) or not isinstance(link["hedged"], bool):
                self.fault(where, f"attribution to {link['text']!r} is incomplete")

    def check_trigger(self, where, trigger, sentence, title, text):
        part = title if trigger.get("in_title") else text
        begin, end = trigger.get("begin"), trigger.get("end")
        if begin is None or end is None:
            return self.fault(where, f"trigger {trigger['text']!r} has no offsets")
        if part[begin:end] != trigger["text"]:
            self.fault(where, f"trigger {trigger['text']!r}: the text at {begin} is {part[begin:end]!r}")
        if sentence is None:
            return
        at = part.find(sentence)
        if at < 0:
            self.fault(where, f"sentence is not in the document: {sentence[:60]!r}")
        elif not any(m.start() <= begin and end <= m.end() for m in re.finditer(re.escape(sentence), part)):
            self.fault(where, f"trigger {trigger['text']!r} is outside its sentence")

    def check_quantity(self, where, quantity, title, text):
        if not isinstance(quantity["value"], (int, float)):
            self.fault(where, f"quantity value {quantity['value']!r} is no number")
        if quantity["text"] not in text and quantity["text"] not in title:
            self.fault(where, f"quantity {quantity['text']!r} is not in the document")

    def check_date(self, where, date):
        begin, end = self.check_day(where, date["begin"]), self.check_day(where, date["end"])
        if begin and end and begin > end:
            self.fault(where, "date ends before it begins")
        if date["granularity"] not in GRANULARITIES or date["basis"] not in BASES:
            self.fault(where, f"date granularity or basis unknown: {date}")

    def check_day(self, where, day):
        try:
            return datetime.date.fromisoformat(day)
        except (TypeError, ValueError):
            self.fault(where, f"{day!r} is no date")


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("gold", nargs="*", type=pathlib.Path)
    arguments.add_argument("--samples", type=pathlib.Path, default=ROOT / "samples")
    arguments.add_argument("--fill", action="store_true")
    arguments.add_argument("--stats", action="store_true")
    options = arguments.parse_args()
    checker = Checker(read_documents(options.samples))
    paths = options.gold or sorted((ROOT / "tests/gold/samples").glob("*.json"))
    for path in paths:
        try:
            checker.check_file(path, options.fill)
        except (KeyError, TypeError, json.JSONDecodeError) as error:
            checker.fault(path.name, f"malformed: {type(error).__name__} {error}")
    if not options.gold:
        for name in sorted(set(checker.documents) - {p.stem for p in paths}):
            checker.fault(name, "sample without gold")
    for line in checker.faults:
        print(line)
    events = sum(checker.counts[t] for t in checker.types)
    print(f"{len(paths)} gold files, {events} events, {checker.counts['claims']} claims, {len(checker.faults)} faults")
    if options.stats:
        for key, count in sorted(checker.counts.items()):
            print(f"{count:6}  {key}")
    return 1 if checker.faults else 0


if __name__ == "__main__":
    sys.exit(main())
