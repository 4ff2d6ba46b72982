"""The projection that is handed on is the one behind the chance."""

import numpy as np
import pytest

from isthmus.core.provenance import Status
from isthmus.plans.plan import Kind, Target
from isthmus.tracking.future import projected
from isthmus.tracking.indicator import Observation
from isthmus.tracking.scoreboard import track

LEVELS = [(i + 0.5) / 199 for i in range(199)]


def target(**more):
    told = {"id": "t", "text": "", "partner": "AAA", "indicator": "t", "kind": Kind.LEVEL, "operator": ">=", "value": 130.0,
            "unit": "t", "lang": "en", "year": 2030, "base_year": 2025, "direction": "up"}  # fmt: skip
    return Target(**(told | more))


def series(values, unit="t"):
    return [
        Observation(indicator="t", year=2026 - len(values) + i, value=v, unit=unit, status=Status.VERIFIED)
        for i, v in enumerate(values)
    ]


CASES = {
    "level": (target(), series([100.0, 103.0, 104.0, 110.0, 112.0, 118.0])),
    "fall": (target(operator="<=", value=80.0, direction="down"), series([100.0, 97.0, 95.0, 94.0, 90.0, 89.0])),
    "about": (target(operator="~", value=130.0), series([100.0, 103.0, 104.0, 110.0, 112.0, 118.0])),
    "change": (
        target(kind=Kind.CHANGE_PCT, value=20.0, unit="%", base_year=2024),
        series([100.0, 103.0, 104.0, 110.0, 112.0, 118.0]),
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_its_distribution_meets_the_goal_with_the_stated_chance(name):
    one, points = CASES[name]
    (row,) = track([one], points, "2026-06-30").status.to_dict("records")
    found = projected([one], points, np.datetime64("2026-06-30"), LEVELS)["t"]
    assert np.median(found.values) == pytest.approx(row["projected"])
    met = np.array(found.values) <= found.goal if one.direction == "down" else np.array(found.values) >= found.goal
    assert met.mean() == pytest.approx(row["chance"], abs=0.01)
    assert list(found.values) == sorted(found.values)


def test_a_short_series_is_not_projected():
    one, points = target(), series([100.0, 103.0])
    assert projected([one], points, np.datetime64("2026-06-30"), LEVELS) == {}
