"""Ensemble and outcomes on the example study of three economies and two sectors, against what is put together here by hand."""

import dataclasses
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import xarray as xr

from isthmus.core.provenance import Ledger, Parameter, Status
from isthmus.equilibrium.solve import Settings
from isthmus.equilibrium.state import true_residuals
from isthmus.levers.energy import EnergyAccounts, Fuel
from isthmus.levers.facts import world_facts
from isthmus.levers.outcomes import Outcome, OutcomeMeasure, reach
from isthmus.levers.worlds import PlanWorld, Timetable, only, plan_worlds, solve_worlds, with_parameters
from isthmus.plans.plan import Kind, Target
from isthmus.readers.study.study import load_study
from isthmus.study import blend, ensemble, jobs, outcomes, value
from isthmus.study.components import third_weights
from isthmus.study.draws import CENTRAL, central_draw, drawn, strongest_chance_correlation
from isthmus.study.ensemble import EnsembleSection, bench_of, draws_in, hats_of, ranges
from isthmus.study.headline import headline_world
from isthmus.study.outcomes import OutcomesSection
from isthmus.study.quantities import quantities
from isthmus.study.standing import standing_costs
from isthmus.study.station import Findings
from isthmus.study.study import Study
from isthmus.tracking.future import Projected

FOLDER = Path(__file__).parents[3] / "docs" / "examples" / "files" / "full"
DRAWS = 12
EXACT = Settings(tolerance=1e-10)


class Bench:
    """Works at once and keeps nothing; notes the shares that are said to be done."""

    def __init__(self) -> None:
        self.shares: list[float] = []

    def progress(self, share: float) -> None:
        self.shares.append(share)

    def piece(self, _name: str, make: Any) -> Any:
        return make()

    def map(self, function: Any, items: Any) -> Any:
        return [function(item) for item in items]


def entry(name: str, value: float, low: float, high: float) -> Parameter:
    return Parameter(name, name, "1", value, low, high, "this test", Status.ASSUMED)


def outcome(name: str, measure: OutcomeMeasure, **more: Any) -> Outcome:
    given = {
        "id": name, "target": "", "titles": {"en": name}, "owner": "AAA", "measure": measure, "economy": "AAA", "partner": "",
        "sector": ("G",), "base": "", "base_year": 2025, "trend": "", "additional": "", "direction": "up",
    }  # fmt: skip
    return Outcome(**{**given, **more})


def target(name: str, value: float | None, **more: Any) -> Target:
    given = {"partner": "AAA", "text": name, "lang": "en", "indicator": name, "kind": Kind.LEVEL, "operator": ">="}
    return Target(**{"id": name, "value": value, "unit": "%", "year": 2030, **given, **more})


TARGETS = (
    target("level", 130.0),
    target("change", 4.0, kind=Kind.CHANGE_PCT),
    target("import", 20.0, operator="<="),
    target("open", None),
)
OUTCOMES = (
    outcome("trade", OutcomeMeasure.TRADE_VALUE, owner="joint", partner="BBB"),
    outcome("output", OutcomeMeasure.OUTPUT_VOLUME, target="a_research", additional="research_additional"),
    outcome("made", OutcomeMeasure.OUTPUT_VOLUME, target="level", base="made_now", trend="output_trend"),
    outcome("sold", OutcomeMeasure.EXPORT_VOLUME, target="change", trend="output_trend"),
    outcome("bought", OutcomeMeasure.IMPORT_SHARE, target="import", base="bought_now", direction="down"),
    outcome("grown", OutcomeMeasure.REAL_GDP, economy="BBB", target="open"),
)
AHEAD = Projected(goal=18.5, values=tuple(np.linspace(19.0, 23.0, 21)))


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    """The example with few draws, more outcomes than it has, a projection and energy accounts; its border is left out."""
    folder = tmp_path_factory.mktemp("study") / "full"
    shutil.copytree(FOLDER, folder)
    (folder / "sectors.csv").unlink()
    read = load_study(folder)
    assert not read.borders
    entries = (
        entry("made_now", 110.0, 110.0, 110.0),
        entry("bought_now", 21.0, 20.0, 22.0),
        entry("carbon", 0.1, 0.1, 0.1),
    )
    return dataclasses.replace(
        read,
        draws=dataclasses.replace(read.draws, count=DRAWS),
        ledger=Ledger({**read.ledger.parameters, **{one.name: one for one in entries}}),
        targets=(*read.targets, *TARGETS),
        outcomes=OUTCOMES,
        projections={"import": AHEAD},
        energy=EnergyAccounts(
            fuels=(Fuel("G", "carbon", "carbon"),), transformation=(), power="S", non_fossil={},
            co2_mt={"AAA": 70.0, "CCC": 30.0}, fuel_share={},
        ),
    )  # fmt: skip


@pytest.fixture(scope="module")
def bench() -> Bench:
    return Bench()


@pytest.fixture(scope="module")
def section(study: Study, bench: Bench) -> EnsembleSection:
    return ensemble.compute(study, Findings(), bench)


def worlds(study: Study, branch: str = "all", levers: Any = None, last: int | None = None) -> dict[str, PlanWorld]:
    """Solve the worlds at central values, of all levers or of those of a branch."""
    chosen = study.levers if levers is None else levers
    chosen = chosen if branch == "all" else only(chosen, branch)
    world, parameters = headline_world(study)[0], central_draw(study).parameters
    return solve_worlds(
        world, chosen, parameters, plan_worlds(chosen, study.partners, parameters, study.asked),
        Timetable(study.start, study.deadline, last or study.review), trade_balance=study.trade_balance,
        standing=standing_costs(Findings(), study), settings=EXACT,
    )  # fmt: skip


@pytest.fixture(scope="module")
def exact(study: Study) -> dict[str, PlanWorld]:
    return worlds(study)


def test_exact_worlds_stand_under_their_names(
    study: Study, section: EnsembleSection, exact: dict[str, PlanWorld]
) -> None:
    data = section.data
    assert list(data["world"].values) == list(exact)
    assert list(data["year"].values) == list(range(study.start, study.review + 1))
    border = worlds(study, "border")
    for branch, found in (("all", exact), ("border", border)):
        for name, world in found.items():
            for year in (study.start, study.deadline, study.review):
                at = {"branch": branch, "world": name, "year": year}
                np.testing.assert_allclose(data["real_income_pct"].sel(at), world.real_income[year], atol=1e-7)
                np.testing.assert_allclose(data["real_gdp_pct"].sel(at), world.real_gdp[year], atol=1e-7)
    for pace in (jobs.SLOW, jobs.QUICK):
        state = exact[pace].at_deadline
        change = 100 * (state.output / state.before.Y - 1)
        np.testing.assert_allclose(data["output_pct"].sel(pace=pace).values.T, change[:, :2], atol=1e-6)
        measured = quantities(study, headline_world(study)[0], state, central_draw(study).parameters)
        np.testing.assert_allclose(data["hat"].sel(pace=pace), list(measured.values()), atol=1e-8)
        assert list(data["measured"].values) == list(measured)
    assert section.residuals.keys() == true_residuals(exact[jobs.QUICK].at_deadline).keys()
    found = [true_residuals(world.at_deadline) for world in exact.values()]
    assert section.residuals == {block: max(one[block] for one in found) for block in found[0]}
    assert 0 < max(section.residuals.values()) < 1e-9


def test_a_joint_measure_is_left_out_of_the_agreed_world(study: Study, section: EnsembleSection) -> None:
    assert list(section.data["joint"].values) == ["clearance"]
    without = worlds(study, levers=[one for one in study.levers if one.id != "clearance"], last=study.deadline)
    found = section.data["without_pct"].sel(joint="clearance")
    np.testing.assert_allclose(found, without[jobs.QUICK].real_income[study.deadline], atol=1e-7)


def test_draws_keep_their_numbers_and_their_choices(study: Study, section: EnsembleSection) -> None:
    data, draws = section.data, drawn(study)
    assert section.draws == DRAWS
    assert list(data["draw"].values) == list(range(DRAWS))
    assert list(data["name"].values) == list(study.ledger.parameters)
    for draw in draws:
        expected = [draw.parameters[name] for name in study.ledger.parameters]
        assert list(data["parameter"].sel(draw=draw.number).values) == expected
        assert data["closure"].sel(draw=draw.number) == ("" if draw.closure == "fixed" else "zero")
        assert data["elasticity"].sel(draw=draw.number) == ("" if draw.elasticity == "own" else "flat")
    assert {*data["closure"].values} == {"", "zero"}
    assert {*data["trade_year"].values} == {""}
    again = draws_in(study, section)
    assert again.count == DRAWS
    assert list(again.parameters["clearance_cost"]) == [draw.parameters["clearance_cost"] for draw in draws]
    assert section.chance_correlation == strongest_chance_correlation(study)
    assert section.trade_year == "table"


def test_responses_stand_under_their_settings_and_parts(study: Study, section: EnsembleSection) -> None:
    data, world = section.data, headline_world(study)[0]
    assert [str(part).split("|")[0] for part in data["part"].values] == ["research", "clearance", "clearance"]
    assert list(data["setting"].values) == [
        "central:",
        "closure:zero",
        "elasticity:flat",
        "closure:zero+elasticity:flat",
    ]
    made = bench_of(study, section, world)
    assert made.central == central_draw(study).parameters
    assert made.income == dict(zip(world.economies, world.income.values.tolist(), strict=True))
    assert (made.timetable.start, made.timetable.deadline, made.timetable.last) == (2026, 2030, 2036)
    assert made.facts.economies == world_facts(with_parameters(world, made.central)).economies
    model = jobs.JobModel(
        study=study, world=world, moved={}, standing=standing_costs(Findings(), study), central=made.central,
        reference=blend.reference(study), timetable=made.timetable,
    )  # fmt: skip
    for name in ("central:", "closure:zero"):
        own, kept = jobs.solve_job(model, jobs.setting_of(name)), made.responses[name]
        count = own.observed.shape[1]
        np.testing.assert_allclose(kept.observed[:, :count], own.observed, atol=1e-9)
        np.testing.assert_allclose(kept.returns, own.returns, atol=1e-9)
        np.testing.assert_allclose(kept.capital_observed[:, :count], own.capital_observed, atol=1e-7)
        np.testing.assert_allclose(kept.capital_returns, own.capital_returns, atol=1e-7)
        np.testing.assert_allclose(kept.sizes, own.sizes)
        assert (kept.keys, kept.lever_of, kept.levers) == (own.keys, own.lever_of, own.levers)
    central = made.responses["central:"]
    np.testing.assert_allclose(made.responses["closure:zero"].observed[:, count:], central.observed[:, count:])
    pair, zero, flat = (made.responses[n] for n in ("closure:zero+elasticity:flat", "closure:zero", "elasticity:flat"))
    expected = zero.capital_returns + flat.capital_returns - central.capital_returns
    np.testing.assert_allclose(pair.capital_returns, expected)
    assert np.abs(pair.observed[:, :count] - zero.observed[:, :count]).max() > 1e-6
    assert ensemble.STATION.internal
    few = bench_of(study, section, world, ["BBB", "hat:trade"])
    assert few.quantities == ("BBB", "hat:trade")
    assert few.responses["central:"].observed.shape[1] == 2


def test_every_solve_is_counted(study: Study, section: EnsembleSection) -> None:
    """Three parts in four settings, capital of three economies in three, worlds in which levers do other things, one left out."""
    income = section.data["real_income_pct"].sel(branch="all").values
    different = len(np.unique(income.reshape(len(income), -1), axis=0))
    assert different == 4
    without = len(section.data["joint"]) * (study.deadline - study.start + 1)
    assert section.solves == 4 * 3 + 3 * 3 + (2 + ensemble.CHECKED) * different * 11 + without


def test_sums_of_responses_stand_beside_exact_solves(
    study: Study, section: EnsembleSection, exact: dict[str, PlanWorld]
) -> None:
    rows = section.linear_error.rows
    assert {row.draw for row in rows} == {CENTRAL, *range(ensemble.CHECKED)}
    assert len(rows) == 5 * len(exact) * 3
    weights = third_weights(headline_world(study)[0], study.partners)
    central = {(row.world, row.economy): row for row in rows if row.draw == CENTRAL}
    for name, world in exact.items():
        income = world.real_income[study.deadline]
        for label, truth in (("AAA", income[0]), ("BBB", income[1]), ("third", income @ weights)):
            assert central[name, label].exact_pct == pytest.approx(truth, abs=1e-7)
    scale = {label: max(abs(r.exact_pct) for r in rows if r.economy == label) for label in ("AAA", "BBB", "third")}
    assert all(abs(r.linear_pct - r.exact_pct) < 0.05 * scale[r.economy] for r in rows)
    assert len({r.exact_pct for r in rows if r.world == jobs.QUICK and r.economy == "AAA"}) == 5


def test_hats_of_draws_are_moved_to_the_exact_world(study: Study, section: EnsembleSection) -> None:
    world = headline_world(study)[0]
    hats = hats_of(study, section, world)
    assert hats.dims == ("draw", "world", "quantity")
    assert list(hats["draw"].values) == [CENTRAL, *range(DRAWS)]
    assert list(hats["world"].values) == list(ensemble.MEASURED)
    for name, pace in zip(ensemble.MEASURED, (jobs.SLOW, jobs.QUICK), strict=True):
        np.testing.assert_allclose(hats.sel(draw=CENTRAL, world=name), section.data["hat"].sel(pace=pace))
    made = bench_of(study, section, world)
    at = [made.quantities.index(f"hat:{name}") for name in hats["quantity"].values]
    both = [
        blend.percent_worlds(made, effects.slow, effects.quick, "all")[jobs.QUICK][:, at]
        for effects in (
            blend.effects_of(made, run, study.deadline, [*world.economies, "third"])
            for run in (blend.central_run(made), draws_in(study, section))
        )
    ]
    ratio = 100 * (section.data["hat"].sel(pace=jobs.QUICK).values - 1) / both[0][0]
    assert ((ratio > 0.5) & (ratio < 2)).all()
    np.testing.assert_allclose(100 * (hats.sel(world="aligned").values[1:] - 1), both[1] * ratio, rtol=1e-9)


def test_every_year_has_the_percentiles_of_its_own_draws(study: Study, section: EnsembleSection) -> None:
    """What all levers do together, in draws of that year, stretched by what the exact world has over the sum of responses."""
    world = headline_world(study)[0]
    made = bench_of(study, section, world, [*world.economies, "third"])
    rows = value.compute(study, Findings({"ensemble": section}), Bench()).value.rows
    found = {
        (r.economy, r.year): r for r in rows if (r.channel, r.component, r.support, r.net) == ("all", "total", "all", 0)
    }
    for year in (study.deadline, study.review):
        central, draws = (
            blend.percent_worlds(made, effects.slow, effects.quick, "all")[jobs.QUICK]
            for effects in (
                blend.effects_of(made, run, year, made.quantities)
                for run in (blend.central_run(made), draws_in(study, section))
            )
        )
        for at, economy in enumerate(study.partners):
            exact = float(
                section.data["real_income_pct"].sel(branch="all", world=jobs.QUICK, year=year, economy=economy)
            )
            values = draws[:, at] * exact / central[0, at]
            row = found[economy, year]
            assert row.central == pytest.approx(exact)
            assert (row.low, row.median, row.high) == pytest.approx(tuple(np.percentile(values, [5, 50, 95])))


def test_a_setting_that_fails_is_told(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    real = jobs.pose

    def failing(*given: Any, **more: Any) -> Any:
        if given[1].trade_balance == "zero":
            raise jobs.IsthmusError("did not converge")
        return real(*given, **more)

    monkeypatch.setattr(jobs, "pose", failing)
    short = dataclasses.replace(study, start=study.deadline, review=study.deadline)
    found = ensemble.compute(short, Findings(), Bench())
    assert {row.setting: row.reason for row in found.failed.rows} == dict.fromkeys(
        ["closure:zero", "closure:zero+elasticity:flat"], "did not converge"
    )
    assert list(found.data["setting"].values) == ["central:", "elasticity:flat"]


def test_ranges_are_percentiles_of_the_draws_alone() -> None:
    values = xr.DataArray([1e9, *np.arange(101.0)[::-1]], {"draw": [CENTRAL, *range(101)]}, ["draw"])
    found = ranges(values)
    assert {name: float(found[name]) for name in found} == {"low": 5.0, "median": 50.0, "high": 95.0, "central": 1e9}
    assert not set(found.coords)


def test_stations_apply_where_there_is_something_to_solve(study: Study) -> None:
    bare = dataclasses.replace(study, levers=())
    aimless = dataclasses.replace(study, outcomes=())
    assert [ensemble.STATION.applies(one) for one in (study, bare, aimless)] == [True, False, True]
    assert [outcomes.STATION.applies(one) for one in (study, bare, aimless)] == [True, False, False]


@pytest.fixture(scope="module")
def reached(study: Study, section: EnsembleSection) -> OutcomesSection:
    return outcomes.compute(study, Findings({"ensemble": section}), Bench())


@pytest.fixture(scope="module")
def hats(study: Study, section: EnsembleSection) -> xr.DataArray:
    return hats_of(study, section, headline_world(study)[0])


def test_outcomes_are_those_of_their_own_world_and_draw(
    study: Study, reached: OutcomesSection, hats: xr.DataArray
) -> None:
    rows = {(row.outcome, row.world): row for row in reached.outcomes.rows}
    assert len(rows) == 2 * len(OUTCOMES)
    parameters = [draw.parameters for draw in drawn(study)]
    for world in ensemble.MEASURED:
        hat = hats.sel(world=world, quantity="made").values
        row = rows["made", world]
        assert (row.base, row.target, row.basis) == (110.0, 130.0, "assumed")
        assert row.without_plan == pytest.approx(110 * 1.02**5)
        assert row.reached == pytest.approx(110 * 1.02**5 * hat[0])
        assert row.model_pct == pytest.approx(100 * (hat[0] - 1))
        levels = np.array([110 * (1 + p["output_trend"]) ** 5 * h for p, h in zip(parameters, hat[1:], strict=True)])
        assert (row.reached_low, row.reached_high) == pytest.approx(tuple(np.percentile(levels, [5, 95])))
        assert row.chance == (levels >= 130).mean()
        assert row.met == (row.reached >= 130)
        assert row.median_pct == pytest.approx(100 * (np.median(hat[1:]) - 1))
    assert rows["trade", "both"].basis == rows["grown", "both"].basis == "none"
    assert rows["trade", "both"].target is None


def test_a_projection_takes_the_place_of_assumed_growth(
    study: Study, reached: OutcomesSection, hats: xr.DataArray
) -> None:
    row = next(row for row in reached.outcomes.rows if (row.outcome, row.world) == ("bought", "aligned"))
    hat = hats.sel(world="aligned", quantity="bought").values
    assert (row.basis, row.base) == (outcomes.PROJECTION, 21.0)
    assert row.without_plan == 21.0
    assert row.reached == pytest.approx(21 * hat[0])
    assert row.needed_pct == pytest.approx(100 * (20 / 21 - 1))
    own = outcomes.projected_draws(study, "import", DRAWS)
    assert own is not None
    levels = own[1:] * hat[1:]
    assert (row.reached_low, row.reached_high) == pytest.approx(tuple(np.percentile(levels, [5, 95])))
    assert row.chance == (levels <= AHEAD.goal).mean()
    assert 0 < (levels <= 20).mean() != row.chance


def test_changes_stand_in_the_terms_of_their_targets(reached: OutcomesSection, hats: xr.DataArray) -> None:
    rows = {row.target: row for row in reached.target_changes.rows}
    assert set(rows) == {"a_research", "level", "change", "import"}
    assert reached.carried_by_levers == ("a_research",)
    assert (rows["a_research"].low, rows["a_research"].central, rows["a_research"].high) == (None, None, None)
    hat = float(hats.sel(world="aligned", quantity="sold", draw=CENTRAL))
    assert rows["change"].central == pytest.approx(100 * 1.02**5 * (hat - 1))
    hat = float(hats.sel(world="aligned", quantity="made", draw=CENTRAL))
    assert rows["level"].central == pytest.approx(110 * 1.02**5 * (hat - 1))
    assert rows["level"].low < rows["level"].central < rows["level"].high


def test_every_lever_alone_and_what_it_does_to_other_aims(
    study: Study, section: EnsembleSection, reached: OutcomesSection
) -> None:
    """A part's response at its central size is what it does; draws scale it by the size there."""
    made = bench_of(study, section, headline_world(study)[0], [f"hat:{one.id}" for one in OUTCOMES])
    central = made.responses["central:"]
    sizes = blend.sizes_of(made, draws_in(study, section))
    rows = {(row.lever, row.outcome): row for row in reached.lever_outcomes.rows}
    assert len(rows) == 2 * len(OUTCOMES)
    for k, one in enumerate(OUTCOMES):
        for position, lever in enumerate(study.levers):
            parts = [i for i, owner in enumerate(central.lever_of) if owner == position]
            row = rows[lever.id, one.id]
            assert row.central == pytest.approx(100 * np.expm1(sum(central.observed[i, k] for i in parts)))
            values = 100 * np.expm1(sum(sizes[:, i] * central.observed[i, k] for i in parts))
            assert (row.low, row.high) == pytest.approx(tuple(np.percentile(values, [5, 95])))
    for pair in reached.pairs.rows:
        aim = next(one for one in OUTCOMES if one.id == pair.outcome)
        assert pair.target == "a_research"
        assert pair.effect_pct == pytest.approx(aim.sign * rows["research", pair.outcome].central)
        assert pair.relation == (
            "neutral" if max(abs(pair.low), abs(pair.high), abs(pair.effect_pct)) <= 0.02
            else "complementary" if min(pair.low, pair.effect_pct) > 0.02
            else "competing" if max(pair.high, pair.effect_pct) < -0.02 else "uncertain"
        )  # fmt: skip
    assert {pair.outcome for pair in reached.pairs.rows} == {one.id for one in OUTCOMES} - {"output"}
    assert reached.threshold_pct == 0.02


def test_what_an_outcome_needs_goes_into_what_can_be_had_together(study: Study, reached: OutcomesSection) -> None:
    rows = {(row.first, row.second): row for row in reached.reach.rows}
    assert len(rows) == len(OUTCOMES) * (len(OUTCOMES) - 1)
    assert rows["made", "trade"].first_needed_pct == pytest.approx(100 * (130 / (110 * 1.02**5) - 1))
    assert rows["made", "trade"].second_needed_pct is None
    assert rows["bought", "made"].first_needed_pct == pytest.approx(100 * (1 - 20 / 21))
    wanted = reach(OUTCOMES[1], study.targets[0], 1.0, central_draw(study).parameters)
    assert (rows["output", "trade"].first_needed_pct is None) == (wanted.needed_pct is None)


def test_more_trade_against_importing_less(reached: OutcomesSection) -> None:
    (fact,) = reached.trade_and_imports
    assert (fact.outcome, fact.trade, fact.economy) == ("bought", "trade", "AAA")
    rows = {row.outcome: row for row in reached.lever_outcomes.rows if row.lever == "clearance"}
    ratio = np.log1p(rows["bought"].central / 100) / np.log1p(rows["trade"].central / 100)
    assert fact.percent == pytest.approx(ratio, rel=1e-6)
    assert fact.low <= fact.percent <= fact.high


def test_without_joint_measures_or_an_aim_to_trade_more_there_is_nothing_to_exchange(
    study: Study, section: EnsembleSection
) -> None:
    solved = Findings({"ensemble": section})
    less = tuple(dataclasses.replace(o, direction="down") if o.id == "trade" else o for o in OUTCOMES)
    assert outcomes.compute(dataclasses.replace(study, outcomes=less), solved, Bench()).trade_and_imports == ()
    alone = tuple(dataclasses.replace(lever, owner="AAA") for lever in study.levers)
    assert outcomes.compute(dataclasses.replace(study, levers=alone), solved, Bench()).trade_and_imports == ()
    more = tuple(dataclasses.replace(o, direction="up") if o.id == "bought" else o for o in OUTCOMES)
    assert outcomes.compute(dataclasses.replace(study, outcomes=more), solved, Bench()).trade_and_imports == ()


def test_carbon_and_energy_in_percent_with_their_ranges(reached: OutcomesSection, hats: xr.DataArray) -> None:
    rows = {(row.world, row.quantity, row.economy): row for row in reached.energy.rows}
    names = [("co2", "AAA"), ("energy", "AAA"), ("co2", "BBB"), ("energy", "BBB"), ("co2", "third")]
    assert set(rows) == {(world, *name) for world in ensemble.MEASURED for name in names}
    for (world, quantity, economy), row in rows.items():
        values = 100 * (hats.sel(world=world, quantity=f"{quantity}:{economy}").values - 1)
        assert row.central == pytest.approx(values[0])
        assert (row.low, row.high) == pytest.approx(tuple(np.percentile(values[1:], [5, 95])))
        assert row.reported_mt == (70.0 if (quantity, economy) == ("co2", "AAA") else None)


def test_aims_say_what_their_targets_say(study: Study, reached: OutcomesSection) -> None:
    aims = {aim.id: aim for aim in reached.aims}
    made, trade = aims["made"], aims["trade"]
    assert (made.target, made.unit, made.kind, made.operator, made.year, made.status) == (
        "level", "%", "level", ">=", 2030, str(study.targets[-4].status),
    )  # fmt: skip
    assert (trade.unit, trade.kind, trade.operator, trade.year, trade.status) == ("", "", "", None, "")
    assert (trade.measure, trade.economy, trade.partner, trade.sectors) == ("trade_value", "AAA", "BBB", ("G",))
    assert (reached.partners, reached.deadline, reached.draws) == (("AAA", "BBB"), 2030, DRAWS)
    assert set(reached.target_names) == {one.id for one in study.targets}


def test_shares_of_the_work_rise(study: Study, section: EnsembleSection, bench: Bench) -> None:
    told = Bench()
    outcomes.compute(study, Findings({"ensemble": section}), told)
    for shares in (bench.shares, told.shares):
        assert shares == sorted(shares)
        assert all(0 < share < 1 for share in shares)
