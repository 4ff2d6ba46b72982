"""Input requirements: less of an input for the same output, part of the saving spent on achieving it."""

from collections.abc import Mapping

import numpy as np

from isthmus.core.axes import Array
from isthmus.equilibrium.scenario import Shock
from isthmus.levers.change import Number, driver
from isthmus.levers.facts import WorldFacts
from isthmus.levers.lever import Effect

REQUIREMENT, SPENT = "input_requirement", "productivity"


def shocks(effect: Effect, n: Mapping[str, float], facts: WorldFacts, degree: float, where: str) -> list[Shock]:
    """Return the requirement on each input and, by industry, A_hat = z ** (1 - net_saving) (:eq:`input-requirement`)."""
    m = float(driver(effect.form, n, where, degree))
    found = [
        Shock(
            kind=REQUIREMENT,
            change_pct=100 * (m - 1),
            economy=effect.economy,
            input=effect.input,
            industry=effect.sector,
        )
    ]
    for i in facts.economy(effect.economy, f"{where}, economy"):
        for j in facts.sector(effect.sector, f"{where}, sector"):
            z = 1 - (1 - m) * float(_bill(effect, facts, i, j, where))
            spent = z ** (1 - n["net_saving"])
            if spent != 1:
                economy, sector = facts.economies[i], facts.sectors[j]
                found.append(Shock(kind=SPENT, change_pct=100 * (spent - 1), economy=economy, sector=sector))
    return found


def sizes(effect: Effect, n: Mapping[str, Number], facts: WorldFacts, where: str) -> dict[str, Number]:
    """Return the logarithm of the requirement, and that of what is spent, averaged with output as weight."""
    m = np.asarray(driver(effect.form, n, where))
    total: Number = np.zeros_like(m)
    weight = 0.0
    for i in facts.economy(effect.economy, f"{where}, economy"):
        for j in facts.sector(effect.sector, f"{where}, sector"):
            output = float(facts.output[j, i])
            total = total + output * np.log(1 - (1 - m) * _bill(effect, facts, i, j, where))
            weight += output
    spent = total / weight * (1 - n["net_saving"]) if weight else np.zeros_like(m)
    return {REQUIREMENT: np.log(m), SPENT: spent}


def _bill(effect: Effect, facts: WorldFacts, economy: int, industry: int, where: str) -> Array:
    """Return the share of the inputs in the value of an industry's output."""
    inputs = facts.sector(effect.input, f"{where}, input")
    return np.asarray(facts.cost_share[economy, inputs, industry].sum())
