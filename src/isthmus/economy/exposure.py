"""How deep economies depend on each other: through suppliers, suppliers of suppliers, and what happens when one is missing.

All measures rest on one record of links between industries of all economies. None of them is good or bad in itself: they say
where an economy is exposed, and are read beside what less exposure would cost in real income.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.linalg import lu_factor, lu_solve

from isthmus.core.axes import Array, Axes
from isthmus.economy.baseline import Baseline

STRONG = 1.0
"""Revealed comparative advantage from which a sector counts as a strength."""


CLOSE, ROUNDS = 1e-9, 30
"""Error left of the right-hand side when the factors of neighbouring links are used, and how many corrections are tried."""


@dataclass(frozen=True, kw_only=True)
class Links:
    """Who buys from whom, at basic prices; industries are ordered by sector, then economy.

    Attributes
    ----------
    inputs
        (S N, S N): input of the row's industry in a unit of output of the column's.
    value_added
        (S N,): value added in a unit of output. What is left of a unit is tariffs on inputs.
    output
        (S N,).
    final
        (S N, N): final use of each industry's goods by economy.
    flows
        (S, N, N): all sales, exporter by importer, own sales included.
    """

    axes: Axes
    inputs: Array
    value_added: Array
    output: Array
    final: Array
    flows: Array

    @cached_property
    def factors(self) -> tuple[Array, Array]:
        """LU factors of I - inputs."""
        lu, pivots = lu_factor(np.eye(self.output.size) - self.inputs)
        return lu, pivots

    @property
    def shape(self) -> tuple[int, int]:
        """Sectors, economies."""
        return len(self.axes.sectors), len(self.axes.economies)


def links_of(axes: Axes, *, sold: Array, chain: Array, beta: Array, spending: Array, final: Array) -> Links:
    """Return the links of a world in which every user buys a good from the same suppliers.

    Parameters
    ----------
    sold
        pi / tau, (S, N, N).
    chain
        Spending on inputs per unit of output, (N, S, S).
    beta, spending, final
        Value-added share, spending and final spending, (S, N).
    """
    s, n = spending.shape
    inputs = np.einsum("kin,nkj->kijn", sold, chain).reshape(s * n, s * n)
    flows = sold * spending[:, None, :]
    return Links(
        axes=axes,
        inputs=inputs,
        value_added=beta.ravel(),
        output=flows.sum(axis=2).ravel(),
        final=(sold * final[:, None, :]).reshape(s * n, n),
        flows=flows,
    )


def links(baseline: Baseline) -> Links:
    """Return the links of a calibrated world."""
    beta = baseline.value_added_share.values
    return links_of(
        baseline.axes,
        sold=baseline.trade_share.values / baseline.tariff_factor.values,
        chain=baseline.input_share.values * (1 - beta).T[:, None, :],
        beta=beta,
        spending=baseline.spending.values,
        final=baseline.final_share.values * baseline.income.values,
    )


@dataclass(frozen=True, kw_only=True)
class Exposure:
    """Measures of exposure and autonomy; shares are fractions.

    Attributes
    ----------
    embodied
        (N, S, N): value added of each supplier in a unit of output of (sector, economy), through all rounds.
    direct
        (N, S, N): inputs bought directly from each supplier per unit of output.
    export_content
        (N, N): value added of each supplier in the exports of each economy, as a share of them.
    final_content
        (N, N): value added of each supplier in the final use of each economy, as a share of it.
    concentration
        (S, N): Herfindahl index of foreign suppliers of each good to each economy; not a number where nothing is imported.
    largest_supplier
        (S, N): share of the largest foreign supplier in imports.
    upstreamness, downstreamness
        (S, N): mean number of steps to final use, and from primary factors.
    imports_to_gdp
        (N,).
    """

    axes: Axes
    embodied: Array
    direct: Array
    export_content: Array
    final_content: Array
    concentration: Array
    largest_supplier: Array
    upstreamness: Array
    downstreamness: Array
    imports_to_gdp: Array


def exposure(links: Links) -> Exposure:
    """Return the measures of exposure of a world.

    Value added through all rounds is the multi-country Leontief inverse (:eq:`embodied`): domestic content of exports after
    Hummels, Ishii and Yi (2001) and Koopman, Wang and Wei (2014), content of final use after Johnson and Noguera (2012).
    Position follows Antras, Chor, Fally and Hillberry (2012) and Fally (2012) (:eq:`position`), concentration is the index
    of Herfindahl over foreign suppliers.
    """
    s, n = links.shape
    owner = np.tile(np.arange(n), s)
    by_supplier = np.zeros((s * n, n))
    by_supplier[np.arange(s * n), owner] = links.value_added
    embodied = lu_solve(links.factors, by_supplier, trans=1).T
    abroad = links.flows * (1 - np.eye(n))
    exports = abroad.sum(axis=2)
    shipped = np.zeros((s * n, n))
    shipped[np.arange(s * n), owner] = exports.ravel()
    direct = np.zeros((n, s * n))
    np.add.at(direct, owner, links.inputs)
    upstream, downstream = _position(links)
    share = _shares(abroad)
    gdp = np.bincount(owner, links.value_added * links.output, n)
    return Exposure(
        axes=links.axes,
        embodied=embodied.reshape(n, s, n),
        direct=direct.reshape(n, s, n),
        export_content=_of_total(embodied @ shipped, exports.sum(axis=0)),
        final_content=_of_total(embodied @ links.final, links.final.sum(axis=0)),
        concentration=(share**2).sum(axis=1),
        largest_supplier=share.max(axis=1),
        upstreamness=upstream.reshape(s, n),
        downstreamness=downstream.reshape(s, n),
        imports_to_gdp=abroad.sum(axis=(0, 1)) / gdp,
    )


def extraction(links: Links, exporter: int, importer: int, sectors: Sequence[int] | None = None) -> Array:
    """Return the value added of every economy without the sales of one to another, as a share of its value added, (N,).

    Hypothetical extraction of trade flows after Dietzenbacher, van Burken and Kondo (2019) (:eq:`extraction`): the sales
    vanish and nothing takes their place, so this is the size of the link and not a forecast. Losses are negative.

    Parameters
    ----------
    exporter, importer
        Positions of the economies.
    sectors
        Positions of the goods that are cut; default: all.
    """
    s, _ = links.shape
    return _cuts(links, exporter, importer, [range(s) if sectors is None else sectors])[0]


def extraction_by_sector(links: Links, exporter: int, importer: int) -> Array:
    """Return `extraction` of one good after the other, and behind them of all together, (S + 1, N)."""
    s, _ = links.shape
    return np.array(_cuts(links, exporter, importer, [*([j] for j in range(s)), range(s)]))


def content_of(links: Links, delivered: Array, near: Links | None = None) -> Array:
    """Return the value added of each supplier in deliveries, as a share of them, (N, m).

    Parameters
    ----------
    delivered
        (S N, m): goods that leave the chain, by industry.
    near
        Links that differ little, whose factors are used instead of new ones (iterative refinement).
    """
    s, n = links.shape
    made = links.value_added[:, None] * _through_all_rounds(links, delivered, near)
    return _of_total(made.reshape(s, n, -1).sum(axis=0), delivered.sum(axis=0))


def deliveries(links: Links, economies: Sequence[int]) -> Array:
    """Return exports of each economy, then final use of each, by industry, (S N, 2 m): columns of `content_of`."""
    s, n = links.shape
    columns = []
    for economy in economies:
        shipped = np.zeros((s, n))
        shipped[:, economy] = links.flows[:, economy].sum(axis=1) - links.flows[:, economy, economy]
        columns.append(shipped.ravel())
    return np.stack([*columns, *(links.final[:, economy] for economy in economies)], axis=1)


def _through_all_rounds(links: Links, right: Array, near: Links | None) -> Array:
    """Return (I - A)^-1 right; with factors of a neighbour, corrected until nothing is left."""
    found: Array = lu_solve((near or links).factors, right)
    if near is None:
        return found
    for _ in range(ROUNDS):
        left = right - found + links.inputs @ found
        if np.abs(left).max() <= CLOSE * np.abs(right).max():
            return found
        found = found + lu_solve(near.factors, left)
    exact: Array = lu_solve(links.factors, right)
    return exact


def _cuts(links: Links, exporter: int, importer: int, cuts: Sequence[Sequence[int]]) -> list[Array]:
    """Return the loss of value added under each cut of goods: a change of few rows of I - A, by Woodbury's identity."""
    s, n = links.shape
    rows, users, owner = np.arange(s) * n + exporter, np.arange(s) * n + importer, np.tile(np.arange(n), s)
    unit = np.zeros((s * n, s))
    unit[rows, np.arange(s)] = 1.0
    spread = lu_solve(links.factors, unit)
    before = lu_solve(links.factors, links.final.sum(axis=1))
    total = np.bincount(owner, links.value_added * before, n)
    lost = []
    for goods in (np.asarray(cut, dtype=np.intp) for cut in cuts):
        at, cut = spread[:, goods], links.inputs[np.ix_(rows[goods], users)]
        left = before - at @ links.final[rows[goods], importer]
        small = np.eye(len(goods)) + cut @ at[users]
        after = left - at @ np.linalg.solve(small, cut @ left[users])
        lost.append(np.bincount(owner, links.value_added * after, n) / total - 1)
    return lost


def revealed_advantage(flows: Array) -> Array:
    """Return revealed comparative advantage by sector and economy, (S, N), from exports (:eq:`revealed-advantage`).

    Balassa (1965): the share of a sector in an economy's exports over its share in world exports.
    """
    exports = (flows * (1 - np.eye(flows.shape[1]))).sum(axis=2)
    own, world = exports.sum(axis=0), exports.sum(axis=1, keepdims=True)
    typical = world / exports.sum() * own
    advantage: Array = np.divide(exports, typical, out=np.zeros_like(exports), where=typical > 0)
    return advantage


def unused_strengths(flows: Array, exporter: int, importer: int) -> Array:
    """Return what an economy would sell more to another at the share it has elsewhere, million USD by sector, (S,).

    Only sectors in which the exporter has a revealed advantage count: its share in the imports of all others is compared
    with its share in the partner's imports (:eq:`unused-strength`). Zero where the partner already buys as much.
    """
    n = flows.shape[1]
    abroad = flows * (1 - np.eye(n))
    bought = abroad[:, :, importer].sum(axis=1)
    others = [k for k in range(n) if k not in (exporter, importer)]
    elsewhere = abroad[:, :, others].sum(axis=(1, 2))
    share = np.divide(
        abroad[:, exporter, others].sum(axis=1), elsewhere, out=np.zeros_like(bought), where=elsewhere > 0
    )
    missing = np.maximum(share * bought - abroad[:, exporter, importer], 0.0)
    strong = revealed_advantage(flows)[:, exporter] > STRONG
    return np.where(strong, missing, 0.0)


def _position(links: Links) -> tuple[Array, Array]:
    """Return mean distance to final use and from primary factors, (S N,) each."""
    ones = np.ones(links.output.size)
    spread = lu_solve(links.factors, links.output)
    upstream = np.divide(spread, links.output, out=np.ones_like(spread), where=links.output > 0)
    downstream: Array = lu_solve(links.factors, ones, trans=1)
    return upstream, downstream


def _shares(abroad: Array) -> Array:
    """Return the share of each exporter in imports, not a number where there are none."""
    total = abroad.sum(axis=1, keepdims=True)
    shares: Array = np.divide(abroad, total, out=np.full_like(abroad, np.nan), where=total > 0)
    return shares


def _of_total(values: Array, total: Array) -> Array:
    share: Array = np.divide(values, total, out=np.zeros_like(values), where=total > 0)
    return share
