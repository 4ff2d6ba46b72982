import tomllib
from importlib import resources
from pathlib import Path

import pytest

from isthmus.border.itemise import CostUnit
from isthmus.border.wedge import Component, Reach, TimeBase
from isthmus.core.errors import BadInputError
from isthmus.readers.study.border import packaged_study
from isthmus.readers.study.claims import read_claims
from isthmus.readers.study.ledger import read_ledger
from isthmus.readers.study.wedges import read_sector_profiles, read_wedges
from isthmus.report.locale import LANGUAGES

ASSETS = Path(str(resources.files("isthmus"))) / "assets"
HEADER = "id,component,part,sectors,exporter,importer,unit,low,central,high,grade,reach,source,base,rent_share"


def ledger(tmp_path, *rows):
    path = tmp_path / "wedges.csv"
    path.write_text("\n".join([HEADER, *rows]) + "\n", "utf-8")
    return read_wedges(path)


def test_a_row(tmp_path):
    (row,) = ledger(tmp_path, "t,time,journey,C28;food,AAA,*,days,1,2,3,expert,natural,a source,journey,0.5")
    assert (row.component, row.unit, row.reach, row.base) == (
        Component.TIME,
        CostUnit.DAYS,
        Reach.NATURAL,
        TimeBase.JOURNEY,
    )
    assert row.sectors == ("C28", "food")
    assert row.rent_share == 0.5


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("t,delay,x,*,*,*,days,1,2,3,expert,policy,s,,", "column component: found 'delay'"),
        ("t,time,x,*,*,*,weeks,1,2,3,expert,policy,s,,", "column unit: found 'weeks'"),
        ("t,time,x,*,*,*,days,3,2,1,expert,policy,s,,", "row 2, columns low, central, high"),
        ("t,time,x,*,*,*,days,-1,2,3,expert,policy,s,,", "0 <= low"),
        ("t,time,x,*,*,*,days,,2,3,expert,policy,s,,", "columns low, central, high"),
        ("t,time,x,*,*,*,days,one,2,3,expert,policy,s,,", "found 'one'"),
        ("t,time,x,*,*,*,days,1,2,3,guess,policy,s,,", "column grade"),
        ("t,time,x,*,*,*,days,1,2,3,expert,policy,,,", "column source: is empty"),
        ("t,time,x,*,*,*,days,1,2,3,expert,policy,s,week,", "column base"),
        ("t,time,x,*,*,*,days,1,2,3,expert,policy,s,,1.5", "column rent_share"),
    ],
)
def test_bad_rows_name_row_column_and_what_is_allowed(tmp_path, row, message):
    with pytest.raises(BadInputError, match=message) as caught:
        ledger(tmp_path, row)
    assert caught.value.exit_code == 2


def test_duplicate_ids_are_refused(tmp_path):
    row = "t,time,x,*,*,*,days,1,2,3,expert,policy,s,,"
    with pytest.raises(BadInputError, match="duplicate"):
        ledger(tmp_path, row, row)


def test_every_packaged_figure_has_a_source_and_a_grade():
    for path in sorted(ASSETS.glob("studies/*/wedges.csv")):
        rows = read_wedges(path)
        assert rows
        assert {e.component for e in rows} >= set(Component) - {Component.TARIFF}
        assert all(e.source and e.grade for e in rows)
    parameters = read_ledger(ASSETS / "border" / "ledger.toml").parameters
    classes = {p.time_class for p in read_sector_profiles(ASSETS / "border" / "sectors.csv").values()}
    assert {f"time_cost_{name}" for name in classes} <= set(parameters)


def test_measures_by_others_are_never_within_the_reach_of_policy():
    for path in sorted(ASSETS.glob("studies/*/wedges.csv")):
        others = [e for e in read_wedges(path) if e.component == Component.THIRD_PARTY]
        assert {e.reach for e in others} == {Reach.THIRD_PARTY}


def test_a_goods_sector_without_value_density_is_refused(tmp_path):
    path = tmp_path / "sectors.csv"
    path.write_text("sector,group,kind,value_density_usd_per_tonne,time_class\nG1,light,goods,,slow\n", "utf-8")
    with pytest.raises(BadInputError, match="row 2, column value_density_usd_per_tonne"):
        read_sector_profiles(path)


def test_claims_are_checked():
    good = {"name": "c", "low": 0.3, "high": 0.4, "source": "s"}
    assert read_claims([good], "study.toml")[0].definition is None
    with pytest.raises(BadInputError, match="claim 1: source is missing"):
        read_claims([{k: v for k, v in good.items() if k != "source"}], "study.toml")
    with pytest.raises(BadInputError, match="unknown key base"):
        read_claims([{**good, "base": 1}], "study.toml")
    with pytest.raises(BadInputError, match="share_of_delivered_price"):
        read_claims([{**good, "definition": "share"}], "study.toml")


def test_who_states_a_claim_is_told_in_the_languages_of_the_report():
    good = {"name": "c", "low": 0.3, "high": 0.4, "source": "s", "source_ru": "и", "source_zh": "出处"}
    (claim,) = read_claims([good], "study.toml")
    assert (claim.source, claim.sources) == ("s", {"ru": "и", "zh": "出处"})
    assert read_claims([{k: v for k, v in good.items() if "_" not in k}], "study.toml")[0].sources == {}
    for key, value in (("source", " "), ("source_ru", ""), ("source_zh", 3)):
        with pytest.raises(BadInputError, match=f"claim 1, {key}: found {value!r}"):
            read_claims([{**good, key: value}], "study.toml")
    with pytest.raises(BadInputError, match="unknown key source_fr"):
        read_claims([{**good, "source_fr": "s"}], "study.toml")


def test_claims_of_packaged_studies_name_their_source_in_every_language():
    for path in sorted(ASSETS.glob("studies/*/study.toml")):
        for claim in read_claims(tomllib.loads(path.read_text("utf-8")).get("claim", []), path.name):
            assert set(claim.sources) == {*LANGUAGES} - {"en"}
            assert len({claim.source, *claim.sources.values()}) == len(LANGUAGES)


def test_a_packaged_study_is_found_in_either_order():
    found = packaged_study(("CHN", "RUS"))
    assert found is not None
    assert packaged_study(("RUS", "CHN")) == found
    assert packaged_study(("DEU", "POL")) is None
