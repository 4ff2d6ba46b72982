"""What each plan and their alignment are worth: components of the differences between worlds, for any number of partners."""

from collections.abc import Mapping, Sequence

import numpy as np

from isthmus.core.axes import Array
from isthmus.levers.support import SUPPORTS
from isthmus.levers.worlds import AGREED, SINGLE, SINGLES, UNAGREED

ALL, JOINT = "all", "joint"
"""Support of what all levers do together, and of all joint measures together, whoever asks for them."""

OWN, SPILLOVER, INTERACTION, JOINT_UNAGREED, AGREEMENT, TOTAL = COMPONENTS = (
    "own", "spillover", "interaction", "joint_unagreed", "agreement", "total",
)  # fmt: skip

ComponentKey = tuple[str, str]
"""Component and support."""


def components(
    worlds: Mapping[str, Array], labels: Sequence[str], partners: Sequence[str]
) -> dict[ComponentKey, Array]:
    """Split the effects of worlds into components that add up exactly.

    Parameters
    ----------
    worlds
        Change against no plan by name of the world (see `worlds.plan_worlds`), (…, L) each.
    labels
        The L economies and groups.

    Returns
    -------
    dict
        By component and support, (…, L). ``own``, ``spillover`` and ``interaction`` have support ``all`` alone; an economy
        without a plan has no own effect (nan). ``total`` is the sum of the components of the same support.
    """
    singles = worlds[SINGLES]
    own, everything = np.full_like(singles, np.nan), np.zeros_like(singles)
    for partner in partners:
        at = labels.index(partner)
        own[..., at] = worlds[SINGLE + partner][..., at]
        everything = everything + worlds[SINGLE + partner]
    found = {
        (OWN, ALL): own,
        (SPILLOVER, ALL): everything - np.nan_to_num(own),
        (INTERACTION, ALL): singles - everything,
    }
    for component, kind, before in ((JOINT_UNAGREED, UNAGREED, SINGLES), (AGREEMENT, AGREED, UNAGREED + SUPPORTS[-1])):
        last = worlds[before]
        found[component, ALL] = worlds[kind + SUPPORTS[-1]] - last
        for support in SUPPORTS:
            found[component, support] = worlds[kind + support] - last
            last = worlds[kind + support]
    for support in SUPPORTS:
        found[TOTAL, support] = found[JOINT_UNAGREED, support] + found[AGREEMENT, support]
    for component in (JOINT_UNAGREED, AGREEMENT):
        found[component, JOINT] = found[component, ALL]
    found[TOTAL, JOINT] = found[JOINT_UNAGREED, JOINT] + found[AGREEMENT, JOINT]
    found[TOTAL, ALL] = worlds[AGREED + SUPPORTS[-1]]
    return found


def calibrated(drawn: Array, linear: Array, exact: Array) -> Array:
    """Return draws of a component moved by what the sum of responses misses at central numbers.

    Parameters
    ----------
    drawn
        (draw, L), from `linear.ln_worlds`.
    linear, exact
        The same component at central numbers, (L,): as a sum of responses, and solved exactly.

    Notes
    -----
    Where both have one sign and differ by less than a factor of two, draws are multiplied by their ratio, else the
    difference is added.
    """
    usable = (linear != 0) & (exact != 0)
    ratio = np.divide(exact, linear, out=np.ones_like(exact), where=usable)
    close = usable & (ratio > 0.5) & (ratio < 2)
    moved: Array = np.where(close, drawn * ratio, drawn + (exact - linear))
    return moved
