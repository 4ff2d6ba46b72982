"""One stable colour for each role, safe for colour-blind readers; charts name roles and never colours."""

from collections.abc import Sequence

COLOURS = {
    "ink": "#1d2327",
    "muted": "#5b666e",
    "line": "#d9dee2",
    "hair": "#eef0f1",
    "land": "#eceae4",
    "shore": "#c3c9c6",
    "paper": "#fbfaf7",
    "card": "#ffffff",
    "a": "#1b6b93",
    "b": "#b4532a",
    "c": "#9c3f73",
    "d": "#3f5f3a",
    "e": "#2f3f8f",
    "f": "#94702a",
    "joint": "#5c4b8a",
    "third": "#7d878e",
    "gain": "#1d7f6e",
    "loss": "#a3531f",
    "warn": "#8a6d00",
}
"""a to f are the partners, third everyone else, joint what they do together; gain and loss always with a sign."""

SIDES = ("a", "b", "c", "d", "e", "f")
"""Roles of partners in the order in which a study names them."""

DIVERGING = ("#8c4a1c", "#c98a5e", "#ecd6c5", "#f4f2ee", "#c3dedb", "#6fb0a8", "#1d7f6e")
"""Negative to positive, centred on zero."""

SERIES = ("#1b6b93", "#b4532a", "#5c4b8a", "#1d7f6e", "#8a6d00", "#7d878e", "#9c3f73", "#3f5f3a")
"""Categories without a role, in order."""


def sides(count: int) -> tuple[str, ...]:
    """Return a role for each of so many partners; more than there are colours begin again, told apart by dash and shape."""
    return tuple(SIDES[k % len(SIDES)] for k in range(count))


def sided(names: Sequence[str], *more: str) -> dict[str, str]:
    """Return the role of each name: those of partners in order, and `more` for the last names."""
    return dict(zip(names, (*sides(len(names) - len(more)), *more), strict=True))
