from dataclasses import replace

import pytest

from isthmus.core.provenance import Ledger, Parameter, Status
from isthmus.readers.study.study import load_study
from isthmus.study import border
from isthmus.study.station import Findings


class Bench:
    def progress(self, share):
        assert 0 <= share <= 1


@pytest.fixture(scope="module")
def study():
    return load_study("china-russia")


@pytest.fixture(scope="module")
def section(study):
    return border.STATION.compute(study, Findings(), Bench())


def test_the_station_applies_where_a_border_can_be_measured(study):
    assert border.STATION.applies(study)
    assert not border.STATION.applies(replace(study, border=None))


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
    assert (
        merged["wedge_freight_goods"].value
        == table["burnt_central_run"]
        < table["policy_central_run"]
        < table["central_run"]
    )
    assert "first guess" in merged["wedge_freight_goods"].source
