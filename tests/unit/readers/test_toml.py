"""Settings are what they say: nothing in quotes counts as a number, no flag as 1, and a message names key and allowed."""

from pathlib import Path

import pytest

from isthmus.core.errors import BadInputError
from isthmus.core.provenance import Ledger
from isthmus.readers.alignment.glossary import read_glossary
from isthmus.readers.study.ledger import read_ledger
from isthmus.readers.study.levers import read_levers
from isthmus.readers.study.scenario import read_scenario
from isthmus.readers.study.study import load_study
from isthmus.readers.study.taxonomy import read_taxonomy
from isthmus.readers.toml import read_toml

SHOCK = '[[shock]]\nkind = "trade_cost"\n'
BROKEN = {
    "not TOML": "a = ",
    "not UTF-8": b"a = '\xff'",
    "a number without end": "a = " + "9" * 5000,
    "depth": "a = " + "[" * 5000 + "]" * 5000,
    "a table of depth": "a = " + "{a = " * 3000 + "1" + "}" * 3000,
}


@pytest.mark.parametrize("case", BROKEN)
def test_broken_toml_is_bad_input(tmp_path: Path, case: str) -> None:
    content = BROKEN[case]
    path = tmp_path / "s.toml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    for read in (read_toml, read_scenario, read_ledger, read_taxonomy, read_glossary):
        with pytest.raises(BadInputError, match=r"s\.toml"):
            read(path)


WRONG = {
    "a flag for a number": ("change_pct = true", "a number without quotes"),
    "a number in quotes": ('change_pct = "-10"', "a number without quotes"),
    "beyond reason": ("change_pct = 1e308", "at most"),
    "endless": ("change_pct = inf", "finite"),
    "none": ("change_pct = nan", "finite"),
    "of thousands of digits": ("change_pct = " + "9" * 400, "finite"),
    "a list for a number": ("change_pct = [1]", "a number without quotes"),
    "a year before history": ("change_pct = 1\nstart = -5", "at least 1900"),
    "half a year": ("change_pct = 1\nstart = 2026.5", "whole number"),
    "a flag for labels": ("change_pct = 1\nsector = true", "a text in quotes"),
    "an unknown key": ("change_pct = 1\namount = 2", "kind, exporter, importer"),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_value_of_another_kind_is_refused(tmp_path: Path, case: str) -> None:
    text, allowed = WRONG[case]
    path = tmp_path / "s.toml"
    path.write_text(SHOCK + text)
    with pytest.raises(BadInputError) as raised:
        read_scenario(path)
    assert "key shock.0." in raised.value.where
    assert allowed in raised.value.allowed
    assert len(str(raised.value)) < 1500


def test_a_missing_key_says_what_belongs_there(tmp_path: Path) -> None:
    path = tmp_path / "s.toml"
    path.write_text("[[shock]]\nchange_pct = 1\n")
    with pytest.raises(BadInputError, match=r"key shock\.0\.kind: is missing\. Allowed: a file with kind, exporter"):
        read_scenario(path)


@pytest.mark.parametrize("text", ["parameter = 3", "[parameter]\na = 1", "parameters = []", "[[parameter]]\nname = 3"])
def test_a_ledger_of_another_shape_is_bad_input(tmp_path: Path, text: str) -> None:
    path = tmp_path / "l.toml"
    path.write_text(text)
    with pytest.raises(BadInputError, match=r"l\.toml"):
        read_ledger(path)


@pytest.mark.parametrize("number", ["inf", "nan", "1e300", "true", '"1"', "9" * 400])
def test_a_parameter_is_a_finite_number(tmp_path: Path, number: str) -> None:
    path = tmp_path / "l.toml"
    entry = '[[parameter]]\nname = "a"\ndescription = "d"\nunit = "u"\nsource = "s"\nstatus = "assumed"\n'
    path.write_text(f"{entry}value = 1\nlow = 0\nhigh = {number}\n")
    with pytest.raises(BadInputError, match="high"):
        read_ledger(path)


@pytest.mark.parametrize("text", ["lever = 3", "lever = [3]", '[[lever]]\nid = ["a"]', "goods = 3"])
def test_levers_of_another_shape_are_bad_input(tmp_path: Path, text: str) -> None:
    path = tmp_path / "levers.toml"
    path.write_text(text)
    with pytest.raises(BadInputError, match=r"levers\.toml"):
        read_levers(path, ("AAA", "BBB"), Ledger(), ())


STUDY = 'partners = ["AAA", "BBB"]\n'
STUDIES = {
    "a seed below 0": (STUDY + "[draws]\nseed = -1\n", "draws.seed"),
    "a seed in quotes": (STUDY + '[draws]\nseed = "1"\n', "draws.seed"),
    "one partner": ('partners = ["AAA"]\n', "partners"),
    "a path out of the study": (STUDY + '[files]\ntargets = "../t.csv"\n', "lies outside the study"),
    "an absolute path": (STUDY + '[files]\ntargets = "/etc/hostname"\n', "lies outside the study"),
    "a link out of the study": (STUDY + '[files]\nledger = "link"\n', "lies outside the study"),
}


@pytest.mark.parametrize("case", STUDIES)
def test_a_study_that_cannot_be_used_is_bad_input(tmp_path: Path, case: str) -> None:
    text, said = STUDIES[case]
    folder = tmp_path / "study"
    folder.mkdir()
    (tmp_path / "t.csv").write_text("secret")
    (folder / "link").symlink_to(tmp_path / "t.csv")
    (folder / "study.toml").write_text(text)
    with pytest.raises(BadInputError, match=said) as raised:
        load_study(folder)
    assert "secret" not in str(raised.value)
