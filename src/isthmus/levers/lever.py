"""From a plan's target to a shock of the model: the arithmetic of every lever, as data and pure functions.

A lever acts through one or more effects. Each effect is a chain that can be read aloud:

1. *change*: how far the target (or an assumed entry of the ledger) moves, as a ratio;
2. *driver*: the part of it that would not happen anyway, to the power of a published elasticity. A target for yearly
   spending first becomes a stock by perpetual inventory;
3. *channel*: where the driver enters the model (productivity, endowment, capital, an input requirement, trade cost).

Every number is a name: an entry of the ledger, or ``target.ID`` and ``target.ID.base`` of a plan's target. Only the
excess over the trend becomes a shock, and it grows with the degree (0 to 1) to which the lever is carried out.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np

from isthmus.core.errors import BadInputError
from isthmus.core.labels import positions
from isthmus.economy.baseline import Baseline
from isthmus.equilibrium.scenario import Shock, ramp
from isthmus.plans.plan import Target

JOINT = "joint"


class Measure(StrEnum):
    """How a target's number becomes a ratio of new to old."""

    RATIO = "ratio"
    """target / base; without base the target is itself a ratio."""
    PERCENT = "percent"
    """(1 + target / 100) / (1 + base / 100), the base being what was reached by the base year, nothing if not named."""
    GROWTH = "growth"
    """(1 + target / 100) to the power of the years."""
    DIFFERENCE = "difference"
    """exp(target - base): the elasticity is then a semi-elasticity, the effect of one unit on the logarithm."""
    REMAINDER = "remainder"
    """(100 - target) / (100 - base): what is left when a share in percent grows."""


class Channel(StrEnum):
    """Where an effect enters the model."""

    OUTPUT_PRODUCTIVITY = "output_productivity"
    """A_hat = driver."""
    VALUE_ADDED_PRODUCTIVITY = "value_added_productivity"
    """A_hat = driver ** beta, for labour productivity and for elasticities measured on value added."""
    HUMAN_CAPITAL = "human_capital"
    """V_hat = driver ** (1 - chi): more able, not more numerous, workers."""
    CAPITAL = "capital"
    """K_hat = driver."""
    TRADE_VOLUME = "trade_volume"
    """kappa_hat = driver ** (-1 / theta): the cost change that moves trade by the driver."""
    WEDGE = "wedge"
    """kappa_hat = (1 + o (1 - s d)) / (1 + o): overhead o of which the share s is removed to the degree d."""
    DAYS = "days"
    """kappa_hat = (1 + rho) ** (-days a d): days saved at the cost rho of one day, a the part that is not trend."""
    INPUT = "input"
    """Requirement m = driver on inputs; A_hat = z ** (1 - net), the part of the saving spent on achieving it."""


REQUIRED: Mapping[Channel, frozenset[str]] = {
    Channel.OUTPUT_PRODUCTIVITY: frozenset({"target", "additional"}),
    Channel.VALUE_ADDED_PRODUCTIVITY: frozenset({"target", "additional"}),
    Channel.HUMAN_CAPITAL: frozenset({"target", "additional"}),
    Channel.CAPITAL: frozenset({"target", "additional", "depreciation", "past_growth"}),
    Channel.TRADE_VOLUME: frozenset({"target", "additional"}),
    Channel.WEDGE: frozenset({"overhead", "removed"}),
    Channel.DAYS: frozenset({"per_day", "days"}),
    Channel.INPUT: frozenset({"target", "additional", "net_saving"}),
}
OPTIONAL = frozenset(
    {"additional", "base", "elasticity", "depreciation", "past_growth", "trend", "scope", "concentration"}
)
"""Roles a change may have besides: see `driver`."""


@dataclass(frozen=True)
class Effect:
    """One way in which a lever enters the model.

    Attributes
    ----------
    channel, measure
        Where it enters, and how the target's number becomes a ratio.
    numbers
        Name of each number by its role (`REQUIRED`, `OPTIONAL`).
    economy, sector
        Where it acts; for the input channel `sector` holds the industries.
    input
        Inputs whose requirement changes.
    exporter, importer
        Directions of a trade cost; both directions are two effects.
    """

    channel: Channel
    numbers: Mapping[str, str]
    measure: Measure = Measure.RATIO
    economy: tuple[str, ...] = ()
    sector: tuple[str, ...] = ("*",)
    input: tuple[str, ...] = ()
    exporter: tuple[str, ...] = ()
    importer: tuple[str, ...] = ()


@dataclass(frozen=True)
class Lever:
    """How a plan acts on the model.

    Attributes
    ----------
    owner
        Label of the partner whose plan it is, or ``joint``.
    partners
        Who must act: the owner, or both.
    targets
        Ids of the targets it serves, by partner; a side without a number in its plan has an empty tuple.
    base_year, start, full
        Year the change is counted from, first year of effect, first year of full effect.
    alone
        For a joint lever: name of the ledger entry with the degree each side reaches without coordination.
    lag
        Name of the ledger entry with the years lost when both sides start without coordination.
    """

    id: str
    titles: Mapping[str, str]
    family: str
    owner: str
    partners: tuple[str, ...]
    targets: Mapping[str, tuple[str, ...]]
    effects: tuple[Effect, ...]
    base_year: int
    start: int
    full: int
    alone: Mapping[str, str] = field(default_factory=dict)
    lag: str = ""
    note: str = ""

    @property
    def joint(self) -> bool:
        """Say whether both sides must act."""
        return self.owner == JOINT


@dataclass(frozen=True)
class WorldFacts:
    """What the arithmetic needs of a calibrated world, as plain arrays (see `world_facts`).

    Attributes
    ----------
    economies, sectors, groups
        Labels, and groups of sectors by name.
    value_added_share
        beta, (sector, economy).
    cost_share
        (1 - beta) gamma: share of each input in the value of output, (economy, input, industry).
    output
        Million USD, (sector, economy): weights of averages in tables, never of a shock.
    trade_elasticity
        theta by sector.
    capital_share
        chi by economy.
    """

    economies: tuple[str, ...]
    sectors: tuple[str, ...]
    groups: Mapping[str, Sequence[str]]
    value_added_share: np.ndarray
    cost_share: np.ndarray
    output: np.ndarray
    trade_elasticity: np.ndarray
    capital_share: np.ndarray

    def sector(self, selector: Sequence[str], where: str) -> list[int]:
        """Return positions of sectors."""
        return positions(tuple(selector), self.sectors, where, dict(self.groups))

    def economy(self, selector: Sequence[str], where: str) -> list[int]:
        """Return positions of economies."""
        return positions(tuple(selector), self.economies, where)


def world_facts(baseline: Baseline) -> WorldFacts:
    """Return what the arithmetic of levers needs of a world."""
    beta = baseline.value_added_share.values
    return WorldFacts(
        baseline.economies,
        baseline.sectors,
        baseline.sector_groups,
        beta,
        baseline.input_share.values * (1 - beta.T)[:, None, :],
        baseline.output.values,
        baseline.elasticity.values,
        baseline.capital_share.values,
    )


def lever_shocks(
    lever: Lever,
    parameters: Mapping[str, float],
    facts: WorldFacts,
    degrees: Mapping[str, float],
    *,
    year: int | None = None,
    aligned: bool = True,
) -> tuple[Shock, ...]:
    """Return the shocks of one lever.

    Parameters
    ----------
    parameters
        Values by name: the ledger's and those of `target_values`.
    degrees
        Degree (0 to 1) to which each partner carries out its plan; a partner that is not named does not act.
    year
        Year of the phase-in; None for full effect.
    aligned
        Whether joint levers are coordinated (see `effective_degree`).

    Raises
    ------
    BadInputError
        If a number is missing from `parameters`, a label from the world, or a change is not positive.
    """
    degree = effective_degree(lever, parameters, degrees, year=year, aligned=aligned)
    if degree == 0:
        return ()
    return tuple(
        shock for effect in lever.effects for shock in _effect_shocks(lever, effect, parameters, facts, degree)
    )


def effective_degree(
    lever: Lever,
    parameters: Mapping[str, float],
    degrees: Mapping[str, float],
    *,
    year: int | None = None,
    aligned: bool = True,
) -> float:
    """Return the degree to which a lever takes effect.

    A single lever follows its owner. A joint lever follows the side that has done less; without coordination each side
    only reaches its own degree (`Lever.alone`) and the start is delayed (`Lever.lag`). The effect grows in equal steps
    from `Lever.start` to `Lever.full`.
    """
    sides = [degrees.get(partner, 0.0) for partner in lever.partners]
    lag = 0.0
    if lever.joint and not aligned:
        sides = [
            side * _number(lever, parameters, lever.alone[partner])
            for side, partner in zip(sides, lever.partners, strict=True)
        ]
        lag = _number(lever, parameters, lever.lag) if lever.lag else 0.0
    phase = 1.0 if year is None else ramp(year, lever.start + lag, lever.full + 1 - lever.start)
    return min(sides) * phase


def target_values(targets: Sequence[Target]) -> dict[str, float]:
    """Return the numbers of targets under the names that levers use: ``target.ID`` and ``target.ID.base``."""
    values: dict[str, float] = {}
    for target in targets:
        if target.value is not None:
            values[f"target.{target.id}"] = target.value
        if target.base_value is not None:
            values[f"target.{target.id}.base"] = target.base_value
    return values


@dataclass(frozen=True)
class Step:
    """The arithmetic of one effect, in the order a reader follows it; None where a step does not apply.

    Attributes
    ----------
    change
        Change of the target from its base in percent (in its own unit for `Measure.DIFFERENCE`); the overhead in
        percent for a wedge; the days saved.
    expected
        Part of that change expected without the plan, in the same unit.
    elasticity
        Published elasticity; the removed share for a wedge; the cost of a day.
    driver_pct
        Effect before it enters the model.
    shock_kind, shock_pct
        What the model receives; where industries differ, the mean weighted by output.
    """

    effect: int
    channel: str
    change: float | None
    expected: float | None
    elasticity: float | None
    driver_pct: float | None
    shock_kind: str
    shock_pct: float


def lever_parts(
    lever: Lever, parameters: Mapping[str, float], facts: WorldFacts, degree: float = 1.0
) -> dict[tuple[int, str], tuple[Shock, ...]]:
    """Return the shocks of a lever by effect and kind: the parts whose size changes as one when a number changes."""
    parts: dict[tuple[int, str], list[Shock]] = {}
    for index, effect in enumerate(lever.effects):
        for shock in _effect_shocks(lever, effect, parameters, facts, degree):
            parts.setdefault((index, shock.kind), []).append(shock)
    return {key: tuple(shocks) for key, shocks in parts.items()}


def part_size(shocks: Sequence[Shock], facts: WorldFacts) -> float:
    """Return the size of a part: the mean of the logarithms of its changes, weighted by output where they are by sector."""
    weights = [_weight(shock, facts) for shock in shocks]
    sizes = [math.log1p((shock.change_pct or 0.0) / 100) for shock in shocks]
    total = sum(weights)
    return sum(w * x for w, x in zip(weights, sizes, strict=True)) / total if total else 0.0


def arithmetic(
    lever: Lever, parameters: Mapping[str, float], facts: WorldFacts, degree: float = 1.0
) -> tuple[Step, ...]:
    """Return the arithmetic of each effect of a lever at one set of parameters and one degree."""
    return tuple(_step(lever, i, effect, parameters, facts, degree) for i, effect in enumerate(lever.effects))


def stock_ratio(growth: float, extra: float, years: int, depreciation: float, past_growth: float) -> float:
    """Return the ratio of two stocks after `years` of spending with and without an extra growth factor.

    Perpetual inventory K(t+1) = (1 - depreciation) K(t) + S(t), from the balanced stock S(0) / (depreciation +
    past_growth). Both paths grow by the factor `growth` a year; the first also by `extra`.
    """
    with_plan = without = 1.0 / (depreciation + past_growth)
    for t in range(1, years + 1):
        with_plan = (1 - depreciation) * with_plan + (growth * extra) ** t
        without = (1 - depreciation) * without + growth**t
    return with_plan / without


def _number(lever: Lever, parameters: Mapping[str, float], name: str) -> float:
    if name not in parameters:
        raise BadInputError(
            f"lever {lever.id}",
            f"number {name!r} is neither in the ledger nor a target's",
            allowed="a name of the ledger, target.ID or target.ID.base",
            remedy="add the entry to the ledger or correct the name",
        )
    return parameters[name]


def _numbers(lever: Lever, effect: Effect, parameters: Mapping[str, float]) -> dict[str, float]:
    return {role: _number(lever, parameters, name) for role, name in effect.numbers.items()}


def _change(lever: Lever, effect: Effect, n: Mapping[str, float]) -> float:
    """Return the target's change as a ratio of new to old."""
    target, base = n["target"], n.get("base")
    years = lever.full - lever.base_year
    match effect.measure:
        case Measure.RATIO:
            ratio = target / base if base is not None else target
        case Measure.PERCENT:
            ratio = (1 + target / 100) / (1 + (base or 0.0) / 100)
        case Measure.GROWTH:
            ratio = (1 + target / 100) ** years
        case Measure.DIFFERENCE:
            ratio = math.exp(target - (base or 0.0))
        case Measure.REMAINDER:
            ratio = (100 - target) / (100 - (base or 0.0))
    if not ratio > 0:
        raise BadInputError(
            f"lever {lever.id}",
            f"the change of its target is {ratio:g}",
            allowed="a positive ratio of new to old",
            remedy="check target, base and measure",
        )
    return ratio


def _driver(lever: Lever, effect: Effect, n: Mapping[str, float], degree: float) -> float:
    """Return the effect of the excess over the trend, before it enters the model.

    Roles: `scope` is the part of the change that this effect can claim, `concentration` the share of the whole in which
    a change of the whole takes place, `trend` the yearly growth that both paths share (percent).
    """
    excess = _change(lever, effect, n) ** (n["additional"] * n.get("scope", 1.0) * degree)
    if "depreciation" in n:
        years = lever.full - lever.base_year
        growth = _growth(lever, effect, n)
        excess = stock_ratio(growth, excess ** (1 / years), years, n["depreciation"], n["past_growth"])
    excess = 1 - (1 - excess) / n.get("concentration", 1.0)
    return float(max(excess, 1e-9) ** n.get("elasticity", 1.0))


def _growth(lever: Lever, effect: Effect, n: Mapping[str, float]) -> float:
    """Return the yearly growth factor of spending without the plan."""
    expected = _change(lever, effect, n) ** (1 - n["additional"] * n.get("scope", 1.0))
    return float(expected ** (1 / (lever.full - lever.base_year)) * (1 + n.get("trend", 0.0)))


def _effect_shocks(
    lever: Lever, effect: Effect, parameters: Mapping[str, float], facts: WorldFacts, degree: float
) -> list[Shock]:
    n = _numbers(lever, effect, parameters)
    where = f"lever {lever.id}"
    sectors = facts.sector(effect.sector, f"{where}, sector")
    match effect.channel:
        case Channel.WEDGE:
            kappa = (1 + n["overhead"] * (1 - n["removed"] * degree)) / (1 + n["overhead"])
            return [_trade(effect, kappa, effect.sector)]
        case Channel.DAYS:
            return [
                _trade(effect, (1 + n["per_day"]) ** (-n["days"] * n.get("additional", 1.0) * degree), effect.sector)
            ]
        case Channel.TRADE_VOLUME:
            driver = _driver(lever, effect, n, degree)
            return [_trade(effect, driver ** (-1 / facts.trade_elasticity[j]), (facts.sectors[j],)) for j in sectors]
        case Channel.INPUT:
            return _input_shocks(effect, n, facts, _driver(lever, effect, n, degree), where)
        case Channel.CAPITAL:
            return [Shock(kind="capital", change_pct=_pct(_driver(lever, effect, n, degree)), economy=effect.economy)]
        case Channel.HUMAN_CAPITAL:
            driver = _driver(lever, effect, n, degree)
            return [
                Shock(
                    kind="endowment",
                    change_pct=_pct(driver ** (1 - facts.capital_share[i])),
                    economy=facts.economies[i],
                )
                for i in facts.economy(effect.economy, f"{where}, economy")
            ]
        case Channel.OUTPUT_PRODUCTIVITY:
            driver = _driver(lever, effect, n, degree)
            return [Shock(kind="productivity", change_pct=_pct(driver), economy=effect.economy, sector=effect.sector)]
        case Channel.VALUE_ADDED_PRODUCTIVITY:
            driver = _driver(lever, effect, n, degree)
            return [
                Shock(
                    kind="productivity",
                    change_pct=_pct(driver ** facts.value_added_share[j, i]),
                    economy=facts.economies[i],
                    sector=facts.sectors[j],
                )
                for i in facts.economy(effect.economy, f"{where}, economy")
                for j in sectors
            ]


def _input_shocks(effect: Effect, n: Mapping[str, float], facts: WorldFacts, m: float, where: str) -> list[Shock]:
    """Return the requirement on each input and, by industry, what the saving costs."""
    inputs = facts.sector(effect.input, f"{where}, input")
    industries = facts.sector(effect.sector, f"{where}, sector")
    shocks = [
        Shock(
            kind="input_requirement",
            change_pct=_pct(m),
            economy=effect.economy,
            input=effect.input,
            industry=effect.sector,
        )
    ]
    for i in facts.economy(effect.economy, f"{where}, economy"):
        for j in industries:
            z = 1 - (1 - m) * float(facts.cost_share[i, inputs, j].sum())
            spent = z ** (1 - n["net_saving"])
            if spent != 1:
                economy, sector = facts.economies[i], facts.sectors[j]
                shocks.append(Shock(kind="productivity", change_pct=_pct(spent), economy=economy, sector=sector))
    return shocks


def _trade(effect: Effect, kappa: float, sector: tuple[str, ...]) -> Shock:
    return Shock(
        kind="trade_cost", change_pct=_pct(kappa), exporter=effect.exporter, importer=effect.importer, sector=sector
    )


def _pct(hat: float) -> float:
    return 100 * (hat - 1)


def _step(
    lever: Lever, index: int, effect: Effect, parameters: Mapping[str, float], facts: WorldFacts, degree: float
) -> Step:
    n = _numbers(lever, effect, parameters)
    shocks = _effect_shocks(lever, effect, parameters, facts, degree)
    kind = shocks[0].kind
    main = [s for s in shocks if s.kind == kind]
    shock_pct = 100 * math.expm1(part_size(main, facts))
    change = expected = elasticity = driver = None
    if effect.channel is Channel.WEDGE:
        change, elasticity = 100 * n["overhead"], n["removed"]
    elif effect.channel is Channel.DAYS:
        change, elasticity = n["days"], n["per_day"]
    else:
        ratio = _change(lever, effect, n)
        change, expected = _pct(ratio), _pct(ratio ** (1 - n["additional"]))
        if effect.measure is Measure.DIFFERENCE:
            change, expected = math.log(ratio), math.log(ratio) * (1 - n["additional"])
        elasticity, driver = n.get("elasticity"), _pct(_driver(lever, effect, n, degree))
    return Step(index, effect.channel.value, change, expected, elasticity, driver, kind, shock_pct)


def _weight(shock: Shock, facts: WorldFacts) -> float:
    """Return the output of a shock's single economy and sector, 1 for shocks on several."""
    economy, sector = shock.economy, shock.sector
    if isinstance(economy, str) and isinstance(sector, str) and economy in facts.economies and sector in facts.sectors:
        return float(facts.output[facts.sectors.index(sector), facts.economies.index(economy)])
    return 1.0
