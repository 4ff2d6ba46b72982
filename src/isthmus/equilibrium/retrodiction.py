"""What the model would have said of the past: known changes in, sector trade of later years against what happened.

A case is a group of pairs whose border changed: a union deepened, an agreement entered into force, a relation broke. The
change is a cost by sector that does not come from the trade it is compared with: an agreement's effect in the gravity of
the base year, a stated tariff, or the pair's own all-in index over an earlier period. The world of the base year is
solved with it. What the model adds is judged against the benchmark that trade grows with both sides' totals.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
import xarray as xr

from isthmus.core.axes import Array
from isthmus.core.errors import BadInputError
from isthmus.economy.baseline import FLOW, Baseline
from isthmus.equilibrium.scenario import Scenario, Shock
from isthmus.equilibrium.solve import find, pose

LEAST_MUSD = 10.0
"""Flows smaller than this in the base or the last year are left out and counted: they jump for reasons of their own."""


@dataclass(frozen=True, kw_only=True)
class Change:
    """What changed at the border of one directed pair, by sector.

    Attributes
    ----------
    exporter, importer
        Labels of the pair.
    ln_cost
        Log change of the iceberg cost by sector (S,).
    tariff_change
        Change of the tariff rate in percentage points, the same in every sector of goods.
    """

    exporter: str
    importer: str
    ln_cost: Array
    tariff_change: float = 0.0


@dataclass(frozen=True, kw_only=True)
class Score:
    """How well one set of flows was predicted; weights are base-year flows, logarithms of growth beyond the benchmark.

    Attributes
    ----------
    flows, left_out
        Flows compared, and those that were too small.
    correlation, slope
        Of what happened on what the model said, both beyond the benchmark; a slope of 1 means the right size.
    model_error, benchmark_error
        Weighted mean absolute log error with and without the model.
    said, happened
        Weighted mean growth beyond the benchmark, as a ratio less 1.
    """

    flows: int
    left_out: int
    correlation: float
    slope: float
    model_error: float
    benchmark_error: float
    said: float
    happened: float


@dataclass(frozen=True, kw_only=True)
class Trial:
    """A known change of the past, or all of a kind together, and how well the model told it.

    Attributes
    ----------
    id, kind
        Name of the case, of a kind, or ``all``; deepening, entering or rupture, "" for all together.
    titles
        By language; none for kinds.
    how
        Where the cost came from: agreement, observed or tariff; "" for kinds.
    base, later
        Year that was solved and year that was predicted; 0 for kinds.
    """

    id: str
    kind: str
    titles: Mapping[str, str]
    how: str
    base: int
    later: int
    score: Score


def retrodict(baseline: Baseline, changes: Sequence[Change], later: xr.DataArray) -> pd.DataFrame:
    """Predict the trade of the changed pairs and set it beside what happened.

    Parameters
    ----------
    baseline
        World of the base year.
    changes
        One for each directed pair.
    later
        Flows of the later year before tariff, (sector, exporter, importer), with the labels of the baseline in their order.

    Returns
    -------
    pandas.DataFrame
        exporter, importer, sector, base, actual, benchmark, predicted (million USD). The benchmark lets a flow grow with
        the exporter's sales and the importer's purchases abroad of that sector, both without the changed pairs; the
        prediction multiplies it by the change of the flow in the solved world, relative to that of the same totals.

    Raises
    ------
    BadInputError
        If a pair is named twice, or flows have other labels.
    """
    pairs = [(c.exporter, c.importer) for c in changes]
    if len(set(pairs)) < len(pairs):
        raise BadInputError("retrodiction", "a pair is named twice", allowed="each once", remedy="merge its changes")
    base = baseline.trade_share.values * baseline.spending.values[:, None, :] / baseline.tariff_factor.values
    solved = find(pose(baseline, Scenario(_shocks(baseline, changes)))).flows
    at = [(baseline.economies.index(i), baseline.economies.index(n)) for i, n in pairs]
    kept = np.ones(base.shape[1:], dtype=bool)
    np.fill_diagonal(kept, False)
    kept[tuple(np.array(at).T)] = False
    actual = baseline.axes.plain(later, FLOW, "flows of the later year")
    trend, said = _growth(base, actual, kept), _growth(base, solved, kept)
    frames = []
    for (i, n), (exporter, importer) in zip(at, pairs, strict=True):
        start, growth = base[:, i, n], trend[:, i, n]
        own = np.divide(solved[:, i, n], start, out=np.ones_like(start), where=start > 0) / said[:, i, n]
        frames.append(
            pd.DataFrame(
                {
                    "exporter": exporter,
                    "importer": importer,
                    "sector": baseline.sectors,
                    "base": start,
                    "actual": actual[:, i, n],
                    "benchmark": start * growth,
                    "predicted": start * growth * own,
                }
            )[[s in baseline.goods for s in baseline.sectors]]
        )
    return pd.concat(frames, ignore_index=True)


def score(rows: pd.DataFrame) -> Score:
    """Judge predictions, weighted by base-year flows (:eq:`retrodiction`).

    Parameters
    ----------
    rows
        As `retrodict` returns them, of one case or of several.
    """
    large = (rows[["base", "actual", "benchmark"]] >= LEAST_MUSD).all(axis=1)
    used = rows[large]
    weight = used["base"].to_numpy()
    weight = weight / weight.sum() if len(weight) else weight
    happened = np.log((used["actual"] / used["benchmark"]).to_numpy())
    said = np.log((used["predicted"] / used["benchmark"]).to_numpy())
    x, y = said - weight @ said, happened - weight @ happened
    spread = float(np.sqrt((weight @ x**2) * (weight @ y**2)))
    return Score(
        flows=len(used),
        left_out=int((~large).sum()),
        correlation=float(weight @ (x * y)) / spread if spread > 0 else float("nan"),
        slope=float(weight @ (said * happened)) / float(weight @ said**2) if (said != 0).any() else float("nan"),
        model_error=float(weight @ np.abs(happened - said)),
        benchmark_error=float(weight @ np.abs(happened)),
        said=float(np.expm1(weight @ said)),
        happened=float(np.expm1(weight @ happened)),
    )


def agreement_change(coefficients: Mapping[str, float], groups: Mapping[str, str], baseline: Baseline) -> Array:
    """Return the log change of cost by sector that an agreement's gravity effect amounts to: ``-effect / theta``.

    Parameters
    ----------
    coefficients
        Change of log trade by sector group, from the gravity of the base year.
    groups
        Group of each goods sector; services keep their cost.
    """
    theta = baseline.elasticity.values
    effect = np.array([coefficients[groups[s]] if s in baseline.goods else 0.0 for s in baseline.sectors])
    change: Array = -effect / theta
    return change


def _growth(before: Array, after: Array, kept: np.ndarray) -> Array:
    """Return the growth of each flow (S, N, N) if it followed both sides' trade of that sector with all others."""
    rows = _ratio((after * kept).sum(axis=2), (before * kept).sum(axis=2))
    columns = _ratio((after * kept).sum(axis=1), (before * kept).sum(axis=1))
    world = _ratio((after * kept).sum(axis=(1, 2)), (before * kept).sum(axis=(1, 2)))
    growth: Array = rows[:, :, None] * columns[:, None, :] / world[:, None, None]
    return growth


def _ratio(after: Array, before: Array) -> Array:
    return np.divide(after, before, out=np.ones_like(before), where=before > 0)


def _shocks(baseline: Baseline, changes: Sequence[Change]) -> tuple[Shock, ...]:
    shocks = []
    for change in changes:
        pair = Shock("tariff", exporter=change.exporter, importer=change.importer, sector="goods")
        shocks += [
            replace(pair, kind="trade_cost", change_pct=100 * float(np.expm1(size)), sector=sector)
            for sector, size in zip(baseline.sectors, change.ln_cost, strict=True)
            if size != 0
        ]
        if change.tariff_change:
            shocks.append(replace(pair, rate_change_pp=change.tariff_change))
    return tuple(shocks)
