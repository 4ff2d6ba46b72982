"""A programme small enough to be worked out by hand, and what is said when there is none."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import xarray as xr
from folders import CONFLICT, TABLES, replaced, settings, write

from isthmus.core.errors import BadInputError, InfeasibleError, NotConvergedError
from isthmus.programme.check import require_kept, value_plan
from isthmus.programme.frontier import efficient, frontier
from isthmus.programme.project import NO_SIDE, Budget, Project, Settings, gather
from isthmus.programme.schedule import Risk, Schedule, schedule
from isthmus.readers.programme.folder import Folder, read_folder


def choose(folder: Path, objective: str = "sum", **changes: str) -> Schedule:
    read = read_folder(write(folder, **changes))
    return schedule(read.candidates, read.budget, read.settings, objective=objective)


def test_the_small_folder_by_hand(tmp_path: Path) -> None:
    """Bridge 180 - 100, road 30 - 20 and 5 for B, laboratory 35 - 30 or school 16 - 10: the school excludes the laboratory."""
    result = choose(tmp_path / "f")
    assert set(result.start) == {"bridge", "road", "school"}
    assert result.start["road"] >= result.start["bridge"] + 2
    assert result.objective == pytest.approx(80 + 10 + 5 + 6)
    assert (result.gap, result.price_of_fairness) == (0.0, 0.0)
    assert result.disagreement == pytest.approx([2.0, 0.0])


def test_one_year_of_a_shared_resource(tmp_path: Path) -> None:
    """With crews for one start in each year, laboratory and bridge cannot both start in 2026."""
    limits = "resource,year,capacity\n" + "".join(
        f"crew,{year},{2 if year == 2026 else 1}\n" for year in range(2026, 2033)
    )
    result = choose(tmp_path / "f", limits=limits, **replaced("benefits", "lab,B,1,25", "lab,B,1,95"))
    assert result.start["bridge"] == 2026
    assert result.start["lab"] > 2026


def test_minimum_share_and_one_side_only(tmp_path: Path) -> None:
    result = choose(tmp_path / "f")
    bridge, road = result.valued.contribution[0], result.valued.contribution[1]
    assert (bridge[:, bridge.sum(axis=0) > 0] >= 0.25 * bridge.sum(axis=0)[bridge.sum(axis=0) > 0] - 1e-6).all()
    assert road[1].sum() == 0


def test_carry_over_lets_a_large_cost_be_paid(tmp_path: Path) -> None:
    """65 in 2026 cannot be paid from 2026 alone with a share of 0.25; with a kept half of a year it can in 2027."""
    poor = TABLES["budgets.csv"].replace("60", "30")
    costs = {**replaced("costs", "bridge,0,60", "bridge,0,85"), "budgets": poor}
    without = choose(tmp_path / "a", **costs, **settings(carry_over=0.0))
    kept = choose(tmp_path / "b", **costs, **settings(carry_over=0.5))
    assert "bridge" not in without.start
    assert kept.start["bridge"] > 2026
    assert kept.valued.kept[:, 0] == pytest.approx([15, 15], abs=6)


def test_gains_by_calendar_year_count_from_completion() -> None:
    gain = xr.DataArray(
        np.array([[[1.0, 2.0, 4.0, 8.0, 16.0]]]),
        {"project": ["p"], "partner": ["A"], "year": [2026, 2027, 2028, 2029, 2030]},
        ("project", "partner", "year"),
    )
    candidates = gather(
        [Project(id="p", build_years=2, earliest=2026, latest=2028)],
        partners=["A"], costs=[("p", NO_SIDE, 0, 3.0)], benefits=[], gain=gain,
    )  # fmt: skip
    budget = Budget(
        amount=xr.DataArray([[3.0] * 3], {"partner": ["A"], "year": [2026, 2027, 2028]}, ("partner", "year"))
    )
    result = schedule(candidates, budget, Settings(base_year=2026, horizon=2029, discount_rate=0.0, gap=0.0))
    assert result.start == {"p": 2026}
    assert result.objective == pytest.approx(4 + 8 - 3)


def test_a_synergy_after_the_horizon_counts_for_nothing(tmp_path: Path) -> None:
    late = "a,b,partner,benefit,year_offset\nbridge,road,B,5,20\n"
    assert choose(tmp_path / "f", synergies=late).objective == pytest.approx(96)


def test_fairness_moves_money(tmp_path: Path) -> None:
    fair = choose(tmp_path / "f", "maxmin")
    above = fair.valued.gain - fair.disagreement
    assert above[0] == pytest.approx(above[1], rel=1e-6)
    assert fair.bound >= fair.objective
    product = choose(tmp_path / "f", "nash")
    assert product.objective == pytest.approx(float(np.sqrt(np.prod(product.valued.gain - product.disagreement))))


def test_no_joint_gain_leaves_a_product_of_nothing(tmp_path: Path) -> None:
    """Where only what each can do alone is worth doing, the product is zero for every programme and a plan still results."""
    poor = (
        TABLES["benefits.csv"]
        .replace("100", "10")
        .replace("80", "10")
        .replace("25", "1")
        .replace("school,B,1,4", "school,B,1,0")
    )
    result = choose(tmp_path / "f", "nash", benefits=poor)
    assert result.objective == pytest.approx(0, abs=1e-6)
    assert result.gap == 0


def test_no_programme_names_the_floor_and_what_holds_it(tmp_path: Path) -> None:
    with pytest.raises(InfeasibleError, match="limit") as caught:
        choose(tmp_path / "f", **CONFLICT)
    assert caught.value.detail["binding"] == ["floor", "limit"]
    assert caught.value.detail["disagreement"] == {"A": 4.0, "B": 3.0}
    assert caught.value.detail["shortfall"] == pytest.approx(3.0)
    free = choose(tmp_path / "g", **CONFLICT, **settings(floor="none"))
    assert set(free.start) == {"x"}


def test_a_forced_project_that_cannot_start_says_why(tmp_path: Path) -> None:
    late = replaced("projects", "road,Road,1,2026,2029", "road,Road,1,2026,2027")
    read = read_folder(write(tmp_path / "f", **late))
    with pytest.raises(InfeasibleError, match="window of road ends in 2027, before bridge can be done in 2028"):
        schedule(read.candidates, read.budget, read.settings, force=("road",))
    poor = read_folder(write(tmp_path / "g", budgets=TABLES["budgets.csv"].replace("60", "5")))
    with pytest.raises(InfeasibleError, match="budget"):
        schedule(poor.candidates, poor.budget, poor.settings, force=("bridge",))


def test_a_search_that_ends_with_nothing_but_doing_nothing_has_found_none(tmp_path: Path) -> None:
    """Only joint projects, so that nobody has a plan alone: to do nothing is allowed, but it is no programme found."""
    many = range(12)
    projects = "id,name,build_years,earliest,latest,requires,excludes,sides\n" + "".join(
        f"p{i},P,1,2026,2029,,,A;B\n" for i in many
    )
    costs = "project,year_offset,cost,side\n" + "".join(f"p{i},0,{5 + i},\n" for i in many)
    gains = "".join(f"p{i},{j},1,{7 + (i * 7) % 5}\n" for i in many for j in "AB")
    benefits = "project,partner,year_offset,benefit\n" + gains
    tables = {"projects": projects, "costs": costs, "benefits": benefits, "synergies": "", "limits": "", "needs": ""}
    read = read_folder(write(tmp_path / "f", **tables))
    for objective in ("sum", "maxmin", "nash"):
        with pytest.raises(
            InfeasibleError, match=r"no programme was found before the search ended \(interrupted\)"
        ) as caught:
            schedule(read.candidates, read.budget, read.settings, objective=objective, stop=lambda: True)
        assert caught.value.detail["binding"] == ["time"]
    costly = read_folder(write(tmp_path / "g", **{**tables, "costs": costs.replace(",0,", ",0,9")}))
    nothing = schedule(costly.candidates, costly.budget, costly.settings)
    assert (nothing.start, nothing.gap, nothing.status) == ({}, 0.0, "optimal"), "nothing worth doing is an answer"


def test_stopped_at_once_keeps_what_is_known(tmp_path: Path) -> None:
    read = read_folder(write(tmp_path / "f"))
    for objective in ("sum", "maxmin", "nash"):
        result = schedule(read.candidates, read.budget, read.settings, objective=objective, stop=lambda: True)
        assert result.status == "interrupted"
        assert result.bound >= result.objective
        assert np.isfinite(result.gap)


def test_points_that_another_one_exceeds_are_no_frontier() -> None:
    points = pd.DataFrame(
        {
            "point": [1, 2, 3, 4],
            "a": [5.0, 4.0, 1.0, 4.0],
            "b": [1.0, 2.0, 3.0, 3.0],
            "name": ["x", "below", "equal", "y"],
        }
    )
    kept = efficient(points, "a", "b")
    assert list(kept["name"]) == ["x", "y"]
    assert list(kept["point"]) == [1, 2]


def test_frontier_runs_from_one_end_to_the_other(tmp_path: Path) -> None:
    result = choose(tmp_path / "f")
    points = frontier(result, 5)
    assert len(points) >= 3
    assert (np.diff(points["gain_B"]) > 0).all()
    assert (np.diff(points["gain_A"]) < 0).all()
    assert points["gain_A"].max() + 1e-6 >= result.valued.gain[0]
    assert (points["gain_A"] + points["gain_B"] <= result.objective + 1e-6).all()


def test_a_tail_averse_choice_leaves_a_gamble(tmp_path: Path) -> None:
    """The road pays 30 on average but nothing in half of the scenarios; weight on the worst half leaves it out."""
    read = read_folder(write(tmp_path / "f", synergies=""))
    factors = np.ones((2, 4, 2))
    factors[0, 1], factors[1, 1] = 0.0, 2.0
    risk = Risk(factors=factors, weight=0.0, tail=0.5)
    calm = schedule(read.candidates, read.budget, read.settings, objective="tail", risk=risk)
    wary = schedule(read.candidates, read.budget, read.settings, objective="tail", risk=replace(risk, weight=1.0))
    assert "road" in calm.start
    assert "road" not in wary.start
    assert calm.objective == pytest.approx(96)
    assert wary.objective == pytest.approx(86)


def test_objective_and_scenarios_go_together(tmp_path: Path) -> None:
    read = read_folder(write(tmp_path / "f"))
    for name in ("tail", "best"):
        with pytest.raises(BadInputError):
            schedule(read.candidates, read.budget, read.settings, objective=name)


def broken_plan(read: Folder, start: dict[str, int], paid: np.ndarray) -> str:
    valued = value_plan(read.candidates, read.budget, read.settings, start, paid)
    with pytest.raises(NotConvergedError) as caught:
        require_kept(valued, valued.gain, None, 1.0)
    return str(caught.value)


def test_the_recount_refuses_what_is_broken(tmp_path: Path) -> None:
    """A solver that answered wrongly would be found out: each constraint is broken by hand."""
    read = read_folder(write(tmp_path / "f"))
    good = schedule(read.candidates, read.budget, read.settings)
    paid, start = good.valued.contribution, dict(good.start)
    assert "do not sum" in broken_plan(read, start, paid * 0.9)
    assert "outside its window" in broken_plan(read, {**start, "bridge": 2031}, paid)
    assert "before bridge is done" in broken_plan(read, {**start, "road": start["bridge"]}, paid)
    assert "exclude each other" in broken_plan(read, {**start, "lab": 2028}, paid)
    assert "not its own" in broken_plan(read, start, paid[:, ::-1])
    lopsided = paid.copy()
    lopsided[0, 0], lopsided[0, 1] = paid[0].sum(axis=0), 0
    assert "less than the minimum" in broken_plan(read, start, lopsided)
    assert "budget of A is short" in broken_plan(read, start, lopsided * 3)
    assert "negative" in broken_plan(read, start, -paid)
    assert "crew in 2026 is exceeded" in broken_plan(read, {"bridge": 2026, "lab": 2026}, paid)
    valued = good.valued
    with pytest.raises(NotConvergedError, match="the solver has"):
        require_kept(valued, valued.gain + 1, None, 1.0)
    with pytest.raises(NotConvergedError, match="below the floor"):
        require_kept(valued, valued.gain, valued.gain + 1, 1.0)
