"""The frontier: a pair's border cost beyond what geography alone implies for well-integrated pairs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from scipy.special import ndtri

from isthmus.border.gravity import TERMS, Estimates, design
from isthmus.border.head_ries import AllIn, mean_cost, two_way_baskets
from isthmus.border.observed import Geography
from isthmus.core.errors import BadInputError

INTEGRATION = ("deep", "other", "none")
"""Agreement that the pairs on the frontier have."""


@dataclass(frozen=True)
class Excess:
    """How far one pair stands behind the frontier.

    Attributes
    ----------
    by_sector
        year, sector, group, all_in, frontier, value (the excess), low, high, se (of the frontier's log trade), one_way,
        excluded, trade_musd. 1 + all_in = (1 + frontier)(1 + value), exactly.
    aggregate
        year, basket, all_in, frontier, value, low, high, sectors, coverage; baskets as in `AllIn`.
    """

    by_sector: pd.DataFrame
    aggregate: pd.DataFrame


def excess(
    index: AllIn,
    pair: Sequence[str],
    estimates: Estimates,
    geography: Geography,
    groups: Mapping[str, str],
    theta: pd.DataFrame,
    *,
    integration: str = "deep",
    draws: int = 256,
    seed: int = 20260,
) -> Excess:
    """Return the excess of a pair over the frontier (:eq:`frontier`).

    Fixed effects cancel in L = half ln (X_ni X_in / (X_nn X_ii)), so gravity predicts what L would be for the pair's own
    distance, border contact and language had it the agreement of well-integrated pairs:
    F = b_border + b_dist [ln d_ni - (ln d_nn + ln d_ii) / 2] + b_cont c_ni + b_lang l_ni + b_deep.
    The excess is exp((F - L) / theta) - 1: the ad valorem cost by which the pair trades as if it were further away than
    it is. It is negative for a pair that trades more than the frontier. One number for the geometric mean of both
    directions.

    Parameters
    ----------
    index
        All-in index of the same pair (`head_ries`).
    integration
        `deep` (default), `other` (an agreement that is not deep) or `none`.
    draws, seed
        Size and seed of the quasi-random sample behind low and high: the 5th and 95th percentile over the sampling
        error of the coefficients and over the elasticity sets, one set for all sectors of a draw (services: uniform
        between their low and high). The recorded flows are taken as they stand.

    Raises
    ------
    BadInputError
        For an economy without geography, or a group and year without estimate.
    """
    if integration not in INTEGRATION:
        raise BadInputError(
            "integration", f"found {integration!r}", allowed=", ".join(INTEGRATION), remedy="use one of these"
        )
    rows = index.by_sector[index.by_sector["year"].isin(estimates.fits["year"])].reset_index(drop=True)
    rows["group"] = rows["sector"].map(dict(groups))
    line = _frontier(rows, pair, estimates, geography, integration)
    elasticity = rows["sector"].map(theta["central"]).to_numpy(dtype=float)
    gap = (line.centre - rows["log_ratio"].to_numpy()) / elasticity
    sample = _sample(rows, line, theta, draws, seed)
    low, high = np.percentile(sample, [5, 95], axis=0)
    by_sector = rows[["year", "sector", "group"]].assign(
        all_in=rows["value"],
        frontier=np.expm1(-line.centre / elasticity),
        value=np.expm1(gap),
        low=np.expm1(low),
        high=np.expm1(high),
        se=line.error,
        one_way=rows["one_way"],
        excluded=rows["excluded"],
        trade_musd=rows["trade_musd"],
    )
    return Excess(by_sector, _aggregate(rows, by_sector, gap, sample))


def frontier_tests(
    index: AllIn,
    pair: Sequence[str],
    estimates: Estimates,
    geography: Geography,
    groups: Mapping[str, str],
    theta: pd.DataFrame,
    years: Sequence[int] | None = None,
) -> pd.DataFrame:
    """Return the aggregate excess under other choices for `years` (all by default): year, choice, variant, value, low, high.

    Choices: `elasticity` (each published set for goods), `integration` (agreement on the frontier), `sectors` (each
    group of sectors left out) and `basket`; all other settings stay as in `excess`.
    """
    found = []
    whole = index
    if years is not None:
        index = replace(index, by_sector=index.by_sector[index.by_sector["year"].isin(years)])

    def add(
        choice: str,
        variant: str,
        index: AllIn,
        theta: pd.DataFrame,
        basket: str = "each_year",
        integration: str = "deep",
    ) -> None:
        result = excess(index, pair, estimates, geography, groups, theta, integration=integration).aggregate
        result = result[result["basket"] == basket]
        found.append(result[["year", "value", "low", "high"]].assign(choice=choice, variant=variant))

    add("baseline", "", index, theta)
    add("basket", "constant", whole, theta, basket="constant")
    for name in (c for c in theta.columns if c not in ("central", "low", "high")):
        one = theta.assign(central=theta[name])
        add("elasticity", name, index, one[["central", "low", "high", name]])
    for name in INTEGRATION[1:]:
        add("integration", name, index, theta, integration=name)
    for group in sorted({groups[s] for s in index.by_sector["sector"]}):
        rest = index.by_sector[index.by_sector["sector"].map(dict(groups)) != group]
        if ((rest["excluded"] == "") & ~rest["one_way"]).any():
            add("sectors", f"without {group}", replace(index, by_sector=rest), theta)
    columns = ["year", "choice", "variant", "value", "low", "high"]
    table = pd.concat(found, ignore_index=True)[columns]
    return table[table["year"].isin(index.by_sector["year"])].reset_index(drop=True)


@dataclass(frozen=True)
class _Line:
    """Frontier log trade of every row and its standard error."""

    centre: np.ndarray
    error: np.ndarray


def _frontier(
    rows: pd.DataFrame, pair: Sequence[str], estimates: Estimates, geography: Geography, integration: str
) -> _Line:
    """Predict L of the pair on the frontier for every row of `rows` (columns year and group)."""
    near = _between(geography, pair)
    contrast = {int(year): _contrast(near, pair, int(year), integration) for year in rows["year"].unique()}
    coefficients = dict(tuple(estimates.coefficients.groupby(["group", "year"], sort=False)))
    covariance = dict(tuple(estimates.covariance.groupby(["group", "year"], sort=False)))
    centre, error = np.empty(len(rows)), np.empty(len(rows))
    for group, year in rows[["group", "year"]].drop_duplicates().itertuples(index=False):
        key = (group, int(year))
        at = np.flatnonzero((rows["group"] == group) & (rows["year"] == year))
        if key not in coefficients:
            raise BadInputError(
                "gravity",
                f"no estimate for group {group}, year {year}",
                allowed="groups and years of the estimates",
                remedy="estimate them",
            )
        terms = coefficients[key]["term"].tolist()
        w = np.array([contrast[key[1]][term] for term in terms])
        matrix = covariance[key]["value"].to_numpy().reshape(len(terms), len(terms))
        centre[at] = w @ coefficients[key]["estimate"].to_numpy()
        error[at] = np.sqrt(w @ matrix @ w)
    return _Line(centre, error)


def _between(geography: Geography, pair: Sequence[str]) -> Geography:
    """Cut the geography to the two economies of a pair."""
    for economy in pair:
        if economy not in geography.economies:
            raise BadInputError(
                f"geography of {economy}",
                "not known",
                allowed=", ".join(geography.economies),
                remedy="choose another pair, or add it to geography.csv",
            )
    pairs, links = (
        t[t["exporter"].isin(pair) & t["importer"].isin(pair)] for t in (geography.pairs, geography.agreements)
    )
    return replace(geography, pairs=pairs, agreements=links)


def _contrast(geography: Geography, pair: Sequence[str], year: int, integration: str) -> dict[str, float]:
    """Weights of the terms in L: the mean of both directions less the mean of both own pairs, on the frontier."""
    table = design(geography, year)
    sign = np.where(table["exporter"] == table["importer"], -0.5, 0.5)
    found = {term: float(sign @ table[term].to_numpy()) for term in TERMS}
    found["deep_agreement"] = float(integration == "deep")
    found["other_agreement"] = float(integration == "other")
    return found


def _sample(rows: pd.DataFrame, line: _Line, theta: pd.DataFrame, draws: int, seed: int) -> np.ndarray:
    """Draw the log excess of every row, shape (draws, rows).

    One dimension chooses the elasticity set, one places services in their range, one moves the frontier of all groups
    and years by the same number of standard errors: they rest on the same geography, so their errors do not average out.
    """
    from scipy.stats import qmc  # takes about a second to load, so only here

    sobol = qmc.Sobol(d=3, scramble=True, seed=np.random.default_rng(seed))
    unit = sobol.random_base2(int(np.ceil(np.log2(draws))))[:draws]
    sets = [c for c in theta.columns if c not in ("central", "low", "high")] or ["central"]
    chosen = np.minimum((unit[:, 0] * len(sets)).astype(int), len(sets) - 1)
    table = theta.loc[rows["sector"], :]
    by_set = table[sets].to_numpy(dtype=float).T
    elasticity = by_set[chosen]
    flat = (by_set == by_set[0]).all(axis=0) & (
        len(sets) > 1
    )  # no set tells these apart: they carry a range of their own
    low, high = table["low"].to_numpy(dtype=float), table["high"].to_numpy(dtype=float)
    elasticity[:, flat] = low[flat] + unit[:, [1]] * (high - low)[flat]
    frontier = line.centre + ndtri(np.clip(unit[:, [2]], 1e-12, 1 - 1e-12)) * line.error
    drawn: np.ndarray = (frontier - rows["log_ratio"].to_numpy()) / elasticity
    return drawn


def _aggregate(rows: pd.DataFrame, by_sector: pd.DataFrame, gap: np.ndarray, sample: np.ndarray) -> pd.DataFrame:
    """Trade-weighted geometric means over two-way sectors, with the percentiles of the same mean over the draws."""
    usable = rows[(rows["excluded"] == "") & ~rows["one_way"]]
    total = rows.groupby("year")["trade_musd"].sum()
    parts = []
    for basket, frame in two_way_baskets(rows, usable).items():
        logs = {
            "all_in": np.log1p(by_sector["all_in"]).loc[frame.index],
            "frontier": np.log1p(by_sector["frontier"]).loc[frame.index],
            "value": pd.Series(gap, rows.index).loc[frame.index],
        }
        result = mean_cost(frame, logs, total)
        share = (frame["weight"] / frame.groupby("year")["weight"].transform("sum")).to_numpy()
        for year in result["year"]:
            at = (frame["year"] == year).to_numpy()
            means = sample[:, frame.index[at]] @ share[at]
            low, high = np.expm1(np.percentile(means, [5, 95]))
            result.loc[result["year"] == year, ["low", "high"]] = [low, high]
        parts.append(result.assign(basket=basket))
    columns = ["year", "basket", "all_in", "frontier", "value", "low", "high", "sectors", "coverage"]
    return pd.concat(parts, ignore_index=True).reindex(columns=columns)
