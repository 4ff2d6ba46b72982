"""All draws of the worlds at once: responses of every setting, blended by what each draw chose (see `levers.linear`)."""

import dataclasses
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from isthmus.core.axes import Array
from isthmus.core.provenance import Ledger, Parameter
from isthmus.equilibrium.path import DEPRECIATION
from isthmus.levers.change import Number, target_values
from isthmus.levers.components import ComponentKey, calibrated, components
from isthmus.levers.cost import burdens
from isthmus.levers.facts import WorldFacts
from isthmus.levers.lever import BORDER, BRANCHES, TECHNOLOGY
from isthmus.levers.linear import Blend, LeverGroup, between, combined, contributions, lasting, ln_worlds, model_scales
from isthmus.levers.responses import Responses, kernel, scales
from isthmus.levers.support import NONE
from isthmus.levers.worlds import AGREED, UNAGREED, Timetable, World, plan_worlds
from isthmus.study.components import THIRD
from isthmus.study.observed import KINDS as KINDS_OF_OTHERS
from isthmus.study.study import Study
from isthmus.study.variants import SERVICES

CENTRAL_SETTING = "central:"
CAPITAL_SHARE, CAPITAL_LOSS = "capital_share", "capital_depreciation"
"""Entries of the ledger that change the model itself."""

KINDS = ("closure", "elasticity", "trade_year")
"""Discrete choices of a draw."""

CROSS = "+"
"""Stands between two departures from the central setting that were solved together."""

EVERY = "all"
"""Both branches together."""


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """Numbers and choices of many runs at once.

    Attributes
    ----------
    parameters
        Values by name of the ledger, (draw,) each.
    choices
        By kind of `KINDS`, what each draw chose; "" is the study's own.
    """

    parameters: Mapping[str, Array]
    choices: Mapping[str, tuple[str, ...]]

    @property
    def count(self) -> int:
        """Number of runs."""
        return next(iter(self.parameters.values())).size if self.parameters else 1

    def one(self, position: int) -> "Drawn":
        """Return one run alone."""
        return Drawn(
            parameters={name: values[position : position + 1] for name, values in self.parameters.items()},
            choices={kind: values[position : position + 1] for kind, values in self.choices.items()},
        )


@dataclass(frozen=True, kw_only=True)
class Bench:
    """What all draws share.

    Attributes
    ----------
    responses
        By setting, `KIND:CHOICE`; every one observes the same quantities.
    central
        Central values of ledger and targets.
    quantities
        Labels of what is observed.
    facts
        Of the world that headline numbers are computed on.
    income
        Million USD by economy of that world.
    """

    study: Study
    responses: Mapping[str, Responses]
    central: Mapping[str, float]
    quantities: tuple[str, ...]
    facts: WorldFacts
    income: Mapping[str, float]
    timetable: Timetable

    @property
    def spilled(self) -> tuple[bool, ...]:
        """Of every quantity, whether it is one of an economy without a plan of its own: real income or what it trades."""
        others = {*self.income, THIRD} - set(self.study.partners)
        told = (name.partition(":") for name in self.quantities)
        return tuple(kind in others or (kind in KINDS_OF_OTHERS and name in others) for kind, _, name in told)

    @property
    def support(self) -> dict[str, str]:
        """Support of every joint measure."""
        asked = self.study.asked
        return {lever.id: asked[lever.id].support if lever.id in asked else NONE for lever in self.study.levers}


@dataclass(frozen=True, kw_only=True)
class DrawnEffects:
    """What every lever does in every run by one year.

    Attributes
    ----------
    slow, quick
        Logarithms where joint measures go at each side's own pace and where they are agreed, (draw, lever, branch, quantity).
    slow_cost, quick_cost
        What they take from income, in percent of it, (draw, lever, branch, label).
    """

    slow: Array
    quick: Array
    slow_cost: Array
    quick_cost: Array


def reference(study: Study) -> dict[str, float]:
    """Return the numbers at which parts of levers are solved alone: central, and the high end of a part that is central at 0.

    A part without size has no response to scale, though it may have a size in a draw.
    """
    found = {**target_values(study.targets), **study.ledger.central()}
    used = {effect.numbers.get("additional", "") for lever in study.levers for effect in lever.effects}
    for name in used & set(study.ledger.parameters):
        found[name] = found[name] or study.ledger.parameters[name].high
    return found


def central_run(bench: Bench) -> Drawn:
    """Return the run at central values."""
    return run_at(bench.study.ledger.central())


def run_at(values: Mapping[str, float]) -> Drawn:
    """Return the run at given values, under the study's own choices."""
    parameters = {name: np.array([value]) for name, value in values.items()}
    return Drawn(parameters=parameters, choices=dict.fromkeys(KINDS, ("",)))


def ends_of(entries: Sequence[Parameter], ledger: Ledger) -> Drawn:
    """Return runs in which one entry after the other stands at its low and at its high end, all others at their centre."""
    count = 2 * len(entries)
    values = {name: np.full(count, value) for name, value in ledger.central().items()}
    for position, entry in enumerate(entries):
        values[entry.name][2 * position : 2 * position + 2] = entry.low, entry.high
    return Drawn(parameters=values, choices=dict.fromkeys(KINDS, ("",) * count))


def effects_of(bench: Bench, drawn: Drawn, year: int, labels: Sequence[str]) -> DrawnEffects:
    """Return what every lever does and costs by a year in every run."""
    study = bench.study
    parameters: dict[str, Number] = {**target_values(study.targets), **drawn.parameters}
    worlds = {w.name: w for w in plan_worlds(study.levers, study.partners, parameters, study.asked)}
    blend = blend_of(bench, drawn)
    found = []
    for kind in (UNAGREED, AGREED):
        world = worlds[kind + NONE]
        found.append(contributions(bench.responses[CENTRAL_SETTING], blend, world, bench.timetable, year))
        found.append(costs_of(bench, parameters, world, year, labels, drawn.count))
    slow, slow_cost, quick, quick_cost = found
    return DrawnEffects(slow=slow, quick=quick, slow_cost=slow_cost, quick_cost=quick_cost)


def lasting_effects(bench: Bench, drawn: Drawn, levers: Sequence[int], lags: int, scales: Array | None = None) -> Array:
    """Return what levers in full do after 0, 1, … years of acting, in logarithms, (draw, lever, lag, quantity).

    Parameters
    ----------
    levers
        Positions of the levers.
    lags
        Number of years, counted from the first year of full effect.
    scales
        Size of every part over its size in the responses, (draw, part); by default as the numbers of the draws have it.
    """
    first = bench.timetable.start
    years = Timetable(first, first, first + lags - 1)
    blend = blend_of(dataclasses.replace(bench, timetable=years), drawn, scales=scales)
    return lasting(bench.responses[CENTRAL_SETTING], blend, levers)


def sizes_of(bench: Bench, drawn: Drawn) -> Array:
    """Return the size of every part over its size at `reference` in every run, (draw, part)."""
    central = bench.responses[CENTRAL_SETTING]
    parameters: dict[str, Number] = {**target_values(bench.study.targets), **drawn.parameters}
    sizes = np.broadcast_to(scales(central, parameters, bench.facts), (drawn.count, len(central.keys)))
    return sizes * _capital(bench, drawn, central)


def percent_worlds(bench: Bench, slow: Array, quick: Array, branch: str) -> dict[str, Array]:
    """Return every world's change against no plan in percent, (draw, quantity), of one branch or of `EVERY`."""
    chosen = list(range(len(BRANCHES))) if branch == EVERY else [BRANCHES.index(branch)]
    logs = ln_worlds(
        bench.study.levers, bench.study.partners, slow[:, :, chosen].sum(2), quick[:, :, chosen].sum(2), bench.support
    )
    return {name: 100 * np.expm1(values) for name, values in logs.items()}


def cost_worlds(bench: Bench, effects: DrawnEffects, branch: str) -> dict[str, Array]:
    """Return what every world costs in percent of income, (draw, label), of one branch or of `EVERY`."""
    chosen = list(range(len(BRANCHES))) if branch == EVERY else [BRANCHES.index(branch)]
    slow, quick = (cost[:, :, chosen].sum(2) for cost in (effects.slow_cost, effects.quick_cost))
    return ln_worlds(bench.study.levers, bench.study.partners, slow, quick, bench.support)


BranchComponents = Mapping[str, Mapping[ComponentKey, Array]]
"""Components by branch (`EVERY`, border, technology), (draw, label) each."""


def split_worlds(
    worlds: Mapping[str, Mapping[str, Array]], labels: Sequence[str], partners: Sequence[str]
) -> BranchComponents:
    """Return components of worlds by branch; technology is what border alone leaves of all."""
    every = components(worlds[EVERY], labels, partners)
    border = components(worlds[BORDER], labels, partners)
    return {EVERY: every, BORDER: border, TECHNOLOGY: {key: every[key] - border[key] for key in every}}


def calibrated_split(drawn: BranchComponents, linear: BranchComponents, exact: BranchComponents) -> BranchComponents:
    """Return components of draws moved to what was solved exactly at central numbers; branches still add up."""
    every, border = (
        {key: calibrated(drawn[b][key], linear[b][key][0], exact[b][key]) for key in drawn[b]} for b in (EVERY, BORDER)
    )
    return {EVERY: every, BORDER: border, TECHNOLOGY: {key: every[key] - border[key] for key in every}}


def costs_of(
    bench: Bench, parameters: Mapping[str, Number], world: World, year: int, labels: Sequence[str], draws: int
) -> Array:
    """Return what every lever takes from real income in a year (see `cost.burdens`)."""
    study = bench.study
    return burdens(
        study.levers,
        study.costs,
        parameters,
        world,
        bench.timetable,
        year,
        labels=labels,
        income=bench.income,
        draws=draws,
    )


Shape = Callable[[Responses, int, float, float], Array]
"""From responses, years, depreciation and capital ratio to what a part does with time, (time, part, quantity)."""


def blend_of(bench: Bench, drawn: Drawn, shape: Shape = kernel, scales: Array | None = None) -> Blend:
    """Return how every draw blends what parts do under the settings of the model; `scales` as in `lasting_effects`."""
    years, loss = len(bench.timetable.years), bench.central.get(CAPITAL_LOSS, DEPRECIATION)
    kernels = {name: shape(responses, years, loss, 1.0) for name, responses in bench.responses.items()}
    base = kernels[CENTRAL_SETTING]
    moved, weights = _continuous(bench, drawn, kernels, shape)
    chosen: dict[tuple[str, ...], list[int]] = {}
    for draw, choices in enumerate(zip(*(drawn.choices[kind] for kind in KINDS), strict=True)):
        chosen.setdefault(_departures(choices, kernels), []).append(draw)
    groups = []
    for names, rows in chosen.items():
        others = [kernels[name] for name in names]
        every = [others, *([*others, other] for other in moved)]
        stack = np.stack([combined(base, departures, bench.spilled) for departures in every])
        mine = weights[rows]
        groups.append(
            LeverGroup(
                rows=np.array(rows),
                kernels=stack,
                weights=np.concatenate([1 - mine.sum(1, keepdims=True), mine], axis=1),
            )
        )
    return Blend(groups=groups, scales=sizes_of(bench, drawn) if scales is None else scales)


def _departures(choices: Sequence[str], solved: Collection[str]) -> tuple[str, ...]:
    """Return the settings a draw is put together from: a pair that was solved together stands for both of its parts."""
    names = [f"{kind}:{choice}" for kind, choice in zip(KINDS, choices, strict=True)]
    pair = CROSS.join(names[:2])
    return tuple(name for name in ([pair, *names[2:]] if pair in solved else names) if name in solved)


def _continuous(bench: Bench, drawn: Drawn, kernels: Mapping[str, Array], shape: Shape) -> tuple[list[Array], Array]:
    """Return kernels at the ends of the model's own numbers, and every draw's weights of them, (draw, end)."""
    years, loss = len(bench.timetable.years), bench.central.get(CAPITAL_LOSS, DEPRECIATION)
    central, found, weights = bench.responses[CENTRAL_SETTING], [], []
    for name in (SERVICES, CAPITAL_LOSS, CAPITAL_SHARE):
        for side, weight in _between(bench, drawn, name).items():
            value = getattr(bench.study.ledger.parameters[name], side)
            if name == SERVICES:
                if f"services:{side}" not in kernels:
                    continue
                found.append(kernels[f"services:{side}"])
            elif name == CAPITAL_LOSS:
                found.append(shape(central, years, value, 1.0))
            else:
                found.append(shape(central, years, loss, value / bench.central[CAPITAL_SHARE]))
            weights.append(weight)
    return found, np.stack(weights, axis=1) if weights else np.zeros((drawn.count, 0))


def _between(bench: Bench, drawn: Drawn, name: str) -> dict[str, Array]:
    entry = bench.study.ledger.parameters.get(name)
    if entry is None or entry.low == entry.high:
        return {}
    values, low, middle, high = drawn.parameters[name], entry.low, entry.value, entry.high
    if name == SERVICES:
        # Prices answer to the inverse of an elasticity: responses lie nearly on a line in it, and bend in the elasticity itself.
        values, low, middle, high = -1 / values, -1 / low, -1 / middle, -1 / high
    down, up = between(values, low, middle, high)
    return {"low": down, "high": up}


def _capital(bench: Bench, drawn: Drawn, responses: Responses) -> Array:
    """Return what another capital share does to the parts that act on capital and on skills."""
    if CAPITAL_SHARE not in drawn.parameters:
        return np.ones((drawn.count, len(responses.keys)))
    share, central = drawn.parameters[CAPITAL_SHARE], bench.central[CAPITAL_SHARE]
    return model_scales(responses, share / central, (1 - share) / (1 - central))
