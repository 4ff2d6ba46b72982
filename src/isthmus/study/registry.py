"""The one list of stations: run order, chapters, evidence, exchange, digests and reference pages derive from it."""

from importlib import import_module
from typing import Any

from isthmus.study.station import Station

NAMES = (
    "plans",
    "alignment",
    "network",
    "border",
    "prices",
    "relations",
    "pace",
    "corridors",
    "ensemble",
    "levers",
    "value",
    "horizon",
    "trade",
    "exposure",
    "outcomes",
    "programme",
    "worlds",
    "tracking",
    "evidence",
)
"""The flow, top to bottom: each is the module of this package whose `STATION` it is, as its chapter and texts are called too."""

STATIONS: tuple[Station[Any], ...] = tuple(import_module(f"isthmus.study.{name}").STATION for name in NAMES)
"""The stations in this order."""
