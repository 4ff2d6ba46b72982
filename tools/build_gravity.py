"""Estimate gravity for every year of the packaged world and store it beside the world. Run after its inputs change."""

from isthmus.border.gravity import estimate
from isthmus.border.observed import include_tariff
from isthmus.readers.worlds.estimates import FOLDER, inputs_digest, store_estimates
from isthmus.readers.worlds.geography import read_geography, read_sector_groups
from isthmus.readers.worlds.history import read_history
from isthmus.readers.worlds.world import DEFAULT_WORLD, read_world, world_directory


def main() -> None:
    """Estimate and store."""
    folder, world = world_directory(DEFAULT_WORLD), read_world(DEFAULT_WORLD)
    history = include_tariff(read_history(folder, world), world.tariff_rate)
    geography = read_geography(folder, history.years)
    groups = read_sector_groups(folder, history.sectors, world.goods)
    store_estimates(estimate(history, geography, groups), folder / FOLDER, inputs_digest(folder))


if __name__ == "__main__":
    main()
