#!/usr/bin/env python3
"""Makes data/lang/irregular_verbs.tsv: past tenses and participles that no spelling rule leads back to their verb.

    apt-get download wordnet-base && dpkg-deb -x wordnet-base_*.deb wn
    data/generate/irregular_verbs.py wn/usr/share/wordnet [--out data/lang]
"""
import argparse
import pathlib
import re

# Two verbs of WordNet have the same past; the one that news uses. "" = a verb of its own.
BY_HAND = {"axed": "axe", "axing": "axe", "rent": ""}


def read_verbs(path: pathlib.Path) -> set[str]:
    return {line.split()[0] for line in path.read_text().splitlines() if not line.startswith("  ")}


def read_exceptions(path: pathlib.Path, verbs: set[str]) -> dict[str, str]:
    """form -> verb, the first where WordNet has several; without those that are regular of another spelling ("installed": instal, install)."""
    rows = (line.split() for line in path.read_text().splitlines())
    return {form: lemmas[0] for form, *lemmas in rows
            if re.fullmatch("[a-z]+", form) and form != lemmas[0] and not (form.endswith(("ed", "ing")) and re.sub("(ed|ing)$", "", form) in verbs)}


def main() -> None:
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("wordnet", type=pathlib.Path)
    args.add_argument("--out", type=pathlib.Path, default=pathlib.Path(__file__).resolve().parents[1] / "lang")
    o = args.parse_args()
    rows = read_exceptions(o.wordnet / "verb.exc", read_verbs(o.wordnet / "index.verb")) | BY_HAND
    head = ("# Verb of a past tense or participle that is not formed by rule. Source: WordNet 3.0 (Debian wordnet-base), its\n"
            "# exceptions of one word; WordNet licence; made by data/generate/irregular_verbs.py.\nform\tlemma\n")
    (o.out / "irregular_verbs.tsv").write_text(head + "".join(f"{form}\t{verb}\n" for form, verb in sorted(rows.items()) if verb))


if __name__ == "__main__":
    main()
