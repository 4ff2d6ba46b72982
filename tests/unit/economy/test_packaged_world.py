"""The packaged world is what was checked in, and it is a world."""

import csv
import gzip
import hashlib
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

import isthmus

WORLDS = Path(isthmus.__file__).parent / "assets" / "worlds"
WORLD = WORLDS / "world-2022"


def rows(name: str) -> Iterator[dict[str, str]]:
    path = WORLD / name
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as file:
        yield from csv.DictReader(file)


def sums(name: str, *key: str) -> dict[tuple[str, ...], float]:
    total: dict[tuple[str, ...], float] = defaultdict(float)
    for row in rows(name):
        total[tuple(row[part] for part in key)] += float(row["value"])
    return total


@pytest.mark.parametrize("world", sorted(path.name for path in WORLDS.iterdir() if path.is_dir()))
def test_every_file_has_its_digest(world: str) -> None:
    folder = WORLDS / world
    listed = dict(reversed(line.split()) for line in (folder / "SHA256SUMS").read_text("utf-8").splitlines())
    files = [path for path in folder.rglob("*") if path.is_file() and path.name != "SHA256SUMS"]
    found = {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
    assert found == listed


def test_compressed_files_carry_no_clock() -> None:
    for path in WORLD.glob("*.gz"):
        assert path.read_bytes()[4:8] == bytes(4), path.name


def test_columns_are_the_contracts() -> None:
    contract = {
        "economies.csv": ["code", "name", "members", "name_en", "name_ru", "name_zh"],
        "sectors.csv": ["code", "name", "kind", "icio_sectors", "name_ru", "name_zh"],
        "flows_2022.csv.gz": ["exporter", "sector", "importer", "value"],
        "intermediate_use_2022.csv.gz": ["economy", "input", "industry", "value"],
        "final_demand_2022.csv.gz": ["economy", "sector", "value"],
        "value_added_2022.csv.gz": ["economy", "industry", "value"],
        "tariffs.csv.gz": ["exporter", "importer", "sector", "rate"],
        "trade_elasticities.csv": ["sector", "FGO", "CP", "BSY", "GYY", "Shap", "U4"],
        "co2_2022.csv": [
            "economy",
            "co2_mt",
            "coal_share",
            "oil_share",
            "gas_share",
            "status",
            "source",
            "address",
            "note",
        ],
    }
    assert {name: list(next(iter(rows(name)))) for name in contract} == contract


def test_every_name_is_given_in_three_languages() -> None:
    for file, count in (("economies.csv", 47), ("sectors.csv", 29)):
        named = list(rows(file))
        assert len(named) == count
        for column in ("code", "name", "name_ru", "name_zh"):
            values = [row[column] for row in named]
            assert all(values), (file, column)
            assert len(set(values)) == count, (file, column)


def test_output_is_inputs_plus_value_added_and_absorption_is_use() -> None:
    output = sums("flows_2022.csv.gz", "exporter", "sector")
    inputs = sums("intermediate_use_2022.csv.gz", "economy", "industry")
    added = sums("value_added_2022.csv.gz", "economy", "industry")
    world = sum(output.values())
    assert max(abs(output[cell] - inputs.get(cell, 0.0) - added.get(cell, 0.0)) for cell in output) < 1e-8 * world
    absorbed = sums("flows_2022.csv.gz", "importer", "sector")
    used = sums("intermediate_use_2022.csv.gz", "economy", "input")
    final = sums("final_demand_2022.csv.gz", "economy", "sector")
    assert max(abs(absorbed[cell] - used.get(cell, 0.0) - final.get(cell, 0.0)) for cell in absorbed) < 1e-8 * world


def test_settings_name_year_source_and_an_existing_elasticity() -> None:
    settings = tomllib.loads((WORLD / "world.toml").read_text("utf-8"))
    assert settings["year"] == 2022
    assert "OECD" in settings["source"]
    assert settings["elasticity"] in next(iter(rows("trade_elasticities.csv")))
    assert 0 < settings["capital_share"] < 1


def test_crude_oil_and_gas_enter_free_of_duty_where_the_tariff_book_says_so() -> None:
    """An average over all mining would charge them, and paint a tariff into the reach of policy that nobody pays."""
    rates = {
        row["exporter"]: float(row["rate"])
        for row in rows("tariffs.csv.gz")
        if (row["importer"], row["sector"]) == ("CHN", "B06")
    }
    assert len(rates) > 40
    assert set(rates.values()) == {0.0}
