"""Read what others found for questions near that of a study."""

from collections.abc import Hashable, Mapping
from pathlib import Path

from isthmus.core.errors import BadInputError
from isthmus.core.provenance import Estimate, Status
from isthmus.readers.tables import ExpectedColumns, read_table

_TEXT = ("id", "authors", "address", "simulated", "measure", "whom", "unit", "status", "note")

TOLD = ("simulated", "whom")
"""Columns that may stand in further languages, for example ``simulated_ru``."""
_COLUMNS: ExpectedColumns = {
    "year": "whole",
    "result_low": "number",
    "result_high": "number",
    **dict.fromkeys(_TEXT, "text"),
}


def read_estimates(path: Path) -> tuple[Estimate, ...]:
    """Return published estimates in the order of the file; an empty result_low or result_high is None.

    Raises
    ------
    BadInputError
        For a missing column, an id that occurs twice, an unknown status, or ends out of order.
    """
    table = read_table(path, _COLUMNS, other="text", key=("id",))
    found = []
    for number, row in enumerate(table.frame.to_dict("records")):
        low, high = (None if row[name] != row[name] else float(row[name]) for name in ("result_low", "result_high"))
        if low is not None and high is not None and low > high:
            raise BadInputError(
                f"{table.row(number)}, column result_low",
                f"{low} is above result_high, {high}",
                allowed="result_low <= result_high",
                remedy="swap the two",
            )
        if row["status"] not in list(Status):
            raise BadInputError(
                f"{table.row(number)}, column status",
                f"found {row['status']!r}",
                allowed=", ".join(Status),
                remedy="use one of these",
            )
        texts = {name: str(row[name]) for name in _TEXT if name != "status"}
        words = {name: _in_languages(name, row) for name in TOLD}
        found.append(
            Estimate(**texts, words=words, year=int(row["year"]), low=low, high=high, status=Status(row["status"]))
        )
    return tuple(found)


def _in_languages(name: str, row: Mapping[Hashable, object]) -> dict[str, str]:
    """Return the texts of a column by language, from the columns beside it that carry the language in their name."""
    found = {
        str(column).removeprefix(f"{name}_"): str(text)
        for column, text in row.items()
        if str(column).startswith(f"{name}_")
    }
    return {language: text for language, text in found.items() if text}
