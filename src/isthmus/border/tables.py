"""Tables and facts of the border station, made from priced wedges, compatibility and tested claims."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from isthmus.border.itemise import CENTRAL, Direction, Itemised, SectorProfile, bounds, by_component
from isthmus.border.overhead import BOTH, Claim, best_reading, direction_label, verdict
from isthmus.border.standards import Compatibility, Domain, Share
from isthmus.border.wedge import Component, Reach, Wedge, shapley_points
from isthmus.core.axes import Array
from isthmus.core.provenance import Grade, Status

_GRADES = (Grade.MEASURED, Grade.ESTIMATED, Grade.EXPERT, Grade.ASSUMED)
_READING = (
    "definition",
    "time_base",
    "reach",
    "direction",
    "sector",
    "low",
    "central",
    "high",
    "below",
    "within",
    "above",
)


def component_table(priced: Itemised) -> pd.DataFrame:
    """Return wedges by component: its parts composed, the weakest grade of the parts, their sources joined."""
    low, central, high = bounds(by_component(priced))
    found: dict[tuple[str, str, str, str], list[Wedge]] = {}
    for wedge in priced.wedges:
        found.setdefault((wedge.component, wedge.sector, wedge.exporter, wedge.importer), []).append(wedge)
    rows = []
    for c, component in enumerate(Component):
        for s, sector in enumerate(priced.sectors):
            for d, direction in enumerate(priced.directions):
                parts = found[component, sector, *direction]
                three = (low[c, s, d], central[c, s, d], high[c, s, d])
                rows.append((component, sector, *direction, *three, *_evidence(parts)))
    columns = ["component", "sector", "exporter", "importer", "low", "central", "high", "grade", "source", "reach"]
    return pd.DataFrame(rows, columns=columns).assign(time_base=str(priced.base))


def part_table(priced: Itemised) -> pd.DataFrame:
    """Return wedges by part, as records, with full provenance."""
    return pd.DataFrame([vars(w) for w in priced.wedges]).assign(time_base=str(priced.base))


def group_table(
    priced: Itemised, profiles: Mapping[str, SectorProfile], kinds: Sequence[str], trade: Array
) -> pd.DataFrame:
    """Return trade-weighted wedges by component, scope and direction, in all and within the reach of policy.

    Scopes are goods, services and the groups of the sector table. Columns: component, scope, direction, low, central,
    high, policy_low, policy_central, policy_high, and points: what the component adds to the overhead of the scope at
    central values (Shapley over orders).
    """
    scopes = {k: [i for i, x in enumerate(kinds) if x == k] for k in ("goods", "services")}
    groups = dict.fromkeys(profiles[s].group for s in priced.sectors)
    scopes |= {g: [i for i, s in enumerate(priced.sectors) if profiles[s].group == g] for g in groups}
    every, policy = by_component(priced), by_component(priced, Reach.POLICY)
    points = shapley_points(every[..., : CENTRAL + 1])
    rows: list[tuple[Any, ...]] = []
    for scope, members in scopes.items():
        for label, columns in direction_columns(priced.directions):
            weight = trade[members][:, columns]
            six = [b for x in (every, policy) for b in bounds(_weighted(x[:, members][:, :, columns], weight))]
            added = _weighted(points[:, members][:, :, columns], weight)[:, CENTRAL]
            rows += [(c, scope, label, *(b[i] for b in six), added[i]) for i, c in enumerate(Component)]
    values = ["low", "central", "high", "policy_low", "policy_central", "policy_high", "points"]
    return pd.DataFrame(rows, columns=["component", "scope", "direction", *values])


def waterfall_table(priced: Itemised, kinds: Sequence[str], trade: Array) -> pd.DataFrame:
    """Return the points that each part adds to the overhead of goods (Shapley over orders), trade-weighted."""
    points = shapley_points(priced.values)
    goods = [i for i, kind in enumerate(kinds) if kind == "goods"]
    rows = []
    for label, columns in direction_columns(priced.directions):
        low, central, high = bounds(_weighted(points[:, goods][:, :, columns], trade[goods][:, columns]))
        for p, (component, part) in enumerate(priced.parts):
            rows.append((component, part, priced.reach[p], label, low[p], central[p], high[p]))
    return pd.DataFrame(rows, columns=["component", "part", "reach", "direction", "low", "central", "high"])


def compatibility_table(fit: Compatibility, field_names: Mapping[str, str], sides: Sequence[str]) -> pd.DataFrame:
    """Return compatibility by ICS field with its name and the source of each side."""
    table = fit.table.assign(description=fit.table["ics"].map(dict(field_names)))
    return table.assign(left_source=sides[0], right_source=sides[1])


def protocol_table(domains: Sequence[Domain], protocols: Array) -> pd.DataFrame:
    """Return every domain of R&D protocols and, last, their geometric mean (domain ``all``)."""
    low, central, high = (float(x) for x in bounds(protocols))
    rows = [(d.name, d.low, d.central, d.high, d.grade, d.source, d.status, d.note) for d in domains]
    rows.append(("all", low, central, high, "", "geometric mean of the domains", Status.VERIFIED, ""))
    return pd.DataFrame(rows, columns=["domain", "low", "central", "high", "grade", "source", "status", "note"])


def side_source(side: Any) -> str:
    """Say where one side's standards come from."""
    return side.source if isinstance(side, Share) else f"catalogue of {side.side}"


def claim_facts(claim: Claim, tested: pd.DataFrame, strict: Mapping[str, float] | None) -> dict[str, Any]:
    """Return a claim with its readings for goods, the one that fits best by reach, and the excess over the frontier.

    `strict` holds low, central and high of that excess where there is one.
    """
    mine = tested[tested["claim"] == claim.name]
    goods = mine[(mine["sector"] == "goods") & (mine["direction"] == BOTH) & mine["reach"].isin(["all", "policy"])]
    best = {
        reach: {**{key: plain(row[key]) for key in _READING}, "verdict": verdict(row["within"])}
        for reach, row in best_reading(mine).items()
        if reach in ("all", "policy")
    }
    inside = None if strict is None else bool(claim.low <= strict["central"] <= claim.high)
    return {
        "name": claim.name,
        "low": claim.low,
        "high": claim.high,
        "source": claim.source,
        "address": claim.address,
        "definition": claim.definition,
        "readings": records(goods),
        "best": best,
        "strict": None if strict is None else {**strict, "inside": inside},
    }


def records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a table as plain JSON types; not-a-number becomes None."""
    return [{str(k): plain(v) for k, v in row.items()} for row in table.to_dict("records")]


def plain(value: Any) -> Any:
    """Return a plain JSON value."""
    if isinstance(value, float | np.floating):
        return float(value) if np.isfinite(value) else None
    if isinstance(value, np.generic):
        return value.item()
    return str(value) if isinstance(value, str) else value


def direction_columns(directions: Sequence[Direction]) -> Iterator[tuple[str, list[int]]]:
    """Yield each direction and both together, with their positions."""
    for i, direction in enumerate(directions):
        yield direction_label(direction), [i]
    yield BOTH, list(range(len(directions)))


def _evidence(parts: Sequence[Wedge]) -> tuple[str, str, str]:
    """Return grade, sources and reach of the parts that add something."""
    told = [w for w in parts if w.high > 0] or list(parts)
    grade = max((w.grade for w in told), key=_GRADES.index)
    return grade, "; ".join(dict.fromkeys(w.source for w in told)), ";".join(dict.fromkeys(w.reach for w in told))


def _weighted(values: Array, weight: Array) -> Array:
    """Return the mean over sectors and directions, weighted by trade where there is any (first axis and draws kept)."""
    w = weight if weight.sum() > 0 else np.ones_like(weight)
    mean: Array = (values * (w / w.sum())[None, :, :, None]).sum(axis=(1, 2))
    return mean
