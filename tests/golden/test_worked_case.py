"""Numbers of the worked case at central values that must not move unnoticed: effects of the plans in every setting and year."""

from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd
import pytest

from isthmus.equilibrium.solve import Settings
from isthmus.levers.change import target_values
from isthmus.levers.worlds import Timetable, solve_worlds
from isthmus.readers.study.study import load_study
from isthmus.study import border, worlds
from isthmus.study.border import BorderSection
from isthmus.study.components import THIRD, four_worlds, split, third_weights, with_third
from isthmus.study.section import Parts
from isthmus.study.standing import standing_costs
from isthmus.study.station import Findings
from isthmus.study.study import Study


class Bench:
    def progress(self, share: float) -> None:
        assert 0 <= share <= 1

    def piece(self, _name: str, make: Callable[[], Parts]) -> Parts:
        return make()

    def map(self, function: Callable[[Any], Any], items: Sequence[Any]) -> list[Any]:
        return [function(item) for item in items]


@pytest.fixture(scope="module")
def priced() -> BorderSection:
    return border.compute(load_study("china-russia"), Findings(), Bench())


@pytest.fixture(scope="module")
def study(priced: BorderSection) -> Study:
    """The packaged study as the later stations see it: with the border priced."""
    return border.refine(load_study("china-russia"), priced)


def test_effects_in_every_setting(
    study: Study, priced: BorderSection, frozen: Callable[[pd.DataFrame, str], None]
) -> None:
    table = worlds.compute(study, Findings({"border": priced}), Bench()).worlds.frame
    frozen(table[["setting", "economy", "component", "value_pct", "sign_change"]], "worked_case_settings")


def test_effects_at_deadline_and_review(
    study: Study, priced: BorderSection, frozen: Callable[[pd.DataFrame, str], None]
) -> None:
    parameters = {**target_values(study.targets), **study.ledger.central()}
    timetable = Timetable(study.start, study.deadline, study.review)
    exact = Settings(tolerance=1e-12)
    solved = solve_worlds(
        study.baseline,
        study.levers,
        parameters,
        four_worlds(study.levers, study.partners, parameters),
        timetable,
        standing=standing_costs(Findings({"border": priced}), study),
        settings=exact,
    )
    weights = third_weights(study.baseline, study.partners)
    labels = [*study.baseline.economies, THIRD]
    frames = []
    for year in (study.deadline, study.review):
        incomes = {name: with_third(world.real_income[year], weights) for name, world in solved.items()}
        effects = split(incomes, labels, study.partners)
        frames.append(pd.DataFrame(effects, index=pd.Index(labels, name="economy")).reset_index().assign(year=year))
    frozen(pd.concat(frames, ignore_index=True), "worked_case_effects")
