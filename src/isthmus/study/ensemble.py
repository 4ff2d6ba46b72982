"""The ensemble: what every part of every lever does in every setting of the model, solved once; later stations are views of it.

Worlds at central values are solved exactly. In the draws they are sums of responses (see `levers.linear`), which is why there
can be many draws over many inputs; how far the sums are from exact solves is measured in some of the draws and told.
"""

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, cast

import numpy as np
import xarray as xr

from isthmus.core.axes import Array
from isthmus.economy.baseline import Baseline
from isthmus.levers.components import calibrated
from isthmus.levers.facts import world_facts
from isthmus.levers.lever import BORDER
from isthmus.levers.responses import Responses
from isthmus.levers.worlds import (
    Timetable,
    with_parameters,
)  # fmt: skip
from isthmus.study.blend import (
    CENTRAL_SETTING,
    CROSS,
    EVERY,
    KINDS,
    Bench,
    Drawn,
    central_run,
    effects_of,
    percent_worlds,
    reference,
)  # fmt: skip
from isthmus.study.border import BorderSection
from isthmus.study.components import THIRD, third_weights, with_third
from isthmus.study.corridors import CorridorsSection
from isthmus.study.draws import CENTRAL, DRAW_FIELDS, Draw, central_draw, drawn, strongest_chance_correlation
from isthmus.study.headline import HEADLINE_FIELDS, headline_world, newest_year
from isthmus.study.jobs import (
    QUICK,
    SLOW,
    CentralWorlds,
    ExactWorlds,
    Job,
    JobAnswer,
    JobModel,
    Without,
    choices_of,
    own_choices,
    settings_of,
    solve_job,
)  # fmt: skip
from isthmus.study.observed import KINDS as KINDS_OF_OTHERS
from isthmus.study.observed import other_names
from isthmus.study.quantities import QUANTITY_FIELDS, quantity_names
from isthmus.study.section import Help, Section, Table, key, measure, note, table
from isthmus.study.standing import standing_costs
from isthmus.study.station import Findings, Station, Work
from isthmus.study.study import Study

CHECKED = 4
"""Draws in which sums of responses are compared with exact solves."""

LOW, HIGH = 0.05, 0.95
"""Quantiles of the draws that are low and high everywhere."""

MEASURED = ("both", "aligned")
"""Names of the worlds in which quantities are measured: joint measures at each side's own pace, and agreed."""


@dataclass(frozen=True)
class FailedRow:
    """A setting of the model that was not solved; its draws take the study's own."""

    setting: Annotated[str, key("KIND:CHOICE")]
    reason: Annotated[str, note("why, in English")]


@dataclass(frozen=True)
class LinearErrorRow:
    """How far the sum of responses is from an exact solve."""

    draw: Annotated[int, key("number of the draw, -1 for central values")]
    world: Annotated[str, key("world")]
    economy: Annotated[str, key("partner, or `third` for all others together")]
    exact_pct: Annotated[float, measure("%", "real income at the deadline, solved exactly")]
    linear_pct: Annotated[float, measure("%", "the same as a sum of responses")]


@dataclass(frozen=True, kw_only=True)
class EnsembleSection(Section):
    """What the draws are made of.

    `data` has what every part of every lever does alone, ``observed`` (setting, part, quantity) and ``returns`` (setting, part,
    economy), the same of capital, ``capital_observed`` and ``capital_returns`` (setting, built, …), the draws, ``parameter``
    (draw, name), and the exact worlds at central values: ``real_income_pct`` (branch, world, year, economy),
    ``real_gdp_pct`` (world, year, economy), ``output_pct`` (world, partner, sector) and ``hat`` (world, quantity of the study).
    """

    draws: Annotated[int, Help("draws that were asked for")]
    solves: Annotated[int, Help("equilibria that were solved")]
    trade_year: Annotated[str, Help("year of the trade totals that headline numbers are computed on, or `table`")]
    residuals: Annotated[Mapping[str, float], Help("largest residual of each equation block in the central run")]
    chance_correlation: Annotated[float, Help("largest rank correlation between two unrelated inputs")]
    failed: Annotated[Table[FailedRow], Help("settings that were not solved")]
    linear_error: Annotated[Table[LinearErrorRow], Help("sums of responses against exact solves")]
    data: Annotated[xr.Dataset, Help("responses by setting, draws, and exact worlds at central values")]


def compute(study: Study, findings: Findings, work: Work) -> EnsembleSection:
    """Solve the worlds at central values, and every part of every lever alone in every setting."""
    world, year, moved = headline_world(study)
    model = JobModel(
        study=study,
        world=world,
        moved=moved,
        standing=standing_costs(findings, study),
        central=central_draw(study).parameters,
        reference=reference(study),
        timetable=Timetable(study.start, study.deadline, study.review),
    )
    settings, draws = settings_of(model, year), drawn(study)
    checked = draws[:CHECKED]
    joint = [Without(lever.id) for lever in study.levers if lever.joint]
    jobs: list[Job] = [EVERY, BORDER, *settings, *checked, *joint]
    done = work.map(lambda job: solve_job(model, job), jobs)
    work.progress(0.9)
    # A branch that cannot be solved raises: what comes first is worlds.
    exact, border = cast("CentralWorlds", done[0]), cast("ExactWorlds", done[1])
    found = dict(zip((setting.name for setting in settings), done[2:], strict=False))
    own = {name: answer for name, answer in found.items() if isinstance(answer, Responses)}
    solved = _with_capital(own)
    section = EnsembleSection(
        draws=study.draws.count,
        solves=_count(study, done),
        trade_year=year,
        residuals=exact.residuals,
        chance_correlation=strongest_chance_correlation(study),
        failed=table(FailedRow, [FailedRow(name, str(answer)) for name, answer in found.items() if name not in own]),
        linear_error=table(LinearErrorRow),
        data=_data(model, solved, exact, border, draws).assign_coords(joint=[one.lever for one in joint]),
    )
    section.data["without_pct"] = (
        ("joint", "economy"),
        np.array(done[len(jobs) - len(joint) :]).reshape(len(joint), section.data.sizes["economy"]),
    )
    checks = list(zip(checked, done[2 + len(settings) :], strict=False))
    return dataclasses.replace(section, linear_error=table(LinearErrorRow, _errors(model, section, exact, checks)))


STATION = Station(
    name="ensemble",
    section=EnsembleSection,
    reads=(
        *dict.fromkeys((*DRAW_FIELDS, *QUANTITY_FIELDS, *HEADLINE_FIELDS)),
        *("start", "deadline", "review", "levers", "trade_balance", "asked", "costs"),
    ),
    needs=(BorderSection, CorridorsSection),
    applies=lambda study: bool(study.levers),
    compute=compute,
    internal=True,
    weight=15,
)


def bench_of(study: Study, section: EnsembleSection, world: Baseline, quantities: Sequence[str] = ()) -> Bench:
    """Return what all draws share, from what the section kept; all quantities, or some of them.

    `world` is that of `headline.headline_world`.
    """
    data, central = section.data, central_draw(study).parameters
    data = data.sel(quantity=list(quantities)) if quantities else data
    keys = tuple((lever, int(effect), kind) for lever, effect, kind in (str(k).split("|") for k in data["part"].values))
    place = {lever.id: i for i, lever in enumerate(study.levers)}
    responses = {
        str(name): Responses(
            levers=study.levers,
            keys=keys,
            lever_of=tuple(place[lever] for lever, _, _ in keys),
            sizes=data["size"].values,
            observed=data["observed"].sel(setting=name).values,
            returns=data["returns"].sel(setting=name).values,
            capital_observed=data["capital_observed"].sel(setting=name).values,
            capital_returns=data["capital_returns"].sel(setting=name).values,
        )
        for name in data["setting"].values
    }
    return Bench(
        study=study,
        responses=responses,
        central=central,
        quantities=tuple(map(str, data["quantity"].values)),
        facts=world_facts(with_parameters(world, central)),
        income=dict(zip(world.economies, map(float, world.income.values), strict=True)),
        timetable=Timetable(study.start, study.deadline, study.review),
    )


def ranges(values: xr.DataArray) -> xr.Dataset:
    """Return low, median and high of the draws, and central, of values over the dimension ``draw``.

    Low and high are the 5th and 95th percentile; the run at central values is not one of the draws.
    """
    draws = values.sel(draw=values["draw"] != CENTRAL)
    found = draws.quantile([LOW, 0.5, HIGH], "draw")
    low, median, high = (found.isel(quantile=i, drop=True) for i in range(3))
    return xr.Dataset({"low": low, "median": median, "high": high, "central": values.sel(draw=CENTRAL, drop=True)})


def hats_of(study: Study, section: EnsembleSection, world: Baseline) -> xr.DataArray:
    """Return the ratio of after to before of every quantity at the deadline, (draw, world, quantity).

    Worlds are ``both`` (joint measures at each side's own pace) and ``aligned``; the first draw is the central run.
    """
    data, names = section.data, [str(name) for name in section.data["measured"].values]
    bench, drawn = bench_of(study, section, world, [f"hat:{name}" for name in names]), draws_in(study, section)
    labels = [*world.economies, THIRD]
    runs = [effects_of(bench, run, study.deadline, labels) for run in (central_run(bench), drawn)]
    parts = []
    for pace in (SLOW, QUICK):
        exact = data["hat"].sel(pace=pace).values
        linear, draws = (percent_worlds(bench, e.slow, e.quick, EVERY)[pace] for e in runs)
        moved = 1 + calibrated(draws, linear[0], 100 * (exact - 1)) / 100
        parts.append(np.concatenate([exact[None], moved]))
    coords = {"draw": [CENTRAL, *map(int, data["draw"].values)], "world": list(MEASURED), "quantity": names}
    return xr.DataArray(np.stack(parts, axis=1), coords, ("draw", "world", "quantity"))


def draws_in(study: Study, section: EnsembleSection) -> Drawn:
    """Return the draws of a section, their choices named as settings are."""
    data = section.data
    values = data["parameter"].values
    return Drawn(
        parameters={str(name): values[:, i] for i, name in enumerate(data["name"].values)},
        choices={kind: tuple(map(str, data[kind].values)) for kind in KINDS},
    )


def _data(
    model: JobModel,
    solved: Mapping[str, Responses],
    exact: CentralWorlds,
    border: ExactWorlds,
    draws: Sequence[Draw],
) -> xr.Dataset:
    study, world = model.study, model.world
    central = solved[CENTRAL_SETTING]
    economies = list(world.economies)
    names, others = quantity_names(study, economies), [e for e in economies if e not in study.partners]
    quantity = [
        *economies, THIRD, *(f"gdp:{p}" for p in study.partners),
        *(name for kind in KINDS_OF_OTHERS for name in other_names(others, kind)),
        *(f"output:{p}:{s}" for p in study.partners for s in world.sectors), *(f"hat:{name}" for name in names),
    ]  # fmt: skip

    def padded(responses: Responses, name: str) -> Array:
        """Give settings without the later quantities those of the central one."""
        own, whole = getattr(responses, name), getattr(central, name)
        return np.concatenate([own, whole[:, own.shape[1] :]], axis=1)

    return xr.Dataset(
        {
            "observed": (("setting", "part", "quantity"), np.stack([padded(r, "observed") for r in solved.values()])),
            "returns": (("setting", "part", "economy"), np.stack([r.returns for r in solved.values()])),
            "capital_observed": (
                ("setting", "built", "quantity"), np.stack([padded(r, "capital_observed") for r in solved.values()]),
            ),
            "capital_returns": (("setting", "built", "economy"), np.stack([r.capital_returns for r in solved.values()])),
            "size": (("part",), central.sizes),
            "parameter": (
                ("draw", "name"), np.array([[d.parameters[n] for n in study.ledger.parameters] for d in draws]),
            ),
            "real_income_pct": (
                ("branch", "world", "year", "economy"),
                np.stack([exact.real_income_pct, border.real_income_pct]),
            ),
            "real_gdp_pct": (
                ("branch", "world", "year", "economy"), np.stack([exact.real_gdp_pct, border.real_gdp_pct]),
            ),
            "output_pct": (("pace", "partner", "sector"), exact.output_pct),
            "hat": (("pace", "measured"), exact.hat),
        },
        _labels(model, solved, exact, quantity, names, draws),
    )  # fmt: skip


def _labels(
    model: JobModel,
    solved: Mapping[str, Responses],
    exact: ExactWorlds,
    quantity: Sequence[str],
    names: Sequence[str],
    draws: Sequence[Draw],
) -> dict[str, object]:
    """Return the labels of all dimensions, and the choices of every draw."""
    study, world, central = model.study, model.world, solved[CENTRAL_SETTING]
    economies = list(world.economies)
    own = own_choices(study, newest_year(model.moved))
    choices = [choices_of(draw, study, own) for draw in draws]
    return {
        "setting": list(solved),
        "part": ["|".join(map(str, key)) for key in central.keys],
        "quantity": quantity,
        "economy": economies,
        "built": economies,
        "draw": [draw.number for draw in draws],
        "name": list(study.ledger.parameters),
        "branch": [EVERY, BORDER],
        "world": list(exact.names),
        "year": list(model.timetable.years),
        "pace": [SLOW, QUICK],
        "partner": list(study.partners),
        "sector": list(world.sectors),
        "measured": names,
        **{kind: ("draw", [choice[kind] for choice in choices]) for kind in KINDS},
    }


def _with_capital(solved: Mapping[str, Responses]) -> dict[str, Responses]:
    """Give settings that were solved as a pair the responses to capital of both, departures added; without both, none is kept."""
    found = {name: responses for name, responses in solved.items() if CROSS not in name}
    for name in (name for name in solved if CROSS in name):
        parts = [found.get(part) for part in name.split(CROSS)]
        if None not in parts:
            capital = {}
            for field in ("capital_observed", "capital_returns"):
                first, second = (getattr(part, field) for part in parts)
                capital[field] = first + second - getattr(found[CENTRAL_SETTING], field)[:, : first.shape[1]]
            found[name] = dataclasses.replace(solved[name], **capital)
    return found


def _errors(
    model: JobModel, section: EnsembleSection, exact: ExactWorlds, checks: Sequence[tuple[Draw, JobAnswer]]
) -> list[LinearErrorRow]:
    """Compare sums of responses with exact solves at central values and in some draws, at the deadline."""
    study, rows = model.study, []
    bench = bench_of(study, section, model.world, [*model.world.economies, THIRD])
    draws = draws_in(study, section)
    shown = [*study.partners, THIRD]
    weights = third_weights(model.world, study.partners)
    at = list(model.timetable.years).index(study.deadline)
    runs = [(CENTRAL, central_run(bench), exact)]
    runs += [
        (draw.number, draws.one(i), found) for i, (draw, found) in enumerate(checks) if isinstance(found, ExactWorlds)
    ]
    for number, run, found in runs:
        effects = effects_of(bench, run, study.deadline, bench.quantities)
        linear = percent_worlds(bench, effects.slow, effects.quick, EVERY)
        for position, name in enumerate(found.names):
            truth = with_third(found.real_income_pct[position, at], weights)
            for label in shown:
                i = bench.quantities.index(label)
                rows.append(LinearErrorRow(number, name, label, float(truth[i]), float(linear[name][0, i])))
    return rows


def _count(study: Study, answers: Sequence[JobAnswer]) -> int:
    """Return how many equilibria the jobs solved; a job that failed is not counted."""
    without = len(Timetable(study.start, study.deadline, study.deadline).years)
    count = 0
    for answer in answers:
        if isinstance(answer, Responses):
            count += len(answer.keys) + int(answer.capital_returns.shape[0])
        elif isinstance(answer, ExactWorlds):
            count += answer.solves
        elif not isinstance(answer, str):
            count += without
    return count
