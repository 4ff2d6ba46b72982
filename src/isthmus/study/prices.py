"""The price list of the border: what one percent off each barrier is worth a year, to either partner and to all others."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

import numpy as np
import pandas as pd
import xarray as xr

from isthmus.border.wedge import Reach
from isthmus.core.provenance import Grade
from isthmus.economy.aggregate import Names
from isthmus.economy.baseline import Baseline
from isthmus.equilibrium.gradient import Gradient, gradient_of
from isthmus.equilibrium.prices import TARIFF, WHOLE, price_list
from isthmus.equilibrium.scenario import Scenario
from isthmus.equilibrium.solve import find, pose
from isthmus.study.border import BorderSection
from isthmus.study.border_tables import WedgePartRow
from isthmus.study.columns import Exporter, Importer, Sector
from isthmus.study.components import THIRD, third_weights
from isthmus.study.draws import DRAW_FIELDS, central_draw
from isthmus.study.headline import HEADLINE_FIELDS, TABLE, headline_world, price_year
from isthmus.study.section import Help, Section, Table, key, measure, note, table
from isthmus.study.station import Findings, Station, Work
from isthmus.study.study import Study
from isthmus.study.variants import CENTRAL, settings_around

BOTH = "both"
"""The two partners together."""
EVERY = "all"
"""All components together."""
APPLIED = f"{TARIFF}|applied"
"""The component and part of tariffs: rates as the world has them."""
MIDDLE = "central_run"
ENDS = ("low", MIDDLE, "high")
"""Ends of each wedge, as the columns of the border's table are named."""
KEYS = ["of", "exporter", "importer", "sector", "component"]
TOTALS = ["of", "exporter", "importer", "component"]

Of = Annotated[str, key("whose real income: a partner, `both` partners together, or `third` for all others together")]
LowMoney = Annotated[float, measure("million USD a year", "least over the settings and the ends of the wedge")]
CentralMoney = Annotated[float, measure("million USD a year", "at central values")]
HighMoney = Annotated[float, measure("million USD a year", "most over the settings and the ends of the wedge")]


@dataclass(frozen=True)
class PriceRow:
    """What one percent off one barrier is worth."""

    of: Of
    exporter: Exporter
    importer: Importer
    sector: Sector
    component: Annotated[str, key("cause of the cost")]
    part: Annotated[str, key("part of the component that has evidence of its own")]
    overhead: Annotated[float, measure("1", "what the part adds to the price, without what somebody receives")]
    low: LowMoney
    central: CentralMoney
    high: HighMoney
    reach: Annotated[str, note("who can change it: policy, natural or third_party")]
    grade: Annotated[str, note("measured, estimated, expert or assumed")]


@dataclass(frozen=True)
class PriceTotalRow:
    """What one percent off all barriers of one component in one direction is worth, within the reach of policy."""

    of: Of
    exporter: Exporter
    importer: Importer
    component: Annotated[str, key("cause of the cost, or `all` together")]
    low: LowMoney
    central: CentralMoney
    high: HighMoney


@dataclass(frozen=True, kw_only=True)
class PricesSection(Section):
    """What each barrier is worth."""

    partners: Annotated[tuple[str, ...], Help("partners in the order in which they are shown")]
    economy_names: Annotated[Names, Help("names of economies by code and language")]
    sector_names: Annotated[Names, Help("names of sectors by code and language")]
    year: Annotated[int, Help("year of the trade that is priced")]
    price_year: Annotated[int | None, Help("year of the prices that money is told in")]
    settings: Annotated[tuple[str, ...], Help("settings of the model that the ranges cover, KIND:CHOICE")]
    draws: Annotated[int, Help("draws over the wedge ledger that the ends of each wedge come from")]
    prices: Annotated[Table[PriceRow], Help("money a year for one percent off each barrier, dearest first", at="year")]
    price_totals: Annotated[
        Table[PriceTotalRow], Help("the same for all barriers of a component that policy can reach", at="year")
    ]


def compute(study: Study, findings: Findings, _: Work) -> PricesSection:
    """Take the gradient in a few settings of the model and price every part of the border with it (:eq:`price-list`)."""
    border, (world, year, moved) = findings[BorderSection], headline_world(study)
    barriers, settings = (
        _barriers(border.wedge_parts.rows, world),
        settings_around(study, world, moved, central_draw(study).parameters),
    )
    overheads = {end: _overheads(barriers, world, end) for end in ENDS}
    priced: dict[tuple[str, str], pd.DataFrame] = {}
    for name, (one, closure) in settings.items():
        gradients = _gradients(study, one, closure)
        priced |= {(name, end): _priced(study, one, gradients, overheads[end]) for end in ENDS}
    money = pd.DataFrame({where: frame["musd_per_pct"] for where, frame in priced.items()})
    return PricesSection(
        partners=study.partners,
        economy_names=study.economy_names,
        sector_names=study.sector_names,
        year=int(year) if year != TABLE else (world.table.year or 0 if world.table else 0),
        price_year=price_year(study),
        settings=tuple(settings),
        draws=border.draws,
        prices=table(PriceRow, _rows(money, priced[CENTRAL, MIDDLE]["overhead"], barriers)),
        price_totals=table(PriceTotalRow, _totals(money, barriers)),
    )


STATION = Station(
    name="prices",
    section=PricesSection,
    reads=(
        *dict.fromkeys((*DRAW_FIELDS, *HEADLINE_FIELDS)),
        *("borders", "partners", "economy_names", "sector_names", "trade_balance"),
    ),
    needs=(BorderSection,),
    applies=lambda study: bool(study.borders),
    compute=compute,
)


PartCell = tuple[str, str, str, str]
"""Exporter, importer, sector, and COMPONENT|PART."""

Barriers = Mapping[PartCell, WedgePartRow]


def _gradients(study: Study, world: Baseline, closure: str) -> list[Gradient]:
    """Return the gradient of each partner's real income, and of all others together, weighted by income."""
    state = find(pose(world, Scenario(trade_balance=closure)))
    one = np.eye(len(world.economies))
    weights = {partner: one[world.economies.index(partner)] for partner in study.partners}
    weights[THIRD] = third_weights(world, study.partners)
    return [gradient_of(state, label, of) for label, of in weights.items()]


def _barriers(rows: Sequence[WedgePartRow], world: Baseline) -> Barriers:
    """Return the parts of the border in the cells that the world has; tariffs are taken from the world itself."""
    return {
        (row.exporter, row.importer, row.sector, f"{row.component}|{row.part}"): row
        for row in rows
        if row.component != TARIFF
        and row.sector in world.sectors
        and {row.exporter, row.importer} <= {*world.economies}
    }


def _overheads(barriers: Barriers, world: Baseline, end: str) -> dict[str, xr.DataArray]:
    """Return what each part adds in every cell at one end, without what somebody receives; not a number where not priced."""
    found: dict[str, xr.DataArray] = {}
    sectors, economies = ({name: i for i, name in enumerate(names)} for names in (world.sectors, world.economies))
    for (exporter, importer, sector, name), row in barriers.items():
        cube = found.get(name)
        if cube is None:
            cube = found[name] = xr.full_like(world.trade_share, np.nan)
        added = getattr(row, end) * (1 - row.rent_share)
        cube.values[sectors[sector], economies[exporter], economies[importer]] = added
    return found


def _priced(
    study: Study, world: Baseline, gradients: Sequence[Gradient], overheads: Mapping[str, xr.DataArray]
) -> pd.DataFrame:
    """Return the price list of both directions by `KEYS`, with both partners together."""
    pairs = [(a, b) for a in study.partners for b in study.partners if a != b]
    frame = price_list(gradients, pairs, overheads, tariff_factor=world.tariff_factor).dropna()
    frame = frame[frame["component"] != WHOLE].replace({"component": {TARIFF: APPLIED}})
    own = frame[frame["of"].isin(study.partners)]
    both = own.groupby(KEYS[1:], as_index=False).agg({"overhead": "first", "musd_per_pct": "sum"}).assign(of=BOTH)
    return pd.concat([frame, both]).set_index(KEYS).sort_index()


def _rows(money: pd.DataFrame, overhead: "pd.Series[float]", barriers: Barriers) -> Iterator[PriceRow]:
    """Yield every barrier, the dearest first."""
    spans = _spans(money).assign(overhead=overhead).sort_values("central", ascending=False, kind="stable").reset_index()
    for of, exporter, importer, sector, name, low, central, high, size in spans.itertuples(index=False):
        known = barriers.get((exporter, importer, sector, name))
        reach, grade = (known.reach, known.grade) if known else (str(Reach.POLICY), str(Grade.MEASURED))
        component, part = name.split("|")
        yield PriceRow(of, exporter, importer, sector, component, part, size, low, central, high, reach, grade)


def _totals(money: pd.DataFrame, barriers: Barriers) -> Iterator[PriceTotalRow]:
    """Yield sums of what policy can reach, made in each setting and at each end before the least and most are taken."""
    reachable = [
        name == APPLIED or barriers[exporter, importer, sector, name].reach == Reach.POLICY
        for _, exporter, importer, sector, name in money.index
    ]
    within = money[reachable].rename(index=lambda name: str(name).partition("|")[0], level="component")
    by_component = within.groupby(level=TOTALS).sum()
    every = pd.concat({EVERY: by_component.groupby(level=TOTALS[:-1]).sum()}, names=TOTALS[-1:]).reorder_levels(TOTALS)
    for of, exporter, importer, component, *span in (
        _spans(pd.concat([every, by_component])).reset_index().itertuples(index=False)
    ):
        yield PriceTotalRow(of, exporter, importer, component, *span)


def _spans(money: pd.DataFrame) -> pd.DataFrame:
    """Return least, central and most over all settings and ends."""
    return pd.DataFrame(
        {"low": money.min(axis=1), "central": money[CENTRAL, MIDDLE], "high": money.max(axis=1)}, index=money.index
    )
