"""The programme of the packaged study: its tables against each other and the model, and its chapter in three languages."""

import dataclasses
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from isthmus.core.errors import InfeasibleError
from isthmus.report.blocks import Figure, Grid, flat, layers
from isthmus.report.chapters import programme as chapter
from isthmus.report.effects import THIRD
from isthmus.report.locale import LANGUAGES, Translator
from isthmus.report.programme_tables import first_projects
from isthmus.study import border, ensemble, programme, programme_case
from isthmus.study.ensemble import draws_in
from isthmus.study.programme_tables import ProgrammeSection, ProjectGainRow
from isthmus.study.section import from_parts, table, tables_of, to_parts
from isthmus.study.station import Findings
from isthmus.study.study import Study
from tests.packaged import packaged_study

pytestmark = pytest.mark.slow


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
    """The packaged study with few draws and a nearer horizon."""
    read = packaged_study()
    assert read.agenda is not None
    draws = dataclasses.replace(read.draws, count=40, closures=("",), elasticities=("",), trade_years=("",))
    settings = dataclasses.replace(read.agenda.settings, horizon=2036, gap=0.01)
    purses = tuple(dataclasses.replace(one, last=2036) for one in read.agenda.purses)
    agenda = dataclasses.replace(read.agenda, settings=settings, purses=purses, draws=2, pairs=3)
    return dataclasses.replace(read, draws=draws, agenda=agenda)


@pytest.fixture(scope="module")
def needed(study: Study) -> Findings:
    measured = border.compute(study, Findings(), Bench())
    known = Findings({"border": measured})
    return Findings({"border": measured, "ensemble": ensemble.compute(study, known, Bench())})


@pytest.fixture(scope="module")
def found(study: Study, needed: Findings) -> ProgrammeSection:
    return programme.compute(study, needed, Bench())


def test_there_is_a_programme_that_leaves_nobody_worse_off(found: ProgrammeSection) -> None:
    assert found.outcome == "found"
    assert found.stable
    assert found.gap <= 0.01 + 1e-9
    for row in found.programme_gains.rows:
        if row.economy in found.partners:
            assert row.gain_pv >= row.alone_pv
            assert row.linear_pv == pytest.approx(row.benefit_pv, rel=2e-3)
            assert row.low_pv < row.median_pv < row.high_pv


def test_tables_say_the_same(found: ProgrammeSection) -> None:
    gains = {row.economy: row for row in found.programme_gains.rows}
    discount = {year: 1.05 ** (found.start - year) for year in range(found.start, found.horizon + 1)}
    for partner in found.partners:
        paid = sum(r.paid_musd * discount[r.year] for r in found.programme_payments.rows if r.partner == partner)
        spent = sum(r.spent_musd * discount[r.year] for r in found.programme_budgets.rows if r.partner == partner)
        years = [r for r in found.programme_years.rows if r.economy == partner]
        assert paid == pytest.approx(gains[partner].cost_pv)
        assert spent == pytest.approx(gains[partner].cost_pv)
        assert sum(r.net_musd * discount[r.year] for r in years) == pytest.approx(gains[partner].gain_pv)
        own = sum(r.benefit_pv for r in found.programme_projects.rows if r.economy == partner)
        assert own == pytest.approx(gains[partner].linear_pv, rel=1e-6)
        tax = next(r for r in found.programme_financing.rows if (r.way, r.economy) == ("tax", partner))
        assert tax.gain_pv == pytest.approx(gains[partner].gain_pv, rel=1e-4)
        assert tax.owed_musd == 0
    third = sum(row.gain_pv for row in found.programme_third.rows)
    assert third == pytest.approx(gains["third"].benefit_pv)


def test_a_loan_moves_burden_and_leaves_a_debt(found: ProgrammeSection) -> None:
    borrower, lender = found.partners[1], found.partners[0]
    rows = {(row.way, row.economy): row for row in found.programme_financing.rows}
    loan, claim = rows[f"loan_{borrower}", borrower], rows[f"loan_{borrower}", lender]
    assert loan.owed_musd > 0
    assert claim.owed_musd == pytest.approx(-loan.owed_musd)
    assert loan.heaviest_musd < rows["tax", borrower].heaviest_musd
    assert claim.heaviest_musd > rows["tax", lender].heaviest_musd


def test_every_candidate_has_a_status_and_the_chosen_ones_their_dates(found: ProgrammeSection, study: Study) -> None:
    assert study.agenda is not None
    rows = {row.project: row for row in found.programme.rows}
    assert set(rows) == {one.project.id for one in study.agenda.proposals}
    for one in study.agenda.proposals:
        row = rows[one.project.id]
        assert (row.status == "chosen") == (row.start is not None) == (row.place is not None)
        if row.start is not None:
            assert one.project.earliest <= row.start <= one.project.latest
            assert row.done == row.start + one.project.build_years
            assert all(rows[need].done <= row.start for need in one.project.requires)  # type: ignore[operator]
    assert {"eastern_polygon_3", "gas_power_of_siberia_2"} <= {n for n, r in rows.items() if r.status == "not_valued"}
    assert sorted(r.place for r in rows.values() if r.place) == list(
        range(1, 1 + sum(r.place is not None for r in rows.values()))
    )
    for row in rows.values():
        assert (row.net_pv is None) == (row.start is None), "only what is chosen has a gain after cost in the draws"
        assert row.net_pv is None or row.net_low_pv <= row.net_pv <= row.net_high_pv  # type: ignore[operator]


def test_room_that_reaches_nothing_says_what_the_network_knows(study: Study, needed: Findings) -> None:
    """Savings in other trade alone, room that is not used, and a way that is full or unknown are told apart."""
    case = programme_case.case_of(study, needed)
    assert {case.silent[name] for name in ("eastern_polygon_3", "power_link_amur")} == {"not_valued"}

    def row(**values: object) -> SimpleNamespace:
        return SimpleNamespace(**values)

    year, link, line = study.deadline, "power-amur-heihe", "rail-tynda-komsomolsk"
    section = row(
        candidates=row(rows=[row(project="eastern-lines-210", agreed_musd=54.0)]),
        ways=row(
            rows=[
                row(world="agreed", year=year, arc=link, utilisation_pct=74.0),
                row(world="agreed", year=year, arc=link, utilisation_pct=20.0),
                row(world="without", year=year, arc=link, utilisation_pct=100.0),
                row(world="agreed", year=year, arc=line, utilisation_pct=89.0),
            ]
        ),
    )
    rooms = tuple(programme_case._room(study, row(get=lambda _: section), case.agenda))  # type: ignore[arg-type]
    known = {room.project: room for room in rooms}
    assert known["power_link_amur"].used_pct == 74.0
    assert known["eastern_polygon_3"].candidate == "eastern-lines-210"
    told = dataclasses.replace(case, room=rooms).silent
    assert told["eastern_polygon_3"] == "elsewhere"
    assert told["power_link_amur"] == "spare"
    full = tuple(dataclasses.replace(room, used_pct=100.0, saving_musd=0.0) for room in rooms)
    assert set(dataclasses.replace(case, room=full).silent.values()) == {"not_valued"}


def test_alone_is_what_the_responses_say(found: ProgrammeSection) -> None:
    """A road in one year alone, in the full model, against the sum of responses: within a tenth."""
    row = next(
        r for r in found.programme_projects.rows if r.project == "zabaikalsk_road" and r.economy == found.partners[0]
    )
    assert 0 < row.alone_musd < row.last_musd
    assert row.low_pv < row.benefit_pv < row.high_pv


def test_what_the_programme_counts_lies_inside_the_draws_of_every_project(found: ProgrammeSection) -> None:
    chosen = {row.project for row in found.programme.rows if row.start is not None}
    rows = [r for r in found.programme_projects.rows if r.project in chosen and r.economy in found.partners]
    assert len(rows) == len(found.partners) * len(chosen)
    for row in rows:
        assert row.low_pv < row.benefit_pv < row.high_pv, row.project
        assert row.low_pv <= row.median_pv <= row.high_pv
    cost = {row.project: row.cost_pv or 0.0 for row in found.programme.rows}
    for row in found.programme.rows:
        mine = [r for r in rows if r.project == row.project]
        if mine and row.net_pv is not None and row.net_low_pv is not None and row.net_high_pv is not None:
            within = sum(r.low_pv for r in mine) - 2 * cost[row.project], sum(r.high_pv for r in mine)
            assert within[0] <= row.net_low_pv <= row.net_pv <= row.net_high_pv <= within[1], row.project


def test_a_project_says_which_plan_states_it_and_which_only_implies_it(found: ProgrammeSection, study: Study) -> None:
    assert study.agenda is not None
    rows = {row.project: row for row in found.programme.rows}
    assert rows["zabaikalsk_road"].carried == "RUS:states;CHN:implies"
    assert rows["machine_standards"].carried == "CHN:states"
    for one in study.agenda.proposals:
        told = dict(part.split(":") for part in rows[one.project.id].carried.split(";") if part)
        assert set(told) == {side for side, names in one.statements.items() if names}
        for side, strength in told.items():
            implied = [(side, name) in one.implying for name in one.statements[side]]
            assert strength == ("implies" if all(implied) else "states"), one.project.id


def test_levers_that_only_projects_have_answer_to_the_draws(study: Study, needed: Findings) -> None:
    """With the border cost they work on, and with the rule for trade balances, in proportion to both."""
    read = border.refine(study, needed[border.BorderSection])
    case = programme_case.case_of(read, needed)
    assert case.own is not None
    drawn = draws_in(read, needed[ensemble.EnsembleSection])
    effects = case.own.effects(drawn, 2)
    entry = "wedge_standards_machinery"
    lever = next(i for i, one in enumerate(case.acts.levers[len(read.levers) :]) if "machine_tool" in one.id)
    assert (entry,) in case.own.entries
    level = drawn.parameters[entry] / case.own.centre[entry]
    assert np.corrcoef(level, effects[:, lever, 0, 1])[0, 1] > 0.9
    assert np.median(effects[:, lever, 0, 1]) == pytest.approx(case.responses[len(read.levers) + lever, 0, 1], rel=0.2)
    twice = dataclasses.replace(drawn, parameters={**drawn.parameters, entry: 2 * drawn.parameters[entry]})
    assert np.allclose(case.own.effects(twice, 2)[:, lever], 2 * effects[:, lever])


def test_other_choices_and_the_frontier_stand_beside(found: ProgrammeSection) -> None:
    by_choice = {
        row.choice: [r for r in found.programme_choices.rows if r.choice == row.choice]
        for row in found.programme_choices.rows
    }
    assert set(by_choice) == {
        "sum",
        "maxmin",
        "nash",
        "budgets_half",
        "budgets_half_more",
        "discount_low",
        "discount_high",
    }
    total = {name: sum(r.gain_pv or 0.0 for r in rows) for name, rows in by_choice.items()}
    assert total["budgets_half"] < total["sum"] < total["budgets_half_more"]
    assert total["discount_high"] < total["sum"] < total["discount_low"]
    worst = {name: min(r.gain_pv or 0.0 for r in by_choice[name]) for name in ("sum", "maxmin")}
    assert worst["maxmin"] >= worst["sum"] * 0.99
    lines: dict[str, dict[int, dict[str, float]]] = {"whole": {}, "bound": {}}
    for point in found.programme_frontier.rows:
        lines[point.kind].setdefault(point.point, {})[point.economy] = point.gain_pv
        assert (point.projects is None) == (point.kind == "bound")
    assert max(sum(p.values()) for p in lines["bound"].values()) >= total["sum"]
    assert len(lines["whole"]) >= 2
    a, b = found.partners
    outer = np.array(sorted((p[b], p[a]) for p in lines["bound"].values()))
    for whole in lines["whole"].values():
        assert whole[a] <= np.interp(whole[b], *outer.T) * 1.002, "between its points the bound is drawn straight"


def test_a_kept_section_is_the_same(found: ProgrammeSection) -> None:
    again = from_parts(ProgrammeSection, to_parts(found))
    for name, kept in tables_of(found).items():
        assert tables_of(again)[name].frame.equals(kept.frame), name


def test_no_programme_is_said_with_its_reason(study: Study, needed: Findings, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: object) -> None:
        detail = {"binding": ["floor", "budget"], "shortfall": 12.0, "worse_off": [study.partners[1]]}
        raise InfeasibleError("no programme", detail)

    monkeypatch.setattr(programme, "settle", refuse)
    none = programme.compute(study, needed, Bench())
    assert none.outcome == "no_programme"
    assert none.worse_off == (study.partners[1],)
    assert len(none.programme) == len(study.agenda.proposals)  # type: ignore[union-attr]
    for language in LANGUAGES:
        text = Translator(language)
        made = chapter.chapter(none, Findings(), text)
        assert text.named(study.economy_names[study.partners[1]], "") in made.title
        assert text("programme.binding.budget") in made.lead


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_chapter_tells_the_tables(found: ProgrammeSection, language: str) -> None:
    text = Translator(language)
    made = chapter.chapter(found, Findings(), text)
    split = layers(made)
    assert isinstance(split.chart, Figure)
    assert split.chart.name == "programme-gantt"
    chosen = [row for row in found.programme.rows if row.start is not None]
    assert str(len(chosen)) in made.title
    grids = [block for block in split.annex if isinstance(block, Grid)]
    assert {grid.csv for grid in grids} <= set(tables_of(found))
    assert len(next(grid for grid in grids if grid.csv == "programme" and grid.filters).rows) == len(found.programme)
    left = next(grid for grid in grids if grid.csv == "programme" and not grid.filters)
    assert len(left.rows) == len(found.programme) - len(chosen)
    shown = split.chart.twin.iloc[:, 0]
    first = min(chosen, key=lambda row: row.place or 0)
    assert text.named(found.titles[first.project], "") in list(shown)
    assert np.isfinite(split.chart.twin.iloc[:, 2].astype(float)).all()
    figures = {block.name: block for block in flat(made.blocks) if isinstance(block, Figure)}
    for partner in found.partners[:2]:
        assert any(text.named(found.economy_names[partner], "") in head for head in figures["programme-frontier"].twin)
    assert text("programme.gantt_all") in figures["programme-dates"].source


def test_the_first_projects_say_whether_all_others_lose_over_the_whole_range(found: ProgrammeSection) -> None:
    """One project whose range reaches above zero for third economies is enough for it not to be said."""
    text = Translator("en")
    rows = [
        dataclasses.replace(row, low_pv=-3.0, median_pv=-2.0, high_pv=-1.0) if row.economy == THIRD else row
        for row in found.programme_projects.rows
    ]
    lost = first_projects(dataclasses.replace(found, programme_projects=table(ProjectGainRow, rows)), text)
    assert lost is not None
    assert "in this order: −2.0; −2.0; −2.0 (whole ranges below zero)" in lost.source
    first = next(row for row in rows if row.economy == THIRD and row.project == _best(found))
    some = [dataclasses.replace(row, high_pv=1.0) if row is first else row for row in rows]
    told = first_projects(dataclasses.replace(found, programme_projects=table(ProjectGainRow, some)), text)
    assert told is not None
    assert "in this order: −2.0; −2.0; −2.0." in told.source


def _best(found: ProgrammeSection) -> str:
    """Return the project that leaves both partners most after cost."""
    return max(
        (row for row in found.programme.rows if row.net_pv is not None), key=lambda row: row.net_pv or 0.0
    ).project
