"""The contract's table of targets: written by extraction, read by alignment, tracking and studies."""

import math
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

import pandas as pd

from isthmus.core.errors import BadInputError
from isthmus.core.provenance import Status
from isthmus.plans.plan import Kind, Target
from isthmus.plans.statement import Role
from isthmus.readers.tables import ReadTable, read_table
from isthmus.study.section import CellKind

OPERATORS = ("", "=", ">=", "<=", ">", "<", "~")
DIRECTIONS = ("", "up", "down")
LANGUAGES = ("zh", "ru", "en")
MODALITIES = ("binding", "expected", "soft")

_OPTIONAL_TEXT = (
    "text", "lang", "file", "indicator", "indicator_ru", "indicator_zh", "kind", "operator", "unit", "direction", "modality",
    "partner", "theme", "objective", "objects", "role", "status", "source", "address", "note",
)  # fmt: skip
_TEXT_ONLY: Mapping[str, CellKind] = {"text": "text"}
TRACKED: Mapping[str, CellKind] = {"indicator": "text", "kind": "text", "value": "number", "year": "whole"}
"""Columns that tracking needs; the statement itself may be missing."""

_OPTIONAL_NUMBER = ("value", "base_value", "confidence")
_OPTIONAL_WHOLE = ("page", "year", "base_year")


COLUMNS = (
    "id", "file", "page", "lang", "text", "indicator", "kind", "operator", "value", "unit", "year", "base_year", "base_value",
    "direction", "modality",
)  # fmt: skip
MORE = ("partner", "theme", "objective", "objects", "role", "confidence", "status", "source", "address", "note")


def targets_frame(targets: Sequence[Target], *, more: bool = True) -> pd.DataFrame:
    """Return targets as the contract's table; `more` adds partner, theme and provenance."""
    names = [*COLUMNS, *(MORE if more else ())]
    rows = [{name: _cell(getattr(target, name)) for name in names} for target in targets]
    frame = pd.DataFrame(rows, columns=names)
    for name in ("page", "year", "base_year"):
        frame[name] = frame[name].astype("Int64")
    for name in {"value", "base_value", "confidence"} & {*names}:
        frame[name] = frame[name].astype(float)
    return frame


def read_targets(
    path: Path, partners: Collection[str] = (), needs: Mapping[str, CellKind] = _TEXT_ONLY
) -> tuple[Target, ...]:
    """Return the targets of a table in the contract's columns.

    Parameters
    ----------
    partners
        Labels that the column partner may hold; without them any label is accepted.
    needs
        Columns that must be there besides id, with their kind.

    Raises
    ------
    BadInputError
        For a missing file or column, a duplicate id, a number that is none, or a word that a column does not allow.
    """
    groups: tuple[tuple[Sequence[str], CellKind], ...] = (
        (_OPTIONAL_TEXT, "text"),
        (_OPTIONAL_NUMBER, "number"),
        (_OPTIONAL_WHOLE, "whole"),
    )
    columns = {name: kind for names, kind in groups for name in names}
    table = read_table(path, {"id": "text", **needs}, {n: k for n, k in columns.items() if n not in needs}, key=["id"])
    records: list[dict[str, object]] = [
        {str(name): cell for name, cell in record.items()} for record in table.frame.to_dict("records")
    ]
    return tuple(_target(record, table, row, partners) for row, record in enumerate(records))


def _cell(value: object) -> object:
    return value.value if isinstance(value, Kind | Status) else value


def _target(record: dict[str, object], table: ReadTable, row: int, partners: Collection[str]) -> Target:
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

    has_value = number("value") is not None
    return Target(
        id=text("id"),
        text=text("text"),
        partner=choice("partner", {"", *partners}, "") if partners else text("partner"),
        lang=choice("lang", LANGUAGES, "en"),
        indicator=text("indicator"),
        indicator_ru=text("indicator_ru"),
        indicator_zh=text("indicator_zh"),
        kind=Kind(choice("kind", list(Kind), Kind.LEVEL if has_value else Kind.QUALITATIVE)),
        operator=choice("operator", OPERATORS, "=" if has_value else ""),
        value=number("value"),
        unit=text("unit"),
        year=whole("year"),
        base_year=whole("base_year"),
        base_value=number("base_value"),
        direction=choice("direction", DIRECTIONS, ""),
        modality=choice("modality", MODALITIES, "expected"),
        theme=text("theme"),
        objective=text("objective"),
        file=text("file"),
        page=whole("page"),
        status=Status(choice("status", list(Status), Status.UNVERIFIED)),
        source=text("source"),
        address=text("address"),
        note=text("note"),
        confidence=number("confidence"),
        objects=text("objects"),
        role=choice("role", ("", *Role), ""),
    )
