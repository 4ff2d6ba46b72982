"""Goal-seek on the packaged study: goals are met in a second solve, what is out of reach says so, bad questions are refused."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from isthmus.cli import main
from isthmus.core.errors import BadInputError, InfeasibleError
from isthmus.levers.facts import BorderCosts
from isthmus.study.seek import Goal, Question, Span, effects, placed, question, seek_goals, trade_off_of
from tests.packaged import packaged_study

TWO = (Span(lever="joint_procedures"), Span(lever="joint_gas", low=0.2, high=0.9))


@pytest.fixture(scope="module")
def study():
    return packaged_study()


@pytest.fixture(scope="module")
def asked(study) -> Question:
    return question(study, BorderCosts(), TWO, others=False)


def goal(study, value=None, **more):
    return Goal(name=f"income:{study.partners[1]}", value=value, **more)


def test_one_goal_moves_all_levers_in_the_same_proportion(study, asked):
    half = effects(asked, [placed(asked, goal(study))], np.array([0.5, 0.55]))[0]
    found = seek_goals(asked, [goal(study, half)])
    assert found.degrees == pytest.approx((0.5, 0.55), abs=1e-4)
    assert found.goals[0].year == study.deadline
    assert found.low_pct[0] < half


def test_two_goals_move_levers_by_themselves(study, asked):
    goals = [Goal(name=f"income:{p}") for p in study.partners]
    wanted = effects(asked, [placed(asked, one) for one in goals], np.array([0.8, 0.3]))
    found = seek_goals(asked, [Goal(name=g.name, value=float(v)) for g, v in zip(goals, wanted, strict=True)])
    assert found.degrees == pytest.approx((0.8, 0.3), abs=1e-2)


def test_a_goal_in_a_later_year_is_measured_there(study, asked):
    early, late = (goal(study, year=year) for year in (study.start, study.review))
    one = [effects(asked, [placed(asked, g)], np.array([1.0, 0.9]))[0] for g in (early, late)]
    assert 0 < one[0] < one[1]


def test_an_outcome_is_sought_in_the_unit_of_its_target(study, asked):
    """A value is what would be reached without the levers times their effect, in the target's own unit."""
    own = placed(asked, Goal(name="ru309_nrexp"))
    found = seek_goals(asked, [Goal(name="bilateral_trade", value=0.5)])
    assert found.found.outcomes[0] == pytest.approx(0.5, abs=1e-6)
    with pytest.raises(InfeasibleError, match="closest attainable"):
        seek_goals(asked, [own])


def test_the_curve_of_two_goals_is_solved_exactly_at_every_point(study, asked):
    curve = trade_off_of(asked, Goal(name="ru309_import"), Goal(name="bilateral_trade"), 3)
    assert curve.degrees.shape == (3, 2)
    np.testing.assert_allclose(curve.exact_pct, curve.linear_pct, rtol=0.05, atol=1e-3)
    assert (np.diff(curve.exact_pct[:, 1]) >= -1e-6).all()
    assert curve.exact_pct[-1, 0] >= curve.exact_pct[0, 0]
    assert curve.degrees[-1] == pytest.approx([1.0, 0.9], abs=1e-6)


BAD = {
    "unknown": (Goal(name="income:Atlantis", value=1.0), "unknown outcome"),
    "unit": (Goal(name="gdp:CHN", value=1.0, unit="kg"), "unit 'kg'"),
    "year": (Goal(name="gdp:CHN", value=1.0, year=1990), "year 1990"),
    "own year": (Goal(name="ru309_import", year=2035), "target's own year"),
}


@pytest.mark.parametrize("case", BAD)
def test_what_cannot_be_asked_is_refused(asked, case):
    one, words = BAD[case]
    with pytest.raises(BadInputError, match=words):
        placed(asked, one)


def test_levers_are_named_once_and_known(study):
    for spans, words in (
        ([Span(lever="joint_gas")] * 2, "used twice in one year"),
        ([Span(lever="joint_dance")], "unknown lever"),
        ([Span(lever="joint_gas", low=0.5, high=0.5)], "low end below the high end"),
    ):
        with pytest.raises(BadInputError, match=words):
            question(study, BorderCosts(), spans)
    with pytest.raises(BadInputError, match="no value"):
        seek_goals(question(study, BorderCosts(), TWO), [Goal(name="bilateral_trade")])


@pytest.mark.slow
def test_the_command_writes_levers_goals_and_trials_and_says_what_is_out_of_reach(tmp_path: Path, monkeypatch, study):
    def call(*words: str) -> int:
        monkeypatch.setattr("sys.argv", ["isthmus", "seek", study.name, "--out", str(tmp_path / "out"), *words])
        try:
            main()
        except SystemExit as left:
            return int(left.code or 0)
        return 0

    name, out = f"income:{study.partners[1]}", tmp_path / "out"
    assert call("--goal", f"{name}=50", "--lever", "joint_procedures=0:1") == 3
    told = json.loads((out / "seek.json").read_text("utf-8"))
    assert not told["found"]
    assert len(told["tried"]) >= 2
    assert not (out / "levers.csv").exists()
    (least,), (most,) = told["tried"][0][1], told["closest"]
    assert least < most
    assert call("--goal", f"{name}={(least + most) / 2}@{study.deadline}", "--lever", "joint_procedures=0:1") == 0
    levers = pd.read_csv(out / "levers.csv")
    assert levers["lever"].to_list() == ["joint_procedures"]
    assert len(pd.read_csv(out / "tried.csv")) >= 3
    assert call("--goal", f"{name}=1 kg") == 2
    assert call("--goal", f"{name}=1", "--lever", "joint_gas", "--lever", "joint_gas") == 2
