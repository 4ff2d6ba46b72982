from itertools import pairwise

import numpy as np
import pandas as pd
import pytest

from isthmus.border.frontier import excess
from isthmus.border.gravity import estimate
from isthmus.border.head_ries import benchmark_pairs, elasticity_table, head_ries
from isthmus.border.observed import include_tariff
from isthmus.readers.worlds.estimates import FOLDER as KEPT
from isthmus.readers.worlds.estimates import gravity_estimates, inputs_digest, load_estimates, store_estimates
from isthmus.readers.worlds.geography import read_geography, read_sector_groups
from isthmus.readers.worlds.history import read_history
from isthmus.readers.worlds.world import read_world, world_directory

FOLDER = world_directory("world-2022")
PAIRS = [
    ("CHN", "RUS"),
    ("DEU", "POL"),
    ("USA", "MEX"),
    ("IND", "BGD"),
    ("KAZ", "RUS"),
    ("JPN", "KOR"),
    ("ARG", "BRA"),
    ("NGA", "ZAF"),
    ("EGY", "SAU"),
    ("VNM", "CHN"),
    ("REU", "DEU"),
    ("RAS", "THA"),
    ("NOR", "GBR"),
    ("AUS", "NZL"),
]


@pytest.fixture(scope="module")
def evidence():
    world = read_world(FOLDER)
    history = include_tariff(read_history(FOLDER, world), world.tariff_rate)
    geography = read_geography(FOLDER, history.years)
    groups = read_sector_groups(FOLDER, history.sectors, world.goods)
    theta = elasticity_table(world.elasticities, "FGO", ["services", *world.sector_groups["services"]], (3, 5, 8.35))
    return history, geography, groups, theta, load_estimates(FOLDER / KEPT)


def test_packaged_estimates_are_those_of_the_packaged_data(evidence):
    history, geography, groups, _, kept = evidence
    _, told = gravity_estimates(FOLDER, history, geography, groups)
    assert told == "packaged gravity estimates"
    fresh = estimate(history, geography, groups, [2022])
    for name, value in (("coefficients", "estimate"), ("coefficients", "se"), ("covariance", "value")):
        table = kept.tables()[name]
        table = table[table["year"] == 2022]
        assert table[value].to_numpy() == pytest.approx(fresh.tables()[name][value].to_numpy(), rel=1e-4, abs=1e-7)


def test_packaged_estimates_converged_and_have_the_signs_of_gravity(evidence):
    kept = evidence[4]
    assert kept.fits["converged"].all()
    assert (kept.fits["residual"] < 1e-6).all()
    assert len(kept.fits) == 12 * 8
    value = kept.coefficients.pivot(index=["group", "year"], columns="term", values="estimate")
    assert (value[["border", "ln_distance"]] < 0).all().all()
    assert set(kept.dropped["reason"]) >= {"no_geography", "own_sales_of_a_group"}


def test_changed_inputs_are_estimated_anew_and_kept_in_the_cache(evidence, tmp_path, monkeypatch):
    history, geography, _, _, _ = evidence
    monkeypatch.setenv("ISTHMUS_CACHE", str(tmp_path / "cache"))
    (tmp_path / "world").mkdir()
    one = type(history)(history.value.sel(year=[2022], sector=["C28"]), True)
    first, told = gravity_estimates(tmp_path / "world", one, geography, {"C28": "machinery"})
    again, told_again = gravity_estimates(tmp_path / "world", one, geography, {"C28": "machinery"})
    assert (told, told_again) == ("gravity estimated for 2022", "gravity estimates of the cache")
    for name, table in first.tables().items():
        pd.testing.assert_frame_equal(again.tables()[name], table, check_dtype=False)


def test_written_estimates_are_read_back_exactly(evidence, tmp_path):
    kept = evidence[4]
    store_estimates(kept, tmp_path, inputs_digest(FOLDER))
    for name, table in load_estimates(tmp_path).tables().items():
        pd.testing.assert_frame_equal(table, kept.tables()[name])


@pytest.mark.parametrize("pair", PAIRS)
def test_any_packaged_pair_has_an_index_and_an_excess(evidence, pair):
    history, geography, groups, theta, kept = evidence
    index = head_ries(history, pair, theta)
    found = excess(index, pair, kept, geography, groups, theta).aggregate
    last = found[(found["year"] == 2022) & (found["basket"] == "each_year")].iloc[0]
    assert 0.2 < last["all_in"] < 6
    assert last["low"] <= last["value"] <= last["high"]
    assert -0.5 < last["value"] < 2
    assert (1 + last["frontier"]) * (1 + last["value"]) == pytest.approx(1 + last["all_in"])


def test_integrated_neighbours_cost_less_than_distant_strangers(evidence):
    history, geography, groups, theta, kept = evidence

    def value(pair):
        found = excess(head_ries(history, pair, theta), pair, kept, geography, groups, theta).aggregate
        return found[(found["year"] == 2022) & (found["basket"] == "each_year")]["value"].item()

    ranked = [value(pair) for pair in (("DEU", "POL"), ("KAZ", "RUS"), ("CHN", "RUS"))]
    assert all(a < b for a, b in pairwise(ranked))
    benchmarks = benchmark_pairs(history, geography)
    assert len(benchmarks) == 6
    assert abs(np.mean([value(pair) for pair in benchmarks])) < 0.15, (
        "pairs that define the frontier stand on it on average"
    )


def test_missing_economies_of_the_world_are_told():
    world = read_world(FOLDER)
    geography = read_geography(FOLDER, [2022])
    assert set(world.economies) - set(geography.economies) == {"ROW"}
