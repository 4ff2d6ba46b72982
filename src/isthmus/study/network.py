"""What crossing costs on the study's network, measured before the border is priced, so that the border takes it from here."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Annotated

from isthmus.border.pair import BorderInput
from isthmus.corridors.ledger import REPLACED, Cell, Crossing, entries, priced, taken_out
from isthmus.corridors.network import Dwell
from isthmus.study.columns import Exporter, Importer, Sector
from isthmus.study.freight import FREIGHT_FIELDS, freight_of, measured
from isthmus.study.section import Help, Section, Table, key, measure, table
from isthmus.study.station import Findings, Station, Work
from isthmus.study.study import Study

DAY = "time_cost_"
"""What the names of the border's parameters begin with that hold the cost of a day."""

Found = dict[Dwell, dict[Cell, Crossing]]
"""What was measured, by end of the ranges and cell."""


@dataclass(frozen=True)
class CrossingRow:
    """What the goods of one sector pay in one direction on the network."""

    sector: Sector
    exporter: Exporter
    importer: Importer
    end: Annotated[str, key("low, central or high end of the ranges of the network")]
    distance: Annotated[
        float, measure("1", "freight beyond an ordinary haul at home if nothing were full, of the value")
    ]
    detours: Annotated[float, measure("1", "what full ways add to freight, of the value")]
    scarcity: Annotated[float, measure("1", "what full ways take beyond their cost, of the value")]
    gauge: Annotated[float, measure("1", "money at changes of gauge, of the value")]
    terminals: Annotated[float, measure("1", "money at ports and other terminals, of the value")]
    border_days: Annotated[float, measure("days", "at borders and changes of gauge")]
    way_days: Annotated[float, measure("days", "on the rest of the way, beyond an ordinary haul at home")]


@dataclass(frozen=True)
class ReplacedRow:
    """What a component costs in one sector and direction by the ledger and by the network, time as that of the journey."""

    sector: Sector
    exporter: Exporter
    importer: Importer
    component: Annotated[str, key("freight, time or transhipment")]
    ledger_low: Annotated[float, measure("1", "ledger: low, of the value")]
    ledger: Annotated[float, measure("1", "ledger: central, of the value")]
    ledger_high: Annotated[float, measure("1", "ledger: high, of the value")]
    network_low: Annotated[float, measure("1", "network: low end of its ranges, of the value")]
    network: Annotated[float, measure("1", "network: central, of the value")]
    network_high: Annotated[float, measure("1", "network: high end, of the value")]


@dataclass(frozen=True, kw_only=True)
class NetworkSection(Section):
    """What every sector pays in each direction today."""

    name: Annotated[str, Help("name of the network")]
    year: Annotated[int, Help("year of the trade that is put on it")]
    crossings: Annotated[Table[CrossingRow], Help("what each sector pays in each direction", at="year")]
    replaced: Annotated[Table[ReplacedRow], Help("what the ledger said of the same cells", at="year")]


def compute(study: Study, _: Findings, __: Work) -> NetworkSection:
    """Put today's trade on the network and say what it pays."""
    freight = freight_of(study)
    rows = [
        CrossingRow(*cell, end, **vars(crossing))
        for end, found in measured(freight).items()
        for cell, crossing in found.items()
    ]
    section = NetworkSection(
        name=freight.given.name, year=freight.year, crossings=table(CrossingRow, rows), replaced=table(ReplacedRow)
    )
    return replace(section, replaced=table(ReplacedRow, _replaced(study, section)))


def _replaced(study: Study, section: NetworkSection) -> Iterator[ReplacedRow]:
    """Yield both sides of every cell and component that the network takes over."""
    for given in study.borders:
        yield from _replaced_of(given, cells_of(section, given.partners), section)


def _replaced_of(given: BorderInput, found: Found, section: NetworkSection) -> Iterator[ReplacedRow]:
    """Yield the cells of one pair."""
    day_cost = {
        name.removeprefix(DAY): value for name, value in given.parameters.central().items() if name.startswith(DAY)
    }
    cells = list(found["central"])
    own = entries(found, given.profiles, section.name, section.year)
    sides = [priced(rows, given.profiles, day_cost, cells) for rows in (given.entries, own)]
    none = (0.0, 0.0, 0.0)
    for cell in cells:
        for component in REPLACED:
            yield ReplacedRow(*cell, str(component), *(x for side in sides for x in side.get((cell, component), none)))


def refine(study: Study, section: NetworkSection) -> Study:
    """Return the study with the network's costs in its wedge ledgers in the place of what they said of the same cells."""
    return replace(study, borders=tuple(_refined(given, section) for given in study.borders))


def _refined(given: BorderInput, section: NetworkSection) -> BorderInput:
    """Return what the border of one pair is computed from with the network's costs."""
    found = cells_of(section, given.partners)
    cells = list(found["central"])
    if not cells:
        return given
    kept = taken_out(given.entries, cells, given.profiles)
    source = f"corridor network {section.name}: cheapest ways of the trade of {section.year} within capacity"
    own = entries(found, given.profiles, source, section.year)
    told = f"freight, time and transhipment of {len(cells)} sectors and directions come from the network {section.name}"
    return replace(given, entries=(*kept, *own), notes=(*given.notes, told))


def cells_of(section: NetworkSection, partners: Sequence[str]) -> Found:
    """Return what was measured between these partners as records, by end of the ranges and cell."""
    found: Found = {"low": {}, "central": {}, "high": {}}
    for row in section.crossings.rows:
        if row.exporter not in partners or row.importer not in partners:
            continue
        numbers = {name: getattr(row, name) for name in Crossing.__dataclass_fields__}
        end: Dwell = "low" if row.end == "low" else "high" if row.end == "high" else "central"
        found[end][Cell(row.sector, row.exporter, row.importer)] = Crossing(**numbers)
    return found


STATION = Station(
    name="network",
    section=NetworkSection,
    reads=(*FREIGHT_FIELDS, "borders"),
    applies=lambda study: study.corridors is not None,
    compute=compute,
    refine=refine,
    internal=True,
)
