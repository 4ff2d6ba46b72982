"""A document that a user gives is held against the plan it is given for, as far as its head says what it is."""

import pytest

from isthmus.plans.document import Document, DocumentBlock, Doubt, Given
from isthmus.plans.identity import Meant, held_against
from isthmus.readers.documents.lexicon import read_lexicon

NAMES = {
    "AAA": {"en": "Mongolia", "ru": "Монголия", "zh": "蒙古"},
    "BBB": {"en": "Guinea", "ru": "Гвинея", "zh": "几内亚"},
    "CCC": {"en": "Papua New Guinea", "ru": "Папуа-Новая Гвинея", "zh": "巴布亚新几内亚"},
    "DDD": {"en": "Togo", "ru": "Того", "zh": "多哥"},
}


def held(
    *head: str,
    title: str = "Plan of herding, 2031 to 2035",
    phrases: tuple[str, ...] = (),
    code: str = "AAA",
    least: int = 0,
) -> Given:
    document = Document("given.txt", None, tuple(DocumentBlock("paragraph", line) for line in head))
    return held_against(document, Meant(title, phrases, code, NAMES, least), read_lexicon())


def test_what_the_head_says_fits() -> None:
    assert held("Herding Plan of Mongolia 2031-2035", "Raise herds.").fits == ("period", "country", "title")
    russian = held("План развития скотоводства Монголии на 2031–2035 годы", phrases=("развития скотоводства", "畜牧"))
    assert russian == Given(("period", "country", "title"))


def test_a_plan_may_be_named_by_its_last_year_alone() -> None:
    assert "period" in held("Herding Strategy to 2035").fits
    assert held("Herding Strategy to 2040").doubts[0] == Doubt("period", "2031–2035", "2040")
    assert held("Herding Plan 2026-2030").doubts[0] == Doubt("period", "2031–2035", "2026–2030")


@pytest.mark.parametrize(
    ("head", "code", "found"),
    [
        ("Plan of Guinea", "AAA", "Guinea"),
        ("Plan of Papua New Guinea", "BBB", "Papua New Guinea"),
        ("План развития Гвинеи", "AAA", "Гвинея"),
        ("几内亚发展规划", "AAA", "几内亚"),
    ],
)
def test_another_country_at_the_head_is_a_doubt(head: str, code: str, found: str) -> None:
    doubts = {doubt.about: doubt for doubt in held(head, code=code).doubts}
    assert doubts["country"].found == found


@pytest.mark.parametrize(
    ("head", "phrases", "found"),
    [
        ("东戈壁省国民经济和社会发展第十五个五年规划纲要", ("第十五个五年规划纲要",), "东戈壁省"),
        ("2031年东戈壁省国民经济和社会发展第十五个五年规划纲要", ("第十五个五年规划纲要",), "东戈壁省"),
        ("Стратегия развития Восточной области до 2035 года", (), "Восточной области"),
        ("Herding Plan of Dornod Province in Mongolia 2031-2035", (), "Dornod Province"),
        ("Herding Plan 2031-2035 of the City of Darkhan", (), "City of Darkhan"),
    ],
)
def test_a_title_that_names_a_part_of_the_country_is_a_doubt(head: str, phrases: tuple[str, ...], found: str) -> None:
    doubts = {doubt.about: doubt for doubt in held(head, phrases=phrases).doubts}
    assert doubts["country"].found == found


@pytest.mark.parametrize(
    "head",
    [
        "Стратегия Монголии в области скотоводства и развития районов до 2035 года",
        "蒙古县域经济和城市发展规划（2031－2035年）",
        "District Herding Plan of Mongolia 2031-2035",
    ],
)
def test_fields_and_kinds_of_places_are_no_part_of_a_country(head: str) -> None:
    assert "country" in held(head).fits


def test_a_part_of_the_country_below_the_title_is_no_doubt() -> None:
    assert "country" in held("Herding Plan of Mongolia 2031-2035", "Adopted in Dornod Province.").fits


def test_other_countries_beside_its_own_and_words_like_short_names_are_none() -> None:
    assert "country" in held("Plan of Mongolia with Guinea").fits
    assert all(doubt.about != "country" for doubt in held("План на 2031–2035 годы", "Для того чтобы расти.").doubts)


def test_a_title_without_its_words_is_a_doubt() -> None:
    assert (
        Doubt("title", "畜牧业规划", "") in held("渔业规划（2031－2035年）", phrases=("畜牧业规划", "herding")).doubts
    )
    assert Doubt("title", "Plan of herding, 2031 to 2035", "") in held("Fishing 2031-2035", "Catch more.").doubts


def test_what_cannot_be_compared_is_neither() -> None:
    assert held("Приложение", title="") == Given()
    assert held("到那时更好。", title="Plan of herding", phrases=("развития скотоводства",)) == Given()


def test_a_few_words_of_another_language_are_a_doubt() -> None:
    assert "language" in {d.about for d in held("Porter la part des énergies renouvelables à 40 % d'ici 2035.").doubts}
    assert "language" not in {d.about for d in held("Herding Plan of Mongolia 2031-2035", "Raise herds.").doubts}


def test_a_text_no_longer_than_our_digest_is_a_part_at_most() -> None:
    lines = "Herding Plan of Mongolia 2031-2035", "Raise herds."
    assert held(*lines, least=40) == Given(("period", "country", "title"))
    assert held(*lines, least=41).doubts == (Doubt("length", "41", "41"),)
