"""Labels of dimensions: they must match exactly, or the error names the remedy."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

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
            raise _unknown(name, f"{EVERY!r}, {_listing([*(groups or {}), *labels])}", where)
    return list(dict.fromkeys(found))


def require_label(name: str, labels: Sequence[str], where: str) -> None:
    """Raise BadInputError unless `name` is one of `labels`, where only one is meant."""
    if name not in labels:
        raise _unknown(name, _listing(labels), where)


def _unknown(name: str, allowed: str, where: str) -> BadInputError:
    remedy = "correct the label, or use a world that has it"
    return BadInputError(where, f"unknown label {name!r}", allowed=allowed, remedy=remedy)


def require_same_labels(
    found: tuple[str, ...], expected: tuple[str, ...], dim: str, where: str, expected_where: str
) -> None:
    """Raise BadInputError unless `found` are the labels `expected`, in the same order."""
    if found == expected:
        return
    missing, surplus = sorted(set(expected) - set(found)), sorted(set(found) - set(expected))
    if missing or surplus:
        problem = f"labels differ from {expected_where}: missing {_listing(missing)}, surplus {_listing(surplus)}"
        remedy = "bring both arrays to the same labels; nothing is filled or dropped for you"
    else:
        at = next(i for i, (one, other) in enumerate(zip(found, expected, strict=True)) if one != other)
        problem = f"{found[at]!r} stands where {expected_where} has {expected[at]!r}: same labels in another order"
        remedy = f"reorder with .sel({dim}=[...]) to the allowed order"
    raise BadInputError(where, problem, allowed=_listing(expected), remedy=remedy)


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
