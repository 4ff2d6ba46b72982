from dataclasses import replace

import pytest
from report_sample import evidence, findings, supported, trade, value
from report_sample import weights as weights_of

from isthmus.report.blocks import Grid, flat
from isthmus.report.chapters import answer as answer_chapter
from isthmus.report.chapters import evidence as evidence_chapter
from isthmus.report.locale import LANGUAGES, Translator
from isthmus.report.sureness import needed, needed_third, sureness, weights
from isthmus.report.worth import Worth
from isthmus.study.section import table
from isthmus.study.station import Findings
from isthmus.study.weights import AssumptionRow, EvidenceWeightRow


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_five_numbers_that_move_most_money_are_listed_with_what_one_would_need_to_know(language):
    text = Translator(language)
    worth = Worth(value(), trade(), text)
    movers, shares = needed(worth, findings(), text), weights(worth, text)
    assert isinstance(movers, Grid)
    assert len(movers.rows) == 5
    known = [row[-1] for row in movers.rows]
    assert known[0] == text("value.needed_wedge.time")
    assert text("value.needed.removed") in known
    assert all(known)
    assert isinstance(shares, Grid)
    assert len(shares.rows) == 15
    others = [row[1:] for row in shares.rows if row[1] == text("common.third")]
    assert others == [[text("common.third"), *(text.percent(x, 0) for x in (3, 5, 0, 92, 0))]] * 5


def test_numbers_are_ranked_by_the_money_of_both_partners():
    text = Translator("en")
    movers = Worth(value(), trade(), text).movers(6)
    assert [one.parameter for one in movers][:3] == ["wedge_time_goods", "degree.gate.AAA", "parameter_3"]
    assert movers[0].swing_musd == pytest.approx(0.0002 * 18e6 + 0.0001 * 2e6)
    assert [one.swing_musd for one in movers] == sorted((one.swing_musd for one in movers), reverse=True)


def test_the_brief_says_the_share_that_rests_on_assumptions():
    text = Translator("en")
    worth = Worth(value(), trade(), text)
    rows = [replace(r, share_pct=30.0) if (r.economy, r.grade) == ("BBB", "assumed") else r for r in weights_of()]
    split = Worth(replace(value(), evidence_weights=table(EvidenceWeightRow, rows)), trade(), text)
    assert "Aland 70 % and Beria 70 %" in sureness(worth, findings(), text).replace("\u00a0", " ")
    assert "Aland 70 % and Beria 30 %" in sureness(split, findings(), text).replace("\u00a0", " "), (
        "side by side, no maximum"
    )
    assert "92" not in sureness(worth, findings(), text)
    for one in worth.movers(2):
        assert text.million_usd(one.swing_musd, signed=False) in sureness(worth, findings(), text)


def regraded(section, degree):
    """The section with other shares of degrees by grade for both partners."""
    rows = [
        replace(row, share_pct=degree.get(row.grade, 0.0)) if row.role == "degree" and row.economy != "third" else row
        for row in section.evidence_weights.rows
    ]
    return replace(section, evidence_weights=table(EvidenceWeightRow, rows))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("degree", "told", "percent"),
    [
        ({"assumed": 30, "expert": 70}, "own", 30),
        ({"expert": 80, "estimated": 20}, "rated", 80),
        ({"estimated": 100}, "stated", 0),
    ],
)
def test_where_degrees_come_from_follows_from_their_grades(language, degree, told, percent):
    text = Translator(language)
    section = regraded(value(), degree)
    worth = Worth(section, trade(), text)
    assert worth.degrees_told() == told
    sentence, share = sureness(worth, findings(), text), text.percent(percent, 0)
    assert share in sentence
    known = Findings({**findings().sections, "levers": supported()})
    lead = answer_chapter.chapter(section, known, text).lead
    assert text.of("answer.degree_told", told) in lead
    others = [text.of("answer.degree_told", one) for one in ("own", "rated") if one != told]
    assert not any(other in lead for other in others)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_numbers_that_move_third_economies_most_are_listed_with_both_ends_in_money(language):
    text = Translator(language)
    worth = Worth(value(), trade(), text)
    ranked = worth.movers(5, ("third",))
    assert [one.parameter for one in ranked] == ["theta", "gate_removed", "parameter_3", "cost.gate.BBB.4"]
    assert ranked[0].swing_musd == pytest.approx(3e-6 * 80e6)
    assert ranked[1].ends_musd == pytest.approx((-1e-6 * 80e6, -3e-6 * 80e6))
    grid = needed_third(worth, findings(), text)
    assert isinstance(grid, Grid)
    assert [row[2:4] for row in grid.rows[:2]] == [
        [text.million_usd(-80, like=160), text.million_usd(160)],
        [text.million_usd(-80, like=240), text.million_usd(-240)],
    ]
    assert [row[-1] for row in grid.rows[:2]] == [text("value.needed.elasticity"), text("value.needed.removed")]
    page = [b for b in flat(evidence_chapter.chapter(evidence(), findings(), text).blocks) if isinstance(b, Grid)]
    assert {needed(worth, findings(), text).title, grid.title} <= {block.title for block in page}


def test_what_moves_third_economies_leaves_the_order_of_the_partners_alone():
    text = Translator("en")
    section = value()
    kept = [row for row in section.assumptions.rows if row.economy in section.partners]
    alone = replace(section, assumptions=table(AssumptionRow, kept))
    assert Worth(section, trade(), text).movers(6) == Worth(alone, trade(), text).movers(6)
    assert needed_third(Worth(alone, trade(), text), findings(), text) is None
