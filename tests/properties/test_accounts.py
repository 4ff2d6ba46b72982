"""Every calibrated world satisfies the identities of the model, whatever its tables look like."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from isthmus.core.errors import BadInputError
from isthmus.economy.calibrate import GATE, calibrate
from isthmus.economy.synthetic import synthetic_world

from .worlds import baselines


@given(st.data())
@settings(max_examples=30, deadline=None)
def test_identities_hold(data: st.DataObject) -> None:
    baseline = data.draw(baselines())
    assert baseline.balance is not None
    assert max(baseline.balance.residuals.values()) <= GATE
    assert baseline.trade_share.values.sum(axis=1) == pytest.approx(1)
    assert baseline.final_share.values.sum(axis=0) == pytest.approx(1)
    assert baseline.deficit.values.sum() == pytest.approx(0, abs=1e-9 * baseline.income.values.sum())


@given(st.integers(0, 1000), st.floats(1e-9, 1e9))
@settings(max_examples=20, deadline=None)
def test_the_unit_of_the_table_does_not_matter(seed: int, factor: float) -> None:
    table = synthetic_world(3, 3, np.random.default_rng(seed))
    scaled = dataclasses.replace(
        table,
        flows=table.flows * factor,
        intermediate_use=table.intermediate_use * factor,
        final_demand=table.final_demand * factor,
        value_added=table.value_added * factor,
    )
    one, other = calibrate(table), calibrate(scaled)
    np.testing.assert_allclose(other.trade_share, one.trade_share, rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(other.income / factor, one.income, rtol=1e-9)


@pytest.mark.parametrize("seed", range(8))
def test_a_use_above_all_purchases_is_clipped_counted_and_solved_again(seed: int) -> None:
    table = synthetic_world(8, 3, np.random.default_rng(seed))
    smallest = int(table.value_added.sum("sector").values.argmin())
    flows = table.flows.copy(deep=True)
    paid = float((flows * (1 + table.tariff_rate)).sum("exporter")[1, smallest])
    flows[1, :, smallest] *= 0.3 * float(table.intermediate_use[smallest, 1].sum()) / paid
    value_added = table.value_added * (flows.sum("importer") / table.flows.sum("importer")).rename(exporter="economy")
    baseline = calibrate(dataclasses.replace(table, flows=flows, value_added=value_added))
    assert baseline.balance is not None
    what = {repair.what: repair for repair in baseline.balance.repairs}
    assert what["negative residual set to zero"].size > 0
    assert what["solved again after that"].size > 0
    assert max(baseline.balance.residuals.values()) <= GATE


def test_tables_that_miss_each_other_are_refused() -> None:
    table = synthetic_world(3, 3, np.random.default_rng(1))
    with pytest.raises(BadInputError, match="do not balance"):
        calibrate(dataclasses.replace(table, final_demand=table.final_demand * 1.5))


def test_an_industry_without_inputs_needs_full_value_added() -> None:
    table = synthetic_world(3, 3, np.random.default_rng(1))
    use = table.intermediate_use.copy(deep=True)
    use[1, :, 2] = 0
    with pytest.raises(BadInputError, match=r"economy E01, industry S02.*no inputs"):
        calibrate(dataclasses.replace(table, intermediate_use=use))


def test_value_added_that_misses_output_by_rounding_needs_no_inputs() -> None:
    table = synthetic_world(2, 1, np.random.default_rng(0), inputs=False, tariffs=False)
    flows = table.flows.copy(data=[[[0.1, 0.2], [0.2, 0.1]]])
    exact = dataclasses.replace(
        table,
        flows=flows,
        value_added=table.value_added.copy(data=[[0.3, 0.3]]),
        final_demand=table.final_demand.copy(data=[[0.3, 0.3]]),
    )
    assert float(flows[0, 0].sum()) > 0.3
    baseline = calibrate(exact)
    np.testing.assert_array_equal(baseline.value_added_share, 1.0)
    assert baseline.balance is not None
    assert [(note.what, note.count) for note in baseline.balance.repairs] == [
        ("below output by rounding, raised to output", 2)
    ]
