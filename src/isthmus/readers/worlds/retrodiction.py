"""Read the changes of the past that the model is tested against, and give each its cost by sector."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Literal

import numpy as np
import pandas as pd
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from isthmus.border.gravity import Estimates
from isthmus.border.observed import FlowHistory, include_tariff
from isthmus.core.axes import Array
from isthmus.core.errors import BadInputError
from isthmus.core.provenance import Status
from isthmus.economy.baseline import Baseline, WorldTable
from isthmus.economy.calibrate import calibrate
from isthmus.economy.history import world_of_year
from isthmus.equilibrium.retrodiction import LEAST_MUSD, Change, Score, Trial, agreement_change, retrodict
from isthmus.readers.toml import read_toml, validation_error
from isthmus.readers.worlds.estimates import gravity_estimates
from isthmus.readers.worlds.geography import read_geography, read_sector_groups
from isthmus.readers.worlds.history import read_history
from isthmus.readers.worlds.world import DEFAULT_WORLD, read_world, world_directory

SERVICES_THETA = 5.0
TERMS = {"none": "", "other": "other_agreement", "deep": "deep_agreement"}


class TrialCost(BaseModel):
    """How the cost of a case is known; see the head of ``retrodiction.toml``."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    how: Literal["agreement", "observed", "tariff"]
    before: Literal["none", "other", "deep"] = "none"
    after: Literal["none", "other", "deep"] = "none"
    start: int = Field(default=0, alias="from")
    end: int = Field(default=0, alias="to")
    left_pp: float = 0.0
    right_pp: float = 0.0


class TrialEntry(BaseModel):
    """One change of the past."""

    model_config = ConfigDict(extra="forbid")

    id: str
    kind: Literal["deepening", "entering", "rupture"]
    titles: dict[str, str]
    left: list[str]
    right: list[str]
    base: int
    later: int
    cost: TrialCost
    what: str
    source: str
    status: Status


class Cases(BaseModel):
    """The file of cases."""

    model_config = ConfigDict(extra="forbid")

    case: list[TrialEntry]


@dataclass(frozen=True)
class Past:
    """What cases are computed from: the world, its history before and with tariffs, gravity and sector groups."""

    world: WorldTable
    history: FlowHistory
    paid: FlowHistory
    estimates: Estimates
    groups: Mapping[str, str]


def read_cases(path: Path | None = None) -> tuple[TrialEntry, ...]:
    """Read the packaged cases, or those of a file of the same form.

    Raises
    ------
    BadInputError
        For an unknown key or a wrong value.
    """
    place = path or Path(str(resources.files("isthmus") / "assets" / "published" / "retrodiction.toml"))
    try:
        return tuple(Cases(**read_toml(place)).case)
    except ValidationError as error:
        raise validation_error(place.name, error) from error


def read_trials() -> tuple[Trial, ...]:
    """Read how well the model told the packaged cases, each kind, and all together; `tools/retrodict.py` computes it."""
    place = resources.files("isthmus") / "assets" / "published" / "retrodiction_scores.csv"
    with resources.as_file(place) as path:
        table = pd.read_csv(path, keep_default_na=False, dtype={"case": str, "kind": str})
    cases = {case.id: case for case in read_cases()}
    found = []
    for row in table.to_dict("records"):
        case = cases.get(str(row["case"]))
        score = {str(name): value for name, value in row.items() if name not in ("case", "kind")}
        found.append(
            Trial(
                id=str(row["case"]),
                kind=str(row["kind"]),
                titles=case.titles if case else {},
                how=case.cost.how if case else "",
                base=case.base if case else 0,
                later=case.later if case else 0,
                score=Score(**score),
            )
        )
    return tuple(found)


def read_past(name_or_dir: str | Path = DEFAULT_WORLD) -> Past:
    """Read what cases are computed from.

    Raises
    ------
    BadInputError
        If the world has no history, no geography or no gravity estimates.
    """
    folder, world = world_directory(name_or_dir), read_world(name_or_dir)
    history = read_history(folder, world)
    geography = read_geography(folder, history.years)
    groups = read_sector_groups(folder, history.sectors, world.goods)
    paid = include_tariff(history, world.tariff_rate)
    estimates, reason = gravity_estimates(folder, paid, geography, groups)
    if estimates is None:
        raise BadInputError(world.name, reason, allowed="a world with gravity", remedy="use another world")
    return Past(world, history, paid, estimates, groups)


def retrodict_case(case: TrialEntry, past: Past) -> pd.DataFrame:
    """Predict the trade of one case; columns of `retrodict`, and case and kind.

    Raises
    ------
    BadInputError
        If the case names an economy or a year that the world does not have.
    """
    _require(case, past)
    table = world_of_year(past.world, past.history.value.sel(year=case.base), case.base)
    baseline = calibrate(table, services=SERVICES_THETA)
    economies = list(baseline.economies)
    later = past.history.value.sel(
        year=case.later, sector=list(baseline.sectors), exporter=economies, importer=economies
    )
    rows = retrodict(baseline, list(_changes(case, past, baseline)), later)
    return rows.assign(case=case.id, kind=case.kind)


def _require(case: TrialEntry, past: Past) -> None:
    for label in (*case.left, *case.right):
        if label not in past.world.economies:
            raise BadInputError(
                f"case {case.id}",
                f"unknown economy {label!r}",
                allowed=", ".join(past.world.economies),
                remedy="correct it",
            )
    years = [case.base, case.later, *([case.cost.start, case.cost.end] if case.cost.how == "observed" else [])]
    if not set(years) <= set(past.history.years):
        raise BadInputError(
            f"case {case.id}",
            f"years {', '.join(map(str, years))}",
            allowed=f"{past.history.years[0]} to {past.history.years[-1]}",
            remedy="choose years of the history",
        )
    if case.cost.how == "observed" and case.cost.end >= case.later:
        raise BadInputError(
            f"case {case.id}",
            f"cost observed until {case.cost.end}",
            allowed=f"a year before {case.later}, which is predicted",
            remedy="observe an earlier period",
        )


def _changes(case: TrialEntry, past: Past, baseline: Baseline) -> Iterator[Change]:
    """Yield the change of each directed pair."""
    sides = [(a, b) for i, a in enumerate(case.left) for b in (case.right or case.left[i + 1 :])]
    nothing = np.zeros(len(baseline.sectors))
    for a, b in sides:
        match case.cost.how:
            case "agreement":
                ln_cost = agreement_change(_effects(case, past), past.groups, baseline)
            case "observed":
                ln_cost = _observed(case, past, (a, b), baseline)
            case "tariff":
                ln_cost = nothing
        yield Change(exporter=b, importer=a, ln_cost=ln_cost, tariff_change=case.cost.left_pp)
        yield Change(exporter=a, importer=b, ln_cost=ln_cost, tariff_change=case.cost.right_pp)


def _effects(case: TrialEntry, past: Past) -> dict[str, float]:
    """Return by sector group how log trade changes between two depths of agreement, in the gravity of the base year."""
    table = past.estimates.coefficients
    year = table[table["year"] == case.base].set_index(["group", "term"])["estimate"]

    def depth(group: str, name: str) -> float:
        return float(year.get((group, TERMS[name]), 0.0)) if TERMS[name] else 0.0

    return {g: depth(g, case.cost.after) - depth(g, case.cost.before) for g in sorted(set(past.groups.values()))}


def _observed(case: TrialEntry, past: Past, pair: tuple[str, str], baseline: Baseline) -> Array:
    """Return the change of the pair's all-in index by sector over the observed years, 0 where trade was one-way."""
    a, b = pair
    goods = list(baseline.goods)
    value = past.paid.value.sel(sector=goods, year=[case.cost.start, case.cost.end])
    cells = {
        (x, y): value.sel(exporter=x, importer=y).transpose("year", "sector").values for x in (a, b) for y in (a, b)
    }
    kept = np.all([cell >= LEAST_MUSD for cell in cells.values()], axis=(0, 1))
    logs = {key: np.log(np.where(kept, cell, 1.0)) for key, cell in cells.items()}
    inside, across = logs[a, a] + logs[b, b], logs[a, b] + logs[b, a]
    theta = baseline.elasticity.values[[baseline.sectors.index(s) for s in goods]]
    change = ((inside - across)[1] - (inside - across)[0]) / (2 * theta)
    by_sector = dict(zip(goods, change, strict=True))
    return np.array([by_sector.get(s, 0.0) for s in baseline.sectors])
