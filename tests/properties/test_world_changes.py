"""Merging and nowcasting keep what they promise, on drawn worlds."""

import dataclasses

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from isthmus.core.errors import BadInputError, NotConvergedError
from isthmus.economy.aggregate import Grouping, aggregate
from isthmus.economy.baseline import WorldTable
from isthmus.economy.calibrate import calibrate
from isthmus.economy.nowcast import NowcastSettings, Total, nowcast
from isthmus.economy.synthetic import synthetic_world

SEEDS = st.integers(0, 10_000)


def world(seed: int) -> WorldTable:
    return dataclasses.replace(synthetic_world(5, 6, np.random.default_rng(seed)), year=2022)


@settings(max_examples=25, deadline=None)
@given(SEEDS)
def test_merging_keeps_totals_and_tariff_revenue(seed: int) -> None:
    table = world(seed)
    n, s = table.economies, table.sectors
    merged = aggregate(table, Grouping({n[0]: "G", n[3]: "G"}, {s[0]: "H", s[1]: "H"}))
    assert merged.economies == ("G", n[1], n[2], n[4])
    for field in ("flows", "intermediate_use", "final_demand", "value_added"):
        assert float(getattr(merged, field).sum()) == pytest.approx(float(getattr(table, field).sum()), rel=1e-12)
    before = float((table.flows * table.tariff_rate).sum())
    assert float((merged.flows * merged.tariff_rate).sum()) == pytest.approx(before, rel=1e-12)
    part = table.flows.sel(exporter=[n[0], n[3]], importer=[n[0], n[3]], sector=[s[0], s[1]])
    assert float(merged.flows.sel(exporter="G", importer="G", sector="H")) == pytest.approx(float(part.sum()))
    assert max(calibrate(merged).balance.residuals.values()) < 1e-10


@settings(max_examples=15, deadline=None)
@given(SEEDS)
def test_merging_commutes_with_calibration_of_incomes(seed: int) -> None:
    table = world(seed)
    n = table.economies
    parts, whole = calibrate(table), calibrate(aggregate(table, Grouping({n[1]: "G", n[2]: "G"})))
    assert float(whole.income.sel(economy="G")) == pytest.approx(
        float(parts.income.sel(economy=[n[1], n[2]]).sum()), rel=1e-9
    )


@settings(max_examples=10, deadline=None)
@given(SEEDS)
def test_merging_nothing_changes_nothing(seed: int) -> None:
    table = world(seed)
    same = aggregate(table, Grouping())
    for field in ("flows", "tariff_rate", "intermediate_use", "value_added", "elasticities"):
        np.testing.assert_allclose(getattr(same, field).values, getattr(table, field).values, rtol=1e-12, atol=1e-15)
    assert same.notes == table.notes


def flows_can_meet(table: WorldTable, totals: list[Total]) -> bool:
    """Say whether any flows keep every output and absorption of goods beside the given pairs (a linear programme)."""
    n = len(table.economies)
    given_at = {(table.economies.index(t.exporter), table.economies.index(t.importer)): t.value for t in totals}
    flows = table.flows.sel(sector=list(table.goods)).values
    sums = np.vstack([np.kron(np.eye(n), np.ones(n)), np.kron(np.ones(n), np.eye(n))])
    for sector in range(len(flows)):
        held = flows[sector]
        bounds: list[tuple[float, float | None]] = [(0.0, None if cell > 0 else 0.0) for cell in held.ravel()]
        for (i, j), value in given_at.items():
            cell = float(held[i, j] * value / flows[:, i, j].sum())
            bounds[i * n + j] = (cell, cell)
        margins = np.concatenate([held.sum(axis=1), held.sum(axis=0)])
        if linprog(np.zeros(n * n), A_eq=sums, b_eq=margins, bounds=bounds, method="highs").status == 2:
            return False
    return True


@settings(max_examples=15, deadline=None)
@given(SEEDS, st.floats(0.3, 2.0), st.floats(0.3, 2.0))
@example(65, 2.0, 2.0)
@example(3059, 1.0, 2.0)
@example(3256, 1.0, 1.5)
def test_a_nowcast_meets_its_totals_and_keeps_output_and_absorption(seed: int, first: float, second: float) -> None:
    table = world(seed)
    a, b = table.economies[:2]
    goods = table.flows.sel(sector=list(table.goods))
    wanted = [
        Total(a, b, 2022, first * float(goods.sel(exporter=a, importer=b).sum()), "table", "drawn"),
        Total(b, a, 2022, second * float(goods.sel(exporter=b, importer=a).sum()), "table", "drawn"),
    ]
    try:
        done = nowcast(table, wanted)
    except NotConvergedError:
        # Refused is only what cannot be: the other economies together sell less than one partner would lack.
        assert not flows_can_meet(table, wanted)
        return
    np.testing.assert_allclose(done.totals["after"], done.totals["target"], rtol=1e-9)
    margins = done.margins
    short = margins["output_before"].to_numpy() * 1e-8
    stayed = np.abs(margins["output_after"] - margins["output_before"]) <= short
    note = next(note for note in done.table.notes if note.where == "output")
    assert int((~stayed).sum()) <= note.count
    if note.count == 0:
        np.testing.assert_allclose(margins["absorption_after"], margins["absorption_before"], rtol=1e-7)
    services = [sector for sector in table.sectors if sector not in table.goods]
    np.testing.assert_array_equal(done.table.flows.sel(sector=services), table.flows.sel(sector=services))
    assert (done.table.flows.values >= 0).all()
    assert max(calibrate(done.table).balance.residuals.values()) < 1e-10


def test_the_sector_pattern_of_a_moved_pair_stays() -> None:
    table = world(3)
    a, b = table.economies[:2]
    old = table.flows.sel(exporter=a, importer=b, sector=list(table.goods)).values
    done = nowcast(table, [Total(a, b, 2022, 1.5 * float(old.sum()), "table", "s")])
    new = done.table.flows.sel(exporter=a, importer=b, sector=list(table.goods)).values
    np.testing.assert_allclose(new, 1.5 * old, rtol=1e-12)


def test_basis_and_year_are_stated_factors() -> None:
    table = world(4)
    a, b = table.economies[:2]
    size = float(table.flows.sel(exporter=a, importer=b, sector=list(table.goods)).sum())
    total = Total(a, b, 2024, 2 * size, "cif", "s")
    done = nowcast(table, [total], {2022: 90.0, 2024: 100.0}, NowcastSettings(cif_fob=1.25))
    (row,) = done.totals.to_dict("records")
    assert row["basis_factor"] == 0.8
    assert row["year_factor"] == 0.9
    assert row["after"] == pytest.approx(2 * size * 0.8 * 0.9)
    assert row["before"] == pytest.approx(size)


def test_a_total_beyond_an_exporters_output_moves_output_and_says_so() -> None:
    table = world(5)
    a, b = table.economies[:2]
    output = float(table.flows.sel(exporter=a, sector=list(table.goods)).sum())
    done = nowcast(table, [Total(a, b, 2022, 3 * output, "table", "s")])
    note = next(note for note in done.table.notes if note.where == "output")
    assert note.count > 0
    assert float(done.totals["after"].iloc[0]) == pytest.approx(3 * output)
    assert max(calibrate(done.table).balance.residuals.values()) < 1e-10


def test_what_cannot_be_done_is_refused() -> None:
    table = world(6)
    a, b = table.economies[:2]
    good = Total(a, b, 2022, 1.0, "fob", "s")
    with pytest.raises(BadInputError, match="unknown economy X"):
        nowcast(table, [dataclasses.replace(good, exporter="X")])
    with pytest.raises(BadInputError, match="more than once"):
        nowcast(table, [good, good])
    with pytest.raises(BadInputError, match="kind 'cost'"):
        nowcast(table, [dataclasses.replace(good, basis="cost")])
    with pytest.raises(BadInputError, match="world goods trade of 2023 is not known"):
        nowcast(table, [dataclasses.replace(good, year=2023)], {2022: 1.0})
    none = dataclasses.replace(table, flows=table.flows.where(table.flows["importer"] != b, 0.0))
    with pytest.raises(BadInputError, match="no goods flow between them"):
        nowcast(none, [good])
    with pytest.raises(NotConvergedError, match="after 1 sweeps"):
        nowcast(table, [dataclasses.replace(good, value=1e6)], settings=NowcastSettings(sweeps=1, tolerance=1e-15))
    with pytest.raises(BadInputError, match=r"economy XXX.*not in the world"):
        aggregate(table, Grouping({"XXX": "G"}))
    mixed = {table.sectors[0]: "M", table.sectors[-1]: "M"}
    with pytest.raises(BadInputError, match="mixes goods and services"):
        aggregate(table, Grouping(sectors=mixed))
