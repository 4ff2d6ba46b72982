"""Refuse candidates, budgets and settings that contradict themselves, naming what is wrong."""

from collections import Counter
from collections.abc import Sequence

import numpy as np

from isthmus.core.errors import BadInputError
from isthmus.programme.project import FLOORS, Budget, Candidates, ProgrammeSettings, Project, require_known


def require_sound(candidates: Candidates, budget: Budget, settings: ProgrammeSettings) -> None:
    """Raise BadInputError naming the first contradiction in the input of a programme.

    Raises
    ------
    BadInputError
        For duplicate, unknown or missing labels, windows that end before they begin, precedence that runs in a circle,
        negative costs (by the records themselves), budgets in missing years, and settings outside their range.
    """
    _require_settings(budget, settings)
    partners = [str(name) for name in budget.amount["partner"].values]
    projects = candidates.projects
    ids = [project.id for project in projects]
    _require_once("projects", ids)
    _require_once("budgets", partners)
    for project in projects:
        _require_project(project, ids, partners, settings)
    _require_no_circle(projects)
    _require_years(budget, projects, settings)
    _require_labels(candidates, ids, partners)
    sides = max((len(project.sides) for project in projects), default=0)
    if sides * settings.minimum_share > 1 + 1e-12:
        raise BadInputError(
            "settings, minimum_share",
            f"{settings.minimum_share} for each of {sides} sides is more than the whole cost",
            allowed=f"0 to {1 / sides:.4g}",
            remedy="lower minimum_share",
        )


def _require_settings(budget: Budget, settings: ProgrammeSettings) -> None:
    ranges = {
        "discount_rate": (settings.discount_rate, -1, 10, "above -1 (a fraction a year)"),
        "carry_over": (budget.carry_over, -1e-12, np.inf, "0 or more (a share of the year's budget)"),
        "minimum_share": (settings.minimum_share, -1e-12, 1.0000001, "0 to 1"),
        "time_limit_s": (settings.time_limit_s, 0, np.inf, "more than 0 seconds"),
        "gap": (settings.gap, -1e-12, np.inf, "0 or more (a fraction)"),
    }
    for name, (value, low, high, allowed) in ranges.items():
        if not low < value < high:
            raise BadInputError(f"settings, {name}", f"found {value}", allowed=allowed, remedy="correct the setting")
    if settings.floor not in FLOORS:
        raise BadInputError(
            "settings, floor", f"found {settings.floor!r}", allowed=" or ".join(FLOORS), remedy="correct the setting"
        )
    if settings.horizon < settings.base_year:
        raise BadInputError(
            "settings, horizon",
            f"{settings.horizon} is before base_year {settings.base_year}",
            allowed="a year not before base_year",
            remedy="correct one of the two",
        )


def _require_once(what: str, labels: Sequence[str]) -> None:
    twice = [name for name, count in Counter(labels).items() if count > 1]
    if twice or "" in labels:
        raise BadInputError(
            what,
            f"id {', '.join(map(repr, twice))} stands more than once" if twice else "an id is empty",
            allowed="each id once",
            remedy="rename or remove rows",
        )


def _require_project(
    project: Project, ids: Sequence[str], partners: Sequence[str], settings: ProgrammeSettings
) -> None:
    where = f"projects, project {project.id!r}"
    for column, others in (("requires", project.requires), ("excludes", project.excludes)):
        for other in others:
            require_known(f"{where}, {column}", "project", other, ids)
            if other == project.id:
                raise BadInputError(
                    f"{where}, {column}", "names itself", allowed="other projects", remedy="remove it from the list"
                )
    for side in project.sides:
        require_known(f"{where}, sides", "partner", side, partners)
    problems = {
        f"earliest {project.earliest} is after latest {project.latest}": project.earliest > project.latest,
        f"earliest {project.earliest} is after the horizon {settings.horizon}": project.earliest > settings.horizon,
        f"build_years is {project.build_years}": project.build_years < 0,
        "a side stands twice": len(set(project.sides)) < len(project.sides),
        "requires and excludes the same project": bool(set(project.requires) & set(project.excludes)),
    }
    for problem, found in problems.items():
        if found:
            raise BadInputError(
                where,
                problem,
                allowed="earliest <= latest, earliest within the horizon, build_years of 0 or more, each side once",
                remedy="correct the row",
            )


def _require_no_circle(projects: Sequence[Project]) -> None:
    """Raise where precedence runs in a circle, naming its members."""
    waiting = {project.id: set(project.requires) for project in projects}
    while ready := [name for name, others in waiting.items() if not others & set(waiting)]:
        for name in ready:
            del waiting[name]
    if waiting:
        trail = [next(iter(waiting))]
        while trail[-1] not in trail[:-1]:
            trail.append(next(name for name in waiting if name in waiting[trail[-1]]))
        circle = trail[trail.index(trail[-1]) :]
        raise BadInputError(
            "projects, requires",
            f"precedence runs in a circle: {' requires '.join(circle)}",
            allowed="precedence without circles",
            remedy="remove one of these requirements",
        )


def _require_years(budget: Budget, projects: Sequence[Project], settings: ProgrammeSettings) -> None:
    """Raise unless budgets cover consecutive years within those the programme counts."""
    years = [int(year) for year in budget.amount["year"].values]
    first = min([settings.base_year, *(project.earliest for project in projects)])
    outside = [year for year in years if not first <= year <= settings.horizon]
    if outside:
        raise BadInputError(
            "budgets, year",
            f"budgets in {', '.join(map(str, outside))}, which the programme does not count",
            allowed=f"{first} to {settings.horizon}",
            remedy="remove these rows, or change base_year or horizon",
        )
    missing = sorted(set(range(min(years, default=first), max(years, default=first) + 1)) - set(years))
    if missing or not years:
        raise BadInputError(
            "budgets, year",
            f"no budget for {', '.join(map(str, missing)) or 'any year'}",
            allowed="consecutive years; 0 where nothing may be spent",
            remedy="add the rows",
        )


def _require_labels(candidates: Candidates, ids: Sequence[str], partners: Sequence[str]) -> None:
    """Raise unless arrays, synergies and limits speak of the same projects and partners."""
    arrays = {"cost": "side", "benefit": "partner", "gain": "partner", "need": "resource"}
    for name, dim in arrays.items():
        array = getattr(candidates, name)
        if [str(label) for label in array["project"].values] != list(ids):
            raise BadInputError(
                f"candidates, {name}",
                "projects are not those of the list, in its order",
                allowed=", ".join(ids),
                remedy="build the array from the list of projects",
            )
        if dim == "partner":
            for label in array[dim].values:
                require_known(f"candidates, {name}", "partner", str(label), partners)
            if [str(label) for label in array[dim].values] != list(partners):
                raise BadInputError(
                    f"candidates, {name}",
                    "partners are not those of the budgets, in their order",
                    allowed=", ".join(partners),
                    remedy="build the array from the partners of the budgets",
                )
    for synergy in candidates.synergies:
        where = f"synergies, {synergy.a!r} with {synergy.b!r}"
        for other in (synergy.a, synergy.b):
            require_known(where, "project", other, ids)
        require_known(where, "partner", synergy.partner, partners)
        if synergy.a == synergy.b:
            raise BadInputError(where, "names one project twice", allowed="two projects", remedy="correct the row")
    for limit in candidates.limits:
        if limit.capacity < 0:
            raise BadInputError(
                f"limits, {limit.resource!r} in {limit.year}",
                f"capacity {limit.capacity}",
                allowed="0 or more",
                remedy="correct the row",
            )
