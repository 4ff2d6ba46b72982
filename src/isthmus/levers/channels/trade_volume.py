"""Trade volume: an agreed quantity, written as the change of delivered cost that brings it."""

from collections.abc import Mapping

import numpy as np

from isthmus.equilibrium.scenario import Shock
from isthmus.levers.change import Number, driver
from isthmus.levers.facts import WorldFacts
from isthmus.levers.lever import Effect

KIND = "trade_cost"


def shocks(effect: Effect, n: Mapping[str, float], facts: WorldFacts, degree: float, where: str) -> list[Shock]:
    """Return kappa_hat = driver ** (-1 / theta) for every sector."""
    hat = float(driver(effect.form, n, where, degree))
    return [
        Shock(
            kind=KIND,
            change_pct=100 * (hat ** (-1 / facts.trade_elasticity[j]) - 1),
            exporter=effect.exporter,
            importer=effect.importer,
            sector=facts.sectors[j],
        )
        for j in facts.sector(effect.sector, f"{where}, sector")
    ]


def sizes(effect: Effect, n: Mapping[str, Number], _: WorldFacts, where: str) -> dict[str, Number]:
    """Return the logarithm of the driver."""
    return {KIND: np.log(driver(effect.form, n, where))}
