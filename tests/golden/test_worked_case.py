"""Numbers of the worked case at central values that must not move unnoticed: effects of the plans in every setting and year."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from isthmus.readers.study.study import load_study
from isthmus.study import border, ensemble, network, pace, value, worlds
from isthmus.study.border import BorderSection
from isthmus.study.components import THIRD
from isthmus.study.section import Parts
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
def given() -> Study:
    """The packaged study with the border's ledger as its network gives it."""
    read = load_study("china-russia")
    return network.refine(read, network.compute(read, Findings(), Bench()))


@pytest.fixture(scope="module")
def priced(given: Study) -> BorderSection:
    return border.compute(given, Findings(), Bench())


@pytest.fixture(scope="module")
def study(given: Study, priced: BorderSection) -> Study:
    """The packaged study as the later stations see it: with the border priced."""
    return border.refine(given, priced)


def test_effects_in_every_setting(
    study: Study, priced: BorderSection, frozen: Callable[[pd.DataFrame, str], None]
) -> None:
    table = worlds.compute(study, Findings({"border": priced}), Bench()).worlds.frame
    frozen(table[["setting", "economy", "component", "value_pct", "sign_change"]], "worked_case_settings")


def test_value_of_alignment_with_its_range(
    study: Study, priced: BorderSection, frozen: Callable[[pd.DataFrame, str], None]
) -> None:
    """Low, median, high and central of every component, branch and support, gross and net, with a fifth of the draws."""
    few = replace(study, draws=replace(study.draws, count=200))
    few = pace.refine(few, pace.compute(few, Findings(), Bench()))
    solved = Findings({"border": priced, "ensemble": ensemble.compute(few, Findings({"border": priced}), Bench())})
    table = value.compute(few, solved, Bench()).value.frame
    frozen(table[table["economy"].isin([*study.partners, THIRD])], "worked_case_value")
