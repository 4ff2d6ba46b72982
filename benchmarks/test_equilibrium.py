"""Hot paths of the equilibrium: one scenario in worlds of every size, and loading the packaged world.

The limits are those of a quiet reference machine with 2 cores and hold for processor time, which other work on the same
machine inflates less than the clock on the wall. Memory is what preparing and iterating allocate on top of the baseline.
"""

import time
import tracemalloc
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from isthmus.economy.baseline import Baseline
from isthmus.economy.calibrate import calibrate
from isthmus.economy.exposure import Exposure, exposure, links
from isthmus.economy.synthetic import synthetic_world
from isthmus.equilibrium.gradient import Gradient, gradient_of
from isthmus.equilibrium.path import Path, solve_years
from isthmus.equilibrium.scenario import Scenario, Shock, resolve
from isthmus.equilibrium.solve import Settings, find, pose
from isthmus.equilibrium.state import State
from isthmus.levers.worlds import PlanWorld, Timetable, solve_worlds
from isthmus.readers.study.study import load_study
from isthmus.readers.worlds.world import load_baseline
from isthmus.study.components import plan_by_plan
from isthmus.study.draws import central_draw

TOLERANCE = 1e-10


@dataclass(frozen=True)
class World:
    """A world to solve: its size, or the packaged one; the longest processor time of one solve, rounds."""

    name: str
    economies: int
    sectors: int
    longest: float
    rounds: int


WORLDS = (
    World("20x10", 20, 10, 0.004, 20),
    World("44x20", 44, 20, 0.005, 20),
    World("packaged", 0, 0, 0.008, 20),
    World("81x50", 81, 50, 0.012, 10),
    World("196x133", 196, 133, 0.3, 3),
)
SHOCKS = {
    "one_tariff": lambda a, b: Scenario().with_tariff(a, b, 0.25),
    "large_cost": lambda a, b: Scenario().with_trade_cost(a, b, -30).with_trade_cost(b, a, -30),
}


@lru_cache(maxsize=1)
def baseline_of(world: World) -> Baseline:
    if world.name == "packaged":
        return load_baseline(services=5.0)
    return calibrate(synthetic_world(world.economies, world.sectors, np.random.default_rng(0)))


def solved(baseline: Baseline, scenario: Scenario) -> State:
    problem = pose(baseline, scenario)
    return find(problem)


@pytest.mark.parametrize("shock", SHOCKS)
@pytest.mark.parametrize("world", WORLDS, ids=lambda world: world.name)
def test_solve(benchmark: BenchmarkFixture, world: World, shock: str) -> None:
    baseline = baseline_of(world)
    scenario = SHOCKS[shock](*baseline.economies[:2])
    cpu: list[float] = []

    def work() -> State:
        start = time.process_time()
        solution = solved(baseline, scenario)
        cpu.append(time.process_time() - start)
        return solution

    solution = benchmark.pedantic(work, rounds=world.rounds, warmup_rounds=1)
    assert solution.errors[-1] <= TOLERANCE
    tracemalloc.start()
    solved(baseline, scenario)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    held = sum(getattr(baseline, name).nbytes for name in ("trade_share", "tariff_factor", "input_share"))
    benchmark.extra_info |= {
        "cpu_ms": round(1e3 * float(np.median(cpu)), 2),
        "evaluations": len(solution.errors),
        "peak_mb": round(peak / 1e6),
        "baseline_mb": round(held / 1e6),
    }
    assert np.median(cpu) <= world.longest


def test_load_and_calibrate_the_packaged_world(benchmark: BenchmarkFixture) -> None:
    cpu: list[float] = []

    def work() -> Baseline:
        start = time.process_time()
        baseline = load_baseline()
        cpu.append(time.process_time() - start)
        return baseline

    baseline = benchmark.pedantic(work, rounds=5, warmup_rounds=1)
    assert baseline.economies
    benchmark.extra_info["cpu_ms"] = round(1e3 * float(np.median(cpu)))
    assert np.median(cpu) <= 0.5


@pytest.mark.parametrize(("name", "longest"), [("packaged", 0.02), ("81x50", 0.15)])
def test_gradient_of_one_objective(benchmark: BenchmarkFixture, name: str, longest: float) -> None:
    baseline = baseline_of(next(world for world in WORLDS if world.name == name))
    state = find(pose(baseline, Scenario()))
    weights = np.zeros(state.income.size)
    weights[0] = 1.0
    cpu: list[float] = []

    def work() -> Gradient:
        start = time.process_time()
        found = gradient_of(state, baseline.economies[0], weights)
        cpu.append(time.process_time() - start)
        return found

    found = benchmark.pedantic(work, rounds=10, warmup_rounds=1)
    benchmark.extra_info |= {"cpu_ms": round(1e3 * float(np.median(cpu)), 2), "evaluations": found.evaluations}
    assert np.median(cpu) <= 1.5 * longest


@pytest.mark.parametrize(("name", "longest"), [("packaged", 0.05), ("81x50", 0.15)])
def test_path_of_eleven_years(benchmark: BenchmarkFixture, name: str, longest: float) -> None:
    baseline = baseline_of(next(world for world in WORLDS if world.name == name))
    a, b = baseline.economies[:2]
    shock = Shock("trade_cost", -10, exporter=a, importer=b, start=2026, phase_years=5)
    problem = pose(baseline, Scenario((shock,)))
    cpu: list[float] = []

    def work() -> Path:
        start = time.process_time()
        path = solve_years(problem, problem.scenario, range(2026, 2037))
        cpu.append(time.process_time() - start)
        return path

    path = benchmark.pedantic(work, rounds=5, warmup_rounds=1)
    benchmark.extra_info |= {
        "cpu_ms": round(1e3 * float(np.median(cpu)), 2),
        "evaluations": sum(len(state.errors) for state in path.states.values()),
    }
    assert np.median(cpu) <= 1.5 * longest


def test_worlds_of_the_packaged_study_over_eleven_years(benchmark: BenchmarkFixture) -> None:
    """Each plan alone, both at each side's own pace, both agreed: every year from the start to the review, at 1e-10."""
    study = load_study("china-russia")
    central = central_draw(study).parameters
    worlds = plan_by_plan(study.levers, study.partners, central, study.asked)
    timetable = Timetable(study.start, study.deadline, study.review)
    cpu: list[float] = []

    def work() -> dict[str, PlanWorld]:
        start = time.process_time()
        found = solve_worlds(
            study.baseline, study.levers, central, worlds, timetable, settings=Settings(tolerance=TOLERANCE)
        )
        cpu.append(time.process_time() - start)
        return found

    found = benchmark.pedantic(work, rounds=5, warmup_rounds=1)
    assert len(timetable.years) == 11
    assert len(found) == len(worlds)
    benchmark.extra_info |= {"cpu_ms": round(1e3 * float(np.median(cpu)), 2), "worlds": len(found)}
    assert np.median(cpu) <= 1.5 * 0.35


def test_exposure_of_the_packaged_world(benchmark: BenchmarkFixture) -> None:
    baseline = baseline_of(next(world for world in WORLDS if world.name == "packaged"))
    cpu: list[float] = []

    def work() -> Exposure:
        start = time.process_time()
        found = exposure(links(baseline))
        cpu.append(time.process_time() - start)
        return found

    found = benchmark.pedantic(work, rounds=3, warmup_rounds=1)
    assert np.isfinite(found.embodied).all()
    benchmark.extra_info["cpu_ms"] = round(1e3 * float(np.median(cpu)))
    assert np.median(cpu) <= 2.0


def test_a_scenario_costs_what_it_touches(benchmark: BenchmarkFixture) -> None:
    """Posing one tariff in the largest world copies nothing of the size of the trade cube but the model's own shares."""
    baseline = baseline_of(WORLDS[-1])
    scenario = SHOCKS["one_tariff"](*baseline.economies[:2])
    benchmark.pedantic(lambda: resolve(scenario, baseline), rounds=5, warmup_rounds=1)
    assert benchmark.stats.stats.median <= 0.01
