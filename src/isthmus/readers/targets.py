"""Read a table of targets, as `isthmus plan extract` writes it or as a study curates it."""

from pathlib import Path

import numpy as np

from isthmus.core.errors import BadInputError
from isthmus.core.provenance import Status
from isthmus.plans.plan import Kind, Target
from isthmus.readers.tables import Kind as CellKind
from isthmus.readers.tables import Table, read_table

_REQUIRED: dict[str, CellKind] = {"id": "text", "indicator": "text", "kind": "text", "value": "number", "year": "whole"}

_OPTIONAL: dict[str, CellKind] = {
    "file": "text", "page": "whole", "lang": "text", "text": "text", "operator": "text", "unit": "text", "base_year": "whole",
    "base_value": "number", "direction": "text", "modality": "text", "partner": "text", "theme": "text", "objective": "text",
    "status": "text", "source": "text", "address": "text", "note": "text",
}  # fmt: skip

_OPERATORS = ("", "=", ">=", "<=", ">", "<", "~")
_DIRECTIONS = ("", "up", "down")


def read_targets(path: Path) -> tuple[Target, ...]:
    """Return the targets of a CSV file.

    Parameters
    ----------
    path
        CSV with at least id, indicator, kind, value and year; the other columns of `isthmus plan extract` and the
        provenance columns partner, theme, objective, status, source, address and note are optional.

    Raises
    ------
    BadInputError
        For a missing column, a repeated id, or a cell outside the words of the contract.
    """
    table = read_table(path, _REQUIRED, _OPTIONAL, key=("id",))
    return tuple(_target(table, position) for position in range(len(table.frame)))


def _target(table: Table, position: int) -> Target:
    row = {name: table.frame[name].iloc[position] for name in table.frame.columns}

    def text(name: str) -> str:
        return str(row.get(name, ""))

    def number(name: str) -> float | None:
        value = row.get(name, np.nan)
        return None if np.isnan(value) else float(value)

    def whole(name: str) -> int | None:
        value = number(name)
        return None if value is None else int(value)

    where = table.row(position)
    return Target(
        id=_filled(where, "id", text("id")),
        partner=text("partner"), text=text("text"), lang=text("lang"), indicator=text("indicator"),
        kind=Kind(_one_of(where, "kind", text("kind"), tuple(kind.value for kind in Kind))),
        operator=_one_of(where, "operator", text("operator"), _OPERATORS),
        value=number("value"), unit=text("unit"), year=whole("year"), base_year=whole("base_year"),
        base_value=number("base_value"), direction=_one_of(where, "direction", text("direction"), _DIRECTIONS),
        modality=text("modality") or "expected", theme=text("theme"), file=text("file"), page=whole("page"),
        status=Status(_one_of(where, "status", text("status") or "verified", tuple(s.value for s in Status))),
        source=text("source"), address=text("address"), note=text("note"), objective=text("objective"),
    )  # fmt: skip


def _filled(where: str, column: str, found: str) -> str:
    if not found:
        raise BadInputError(f"{where}, column {column}", "is empty", allowed="a unique id", remedy="fill the cell")
    return found


def _one_of(where: str, column: str, found: str, allowed: tuple[str, ...]) -> str:
    if found not in allowed:
        words = ", ".join(word or "empty" for word in allowed)
        raise BadInputError(f"{where}, column {column}", f"found {found!r}", allowed=words, remedy="correct the cell")
    return found
