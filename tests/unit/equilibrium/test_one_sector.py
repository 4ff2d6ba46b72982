"""The one-sector answer: exact where a world has one sector, fewer passes where it has many, and never a part of the result."""

import dataclasses

import numpy as np
import pytest

import isthmus.equilibrium.hat as hat
import isthmus.equilibrium.solve as solving
from isthmus.economy.calibrate import calibrate
from isthmus.economy.synthetic import synthetic_world
from isthmus.equilibrium.one_sector import OneSector
from isthmus.equilibrium.scenario import Scenario, Shock
from isthmus.equilibrium.solve import Settings, find, pose

EXACT = Settings(tolerance=1e-12)


@pytest.mark.parametrize("closure", ["fixed", "zero"])
@pytest.mark.parametrize("seed", range(4))
def test_in_a_world_of_one_sector_the_first_pass_leaves_errors_of_second_order(seed: int, closure: str) -> None:
    baseline = calibrate(synthetic_world(5, 1, np.random.default_rng(seed), tariffs=False))
    for size in (1.0, 0.1):
        shocks = (
            Shock("trade_cost", -size, exporter="E00", importer="E01"),
            Shock("productivity", size, economy="E02"),
            Shock("labour", size, economy="E03"),
        )
        errors = find(pose(baseline, Scenario(shocks, trade_balance=closure)), settings=EXACT).errors
        assert errors[0] > 1e-4
        assert errors[1] < 40 * errors[0] ** 2


@pytest.mark.parametrize(("economies", "sectors", "most"), [(20, 10, 14), (44, 20, 11)])
def test_many_sectors_take_few_passes(economies: int, sectors: int, most: int) -> None:
    baseline = calibrate(synthetic_world(economies, sectors, np.random.default_rng(0)))
    for scenario in (Scenario().with_tariff("E00", "E01", 0.25), Scenario().with_trade_cost("E00", "E01", -30)):
        assert len(find(pose(baseline, scenario)).errors) <= most


@pytest.mark.parametrize("factor", [0.0, 0.5, float("nan")])
def test_a_wrong_answer_changes_nothing_but_the_number_of_passes(
    factor: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    problem = pose(
        calibrate(synthetic_world(5, 3, np.random.default_rng(1))), Scenario().with_trade_cost("E00", "E01", -20)
    )
    right = find(problem, settings=EXACT)
    real = hat.one_sector

    def wrong(**arrays: object) -> OneSector:
        found = real(**arrays)  # type: ignore[arg-type]
        return dataclasses.replace(
            found,
            factors_by_excess=factor * found.factors_by_excess,
            factors_by_error=factor * found.factors_by_error,
        )

    monkeypatch.setattr(hat, "one_sector", wrong)
    other = find(problem, settings=EXACT)
    assert len(other.errors) > len(right.errors)
    for name in ("ln_v", "ln_P", "ln_X"):
        np.testing.assert_allclose(getattr(other, name), getattr(right, name), atol=1e-10)


def test_shocks_too_large_for_linear_equations_go_on_without_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """A tariff of 60 % everywhere at seven times the elasticities: plain passes arrive, from the baseline."""
    baseline = calibrate(synthetic_world(3, 2, np.random.default_rng(5)))
    seen: list[bool] = []
    real = hat.sweep

    def watched(*arrays: object, plain: bool) -> hat.Sweep:
        seen.append(plain)
        return real(*arrays, plain=plain)  # type: ignore[arg-type]

    monkeypatch.setattr(solving, "sweep", watched)
    found = find(pose(baseline, Scenario((Shock("tariff", rate=0.6),), scale=64 / 9)))
    assert found.errors[-1] <= 1e-10
    assert seen[0] is False
    assert seen[-1] is True
    assert seen.count(False) <= solving.FIRST + 3, "the passes that failed have an end"
    assert len(found.errors) <= seen.count(True)
    assert found.errors[0] > 0.1, "plain passes start from the baseline"
