"""The packaged study's statements, support and costs hold together and carry the levers."""

import re
from collections import defaultdict
from importlib import resources
from pathlib import Path

import pytest

from isthmus.core.provenance import Grade, Status
from isthmus.levers.grades import grade_of
from isthmus.levers.support import degree_entries, degree_name, terms
from isthmus.plans.statement import Checked, DocumentKind, Role, Standing
from isthmus.readers.study.ledger import read_ledger
from isthmus.readers.study.levers import read_levers
from isthmus.readers.study.statements import read_plan_documents, read_statements
from isthmus.readers.study.support import read_degrees
from isthmus.readers.study.support import read_support as read_rows
from isthmus.readers.study.targets import read_targets
from isthmus.readers.study.taxonomy import read_taxonomy
from isthmus.readers.tables import read_table

FOLDER = Path(str(resources.files("isthmus"))) / "assets" / "studies" / "china-russia"
PARTNERS = ("CHN", "RUS")
OWN_PLAN = (DocumentKind.PLAN, DocumentKind.PROGRAMME)
BASES = {"per_year", "excess", "points", "inside", "unknown"}


@pytest.fixture(scope="module")
def targets():
    return read_targets(FOLDER / "targets.csv", PARTNERS)


@pytest.fixture(scope="module")
def levers(targets):
    return read_levers(FOLDER / "levers.toml", PARTNERS, read_ledger(FOLDER / "ledger.toml"), targets)


@pytest.fixture(scope="module")
def documents():
    return read_plan_documents(FOLDER / "plan_documents.csv", PARTNERS)


@pytest.fixture(scope="module")
def statements(documents, targets):
    themes = read_taxonomy().themes
    found = read_statements(
        FOLDER / "statements.csv", documents, PARTNERS, themes=themes, targets={t.id: t.partner for t in targets}
    )
    return {statement.id: statement for statement in found}


def read_support(name):
    numbers = dict.fromkeys(("degree_low", "degree_central", "degree_high"), "number")
    names = (
        "lever",
        "partner",
        "statement",
        "strength",
        "degree_status",
        "degree_from",
        "year_status",
        "due_status",
        "note",
    )
    columns = {**dict.fromkeys(names, "text"), **numbers, **dict.fromkeys(("year", "due"), "whole")}
    table = read_table(FOLDER / name, columns, key=["lever", "partner", "statement"])
    return table.frame.to_dict("records")


@pytest.fixture(scope="module")
def support():
    return read_support("support.csv")


@pytest.fixture(scope="module")
def beside():
    return read_support("support_beside_plans.csv")


@pytest.fixture(scope="module")
def costs():
    numbers = dict.fromkeys(("low", "central", "high"), "number")
    names = ("lever", "payer", "item", "basis", "scales_with", "unit", "source", "address", "status", "note")
    table = read_table(
        FOLDER / "costs.csv", {**dict.fromkeys(names, "text"), **numbers, "year_from": "whole", "year_to": "whole"}
    )
    return table.frame.to_dict("records")


def test_statements_of_both_sides_with_every_role(statements):
    for partner in PARTNERS:
        own = [s for s in statements.values() if s.partners == (partner,) and s.standing is Standing.CURRENT]
        assert len(own) > 200
        assert {s.role for s in own} == set(Role)


def test_what_was_read_in_the_plan_is_verified_and_the_rest_is_not(statements):
    for statement in statements.values():
        assert (statement.status is Status.VERIFIED) == (statement.checked is Checked.PRIMARY), statement.id
        assert statement.text.endswith("."), statement.id


def test_a_fall_is_written_on_the_signed_number(statements):
    for statement in statements.values():
        if statement.value is not None and "change" in statement.unit:
            assert statement.value < 0, statement.id
            assert statement.operator in ("=", "<="), statement.id


def test_statements_and_targets_name_the_same_number(statements, targets):
    by_id = {t.id: t for t in targets}
    # in another form: trillion jin, billion tonnes, percent for times, 67 for two thirds
    scaled = {"cn_m010", "cn_m011", "cn_m193", "cn_m196", "cn_m203", "ru_m131", "ru_m283"}
    for statement in statements.values():
        if statement.target and statement.value is not None and statement.id not in scaled:
            assert statement.value == by_id[statement.target].value, statement.id


def test_every_document_has_statements_and_no_digest_is_called_a_document(statements, documents):
    assert {s.document.code for s in statements.values()} == set(documents)
    assert {d.shipped for d in documents.values()} == {"digest", "none"}
    assert all(d.address for d in documents.values() if d.kind is DocumentKind.PLAN)


def test_support_names_current_statements_of_the_same_partner(support, beside, statements, levers):
    kinds = read_degrees(FOLDER / "degrees.csv")
    partners = {lever.id: lever.partners for lever in levers}
    for row in [*support, *beside]:
        statement = statements[row["statement"]]
        assert row["partner"] in partners[row["lever"]], row
        assert row["partner"] in statement.partners, row
        assert statement.standing is Standing.CURRENT, row
        assert row["strength"] in ("states", "implies"), row
        kind = kinds.get(row["degree_from"])
        assert (row["degree_status"] == "elsewhere") == (kind is not None), row
        low, central, high = (
            (kind.low, kind.value, kind.high) if kind else (row[f"degree_{n}"] for n in ("low", "central", "high"))
        )
        assert 0 < low <= central <= high <= 1, row
        assert row["degree_status"] in ("stated", "elsewhere"), row
        assert row["due_status"] in ("stated", "assumed"), row
        assert 2025 <= row["due"] <= 2036, row
        assert (row["year_status"] == "stated") == (row["year"] == row["year"]), row  # empty where the plan names none


def test_every_degree_of_a_joint_measure_is_stated_or_has_a_source_and_a_grade(levers):
    """None is our reading: where a plan names no number, the kind of its statement says where the degree comes from."""
    joint = [lever for lever in levers if lever.joint]
    supports = read_rows(FOLDER / "support.csv", joint, read_degrees(FOLDER / "degrees.csv"))
    asked = {lever.id: terms(lever, supports) for lever in joint}
    entries = degree_entries(joint, asked)
    assert len(entries) > len(joint)
    for lever in joint:
        for side in asked[lever.id].degrees:
            entry, evidence = entries[degree_name(lever.id, side)], asked[lever.id].evidence.get(side)
            assert side not in asked[lever.id].assumed
            assert entry.status is Status.QUOTED
            assert grade_of(entry, {}) in (Grade.ESTIMATED, Grade.EXPERT)
            if evidence is None:
                assert (entry.low, entry.value, entry.high) == (0.8, 1.0, 1.0), "a number with a date"
            else:
                assert evidence.source in entry.source
                assert entry.address
                assert entry.note


def test_only_plans_and_programmes_are_support_of_a_plan(support, beside, statements):
    assert {statements[row["statement"]].document.kind for row in support} == set(OWN_PLAN)
    assert not {statements[row["statement"]].document.kind for row in beside} & set(OWN_PLAN)


def test_support_of_each_lever_follows_from_the_table(support, levers):
    sides = defaultdict(set)
    for row in support:
        sides[row["lever"]].add(row["partner"])
    for lever in levers:
        if not lever.joint:
            assert sides[lever.id] == set(lever.partners), lever.id
    both = {lever.id for lever in levers if lever.joint and len(sides[lever.id]) == 2}
    assert both == {
        "joint_procedures", "joint_crossings", "joint_gauge", "joint_links", "joint_grain", "joint_food_rules", "joint_exchange",
        "joint_gas",
    }  # fmt: skip
    one = {lever.id for lever in levers if lever.joint and len(sides[lever.id]) == 1}
    assert one == {lever.id for lever in levers if lever.joint} - both


def test_every_lever_has_a_cost_or_says_why_not(costs, levers):
    payers = defaultdict(set)
    for row in costs:
        payers[row["lever"]].add(row["payer"])
        assert row["basis"] in BASES, row
        assert row["source"], row
        if row["basis"] == "unknown":
            assert row["central"] != row["central"], row  # no number
            assert row["note"], row
        else:
            assert 0 <= row["low"] <= row["central"] <= row["high"], row
            assert row["status"] in list(Status), row
            assert row["unit"].startswith("million USD of 2024"), row
            assert row["year_from"] <= row["year_to"], row
    assert payers == {lever.id: set(lever.partners) for lever in levers}


def test_what_has_no_estimate_is_no_effect(levers, statements):
    table = read_table(FOLDER / "no_estimate.csv", dict.fromkeys(("id", "effect", "reason", "statements"), "text"))
    for row in table.frame.to_dict("records"):
        assert row["reason"], row
        assert set(row["statements"].split(";")) <= set(statements)
        for lever in (lever for lever in levers if lever.id == row["id"]):
            assert {effect.channel.value for effect in lever.effects} == {"wedge"}


def test_published_estimates_say_what_was_seen():
    names = ("id", "authors", "title", "address", "simulated", "measure", "unit", "whom", "status", "note")
    table = read_table(
        FOLDER / "published_estimates.csv",
        {**dict.fromkeys(names, "text"), "year": "whole", "result_low": "number", "result_high": "number"},
        key=["id"],
    )
    records = table.frame.to_dict("records")
    assert len({row["title"] for row in records}) >= 8
    for row in records:
        assert row["address"].startswith("http")
        assert row["status"] in list(Status)
        assert row["note"]
        assert not row["result_low"] > row["result_high"]


def test_every_statement_and_document_has_its_words_in_every_language_of_the_report() -> None:
    documents = read_plan_documents(FOLDER / "plan_documents.csv", PARTNERS)
    said = read_statements(FOLDER / "statements.csv", documents, PARTNERS)
    assert [s.id for s in said if set(s.texts) != {"ru", "zh"}] == []
    assert [code for code, document in documents.items() if set(document.titles) != {"ru", "zh"}] == []
    assert all(re.search("[а-яё]", s.texts["ru"]) and re.search("[\u4e00-\u9fff]", s.texts["zh"]) for s in said)
