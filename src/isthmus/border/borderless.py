"""Trade without borders: a one-sector world in changes, used to hold the estimator and the algebra against print."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from isthmus.border.gravity import PoissonFit, fit_poisson
from isthmus.core.axes import Array
from isthmus.core.errors import BadInputError, NotConvergedError

GUIDE_TERMS = ("ln_distance", "contiguity", "border")


@dataclass(frozen=True)
class Borderless:
    """Effects of taking the border term out of trade costs.

    Attributes
    ----------
    effects
        economy, real_gdp_pct, exports_pct. Exports are deflated by the consumer price of `numeraire`.
    fit
        The gravity estimate behind it.
    iterations, residual
        Of the equilibrium; the residual is the largest relative miss of a market.
    numeraire
        Economy whose consumer price deflates exports.
    """

    effects: pd.DataFrame
    fit: PoissonFit
    iterations: int
    residual: float
    numeraire: str


def without_borders(panel: pd.DataFrame, sigma: float, numeraire: str) -> Borderless:
    """Estimate one cross-section and solve the world in which the border term is 0.

    The full endowment equilibrium of the structural gravity guide (Yotov et al. 2016, chapter 2) in exact changes:
    every economy sells one good of its own, endowments are fixed, expenditure stays phi_i = E_i / Y_i times output.
    Outputs then need not sum to expenditures at new prices; all expenditures are scaled by one factor so that they do.

    Parameters
    ----------
    panel
        exporter, importer, trade (own trade included), distance, contiguity of every directed pair, once each.
    sigma
        Elasticity of substitution; theta = sigma - 1.
    numeraire
        Label of the economy whose consumer price deflates exports.

    Raises
    ------
    BadInputError
        For a pair missing or an unknown numeraire.
    NotConvergedError
        When the estimate or the equilibrium does not converge.
    """
    labels = sorted(panel["exporter"].unique())
    if numeraire not in labels or len(panel) != len(labels) ** 2 or panel.duplicated(["exporter", "importer"]).any():
        raise BadInputError(
            "gravity panel",
            f"{len(panel)} rows for {len(labels)} economies, numeraire {numeraire!r}",
            allowed="every directed pair once, own pairs included, and a numeraire among them",
            remedy="complete the panel",
        )
    fit = _estimate(panel)
    fitted = panel.assign(fitted=fit.fitted.reindex(panel.index))
    trade = (
        fitted.pivot(index="exporter", columns="importer", values="fitted").loc[labels, labels].to_numpy(dtype=float)
    )
    border = float(fit.coefficients.set_index("term")["estimate"]["border"])
    change = np.exp(-border * (1 - np.eye(len(labels))))
    price, index, sales, iterations, residual = solve_endowment(trade, change, sigma)
    before = trade.sum(axis=1) - np.diag(trade)
    exports = (sales.sum(axis=1) - np.diag(sales)) / before / index[labels.index(numeraire)]
    effects = pd.DataFrame(
        {"economy": labels, "real_gdp_pct": 100 * (price / index - 1), "exports_pct": 100 * (exports - 1)}
    )
    return Borderless(effects, fit, iterations, residual, numeraire)


def solve_endowment(
    trade: Array, cost_change: Array, sigma: float, *, tolerance: float = 1e-12, limit: int = 10_000
) -> tuple[Array, Array, Array, int, float]:
    """Solve the one-sector endowment world in changes.

    Parameters
    ----------
    trade
        Baseline sales, shape (exporter, importer), row sums are outputs and column sums expenditures.
    cost_change
        New over old t^(1 - sigma), same shape.

    Returns
    -------
    price, index, sales, iterations, residual
        Changes of factory-gate prices (world output at old quantities constant), changes of consumer price indices, new
        sales, iterations and the largest relative miss of sales against output.

    Notes
    -----
    p_i Y_i = sum_j s'_ij E'_j, s'_ij proportional to s_ij (t change) p_i^(1 - sigma), E'_j = k phi_j p_j Y_j with k such
    that expenditures sum to outputs.
    """
    output, spending = trade.sum(axis=1), trade.sum(axis=0)
    share, phi = trade / spending, spending / output
    price = np.ones(len(output))
    for iteration in range(1, limit + 1):
        attraction = share * cost_change * (price ** (1 - sigma))[:, None]
        index = attraction.sum(axis=0) ** (1 / (1 - sigma))
        income = price * output
        demand = phi * income
        demand *= income.sum() / demand.sum()
        sales = attraction / attraction.sum(axis=0) * demand
        excess = sales.sum(axis=1) / income
        residual = float(np.abs(excess - 1).max())
        if residual < tolerance:
            return price, index, sales, iteration, residual
        price = price * excess ** (1 / sigma)
        price *= output.sum() / (price * output).sum()
    raise NotConvergedError(
        f"trade without borders: markets miss by {residual:.1e}", [{"iteration": limit, "residual": residual}]
    )


def _estimate(panel: pd.DataFrame) -> PoissonFit:
    """Fit the guide's cross-section: exporter and importer effects, distance, contiguity, border."""
    sample = pd.DataFrame(
        {
            "trade": panel["trade"].astype(float),
            "ln_distance": np.log(panel["distance"].astype(float)),
            "contiguity": panel["contiguity"].astype(float),
            "border": (panel["exporter"] != panel["importer"]).astype(float),
            "exporter": panel["exporter"],
            "importer": panel["importer"],
            "pair": [" ".join(sorted(p)) for p in zip(panel["exporter"], panel["importer"], strict=True)],
        },
        index=panel.index,
    )
    fit = fit_poisson(sample, "trade", GUIDE_TERMS, ("exporter", "importer"), "pair")
    if not fit.converged or fit.dropped:
        raise NotConvergedError(
            f"gravity of the panel: converged {fit.converged}, {fit.dropped} observations lost",
            [{"residual": fit.residual}],
        )
    return fit
