"""To which degree a lever takes effect in a year: degrees and starts by lever and side, one ramp, the lesser side counts."""

from collections.abc import Mapping

import numpy as np

from isthmus.core.errors import BadInputError
from isthmus.equilibrium.scenario import ramp
from isthmus.levers.change import Number
from isthmus.levers.lever import Lever

Sides = Mapping[str, Number]
"""A number, or numbers over draws, by label of a side."""


def effective_degree(lever: Lever, degrees: Sides, starts: Sides | None = None, year: int | None = None) -> Number:
    """Return the degree (0 to 1) to which a lever takes effect (:eq:`lever-degree`).

    Parameters
    ----------
    degrees
        Degree that each side carries the lever out to; a side that is not named does nothing.
    starts
        First year of effect by side, where it is not the lever's own; phasing in takes as long as for the lever.
    year
        Year that is looked at; None for full effect.

    Returns
    -------
    Number
        The degree of the side that has done least by then: an owner alone for a single lever, every side for a joint one.

    Raises
    ------
    BadInputError
        For a degree outside 0 to 1.
    """
    phase = lever.full + 1 - lever.start
    least: Number = 1.0
    for side in lever.partners:
        degree = degrees.get(side, 0.0)
        if np.min(degree) < 0 or np.max(degree) > 1:
            raise BadInputError(
                f"lever {lever.id}, {side}",
                f"degree {np.max(degree) if np.max(degree) > 1 else np.min(degree):g}",
                allowed="0 to 1",
                remedy="give the share of the lever that the side carries out",
            )
        start = lever.start if starts is None else starts.get(side, lever.start)
        reached = degree if year is None else degree * ramp(year, start, phase)
        least = np.minimum(least, reached)
    return least
