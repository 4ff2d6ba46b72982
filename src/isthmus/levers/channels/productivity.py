"""Productivity: of output as it stands, or of value added, which raises it by the share of value added."""

from collections.abc import Mapping

import numpy as np

from isthmus.equilibrium.scenario import Shock
from isthmus.levers.change import Number, driver
from isthmus.levers.facts import WorldFacts
from isthmus.levers.lever import Effect

KIND = "productivity"


def output_shocks(effect: Effect, n: Mapping[str, float], _: WorldFacts, degree: float, where: str) -> list[Shock]:
    """Return A_hat = driver."""
    hat = float(driver(effect.form, n, where, degree))
    return [Shock(kind=KIND, change_pct=100 * (hat - 1), economy=effect.economy, sector=effect.sector)]


def value_added_shocks(
    effect: Effect, n: Mapping[str, float], facts: WorldFacts, degree: float, where: str
) -> list[Shock]:
    """Return A_hat = driver ** beta for every economy and sector."""
    hat = float(driver(effect.form, n, where, degree))
    return [
        Shock(
            kind=KIND,
            change_pct=100 * (hat ** facts.value_added_share[j, i] - 1),
            economy=facts.economies[i],
            sector=facts.sectors[j],
        )
        for i in facts.economy(effect.economy, f"{where}, economy")
        for j in facts.sector(effect.sector, f"{where}, sector")
    ]


def sizes(effect: Effect, n: Mapping[str, Number], _: WorldFacts, where: str) -> dict[str, Number]:
    """Return the logarithm of the driver."""
    return {KIND: np.log(driver(effect.form, n, where))}
