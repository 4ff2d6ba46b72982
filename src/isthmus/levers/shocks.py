"""The shocks of a lever, its parts, and its arithmetic as a reader follows it."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from isthmus.equilibrium.scenario import Shock
from isthmus.levers.change import Number, change, driver, numbers
from isthmus.levers.channels import RULES
from isthmus.levers.channels.wedge import capped
from isthmus.levers.facts import WorldFacts
from isthmus.levers.lever import Channel, Effect, Form, Lever
from isthmus.levers.ways import CUT, kept

Part = tuple[int, str]
"""Position of an effect and kind of shock: what changes size as one."""

_Told = tuple[float | None, float | None, float | None, float | None]
"""change, expected, elasticity and driver of a `Step`."""


def lever_shocks(
    lever: Lever, parameters: Mapping[str, float], facts: WorldFacts, degree: float = 1.0
) -> tuple[Shock, ...]:
    """Return the shocks of one lever at a degree (see `degree.effective_degree`).

    Parameters
    ----------
    parameters
        Values by name: the ledger's and those of `change.target_values`.

    Raises
    ------
    BadInputError
        If a number is missing from `parameters`, a label from the world, or a change is not positive.
    """
    if degree == 0:
        return ()
    return tuple(shock for shocks in _by_effect(lever, parameters, facts, degree) for shock in shocks)


def lever_parts(
    lever: Lever, parameters: Mapping[str, float], facts: WorldFacts, degree: float = 1.0
) -> dict[Part, tuple[Shock, ...]]:
    """Return the shocks of a lever by part."""
    parts: dict[Part, list[Shock]] = {}
    for index, shocks in enumerate(_by_effect(lever, parameters, facts, degree)):
        for shock in shocks:
            parts.setdefault((index, shock.kind), []).append(shock)
    return {key: tuple(shocks) for key, shocks in parts.items()}


def part_sizes(lever: Lever, parameters: Mapping[str, Number], facts: WorldFacts) -> dict[Part, Number]:
    """Return the size of every part of a lever at full degree; numbers, and so sizes, may be arrays over draws."""
    found: dict[Part, Number] = {}
    for index, effect in enumerate(lever.effects):
        n = numbers(lever, effect, parameters)
        where = f"lever {lever.id}"
        for kind, size in RULES[effect.channel].sizes(effect, n, facts, where).items():
            through = _through(effect, parameters, facts, where) if kind == CUT else 1.0
            found[index, kind] = size * through
    return found


def _through(effect: Effect, parameters: Mapping[str, Number], facts: WorldFacts, where: str) -> Number:
    """Return the share of a cut that full ways leave; proof of origin makes crossing dearer and is none."""
    if effect.channel is Channel.TARIFF or facts.standing.ways is None:
        return 1.0
    cells = [
        facts.sector(effect.sector, f"{where}, sector"),
        facts.economy(effect.exporter, f"{where}, exporter"),
        facts.economy(effect.importer, f"{where}, importer"),
    ]
    return kept(facts.standing.ways, cells, parameters)


@dataclass(frozen=True)
class Step:
    """The arithmetic of one effect, in the order a reader follows it; None where a step does not apply.

    Attributes
    ----------
    change
        Change of the target from its base in percent (in its own unit for `Form.DIFFERENCE`); the overhead in
        percent for a wedge; the days saved.
    expected
        Part of that change expected without the plan, in the same unit.
    elasticity
        Published elasticity; the removed share for a wedge or tariff; the cost of a day.
    driver_pct
        Effect before it enters the model.
    shock_kind, shock_pct
        What the model receives; where industries or cells differ, the mean weighted by output where there is one.
    cells, capped
        For a wedge: cells of the trade cube it acts in, and those in which the group's figure would remove more than
        stands there, so that their own cost is what counts.
    """

    effect: int
    channel: str
    change: float | None
    expected: float | None
    elasticity: float | None
    driver_pct: float | None
    shock_kind: str
    shock_pct: float
    cells: int = 0
    capped: int = 0


def arithmetic(
    lever: Lever, parameters: Mapping[str, float], facts: WorldFacts, degree: float = 1.0
) -> tuple[Step, ...]:
    """Return the arithmetic of each effect of a lever at one set of parameters and one degree."""
    shocks = _by_effect(lever, parameters, facts, degree)
    return tuple(_step(lever, i, parameters, facts, degree, shocks[i]) for i in range(len(lever.effects)))


def mean_change_pct(shocks: Sequence[Shock], facts: WorldFacts) -> float:
    """Return the mean change of shocks of one kind in percent, in logarithms, weighted by output where they are by sector."""
    weights = [_weight(shock, facts) for shock in shocks]
    logs = [_log(shock, facts) for shock in shocks]
    total = sum(weights)
    return 100 * math.expm1(sum(w * x for w, x in zip(weights, logs, strict=True)) / total) if total else 0.0


def _by_effect(lever: Lever, parameters: Mapping[str, float], facts: WorldFacts, degree: float) -> list[list[Shock]]:
    return [
        RULES[effect.channel].shocks(effect, _values(lever, i, parameters), facts, degree, f"lever {lever.id}")
        for i, effect in enumerate(lever.effects)
    ]


def _values(lever: Lever, index: int, parameters: Mapping[str, float]) -> dict[str, float]:
    """Return the numbers of one effect by role."""
    return {role: float(value) for role, value in numbers(lever, lever.effects[index], parameters).items()}


def _step(
    lever: Lever,
    index: int,
    parameters: Mapping[str, float],
    facts: WorldFacts,
    degree: float,
    shocks: Sequence[Shock],
) -> Step:
    effect, where = lever.effects[index], f"lever {lever.id}"
    n = _values(lever, index, parameters)
    kind = shocks[0].kind if shocks else effect.channel.value
    told: _Told = (None, None, None, None)
    cells = over = 0
    if effect.channel is Channel.WEDGE:
        told = (100 * n["overhead"], None, n["removed"], None)
        cells, over = capped(effect, n, facts, where)
    elif effect.channel is Channel.DAYS:
        told = (n["days"], None, n["per_day"], None)
    elif effect.channel is Channel.TARIFF:
        told = (None, None, n["removed"], None)
    else:
        told = _told_change(effect.form, n, where, degree)
    size = mean_change_pct([s for s in shocks if s.kind == kind], facts)
    return Step(index, effect.channel.value, *told, kind, size, cells, over)


def _told_change(form: Form, n: Mapping[str, float], where: str, degree: float) -> _Told:
    ratio = float(change(form, n, where))
    expected = ratio ** (1 - n["additional"])
    told = (
        (math.log(ratio), math.log(expected)) if form is Form.DIFFERENCE else (100 * (ratio - 1), 100 * (expected - 1))
    )
    elasticity = n.get("elasticity")
    driven = 100 * (float(driver(form, n, where, degree)) - 1)
    return *told, elasticity, driven


def _log(shock: Shock, facts: WorldFacts) -> float:
    if shock.rates is None:
        return math.log1p((shock.change_pct or 0.0) / 100)
    at = [(facts.sectors.index(j), facts.economies.index(i), facts.economies.index(m)) for i, m, j, _ in shock.rates]
    before = np.array([facts.tariff[cell] for cell in at])
    return float(np.log((1 + np.array([rate for *_, rate in shock.rates])) / before).mean())


def _weight(shock: Shock, facts: WorldFacts) -> float:
    """Return the output of a shock's single economy and sector, 1 for shocks on several."""
    economy, sector = shock.economy, shock.sector
    if isinstance(economy, str) and isinstance(sector, str) and economy in facts.economies and sector in facts.sectors:
        return float(facts.output[facts.sectors.index(sector), facts.economies.index(economy)])
    return 1.0
