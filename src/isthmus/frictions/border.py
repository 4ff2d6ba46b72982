"""What the border between two economies costs, from every side: by cause, in all, beyond geography, and as claimed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from isthmus.core.errors import BadInputError
from isthmus.core.provenance import Ledger, Parameter, Status
from isthmus.economy.baseline import WorldTable
from isthmus.frictions.frontier import Excess, excess
from isthmus.frictions.gravity import Estimates
from isthmus.frictions.head_ries import AllIn, benchmark_pairs, elasticity_table, head_ries
from isthmus.frictions.itemise import (
    DRAWS,
    SEED,
    Conditions,
    Direction,
    Entry,
    Itemised,
    SectorProfile,
    bounds,
    by_component,
    drawn_parameters,
    itemise,
)
from isthmus.frictions.observed import FlowHistory, Geography
from isthmus.frictions.overhead import (
    BOTH,
    Claim,
    Overhead,
    best_reading,
    claim_test,
    direction_label,
    overhead,
    unexplained,
    verdict,
)
from isthmus.frictions.standards import (
    Catalogue,
    Compatibility,
    Domain,
    Recognition,
    Reference,
    Share,
    from_catalogues,
    from_shares,
    protocol_index,
    sector_mismatch,
)
from isthmus.frictions.wedge import Component, Grade, TimeBase, shapley_points

Array = NDArray[np.float64]
SERVICES = "services"
"""Label under which the flow history holds all services together."""


@dataclass(frozen=True)
class StandardsInput:
    """What is known of both sides' standards and R&D protocols.

    Attributes
    ----------
    weights
        ics, sector, weight.
    field_names
        ICS fields by code.
    left, right
        A catalogue each, or a share each.
    references
        International documents in force, needed with catalogues.
    recognition, default_level
        What is recognised by ICS field, and the conformity parameter elsewhere.
    domains
        Domains of R&D protocols.
    """

    weights: pd.DataFrame
    field_names: Mapping[str, str]
    left: Catalogue | Share
    right: Catalogue | Share
    domains: tuple[Domain, ...]
    references: tuple[Reference, ...] = ()
    recognition: tuple[Recognition, ...] = ()
    default_level: str = "conformity_full_retest"


@dataclass(frozen=True)
class BorderInput:
    """Everything the border of one pair is computed from.

    Attributes
    ----------
    world
        World table: flows, tariffs and elasticities.
    partners
        Labels of the two partners.
    entries
        Wedge ledger of the pair.
    profiles
        Sector table.
    parameters
        Assumed numbers of the station.
    standards
        Standards and protocols.
    history
        Flows over the years, with tariff; None where only the wedges are wanted.
    geography, estimates, groups
        Gravity: geography, coefficients, group of each sector of the history; None without geography.
    claims
        Stated overheads to be tested.
    base
        Time base of the tables; claims are tested under both.
    elasticity
        Elasticity set of the central reading.
    services_theta
        Low, central and high elasticity of services.
    notes
        What the reader has to say, for example which rows are defaults.
    """

    world: WorldTable
    partners: tuple[str, str]
    entries: tuple[Entry, ...]
    profiles: Mapping[str, SectorProfile]
    parameters: Ledger
    standards: StandardsInput
    history: FlowHistory | None = None
    geography: Geography | None = None
    estimates: Estimates | None = None
    groups: Mapping[str, str] = field(default_factory=dict)
    claims: tuple[Claim, ...] = ()
    base: TimeBase = TimeBase.BORDER
    elasticity: str = ""
    services_theta: tuple[float, float, float] = (3.0, 5.0, 8.35)
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Border:
    """The border of one pair: facts of plain JSON types, and tables by name."""

    facts: Mapping[str, Any]
    tables: Mapping[str, pd.DataFrame]


def border(given: BorderInput) -> Border:
    """Measure the border of a pair.

    Returns
    -------
    Border
        Tables wedges, wedge_parts, group_wedges, waterfall, overhead, head_ries, benchmarks, excess, unexplained,
        compatibility, protocols and claims (fractions), and the facts the report speaks of.

    Raises
    ------
    BadInputError
        For unknown partners, sectors without profile, or a ledger that prices a cell twice.
    """
    _require_known(given)
    sectors, directions = given.world.sectors, _directions(given.partners)
    kinds = tuple("goods" if s in given.world.goods else "services" for s in sectors)
    trade = _pair_cells(given.world.flows, sectors, directions)
    fit, protocols = _compatibility(given)
    conditions = _conditions(given, fit, protocols, directions)
    priced = {b: _priced(given, directions, conditions, b) for b in TimeBase}
    index = _all_in(given)
    drawn_index = _drawn_index(given, index, sectors)
    overheads = {b: overhead(item, kinds, trade, drawn_index) for b, item in priced.items()}
    chosen = priced[given.base]
    tested = _claims(given.claims, list(overheads.values()))
    gap = _excess(given, index)
    tables = {
        "wedges": _component_table(chosen),
        "wedge_parts": _part_table(chosen),
        "group_wedges": _group_table(chosen, given.profiles, kinds, trade),
        "waterfall": _waterfall(chosen, kinds, trade),
        "overhead": overheads[given.base].table,
        "head_ries": _index_table(index),
        "head_ries_total": index.aggregate if index else pd.DataFrame(columns=["year", "basket", "value", "low", "high"]),
        "benchmarks": _benchmarks(given),
        "excess": gap.by_sector if gap else pd.DataFrame(columns=["year", "sector", "value", "low", "high"]),
        "excess_total": gap.aggregate if gap else pd.DataFrame(columns=["year", "basket", "value", "low", "high"]),
        "unexplained": unexplained(chosen, drawn_index),
        "compatibility": _fit_table(fit, given.standards),
        "protocols": _protocol_table(given.standards.domains, protocols),
        "claims": tested,
    }
    return Border(_facts(given, tables, trade, directions, fit), tables)


def _require_known(given: BorderInput) -> None:
    a, b = given.partners
    labels = given.world.economies
    for name in (a, b):
        if name not in labels:
            raise BadInputError("pair", f"unknown economy {name!r}", allowed=", ".join(labels), remedy="use a label of the world")
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


def _pair_cells(array: Any, sectors: Sequence[str], directions: Sequence[Direction]) -> Array:
    """Return the cells of both directions (sector, direction)."""
    columns = [array.sel(exporter=d.exporter, importer=d.importer, sector=list(sectors)).values for d in directions]
    return np.stack(columns, axis=1).astype(float)


def _compatibility(given: BorderInput) -> tuple[Compatibility, Array]:
    """Return the compatibility of standards and the index of protocols, over the draws."""
    s = given.standards
    domains = {
        f"protocol:{d.name}": Parameter(f"protocol:{d.name}", d.name, "fraction", d.central, d.low, d.high, d.source, d.status)
        for d in s.domains
    }
    drawn = drawn_parameters(Ledger({**given.parameters.parameters, **domains}))
    if isinstance(s.left, Catalogue) and isinstance(s.right, Catalogue):
        fit = from_catalogues(s.references, s.left, s.right, s.recognition, s.default_level, drawn)
    elif isinstance(s.left, Share) and isinstance(s.right, Share):
        fit = from_shares(list(s.field_names), s.left, s.right, s.recognition, s.default_level, drawn)
    else:
        raise BadInputError("catalogues", "only one side has one", allowed="both or none", remedy="give the other side's catalogue")
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


def _priced(
    given: BorderInput, directions: Sequence[Direction], conditions: Conditions, base: TimeBase
) -> Itemised:
    return itemise(given.entries, given.profiles, given.parameters, given.world.sectors, directions, conditions, base)


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
    except BadInputError as error:
        if "no sector with trade in both directions" in error.problem:
            return None
        raise


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
    theta, frames = _theta(given), []
    for pair in benchmark_pairs(given.history, given.geography):
        if set(pair) != set(given.partners):
            frames.append(head_ries(given.history, pair, theta).aggregate.assign(pair="-".join(pair)))
    return pd.concat(frames, ignore_index=True)[columns] if frames else pd.DataFrame(columns=columns)


def _claims(claims: Sequence[Claim], overheads: Sequence[Overhead]) -> pd.DataFrame:
    frames = [claim_test(claim, overheads) for claim in claims]
    if frames:
        table: pd.DataFrame = pd.concat(frames, ignore_index=True)
        return table.assign(verdict=[verdict(w) for w in table["within"]])
    columns = ["claim", "definition", "reach", "direction", "sector", "time_base", "central", "below", "within", "above"]
    return pd.DataFrame(columns=[*columns, "verdict"])


_GRADES = (Grade.MEASURED, Grade.ESTIMATED, Grade.EXPERT, Grade.ASSUMED)


def _component_table(priced: Itemised) -> pd.DataFrame:
    """Return wedges by component: its parts composed, the weakest grade of the parts, their sources joined."""
    low, central, high = bounds(by_component(priced))
    found: dict[tuple[str, str, str, str], list[Any]] = {}
    for wedge in priced.wedges:
        found.setdefault((wedge.component, wedge.sector, wedge.exporter, wedge.importer), []).append(wedge)
    rows = []
    for c, component in enumerate(Component):
        for s, sector in enumerate(priced.sectors):
            for d, direction in enumerate(priced.directions):
                parts = found[component, sector, *direction]
                told = [w for w in parts if w.high > 0] or parts
                rows.append(
                    (
                        component, sector, *direction, low[c, s, d], central[c, s, d], high[c, s, d],
                        max((w.grade for w in told), key=_GRADES.index),
                        "; ".join(dict.fromkeys(w.source for w in told)),
                        ";".join(dict.fromkeys(w.reach for w in told)),
                    )
                )  # fmt: skip
    columns = ["component", "sector", "exporter", "importer", "low", "central", "high", "grade", "source", "reach"]
    return pd.DataFrame(rows, columns=columns).assign(time_base=str(priced.base))


def _part_table(priced: Itemised) -> pd.DataFrame:
    """Return wedges by part, as records, with full provenance."""
    return pd.DataFrame([vars(w) for w in priced.wedges]).assign(time_base=str(priced.base))


def _group_table(
    priced: Itemised, profiles: Mapping[str, SectorProfile], kinds: Sequence[str], trade: Array
) -> pd.DataFrame:
    """Return trade-weighted wedges by component and scope (goods, services, groups of the sector table)."""
    values, rows = by_component(priced), []
    scopes = {k: [i for i, x in enumerate(kinds) if x == k] for k in ("goods", "services")}
    groups = dict.fromkeys(profiles[s].group for s in priced.sectors)
    scopes |= {g: [i for i, s in enumerate(priced.sectors) if profiles[s].group == g] for g in groups}
    for scope, members in scopes.items():
        for label, columns in [*((direction_label(x), [i]) for i, x in enumerate(priced.directions)), (BOTH, [0, 1])]:
            mean = _weighted(values[:, members][:, :, columns], trade[members][:, columns])
            low, central, high = bounds(mean)
            rows += [(c, scope, label, low[i], central[i], high[i]) for i, c in enumerate(Component)]
    return pd.DataFrame(rows, columns=["component", "scope", "direction", "low", "central", "high"])


def _waterfall(priced: Itemised, kinds: Sequence[str], trade: Array) -> pd.DataFrame:
    """Return the points that each part adds to the overhead of goods (Shapley over orders), trade-weighted, with ranges."""
    points = shapley_points(priced.values)
    goods = [i for i, kind in enumerate(kinds) if kind == "goods"]
    rows = []
    for label, columns in [*((direction_label(x), [i]) for i, x in enumerate(priced.directions)), (BOTH, [0, 1])]:
        mean = _weighted(points[:, goods][:, :, columns], trade[goods][:, columns])
        low, central, high = bounds(mean)
        for p, (component, part) in enumerate(priced.parts):
            rows.append((component, part, priced.reach[p], label, low[p], central[p], high[p]))
    return pd.DataFrame(rows, columns=["component", "part", "reach", "direction", "low", "central", "high"])


def _weighted(values: Array, weight: Array) -> Array:
    """Return the mean over sectors and directions (first axis kept, draws kept), weighted by trade where there is any."""
    w = weight if weight.sum() > 0 else np.ones_like(weight)
    mean: Array = (values * (w / w.sum())[None, :, :, None]).sum(axis=(1, 2))
    return mean


def _index_table(index: AllIn | None) -> pd.DataFrame:
    columns = ["year", "sector", "value", "one_way", "low", "high", "excluded", "balance", "trade_musd"]
    return index.by_sector[columns] if index else pd.DataFrame(columns=columns)


def _fit_table(fit: Compatibility, given: StandardsInput) -> pd.DataFrame:
    table = fit.table.assign(description=fit.table["ics"].map(dict(given.field_names)))
    table["left_source"], table["right_source"] = (
        side.source if isinstance(side, Share) else f"catalogue of {side.side}" for side in (given.left, given.right)
    )
    return table


def _protocol_table(domains: Sequence[Domain], protocols: Array) -> pd.DataFrame:
    low, central, high = (float(x) for x in bounds(protocols))
    rows = [(d.name, d.low, d.central, d.high, d.grade, d.source, d.status, d.note) for d in domains]
    rows.append(("all", low, central, high, "", "geometric mean of the domains", Status.VERIFIED, ""))
    return pd.DataFrame(rows, columns=["domain", "low", "central", "high", "grade", "source", "status", "note"])


def _facts(
    given: BorderInput,
    tables: Mapping[str, pd.DataFrame],
    trade: Array,
    directions: Sequence[Direction],
    fit: Compatibility,
) -> dict[str, Any]:
    """Collect what the report speaks of."""
    total = tables["overhead"]
    headline = total[(total["sector"] == "goods") & total["reach"].isin(["all", "policy", "natural", "third_party"])]
    return {
        "partners": list(given.partners),
        "directions": [direction_label(d) for d in directions],
        "year": given.world.year,
        "price_basis": "value at the exporter's border, basic prices",
        "time_base": str(given.base),
        "elasticity": given.elasticity or given.world.default_elasticity,
        "services_theta": list(given.services_theta),
        "draws": DRAWS,
        "trade_musd": {direction_label(d): float(trade[:, i].sum()) for i, d in enumerate(directions)},
        "overhead": _records(headline),
        "waterfall": _records(tables["waterfall"]),
        "claims": [_claim_facts(claim, tables["claims"]) for claim in given.claims],
        "history": _records(tables["head_ries_total"]),
        "benchmarks": _records(tables["benchmarks"]),
        "excess": _records(tables["excess_total"]),
        "compatibility": _records(fit.table),
        "compatibility_basis": str(fit.table["basis"].iloc[0]),
        "protocols": _records(tables["protocols"]),
        "group_wedges": _records(tables["group_wedges"]),
        "one_way": _one_way(tables["head_ries"]),
        "notes": [*given.notes, *(f"{n.where}: {n.what} ({n.count})" for n in fit.notes)],
        "grades": tables["wedges"]["grade"].value_counts().sort_index().to_dict(),
    }


def _one_way(table: pd.DataFrame) -> list[str]:
    if table.empty:
        return []
    last = table[table["year"] == table["year"].max()]
    return sorted(last.loc[last["one_way"] | (last["excluded"] != ""), "sector"])


def _claim_facts(claim: Claim, tested: pd.DataFrame) -> dict[str, Any]:
    """Return a claim with the reading that fits best in all and within the reach of policy."""
    mine = tested[tested["claim"] == claim.name]
    best = best_reading(mine)
    keys = ["definition", "time_base", "reach", "direction", "sector", "low", "central", "high", "below", "within", "above"]
    goods = mine[(mine["sector"] == "goods") & (mine["direction"] == BOTH) & mine["reach"].isin(["all", "policy"])]
    return {
        "name": claim.name,
        "low": claim.low,
        "high": claim.high,
        "source": claim.source,
        "address": claim.address,
        "definition": claim.definition,
        "readings": _records(goods),
        "best": {r: {**{k: _plain(best[r][k]) for k in keys}, "verdict": verdict(best[r]["within"])} for r in ("all", "policy")},
    }


def _records(table: pd.DataFrame) -> list[dict[str, Any]]:
    return [{k: _plain(v) for k, v in row.items()} for row in table.to_dict("records")]


def _plain(value: Any) -> Any:
    """Return a plain JSON value; not-a-number becomes None."""
    if isinstance(value, float | np.floating):
        return float(value) if np.isfinite(value) else None
    if isinstance(value, np.generic):
        return value.item()
    return str(value) if isinstance(value, str) else value


