"""The all-in index of Head and Ries (2001) and Novy (2013): what a border costs in all, seen in trade itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import xarray as xr

from isthmus.border.observed import FlowHistory, Geography, pair_positions
from isthmus.core.errors import BadInputError

ONE_WAY_BELOW = 0.01
"""A sector is one-way when its smaller direction is below this share of the larger."""

NO_DOMESTIC, NO_TRADE, ONE_SIDED = "no_domestic_sales", "no_trade", "one_direction_empty"


class OneWayTradeError(BadInputError):
    """A pair trades both ways in no sector, so that there is nothing to measure."""


@dataclass(frozen=True)
class AllIn:
    """The all-in index of one pair.

    Attributes
    ----------
    by_sector
        year, sector, value, low, high (fractions of domestic cost; empty where undefined), one_way, excluded (reason or
        empty), balance (smaller over larger direction), trade_musd (both directions, with tariff), log_ratio
        (half the log of trade over domestic sales; the index is exp(-log_ratio / theta) - 1).
    aggregate
        year, basket, value, low, high, sectors, coverage (share of the pair's trade in the sectors used). Basket
        `each_year` weights the two-way sectors of a year by that year's trade; `constant` uses the sectors that are
        two-way in every year with their mean trade weights, so that its changes are changes of cost. Low and high are the
        smallest and largest over the elasticity sets, each applied to all sectors.
    by_set
        year, basket, set, value: the aggregates under each elasticity set.
    excluded
        Counted exclusions: reason, sectors, cells.
    """

    by_sector: pd.DataFrame
    aggregate: pd.DataFrame
    by_set: pd.DataFrame
    excluded: pd.DataFrame


def head_ries(
    history: FlowHistory, pair: Sequence[str], theta: pd.DataFrame, *, one_way_below: float = ONE_WAY_BELOW
) -> AllIn:
    """Return the all-in trade cost of a pair by sector and year (:eq:`head-ries`).

    The index ((X_nn X_ii) / (X_ni X_in))^(1 / (2 theta)) - 1 is the ad valorem cost of crossing the border, geometric
    mean of both directions, relative to selling at home. It means nothing where trade flows one way only: such sectors
    are flagged and left out of the aggregates.

    Parameters
    ----------
    history
        Flows with tariff (`include_tariff`), million USD.
    pair
        Two labels.
    theta
        Trade elasticities from `elasticity_table`, index sector, columns central, low, high.
    one_way_below
        A sector is one-way in a year when its smaller direction is less than this share of the larger.

    Raises
    ------
    BadInputError
        For flows without tariff, an unknown label, a sector without elasticity, or a pair with no sector that can be
        computed in any year.
    """
    if not history.with_tariff:
        raise BadInputError(
            "flow history",
            "is before tariff",
            allowed="flows at prices the importer pays",
            remedy="call include_tariff first",
        )
    theta = _aligned(theta, history.sectors)
    rows = _by_sector(history, pair_positions(history, pair), theta, one_way_below)
    usable = rows[(rows["excluded"] == "") & ~rows["one_way"]]
    if usable.empty:
        raise OneWayTradeError(
            f"pair {pair[0]} {pair[1]}",
            f"no sector with trade in both directions and domestic sales in {history.years[0]} to {history.years[-1]}",
            allowed="a pair that trades both ways in at least one sector",
            remedy="choose another pair, or a world that records its trade",
        )
    return AllIn(rows, *_aggregates(rows, usable, theta), _exclusions(rows))


def elasticity_table(
    sets: xr.DataArray, central: str, services: Sequence[str], services_theta: tuple[float, float, float]
) -> pd.DataFrame:
    """Return trade elasticities by sector: columns central, low, high and one per published set.

    Parameters
    ----------
    sets
        Dims (set, sector), positive.
    central
        Name of the set used as central reading of goods.
    services
        Service sectors, aggregates included that `sets` does not know; they take `services_theta`.
    services_theta
        Low, central, high of services, for which no set has an estimate.

    Notes
    -----
    `low` and `high` are the smallest and largest of the sets. A large elasticity means a small cost.
    """
    names = [str(s) for s in sets["set"].values]
    if central not in names:
        raise BadInputError(
            "elasticity, source", f"unknown set {central!r}", allowed=", ".join(names), remedy="name one of the sets"
        )
    table = pd.DataFrame(
        np.asarray(sets.transpose("sector", "set").values, dtype=float), [str(s) for s in sets["sector"].values], names
    )
    table.insert(0, "central", table[central])
    table.insert(1, "low", table[names].min(axis=1))
    table.insert(2, "high", table[names].max(axis=1))
    low, middle, high = services_theta
    for sector in services:
        table.loc[sector] = middle
        table.loc[sector, ["low", "high"]] = [low, high]
    return table.rename_axis("sector")


def benchmark_pairs(history: FlowHistory, geography: Geography, *, most: int = 6) -> list[tuple[str, str]]:
    """Return well-integrated neighbours to set beside a pair, chosen by data.

    Single economies that share a land border and had a deep agreement in every year of the history, the pairs with the
    most trade in its last year first, no economy more than twice.
    """
    groups = set(geography.groups)
    near = geography.pairs[geography.pairs["contiguity"] == 1]
    deep = geography.agreements[geography.agreements["deep"] & (geography.agreements["share"] == 1)]
    years = deep[deep["year"].isin(history.years)].groupby(["exporter", "importer"])["year"].nunique()
    always = set(years.index[years == len(history.years)])
    last = np.asarray(history.value.values)[-1].sum(axis=0)
    place = {e: i for i, e in enumerate(history.economies)}
    found = {
        (a, b): float(last[place[a], place[b]] + last[place[b], place[a]])
        for a, b in zip(near["exporter"], near["importer"], strict=True)
        if a < b and (a, b) in always and not {a, b} & groups and a in place and b in place
    }
    chosen: list[tuple[str, str]] = []
    for pair in sorted(found, key=lambda pair: -found[pair]):
        if all(sum(e in other for other in chosen) < 2 for e in pair):
            chosen.append(pair)
    return chosen[:most]


def _by_sector(
    history: FlowHistory, positions: tuple[int, int], theta: pd.DataFrame, one_way_below: float
) -> pd.DataFrame:
    a, b = positions
    x = np.asarray(history.value.values, dtype=float)
    out, back, home_a, home_b = x[:, :, a, b], x[:, :, b, a], x[:, :, a, a], x[:, :, b, b]
    larger, smaller = np.maximum(out, back), np.minimum(out, back)
    reason = np.where(
        larger == 0,
        NO_TRADE,
        np.where((home_a == 0) | (home_b == 0), NO_DOMESTIC, np.where(smaller == 0, ONE_SIDED, "")),
    )
    defined = reason == ""
    safe = [np.where(defined, part, 1.0) for part in (out, back, home_a, home_b)]
    log_ratio = np.where(defined, 0.5 * (np.log(safe[0]) + np.log(safe[1]) - np.log(safe[2]) - np.log(safe[3])), np.nan)
    balance = np.divide(smaller, larger, out=np.zeros_like(larger), where=larger > 0)
    index = pd.MultiIndex.from_product([history.years, history.sectors], names=["year", "sector"])
    bounds = {name: np.exp(-log_ratio / theta[name].to_numpy()) - 1 for name in ("central", "low", "high")}
    columns = {
        "value": bounds["central"],
        "low": np.minimum(bounds["low"], bounds["high"]),
        "high": np.maximum(bounds["low"], bounds["high"]),
        "one_way": (larger > 0) & (balance < one_way_below),
        "excluded": reason,
        "balance": balance,
        "trade_musd": out + back,
        "log_ratio": log_ratio,
    }
    return pd.DataFrame({name: grid.ravel() for name, grid in columns.items()}, index).reset_index()


def _aligned(theta: pd.DataFrame, sectors: Sequence[str]) -> pd.DataFrame:
    missing = [s for s in sectors if s not in theta.index]
    if missing:
        raise BadInputError(
            "trade elasticities",
            f"none for sector {', '.join(missing)}",
            allowed=", ".join(map(str, theta.index)),
            remedy="add a row, or name the sector among the services",
        )
    return theta.loc[list(sectors)]


def _aggregates(rows: pd.DataFrame, usable: pd.DataFrame, theta: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Trade-weighted geometric means of the cost factor over two-way sectors, in both baskets, with each set's result."""
    total = rows.groupby("year")["trade_musd"].sum()
    parts = []
    for basket, frame in two_way_baskets(rows, usable).items():
        logs = {name: -frame["log_ratio"] / frame["sector"].map(theta[name]) for name in theta.columns}
        parts.append(mean_cost(frame, logs, total).assign(basket=basket))
    wide = pd.concat(parts, ignore_index=True)
    sets = [name for name in theta.columns if name not in ("central", "low", "high")] or ["central"]
    extremes = wide[["central", *sets]]
    aggregate = wide.assign(value=wide["central"], low=extremes.min(axis=1), high=extremes.max(axis=1))
    by_set = wide.melt(["year", "basket"], sets, "set", "value")
    return aggregate[["year", "basket", "value", "low", "high", "sectors", "coverage"]], by_set


def two_way_baskets(rows: pd.DataFrame, usable: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return usable rows with their `weight` for the baskets `each_year` and `constant` (see `AllIn`)."""
    years = usable.groupby("sector")["year"].nunique()
    constant = usable[usable["sector"].isin(years.index[years == rows["year"].nunique()])]
    mean = constant.groupby("sector")["trade_musd"].mean()
    return {
        "each_year": usable.assign(weight=usable["trade_musd"]),
        "constant": constant.assign(weight=constant["sector"].map(mean)),
    }


def mean_cost(frame: pd.DataFrame, logs: "Mapping[str, pd.Series[float]]", total: "pd.Series[float]") -> pd.DataFrame:
    """Return exp(weighted mean of a log cost factor) - 1 by year, a column a name of `logs`, with sectors and coverage."""
    share = frame["weight"] / frame.groupby("year")["weight"].transform("sum")
    year = frame["year"]
    found = {name: np.expm1((share * log).groupby(year).sum()) for name, log in logs.items()}
    counts = {
        "sectors": frame.groupby("year")["sector"].size(),
        "coverage": frame.groupby("year")["trade_musd"].sum() / total,
    }
    return pd.DataFrame({**found, **counts}).dropna().rename_axis("year").reset_index()


def _exclusions(rows: pd.DataFrame) -> pd.DataFrame:
    reason = rows["excluded"].where(rows["excluded"] != "", np.where(rows["one_way"], "one_way", ""))
    counted = rows.assign(reason=reason)[reason != ""].groupby("reason")["sector"]
    listed = {name: (";".join(sorted(part.unique())), len(part)) for name, part in counted}
    return pd.DataFrame([(name, *found) for name, found in listed.items()], columns=["reason", "sectors", "cells"])
