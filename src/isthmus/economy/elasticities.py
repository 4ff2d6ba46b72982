"""Trade elasticities: which set, with which override for services."""

import numpy as np

from isthmus.core.axes import Array
from isthmus.core.errors import BadInputError
from isthmus.economy.baseline import WorldTable


def choose_elasticity(table: WorldTable, source: str = "", services: float | None = None, scale: float = 1.0) -> Array:
    """Return theta by sector, shape (S,).

    Parameters
    ----------
    table
        World whose `elasticities` hold one row a published set.
    source
        Name of the set; "" takes the world's default.
    services
        Replaces the value of every service sector; None leaves the set as it stands.
    scale
        Factor on all sectors, applied last.

    Raises
    ------
    BadInputError
        For an unknown set or an elasticity that is not positive.
    """
    sets = [str(name) for name in table.elasticities["set"].values]
    name = source or table.default_elasticity or sets[0]
    if name not in sets:
        raise BadInputError(
            "elasticity, source",
            f"unknown set {name!r}",
            allowed=", ".join(sets),
            remedy="name a column of trade_elasticities.csv",
        )
    theta = np.array(table.elasticities.sel(set=name).values, dtype=float)
    if services is not None:
        theta[[s not in table.goods for s in table.sectors]] = services
    theta = theta * scale
    if not (theta > 0).all():
        sector = table.sectors[int(np.argmin(theta))]
        raise BadInputError(
            f"trade_elasticities, set {name}, sector {sector}",
            f"elasticity is {theta.min():g}",
            allowed="numbers above 0 (large = responsive)",
            remedy="correct the table, the services override or the scale",
        )
    return theta
