"""`isthmus new`: a folder that runs at once, for any pair, with what is missing said."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from isthmus.cli import cli
from isthmus.core.errors import BadInputError
from isthmus.core.provenance import Status
from isthmus.readers.study.study import load_study
from isthmus.readers.worlds.world import world_directory
from isthmus.study.plans import compute
from isthmus.study.station import Findings
from tests.unit.study.workshops import Quiet

FIRST = "Raise R&D spending to 2.5 percent of GDP by 2030.\nThe share of renewables reaches at least 30 % by 2030.\n"
SECOND = "К 2030 году увеличить экспорт услуг в 1,5 раза по сравнению с 2023 годом.\n"


def new(*words: object) -> Result:
    return CliRunner().invoke(cli, ["new", *map(str, words)], catch_exceptions=False)


@pytest.fixture
def plans(tmp_path: Path) -> tuple[Path, Path]:
    first, second = tmp_path / "first plan.txt", tmp_path / "second.txt"
    first.write_text(FIRST, "utf-8")
    second.write_text(SECOND, "utf-8")
    return first, second


def test_a_new_study_reads_both_plans_and_loads(tmp_path: Path, plans: tuple[Path, Path]) -> None:
    done = new(
        "kazakhstan", "Турция", "--plans", plans[0], "--plans", plans[1], "--start", 2026, "--out", tmp_path / "s"
    )
    assert done.exit_code == 0
    study = load_study(tmp_path / "s")
    assert study.partners == ("KAZ", "TUR")
    assert (study.start, study.deadline, study.review) == (2026, 2030, 2036)
    assert [(t.partner, t.value) for t in study.targets] == [("KAZ", 2.5), ("KAZ", 30.0), ("TUR", 1.5)]
    assert {t.status for t in study.targets} == {Status.UNVERIFIED}, "what a program read is reviewed by nobody"
    assert study.titles == {"en": "Kazakhstan – Türkiye", "ru": "Казахстан – Турция", "zh": "哈萨克斯坦 – 土耳其"}
    assert (tmp_path / "s" / "plans" / "first plan.txt").read_text("utf-8") == FIRST
    assert not study.borders[0].claims, "a study has no claim unless it names one"


def test_what_to_be_wary_of_in_a_plan_is_said(tmp_path: Path, plans: tuple[Path, Path]) -> None:
    french = tmp_path / "fr.txt"
    french.write_text("D'ici 2030, la part des énergies renouvelables atteindra 40 % de la consommation.\n", "utf-8")
    said = new("KAZ", "TUR", "--plans", french, "--plans", plans[1], "--out", tmp_path / "s").stderr
    assert "warning: fr.txt seems to be in a language that is not read" in said
    assert "with a number: 1, " in said


DATED = (
    "Development Plan of the Region for 2015-2025\n\nRaise R&D spending to 2.5 percent of GDP by 2025.\n",
    "Energy Strategy 2018-2030\n\nThe share of renewables reaches at least 30 % by 2030.\n",
)
SAID = "a.txt is a plan of 2015 to 2025, b.txt is a plan of 2018 to 2030; --period FIRST-LAST sets others"


@pytest.mark.parametrize(
    ("options", "years", "says"),
    [
        ((), (2015, 2030), f"2015 to 2030 ({SAID})."),
        (("--start", 2020), (2020, 2030), f"2020 to 2030 ({SAID})."),
        (("--start", 2031), (2031, 2035), f"2031 to 2035 ({SAID})."),
        (("--period", "2019-2026"), (2019, 2026), "2019 to 2026."),
    ],
)
def test_the_years_are_those_of_the_documents_unless_told(
    options: tuple[object, ...], years: tuple[int, int], says: str, tmp_path: Path
) -> None:
    files = tmp_path / "a.txt", tmp_path / "b.txt"
    for file, words in zip(files, DATED, strict=True):
        file.write_text(words, "utf-8")
    done = new("KAZ", "TUR", "--plans", *files, *options, "--out", tmp_path / "s")
    study = load_study(tmp_path / "s")
    assert (study.start, study.deadline) == years
    assert f"Years of the study: {says}\n" in done.stdout


def test_years_that_no_document_says_are_told(tmp_path: Path, plans: tuple[Path, Path]) -> None:
    done = new("KAZ", "TUR", "--plans", *plans, "--start", 2026, "--out", tmp_path / "s")
    assert "2026 to 2030 (no document says when its plan runs; --period FIRST-LAST sets others)." in done.stdout


def test_what_has_no_year_is_due_at_the_end_of_the_period_that_is_told(tmp_path: Path) -> None:
    plan = tmp_path / "plan.txt"
    plan.write_text("The share of renewables will reach at least 30 %.\n", "utf-8")
    new("KAZ", "TUR", "--plans", plan, "--period", "2021-2027", "--out", tmp_path / "s")
    assert [t.year for t in load_study(tmp_path / "s").targets] == [2027]


UNDATED = """The number of clinics was 240 in 2019.
Raise the number of trained nurses to 4,000 by 2023.
Raise the share of villages with power to 60 percent by 2024.
"""


@pytest.mark.parametrize("period", [(), ("--period", "2020-2025")])
def test_what_new_has_read_is_what_a_run_reads(tmp_path: Path, period: tuple[str, ...]) -> None:
    plan, spaced = tmp_path / "plan.txt", tmp_path / "spaced.md"
    plan.write_text(UNDATED + "The share of renewables will reach at least 30 %.\n", "utf-8")
    spaced.write_text("|  | Indicator | 2030 |\n|---|---|---|\n|  | Share of renewables, % | 30 |\n", "utf-8")
    new("KAZ", "TUR", "--plans", plan, "--plans", spaced, *period, "--out", tmp_path / "s")
    study = load_study(tmp_path / "s")
    assert {t.partner for t in study.targets if t.value} == {"KAZ", "TUR"}
    made = compute(replace(study, matcher=None), Findings(), Quiet())  # type: ignore[arg-type]
    assert made.reread == {}
    assert made.listed["KAZ"].read == made.extracted["KAZ"].all


def test_years_of_a_document_are_given_both_and_in_order(tmp_path: Path, plans: tuple[Path, Path]) -> None:
    new("KAZ", "TUR", "--plans", *plans, "--period", "2026-2030", "--out", tmp_path / "s")
    file = tmp_path / "s" / "study.toml"
    file.write_text(file.read_text("utf-8").replace("last = 2030", "last = 2020"), "utf-8")
    with pytest.raises(BadInputError, match="runs from 2026 to 2020"):
        load_study(tmp_path / "s")


def test_a_study_run_from_within_its_folder_has_the_name_of_it(
    tmp_path: Path, plans: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    new("KAZ", "TUR", "--plans", plans[0], "--out", tmp_path / "s")
    monkeypatch.chdir(tmp_path / "s")
    assert load_study(".").name == "s"


def test_the_order_of_documents_can_be_turned_by_codes(tmp_path: Path, plans: tuple[Path, Path]) -> None:
    new("KAZ", "TUR", "--plans", f"TUR={plans[0]}", "--plans", f"KAZ={plans[1]}", "--out", tmp_path / "s")
    assert {t.partner: t.unit for t in load_study(tmp_path / "s").targets} == {"TUR": "%", "KAZ": "x"}


def test_documents_may_follow_each_other(tmp_path: Path, plans: tuple[Path, Path]) -> None:
    new("KAZ", "TUR", "--plans", *plans, "--out", tmp_path / "s")
    assert [t.partner for t in load_study(tmp_path / "s").targets] == ["KAZ", "KAZ", "TUR"]


def test_what_is_missing_is_listed(tmp_path: Path, plans: tuple[Path, Path]) -> None:
    told = json.loads(new("KAZ", "TUR", "--plans", plans[0], "--out", tmp_path / "s", "--json").stdout)
    assert told["partners"] == ["KAZ", "TUR"]
    assert any("TUR=FILE" in line for line in told["missing"])
    assert any("levers" in line for line in told["missing"])


def test_a_title_with_quotes_is_written_as_it_is(tmp_path: Path) -> None:
    new("KAZ", "TUR", "--name", 'A "joint" plan \\ 1', "--out", tmp_path / "s")
    assert load_study(tmp_path / "s").titles == {"en": 'A "joint" plan \\ 1'}


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (("KAZ", "KAZ"), "two or more different economies"),
        (("KAZ",), "two or more different economies"),
        (("KAZ", "Узбекистан"), "only inside ROW"),
        (("KAZ", "TUR", "--plans", "nowhere.txt"), "no such file"),
        (("KAZ", "TUR", "--plans", "DEU=nowhere.txt"), "belongs to no partner"),
        (("KAZ", "TUR", "--plans", "KAZ="), "--plans KAZ=: no such file"),
        (("KAZ", "TUR", "--start", "2030", "--deadline", "2028"), "a deadline after the start"),
        (("KAZ", "TUR", "--period", "2026-2030", "--start", "2026"), "--period: says what --start and --deadline say"),
        (("CHN", "UNION=CHN,RUS"), "holds CHN, another partner"),
    ],
)
def test_bad_input_names_what_is_allowed(words: tuple[str, ...], problem: str, tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match=problem):
        new(*words, "--out", tmp_path / "s")
    assert not (tmp_path / "s").exists()


def test_an_existing_study_is_not_overwritten(tmp_path: Path) -> None:
    new("KAZ", "TUR", "--out", tmp_path / "s")
    (tmp_path / "s" / "levers.toml").write_text("mine", "utf-8")
    with pytest.raises(BadInputError, match="is there already"):
        new("KAZ", "DEU", "--out", tmp_path / "s")
    assert (tmp_path / "s" / "levers.toml").read_text("utf-8") == "mine"


def test_two_documents_of_one_name_do_not_replace_each_other(tmp_path: Path) -> None:
    for folder, words in (("a", FIRST), ("b", SECOND)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "plan.txt").write_text(words, "utf-8")
    with pytest.raises(BadInputError, match="has the name of the other document"):
        new(
            "KAZ",
            "TUR",
            "--plans",
            tmp_path / "a/plan.txt",
            "--plans",
            tmp_path / "b/plan.txt",
            "--out",
            tmp_path / "s",
        )
    assert not (tmp_path / "s").exists()


def test_a_document_without_targets_is_named(tmp_path: Path) -> None:
    (tmp_path / "words.txt").write_text("Hello world.\n")
    told = json.loads(new("KAZ", "TUR", f"KAZ={tmp_path / 'words.txt'}", "--out", tmp_path / "s", "--json").stdout)
    assert "targets of KAZ: none was found in its document" in told["missing"]


def test_a_title_of_several_lines_is_one_line(tmp_path: Path) -> None:
    new("KAZ", "TUR", "--name", "One\n  two", "--out", tmp_path / "s")
    assert load_study(tmp_path / "s").titles == {"en": "One two"}


def test_a_world_of_your_own_goes_along(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(world_directory("world-2022"), tmp_path / "mine")
    monkeypatch.chdir(tmp_path)
    new("KAZ", "TUR", "--world", "mine", "--out", tmp_path / "s")
    shutil.rmtree(tmp_path / "mine")
    study = load_study(tmp_path / "s")
    assert study.baseline.name == "mine"
    assert study.borders
