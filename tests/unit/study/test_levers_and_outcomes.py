"""The stations levers and outcomes on the packaged study with a few draws, and their chapters in every language."""

import dataclasses
import json
import shutil

import numpy as np
import pandas as pd
import pytest

from isthmus.levers.grades import ROLES, WEAKEST, grades
from isthmus.readers.study.study import load_study, study_directory
from isthmus.report.blocks import Figure, Grid, Paragraph, flat
from isthmus.report.chapters import answer as answer_chapter
from isthmus.report.chapters import levers as levers_chapter
from isthmus.report.chapters import outcomes as outcomes_chapter
from isthmus.report.locale import LANGUAGES, Translator
from isthmus.study import ensemble, levers, outcomes, value
from isthmus.study.components import THIRD, third_weights
from isthmus.study.headline import headline_world
from isthmus.study.jobs import QUICK
from isthmus.study.section import Table, facts_of
from isthmus.study.station import Findings
from isthmus.study.variants import SERVICES
from isthmus.study.vary import vary
from tests.packaged import packaged_study

DRAWS = 4


class Bench:
    def progress(self, share: float) -> None:
        assert 0 <= share <= 1

    def piece(self, _name, make):
        return make()

    def map(self, function, items):
        return [function(item) for item in items]


@pytest.fixture(scope="module")
def study():
    """The study with few draws, solved at the deadline alone, without the years before it."""
    read = packaged_study()
    few = dataclasses.replace(read.draws, count=DRAWS, closures=("",), elasticities=("",), trade_years=("",))
    return dataclasses.replace(read, draws=few, start=read.deadline, review=read.deadline)


@pytest.fixture(scope="module")
def findings(study):
    solved = Findings({"ensemble": ensemble.compute(study, Findings(), Bench())})
    return {
        "ensemble": solved.sections["ensemble"],
        "value": value.compute(study, solved, Bench()),
        "levers": levers.compute(study, solved, Bench()),
        "outcomes": outcomes.compute(study, solved, Bench()),
    }


def test_facts_are_plain(findings):
    for name in ("levers", "outcomes", "value"):
        json.dumps(facts_of(findings[name]))


def test_weights_have_a_row_for_each_lever_and_side(study, findings):
    table = findings["levers"].lever_weights.frame
    assert len(table) == len(study.levers) * 3
    assert not table.isna().any().any()
    central = table.set_index(["lever", "economy"])["central"]
    for side in study.partners:
        other = next(p for p in study.partners if p != side)
        owned = [lever.id for lever in study.levers if lever.owner == side]
        assert sum(central[name, side] for name in owned) > 10 * abs(sum(central[name, other] for name in owned))


def test_support_tells_which_statements_name_the_other_side_and_where_they_stand(study, findings):
    """A statement names the other side by code or name, in no other field; documents count once."""
    statements = {one.id: one for one in study.statements}
    names = {code: {code, *study.economy_names[code].values()} for code in study.partners}
    rows = [row for row in findings["levers"].measure_support.rows if row.statements]
    assert any(row.naming for row in rows)
    for row in rows:
        other = next(code for code in study.partners if code != row.partner)
        said = row.statements.split(";")
        assert row.naming == ";".join(i for i in said if names[other] & set(statements[i].named_partner))
        assert set(row.documents.split(";")) == {statements[i].document.code for i in said}
        assert len(row.documents.split(";")) == len(set(row.documents.split(";")))


def test_arithmetic_has_one_row_for_both_directions(study, findings):
    table = findings["levers"].levers.frame
    assert set(table["lever"]) == {lever.id for lever in study.levers}
    gate = table[table["lever"] == "joint_procedures"]
    assert len(gate) == 4
    assert gate["both_ways"].all()
    assert (table["shock_low_pct"] <= table["shock_high_pct"]).all()


def test_importing_less_competes_with_trading_more(findings):
    """The case the plans themselves pose: imports at most 17 % of GDP on one side, more trade between both."""
    section = findings["outcomes"]
    (case,) = section.trade_and_imports
    assert case.outcome == "ru309_import"
    assert 0.05 < case.low <= case.percent <= case.high
    pairs = section.pairs.frame.set_index(["target", "outcome"])
    assert pairs.loc[("ru309_itc", "ru309_import"), "relation"] == "competing"
    assert pairs.loc[("ru309_itc", "bilateral_trade"), "relation"] == "complementary"
    reach = section.reach.frame.set_index(["first", "second"]).loc[("ru309_import", "bilateral_trade")]
    assert reach["status"] == "first_unreachable"
    assert reach["competing"]
    assert reach["second_given_pct"] < 0.1 * reach["second_best_pct"]
    reached = section.outcomes.frame.set_index(["outcome", "world"])
    assert reached.loc[("ru309_import", "aligned"), "reached"] > 19 > reached.loc[("ru309_import", "aligned"), "target"]


def test_only_targets_whose_number_is_an_input_count_as_carried(findings):
    carried = set(findings["outcomes"].carried_by_levers)
    assert {"cn15_nonfossil", "ru309_agro"} <= carried
    assert not {"ru309_import", "ru309_nrexp", "cn15_co2"} & carried


def test_levers_measured_alone_bound_the_aligned_world(findings):
    """Products of single effects at full degree against the joint solve at the degrees that plans ask for: it stays within
    them but for a quarter, which many border levers do more together than their product. Signs may change only where single
    and joint levers pull apart, so that degrees decide."""
    single = findings["outcomes"].lever_outcomes.frame
    together = findings["outcomes"].outcomes.frame.query("world == 'aligned'").set_index("outcome")["model_pct"]
    for name, rows in single.groupby("outcome"):
        product = 100 * (np.prod(1 + rows["central"] / 100) - 1)
        assert abs(together[name]) <= 1.25 * abs(product) + 0.9
        assert together[name] * product > -1.0


def test_change_of_each_target_is_published_or_said_to_be_carried(study, findings):
    changes = findings["outcomes"].target_changes.frame.set_index("target")
    assert changes.index.is_unique
    for name, row in changes.iterrows():
        assert row.isna().all() == (name in findings["outcomes"].carried_by_levers)
    aligned = findings["outcomes"].outcomes.frame.query("world == 'aligned'").set_index("outcome")
    assert set(changes.dropna().index) <= {outcome.target for outcome in study.outcomes}
    percent = aligned.loc["ru309_nrexp", "reached"] - aligned.loc["ru309_nrexp", "without_plan"]
    assert changes.loc["ru309_nrexp", "central"] == pytest.approx(100 * percent)
    ratio = aligned.loc["ru309_agroexp", "reached"] - aligned.loc["ru309_agroexp", "without_plan"]
    assert changes.loc["ru309_agroexp", "central"] == pytest.approx(ratio)


def test_carbon_stands_beside_every_result(study, findings):
    energy = findings["outcomes"].energy.frame
    for world in ensemble.MEASURED:
        part = energy[energy["world"] == world].set_index(["quantity", "economy"])
        for partner in study.partners:
            assert part.loc[("co2", partner), "reported_mt"] > 0
            assert np.isfinite(part.loc[("energy", partner), "central"])
        assert np.isfinite(part.loc[("co2", "third"), "central"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_chapters_are_written_in_every_language(findings, language):
    text = Translator(language)
    first, second = (
        levers_chapter.chapter(findings["levers"], Findings(), text),
        outcomes_chapter.chapter(findings["outcomes"], Findings(), text),
    )
    for chapter in (first, second):
        assert chapter is not None
        assert chapter.title
        assert {Figure, Grid, Paragraph} <= {type(block) for block in chapter.blocks}
        for block in chapter.blocks:
            if isinstance(block, Grid):
                assert all(len(row) == len(block.columns) for row in block.rows)
            if isinstance(block, Figure):
                assert not block.twin.empty
    aligned = findings["outcomes"].outcomes.frame.query("world == 'aligned'")
    told = aligned[aligned["miss_pct"].notna()]
    likely = int((told["chance"] > 0.5).sum())
    assert second.title == text("outcomes.title", n=len(told), met=likely)


def _moved(findings, name, table, of, more):
    """Return the findings with one column of a table moved by as much everywhere."""
    section = findings[name]
    found = getattr(section, table)
    frame = found.frame.assign(**{of: found.frame[of] + more})
    changed = dataclasses.replace(section, **{table: Table(found.row, frame)})
    return {**findings, name: changed}


def test_titles_and_charts_of_levers_and_outcomes_tell_medians_and_never_the_central_run(findings):
    """Whatever the central run says, the chapters read the same but for tables that name it; the medians change them."""
    text = Translator("en")

    def told(found):
        made = (
            levers_chapter.chapter(found["levers"], Findings(), text),
            outcomes_chapter.chapter(found["outcomes"], Findings(), text),
        )
        return [(c.title, [(b.title, b.twin.to_dict()) for b in flat(c.blocks) if isinstance(b, Figure)]) for c in made]

    before = told(findings)
    for name, table, central, median in (
        ("levers", "lever_weights", "central", "median"),
        ("outcomes", "outcomes", "miss_pct", "miss_pct_median"),
    ):
        position = ("levers", "outcomes").index(name)
        assert told(_moved(findings, name, table, central, 77.0))[position] == before[position], name
        assert told(_moved(findings, name, table, median, 77.0))[position] != before[position], name
    energy = findings["outcomes"].energy.frame
    assert (energy["low"] <= energy["median"]).all()
    assert (energy["median"] <= energy["high"]).all()


def central_of(findings, component, support, net=False, channel="all"):
    frame = findings["value"].value.frame
    chosen = frame[
        (frame["component"] == component)
        & (frame["support"] == support)
        & (frame["net"] == net)
        & (frame["channel"] == channel)
    ]
    return chosen.set_index(["year", "economy"])[["low", "median", "high", "central"]].sort_index()


def test_components_add_up_for_every_economy_branch_and_support(findings):
    frame = findings["value"].value.frame
    central = frame.set_index(["economy", "year", "net", "channel", "support", "component"])["central"].unstack()
    total = central.pop("total")
    assert central.sum(axis=1).to_numpy() == pytest.approx(total.to_numpy(), abs=1e-12)
    wide = frame.set_index(["economy", "year", "net", "component", "support", "channel"])["central"].unstack()
    assert (wide["border"] + wide["technology"]).to_numpy() == pytest.approx(wide["all"].to_numpy(), abs=1e-12)
    parts = frame[frame["component"].isin(["joint_unagreed", "agreement"])]
    wide = parts.set_index(["economy", "year", "net", "channel", "component", "support"])["central"].unstack()
    assert wide[["both", "one", "none"]].sum(axis=1).to_numpy() == pytest.approx(wide["all"].to_numpy(), abs=1e-12)


def test_net_is_gross_less_cost(study, findings):
    costs = findings["value"].costs.frame.set_index(["component", "support", "economy"])["central"].sort_index()
    for component, support in (("total", "both"), ("total", "all"), ("agreement", "both"), ("own", "all")):
        gross, net = (central_of(findings, component, support, net)["central"] for net in (False, True))
        for partner in study.partners:
            paid = gross[study.deadline, partner] - net[study.deadline, partner]
            assert paid == pytest.approx(costs[component, support, partner], abs=1e-12)
    assert (costs >= 0).all()
    assert all(costs["total", "both", partner] > 0 for partner in study.partners)


def test_central_values_are_those_of_exact_worlds_without_the_measure(study, findings):
    """Every joint measure's part and the components come from the same exact worlds."""
    ranking = findings["value"].ranking.frame.set_index(["lever", "economy"])["central"]
    total = central_of(findings, "total", "all")["central"]
    for partner in study.partners:
        joint = sum(ranking[lever.id, partner] for lever in study.levers if lever.joint)
        singles = sum(
            central_of(findings, c, "all")["central"][study.deadline, partner]
            for c in ("own", "spillover", "interaction")
        )
        assert joint == pytest.approx(total[study.deadline, partner] - singles, rel=0.05)


def test_sums_of_responses_are_close_to_exact_worlds(findings):
    error = findings["value"].linear_error.frame
    scale = error.groupby(["draw", "economy"])["exact_pct"].transform(lambda x: x.abs().max())
    assert ((error["linear_pct"] - error["exact_pct"]).abs() < 0.1 * scale + 1e-4).all()


def test_shares_of_evidence_add_up_and_assumptions_are_ranked(study, findings):
    shares = findings["value"].evidence_weights.frame.groupby(["economy", "result", "role"])["share_pct"].sum()
    assert shares.to_numpy() == pytest.approx(100)
    told = findings["value"].evidence_weights.frame
    table = findings["value"].assumptions.frame
    for frame in (told, table):
        counts = frame["economy"].value_counts()
        assert set(counts.index) == {*study.partners, THIRD}
        assert counts.nunique() == 1, "third economies have every row that partners have"
    for _, rows in table.groupby("economy"):
        ordered = rows.sort_values("rank")["swing_pct"].to_numpy()
        assert (np.diff(ordered) <= 0).all()
        assert ordered[0] > 0


def test_a_number_at_its_ends_gives_third_economies_what_worlds_solved_there_give(study, findings):
    """The ends of a table of responses, against the plans solved anew with the number at each end; nobody else pays for third."""
    section = findings["value"]
    of_third = section.assumptions.frame.query("economy == @THIRD").set_index("parameter")
    names = [*of_third.sort_values("rank").index[:1], SERVICES]
    central = central_of(findings, "total", "both")["central"][study.deadline, THIRD]
    for name in names:
        entry, row = study.ledger.parameters[name], of_third.loc[name]
        solved = vary(study, Findings(), name, (entry.low, entry.high)).frame.query("economy == @THIRD")
        low, high = solved.sort_values("value")["real_income_pct"]
        assert (row["at_low_pct"], row["at_high_pct"]) == pytest.approx((low, high), rel=0.08), name
        assert row["swing_pct"] == pytest.approx(abs(row["at_high_pct"] - row["at_low_pct"]))
        assert min(low, high) < central < max(low, high)


def test_shares_of_third_economies_weigh_measures_by_what_all_others_lose_without_them(study, findings):
    """Recomputed from the worlds that were solved without one joint measure each, single third economies weighed by income."""
    data, economies = findings["ensemble"].data, list(study.baseline.economies)
    weights = third_weights(headline_world(study)[0], study.partners)
    whole = data["real_income_pct"].sel(branch="all", world=QUICK, year=study.deadline, economy=economies)
    sizes = {
        lever: abs(float((whole - data["without_pct"].sel(joint=lever, economy=economies)).values @ weights))
        for lever, support in findings["value"].support.items()
        if support == "both"
    }
    rows = findings["value"].evidence_weights.frame.query("economy == @THIRD and result == 'alignment'")
    shares = rows.set_index(["role", "grade"])["share_pct"]
    for role in (*ROLES, WEAKEST):
        wanted = dict.fromkeys(shares[role].index, 0.0)
        for lever in study.levers:
            grade = str(grades(lever, study.ledger, {}).get(role, "none"))
            wanted[grade] += 100 * sizes.get(lever.id, 0.0) / sum(sizes.values())
        assert shares[role].to_dict() == pytest.approx(wanted, abs=3), role


@pytest.mark.parametrize("silent", [0, 1])
def test_without_the_statements_of_one_plan_measures_become_offers(study, findings, tmp_path, silent):
    """Every statement of one plan is deleted from the study's file: its alignment is worth nothing, the offers grow."""
    side = study.partners[silent]
    mute = {"value": _valued(_without_statements(study, side, tmp_path))}
    before, after = (found["value"].value.frame for found in (findings, mute))
    for partner in study.partners:
        for name in ("median", "central"):
            assert _worth(before, study, partner, "both", name) > 0
            assert _worth(after, study, partner, "both", name) == pytest.approx(0, abs=1e-9)
            assert _worth(after, study, partner, "one", name) > _worth(before, study, partner, "one", name)
        whole = [_worth(frame, study, partner, "joint", "median") for frame in (before, after)]
        assert whole[1] > 0
    own = central_of(mute, "own", "all")["central"]
    assert own[study.deadline, side] == pytest.approx(0, abs=1e-9)
    other = study.partners[1 - silent]
    assert own[study.deadline, other] == pytest.approx(
        central_of(findings, "own", "all")["central"][study.deadline, other]
    )
    assert set(mute["value"].support.values()) <= {"one", "none"}
    assert mute["value"].support_left_out > findings["value"].support_left_out
    for language in LANGUAGES:
        text = Translator(language)
        title = answer_chapter.chapter(mute["value"], Findings(mute), text).title
        assert title == text("answer.nothing", year=study.deadline)


def test_without_any_statement_of_either_plan_all_lies_beyond_the_plans(study, tmp_path):
    nobody = study
    for position, side in enumerate(study.partners):
        nobody = _without_statements(nobody, side, tmp_path / str(position))
    section = _valued(nobody)
    frame = section.value.frame
    assert set(section.support.values()) == {"none"}
    for partner in study.partners:
        assert _worth(frame, study, partner, "none", "median") > 0
        for support in ("one", "both"):
            assert _worth(frame, study, partner, support, "median") == pytest.approx(0, abs=1e-9)


def _without_statements(study, side, folder):
    """Read the study again from a copy whose file of statements has none of one side's documents."""
    place = folder / "study"
    shutil.copytree(study_directory("china-russia"), place)
    documents = pd.read_csv(place / "plan_documents.csv").set_index("code")["partner"]
    kept = pd.read_csv(place / "statements.csv", dtype=str, keep_default_na=False)
    gone = kept["document"].map(documents).eq(side)
    assert gone.sum() > 50
    asked = {lever: said.degrees for lever, said in study.asked.items()}
    kept[~gone & kept["document"].map(documents).isin([p for d in asked.values() for p in d])].to_csv(
        place / "statements.csv", index=False
    )
    read = load_study(place)
    return dataclasses.replace(read, draws=study.draws, start=study.start, review=study.review)


def _valued(study):
    return value.compute(study, Findings({"ensemble": ensemble.compute(study, Findings(), Bench())}), Bench())


def _worth(frame, study, partner, support, name):
    rows = frame.query(
        "economy == @partner and component == 'total' and support == @support and net and channel == 'all' "
        f"and year == {study.deadline}"
    )
    return float(rows[name].iloc[0])
