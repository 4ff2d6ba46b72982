"""Where the gain comes from: money by measure and side, ways whose parts add up, sectors that gain and lose."""

from dataclasses import replace

import pytest
from report_sample import findings, ranking, supported, trade, value

from isthmus.report.blocks import Figure, Grid, flat
from isthmus.report.gains import SHOWN, Gains, gain_blocks, sectors
from isthmus.report.locale import LANGUAGES, Translator
from isthmus.study.levers import LeverFacts, LeversSection
from isthmus.study.section import table
from isthmus.study.station import Findings
from isthmus.study.value import SectorRow
from isthmus.study.weights import RankingRow

FAMILIES = {"gate": "infrastructure", "papers": "digital", "road": "infrastructure", "seed": "standards"}
INCOME = {"AAA": 18e6, "BBB": 2e6}


def levers() -> LeversSection:
    described = tuple(
        LeverFacts(name, {"en": name.title()}, family, "joint", True, {}, 2026, 2030, "assumed", ())
        for name, family in FAMILIES.items()
    )
    return replace(supported(), described=described)


def found(rows: list[RankingRow] | None = None) -> Findings:
    section = replace(value(), ranking=table(RankingRow, rows or ranking()))
    return Findings({**findings().sections, "value": section, "levers": levers(), "trade": trade()})


def figures(language: str = "en", rows: list[RankingRow] | None = None) -> dict[str, Figure]:
    blocks = gain_blocks(found(rows), Translator(language))
    return {block.name: block for block in flat(blocks) if isinstance(block, Figure)}


def test_measures_are_ranked_by_the_money_of_both_sides_and_not_by_percent() -> None:
    small = RankingRow("rich", "AAA", "both", 0.03, 0.04, 0.05, 0.04, 0.0, True, "assumed")
    large = RankingRow("poor", "BBB", "both", 0.2, 0.3, 0.4, 0.3, 0.0, True, "assumed")
    gains = Gains(replace(value(), ranking=table(RankingRow, [large, small])), levers(), trade(), Translator("en"))
    assert gains.order() == ["rich", "poor"], "0.04 % of 18 trillion is more than 0.3 % of 2"
    assert gains.money(small, small.median) == pytest.approx(18e6 * 0.0004)


def test_order_of_one_support_leaves_the_others_out() -> None:
    rows = [*ranking(), RankingRow("one", "BBB", "one", 1.0, 2.0, 3.0, 2.0, 0.0, True, "assumed")]
    gains = Gains(replace(value(), ranking=table(RankingRow, rows)), levers(), trade(), Translator("en"))
    assert gains.order()[0] == "one"
    assert "one" not in gains.order(support="both")


@pytest.mark.parametrize("language", LANGUAGES)
def test_ways_add_up_to_what_the_measures_of_both_plans_bring(language: str) -> None:
    text = Translator(language)
    ways, measures = (figures(language)[name] for name in ("gain-ways", "gain-measures"))
    drawn = sum(sum(series["data"]) for series in ways.option["series"])
    whole = sum(text.tabled(INCOME[row.economy] * row.median / 100) for row in ranking())
    assert drawn == pytest.approx(whole)
    middle = text.of("gains.column", "central")
    assert measures.twin[middle].sum() == pytest.approx(whole)
    assert len(ranking()) <= 2 * SHOWN


def test_the_title_gives_the_share_of_the_first_measure_and_of_assumed_numbers() -> None:
    told = figures()
    assert "Papers" in told["gain-measures"].title
    assert "62 %" in told["gain-measures"].title.replace("\u00a0", " "), "0.05 of 0.081"
    assert "100 %" in told["gain-ways"].title.replace("\u00a0", " ")
    measured = [replace(row, grade="measured") if row.lever == "papers" else row for row in ranking()]
    assert "38 %" in figures(rows=measured)["gain-ways"].title.replace("\u00a0", " ")


def test_the_table_lists_every_measure_with_gain_cost_and_grade_of_each_side() -> None:
    (grid,) = (block for block in gain_blocks(found(), Translator("en")) if isinstance(block, Grid))
    assert [row[0] for row in grid.rows] == ["Papers", "Gate", "Road", "Seed"]
    assert len(grid.columns) == len(grid.rows[0]) == 8
    assert str(grid.rows[0][3]).startswith("+900")
    assert grid.rows[1][5] == "0"
    assert grid.rows[0][5] == "360"
    assert [row[2] for row in grid.rows[:2]] == ["states: Aland; implies: Beria", "states: Aland and Beria"], (
        "whose plan, how"
    )


def test_without_measures_or_income_there_is_nothing_to_tell() -> None:
    assert gain_blocks(Findings({"value": value(), "trade": trade()}), Translator("en")) == []
    empty = replace(value(), ranking=table(RankingRow))
    assert gain_blocks(Findings({"value": empty, "levers": levers(), "trade": trade()}), Translator("en")) == []


def aligning(losses: bool = True) -> list[SectorRow]:
    values = {("AAA", "S00"): 0.5, ("AAA", "S01"): -0.2, ("BBB", "S00"): -0.1, ("BBB", "S01"): 0.4}
    return [
        SectorRow(code, sector, v - 0.1, v if losses else abs(v), v + 0.1, v, 10.0)
        for (code, sector), v in values.items()
    ]


def test_sectors_are_told_in_money_with_winner_and_loser_of_each_side() -> None:
    text = Translator("en")
    section = replace(value(), aligning_sectors=table(SectorRow, aligning()))
    figure = sectors(section, INCOME, section.sector_names, text)
    assert figure is not None
    aland, beria = figure.title.split("; ")
    assert aland.startswith("Aland: “Food 0” gains most, “Wood and paper 1” loses most")
    assert beria.startswith("Beria: “Wood and paper 1” gains most, “Food 0” loses most")
    first = figure.twin.iloc[0]
    assert first[text.of("gains.column", "central")] == pytest.approx(18e6 * 0.1 * 0.005)


def test_a_side_without_a_loser_names_none() -> None:
    section = replace(value(), aligning_sectors=table(SectorRow, aligning(losses=False)))
    figure = sectors(section, INCOME, section.sector_names, Translator("en"))
    assert figure is not None
    assert "none loses" in figure.title
    assert sectors(value(), INCOME, {}, Translator("en")) is None
