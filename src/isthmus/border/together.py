"""The borders of several pairs side by side: one table of each kind with a column for the pair, and all pairs together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from isthmus.border.border import Border, border
from isthmus.border.bridge import bridge_table
from isthmus.border.itemise import Entry, Itemised
from isthmus.border.overhead import BOTH, overhead
from isthmus.border.pair import BorderInput
from isthmus.border.tables import burnt_draws, group_table
from isthmus.core.axes import Array
from isthmus.core.pairs import EVERY_PAIR, pair_label

OF_NO_PAIR = ("benchmarks", "gravity_coefficients", "gravity_fits", "gravity_dropped")
"""Tables about the world, in which every pair finds the same rows."""


@dataclass(frozen=True)
class Borders:
    """The borders of all pairs of partners.

    Attributes
    ----------
    of
        Each pair's border.
    tables
        Tables of all pairs below each other, with the column `pair` (A-B) in front; where there are several pairs, overheads,
        wedges by group and the bridge of all pairs together stand under the pair `EVERY_PAIR`.
    draws
        As in `Border`, over all pairs together, weighted by trade; by pair under its label besides.
    """

    of: tuple[Border, ...]
    tables: Mapping[str, pd.DataFrame]
    draws: Mapping[str, Mapping[tuple[str, str], Array]]


def borders(given: Sequence[BorderInput]) -> Borders:
    """Measure the border of every pair.

    Ledger entries of all pairs are drawn at once, so that what pairs share (the cost of a day, the value of a tonne) moves all
    of them in one draw.

    Parameters
    ----------
    given
        One for each pair, of one world, in the order of the result.

    Raises
    ------
    BadInputError
        For everything that `border` refuses.
    """
    entries = {e.id: e for one in given for e in one.entries} if len(given) > 1 else dict[str, Entry]()
    found = tuple(border(replace(one, beside=tuple(entries.values()))) for one in given)
    labels = [pair_label(one.partners) for one in given]
    names = dict.fromkeys(name for one in found for name in one.tables)
    tables = {name: _stacked(name, labels, found) for name in names}
    draws = {label: one.draws for label, one in zip(labels, found, strict=True)}
    if len(given) == 1:
        return Borders(found, tables, {**draws, EVERY_PAIR: found[0].draws})
    whole, trade = _whole([one.priced for one in found]), np.concatenate([one.trade for one in found], axis=1)
    return Borders(
        found,
        {**tables, **_with_all(tables, whole, trade, given[0])},
        {**draws, EVERY_PAIR: burnt_draws(whole, given[0].profiles, given[0].kinds, trade)},
    )


def _stacked(name: str, labels: Sequence[str], found: Sequence[Border]) -> pd.DataFrame:
    """Return one table of all pairs."""
    frames = [one.tables[name] for one in found if name in one.tables]
    if name in OF_NO_PAIR:
        return pd.concat(frames, ignore_index=True).drop_duplicates(ignore_index=True) if len(frames) > 1 else frames[0]
    of = [label for label, one in zip(labels, found, strict=True) if name in one.tables]
    named = [_with_pair(frame, label) for frame, label in zip(frames, of, strict=True)]
    return _joined(named)


def _with_pair(frame: pd.DataFrame, label: str) -> pd.DataFrame:
    return pd.DataFrame({"pair": [label] * len(frame), **{str(name): frame[name].to_numpy() for name in frame}})


def _joined(frames: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Return frames below each other; empty ones say nothing of the kinds of columns and are left out."""
    filled = [frame for frame in frames if len(frame)] or list(frames[:1])
    return filled[0] if len(filled) == 1 else pd.concat(filled, ignore_index=True)


def _with_all(
    tables: Mapping[str, pd.DataFrame], whole: Itemised, trade: Array, one: BorderInput
) -> dict[str, pd.DataFrame]:
    """Return the tables in which all pairs together are told, with those rows last."""
    unknown = np.full((len(whole.sectors), whole.values.shape[-1]), np.nan)
    more = {
        "group_wedges": group_table(whole, one.profiles, one.kinds, trade),
        "bridge": bridge_table(whole, one.kinds, trade, one.covered),
        "overhead": overhead(whole, one.kinds, trade, unknown, one.covered).table,
    }
    return {
        name: _joined([tables[name], _with_pair(frame[frame["direction"] == BOTH], EVERY_PAIR)])
        for name, frame in more.items()
    }


def _whole(priced: Sequence[Itemised]) -> Itemised:
    """Return the wedges of all pairs as one: every part that any pair has, directions one after another.

    A part is what it is by component, name, reach and rent share; where a pair does not have it, it costs nothing there.
    """
    keys = [list(zip(one.parts, one.reach, map(float, one.rent_share), strict=True)) for one in priced]
    order = list(dict.fromkeys(key for one in keys for key in one))
    stacked = [np.zeros((len(order), *one.values.shape[1:])) for one in priced]
    for values, one, mine in zip(stacked, priced, keys, strict=True):
        values[[order.index(key) for key in mine]] = one.values
    return replace(
        priced[0],
        values=np.concatenate(stacked, axis=2),
        parts=tuple(part for part, _, _ in order),
        directions=tuple(direction for one in priced for direction in one.directions),
        reach=tuple(reach for _, reach, _ in order),
        rent_share=np.array([rent for _, _, rent in order]),
        wedges=(),
    )
