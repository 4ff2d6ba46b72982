"""Themes are the same in the three languages, and an ill-formed taxonomy is refused."""

import pytest

from isthmus.core.errors import BadInputError
from isthmus.plans.taxonomy import classify, taxonomy_of
from isthmus.readers.study.taxonomy import read_taxonomy

SAME = [
    ("trade", "农产品出口增长一半。", "Нарастить экспорт услуг вдвое.", "Raise exports of services by a fifth."),
    ("industry", "提高制造业机器人密度。", "Повысить плотность роботизации.", "Raise the density of robots in plants."),
    ("energy", "扩大天然气和核电装机。", "Увеличить добычу газа.", "Build gas and nuclear power plants."),
    (
        "transport",
        "扩大铁路口岸通行能力。",
        "Увеличить перевозки по железным дорогам.",
        "Expand rail freight and ports.",
    ),
    ("health", "婴儿死亡率降到4‰。", "Снизить младенческую смертность.", "Cut infant mortality."),
    (
        "education",
        "提高高等教育毛入学率。",
        "Увеличить число студентов вузов.",
        "Raise the number of university students.",
    ),
    (
        "standards",
        "推动标准互认。",
        "Развивать взаимное признание стандартов.",
        "Agree on mutual recognition of standards.",
    ),
    ("digital", "加快互联网和数字经济。", "Обеспечить доступ в интернет.", "Give every home internet access."),
]


@pytest.mark.parametrize(("theme", "zh", "ru", "en"), SAME, ids=[row[0] for row in SAME])
def test_a_theme_is_found_in_every_language(theme: str, zh: str, ru: str, en: str) -> None:
    taxonomy = read_taxonomy()
    assert [classify(text, "", lang, taxonomy) for text, lang in ((zh, "zh"), (ru, "ru"), (en, "en"))] == [theme] * 3


def test_nothing_is_said_where_no_keyword_occurs() -> None:
    assert classify("Everything will be well.", "", "en", read_taxonomy()) == ""


def test_every_theme_has_keywords_in_every_language() -> None:
    taxonomy = read_taxonomy()
    assert all(taxonomy.keywords.get((theme, lang)) for theme in taxonomy.themes for lang in ("zh", "ru", "en"))


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(BadInputError, match="trade"):
        taxonomy_of({"trade": {"fr": ["commerce"]}})
