"""The world that headline numbers are computed on: newest totals, and the prices that money is told in."""

import dataclasses

import numpy as np
import pytest

from isthmus.report.locale import LANGUAGES, Translator
from isthmus.report.wording import with_prices
from isthmus.study import ensemble
from isthmus.study.blend import central_run, effects_of
from isthmus.study.ensemble import bench_of
from isthmus.study.freight import freight_of
from isthmus.study.headline import headline_world, newest_world, price_year
from isthmus.study.station import Findings
from isthmus.study.study import Study
from tests.packaged import packaged_study


class _Bench:
    def progress(self, _share: float) -> None:
        pass

    def map(self, function, items):  # type: ignore[no-untyped-def]
        return [function(item) for item in items]


@pytest.fixture(scope="module")
def study() -> Study:
    read = packaged_study()
    draws = dataclasses.replace(read.draws, count=2, closures=("",), elasticities=("",), trade_years=("",))
    return dataclasses.replace(read, draws=draws, start=read.deadline, review=read.deadline)


def test_money_is_told_at_the_prices_of_its_costs_and_economies_keep_their_size(study: Study) -> None:
    assert study.prices is not None
    told, year, _ = headline_world(study)
    table, same_year, _ = newest_world(study)
    assert (year, price_year(study)) == (same_year, study.prices.year) == ("2024", 2024)
    for name in ("income", "value_added", "spending", "output", "deficit", "tariff_revenue"):
        np.testing.assert_allclose(getattr(told, name), study.prices.level * getattr(table, name), rtol=1e-12)
    assert told.trade_share.identical(table.trade_share)
    assert headline_world(study)[0] is told
    assert headline_world(dataclasses.replace(study, prices=None))[0] is table
    assert price_year(dataclasses.replace(study, prices=None)) == study.baseline.table.year  # type: ignore[union-attr]


def test_prices_move_what_a_cost_takes_from_income_and_no_gain(study: Study) -> None:
    solved = ensemble.compute(study, Findings(), _Bench())
    found = {}
    for priced in (study, dataclasses.replace(study, prices=None)):
        world = headline_world(priced)[0]
        bench = bench_of(priced, solved, world, [*study.partners, "third"])
        found[priced.prices] = effects_of(bench, central_run(bench), study.deadline, [*study.partners, "third"])
    later, own = found[study.prices], found[None]
    assert np.allclose(later.quick, own.quick)
    assert own.quick_cost.sum() > 0
    assert np.allclose(own.quick_cost, later.quick_cost * study.prices.level)  # type: ignore[union-attr]


def test_tonnes_of_trade_are_those_at_the_prices_of_the_table(study: Study) -> None:
    dear = dataclasses.replace(study, prices=dataclasses.replace(study.prices, level=2.0))  # type: ignore[type-var]
    assert freight_of(dear).units.equals(freight_of(study).units)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_source_line_names_the_year_of_its_prices(language: str) -> None:
    text = Translator(language)
    assert "2024" in with_prices("…", 2024, text)
    assert with_prices("…", None, text) == "…"
