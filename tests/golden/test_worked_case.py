"""Numbers of the worked case at central values that must not move unnoticed: effects of the plans in every setting and year."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from isthmus.equilibrium.scenario import Scenario
from isthmus.equilibrium.solve import pose
from isthmus.levers.facts import world_facts
from isthmus.levers.worlds import AGREED, SINGLES, UNAGREED, dated_changes, plan_worlds, with_parameters
from isthmus.readers.alignment.embedders import second_available
from isthmus.report.talks import to_talk_about
from isthmus.study import alignment, border, ensemble, network, pace, plans, value, worlds
from isthmus.study.border import BorderSection
from isthmus.study.components import THIRD
from isthmus.study.draws import central_draw
from isthmus.study.headline import headline_world
from isthmus.study.section import Parts
from isthmus.study.standing import standing_costs
from isthmus.study.station import Findings
from isthmus.study.study import Study
from tests.packaged import packaged_study

from ..properties.plain import plain_path
from ..properties.test_plain import spread, unpacked

RELATIONS = ("same", "complement", "conflict", "related")
STUDY = Path(str(resources.files("isthmus"))) / "assets" / "studies" / "china-russia"


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
    read = packaged_study()
    return network.refine(read, network.compute(read, Findings(), Bench()))


@pytest.fixture(scope="module")
def priced(given: Study) -> BorderSection:
    return border.compute(given, Findings(), Bench())


@pytest.fixture(scope="module")
def study(given: Study, priced: BorderSection) -> Study:
    """The packaged study as the later stations see it: with the border priced."""
    return border.refine(given, priced)


@pytest.mark.skipif(not second_available(), reason="the report's links are those of both models")
def test_links_between_the_plans(given: Study, frozen: Callable[[pd.DataFrame, str], None]) -> None:
    """Links by one aim, pairs of statements about one object, and objects to talk about, by relation: what the report tells."""
    read = plans.refine(given, plans.compute(given, Findings(), Bench()))
    found = alignment.STATION.compute(read, Findings(), Bench())
    counts = {
        "by_aim": found.relations,
        "by_object": Counter(row.relation for row in found.objects.rows),
        "talks": Counter(rows[0].relation for rows in to_talk_about(found)),
    }
    table = pd.DataFrame(counts, index=RELATIONS).fillna(0).astype(int)
    frozen(table.rename_axis("relation").reset_index(), "worked_case_links")


def test_effects_in_every_setting(
    study: Study, priced: BorderSection, frozen: Callable[[pd.DataFrame, str], None]
) -> None:
    table = worlds.compute(study, Findings({"border": priced}), Bench()).worlds.frame
    frozen(table[["setting", "economy", "component", "value_pct", "sign_change"]], "worked_case_settings")


@pytest.fixture(scope="module")
def asked(study: Study) -> Study:
    """The study with what its plans add to the observed pace, and a fifth of the draws."""
    few = replace(study, draws=replace(study.draws, count=200))
    return pace.refine(few, pace.compute(few, Findings(), Bench()))


@pytest.fixture(scope="module")
def valued(asked: Study, priced: BorderSection) -> pd.DataFrame:
    solved = Findings({"border": priced, "ensemble": ensemble.compute(asked, Findings({"border": priced}), Bench())})
    return value.compute(asked, solved, Bench()).value.frame


def test_value_of_alignment_with_its_range(
    asked: Study, valued: pd.DataFrame, frozen: Callable[[pd.DataFrame, str], None]
) -> None:
    """Low, median, high and central of every component, branch and support, gross and net, with a fifth of the draws."""
    frozen(valued[valued["economy"].isin([*asked.partners, THIRD])], "worked_case_value")


def test_the_headline_by_hand(asked: Study, priced: BorderSection, valued: pd.DataFrame) -> None:
    """Gross at central values by the plain solver, and net by adding up the study's table of costs."""
    world, _, _ = headline_world(asked)
    numbers = central_draw(asked).parameters
    baseline = with_parameters(world, numbers)
    posed, facts = (
        pose(baseline, Scenario()),
        world_facts(baseline, standing_costs(Findings({"border": priced}), asked)),
    )
    worlds = {one.name: one for one in plan_worlds(asked.levers, asked.partners, numbers, asked.asked)}
    plain, years = unpacked(baseline), range(asked.start, asked.deadline + 1)

    def gains(name: str) -> np.ndarray:
        found = dated_changes(posed, asked.levers, numbers, facts, worlds[name])
        solved = plain_path(plain, lambda year: spread(plain, found(year)), years, numbers["capital_depreciation"])
        return 100 * np.expm1(solved[asked.deadline].real_income)

    steps = (SINGLES, UNAGREED + "both"), (UNAGREED + "none", AGREED + "both")
    gross = sum(gains(after) - gains(before) for before, after in steps)
    costs = pd.read_csv(STUDY / "costs.csv")
    due = costs[(costs["year_from"] <= asked.deadline) & (asked.deadline <= costs["year_to"])]
    both = [lever for lever in asked.levers if lever.joint and asked.asked[lever.id].support == "both"]
    told = valued[
        (valued["channel"] == "all") & (valued["component"] == "total") & (valued["support"] == "both")
        & (valued["year"] == asked.deadline)
    ].set_index(["economy", "net"])["central"]  # fmt: skip
    for partner in asked.partners:
        at = baseline.economies.index(partner)
        paid = 0.0
        for lever in both:
            mine = due[(due["lever"] == lever.id) & (due["payer"] == partner)]
            (part,) = {numbers[e.numbers["additional"]] for e in lever.effects if "additional" in e.numbers} or {1.0}
            share = mine["scales_with"].map({"additional": part, "degree": 1.0})
            degree = float(worlds[AGREED + "both"].degree(lever, asked.deadline))
            paid += float((mine["central"] * share).sum()) * degree
        assert told[partner, False] == pytest.approx(gross[at], rel=1e-6)
        assert told[partner, True] == pytest.approx(gross[at] - 100 * paid / baseline.income.values[at], rel=1e-6)
