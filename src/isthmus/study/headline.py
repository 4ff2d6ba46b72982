"""The world that headline numbers are computed on: the newest totals of goods trade that the study has, else its table."""

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from isthmus.economy.baseline import Baseline
from isthmus.economy.nowcast import Nowcast
from isthmus.study.study import Study
from isthmus.study.variants import Same, nowcasts, variant

TABLE = "table"
"""Trade year of the table itself."""

MONEY = ("spending", "output", "value_added", "tariff_revenue", "deficit", "income")
"""Fields of a baseline that are sums of money."""

HEADLINE_FIELDS = ("baseline", "totals", "world_trade", "prices")
"""Fields of the study that this world is made of."""


def newest_year(moved: Mapping[str, Nowcast | str]) -> str:
    """Return the newest year whose totals could be fitted, or `TABLE`."""
    return max((year for year, done in moved.items() if isinstance(done, Nowcast)), default=TABLE)


def newest_world(study: Study) -> tuple[Baseline, str, Mapping[str, Nowcast | str]]:
    """Return the world of the newest totals at the prices of its table, its year, and all nowcasts."""
    moved = nowcasts(study)
    year = newest_year(moved)
    return variant(study.baseline, moved, "", "" if year == TABLE else year), year, moved


def headline_world(study: Study) -> tuple[Baseline, str, Mapping[str, Nowcast | str]]:
    """Return the world of the newest totals at the prices that money is told in, its year, and all nowcasts.

    Prices of another year change the unit of money alone: sizes of economies are those of the table.
    """
    world, year, moved = newest_world(study)
    return (_at_prices(Same(world), price_level(study)) if study.prices else world), year, moved


def price_year(study: Study) -> int | None:
    """Return the year whose prices money is told in; None where the world does not say its year."""
    table = study.baseline.table
    return study.prices.year if study.prices else table.year if table else None


def price_level(study: Study) -> float:
    """Return the level of the prices that money is told in over those of the world's table."""
    return study.prices.level if study.prices else 1.0


@lru_cache(maxsize=4)
def _at_prices(world: Same, level: float) -> Baseline:
    held: Baseline = world.held
    return replace(held, **{name: getattr(held, name) * level for name in MONEY})
