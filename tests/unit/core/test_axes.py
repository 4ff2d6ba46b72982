"""Labels and their order hold across every array of a record: nothing is taken by position from an unchecked one."""

import dataclasses

import numpy as np
import pytest
import xarray as xr

from isthmus.core.axes import Axes, common_axes
from isthmus.core.errors import BadInputError
from isthmus.core.labels import require_label
from isthmus.economy.baseline import WorldTable
from isthmus.economy.calibrate import calibrate
from isthmus.economy.synthetic import synthetic_world


@pytest.fixture(scope="module")
def table() -> WorldTable:
    return synthetic_world(3, 4, np.random.default_rng(1))


def swapped(labels: tuple[str, ...]) -> list[str]:
    return [labels[1], labels[0], *labels[2:]]


def test_elasticities_in_another_sector_order_are_refused(table: WorldTable) -> None:
    other = table.elasticities.sel(sector=swapped(table.sectors))
    with pytest.raises(BadInputError, match=r"elasticities, dimension sector: 'S01' stands where .*flows.* has 'S00'"):
        dataclasses.replace(table, elasticities=other)
    baseline = calibrate(table)
    with pytest.raises(BadInputError, match=r"Baseline.elasticity, dimension sector: 'S01'"):
        dataclasses.replace(baseline, elasticity=baseline.elasticity.sel(sector=swapped(table.sectors)))


@pytest.mark.parametrize("side", ["exporter", "importer"])
def test_tariffs_with_two_economies_swapped_are_refused(table: WorldTable, side: str) -> None:
    with pytest.raises(BadInputError, match=rf"tariff_rate, dimension {side}: 'E01' stands where .* has 'E00'"):
        dataclasses.replace(table, tariff_rate=table.tariff_rate.sel({side: swapped(table.economies)}))


@pytest.mark.parametrize("field", ["intermediate_use", "final_demand", "value_added", "flows"])
def test_every_array_is_held_against_the_axes(table: WorldTable, field: str) -> None:
    array = getattr(table, field)
    for dim in array.dims:
        with pytest.raises(BadInputError, match="same labels in another order"):
            dataclasses.replace(table, **{field: array.sel({dim: swapped(table.axes.labels(dim))})})
        renamed = array.assign_coords({dim: ["X", *table.axes.labels(dim)[1:]]})
        with pytest.raises(BadInputError, match="missing"):
            dataclasses.replace(table, **{field: renamed})


def test_labels_must_be_there_and_differ(table: WorldTable) -> None:
    with pytest.raises(BadInputError, match=r"value_added, dimension sector: has no labels"):
        dataclasses.replace(table, value_added=table.value_added.drop_vars("sector"))
    with pytest.raises(BadInputError, match=r"dimension economy: label 'A' stands more than once"):
        Axes(("A", "B", "A"))
    with pytest.raises(BadInputError, match="'A' stands more than once"):
        common_axes({"one": xr.DataArray(np.zeros(2), {"economy": ["A", "A"]}, ("economy",))})


def test_an_array_is_built_with_labels_or_not_at_all() -> None:
    axes = Axes(("A", "B"), ("x", "y", "z"), ("x",), {"set": ("one",)})
    array = axes.array(np.arange(12.0).reshape(3, 2, 2), ("sector", "exporter", "importer"))
    assert float(array.sel(sector="y", exporter="B", importer="A")) == 6
    assert list(axes.array(np.zeros((1, 3)), ("set", "industry"))["industry"].values) == ["x", "y", "z"]
    with pytest.raises(BadInputError, match=r"shape \(2, 3\).*shape \(3, 2\)"):
        axes.array(np.zeros((2, 3)), ("sector", "economy"))
    assert axes.sector("services", "here") == [1, 2]
    with pytest.raises(BadInputError, match="unknown label 'C'"):
        axes.economy("C", "here")


def test_every_label_is_none_where_one_is_meant() -> None:
    require_label("A", ("A", "B"), "partners")
    with pytest.raises(BadInputError, match=r"partners: unknown label '\*'\. Allowed: A, B\."):
        require_label("*", ("A", "B"), "partners")


def test_plain_numbers_are_taken_from_the_same_labels_alone() -> None:
    axes = Axes(("A", "B"), ("x", "y"))
    cell = axes.array(np.arange(4.0).reshape(2, 2), ("sector", "economy"))
    assert (axes.plain(cell, ("sector", "economy"), "cell") == cell.values).all()
    with pytest.raises(BadInputError, match="cell, dimension economy: 'B' stands where the world has 'A'"):
        axes.plain(cell.sel(economy=["B", "A"]), ("sector", "economy"), "cell")
    with pytest.raises(BadInputError, match="cell: has dimensions economy, sector"):
        axes.plain(cell.transpose("economy", "sector"), ("sector", "economy"), "cell")
    with pytest.raises(BadInputError, match="each with its labels"):
        axes.plain(cell.drop_vars("economy"), ("sector", "economy"), "cell")
    with pytest.raises(BadInputError, match="cell, dimension sector"):
        axes.plain(cell.isel(sector=[0]), ("sector", "economy"), "cell")
