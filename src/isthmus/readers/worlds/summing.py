"""Sum the rows of an inter-country table on the way, whatever its layout, so that a large table needs little memory."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from isthmus.core.errors import BadInputError
from isthmus.core.provenance import Repair
from isthmus.economy.assemble import Sums

Whole = NDArray[np.int64]
Numbers = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class IndustryColumns:
    """What the columns of a table are.

    Attributes
    ----------
    labels
        Their names, for messages.
    economies, industries
        Labels in the order of the table.
    economy
        Position in `economies` by column.
    industry
        Position in `industries` by column, -1 for final demand.
    """

    labels: list[str]
    economies: list[str]
    industries: list[str]
    economy: Whole
    industry: Whole


@dataclass(frozen=True, kw_only=True)
class IndustryRow:
    """A row of a table: what an industry of an economy sells, or (economy "") a total of the columns."""

    where: str
    economy: str
    label: str
    values: Numbers


def columns_of(pairs: list[tuple[str, str]], final_demand: Collection[str], labels: list[str]) -> IndustryColumns:
    """Return what columns are that belong to these pairs of economy and industry (or category of final demand)."""
    economies = list(dict.fromkeys(economy for economy, _ in pairs))
    industries = list(dict.fromkeys(second for _, second in pairs if second not in final_demand))
    at = {label: i for i, label in enumerate(economies)}, {label: i for i, label in enumerate(industries)}
    return IndustryColumns(
        labels=labels,
        economies=economies,
        industries=industries,
        economy=np.array([at[0][economy] for economy, _ in pairs]),
        industry=np.array([at[1].get(second, -1) for _, second in pairs]),
    )


def require_cells(count: int, columns: IndustryColumns, where: str) -> None:
    """Raise where a row has not one cell a column."""
    if count != len(columns.labels):
        raise BadInputError(
            where,
            f"{count} cells under {len(columns.labels)} columns",
            allowed=f"{len(columns.labels)} cells",
            remedy="fetch the file again; it may be cut off",
        )


def sum_rows(
    rows: Iterable[IndustryRow], columns: IndustryColumns, stated: Collection[str], total: str, unit: str, name: str
) -> tuple[Sums, list[Repair]]:
    """Sum the rows of a table.

    Parameters
    ----------
    stated
        Labels of the bottom rows that make up value added with taxes as the table states it.
    total
        Label of the bottom row with output as stated; only compared.
    name
        The file, for messages.

    Raises
    ------
    BadInputError
        For a row without columns of its own, or columns without a row.
    """
    n, s = len(columns.economies), len(columns.industries)
    made = columns.industry >= 0
    cell = columns.economy[made] * s + columns.industry[made]
    flows, use, final = np.zeros((s, n, n)), np.zeros((n, s, s)), np.zeros((s, n))
    bottom = {label: np.zeros((n, s)) for label in (*stated, total)}
    seen: set[tuple[str, str]] = set()
    for row in rows:
        by_cell = np.bincount(cell, row.values[made], n * s).reshape(n, s)
        if not row.economy:
            bottom[row.label] += by_cell
            continue
        i, j = _place(row, columns)
        flows[j, i] += np.bincount(columns.economy, row.values, n)
        use[:, j, :] += by_cell
        final[j] += np.bincount(columns.economy[~made], row.values[~made], n)
        seen.add((row.economy, row.label))
    _require_all(seen, columns, name)
    added = np.sum([bottom[label] for label in stated], axis=0).T
    sums = Sums(
        economies=tuple(columns.economies),
        sectors=tuple(columns.industries),
        flows=flows,
        use=use,
        final=final,
        stated_value_added=added if added.any() else None,
    )
    return sums, _compare_output(flows, bottom[total].T, unit)


def _place(row: IndustryRow, columns: IndustryColumns) -> tuple[int, int]:
    """Return the positions of a row's economy and industry."""
    if row.economy not in columns.economies or row.label not in columns.industries:
        raise BadInputError(
            row.where,
            "the row has no columns of its own",
            allowed="a row for every industry in the header, then taxes, value added and output",
            remedy="check that the file is complete and of one edition",
        )
    return columns.economies.index(row.economy), columns.industries.index(row.label)


def _require_all(seen: set[tuple[str, str]], columns: IndustryColumns, name: str) -> None:
    """Raise when production columns have no row."""
    wanted = {
        (columns.economies[n], columns.industries[j])
        for n, j in zip(columns.economy, columns.industry, strict=True)
        if j >= 0
    }
    missing = sorted("_".join(pair) for pair in wanted - seen)
    if missing:
        raise BadInputError(
            name,
            f"no row for {', '.join(missing[:5])} ({len(missing)} in all)",
            allowed="a row for every industry in the header",
            remedy="fetch the file again; it may be cut off",
        )


def _compare_output(flows: Numbers, stated: Numbers, unit: str) -> list[Repair]:
    """Note where the sum of uses differs from output as stated, which happens where the file is rounded."""
    if not stated.any():
        return []
    gap = np.abs(flows.sum(axis=2) - stated)
    count = int((gap > 1e-6 * stated.mean()).sum())
    return [Repair("output", "sum of uses taken where it differs from output as stated", count, float(gap.sum()), unit)]
