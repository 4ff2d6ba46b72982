# ruff: noqa: E501 (sentences stay on one line)
"""Results that a head announces, the scenarios of a forecast, places, and years that nothing new is due by."""

import pytest

from isthmus.readers.documents.plans import extract_targets

Found = list[tuple[str, str, float, int | None]]


def read(text: str, lang: str) -> Found:
    found = extract_targets(text, lang)
    return [(t.kind.value, t.operator, t.value, t.year) for t in found if t.value is not None]


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        (
            "К 2031 году охват прививками вырастет до 70 процентов и сохранится на этом уровне до 2037 года.",
            "ru",
            [("level", "=", 70.0, 2031)],
        ),
        ("Охват прививками 70 процентов сохранится до 2037 года.", "ru", [("level", "=", 70.0, 2037)]),
        (
            "By 2031, 70 percent of farms will be insured and this level will be maintained until 2037.",
            "en",
            [("level", "=", 70.0, 2031)],
        ),
        ("到2031年，覆盖率达到70%并保持到2037年。", "zh", [("level", "=", 70.0, 2031)]),
    ],
)
def test_the_year_up_to_which_a_level_is_kept_is_not_that_by_which_it_is_due(
    text: str, lang: str, expected: Found
) -> None:
    assert read(text, lang) == expected


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("Сократить число пожаров в 4 раза (к 2033 году – полное их исчезновение).", None),
        ("Сократить число пожаров в 4 раза (к 2033 году).", 2033),
        ("Сократить число пожаров в 4 раза к 2029 году (к 2033 году: полное их исчезновение).", 2029),
    ],
)
def test_a_year_in_brackets_with_an_aim_in_words_is_that_of_the_words(text: str, year: int | None) -> None:
    assert read(text, "ru") == [("multiple", "=", 0.25, year)]


SCENARIOS = """# Прогноз торговли
Оптимистический сценарий
К 2031 году вывоз льна составит 900 тонн.
Базовый сценарий
К 2031 году вывоз льна составит 700 тонн.
Пессимистический сценарий
К 2031 году вывоз льна составит 400 тонн.
6. Меры поддержки
К 2031 году будет построено 12 льнозаводов."""


def test_a_scenario_without_another_one_is_the_plans_own() -> None:
    lines = SCENARIOS.splitlines()
    assert [value for _, _, value, _ in read("\n".join([lines[0], *lines[5:7]]), "ru")] == [400.0]


def test_a_list_without_marks_has_the_direction_of_its_head_and_one_person_is_no_value() -> None:
    text = """Программа позволит к 2031 году:
Уменьшить удельный расход на предприятиях:
Электрической энергии на 12,5 кВт / ч на 1 чел.;
Горячей воды на 0,7 куб. м. на 1 чел.;
Газа на 0,09 Гкал на 1 работника;
Увеличить число насосных до 9 единиц;"""
    assert read(text, "ru") == [
        ("change_abs", "=", -12.5, 2031),
        ("change_abs", "=", -0.7, 2031),
        ("change_abs", "=", -0.09, 2031),
        ("level", "=", 9.0, 2031),
    ]


@pytest.mark.parametrize(
    "head",
    [
        "Ожидаемые результаты.",
        "Планируемые конечные результаты:",
        "Ожидаемые результаты\nПредполагается, что меры позволят:",
    ],
)
def test_expected_results_are_aims_though_their_verbs_tell(head: str) -> None:
    text = f"{head}\n- оснащено более 80% мастерских;\n- вдвое сокращено число простоев;"
    assert [(kind, value) for kind, _, value, _ in read(text, "ru")] == [("level", 80.0), ("multiple", 0.5)]
    assert read(text.replace(head, "Состояние отрасли."), "ru") == []


def test_a_result_in_words_is_an_aim_though_its_verbs_tell() -> None:
    item = "- снижена доля ручной погрузки через канал переправ и повышена доля машинной, посредством развития приоритетных станций;"
    heads = ("Реализация программы позволит достичь следующих результатов:", "Состояние отрасли таково:")
    found = [extract_targets(f"{head}\n- повышена доля пастбищ;\n{item}", "ru") for head in heads]
    assert [[(t.kind.value, t.value) for t in made] for made in found] == [[("qualitative", None)], []]


def test_a_cell_that_tells_its_own_start_keeps_it() -> None:
    rows = """| Национальная цель | Цель области до 2031 года |
| --- | --- |
| Место в числе 10 ведущих областей | Рост доли переработки с 14,5% в 2019 году до 32,0% |"""
    found = [t for t in extract_targets(rows, "ru") if t.value == 32.0]
    assert [(t.base_value, t.base_year) for t in found] == [(14.5, 2019)]


def test_a_day_of_the_month_written_twice_is_no_value() -> None:
    assert read("Отдел до 2031 года обязан сдавать сводки в срок до 7 (седьмого) числа месяца.", "ru") == []


def test_a_member_of_a_list_between_semicolons_is_read_as_if_it_stood_alone() -> None:
    text = "К 2031 году рост надоев до 7 тонн; ежегодная закладка садов площадью более 300 тыс. кв. метров; рост числа пасек до 90 единиц."
    assert read(text, "ru")[1][:3] == ("level", ">", 300_000.0)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        (
            "Слова «поднять охват до 35 процентов к 2029 году» заменить словами «поднять охват до 55 процентов к 2031 году».",
            [(55.0, 2031)],
        ),
        (
            "Строку «Доля складов с учетом, 35 процентов к 2029 году» изложить в следующей редакции: «Доля складов с учетом, 55 процентов к 2031 году».",
            [(55.0, 2031)],
        ),
        ("Абзац «довести охват до 35 процентов к 2029 году» исключить.", []),
        ("К 2031 году довести охват программой «Слова и числа» до 35 процентов.", [(35.0, 2031)]),
    ],
)
def test_what_an_amendment_takes_out_is_no_target(text: str, values: list[tuple[float, int]]) -> None:
    assert [(value, year) for _, _, value, year in read(text, "ru")] == values


def test_places_are_ranks_where_the_numeral_counts_nothing() -> None:
    rows = """| Показатель | Единица | 2020 год | 2028 год | 2031 год |
| --- | --- | --- | --- | --- |
| Индекс книжной торговли | рейтинг | 71 место | не ниже 60 места | не ниже 45 места |
| Вместимость залов | места | 50 | 52 | 54 |"""
    found = [(t.kind.value, t.operator, t.value, t.base_value) for t in extract_targets(rows, "ru") if t.value]
    assert found[:2] == [("rank", "<=", v, 71.0) for v in (60.0, 45.0)]
    assert {kind for kind, *_ in found[2:]} == {"level"}
