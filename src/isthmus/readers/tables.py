"""Read CSV tables as people really write them, and say exactly what is wrong with those that cannot be used."""

import csv
import gzip
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pandas as pd

from isthmus.core.errors import BadInputError
from isthmus.readers.documents.text import decode

Kind = Literal["text", "number", "whole", "flag"]

_TRUE, _FALSE = {"true", "1", "yes"}, {"false", "0", "no", ""}


@dataclass(frozen=True)
class Table:
    """A table as read: the typed frame (its index is the row number in the file) and what was recognised on the way."""

    path: Path
    frame: pd.DataFrame
    encoding: str
    separator: str
    decimal: str

    @property
    def dialect(self) -> str:
        """Describe the dialect if it is not plain UTF-8 with commas, else an empty text."""
        plain = self.encoding == "utf-8" and self.separator == "," and self.decimal == "."
        return "" if plain else f"{self.encoding}, separator {self.separator!r}, decimal {self.decimal!r}"

    def row(self, position: int) -> str:
        """Name a row for a message: file and line number."""
        return f"{self.path.name}, row {self.frame.index[position]}"


def read_table(
    path: Path,
    required: Mapping[str, Kind],
    optional: Mapping[str, Kind] | None = None,
    *,
    key: Sequence[str] = (),
    other: Kind | None = "text",
) -> Table:
    """Read a CSV file, plain or gzipped.

    Parameters
    ----------
    path
        The file; when it does not exist, the same name with or without ``.gz`` is tried.
    required, optional
        Kind of each column by name. Empty cells of a number or whole column become NaN; text stays "".
    key
        Columns whose combination must be unique.
    other
        Kind of columns that are not listed; None drops them.

    Raises
    ------
    BadInputError
        For a missing file or column, a cell of another kind, or a duplicate key; the message names file and row.
    """
    path = _existing(path)
    text, encoding = _decode(path)
    separator = _separator(text)
    header = next(csv.reader(io.StringIO(text.split("\n", 1)[0]), delimiter=separator), [])
    header = [name.strip() for name in header]
    if not any(header):
        raise BadInputError(
            path.name, "is empty", allowed=f"a header row with {', '.join(required)}", remedy="fill the file"
        )
    missing = [name for name in required if name not in header]
    if missing:
        raise BadInputError(
            f"{path.name}, header",
            f"column {', '.join(missing)} is missing (found: {', '.join(header)})",
            allowed=", ".join([*required, *(f"{name} (optional)" for name in optional or {})]),
            remedy="add or rename the column",
        )
    decimal = "," if separator == ";" else "."
    kinds = {**dict.fromkeys(header, other), **(optional or {}), **required}
    wanted: dict[str, Kind] = {name: kind for name, kind in kinds.items() if name in header and kind is not None}
    frame = _quick(text, separator, decimal, header, wanted)
    if frame is None:
        frame = _careful(text, separator, decimal, header, wanted, path)
    table = Table(path, frame, encoding, separator, decimal)
    if key:
        _require_unique(table, list(key))
    return table


def read_text(path: Path) -> str:
    """Read a text file in one of `text.READ_ENCODINGS`; BadInputError when it is missing or none of these."""
    return _decode(_existing(path))[0]


def even(rows: Sequence[list[str]]) -> list[list[str]]:
    """Return the rows that have cells, filled with empty ones to the same number."""
    most = max((len(row) for row in rows), default=0)
    return [row + [""] * (most - len(row)) for row in rows if row]


def _existing(path: Path) -> Path:
    twin = path.with_suffix("") if path.suffix == ".gz" else path.with_name(path.name + ".gz")
    found = [candidate for candidate in (path, twin) if candidate.is_file()]
    if len(found) == 2:
        names = f"{path.name} and {twin.name}"
        raise BadInputError(
            str(path.parent), f"holds {names}", allowed="one of the two", remedy="remove the one that is out of date"
        )
    if found:
        return found[0]
    problem = "is a directory" if path.is_dir() else "no such file"
    raise BadInputError(str(path), problem, allowed="an existing CSV, plain or .gz", remedy="check the path")


def _decode(path: Path) -> tuple[str, str]:
    """Return text and encoding of a file, plain or gzipped."""
    raw = path.read_bytes()
    if raw[:2] == b"\x1f\x8b":
        try:
            raw = gzip.decompress(raw)
        except (OSError, EOFError) as error:
            raise BadInputError(
                path.name, f"gzip cannot be read ({error})", allowed="gzip", remedy="compress it again"
            ) from error
    return decode(raw, path.name)


def _separator(text: str) -> str:
    head = text.split("\n", 1)[0]
    return max((",", ";", "\t"), key=head.count)


def _quick(
    text: str, separator: str, decimal: str, header: list[str], wanted: Mapping[str, Kind]
) -> pd.DataFrame | None:
    """Read a clean table with the fast parser; None where anything calls for the careful reading below."""
    if len(set(header)) < len(header) or not set(wanted.values()) <= {"text", "number"}:
        return None
    numbers = {name for name, kind in wanted.items() if kind == "number"}
    try:
        frame = pd.read_csv(
            io.StringIO(text),
            sep=separator,
            decimal=decimal,
            names=header,
            header=0,
            usecols=list(wanted),
            dtype={name: float if name in numbers else str for name in wanted},
            keep_default_na=False,
            skip_blank_lines=False,
            index_col=False,
        )
    except (ValueError, pd.errors.ParserError):
        return None
    lines = text.count("\n") - text.endswith("\n")
    if len(frame) != lines or frame.isna().to_numpy().any():
        return None
    for name in wanted:
        if name not in numbers:
            frame[name] = frame[name].str.strip()
    return frame.set_index(pd.RangeIndex(2, len(frame) + 2))[list(wanted)]


def _careful(
    text: str, separator: str, decimal: str, header: list[str], wanted: Mapping[str, Kind], path: Path
) -> pd.DataFrame:
    """Read any table line by line; the index is the line number, and the first wrong cell is named."""
    reader = csv.reader(io.StringIO(text), delimiter=separator)
    next(reader)
    numbered = [(reader.line_num, line) for line in reader if any(cell.strip() for cell in line)]
    for number, line in numbered:
        if len(line) != len(header):
            raise BadInputError(
                f"{path.name}, row {number}",
                f"{len(line)} cells under a header of {len(header)}",
                allowed=f"{len(header)} cells",
                remedy="quote cells that contain the separator",
            )
    raw = pd.DataFrame([line for _, line in numbered], columns=header, index=[n for n, _ in numbered], dtype=str)
    return pd.DataFrame(
        {name: _typed(raw[name], kind, decimal, path) for name, kind in wanted.items()}, index=raw.index
    )


def _typed(column: pd.Series, kind: Kind, decimal: str, path: Path) -> pd.Series:
    """Turn one column of text into its kind or raise at the first cell that is not of it."""
    text = column.str.strip()
    if kind == "text":
        return text
    typed: pd.Series
    if kind == "flag":
        lowered = text.str.lower()
        good, typed = lowered.isin(_TRUE | _FALSE), lowered.isin(_TRUE)
        allowed = "true or false"
    else:
        plain = text.str.replace("\u00a0", "").str.replace(decimal, ".") if decimal == "," else text
        typed = pd.to_numeric(plain.where(plain != ""), errors="coerce").astype(float)
        good = typed.notna() | (text == "")
        allowed = f"a number with decimal {decimal!r}, or empty"
        if kind == "whole":
            good &= typed.isna() | (typed == typed.round())
            allowed = "a whole number, or empty"
    if not good.all():
        row = column.index[~good.to_numpy()][0]
        raise BadInputError(
            f"{path.name}, row {row}, column {column.name}",
            f"found {column[row]!r}",
            allowed=allowed,
            remedy="correct the cell",
        )
    return typed


def _require_unique(table: Table, key: list[str]) -> None:
    twice = table.frame.duplicated(key, keep="first")
    if twice.any():
        row = table.frame.index[twice][0]
        label = ", ".join(str(table.frame.loc[row, name]) for name in key)
        raise BadInputError(
            f"{table.path.name}, row {row}",
            f"duplicate of an earlier row with {', '.join(key)} = {label} ({int(twice.sum())} in all)",
            allowed="each combination once",
            remedy="remove or merge the rows",
        )
