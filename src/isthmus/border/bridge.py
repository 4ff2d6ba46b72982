"""The bridge over the border: the whole, what any policy could reach, and what the measures at hand work on, by cause.

All steps are Shapley points of the same whole, so that parts shown side by side add up to it.
"""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from isthmus.border.itemise import Itemised
from isthmus.border.overhead import (
    ALL_REACH,
    AT_HAND,
    FRAGMENTATION,
    REACHES,
    STATED,
    WedgeCell,
    covered_cells,
    parts_of,
)
from isthmus.border.spread import parts_at_median, range_columns
from isthmus.border.tables import direction_columns, trade_weighted
from isthmus.border.wedge import Component, shapley_points
from isthmus.core.axes import Array

STEPS = (ALL_REACH, "policy", "tariff", FRAGMENTATION, "natural", "third_party", AT_HAND, STATED)
EVERY_CAUSE = "all"


def bridge_table(
    priced: Itemised, kinds: Sequence[str], trade: Array, covered: Mapping[str, Sequence[WedgeCell]]
) -> pd.DataFrame:
    """Return what the border of goods costs, who could change it and what measures work on, in points that add up.

    Steps: ``all`` is the whole border, ``policy`` what any policy of the partners could reach, of which ``tariff`` and
    ``fragmentation`` are the two parts; ``natural`` and ``third_party`` are the rest of the whole. ``at_hand`` is the part of
    ``policy`` that stands where measures work on it, ``stated`` the same for measures that all plans ask for.

    Parameters
    ----------
    kinds
        ``goods`` or ``services`` for each sector.
    trade
        Weights, (sector, direction).
    covered
        By `AT_HAND` and `STATED`: the cells that measures work on. Without measures both steps are left out.

    Returns
    -------
    pandas.DataFrame
        direction, step, component (``all`` for the step as a whole; a component that adds nothing to it has no row), low,
        central, high, central_run as fractions. Central is what a step has where the whole is at its median.
    """
    goods = [i for i, kind in enumerate(kinds) if kind == "goods"]
    masks = _masks(priced, covered)
    points = shapley_points(priced.values)
    slices = np.concatenate([points * mask[..., None] for mask in masks.values()])[:, goods]
    members = _members(priced, list(masks))
    frames = []
    for label, columns in direction_columns(priced.directions):
        added = trade_weighted(slices[:, :, columns], trade[goods][:, columns])
        middle = parts_at_median(added)
        rows = [(step, cause, at) for (step, cause), at in members.items() if cause == EVERY_CAUSE or added[at].any()]
        sums = np.stack([added[at].sum(axis=0) for _, _, at in rows])
        numbers = range_columns(sums) | {"central": np.array([middle[at].sum() for _, _, at in rows])}
        names = {"direction": label, "step": [r[0] for r in rows], "component": [r[1] for r in rows]}
        frames.append(pd.DataFrame(names).assign(**numbers))
    return pd.concat(frames, ignore_index=True)


def _masks(priced: Itemised, covered: Mapping[str, Sequence[WedgeCell]]) -> dict[str, Array]:
    """Return masks (part, sector, direction) that share out every cell: stated, at hand besides, and the rest."""
    if not covered:
        return {"rest": np.ones(priced.values.shape[:-1])}
    stated, at_hand = (covered_cells(priced, covered.get(name, ())) for name in (STATED, AT_HAND))
    return {STATED: stated, AT_HAND: at_hand * (1 - stated), "rest": (1 - at_hand) * (1 - stated)}


def _members(priced: Itemised, masks: Sequence[str]) -> dict[tuple[str, str], list[int]]:
    """Return positions among the slices (mask by mask, part by part) by step and component."""
    tariff = [i for i, (component, _) in enumerate(priced.parts) if component == Component.TARIFF]
    parts = {"tariff": tariff, **{str(reach): parts_of(priced, reach) for reach in REACHES}}
    inside = {AT_HAND: (STATED, AT_HAND), STATED: (STATED,)}
    found = {}
    for step in STEPS:
        if step in inside and STATED not in masks:
            continue
        count, chosen = len(priced.parts), parts.get(step, parts["policy"])
        held = [k for k, mask in enumerate(masks) if mask in inside.get(step, masks)]
        for cause in (EVERY_CAUSE, *map(str, Component)):
            mine = [i for i in chosen if cause in (EVERY_CAUSE, priced.parts[i][0])]
            found[step, cause] = [k * count + i for k in held for i in mine]
    return found
