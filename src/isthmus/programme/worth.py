"""What projects bring in money, as sums of responses: every lever's response over the years since a project is done."""

from collections.abc import Sequence

import numpy as np
import xarray as xr

from isthmus.core.axes import Array
from isthmus.programme.proposal import Proposal


def benefits(
    proposals: Sequence[Proposal], shares: Array, responses: Array, income: Array, labels: Sequence[str], offsets: int
) -> xr.DataArray:
    """Return the yearly gain of each project to each economy by years since its start (:eq:`programme-screening`).

    A project brings nothing before it is done; from then on it brings what its levers bring after as many years of acting,
    capital having followed.

    Parameters
    ----------
    shares
        (project, lever), see `acts.Acts.shares`.
    responses
        Change of ln real income by a lever in full, (lever, years since it began to act, label).
    income
        Million USD by label.
    offsets
        Number of years since the start that are looked at.

    Returns
    -------
    DataArray
        (project, partner, offset), million USD a year; the dimension is called partner whoever the labels are.
    """
    lags = responses.shape[1]
    by_lag = np.einsum("pl,lym->pym", shares, responses) * income
    found = np.zeros((len(proposals), offsets, len(labels)))
    for p, one in enumerate(proposals):
        build = one.project.build_years
        reached = min(offsets - build, lags)
        if reached > 0:
            found[p, build : build + reached] = by_lag[p, :reached]
    coords = {"project": [one.project.id for one in proposals], "partner": list(labels), "offset": np.arange(offsets)}
    return xr.DataArray(found.transpose(0, 2, 1), coords, ("project", "partner", "offset"))


def no_benefits(proposals: Sequence[Proposal], labels: Sequence[str]) -> xr.DataArray:
    """Return benefits of nothing, in the form of `benefits`."""
    coords = {"project": [one.project.id for one in proposals], "partner": list(labels), "offset": np.arange(0)}
    return xr.DataArray(np.zeros((len(proposals), len(labels), 0)), coords, ("project", "partner", "offset"))
