"""The border of packaged pairs, end to end: the numbers must hang together and make sense beside each other."""

from functools import lru_cache

import numpy as np
import pytest

from isthmus.border.border import border
from isthmus.border.overhead import Claim
from isthmus.border.together import Borders
from isthmus.border.wedge import Component, TimeBase
from isthmus.readers.study.border import BorderFiles, packaged_study, read_border
from isthmus.readers.worlds.world import read_world
from isthmus.report.border_claims import claim_sentence
from isthmus.report.locale import Translator
from isthmus.study.border import stated_claims

QUICK = [("CHN", "RUS"), ("DEU", "POL")]
PAIRS = [
    ("USA", "MEX"), ("IND", "BGD"), ("KAZ", "RUS"), ("FRA", "DEU"), ("JPN", "KOR"), ("BRA", "ARG"), ("AUS", "NZL"),
    ("USA", "CHN"), ("VNM", "CHN"), ("NGA", "ZAF"), ("EGY", "SAU"), ("TUR", "UKR"), ("REU", "NOR"), ("RAF", "IND"),
    ("ARE", "PAK"), ("BLR", "CHE"), ("CAN", "CHL"), ("ESP", "ITA"), ("GBR", "NLD"), ("HKG", "TWN"), ("IDN", "MYS"),
    ("PHL", "THA"), ("SGP", "RAS"), ("RLA", "RME"),
]  # fmt: skip

CLAIM = Claim("stated", 0.3, 0.4, "somebody")


@lru_cache
def world():
    return read_world()


@lru_cache
def measured(a, b, base=TimeBase.BORDER):
    files = BorderFiles(study=packaged_study((a, b)))
    return border(read_border(world(), "world-2022", (a, b), files, (CLAIM,), base))


def value(result, definition, reach, sector="goods", direction="both", column="central_run"):
    table = result.tables["overhead"]
    rows = table[
        (table["definition"] == definition)
        & (table["reach"] == reach)
        & (table["sector"] == sector)
        & (table["direction"] == direction)
    ]
    return rows[column].item()


def check(a, b):
    result = measured(a, b)
    wedges = result.tables["wedges"]
    assert set(wedges["component"]) == set(Component)
    assert not wedges.duplicated(["component", "sector", "exporter", "importer"]).any()
    assert ((wedges["low"] <= wedges["central"]) & (wedges["central"] <= wedges["high"])).all()
    assert (wedges["source"] != "").all()
    assert set(wedges["grade"]) <= {"measured", "estimated", "expert", "assumed"}
    parts = result.tables["wedge_parts"]
    key = ["component", "sector", "exporter", "importer"]
    rebuilt = (1 + parts.set_index(key)["central_run"]).groupby(level=key, sort=False).prod() - 1
    np.testing.assert_allclose(rebuilt.reindex(wedges.set_index(key).index), wedges["central_run"], atol=1e-12)
    phi = (1 + wedges.set_index(key)["central_run"]).groupby(level=["sector", "exporter", "importer"]).prod()
    for sector in world().sectors:
        points = value(result, "ad_valorem_equivalent", "all", sector, f"{a}>{b}")
        assert points == pytest.approx(phi[sector, a, b] - 1)
        assert value(result, "share_of_delivered_price", "all", sector, f"{a}>{b}") == pytest.approx(
            points / (1 + points)
        )
    waterfall = result.tables["waterfall"]
    for column in ("central", "central_run"):
        total = waterfall[waterfall["direction"] == "both"][column].sum()
        assert total == pytest.approx(value(result, "ad_valorem_equivalent", "all", column=column))
    check_bridge(result)
    assert 0 <= value(result, "ad_valorem_equivalent", "policy") < value(result, "ad_valorem_equivalent", "all") < 1.5
    assert result.basis.claims[0].grid


def check_bridge(result):
    """The steps add up, and the claim's sentence says what the table of its readings says."""
    bridge = result.tables["bridge"].set_index(["direction", "step", "component"])["central"]
    for direction in bridge.index.unique("direction"):
        steps = bridge[direction].xs("all", level="component")
        causes = bridge[direction].drop("all", level="component").groupby("step").sum()
        assert causes.reindex(steps.index, fill_value=0.0).to_dict() == pytest.approx(steps.to_dict())
        assert steps["policy"] + steps["natural"] + steps["third_party"] == pytest.approx(steps["all"])
        assert steps["tariff"] + steps["fragmentation"] == pytest.approx(steps["policy"])
    claims = result.tables["claims"]
    goods = claims[claims["sector"] == "goods"]
    for fact in stated_claims(Borders((result,), result.tables, {})):
        for row in fact.grid:
            mine = goods[(goods["claim"] == fact.name) & (goods["reach"] == row.reach)]
            assert row.readings == len(mine)
            assert row.holds == (mine["within"] >= 0.5).sum()
            assert row.holds + row.possible + row.unlikely == len(mine)
        sentence = claim_sentence(fact, Translator("en"))
        for reach in ("all", "policy", "fragmentation"):
            (row,) = (r for r in fact.grid if r.reach == reach)
            assert f"{row.holds} of {row.readings} readings hold" in sentence
        assert ("holds in no reading" in sentence) == (not any(r.holds for r in fact.grid[:3]))


def test_every_economy_of_the_packaged_world_is_in_a_pair():
    """But the rest of the world, which has no geography and so no default wedges."""
    assert {code for pair in (*QUICK, *PAIRS) for code in pair} == set(world().economies) - {"ROW"}


@pytest.mark.parametrize(("a", "b"), QUICK)
def test_a_packaged_pair(a, b):
    check(a, b)


@pytest.mark.slow
@pytest.mark.parametrize(("a", "b"), PAIRS)
def test_every_kind_of_packaged_pair(a, b):
    check(a, b)


def test_a_single_market_has_a_lower_border_than_the_worked_case():
    case, market = measured("CHN", "RUS"), measured("DEU", "POL")
    for reach in ("all", "policy"):
        assert value(market, "ad_valorem_equivalent", reach) < 0.5 * value(case, "ad_valorem_equivalent", reach)
    last = [r.tables["excess_total"].iloc[-1]["value"] for r in (case, market)]
    assert last[0] > last[1]


def test_the_order_of_the_partners_does_not_matter():
    there, back = measured("CHN", "RUS"), measured("RUS", "CHN")
    for definition in ("ad_valorem_equivalent", "share_of_delivered_price"):
        for column in ("low", "central", "high"):
            assert value(there, definition, "all", column=column) == pytest.approx(
                value(back, definition, "all", column=column), rel=0.03
            )


def test_the_time_base_moves_the_answer():
    crossing, journey = measured("CHN", "RUS"), measured("CHN", "RUS", TimeBase.JOURNEY)
    assert value(journey, "ad_valorem_equivalent", "all") > value(crossing, "ad_valorem_equivalent", "all") + 0.03
    assert value(journey, "ad_valorem_equivalent", "policy") == value(crossing, "ad_valorem_equivalent", "policy")


def test_one_way_sectors_have_no_share_of_the_all_in_cost():
    result = measured("CHN", "RUS")
    assert "B06" in result.basis.one_way
    assert np.isnan(value(result, "share_of_all_in_cost", "all", "B06"))
    assert 0 < value(result, "share_of_all_in_cost", "all") < 1


def test_the_claim_is_tested_under_three_definitions_and_two_time_bases():
    claims = measured("CHN", "RUS").tables["claims"]
    goods = claims[(claims["sector"] == "goods") & (claims["direction"] == "both") & (claims["reach"] == "policy")]
    assert len(goods) == 6
    np.testing.assert_allclose(goods[["below", "within", "above"]].sum(axis=1), 1.0)


def test_equal_inputs_give_equal_tables():
    files = BorderFiles(study=packaged_study(("CHN", "RUS")))
    again = border(read_border(world(), "world-2022", ("CHN", "RUS"), files, (CLAIM,)))
    for name, table in measured("CHN", "RUS").tables.items():
        assert table.equals(again.tables[name]), name
