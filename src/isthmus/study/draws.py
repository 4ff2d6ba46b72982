"""What is drawn: the ledger, entries that an earlier station measured, and discrete choices of the model."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from isthmus.core.draws import balanced, indicators, largest_correlation, standard_ranks
from isthmus.core.provenance import Ledger
from isthmus.levers.change import target_values
from isthmus.study.study import Study

CENTRAL = -1
"""Number of the run at central values among the draws."""


@dataclass(frozen=True)
class Draw:
    """One run of the model.

    Attributes
    ----------
    number
        Number of the draw, or `CENTRAL`.
    parameters
        Values by name: the ledger's and the targets'.
    closure, elasticity, trade_year
        Rule for trade balances, set of elasticities and year of trade totals; "" is the study's own.
    """

    number: int
    parameters: Mapping[str, float]
    closure: str = ""
    elasticity: str = ""
    trade_year: str = ""


def median_draw(study: Study) -> Draw:
    """Return the run in which every number is at the median of its draws, under the study's own choices."""
    measured = {
        name: float(np.median(values))
        for name, values in study.measured_draws.items()
        if name in study.ledger.parameters
    }
    return Draw(CENTRAL, {**target_values(study.targets), **study.ledger.medians(), **measured})


DRAW_FIELDS = ("draws", "ledger", "measured_draws", "targets")
"""Fields of the study that draws are made of."""


def central_draw(study: Study) -> Draw:
    """Return the run at central values under the study's own choices."""
    return Draw(CENTRAL, {**target_values(study.targets), **study.ledger.central()})


def drawn(study: Study) -> tuple[Draw, ...]:
    """Return the draws of a study.

    What an earlier station measured takes the values it drew itself, in the same order; what it has fewer of is taken again
    from the start. Everything else is drawn so that it does not correlate with them, or among itself.
    """
    names, table = _table(study)
    known = target_values(study.targets)
    choices = [[options[i] for i in order] for options, order in _choices(study, table)]
    return tuple(
        Draw(number, {**known, **dict(zip(names, map(float, row), strict=True))}, *chosen)
        for number, (row, *chosen) in enumerate(zip(table, *choices, strict=True))
    )


def strongest_chance_correlation(study: Study) -> float:
    """Return the largest rank correlation between two inputs that have nothing to do with each other.

    Discrete choices are inputs too. Entries that an earlier station measured share their own inputs and are not counted
    against each other, and those that rest on one number count once.
    """
    names, table = _table(study)
    first: dict[str, int] = {}
    for position, name in enumerate(names):
        first.setdefault(study.ledger.parameters[name].together or name, position)
    once = list(first.values())
    found = largest_correlation(table[:, once], [names[at] in study.measured_draws for at in once])
    before = standard_ranks(table[:, once])
    for options, order in _choices(study, table):
        chosen = standard_ranks(indicators(order, options))
        found = max(found, float(np.abs(before.T @ chosen).max(initial=0.0)))
        before = np.concatenate([before, chosen], axis=1)
    return found


def _choices(study: Study, table: np.ndarray) -> list[tuple[tuple[str, ...], np.ndarray]]:
    """Return the options of every discrete choice, and which of them each draw takes: as little as may be with other inputs."""
    found: list[tuple[tuple[str, ...], np.ndarray]] = []
    given = table
    for shift, options in enumerate((study.draws.closures, study.draws.elasticities, study.draws.trade_years), 1):
        order = balanced(len(table), options, study.draws.seed + shift, given)
        given = np.concatenate([given, indicators(order, options)], axis=1)
        found.append((options, order))
    return found


def _table(study: Study) -> tuple[list[str], np.ndarray]:
    """Return the names of the ledger and their draws, (draw, name)."""
    count = study.draws.count
    measured = {
        name: np.resize(np.asarray(values), count)
        for name, values in sorted(study.measured_draws.items())
        if name in study.ledger.parameters
    }
    rest = Ledger({name: p for name, p in study.ledger.parameters.items() if name not in measured})
    given = np.stack(list(measured.values()), axis=1) if measured else None
    own = rest.draw_table(count, study.draws.seed, given)
    table = own if given is None else np.concatenate([own, given], axis=1)
    return [*sorted(rest.parameters), *measured], table
