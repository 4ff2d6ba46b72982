"""One number of a study over a range: at its central value the answer of the run."""

import dataclasses
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from isthmus.cli import cli
from isthmus.core.errors import BadInputError
from isthmus.report.blocks import Figure, Grid
from isthmus.report.locale import LANGUAGES, Translator
from isthmus.report.varied import varied_chapter
from isthmus.study import ensemble, value
from isthmus.study.components import THIRD
from isthmus.study.section import Table, table
from isthmus.study.station import Findings
from isthmus.study.study import Study
from isthmus.study.vary import VaryRow, require_variable, vary
from tests.packaged import packaged_study

NUMBER = "services_elasticity"


class Bench:
    """The means of a station, without anything kept or shown."""

    def progress(self, share: float) -> None: ...

    def piece(self, _name, make):
        return make()

    def map(self, function, items):
        return [function(item) for item in items]


@pytest.fixture(scope="module")
def study() -> Study:
    read = packaged_study()
    few = dataclasses.replace(read.draws, count=4, closures=("",), elasticities=("",), trade_years=("",))
    return dataclasses.replace(read, draws=few, totals=(), start=read.deadline, review=read.deadline)


@pytest.fixture(scope="module")
def centre(study: Study) -> float:
    return study.ledger.central()[NUMBER]


@pytest.fixture(scope="module")
def varied(study: Study, centre: float) -> Table[VaryRow]:
    return vary(study, Findings(), NUMBER, (centre - 1, centre, centre + 1))


def test_at_the_central_value_stands_the_answer_of_the_run(study: Study, centre: float, varied: Table[VaryRow]) -> None:
    solved = Findings({"ensemble": ensemble.compute(study, Findings(), Bench())})
    rows = value.compute(study, solved, Bench()).value.rows
    wanted = ("total", "both", False, "all", study.deadline)
    run = {r.economy: r.central for r in rows if (r.component, r.support, r.net, r.channel, r.year) == wanted}
    found = {row.economy: row.real_income_pct for row in varied.rows if row.value == centre}
    for economy in (*study.partners, THIRD):
        assert found[economy] == pytest.approx(run[economy], rel=1e-3, abs=1e-6), economy


def test_the_number_moves_the_answer_and_every_economy_has_a_row(study: Study, varied: Table[VaryRow]) -> None:
    assert len(varied) == 3 * (len(study.baseline.economies) + 1)
    for partner in study.partners:
        moved = [row.real_income_pct for row in varied.rows if row.economy == partner]
        assert np.ptp(moved) > 1e-5
        assert moved in (sorted(moved), sorted(moved, reverse=True)), "one way over this range"


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_chart_and_one_table_say_the_same(language: str, study: Study, varied: Table[VaryRow]) -> None:
    chapter = varied_chapter(varied, study.partners, study.economy_names, study.deadline, Translator(language))
    figure, grid = chapter.blocks
    assert isinstance(figure, Figure)
    assert isinstance(grid, Grid)
    assert NUMBER in chapter.title
    assert figure.option["xAxis"]["data"] == [row[0] for row in grid.rows]
    assert [len(series["data"]) for series in figure.option["series"]] == [3, 3, 3]
    assert len(figure.twin) == len(grid.rows) == 3


def test_small_gains_and_losses_are_not_written_as_zero() -> None:
    gains = {"CHN": (0.0045, 0.0044), "RUS": (0.0507, 0.0498), THIRD: (-0.00017, -0.00014)}
    rows = [VaryRow(NUMBER, at, code, pair[i]) for code, pair in gains.items() for i, at in enumerate((3.0, 5.0))]
    chapter = varied_chapter(table(VaryRow, rows), ("CHN", "RUS"), {}, 2030, Translator("en"))
    figure, grid = chapter.blocks
    assert isinstance(figure, Figure)
    assert isinstance(grid, Grid)
    assert "0.00017" in chapter.title
    assert "0.00014" in chapter.title
    assert [cell.replace("\u2212", "-").split("\u00a0")[0].split(" ")[0] for cell in grid.rows[0][1:]] == [
        "+0.00450",
        "+0.05070",
        "-0.00017",
    ]


def test_a_number_that_is_none_names_those_that_come_near(study: Study) -> None:
    with pytest.raises(BadInputError, match=NUMBER):
        vary(study, Findings(), "services_elastic", (1.0, 2.0))
    with pytest.raises(BadInputError, match="has no levers"):
        vary(dataclasses.replace(study, levers=()), Findings(), NUMBER, (1.0, 2.0))


def test_before_a_run_what_cannot_be_varied_is_refused(study: Study) -> None:
    require_variable(study, NUMBER)
    with pytest.raises(BadInputError, match=NUMBER):
        require_variable(study, "services_elastic")
    with pytest.raises(BadInputError, match="is no number"):
        require_variable(study, "target.nobody")
    with pytest.raises(BadInputError, match="has no levers"):
        require_variable(dataclasses.replace(study, levers=()), NUMBER)
    require_variable(dataclasses.replace(study, use_targets="extracted"), "target.nobody")


def test_a_run_with_a_number_that_is_none_stops_before_it_starts(tmp_path: Path) -> None:
    done = CliRunner().invoke(cli, ["run", "china-russia", "--vary", "nothing=1:2:2", "--out", str(tmp_path / "out")])
    assert isinstance(done.exception, BadInputError)
    assert not (tmp_path / "out").exists()
