"""Keep what a border is measured from when economies are merged into a group: flows add up, geography is weighted by trade."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pandas as pd
import xarray as xr

from isthmus.border.defaults import Clearance
from isthmus.border.observed import FlowHistory
from isthmus.border.standards import Share
from isthmus.core.provenance import Status

MEANS = ("distance_km", "contiguity", "common_language")
ENOUGH = 0.5
"""Share of a group's weight whose clearance must be known before it speaks for the group."""


def merged_history(history: FlowHistory, groups: Mapping[str, str]) -> FlowHistory:
    """Return flows with economies merged; what members trade among each other becomes the group's own sales.

    Parameters
    ----------
    history
        Flows over the years.
    groups
        Group by label; labels that are not listed stay on their own.
    """
    joined = [groups.get(label, label) for label in history.economies]
    labels = list(dict.fromkeys(joined))
    member = np.array([[float(label == home) for home in joined] for label in labels])
    value = np.einsum("ax,tjxy,by->tjab", member, history.value.values, member, optimize=True)
    coords = [history.value["year"].values, list(history.sectors), labels, labels]
    merged = xr.DataArray(value, coords=dict(zip(history.value.dims, coords, strict=True)), dims=history.value.dims)
    return FlowHistory(merged, history.with_tariff, history.notes)


def merged_pairs(pairs: pd.DataFrame, groups: Mapping[str, str], trade: xr.DataArray) -> pd.DataFrame:
    """Return geography with economies merged: means over pairs of members, weighted by their trade (:eq:`merged-geography`).

    A kilometre beyond costs what travels it, so weights are goods in both directions (inside a group its members' own sales
    too); pairs of members without any trade count alike where no pair of the two groups trades. Lengths are added.

    Parameters
    ----------
    pairs
        One row a directed pair, own pair included: exporter, importer, and numbers.
    groups
        Group by label.
    trade
        Goods traded, million USD, dims (exporter, importer), own sales included.
    """
    frame = pairs.copy()
    known = set(map(str, trade["exporter"].values))
    at = [
        (e, i) if e in known and i in known else None for e, i in zip(frame["exporter"], frame["importer"], strict=True)
    ]
    goods = {pair: float(trade.sel(exporter=pair[0], importer=pair[1])) for pair in dict.fromkeys(at) if pair}
    frame["weight"] = [0.0 if p is None else goods[p] + goods.get((p[1], p[0]), 0.0) for p in at]
    for side in ("exporter", "importer"):
        frame[side] = [groups.get(label, label) for label in frame[side]]
    keys = ["exporter", "importer"]
    total = frame.groupby(keys, sort=False)["weight"].transform("sum")
    frame["weight"] = np.where(total > 0, frame["weight"] / total.where(total > 0, 1.0), 0.0)
    size = frame.groupby(keys, sort=False)["weight"].transform("size")
    frame["weight"] = np.where(total > 0, frame["weight"], 1.0 / size)
    numbers = [column for column in pairs.columns if column not in keys]
    for column in (name for name in numbers if name in MEANS):
        frame[column] = frame[column] * frame["weight"]
    merged = frame.groupby(keys, sort=False, as_index=False)[numbers].sum()
    for column in (name for name in MEANS[1:] if name in numbers):
        merged[column] = merged[column].clip(upper=1.0)
    return merged


def group_clearance(label: str, known: Mapping[str, Clearance], weights: Mapping[str, float]) -> Clearance | None:
    """Return the clearance of a group as the mean of its members', None where less than half of it is known.

    Parameters
    ----------
    label
        The group.
    known
        Clearance by economy.
    weights
        Weight of each member; the track gauge is the one that most of the weight has.
    """
    parts = [(known[member], weight) for member, weight in weights.items() if member in known]
    total = sum(weight for _, weight in parts)
    if not parts or total < ENOUGH * sum(weights.values()):
        return None

    def mean(name: str) -> float:
        return sum(float(getattr(part, name)) * weight for part, weight in parts) / total

    gauges: dict[float | None, float] = {}
    for part, weight in parts:
        gauges[part.gauge_mm] = gauges.get(part.gauge_mm, 0.0) + weight
    return Clearance(
        label,
        mean("export_hours"),
        mean("export_usd"),
        mean("import_hours"),
        mean("import_usd"),
        f"mean of {', '.join(part.economy for part, _ in parts)} by population: {_sources(p.source for p, _ in parts)}",
        max(gauges, key=lambda gauge: gauges[gauge]),
    )


def group_share(label: str, parts: Sequence[tuple[Share, float]]) -> Share:
    """Return the share of international standards that a group has adopted: the mean of its members' ranges by weight."""
    total = sum(weight for _, weight in parts)
    low, high = (sum(getattr(part, end) * w for part, w in parts) / total for end in ("low", "high"))
    worst = max((part.status for part, _ in parts), key=list(Status).index)
    return Share(label, low, high, f"mean of members by population: {_sources(p.source for p, _ in parts)}", worst)


def _sources(found: Iterable[str]) -> str:
    """List sources once each, in the order in which they come."""
    return "; ".join(dict.fromkeys(found))
