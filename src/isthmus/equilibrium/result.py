"""The labelled result of a solved scenario, and the tables it turns into."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

import numpy as np
import pandas as pd
import xarray as xr

from isthmus.core.axes import Array
from isthmus.core.fields import Field, Record
from isthmus.core.provenance import Repair
from isthmus.economy.baseline import CELL, FLOW
from isthmus.equilibrium.decomposition import PARTS, Split
from isthmus.equilibrium.scenario import Scenario
from isthmus.equilibrium.state import State, true_residuals

ONE = ("economy",)


@dataclass(frozen=True, repr=False, kw_only=True)
class Result(Record):
    """A solved scenario with labels, a view of its `State`.

    Values are million USD in the numéraire; ratios and percentages are relative to the baseline.

    Attributes
    ----------
    iterations, residuals
        True residual of each equation block at the solution: price, expenditure (log differences) and labour (log excess
        demand for factors); evaluations of the equations that were needed.
    rebalancing_pct
        With closure ``zero``: the effect on real income of removing all deficits, on which the other numbers do not depend.
    notes
        Overlapping tariffs and the like.
    """

    name: str
    scenario: Scenario
    iterations: int
    residuals: Mapping[str, float]
    factor_price_hat: Annotated[xr.DataArray, Field(ONE, "ratio", "v_hat", lower=0.0)]
    price_hat: Annotated[xr.DataArray, Field(CELL, "ratio", "P_hat", lower=0.0)]
    spending: Annotated[xr.DataArray, Field(CELL, "million USD, with tariff", "X'", lower=0.0)]
    output: Annotated[xr.DataArray, Field(CELL, "million USD, before tariff", "Y'", lower=0.0)]
    sector_value_added: Annotated[xr.DataArray, Field(CELL, "million USD", "", lower=0.0)]
    trade_share: Annotated[xr.DataArray, Field(FLOW, "share of importer's spending", "pi'", lower=0.0)]
    flows: Annotated[xr.DataArray, Field(FLOW, "million USD, before tariff", "", lower=0.0)]
    baseline_flows: Annotated[xr.DataArray, Field(FLOW, "million USD, before tariff", "", lower=0.0)]
    baseline_output: Annotated[xr.DataArray, Field(CELL, "million USD, before tariff", "Y", lower=0.0)]
    value_added: Annotated[xr.DataArray, Field(ONE, "million USD", "VA'", lower=0.0)]
    tariff_revenue: Annotated[xr.DataArray, Field(ONE, "million USD", "R'")]
    deficit: Annotated[xr.DataArray, Field(ONE, "million USD, net inflow", "D'")]
    income: Annotated[xr.DataArray, Field(ONE, "million USD", "I'", lower=0.0)]
    real_wage_pct: Annotated[xr.DataArray, Field(ONE, "percent")]
    tariff_revenue_pp: Annotated[xr.DataArray, Field(ONE, "percentage points of baseline income")]
    deficit_effect_pct: Annotated[xr.DataArray, Field(ONE, "percent of baseline income")]
    real_income_pct: Annotated[xr.DataArray, Field(ONE, "percent", "W")]
    real_gdp_pct: Annotated[xr.DataArray, Field(ONE, "percent")]
    price_index_pct: Annotated[xr.DataArray, Field(ONE, "percent", "P^C")]
    rebalancing_pct: Annotated[xr.DataArray, Field(ONE, "percent")]
    notes: tuple[Repair, ...] = ()

    def economies_table(self, splits: Mapping[str, Split] | None = None) -> pd.DataFrame:
        """Return one row an economy: welfare, GDP, prices, trade and, where given, the first-order splits."""
        return economies_table(self, splits or {})

    def sectors_table(self) -> pd.DataFrame:
        """Return one row an economy and sector: output and price change in percent, value added in million USD."""
        return sectors_table(self)

    def flows_table(self) -> pd.DataFrame:
        """Return one row a flow: baseline and new value in million USD before tariff."""
        return flows_table(self)


def label_result(scenario: Scenario, state: State, without: State | None = None) -> Result:
    """Put labels on a state and turn log changes into ratios and percent.

    Parameters
    ----------
    scenario
        What was solved.
    state
        The equilibrium found.
    without
        With closure ``zero``, the state without deficits that results are relative to.
    """
    array, before, after = state.axes.array, state.before, state
    rebalancing = np.zeros(state.income.size) if without is None else percent(without.welfare.ln_real_income)
    return Result(
        name=scenario.name,
        scenario=scenario,
        iterations=len(state.errors),
        residuals=true_residuals(state),
        factor_price_hat=array(np.exp(after.ln_v), ONE),
        price_hat=array(np.exp(after.ln_P), CELL),
        spending=array(after.spending, CELL),
        output=array(after.output, CELL),
        sector_value_added=array(after.sector_value_added, CELL),
        trade_share=array(after.trade_share, FLOW),
        flows=array(after.flows, FLOW),
        baseline_flows=array(before.flows, FLOW),
        baseline_output=array(before.Y, CELL),
        value_added=array(after.factor_income, ONE),
        tariff_revenue=array(after.tariff_revenue, ONE),
        deficit=array(after.deficit, ONE),
        income=array(after.income, ONE),
        real_wage_pct=array(percent(after.welfare.ln_real_wage), ONE),
        tariff_revenue_pp=array(100 * after.welfare.tariff_revenue, ONE),
        deficit_effect_pct=array(100 * after.welfare.deficit_effect, ONE),
        real_income_pct=array(percent(after.welfare.ln_real_income), ONE),
        real_gdp_pct=array(percent(after.welfare.ln_real_gdp), ONE),
        price_index_pct=array(percent(after.welfare.ln_price), ONE),
        rebalancing_pct=array(rebalancing, ONE),
        notes=after.notes,
    )


def percent(ln_hat: Array) -> Array:
    """Return a log change in percent: for tables and labelled results only."""
    change: Array = 100 * np.expm1(ln_hat)
    return change


def economies_table(result: Result, splits: Mapping[str, Split]) -> pd.DataFrame:
    """Return the economies table; columns of absent splits are left out."""
    n = result.income.size
    abroad = 1 - np.eye(n)
    before, after = result.baseline_flows.values * abroad, result.flows.values * abroad
    frame = pd.DataFrame({"economy": result.income["economy"].values})
    for name in _WELFARE_NAMES:
        frame[name] = getattr(result, name).values
    frame["exports_pct"] = _percent(after.sum(axis=(0, 2)), before.sum(axis=(0, 2)))
    frame["imports_pct"] = _percent(after.sum(axis=(0, 1)), before.sum(axis=(0, 1)))
    for evaluation, split in splits.items():
        for part in PARTS:
            frame[f"{part}_{evaluation}_pct"] = 100 * split.parts[part]
        frame[f"welfare_{evaluation}_pct"] = 100 * split.total
    return frame


def sectors_table(result: Result) -> pd.DataFrame:
    """Return one row an economy and sector; a sector without baseline output has no change in percent."""
    output = _percent(result.output.values, result.baseline_output.values)
    s, n = output.shape
    return pd.DataFrame(
        {
            "economy": np.repeat(result.income["economy"].values, s),
            "sector": np.tile(result.output["sector"].values, n),
            "output_pct": output.T.ravel(),
            "price_pct": 100 * (result.price_hat.values.T.ravel() - 1),
            "value_added_musd": result.sector_value_added.values.T.ravel(),
        }
    )


def flows_table(result: Result) -> pd.DataFrame:
    """Return one row for every exporter, importer and sector."""
    array = result.flows.transpose("exporter", "importer", "sector")
    frame = array.rename("value_musd").to_dataframe().reset_index()
    frame.insert(3, "baseline_musd", result.baseline_flows.transpose("exporter", "importer", "sector").values.ravel())
    return frame


_WELFARE_NAMES = (
    "real_wage_pct",
    "tariff_revenue_pp",
    "deficit_effect_pct",
    "real_income_pct",
    "real_gdp_pct",
    "price_index_pct",
)


def _percent(after: Array, before: Array) -> Array:
    return 100 * (np.divide(after, before, out=np.full_like(after, np.nan), where=before > 0) - 1)
