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
from isthmus.economy.baseline import CELL, FLOW, Baseline
from isthmus.equilibrium.decomposition import PARTS, Split
from isthmus.equilibrium.hat import Solution, trade
from isthmus.equilibrium.scenario import Scenario
from isthmus.equilibrium.welfare import Welfare, welfare

ONE = ("economy",)


@dataclass(frozen=True, repr=False)
class Result(Record):
    """A solved scenario. Values are million USD in the numéraire; ratios and percentages are relative to the baseline.

    Attributes
    ----------
    converged, iterations, residuals
        True residual of each equation block at the solution: price, expenditure (log differences) and labour (log excess
        demand for factors); evaluations of the equations that were needed.
    rebalancing_pct
        With closure ``zero``: the effect on real income of removing all deficits, on which the other numbers do not depend.
    notes
        Overlapping tariffs and the like.
    """

    name: str
    scenario: Scenario
    converged: bool
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


def label_result(
    baseline: Baseline, scenario: Scenario, solution: Solution, without: Solution | None, notes: tuple[Repair, ...]
) -> Result:
    """Put labels on a solution.

    Parameters
    ----------
    baseline, scenario
        What was solved.
    solution
        The equilibrium found.
    without
        With closure ``zero``, the solution without deficits that results are relative to.
    notes
        Notes of the scenario.
    """
    model, system = solution.system.model, solution.system
    pi, value = trade(solution)
    n, s = list(baseline.economies), list(baseline.sectors)
    numbers = welfare(solution)
    rebalancing = np.zeros(len(n)) if without is None else welfare(without).real_income

    def one(values: Array) -> xr.DataArray:
        return xr.DataArray(values, coords={"economy": n}, dims=ONE)

    def cell(values: Array) -> xr.DataArray:
        return xr.DataArray(values, coords={"sector": s, "economy": n}, dims=CELL)

    def flow(values: Array) -> xr.DataArray:
        return xr.DataArray(values, coords={"sector": s, "exporter": n, "importer": n}, dims=FLOW)

    Y = value.sum(axis=2)
    return Result(
        name=scenario.name,
        scenario=scenario,
        converged=True,
        iterations=len(solution.errors),
        residuals=true_residuals(solution, pi, value),
        factor_price_hat=one(np.exp(solution.ln_v)),
        price_hat=cell(np.exp(solution.ln_P)),
        spending=cell(np.exp(solution.ln_X)),
        output=cell(Y),
        sector_value_added=cell(system.beta * Y),
        trade_share=flow(pi),
        flows=flow(value),
        baseline_flows=flow(model.sold * model.X[:, None, :]),
        baseline_output=cell(model.Y),
        value_added=one(np.exp(solution.ln_v) * system.bundle * model.VA),
        tariff_revenue=one(solution.sweep.R),
        deficit=one(solution.sweep.D),
        income=one(solution.sweep.I),
        rebalancing_pct=one(rebalancing),
        notes=notes,
        **{name: one(values) for name, values in _welfare_fields(numbers).items()},
    )


def true_residuals(solution: Solution, pi: Array, value: Array) -> dict[str, float]:
    """Return the residual of each equation block, recomputed from the shares and values of the result.

    price: :eq:`hat-price`; expenditure: :eq:`hat-output` to :eq:`hat-income`; labour: :eq:`hat-labour`, each relative.
    """
    system, model = solution.system, solution.system.model
    X, Y = np.exp(solution.ln_X), value.sum(axis=2)
    wages = np.exp(solution.ln_v) * system.bundle * model.VA
    revenue = X.sum(axis=0) - value.sum(axis=(0, 1))
    use = np.einsum("nkj,jn->kn", system.chain, Y)
    needed = model.alpha * (wages + revenue + solution.sweep.D) + use
    used = np.maximum(X, needed) > 1e-20 * model.Y.sum()
    gap = np.abs(needed - X) / np.where(used, X, 1.0)
    return {
        "price": max(solution.sweep.price, float(np.abs(pi.sum(axis=1) - 1).max())),
        "expenditure": float(gap[used].max()),
        "labour": float(np.abs((system.beta * Y).sum(axis=0) / wages - 1).max()),
    }


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
            frame[f"{part}_{evaluation}_pct"] = split.parts[part]
        frame[f"welfare_{evaluation}_pct"] = split.total
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


def _welfare_fields(w: Welfare) -> dict[str, Array]:
    values = (w.real_wage, w.tariff_revenue, w.deficit_effect, w.real_income, w.real_gdp, w.price_index)
    return dict(zip(_WELFARE_NAMES, values, strict=True))


def _percent(after: Array, before: Array) -> Array:
    return 100 * (np.divide(after, before, out=np.full_like(after, np.nan), where=before > 0) - 1)
