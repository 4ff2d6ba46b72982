"""What the network measures takes the place of the wedge ledger's own rows, cell by cell, so that nothing counts twice.

Freight, time and transhipment of a sector and direction come either from the network or from the ledger, never from both.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from isthmus.border.itemise import Entry, SectorProfile, Unit
from isthmus.border.procedures import money_cost, time_cost
from isthmus.border.wedge import Component, Reach, TimeBase
from isthmus.core.labels import EVERY
from isthmus.core.provenance import Grade, Status
from isthmus.corridors.network import Dwell, Kind, Network
from isthmus.corridors.volume import Mix
from isthmus.corridors.wedge import Passage, Way, sector_passages

REPLACED = (Component.FREIGHT, Component.TIME, Component.TRANSHIPMENT)
ENDS: tuple[Dwell, ...] = ("low", "central", "high")
OWNERS = "owners"
"""Recipient of scarcity prices in the ledger: the owners of full ways, whom the corridors station names."""


class Cell(NamedTuple):
    """A sector in a direction."""

    sector: str
    exporter: str
    importer: str


@dataclass(frozen=True, kw_only=True)
class Crossing:
    """What the goods of one sector pay in one direction, as fractions of the value; time in days.

    Attributes
    ----------
    distance
        Freight beyond an ordinary haul at home, if nothing on the way were full.
    detours
        What full ways add to freight because goods take dearer ones.
    scarcity
        What full ways take beyond their cost.
    gauge, terminals
        Money at changes of gauge, and at ports and other terminals.
    border_days, way_days
        At borders and changes of gauge; on the rest of the way beyond an ordinary haul at home.
    """

    distance: float
    detours: float
    scarcity: float
    gauge: float
    terminals: float
    border_days: float
    way_days: float


class _Line(NamedTuple):
    """How a field of `Crossing` enters the ledger."""

    field: str
    component: Component
    part: str
    base: TimeBase | None
    unit: Unit
    reach: Reach
    rent: float


_LINES = (
    _Line("distance", Component.FREIGHT, "distance", None, Unit.USD_PER_TONNE, Reach.NATURAL, 0.0),
    _Line("detours", Component.FREIGHT, "detours", None, Unit.USD_PER_TONNE, Reach.POLICY, 0.0),
    _Line("scarcity", Component.FREIGHT, "full ways", None, Unit.USD_PER_TONNE, Reach.POLICY, 1.0),
    _Line("gauge", Component.TRANSHIPMENT, "gauge change", None, Unit.USD_PER_TONNE, Reach.POLICY, 0.0),
    _Line("terminals", Component.TRANSHIPMENT, "terminals", None, Unit.USD_PER_TONNE, Reach.NATURAL, 0.0),
    _Line("border_days", Component.TIME, "border", None, Unit.DAYS, Reach.POLICY, 0.0),
    _Line("way_days", Component.TIME, "journey", TimeBase.JOURNEY, Unit.DAYS, Reach.NATURAL, 0.0),
)


def crossings(
    network: Network, passed: Mapping[Way, Passage], free: Mapping[Way, Passage], mixes: Sequence[Mix]
) -> dict[Cell, Crossing]:
    """Return what each sector pays in each direction (:eq:`corridor-wedge`).

    Parameters
    ----------
    passed, free
        What carriers pay on the network, and what they would pay if nothing were full, in one year.
    """
    usual = {c.like or c.id: (c.domestic_cost, c.domestic_hours) for c in network.carriers}
    sums: dict[Cell, dict[str, float]] = {}
    for sector, way, mix, passage in sector_passages(passed, mixes):
        cost, hours = usual[way[0]]
        freight, open_freight = (p.component(Component.FREIGHT) for p in (passage, free.get(way, passage)))
        detours = max(freight - open_freight, 0.0)
        usd = {
            "distance": max(freight - detours - cost, 0.0),
            "detours": detours,
            "scarcity": passage.scarcity(),
            "gauge": passage.money.get(Kind.GAUGE, 0.0),
            "terminals": passage.money.get(Kind.TRANSFER, 0.0),
        }
        found = {name: x / mix.usd_per_unit for name, x in usd.items()}
        found |= {"border_days": passage.hours[0] / 24, "way_days": max(passage.hours[1] - hours, 0.0) / 24}
        total = sums.setdefault(Cell(sector, way[1], way[2]), dict.fromkeys((*found, "share"), 0.0))
        for name, x in found.items():
            total[name] += mix.share * x
        total["share"] += mix.share
    return {
        cell: Crossing(**{name: x / total["share"] for name, x in total.items() if name != "share"})
        for cell, total in sums.items()
    }


def entries(
    found: Mapping[Dwell, Mapping[Cell, Crossing]], profiles: Mapping[str, SectorProfile], source: str, year: int
) -> tuple[Entry, ...]:
    """Return ledger rows of what the network measured: low, central and high from the runs at each end of its ranges."""
    rows = []
    for cell in found["central"]:
        density = profiles[cell.sector].value_density
        for line in _LINES:
            unit = density if line.unit == Unit.USD_PER_TONNE else 1.0
            three = sorted(getattr(found[end].get(cell, found["central"][cell]), line.field) * unit for end in ENDS)
            central = getattr(found["central"][cell], line.field) * unit
            rows.append(
                Entry(
                    id=f"corridor:{line.component}:{line.part}:{':'.join(cell)}", component=line.component,
                    part=line.part, sectors=(cell.sector,), exporter=cell.exporter, importer=cell.importer,
                    unit=line.unit, low=three[0], central=central, high=three[2], grade=Grade.ESTIMATED,
                    reach=line.reach, source=source, base=line.base, rent_share=line.rent,
                    recipient=OWNERS if line.rent else "", year=year, status=Status.ASSUMED,
                )
            )  # fmt: skip
    return tuple(rows)


def taken_out(
    given: Sequence[Entry], cells: Sequence[Cell], profiles: Mapping[str, SectorProfile]
) -> tuple[Entry, ...]:
    """Return a ledger without rows of freight, time and transhipment in these cells; a row for more keeps the rest."""
    kept = []
    by_direction: dict[tuple[str, str], set[str]] = {}
    for cell in cells:
        by_direction.setdefault((cell.exporter, cell.importer), set()).add(cell.sector)
        by_direction.setdefault((cell.importer, cell.exporter), set())
    for entry in given:
        if entry.component not in REPLACED:
            kept.append(entry)
            continue
        for pair, gone in _by_direction(entry, by_direction).items():
            left = tuple(s for s in _sectors(entry, profiles) if s not in gone)
            if left:
                narrowed = EVERY in (entry.exporter, entry.importer)
                name = f"{entry.id}:{'>'.join(pair)}" if narrowed else entry.id
                kept.append(replace(entry, id=name, exporter=pair[0], importer=pair[1], sectors=left))
    return tuple(kept)


def priced(
    given: Sequence[Entry], profiles: Mapping[str, SectorProfile], day_cost: Mapping[str, float], cells: Sequence[Cell]
) -> dict[tuple[Cell, Component], tuple[float, float, float]]:
    """Return low, central and high of freight, time (the whole journey) and transhipment that ledger rows amount to.

    Parameters
    ----------
    day_cost
        Cost of a day as a fraction of the value by class of sectors.
    """
    found: dict[tuple[Cell, Component], tuple[float, float, float]] = {}
    for entry in given:
        if entry.component not in REPLACED or entry.unit not in (Unit.DAYS, Unit.USD_PER_TONNE, Unit.FRACTION):
            continue
        for cell in cells:
            meets = entry.exporter in (EVERY, cell.exporter) and entry.importer in (EVERY, cell.importer)
            if not meets or cell.sector not in _sectors(entry, profiles):
                continue
            profile, key = profiles[cell.sector], (cell, entry.component)
            before = found.get(key, (0.0, 0.0, 0.0))
            amounts = (_fraction(entry, x, profile, day_cost) for x in (entry.low, entry.central, entry.high))
            low, central, high = (b + x for b, x in zip(before, amounts, strict=True))
            found[key] = low, central, high
    return found


def _fraction(entry: Entry, amount: float, profile: SectorProfile, day_cost: Mapping[str, float]) -> float:
    if entry.unit == Unit.DAYS:
        return float(time_cost(amount, day_cost[profile.time_class]))
    if entry.unit == Unit.USD_PER_TONNE:
        return float(money_cost(amount, profile.value_density))
    return amount


def _by_direction(entry: Entry, gone: Mapping[tuple[str, str], set[str]]) -> dict[tuple[str, str], set[str]]:
    """Return the directions of a row with the sectors that go; a row that meets none keeps its own labels."""
    met = {
        pair: sectors
        for pair, sectors in gone.items()
        if entry.exporter in (EVERY, pair[0]) and entry.importer in (EVERY, pair[1])
    }
    return met or {(entry.exporter, entry.importer): set()}


def _sectors(entry: Entry, profiles: Mapping[str, SectorProfile]) -> tuple[str, ...]:
    """Return the sectors a row speaks of, by code."""
    return tuple(
        name for name, profile in profiles.items() if {EVERY, name, profile.group, profile.kind} & set(entry.sectors)
    )
