from dataclasses import replace

import numpy as np
import pytest

from isthmus.core.provenance import Ledger, Parameter, Status
from isthmus.study import border
from isthmus.study.freight import flows_of
from isthmus.study.headline import headline_world
from isthmus.study.standing import standing_costs
from isthmus.study.station import Findings
from tests.packaged import packaged_study


class Bench:
    def progress(self, share):
        assert 0 <= share <= 1


@pytest.fixture(scope="module")
def study():
    return packaged_study()


@pytest.fixture(scope="module")
def section(study):
    return border.STATION.compute(study, Findings(), Bench())


def test_the_station_applies_where_a_border_can_be_measured(study):
    assert border.STATION.applies(study)
    assert not border.STATION.applies(replace(study, borders=()))


def test_the_elasticity_of_services_is_the_study_s_where_its_ledger_has_one(study):
    """It stands in two places alone: the study's ledger, and that of the border for studies without it."""
    (given,) = study.borders
    packaged = (3.0, 5.0, 8.35)
    assert given.services_theta == packaged
    none = Ledger({name: p for name, p in study.ledger.parameters.items() if name != "services_elasticity"})
    own = replace(study.ledger["services_elasticity"], low=2.0, value=4.0, high=6.0)
    other = Ledger({**none.parameters, own.name: own})
    for ledger, expected in ((none, packaged), (study.ledger, packaged), (other, (2.0, 4.0, 6.0))):
        assert border._services_theta(replace(study, ledger=ledger), given) == expected
    assert "services_elasticity" not in given.parameters.parameters


def test_facts_are_plain_and_name_both_partners(study, section):
    assert section.partners == study.partners
    assert set(study.partners) <= set(section.economy_names)


def test_measured_wedges_replace_first_values_within_the_reach_of_policy(section):
    first = Parameter("wedge_freight_goods", "d", "share", 0.5, 0.4, 0.6, "first guess", Status.ASSUMED)
    other = replace(first, name="wedge_freight_moonbase")
    plain = replace(first, name="days")
    ledger = Ledger({p.name: p for p in (first, other, plain)})
    merged, replaced = border.measured_ledger(ledger, section)
    assert replaced == ("wedge_freight_goods",)
    assert merged["wedge_freight_moonbase"] == other
    table = section.group_wedges.frame.set_index(["component", "scope", "direction"]).loc[("freight", "goods", "both")]
    assert merged["wedge_freight_goods"].value == table["burnt_central"] < table["policy_central"] < table["central"]
    assert "first guess" in merged["wedge_freight_goods"].source


def test_the_excess_falls_as_newer_trade_is_recorded(section):
    """A second solver put it at 39 % on the table's flows, 32 % on the customs of its year and 26 % two years later."""
    found = section.excess_newer.frame.set_index("trade_year")["value"]
    assert [round(100 * found[year]) for year in ("table", "2022", "2024")] == [39, 32, 26]
    strict = {claim.strict_inside for claim in section.claims}
    assert strict == {bool(0.30 <= found.iloc[-1] <= 0.40)}
    assert section.year == 2024


def test_measures_work_on_a_part_of_what_policy_reaches(study, section):
    frame = section.bridge.frame
    whole = frame[frame["component"] == "all"].set_index(["direction", "step"])["central"]
    for direction in whole.index.unique("direction"):
        steps = whole[direction]
        assert 0 < steps["stated"] < steps["at_hand"] < steps["fragmentation"] < steps["policy"] < steps["all"]
    silent = replace(study, asked={})
    none = border.compute(silent, Findings(), Bench()).bridge.frame
    assert none.loc[none["step"] == "stated", "central"].abs().max() == 0


def test_levers_work_on_what_is_burnt_and_leave_what_somebody_receives(study, section):
    standing = standing_costs(Findings({"border": section}), study)
    world = study.baseline
    halves = [
        row for row in section.wedge_parts.rows if (row.component, row.part) == ("payments", "transfer and exchange")
    ]
    row = next(row for row in halves if row.central > 0)
    cell = world.sectors.index(row.sector), world.economies.index(row.exporter), world.economies.index(row.importer)
    assert row.rent_share == 0.5
    assert standing.costs["payments"][cell] == pytest.approx(0.5 * row.central)
    assert np.nanmax(standing.costs["tariff"]) == 0


def test_what_somebody_receives_is_told_at_the_prices_of_the_rest_of_the_report(study, section):
    world = headline_world(study)[0]
    a, b = (world.economies.index(partner) for partner in study.partners)
    goods = [sector in world.goods for sector in world.sectors]
    trade = flows_of(world)[:, [a, b], [b, a]]
    (tariff,) = [r for r in section.rents.rows if (r.component, r.direction) == ("tariff", "both")]
    assert tariff.musd == pytest.approx(tariff.central * trade[goods].sum())
    assert section.pairs[0].trade_musd == pytest.approx(trade.sum())
    assert section.price_year == study.prices.year
