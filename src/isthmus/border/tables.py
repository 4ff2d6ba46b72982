"""Tables and facts of the border station, made from priced wedges, compatibility and tested claims."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import pandas as pd

from isthmus.border.itemise import Direction, Itemised, SectorProfile, by_component
from isthmus.border.overhead import (
    BOTH,
    direction_label,
)
from isthmus.border.spread import CENTRAL, parts_at_median, range_columns, ranges
from isthmus.border.standards import Catalogue, Compatibility, Domain, Share
from isthmus.border.wedge import Component, Reach, Wedge, shapley_points
from isthmus.core.axes import Array
from isthmus.core.provenance import Grade, Status

_GRADES = (Grade.MEASURED, Grade.ESTIMATED, Grade.EXPERT, Grade.ASSUMED)


def component_table(priced: Itemised) -> pd.DataFrame:
    """Return wedges by component: its parts composed, the weakest grade of the parts, their sources joined."""
    spread = ranges(by_component(priced))
    found: dict[tuple[str, str, str, str], list[Wedge]] = {}
    for wedge in priced.wedges:
        found.setdefault((wedge.component, wedge.sector, wedge.exporter, wedge.importer), []).append(wedge)
    rows = []
    for c, component in enumerate(Component):
        for s, sector in enumerate(priced.sectors):
            for d, direction in enumerate(priced.directions):
                parts = found[component, sector, *direction]
                four = (array[c, s, d] for array in spread)
                rows.append((component, sector, *direction, *four, *_evidence(parts)))
    numbers = ["low", "central", "high", "central_run"]
    columns = ["component", "sector", "exporter", "importer", *numbers, "grade", "source", "reach"]
    return pd.DataFrame(rows, columns=columns).assign(time_base=str(priced.base))


def part_table(priced: Itemised) -> pd.DataFrame:
    """Return wedges by part, as records, with full provenance."""
    return pd.DataFrame([vars(w) for w in priced.wedges]).assign(time_base=str(priced.base))


def group_table(
    priced: Itemised, profiles: Mapping[str, SectorProfile], kinds: Sequence[str], trade: Array
) -> pd.DataFrame:
    """Return trade-weighted wedges by component, scope and direction, in all and within the reach of policy.

    Scopes are goods, services and the groups of the sector table. Columns: component, scope, direction; low, central,
    high and central_run in all, with the prefix ``policy_`` within the reach of policy, with ``burnt_`` the part of the
    latter that uses up resources and is received by nobody; and points: what the component adds to the overhead of the
    scope (Shapley over orders, see `parts_at_median`).
    """
    scopes = _scopes(priced, profiles, kinds)
    views = {
        "": by_component(priced),
        "policy_": by_component(priced, Reach.POLICY),
        "burnt_": by_component(priced, Reach.POLICY, burnt=True),
    }
    points = shapley_points(views[""])
    frames = []
    for scope, members in scopes.items():
        for label, columns in direction_columns(priced.directions):
            weight = trade[members][:, columns]
            numbers: dict[str, Array] = {}
            for prefix, values in views.items():
                numbers |= range_columns(trade_weighted(values[:, members][:, :, columns], weight), prefix)
            numbers["points"] = parts_at_median(trade_weighted(points[:, members][:, :, columns], weight))
            frame = pd.DataFrame({"component": list(map(str, Component)), "scope": scope, "direction": label})
            frames.append(frame.assign(**numbers))
    return pd.concat(frames, ignore_index=True)


def burnt_draws(
    priced: Itemised, profiles: Mapping[str, SectorProfile], kinds: Sequence[str], trade: Array
) -> dict[tuple[str, str], Array]:
    """Return, by component and scope, the draws of what policy reaches and nobody receives, both directions together.

    They are the numbers behind the columns ``burnt_`` of `group_table`, without the run at central values.
    """
    values = by_component(priced, Reach.POLICY, burnt=True)
    found: dict[tuple[str, str], Array] = {}
    for scope, members in _scopes(priced, profiles, kinds).items():
        mean = trade_weighted(values[:, members], trade[members])
        found |= {(str(c), scope): mean[i, CENTRAL + 1 :] for i, c in enumerate(Component)}
    return found


def _scopes(priced: Itemised, profiles: Mapping[str, SectorProfile], kinds: Sequence[str]) -> dict[str, list[int]]:
    """Return the positions of sectors by scope: goods, services and the groups of the sector table."""
    scopes = {k: [i for i, x in enumerate(kinds) if x == k] for k in ("goods", "services")}
    groups = dict.fromkeys(profiles[s].group for s in priced.sectors)
    return scopes | {g: [i for i, s in enumerate(priced.sectors) if profiles[s].group == g] for g in groups}


def waterfall_table(priced: Itemised, kinds: Sequence[str], trade: Array) -> pd.DataFrame:
    """Return the points that each part adds to the overhead of goods (Shapley over orders), trade-weighted.

    Low and high are those of the part; central is what it adds where the whole is at its median (`parts_at_median`).
    """
    frames = []
    for label, points in _goods_points(priced, kinds, trade):
        names = {"component": [str(c) for c, _ in priced.parts], "part": [part for _, part in priced.parts]}
        frame = pd.DataFrame({**names, "reach": list(map(str, priced.reach)), "direction": label})
        frames.append(frame.assign(**range_columns(points) | {"central": parts_at_median(points)}))
    return pd.concat(frames, ignore_index=True)


def rent_table(priced: Itemised, kinds: Sequence[str], trade: Array) -> pd.DataFrame:
    """Return who receives what part of the border's cost of goods: it changes hands and is no loss of resources.

    Columns: component, part, recipient, direction; low, central, high, central_run as fractions of the value of goods,
    and musd, the median in million USD a year at the trade of the table.
    """
    goods = [i for i, kind in enumerate(kinds) if kind == "goods"]
    recipients = {(w.component, w.part): w.recipient for w in priced.wedges if w.recipient}
    frames = []
    for label, columns in direction_columns(priced.directions):
        weight = trade[goods][:, columns]
        received = priced.values * priced.rent_share[:, None, None, None]
        numbers = range_columns(trade_weighted(received[:, goods][:, :, columns], weight))
        frame = pd.DataFrame(
            {
                "component": [str(c) for c, _ in priced.parts],
                "part": [part for _, part in priced.parts],
                "recipient": [recipients.get(key, "") for key in priced.parts],
                "direction": label,
                **numbers,
                "musd": numbers["central"] * weight.sum(),
            }
        )
        frames.append(frame[priced.rent_share > 0])
    return pd.concat(frames, ignore_index=True)


def _goods_points(priced: Itemised, kinds: Sequence[str], trade: Array) -> Iterator[tuple[str, Array]]:
    """Yield each direction with the points of every part (part, 1 + draws), goods weighted by trade."""
    points = shapley_points(priced.values)
    goods = [i for i, kind in enumerate(kinds) if kind == "goods"]
    for label, columns in direction_columns(priced.directions):
        yield label, trade_weighted(points[:, goods][:, :, columns], trade[goods][:, columns])


def compatibility_table(fit: Compatibility, field_names: Mapping[str, str], sides: Sequence[str]) -> pd.DataFrame:
    """Return compatibility by ICS field with its name and the source of each side."""
    table = fit.table.assign(description=fit.table["ics"].map(dict(field_names)))
    return table.assign(left_source=sides[0], right_source=sides[1])


def protocol_table(domains: Sequence[Domain], protocols: Array) -> pd.DataFrame:
    """Return every domain of R&D protocols and, last, their geometric mean (domain ``all``)."""
    low, central, high, _ = (float(x) for x in ranges(protocols))
    rows = [(d.name, d.low, d.central, d.high, d.grade, d.source, d.status, d.note) for d in domains]
    rows.append(("all", low, central, high, "", "geometric mean of the domains", Status.VERIFIED, ""))
    return pd.DataFrame(rows, columns=["domain", "low", "central", "high", "grade", "source", "status", "note"])


def side_source(side: Catalogue | Share) -> str:
    """Say where one side's standards come from."""
    return side.source if isinstance(side, Share) else f"catalogue of {side.side}"


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


def trade_weighted(values: Array, weight: Array) -> Array:
    """Return the mean over sectors and directions, weighted by trade where there is any (first axis and draws kept)."""
    w = weight if weight.sum() > 0 else np.ones_like(weight)
    mean: Array = (values * (w / w.sum())[None, :, :, None]).sum(axis=(1, 2))
    return mean
