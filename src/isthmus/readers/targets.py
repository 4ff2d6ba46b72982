"""The contract's table of targets: written by extraction, read by alignment, tracking and studies."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from isthmus.core.errors import BadInputError
from isthmus.core.provenance import Status
from isthmus.plans.plan import Kind, Target
from isthmus.readers.tables import Table, read_table

COLUMNS = (
    "id", "file", "page", "lang", "text", "indicator", "kind", "operator", "value", "unit", "year", "base_year", "base_value",
    "direction", "modality",
)  # fmt: skip
MORE = ("partner", "theme", "status", "source", "address", "note")
OPERATORS = ("", "=", ">=", "<=", ">", "<", "~")
DIRECTIONS = ("", "up", "down")
MODALITIES = ("binding", "expected", "soft")
LANGUAGES = ("zh", "ru", "en")


def targets_frame(targets: Sequence[Target], *, more: bool = True) -> pd.DataFrame:
    """Return targets as the contract's table; `more` adds partner, theme and provenance."""
    names = [*COLUMNS, *(MORE if more else ())]
    rows = [{name: _cell(getattr(target, name)) for name in names} for target in targets]
    frame = pd.DataFrame(rows, columns=names)
    for name in ("page", "year", "base_year"):
        frame[name] = frame[name].astype("Int64")
    for name in ("value", "base_value"):
        frame[name] = frame[name].astype(float)
    return frame


def read_targets(path: Path) -> list[Target]:
    """Read a table of targets.

    Only id, lang and text are required, so that tables written by hand are accepted; the other columns may be absent.

    Raises
    ------
    BadInputError
        For a missing column, a duplicate id, or a cell outside the contract; file and row are named.
    """
    table = read_table(
        path,
        {"id": "text", "lang": "text", "text": "text"},
        {
            **dict.fromkeys(("indicator", "kind", "operator", "unit", "direction", "modality", "file"), "text"),
            **dict.fromkeys(("value", "base_value"), "number"),
            **dict.fromkeys(("year", "base_year", "page"), "whole"),
            **dict.fromkeys(MORE, "text"),
        },
        key=("id",),
    )
    return [_target(table, position) for position in range(len(table.frame))]


def _cell(value: Any) -> Any:
    return value.value if isinstance(value, (Kind, Status)) else value


def _target(table: Table, position: int) -> Target:
    row = table.frame.iloc[position]

    def text(name: str, allowed: Sequence[str] | None = None, default: str = "") -> str:
        value = str(row[name]) if name in row.index else ""
        value = value or default
        if allowed is not None and value not in allowed:
            raise BadInputError(
                f"{table.row(position)}, column {name}",
                f"found {value!r}",
                allowed=", ".join(repr(a) for a in allowed),
                remedy="correct the cell",
            )
        return value

    def number(name: str) -> float | None:
        return float(row[name]) if name in row.index and pd.notna(row[name]) else None

    def whole(name: str) -> int | None:
        value = number(name)
        return None if value is None else int(value)

    has_value = number("value") is not None
    kind = text("kind", [k.value for k in Kind], default=Kind.LEVEL.value if has_value else Kind.QUALITATIVE.value)
    return Target(
        id=text("id"), partner=text("partner"), text=text("text"), lang=text("lang", LANGUAGES), indicator=text("indicator"),
        kind=Kind(kind), operator=text("operator", OPERATORS, default="=" if has_value else ""), value=number("value"),
        unit=text("unit"), year=whole("year"), base_year=whole("base_year"), base_value=number("base_value"),
        direction=text("direction", DIRECTIONS), modality=text("modality", MODALITIES, default="expected"),
        theme=text("theme"), file=text("file"), page=whole("page"),
        status=Status(text("status", [s.value for s in Status], default=Status.VERIFIED.value)), source=text("source"),
        address=text("address"), note=text("note"),
    )  # fmt: skip
