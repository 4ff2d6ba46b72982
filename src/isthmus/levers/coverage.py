"""Which costs of the border joint measures work on at all, whatever share of them they remove."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import product

from isthmus.border.overhead import WedgeCell
from isthmus.core.labels import positions
from isthmus.levers.lever import Channel, Lever

CAUSES: Mapping[Channel, str] = {Channel.DAYS: "time", Channel.TARIFF: "tariff"}
"""Component of the border that a channel works on; a wedge names its own, and an agreed volume of trade works on none."""


def worked_on(
    levers: Iterable[Lever], economies: Sequence[str], sectors: Sequence[str], groups: Mapping[str, Sequence[str]]
) -> tuple[WedgeCell, ...]:
    """Return the cells of the border that joint measures work on, each once and in order.

    Raises
    ------
    BadInputError
        If an effect names a label that the world does not have.
    """
    found: dict[WedgeCell, None] = {}
    for lever in levers:
        for effect in lever.effects if lever.joint else ():
            cause = effect.component or CAUSES.get(effect.channel, "")
            where = f"lever {lever.id}"
            for i, m, j in product(
                positions(effect.exporter, economies, where) if cause else (),
                positions(effect.importer, economies, where) if cause else (),
                positions(effect.sector, sectors, where, dict(groups)) if cause else (),
            ):
                found[cause, sectors[j], economies[i], economies[m]] = None
    return tuple(sorted(found))
