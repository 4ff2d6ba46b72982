"""Random programmes for tests, and two second opinions: every combination tried, and a model written another way."""

import itertools
from dataclasses import dataclass

import numpy as np
import xarray as xr
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, linprog, milp

from isthmus.programme.project import NO_SIDE, Budget, Candidates, Limit, ProgrammeSettings, Project, Synergy, gather

FIRST = 2026


@dataclass(frozen=True)
class Instance:
    """Rows in plain Python, and the records built from them."""

    projects: tuple[Project, ...]
    partners: tuple[str, ...]
    cost: dict[str, list[float]]
    benefit: dict[tuple[str, str], dict[int, float]]
    need: dict[str, float]
    crew: dict[int, float]
    synergies: tuple[Synergy, ...]
    candidates: Candidates
    budget: Budget
    settings: ProgrammeSettings


def instance(
    seed: int, *, count: int = 7, years: int = 5, window: int = 2, partners: tuple[str, ...] = ("A", "B"), tight: float = 0.5,
    floor: str = "disagreement", gap: float = 0.0, carry_over: float = 0.3, crew: float = 4.0,
) -> Instance:  # fmt: skip
    """Return a random programme with every kind of constraint."""
    r = np.random.default_rng(seed)
    projects, cost, benefit, need = [], {}, {}, {}
    for i in range(count):
        name, kind = f"p{i}", r.integers(0, 8)
        sides = () if kind == 0 else (partners[r.integers(len(partners))],) if kind < 3 else partners
        build = int(r.integers(1, 3))
        earliest = FIRST + int(r.integers(0, max(years - window, 1)))
        requires = (f"p{r.integers(0, i)}",) if i and r.random() < 0.25 else ()
        excludes = (f"p{r.integers(0, i)}",) if i and r.random() < 0.15 else ()
        projects.append(
            Project(
                id=name, build_years=build, earliest=earliest, latest=earliest + int(r.integers(0, window)),
                requires=requires, excludes=() if excludes == requires else excludes, sides=sides,
            )
        )  # fmt: skip
        whole = r.uniform(20, 200)
        cost[name] = [float(whole / build)] * build
        for partner in partners:
            yearly = whole * r.uniform(-0.05, 0.5) * r.uniform(0.3, 1.6)
            benefit[name, partner] = {o: float(yearly) for o in range(build, build + 6)}
        need[name] = float(r.integers(0, 3))
    pairs = [r.choice(count, 2, replace=False) for _ in range(count // 3)] if count > 2 else []
    seen = {tuple(sorted(pair.tolist())) for pair in pairs}
    synergies = tuple(
        Synergy(
            a=f"p{a}",
            b=f"p{b}",
            partner=partners[r.integers(len(partners))],
            benefit=float(r.uniform(-30, 60)),
            year_offset=int(r.integers(0, 2)),
        )
        for a, b in sorted(seen)
    )
    limit = {FIRST + y: float(crew) for y in range(years)}
    total = sum(sum(part) for part in cost.values()) * tight / years / len(partners)
    amount = r.uniform(0.5, 1.5, (len(partners), years)) * total
    candidates = gather(
        projects,
        partners=partners,
        costs=[(name, NO_SIDE, o, c) for name, part in cost.items() for o, c in enumerate(part)],
        benefits=[(p, j, o, b) for (p, j), part in benefit.items() for o, b in part.items()],
        needs=[(name, "crew", 0, n) for name, n in need.items()],
        synergies=synergies,
        limits=[Limit(resource="crew", year=y, capacity=c) for y, c in limit.items()],
    )
    budget = Budget(
        amount=xr.DataArray(
            amount, {"partner": list(partners), "year": np.arange(FIRST, FIRST + years)}, ("partner", "year")
        ),
        carry_over=carry_over,
    )
    settings = ProgrammeSettings(
        base_year=FIRST, horizon=FIRST + years + 2, discount_rate=0.05, minimum_share=0.2, floor=floor, gap=gap,
        time_limit_s=120.0,
    )  # fmt: skip
    return Instance(
        tuple(projects), partners, cost, benefit, need, limit, synergies, candidates, budget, settings
    )  # fmt: skip


def discount(one: Instance, year: int) -> float:
    return (1 + one.settings.discount_rate) ** -(year - one.settings.base_year)


def benefits_of(one: Instance, start: dict[str, int]) -> dict[str, float]:
    """Return the present value of benefits by partner, synergies included."""
    by = {p.id: p for p in one.projects}
    total = dict.fromkeys(one.partners, 0.0)
    for name, year in start.items():
        for partner in one.partners:
            for offset, value in one.benefit[name, partner].items():
                if year + offset <= one.settings.horizon:
                    total[partner] += value * discount(one, year + offset)
    for s in one.synergies:
        if s.a in start and s.b in start:
            when = max(start[s.a] + by[s.a].build_years, start[s.b] + by[s.b].build_years) + s.year_offset
            if when <= one.settings.horizon:
                total[s.partner] += s.benefit * discount(one, when)
    return total


def logical(one: Instance, start: dict[str, int]) -> bool:
    """Whether precedence, exclusions and shared resources allow these starts."""
    by = {p.id: p for p in one.projects}
    for name, year in start.items():
        for other in by[name].requires:
            if other not in start or start[other] + by[other].build_years > year:
                return False
        if any(other in start for other in by[name].excludes):
            return False
    return all(sum(one.need[n] for n, y in start.items() if y == year) <= c + 1e-9 for year, c in one.crew.items())


def payment_range(one: Instance, start: dict[str, int], members: tuple[str, ...]) -> tuple[float, float] | None:
    """Return the least and most present value the first member can pay for these starts; None where they cannot be paid.

    A linear programme with a variable for each project, partner and year, and money kept from year to year.
    """
    by = {p.id: p for p in one.projects}
    years = list(range(FIRST, one.settings.horizon + 1))
    given = {
        (str(j), int(y)): float(one.budget.amount.sel(partner=j, year=y))
        for j in members
        for y in one.budget.amount["year"].values
    }
    columns: dict[tuple, int] = {}
    lower, upper, equal, sums = [], [], [], []
    for name, start_year in start.items():
        who = [j for j in members if not by[name].sides or j in by[name].sides]
        for o, amount in enumerate(one.cost[name]):
            if start_year + o > one.settings.horizon:
                continue
            for j in who:
                columns[name, j, start_year + o] = len(columns)
                lower.append(one.settings.minimum_share * amount if len(by[name].sides) > 1 else 0.0)
                upper.append(np.inf)
            equal.append([(columns[name, j, start_year + o], 1.0) for j in who])
            sums.append(amount)
    for j in members:
        for y in years:
            columns["kept", j, y] = len(columns)
            lower.append(0.0)
            upper.append(one.budget.carry_over * given.get((j, y), 0.0))
    rows, limits = [], []
    for j in members:
        for y in years:
            row = [(c, 1.0) for key, c in columns.items() if key[1] == j and key[2] == y]
            row += [(columns["kept", j, y - 1], -1.0)] if y > FIRST else []
            rows.append(row)
            limits.append(given.get((j, y), 0.0))
    price = np.zeros(len(columns))
    for key, c in columns.items():
        if key[0] != "kept" and key[1] == members[0]:
            price[c] = discount(one, key[2])

    def matrix(parts: list) -> np.ndarray:
        dense = np.zeros((len(parts), len(columns)))
        for i, part in enumerate(parts):
            for c, v in part:
                dense[i, c] += v
        return dense

    ends = []
    for sign in (1, -1):
        done = linprog(
            sign * price, A_ub=matrix(rows), b_ub=limits, A_eq=matrix(equal) if equal else None, b_eq=sums or None,
            bounds=list(zip(lower, upper, strict=True)),
        )  # fmt: skip
        if done.status != 0:
            return None
        ends.append(sign * done.fun)
    return ends[0], ends[1]


def all_starts(one: Instance, members: tuple[str, ...]):
    """Yield every combination of start years that a coalition could choose and that logic allows."""
    choices = []
    for p in one.projects:
        open_ = set(p.sides) <= set(members)
        choices.append([None, *range(p.earliest, min(p.latest, one.settings.horizon) + 1)] if open_ else [None])
    for combination in itertools.product(*choices):
        start = {p.id: t for p, t in zip(one.projects, combination, strict=True) if t is not None}
        if logical(one, start):
            yield start


def paid_of(one: Instance, start: dict[str, int]) -> float:
    return sum(
        amount * discount(one, year + o)
        for name, year in start.items()
        for o, amount in enumerate(one.cost[name])
        if year + o <= one.settings.horizon
    )


def best_alone(one: Instance, partner: str) -> float:
    """Return what a partner can gain alone, by trying everything."""
    ranked = sorted(
        ((benefits_of(one, s)[partner] - paid_of(one, s), i, s) for i, s in enumerate(all_starts(one, (partner,)))),
        key=lambda item: -item[0],
    )
    return next(value for value, _, start in ranked if payment_range(one, start, (partner,)) is not None)


def best_together(one: Instance, objective: str, alone: dict[str, float]) -> float:
    """Return the best objective of two partners by trying everything (-inf where the floor leaves nothing).

    For fixed starts the two gains trade one for one, so that the range of what the first pays holds every split.
    """
    a, b = one.partners
    total = sum(alone.values())
    best = -np.inf
    ranked = []
    for i, start in enumerate(all_starts(one, one.partners)):
        benefit = benefits_of(one, start)
        gain = sum(benefit.values()) - paid_of(one, start)
        ranked.append((gain if objective == "sum" else (gain - total) / 2, i, start, benefit))
    for ceiling, _, start, benefit in sorted(ranked, key=lambda item: -item[0]):
        if ceiling <= best + 1e-12:
            break
        span = payment_range(one, start, one.partners)
        if span is None:
            continue
        gain = sum(benefit.values()) - paid_of(one, start)
        low, high = benefit[a] - span[1], benefit[a] - span[0]
        if one.settings.floor == "disagreement":
            low, high = max(low, alone[a]), min(high, gain - alone[b])
        if low > high + 1e-9:
            continue
        first = float(np.clip(alone[a] + (gain - total) / 2, low, max(low, high)))
        above = first - alone[a], gain - first - alone[b]
        value = {
            "sum": gain, "maxmin": min(above), "nash": float(np.sqrt(max(above[0], 0) * max(above[1], 0))),
        }[objective]  # fmt: skip
        best = max(best, value)
    return best


def second_opinion(one: Instance, objective: str, alone: dict[str, float], members: tuple[str, ...] = ()) -> float:
    """Return the optimum from SciPy's solver on a model with a column for each start, project, payer and year."""
    members = members or one.partners
    by = {p.id: p for p in one.projects}
    years = list(range(FIRST, one.settings.horizon + 1))
    names: dict[tuple, int] = {}

    def column(*key) -> int:
        return names.setdefault(key, len(names))

    rows: list[tuple[dict[int, float], float, float]] = []
    open_ = [p for p in one.projects if set(p.sides) <= set(members)]
    starts = {p.id: range(p.earliest, min(p.latest, one.settings.horizon) + 1) for p in open_}
    gains: dict[str, dict[int, float]] = {j: {} for j in members}
    for p in open_:
        rows.append(({column("x", p.id, t): 1.0 for t in starts[p.id]}, -np.inf, 1.0))
        for t in starts[p.id]:
            one_start = benefits_of(one, {p.id: t})
            for j in members:
                gains[j][column("x", p.id, t)] = one_start[j]
        for other in p.requires:
            for t in starts[p.id]:
                before = [s for s in starts.get(other, []) if s + by[other].build_years <= t]
                rows.append(
                    (
                        {column("x", p.id, t): 1.0} | {column("x", other, s): -1.0 for s in before},
                        -np.inf, 0.0,
                    )
                )  # fmt: skip
        for other in p.excludes:
            if other in starts:
                both = {column("x", q, t): 1.0 for q in (p.id, other) for t in starts[q]}
                rows.append((both, -np.inf, 1.0))
        who = [j for j in members if not p.sides or j in p.sides]
        for y in years:
            cost = {
                column("x", p.id, t): -one.cost[p.id][y - t] for t in starts[p.id] if 0 <= y - t < len(one.cost[p.id])
            }
            for j in who:
                gains[j][column("q", p.id, j, y)] = -discount(one, y)
                if len(p.sides) > 1:
                    least = {c: one.settings.minimum_share * v for c, v in cost.items()}
                    rows.append(({column("q", p.id, j, y): 1.0} | least, 0.0, np.inf))
            rows.append((cost | {column("q", p.id, j, y): 1.0 for j in who}, 0.0, 0.0))
    for y, capacity in one.crew.items():
        rows.append(
            ({column("x", p.id, t): one.need[p.id] for p in open_ for t in starts[p.id] if t == y}, -np.inf, capacity)
        )
    for k, s in enumerate(one.synergies):
        if s.a in starts and s.b in starts:
            for ta, tb in itertools.product(starts[s.a], starts[s.b]):
                when = max(ta + by[s.a].build_years, tb + by[s.b].build_years) + s.year_offset
                z, xa, xb = column("z", k, ta, tb), column("x", s.a, ta), column("x", s.b, tb)
                rows += [({z: 1.0, xa: -1.0}, -np.inf, 0.0), ({z: 1.0, xb: -1.0}, -np.inf, 0.0)]
                rows.append(({z: 1.0, xa: -1.0, xb: -1.0}, -1.0, np.inf))
                if s.partner in members and when <= one.settings.horizon:
                    gains[s.partner][z] = s.benefit * discount(one, when)
    listed = [int(y) for y in one.budget.amount["year"].values]
    for j in members:
        for y in years:
            given = float(one.budget.amount.sel(partner=j, year=y)) if y in listed else 0.0
            row = {column("q", p.id, j, y): 1.0 for p in open_ if ("q", p.id, j, y) in names}
            row[column("k", j, y)] = 1.0
            if y > FIRST:
                row[column("k", j, y - 1)] = -1.0
            rows.append((row, -np.inf, given))
            rows.append(({column("k", j, y): 1.0}, -np.inf, one.budget.carry_over * given))
    objective_row: dict[int, float] = {}
    if objective == "maxmin":
        objective_row[column("m")] = 1.0
        for j in members:
            rows.append((gains[j] | {column("m"): -1.0}, alone[j], np.inf))
    else:
        for j in members:
            for c, v in gains[j].items():
                objective_row[c] = objective_row.get(c, 0.0) + v
    if one.settings.floor == "disagreement" and alone:
        rows += [(gains[j], alone[j] - 1e-6, np.inf) for j in members]
    rows = [row for row in rows if row[0]]
    data = [(i, c, v) for i, (row, _, _) in enumerate(rows) for c, v in row.items()]
    i, c, v = (np.array(part) for part in zip(*data, strict=True))
    price, whole, free = np.zeros(len(names)), np.zeros(len(names)), np.zeros(len(names))
    for key, position in names.items():
        whole[position] = key[0] == "x"
        free[position] = -np.inf if key[0] == "m" else 0.0
    for position, value in objective_row.items():
        price[position] = -value
    done = milp(
        price, integrality=whole, bounds=Bounds(free, np.inf),
        constraints=LinearConstraint(
            sparse.csr_array((v, (i, c)), shape=(len(rows), len(names))), [r[1] for r in rows], [r[2] for r in rows]
        ), options={"mip_rel_gap": 0.0},
    )  # fmt: skip
    return -done.fun if done.status == 0 else -np.inf
