"""Import of a full inter-country table: 81 economies and 50 industries in the layout of the OECD's files, at most 30 s."""

import resource
from pathlib import Path

import numpy as np
import pytest
from icio_files import DEMAND, INDUSTRIES
from pytest_benchmark.fixture import BenchmarkFixture

from isthmus.readers.worlds.icio import read_icio
from isthmus.readers.worlds.write import write_world

LONGEST = 30.0
"""Seconds on the reference machine (2 cores)."""


@pytest.fixture(scope="module")
def full_table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a table of full size, row by row; its numbers have the digits of the official files."""
    rng = np.random.default_rng(0)
    economies = [f"E{i:02d}" for i in range(81)]
    cells = [f"{economy}_{industry}" for economy in economies for industry in INDUSTRIES[2025]]
    demand = [f"{economy}_{category}" for economy in economies for category in DEMAND]
    path = tmp_path_factory.mktemp("icio") / "2022_SML.csv"
    bill = np.zeros(len(cells))
    with path.open("w") as file:
        file.write(",".join(["V1", *cells, *demand, "OUT"]) + "\n")
        for label in cells:
            row = np.round(rng.exponential(1.0, len(cells) + len(demand)), 6)
            row[len(cells) :] *= 20
            bill += row[: len(cells)]
            file.write(f"{label}," + ",".join(map(repr, row.tolist())) + f",{float(row.sum())!r}\n")
        for label in ("TLS", "VA", "OUT"):
            file.write(f"{label}," + ",".join(map(repr, (bill * 0.5).tolist())) + ",0" * (len(demand) + 1) + "\n")
    return path


def test_import_of_a_full_table(benchmark: BenchmarkFixture, full_table: Path, tmp_path: Path) -> None:
    def work() -> int:
        world = read_icio(full_table)
        write_world(world, tmp_path / "world")
        return len(world.economies) * len(world.sectors)

    assert benchmark.pedantic(work, rounds=1) == 81 * 50
    benchmark.extra_info["file_mb"] = round(full_table.stat().st_size / 1e6)
    benchmark.extra_info["peak_mb"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    assert benchmark.stats.stats.max <= LONGEST
