import pytest

from isthmus.core.errors import BadInputError
from isthmus.levers.lever import Lever
from isthmus.readers.study.support import read_costs, read_degrees, read_support

PARTNERS = ("AAA", "BBB")
GATE = Lever("gate", {}, "trade", "joint", PARTNERS, {}, (), 2025, 2026, 2030)
SUPPORT = """\
lever,partner,statement,strength,degree_low,degree_central,degree_high,degree_status,year,note
gate,AAA,a1,states,0.5,0.8,1.0,stated,2027,
gate,BBB,b1,implies,0.1,0.3,0.6,assumed,,our reading
other,AAA,a1,states,0.5,0.8,1.0,stated,,
"""
KINDS = """\
id,title,low,central,high,grade,status,source,address,note
named,named without a number,0.5,0.7,0.9,expert,quoted,a count of such statements,https://example.org,elsewhere
again,a goal set before,0.4,0.4,1,,quoted,two counts,,
"""
FROM_KIND = (
    SUPPORT.replace("degree_status,", "degree_status,degree_from,")
    .replace("0.1,0.3,0.6,assumed,", ",,,elsewhere,named,")
    .replace("1.0,stated,", "1.0,stated,,")
)
COSTS = """\
lever,payer,item,basis,scales_with,unit,low,central,high,year_from,year_to,source,address,status,note
gate,AAA,works,per_year,degree,million USD of 2024 per year,1,2,4,2026,2030,a report,https://example.org,quoted,
gate,BBB,works,unknown,,million USD of 2024 per year,,,,2026,2030,no figure was found,,unverified,
gate,BBB,posts,inside,,million USD of 2024 per year,0,0,0,2026,2030,the ledger,,assumed,
"""


def write(tmp_path, text):
    path = tmp_path / "table.csv"
    path.write_text(text, "utf-8")
    return path


def test_support_of_the_levers_there_are(tmp_path):
    a, b = read_support(write(tmp_path, SUPPORT), (GATE,))
    assert (a.lever, a.partner, a.statement, a.degree, a.year, a.assumed) == (
        "gate",
        "AAA",
        "a1",
        (0.5, 0.8, 1.0),
        2027,
        False,
    )
    assert (b.strength, b.year, b.assumed, b.note) == ("implies", None, True, "our reading")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("gate,BBB,b1", "gate,CCC,b1", "row 3, partner: found 'CCC'"),
        ("implies", "hints", "row 3, strength: found 'hints'"),
        ("0.1,0.3,0.6", "0.1,0.3,1.6", "row 3, .*0.1, 0.3, 1.6"),
        ("0.1,0.3,0.6", "0.4,0.3,0.6", "row 3, .*0.4, 0.3, 0.6"),
    ],
)
def test_wrong_support_is_refused_by_row(tmp_path, old, new, message):
    with pytest.raises(BadInputError, match=message):
        read_support(write(tmp_path, SUPPORT.replace(old, new)), (GATE,))


def test_costs_and_their_entries(tmp_path):
    costs, entries = read_costs(write(tmp_path, COSTS), (GATE,))
    assert [(c.payer, c.basis, c.entry) for c in costs] == [
        ("AAA", "per_year", "cost.gate.AAA.1"), ("BBB", "unknown", ""), ("BBB", "inside", ""),
    ]  # fmt: skip
    assert (costs[0].first, costs[0].last) == (2026, 2030)
    (entry,) = entries.values()
    assert (entry.low, entry.value, entry.high, entry.source, entry.status) == (1, 2, 4, "a report", "quoted")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("gate,AAA", "gate,CCC", "payer: found 'CCC'"),
        ("per_year", "sometimes", "basis: found 'sometimes'"),
        (",1,2,4,", ",1,,4,", "low, central, high"),
        (",1,2,4,", ",3,2,4,", "found 3, 2, 4"),
        ("quoted", "heard", "status: found 'heard'"),
    ],
)
def test_wrong_costs_are_refused_by_row(tmp_path, old, new, message):
    with pytest.raises(BadInputError, match=message):
        read_costs(write(tmp_path, COSTS.replace(old, new)), (GATE,))


def test_a_degree_that_no_statement_names_is_that_of_statements_of_its_kind(tmp_path):
    (tmp_path / "kinds.csv").write_text(KINDS, "utf-8")
    kinds = read_degrees(tmp_path / "kinds.csv")
    assert (kinds["named"].grade, kinds["again"].grade) == ("expert", None)
    stated, found = read_support(write(tmp_path, FROM_KIND), (GATE,), kinds)
    assert (stated.degree, stated.evidence, stated.assumed) == ((0.5, 0.8, 1.0), None, False)
    assert (found.degree, found.evidence, found.assumed) == ((0.5, 0.7, 0.9), kinds["named"], False)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (",,,elsewhere,named", ",,,elsewhere,heard", "row 3, degree_from: found 'heard'"),
        (",,,elsewhere,named", ",,,elsewhere,", "row 3, degree_from: found ''"),
        (",,,elsewhere,named", ",0.3,,elsewhere,named", "row 3, .*are filled although degree_from names named"),
        ("elsewhere", "guessed", "row 3, degree_status: found 'guessed'"),
        ("1.0,stated,,", "1.0,stated,named,", "row 2, degree_from: found 'named'"),
    ],
)
def test_wrong_kinds_in_support_are_refused_by_row(tmp_path, old, new, message):
    (tmp_path / "kinds.csv").write_text(KINDS, "utf-8")
    with pytest.raises(BadInputError, match=message):
        read_support(write(tmp_path, FROM_KIND.replace(old, new)), (GATE,), read_degrees(tmp_path / "kinds.csv"))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("again,a", "named,a", "row 3, id: 'named' occurs twice"),
        ("0.5,0.7,0.9", "0.5,0.7,1.9", "row 2, .*0.5, 0.7, 1.9"),
        ("expert", "rumour", "row 2, grade: found 'rumour'"),
        ("expert,quoted", "expert,assumed", "grade is expert where the status is assumed"),
        ("expert,quoted", "expert,heard", "row 2, status: found 'heard'"),
        ("two counts", "", "source is empty"),
    ],
)
def test_wrong_kinds_of_statements_are_refused_by_row(tmp_path, old, new, message):
    with pytest.raises(BadInputError, match=message):
        read_degrees(write(tmp_path, KINDS.replace(old, new)))
