import pytest
from report_sample import findings, trade, value

from isthmus.report.blocks import Grid
from isthmus.report.locale import LANGUAGES, Translator
from isthmus.report.sureness import needed, sureness, weights
from isthmus.report.worth import Worth


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
    assert len(shares.rows) == 10


def test_numbers_are_ranked_by_the_money_of_both_partners():
    text = Translator("en")
    movers = Worth(value(), trade(), text).movers(6)
    assert [one.parameter for one in movers][:3] == ["wedge_time_goods", "degree.gate.AAA", "parameter_3"]
    assert movers[0].swing_musd == pytest.approx(0.0002 * 18e6 + 0.0001 * 2e6)
    assert [one.swing_musd for one in movers] == sorted((one.swing_musd for one in movers), reverse=True)


def test_the_brief_says_the_share_that_rests_on_assumptions():
    text = Translator("en")
    assert "70\u00a0% of the result" in sureness(Worth(value(), trade(), text), findings(), text)
