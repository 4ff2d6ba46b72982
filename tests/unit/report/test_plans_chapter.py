"""The chapter on plans says what both sides want and what was read from their documents, in every language."""

from collections.abc import Mapping
from dataclasses import replace
from unittest.mock import patch

import pandas as pd
import pytest

from isthmus.core.provenance import Status
from isthmus.plans.compare import compare
from isthmus.plans.document import Document, DocumentBlock, Doubt, Given, LeftOut, PlanDocument
from isthmus.plans.plan import Kind, Target
from isthmus.report.blocks import Cell, Chapter, Figure, Grid, Paragraph
from isthmus.report.chapters.plans import MOST, SHOWN, joined_themes
from isthmus.report.chapters.plans import chapter as plans_chapter
from isthmus.report.locale import LANGUAGES, Translator
from isthmus.report.wording import theme_name
from isthmus.study.plans import STATION, MatchCounts, PlansSection, Reread
from isthmus.study.station import Findings
from tests.unit.study.workshops import Quiet


class Sample:
    """The parts of a study that the station reads."""

    partners, matcher = ("AAA", "BBB"), None
    start, deadline, use_targets, taxonomy, lexicon = 2026, 2030, "curated", None, ()
    economy_names: Mapping[str, Mapping[str, str]] = {}

    def __init__(self, targets: tuple[Target, ...], extracted: tuple[Target, ...]) -> None:
        self.targets, self.extracted = targets, extracted
        self.documents: tuple[PlanDocument, ...] = ()


FACT = Target(
    id="f1", partner="AAA", text="s", lang="en", indicator="Forest cover", kind=Kind.LEVEL, operator=">=", value=2.6e9,
    unit="m3", year=2030, theme="environment", status=Status.QUOTED, indicator_ru="Лесистость", indicator_zh="森林覆盖率",
)  # fmt: skip
FACTS = (
    FACT,
    replace(
        FACT, id="f2", partner="BBB", kind=Kind.RANK, value=4.0, unit="rank", theme="trade", status=Status.VERIFIED
    ),
    replace(FACT, id="f3", partner="BBB", kind=Kind.CHANGE_PCT, value=-8.0, unit="%", base_year=2021, theme="unheard"),
    replace(FACT, id="f4", kind=Kind.QUALITATIVE, value=None, year=None, theme=""),
)
READ = (
    replace(FACT, id="x1", operator="=", text="Forest cover will be 2.6 billion m3.", indicator_ru="", indicator_zh=""),
    replace(FACT, id="x2", value=77.0, text="Extra 77 percent.", indicator="Extra", indicator_ru="", indicator_zh=""),
)


def compute(sample: Sample) -> PlansSection:
    """Return the section of a study whose documents give the targets in `extracted`."""
    read = (sample.documents, sample.extracted)
    if not sample.documents:
        sample.documents = (PlanDocument("AAA", Document("plan.pdf", 3, ())),) if sample.extracted else ()
        read = ((), sample.extracted)
    with patch("isthmus.study.plans.extract_plans", return_value=read):
        return STATION.compute(sample, Findings(), Quiet())  # type: ignore[arg-type]


def section(extracted: tuple[Target, ...] = READ) -> PlansSection:
    return compute(Sample(FACTS, extracted))


def chapter(made: PlansSection, text: Translator) -> Chapter:
    return plans_chapter(made, Findings(), text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_chapter_is_complete_in_every_language(language: str) -> None:
    made = chapter(section(), Translator(language))
    assert made is not None
    kinds = [type(block) for block in made.blocks]
    assert kinds == [Paragraph, Figure, Grid, Paragraph, Grid, Grid, Grid, Grid]
    assert [len(grid.rows) for grid in sides_of(made)] == [2, 2]


def sides_of(made: Chapter) -> list[Grid]:
    """Return the tables of the targets of each side."""
    return [block for block in made.blocks if isinstance(block, Grid) and len(block.columns) == 4 and block.filters]


def test_targets_are_written_with_operator_scale_and_mark() -> None:
    made = chapter(section(), Translator("en"))
    assert made is not None
    cells = [row[2] for grid in sides_of(made) for row in grid.rows]
    written = {(c.text.replace("\u00a0", " "), c.tag) for c in cells if isinstance(c, Cell)}
    assert written == {
        ("≥ 2.6 billion m³", "secondary source"),
        ("direction only", "secondary source"),
        ("rank 4 or better", ""),
        ("≥ −8% (against 2021)", "secondary source"),
    }


def test_what_was_read_differently_and_what_is_more_is_listed() -> None:
    made = section()
    assert made.comparison["AAA"] == MatchCounts(match=0, differs=1, missed=1, extra=1)
    match = {row.target: row for row in made.extraction_match.rows}
    assert match["f1"].differs == "operator"
    assert match["f1"].passage == "Forest cover will be 2.6 billion m3."
    assert compare(READ, FACTS, 2030).count("missed") == 3


@pytest.mark.parametrize(
    ("language", "fact", "found"),
    [
        ("en", "≥ 2.6 billion m³, 2030", "2.6 billion m³, no year given"),
        ("ru", "≥ 2,6 млрд м³, 2030 г.", "2,6 млрд м³, год не указан"),
        ("zh", "≥ 26亿立方米，2030年", "26亿立方米，未写年份"),
    ],
)
def test_a_difference_shows_the_curated_beside_the_read_aim(language: str, fact: str, found: str) -> None:
    made = chapter(section((replace(READ[0], year=None), READ[1])), Translator(language))
    assert made is not None
    differences = made.blocks[6]
    assert isinstance(differences, Grid)
    curated, read = differences.rows[0][2:4]
    assert isinstance(curated, Cell)
    assert (curated.text.replace("\u00a0", " "), str(read).replace("\u00a0", " ")) == (fact, found)
    assert [row[3] for row in differences.rows[1:]] == ["–"] * 3


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_theme_of_one_side_only_is_counted_and_drawn(language: str) -> None:
    text = Translator(language)
    themes = ("economy", "trade", "energy", "health", "social", "water")
    facts = tuple(replace(FACT, id=theme, theme=theme) for theme in themes)
    sample = Sample((*facts, replace(FACT, id="b", partner="BBB", theme="economy")), ())
    made = chapter(compute(sample), text)
    assert made is not None
    (figure,) = (block for block in made.blocks if isinstance(block, Figure))
    assert set(figure.option["yAxis"]["data"]) == {theme_name(theme, text) for theme in themes}
    assert "5" in figure.title
    assert "6" in figure.title


def test_without_documents_the_chapter_says_so() -> None:
    made = chapter(section(()), Translator("en"))
    assert made is not None
    first = made.blocks[0]
    assert isinstance(first, Paragraph)
    assert "those of the study’s table" in first.text
    assert not section(()).extraction_match.rows


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_that_only_report_are_counted(language: str) -> None:
    sample = Sample(FACTS, READ)
    document = Document("plan.pdf", 3, ())
    sample.documents = (
        PlanDocument("AAA", document, left_out=(LeftOut("fact", "a 1"), LeftOut("review", "b 2"))),
        PlanDocument("BBB", document),
    )
    made = compute(sample)
    assert [row.text for row in made.reported_sentences.rows] == ["a 1", "b 2"]
    written = chapter(made, Translator(language))
    assert written is not None
    assert any("reported_sentences.csv" in getattr(block, "text", "") and "2" in block.text for block in written.blocks)  # type: ignore[union-attr]


def test_themes_that_weigh_little_are_drawn_as_one_row_and_none_is_lost() -> None:
    text = Translator("en")
    rows = [f"T{k}" for k in range(30)]
    wide = pd.DataFrame({"a": [50.0] * SHOWN + [1.0] * (30 - SHOWN), "b": 1.0}, index=rows)
    wide.loc["not classified"] = [5.0, 0.0]
    drawn = joined_themes(wide[["a"]], text)
    assert list(drawn.index) == [*rows[:SHOWN], "20 other themes", "not classified"]
    assert drawn.sum().equals(wide[["a"]].sum())
    drawn = joined_themes(wide, text)
    assert list(drawn.index) == [*rows[:MOST], "14 other themes", "not classified"], "of b they are half of all"
    short = wide[["a"]].drop(index=rows[SHOWN + 1 : -1])
    assert list(joined_themes(short, text).index) == [*rows[:SHOWN], "2 other themes", "not classified"]
    assert list(joined_themes(short.drop(index=rows[-1]), text).index) == [*rows[: SHOWN + 1], "not classified"]


def test_a_short_plan_is_seen_beside_a_long_one() -> None:
    long = [replace(FACT, id=f"l{k}", theme="trade") for k in range(30)] + [replace(FACT, id="e", theme="energy")]
    short = [replace(FACT, id=f"s{k}", partner="BBB", theme="research") for k in range(2)]
    made = chapter(compute(Sample((*long, *short), ())), Translator("en"))
    (figure,) = (block for block in made.blocks if isinstance(block, Figure))
    shown = [
        figure.option["yAxis"]["data"][row] for _, row, *_ in (c["value"] for c in figure.option["series"][0]["data"])
    ]
    assert shown == ["Research and technology", "Trade", "Energy"]
    shades = [cell["value"][3] for cell in figure.option["series"][0]["data"]]
    assert shades == [1.0, pytest.approx(30 / 31), pytest.approx(1 / 31)]
    said = " ".join(block.text for block in made.blocks if isinstance(block, Paragraph))
    assert "AAA alone has targets in: Trade and Energy. BBB alone has targets in: Research and technology." in said


@pytest.mark.parametrize(
    ("digests", "read"),
    [
        ((True, True), "our digests of the documents"),
        ((False,), "the documents"),
        ((True, False), "the documents and our digests"),
    ],
)
def test_what_digests_give_is_not_said_of_the_documents(digests: tuple[bool, ...], read: str) -> None:
    sample = Sample(FACTS, READ)
    sample.documents = tuple(
        PlanDocument("AAA", Document(f"{k}.md", 3, ()), digest=digest) for k, digest in enumerate(digests)
    )
    titles = [b.title for b in chapter(compute(sample), Translator("en")).blocks if isinstance(b, Grid)]
    assert [f" {read} give " in title for title in titles if "exactly" in title or "not at all" in title] == [True] * 2


BY_PROGRAM = (
    replace(READ[0], id="a1", status=Status.UNVERIFIED, confidence=0.8),
    replace(FACT, id="a2", kind=Kind.QUALITATIVE, value=None, text="In words.", status=Status.UNVERIFIED),
    replace(READ[1], id="a3", value=78.0, status=Status.QUOTED, confidence=0.8),
)
IN_WORDS = replace(BY_PROGRAM[1], id="x3", status=Status.QUOTED)


def test_rows_that_a_program_read_check_nothing_and_are_never_called_curated() -> None:
    made = compute(Sample(BY_PROGRAM, (*READ, IN_WORDS)))
    assert (made.comparison, len(made.extraction_match)) == ({}, 0)
    assert made.listed["AAA"].read == 3
    text = Translator("en")
    written = chapter(made, text)
    assert [b.text for b in written.blocks if isinstance(b, Paragraph)][1] == text("plans.match_same")
    assert "curated" not in repr(written)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "en",
            (
                "has 3 targets read by program; its documents now give 2 targets: 1 row",
                "1 row of the table is not read like that",
                "1 row is not in the table",
                "up to 2025,",
            ),
        ),
        (
            "ru",
            (
                "прочитано программой: 3 показателя; сейчас те же документы дают: 2 показателя",
                "1 строка",
                "1 строки нет в таблице",
                "до 2025-го",
            ),
        ),
        ("zh", ("有3项目标由程序读出；这些文件现在读出2项目标", "表中1行", "1行不在表中", "截至2025年")),
    ],
)
def test_the_chapter_says_why_the_documents_give_other_rows_than_the_table(
    language: str, words: tuple[str, ...]
) -> None:
    sample, text = Sample(BY_PROGRAM, READ), Translator(language)
    document = Document("plan.pdf", 3, (DocumentBlock("paragraph", "In words."),))
    sample.documents = (PlanDocument("AAA", document, left_out=(LeftOut("review", "In words.", 2),)),)
    made = compute(sample)
    assert made.reread == {"AAA": Reread(reports=1, others=1, more=1)}
    said = [block.text for block in chapter(made, text).blocks if isinstance(block, Paragraph)][-2]
    assert [word in said for word in words] == [True] * 4


@pytest.mark.parametrize("used", ["curated", "merge"])
def test_a_row_that_somebody_verified_is_held_against_the_documents_alone(used: str) -> None:
    sample = Sample((*BY_PROGRAM[1:], replace(BY_PROGRAM[0], status=Status.VERIFIED, value=2e9)), (*READ, IN_WORDS))
    sample.use_targets = used
    made = compute(sample)
    assert [(row.target, row.differs) for row in made.extraction_match.rows] == [("a1", "value")]
    assert {row.target for row in made.target_choices.rows} == {"a1"}
    assert made.comparison["AAA"] == MatchCounts(match=0, differs=1, missed=0, extra=0)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("language that is not read", "may be a report", "Much of plan.pdf was left out")),
        ("ru", ("на языке, который программа не читает", "не план, а отчёт", "plan.pdf не учтена")),
        ("zh", ("不能读取的语言", "可能是报告", "较多内容未计入")),
    ],
)
def test_the_chapter_says_what_to_be_wary_of_in_a_document(language: str, words: tuple[str, ...]) -> None:
    sample, french = (
        Sample(FACTS, READ),
        "Réduire les émissions de CO2 de 30 % d'ici 2030 par rapport à 2015 pour le pays.",
    )
    document = Document("plan.pdf", 3, (DocumentBlock("paragraph", french),))
    plain = PlanDocument("BBB", Document("other.pdf", 3, ()))
    sample.documents = (PlanDocument("AAA", document, tells_past=True, leaves_much=True), plain)
    made = compute(sample)
    assert [d.warnings for d in made.documents] == [("foreign", "past", "left"), ()]
    first = chapter(made, Translator(language)).blocks[0]
    assert isinstance(first, Paragraph)
    assert (first.tone, [word in first.text for word in words]) == ("warning", [True] * 3)


GIVEN_FOR_A = PlanDocument(
    "AAA", Document("given.pdf", 3, ()), code="outline", instead="digest.md", given=Given(("period", "title"))
)
DOUBTED = replace(GIVEN_FOR_A, given=Given((), (Doubt("period", "2031–2035", "2021–2025"),)))


def given_chapter(document: PlanDocument, text: Translator) -> Chapter:
    """Return the chapter of a study of which one side's document was given, and holds three targets."""
    read = (replace(READ[0], id=f"x{i}", file="given.pdf", confidence=sure) for i, sure in enumerate((0.9, 0.8, 0.3)))
    sample = Sample(FACTS, tuple(read))
    sample.documents = (document,)
    return chapter(compute(sample), text)


def test_what_was_read_from_a_document_that_was_given_is_counted_and_listed() -> None:
    made = given_chapter(GIVEN_FOR_A, Translator("en"))
    assert "3 targets read from the document of AAA, 2 targets of BBB" in made.title.replace("\u00a0", " ")
    assert [len(grid.rows) for grid in sides_of(made)] == [3, 2]


@pytest.mark.parametrize("language", LANGUAGES)
def test_counts_of_a_document_and_curated_ones_are_not_compared(language: str) -> None:
    text = Translator(language)
    (figure,) = (block for block in given_chapter(GIVEN_FOR_A, text).blocks if isinstance(block, Figure))
    assert figure.title == text("plans.figure_unlike", read="AAA", listed="BBB")


def test_a_long_unit_may_stand_on_the_next_line() -> None:
    aims = {}
    for unit in ("public spaces", "sites"):
        made = chapter(compute(Sample((replace(FACT, value=30_000.0, unit=unit),), ())), Translator("en"))
        first = sides_of(made)[0].rows[0][2]
        assert isinstance(first, Cell)
        aims[unit] = first.text
    assert aims == {"public spaces": "≥\u00a030,000 public spaces", "sites": "≥\u00a030,000\u00a0sites"}


def test_targets_without_a_theme_are_no_theme_of_the_title() -> None:
    facts = (*FACTS[:2], replace(FACT, id="f5", partner="BBB"), replace(FACT, id="f4", theme=""))
    made = chapter(compute(Sample(facts, ())), Translator("en"))
    (figure,) = (block for block in made.blocks if isinstance(block, Figure))
    assert figure.title.replace("\u00a0", " ") == "In 1 of 2 themes only one side has targets"


def test_of_what_was_read_from_a_document_only_what_is_likely_wrong_is_marked() -> None:
    read, curated = sides_of(given_chapter(GIVEN_FOR_A, Translator("en")))
    assert [cell.tag for row in read.rows for cell in row if isinstance(cell, Cell)] == ["", "", "doubtful"]
    assert "Read by program" in read.source
    assert curated.source.startswith("1 fact not checked")


@pytest.mark.parametrize(
    ("language", "itself", "doubt"),
    [
        ("en", "the document itself", "its period is 2021–2025, that of the plan 2031–2035"),
        ("ru", "сам документ (совпадает: период и название)", "его период — 2021–2025, период плана — 2031–2035"),
        ("zh", "是原文", "其时期为2021–2025，规划时期为2031–2035"),
    ],
)
def test_a_document_that_does_not_fit_is_not_called_the_document_itself(language: str, itself: str, doubt: str) -> None:
    text = Translator(language)
    sure, unsure = (given_chapter(document, text).blocks[0] for document in (GIVEN_FOR_A, DOUBTED))
    assert isinstance(sure, Paragraph)
    assert isinstance(unsure, Paragraph)
    assert (itself in sure.text, itself in unsure.text) == (True, False)
    assert (doubt in sure.text, doubt in unsure.text) == (False, True)
    assert (sure.tone, unsure.tone) == ("plain", "warning")


@pytest.mark.parametrize(
    ("language", "doubt"), [("en", "may be another one"), ("ru", "может быть другим"), ("zh", "可能不是该规划")]
)
def test_a_title_says_that_its_count_is_of_a_document_that_may_be_another(language: str, doubt: str) -> None:
    sure, unsure = (given_chapter(document, Translator(language)).title for document in (GIVEN_FOR_A, DOUBTED))
    assert (doubt in sure, doubt in unsure) == (False, True)


@pytest.mark.parametrize(("fits", "says"), [(("period",), "its period fits"), ((), "nothing in its head says")])
def test_without_a_title_to_compare_it_is_not_called_the_document_itself(fits: tuple[str, ...], says: str) -> None:
    made = given_chapter(replace(GIVEN_FOR_A, given=Given(fits)), Translator("en")).blocks[0]
    assert isinstance(made, Paragraph)
    assert says in made.text
    assert "itself" not in made.text
