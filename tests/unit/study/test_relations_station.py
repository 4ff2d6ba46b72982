"""Relations by economics: signs against full solves, roles that decide what counts, and the chapter against its tables."""

import dataclasses
from collections import Counter

import numpy as np
import pytest

from isthmus.equilibrium.scenario import Scenario, Shock
from isthmus.equilibrium.solve import solve
from isthmus.levers.worlds import with_parameters
from isthmus.report.blocks import Figure, Grid
from isthmus.report.chapters import relations as chapter
from isthmus.report.locale import LANGUAGES, Translator
from isthmus.study import relations
from isthmus.study.alignment import AlignmentSection
from isthmus.study.alignment_rows import ObjectRow
from isthmus.study.draws import central_draw
from isthmus.study.headline import headline_world
from isthmus.study.relations import (
    COMPETING,
    COMPLEMENTARY,
    MIXED,
    NEUTRAL,
    UNCERTAIN,
    UNPRICED,
    RelationsSection,
    economic_relation,
)
from isthmus.study.section import from_parts, table, to_parts
from isthmus.study.station import Findings
from tests.packaged import packaged_study

CRUDE = "B06"


class _Bench:
    def progress(self, _share):
        pass


def pair(number, relation, left_role, right_role, sectors, rule="one_object", item="oil"):
    empty = {f.name: "" for f in dataclasses.fields(ObjectRow)}
    return ObjectRow(
        **empty
        | {
            "pair": "CHN-RUS", "left": f"l{number}", "right": f"r{number}", "item": item, "relation": relation, "rule": rule,
            "left_role": left_role,
            "right_role": right_role, "sectors": sectors, "score": 1.0, "sold_usd_m": None, "import_share_pct": None,
            "trade_year": None, "left_shared": False, "right_shared": False, "left_due": None, "right_due": None,
            "bilateral": False,
        }
    )  # fmt: skip


PAIRS = (
    pair(1, "complement", "needs", "supplies", CRUDE),
    pair(2, "conflict", "replaces", "supplies", CRUDE),
    pair(3, "complement", "builds", "builds", CRUDE),
    pair(4, "related", "needs", "regulates", CRUDE),
    pair(5, "same", "cooperates", "cooperates", ""),
    pair(6, "same", "cooperates", "cooperates", "", "joint_signed", "customs"),
    pair(7, "same", "builds", "builds", "", "one_link", "pipelines"),
    pair(8, "same", "cooperates", "cooperates", "", "joint_named", "deep_space"),
    pair(9, "related", "builds", "builds", "", "one_object", ""),
    pair(10, "related", "builds", "supplies", "", "apart_in_time"),
)


@pytest.fixture(scope="module")
def study():
    read = packaged_study()
    few = dataclasses.replace(read.draws, closures=("fixed", "zero"), elasticities=("FGO", "CP"))
    return dataclasses.replace(read, draws=few)


@pytest.fixture(scope="module")
def found(study) -> RelationsSection:
    aligned = object.__new__(AlignmentSection)
    object.__setattr__(aligned, "objects", table(ObjectRow, PAIRS))
    return relations.compute(study, Findings({"alignment": aligned}), _Bench())


def test_roles_decide_what_counts(found):
    rows = {row.left: row for row in found.relations.rows}
    assert rows["l1"].economic == COMPLEMENTARY
    assert rows["l1"].right_effect == 0
    assert rows["l1"].left_effect == rows["l1"].left_gain > 0
    assert rows["l2"].economic == COMPETING
    assert rows["l2"].left_effect < 0 > rows["l2"].right_effect
    assert [rows[f"l{n}"].agree for n in (1, 2, 3, 4, 5)] == [True, True, False, None, None]
    assert rows["l4"].economic == NEUTRAL
    assert rows["l5"].economic == UNPRICED
    assert rows["l5"].border_musd is None
    assert {n: rows[f"l{n}"].why for n in (1, 5, 8)} == {1: "", 5: "not_traded", 8: "not_traded"}
    assert {n: rows[f"l{n}"].why for n in (9, 10)} == {9: "no_object", 10: "apart_in_time"}


def test_what_both_can_only_have_together_is_cheaper_trade(study, found):
    """A crossing in all goods, a pipeline in what it carries; each side's own income, and no say on whether words agree."""
    rows = {row.left: row for row in found.relations.rows}
    world = headline_world(study)[0]
    assert [rows[f"l{n}"].by for n in (1, 6, 7, 8)] == ["growth", "border", "border", ""]
    assert rows["l6"].sectors.split(";") == list(world.goods)
    assert rows["l7"].sectors == CRUDE
    growth = {(r.sector, r.other): r for r in found.sector_growth.rows}
    for name, sectors in (("l6", world.goods), ("l7", (CRUDE,))):
        row = rows[name]
        both = sum(growth[sector, study.partners[0]].border_musd for sector in sectors)
        assert row.border_musd == pytest.approx(both)
        assert row.left_effect + row.right_effect == pytest.approx(both)
        assert row.left_effect != pytest.approx(row.right_effect)
        assert (row.left_gain, row.right_gain, row.agree) == (None, None, None)
        assert row.economic == COMPLEMENTARY


def test_gains_and_industries_are_those_of_a_full_solve(study, found):
    world = with_parameters(headline_world(study)[0], central_draw(study).parameters)
    first, second = study.partners
    row = next(r for r in found.sector_growth.rows if (r.grower, r.other, r.sector) == (second, first, CRUDE))
    shock = Shock("productivity", 1.0, economy=second, sector=CRUDE)
    solved = solve(world, Scenario((shock,), trade_balance=study.trade_balance))
    n, sectors = world.economies.index(first), solved.sectors_table().set_index(["economy", "sector"])
    money = float(world.income.values[n]) * float(solved.real_income_pct.values[n]) / 100
    assert row.central == pytest.approx(money, rel=0.02)
    assert row.industry_pct == pytest.approx(sectors.loc[(first, CRUDE), "output_pct"], rel=1e-6)
    assert row.low <= row.central <= row.high
    assert row.border_musd > 0
    makers = next(r for r in found.relations.rows if r.left == "l3")
    at = world.sectors.index(CRUDE)
    for effect, other in ((makers.left_effect, first), (makers.right_effect, second)):
        made = next(r for r in found.sector_growth.rows if (r.other, r.sector) == (other, CRUDE)).industry_pct / 100
        k = world.economies.index(other)
        added = float(world.value_added_share.values[at, k] * world.output.values[at, k])
        assert effect == pytest.approx(made * added), "a maker wants value added of its own industry"


@pytest.mark.parametrize(
    ("gains", "expected"),
    [
        ([[5, 0.5], [7, 0.2]], COMPLEMENTARY),
        ([[5, 9], [7, 8]], COMPLEMENTARY),
        ([[-5, 0], [-7, 0]], COMPETING),
        ([[-5, -9]], COMPETING),
        ([[-5, 9]], MIXED),
        ([[0.9, -0.9]], NEUTRAL),
        ([[5, 9], [-5, 9]], UNCERTAIN),
        ([[5, 9], [0, 9]], UNCERTAIN),
    ],
)
def test_signs_make_the_relation(gains, expected):
    assert economic_relation(np.array(gains, dtype=float)) == expected


def test_the_matrix_counts_the_pairs_and_is_kept(found):
    counted = Counter((row.relation, row.economic) for row in found.relations.rows)
    assert {(r.relation, r.economic): r.pairs for r in found.relation_matrix.rows} == counted
    assert from_parts(RelationsSection, to_parts(found)).relations.rows == found.relations.rows


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_chapter_says_how_often_both_agree(found, language):
    text = Translator(language)
    written = chapter.chapter(found, Findings(), text)
    assert written.title == text("relations.title", n=3, agree=2, settings=len(found.settings))
    assert isinstance(written.blocks[0], Figure)
    pairs = next(block for block in written.blocks if isinstance(block, Grid) and block.csv == "relations")
    assert len(pairs.rows) == 6
    assert pairs.rows[0][4].tone == "mark"
    missing = [block for block in written.blocks if isinstance(block, Grid) and block.csv == "relations"][1]
    assert len(missing.rows) == 4
