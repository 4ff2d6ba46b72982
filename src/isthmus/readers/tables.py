"""Read CSV tables as people really write them, and say exactly what is wrong with those that cannot be used.

Nothing is cut, filled or guessed: a row with a cell too many or too few, a column that stands twice, a quote that does not
close and a number that is none end in a message that names file and row.
"""

import csv
import io
import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import dropwhile
from pathlib import Path

import numpy as np
import pandas as pd

from isthmus.core.errors import BadInputError
from isthmus.readers.documents.text import decode
from isthmus.readers.files import existing, unpacked
from isthmus.readers.guard import unguarded
from isthmus.study.section import CellKind

_MOST_CELLS = 20_000_000
"""Of a table that has to be read with care: with quotes, empty lines, or cells that are not plain numbers."""
_MOST_COLUMNS = 10_000
_LONGEST_CELL = 131_072
_TRUE, _FALSE = {"true", "1", "yes"}, {"false", "0", "no", ""}
_MISSPELT = 0.85
"""How like a name is to one that is meant (`difflib`); series of a table's own (share_a, share_b) are less or end in one sign."""
_NUMBER = r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,4})?"
_ENDLESS = r"[+-]?(?:inf|nan)"
_SPACES = str.maketrans("", "", "\u00a0\u202f\u2009")


@dataclass(frozen=True)
class ExpectedColumn:
    """What the cells of a column may be.

    Attributes
    ----------
    kind
        Text, number, whole number or flag.
    allowed
        Words or labels that a cell may hold; None for any.
    low, high
        Least and greatest number.
    above
        Number that every cell must exceed.
    filled
        Whether an empty cell is an error.
    """

    kind: CellKind = "text"
    allowed: Sequence[str] | None = None
    low: float = -math.inf
    high: float = math.inf
    above: float = -math.inf
    filled: bool = False


ExpectedColumns = Mapping[str, CellKind | ExpectedColumn]


@dataclass(frozen=True)
class ReadTable:
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
    required: ExpectedColumns,
    optional: ExpectedColumns | None = None,
    *,
    key: Sequence[str] = (),
    other: CellKind | None = "text",
    finite: bool = True,
) -> ReadTable:
    """Read a CSV file, plain or gzipped.

    Parameters
    ----------
    path
        The file; when it does not exist, the same name with or without ``.gz`` is tried.
    required, optional
        What each column may hold, by name. Empty cells of a number or whole column become NaN; text stays "".
    key
        Columns whose combination must be unique; an optional column that the file lacks does not count.
    other
        Kind of columns that are not listed; None drops them.
    finite
        Whether ``inf`` and ``nan`` are errors.

    Raises
    ------
    BadInputError
        For a missing file or column, a column twice, a row of another length, a cell that its column does not allow, or a
        duplicate key; the message names file and row.
    """
    path = existing(path)
    text, encoding = _decode(path)
    separator = _separator(text)
    header = _header(path, text, separator, [*required, *(f"{name} (optional)" for name in optional or {})], required)
    _require_known(path, header, required, optional or {})
    decimal = "," if separator == ";" else "."
    listed = {**dict.fromkeys(header, other), **(optional or {}), **required}
    columns = {
        name: kind if isinstance(kind, ExpectedColumn) else ExpectedColumn(kind)
        for name, kind in listed.items()
        if name in header and kind is not None
    }
    frame = _quick(text, separator, decimal, header, columns)
    if frame is None:
        frame = _careful(text, separator, decimal, header, columns, path, finite)
    for name, column in columns.items():
        if column.kind == "text":
            frame[name] = unguarded(frame[name])
        _require_allowed(frame[name], column, path)
    table = ReadTable(path, frame, encoding, separator, decimal)
    if key:
        _require_unique(table, [name for name in key if name in frame])
    return table


def read_text(path: Path) -> str:
    """Read a text file in one of `text.READ_ENCODINGS`; BadInputError when it is missing, too large or none of these."""
    return _decode(existing(path))[0]


def even(rows: Sequence[list[str]]) -> list[list[str]]:
    """Return the rows that have cells, filled with empty ones to the same number; none without a word above the others."""
    most = max((len(row) for row in rows), default=0)
    rows = [*dropwhile(lambda row: not "".join(row).strip(), rows)] or rows
    return [row + [""] * (most - len(row)) for row in rows if row]


def _decode(path: Path) -> tuple[str, str]:
    """Return text and encoding of a file, plain or gzipped; every line ends with one line feed."""
    text, encoding = decode(unpacked(path), path.name)
    return text.replace("\r\n", "\n").replace("\r", "\n"), encoding


def _separator(text: str) -> str:
    head = text.split("\n", 1)[0]
    return max((",", ";", "\t"), key=head.count)


def _header(path: Path, text: str, separator: str, known: Sequence[str], required: ExpectedColumns) -> list[str]:
    """Return the names of the columns."""
    first = text.split("\n", 1)[0]
    if first.count(separator) >= _MOST_COLUMNS:
        raise BadInputError(
            f"{path.name}, header",
            f"has {first.count(separator) + 1} columns",
            allowed=f"at most {_MOST_COLUMNS}",
            remedy="use a table with one row a cell",
        )
    header = [name.strip() for _, row in _records(text, separator, path, most=1) for name in row]
    if not any(header):
        raise BadInputError(
            path.name, "is empty", allowed=f"a header row with {', '.join(known)}", remedy="fill the file"
        )
    twice = [name for name, count in Counter(header).items() if count > 1 and name]
    if twice:
        raise BadInputError(
            f"{path.name}, header",
            f"column {', '.join(twice)} stands twice",
            allowed="each column once",
            remedy="rename or remove one of them",
        )
    missing = [name for name in required if name not in header]
    if missing:
        raise BadInputError(
            f"{path.name}, header",
            f"column {', '.join(missing)} is missing (found: {', '.join(header)[:500]})",
            allowed=", ".join(known),
            remedy="add or rename the column",
        )
    return header


def _require_known(path: Path, header: Sequence[str], required: ExpectedColumns, optional: ExpectedColumns) -> None:
    """Refuse the misspelt name of an optional column, which would be passed over; other names are a table's own."""
    absent = {name.casefold(): name for name in optional if name not in header}
    for name in header:
        if name in required or name in optional or re.search(r"_[^_]$", name):
            continue
        if meant := get_close_matches(name.casefold(), absent, 1, _MISSPELT):
            known = absent[meant[0]]
            raise BadInputError(
                f"{path.name}, header",
                f"column {name} is not known, but nearly {known}",
                allowed=", ".join(absent.values()),
                remedy=f"rename it {known}; a column of your own needs a name less like it",
            )


def _records(text: str, separator: str, path: Path, most: int | None = None) -> Iterator[tuple[int, list[str]]]:
    """Yield line number and cells of every record; a quote that does not close is an error."""
    reader = csv.reader(io.StringIO(text), delimiter=separator, strict=True)
    try:
        for count, cells in enumerate(reader):
            if count == most:
                return
            yield reader.line_num, cells
    except csv.Error as error:
        raise BadInputError(
            f"{path.name}, from row {reader.line_num}",
            f"cannot be taken apart ({error})",
            allowed=f"cells of at most {_LONGEST_CELL} characters, quotes in pairs around a whole cell",
            remedy="close or remove the quote",
        ) from error


def _quick(
    text: str, separator: str, decimal: str, header: list[str], columns: Mapping[str, ExpectedColumn]
) -> pd.DataFrame | None:
    """Read a clean table with the fast parser; None where anything calls for the careful reading below."""
    kinds = {name: column.kind for name, column in columns.items()}
    if '"' in text or "\0" in text or not all(header) or not columns or "flag" in kinds.values():
        return None
    from pyarrow import ArrowException, float64, string
    from pyarrow import csv as arrow

    types = {name: string() if kind == "text" else float64() for name, kind in kinds.items()}
    try:
        read = arrow.read_csv(
            io.BytesIO(text.encode()),
            arrow.ReadOptions(use_threads=False, column_names=header, skip_rows=1),
            arrow.ParseOptions(delimiter=separator, quote_char=False, ignore_empty_lines=False),
            arrow.ConvertOptions(
                column_types=types,
                include_columns=list(columns),
                null_values=[""],
                strings_can_be_null=False,
                decimal_point=decimal,
            ),
        )
    except (ArrowException, UnicodeEncodeError):
        return None
    frame: pd.DataFrame = read.to_pandas()
    empty = np.ones(len(frame), dtype=bool)
    for name, kind in kinds.items():
        if kind == "text":
            frame[name] = frame[name].str.strip()
            empty &= (frame[name] == "").to_numpy()
            continue
        numbers = frame[name].to_numpy()
        missing = read[name].is_null().to_numpy(zero_copy_only=False)
        empty &= missing
        if not np.isfinite(numbers[~missing]).all() or (kind == "whole" and (numbers % 1)[~missing].any()):
            return None
    return None if empty.any() else frame.set_index(pd.RangeIndex(2, len(frame) + 2))


def _careful(
    text: str,
    separator: str,
    decimal: str,
    header: list[str],
    columns: Mapping[str, ExpectedColumn],
    path: Path,
    finite: bool,
) -> pd.DataFrame:
    """Read any table line by line; the index is the line number, and the first wrong cell is named."""
    if text.count(separator) + text.count("\n") > _MOST_CELLS:
        raise BadInputError(
            path.name,
            f"has more than {_MOST_CELLS} cells and is no plain table",
            allowed="plain numbers and words without quotes or empty lines in a table of this size",
            remedy="split the file, or write it without quotes",
        )
    numbers, lines = [], []
    for number, cells in _records(text, separator, path):
        if number == 1 or not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(header):
            raise BadInputError(
                f"{path.name}, row {number}",
                f"{len(cells)} cells under a header of {len(header)}",
                allowed=f"{len(header)} cells",
                remedy="quote cells that contain the separator, write decimals with a point, add cells that are missing",
            )
        numbers.append(number)
        lines.append(cells)
    raw = pd.DataFrame(lines, columns=range(len(header)), index=pd.Index(numbers, dtype=int), dtype=str)
    for at, name in enumerate(header):
        if not name and (raw[at].str.strip() != "").any():
            row = raw.index[(raw[at].str.strip() != "").to_numpy()][0]
            raise BadInputError(
                f"{path.name}, row {row}",
                f"a cell in column {at + 1}, which has no name",
                allowed="a name over every column",
                remedy="name or remove the column",
            )
    place = {name: at for at, name in enumerate(header)}
    return pd.DataFrame(
        {name: _typed(raw[place[name]], name, column.kind, decimal, path, finite) for name, column in columns.items()},
        index=raw.index,
    )


def _typed(column: pd.Series, name: str, kind: CellKind, decimal: str, path: Path, finite: bool) -> pd.Series:
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
        plain = text.str.translate(_SPACES)
        if decimal == ",":
            points = plain.str.contains(".", regex=False)
            mixed = points if plain.str.contains(",", regex=False).any() else points & False
            plain = plain.str.replace(",", ".").mask(mixed, "?")
        good = plain.str.fullmatch(_NUMBER) | (text == "")
        if not finite:
            good |= plain.str.fullmatch(_ENDLESS, flags=re.IGNORECASE)
        typed = pd.to_numeric(plain.where(good & (plain != "")), errors="coerce").astype(float)
        if finite:
            good &= typed.abs() != math.inf
        allowed = f"a finite number with decimal {decimal!r}, or empty"
        if kind == "whole":
            good &= typed.isna() | (typed == typed.round())
            allowed = "a whole number, or empty"
    _raise_at_first(column, name, ~good.to_numpy(dtype=bool), allowed, path)
    return typed


def _require_allowed(column: pd.Series, rule: ExpectedColumn, path: Path) -> None:
    """Raise at the first cell that a column does not allow."""
    values = column.to_numpy()
    name = str(column.name)
    if rule.filled:
        empty = column == "" if rule.kind == "text" else column.isna()
        _raise_at_first(column, name, empty.to_numpy(dtype=bool), "no empty cell", path)
    if rule.allowed is not None:
        wrong = ~column.isin(list(rule.allowed)).to_numpy(dtype=bool)
        _raise_at_first(column, name, wrong, ", ".join(word or "empty" for word in rule.allowed), path)
    if rule.kind in ("number", "whole"):
        wrong = (values < rule.low) | (values > rule.high) | (values <= rule.above)
        _raise_at_first(column, name, wrong, f"numbers {_bounds(rule)}", path)


def _bounds(rule: ExpectedColumn) -> str:
    parts = [
        f"above {rule.above:g}" if rule.above > -math.inf else "",
        f"of at least {rule.low:g}" if rule.low > -math.inf else "",
        f"of at most {rule.high:g}" if rule.high < math.inf else "",
    ]
    return " and ".join(filter(None, parts))


def _raise_at_first(column: pd.Series, name: str, wrong: "np.ndarray", allowed: str, path: Path) -> None:
    if wrong.any():
        at = int(wrong.argmax())
        found = column.iloc[at]
        shown = "an empty cell" if found == "" or found != found else repr(found)[:200]
        raise BadInputError(
            f"{path.name}, row {column.index[at]}, column {name}",
            f"found {shown}{f' ({int(wrong.sum())} such cells)' if wrong.sum() > 1 else ''}",
            allowed=allowed,
            remedy="correct the cell",
        )


def _require_unique(table: ReadTable, key: list[str]) -> None:
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
