"""To which degree a lever takes effect in a year: degrees and starts by lever and side, one ramp, the lesser side counts."""

from collections.abc import Mapping

from isthmus.core.errors import BadInputError
from isthmus.levers.lever import Lever

Sides = Mapping[str, float]
"""A number by label of a side."""


def ramp(year: float, start: float, phase_years: float) -> float:
    """Return the share (0 to 1) of full effect reached in `year`: equal steps from `start` over `phase_years` years."""
    if phase_years <= 0:
        return 1.0 if year >= start else 0.0
    return min(1.0, max(0.0, (year + 1 - start) / phase_years))


def effective_degree(lever: Lever, degrees: Sides, starts: Sides | None = None, year: int | None = None) -> float:
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
    float
        The degree of the side that has done least by then: an owner alone for a single lever, every side for a joint one.

    Raises
    ------
    BadInputError
        For a degree outside 0 to 1.
    """
    phase = lever.full + 1 - lever.start
    reached = []
    for side in lever.partners:
        degree = degrees.get(side, 0.0)
        if not 0 <= degree <= 1:
            raise BadInputError(
                f"lever {lever.id}, {side}",
                f"degree {degree:g}",
                allowed="0 to 1",
                remedy="give the share of the lever that the side carries out",
            )
        start = lever.start if starts is None else starts.get(side, lever.start)
        reached.append(degree * (1.0 if year is None else ramp(year, start, phase)))
    return min(reached)
