"""What passages of public pages in Russian and Chinese showed: years of a paragraph, sizes and counts, numbers, start values."""

import pytest

from isthmus.readers.documents.plans import extract_targets

Row = tuple[str, str, float, int | None]


def rows(text: str) -> list[Row]:
    found = extract_targets(text, with_words=False)
    return [(t.kind.value, t.operator, t.value or 0.0, t.year) for t in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "到2031年，全市物流体系基本建成。冷链流通率达到45%。货运枢纽达到9个。",
            [("level", "=", 45.0, 2031), ("level", "=", 9.0, 2031)],
        ),
        (
            "到2031年，建成港口12个。冷链流通率达到45%。到2036年，货运枢纽达到9个。集装箱占比达到30%。",
            [
                ("level", "=", 12.0, 2031),
                ("level", "=", 45.0, 2031),
                ("level", "=", 9.0, 2036),
                ("level", "=", 30.0, 2036),
            ],
        ),
        (
            "К 2031 году заработает новая сеть клиник. Доля охваченных осмотрами достигнет 80 %.",
            [("level", "=", 80.0, 2031)],
        ),
        ("力争比2020年下降5%。冷链流通率达到45%。", [("change_pct", "=", -5.0, None), ("level", "=", 45.0, None)]),
        ("2029年和2031年分别验收。占比达到30%。", [("level", "=", 30.0, None)]),
    ],
)
def test_a_year_that_opens_a_sentence_holds_for_the_next_ones_of_its_paragraph(text: str, expected: list[Row]) -> None:
    assert rows(text)[: len(expected)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "到2031年，年产值超800亿元的3个、超200亿元的7个。",
            [("level", "=", 3.0, 2031), ("level", "=", 7.0, 2031)],
        ),
        ("到2031年，带动民间投资4兆元。", [("level", "=", 4e12, 2031)]),
        ("到2031年，光伏装机达到800兆瓦。", [("level", "=", 800.0, 2031)]),
        ("2027/28至2031/32年度，供应公屋8万个单位。", [("cumulative", "=", 8e4, 2032)]),
        ("2031年，充电桩及加氢站分别达到300座及40座。", [("level", "=", 300.0, 2031), ("level", "=", 40.0, 2031)]),
        ("未来五年建屋量增至12万个单位，较上一个五年期的约9万个单位提高。", [("level", "=", 12e4, None)]),
        ("До 2031 года планируется построить 14 тыс. 320 квартир.", [("level", "=", 14320.0, 2031)]),
        (
            "До 2031 года планируется привести в порядок 85 километров улиц и 14 мостов.",
            [("level", "=", 85.0, 2031), ("level", "=", 14.0, 2031)],
        ),
        ("До 2031 года планируется утвердить шесть туристических маршрутов.", [("level", "=", 6.0, 2031)]),
        ("2026-03-05 Стало известно о планах: к 2031 году доля достигнет 80 %.", [("level", "=", 80.0, 2031)]),
        ("Выпуск на 9 % выше, чем годом ранее.", []),
        ("到二○三一年，预期寿命提升至八八点三岁。", [("level", "=", 88.3, 2031)]),
        ("到2031年，建成住房3万520户。", [("level", "=", 30520.0, 2031)]),
        ("1至10月份，全市港口吞吐量6800万吨，增长4%。", []),
        ("初步核算，全市港口吞吐量6800万吨。", []),
        ("提前建成了港口，吞吐量增加了6800万吨。", []),
        ("План включает 95 пунктов до 2031 года.", []),
        ("我國港口吞吐量跃居全球第二，截至2025年6月底，码头达455个。", []),
        ("大力实施“三千工程”，建设渔业强市。", []),
        ("确保渔业占比持续提高，综合实力稳居第一方阵，创新能力保持全国前九。", [("rank", "<=", 9.0, None)]),
        ("到2031年，培育亿元乡镇25个。", [("level", "=", 25.0, 2031)]),
        ("До 2031 года запланирован ремонт крыш 16 больниц.", [("level", "=", 16.0, 2031)]),
        ("Рост выпуска к 2031 году прогнозируется на уровне 14 %.", [("change_pct", "=", 14.0, 2031)]),
        ("Увеличение коэффициента рождаемости к 2031 году до уровня 1,64;", [("level", "=", 1.64, 2031)]),
    ],
)
def test_numbers_and_what_they_count(text: str, expected: list[Row]) -> None:
    assert rows(text) == expected


def test_a_start_value_behind_the_year_of_the_target_keeps_its_own_year() -> None:
    (target,) = extract_targets("Сбор сои должен вырасти до 11 млн тонн к 2031 году с 7 млн тонн в 2023 году.")
    assert (target.value, target.year, target.base_value, target.base_year) == (11e6, 2031, 7e6, 2023)


def test_a_start_value_without_brackets_belongs_to_the_target_before_it() -> None:
    first, second = extract_targets("К 2028 году охват вырастет до 71,5 % с 60,2 %, а к 2031 году – до 80 %.")
    assert (first.value, first.base_value, second.value, second.year) == (71.5, 60.2, 80.0, 2031)


def test_a_sentence_about_an_address_does_not_date_its_document() -> None:
    text = "В рамках послания главы утверждена концепция до 2031 года.\nК 2029 году ожидается рост охвата до 70 %."
    assert rows(text) == [("level", "=", 70.0, 2029)]


def test_pronunciations_behind_characters_are_no_text() -> None:
    (target,) = extract_targets("到2031年，旅游業(yè)總收入達(dá)到900億元。", with_words=False)
    assert (target.value, target.year) == (9e10, 2031)


def test_a_start_value_in_brackets_may_have_brackets_of_its_own() -> None:
    (target,) = extract_targets(
        "повышение доли домов с водопроводом до 55 процентов в 2031 г. (в 2024 году (базовый год) - 41,3 процента);"
    )
    assert (target.value, target.year, target.base_value, target.base_year) == (55.0, 2031, 41.3, 2024)


def test_an_old_year_that_is_due_holds_for_its_paragraph_too() -> None:
    assert rows("到2025年，建成旅游强市。过夜游客占比达到40%。") == [("level", "=", 40.0, 2025)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Мы рассчитываем реконструировать порядка 16,5 тыс. км сетей.", [("level", "~", 16500.0, None)]),
        ("Власти хотят построить более пяти тысяч остановок.", [("level", ">", 5000.0, None)]),
        ("“十四五”前四年港口投资达到900亿元。", []),
    ],
)
def test_what_is_wanted_and_what_part_of_a_period_has_brought(text: str, expected: list[Row]) -> None:
    assert rows(text) == expected
