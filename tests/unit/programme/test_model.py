"""The model as text is the model that is solved."""

from pathlib import Path

import highspy
import pytest
from folders import write

from isthmus.programme.constraints import write_constraints
from isthmus.programme.model import add_column, add_row, finish, lp_text, step_terms
from isthmus.programme.objectives import total_gain
from isthmus.programme.solver import Limits, solve_model
from isthmus.programme.terms import terms
from isthmus.readers.programme.folder import read_folder


def test_text_of_the_model_has_the_same_optimum(tmp_path: Path) -> None:
    read = read_folder(write(tmp_path / "f"))
    case = terms(read.candidates, read.budget, read.settings)
    draft, layout = write_constraints(case, [0, 1])
    model = finish(draft, total_gain(layout))
    (tmp_path / "m.lp").write_text(lp_text(model), encoding="utf-8")
    other = highspy.Highs()
    other.setOptionValue("output_flag", False)
    assert other.readModel(str(tmp_path / "m.lp")) != highspy.HighsStatus.kError
    other.run()
    answer = solve_model(model, Limits())
    assert other.getInfo().objective_function_value == pytest.approx(answer.objective, rel=1e-7)
    assert answer.objective * layout.unit == pytest.approx(101)
    assert "x_started_bridge_2026" in lp_text(model)


def test_steps_carry_the_value_of_the_start(tmp_path: Path) -> None:
    expression = step_terms([3, 5, 8], [10.0, 7.0, 1.0])
    for first, value in ((0, 10.0), (1, 7.0), (2, 1.0)):
        assert sum(v for k, v in expression.items() if k in [3, 5, 8][first:]) == value


def test_names_that_text_does_not_allow_stay_apart() -> None:
    from isthmus.programme.model import Draft

    draft = Draft()
    a, b = add_column(draft, "мост", 0, 1, integer=True), add_column(draft, "порт", 0, 1, integer=True)
    add_row(draft, "one", {a: 1.0, b: 2.0}, lower=-1.0, upper=2.0)
    text = lp_text(finish(draft, {a: 1.0, b: 1.0}))
    assert "x_____ " in text
    assert "x_______2" in text


def test_the_solver_prints_nothing(capfd: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    read = read_folder(write(tmp_path / "f"))
    draft, layout = write_constraints(terms(read.candidates, read.budget, read.settings), [0, 1])
    solve_model(finish(draft, total_gain(layout)), Limits())
    assert capfd.readouterr().out == ""
