"""From border to income: columns that add up, one chart a direction, and the words around them."""

from types import SimpleNamespace

import pytest
from report_sample import NAMES, trade, value

from isthmus.report import bridge
from isthmus.report.blocks import Figure, Grid, flat
from isthmus.report.locale import LANGUAGES, Translator
from isthmus.report.worth import Worth
from isthmus.study.border_tables import BridgeRow

STEPS = {
    "all": {"tariff": 0.08, "time": 0.06, "freight": 0.05, "information": 0.1, "third_party": 0.09},
    "policy": {"tariff": 0.08, "time": 0.06, "freight": 0.03},
    "tariff": {"tariff": 0.08},
    "fragmentation": {"time": 0.06, "freight": 0.03},
    "natural": {"freight": 0.02, "information": 0.1},
    "third_party": {"third_party": 0.09},
    "at_hand": {"time": 0.06, "freight": 0.02},
    "stated": {"time": 0.05},
}


@pytest.fixture
def border():
    rows = [
        BridgeRow("AAA-BBB", direction, step, cause, 0.5 * f * v, f * v, 2 * f * v, f * v)
        for direction, f in (("AAA>BBB", 1.0), ("BBB>AAA", 0.5), ("both", 0.8))
        for step, causes in STEPS.items()
        for cause, v in {"all": sum(causes.values()), **causes}.items()
    ]
    return SimpleNamespace(
        bridge=SimpleNamespace(rows=rows),
        economy_names=NAMES,
        directions=("AAA>BBB", "BBB>AAA"),
        pairs=(SimpleNamespace(pair="AAA-BBB"),),
        draws=400,
    )


def blocks(border, language):
    text = Translator(language)
    worth = Worth(value(), trade(), text)
    return list(flat(bridge.chapter_blocks(border, trade(), worth, value().value_by_direction.rows, text)))


def number(cell):
    return float(cell.replace("−", "-").replace("+", "").replace(",", "."))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_column_falls_from_the_whole_border_to_what_is_removed(border, language):
    *_, table = blocks(border, language)
    assert isinstance(table, Grid)
    text = Translator(language)
    steps = [text.of("answer.step", step) for step in ("all", "policy", "at_hand", "stated", "removed")]
    rows = [row for row in table.rows if row[0] in steps or row[0].startswith("−")]
    for column in (1, 2, 3):
        reached = 0.0
        for row in rows:
            points = number(row[column])
            if row[0] in steps:
                assert row[0] == steps[0] or points == pytest.approx(reached, abs=0.11)
                reached = points
            else:
                assert points <= 0
                reached += points
    removed = next(row for row in rows if row[0] == steps[-1])
    assert [number(cell) for cell in removed[1:]] == [3.0, 1.5, 2.4]
    assert len(table.rows[0]) == len(table.columns) == 4


def test_income_stands_by_direction_before_cost_and_for_both_after_it(border):
    *_, table = blocks(border, "en")
    gross, net = (
        next(row for row in table.rows if row[0].startswith(f"income of Aland, {word}")) for word in ("before", "net")
    )
    assert gross[1].startswith("+0.02")
    assert gross[3].startswith("+0.05")
    assert net[1] == net[2] == ""
    assert net[3].startswith("+0.04")


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_chart_a_direction_with_bars_that_add_up(border, language):
    *charts, _ = blocks(border, language)
    assert charts[0].option["xAxis"]["max"] == charts[1].option["xAxis"]["max"] > 38, "one axis for both"
    assert all(isinstance(chart, Figure) for chart in charts)
    assert len(charts) == len({chart.title for chart in charts}) == 2
    for chart, whole in zip(charts, (38.0, 19.0), strict=True):
        sums = chart.twin.groupby(chart.twin.columns[0], sort=False)[chart.twin.columns[2]].sum()
        assert sums.iloc[0] == pytest.approx(whole)
        assert len(sums) == 5


def test_the_brief_keeps_duties_apart_from_what_else_policy_could_reach(border):
    text = Translator("en")
    figure = bridge.brief(border, trade(), Worth(value(), trade(), text), text)
    steps = {d: bridge.steps_of(border, trade(), d) for d in border.directions}
    reach = [f"{one.whole('fragmentation').central:.1f}" for one in steps.values()]
    assert f"{reach[0]} (Aland to Beria) and {reach[1]} (Beria to Aland) points" in figure.title
    assert figure.title.endswith("lower it by 3.0 and 1.5")
    assert "net" not in figure.title, "points alone do not give the gain: agreed volumes are part of it"
    duties = [f"{one.whole('tariff').central:.1f}" for one in steps.values()]
    touched = any(one.part("at_hand", "tariff") for one in steps.values())
    assert text.of("answer.duties", "touched" if touched else "untouched", points=text.list(duties)) in figure.source
    assert len(figure.twin) == 12
    for one in steps.values():
        parts = one.whole("tariff").central + one.whole("fragmentation").central
        assert parts == pytest.approx(one.whole("policy").central)
