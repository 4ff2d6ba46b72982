"""One stable colour for each role, safe for colour-blind readers; charts name roles and never colours."""

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
    "joint": "#5c4b8a",
    "third": "#7d878e",
    "gain": "#1d7f6e",
    "loss": "#a3531f",
    "warn": "#8a6d00",
}
"""a and b are the two partners, third everyone else, joint what both do together; gain and loss always with a sign."""

DIVERGING = ("#8c4a1c", "#c98a5e", "#ecd6c5", "#f4f2ee", "#c3dedb", "#6fb0a8", "#1d7f6e")
"""Negative to positive, centred on zero."""

SERIES = ("#1b6b93", "#b4532a", "#5c4b8a", "#1d7f6e", "#8a6d00", "#7d878e", "#9c3f73", "#3f5f3a")
"""Categories without a role, in order."""
