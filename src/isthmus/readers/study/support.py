"""Read which statements carry levers, how far statements of their kind went elsewhere, and what levers cost (CSV)."""

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from isthmus.core.errors import BadInputError
from isthmus.core.provenance import Parameter, Status
from isthmus.levers.cost import BASES, INSIDE, SCALES, UNKNOWN, Cost, cost_entry
from isthmus.levers.lever import Lever
from isthmus.levers.support import STRENGTHS, Support
from isthmus.readers.study.ledger import grade_in
from isthmus.readers.tables import ReadTable, read_table
from isthmus.study.section import CellKind

STATED, ASSUMED, ELSEWHERE = DEGREES = ("stated", "assumed", "elsewhere")
"""Where a degree comes from: the statement itself, our reading, or how far statements of its kind went elsewhere."""

_SUPPORT: Mapping[str, CellKind] = {
    "lever": "text", "partner": "text", "statement": "text", "strength": "text", "degree_low": "number",
    "degree_central": "number", "degree_high": "number", "degree_status": "text",
}  # fmt: skip
_KINDS: Mapping[str, CellKind] = {
    "id": "text", "title": "text", "low": "number", "central": "number", "high": "number", "grade": "text",
    "status": "text", "source": "text",
}  # fmt: skip
_COST: Mapping[str, CellKind] = {
    "lever": "text", "payer": "text", "item": "text", "basis": "text", "scales_with": "text", "unit": "text",
    "low": "number", "central": "number", "high": "number", "year_from": "whole", "year_to": "whole", "source": "text",
    "status": "text",
}  # fmt: skip


def read_degrees(path: Path) -> dict[str, Parameter]:
    """Return how far statements of a kind were carried out elsewhere, by the id of the kind.

    Raises
    ------
    BadInputError
        For a missing column, an id that occurs twice, degrees that are no shares in order, an unknown grade or status, an
        empty source, or a grade that the status does not bear.
    """
    table = read_table(path, _KINDS, {"address": "text", "note": "text"})
    found: dict[str, Parameter] = {}
    for position, row in enumerate(_records(table)):
        where, name = table.row(position), str(row["id"])
        if name in found:
            raise BadInputError(f"{where}, id", f"{name!r} occurs twice", allowed="each id once", remedy="rename one")
        _one_of(str(row["status"]), list(Status), where, "status")
        low, central, high = _three(row, ("low", "central", "high"), where, most=1.0)
        found[name] = Parameter(
            name=name,
            description=str(row["title"]),
            unit="share",
            value=central,
            low=low,
            high=high,
            source=str(row["source"]),
            status=Status(str(row["status"])),
            address=str(row.get("address", "")),
            note=str(row.get("note", "")),
            grade=grade_in(str(row["grade"]), f"{where}, grade"),
        )
    return found


def read_support(
    path: Path, levers: Sequence[Lever], kinds: Mapping[str, Parameter] | None = None
) -> tuple[Support, ...]:
    """Return which statements carry which lever; rows of measures that the study does not have are left out.

    Parameters
    ----------
    kinds
        How far statements of a kind went elsewhere (`read_degrees`), for rows whose column degree_from names one.

    Raises
    ------
    BadInputError
        For a missing column, a side that does not act in the lever, an unknown strength or status of a degree, degrees that are
        no shares in order, or a kind of statement that is not known.
    """
    sides = {lever.id: lever.partners for lever in levers}
    table = read_table(path, _SUPPORT, {"year": "whole", "note": "text", "degree_from": "text"})
    found = []
    for position, row in enumerate(_records(table)):
        where, lever = table.row(position), str(row["lever"])
        if lever not in sides:
            continue
        _one_of(str(row["partner"]), sides[lever], where, "partner")
        _one_of(str(row["strength"]), STRENGTHS, where, "strength")
        _one_of(str(row["degree_status"]), DEGREES, where, "degree_status")
        degree, evidence = _degree(row, kinds or {}, where)
        found.append(
            Support(
                lever=lever,
                partner=str(row["partner"]),
                statement=str(row["statement"]),
                strength=str(row["strength"]),
                degree=degree,
                year=_whole(row.get("year")),
                assumed=row["degree_status"] == ASSUMED,
                note=str(row.get("note", "")),
                evidence=evidence,
            )
        )
    return tuple(found)


def read_costs(path: Path, levers: Sequence[Lever]) -> tuple[tuple[Cost, ...], dict[str, Parameter]]:
    """Return the costs of the study's levers, and a ledger entry for every sum that is known.

    Raises
    ------
    BadInputError
        For a missing column, a payer that does not act in the lever, an unknown basis, scale or status, or sums that are
        missing, negative or not in order.
    """
    sides = {lever.id: lever.partners for lever in levers}
    table = read_table(path, _COST, {"address": "text", "note": "text"})
    costs: list[Cost] = []
    entries: dict[str, Parameter] = {}
    for position, row in enumerate(_records(table)):
        where, lever = table.row(position), str(row["lever"])
        if lever not in sides:
            continue
        _one_of(str(row["payer"]), sides[lever], where, "payer")
        _one_of(str(row["basis"]), BASES, where, "basis")
        _one_of(str(row["scales_with"]), ("", *SCALES), where, "scales_with")
        _one_of(str(row["status"]), list(Status), where, "status")
        known = row["basis"] not in (UNKNOWN, INSIDE)
        cost = Cost(
            lever=lever,
            payer=str(row["payer"]),
            item=str(row["item"]),
            basis=str(row["basis"]),
            scales_with=str(row["scales_with"]),
            entry=f"cost.{lever}.{row['payer']}.{position + 1}" if known else "",
            first=_whole(row["year_from"]) or 0,
            last=_whole(row["year_to"]) or 9999,
            note=str(row.get("note", "")),
        )
        costs.append(cost)
        if known:
            amount = _three(row, ("low", "central", "high"), where)
            status, address = Status(str(row["status"])), str(row.get("address", ""))
            entries[cost.entry] = cost_entry(cost, amount, str(row["source"]), status, str(row["unit"]), address)
    return tuple(costs), entries


def _degree(
    row: Mapping[str, object], kinds: Mapping[str, Parameter], where: str
) -> tuple[tuple[float, float, float], Parameter | None]:
    """Return a degree, and what it is taken from where that is a kind of statement whose cells are empty here."""
    names = ("degree_low", "degree_central", "degree_high")
    kind = "" if _empty(row.get("degree_from")) else str(row["degree_from"])
    _one_of(kind, list(kinds) if row["degree_status"] == ELSEWHERE else [""], where, "degree_from")
    if not kind:
        return _three(row, names, where, most=1.0), None
    if not all(_empty(row[name]) for name in names):
        raise BadInputError(
            f"{where}, {', '.join(names)}",
            f"are filled although degree_from names {kind}",
            allowed="empty cells where degree_status is elsewhere",
            remedy="empty the cells, or give the degree a status of its own",
        )
    one = kinds[kind]
    return (one.low, one.value, one.high), one


def _records(table: ReadTable) -> list[dict[str, object]]:
    return [{str(name): cell for name, cell in row.items()} for row in table.frame.to_dict("records")]


def _three(
    row: Mapping[str, object], names: tuple[str, str, str], where: str, most: float = float("inf")
) -> tuple[float, float, float]:
    """Return low, central and high, in order and between 0 and `most`."""
    low, central, high = (float(str(row[name])) for name in names)
    if not 0 <= low <= central <= high <= most:
        raise BadInputError(
            f"{where}, {', '.join(names)}",
            f"found {low:g}, {central:g}, {high:g}",
            allowed=f"numbers in order from 0{'' if most == float('inf') else f' to {most:g}'}",
            remedy="correct the cells",
        )
    return low, central, high


def _whole(cell: object) -> int | None:
    return None if _empty(cell) else int(float(str(cell)))


def _empty(cell: object) -> bool:
    return cell is None or str(cell) in ("nan", "<NA>", "")


def _one_of(value: str, allowed: Collection[str], where: str, column: str) -> None:
    if value not in list(allowed):
        raise BadInputError(
            f"{where}, {column}",
            f"found {value!r}",
            allowed=", ".join(name or "an empty cell" for name in allowed),
            remedy="use one of these",
        )
