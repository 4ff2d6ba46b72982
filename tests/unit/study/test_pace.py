"""What the plans add to the observed pace: of the way that is left, for targets that are measured from a past base."""

from dataclasses import replace
from pathlib import Path

import pytest

from isthmus.readers.study.study import load_study
from isthmus.study import pace
from isthmus.study.station import Findings
from isthmus.study.study import Study
from tests.packaged import packaged_study


@pytest.fixture(scope="module")
def study() -> Study:
    return packaged_study()


def additional(study: Study, name: str) -> tuple[float, float, float]:
    (row,) = (row for row in pace.compute(study, Findings(), None).additional.rows if row.parameter == name)  # type: ignore[arg-type]
    return row.low, row.central, row.high


def test_the_trend_is_set_against_the_rest_of_the_way(study: Study) -> None:
    """Farm output: 25 % above 2021 by 2030 is asked for, 10.2, -0.3 and -3.2 % have been seen, six years are left."""
    seen = {(o.indicator, o.year): o.value for o in study.observations}
    reached = 1.0
    for year in (2022, 2023, 2024):
        reached *= 1 + seen["ru309_agro", year] / 100
    observed, left = reached ** (1 / 3) - 1, (1.25 / reached) ** (1 / 6) - 1
    low, central, high = additional(study, "agro_additional_ru")
    assert central == pytest.approx(1 - observed / left, rel=1e-6)
    assert central > 1 - observed / (1.25 ** (1 / 9) - 1)
    assert (low, high) == (0, 1)


def test_a_target_that_has_been_reached_since_its_base_needs_no_plan(study: Study) -> None:
    reached = tuple(replace(t, value=5.0) if t.id == "ru309_agro" else t for t in study.targets)
    assert additional(replace(study, targets=reached), "agro_additional_ru") == (0, 0, 0)


def test_a_target_measured_from_the_latest_value_keeps_its_pace(study: Study) -> None:
    """R&D of 2 % of GDP from 0.97 % in 2024, with a share that falls: all of it is the plan's."""
    assert additional(study, "rd_additional_ru")[1:] == (1, 1)


def test_a_target_without_a_unit_has_no_base_and_keeps_its_pace() -> None:
    small = load_study(Path(__file__).parents[3] / "docs" / "examples" / "files" / "minimal")
    without = tuple(replace(t, unit="") for t in small.targets)
    assert pace.compute(replace(small, targets=without), Findings(), None) is not None  # type: ignore[arg-type]
