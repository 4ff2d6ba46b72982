"""What single projects are worth where projects may be done in part: against the same linear programmes solved anew."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from folders import write

from isthmus.programme.divisible import divisible, frontier_bound, order_of_adding, part_values, reasons
from isthmus.programme.fairness import sum_relaxed
from isthmus.programme.first import value_for_money
from isthmus.programme.schedule import Schedule, schedule
from isthmus.programme.search import Search
from isthmus.programme.terms import terms
from isthmus.readers.programme.folder import read_folder


@pytest.fixture
def result(tmp_path: Path) -> Schedule:
    read = read_folder(write(tmp_path))
    return schedule(read.candidates, read.budget, read.settings)


def relaxed(result: Schedule, drop: tuple[int, ...] = (), force: tuple[int, ...] = ()) -> float:
    case = terms(result.candidates, result.budget, result.settings)
    return sum_relaxed(
        Search(case=case, settings=result.settings, disagreement=result.disagreement, drop=drop, force=force)
    )


def test_it_is_above_whole_projects_and_comes_back_to_the_same(result: Schedule) -> None:
    model = divisible(result)
    first = model.most({})
    assert first >= result.objective - 1e-6
    assert first == pytest.approx(relaxed(result))
    assert model.most({0: (0.0, 0.0)}) < first
    assert model.most({}) == pytest.approx(first, rel=1e-12)


def test_regret_and_need_are_those_of_programmes_solved_anew(result: Schedule) -> None:
    best, table = relaxed(result), part_values(result).set_index("project")
    for i, project in enumerate(result.candidates.projects):
        assert table.loc[project.id, "regret"] == pytest.approx(best - relaxed(result, drop=(i,)), abs=1e-6)
        assert table.loc[project.id, "needed"] == pytest.approx(best - relaxed(result, force=(i,)), abs=1e-6)


def test_order_of_adding_ends_at_the_chosen_projects_together(result: Schedule) -> None:
    order = order_of_adding(result)
    assert set(order["project"]) == set(result.start)
    others = tuple(i for i, p in enumerate(result.candidates.projects) if p.id not in result.start)
    bare = replace(result, settings=replace(result.settings, floor="none"))
    assert order["total"].iloc[-1] == pytest.approx(relaxed(bare, drop=others))
    assert order["added"].sum() == pytest.approx(order["total"].iloc[-1])
    assert list(order["place"]) == list(range(1, len(order) + 1))
    assert len(order_of_adding(result, 1)) == 1


def test_no_programme_lies_beyond_the_frontier(result: Schedule) -> None:
    found = frontier_bound(result, 5).pivot(index="point", columns="partner", values="gain")
    assert (np.diff(found["A"]) >= -1e-9).all()
    assert (np.diff(found["B"]) <= 1e-9).all()
    gain = dict(zip(result.partners, result.valued.gain, strict=True))
    reached = np.interp(gain["A"], found["A"], found["B"])
    assert gain["A"] <= found["A"].max() + 1e-6
    assert gain["B"] <= reached + 1e-6


def test_reasons_for_staying_out(result: Schedule) -> None:
    value = value_for_money(result.candidates, result.budget, result.settings).query("partner == 'all'")
    worth = (value["benefit_pv"] - value["cost_pv"]).tolist()
    told = dict(zip([p.id for p in result.candidates.projects], reasons(result, worth), strict=True))
    assert {name for name, why in told.items() if why == "chosen"} == set(result.start)
    out = {name: why for name, why in told.items() if why != "chosen"}
    assert set(out.values()) <= {"loses", "excluded", "waits", "crowded"}
    assert reasons(replace(result, start={}), [-1.0, 1.0, 1.0, 1.0]) == ["loses", "waits", "crowded", "crowded"]
    assert reasons(replace(result, start={"lab": 2026}), [1.0] * 4)[3] == "excluded"
