"""Read what is to be done to a world: a map of groups, totals of trade, world trade by year."""

from collections.abc import Collection
from importlib import resources
from pathlib import Path

from isthmus.core.errors import BadInputError
from isthmus.economy.aggregate import Grouping
from isthmus.economy.nowcast import BASES, Total
from isthmus.readers.tables import ExpectedColumn, ExpectedColumns, read_table

WORLD_TRADE = Path(str(resources.files("isthmus"))) / "assets" / "trade" / "world_goods_trade.csv"
"""The packaged world exports of goods by year."""


def read_map(path: Path) -> Grouping:
    """Read a map of groups: dimension (economy or sector), code, group, and optional names of the group.

    Columns: dimension, code, group, name (optional), name_XX (optional, XX a language). The first name given for a group
    counts.

    Raises
    ------
    BadInputError
        For another dimension, an empty group or a code listed twice.
    """
    table = read_table(path, {"dimension": "text", "code": "text", "group": "text"}, key=["dimension", "code"])
    frame = table.frame
    for position, (dimension, group) in enumerate(zip(frame["dimension"], frame["group"], strict=True)):
        if dimension not in ("economy", "sector") or not group:
            raise BadInputError(
                table.row(position),
                f"dimension {dimension!r}, group {group!r}",
                allowed="dimension economy or sector, and a group",
                remedy="correct the row",
            )
    groups: dict[str, dict[str, str]] = {"economy": {}, "sector": {}}
    names: dict[str, dict[str, dict[str, str]]] = {"economy": {}, "sector": {}}
    columns = [column for column in frame.columns if column == "name" or column.startswith("name_")]
    for row in frame.to_dict("records"):
        groups[row["dimension"]][row["code"]] = row["group"]
        for column in columns:
            if row[column]:
                language = column.removeprefix("name").removeprefix("_")
                names[row["dimension"]].setdefault(language, {}).setdefault(row["group"], row[column])
    return Grouping(groups["economy"], groups["sector"], names["economy"], names["sector"])


def read_totals(path: Path, year: int | None = None) -> list[Total]:
    """Read totals of goods trade (exporter, importer, year, value, kind, source); one a pair is chosen.

    The kind is the price basis: ``fob`` (the exporter's customs), ``cif`` (the importer's customs) or ``table`` (as the
    table values it). Of several years the newest of each pair is taken, or `year`.

    Raises
    ------
    BadInputError
        For an unknown kind, a row without source or value, a row given twice, or no row of the year.
    """
    totals = read_yearly_totals(path)
    chosen: dict[tuple[str, str], Total] = {}
    for total in totals:
        pair = (total.exporter, total.importer)
        if year is not None and total.year != year:
            continue
        if pair not in chosen or total.year > chosen[pair].year:
            chosen[pair] = total
    if not chosen:
        years = sorted({total.year for total in totals})
        raise BadInputError(
            path.name,
            "has no total" if year is None else f"has no total of {year}",
            allowed=f"years {', '.join(map(str, years))}" if years else "at least one row",
            remedy="name another year or add the rows",
        )
    return list(chosen.values())


def read_yearly_totals(path: Path, economies: Collection[str] = ()) -> list[Total]:
    """Read the totals of every year in a file, in its order; with the labels of a world, rows that name others are refused.

    Raises
    ------
    BadInputError
        For an unknown kind, a row without source or value, or a row given twice.
    """
    labels = ExpectedColumn(allowed=tuple(economies) or None, filled=True)
    columns: ExpectedColumns = {
        "exporter": labels,
        "importer": labels,
        "year": ExpectedColumn("whole", low=1, high=9999, filled=True),
        "value": ExpectedColumn("number", low=0, filled=True),
        "kind": ExpectedColumn(allowed=BASES),
        "source": ExpectedColumn(filled=True),
    }
    table = read_table(path, columns, key=["exporter", "importer", "year"])
    return [
        Total(row["exporter"], row["importer"], int(row["year"]), row["value"], row["kind"], row["source"])
        for row in table.frame.to_dict("records")
    ]


def read_world_trade(path: Path | None = None) -> dict[int, float]:
    """Read world exports of goods by year (year, value_billion_usd, source); None takes the packaged file."""
    columns = {"year": "whole", "value_billion_usd": "number", "source": "text"}
    table = read_table(path or WORLD_TRADE, columns, key=["year"])  # type: ignore[arg-type]
    values = table.frame["value_billion_usd"]
    if not (values > 0).all():
        at = int((~(values > 0)).to_numpy().argmax())
        raise BadInputError(
            f"{table.row(at)}, column value_billion_usd",
            f"found {values.iloc[at]}",
            allowed="numbers above 0",
            remedy="correct the row",
        )
    return {int(year): float(value) for year, value in zip(table.frame["year"], values, strict=True)}
