"""What the plans say decides the headline: statements taken out of the study's files, through support, to the value."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from importlib import resources
from pathlib import Path

import pandas as pd
import pytest

from isthmus.readers.study.study import load_study
from isthmus.study import ensemble, value
from isthmus.study.station import Findings
from isthmus.study.value import ValueSection

pytestmark = pytest.mark.slow

FOLDER = Path(str(resources.files("isthmus"))) / "assets" / "studies" / "china-russia"
MEASURES = ("joint_procedures", "joint_crossings", "joint_links", "joint_machine_standards")
NUMBERS = ["low", "median", "high", "central"]


class Bench:
    def progress(self, share: float) -> None:
        assert 0 <= share <= 1

    def piece(self, _name, make):
        return make()

    def map(self, function, items):
        return [function(item) for item in items]


@pytest.fixture(scope="module")
def valued(tmp_path_factory) -> Callable[..., ValueSection]:
    """Value of alignment by four measures in one year, from a copy of the study without the statements named."""
    known: dict[tuple[str, ...], ValueSection] = {}

    def run(side: str = "", *gone: str) -> ValueSection:
        if (side, *gone) not in known:
            folder = tmp_path_factory.mktemp("study") / "china-russia"
            shutil.copytree(FOLDER, folder)
            said = pd.read_csv(folder / "statements.csv", dtype=str, keep_default_na=False)
            said[(said["partner"] != side) & ~said["id"].isin(gone)].to_csv(folder / "statements.csv", index=False)
            read = load_study(folder)
            study = replace(
                read,
                levers=tuple(lever for lever in read.levers if lever.id in MEASURES),
                draws=replace(read.draws, count=20, closures=("",), elasticities=("",), trade_years=("",)),
                start=read.deadline,
                review=read.deadline,
            )
            found = Findings({"ensemble": ensemble.compute(study, Findings(), Bench())})
            known[side, *gone] = value.compute(study, found, Bench())
        return known[side, *gone]

    return run


def totals(section: ValueSection, support: str, *, net: bool = False) -> pd.DataFrame:
    frame = section.value.frame
    chosen = frame[
        (frame["channel"] == "all") & (frame["component"] == "total") & (frame["support"] == support)
        & (frame["net"] == net) & (frame["year"] == section.deadline) & frame["economy"].isin(section.partners)
    ]  # fmt: skip
    return chosen.set_index("economy")[NUMBERS]


@pytest.mark.parametrize("side", ["CHN", "RUS"])
def test_without_one_plan_nothing_is_left_of_the_headline_and_offers_grow(valued, side):
    before, after = valued(), valued(side)
    assert (totals(before, "both") > 0).all(axis=None)
    assert (totals(before, "both", net=True)["median"] > 0).all()
    assert (totals(after, "both") == 0).all(axis=None)
    assert (totals(after, "both", net=True) == 0).all(axis=None)
    moved = {name for name, kind in before.support.items() if kind == "both"}
    assert moved
    assert {after.support[name] for name in moved} == {"one"}
    grown = totals(after, "one")["central"] - totals(before, "one")["central"]
    assert (grown >= 0.9 * totals(before, "both")["central"]).all()


def test_statements_of_one_measure_move_it_alone_from_the_headline_to_the_offers(valued):
    """The other side asks for no more of it, so that the offers grow by what the headline loses."""
    before, after = valued(), valued("", "ru_m099", "ru_m100")
    assert {n for n in before.support if before.support[n] != after.support[n]} == {"joint_crossings"}
    lost = totals(before, "both")["central"] - totals(after, "both")["central"]
    assert (lost > 0.2 * totals(before, "both")["central"]).all()
    assert (totals(after, "both")["central"] > 0).all()
    gained = totals(after, "one")["central"] - totals(before, "one")["central"]
    assert gained.to_numpy() == pytest.approx(lost.to_numpy(), rel=0.02)


def test_a_side_that_asks_for_less_shrinks_the_headline_and_keeps_the_support(valued):
    before, after = valued(), valued("", "cn_m035")
    assert after.support == before.support
    change = totals(after, "both")["central"] / totals(before, "both")["central"]
    assert (change < 1).all()
    assert (change > 0.5).all()


def test_a_statement_that_asks_for_no_more_than_others_of_its_side_changes_nothing(valued):
    before, after = valued(), valued("", "cn_m159")
    assert totals(after, "both")["central"].to_numpy() == pytest.approx(totals(before, "both")["central"].to_numpy())
