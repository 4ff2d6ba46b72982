"""What the ensemble solves: exact worlds, every part of every lever alone in every setting, and checks; each a job of its own."""

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from isthmus.core.axes import Array
from isthmus.core.errors import IsthmusError
from isthmus.economy.baseline import Baseline
from isthmus.economy.nowcast import Nowcast
from isthmus.equilibrium.scenario import Scenario
from isthmus.equilibrium.solve import Problem, Settings, pose
from isthmus.equilibrium.state import State, true_residuals
from isthmus.levers.facts import BorderCosts, WorldFacts, world_facts
from isthmus.levers.lever import Lever
from isthmus.levers.responses import Responses, respond
from isthmus.levers.worlds import (
    AGREED,
    UNAGREED,
    PlanWorld,
    Timetable,
    only,
    plan_worlds,
    solve_worlds,
    with_parameters,
)  # fmt: skip
from isthmus.study.blend import CROSS, EVERY
from isthmus.study.components import third_weights
from isthmus.study.draws import Draw
from isthmus.study.headline import TABLE, newest_year
from isthmus.study.observed import observed_of_others, places
from isthmus.study.quantities import quantities
from isthmus.study.study import Study
from isthmus.study.variants import SERVICES, central_set, variant

RESPONSE_TOLERANCE, EXACT_TOLERANCE = 1e-10, 1e-10

SLOW, QUICK = UNAGREED + "none", AGREED + "none"
"""Worlds with all levers: joint measures at each side's own pace, and agreed."""


@dataclass(frozen=True)
class ModelSetting:
    """One way of solving the model: `kind` says what differs from the central one, `choice` how; `beside` differs with it."""

    kind: str
    choice: str = ""
    beside: "ModelSetting | None" = None

    @property
    def name(self) -> str:
        """Identifier."""
        own = f"{self.kind}:{self.choice}"
        return own if self.beside is None else CROSS.join((own, self.beside.name))


@dataclass(frozen=True)
class Without:
    """All worlds agreed but for one joint measure."""

    lever: str


Job = str | ModelSetting | Draw | Without
"""The exact worlds of a branch, the responses of a setting, the exact worlds of a draw, or the worlds without a measure."""


@dataclass(frozen=True, kw_only=True)
class ExactWorlds:
    """Worlds of all levers or of one branch, solved exactly: changes in percent, each (world, year, economy).

    `solves` counts equilibria: worlds in which every lever does the same in every year are solved once.
    """

    names: tuple[str, ...]
    solves: int
    real_income_pct: Array
    real_gdp_pct: Array


@dataclass(frozen=True, kw_only=True)
class CentralWorlds(ExactWorlds):
    """All levers at central values, with what is told of the deadline alone.

    Attributes
    ----------
    output_pct
        Change of output, (pace, partner, sector), in percent; the paces are `SLOW` and `QUICK`.
    hat
        Ratio of after to before of the study's quantities, (pace, quantity).
    residuals
        Largest residual of each equation block over the worlds.
    """

    output_pct: Array
    hat: Array
    residuals: Mapping[str, float]


JobAnswer = Responses | ExactWorlds | Array | str
"""What a job leaves; a text is the reason of a failure."""


@dataclass(frozen=True, kw_only=True)
class JobModel:
    """What every job is solved with."""

    study: Study
    world: Baseline
    moved: Mapping[str, Nowcast | str]
    standing: BorderCosts
    central: Mapping[str, float]
    reference: Mapping[str, float]
    timetable: Timetable

    def facts(self, world: Baseline) -> WorldFacts:
        """Return what the arithmetic of levers needs of a setting's world."""
        return world_facts(world, self.standing)


def settings_of(model: JobModel, year: str) -> list[ModelSetting]:
    """List the settings that draws choose from, the central one first, pairs of closure and elasticities last.

    Who pays for a change under another closure depends on how trade answers, so that the two do not add up; years of trade do.
    """
    study, draws = model.study, model.study.draws
    services = study.ledger.parameters.get(SERVICES)
    own = own_choices(study, year)
    years = [year or TABLE for year in draws.trade_years] if any(draws.trade_years) else []
    chosen = {"closure": draws.closures, "elasticity": draws.elasticities, "trade_year": years}
    ends = ("low", "high") if services is not None and services.low < services.high else ()
    single = {
        kind: [ModelSetting(kind, choice) for choice in dict.fromkeys(options) if choice not in ("", own[kind])]
        for kind, options in chosen.items()
    }
    return [
        ModelSetting("central"),
        *(ModelSetting("services", side) for side in ends),
        *(setting for settings in single.values() for setting in settings),
        *(ModelSetting(c.kind, c.choice, beside=e) for c in single["closure"] for e in single["elasticity"]),
    ]


def solve_job(model: JobModel, job: Job) -> JobAnswer:
    """Solve one thing; the failure of a setting or of a draw is its reason."""
    try:
        if isinstance(job, ModelSetting):
            return _responses(model, job)
        if isinstance(job, Draw):
            return _exact_draw(model, job)
        if isinstance(job, Without):
            return _without(model, job.lever)
        return _exact(model, model.world, job, model.central, model.study.trade_balance)
    except IsthmusError as error:
        if isinstance(job, str | Without):
            raise
        return str(error)


def _world_of(model: JobModel, setting: ModelSetting) -> Baseline:
    if setting.kind == "trade_year":
        return variant(model.study.baseline, model.moved, "", "" if setting.choice == TABLE else setting.choice)
    if setting.kind == "elasticity":
        theta = variant(model.study.baseline, model.moved, setting.choice).elasticity
        return dataclasses.replace(model.world, elasticity=theta)
    return model.world


def setting_of(name: str) -> ModelSetting:
    """Return the setting of a name (see `ModelSetting.name`)."""
    own, _, other = name.partition(CROSS)
    kind, _, choice = own.partition(":")
    return ModelSetting(kind, choice, setting_of(other) if other else None)


def posed(model: JobModel, setting: ModelSetting, settings: Settings) -> tuple[Baseline, Problem, dict[str, float]]:
    """Return the world of a setting, without any shock, and the numbers it is solved at."""
    study, parameters = model.study, dict(model.reference)
    if setting.kind == "services":
        parameters[SERVICES] = getattr(study.ledger.parameters[SERVICES], setting.choice)
    world = with_parameters(_world_of(model, setting.beside or setting), parameters)
    closure = setting.choice if setting.kind == "closure" else study.trade_balance
    return world, pose(world, Scenario(trade_balance=closure), settings), parameters


def _responses(model: JobModel, setting: ModelSetting) -> Responses:
    study, settings = model.study, Settings(tolerance=RESPONSE_TOLERANCE)
    world, problem, parameters = posed(model, setting, settings)
    weights, (at, others) = third_weights(world, study.partners), places(world.economies, study.partners)
    outer = setting.kind != "central"

    def observe(state: State) -> Array:
        income, gdp = state.welfare.ln_real_income, state.welfare.ln_real_gdp
        third = np.log1p(np.expm1(income) @ weights)
        seen = [income, [third], gdp[at], observed_of_others(state, at, others)]
        if not outer:
            before, after = state.before.Y[:, at].T.ravel(), state.output[:, at].T.ravel()
            seen.append(np.log(np.divide(after, before, out=np.ones_like(after), where=before > 0)))
            seen.append(np.log(list(quantities(study, world, state, parameters).values())))
        return np.concatenate([np.asarray(part, dtype=float) for part in seen])

    return respond(
        problem, study.levers, parameters, model.facts(world), observe, settings, path=setting.beside is None
    )


def _exact(model: JobModel, world: Baseline, branch: str, parameters: Mapping[str, float], closure: str) -> ExactWorlds:
    """Return the exact worlds of all levers or of one branch; at central values, all levers' with more of the deadline."""
    study = model.study
    levers: Sequence[Lever] = study.levers if branch == EVERY else only(study.levers, branch)
    found = solve_worlds(
        world,
        levers,
        parameters,
        plan_worlds(levers, study.partners, parameters, study.asked),
        model.timetable,
        trade_balance=closure,
        standing=model.standing,
        settings=Settings(tolerance=EXACT_TOLERANCE),
    )
    years = model.timetable.years
    names, solves = tuple(found), len({id(world) for world in found.values()}) * len(years)
    income = np.array([[w.real_income[year] for year in years] for w in found.values()])
    gdp = np.array([[w.real_gdp[year] for year in years] for w in found.values()])
    if branch != EVERY or parameters is not model.central:
        return ExactWorlds(names=names, solves=solves, real_income_pct=income, real_gdp_pct=gdp)
    last = [found[SLOW], found[QUICK]]
    return CentralWorlds(
        names=names,
        solves=solves,
        real_income_pct=income,
        real_gdp_pct=gdp,
        output_pct=np.array([_outputs(study, world, w) for w in last]),
        hat=np.array([list(quantities(study, world, w.at_deadline, parameters).values()) for w in last]),
        residuals=_worst_residuals(found),
    )


def _without(model: JobModel, lever: str) -> Array:
    """Return real income at the deadline, in percent, when all joint measures but one are agreed."""
    study = model.study
    kept = [other for other in study.levers if other.id != lever]
    found = solve_worlds(
        model.world,
        kept,
        model.central,
        plan_worlds(kept, study.partners, model.central, study.asked)[-1:],
        Timetable(study.start, study.deadline, study.deadline),
        trade_balance=study.trade_balance,
        standing=model.standing,
        settings=Settings(tolerance=EXACT_TOLERANCE),
    )
    return found[QUICK].real_income[study.deadline]


def _exact_draw(model: JobModel, draw: Draw) -> ExactWorlds:
    study = model.study
    own = choices_of(draw, study, own_choices(study, newest_year(model.moved)))
    world = model.world
    if own["trade_year"]:
        world = _world_of(model, ModelSetting("trade_year", own["trade_year"]))
    if own["elasticity"]:
        theta = variant(study.baseline, model.moved, own["elasticity"]).elasticity
        world = dataclasses.replace(world, elasticity=theta)
    return _exact(model, world, EVERY, draw.parameters, own["closure"] or study.trade_balance)


def own_choices(study: Study, year: str) -> dict[str, str]:
    """Return the central choices of a study whose newest trade is of `year`."""
    return {"closure": study.trade_balance, "elasticity": central_set(study.baseline), "trade_year": year}


def choices_of(draw: Draw, study: Study, own: Mapping[str, str]) -> dict[str, str]:
    """Return what a draw chose where it is not the central choice, else ""."""
    trade_year = draw.trade_year or (TABLE if any(study.draws.trade_years) else own["trade_year"])
    chose = {"closure": draw.closure, "elasticity": draw.elasticity, "trade_year": trade_year}
    return {kind: "" if choice == own[kind] else choice for kind, choice in chose.items()}


def _outputs(study: Study, baseline: Baseline, world: PlanWorld) -> Array:
    """Return the change of each sector's output in percent for every partner at the deadline, (partner, sector)."""
    before, after = world.at_deadline.before.Y, world.at_deadline.output
    change = 100 * (np.divide(after, before, out=np.ones_like(after), where=before > 0) - 1)
    found: Array = change[:, [baseline.economies.index(partner) for partner in study.partners]].T
    return found


def _worst_residuals(central: Mapping[str, PlanWorld]) -> dict[str, float]:
    """Return the largest residual of each equation block over the central worlds at the deadline."""
    found = [true_residuals(world.at_deadline) for world in central.values()]
    return {block: float(max(residuals[block] for residuals in found)) for block in found[0]}
