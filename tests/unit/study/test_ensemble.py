"""The ensemble's views: what is low and what is high, which year is shown, what is handed on, what the split says."""

import dataclasses
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import xarray as xr

from isthmus.levers.channels.wedge import cell_overheads
from isthmus.levers.facts import world_facts
from isthmus.levers.support import NONE
from isthmus.levers.worlds import AGREED, SINGLE, UNAGREED
from isthmus.study import blend, border, ensemble, jobs, others, trade, value, worlds
from isthmus.study.components import ALIGNED, BOTH, THIRD, plan_by_plan, split, third_weights, with_third
from isthmus.study.draws import CENTRAL
from isthmus.study.ensemble import EnsembleSection, ranges
from isthmus.study.headline import headline_world
from isthmus.study.section import from_parts, to_parts
from isthmus.study.standing import standing_costs
from isthmus.study.station import Findings
from isthmus.study.study import Study
from tests.packaged import packaged_study


class Bench:
    """Works at once and keeps nothing."""

    def progress(self, share: float) -> None:
        assert 0 <= share <= 1

    def piece(self, _name: str, make: Any) -> Any:
        return make()

    def map(self, function: Any, items: Any) -> Any:
        return [function(item) for item in items]


@pytest.fixture(scope="module")
def study() -> Study:
    """The packaged study with three draws and a review two years after the deadline, of which only few years are solved."""
    read = packaged_study()
    draws = dataclasses.replace(read.draws, count=5, closures=("",), elasticities=("",), trade_years=("",))
    return dataclasses.replace(read, draws=draws, start=read.deadline - 1, review=read.deadline + 2)


@pytest.fixture(scope="module")
def solved(study: Study) -> EnsembleSection:
    return ensemble.compute(study, Findings(), Bench())


def test_low_is_the_5th_and_high_the_95th_percentile_and_central_is_no_draw() -> None:
    numbers = [CENTRAL, *range(101)]
    values = xr.DataArray([1e9, *np.arange(101.0)[::-1]], {"draw": numbers}, ["draw"])
    found = ranges(values)
    assert {name: float(found[name]) for name in found} == {"low": 5.0, "median": 50.0, "high": 95.0, "central": 1e9}


def test_the_section_is_kept_and_read_back_whole(solved: EnsembleSection) -> None:
    back = from_parts(EnsembleSection, to_parts(solved))
    xr.testing.assert_identical(back.data, solved.data)
    assert back.residuals == solved.residuals
    assert solved.data.sizes["draw"] == solved.draws
    assert max(solved.residuals.values()) < 1e-9


def test_every_year_shows_its_own_draws(study: Study, solved: EnsembleSection) -> None:
    section = value.compute(study, Findings({"ensemble": solved}), Bench())
    effects = {(row.economy, row.component, row.year): row for row in section.effects.rows}
    exact = solved.data["real_income_pct"].sel(branch="all", world=jobs.QUICK)
    for code in study.partners:
        for year in (study.deadline, study.review):
            row = effects[code, "aligned", year]
            assert row.central == pytest.approx(float(exact.sel(economy=code, year=year)))
            assert row.low < row.median < row.high
        assert effects[code, "aligned", study.deadline].low != effects[code, "aligned", study.review].low


def test_net_rows_say_what_part_of_the_gain_has_no_known_cost(study: Study, solved: EnsembleSection) -> None:
    """All of it where no cost is known, none where every one is; a study that knows some lies between, and says so in `costs`."""

    def shares(costs: Any) -> dict[tuple[str, ...], float | None]:
        section = value.compute(dataclasses.replace(study, costs=costs), Findings({"ensemble": solved}), Bench())
        at = [row for row in section.value.rows if row.year == study.deadline]
        assert all((row.unknown_cost_pct is None) == (not row.net or row.economy not in study.partners) for row in at)
        cost = {
            (r.economy, r.component, r.support): r.unknown_share_pct
            for r in section.costs.rows
            if r.year == study.deadline
        }
        net = [row for row in at if row.net and row.economy in study.partners]
        assert cost == {(r.economy, r.component, r.support): r.unknown_cost_pct for r in net if r.channel == "all"}
        return {(r.channel, r.economy, r.component, r.support): r.unknown_cost_pct for r in net}

    supported = {lever.id: study.asked[lever.id].support for lever in study.levers if lever.joint}
    lost = {
        *[name for name, by in supported.items() if by == "both"][:3],
        *(name for name, by in supported.items() if by == "one"),
    }
    some = tuple(cost for cost in study.costs if cost.lever not in lost)
    nothing, own, everything = shares(()), shares(some), shares(_all_known(study))
    assert set(everything.values()) == {0.0}
    assert {nothing[c, p, "total", "both"] for c in ("all", "border") for p in study.partners} == {100.0}
    for partner in study.partners:
        both, joint = (own["all", partner, "total", support] for support in ("both", "joint"))
        assert both is not None
        assert joint is not None
        assert 5 < both < joint < 100
        assert own["all", partner, "total", "one"] == pytest.approx(100)


def test_what_third_economies_lose_and_sell_comes_from_the_same_draws(study: Study, solved: EnsembleSection) -> None:
    """Income is that of the table of value, sales are moved in every draw, and both are near an exact solve at the medians."""
    worth = value.compute(study, Findings({"ensemble": solved}), Bench())
    section = trade.compute(study, Findings({"ensemble": solved, "value": worth}), Bench())
    net = {
        (r.economy, r.support): r
        for r in worth.value.rows
        if r.net and r.component == "total" and r.channel == "all" and r.year == study.deadline
    }
    income = dict(zip(study.baseline.economies, headline_world(study)[0].income.values, strict=True))
    for row in section.third_economies.rows:
        known = net[row.economy, {"both": "both", "all": "joint"}[row.support]]
        assert (row.real_income_pct_low, row.real_income_pct, row.real_income_pct_high) == (
            known.low,
            known.median,
            known.high,
        )
        assert row.real_income_musd_low == pytest.approx(income[row.economy] * known.low / 100)
        for name in (
            "terms_of_trade_pct",
            "exports_to_partners_musd",
            "imports_from_partners_musd",
            "exports_elsewhere_musd",
        ):
            low, middle, high = (getattr(row, f"{name}{end}") for end in ("_low", "", "_high"))
            assert low < middle < high or low == middle == high == 0
    sales = np.array([row.exports_to_partners_musd for row in section.third_economies.rows if row.support == "both"])
    assert len(sales) == len(study.baseline.economies) - len(study.partners)
    assert (sales < 0).mean() > 0.7


def test_sums_of_what_third_economies_sell_are_near_exact_solves(
    study: Study, solved: EnsembleSection, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: dict[str, list[tuple[np.ndarray, np.ndarray]]] = {}
    real = others.calibrated

    def noted(drawn: np.ndarray, linear: np.ndarray, exact: np.ndarray) -> np.ndarray:
        seen.setdefault("all", []).append((linear, exact))
        return real(drawn, linear, exact)

    monkeypatch.setattr(others, "calibrated", noted)
    worth = value.compute(study, Findings({"ensemble": solved}), Bench())
    trade.compute(study, Findings({"ensemble": solved, "value": worth}), Bench())
    assert len(seen["all"]) == 8
    for linear, exact in seen["all"]:
        assert np.abs(linear - exact).max() < 0.1 * np.abs(exact).max()


def _all_known(study: Study) -> tuple[Any, ...]:
    """Return costs that know every lever's for every side."""
    like = next(cost for cost in study.costs if cost.basis == "per_year")
    return tuple(
        dataclasses.replace(like, lever=lever.id, payer=side) for lever in study.levers for side in lever.partners
    )


@pytest.mark.parametrize("partners", [("A", "B"), ("B", "A"), ("A", "B", "C")])
def test_the_split_adds_up(partners: tuple[str, ...]) -> None:
    """Own and spillover fall to the right side, the interaction is what all lack to add up, coordination the last step."""
    alone = {"A": [1.0, 0.2, 0.05], "B": [0.1, 2.0, 0.03], "C": [0.01, 0.02, 0.5]}
    worlds = {SINGLE + p: np.array(alone[p]) for p in partners}
    worlds |= {BOTH: np.array([1.15, 2.3, 0.1]), ALIGNED: np.array([1.5, 2.9, 0.2])}
    found = split(worlds, ["A", "B", "C"], partners)
    three = len(partners) == 3
    assert list(found["own"][:2]) == [1.0, 2.0]
    assert found["own"][2] == 0.5 if three else np.isnan(found["own"][2])
    assert found["spillover"] == pytest.approx([0.11, 0.22, 0.08] if three else [0.1, 0.2, 0.08])
    assert found["interaction"] == pytest.approx([0.04, 0.08, -0.48] if three else [0.05, 0.1, 0.02])
    assert found["coordination"] == pytest.approx([0.35, 0.6, 0.1])
    total = np.nan_to_num(found["own"]) + found["spillover"] + found["interaction"] + found["coordination"]
    assert total == pytest.approx(found["aligned"])
    assert (found["both"] == worlds[BOTH]).all()


def test_third_countries_weigh_by_income_and_partners_not_at_all() -> None:
    income = xr.DataArray([5.0, 1.0, 3.0, 7.0], {"economy": list("ABCD")}, ["economy"])
    baseline: Any = SimpleNamespace(income=income, economies=tuple("ABCD"))
    weights = third_weights(baseline, ("A", "D"))
    assert list(weights) == [0.0, 0.25, 0.75, 0.0]
    assert list(with_third(np.array([9.0, 4.0, 8.0, 9.0]), weights)) == [9.0, 4.0, 8.0, 9.0, 7.0]


def test_each_plan_alone_then_all_then_agreed(study: Study) -> None:
    parameters = {**study.ledger.central()}
    worlds = plan_by_plan(study.levers, study.partners, parameters, study.asked)
    assert [world.name for world in worlds] == [*(SINGLE + p for p in study.partners), BOTH, ALIGNED]
    acting = [{lever.id for lever in study.levers if any(world.degrees.get(lever.id, {}).values())} for world in worlds]
    for partner, found in zip(study.partners, acting, strict=False):
        assert found == {lever.id for lever in study.levers if lever.owner == partner}
    assert acting[-1] == {lever.id for lever in study.levers}
    assert BOTH == UNAGREED + NONE
    assert ALIGNED == AGREED + NONE
    assert len(plan_by_plan(study.levers, study.partners, parameters)) == len(study.partners) + 2


@pytest.fixture(scope="module")
def three(study: Study) -> Study:
    """The study with a third side that takes part in every joint lever as the second one does."""
    _, second = study.partners
    third = next(code for code in study.baseline.economies if code not in study.partners)
    levers = tuple(
        dataclasses.replace(
            lever,
            partners=(*lever.partners, third),
            targets={**lever.targets, third: lever.targets.get(second, ())},
            alone={**lever.alone, third: lever.alone[second]},
        )
        if lever.joint
        else lever
        for lever in study.levers
    )
    draws = dataclasses.replace(study.draws, count=2)
    partners = (*study.partners, third)
    return dataclasses.replace(
        study, partners=partners, levers=levers, draws=draws, start=study.deadline, review=study.deadline
    )


def test_three_sides_are_solved_and_split(three: Study) -> None:
    section = ensemble.compute(three, Findings(), Bench())
    found = {row.economy: row for row in value.compute(three, Findings({"ensemble": section}), Bench()).effects.rows}
    assert set(three.partners) <= set(found)
    assert max(section.residuals.values()) < 1e-9
    single = [f"{SINGLE}{code}" for code in three.partners]
    income = section.data["real_income_pct"].sel(branch="all", year=three.deadline)
    assert set(single) <= set(map(str, income["world"].values))
    assert float(abs(income.sel(world=single[2])).max()) < 1e-6, "the third side has no plan of its own"
    compared = worlds._effects(
        three,
        worlds.Setting("central", ""),
        {},
        third_weights(three.baseline, three.partners),
        worlds.standing_costs(Findings(), three),
    )
    at = list(three.baseline.economies).index(three.partners[2])
    assert compared["own"][at] == pytest.approx(0, abs=1e-6)
    assert compared["spillover"][at] != 0


def test_the_measured_border_is_handed_on_with_its_draws(study: Study) -> None:
    section = border.compute(study, Findings(), Bench())
    after = border.refine(study, section)
    measured = set(after.measured_draws)
    assert measured
    assert measured == set(border.measured_ledger(study.ledger, section)[1])
    for name in measured:
        parameter, drawn = after.ledger[name], np.array(after.measured_draws[name])
        assert parameter != study.ledger[name]
        assert len(drawn) == section.draws
        low, high = np.percentile(drawn, [5, 95])
        rows = [
            r for r in section.group_wedges.rows if r.direction == "both" and f"wedge_{r.component}_{r.scope}" == name
        ]
        for row in rows:
            assert (row.burnt_low, row.burnt_high) == pytest.approx((low, high), abs=1e-12)
        assert (parameter.low, parameter.high) != (parameter.value, parameter.value)
        assert parameter.low <= parameter.value <= parameter.high
        assert parameter.value == pytest.approx(np.median(drawn), rel=0.03)


def test_the_median_draw_of_a_measured_cost_leaves_what_stands_in_its_cells(study: Study) -> None:
    """Cells stand at their medians; an entry centred on modes moved them by half as much again in the median draw."""
    section = border.compute(study, Findings(), Bench())
    after = border.refine(study, section)
    facts = world_facts(after.baseline, standing_costs(Findings({"border": section}), after))
    effect = next(
        effect
        for lever in after.levers
        for effect in lever.effects
        if effect.numbers.get("overhead") == "wedge_time_goods"
    )
    middle = float(np.median(after.measured_draws["wedge_time_goods"]))
    at = {sector: after.baseline.sectors.index(sector) for sector in effect.sector}
    for (exporter, importer, sector), cost in cell_overheads(effect, middle, facts, "").items():
        x, m = (after.baseline.economies.index(code) for code in (exporter, importer))
        assert cost == pytest.approx(facts.standing.costs["time"][at[sector], x, m], rel=0.03)


def test_a_draw_of_another_closure_is_near_an_exact_solve_under_it(study: Study) -> None:
    settings = dataclasses.replace(study.draws, count=4, closures=("", "zero"), elasticities=("",), trade_years=("",))
    found = ensemble.compute(dataclasses.replace(study, draws=settings, review=study.deadline), Findings(), Bench())
    assert sorted(found.data["closure"].values) == ["", "", "zero", "zero"]
    assert list(found.data["setting"].values) == ["central:", "services:low", "services:high", "closure:zero"]
    error = found.linear_error.frame
    scale = error.groupby(["draw", "economy"])["exact_pct"].transform(lambda x: x.abs().max())
    assert ((error["linear_pct"] - error["exact_pct"]).abs() < 0.08 * scale).all()
    assert set(error["economy"]) == {*study.partners, THIRD}


def test_draws_of_every_closure_set_and_year_are_near_exact_solves(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All but the study's own choices at once, in eight draws; 10 % when services are blended in theta itself."""
    monkeypatch.setattr(ensemble, "CHECKED", 8)
    draws = dataclasses.replace(
        study.draws,
        count=12,
        closures=("zero", "zero", "own_va"),
        elasticities=("FGO", "Shap", "CP"),
        trade_years=("2023", "2022", "table"),
    )
    found = ensemble.compute(dataclasses.replace(study, draws=draws, review=study.deadline), Findings(), Bench())
    assert set(found.data["closure"].values[:8]) == {"zero", "own_va"}
    assert len(set(found.data["trade_year"].values[:8])) == len(set(found.data["elasticity"].values[:8])) == 3
    error = found.linear_error.frame
    assert set(error["draw"]) == {CENTRAL, *range(8)}
    scale = error.groupby(["draw", "economy"])["exact_pct"].transform(lambda x: x.abs().max())
    missed = (error["linear_pct"] - error["exact_pct"]).abs() / scale
    assert missed.max() < 0.08
    assert missed[error["economy"] != THIRD].max() < 0.03


def test_a_closure_and_a_set_of_elasticities_are_solved_together(study: Study) -> None:
    """Departures that are added are up to a ninth off for third economies, the pair that was solved less than a thirtieth."""
    draws = dataclasses.replace(study.draws, count=6, closures=("zero",), elasticities=("Shap",), trade_years=("",))
    one = dataclasses.replace(study, draws=draws, start=study.deadline, review=study.deadline)
    found = ensemble.compute(one, Findings(), Bench())
    pair = "closure:zero+elasticity:Shap"
    assert list(found.data["setting"].values)[-3:] == ["closure:zero", "elasticity:Shap", pair]
    capital = found.data["capital_returns"]
    parts = capital.sel(setting="closure:zero") + capital.sel(setting="elasticity:Shap")
    assert np.allclose(capital.sel(setting=pair), parts - capital.sel(setting="central:"))
    without = dataclasses.replace(found, data=found.data.sel(setting=found.data["setting"] != pair))
    far = {name: _farthest(one, found, section) for name, section in (("pair", found), ("parts", without))}
    assert len(far["pair"]) == 4
    assert max(far["pair"]) < 0.033 < 0.04 < max(far["parts"])
    assert all(solved < added for solved, added in zip(far["pair"], far["parts"], strict=True))


def _farthest(study: Study, solved: EnsembleSection, section: EnsembleSection) -> list[float]:
    """Return how far sums of responses are from exact solves of third economies over the largest, draw by draw."""
    bench = ensemble.bench_of(study, section, headline_world(study)[0], [*study.baseline.economies, THIRD])
    drawn, far = ensemble.draws_in(study, section), []
    known = solved.linear_error.frame.query(f"draw >= 0 and economy == '{THIRD}'")
    for draw, rows in known.set_index("world").groupby("draw"):
        effects = blend.effects_of(bench, drawn.one(int(str(draw))), study.deadline, bench.quantities)
        sums = blend.percent_worlds(bench, effects.slow, effects.quick, blend.EVERY)
        exact = rows["exact_pct"]
        far.append(max(abs(sums[world][0, -1] - value) for world, value in exact.items()) / exact.abs().max())
    return far


def test_a_setting_that_fails_is_told_and_left_out(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    real = jobs.pose

    def failing(*arguments: Any, **keywords: Any) -> Any:
        if arguments[1].trade_balance == "zero":
            raise jobs.IsthmusError("did not converge")
        return real(*arguments, **keywords)

    monkeypatch.setattr(jobs, "pose", failing)
    settings = dataclasses.replace(study.draws, count=4, closures=("", "zero"), elasticities=("",), trade_years=("",))
    one_year = dataclasses.replace(study, draws=settings, start=study.deadline, review=study.deadline)
    found = ensemble.compute(one_year, Findings(), Bench())
    assert [(row.setting, row.reason) for row in found.failed.rows] == [("closure:zero", "did not converge")]
    assert "closure:zero" not in found.data["setting"].values
