"""A small world that follows gravity exactly or with noise, with every term known."""

import numpy as np
import pandas as pd
import xarray as xr

from isthmus.border.observed import HISTORY, FlowHistory, Geography

TRUTH = {
    "border": -2.0,
    "ln_distance": -0.8,
    "contiguity": 0.4,
    "common_language": 0.3,
    "deep_agreement": 0.9,
    "other_agreement": 0.3,
}
THETA = 5.0


def geography(n: int, rng: np.random.Generator, years: tuple[int, ...] = (2020,)) -> Geography:
    names = [f"E{i:02d}" for i in range(n)]
    place = rng.uniform(0, 10, (n, 2))
    kilometres = 100 * np.hypot(*(place[:, None] - place[None]).transpose(2, 0, 1))
    np.fill_diagonal(kilometres, rng.uniform(20, 60, n))
    touching = np.triu(rng.random((n, n)) < 0.15, 1)
    talking = np.triu(rng.random((n, n)) < 0.2, 1)
    kind = np.triu(rng.random((n, n)), 1)
    rows = [
        (a, b, kilometres[i, j], float((touching | touching.T)[i, j]), float(i == j or (talking | talking.T)[i, j]))
        for i, a in enumerate(names)
        for j, b in enumerate(names)
    ]
    pairs = pd.DataFrame(rows, columns=["exporter", "importer", "distance_km", "contiguity", "common_language"])
    links = []
    for i in range(n):
        for j in range(i + 1, n):
            if kind[i, j] < 0.5:
                for a, b in ((names[i], names[j]), (names[j], names[i])):
                    links += [(a, b, year, "A", bool(kind[i, j] < 0.25), 1.0, "quoted") for year in years]
    agreements = pd.DataFrame(links, columns=["exporter", "importer", "year", "agreement", "deep", "share", "status"])
    return Geography(pairs, agreements, {e: {e: 1.0} for e in names})


def history(
    where: Geography,
    rng: np.random.Generator,
    *,
    sectors: tuple[str, ...] = ("S1", "S2"),
    years: tuple[int, ...] = (2020,),
    noise: float = 0.0,
    truth: dict[str, float] = TRUTH,
) -> FlowHistory:
    """Flows with tariff from the truth, with size effects by exporter-sector and importer-sector and mean-one noise."""
    from isthmus.border.gravity import design

    n = len(where.economies)
    values = np.empty((len(years), len(sectors), n, n))
    for t, year in enumerate(years):
        table = design(where, year)
        log = sum(truth[term] * table[term].to_numpy() for term in truth)
        for s in range(len(sectors)):
            size = rng.normal(3, 1, (n, 1)) + rng.normal(3, 1, (1, n))
            shock = rng.normal(-(noise**2) / 2, noise, (n, n))
            values[t, s] = np.exp(np.asarray(log).reshape(n, n) + size + shock)
    names = list(where.economies)
    labels = (list(years), list(sectors), names, names)
    return FlowHistory(xr.DataArray(values, coords=dict(zip(HISTORY, labels, strict=True)), dims=HISTORY), True)


def theta_table(sectors: tuple[str, ...] = ("S1", "S2"), low: float = THETA, high: float = THETA) -> pd.DataFrame:
    table = pd.DataFrame({"central": THETA, "low": low, "high": high}, index=list(sectors))
    return table.assign(one=low, two=high).rename_axis("sector")
