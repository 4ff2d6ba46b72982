"""Structural gravity: what geography and agreements do to trade, estimated on all pairs (PPML with fixed effects)."""

import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from scipy.special import gammaln, xlogy

from isthmus.border.jackknife import Jackknife, jackknife_covariance
from isthmus.border.observed import FlowHistory, Geography
from isthmus.core.errors import BadInputError, NotConvergedError

TERMS = ("border", "ln_distance", "contiguity", "common_language", "deep_agreement", "other_agreement")
METHOD = "ppml-exporter-sector-importer-sector-jackknife-2"
"""Name of the method; it changes whenever equal inputs would give other estimates."""

RESIDUAL_LIMIT = 1e-5
"""Largest miss of a fixed effect's sum, as a share of all trade in the estimate, that counts as converged."""


@dataclass(frozen=True)
class Estimates:
    """Gravity coefficients by sector group and year; the same for every pair of economies.

    Attributes
    ----------
    coefficients
        group, year, term, estimate, se (clustered by pair, jackknifed), low, high (5th and 95th percentile of the normal).
    covariance
        group, year, term_a, term_b, value.
    fits
        group, year, observations, clusters, pinned_clusters (that could not be left out), converged, residual (largest
        miss of a fixed effect's sum over all trade), pseudo_r2.
    dropped
        group, year, reason, labels, observations: everything that was left out of the estimate.
    """

    coefficients: pd.DataFrame
    covariance: pd.DataFrame
    fits: pd.DataFrame
    dropped: pd.DataFrame

    def tables(self) -> dict[str, pd.DataFrame]:
        """Return the tables by name, ready to be stored; `Estimates(**tables)` is the way back."""
        return {
            "coefficients": self.coefficients,
            "covariance": self.covariance,
            "fits": self.fits,
            "dropped": self.dropped,
        }


def estimate(
    history: FlowHistory, geography: Geography, groups: Mapping[str, str], years: Sequence[int] | None = None
) -> Estimates:
    """Estimate gravity by sector group and year (:eq:`gravity`).

    X_ni^j = exp(e_i^j + m_n^j + b' z_ni), by Poisson pseudo maximum likelihood on flows with tariff and own sales,
    zeros included, with effects of every exporter-sector and importer-sector; z holds a border dummy and, for pairs
    across a border, ln distance, contiguity, common official language, deep and other agreements (a pair with both
    counts as deep). ln distance is in z of own pairs too. Standard errors are clustered by unordered pair and
    jackknifed (`jackknife_covariance`).

    Parameters
    ----------
    history
        Flows with tariff, million USD.
    geography
        Pairs, agreements and members. Economies without geography are left out. Own sales of a group of economies are
        left out: they mix domestic sales with trade among the members. Both are listed in `dropped`.
    groups
        Group of each sector of the history; sectors of a group share coefficients, not fixed effects.
    years
        Years to estimate, all of the history by default.

    Raises
    ------
    BadInputError
        For flows without tariff, an unknown year, or a group whose terms cannot be told apart.
    NotConvergedError
        When an estimate does not converge; the trace names group and year.
    """
    if not history.with_tariff:
        raise BadInputError(
            "flow history",
            "is before tariff",
            allowed="flows at prices the importer pays",
            remedy="call include_tariff first",
        )
    coefficients, covariance, fits, dropped = [], [], [], []
    for group, year, panel in _panels(history, geography, groups, _known_years(history, years)):
        sample, lost = _without_empty_effects(panel)
        fit = fit_poisson(sample, "value", present_terms(sample), ("exporter_sector", "importer_sector"), "pair")
        if not fit.converged or fit.residual > RESIDUAL_LIMIT:
            raise NotConvergedError(
                f"gravity of group {group}, year {year}: fixed effects miss {fit.residual:.1e} of trade",
                [{"group": group, "year": year, "residual": fit.residual}],
            )
        key = {"group": group, "year": year}
        coefficients.append(fit.coefficients.assign(group=group, year=year))
        covariance.append(fit.covariance.assign(group=group, year=year))
        fits.append({**key, **fit.summary()})
        lost += _left_out(history, geography, groups, group)
        if fit.dropped:
            lost.append(("separation_or_singleton", "", fit.dropped))
        dropped += [{**key, "reason": reason, "labels": labels, "observations": n} for reason, labels, n in lost]
    return Estimates(
        _stacked(coefficients, ["group", "year", "term", "estimate", "se", "low", "high"]),
        _stacked(covariance, ["group", "year", "term_a", "term_b", "value"]),
        pd.DataFrame(fits),
        pd.DataFrame(dropped, columns=["group", "year", "reason", "labels", "observations"]),
    )


@dataclass(frozen=True)
class PoissonFit:
    """One Poisson fit with fixed effects: tables as in `Estimates`, and how it went.

    `fitted` are the fitted values by row label of the sample; rows that were dropped are absent.
    """

    coefficients: pd.DataFrame
    covariance: pd.DataFrame
    fitted: "pd.Series[float]"
    converged: bool
    residual: float
    clusters: int
    pinned: int
    dropped: int
    pseudo_r2: float

    def summary(self) -> dict[str, Any]:
        """Return what a convergence report needs."""
        return {
            "observations": len(self.fitted),
            "clusters": self.clusters,
            "pinned_clusters": self.pinned,
            "converged": self.converged,
            "residual": self.residual,
            "pseudo_r2": self.pseudo_r2,
        }


def fit_poisson(
    sample: pd.DataFrame, value: str, terms: Sequence[str], effects: Sequence[str], cluster: str
) -> PoissonFit:
    """Fit `value` on `terms` with fixed `effects` by Poisson pseudo maximum likelihood, errors jackknifed by `cluster`.

    Parameters
    ----------
    sample
        Unique row labels; `effects` and `cluster` are columns of labels.

    Raises
    ------
    BadInputError
        When a term is collinear with the others or with the fixed effects.
    """
    import pyfixest  # takes about a second to load, so only here

    sample = sample.reset_index(drop=False).rename(columns={"index": "row"})
    coded = sample.assign(**{name: pd.factorize(sample[name])[0] for name in (*effects, cluster)})
    empty = any((np.bincount(coded[e], coded[value]) == 0).any() for e in effects)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # separated observations are counted below
        model: Any = pyfixest.fepois(
            f"{value} ~ {' + '.join(terms)} | {' + '.join(effects)}",
            coded,
            iwls_tol=1e-10,
            iwls_maxiter=100,
            fixef_tol=1e-9,
            separation_check=["fe"] if empty else [],
            copy_data=False,
        )
    names = list(model.coef().index)
    if lost := [name for name in terms if name not in names]:
        raise BadInputError(
            "gravity",
            f"{', '.join(lost)} cannot be told apart from the other terms",
            allowed="terms that vary",
            remedy="leave it out or widen the sample",
        )
    kept = coded.iloc[np.setdiff1d(np.arange(len(coded)), np.asarray(model.na_index, dtype=int))]
    fitted = np.asarray(model.predict(type="response"), dtype=float).ravel()
    errors = _jackknife(kept, value, names, effects, cluster, fitted)
    return PoissonFit(
        coefficients=_coefficients(names, np.asarray(model.coef()), np.sqrt(np.diag(errors.covariance))),
        covariance=_covariance(names, errors.covariance),
        fitted=pd.Series(fitted, kept["row"].to_numpy()),
        converged=bool(model.convergence),
        residual=_residual(kept, value, effects, fitted),
        clusters=errors.clusters,
        pinned=errors.pinned,
        dropped=len(coded) - len(kept),
        pseudo_r2=_pseudo_r2(kept[value].to_numpy(dtype=float), fitted),
    )


def _jackknife(
    sample: pd.DataFrame, value: str, terms: Sequence[str], effects: Sequence[str], cluster: str, fitted: np.ndarray
) -> Jackknife:
    first, second, codes = (pd.factorize(sample[name])[0].astype(np.intp) for name in (*effects, cluster))
    residual = sample[value].to_numpy(dtype=float) - fitted
    return jackknife_covariance(sample[list(terms)].to_numpy(dtype=float), fitted, residual, (first, second), codes)


def present_terms(sample: pd.DataFrame) -> list[str]:
    """Return the terms that vary in a sample; a term that is 0 everywhere has nothing to say."""
    return [t for t in TERMS if sample[t].nunique() > 1]


def design(geography: Geography, year: int) -> pd.DataFrame:
    """Return the regressors of every directed pair in a year: exporter, importer and `TERMS`."""
    frame = geography.pairs[["exporter", "importer"]].copy()
    abroad = (frame["exporter"] != frame["importer"]).to_numpy().astype(float)
    frame["border"] = abroad
    frame["ln_distance"] = np.log(geography.pairs["distance_km"].to_numpy(dtype=float))
    for term in ("contiguity", "common_language"):
        frame[term] = geography.pairs[term].to_numpy(dtype=float) * abroad
    links = geography.agreements[geography.agreements["year"] == year]
    index = pd.MultiIndex.from_frame(frame[["exporter", "importer"]])
    linked = {}
    for name, rows in (("deep", links[links["deep"]]), ("other", links[~links["deep"]])):
        share = rows.groupby(["exporter", "importer"])["share"].max() if len(rows) else pd.Series(dtype=float)
        linked[name] = share.reindex(index).fillna(0.0).to_numpy(dtype=float) if len(rows) else np.zeros(len(frame))
    frame["deep_agreement"] = linked["deep"] * abroad
    frame["other_agreement"] = np.minimum(linked["other"], 1 - linked["deep"]) * abroad
    return frame


def _panels(
    history: FlowHistory, geography: Geography, groups: Mapping[str, str], years: Sequence[int]
) -> Iterator[tuple[str, int, pd.DataFrame]]:
    """Yield group, year and one row a sector and directed pair of the economies that have a geography."""
    located = set(geography.economies)
    known = [e for e in history.economies if e in located]
    place = {e: i for i, e in enumerate(history.economies)}
    values = np.asarray(history.value.values, dtype=float)
    mixed = set(geography.groups)
    for year in years:
        pairs = design(geography, year)
        pairs = pairs[pairs["exporter"].isin(known) & pairs["importer"].isin(known)]
        pairs = pairs[~((pairs["exporter"] == pairs["importer"]) & pairs["exporter"].isin(mixed))].reset_index(
            drop=True
        )
        pairs["pair"] = [min(a, b) + " " + max(a, b) for a, b in zip(pairs["exporter"], pairs["importer"], strict=True)]
        rows = pairs["exporter"].map(place).to_numpy(), pairs["importer"].map(place).to_numpy()
        grid = values[history.years.index(year)]
        for group in dict.fromkeys(groups[s] for s in history.sectors):
            parts = [
                pairs.assign(
                    value=grid[j][rows],
                    exporter_sector=pairs["exporter"] + " " + s,
                    importer_sector=pairs["importer"] + " " + s,
                )
                for j, s in enumerate(history.sectors)
                if groups[s] == group
            ]
            yield group, year, pd.concat(parts, ignore_index=True)


def _without_empty_effects(panel: pd.DataFrame) -> tuple[pd.DataFrame, list[tuple[str, str, int]]]:
    """Drop rows whose exporter-sector or importer-sector has no trade at all: their effect is minus infinity."""
    lost: list[tuple[str, str, int]] = []
    for effect in ("exporter_sector", "importer_sector"):
        empty = panel.groupby(effect)["value"].transform("sum") == 0
        if empty.any():
            labels = ";".join(sorted(panel.loc[empty, effect].unique()))
            lost.append((f"no_trade_of_{effect}", labels, int(empty.sum())))
            panel = panel[~empty].reset_index(drop=True)
    return panel, lost


def _left_out(
    history: FlowHistory, geography: Geography, groups: Mapping[str, str], group: str
) -> list[tuple[str, str, int]]:
    """Count what never enters: economies without geography and own sales of groups of economies."""
    sectors = sum(g == group for s, g in groups.items() if s in history.sectors)
    known = set(geography.economies)
    unknown = [e for e in history.economies if e not in known]
    n, k = len(history.economies), len(unknown)
    mixed = [e for e in geography.groups if e in history.economies]
    lost = [("no_geography", ";".join(unknown), sectors * (n * n - (n - k) ** 2))] if unknown else []
    return [*lost, ("own_sales_of_a_group", ";".join(mixed), sectors * len(mixed))] if mixed else lost


def _known_years(history: FlowHistory, years: Sequence[int] | None) -> list[int]:
    chosen = list(history.years if years is None else years)
    unknown = [y for y in chosen if y not in history.years]
    if unknown:
        raise BadInputError(
            "gravity, years",
            f"unknown year {unknown}",
            allowed=", ".join(map(str, history.years)),
            remedy="choose years of the history",
        )
    return chosen


def _coefficients(names: Sequence[str], values: np.ndarray, errors: np.ndarray) -> pd.DataFrame:
    reach = 1.6448536269514722 * errors  # 95th percentile of the standard normal
    return pd.DataFrame(
        {"term": names, "estimate": values, "se": errors, "low": values - reach, "high": values + reach}
    )


def _covariance(names: Sequence[str], matrix: np.ndarray) -> pd.DataFrame:
    k = len(names)
    return pd.DataFrame({"term_a": np.repeat(names, k), "term_b": np.tile(names, k), "value": matrix.ravel()})


def _residual(sample: pd.DataFrame, value: str, effects: Sequence[str], fitted: np.ndarray) -> float:
    """Return the largest miss over fixed effects of sum(value) against sum(fitted), over total value."""
    miss = pd.Series(sample[value].to_numpy() - fitted)
    worst = max(float(miss.groupby(sample[e].to_numpy()).sum().abs().max()) for e in effects)
    return worst / float(sample[value].sum())


def _pseudo_r2(value: np.ndarray, fitted: np.ndarray) -> float:
    """Return McFadden's pseudo R squared of a Poisson fit: one less the log likelihood over that of the mean alone."""
    fit, mean = (
        float((xlogy(value, m) - m - gammaln(value + 1)).sum()) for m in (fitted, np.full_like(value, value.mean()))
    )
    return 1 - fit / mean


def _stacked(frames: list[pd.DataFrame], columns: list[str]) -> pd.DataFrame:
    return pd.concat(frames, ignore_index=True)[columns]
