"""The dictionary of a run's tables: every column with kind, role, unit and meaning, from the declarations that check them."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Annotated

import pandas as pd

from isthmus.study.section import Section, columns, declared_tables, key, note


@dataclass(frozen=True)
class ColumnRow:
    """A column of a table."""

    table: Annotated[str, key("table")]
    column: Annotated[str, key("column")]
    role: Annotated[str, note("dimension (tells rows apart), measure (a number with a unit) or attribute")]
    kind: Annotated[str, note("text, number, whole (number) or flag")]
    empty: Annotated[bool, note("whether a cell may be empty")]
    unit: Annotated[str, note("unit; 1 for shares and ratios")]
    meaning: Annotated[str, note("what it means")]


def column_dictionary(kinds: Iterable[type[Section]]) -> pd.DataFrame:
    """Return one row for every column of every table of the given sections, the dictionary's own columns last."""
    declared = {name: row for kind in kinds for name, (row, _) in declared_tables(kind).items()}
    rows = [
        ColumnRow(name, c.name, c.role, c.kind, c.optional, c.unit, c.help)
        for name, row in {**declared, "columns": ColumnRow}.items()
        for c in columns(row)
    ]
    return pd.DataFrame([asdict(row) for row in rows])
