"""Text that a spreadsheet would take for a formula is written with an apostrophe before it, and read back without.

A cell that begins with ``=``, ``+``, ``-``, ``@``, a tab or a carriage return, holds more than that sign and is no number
gets one ``'`` in front; so does a cell that begins with apostrophes before such a sign, so that reading (which takes one
away) gives back exactly what was written.
"""

import re

import pandas as pd

_FORMULA = re.compile(r"'*[=+\-@\t\r](?=.)", re.DOTALL)
_GUARDED = re.compile(r"'+[=+\-@\t\r].", re.DOTALL)
_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:[.,][0-9]*)?|[.,][0-9]+)(?:[eE][+-]?[0-9]+)?\s?%?")
_OPERATORS = frozenset({"=", ">=", "<=", ">", "<", "~", "=="})


def guarded(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a table whose texts no spreadsheet takes for a formula; names of columns likewise."""
    texts = frame.select_dtypes(["object", "str", "category"]).columns
    changed = {name: frame[name].map(guard) for name in texts if frame[name].map(_is_formula).any()}
    return frame.assign(**changed).rename(columns=guard) if changed or any(map(_is_formula, frame.columns)) else frame


def guard(cell: object) -> object:
    """Return a cell as it is written to CSV."""
    return f"'{cell}" if _is_formula(cell) else cell


def unguarded(text: pd.Series) -> pd.Series:
    """Return a column of text as it was before it was guarded."""
    marked = text.str.startswith("'")
    if not marked.any():
        return text
    return text.where(~marked, text.map(lambda cell: cell[1:] if _GUARDED.match(cell) else cell))


def _is_formula(cell: object) -> bool:
    if not isinstance(cell, str) or not _FORMULA.match(cell):
        return False
    return cell not in _OPERATORS and not _NUMBER.fullmatch(cell.strip())
