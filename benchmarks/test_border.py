"""Hot paths of the border seen through trade: reading, the all-in index, one year of gravity, the excess of a pair."""

from typing import Any

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from isthmus.border.frontier import excess, frontier_tests
from isthmus.border.gravity import estimate
from isthmus.border.head_ries import elasticity_table, head_ries
from isthmus.border.observed import include_tariff
from isthmus.readers.worlds.estimates import FOLDER, load_estimates
from isthmus.readers.worlds.geography import read_geography, read_sector_groups
from isthmus.readers.worlds.history import read_history
from isthmus.readers.worlds.world import DEFAULT_WORLD, read_world, world_directory

PAIR = ("CHN", "RUS")


@pytest.fixture(scope="module")
def evidence() -> dict[str, Any]:
    folder = world_directory(DEFAULT_WORLD)
    world = read_world(folder)
    history = include_tariff(read_history(folder, world), world.tariff_rate)
    geography = read_geography(folder, history.years)
    services = ["services", *world.sector_groups["services"]]
    theta = elasticity_table(world.elasticities, "FGO", services, (3.0, 5.0, 8.35))
    return {
        "folder": folder,
        "world": world,
        "history": history,
        "geography": geography,
        "groups": read_sector_groups(folder, history.sectors, world.goods),
        "theta": theta,
        "estimates": load_estimates(folder / FOLDER),
        "index": head_ries(history, PAIR, theta),
    }


def test_read_history(benchmark: BenchmarkFixture, evidence: dict[str, Any]) -> None:
    benchmark.pedantic(read_history, (evidence["folder"], evidence["world"]), rounds=3)
    assert benchmark.stats.stats.median <= 1.5


def test_all_in_index_of_twelve_years(benchmark: BenchmarkFixture, evidence: dict[str, Any]) -> None:
    benchmark(head_ries, evidence["history"], PAIR, evidence["theta"])
    assert benchmark.stats.stats.median <= 0.2


def test_gravity_of_one_year(benchmark: BenchmarkFixture, evidence: dict[str, Any]) -> None:
    arguments = (evidence["history"], evidence["geography"], evidence["groups"], [2022])
    benchmark.pedantic(estimate, arguments, rounds=3, warmup_rounds=1)
    assert benchmark.stats.stats.median <= 6.0


@pytest.mark.parametrize("run", [excess, frontier_tests])
def test_frontier(benchmark: BenchmarkFixture, evidence: dict[str, Any], run: Any) -> None:
    names = ("index", "estimates", "geography", "groups", "theta")
    index, estimates, geography, groups, theta = (evidence[name] for name in names)
    benchmark.pedantic(run, (index, PAIR, estimates, geography, groups, theta), rounds=3)
    assert benchmark.stats.stats.median <= (0.6 if run is excess else 6.0)
