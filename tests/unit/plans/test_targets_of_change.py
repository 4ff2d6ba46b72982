"""The noun of a target names a change (a reduction target is 20 %); parts of a document and terms in words are no values."""

import pytest

from isthmus.readers.documents.plans import extract_targets


@pytest.mark.parametrize(
    ("text", "lang", "values"),
    [
        ("The soot reduction target for 2035 is 14% compared to 2019 or 21% compared to 1999.", "en", [-14.0, -21.0]),
        ("The target of reducing soot for 2035 is 14% (without ships) compared to 2019.", "en", [-14.0]),
        ("The soot reduction goal is 9 % by 2035.", "en", [-9.0]),
        ("Цель по снижению выбросов сажи к 2035 году составляет 14 %.", "ru", [-14.0]),
        ("到2035年，烟尘减排目标为14%。", "zh", [-14.0]),
        ("The soot limit target for 2035 is 14%.", "en", [14.0]),
    ],
)
def test_the_percentage_of_a_reduction_target_is_a_change(text: str, lang: str, values: list[float]) -> None:
    found = extract_targets(text, lang, with_words=False, reported=2022)
    assert [t.value for t in found] == values
    assert {t.kind.value for t in found} == ({"change_pct"} if values[0] < 0 else {"level"})


def test_a_cell_that_tells_a_term_in_words_heads_no_values() -> None:
    lines = (
        "| Timeframe | 2022-2030 and by 2045 |",
        "| Cover | Mines, mills and ports |",
        "| Contribution | The soot reduction target for 2035 is 14% compared to 2019. |",
    )
    found = extract_targets("\n".join(lines), "en", with_words=False, reported=2021)
    assert [(t.value, t.year, t.base_year) for t in found] == [(-14.0, 2035, 2019)]


@pytest.mark.parametrize("text", ["规划纲要共 15 篇 58 章。", "量化目标见正文与 12 个专栏。"])
def test_parts_of_a_document_are_no_values(text: str) -> None:
    assert extract_targets(text, "zh", with_words=False, reported=2025) == []


def test_papers_are_counted_with_the_word_for_parts() -> None:
    assert [t.value for t in extract_targets("到2030年，发表论文500篇。", "zh", with_words=False, reported=2025)] == [
        500.0
    ]
