"""Scenario files: what is read, which keys belong to which kind, and exact words about what is wrong."""

import pytest

from isthmus.core.errors import BadInputError
from isthmus.equilibrium.scenario import KINDS
from isthmus.readers.study.scenario import read_scenario

EVERY_KEY = {
    "trade_cost": 'exporter = ["A"]\nimporter = "B"\nsector = "goods"\nchange_pct = -10',
    "tariff": 'exporter = "A"\nimporter = "B"\nsector = ["x", "y"]\nrate = 0.05',
    "productivity": 'economy = "A"\nsector = "x"\nchange_pct = 1',
    "labour": 'economy = "A"\nchange_pct = 1',
    "capital": 'economy = "A"\nchange_pct = 1',
    "endowment": 'economy = ["A", "B"]\nchange_pct = 1',
    "input_requirement": 'economy = "A"\ninput = "x"\nindustry = "services"\nchange_pct = -3',
}


def read(tmp_path, text):
    path = tmp_path / "case.toml"
    path.write_text(text, encoding="utf-8")
    return read_scenario(path)


def shock(kind, keys):
    return f'[[shock]]\nkind = "{kind}"\n{keys}\n'


def test_every_key_reaches_the_scenario(tmp_path):
    text = """
name = "all"
[closure]
trade_balance = "own_va"
numeraire = "A"
[elasticity]
source = "CP"
services = 3.5
scale = 2
""" + shock("trade_cost", EVERY_KEY["trade_cost"] + "\nstart = 2027\nend = 2030\nphase_years = 2")
    found = read(tmp_path, text)
    assert (found.name, found.trade_balance, found.numeraire) == ("all", "own_va", "A")
    assert (found.elasticity, found.services, found.scale) == ("CP", 3.5, 2.0)
    one = found.shocks[0]
    assert (one.exporter, one.importer, one.sector, one.change_pct) == (("A",), "B", "goods", -10)
    assert (one.start, one.end, one.phase_years) == (2027, 2030, 2)


def test_defaults_without_any_table(tmp_path):
    found = read(tmp_path, "")
    assert (found.name, found.trade_balance, found.elasticity, found.scale) == ("case", "fixed", "", 1.0)
    assert found.services is None
    assert found.shocks == ()


@pytest.mark.parametrize("kind", EVERY_KEY)
def test_every_kind_is_read_with_its_keys(tmp_path, kind):
    assert read(tmp_path, shock(kind, EVERY_KEY[kind])).shocks[0].kind == kind


def test_the_kinds_tested_here_are_all_there_are():
    assert set(EVERY_KEY) == set(KINDS)


FOREIGN = {
    "trade_cost": 'economy = "A"\nchange_pct = 1',
    "tariff": "change_pct = 5",
    "productivity": 'importer = "A"\nchange_pct = 1',
    "labour": 'sector = "x"\nchange_pct = 1',
    "capital": "rate = 0.1\nchange_pct = 1",
    "endowment": 'input = "x"\nchange_pct = 1',
    "input_requirement": 'exporter = "A"\nchange_pct = 1',
}


@pytest.mark.parametrize("kind", FOREIGN)
def test_a_key_of_another_kind_is_refused(tmp_path, kind):
    surplus = FOREIGN[kind].split(" ", 1)[0]
    with pytest.raises(BadInputError) as caught:
        read(tmp_path, shock("labour", EVERY_KEY["labour"]) + shock(kind, FOREIGN[kind]))
    assert f"case.toml, shock 2 ({kind})" in caught.value.where
    assert surplus in caught.value.problem
    assert surplus not in caught.value.allowed.split(", ")


WRONG = {
    "broken TOML": ("[closure\n", ["case.toml", "not valid TOML", "line 1"]),
    "unknown table": ("[closures]\n", ["key closures", "unknown key"]),
    "unknown key": ("[closure]\nbalance = 1\n", ["key closure.balance", "unknown key"]),
    "unknown key of a shock": (shock("labour", "change_pct = 1\namount = 2"), ["key shock.0.amount", "unknown key"]),
    "unknown kind": (shock("wish", "change_pct = 1"), ["key shock.0.kind", "wish", "trade_cost"]),
    "unknown closure": ('[closure]\ntrade_balance = "free"\n', ["closure.trade_balance", "free", "own_va"]),
    "elasticity of 0": ("[elasticity]\nservices = 0\n", ["elasticity.services", "greater than 0"]),
    "text for a number": (shock("labour", 'change_pct = "much"'), ["shock.0.change_pct", "much"]),
    "all gone": (shock("labour", "change_pct = -100"), ["shock.0.change_pct", "-100"]),
    "tariff of -100 %": (shock("tariff", "rate = -1"), ["shock.0.rate", "greater than -1"]),
    "no percent": (shock("capital", 'economy = "A"'), ["shock 1 (capital)", "change_pct is missing"]),
    "empty list": (shock("labour", "economy = []\nchange_pct = 1"), ["shock.0.economy"]),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_named(tmp_path, case):
    text, words = WRONG[case]
    with pytest.raises(BadInputError) as caught:
        read(tmp_path, text)
    for word in words:
        assert word in str(caught.value)


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(BadInputError, match="no such file"):
        read_scenario(tmp_path / "none.toml")


def test_rates_are_read_beside_the_scenario(tmp_path):
    (tmp_path / "rates.csv").write_text("exporter;importer;sector;rate\nA;B;x;0,05\nA;C;x;0\n")
    found = read(tmp_path, shock("tariff", 'rates = "rates.csv"'))
    assert found.shocks[0].rates == (("A", "B", "x", 0.05), ("A", "C", "x", 0.0))


RATES = {
    "missing": (None, "no such file"),
    "empty rate": ("exporter,importer,sector,rate\nA,B,x,\n", "rates.csv, row 2, column rate"),
    "twice": ("exporter,importer,sector,rate\nA,B,x,0.1\nA,B,x,0.2\n", "rates.csv, row 3: duplicate"),
    "column": ("exporter,importer,rate\nA,B,0.1\n", "column sector is missing"),
    "text": ("exporter,importer,sector,rate\nA,B,x,free\n", "row 2, column rate: found 'free'"),
}


@pytest.mark.parametrize("case", RATES)
def test_bad_rates_are_named(tmp_path, case):
    text, words = RATES[case]
    if text is not None:
        (tmp_path / "rates.csv").write_text(text)
    with pytest.raises(BadInputError) as caught:
        read(tmp_path, shock("tariff", 'rates = "rates.csv"'))
    assert words in str(caught.value)
