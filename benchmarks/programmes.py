"""Random programmes of full size: joint and single projects, precedence, exclusions, synergies, a shared resource."""

import numpy as np
import xarray as xr

from isthmus.programme.project import NO_SIDE, Budget, Candidates, Limit, Project, Settings, Synergy, gather

FIRST = 2026


def programme(
    seed: int, *, count: int = 60, years: int = 10, partners: tuple[str, ...] = ("A", "B"), gap: float = 0.01, seconds: float = 600.0
) -> tuple[Candidates, Budget, Settings]:  # fmt: skip
    """Return candidates whose cost is two and a half times what budgets allow, and benefits not far above costs."""
    r = np.random.default_rng(seed)
    projects, costs, benefits, needs = [], [], [], []
    for i in range(count):
        kind = r.integers(0, 10)
        sides = () if kind == 0 else (partners[r.integers(len(partners))],) if kind < 4 else partners
        build = int(r.integers(1, 4))
        earliest, latest = FIRST + int(r.integers(0, 3)), FIRST + years - 1 - int(r.integers(0, 2))
        requires = (f"p{r.integers(0, i)}",) if i and r.random() < 0.15 else ()
        excludes = (f"p{r.integers(0, i)}",) if i and r.random() < 0.08 else ()
        projects.append(
            Project(
                id=f"p{i}", build_years=build, earliest=earliest, latest=latest, requires=requires,
                excludes=() if requires == excludes else excludes, sides=sides,
            )
        )  # fmt: skip
        cost = r.uniform(20, 200)
        costs += [(f"p{i}", NO_SIDE, o, cost / build) for o in range(build)]
        for partner in partners:
            yearly = cost * r.uniform(-0.02, 0.25) * r.uniform(0.3, 1.7)
            benefits += [(f"p{i}", partner, o, yearly) for o in range(build, 15)]
        needs.append((f"p{i}", "crew", 0, float(r.integers(1, 4))))
    synergies = [
        Synergy(a=f"p{a}", b=f"p{b}", partner=partners[r.integers(len(partners))], benefit=float(r.uniform(10, 60)))
        for a, b in (r.choice(count, 2, replace=False) for _ in range(count // 6))
    ]
    limits = [Limit(resource="crew", year=FIRST + y, capacity=max(3, count / years * 1.3)) for y in range(years)]
    total = sum(row[3] for row in costs) * 0.4 / years / len(partners)
    amount = xr.DataArray(
        np.full((len(partners), years), total),
        {"partner": list(partners), "year": np.arange(FIRST, FIRST + years)},
        ("partner", "year"),
    )
    candidates = gather(
        projects, partners=partners, costs=costs, benefits=benefits, needs=needs, synergies=synergies, limits=limits
    )
    settings = Settings(
        base_year=FIRST, horizon=FIRST + years + 4, discount_rate=0.05, minimum_share=0.2, gap=gap, time_limit_s=seconds
    )
    return candidates, Budget(amount=amount, carry_over=0.2), settings
