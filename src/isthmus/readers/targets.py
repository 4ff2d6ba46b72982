"""Read a table of plan targets in the contract's columns."""

import math
from collections.abc import Collection
from pathlib import Path

from isthmus.core.errors import BadInputError
from isthmus.core.provenance import Status
from isthmus.plans.plan import Kind, Target
from isthmus.readers.tables import Table, read_table

OPERATORS = ("", "=", ">=", "<=", ">", "<", "~")
DIRECTIONS = ("", "up", "down")
MODALITIES = ("binding", "expected", "soft")

_OPTIONAL_TEXT = (
    "lang", "file", "indicator", "indicator_ru", "indicator_zh", "kind", "operator", "unit", "direction", "modality",
    "partner", "theme", "status", "source", "address", "note", "objective",
)  # fmt: skip
_OPTIONAL_NUMBER = ("value", "base_value")
_OPTIONAL_WHOLE = ("page", "year", "base_year")


def read_targets(path: Path, partners: Collection[str] = ()) -> tuple[Target, ...]:
    """Return the targets of a table with at least the columns id and text.

    Parameters
    ----------
    partners
        Labels that the column partner may hold; without them any label is accepted.

    Raises
    ------
    BadInputError
        For a missing file or column, a duplicate id, a number that is none, or a word that a column does not allow.
    """
    columns: dict[str, str] = dict.fromkeys(_OPTIONAL_TEXT, "text")
    columns |= dict.fromkeys(_OPTIONAL_NUMBER, "number") | dict.fromkeys(_OPTIONAL_WHOLE, "whole")
    table = read_table(path, {"id": "text", "text": "text"}, columns, key=["id"])  # type: ignore[arg-type]
    records: list[dict[str, object]] = [
        {str(name): cell for name, cell in record.items()} for record in table.frame.to_dict("records")
    ]
    return tuple(_target(record, table, row, partners) for row, record in enumerate(records))


def _target(record: dict[str, object], table: Table, row: int, partners: Collection[str]) -> Target:
    def text(name: str, default: str = "") -> str:
        return str(record.get(name) or default)

    def number(name: str) -> float | None:
        value = record.get(name)
        return None if value is None or math.isnan(float(str(value))) else float(str(value))

    def whole(name: str) -> int | None:
        value = number(name)
        return None if value is None else int(value)

    def choice(name: str, allowed: Collection[str], default: str) -> str:
        value = text(name, default)
        if value not in allowed:
            raise BadInputError(
                f"{table.row(row)}, column {name}",
                f"found {value!r}",
                allowed=", ".join(allowed),
                remedy="correct the cell",
            )
        return value

    return Target(
        id=text("id"),
        text=text("text"),
        partner=choice("partner", {"", *partners}, "") if partners else text("partner"),
        lang=text("lang", "en"),
        indicator=text("indicator"),
        indicator_ru=text("indicator_ru"),
        indicator_zh=text("indicator_zh"),
        kind=Kind(choice("kind", list(Kind), Kind.QUALITATIVE)),
        operator=choice("operator", OPERATORS, ""),
        value=number("value"),
        unit=text("unit"),
        year=whole("year"),
        base_year=whole("base_year"),
        base_value=number("base_value"),
        direction=choice("direction", DIRECTIONS, ""),
        modality=choice("modality", MODALITIES, "expected"),
        theme=text("theme"),
        file=text("file"),
        page=whole("page"),
        status=Status(choice("status", list(Status), Status.UNVERIFIED)),
        source=text("source"),
        address=text("address"),
        note=text("note"),
        objective=text("objective"),
    )
