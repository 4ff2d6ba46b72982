"""The one list of stations: run order, chapters, evidence, exchange, digests and reference pages derive from it."""

from typing import Any

from isthmus.study import (
    alignment,
    border,
    corridors,
    ensemble,
    evidence,
    exposure,
    horizon,
    levers,
    network,
    outcomes,
    pace,
    plans,
    prices,
    programme,
    relations,
    tracking,
    trade,
    value,
    worlds,
)
from isthmus.study.station import Station

STATIONS: tuple[Station[Any], ...] = (
    plans.STATION,
    alignment.STATION,
    network.STATION,
    border.STATION,
    prices.STATION,
    relations.STATION,
    pace.STATION,
    corridors.STATION,
    ensemble.STATION,
    levers.STATION,
    value.STATION,
    horizon.STATION,
    trade.STATION,
    exposure.STATION,
    outcomes.STATION,
    programme.STATION,
    worlds.STATION,
    tracking.STATION,
    evidence.STATION,
)
"""The flow, top to bottom."""
