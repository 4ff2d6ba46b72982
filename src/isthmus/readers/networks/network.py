"""Read a corridor network: nodes.csv, arcs.csv, carriers.csv, demand.csv, and the optional tables beside them.

Optional: seasons.csv, queue.csv, storage.csv, projects.csv, mode_shares.csv, names.csv. Every defect names file, row and what
is allowed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr

from isthmus.core.errors import BadInputError
from isthmus.core.labels import EVERY
from isthmus.core.provenance import Status
from isthmus.corridors.network import UNLIMITED, Arc, ArcKind, Carrier, Network, NetworkProject, Node, Store, by_place
from isthmus.readers.cells import listed, member
from isthmus.readers.networks.checks import check_demand, check_nodes, check_range, shared_by_families
from isthmus.readers.networks.modes import read_mode_shares
from isthmus.readers.networks.names import read_names
from isthmus.readers.tables import ReadTable, read_table
from isthmus.study.section import CellKind

_NODE: Mapping[str, CellKind] = {"id": "text", "name": "text", "economy": "text", "mode": "text"}
_NODE_MORE: Mapping[str, CellKind] = {"gauge": "text", "lat": "number", "lon": "number"}
_ARC: Mapping[str, CellKind] = dict.fromkeys(("id", "from", "to", "kind"), "text")
_ARC_NUMBERS = ("km", "rate_usd_per_unit_km", "fee_usd_per_unit", "hours")
_ARC_BOUNDS = ("capacity", "capacity_b")
_ARC_MORE: Mapping[str, CellKind] = {
    "two_way": "flag", "carriers": "text", **dict.fromkeys((*_ARC_NUMBERS, *_ARC_BOUNDS), "number"),
    **dict.fromkeys(("loss_share", "hours_low", "hours_high", "queue_hours", "minimum"), "number"),
    "opens": "whole", "closes": "whole", "planned": "flag",
    **dict.fromkeys(("closed_seasons", "owner", "fee_recipient", "name", "source", "status", "note"), "text"),
}  # fmt: skip
_CARRIER: Mapping[str, CellKind] = {"id": "text", "name": "text", "family": "text", "unit": "text"}
_CARRIER_MORE: Mapping[str, CellKind] = {
    **dict.fromkeys(("value_usd_per_unit", "time_value_per_day", "weight", "tonnes_per_unit", "cost_factor"), "number"),
    **dict.fromkeys(("cost_factor_low", "cost_factor_high", "domestic_usd_per_unit", "domestic_hours"), "number"),
    "energy": "text",
}
_DEMAND: Mapping[str, CellKind] = {
    "node": "text", "carrier": "text", "year": "whole", "supply": "number", "demand": "number"
}  # fmt: skip
_DEMAND_MORE: Mapping[str, CellKind] = {"season": "text", "supply_cost_usd_per_unit": "number"}
_PROJECT: Mapping[str, CellKind] = {"id": "text", "name": "text", "arc": "text", "year": "whole"}
_PROJECT_MORE: Mapping[str, CellKind] = {
    **dict.fromkeys(("capacity_add", "capacity_b_add", "hours", "fee_usd_per_unit"), "number"),
    **dict.fromkeys(("rate_usd_per_unit_km", "cost_musd"), "number"),
    **dict.fromkeys(("sides", "statements", "source", "status", "note"), "text"),
}
TONNES = {"t": 1.0, "kt": 1e3, "mt": 1e6, "tonne": 1.0, "tonnes": 1.0, "million tonnes": 1e6}
"""Tonnes in the units of weight that are recognised, in lower case; Mt means a million tonnes."""


def network_directory(name_or_directory: str | Path) -> Path:
    """Return the directory of a packaged network by its name, or the directory itself.

    Raises
    ------
    BadInputError
        When there is neither.
    """
    given, packaged = Path(name_or_directory), resources.files("isthmus") / "assets" / "networks"
    if given.is_dir():
        return given
    if str(name_or_directory) == given.name:
        inside = Path(str(packaged / given.name))
        if inside.is_dir():
            return inside
    names = sorted(place.name for place in packaged.iterdir() if place.is_dir()) if packaged.is_dir() else []
    raise BadInputError(
        str(name_or_directory),
        "no such network",
        allowed=f"a directory, or {', '.join(names)}",
        remedy="check the name",
    )


def read_network(name_or_directory: str | Path) -> Network:
    """Read and check a network.

    Raises
    ------
    BadInputError
        For a missing file or column, an unknown label or kind, a duplicate id, a negative number, a node without arcs,
        or demand that no supply can reach by any arc.
    """
    folder = network_directory(name_or_directory)
    notes: list[str] = []
    seasons = _seasons(folder)
    nodes = _nodes(read_table(folder / "nodes.csv", _NODE, _NODE_MORE, key=("id",)))
    carriers = _carriers(read_table(folder / "carriers.csv", _CARRIER, _CARRIER_MORE, key=("id",)), notes)
    arc_table = read_table(folder / "arcs.csv", _ARC, _ARC_MORE, key=("id",))
    arcs = _arcs(arc_table, nodes, carriers, seasons, notes)
    check_nodes(nodes, arcs)
    years, supply, demand, cost = _demand(folder, nodes, carriers, seasons)
    queue = _queue(folder, arcs)
    stores = _stores(folder, nodes, carriers)
    notes += shared_by_families(arcs, carriers)
    network = Network(
        nodes=nodes, arcs=arcs, carriers=_with_energy(carriers, arcs), years=years, supply=supply, demand=demand,
        supply_cost=cost, seasons=seasons, queue=queue, stores=stores, projects=_projects(folder, arcs),
        notes=tuple(notes),
    )  # fmt: skip
    check_demand(network)
    return replace(network, names=read_names(folder, network), mode_shares=read_mode_shares(folder, network))


def _nodes(table: ReadTable) -> tuple[Node, ...]:
    rows = table.frame.to_dict("records")
    return tuple(
        Node(
            id=row["id"], name=row["name"] or row["id"], economy=row["economy"], mode=row["mode"],
            gauge=str(row.get("gauge", "")), lat=_number(row, "lat", np.nan), lon=_number(row, "lon", np.nan),
        )
        for row in rows
    )  # fmt: skip


def _carriers(table: ReadTable, notes: list[str]) -> tuple[Carrier, ...]:
    check_range(table, ("value_usd_per_unit", "time_value_per_day", "domestic_usd_per_unit", "domestic_hours"), 0.0)
    factors = ("cost_factor_low", "cost_factor", "cost_factor_high")
    check_range(table, ("weight", "tonnes_per_unit", *factors), 0.0, above=True)
    _note_empty(table, ("value_usd_per_unit", "time_value_per_day"), "0", notes)
    _note_empty(table, ("weight",), "1", notes)
    return tuple(
        Carrier(
            id=row["id"], name=row["name"] or row["id"], family=row["family"], unit=row["unit"],
            value=_number(row, "value_usd_per_unit", 0.0), time_value=_number(row, "time_value_per_day", 0.0),
            weight=_number(row, "weight", 1.0),
            tonnes=_number(row, "tonnes_per_unit", TONNES.get(str(row["unit"]).lower(), np.nan)),
            cost_factor_low=three[0], cost_factor=three[1], cost_factor_high=three[2],
            domestic_cost=_number(row, "domestic_usd_per_unit", 0.0),
            domestic_hours=_number(row, "domestic_hours", 0.0),
            energy=str(row.get("energy", "")).lower() in ("true", "1", "yes"),
        )
        for i, row in enumerate(table.frame.to_dict("records"))
        for three in [_ordered(row, factors, 1.0, f"{table.row(i)}, carrier {row['id']}")]
    )  # fmt: skip


def _with_energy(carriers: tuple[Carrier, ...], arcs: tuple[Arc, ...]) -> tuple[Carrier, ...]:
    """Where no carrier is called energy, those that a pipe or wire can carry are."""
    if any(carrier.energy for carrier in carriers):
        return carriers
    piped = {c for arc in arcs if arc.kind in (ArcKind.PIPE, ArcKind.WIRE) for c in arc.carriers}
    return tuple(replace(carrier, energy=carrier.id in piped) for carrier in carriers)


def _arcs(
    table: ReadTable,
    nodes: Sequence[Node],
    carriers: Sequence[Carrier],
    seasons: tuple[tuple[str, float], ...],
    notes: list[str],
) -> tuple[Arc, ...]:
    """Read the arcs; their ends, carriers, kinds and seasons have to be known."""
    check_range(table, (*_ARC_NUMBERS, *_ARC_BOUNDS, "hours_low", "hours_high", "queue_hours", "minimum"), 0.0)
    check_range(table, ("loss_share",), 0.0, below=1.0)
    _note_empty(table, _ARC_NUMBERS, "0", notes)
    ids, names = [node.id for node in nodes], [carrier.id for carrier in carriers]
    found = []
    for i, row in enumerate(table.frame.to_dict("records")):
        where = f"{table.row(i)}, arc {row['id']}"
        for end in ("from", "to"):
            _known(row[end], ids, f"{where}, column {end}", "add the node to nodes.csv, or correct the name")
        low, hours, high = _ordered(row, ("hours_low", "hours", "hours_high"), 0.0, where)
        found.append(
            Arc(
                id=row["id"], origin=row["from"], destination=row["to"],
                kind=member(ArcKind, row["kind"], f"{where}, column kind"), two_way=bool(row.get("two_way", False)),
                carriers=_carriers_of(row.get("carriers", EVERY), names, f"{where}, column carriers"),
                hours=hours, hours_low=low, hours_high=high, **_arc_rest(row, where, seasons),
            )
        )  # fmt: skip
    return tuple(found)


def _arc_rest(row: Mapping[Any, Any], where: str, seasons: tuple[tuple[str, float], ...]) -> dict[str, Any]:
    """Return the fields of an arc that stand alone."""
    texts = {n: str(row.get(n, "")) for n in ("name", "source", "note")}
    closed = listed(row.get("closed_seasons", ""))
    for season in closed:
        _known(season, [n for n, _ in seasons], f"{where}, column closed_seasons", "name seasons of seasons.csv")
    return {
        **texts,
        "km": _number(row, "km", 0.0),
        "rate": _number(row, "rate_usd_per_unit_km", 0.0),
        "fee": _number(row, "fee_usd_per_unit", 0.0),
        "capacity": _number(row, "capacity", UNLIMITED),
        "capacity_b": _number(row, "capacity_b", UNLIMITED),
        "loss_share": _number(row, "loss_share", 0.0),
        "queue_hours": _number(row, "queue_hours", 0.0),
        "minimum": _number(row, "minimum", 0.0),
        "opens": _year(row, "opens"),
        "closes": _year(row, "closes"),
        "planned": bool(row.get("planned", False)),
        "closed_seasons": closed,
        "owner": str(row.get("owner", "")) or "carrier",
        "fee_recipient": str(row.get("fee_recipient", "")) or str(row.get("owner", "")) or "carrier",
        "status": member(Status, str(row.get("status", "")) or Status.ASSUMED, f"{where}, column status"),
    }


def _demand(
    folder: Path, nodes: Sequence[Node], carriers: Sequence[Carrier], seasons: tuple[tuple[str, float], ...]
) -> tuple[tuple[int, ...], xr.DataArray, xr.DataArray, xr.DataArray]:
    """Return years, supply, demand and supply cost; a year's row is spread over seasons by their shares."""
    table = read_table(folder / "demand.csv", _DEMAND, _DEMAND_MORE)
    check_range(table, ("supply", "demand", "supply_cost_usd_per_unit"), 0.0)
    if table.frame.empty:
        raise BadInputError("demand.csv", "has no rows", allowed="at least one row", remedy="enter supply and demand")
    if table.frame["year"].isna().any():
        empty = table.row(int(np.argmax(table.frame["year"].isna().to_numpy())))
        raise BadInputError(f"{empty}, column year", "is empty", allowed="a year", remedy="enter it")
    years = tuple(sorted({int(year) for year in table.frame["year"]}))
    node_at, carrier_at = {n.id: i for i, n in enumerate(nodes)}, {c.id: i for i, c in enumerate(carriers)}
    season_at, share = {name: i for i, (name, _) in enumerate(seasons)}, np.array([s for _, s in seasons])
    shape = (len(nodes), len(carriers), len(years), len(seasons))
    supply, demand, cost = np.zeros(shape), np.zeros(shape), np.zeros(shape[:3])
    seen: set[tuple[Any, ...]] = set()
    for i, row in enumerate(table.frame.to_dict("records")):
        where, season = table.row(i), str(row.get("season", ""))
        _known(row["node"], list(node_at), f"{where}, column node", "add the node to nodes.csv, or correct the name")
        _known(row["carrier"], list(carrier_at), f"{where}, column carrier", "add it to carriers.csv, or correct it")
        if season:
            _known(season, list(season_at), f"{where}, column season", "name a season of seasons.csv")
        at = node_at[row["node"]], carrier_at[row["carrier"]], years.index(int(row["year"]))
        parts = [season_at[season]] if season else range(len(seasons))
        if seen & {(*at, s) for s in parts}:
            label = f"{row['node']}, {row['carrier']}, {int(row['year'])}"
            raise BadInputError(
                where, f"duplicate of an earlier row with {label}", allowed="each once", remedy="merge the rows"
            )
        seen |= {(*at, s) for s in parts}
        part = 1.0 if season else share
        supply[at][parts] += np.nan_to_num(row["supply"]) * part
        demand[at][parts] += np.nan_to_num(row["demand"]) * part
        cost[at] = _number(row, "supply_cost_usd_per_unit", 0.0)
    found = [by_place(a, nodes, carriers, years, seasons) for a in (supply, demand, cost)]
    return years, found[0], found[1], found[2]


def _seasons(folder: Path) -> tuple[tuple[str, float], ...]:
    if not (folder / "seasons.csv").exists():
        return (("", 1.0),)
    table = read_table(folder / "seasons.csv", {"season": "text", "share": "number"}, key=("season",))
    check_range(table, ("share",), 0.0, above=True)
    rows = tuple((str(row["season"]), float(row["share"])) for row in table.frame.to_dict("records"))
    total = sum(share for _, share in rows)
    if abs(total - 1) > 1e-9:
        raise BadInputError("seasons.csv, column share", f"sums to {total:g}", allowed="1", remedy="correct the shares")
    return rows


def _queue(folder: Path, arcs: Sequence[Arc]) -> tuple[tuple[float, float], ...]:
    """Read the steps of waiting, which an arc with queue_hours needs."""
    if not (folder / "queue.csv").exists():
        waiting = [arc.id for arc in arcs if arc.queue_hours > 0]
        if waiting:
            raise BadInputError(
                "arcs.csv, column queue_hours", f"is given for {', '.join(waiting)} and there is no queue.csv",
                allowed="queue.csv with up_to_share and hours_share", remedy="add the table or empty the column",
            )  # fmt: skip
        return ()
    table = read_table(folder / "queue.csv", {"up_to_share": "number", "hours_share": "number"})
    rows = [(float(r["up_to_share"]), float(r["hours_share"])) for r in table.frame.to_dict("records")]
    reach, waited = [r for r, _ in rows], [w for _, w in rows]
    if not rows or sorted(set(reach)) != reach or reach[-1] != 1 or sorted(waited) != waited or waited[0] < 0:
        raise BadInputError(
            "queue.csv", f"found {rows}", allowed="up_to_share rising to 1, hours_share from 0 and never falling",
            remedy="order the steps",
        )  # fmt: skip
    return tuple(rows)


def _stores(folder: Path, nodes: Sequence[Node], carriers: Sequence[Carrier]) -> tuple[Store, ...]:
    if not (folder / "storage.csv").exists():
        return ()
    columns: Mapping[str, CellKind] = {"node": "text", "carrier": "text", "capacity": "number"}
    more: Mapping[str, CellKind] = {"loss_share": "number", "cost_usd_per_unit": "number"}
    table = read_table(folder / "storage.csv", columns, more, key=("node", "carrier"))
    check_range(table, ("capacity", "cost_usd_per_unit"), 0.0)
    check_range(table, ("loss_share",), 0.0, below=1.0)
    found = []
    for i, row in enumerate(table.frame.to_dict("records")):
        _known(row["node"], [n.id for n in nodes], f"{table.row(i)}, column node", "name a node of nodes.csv")
        _known(row["carrier"], [c.id for c in carriers], f"{table.row(i)}, column carrier", "name one of carriers.csv")
        numbers = {n: _number(row, c, 0.0) for n, c in (("loss_share", "loss_share"), ("cost", "cost_usd_per_unit"))}
        capacity = _number(row, "capacity", UNLIMITED)
        found.append(Store(node=row["node"], carrier=row["carrier"], capacity=capacity, **numbers))
    return tuple(found)


def _projects(folder: Path, arcs: Sequence[Arc]) -> tuple[NetworkProject, ...]:
    if not (folder / "projects.csv").exists():
        return ()
    table = read_table(folder / "projects.csv", _PROJECT, _PROJECT_MORE, key=("id", "arc", "year"))
    numbers = ("capacity_add", "capacity_b_add", "hours", "fee_usd_per_unit", "rate_usd_per_unit_km", "cost_musd")
    check_range(table, numbers, 0.0)
    found = []
    for i, row in enumerate(table.frame.to_dict("records")):
        where = table.row(i)
        _known(row["arc"], [arc.id for arc in arcs], f"{where}, column arc", "name an arc of arcs.csv")
        year = _year(row, "year")
        if year is None:
            raise BadInputError(f"{where}, column year", "is empty", allowed="a year", remedy="enter it")
        found.append(
            NetworkProject(
                id=row["id"], name=row["name"], arc=row["arc"], year=year, adds=_number(row, "capacity_add", 0.0),
                adds_b=_number(row, "capacity_b_add", 0.0), hours=_optional(row, "hours"),
                fee=_optional(row, "fee_usd_per_unit"), rate=_optional(row, "rate_usd_per_unit_km"),
                cost_musd=_number(row, "cost_musd", np.nan), sides=listed(row.get("sides", "")),
                statements=listed(row.get("statements", "")), source=str(row.get("source", "")),
                status=member(Status, str(row.get("status", "")) or Status.ASSUMED, f"{where}, column status"),
                note=str(row.get("note", "")),
            )
        )  # fmt: skip
    return tuple(found)


def _note_empty(table: ReadTable, columns: Sequence[str], otherwise: str, notes: list[str]) -> None:
    """Count cells that are read as a default."""
    for name in columns:
        empty = len(table.frame) if name not in table.frame else int(table.frame[name].isna().sum())
        if empty:
            notes.append(f"{table.path.name}, column {name}: {empty} empty cells read as {otherwise}")


def _carriers_of(text: object, names: Sequence[str], where: str) -> tuple[str, ...]:
    """Return the carriers of a cell: ``*`` or empty for all."""
    wanted = listed(text)
    if not wanted or EVERY in wanted:
        return tuple(names)
    for name in wanted:
        _known(name, names, where, "add it to carriers.csv, or correct it")
    return wanted


def _known(label: str, labels: Sequence[str], where: str, remedy: str) -> None:
    if label not in labels:
        shown = ", ".join(labels[:40]) + (" …" if len(labels) > 40 else "")
        raise BadInputError(where, f"unknown {label!r}", allowed=shown, remedy=remedy)


def _number(row: Mapping[Any, Any], name: str, otherwise: float) -> float:
    value = row.get(name)
    return otherwise if value is None or pd.isna(value) else float(value)


def _ordered(
    row: Mapping[Any, Any], names: tuple[str, str, str], otherwise: float, where: str
) -> tuple[float, float, float]:
    """Return low, central and high of a row; an end without a number is the central one."""
    central = _number(row, names[1], otherwise)
    low, high = _number(row, names[0], central), _number(row, names[2], central)
    if not low <= central <= high:
        raise BadInputError(
            f"{where}, columns {', '.join(names)}", f"found {low}, {central}, {high}",
            allowed=" <= ".join(names), remedy="correct the row",
        )  # fmt: skip
    return low, central, high


def _optional(row: Mapping[Any, Any], name: str) -> float | None:
    value = _number(row, name, np.nan)
    return None if np.isnan(value) else value


def _year(row: Mapping[Any, Any], name: str) -> int | None:
    value = _optional(row, name)
    return None if value is None else int(value)
