"""Every unit of the grammar is read in its language: scale words multiplied out, the physical unit kept."""

import math
import re

import pytest

from isthmus.readers.documents.plans import extract_targets

UNITS = [
    ("zh", "从业人数达到320万人。", 3_200_000, "persons"),
    ("zh", "人口稳定在1.2亿人。", 120_000_000, "persons"),
    ("zh", "产值达到2.5万亿元。", 2.5e12, "yuan"),
    ("zh", "机组容量达到60万千瓦。", 600_000, "kW"),
    ("zh", "装机达到3亿千瓦。", 300_000_000, "kW"),
    ("zh", "年发电量达到420亿千瓦时。", 42e9, "kWh"),
    ("zh", "产量达到900亿斤。", 45e9, "kg"),
    ("zh", "面积达到1500万亩。", 1_000_000, "ha"),
    ("zh", "能源生产能力达到52亿吨标准煤。", 5.2e9, "tce"),
    ("zh", "产值达到860亿元。", 86e9, "yuan"),
    ("zh", "占比提高3个百分点。", 3, "pp"),
    ("zh", "出生率达到7.2‰。", 7.2, "‰"),
    ("zh", "发病率降到45/10万以下。", 45, "per 100,000"),
    ("zh", "专利拥有量达到18件/万人。", 18, "件 per 10,000"),
    ("zh", "浓度降至25微克/立方米。", 25, "ug/m3"),
    ("zh", "占比达到３５％。", 35, "%"),
    ("ru", "Довести выпуск до 45 тыс. станков.", 45_000, "станков"),
    ("ru", "Довести инвестиции до 3 трлн рублей.", 3e12, "RUB"),
    ("ru", "Довести экспорт до 2 триллионов рублей.", 2e12, "RUB"),
    ("ru", "Довести долю до 12,5 процента.", 12.5, "%"),
    ("ru", "Довести длину до 12\u00a0800 км.", 12_800, "km"),
    ("ru", "Повысить долю на 2 п.п.", 2, "pp"),
    ("ru", "Довести добычу до 780 млрд куб. м.", 780e9, "m3"),
    ("ru", "Перевезти не менее 150 млн т.", 150e6, "t"),
    ("ru", "Довести вылов до 400 тыс. тонн.", 400_000, "t"),
    ("ru", "Обеспеченность жильём — 34 кв. м на человека.", 34, "m2 per person"),
    ("ru", "Снизить расход до 950 млн т у.т.", 950e6, "tce"),
    ("ru", "Довести переработку до 3 млн ТЭУ.", 3e6, "TEU"),
    ("ru", "Довести мощность до 15 ГВт.", 15, "GW"),
    ("ru", "Довести инвестиции до 8 трлн рублей (в ценах 2023 года).", 8e12, "RUB"),
    ("en", "Raise exports to $40bn.", 40e9, "USD"),
    ("en", "Raise investment to 3 trillion yuan.", 3e12, "yuan"),
    ("en", "Create a fund of 2.5 tn roubles.", 2.5e12, "RUB"),
    ("en", "Supply at least 30 bcm of gas.", 30, "bcm"),
    ("en", "Raise LNG output to 60 mtpa.", 60, "Mt/yr"),
    ("en", "Cut use to 900 million tce.", 900e6, "tce"),
    ("en", "Cut use to 120 Mtoe.", 120, "Mtoe"),
    ("en", "Generate 340 TWh by 2030.", 340, "TWh"),
    ("en", "Have 70 GW of storage.", 70, "GW"),
    ("en", "Keep arable land above 1.8 billion mu.", 120e6, "ha"),
    ("en", "Grain output must reach 1.3 trillion jin.", 650e9, "kg"),
    ("en", "Yields should rise to 500 catties.", 250, "kg"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("amount", "unit"),
    [
        ("S$24,000", "SGD"),
        ("A$24,000", "AUD"),
        ("HK$24,000", "HKD"),
        ("HK$ 24 thousand", "HKD"),
        ("24,000 Hong Kong dollars", "HKD"),
        ("C$24,000", "CAD"),
        ("NZ$24,000", "NZD"),
        ("NT$24,000", "TWD"),
        ("R$ 24,000", "BRL"),
        ("SGD 24,000", "SGD"),
        ("TT$24,000", "money"),
        ("US$24,000", "USD"),
        ("US $24,000", "USD"),
        ("$24,000", "USD"),
    ],
)
def test_a_dollar_is_that_of_its_country_and_no_part_of_the_indicator(amount: str, unit: str) -> None:
    (found,) = extract_targets(f"Raise the median income to {amount} by 2031.", "en")
    assert (found.value, found.unit, found.indicator) == (24_000, unit, "median income")


def test_a_dollar_over_a_column_is_that_of_its_country() -> None:
    found = extract_targets("Indicator | 2029 | 2031\nExports (HK$ billion) | 4.5 | 6\n", "en")
    assert [(t.value, t.unit, t.indicator) for t in found] == [(4.5e9, "HKD", "Exports"), (6e9, "HKD", "Exports")]


@pytest.mark.parametrize(("lang", "text", "value", "unit"), UNITS, ids=[text for _, text, _, _ in UNITS])
def test_unit(lang: str, text: str, value: float, unit: str) -> None:
    found = extract_targets(text, lang)
    assert len(found) == 1
    assert found[0].value is not None
    assert math.isclose(found[0].value, value, rel_tol=1e-9)
    assert found[0].unit == unit


DIGITS, TENS, MYRIADS = "零一二三四五六七八九", ("", "十", "百", "千"), ("", "万", "亿")


def in_chinese(number: int) -> str:
    """Return a whole number below 10^12 in Chinese numerals, four digits a group, each gap one zero."""
    groups = [number // 10_000**i % 10_000 for i in range(3)]
    words = ""
    for group, myriad in reversed(list(zip(groups, MYRIADS, strict=True))):
        if not group:
            words += "零" * bool(words)
            continue
        for place in reversed(range(4)):
            digit = group // 10**place % 10
            words += DIGITS[digit] + (TENS[place] if digit else "") if digit or words else ""
        words = words.rstrip("零") + myriad
    return re.sub("零+", "零", words).rstrip("零")


@pytest.mark.parametrize(
    "number",
    [115_000_000, 1_110_000_000, 200_500_000, 2_315_000, 50_600_000, 12_000, 345_006_007_800, 100_020_003],
)
def test_a_chinese_numeral_adds_its_parts_whatever_their_scales(number: int) -> None:
    (row,) = extract_targets(f"到2030年，货运量达到{in_chinese(number)}吨。", "zh")
    assert row.value == number


def test_scales_of_a_chinese_numeral_multiply_what_stands_in_front() -> None:
    values = [extract_targets(f"人口达到{words}人。", "zh")[0].value for words in ("三万五千亿", "十二万万", "一万亿")]
    assert values == [3.5e12, 1.2e9, 1e12]
