"""A mixed-integer linear model that is written down once and can be solved, read as text and checked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from scipy import sparse

Linear = dict[int, float]
"""A linear expression: coefficient by column."""


@dataclass(frozen=True, eq=False)
class ProgrammeModel:
    """Maximise ``objective`` over columns within bounds and rows within bounds; `integer` marks whole-number columns."""

    columns: tuple[str, ...]
    lower: np.ndarray
    upper: np.ndarray
    integer: np.ndarray
    objective: np.ndarray
    rows: tuple[str, ...]
    row_lower: np.ndarray
    row_upper: np.ndarray
    matrix: sparse.csr_matrix


@dataclass(frozen=True)
class Draft:
    """A model being written: columns as (name, lower, upper, integer), rows as (name, lower, upper, expression)."""

    columns: list[tuple[str, float, float, bool]] = field(default_factory=list)
    rows: list[tuple[str, float, float, Linear]] = field(default_factory=list)

    def copy(self) -> "Draft":
        """Return a draft that can be written on without changing this one."""
        return Draft(list(self.columns), list(self.rows))


def add_column(draft: Draft, name: str, lower: float = 0.0, upper: float = np.inf, *, integer: bool = False) -> int:
    """Add a column and return its position."""
    draft.columns.append((name, lower, upper, integer))
    return len(draft.columns) - 1


def add_row(draft: Draft, name: str, expression: Linear, *, lower: float = -np.inf, upper: float = np.inf) -> None:
    """Add a row; rows that hold for every value of their columns are left out."""
    if expression or lower > 0 or upper < 0:
        draft.rows.append((name, lower, upper, expression))


def add_to(expression: Linear, other: Mapping[int, float], factor: float = 1.0) -> None:
    """Add a multiple of another expression to an expression."""
    for column, value in other.items():
        expression[column] = expression.get(column, 0.0) + factor * value


def step_terms(steps: list[int], values: np.ndarray) -> Linear:
    """Write the value of a project as an expression in its steps ("started by the end of year t").

    A project that starts in year t brings ``values[t]``; the step of t is 1 from then on, so that its coefficient is the
    difference to the next value.
    """
    following = [*values[1:], 0.0]
    return {
        column: float(here - after)
        for column, here, after in zip(steps, values, following, strict=True)
        if here != after
    }


def finish(draft: Draft, objective: Mapping[int, float]) -> ProgrammeModel:
    """Return the model of a draft with an objective to be maximised."""
    columns, rows = draft.columns, draft.rows
    index = [column for _, _, _, expression in rows for column in expression]
    values = [value for _, _, _, expression in rows for value in expression.values()]
    start = np.cumsum([0, *(len(expression) for _, _, _, expression in rows)])
    cost = np.zeros(len(columns))
    for column, value in objective.items():
        cost[column] = value
    return ProgrammeModel(
        columns=tuple(name for name, _, _, _ in columns),
        lower=np.array([low for _, low, _, _ in columns], dtype=float),
        upper=np.array([high for _, _, high, _ in columns], dtype=float),
        integer=np.array([whole for _, _, _, whole in columns], dtype=bool),
        objective=cost,
        rows=tuple(name for name, _, _, _ in rows),
        row_lower=np.array([low for _, low, _, _ in rows], dtype=float),
        row_upper=np.array([high for _, _, high, _ in rows], dtype=float),
        matrix=sparse.csr_matrix((values, index, start), shape=(len(rows), len(columns))),
    )


def lp_text(model: ProgrammeModel) -> str:
    """Write a model in the LP format that solvers read and people can.

    Names keep letters, digits and underscores of the model's own; other signs become underscores, and a number is added
    where two would be the same.
    """
    columns, rows = _safe(model.columns, "x"), _safe(model.rows, "r")
    lines = [
        "\\ maximise the objective; one row a constraint",
        "Maximize",
        f" obj: {_expression(model.objective, columns)}",
    ]
    lines.append("Subject To")
    for i, name in enumerate(rows):
        span = slice(model.matrix.indptr[i], model.matrix.indptr[i + 1])
        used = dict(zip(model.matrix.indices[span], model.matrix.data[span], strict=True))
        text = _sum(used, columns)
        low, high = model.row_lower[i], model.row_upper[i]
        if low == high:
            lines.append(f" {name}: {text} = {float(low)!r}")
            continue
        lines += [f" {name}: {text} >= {float(low)!r}"] if np.isfinite(low) else []
        lines += [f" {name}_up: {text} <= {float(high)!r}"] if np.isfinite(high) else []
    lines.append("Bounds")
    for name, low, high in zip(columns, model.lower, model.upper, strict=True):
        lines.append(f" {_bound(low)} <= {name} <= {_bound(high)}")
    lines += ["General", *(f" {name}" for name, whole in zip(columns, model.integer, strict=True) if whole), "End", ""]
    return "\n".join(lines)


def _safe(names: tuple[str, ...], letter: str) -> list[str]:
    """Return names that the LP format allows, each once."""
    seen: dict[str, int] = {}
    safe = []
    for name in names:
        plain = letter + "_" + "".join(c if c.isascii() and (c.isalnum() or c == "_") else "_" for c in name)
        count = seen[plain] = seen.get(plain, 0) + 1
        safe.append(plain if count == 1 else f"{plain}__{count}")
    return safe


def _expression(values: np.ndarray, columns: list[str]) -> str:
    return _sum({int(i): float(values[i]) for i in np.flatnonzero(values)}, columns)


def _sum(used: Mapping[int, float], columns: list[str]) -> str:
    """Write a sum, eight terms a line."""
    words = [f"{'+' if value >= 0 else '-'} {abs(float(value))!r} {columns[i]}" for i, value in used.items()]
    cuts = [*range(0, len(words), 8), len(words)]
    return "\n   ".join(" ".join(words[a:b]) for a, b in pairwise(cuts)) or f"0 {columns[0]}"


def _bound(value: float) -> str:
    return repr(float(value)) if np.isfinite(value) else ("inf" if value > 0 else "-inf")
