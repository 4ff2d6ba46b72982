"""What a programme is chosen from: projects with their costs, benefits and needs, the budgets of the partners, the settings."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Annotated

import numpy as np
import xarray as xr

from isthmus.core.errors import BadInputError
from isthmus.core.fields import Field, Record

FLOORS = ("disagreement", "none")
NO_SIDE = ""
"""Label of costs for which no side is named as the place where they are spent."""


@dataclass(frozen=True, kw_only=True)
class Project:
    """One candidate; `sides` empty means that any partner may do it alone and that nobody has to pay a share."""

    id: str
    name: str = ""
    build_years: int = 0
    earliest: int
    latest: int
    requires: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()
    sides: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Synergy:
    """What a partner gains, once, `year_offset` years after both projects are done."""

    a: str
    b: str
    partner: str
    benefit: float
    year_offset: int = 0


@dataclass(frozen=True, kw_only=True)
class Limit:
    """How much of a shared resource there is in a year; years without a limit are not limited."""

    resource: str
    year: int
    capacity: float


@dataclass(frozen=True, eq=False, repr=False, kw_only=True)
class Candidates(Record):
    """The candidates and what they bring. Offsets count years from a project's start.

    `gain` is an alternative to `benefit`, or adds to it: money-metric gains by calendar year, which a project brings
    in every year from its completion on. Money is in one unit throughout, of constant prices.
    """

    projects: tuple[Project, ...]
    cost: Annotated[
        xr.DataArray,
        Field(("project", "side", "offset"), "money", "c", "Cost by the side where it is spent", lower=0.0),
    ]
    benefit: Annotated[
        xr.DataArray, Field(("project", "partner", "offset"), "money", "b", "Benefit by year since the start")
    ]
    gain: Annotated[
        xr.DataArray, Field(("project", "partner", "year"), "money", "g", "Benefit of a calendar year once done")
    ]
    need: Annotated[
        xr.DataArray,
        Field(("project", "resource", "offset"), "units of the resource", "n", "Use of resources", lower=0.0),
    ]
    synergies: tuple[Synergy, ...] = ()
    limits: tuple[Limit, ...] = ()


@dataclass(frozen=True, eq=False, repr=False, kw_only=True)
class Budget(Record):
    """What each partner may spend in each year; up to `carry_over` of a year's budget may be kept for the next year."""

    amount: Annotated[xr.DataArray, Field(("partner", "year"), "money", "B", "Budget of a year", lower=0.0)]
    carry_over: float = 0.0


@dataclass(frozen=True, kw_only=True)
class ProgrammeSettings:
    """How the programme is valued and how long the solver may take.

    Years count up to and including `horizon`; values are discounted to `base_year`. `minimum_share` is the least part of
    a joint project's yearly cost that each of its sides pays. With `floor` "disagreement" nobody may end below what it
    can do alone. `nodes` ends each search after so many nodes of its tree: unlike a time limit it gives the same
    programme on every machine.
    """

    base_year: int
    horizon: int
    discount_rate: float
    minimum_share: float = 0.0
    floor: str = "disagreement"
    time_limit_s: float = 60.0
    gap: float = 0.01
    nodes: int | None = None


def gather(
    projects: Sequence[Project],
    *,
    partners: Sequence[str],
    costs: Iterable[tuple[str, str, int, float]],
    benefits: Iterable[tuple[str, str, int, float]],
    needs: Iterable[tuple[str, str, int, float]] = (),
    synergies: Sequence[Synergy] = (),
    limits: Sequence[Limit] = (),
    gain: xr.DataArray | None = None,
) -> Candidates:
    """Return candidates from rows.

    Parameters
    ----------
    costs, benefits, needs
        Rows of project, side or partner or resource, year offset, amount; rows of one cell add up.
    gain
        Money-metric gain per project, partner and calendar year; none when left out.

    Raises
    ------
    BadInputError
        For an unknown project, partner, side or resource, or a negative offset.
    """
    ids = [project.id for project in projects]
    costs, benefits, needs = list(costs), list(benefits), list(needs)
    last = max((row[2] for row in (*costs, *benefits, *needs)), default=0)
    resources = list(dict.fromkeys(limit.resource for limit in limits))
    empty = xr.DataArray(
        np.zeros((len(ids), len(partners), 0)),
        {"project": ids, "partner": list(partners), "year": np.zeros(0, dtype=int)},
        ("project", "partner", "year"),
    )
    return Candidates(
        projects=tuple(projects),
        cost=_table("costs", costs, ids, "side", [*partners, NO_SIDE], last),
        benefit=_table("benefits", benefits, ids, "partner", list(partners), last),
        gain=empty if gain is None else gain,
        need=_table("needs", needs, ids, "resource", resources, last),
        synergies=tuple(synergies),
        limits=tuple(limits),
    )


def _table(
    what: str, rows: Sequence[tuple[str, str, int, float]], ids: list[str], dim: str, labels: list[str], last: int
) -> xr.DataArray:
    """Place rows by label."""
    place, column = {name: i for i, name in enumerate(ids)}, {name: i for i, name in enumerate(labels)}
    values = np.zeros((len(ids), len(labels), last + 1))
    for project, label, offset, amount in rows:
        require_known(f"{what}, project {project!r}", "project", project, ids)
        require_known(f"{what}, project {project!r}", dim, label, labels)
        if offset < 0:
            raise BadInputError(
                f"{what}, project {project!r}",
                f"year_offset {offset}",
                allowed="0 or more years after the start",
                remedy="count offsets from the project's start year",
            )
        values[place[project], column[label], offset] += amount
    return xr.DataArray(
        values, {"project": ids, dim: labels, "offset": np.arange(last + 1)}, ("project", dim, "offset")
    )


def require_known(where: str, kind: str, label: str, known: Sequence[str]) -> None:
    """Raise BadInputError unless `label` is known."""
    if label not in known:
        raise BadInputError(
            where,
            f"unknown {kind} {label!r}",
            allowed=", ".join(name for name in known if name) or "none",
            remedy=f"correct the {kind}, or add it",
        )
