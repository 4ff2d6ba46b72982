"""Changes made of nothing, and of several scenarios together."""

import numpy as np

from isthmus.core.axes import Array
from isthmus.equilibrium.scenario import Changes


def no_changes(sectors: int, economies: int) -> Changes:
    """Return the changes of a scenario without any shock."""
    none, n = np.zeros(0), np.zeros(economies)
    return Changes(
        cells=np.zeros(0, dtype=int),
        ln_cost=none,
        ln_tariff=none,
        ln_tariff_before=none,
        ln_productivity=np.zeros((sectors, economies)),
        ln_labour=n,
        ln_capital=n,
        ln_endowment=n,
        transfer=n,
    )


def combine(*parts: Changes) -> Changes:
    """Return the changes of several scenarios together: costs, factors and inputs multiply, tariff changes too."""
    cells = np.unique(np.concatenate([part.cells for part in parts]))
    cost, change, before = (np.zeros(cells.size) for _ in range(3))
    requirements = [part.ln_requirement for part in parts if part.ln_requirement is not None]
    for part in parts:
        at = np.searchsorted(cells, part.cells)
        cost[at] += part.ln_cost
        change[at] += part.ln_tariff - part.ln_tariff_before
        before[at] = part.ln_tariff_before

    def total(name: str) -> Array:
        added: Array = sum(getattr(part, name) for part in parts)
        return added

    return Changes(
        cells=cells,
        ln_cost=cost,
        ln_tariff=before + change,
        ln_tariff_before=before,
        ln_productivity=total("ln_productivity"),
        ln_labour=total("ln_labour"),
        ln_capital=total("ln_capital"),
        ln_endowment=total("ln_endowment"),
        transfer=total("transfer"),
        ln_requirement=np.sum(requirements, axis=0) if requirements else None,
        notes=tuple(note for part in parts for note in part.notes),
    )
