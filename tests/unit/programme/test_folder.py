"""Reading a folder of projects: what is accepted, and what is refused by name."""

from pathlib import Path

import pytest
from folders import TABLES, replaced, settings, write

from isthmus.core.errors import BadInputError
from isthmus.readers.programme.folder import read_folder


def test_a_folder_is_read_by_label(tmp_path: Path) -> None:
    read = read_folder(write(tmp_path / "f"))
    bridge, _, lab, school = read.candidates.projects
    assert (bridge.sides, bridge.build_years, lab.excludes, school.sides) == (("A", "B"), 2, ("school",), ())
    assert float(read.candidates.cost.sel(project="bridge", side="B", offset=1)) == 40
    assert float(read.candidates.benefit.sel(project="lab", partner="B", offset=1)) == 25
    assert float(read.candidates.need.sel(project="bridge", resource="crew", offset=0)) == 2
    assert float(read.budget.amount.sel(partner="B", year=2027)) == 60
    assert (read.settings.minimum_share, read.budget.carry_over) == (0.25, 0.5)
    assert read.notes == ()


def test_optional_tables_and_columns_may_be_absent(tmp_path: Path) -> None:
    plain = "id,name,build_years,earliest,latest,requires,excludes\nbridge,Bridge,1,2026,2027,,\n"
    cost, benefit = "project,year_offset,cost\nbridge,0,1\n", "project,partner,year_offset,benefit\nbridge,A,1,3\n"
    changes = {"projects": plain, "costs": cost, "benefits": benefit, "synergies": "", "limits": "", "needs": ""}
    read = read_folder(write(tmp_path / "f", **changes))
    assert read.candidates.projects[0].sides == ()
    assert read.candidates.synergies == ()


def test_tables_in_other_dialects_are_read_and_said(tmp_path: Path) -> None:
    costs = TABLES["costs.csv"].replace("60", "60.5").replace(",", ";").replace(".", ",")
    read = read_folder(write(tmp_path / "f", costs=costs))
    assert float(read.candidates.cost.sel(project="bridge", side="A", offset=0)) == 60.5
    assert any("separator" in note for note in read.notes)


BAD = {
    "circle": (replaced("projects", "2028,,,A;B\nroad", "2028,road,,A;B\nroad"), ["circle", "bridge requires road"]),
    "itself": (replaced("projects", "2028,,,A;B\nroad", "2028,bridge,,A;B\nroad"), ["bridge", "itself"]),
    "window": (replaced("projects", "2,2026,2028", "2,2029,2028"), ["bridge", "earliest 2029 is after latest 2028"]),
    "unknown requirement": (replaced("projects", "2029,bridge", "2029,brigde"), ["road", "'brigde'"]),
    "unknown side": (replaced("projects", "bridge,,A\n", "bridge,,C\n"), ["road", "'C'"]),
    "project twice": (replaced("projects", "lab,Lab", "bridge,Lab"), ["projects.csv, row 4", "bridge"]),
    "negative build": (replaced("projects", "road,Road,1", "road,Road,-1"), ["road", "build_years is -1"]),
    "side twice": (replaced("projects", "2028,,,A;B\nroad", "2028,,,A;A\nroad"), ["bridge", "side stands twice"]),
    "empty window": (replaced("projects", "2,2026,2028", "2,,2028"), ["projects.csv, row 2", "earliest"]),
    "negative cost": (replaced("costs", "road,0,20", "road,0,-20"), ["costs.csv, row 4", "-20", "road"]),
    "unknown project": (replaced("costs", "lab,0", "labb,0"), ["costs.csv, row 5", "'labb'"]),
    "unknown spending side": (replaced("costs", "60,A", "60,Z"), ["costs.csv, row 2", "'Z'"]),
    "cost twice": (replaced("costs", "bridge,1,40,B", "bridge,0,40,A"), ["costs.csv, row 3", "duplicate"]),
    "no number": (replaced("costs", "20,A", "inf,A"), ["costs.csv, row 4", "cost"]),
    "unknown partner": (replaced("benefits", "lab,B", "lab,C"), ["benefits.csv, row 6", "'C'"]),
    "negative offset": (replaced("benefits", "road,A,1", "road,A,-1"), ["benefits.csv, row 4", "-1"]),
    "benefit twice": (replaced("benefits", "lab,B", "lab,A"), ["benefits.csv, row 6", "duplicate"]),
    "budget missing": (replaced("budgets", "B,2027,60\n", ""), ["budgets.csv", "B in 2027"]),
    "budget gap": (replaced("budgets", "A,2027,60\n", "") | {}, ["budgets.csv", "A in 2027"]),
    "budget outside": (replaced("budgets", "B,2028,60", "B,2048,60"), ["budgets.csv", "2048"]),
    "negative budget": (replaced("budgets", "B,2028,60", "B,2028,-60"), ["budgets.csv, row 7", "-60"]),
    "unknown pair": (replaced("synergies", "bridge,road", "bridge,rail"), ["synergies.csv, row 2", "'rail'"]),
    "pair of one": (replaced("synergies", "bridge,road", "bridge,bridge"), ["bridge", "twice"]),
    "pair twice": (
        {"synergies": TABLES["synergies.csv"] + "road,bridge,B,2\n"},
        ["synergies.csv, row 3", "other order"],
    ),
    "unknown resource": (replaced("needs", "lab,crew", "lab,steel"), ["needs.csv, row 3", "'steel'"]),
    "negative need": (replaced("needs", "crew,0,2", "crew,0,-2"), ["needs.csv, row 2", "-2"]),
    "negative limit": (replaced("limits", "2026,2", "2026,-2"), ["limits.csv, row 2", "-2"]),
    "no budgets": ({"budgets": ""}, ["budgets.csv", "no such file"]),
    "unknown floor": (settings(floor="low"), ["floor", "'low'"]),
    "shares above one": (settings(minimum_share=0.6), ["minimum_share", "0.6"]),
    "horizon": (settings(horizon=2020), ["horizon", "2020"]),
    "discount": (settings(discount_rate=-1.5), ["discount_rate", "-1.5"]),
    "unknown key": (settings(discont=1), ["discont"]),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_input_is_refused_by_name(case: str, tmp_path: Path) -> None:
    changes, named = BAD[case]
    with pytest.raises(BadInputError) as caught:
        read_folder(write(tmp_path / "f", **changes))
    for text in named:
        assert text in str(caught.value), str(caught.value)


def test_all_partners_without_a_year_in_between(tmp_path: Path) -> None:
    text = TABLES["budgets.csv"].replace("A,2027,60\n", "").replace("B,2027,60\n", "")
    with pytest.raises(BadInputError, match="no budget for 2027"):
        read_folder(write(tmp_path / "f", budgets=text))


def test_what_may_not_be_meant_is_noted(tmp_path: Path) -> None:
    costs = TABLES["costs.csv"].replace("school,0,10,\n", "")
    late = TABLES["projects.csv"].replace("1,2026,2029", "1,2026,2040")
    notes = read_folder(write(tmp_path / "f", costs=costs, projects=late)).notes
    assert any("without any cost: school" in note for note in notes)
    assert any("road" in note and "2032" in note for note in notes)
