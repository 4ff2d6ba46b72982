"""Measures of exposure against pymrio on its test system, against plain series on a world, and against closed forms."""

import numpy as np
import pytest

from isthmus.core.axes import Axes
from isthmus.economy.calibrate import calibrate
from isthmus.economy.exposure import (
    Links,
    content_of,
    deliveries,
    exposure,
    extraction,
    extraction_by_sector,
    links,
    revealed_advantage,
    unused_strengths,
)
from isthmus.economy.synthetic import synthetic_world
from isthmus.readers.worlds.world import load_baseline


@pytest.fixture(scope="module")
def baseline():
    return calibrate(synthetic_world(4, 5, np.random.default_rng(3)))


def rounds(world: Links, right: np.ndarray) -> np.ndarray:
    """The Leontief series 1 + A + A A + ..., term by term."""
    total, term = right.copy(), right
    for _ in range(400):
        term = world.inputs @ term
        total += term
    return total


def test_pymrio_has_the_same_value_added_behind_final_use():
    pymrio = pytest.importorskip("pymrio")
    system = pymrio.load_test().calc_all()
    regions, sectors = list(system.get_regions()), list(system.get_sectors())
    n, s = len(regions), len(sectors)
    order = [(region, sector) for sector in sectors for region in regions]
    Z = system.Z.loc[order, order].to_numpy()
    x = system.x.loc[order].to_numpy()[:, 0]
    Y = np.stack([system.Y.loc[order, region].to_numpy().sum(axis=1) for region in regions], axis=1)
    flows = np.zeros((s * n, n))
    for importer in range(n):
        flows[:, importer] = Z[:, np.arange(s) * n + importer].sum(axis=1) + Y[:, importer]
    ours = Links(
        axes=Axes(tuple(regions), tuple(sectors)),
        inputs=system.A.loc[order, order].to_numpy(),
        value_added=1 - system.A.loc[order, order].to_numpy().sum(axis=0),
        output=x,
        final=Y,
        flows=flows.reshape(s, n, n),
    )
    found = exposure(ours)
    L = system.L.loc[order, order].to_numpy()
    theirs = np.zeros((n, n))
    for supplier in range(n):
        own = np.arange(s) * n + supplier
        theirs[supplier] = (ours.value_added[own] @ (L @ Y)[own]) / Y.sum(axis=0)
    np.testing.assert_allclose(found.final_content, theirs, rtol=1e-9)
    np.testing.assert_allclose(found.final_content.sum(axis=0), 1, rtol=1e-9)
    np.testing.assert_allclose(found.downstreamness.ravel(), L.sum(axis=0), rtol=1e-9)
    np.testing.assert_allclose(found.upstreamness.ravel(), (L @ x) / x, rtol=1e-9)


@pytest.mark.parametrize("name", ["synthetic", "packaged"])
def test_measures_are_those_of_the_series(baseline, name):
    world = links(baseline if name == "synthetic" else load_baseline())
    found = exposure(world)
    s, n = world.shape
    exports = world.flows * (1 - np.eye(n))
    for economy in (0, n - 1):
        shipped = np.zeros((s, n))
        shipped[:, economy] = exports[:, economy].sum(axis=1)
        made = rounds(world, shipped.ravel())
        content = (world.value_added * made).reshape(s, n).sum(axis=0) / shipped.sum()
        np.testing.assert_allclose(found.export_content[:, economy], content, rtol=1e-8)
        used = rounds(world, world.final[:, economy])
        content = (world.value_added * used).reshape(s, n).sum(axis=0) / world.final[:, economy].sum()
        np.testing.assert_allclose(found.final_content[:, economy], content, rtol=1e-8)


def test_value_added_and_tariffs_on_inputs_are_all_there_is():
    free = exposure(links(calibrate(synthetic_world(4, 3, np.random.default_rng(1), tariffs=False))))
    np.testing.assert_allclose(free.embodied.sum(axis=0), 1, rtol=1e-10)
    np.testing.assert_allclose(free.export_content.sum(axis=0), 1, rtol=1e-10)
    taxed = exposure(links(calibrate(synthetic_world(4, 3, np.random.default_rng(1)))))
    assert (taxed.embodied.sum(axis=0) < 1).all()


def test_direct_dependence_is_what_is_bought(baseline):
    world = links(baseline)
    direct = exposure(world).direct
    inputs = world.inputs.reshape(5, 4, 5, 4)
    assert direct[2, 3, 1] == pytest.approx(inputs[:, 2, 3, 1].sum())


def test_without_inputs_everything_is_one_step_away():
    world = links(calibrate(synthetic_world(3, 2, np.random.default_rng(2), inputs=False)))
    found = exposure(world)
    np.testing.assert_allclose(found.upstreamness, 1)
    np.testing.assert_allclose(found.downstreamness, 1)
    np.testing.assert_allclose(np.diagonal(found.export_content), 1)


def test_concentration_of_two_equal_suppliers_is_a_half(baseline):
    world = links(baseline)
    flows = np.zeros_like(world.flows)
    flows[:, 1:3, 0] = 5.0
    flows[:, 0, 0] = 100.0
    found = exposure(Links(**{**vars(world), "flows": flows}))
    np.testing.assert_allclose(found.concentration[:, 0], 0.5)
    np.testing.assert_allclose(found.largest_supplier[:, 0], 0.5)
    assert np.isnan(found.concentration[:, 1]).all()


def test_extraction_is_the_sales_lost_through_all_rounds():
    """Without inputs only the exporter loses, exactly the value of its sales there."""
    world = links(calibrate(synthetic_world(3, 2, np.random.default_rng(2), inputs=False)))
    lost = extraction(world, 0, 1)
    assert lost[0] == pytest.approx(-world.flows[:, 0, 1].sum() / world.flows[:, 0].sum())
    np.testing.assert_allclose(lost[1:], 0, atol=1e-12)
    one = extraction(world, 0, 1, [1])
    assert one[0] == pytest.approx(-world.flows[1, 0, 1] / world.flows[:, 0].sum())


def test_extraction_with_inputs_costs_suppliers_of_the_exporter_too(baseline):
    lost = extraction(links(baseline), 0, 1)
    assert (lost < 0).all()
    assert lost[0] == min(lost)


def test_revealed_advantage_is_one_where_the_mix_is_the_worlds():
    flows = np.ones((2, 3, 3))
    np.testing.assert_allclose(revealed_advantage(flows), 1)
    flows[0, 0] = 3.0
    strong = revealed_advantage(flows)
    assert strong[0, 0] > 1 > strong[1, 0]
    exports = 2 * np.array([3.0, 1.0, 1.0])
    assert strong[0, 0] == pytest.approx((6 / 8) / (exports.sum() / (exports.sum() + 6)))


def test_unused_strength_is_what_the_share_elsewhere_would_sell():
    flows = np.ones((1, 4, 4))
    flows = np.concatenate([flows, flows])
    flows[0, 0, 2:] = 4.0
    missing = unused_strengths(flows, 0, 1)
    share = 8 / (8 + 2 + 1 + 1)
    assert missing[0] == pytest.approx(share * 3 - 1)
    assert missing[1] == 0


def test_extraction_is_the_world_solved_without_the_sales(baseline):
    """The identity for few rows against the plain solve of the whole system, by sector and together."""
    world = links(baseline)
    s, n = world.shape
    owner = np.tile(np.arange(n), s)
    before = np.bincount(owner, world.value_added * world.output, n)
    by_sector = extraction_by_sector(world, 1, 2)
    for place, goods in ((2, [2]), (s, list(range(s)))):
        inputs, final = world.inputs.copy(), world.final.copy()
        inputs[np.ix_(np.array(goods) * n + 1, np.arange(s) * n + 2)] = 0
        final[np.array(goods) * n + 1, 2] = 0
        after = np.bincount(owner, world.value_added * np.linalg.solve(np.eye(s * n) - inputs, final.sum(axis=1)), n)
        np.testing.assert_allclose(by_sector[place], after / before - 1, atol=1e-10)
        np.testing.assert_allclose(extraction(world, 1, 2, goods), after / before - 1, atol=1e-10)
    assert (by_sector[s] >= by_sector[:s].sum(axis=0)).all()
    assert (by_sector[s] < 0).any()


def test_content_of_deliveries_is_that_of_the_whole_and_neighbours_serve_as_well(baseline):
    world, whole = links(baseline), exposure(links(baseline))
    other = calibrate(synthetic_world(4, 5, np.random.default_rng(4)))
    for near in (None, world, links(other)):
        found = content_of(world, deliveries(world, [3, 1]), near)
        np.testing.assert_allclose(found[:, :2], whole.export_content[:, [3, 1]], atol=1e-7)
        np.testing.assert_allclose(found[:, 2:], whole.final_content[:, [3, 1]], atol=1e-7)
