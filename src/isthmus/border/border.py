"""What the border between two economies costs, from every side: by cause, in all, beyond geography, and as claimed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import xarray as xr

from isthmus.border.basis import PairBasis, StrictExcess, claim_standing
from isthmus.border.bridge import bridge_table
from isthmus.border.frontier import Excess, excess, frontier_tests
from isthmus.border.head_ries import AllIn, OneWayTradeError, benchmark_pairs, elasticity_table, head_ries
from isthmus.border.itemise import (
    DRAWS,
    SEED,
    Conditions,
    Direction,
    Itemised,
    drawn_parameters,
    itemise,
)
from isthmus.border.newer import excess_by_trade
from isthmus.border.overhead import (
    Claim,
    Overhead,
    claim_test,
    direction_label,
    overhead,
    unexplained,
    verdict,
)
from isthmus.border.pair import BorderInput
from isthmus.border.standards import (
    Catalogue,
    Compatibility,
    Share,
    from_catalogues,
    from_shares,
    protocol_index,
    sector_mismatch,
)
from isthmus.border.tables import (
    burnt_draws,
    compatibility_table,
    component_table,
    group_table,
    part_table,
    protocol_table,
    rent_table,
    side_source,
    waterfall_table,
)
from isthmus.border.wedge import TimeBase
from isthmus.core.axes import Array
from isthmus.core.errors import BadInputError
from isthmus.core.provenance import Ledger, Parameter

SERVICES = "services"
"""Label under which the flow history holds all services together."""


@dataclass(frozen=True)
class Border:
    """The border of one pair: what it rests on, tables by name, and what later stations take as it was drawn.

    Attributes
    ----------
    draws
        By component and scope: what policy reaches and nobody receives (see `tables.burnt_draws`), one number a draw.
    priced, trade
        The wedges under the time base of the tables, and trade, (sector, direction).
    """

    basis: PairBasis
    tables: Mapping[str, pd.DataFrame]
    draws: Mapping[tuple[str, str], Array]
    priced: Itemised
    trade: Array


def border(given: BorderInput) -> Border:
    """Measure the border of a pair.

    Returns
    -------
    Border
        Tables wedges, wedge_parts, group_wedges, waterfall, bridge, rents, overhead, head_ries, benchmarks, excess, unexplained,
        compatibility, protocols and claims (fractions), and what they rest on.

    Raises
    ------
    BadInputError
        For unknown partners, sectors without profile, or a ledger that prices a cell twice.
    """
    _require_known(given)
    sectors, directions = given.world.sectors, _directions(given.partners)
    kinds = given.kinds
    trade = _pair_cells(given.trade.flows, sectors, directions)
    fit, protocols = _compatibility(given)
    conditions = _conditions(given, fit, protocols, directions)
    priced = {b: _priced(given, directions, conditions, b) for b in TimeBase}
    index = _all_in(given)
    drawn_index = _drawn_index(given, index, sectors)
    overheads = {b: overhead(item, kinds, trade, drawn_index, given.covered) for b, item in priced.items()}
    chosen = priced[given.base]
    tested = _claims(given.claims, list(overheads.values()))
    gap = _excess(given, index)
    sides = [side_source(side) for side in (given.standards.left, given.standards.right)]
    tables = {
        "wedges": component_table(chosen),
        "wedge_parts": part_table(chosen),
        "group_wedges": group_table(chosen, given.profiles, kinds, trade),
        "waterfall": waterfall_table(chosen, kinds, trade),
        "bridge": bridge_table(chosen, kinds, trade, given.covered),
        "rents": rent_table(chosen, kinds, trade),
        "overhead": overheads[given.base].table,
        "head_ries": _index_table(index),
        "head_ries_total": index.aggregate
        if index
        else pd.DataFrame(columns=["year", "basket", "value", "low", "high"]),
        "benchmarks": _benchmarks(given),
        "excess": gap.by_sector if gap else pd.DataFrame(columns=["year", "sector", "value", "low", "high"]),
        "excess_total": gap.aggregate if gap else pd.DataFrame(columns=["year", "basket", "value", "low", "high"]),
        "unexplained": unexplained(chosen, drawn_index),
        "compatibility": compatibility_table(fit, given.standards.field_names, sides),
        "protocols": protocol_table(given.standards.domains, protocols),
        "claims": tested,
        **_evidence(given, index, gap),
    }
    basis = _basis(given, tables, trade, directions, fit)
    return Border(basis, tables, burnt_draws(chosen, given.profiles, kinds, trade), chosen, trade)


def _require_known(given: BorderInput) -> None:
    a, b = given.partners
    labels = given.world.economies
    for name in (a, b):
        if name not in labels:
            raise BadInputError(
                "pair", f"unknown economy {name!r}", allowed=", ".join(labels), remedy="use a label of the world"
            )
    if a == b:
        raise BadInputError("pair", f"{a} twice", allowed="two different economies", remedy="name the partner")
    missing = [s for s in given.world.sectors if s not in given.profiles]
    if missing:
        raise BadInputError(
            "sector table",
            f"no row for sector {', '.join(missing)}",
            allowed=", ".join(given.profiles),
            remedy="give a sector table of this world with --sectors",
        )


def _directions(partners: tuple[str, str]) -> tuple[Direction, Direction]:
    a, b = partners
    return Direction(a, b), Direction(b, a)


def _pair_cells(array: xr.DataArray, sectors: Sequence[str], directions: Sequence[Direction]) -> Array:
    """Return the cells of both directions (sector, direction)."""
    columns = [array.sel(exporter=d.exporter, importer=d.importer, sector=list(sectors)).values for d in directions]
    return np.stack(columns, axis=1).astype(float)


def _compatibility(given: BorderInput) -> tuple[Compatibility, Array]:
    """Return the compatibility of standards and the index of protocols, over the draws."""
    s = given.standards
    domains = {
        f"protocol:{d.name}": Parameter(
            f"protocol:{d.name}", d.name, "fraction", d.central, d.low, d.high, d.source, d.status
        )
        for d in s.domains
    }
    drawn = drawn_parameters(Ledger({**given.parameters.parameters, **domains}))
    if isinstance(s.left, Catalogue) and isinstance(s.right, Catalogue):
        fit = from_catalogues(s.references, s.left, s.right, s.recognition, s.default_level, drawn)
    elif isinstance(s.left, Share) and isinstance(s.right, Share):
        fit = from_shares(list(s.field_names), s.left, s.right, s.recognition, s.default_level, drawn)
    else:
        raise BadInputError(
            "catalogues", "only one side has one", allowed="both or none", remedy="give the other side's catalogue"
        )
    return fit, protocol_index(s.domains, drawn)


def _conditions(
    given: BorderInput, fit: Compatibility, protocols: Array, directions: Sequence[Direction]
) -> Conditions:
    world = given.world
    return Conditions(
        tariffs=_pair_cells(world.tariff_rate, world.sectors, directions),
        mismatch=sector_mismatch(fit, given.standards.weights, world.sectors),
        protocol_mismatch=1.0 - protocols,
        tariff_source=f"tariffs of {world.name}",
        tariff_year=None,
    )


def _priced(given: BorderInput, directions: Sequence[Direction], conditions: Conditions, base: TimeBase) -> Itemised:
    return itemise(
        given.entries,
        given.profiles,
        given.parameters,
        given.world.sectors,
        directions,
        conditions,
        base,
        beside=given.beside,
    )


def _theta(given: BorderInput) -> pd.DataFrame:
    world = given.world
    services = list(dict.fromkeys([*world.sector_groups["services"], SERVICES]))
    source = given.elasticity or world.default_elasticity or str(world.elasticities["set"].values[0])
    return elasticity_table(world.elasticities, source, services, given.services_theta)


def _all_in(given: BorderInput) -> AllIn | None:
    """Return the all-in index, or None where there is no history or the pair trades one way only."""
    if given.history is None:
        return None
    try:
        return head_ries(given.history, given.partners, _theta(given))
    except OneWayTradeError:
        return None


def _drawn_index(given: BorderInput, index: AllIn | None, sectors: Sequence[str]) -> Array:
    """Return the index of the last year over the elasticity sets (sector, 1 + draws), NaN where it means nothing.

    One set serves all sectors of a draw, each set equally often; services lie evenly in their range.
    """
    result = np.full((len(sectors), DRAWS + 1), np.nan)
    if index is None:
        return result
    theta, last = _theta(given), index.by_sector[index.by_sector["year"] == index.by_sector["year"].max()]
    rows = last[(last["excluded"] == "") & ~last["one_way"]].set_index("sector")["log_ratio"]
    sets = [c for c in theta.columns if c not in ("central", "low", "high")]
    rng = np.random.default_rng(SEED)
    turn = rng.permutation(np.arange(DRAWS) % len(sets))
    place = rng.permutation((np.arange(DRAWS) + 0.5) / DRAWS)
    for i, sector in enumerate(sectors):
        label = sector if sector in rows.index else SERVICES if sector not in given.world.goods else ""
        if label not in rows.index:
            continue
        row = theta.loc[label]
        drawn = row[sets].to_numpy(dtype=float)[turn]
        if label == SERVICES:
            drawn = row["low"] + place * (row["high"] - row["low"])
        result[i] = np.expm1(-rows[label] / np.r_[row["central"], drawn])
    return result


def _evidence(given: BorderInput, index: AllIn | None, gap: Excess | None) -> dict[str, pd.DataFrame]:
    """Return what the excess rests on: its robustness, the fits behind it, and everything that was left out."""
    tables = {} if index is None else {"head_ries_excluded": index.excluded, "head_ries_by_set": index.by_set}
    if index is None or gap is None or given.estimates is None or given.geography is None:
        return tables
    fits = given.estimates
    last = [int(gap.by_sector["year"].max())]
    checks = frontier_tests(index, given.partners, fits, given.geography, given.groups, _theta(given), last)
    assert given.history is not None
    return {
        **tables,
        "excess_robustness": checks,
        "excess_newer": excess_by_trade(
            given.history, given.partners, fits, given.geography, given.groups, _theta(given), given.world, given.newer
        ),
        "gravity_coefficients": fits.coefficients,
        "gravity_fits": fits.fits,
        "gravity_dropped": fits.dropped,
    }


def _excess(given: BorderInput, index: AllIn | None) -> Excess | None:
    """Return the excess over the frontier, or None where the pair has no geography or no index."""
    if index is None or given.geography is None or given.estimates is None:
        return None
    if any(p not in given.geography.economies for p in given.partners):
        return None
    years = set(given.estimates.fits["year"])
    within = AllIn(index.by_sector[index.by_sector["year"].isin(years)], index.aggregate, index.by_set, index.excluded)
    return excess(within, given.partners, given.estimates, given.geography, given.groups, _theta(given))


def _benchmarks(given: BorderInput) -> pd.DataFrame:
    """Return the all-in index of well-integrated pairs: pair, year, basket, value, low, high."""
    columns = ["pair", "year", "basket", "value", "low", "high"]
    if given.history is None or given.geography is None:
        return pd.DataFrame(columns=columns)
    theta, history = _theta(given), given.history
    pairs = [pair for pair in benchmark_pairs(history, given.geography) if set(pair) != set(given.partners)]
    frames = [head_ries(history, pair, theta).aggregate.assign(pair="-".join(pair)) for pair in pairs]
    return pd.concat(frames, ignore_index=True)[columns] if frames else pd.DataFrame(columns=columns)


def _claims(claims: Sequence[Claim], overheads: Sequence[Overhead]) -> pd.DataFrame:
    frames = [claim_test(claim, overheads) for claim in claims]
    if frames:
        table: pd.DataFrame = pd.concat(frames, ignore_index=True)
        return table.assign(verdict=[verdict(w) for w in table["within"]])
    columns = [
        "claim",
        "definition",
        "reach",
        "direction",
        "sector",
        "time_base",
        "central",
        "below",
        "within",
        "above",
    ]
    return pd.DataFrame(columns=[*columns, "verdict"])


def _index_table(index: AllIn | None) -> pd.DataFrame:
    columns = ["year", "sector", "value", "one_way", "low", "high", "excluded", "balance", "trade_musd"]
    return index.by_sector[columns] if index else pd.DataFrame(columns=columns)


def _basis(
    given: BorderInput,
    tables: Mapping[str, pd.DataFrame],
    trade: Array,
    directions: Sequence[Direction],
    fit: Compatibility,
) -> PairBasis:
    """Collect what the tables rest on."""
    strict = _strict(tables)
    return PairBasis(
        partners=given.partners,
        directions=tuple(direction_label(d) for d in directions),
        year=given.trade_year,
        time_base=given.base,
        elasticity=given.elasticity or given.world.default_elasticity,
        services_theta=tuple(given.services_theta),
        draws=DRAWS,
        trade_musd={direction_label(d): float(trade[:, i].sum()) for i, d in enumerate(directions)},
        compatibility_basis=str(fit.table["basis"].iloc[0]),
        one_way=tuple(_one_way(tables["head_ries"])),
        notes=(*given.notes, *(f"{n.where}: {n.what} ({n.count})" for n in fit.notes)),
        claims=tuple(claim_standing(claim, tables["claims"], strict) for claim in given.claims),
    )


def _one_way(table: pd.DataFrame) -> list[str]:
    if table.empty:
        return []
    last = table[table["year"] == table["year"].max()]
    return sorted(last.loc[last["one_way"] | (last["excluded"] != ""), "sector"])


def _strict(tables: Mapping[str, pd.DataFrame]) -> StrictExcess | None:
    """Return the excess over the frontier on the newest trade, None where there is none."""
    rows = tables.get("excess_newer")
    if rows is None or rows.empty:
        return None
    last = rows.iloc[-1]
    return StrictExcess(low=float(last["low"]), central=float(last["value"]), high=float(last["high"]))
