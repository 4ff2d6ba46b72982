"""The study's world otherwise: on newer totals of goods trade, or with another set of elasticities for goods."""

import dataclasses
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import numpy as np

from isthmus.core.errors import IsthmusError
from isthmus.economy.baseline import Baseline, WorldTable
from isthmus.economy.calibrate import calibrate
from isthmus.economy.elasticities import choose_elasticity
from isthmus.economy.nowcast import Nowcast, Total, nowcast
from isthmus.levers.worlds import with_parameters
from isthmus.study.study import Study

SERVICES = "services_elasticity"
"""Entry of a study's ledger that sets the trade elasticity of services."""

CENTRAL = "central:"
"""Name of the study's own setting among others."""


@dataclasses.dataclass(frozen=True, eq=False)
class Same:
    """One object, told apart by what it is and not by its content: arrays are not compared."""

    held: Any

    def __hash__(self) -> int:
        return id(self.held)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and other.held is self.held


def nowcasts(study: Study) -> dict[str, Nowcast | str]:
    """Move the totals of each year on the study's table; a year that cannot be fitted gives its reason."""
    table = study.baseline.table
    return dict(_nowcasts(Same(table), tuple(study.totals), tuple(sorted(study.world_trade.items())))) if table else {}


@lru_cache(maxsize=4)
def _nowcasts(
    table: Same, totals: tuple[Total, ...], world_trade: tuple[tuple[int, float], ...]
) -> tuple[tuple[str, Nowcast | str], ...]:
    """Return nowcasts by year; most stations of a run ask for the same ones."""
    found: dict[str, Nowcast | str] = {}
    for year in sorted({total.year for total in totals}):
        try:
            found[str(year)] = nowcast(table.held, [t for t in totals if t.year == year], dict(world_trade))
        except IsthmusError as error:
            found[str(year)] = str(error)
    return tuple(found.items())


def variant(
    baseline: Baseline, moved: Mapping[str, Nowcast | str], elasticity: str = "", trade_year: str = ""
) -> Baseline:
    """Return the baseline on the totals of a year and with a set of elasticities; "" leaves the study's own.

    Raises
    ------
    IsthmusError
        If the totals of that year could not be fitted.
    """
    found = _on_newer(baseline, moved[trade_year]) if trade_year else baseline
    return _with_set(found, elasticity) if elasticity else found


def elasticity_sets(table: WorldTable | None) -> list[str]:
    """Return the names of a world's sets of elasticities."""
    return [] if table is None else [str(name) for name in table.elasticities["set"].values]


def central_set(baseline: Baseline) -> str:
    """Return the first elasticity set that the goods of the baseline take, or "" where none fits."""
    goods = [sector in baseline.goods for sector in baseline.sectors]
    for name in elasticity_sets(baseline.table):
        assert baseline.table is not None
        if np.allclose(choose_elasticity(baseline.table, name)[goods], baseline.elasticity.values[goods]):
            return name
    return ""


def settings_around(
    study: Study, world: Baseline, moved: Mapping[str, Nowcast | str], parameters: Mapping[str, float]
) -> dict[str, tuple[Baseline, str]]:
    """Return world and closure of the study's own setting, then of each other closure and set of elasticities of its draws."""
    world, own = with_parameters(world, parameters), central_set(study.baseline)
    goods = [sector in world.goods for sector in world.sectors]
    found = {CENTRAL: (world, study.trade_balance)}
    for closure in study.draws.closures:
        if closure not in ("", study.trade_balance):
            found[f"closure:{closure}"] = world, closure
    for name in study.draws.elasticities:
        if name not in ("", own):
            other = variant(study.baseline, moved, name).elasticity.values
            theta = world.elasticity.copy(data=np.where(goods, other, world.elasticity.values))
            found[f"elasticity:{name}"] = dataclasses.replace(world, elasticity=theta), study.trade_balance
    return found


def _on_newer(baseline: Baseline, done: Nowcast | str) -> Baseline:
    """Return a baseline of the moved table with the elasticities of the study."""
    if isinstance(done, str):
        raise IsthmusError(done)
    return _calibrated(Same(baseline), Same(done))


@lru_cache(maxsize=8)
def _calibrated(baseline: Same, done: Same) -> Baseline:
    old = baseline.held
    return dataclasses.replace(calibrate(done.held.table), elasticity=old.elasticity, capital_share=old.capital_share)


def _with_set(baseline: Baseline, name: str) -> Baseline:
    """Return the baseline with the goods' elasticities of another set; services keep theirs, which no set estimates."""
    assert baseline.table is not None
    goods = np.array([sector in baseline.goods for sector in baseline.sectors])
    theta = np.where(goods, choose_elasticity(baseline.table, name), baseline.elasticity.values)
    return dataclasses.replace(baseline, elasticity=baseline.elasticity.copy(data=theta))
