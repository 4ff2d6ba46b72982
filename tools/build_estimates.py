"""Estimate gravity for a packaged world and keep the estimates in its folder `gravity`.

    python tools/build_estimates.py WORLD_DIR

Run it after flows, tariffs, geography, agreements or sector groups of the world have changed, or the method has: the
product notices by itself that kept estimates do not fit and estimates anew, which takes a quarter of a minute.
"""

import sys
from pathlib import Path

from isthmus.frictions.gravity import estimate
from isthmus.frictions.observed import include_tariff
from isthmus.readers.estimates import FOLDER, inputs_digest, store_estimates
from isthmus.readers.geography import read_geography, read_sector_groups
from isthmus.readers.history import read_history
from isthmus.readers.world import read_world


def main(folder: Path) -> None:
    """Write WORLD_DIR/gravity."""
    world = read_world(folder)
    history = include_tariff(read_history(folder, world), world.tariff_rate)
    geography = read_geography(folder, history.years)
    groups = read_sector_groups(folder, history.sectors, world.goods)
    store_estimates(estimate(history, geography, groups), folder / FOLDER, inputs_digest(folder))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
