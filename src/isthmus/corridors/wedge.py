"""From flows back to what crossing costs by sector and direction.

The solved flows say what each carrier pays on its ways; as fractions of the value carried that becomes wedges, and rents
with a recipient (:eq:`corridor-wedge`).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import pandas as pd

from isthmus.border.wedge import Component, TimeBase
from isthmus.corridors.flow import Flows, families
from isthmus.corridors.network import Kind
from isthmus.corridors.routes import Hop, Route, hops
from isthmus.corridors.volume import Mix, mixes_of

COMPONENT_OF = {
    Kind.LINE: Component.FREIGHT,
    Kind.SEA: Component.FREIGHT,
    Kind.PIPE: Component.FREIGHT,
    Kind.WIRE: Component.FREIGHT,
    Kind.GAUGE: Component.TRANSHIPMENT,
    Kind.TRANSFER: Component.TRANSHIPMENT,
    Kind.BORDER: Component.PROCEDURES,
}
"""Component that the money paid on an arc belongs to; its hours are time."""
COMPONENTS = (Component.FREIGHT, Component.TIME, Component.TRANSHIPMENT, Component.PROCEDURES)
MONEY = (Component.FREIGHT, Component.TRANSHIPMENT, Component.PROCEDURES)
"""Components that are paid in money."""
SCARCITY, FEE = "scarcity", "fee"
_FULL = 1e-6
_AT_THE_BORDER = (Kind.BORDER, Kind.GAUGE)

Way = tuple[str, str, str, int]
"""Carrier, exporter, importer, year; a copy of a carrier counts as the carrier."""


@dataclass(frozen=True)
class Passage:
    """What a unit of a carrier pays that arrives from one economy in another, mean over the ways taken.

    Attributes
    ----------
    money
        USD by kind of arc.
    hours
        Hours at borders and changes of gauge, and on the rest of the way.
    time_share
        What these hours cost as fractions of the value, with the carrier's own cost of a day.
    paid
        USD by ``scarcity`` or ``fee`` and recipient; a fee is a part of `money`, a scarcity price comes on top.
    delivered
        Units.
    """

    money: Mapping[Kind, float] = field(default_factory=dict)
    hours: tuple[float, float] = (0.0, 0.0)
    time_share: tuple[float, float] = (0.0, 0.0)
    paid: Mapping[tuple[str, str], float] = field(default_factory=dict)
    delivered: float = 0.0

    def component(self, component: Component) -> float:
        """Return the USD of a component other than time."""
        return sum(usd for kind, usd in self.money.items() if COMPONENT_OF[kind] == component)

    def scarcity(self) -> float:
        """Return what full arcs take from a unit, USD."""
        return sum(usd for (kind, _), usd in self.paid.items() if kind == SCARCITY)


def passages(flows: Flows, found: Sequence[Route]) -> dict[Way, Passage]:
    """Return what every carrier pays between every two economies, means over the routes taken."""
    sums: dict[Way, _Sum] = {}
    for route in found:
        key = _way(flows, route)
        if key[1] != key[2]:
            sums.setdefault(key, _Sum()).add(route, _shared(flows, route, list(hops(flows, route))))
    time_value = {c.like or c.id: c.time_value for c in flows.network.carriers}
    return {key: total.mean(time_value[key[0]]) for key, total in sums.items()}


def wedges(
    passed: Mapping[Way, Passage], mixes: Sequence[Mix], base: TimeBase, benchmark: Mapping[str, float] | None = None
) -> pd.DataFrame:
    """Return what crossing adds by component, sector, exporter, importer and year, as fractions of the value.

    Parameters
    ----------
    passed
        What each carrier pays, from `passages`.
    mixes
        As in `volumes`.
    base
        Whether hours of the whole journey count, or those at borders and changes of gauge alone.
    benchmark
        USD a unit of each carrier that an ordinary domestic haul costs; freight is what lies above it.
    """
    rows = []
    for sector, (carrier, *pair, year), mix, passage in sector_passages(passed, mixes):
        usual = (benchmark or {}).get(carrier, 0.0)
        parts: dict[Component, float] = {c: passage.component(c) / mix.usd_per_unit for c in COMPONENTS if c in MONEY}
        parts[Component.FREIGHT] = max(passage.component(Component.FREIGHT) - usual, 0.0) / mix.usd_per_unit
        parts[Component.TIME] = passage.time_share[0] + passage.time_share[1] * (base == TimeBase.JOURNEY)
        rows += [(str(c), sector, *pair, year, mix.share, parts[c]) for c in COMPONENTS]
    names = ["component", "sector", "exporter", "importer", "year", "share", "value"]
    frame = pd.DataFrame(rows, columns=names)
    frame["weighted"] = frame["share"] * frame["value"]
    summed = frame.groupby(names[:5], sort=False, as_index=False)[["weighted", "share"]].sum()
    return summed.assign(value=summed["weighted"] / summed["share"]).drop(columns="weighted")


def rents(passed: Mapping[Way, Passage], mixes: Sequence[Mix]) -> pd.DataFrame:
    """Return scarcity rents and fees by recipient, sector, exporter, importer and year, as fractions of the value.

    They are paid beyond the resource cost in `wedges` (scarcity), or are a part of it (fee).
    """
    rows = [
        (kind, recipient, sector, *key[1:], mix.share * usd / mix.usd_per_unit)
        for sector, key, mix, passage in sector_passages(passed, mixes)
        for (kind, recipient), usd in passage.paid.items()
        if usd > 0
    ]
    names = ["kind", "recipient", "sector", "exporter", "importer", "year", "value"]
    return pd.DataFrame(rows, columns=names).groupby(names[:6], sort=False, as_index=False).sum()


def sector_passages(passed: Mapping[Way, Passage], mixes: Sequence[Mix]) -> Iterator[tuple[str, Way, Mix, Passage]]:
    """Yield each sector with the carriers that its goods go in where they pass."""
    for sector in dict.fromkeys(m.sector for m in mixes):
        for key, passage in passed.items():
            carrier, exporter, importer, _ = key
            for mix in mixes_of(mixes, sector, exporter, importer):
                if mix.carrier == carrier:
                    yield sector, key, mix, passage


def _way(flows: Flows, route: Route) -> Way:
    network = flows.network
    carrier = network.carriers[route.carrier]
    exporter, importer = (network.nodes[n].economy for n in (route.origin, route.destination))
    return carrier.like or carrier.id, exporter, importer, network.years[route.year]


def _shared(flows: Flows, route: Route, steps: list[Hop]) -> list[Hop]:
    """Share the scarcity price of full arcs in a row among them.

    Where the same load fills one arc after another, only the sum of their prices is known: room on one alone would bring
    nothing, and the program's own division is arbitrary.
    """
    family = families(flows.network).index(flows.network.carriers[route.carrier].family)
    capacity, use = flows.times.capacity[:, route.year], flows.utilisation.values[:, :, family, route.year]
    full = [capacity[a] if use[a, d] > 1 - _FULL else -1.0 - k for k, (a, d) in enumerate(route.hops)]
    shared, first = list(steps), 0
    for k in range(1, len(steps) + 1):
        if k < len(steps) and full[k] >= 0 and abs(full[k] - full[first]) <= _FULL * full[k]:
            continue
        if k > first + 1:
            mean = sum(step.scarcity for step in steps[first:k]) / (k - first)
            shared[first:k] = [replace(step, scarcity=mean) for step in steps[first:k]]
        first = k
    return shared


class _Sum:
    """Amounts over routes, before they are divided by what arrived."""

    def __init__(self) -> None:
        self._money: dict[Kind, float] = {}
        self._hours, self._kept_hours = [0.0, 0.0], [0.0, 0.0]
        self._paid: dict[tuple[str, str], float] = {}
        self._delivered = 0.0

    def add(self, route: Route, steps: Sequence[Hop]) -> None:
        """Add one route."""
        self._delivered += route.delivered
        for hop in steps:
            arc, place = hop.arc, int(hop.arc.kind not in _AT_THE_BORDER)
            self._money[arc.kind] = self._money.get(arc.kind, 0.0) + hop.money * route.sent
            self._hours[place] += hop.hours * route.delivered
            self._kept_hours[place] += hop.hours * hop.kept * route.sent
            for key, usd in (((SCARCITY, arc.owner), hop.scarcity), ((FEE, arc.fee_recipient), hop.fee)):
                self._paid[key] = self._paid.get(key, 0.0) + usd * route.sent

    def mean(self, per_day: float) -> Passage:
        """Return the mean of a unit delivered; `per_day` is what a day costs as a fraction of the value."""
        n = self._delivered
        return Passage(
            money={kind: usd / n for kind, usd in self._money.items()},
            hours=(self._hours[0] / n, self._hours[1] / n),
            time_share=(self._kept_hours[0] / n / 24 * per_day, self._kept_hours[1] / n / 24 * per_day),
            paid={key: usd / n for key, usd in self._paid.items()},
            delivered=n,
        )
