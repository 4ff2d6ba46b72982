"""``isthmus plan extract`` writes the contract's columns and answers bad input with exit code 2."""

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from isthmus.commands import plan
from isthmus.commands.plan import command
from isthmus.core.errors import BadInputError
from isthmus.readers.study.targets import COLUMNS, read_targets
from tests.unit.readers.test_documents import recogniser, scan


def test_the_table_has_the_columns_of_the_contract_and_reads_back(tmp_path: Path, data: Path) -> None:
    out = tmp_path / "targets.csv"
    files = [
        str(data / "documents/plan-zh.pdf"),
        str(data / "documents/plan-ru.docx"),
        str(data / "documents/plan-en.html"),
    ]
    result = CliRunner().invoke(command, ["extract", *files, "--out", str(out), "--json", "--excel"])
    assert result.exit_code == 0, result.output
    summary = json.loads(result.stdout)
    with out.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert tuple(rows[0])[: len(COLUMNS)] == COLUMNS
    assert summary["targets"] == len(rows) == len(read_targets(out))
    assert len({row["id"] for row in rows}) == len(rows)
    assert {row["page"] for row in rows if row["file"] == "plan-zh.pdf"} == {"1"}
    assert {row["value"] for row in rows if row["kind"] == "qualitative"} == {""}
    assert (tmp_path / "targets.xlsx").exists()


def test_bad_documents_are_bad_input(tmp_path: Path) -> None:
    (tmp_path / "empty.pdf").write_bytes(b"")
    result = CliRunner().invoke(command, ["extract", str(tmp_path / "empty.pdf"), "--out", str(tmp_path / "t.csv")])
    assert isinstance(result.exception, BadInputError)
    assert result.exception.exit_code == 2
    assert not (tmp_path / "t.csv").exists()


@pytest.mark.parametrize("flag", ["--lang=zh", "--only=numbers"])
def test_options(tmp_path: Path, data: Path, flag: str) -> None:
    out = tmp_path / "t.csv"
    result = CliRunner().invoke(command, ["extract", str(data / "documents/plan-zh.md"), "--out", str(out), flag])
    assert result.exit_code == 0, result.output
    kinds = {t.kind.value for t in read_targets(out)}
    assert ("qualitative" in kinds) is (flag == "--lang=zh")


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--lang", "zh"), "plan.txt was read as zh (--lang), but its words seem to be en;"),
        (("--lang", "en"), ""),
        (
            ("--period", "1800-1810"),
            "no target of plan.txt is due in 1800 to 1810 (--period); its own years are 2030 to 2035",
        ),
        (("--period", "2026-2035"), ""),
    ],
)
def test_an_option_that_does_not_fit_the_document_is_warned_of(
    options: tuple[str, str], says: str, tmp_path: Path
) -> None:
    plan = tmp_path / "plan.txt"
    plan.write_text("Exports will rise to 40 billion dollars by 2035.\n\nIncomes will rise by 20 percent by 2030.\n")
    result = CliRunner().invoke(command, ["extract", str(plan), "--out", str(tmp_path / "t.csv"), *options])
    assert says in result.stderr
    assert ("warning" in result.stderr) is bool(says)


def test_what_was_left_out_is_written_with_its_reason(tmp_path: Path) -> None:
    plan, out = tmp_path / "plan.txt", tmp_path / "t.csv"
    plan.write_text("Exports grew by 12 percent last year.\nExports will rise to 40 billion dollars by 2035.\n")
    result = CliRunner().invoke(command, ["extract", str(plan), "--out", str(out), "--left-out", "--json"])
    assert result.exit_code == 0, result.output
    with (tmp_path / "t_left_out.csv").open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["file"], row["text"]) == ("plan.txt", "Exports grew by 12 percent last year.")
    assert json.loads(result.stdout)["left_out"] == {row["reason"]: 1}


def test_a_part_left_out_of_a_passage_that_was_read_ends_at_its_target_and_names_it(tmp_path: Path) -> None:
    plan, out = tmp_path / "plan.txt", tmp_path / "t.csv"
    plan.write_text("Broadband with a speed of 3 Gbit/s will be available to 71 percent of households by 2033.\n")
    result = CliRunner().invoke(command, ["extract", str(plan), "--out", str(out), "--left-out"])
    with (tmp_path / "t_left_out.csv").open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert row["text"] == "Broadband with a speed of 3 Gbit/s will be available to"
    assert row["read_beside"] == "plan-txt-0001"
    assert "  parts left out of what was read: size of what is meant (1)\n" in result.stderr
    assert "1 target, 1 with a number, from 1 document: " in result.stdout


def test_reasons_of_what_was_left_out_stand_in_front_of_their_count(tmp_path: Path) -> None:
    plan, out = tmp_path / "plan.txt", tmp_path / "t.csv"
    plan.write_text("Exports grew by 12 percent last year.\nImports fell by 3 percent last year.\n")
    result = CliRunner().invoke(command, ["extract", str(plan), "--out", str(out)])
    assert "  left out: fact (2)\n" in result.stderr


def test_cells_beyond_the_heads_and_rows_without_a_number_are_told(tmp_path: Path) -> None:
    plan, out = tmp_path / "plan.md", tmp_path / "t.csv"
    plan.write_text("| Aim | Target 2031 |\n|---|---|\n| Roads | 10 | 12 |\n| Trust | Annual increase |\n")
    result = CliRunner().invoke(command, ["extract", str(plan), "--out", str(out)])
    assert result.exit_code == 0, result.output
    assert "warning: cells beyond the heads of a table on plan.md (1): 12" in result.stderr
    assert "2 targets, 1 with a number" in result.stdout
    assert "--only numbers" in result.stdout
    assert (
        "--only" not in CliRunner().invoke(command, ["extract", str(plan), "--out", str(out), "--only=numbers"]).stdout
    )


@pytest.mark.parametrize(
    ("lang", "said"),
    [("en", "recognising scanned pages: 0 of 1 done"), ("ru", "распознавание"), ("zh", "正在识别扫描页")],
)
def test_the_reading_of_a_scan_says_how_far_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lang: str, said: str
) -> None:
    recogniser(tmp_path, monkeypatch)
    files = ["extract", str(scan(tmp_path)), "--out", str(tmp_path / "t.csv"), "--lang", lang]
    assert said not in CliRunner().invoke(command, files).stderr
    monkeypatch.setattr(plan, "SILENCE", 0)
    assert said in CliRunner().invoke(command, files).stderr


def test_the_period_of_a_plan_that_does_not_say_it_can_be_given(tmp_path: Path) -> None:
    plan_file, out = tmp_path / "goals.md", tmp_path / "t.csv"
    plan_file.write_text(
        "# Goals of the islands\n\n| Isle | Target (MW) | Achieved |\n|---|---|---|\n| Aru | 270 | 30 |\n"
    )
    call = ["extract", str(plan_file), "--only=numbers", "--out", str(out)]
    result = CliRunner().invoke(command, call)
    assert "with a number and no year: 1; --period FIRST-LAST" in result.stderr
    result = CliRunner().invoke(command, [*call, "--period", "2014-2021"])
    (row,) = csv.DictReader(out.read_text("utf-8").splitlines())
    assert (row["value"], row["year"], row["base_value"]) == ("270.0", "2021", "30.0")
    assert "no year" not in result.stderr
    for wrong in ("2021", "2021-2014", "soon"):
        refused = CliRunner().invoke(command, [*call, "--period", wrong])
        assert refused.exit_code == 2
        assert "first and last year" in refused.stderr


PLAN = "Exports will rise to 40 billion dollars by 2035.\nImprove the quality of roads.\nOpen the museum by 2032.\n"


@pytest.mark.parametrize(("only", "dropped"), [("numbers", 2), ("dated", 1), ("all", 0)])
def test_what_only_leaves_out_is_counted(tmp_path: Path, only: str, dropped: int) -> None:
    plan_file = tmp_path / "plan.txt"
    plan_file.write_text(PLAN)
    call = ["extract", str(plan_file), "--out", str(tmp_path / "t.csv"), f"--only={only}", "--json"]
    result = CliRunner().invoke(command, call)
    (document,) = json.loads(result.stdout)["documents"]
    assert (document["targets"], document["dropped_by_only"]) == (3 - dropped, dropped)
    assert (f"left out by --only {only}: {dropped}" in result.stderr) is (dropped > 0)


def test_the_last_line_names_every_file(tmp_path: Path) -> None:
    plan_file = tmp_path / "plan.txt"
    plan_file.write_text(PLAN)
    call = ["extract", str(plan_file), "--out", str(tmp_path / "t.csv"), "--only=numbers", "--left-out", "--excel"]
    last = CliRunner().invoke(command, call).stdout.splitlines()[-1]
    names = [name.rsplit("/")[-1] for name in last.split(": ", 1)[1].split(", ")]
    assert names == ["t.csv", "t_left_out.csv", "t.xlsx", "t_left_out.xlsx"]
    assert all((tmp_path / name).is_file() for name in names)


@pytest.mark.parametrize("wrong", ["name", "empty", "missing", "folder", "input"])
def test_what_can_be_known_is_checked_before_the_first_file_is_read(tmp_path: Path, wrong: str) -> None:
    plan_file, second = tmp_path / "plan.csv", tmp_path / "second.txt"
    plan_file.write_text(PLAN)
    if wrong != "missing":
        second.write_text("" if wrong == "empty" else PLAN)
    outs = {"name": tmp_path / "t.xlsx", "folder": plan_file / "t.csv", "input": plan_file}
    call = ["extract", str(plan_file), str(second), "--out", str(outs.get(wrong, tmp_path / "t.csv"))]
    result = CliRunner().invoke(command, call)
    assert isinstance(result.exception, BadInputError)
    assert "reading" not in result.stderr
    if wrong in ("name", "folder"):
        assert result.exception.where.startswith("--out: ")


def test_a_year_of_reports_that_was_taken_from_the_text_is_said(tmp_path: Path) -> None:
    plan_file, out = tmp_path / "report.txt", tmp_path / "t.csv"
    plan_file.write_text("一、2025年工作回顾\n港口吞吐量增长6%。\n二、2026年主要目标\n港口吞吐量增长5%左右。\n")
    call = ["extract", str(plan_file), "--only=numbers", "--out", str(out), "--json"]
    result = CliRunner().invoke(command, call)
    assert "has no date: what is up to 2025 was taken for a report; --period FIRST-LAST" in result.stderr
    assert json.loads(result.stdout)["documents"][0]["reports_until"] == 2025
    result = CliRunner().invoke(command, [*call, "--period", "2026-2030"])
    assert "has no date" not in result.stderr
    assert json.loads(result.stdout)["documents"][0]["reports_until"] is None


def test_rows_keep_their_ids_whatever_is_asked_for_and_have_no_bound_without_a_number(tmp_path: Path) -> None:
    plan = tmp_path / "plan.txt"
    plan.write_text(
        "The museum will be opened by 2029.\nRaise the share of solar heat to 30 percent by 2031.\n", "utf-8"
    )
    for only in ("all", "dated", "numbers"):
        arguments = ["extract", str(plan), "--out", str(tmp_path / f"{only}.csv"), "--only", only]
        assert CliRunner().invoke(command, arguments).exit_code == 0
    every = {t.id: t for t in read_targets(tmp_path / "all.csv")}
    assert [(t.value, t.operator) for t in every.values()] == [(None, ""), (30.0, "=")]
    (numbered,) = read_targets(tmp_path / "numbers.csv")
    assert every[numbered.id].value == numbered.value == 30.0


def test_rows_that_repeat_an_earlier_one_are_counted_and_say_so(tmp_path: Path) -> None:
    said = "Raise the share of solar heat to 30 percent by 2031."
    plan, out = tmp_path / "plan.txt", tmp_path / "t.csv"
    plan.write_text(f"# Aims\n\n{said}\nPlant 40 parks by 2030.\n\n# Summary\n\n{said}\n", "utf-8")
    result = CliRunner().invoke(command, ["extract", str(plan), "--out", str(out), "--json"])
    assert [t.note for t in read_targets(out)] == ["", "", "repeats plan-txt-0001"]
    assert "rows that repeat an earlier one (see note): 1" in result.stderr
    assert json.loads(result.stdout)["documents"][0]["repeated"] == 1


@pytest.mark.parametrize(
    "title", ["Half-yearly progress report on housing", "Доклад о ходе реализации программы", "住房发展白皮书"]
)
def test_a_document_that_tells_what_has_been_by_its_title_is_warned_of(tmp_path: Path, title: str) -> None:
    plan = tmp_path / "plan.txt"
    plan.write_text(f"{title}\n\nRaise the share of solar heat to 30 percent by 2031.\n", "utf-8")
    result = CliRunner().invoke(command, ["extract", str(plan), "--out", str(tmp_path / "t.csv"), "--json"])
    assert "may be a report and no plan" in result.stderr
    assert json.loads(result.stdout)["documents"][0]["tells_past"]


def test_a_document_of_past_results_is_warned_of_and_a_plan_is_not(tmp_path: Path) -> None:
    past = "".join(
        f"The share of homes with water rose to {count} percent in {year}.\n"
        for count, year in enumerate(range(2008, 2020), start=40)
    )
    for name, text in (("report.txt", past), ("plan.txt", past[:100])):
        (tmp_path / name).write_text(f"Homes\n\n{text}Connect 900 homes by 2031.\n", "utf-8")
        result = CliRunner().invoke(command, ["extract", str(tmp_path / name), "--out", str(tmp_path / "t.csv")])
        assert ("may be a report and no plan" in result.stderr) is (name == "report.txt")


def test_a_document_of_a_few_rows_is_not_called_often_misread(tmp_path: Path) -> None:
    line = "Raise exports to {} billion dollars by 2028.\n"
    for name, rows in (("few.txt", 2), ("many.txt", 12)):
        (tmp_path / name).write_text("".join(map(line.format, range(5, 5 + rows))), "utf-8")
        result = CliRunner().invoke(command, ["extract", str(tmp_path / name), "--out", str(tmp_path / "t.csv")])
        assert ("are often misread" in result.stderr) is (name == "many.txt")


def test_notes_of_an_edition_are_no_aims_and_words_with_dates_alone_are_no_figures_left_out(tmp_path: Path) -> None:
    note = "(Позиция в редакции, введенной в действие распоряжением от 14 марта 2023 года N 574-р. - См. предыдущую редакцию)"
    table = f"| Мероприятие | Срок | Результат |\n|---|---|---|\n| Создать центр услуг | 2031 год | доклад |\n| {note} | | |\n"
    words = "2. Разработать до 1 марта 2031 года порядок учёта.\n"
    (tmp_path / "plan.md").write_text(f"План\n\n{table}\n{note}\n\n{words}", "utf-8")
    told = {}
    for only in ("numbers", "all"):
        out = tmp_path / f"{only}.csv"
        given = ["extract", str(tmp_path / "plan.md"), "--out", str(out), "--only", only, "--left-out"]
        assert CliRunner().invoke(command, given).exit_code == 0
        with (tmp_path / f"{only}_left_out.csv").open(encoding="utf-8", newline="") as file:
            told[only] = {(row["reason"], row["text"]) for row in csv.DictReader(file)}
    aims = [target.text for target in read_targets(tmp_path / "all.csv")]
    assert not [text for text in aims if "редакции" in text]
    assert any("порядок учёта" in text for text in aims)
    assert ("amendment", note) in told["all"]
    assert told["numbers"] == told["all"]


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (("plan (1).txt", "plan.1.txt"), "its targets would have the same ids as those of plan (1).txt"),
        (("a/plan.txt", "b/plan.txt"), "two files have this name"),
    ],
)
def test_two_files_whose_targets_would_share_ids_are_refused(tmp_path: Path, names: tuple[str, str], said: str) -> None:
    paths = [tmp_path / name for name in names]
    for path in paths:
        path.parent.mkdir(exist_ok=True)
        path.write_text("Raise coverage to 40 % by 2031.\n", "utf-8")
    done = CliRunner().invoke(command, ["extract", *map(str, paths), "--out", str(tmp_path / "t.csv")])
    assert isinstance(done.exception, BadInputError)
    assert said in str(done.exception)
    assert not (tmp_path / "t.csv").exists()
