# ruff: noqa: E501 (sentences stay on one line)
"""Traditional characters are read like simplified ones, and the passage keeps its own."""

import pytest

from isthmus.plans.document import Document, DocumentBlock
from isthmus.readers.documents.lexicon import lexicon_rows, read_lexicon
from isthmus.readers.documents.plans import extract_document, extract_targets


@pytest.mark.parametrize(
    ("traditional", "simplified"),
    [
        (
            "到2030年,發電裝機容量達到3.5億千瓦,人均預期壽命達到81歲。",
            "到2030年,发电装机容量达到3.5亿千瓦,人均预期寿命达到81岁。",
        ),
        (
            "到2030年，服務業佔比提高到兩成，新增就業50萬人以上。",
            "到2030年，服务业占比提高到两成，新增就业50万人以上。",
        ),
        (
            "到2032年，單位產值能耗較2026年下降12%，糧食産量穩定在900萬噸。",
            "到2032年，单位产值能耗较2026年下降12%，粮食产量稳定在900万吨。",
        ),
    ],
)
def test_traditional_text_gives_what_simplified_text_gives(traditional: str, simplified: str) -> None:
    own, other = extract_targets(traditional), extract_targets(simplified)
    assert len(own) == 2
    assert [t.text for t in own] == [traditional] * 2
    fields = ("kind", "operator", "value", "unit", "year", "base_year", "direction", "indicator")
    assert [[getattr(t, f) for f in fields] for t in own] == [[getattr(t, f) for f in fields] for t in other]


def test_cells_and_passages_left_out_keep_their_characters() -> None:
    rows = (
        ("指標", "單位", "2025年", "2030年"),
        ("發電裝機", "萬千瓦", "300", "450"),
        ("鐵路里程", "公里", "70", "95"),
    )
    past = "去年鐵路營業里程達到70公里，比上年增長5%。"
    document = Document("p.txt", None, (DocumentBlock("table", "", None, rows), DocumentBlock("paragraph", past)))
    found = extract_document(document, "zh")
    assert [(t.text, t.value) for t in found.targets] == [
        ("發電裝機 | 萬千瓦 | 300 | 450", 4.5e6),
        ("鐵路里程 | 公里 | 70 | 95", 95.0),
    ]
    assert past in [entry.text for entry in found.left_out]


def test_a_character_that_simplified_texts_use_stays() -> None:
    table = read_lexicon().simplified
    assert all(ord(c) not in table for c in "著乾覆台里后")
    assert "佔臺産爲於".translate(table) == "占台产为于"
    assert len(table) == len(lexicon_rows("hanzi")) > 2500


def test_a_headline_about_a_plan_gives_no_period() -> None:
    lines = "《某地一体化发展规划纲要》公布 2025年取得进展\n\n到2020年，铁路营业里程达到3000公里。\n到2025年，达到4000公里，覆盖80%以上的县。\n"
    assert [(t.value, t.year) for t in extract_targets(lines) if t.value] == [
        (3000.0, 2020),
        (4000.0, 2025),
        (80.0, 2025),
    ]


def test_a_present_value_is_where_a_target_starts() -> None:
    (first, second) = extract_targets(
        "到2030年，壽命較目前的75.2歲繼續增長，達到78歲；自費佔比從目前29.3降至25左右。", reported=2026
    )
    assert (first.value, first.base_value, second.value, second.base_value) == (78.0, 75.2, 25.0, 29.3)


def test_what_a_ratio_is_to_is_no_number_of_its_own() -> None:
    assert [t.value for t in extract_targets("到2030年，收入差距控制在2.1∶1以内。")] == [2.1]


def test_commas_between_wide_digits_part_thousands_and_others_part_clauses() -> None:
    text = "２０３３年，盐产量４，１５０万吨，纸６２０万吨；船２，３艘。"
    rows = extract_targets(text, "zh", reported=2028)
    assert [t.value for t in rows if t.value][:2] == [41.5e6, 6.2e6]
    assert {t.text for t in rows} <= {text, *text.split("；")}
