import pytest

from isthmus.core.errors import BadInputError
from isthmus.levers.lever import Lever
from isthmus.readers.study.support import read_costs, read_support

PARTNERS = ("AAA", "BBB")
GATE = Lever("gate", {}, "trade", "joint", PARTNERS, {}, (), 2025, 2026, 2030)
SUPPORT = """\
lever,partner,statement,strength,degree_low,degree_central,degree_high,degree_status,year,note
gate,AAA,a1,states,0.5,0.8,1.0,stated,2027,
gate,BBB,b1,implies,0.1,0.3,0.6,assumed,,our reading
other,AAA,a1,states,0.5,0.8,1.0,stated,,
"""
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
