"""Headings give their part a year; the title of an ended plan moves the years of reports."""

import pytest

from isthmus.plans.document import Block
from isthmus.plans.segment import blocks_of
from isthmus.plans.structure import heading_level, parts_of, reported_to
from isthmus.readers.documents.lexicon import read_lexicon
from isthmus.readers.documents.plans import extract_targets

CHAPTERS = """Отраслевая стратегия
1. Основные цели до 2030 года
Довести долю дорог в нормативном состоянии до 85 процентов.
1.1. Сельские территории
Довести долю сельских дорог до 60 процентов к 2032 году.
Довести долю мостов в нормативном состоянии до 70 процентов.
2. Управление
Довести долю электронных услуг до 95 процентов."""


def test_statements_have_the_year_of_their_heading_and_of_the_heading_above_it() -> None:
    found = [(t.value, t.year) for t in extract_targets(CHAPTERS, "ru")]
    assert found == [(85.0, 2030), (60.0, 2032), (70.0, 2030), (95.0, None)]


@pytest.mark.parametrize(
    ("heading", "year"),
    [
        ("第五章 “十五五”时期经济社会发展的主要目标", 2030),
        ("三、2026年经济社会发展总体要求", 2026),
        ("1. Цели до 2030 года и на перспективу до 2036 года", None),
        ("1. Headline targets for 2030", 2030),
        ("2. Доля дорог до 85 процентов к 2030 году, целевой показатель", None),
        ("2. Законодательство 2024 года", None),
    ],
)
def test_a_heading_gives_one_year_only_where_it_names_a_part_of_a_plan(heading: str, year: int | None) -> None:
    blocks = list(blocks_of(f"Title\n{heading}\nWords."))
    assert parts_of(blocks, read_lexicon(), 2025)[-1].year == year


def test_the_title_gives_no_year() -> None:
    blocks = [Block("heading", "Targets to 2035"), Block("paragraph", "Raise the share to 5 percent.")]
    assert [part.year for part in parts_of(blocks, read_lexicon(), 2025)] == [None, None]


@pytest.mark.parametrize(
    ("text", "level"), [("第一篇 总论", 0), ("第二章 目标", 1), ("（一）目标", 4), ("Words", None)]
)
def test_numbering_tells_how_high_a_heading_stands(text: str, level: int | None) -> None:
    assert heading_level(Block("paragraph", text), None, read_lexicon()) == level


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("“十四五”时期发展规划纲要（2021—2025年）", 2020),
        ("Программа развития края на 2016-2020 годы", 2015),
        ("Road programme to 2025", 2020),
        ("Road programme to 2035", 2025),
        ("Roads", 2025),
    ],
)
def test_figures_of_a_plan_that_has_ended_are_targets_from_its_first_year_on(title: str, year: int) -> None:
    assert reported_to([Block("paragraph", title)], read_lexicon(), 2025)[0] == year


def test_a_bare_year_of_an_ended_plan_is_a_target() -> None:
    text = "Программа развития края на 2016-2020 годы\nОбъём производства молока в 2020 году - 120 тыс. тонн."
    assert [(t.value, t.year) for t in extract_targets(text, "ru") if t.value] == [(120_000.0, 2020)]
