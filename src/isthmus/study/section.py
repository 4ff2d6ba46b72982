"""What a station gives to the study: typed facts, and tables whose columns are declared once as the fields of a row.

The declaration of a row drives everything that is made of its table: the check when a section is made, the CSV and its
dictionary, SDMX-CSV, the IAMC format, the docs, and the typed rows that chapters read.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, fields, is_dataclass, replace
from functools import cached_property
from types import NoneType, UnionType
from typing import Annotated, Any, Generic, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

import pandas as pd
import xarray as xr

from isthmus.core.errors import BadInputError
from isthmus.study.arrays import dataset_from, dataset_parts

ColumnRole = Literal["dimension", "measure", "attribute"]
CellKind = Literal["text", "number", "whole", "flag"]
KINDS: Mapping[type, CellKind] = {str: "text", float: "number", int: "whole", bool: "flag"}


@dataclass(frozen=True)
class Column:
    """One column of a table, as its row declares it (see `key`, `measure` and `note`).

    Attributes
    ----------
    role
        ``dimension`` tells rows apart, ``measure`` is a number with a unit, ``attribute`` goes along.
    help, unit
        What it means, and in which unit it stands; "1" for shares and ratios.
    name
        Name in files; that of the row's field unless given.
    kind, optional
        Taken from the field's type: what a cell holds, and whether it may be empty.
    field
        Name of the row's field.
    """

    role: ColumnRole
    help: str
    unit: str = ""
    name: str = ""
    kind: CellKind = "text"
    optional: bool = False
    field: str = ""


def key(meaning: str, *, name: str = "") -> Column:
    """Declare a column that tells rows apart."""
    return Column("dimension", meaning, name=name)


def measure(unit: str, meaning: str, *, name: str = "") -> Column:
    """Declare a column of numbers in a unit."""
    return Column("measure", meaning, unit, name)


def note(meaning: str, unit: str = "", *, name: str = "") -> Column:
    """Declare a column that goes along: words, flags, numbers that are no result."""
    return Column("attribute", meaning, unit, name)


@dataclass(frozen=True)
class Help:
    """What a fact or a table of a section means.

    Attributes
    ----------
    at
        For a table without a column that is its year: the fact that says when it holds; "" where it holds at no time.
    """

    text: str
    at: str = ""


R = TypeVar("R")


@dataclass(frozen=True)
class Table(Generic[R]):
    """A table that is as its row declares it.

    Attributes
    ----------
    row
        Frozen dataclass whose annotated fields declare the columns.
    frame
        The cells, in the order of the declaration.

    Raises
    ------
    BadInputError
        If a column is missing or not declared, a cell is of another kind or empty without leave, or two rows have equal
        dimensions.
    """

    row: type[R]
    frame: pd.DataFrame

    def __post_init__(self) -> None:
        object.__setattr__(self, "frame", _checked(self.row, self.frame))

    @cached_property
    def rows(self) -> tuple[R, ...]:
        """The rows as records; an empty cell is None."""
        declared = columns(self.row)
        cells = [_cells(self.frame[column.name], column) for column in declared]
        names = [column.field for column in declared]
        return tuple(self.row(**dict(zip(names, row, strict=True))) for row in zip(*cells, strict=True))

    def __len__(self) -> int:
        return len(self.frame)


def table(row: type[R], rows: Iterable[R] = ()) -> Table[R]:
    """Return a table from its rows."""
    declared = columns(row)
    cells = [[getattr(item, column.field) for column in declared] for item in rows]
    return Table(row, pd.DataFrame(cells, columns=[column.name for column in declared]))


@dataclass(frozen=True, kw_only=True)
class Section:
    """What one station found: a subclass declares its facts and tables as fields with `Help`."""


S = TypeVar("S", bound=Section)


@dataclass(frozen=True)
class Parts:
    """A section, or a piece of a station's work, as it is kept: facts of plain JSON types, frames by name."""

    facts: Mapping[str, Any]
    tables: Mapping[str, pd.DataFrame]


def columns(row: type) -> tuple[Column, ...]:
    """Return the columns that a row declares, in order."""
    found = []
    for name, hint in get_type_hints(row, include_extras=True).items():
        declared = next((part for part in getattr(hint, "__metadata__", ()) if isinstance(part, Column)), None)
        if declared is None:
            raise TypeError(f"{row.__name__}.{name} declares no column: annotate it with key, measure or note")
        inner, optional = _without_none(get_args(hint)[0])
        found.append(replace(declared, name=declared.name or name, kind=KINDS[inner], optional=optional, field=name))
    return tuple(found)


def declared_facts(kind: type[Section]) -> Mapping[str, tuple[Any, Help]]:
    """Return type and help of each fact of a section."""
    return {
        name: entry
        for name, entry in _declared(kind).items()
        if get_origin(entry[0]) is not Table and entry[0] is not xr.Dataset
    }


def declared_tables(kind: type[Section]) -> Mapping[str, tuple[type, Help]]:
    """Return row and help of each table of a section, by name."""
    return {
        name: (get_args(hint)[0], told) for name, (hint, told) in _declared(kind).items() if get_origin(hint) is Table
    }


def declared_arrays(kind: type[Section]) -> tuple[str, ...]:
    """Return the names of a section's labelled arrays, which only internal stations have."""
    return tuple(name for name, (hint, _) in _declared(kind).items() if hint is xr.Dataset)


def tables_of(section: Section) -> dict[str, Table[Any]]:
    """Return the tables of a section by name."""
    return {name: getattr(section, name) for name in declared_tables(type(section))}


def facts_of(section: Section) -> dict[str, Any]:
    """Return the facts of a section as plain JSON types."""
    return {name: _plain(getattr(section, name)) for name in declared_facts(type(section))}


def to_parts(section: Section) -> Parts:
    """Return a section as it is kept."""
    facts, tables = facts_of(section), {name: found.frame for name, found in tables_of(section).items()}
    for name in declared_arrays(type(section)):
        facts[name], frames = dataset_parts(getattr(section, name))
        tables |= {f"{name}.{variable}": frame for variable, frame in frames.items()}
    return Parts(facts, tables)


def from_parts(kind: type[S], parts: Parts) -> S:
    """Return the section that was kept.

    Raises
    ------
    BadInputError
        If a fact or table is missing, surplus or of another type than the section declares.
    """
    facts, tables, arrays = declared_facts(kind), declared_tables(kind), declared_arrays(kind)
    of_arrays = {f"{name}.{variable}" for name in arrays for variable in parts.facts.get(name, {}).get("dims", ())}
    for what, declared, given in (
        ("fact", {*facts, *arrays}, parts.facts),
        ("table", {*tables, *of_arrays}, parts.tables),
    ):
        missing, surplus = sorted(declared - set(given)), sorted(set(given) - declared)
        if missing or surplus:
            raise BadInputError(
                f"{kind.__name__}, {what}s",
                "; ".join([*(f"{name} is missing" for name in missing), *(f"{name} is unknown" for name in surplus)]),
                allowed=", ".join(sorted(declared)),
                remedy="run the study again",
            )
    made = {name: _made(hint, parts.facts[name], f"{kind.__name__}.{name}") for name, (hint, _) in facts.items()}
    for name in arrays:
        frames = {variable: parts.tables[f"{name}.{variable}"] for variable in parts.facts[name]["dims"]}
        made[name] = dataset_from(parts.facts[name], frames)
    return kind(**made, **{name: Table(row, parts.tables[name]) for name, (row, _) in tables.items()})


def _declared(kind: type) -> dict[str, tuple[Any, Help]]:
    hints = get_type_hints(kind, include_extras=True)
    found = {}
    for entry in fields(kind):
        told = next((part for part in getattr(hints[entry.name], "__metadata__", ()) if isinstance(part, Help)), None)
        if told is None:
            raise TypeError(f"{kind.__name__}.{entry.name} says not what it means: annotate it with Help")
        found[entry.name] = (get_args(hints[entry.name])[0], told)
    return found


def _without_none(hint: object) -> tuple[Any, bool]:
    if get_origin(hint) in (Union, UnionType):
        inner = [part for part in get_args(hint) if part is not NoneType]
        return inner[0], len(inner) < len(get_args(hint))
    return hint, False


def _checked(row: type, frame: pd.DataFrame) -> pd.DataFrame:
    """Return the frame with the declared columns in their kinds, or say which cell is not as declared."""
    declared = columns(row)
    names = [column.name for column in declared]
    missing, surplus = [n for n in names if n not in frame], [str(n) for n in frame.columns if n not in names]
    if missing or surplus:
        raise _wrong(
            row, "; ".join([*(f"{n} is missing" for n in missing), *(f"{n} is surplus" for n in surplus)]), names
        )
    found = pd.DataFrame({c.name: _kind(row, c, frame[c.name]) for c in declared}).reset_index(drop=True)
    keys = [column.name for column in declared if column.role == "dimension"]
    twice = found.duplicated(keys) if keys else pd.Series(dtype=bool)
    if twice.any():
        first = int(twice.to_numpy().argmax())
        cell = ", ".join(f"{name} {found[name].iloc[first]}" for name in keys)
        raise _wrong(row, f"two rows for {cell}", keys)
    return found


def _kind(row: type, column: Column, cells: "pd.Series[Any]") -> "pd.Series[Any]":
    empty = cells.isna()
    if empty.any() and not column.optional:
        raise _wrong(row, f"column {column.name}, row {int(empty.to_numpy().argmax()) + 1}: empty", [column.kind])
    try:
        match column.kind:
            case "text":
                texts = [None if gone else str(cell) for cell, gone in zip(cells, empty, strict=True)]
                return pd.Series(texts, dtype=object, index=cells.index)
            case "number":
                return cells.astype(float)
            case "whole":
                return cells.astype(float).astype("Int64" if column.optional else "int64")
            case "flag":
                return cells.astype("boolean" if column.optional else bool)
    except (TypeError, ValueError) as error:
        raise _wrong(row, f"column {column.name}: {error}", [column.kind]) from error


def _wrong(row: type, problem: str, allowed: Iterable[str]) -> BadInputError:
    return BadInputError(
        f"table of {row.__name__}", problem, allowed=", ".join(allowed), remedy="make the table as its row declares it"
    )


def _cells(cells: "pd.Series[Any]", column: Column) -> Iterator[Any]:
    """Yield the cells of a column as plain values, None where it is empty."""
    to = {"text": str, "number": float, "whole": int, "flag": bool}[column.kind]
    for cell, gone in zip(cells, cells.isna(), strict=True):
        yield None if gone else to(cell)


def _plain(value: object) -> object:
    if is_dataclass(value) and not isinstance(value, type):
        return _plain(asdict(value))
    if isinstance(value, Mapping):
        return {str(name): _plain(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return str(value) if isinstance(value, str) else value


def _made(hint: object, value: object, where: str) -> object:
    """Return a fact from plain JSON types, as its annotation declares it."""
    if get_origin(hint) is Annotated:
        hint = get_args(hint)[0]
    inner, optional = _without_none(hint)
    if value is None and optional:
        return None
    origin, parts = get_origin(inner), get_args(inner)
    if origin is tuple and isinstance(value, list):
        kinds = [parts[0]] * len(value) if parts[-1] is Ellipsis else list(parts)
        if len(kinds) == len(value):
            return tuple(
                _made(kind, item, f"{where}[{i}]") for i, (kind, item) in enumerate(zip(kinds, value, strict=True))
            )
    elif origin is not None and issubclass(origin, Mapping) and isinstance(value, Mapping):
        return {_made(parts[0], name, where): _made(parts[1], item, f"{where}.{name}") for name, item in value.items()}
    elif isinstance(inner, type) and is_dataclass(inner) and isinstance(value, Mapping):
        hints = get_type_hints(inner, include_extras=True)
        if set(value) == set(hints):
            return inner(**{name: _made(hints[name], item, f"{where}.{name}") for name, item in value.items()})
    elif inner is float and isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    elif inner is int and isinstance(value, str) and value.lstrip("-").isdigit():
        return int(value)
    elif isinstance(inner, type) and type(value) is inner:
        return value
    raise BadInputError(where, f"found {value!r:.60}", allowed=str(hint), remedy="run the study again")
