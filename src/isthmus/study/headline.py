"""The world that headline numbers are computed on: the newest totals of goods trade that the study has, else its table."""

from collections.abc import Mapping

from isthmus.economy.baseline import Baseline
from isthmus.economy.nowcast import Nowcast
from isthmus.study.study import Study
from isthmus.study.variants import nowcasts, variant

TABLE = "table"
"""Trade year of the table itself."""

HEADLINE_FIELDS = ("baseline", "totals", "world_trade")
"""Fields of the study that this world is made of."""


def newest_year(moved: Mapping[str, Nowcast | str]) -> str:
    """Return the newest year whose totals could be fitted, or `TABLE`."""
    return max((year for year, done in moved.items() if isinstance(done, Nowcast)), default=TABLE)


def headline_world(study: Study) -> tuple[Baseline, str, Mapping[str, Nowcast | str]]:
    """Return the world of the newest totals, its year, and all nowcasts."""
    moved = nowcasts(study)
    year = newest_year(moved)
    return variant(study.baseline, moved, "", "" if year == TABLE else year), year, moved
