"""Read a folder of projects: seven tables and a settings file, every row checked and named where it cannot be used."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import xarray as xr

from isthmus.core.errors import BadInputError
from isthmus.programme.project import Budget, Candidates, Limit, ProgrammeSettings, Project, Synergy, gather
from isthmus.programme.schedule import Risk
from isthmus.programme.validate import require_sound
from isthmus.readers.cells import listed
from isthmus.readers.files import held
from isthmus.readers.tables import ReadTable, read_table
from isthmus.readers.toml import Typed, read_model
from isthmus.study.section import CellKind

FILES = (
    "projects.csv", "costs.csv", "benefits.csv", "budgets.csv", "synergies.csv", "limits.csv", "needs.csv", "scenarios.csv",
    "schedule.toml",
)  # fmt: skip
"""What a folder may hold; the last four tables are optional."""


@dataclass(frozen=True)
class Folder:
    """Candidates, budget and settings as read, scenarios of benefits if there are any, and what was noticed."""

    candidates: Candidates
    budget: Budget
    settings: ProgrammeSettings
    risk: Risk | None
    notes: tuple[str, ...]


class ScheduleFile(Typed):
    """The settings of a schedule."""

    discount_rate: float
    base_year: int
    horizon: int
    carry_over: float = 0.0
    minimum_share: float = 0.0
    floor: str = "disagreement"
    time_limit_s: float = 60.0
    gap: float = 0.01
    tail_weight: float = 0.5
    tail_share: float = 0.1


def read_folder(folder: Path) -> Folder:
    """Read projects, costs, benefits, budgets, optional synergies, limits, needs and scenarios, and the settings.

    Raises
    ------
    BadInputError
        For a missing file or column, a cell that cannot be used, an unknown id, a duplicate row, and everything that
        `require_sound` refuses; the message names file and row, or the project.
    """
    if not folder.is_dir():
        raise BadInputError(
            str(folder), "no such folder", allowed=f"a folder with {', '.join(FILES[:4])} and {FILES[-1]}",
            remedy="check the path",
        )  # fmt: skip
    given = _settings(folder / "schedule.toml")
    notes: list[str] = []
    projects = _projects(folder, notes)
    ids = [project.id for project in projects]
    budget = _budget(folder, given.carry_over, notes)
    partners = [str(name) for name in budget.amount["partner"].values]
    limits = _limits(folder, notes)
    resources = list(dict.fromkeys(limit.resource for limit in limits))
    candidates = gather(
        projects,
        partners=partners,
        costs=_costs(folder, ids, partners, notes),
        benefits=_amounts(folder, "benefits", "partner", "benefit", ids, partners, notes),
        needs=_amounts(folder, "needs", "resource", "amount", ids, resources, notes, optional=True),
        synergies=_synergies(folder, ids, partners, notes),
        limits=limits,
    )
    settings = ProgrammeSettings(
        base_year=given.base_year, horizon=given.horizon, discount_rate=given.discount_rate,
        minimum_share=given.minimum_share, floor=given.floor, time_limit_s=given.time_limit_s, gap=given.gap,
    )  # fmt: skip
    require_sound(candidates, budget, settings)
    _notice(candidates, settings, notes)
    return Folder(candidates, budget, settings, _risk(folder, ids, partners, given, notes), tuple(notes))


def _settings(path: Path) -> ScheduleFile:
    return read_model(path, ScheduleFile)


def _read(
    folder: Path,
    name: str,
    required: dict[str, CellKind],
    extra: dict[str, CellKind],
    key: Sequence[str],
    notes: list[str],
) -> ReadTable | None:
    """Read one table; None where an optional one is absent."""
    path = folder / f"{name}.csv"
    if not held(path):
        if name in ("projects", "costs", "benefits", "budgets"):
            raise BadInputError(
                f"{path.name}", "no such file", allowed=f"a table with {', '.join(required)}", remedy="add the file"
            )
        return None
    table = read_table(path, required, extra, key=key)
    if table.dialect:
        notes.append(f"{path.name} was read as {table.dialect}")
    for column, kind in required.items():
        cells = table.frame[column]
        wrong = ~np.isfinite(cells) if kind in ("number", "whole") else cells == ""
        if wrong.any():
            row = int(np.flatnonzero(wrong)[0])
            raise BadInputError(
                f"{table.row(row)}, column {column}", f"found {cells.iloc[row]!r}",
                allowed="a finite number" if kind in ("number", "whole") else "a name", remedy="fill or correct the cell",
            )  # fmt: skip
    return table


def _projects(folder: Path, notes: list[str]) -> list[Project]:
    numbers: dict[str, CellKind] = dict.fromkeys(("build_years", "earliest", "latest"), "whole")
    lists: dict[str, CellKind] = dict.fromkeys(("name", "requires", "excludes", "sides"), "text")
    table = _read(folder, "projects", {"id": "text", **numbers}, lists, ["id"], notes)
    assert table is not None
    projects = []
    for row in table.frame.to_dict("records"):
        requires, excludes, sides = (listed(row.get(name, "")) for name in ("requires", "excludes", "sides"))
        projects.append(
            Project(
                id=row["id"], name=row.get("name", "") or row["id"], build_years=int(row["build_years"]),
                earliest=int(row["earliest"]), latest=int(row["latest"]), requires=requires, excludes=excludes, sides=sides,
            )
        )  # fmt: skip
    if not projects:
        raise BadInputError("projects.csv", "holds no project", allowed="one project a row", remedy="add rows")
    return projects


def _budget(folder: Path, carry_over: float, notes: list[str]) -> Budget:
    kinds: dict[str, CellKind] = {"partner": "text", "year": "whole", "budget": "number"}
    table = _read(folder, "budgets", kinds, {}, ["partner", "year"], notes)
    assert table is not None
    frame = table.frame
    _require_not_negative(table, "budget")
    partners, years = list(dict.fromkeys(frame["partner"])), sorted({int(year) for year in frame["year"]})
    given = {(row["partner"], int(row["year"])): float(row["budget"]) for row in frame.to_dict("records")}
    missing = [f"{name} in {year}" for name in partners for year in years if (name, year) not in given]
    if missing or not given:
        raise BadInputError(
            "budgets.csv", f"no budget for {', '.join(missing) or 'any partner'}",
            allowed="a row for each partner and year; 0 where nothing may be spent", remedy="add the rows",
        )  # fmt: skip
    values = [[given[name, year] for year in years] for name in partners]
    return Budget(
        amount=xr.DataArray(values, {"partner": partners, "year": years}, ("partner", "year")), carry_over=carry_over
    )


def _costs(
    folder: Path, ids: Sequence[str], partners: Sequence[str], notes: list[str]
) -> list[tuple[str, str, int, float]]:
    kinds: dict[str, CellKind] = {"project": "text", "year_offset": "whole", "cost": "number"}
    side = ["side"] if _has_column(folder / "costs.csv", "side") else []
    table = _read(folder, "costs", kinds, {"side": "text"}, ["project", "year_offset", *side], notes)
    assert table is not None
    _require_known(table, "project", ids)
    _require_not_negative(table, "year_offset")
    _require_not_negative(table, "cost")
    if side:
        _require_known(table, "side", [*partners, ""])
    return [
        (row["project"], row.get("side", ""), int(row["year_offset"]), float(row["cost"]))
        for row in table.frame.to_dict("records")
    ]


def _amounts(
    folder: Path, name: str, dim: str, column: str, ids: Sequence[str], labels: Sequence[str], notes: list[str], *,
    optional: bool = False,
) -> list[tuple[str, str, int, float]]:  # fmt: skip
    """Read rows of project, partner or resource, offset and amount."""
    kinds: dict[str, CellKind] = {"project": "text", dim: "text", "year_offset": "whole", column: "number"}
    table = _read(folder, name, kinds, {}, ["project", dim, "year_offset"], notes)
    if table is None:
        return []
    _require_known(table, "project", ids)
    _require_known(table, dim, labels)
    _require_not_negative(table, "year_offset")
    if optional:
        _require_not_negative(table, column)
    rows = table.frame.to_dict("records")
    return [(row["project"], row[dim], int(row["year_offset"]), float(row[column])) for row in rows]


def _limits(folder: Path, notes: list[str]) -> list[Limit]:
    kinds: dict[str, CellKind] = {"resource": "text", "year": "whole", "capacity": "number"}
    table = _read(folder, "limits", kinds, {}, ["resource", "year"], notes)
    if table is None:
        return []
    _require_not_negative(table, "capacity")
    return [
        Limit(resource=row["resource"], year=int(row["year"]), capacity=float(row["capacity"]))
        for row in table.frame.to_dict("records")
    ]


def _synergies(folder: Path, ids: Sequence[str], partners: Sequence[str], notes: list[str]) -> list[Synergy]:
    kinds: dict[str, CellKind] = {"a": "text", "b": "text", "partner": "text", "benefit": "number"}
    offset = ["year_offset"] if _has_column(folder / "synergies.csv", "year_offset") else []
    table = _read(folder, "synergies", kinds, {"year_offset": "whole"}, ["a", "b", "partner", *offset], notes)
    if table is None:
        return []
    for column in ("a", "b"):
        _require_known(table, column, ids, kind="project")
    _require_known(table, "partner", partners)
    if offset:
        _require_not_negative(table, "year_offset")
    found: dict[tuple[object, ...], Synergy] = {}
    for position, row in enumerate(table.frame.to_dict("records")):
        years = 0 if pd.isna(row.get("year_offset", 0)) else int(row.get("year_offset", 0))
        key = (*sorted((row["a"], row["b"])), row["partner"], years)
        if key in found:
            raise BadInputError(
                table.row(position), f"{row['a']} with {row['b']} stands in an earlier row in the other order",
                allowed="each pair once for a partner and year", remedy="remove or merge the rows",
            )  # fmt: skip
        found[key] = Synergy(
            a=row["a"], b=row["b"], partner=row["partner"], benefit=float(row["benefit"]), year_offset=years
        )
    return list(found.values())


def _risk(
    folder: Path, ids: Sequence[str], partners: Sequence[str], given: ScheduleFile, notes: list[str]
) -> Risk | None:
    """Read factors of benefits by scenario; a project and partner without a row keeps its benefit."""
    kinds: dict[str, CellKind] = {"scenario": "text", "project": "text", "partner": "text", "factor": "number"}
    table = _read(folder, "scenarios", kinds, {}, ["scenario", "project", "partner"], notes)
    if table is None:
        return None
    _require_known(table, "project", ids)
    _require_known(table, "partner", partners)
    if not (0 <= given.tail_weight <= 1 and 0 < given.tail_share <= 1):
        raise BadInputError(
            "schedule.toml, tail_weight or tail_share", f"found {given.tail_weight} and {given.tail_share}",
            allowed="tail_weight 0 to 1, tail_share above 0 up to 1", remedy="correct the settings",
        )  # fmt: skip
    names = list(dict.fromkeys(table.frame["scenario"]))
    factors = np.ones((len(names), len(ids), len(partners)))
    for row in table.frame.to_dict("records"):
        where = names.index(row["scenario"]), list(ids).index(row["project"]), list(partners).index(row["partner"])
        factors[where] = row["factor"]
    kept = factors.size - len(table.frame)
    if kept:
        notes.append(f"scenarios.csv names no factor for {kept} of {factors.size} benefits; they stay as they are")
    return Risk(factors=factors, weight=given.tail_weight, tail=given.tail_share)


def _has_column(path: Path, name: str) -> bool:
    """Whether a table has an optional column that belongs to its key."""
    return held(path) and name in read_table(path, {}, {}).frame.columns


def _require_known(table: ReadTable, column: str, known: Sequence[str], *, kind: str = "") -> None:
    unknown = ~table.frame[column].isin(list(known))
    if unknown.any():
        row = int(np.flatnonzero(unknown)[0])
        names = ", ".join(dict.fromkeys(map(repr, table.frame[column][unknown])))
        raise BadInputError(
            f"{table.row(row)}, column {column}", f"unknown {kind or column} {names}",
            allowed=", ".join(name for name in known if name) or "none", remedy="correct the name, or add it",
        )  # fmt: skip


def _require_not_negative(table: ReadTable, column: str) -> None:
    negative = table.frame[column] < 0
    if negative.any():
        row = int(np.flatnonzero(negative)[0])
        of = str(table.frame.iloc[row, 0])
        raise BadInputError(
            f"{table.row(row)}, column {column}", f"found {table.frame[column].iloc[row]:g} ({of})",
            allowed="0 or more", remedy="correct the cell",
        )  # fmt: skip


def _notice(candidates: Candidates, settings: ProgrammeSettings, notes: list[str]) -> None:
    """Note what is allowed but may not be meant."""
    free = [p.id for i, p in enumerate(candidates.projects) if not candidates.cost.values[i].any()]
    vain = [p.id for i, p in enumerate(candidates.projects) if not candidates.benefit.values[i].any()]
    late = [p.id for p in candidates.projects if p.latest > settings.horizon]
    outside = [f"{one.resource} in {one.year}" for one in candidates.limits if one.year > settings.horizon]
    for names, text in (
        (free, "without any cost"), (vain, "without any benefit"),
        (late, f"with a latest start after the horizon {settings.horizon}, cut to it"),
    ):  # fmt: skip
        if names:
            notes.append(f"{len(names)} projects {text}: {', '.join(names)}")
    if outside:
        notes.append(f"limits after the horizon have no effect: {', '.join(outside)}")
