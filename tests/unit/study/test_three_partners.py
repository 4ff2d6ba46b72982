"""Three partners: the border of every pair, all pairs together, and nothing that depends on the order of partners."""

import json
import re
import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner
from lxml import html

from isthmus.border.border import border
from isthmus.border.together import OF_NO_PAIR, borders
from isthmus.cli import cli
from isthmus.core.errors import BadInputError
from isthmus.core.pairs import EVERY_PAIR, directions_of, pair_called, pairs_of
from isthmus.readers.study.study import load_study
from isthmus.study.registry import STATIONS
from isthmus.study.section import columns, declared_tables

ROOT = Path(__file__).parents[3]
THREE, TWO = ROOT / "docs" / "examples" / "three", ROOT / "docs" / "examples" / "files" / "full"
TURNED = ("CCC", "AAA", "BBB")
AS_NAMED = {"CCC-AAA": "AAA-CCC", "CCC-BBB": "BBB-CCC"}
OF_SIDES = ("links", "objects", "relations", "unmatched", "alignment_pairs", "stale_verdicts", "path")
"""Tables in which the order of partners says which one stands left, or which letter it has."""


@pytest.fixture(scope="module")
def study():
    return load_study(THREE)


@pytest.fixture(scope="module")
def found(study):
    return borders(study.borders)


@pytest.fixture
def folder(tmp_path):
    shutil.copytree(THREE, tmp_path / "s")
    return tmp_path / "s"


def changed(folder, name, before, after):
    path = folder / name
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after), "utf-8")
    return folder


def test_pairs_and_directions_follow_the_order_of_partners():
    assert pairs_of(("A", "B", "C")) == (("A", "B"), ("A", "C"), ("B", "C"))
    assert directions_of(("A", "B", "C"))[:4] == (("A", "B"), ("B", "A"), ("A", "C"), ("C", "A"))
    assert pair_called("C-A", ("A", "B", "C"), "here") == ("A", "C")
    with pytest.raises(BadInputError, match="A-B, A-C, B-C"):
        pair_called("A-D", ("A", "B", "C"), "here")


def test_every_pair_has_its_own_rows_claims_and_agreements(study):
    assert [given.partners for given in study.borders] == [("AAA", "BBB"), ("AAA", "CCC"), ("BBB", "CCC")]
    assert [[claim.name for claim in given.claims] for given in study.borders] == [
        ["stated"], ["stated", "stated of one pair"], ["stated"],
    ]  # fmt: skip
    for given in study.borders:
        ends = set(given.partners)
        assert all({e.exporter, e.importer} == ends for e in given.entries)
    recognised = [{r.ics for r in given.standards.recognition} for given in study.borders]
    assert recognised == [{"*", "13"}, {"*"}, {"*"}]
    links = [next(d.central for d in given.standards.domains if d.name == "links") for given in study.borders]
    assert links == [0.6, 0.4, 0.4]


@pytest.mark.parametrize(
    ("name", "before", "after", "told"),
    [
        ("study.toml", '"AAA", "BBB", "CCC"]', '"AAA", "BBB", "AAA"]', "AAA stands twice"),
        ("study.toml", '"AAA", "BBB", "CCC"]', '"AAA"]', "partners"),
        ("study.toml", '"CCC"]\n', '"CCC"]\n[groups]\nUNION = ["CCC", "DDD"]\n', "CCC is a member of the group UNION"),
        ("study.toml", 'pair = "AAA-CCC"', 'pair = "AAA-DDD"', "AAA-BBB, AAA-CCC, BBB-CCC"),
        ("study.toml", '"BBB", "CCC"]', '"BBB", "CCC", "DDD"]', "at least one third economy"),
        ("recognition.csv", "AAA-BBB", "AAA+BBB", "recognition.csv, row 3, column pair"),
        ("protocols.csv", "AAA-BBB", "BBB", "protocols.csv, row 4, column pair"),
    ],
)
def test_wrong_partners_and_pairs_are_refused_with_what_is_allowed(folder, name, before, after, told):
    with pytest.raises(BadInputError, match=re.escape(told)):
        load_study(changed(folder, name, before, after))


def test_one_pair_alone_has_the_same_tables_with_a_column_for_the_pair():
    (given,) = load_study(TWO).borders
    alone, together = border(given), borders([given])
    for name, frame in alone.tables.items():
        told = together.tables[name]
        if name not in OF_NO_PAIR and len(frame):
            assert told.columns[0] == "pair"
            assert set(told.pop("pair")) == {"AAA-BBB"}
        pd.testing.assert_frame_equal(told[list(frame)], frame, check_dtype=False)
    assert together.draws[EVERY_PAIR] is together.of[0].draws


def test_a_pair_costs_at_central_values_what_it_costs_alone(study, found):
    for given, one in zip(study.borders, found.of, strict=True):
        alone = border(given).tables["overhead"]
        np.testing.assert_allclose(one.tables["overhead"]["central_run"], alone["central_run"])
        goods = alone["sector"] == "goods"
        assert not np.allclose(one.tables["overhead"]["low"][goods], 0)


def test_all_pairs_together_are_their_mean_by_trade_in_every_draw(study, found):
    rows = found.tables["overhead"].query(
        "definition == 'ad_valorem_equivalent' and reach == 'all' and sector == 'goods'"
    )
    both = rows[rows["direction"] == "both"].set_index("pair")["central_run"]
    goods = [study.baseline.sectors.index(s) for s in study.baseline.goods]
    weights = np.array([one.trade[goods].sum() for one in found.of])
    told = both.loc[["AAA-BBB", "AAA-CCC", "BBB-CCC"]].to_numpy()
    assert both[EVERY_PAIR] == pytest.approx((weights * told).sum() / weights.sum())
    assert len(set(np.round(told, 6))) == 3
    for key, draws in found.draws[EVERY_PAIR].items():
        each = [found.draws[label][key] for label in ("AAA-BBB", "AAA-CCC", "BBB-CCC")]
        assert (draws <= np.max(each, axis=0) + 1e-12).all()
        assert (draws >= np.min(each, axis=0) - 1e-12).all()


def test_steps_of_all_pairs_together_add_up(found):
    bridge = found.tables["bridge"]
    whole = bridge[bridge["pair"] == EVERY_PAIR].set_index(["step", "component"])["central_run"]
    parts = [whole[step, "all"] for step in ("policy", "natural", "third_party") if (step, "all") in whole]
    assert whole["all", "all"] == pytest.approx(sum(parts))


def tables(out):
    rows = {n: r for s in STATIONS for n, (r, _) in declared_tables(s.section).items()}
    for path in sorted((out / "tables").glob("*.csv")):
        if path.stem in rows and path.stem not in OF_SIDES:
            frame = pd.read_csv(path, keep_default_na=False, na_values=[""])
            if "pair" in frame:
                frame["pair"] = frame["pair"].replace(AS_NAMED)
            keys = [c.name for c in columns(rows[path.stem]) if c.role == "dimension"]
            yield path.stem, frame.astype(dict.fromkeys(keys, str)).sort_values(keys).reset_index(drop=True)


def ran(study, out, *more):
    words = ["run", str(study), "--out", str(out), "--quiet", *more]
    assert CliRunner().invoke(cli, words, catch_exceptions=False).exit_code == 0
    return out


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    return ran(THREE, tmp_path_factory.mktemp("three") / "out")


@pytest.fixture(scope="module")
def turned(tmp_path_factory):
    home = tmp_path_factory.mktemp("turned")
    shutil.copytree(THREE, home / "s")
    changed(home / "s", "study.toml", '["AAA", "BBB", "CCC"]', json.dumps(list(TURNED)))
    return ran(home / "s", home / "out", "--lang", "en")


@pytest.mark.slow
def test_another_order_of_partners_gives_the_same_numbers(out, turned):
    other = dict(tables(turned))
    seen = 0
    for name, frame in tables(out):
        turned = other[name]
        if name.startswith("programme"):
            continue
        assert len(frame) == len(turned), name
        for column in frame:
            if frame[column].dtype.kind in "fi":
                scale = frame[column].abs().max()
                np.testing.assert_allclose(turned[column], frame[column], rtol=2e-5, atol=1e-9 * scale, err_msg=name)
                seen += len(frame)
            else:
                assert turned[column].fillna("").astype(str).equals(frame[column].fillna("").astype(str)), (
                    name,
                    column,
                )
    assert seen > 5000


@pytest.mark.slow
def test_another_order_of_partners_chooses_the_same_projects_and_the_same_sum(out, turned):
    """Who pays may differ: where the sum alone counts, several splits of the cost are equally good."""
    gains, other = (dict(tables(o))["programme_gains"] for o in (out, turned))
    assert other["gain_pv"].sum() == pytest.approx(gains["gain_pv"].sum(), rel=1e-6)
    assert other["benefit_pv"].sum() == pytest.approx(gains["benefit_pv"].sum(), rel=1e-6)
    assert set(gains["economy"]) == {"AAA", "BBB", "CCC", "third"}


@pytest.mark.slow
def test_the_measured_cost_of_one_pair_and_of_all_pairs_reaches_the_levers(out):
    ledger = pd.read_csv(out / "tables" / "ledger.csv").set_index("name")
    draws = pd.read_csv(out / "tables" / "wedge_draws.csv")
    assert set(draws["parameter"]) == {"wedge_procedures_goods", "wedge_time_goods@AAA-CCC"}
    for name in ("wedge_procedures_goods", "wedge_time_goods@AAA-CCC"):
        assert "wedge ledger priced on world" in ledger.loc[name, "source"]
        mine = draws[draws["parameter"] == name]["value"]
        assert ledger.loc[name, "low"] < mine.median() < ledger.loc[name, "high"]
    gain = pd.read_csv(out / "tables" / "ranking.csv").query("lever == 'hours'").set_index("economy")["central"]
    assert min(gain["AAA"], gain["CCC"]) > abs(gain["BBB"]), "a measure of two partners works between these two"


BOTH = {
    "report.html": r"\bboth plans\b|\bthe two\b|both sides|both partners",
    "report.ru.html": r"обоих планов|оба плана|обоими планами|двух сторон|обеих сторон",
    "report.zh.html": "两项规划|双方",
}
"""Words that fit two partners alone."""


@pytest.mark.slow
@pytest.mark.parametrize(("name", "both"), list(BOTH.items()))
def test_the_report_speaks_of_all_three(out, name, both):
    page = html.fromstring((out / name).read_text("utf-8"))
    assert len(page.xpath("//li[contains(@class, 'card role-')]")) == 4
    assert {"role-a", "role-b", "role-c", "role-third"} <= set(
        re.findall(r"role-\w+", html.tostring(page, encoding="unicode"))
    )
    assert page.xpath("//*[@id='border-pair']")
    assert page.xpath("//*[@id='value-bridge-pair']")
    for element in page.xpath("//script|//style"):
        element.drop_tree()
    said = [" ".join(e.text_content().split()) for e in page.iter("p", "li", "h1", "h2", "h3", "figcaption", "summary")]
    assert [s for s in said if re.search(r"\{\w+\}|\bnan\b|\bNone\b|\.\.(?!\.)|。。|\(\)", s)] == []
    first = [" ".join(e.text_content().split()) for e in page.xpath("//*[@id='answer']//p|//h1|//h2")]
    assert [s for s in first if re.search(both, s)] == []


@pytest.mark.slow
def test_three_packaged_partners_with_a_group_from_new_to_report(tmp_path):
    words = ["new", "China", "UNION=RUS,KAZ", "Türkiye", "--start", "2026", "--out", str(tmp_path / "s")]
    assert CliRunner().invoke(cli, words, catch_exceptions=False).exit_code == 0
    study = load_study(tmp_path / "s")
    assert study.partners == ("CHN", "UNION", "TUR")
    assert 'pair = "CHN-UNION"' in (tmp_path / "s" / "study.toml").read_text("utf-8")
    found = ran(tmp_path / "s", tmp_path / "out", "--lang", "en")
    overhead = pd.read_csv(found / "tables" / "overhead.csv")
    assert set(overhead["pair"]) == {"CHN-UNION", "CHN-TUR", "UNION-TUR", "all"}
    trade = pd.read_csv(found / "tables" / "trade.csv")
    assert len(trade.groupby(["exporter", "importer"])) == 6
