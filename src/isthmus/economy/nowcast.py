"""Move bilateral totals of a world to newer figures, leaving output and absorption as they are as far as possible.

Published input-output tables lag behind trade statistics. A nowcast takes totals for chosen pairs of economies, turns them
into the table's year and price basis by stated factors, scales the pair's goods to them with the sector pattern kept, and
lets all other flows of goods give way so that every economy still produces and absorbs what the table says.
"""

import dataclasses
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from isthmus.core.axes import Array
from isthmus.core.errors import BadInputError, NotConvergedError
from isthmus.core.provenance import Repair
from isthmus.economy.baseline import WorldTable

BASES = ("fob", "cif", "table")


@dataclasses.dataclass(frozen=True)
class Total:
    """A total of goods trade from one economy to another: `value` in the world's unit, `basis` one of fob, cif, table."""

    exporter: str
    importer: str
    year: int
    value: float
    basis: str
    source: str


@dataclasses.dataclass(frozen=True)
class NowcastSettings:
    """How totals are made comparable with the table and how far the other flows may give way.

    Attributes
    ----------
    cif_fob
        Value including freight and insurance over value at the exporter's border; imports valued cif are divided by it.
        1.06 is the factor of the Direction of Trade Statistics (IMF, Yearbook 2017).
    least_rest
        Smallest share to which an exporter's or importer's other flows of a sector may shrink; beyond that its output or
        absorption rises instead.
    tolerance
        Largest miss of an economy's output or absorption in a sector, relative to that output or absorption itself.
    sweeps
        Most passes over rows and columns.
    """

    cif_fob: float = 1.06
    least_rest: float = 0.1
    tolerance: float = 1e-10
    sweeps: int = 20_000


@dataclasses.dataclass(frozen=True)
class Nowcast:
    """A world with moved totals and the account of everything that changed.

    Attributes
    ----------
    table
        The new world.
    totals
        Every total asked for: stated value, factors, target, before and after.
    cells
        Every flow of goods that changed (exporter, importer, sector, before, after).
    margins
        Output and absorption of goods by economy and sector, before and after.
    revenue
        Tariff revenue by economy at unchanged rates, before and after.
    """

    table: WorldTable
    totals: pd.DataFrame
    cells: pd.DataFrame
    margins: pd.DataFrame
    revenue: pd.DataFrame


def nowcast(
    table: WorldTable,
    totals: Sequence[Total],
    world_trade: Mapping[int, float] | None = None,
    settings: NowcastSettings | None = None,
) -> Nowcast:
    """Move bilateral totals of goods trade (:eq:`nowcast-target`, :eq:`nowcast-ras`).

    Parameters
    ----------
    table
        The world to start from.
    totals
        One total a directed pair.
    world_trade
        World exports of goods by year at current prices, any unit: a total of another year is multiplied by
        ``world_trade[table.year] / world_trade[year]``.
    settings
        Factors and limits.

    Raises
    ------
    BadInputError
        For an unknown economy, a pair given twice, a pair without any goods flow to scale, or a year without world trade.
    NotConvergedError
        If the other flows cannot be brought to the margins.
    """
    settings = settings or NowcastSettings()
    rows = _targets(table, totals, world_trade or {}, settings)
    goods = np.array([sector in table.goods for sector in table.sectors])
    before = table.flows.values[goods]
    fixed, moved = _moved(before, rows, table)
    after = _balance(before, fixed, moved, settings)
    flows = table.flows.values.copy()
    flows[goods] = after
    return _account(table, flows, rows)


def _targets(
    table: WorldTable, totals: Sequence[Total], world_trade: Mapping[int, float], settings: NowcastSettings
) -> pd.DataFrame:
    """Return one row a total with the factors that bring it to the table's year and price basis."""
    seen: set[tuple[str, str]] = set()
    rows = []
    for total in totals:
        where = f"total {total.exporter} to {total.importer}, {total.year}"
        _check(total, where, table, seen)
        basis_factor = 1 / settings.cif_fob if total.basis == "cif" else 1.0
        year_factor = _year_factor(total.year, table.year, world_trade, where)
        rows.append(
            {
                "exporter": total.exporter,
                "importer": total.importer,
                "year": total.year,
                "stated": total.value,
                "basis": total.basis,
                "basis_factor": basis_factor,
                "year_factor": year_factor,
                "target": total.value * basis_factor * year_factor,
                "source": total.source,
            }
        )
    return pd.DataFrame(rows)


def _check(total: Total, where: str, table: WorldTable, seen: set[tuple[str, str]]) -> None:
    pair = (total.exporter, total.importer)
    for label in pair:
        if label not in table.economies:
            raise BadInputError(
                where, f"unknown economy {label}", allowed=", ".join(table.economies), remedy="correct the code"
            )
    if pair in seen or total.exporter == total.importer:
        problem = "given more than once" if pair in seen else "exporter and importer are the same"
        raise BadInputError(where, problem, allowed="one total a pair of two economies", remedy="remove the row")
    if total.basis not in BASES or not (np.isfinite(total.value) and total.value >= 0):
        raise BadInputError(
            where,
            f"value {total.value!r}, kind {total.basis!r}",
            allowed=f"a value of 0 or more, kind {', '.join(BASES)}",
            remedy="correct the row",
        )
    seen.add(pair)


def _year_factor(year: int, wanted: int | None, world_trade: Mapping[int, float], where: str) -> float:
    """Return world trade of the table's year over world trade of the total's year."""
    if year == wanted:
        return 1.0
    missing = [str(y) for y in (wanted, year) if y not in world_trade]
    if wanted is None or missing:
        raise BadInputError(
            where,
            f"world goods trade of {', '.join(missing) or 'the table'} is not known",
            allowed=f"years {', '.join(map(str, sorted(world_trade)))}"
            if world_trade
            else "totals of the table's year",
            remedy="add these years to the file of world goods trade, or give a total of the table's year",
        )
    return world_trade[wanted] / world_trade[year]


def _moved(before: Array, rows: pd.DataFrame, table: WorldTable) -> tuple[NDArray[np.bool_], Array]:
    """Return which pairs are given, shape (N, N), and their new flows, shape (goods, N, N), pattern kept."""
    index = {label: i for i, label in enumerate(table.economies)}
    fixed = np.zeros(before.shape[1:], dtype=bool)
    moved = np.zeros_like(before)
    found = []
    for exporter, importer, target in zip(rows["exporter"], rows["importer"], rows["target"], strict=True):
        i, n = index[exporter], index[importer]
        size = float(before[:, i, n].sum())
        if size <= 0 < target:
            raise BadInputError(
                f"total {exporter} to {importer}",
                "the table has no goods flow between them to scale",
                allowed="pairs with goods trade in the table",
                remedy="leave this pair out",
            )
        fixed[i, n] = True
        moved[:, i, n] = before[:, i, n] * (target / size if size else 0.0)
        found.append(size)
    rows["before"] = found
    return fixed, moved


def _balance(before: Array, fixed: NDArray[np.bool_], moved: Array, settings: NowcastSettings) -> Array:
    """Fit all other flows to the margins that the given pairs leave, by scaling rows and columns in turn."""
    rest = np.where(fixed, 0.0, before)
    output, absorption = _margins(before, rest, moved, settings.least_rest)
    row = np.maximum(output - moved.sum(axis=2), 0.0)
    column = np.maximum(absorption - moved.sum(axis=1), 0.0)
    # Own margins: to a small economy a little of the world output would be much.
    scale = [np.maximum(margin, np.finfo(float).tiny) for margin in (output, absorption)]
    trace = []
    for _ in range(settings.sweeps):
        held = rest.sum(axis=2)
        rest = rest * np.divide(row, held, out=np.zeros_like(row), where=held > 0)[:, :, None]
        held = rest.sum(axis=1)
        rest = rest * np.divide(column, held, out=np.zeros_like(column), where=held > 0)[:, None, :]
        misses = (np.abs(rest.sum(axis=2) - row) / scale[0], np.abs(rest.sum(axis=1) - column) / scale[1])
        trace.append({"output": float(misses[0].max()), "absorption": float(misses[1].max())})
        if max(trace[-1].values()) <= settings.tolerance:
            fitted: Array = rest + moved
            return fitted
    raise NotConvergedError(
        f"nowcast: other flows miss an economy's output or absorption by {max(trace[-1].values()):.2e} of it after "
        f"{settings.sweeps} sweeps; raise least_rest or ask for smaller totals",
        trace[-20:],
    )


def _margins(before: Array, rest: Array, moved: Array, least: float) -> tuple[Array, Array]:
    """Return output and absorption to be kept; where the other flows cannot give way, they move with the given pairs."""
    output, absorption = before.sum(axis=2), before.sum(axis=1)
    short = _shortage(output - moved.sum(axis=2), rest.sum(axis=2), least)
    output = output + short
    absorption = absorption + _spread(short, moved, axis=2)
    short = _shortage(absorption - moved.sum(axis=1), rest.sum(axis=1), least)
    absorption = absorption + short
    return output + _spread(short, moved, axis=1), absorption


def _shortage(left: Array, rest: Array, least: float) -> Array:
    """Return by how much a margin must move: up to leave the least to the other flows, down where there are none."""
    bound = np.where(rest > 0, least * rest, 0.0)
    return np.where((left < bound) | (rest == 0), bound - left, 0.0)


def _spread(short: Array, moved: Array, axis: int) -> Array:
    """Hand each shortage to the partners of the given pairs, in proportion to the given flows."""
    held = moved.sum(axis=axis)
    share = np.divide(short, held, out=np.zeros_like(short), where=held > 0)
    weighted = moved * (share[:, :, None] if axis == 2 else share[:, None, :])
    spread: Array = weighted.sum(axis=1 if axis == 2 else 2)
    return spread


def _account(table: WorldTable, flows: Array, rows: pd.DataFrame) -> Nowcast:
    """Put the new flows into the world and write down what changed."""
    old = table.flows.values
    index = {label: i for i, label in enumerate(table.economies)}
    goods = np.array([sector in table.goods for sector in table.sectors])
    pairs = [(index[a], index[b]) for a, b in zip(rows["exporter"], rows["importer"], strict=True)]
    rows = rows.assign(after=[float(flows[goods, i, n].sum()) for i, n in pairs])
    new = _with_flows(table, flows)
    given = sum(float(np.abs(flows[:, i, n] - old[:, i, n]).sum()) for i, n in pairs)
    others = float(np.abs(flows - old).sum()) - given
    margins = _margin_table(table, old, flows)
    shift = (margins["output_after"] - margins["output_before"]).abs()
    shift = shift[shift > 1e-6 * margins["output_before"]]
    count = int((np.abs(flows - old) > 0).sum())
    notes = (
        Repair("flows", "moved to given totals of goods trade", len(rows), given, table.unit),
        Repair("flows", "other goods flows gave way so that output and absorption stay", count, others, table.unit),
        Repair("output", "moved where the other flows could not give way", len(shift), float(shift.sum()), table.unit),
    )
    return Nowcast(
        dataclasses.replace(new, notes=(*table.notes, *notes)),
        rows,
        _cell_table(table, old, flows),
        margins,
        _revenue(table, flows),
    )


def _with_flows(table: WorldTable, flows: Array) -> WorldTable:
    """Return the world with new flows; inputs and value added follow output, final demand follows absorption."""
    before, after = table.flows.values.sum(axis=2), flows.sum(axis=2)
    factor = np.divide(after, before, out=np.ones_like(after), where=before > 0)
    factor = np.where(np.abs(factor - 1) < 1e-9, 1.0, factor)
    use = table.intermediate_use.values * factor.T[:, None, :]
    more = flows.sum(axis=1) - table.flows.values.sum(axis=1)
    more -= (use - table.intermediate_use.values).sum(axis=2).T
    return dataclasses.replace(
        table,
        flows=table.flows.copy(data=flows),
        intermediate_use=table.intermediate_use.copy(data=use),
        value_added=table.value_added.copy(data=table.value_added.values * factor),
        final_demand=table.final_demand.copy(data=np.maximum(table.final_demand.values + more, 0.0)),
    )


def _cell_table(table: WorldTable, old: Array, new: Array) -> pd.DataFrame:
    j, i, n = np.nonzero(np.abs(new - old) > 0)
    labels, sectors = np.array(table.economies), np.array(table.sectors)
    changed = {"exporter": labels[i], "importer": labels[n], "sector": sectors[j]}
    return pd.DataFrame({**changed, "before": old[j, i, n], "after": new[j, i, n]})


def _margin_table(table: WorldTable, old: Array, new: Array) -> pd.DataFrame:
    sectors = np.repeat(table.sectors, len(table.economies))
    economies = np.tile(table.economies, len(table.sectors))
    return pd.DataFrame(
        {
            "economy": economies,
            "sector": sectors,
            "output_before": old.sum(axis=2).ravel(),
            "output_after": new.sum(axis=2).ravel(),
            "absorption_before": old.sum(axis=1).ravel(),
            "absorption_after": new.sum(axis=1).ravel(),
        }
    )


def _revenue(table: WorldTable, flows: Array) -> pd.DataFrame:
    rate = table.tariff_rate.values
    before, after = ((rate * values).sum(axis=(0, 1)) for values in (table.flows.values, flows))
    return pd.DataFrame({"economy": table.economies, "revenue_before": before, "revenue_after": after})
