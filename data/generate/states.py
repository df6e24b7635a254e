#!/usr/bin/env python3
"""Makes data/entities/states.tsv and state_names.tsv.

    npm pack world-countries@5.1.0 && tar xzf world-countries-5.1.0.tgz      # gives package/
    data/generate/states.py --world-countries package/countries.json [--out data/entities]

States, official names and alpha-3 codes come from ISO 3166 (Debian iso-codes); capitals, other spellings and
demonyms from world-countries. What these lack, or say otherwise than the news does, stands in
state_names_extra.tsv, which is written by hand and loaded beside this file: never mend the generated one.
"""
import argparse
import json
import pathlib
import re

ISO = "ISO 3166 (iso-codes 4.15)"
WORLD = "world-countries 5.1.0 (npm)"
MANUAL = "PLOVER manual"

# Which country stands for a territory: the PLOVER manual's list.
TERRITORIES = dict(
    AIA="GBR", ALA="FIN", ASM="USA", ABW="NLD", ATF="FRA", BES="NLD", BLM="FRA", BMU="GBR", BVT="NOR", CCK="AUS",
    COK="NZL", CUW="NLD", CXR="AUS", CYM="GBR", FLK="GBR", FRO="DNK", GGY="GBR", GIB="GBR", GLP="FRA", GRL="DNK",
    GUF="FRA", GUM="USA", HMD="AUS", IMN="GBR", IOT="GBR", JEY="GBR", MAC="CHN", MAF="FRA", MNP="USA", MSR="GBR",
    MTQ="FRA", MYT="FRA", NCL="FRA", NFK="AUS", NIU="NZL", PCN="GBR", PRI="USA", PYF="FRA", REU="FRA", SGS="GBR",
    SHN="GBR", SJM="NOR", SPM="FRA", SXM="NLD", TCA="GBR", TKL="NZL", UMI="USA", VGB="GBR", VIR="USA", WLF="FRA")
OWN_CODE = {"HKG", "PSE", "ATA"}          # territories that PLOVER keeps apart
INTERNATIONAL = [("UNO", "United Nations"), ("EUR", "European Union"), ("IGO", "international governmental organisation"),
                 ("NGO", "non-governmental organisation"), ("ISM", "international social movement"),
                 ("IMG", "transnational armed group"), ("MNC", "multinational company")]
DISPUTED = [("x-abkhazia", "Abkhazia", "GEO"), ("x-south-ossetia", "South Ossetia", "GEO"),
            ("x-luhansk", "Luhansk People's Republic", "UKR"), ("x-donetsk", "Donetsk People's Republic", "UKR"),
            ("x-nagorno-karabakh", "Nagorno-Karabakh", "AZE"), ("x-northern-cyprus", "Northern Cyprus", "CYP"),
            ("x-transnistria", "Transnistria", "MDA"), ("x-somaliland", "Somaliland", "SOM"),
            ("ESH", "Western Sahara", "MAR")]
FORMER = [("x-soviet-union", "Soviet Union", "RUS"), ("x-yugoslavia", "Yugoslavia", "SRB"),
          ("x-serbia-and-montenegro", "Serbia and Montenegro", "SRB"), ("x-czechoslovakia", "Czechoslovakia", "CZE"),
          ("x-east-germany", "East Germany", "DEU"), ("x-west-germany", "West Germany", "DEU"),
          ("x-south-vietnam", "South Vietnam", "VNM"), ("x-north-vietnam", "North Vietnam", "VNM"),
          ("x-north-yemen", "North Yemen", "YEM"), ("x-south-yemen", "South Yemen", "YEM"),
          ("x-netherlands-antilles", "Netherlands Antilles", "NLD")]

# The name the news uses, where the sources' first name is another one.
COMMON = dict(TUR="Turkey", CPV="Cape Verde", CZE="Czech Republic", COD="Democratic Republic of the Congo", VAT="Vatican",
              MAC="Macau", FLK="Falkland Islands", SGS="South Georgia and the South Sandwich Islands", KOS="Kosovo",
              TLS="East Timor", CIV="Ivory Coast", ATF="French Southern Territories", SHN="Saint Helena",
              VIR="US Virgin Islands", VGB="British Virgin Islands", BES="Caribbean Netherlands")
# Demonyms of the source that are dated, wrong, or shared with a better known country.
NO_DEMONYM = {"ATA", "ATF", "ATG", "BES", "BIH", "BVT", "BWA", "CPV", "DJI", "DMA", "DOM", "ECU", "GGY", "GIB", "GNB",
              "GUF", "HKG", "HMD", "IOT", "ISL", "JEY", "KGZ", "KIR", "KNA", "KOS", "LIE", "LSO", "LUX", "MDV", "MKD",
              "MNP", "NZL", "PHL", "SAU", "SGS", "SJM", "SPM", "SUR", "TJK", "TKM", "TTO", "UMI", "USA", "VAT", "VCT",
              "VGB", "VIR", "VUT", "COG", "COM", "LAO", "SVN", "UZB", "KAZ", "CUW", "WLF", "BHS", "SWZ", "SMR", "SXM",
              "MAF", "BLM", "PCN", "TCA", "FLK", "CCK", "CXR", "NFK", "COK", "SLB", "NIU", "ALA", "MSR", "STP"}
# Capitals that are also the country's own name, stand for somebody else, or are written otherwise in the news.
NO_CAPITAL = {"BEL", "GLP", "SGP", "MCO", "LUX", "DJI", "GIB", "HKG", "VAT", "SMR", "USA", "ZAF", "BES", "MNG", "MMR", "NLD", "PSE",
              "KIR", "GRD", "JAM", "GUY", "BOL", "ATG", "SHN", "CYM", "NFK", "IOT", "SWZ", "MSR", "SPM", "REU", "CCK",
              "AIA", "SYC", "BMU", "FLK", "VUT_"}


def demonym_plural(adjective):
    """'Iranian' -> 'Iranians'; None where English has no regular plural ('Chinese', 'British')."""
    if re.search(r"(ese|ish|ch|sh|ss|ois)$", adjective):
        return None
    return adjective + "s"


def ascii_name(name):
    return all(ord(c) < 0x250 for c in name) and not re.search(r"[ʁɛʻ‘ʾḗṯṬ]", name)


def read_world(path):
    world = {}
    for entry in json.loads(path.read_text(encoding="utf-8")):
        code = "KOS" if entry["cca3"] in ("UNK", "XKX") else entry["cca3"]
        world[code] = entry
    return world


def state_rows(world, iso):
    rows = []
    for code in sorted(set(iso) | {"KOS"}):
        if code == "ESH":
            continue                                  # below, with the disputed
        name = COMMON.get(code) or world[code]["name"]["common"]
        if code in TERRITORIES:
            rows.append((code, name, "territory", TERRITORIES[code], "", ISO))
        elif code in OWN_CODE:
            rows.append((code, name, "territory", "", "", MANUAL))
        else:
            rows.append((code, name, "state", "", "", MANUAL if code == "KOS" else ISO))
    rows += [(code, name, "international", "", "", MANUAL) for code, name in INTERNATIONAL]
    rows += [(code, name, "disputed", claimant, "PRE", MANUAL) for code, name, claimant in DISPUTED]
    rows += [(code, name, "former", heir, "", "public record") for code, name, heir in FORMER]
    return rows


def names_of(code, world, iso):
    """(alias, kind, source) of one country."""
    entry, found = world.get(code), []
    if code in iso:
        record = iso[code]
        for key in ("common_name", "name", "official_name"):
            value = record.get(key)
            if value and "," not in value and "(" not in value:
                found.append((value.removeprefix("the "), "name", ISO))
    if not entry:
        return found
    for value in (entry["name"]["common"], entry["name"]["official"]):
        if "," not in value and "(" not in value:
            found.append((value, "name", WORLD))
    if code not in NO_CAPITAL and entry["capital"]:
        found.append((entry["capital"][0].removeprefix("City of "), "capital", WORLD))
    adjective = entry["demonyms"].get("eng", {}).get("m", "")
    if adjective and code not in NO_DEMONYM:
        found.append((adjective, "adjective", WORLD))
        if demonym_plural(adjective):
            found.append((demonym_plural(adjective), "people", WORLD))
    return found


def name_rows(states, world, iso, by_hand):
    rows, seen = [], set()
    for code, name, kind, _heir, _sector, source in states:
        candidates = [(name, "name", source)]
        if kind in ("state", "territory") or code == "ESH":
            candidates += names_of(code, world, iso)
        for alias, alias_kind, alias_source in candidates:
            alias = alias.replace("’", "'").strip()
            if alias in seen or alias in by_hand or kind == "international" and code not in ("UNO", "EUR"):
                continue
            seen.add(alias)
            rows.append((code, alias, alias_kind, "", "", "", alias_source))
    return rows


def write(path, header, rows, comment):
    with path.open("w", encoding="utf-8") as out:
        out.write(f"# {comment}\n" + "\t".join(header) + "\n")
        out.writelines("\t".join(row) + "\n" for row in rows)
    print(f"{path}: {len(rows)} rows")


def aliases_by_hand(path):
    if not path.exists():
        return set()
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    return {line.split("\t")[1] for line in lines[1:]}


def main():
    here = pathlib.Path(__file__).resolve().parent
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--world-countries", type=pathlib.Path, required=True)
    parser.add_argument("--iso-codes", type=pathlib.Path, default=pathlib.Path("/usr/share/iso-codes/json/iso_3166-1.json"))
    parser.add_argument("--out", type=pathlib.Path, default=here.parent / "entities")
    args = parser.parse_args()
    world = read_world(args.world_countries)
    iso = {e["alpha_3"]: e for e in json.loads(args.iso_codes.read_text(encoding="utf-8"))["3166-1"]}
    states = state_rows(world, iso)
    made = "Made by data/generate/states.py: do not edit."
    write(args.out / "states.tsv", ("code", "name", "kind", "folds_into", "sector", "source"), states, made)
    names = name_rows(states, world, iso, aliases_by_hand(args.out / "state_names_extra.tsv"))
    write(args.out / "state_names.tsv", ("code", "alias", "kind", "sector", "from", "to", "source"), names,
          made + " Additions belong into state_names_extra.tsv.")


if __name__ == "__main__":
    main()
