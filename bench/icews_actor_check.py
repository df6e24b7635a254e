#!/usr/bin/env python3
"""Do we know the actors of ICEWS? The 1,000 most frequent actor strings of 2014 and of 2018, asked of `legation kb find --list` for the
middle of that year. ICEWS is a check, never a source.

    bench/icews_actor_check.py [--misses] [--sample 100] [--legation build/release/src/cli/legation]

Strings with a state in brackets ("Police (India)"): right country, and a sector that fits the words before the bracket (FITTING below).
Other strings (persons, organisations, states): how many resolve to an entity with a country, and, where the raw sample of 2018 tells the
country of the string, to the same. --sample prints that many of the others, drawn with a fixed seed, to be checked by eye.
"""
import argparse
import collections
import json
import lzma
import pathlib
import random
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[1]
EVENTS = ROOT.parent / "shared/data/events"
# ICEWS's names of states that are not those of states.tsv. Written from the codebook's list, not from our tables of names.
STATES = {"Palestinian Territory, Occupied": "PSE", "Occupied Palestinian Territory": "PSE", "Democratic Republic of Congo": "COD",
          "Republic of the Congo": "COG", "Congo": "COG", "Cote d'Ivoire": "CIV", "Ivory Coast": "CIV", "Burma": "MMR", "Macedonia": "MKD",
          "Republic of Ireland": "IRL", "Vatican": "VAT", "Czech Republic": "CZE", "Swaziland": "SWZ", "East Timor": "TLS",
          "Kashmir": "IND", "South Sudan": "SSD", "Gambia": "GMB", "Bosnia": "BIH", "Korea": "KOR", "Viet Nam": "VNM",
          "Lao People's Democratic Republic": "LAO", "Libyan Arab Jamahiriya": "LBY", "Russian Federation": "RUS",
          "Syrian Arab Republic": "SYR", "Trinidad And Tobago": "TTO", "Bosnia and Herzegovina": "BIH", "Northern Ireland": "GBR",
          "England": "GBR", "Scotland": "GBR", "Wales": "GBR"}
# Brackets that name no state: regions, groups, parties. Nothing is asked of them.
NO_STATE = {"Africa", "International", "Europe", "Taliban", "Asia", "Middle East", "Islamic State of Iraq and the Levant", "Boko Haram",
            "Al-Shabaab", "Hamas", "Hezbollah", "Arab", "Kurdish"}
# Words before the bracket -> sectors that fit. The first pattern that is found counts.
FITTING = [
    (r"Ministry|Cabinet", "GOV"),
    (r"Candidate", "PTY OPP ELI GOV"),
    (r"Human Rights Commission", "GOV SOC"),
    (r"Citizen|\bMen\b|Women|Children|Villager|Population|Civilian|Immigrant|Refugee|Indigenous|Ethnic|\bResident|Tourist|Displaced|"
     r"Youth|Muslim|Hindu|Christian|Tribal|People$|Human Rights|Activist|Protester|Mob\b|Demonstrator|Rioter|Rights",
     "CVL REF SOC OPP REL UNK"),
    (r"Police|Gendarm|Law Enforcement|Prison", "COP"),
    (r"Main Opposition|Opposition", "OPP PTY"),
    (r"Legislat|Parliament|Senat|Lawmaker|Congress\b|House of|Representatives|Assembly|Deputies|Lower House|Upper House", "LEG PTY GOV"),
    (r"Party|Parties", "PTY OPP GOV LEG"),
    (r"Judge|Judiciary|Court|Lawyer|Attorney|Prosecut|Judicial|Magistrate|Tribunal|Justice", "JUD GOV SOC"),
    (r"Election Commission|Electoral", "GOV"),
    (r"Military|Army|Navy|Air Force|Armed Forces|Soldier|Marine|Defen[cs]e|Troops|National Guard|Coast Guard|Naval|Reserve", "MIL GOV COP"),
    (r"Rebel|Insurgent|Militant|Separatist|Guerrilla|Combatant|Militia|Paramilitar|Terrorist|Extremist|Armed (Gang|Band|Opposition|Group)|"
     r"Gunman|Attacker|Fighter|Bomber", "REB UAF PRM CRM MIL"),
    (r"Criminal|Thief|Drug|Kidnap|Gang|Murderer|Hacker|Smuggl|Traffick|Pirate|Suspect|Detainee|Inmate|Prisoner", "CRM UAF CVL UNK"),
    (r"Intelligence|Spy|Secret (Service|Agent)|Security (Agency|Service)", "SPY GOV COP MIL"),
    (r"Media|Journalist|News|Radio|Newspaper|Television|Broadcast|Press", "JRN"),
    (r"Medical|Doctor|Nurse|Hospital|Health(?!.*Minist)", "MED GOV"),
    (r"Education$", "EDU GOV"),
    (r"Student|Education|Universit|School|Scholar|Teacher|Professor|Academic|Scientist|Research", "EDU"),
    (r"Labor|Union|Worker|Employee|Strike|Engineer", "LAB BUS AGR CVL EDU"),
    (r"Farm|Agricultur|Fisher|Peasant", "AGR LAB GOV"),
    (r"Business|Compan|Corporat|Industry|Bank|Trade(?!.*Minist)|Owner|Manufactur|Investor|Executive(?! Office)", "BUS GOV LAB"),
    (r"Bishop|Clergy|Cleric|Church|Relig|Imam|Mosque|Monk|Priest|Preacher", "REL"),
    (r"Non-?governmental|NGO|Association|Foundation|Civic|Think Tank|Charit|Advoca", "SOC NGO BUS CVL"),
    (r"Former|Elite|Ex-", "ELI GOV"),
    (r".", "GOV ELI LEG MIL COP"),
]


def read_states():
    states = dict(STATES)
    for line in (ROOT / "data/entities/states.tsv").read_text(encoding="utf-8").splitlines():
        cells = line.split("\t")
        if len(cells) > 3 and cells[0] != "code":
            states.setdefault(cells[1], cells[3] or cells[0])
    return states


def most_frequent(year, count):
    seen = collections.Counter()
    with lzma.open(EVENTS / f"icews{year % 100}.tsv.xz", "rt", encoding="utf-8") as rows:
        next(rows)
        for row in rows:
            cells = row.rstrip("\n").split("\t")
            seen.update((cells[1], cells[3]))
    return [name for name, _ in seen.most_common(count)]


def countries_of_sample(states):
    """String -> the country that ICEWS gives it, where it always gives the same."""
    told = collections.defaultdict(set)
    with lzma.open(EVENTS / "icews_events.2018.sample.tab.xz", "rt", encoding="utf-8") as rows:
        header = next(rows).rstrip("\n").split("\t")
        for row in rows:
            cells = dict(zip(header, row.rstrip("\n").split("\t")))
            for side in ("Source", "Target"):
                name, country = cells.get(f"{side} Name", ""), cells.get(f"{side} Country", "")
                if name and country in states:
                    told[name].add(states[country])
    return {name: codes.pop() for name, codes in told.items() if len(codes) == 1}


def ask(program, names, day):
    lines = "".join(f"{name}\t{day}\n" for name in names)
    done = subprocess.run([program, "kb", "find", "--list", "-"], input=lines.encode(), stdout=subprocess.PIPE, check=True)
    return [json.loads(line)["candidates"] for line in done.stdout.splitlines()]


def fitting(words):
    return set(next(sectors for pattern, sectors in FITTING if re.search(pattern, words, re.I)).split())


def check_brackets(names, answers, states):
    country = sector = total = 0
    misses = []
    for name, candidates in zip(names, answers):
        words, inside = re.fullmatch(r"(.*) \(([^()]*)\)", name).groups()
        if inside in NO_STATE:
            continue
        if inside not in states:
            misses.append(f"no state known: {name}")
            continue
        total += 1
        first = candidates[0] if candidates else {}
        country += first.get("code") == states[inside]
        fits = bool(fitting(words) & {first.get("sector"), *first.get("other_sectors", [])})
        sector += fits
        if first.get("code") != states[inside] or not fits:
            misses.append(f"{name}: {first.get('code')} {first.get('sector')} ({first.get('reason', 'nothing found')})")
    return total, country, sector, misses


def check_others(names, answers, told):
    found, same, known, misses = 0, 0, 0, []
    for name, candidates in zip(names, answers):
        first = candidates[0] if candidates else {}
        found += bool(first.get("code")) or first.get("kind") == "vague"
        if name in told:
            known += 1
            right = told[name] in (first.get("code"), first.get("nationality"))
            same += right
        if not first or (name in told and not right):
            misses.append(f"{name}: {first.get('code')} for {told.get(name, '?')} ({first.get('reason', 'nothing found')})")
    return found, same, known, misses


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--legation", default=str(ROOT / "build/release/src/cli/legation"))
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--sample", type=int, default=0)
    args = parser.parse_args()
    if not EVENTS.exists():
        sys.exit(f"{EVENTS} is not there: nothing is measured")
    states = read_states()
    told = countries_of_sample(states)
    sample = []
    for year in (2014, 2018):
        names = most_frequent(year, args.count)
        answers = dict(zip(names, ask(args.legation, names, f"{year}-07-01")))
        brackets = [name for name in names if name.endswith(")") and " (" in name]
        others = [name for name in names if name not in set(brackets)]
        total, country, sector, misses = check_brackets(brackets, [answers[name] for name in brackets], states)
        print(f"{year} with a state: {total}; country {country / total:.1%}, fitting sector {sector / total:.1%}")
        found, same, known, more = check_others(others, [answers[name] for name in others], told)
        print(f"{year} others: {len(others)}; resolved {found / len(others):.1%}; of the {known} whose country ICEWS tells {same / known:.1%} the same")
        for miss in misses + more if args.misses else []:
            print(f"  {miss}")
        sample += [(year, name) for name in others]
    for year, name in random.Random(4).sample(sample, args.sample):
        first = ask(args.legation, [name], f"{year}-07-01")[0][:1]
        print(year, name, "|", "; ".join(f"{c.get('code')} {c.get('sector', '')} {c.get('name', '')}, {c.get('role', '')}" for c in first) or "-")


if __name__ == "__main__":
    main()
