"""Rows and sections of which a test names only what it is about; everything else is empty."""

from collections.abc import Mapping
from typing import Any, TypeVar, get_args, get_origin

from isthmus.study.section import Section, columns, declared_facts, declared_tables, table

R = TypeVar("R")
S = TypeVar("S", bound=Section)
NOTHING: dict[str, Any] = {"text": "", "number": 0.0, "whole": 0, "flag": False}


def row(kind: type[R], **given: Any) -> R:
    """Return a row whose other cells are empty, or zero where a cell may not be empty."""
    cells = {c.field: None if c.optional else NOTHING[c.kind] for c in columns(kind)}
    assert set(given) <= set(cells)
    return kind(**{**cells, **given})


def section(kind: type[S], **given: Any) -> S:
    """Return a section whose other facts and tables are empty."""
    facts = {name: _nothing(hint) for name, (hint, _) in declared_facts(kind).items()}
    tables = {name: table(rows) for name, (rows, _) in declared_tables(kind).items()}
    assert set(given) <= {*facts, *tables}
    return kind(**{**facts, **tables, **given})


def _nothing(hint: Any) -> Any:
    origin = get_origin(hint)
    if origin is tuple:
        return ()
    if origin is not None and isinstance(origin, type) and issubclass(origin, Mapping):
        return {}
    return None if type(None) in get_args(hint) else hint() if hint in (str, int, float, bool) else None
