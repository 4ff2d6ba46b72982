"""From the ledger to wedges: each entry is priced by sector and direction, at central values and over the draws.

An entry is evidence in the unit in which it was published (days, USD a tonne, a trade effect). Pricing turns it into a
fraction of value with what is known of the sector: its value a tonne, what a day costs it, and how far the two sides'
standards differ. One draw moves an entry in all sectors at once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple

import numpy as np

from isthmus.border.procedures import money_cost, time_cost, trade_effect_cost
from isthmus.border.spread import ranges
from isthmus.border.wedge import Component, Reach, TimeBase, Wedge
from isthmus.core.axes import Array
from isthmus.core.errors import BadInputError
from isthmus.core.labels import EVERY
from isthmus.core.provenance import Grade, Ledger, Parameter, Status

DRAWS, SEED = 400, 20260101


class Unit(StrEnum):
    """Units in which ledger entries are published."""

    FRACTION = "fraction"
    DAYS = "days"
    USD_PER_TONNE = "usd_per_tonne"
    TRADE_EFFECT = "trade_effect"
    MISMATCH = "per_mismatch"
    PROTOCOL_MISMATCH = "per_protocol_mismatch"


@dataclass(frozen=True)
class Entry:
    """One row of a wedge ledger.

    Attributes
    ----------
    id
        Unique within the ledger.
    component, part
        The cause, and the part of it that this evidence speaks of.
    sectors
        Codes, groups of the sector table, kinds (goods, services) or ``*``.
    exporter, importer
        Code or ``*``.
    base
        Time base under which the entry counts; None under both.
    unit, low, central, high
        The evidence in its own unit. ``per_mismatch`` is the wedge of fully incompatible standards,
        ``per_protocol_mismatch`` that of R&D protocols that do not fit at all.
    grade, reach, rent_share, recipient, year, source, address, status, note
        As in `Wedge`.
    """

    id: str
    component: Component
    part: str
    sectors: tuple[str, ...]
    exporter: str
    importer: str
    unit: Unit
    low: float
    central: float
    high: float
    grade: Grade
    reach: Reach
    source: str
    base: TimeBase | None = None
    rent_share: float = 0.0
    recipient: str = ""
    year: int | None = None
    address: str = ""
    status: Status = Status.QUOTED
    note: str = ""

    def parameter(self) -> Parameter:
        """Return the entry as a ledger parameter, so that it is drawn like every other assumption."""
        return Parameter(
            f"wedge:{self.id}", f"{self.component} ({self.part})", self.unit, self.central, self.low, self.high,
            self.source, self.status, self.year, note=self.note,
        )  # fmt: skip


@dataclass(frozen=True)
class SectorProfile:
    """What pricing needs to know of a sector: its group, value in USD a tonne, and class of time cost."""

    sector: str
    group: str
    kind: str
    value_density: float
    time_class: str
    source: str = ""


class Direction(NamedTuple):
    """One direction of trade between the two partners."""

    exporter: str
    importer: str


@dataclass(frozen=True)
class Conditions:
    """What the pair's data say, by sector: tariffs by direction, mismatch of standards and protocols.

    Attributes
    ----------
    tariffs
        Rates (sector, direction) as fractions.
    mismatch
        1 - compatibility index of standards (sector, 1 + draws), the central value first.
    protocol_mismatch
        1 - index of R&D protocols (1 + draws).
    tariff_source
        Where the tariffs come from.
    tariff_year
        Year of the tariffs, if one.
    """

    tariffs: Array
    mismatch: Array
    protocol_mismatch: Array
    tariff_source: str
    tariff_year: int | None = None


@dataclass(frozen=True)
class Itemised:
    """Wedges of one pair under one time base.

    Attributes
    ----------
    values
        Fractions of value (part, sector, direction, 1 + draws); position `CENTRAL` holds the run at central values.
    parts
        Component and part of each row of `values`, every component present.
    sectors, directions
        Labels of the other axes.
    reach, rent_share
        Of each part.
    wedges
        The same as records with provenance; zeros included.
    base
        The time base.
    """

    values: Array
    parts: tuple[tuple[Component, str], ...]
    sectors: tuple[str, ...]
    directions: tuple[Direction, ...]
    reach: tuple[Reach, ...]
    rent_share: Array
    wedges: tuple[Wedge, ...] = field(repr=False)
    base: TimeBase = TimeBase.BORDER


def itemise(
    entries: Sequence[Entry],
    profiles: Mapping[str, SectorProfile],
    parameters: Ledger,
    sectors: Sequence[str],
    directions: Sequence[Direction],
    conditions: Conditions,
    base: TimeBase,
    draws: int = DRAWS,
    beside: Sequence[Entry] = (),
) -> Itemised:
    """Price a wedge ledger for one pair.

    Parameters
    ----------
    entries
        The ledger; entries of other pairs are passed over.
    profiles
        Sector table by code.
    parameters
        Ledger with ``value_density_scale``, ``aggregate_elasticity`` and ``time_cost_CLASS`` for every class of the
        sector table.
    sectors, directions
        Labels, in the order of the result.
    conditions
        Tariffs and mismatch.
    base
        Time base: entries of the other base do not count.
    beside
        Entries of other pairs that are drawn at once with these, so that pairs can be added up draw by draw.

    Raises
    ------
    BadInputError
        If a sector has no profile, an entry names an unknown sector, or two entries price the same part of a cell.
    """
    chosen = [e for e in entries if e.base in (None, base) and any(_meets(e, d) for d in directions)]
    others = [e for e in beside if e.base in (None, base)]
    drawn = drawn_parameters(_with_entries(parameters, [*others, *chosen]), draws)
    parts = _parts(chosen)
    values = np.zeros((len(parts), len(sectors), len(directions), draws + 1))
    origin: dict[tuple[int, int, int], Entry] = {}
    values[0] = conditions.tariffs[:, :, None]
    position = {key: i for i, key in enumerate(parts)}
    for entry in chosen:
        p = position[entry.component, entry.part]
        for s in _sector_positions(entry, sectors, profiles):
            priced = _price(entry, sectors[s], s, profiles, drawn, conditions)
            for d, direction in enumerate(directions):
                if not _meets(entry, direction):
                    continue
                if (p, s, d) in origin:
                    raise BadInputError(
                        f"wedge ledger, row {entry.id}",
                        f"prices the same part of a cell as row {origin[p, s, d].id} ({sectors[s]})",
                        allowed="one row for each component, part, sector, direction and time base",
                        remedy="narrow the sectors of one row, or name its part differently",
                    )
                origin[p, s, d] = entry
                values[p, s, d] = priced
    reach, rent = _reach_and_rent(parts, chosen)
    records = _records(values, parts, sectors, directions, origin, conditions)
    return Itemised(values, parts, tuple(sectors), tuple(directions), reach, rent, records, base)


def by_component(itemised: Itemised, reach: Reach | None = None, *, burnt: bool = False) -> Array:
    """Return parts composed to components (component, sector, direction, 1 + draws), in the order of `Component`.

    With `reach` only the parts of that reach count; a component without such parts is 0. With `burnt` each part counts
    without what somebody receives (its rent share): only what uses up resources, which is what a removal saves.
    """
    result = np.zeros((len(Component), *itemised.values.shape[1:]))
    values = itemised.values
    if burnt:
        values = values * (1.0 - itemised.rent_share)[:, None, None, None]
    chosen = [(name, i) for i, (name, _) in enumerate(itemised.parts) if reach in (None, itemised.reach[i])]
    for c, component in enumerate(Component):
        rows = [i for name, i in chosen if name == component]
        one = len(rows) == 1
        result[c] = values[rows[0]] if one else np.prod(1.0 + values[rows], axis=0) - 1.0
    return result


def _meets(entry: Entry, direction: Direction) -> bool:
    return entry.exporter in (EVERY, direction.exporter) and entry.importer in (EVERY, direction.importer)


def _parts(entries: Sequence[Entry]) -> tuple[tuple[Component, str], ...]:
    """List parts by component; a component without entries is present with an empty part, so that zeros show."""
    parts: list[tuple[Component, str]] = []
    for component in Component:
        names = list(dict.fromkeys(e.part for e in entries if e.component == component))
        if component == Component.TARIFF:
            names = ["applied"]
        parts.extend((component, name) for name in names or [""])
    return tuple(parts)


def _sector_positions(entry: Entry, sectors: Sequence[str], profiles: Mapping[str, SectorProfile]) -> list[int]:
    known = {label for p in profiles.values() for label in (p.sector, p.group, p.kind)} | {EVERY}
    for label in entry.sectors:
        if label not in known:
            raise BadInputError(
                f"wedge ledger, row {entry.id}",
                f"unknown sector {label!r}",
                allowed=", ".join(sorted(known)),
                remedy="correct the label or add it to the sector table",
            )
    wanted = set(entry.sectors)
    return [
        i
        for i, name in enumerate(sectors)
        if EVERY in wanted or wanted & {name, profiles[name].group, profiles[name].kind}
    ]


def drawn_parameters(ledger: Ledger, draws: int = DRAWS) -> dict[str, Array]:
    """Return every parameter of a ledger as an array of its central value and its draws (1 + draws)."""
    table, middle = ledger.draws(draws, SEED), ledger.central()
    return {name: np.array([middle[name], *(row[name] for row in table)]) for name in ledger.parameters}


def _with_entries(parameters: Ledger, entries: Sequence[Entry]) -> Ledger:
    """Return the parameters together with the ledger's entries, so that both are drawn at once."""
    return Ledger({**parameters.parameters, **{e.parameter().name: e.parameter() for e in entries}})


def _price(
    entry: Entry,
    sector: str,
    position: int,
    profiles: Mapping[str, SectorProfile],
    drawn: Mapping[str, Array],
    conditions: Conditions,
) -> Array:
    """Return an entry as fractions of value in one sector (1 + draws)."""
    amount, profile = drawn[f"wedge:{entry.id}"], profiles[sector]
    match entry.unit:
        case Unit.DAYS:
            return time_cost(amount, drawn[f"time_cost_{profile.time_class}"])
        case Unit.USD_PER_TONNE:
            return money_cost(amount, profile.value_density * drawn["value_density_scale"])
        case Unit.TRADE_EFFECT:
            return trade_effect_cost(amount, drawn["aggregate_elasticity"])
        case Unit.MISMATCH:
            scaled: Array = amount * conditions.mismatch[position]
            return scaled
        case Unit.PROTOCOL_MISMATCH:
            product: Array = amount * conditions.protocol_mismatch
            return product
    return amount


def _reach_and_rent(
    parts: Sequence[tuple[Component, str]], entries: Sequence[Entry]
) -> tuple[tuple[Reach, ...], Array]:
    """Return who can change each part and how much of it is received; one part has one reach and one rent share."""
    reach, rent = [], []
    for component, part in parts:
        found = [e for e in entries if (e.component, e.part) == (component, part)]
        if len({(e.reach, e.rent_share) for e in found}) > 1:
            raise BadInputError(
                f"wedge ledger, {component} ({part})",
                "rows differ in reach or rent share",
                allowed="one reach and one rent share for each part",
                remedy="name the parts differently",
            )
        reach.append(found[0].reach if found else _USUAL_REACH.get(component, Reach.POLICY))
        rent.append(1.0 if component == Component.TARIFF else found[0].rent_share if found else 0.0)
    return tuple(reach), np.array(rent)


_USUAL_REACH = {Component.THIRD_PARTY: Reach.THIRD_PARTY}


def _records(
    values: Array,
    parts: Sequence[tuple[Component, str]],
    sectors: Sequence[str],
    directions: Sequence[Direction],
    origin: Mapping[tuple[int, int, int], Entry],
    conditions: Conditions,
) -> tuple[Wedge, ...]:
    """Make a record of every part, sector and direction; a cell without an entry is a zero that says so."""
    spread = ranges(values)
    records = []
    for p, (component, part) in enumerate(parts):
        for s, sector in enumerate(sectors):
            for d, direction in enumerate(directions):
                four = (float(array[p, s, d]) for array in spread)
                entry = origin.get((p, s, d))
                records.append(_record(component, part, sector, direction, tuple(four), entry, conditions))
    return tuple(records)


def _record(
    component: Component,
    part: str,
    sector: str,
    direction: Direction,
    four: tuple[float, ...],
    entry: Entry | None,
    conditions: Conditions,
) -> Wedge:
    place: dict[str, Any] = {"component": component, "part": part, "sector": sector, **direction._asdict()}
    place |= dict(zip(("low", "central", "high", "central_run"), four, strict=True))
    if entry is not None:
        return Wedge(
            **place, grade=entry.grade, source=entry.source, reach=entry.reach, year=entry.year,
            rent_share=entry.rent_share, recipient=entry.recipient, address=entry.address, status=entry.status, note=entry.note,
        )  # fmt: skip
    if component == Component.TARIFF:
        return Wedge(
            **place, grade=Grade.MEASURED, source=conditions.tariff_source, reach=Reach.POLICY,
            year=conditions.tariff_year, rent_share=1.0, recipient="importer", status=Status.VERIFIED,
        )  # fmt: skip
    return Wedge(
        **place, grade=Grade.ASSUMED, source="no entry in the ledger: zero",
        reach=_USUAL_REACH.get(component, Reach.POLICY), status=Status.ASSUMED,
    )  # fmt: skip
