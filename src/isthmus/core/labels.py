"""Labels of dimensions: they must match exactly, or the error names the remedy."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

import xarray as xr

from isthmus.core.errors import BadInputError

EVERY = "*"


def positions(
    selector: str | Sequence[str],
    labels: Sequence[str],
    where: str,
    groups: Mapping[str, Sequence[str]] | None = None,
) -> list[int]:
    """Return the positions of `selector` in `labels`.

    Parameters
    ----------
    selector
        One label, a list of labels, ``"*"`` for all, or a key of `groups`.
    labels
        The dimension's labels, in storage order.
    where
        Named in the error, for example ``"shock 2, exporter"``.
    groups
        Named groups of labels, for example ``{"goods": [...]}``.

    Raises
    ------
    BadInputError
        If a label is neither in `labels` nor in `groups`.
    """
    wanted = [selector] if isinstance(selector, str) else list(selector)
    index = _index(tuple(labels))
    found: list[int] = []
    for name in wanted:
        if name == EVERY:
            found.extend(range(len(labels)))
        elif name in index:
            found.append(index[name])
        elif groups and name in groups:
            found.extend(index[label] for label in groups[name])
        else:
            raise BadInputError(
                where,
                f"unknown label {name!r}",
                allowed=f"{EVERY!r}, {_listing([*(groups or {}), *labels])}",
                remedy="correct the label, or use a world that has it",
            )
    return list(dict.fromkeys(found))


def require_same_labels(left: xr.DataArray, right: xr.DataArray, dim: str, left_name: str, right_name: str) -> None:
    """Raise BadInputError unless both arrays carry the same labels in the same order along `dim`."""
    a, b = [str(x) for x in left[dim].values], [str(x) for x in right[dim].values]
    if a == b:
        return
    missing, surplus = sorted(set(a) - set(b)), sorted(set(b) - set(a))
    if missing or surplus:
        problem = f"labels differ from {left_name}: missing {_listing(missing)}, surplus {_listing(surplus)}"
        remedy = "bring both arrays to the same labels; nothing is filled or dropped for you"
    else:
        problem = f"labels are those of {left_name} in another order"
        remedy = f"reorder with .sel({dim}=other[{dim!r}])"
    raise BadInputError(f"{right_name}, dimension {dim}", problem, allowed=_listing(a), remedy=remedy)


@lru_cache(maxsize=64)
def _index(labels: tuple[str, ...]) -> dict[str, int]:
    """Return the position of each label; scenarios look the same labels up thousands of times."""
    return {label: i for i, label in enumerate(labels)}


def _listing(labels: Sequence[str], most: int = 60) -> str:
    """Write labels for an error message, cut after `most`."""
    if not labels:
        return "none"
    cut = f" and {len(labels) - most} more" if len(labels) > most else ""
    return ", ".join(map(str, labels[:most])) + cut
