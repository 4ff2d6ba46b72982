"""Scenarios: shocks in the user's terms, and the changes of model quantities they amount to."""

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass
from functools import lru_cache

import numpy as np

from isthmus.core.axes import Array, Axes
from isthmus.core.errors import BadInputError
from isthmus.core.labels import EVERY, positions
from isthmus.core.provenance import Repair
from isthmus.economy.baseline import Baseline

KINDS = ("trade_cost", "tariff", "productivity", "labour", "capital", "endowment", "input_requirement")
CLOSURES = ("fixed", "own_va", "zero")
Selector = str | tuple[str, ...]


@dataclass(frozen=True)
class Shock:
    """One change of the world.

    Attributes
    ----------
    kind
        One of `KINDS`. trade_cost multiplies the whole cost factor by 1 + change_pct/100; productivity, labour, capital,
        endowment and input_requirement multiply A, L, K, V and m likewise; tariff sets rates.
    change_pct
        Change in percent; not used by tariff.
    rate, rate_change_pp, rates
        New level of a tariff as a fraction, its change in points, or cells (exporter, importer, sector, rate).
    exporter, importer, sector, economy, input, industry
        Labels, ``"*"``, or for sectors ``"goods"`` and ``"services"``.
    start, end, phase_years
        Years in which it acts when a path is solved: full from `start` + `phase_years` on, gone after `end`.
    """

    kind: str
    change_pct: float | None = None
    _: KW_ONLY
    exporter: Selector = EVERY
    importer: Selector = EVERY
    sector: Selector = EVERY
    economy: Selector = EVERY
    input: Selector = EVERY
    industry: Selector = EVERY
    rate: float | None = None
    rate_change_pp: float | None = None
    rates: tuple[tuple[str, str, str, float], ...] | None = None
    start: int | None = None
    end: int | None = None
    phase_years: int = 0


@dataclass(frozen=True)
class Scenario:
    """Shocks with the closure and the elasticities they are solved under.

    `trade_balance` is ``fixed``, ``own_va`` or ``zero``; `numeraire` names an economy whose value-added price is held at 1
    (by default world value added is held constant). `elasticity`, `services` and `scale` choose theta.
    """

    shocks: tuple[Shock, ...] = ()
    trade_balance: str = "fixed"
    numeraire: str | None = None
    elasticity: str = ""
    services: float | None = None
    scale: float = 1.0
    name: str = ""

    def with_tariff(self, exporter: Selector, importer: Selector, rate: float, sector: Selector = EVERY) -> "Scenario":
        """Return a copy with one more tariff."""
        return self.with_shocks(Shock("tariff", exporter=exporter, importer=importer, sector=sector, rate=rate))

    def with_trade_cost(
        self, exporter: Selector, importer: Selector, change_pct: float, sector: Selector = EVERY
    ) -> "Scenario":
        """Return a copy with one more change of trade costs."""
        return self.with_shocks(Shock("trade_cost", change_pct, exporter=exporter, importer=importer, sector=sector))

    def with_shocks(self, *shocks: Shock) -> "Scenario":
        """Return a copy with more shocks."""
        return dataclasses.replace(self, shocks=(*self.shocks, *shocks))


@dataclass(frozen=True, kw_only=True)
class Changes:
    """What the shocks amount to, as plain arrays; only touched cells of the trade cube are listed.

    Attributes
    ----------
    cells
        Flat positions in the (S, N, N) cube, each once, ascending.
    ln_cost, ln_tariff, ln_tariff_before
        At those cells: log change of the iceberg cost, log of the new and of the old tariff factor.
    ln_productivity
        (S, N); log of A_hat.
    ln_labour, ln_capital, ln_endowment
        (N,); logs of L_hat, K_hat and of the further change of the bundle.
    transfer
        (N,); net inflow beyond the closure's deficit, million USD in the numéraire, zero in sum.
    ln_requirement
        (N, S, S) input by industry, log of m; None where no input requirement changes.
    notes
        Overlapping tariffs and the like, counted.
    """

    cells: np.ndarray
    ln_cost: Array
    ln_tariff: Array
    ln_tariff_before: Array
    ln_productivity: Array
    ln_labour: Array
    ln_capital: Array
    ln_endowment: Array
    transfer: Array
    ln_requirement: Array | None = None
    notes: tuple[Repair, ...] = ()

    def at(self, share: float) -> "Changes":
        """Return the changes at `share` (0 to 1) of the way, geometrically."""
        return dataclasses.replace(
            self,
            ln_cost=share * self.ln_cost,
            ln_tariff=(1 - share) * self.ln_tariff_before + share * self.ln_tariff,
            ln_productivity=share * self.ln_productivity,
            ln_labour=share * self.ln_labour,
            ln_capital=share * self.ln_capital,
            ln_endowment=share * self.ln_endowment,
            transfer=share * self.transfer,
            ln_requirement=None if self.ln_requirement is None else share * self.ln_requirement,
        )


def resolve(scenario: Scenario, baseline: Baseline, year: int | None = None) -> Changes:
    """Turn shocks into changes of model quantities.

    Shocks of one kind on one cell multiply; of overlapping tariffs the last wins and is counted. Own sales are touched only
    where exporter and importer name the same single economy. With `year`, each shock acts at the degree it has reached.

    Raises
    ------
    BadInputError
        For an unknown kind, label or closure, a missing or surplus number, or a tariff at or below -100 %.
    """
    _check_closure(scenario, baseline)
    s, n = baseline.elasticity.size, baseline.income.size
    acting = list(_acting(scenario, year))
    cells, spots = _touched(acting, baseline)
    before = baseline.tariff_factor.values.reshape(-1)[cells]
    cost, tariff, written = np.zeros(cells.size), before.copy(), np.zeros(cells.size, dtype=bool)
    by_kind = {
        "productivity": np.zeros((s, n)),
        "labour": np.zeros(n),
        "capital": np.zeros(n),
        "endowment": np.zeros(n),
    }
    requirement: Array | None = None
    overlaps = 0
    for (where, shock, degree), spot in zip(acting, spots, strict=True):
        if shock.kind == "tariff":
            overlaps += int(written[spot].sum())
            factor = _tariff_factors(before[spot], shock, baseline, where, cells[spot])
            tariff[spot] = np.exp((1 - degree) * np.log(tariff[spot]) + degree * np.log(factor))
            written[spot] = True
            continue
        change = degree * _ln_change(shock, where)
        if shock.kind == "trade_cost":
            cost[spot] += change
        elif shock.kind == "input_requirement":
            requirement = np.zeros((n, s, s)) if requirement is None else requirement
            requirement[_requirement_cells(shock, baseline, where)] += change
        else:
            by_kind[shock.kind].reshape(-1)[_own_cells(shock, baseline, where)] += change
    kept = (cost != 0) | (tariff != before)
    notes = (Repair("scenario", "tariff cells set more than once, the last holds", overlaps),) if overlaps else ()
    return Changes(
        cells=cells[kept],
        ln_cost=cost[kept],
        ln_tariff=np.log(tariff[kept]),
        ln_tariff_before=np.log(before[kept]),
        ln_productivity=by_kind["productivity"],
        ln_labour=by_kind["labour"],
        ln_capital=by_kind["capital"],
        ln_endowment=by_kind["endowment"],
        transfer=np.zeros(n),
        ln_requirement=requirement,
        notes=notes,
    )


def _acting(scenario: Scenario, year: int | None) -> Iterator[tuple[str, Shock, float]]:
    """Yield every shock that acts in a year, with its place for messages and the degree it has reached."""
    for number, shock in enumerate(scenario.shocks, start=1):
        degree = 1.0 if year is None else degree_in(shock, year)
        if degree != 0:
            yield f"shock {number} ({shock.kind})", shock, degree


def _touched(acting: Sequence[tuple[str, Shock, float]], baseline: Baseline) -> tuple[np.ndarray, list[np.ndarray]]:
    """Return all cells of the trade cube that shocks touch, ascending, and where among them those of each shock are.

    Nothing of the size of the cube is copied: a scenario mostly touches few of its cells.
    """
    own = []
    for where, shock, _ in acting:
        if shock.kind == "tariff":
            _require_one_rate(shock, where)
        listed = shock.kind == "tariff" and shock.rates is not None
        if listed:
            own.append(_listed_cells(shock.rates or (), baseline, where))
        else:
            traded = shock.kind in ("tariff", "trade_cost")
            own.append(_trade_cells(shock, baseline, where) if traded else np.zeros(0, dtype=np.intp))
    marked = np.zeros(baseline.tariff_factor.size, dtype=bool)
    for cells in own:
        marked[cells] = True
    every = np.flatnonzero(marked)
    return every, [np.searchsorted(every, cells) for cells in own]


def ramp(year: float, start: float | Array, phase_years: float) -> float | Array:
    """Return the degree (0 to 1) reached in `year`: nothing before `start`, equal steps over `phase_years`, then all."""
    return np.clip((year + 1 - start) / max(phase_years, 1.0), 0.0, 1.0)


def degree_in(shock: Shock, year: int) -> float:
    """Return the degree (0 to 1) that a shock has reached in `year`: linear over its phase, gone after its end."""
    if shock.end is not None and year > shock.end:
        return 0.0
    return 1.0 if shock.start is None else float(ramp(year, shock.start, shock.phase_years))


def _check_closure(scenario: Scenario, baseline: Baseline) -> None:
    if scenario.trade_balance not in CLOSURES:
        raise BadInputError(
            "closure, trade_balance",
            f"found {scenario.trade_balance!r}",
            allowed=", ".join(CLOSURES),
            remedy="choose one of them",
        )
    if scenario.numeraire is not None and scenario.numeraire not in baseline.economies:
        raise BadInputError(
            "closure, numeraire",
            f"unknown economy {scenario.numeraire!r}",
            allowed=f"one of {', '.join(baseline.economies)}",
            remedy="name one economy of the world, or leave numeraire out",
        )


def _ln_change(shock: Shock, where: str) -> float:
    """Return the log of the factor of a shock that is given in percent."""
    if shock.kind not in KINDS:
        raise BadInputError(
            f"{where}, kind", f"unknown kind {shock.kind!r}", allowed=", ".join(KINDS), remedy="correct it"
        )
    if shock.change_pct is None or not shock.change_pct > -100 or not np.isfinite(shock.change_pct):
        raise BadInputError(
            f"{where}, change_pct",
            f"found {shock.change_pct!r}",
            allowed="a number above -100 (percent)",
            remedy="give the change in percent",
        )
    return float(np.log1p(shock.change_pct / 100))


def _trade_cells(shock: Shock, baseline: Baseline, where: str) -> np.ndarray:
    """Return flat positions in the trade cube that a shock touches."""
    selectors = (_key(shock.sector), _key(shock.exporter), _key(shock.importer))
    return _cube_cells(*selectors, baseline.sectors, baseline.economies, baseline.goods, where)


@lru_cache(maxsize=4096)
def _cube_cells(
    sector: Selector,
    exporter: Selector,
    importer: Selector,
    sectors: tuple[str, ...],
    economies: tuple[str, ...],
    goods: tuple[str, ...],
    where: str,
) -> np.ndarray:
    """Look up cells once for a selection; own sales only where both sides name the same single economy."""
    j = positions(sector, sectors, f"{where}, sector", Axes((), sectors, goods).groups)
    i = positions(exporter, economies, f"{where}, exporter")
    n = positions(importer, economies, f"{where}, importer")
    chosen = np.ix_(j, i, n)
    flat = np.ravel_multi_index(np.broadcast_arrays(*chosen), (len(sectors), len(economies), len(economies))).ravel()
    if i == n and len(i) == 1 and EVERY not in (exporter, importer):
        return flat
    abroad = np.broadcast_to(chosen[1] != chosen[2], (len(j), len(i), len(n))).ravel()
    return np.asarray(flat[abroad])


def _own_cells(shock: Shock, baseline: Baseline, where: str) -> np.ndarray:
    """Return flat positions by sector and economy, or by economy for shocks to factors."""
    sector = _key(shock.sector) if shock.kind == "productivity" else None
    return _economy_cells(sector, _key(shock.economy), baseline.sectors, baseline.economies, baseline.goods, where)


@lru_cache(maxsize=4096)
def _economy_cells(
    sector: Selector | None,
    economy: Selector,
    sectors: tuple[str, ...],
    economies: tuple[str, ...],
    goods: tuple[str, ...],
    where: str,
) -> np.ndarray:
    """Look up cells once for a selection."""
    n = np.asarray(positions(economy, economies, f"{where}, economy"))
    if sector is None:
        return n
    j = np.asarray(positions(sector, sectors, f"{where}, sector", Axes((), sectors, goods).groups))
    return np.asarray((j[:, None] * len(economies) + n).ravel())


def _key(selector: Selector | list[str]) -> Selector:
    return selector if isinstance(selector, str) else tuple(selector)


def _requirement_cells(shock: Shock, baseline: Baseline, where: str) -> tuple[np.ndarray, ...]:
    economy = positions(shock.economy, baseline.economies, f"{where}, economy")
    used = positions(shock.input, baseline.sectors, f"{where}, input", baseline.sector_groups)
    industry = positions(shock.industry, baseline.sectors, f"{where}, industry", baseline.sector_groups)
    return np.ix_(economy, used, industry)


def _tariff_factors(before: Array, shock: Shock, baseline: Baseline, where: str, cells: np.ndarray) -> Array:
    """Return the new tariff factors of one shock at its cells (flat positions), in their order."""
    if shock.rates is not None:
        factor = 1 + np.array([rate for *_, rate in shock.rates], dtype=float)
    elif shock.rate_change_pp is not None:
        factor = before + shock.rate_change_pp / 100
    else:
        factor = np.full(cells.size, 1 + (shock.rate or 0.0))
    if not (factor > 0).all() or not np.isfinite(factor).all():
        shape = (len(baseline.sectors), len(baseline.economies), len(baseline.economies))
        j, i, n = np.unravel_index(cells[int(np.argmin(factor))], shape)
        label = f"{baseline.economies[int(i)]} to {baseline.economies[int(n)]}, {baseline.sectors[int(j)]}"
        raise BadInputError(
            f"{where}, {label}",
            f"tariff would be {factor.min() - 1:.4g}",
            allowed="rates above -1 (that is -100 %)",
            remedy="give the rate as a fraction, for example 0.05",
        )
    return factor


def _require_one_rate(shock: Shock, where: str) -> None:
    given = [name for name in ("rate", "rate_change_pp", "rates") if getattr(shock, name) is not None]
    if len(given) != 1 or shock.change_pct is not None:
        raise BadInputError(
            where,
            f"found {', '.join([*given, *(['change_pct'] if shock.change_pct is not None else [])]) or 'no number'}",
            allowed="exactly one of rate, rate_change_pp, rates",
            remedy="keep one of them",
        )


def _listed_cells(rates: Sequence[tuple[str, str, str, float]], baseline: Baseline, where: str) -> np.ndarray:
    """Return flat positions of tariff cells listed one by one."""
    maps: Sequence[Mapping[str, int]] = (
        {label: i for i, label in enumerate(baseline.economies)},
        {label: i for i, label in enumerate(baseline.sectors)},
    )
    found = np.empty((3, len(rates)), dtype=int)
    for row, (exporter, importer, sector, _) in enumerate(rates):
        for slot, label, index in ((0, sector, maps[1]), (1, exporter, maps[0]), (2, importer, maps[0])):
            if label not in index:
                raise BadInputError(
                    f"{where}, rates row {row + 1}",
                    f"unknown label {label!r}",
                    allowed=f"single labels: {', '.join(index)}",
                    remedy="correct the label in the table of rates",
                )
            found[slot, row] = index[label]
    shape = (len(baseline.sectors), len(baseline.economies), len(baseline.economies))
    return np.asarray(np.ravel_multi_index((found[0], found[1], found[2]), shape))
