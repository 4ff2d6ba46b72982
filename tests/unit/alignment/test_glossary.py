from pathlib import Path

import pytest

from isthmus.alignment.glossary import Concept, Glossary, field_of, read_statement, shared_objects, spell_out
from isthmus.core.errors import BadInputError
from isthmus.readers.alignment.glossary import read_glossary

LANGUAGES = ("en", "ru", "zh")


def test_stems_catch_inflected_forms_and_whole_words_do_not(glossary: Glossary) -> None:
    assert "hydrogen" in read_statement("Экспорт водорода", "ru", glossary).objects
    assert "coal" in read_statement("Cut coal use", "en", glossary).objects
    assert "coal" not in read_statement("Form a coalition", "en", glossary).objects


def test_a_longer_form_covers_the_shorter_one_inside_it(glossary: Glossary) -> None:
    assert "demand" not in read_statement("加快高端设备国产替代", "zh", glossary).cues
    assert "demand" in read_statement("加快国产替代，推动绿氢替代", "zh", glossary).cues


def test_fixed_expressions_hide_the_words_inside_them(glossary: Glossary) -> None:
    reading = read_statement("国内生产总值年均增长5%", "zh", glossary)
    assert "gdp" in reading.objects
    assert "output" not in reading.measures
    assert "supply" not in reading.cues


def test_jargon_is_spelled_out_once_and_by_its_longest_term(glossary: Glossary) -> None:
    assert "проектирования" in spell_out("Заменить САПР", "ru", glossary)
    assert spell_out("产值翻两番", "zh", glossary) == "产值翻两番 (增长到四倍)"
    assert spell_out("Nothing here", "en", glossary) == "Nothing here"


def test_a_part_shares_its_wider_object(glossary: Glossary) -> None:
    soy, farm = read_statement("大豆", "zh", glossary), read_statement("agricultural goods", "en", glossary)
    assert shared_objects(soy, farm, glossary) == {"soy"}
    assert shared_objects(farm, soy, glossary) == {"soy"}
    assert field_of(soy, glossary) == "agriculture"


def test_an_unknown_language_is_read_as_nothing(glossary: Glossary) -> None:
    assert not read_statement("Kohle", "de", glossary).objects


def test_every_object_measure_and_cue_has_forms_in_every_language(glossary: Glossary) -> None:
    entries = (
        {key: concept.forms for key, concept in glossary.objects.items()}
        | dict(glossary.measures)
        | dict(glossary.cues)
    )
    missing = [(key, lang) for key, forms in entries.items() for lang in LANGUAGES if not forms.get(lang)]
    assert missing == []


def test_an_analyst_adds_entries(tmp_path: Path) -> None:
    extra = tmp_path / "glossary.toml"
    extra.write_text('[object]\ntea = { group = "agriculture", part_of = "agriculture", en = "tea." }\n', "utf-8")
    glossary = read_glossary(extra)
    assert "tea" in read_statement("Export tea", "en", glossary).objects
    assert "coal" in glossary.objects


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ('[objects]\ntea = { en = "tea." }\n', "is unknown"),
        ('[object]\ntea = { group = "agriculture" }\n', "has no forms"),
        ('[object]\ntea = { en = "tea.", part_of = "drinks" }\n', "does not exist"),
    ],
)
def test_a_wrong_glossary_is_refused(tmp_path: Path, content: str, problem: str) -> None:
    path = tmp_path / "glossary.toml"
    path.write_text(content, "utf-8")
    with pytest.raises(BadInputError, match=problem):
        read_glossary(path)


def test_what_a_share_is_taken_of_is_no_object_beside_another() -> None:
    glossary = read_glossary()
    assert "gdp" not in read_statement("Доля туризма в ВВП составит 5 процентов.", "ru", glossary).objects
    assert "gdp" in read_statement("GDP will grow by 5 percent.", "en", glossary).objects


def test_one_or_two_letters_in_front_of_a_hyphen_match_in_full() -> None:
    forms = {"mail": Concept("mail", "digital", "", {"en": ("e-mail",)})}
    glossary = Glossary(objects=forms)
    assert read_statement("Send e-mails to offices", "en", glossary).objects == {"mail"}
    assert not read_statement("Every mail is read", "en", glossary).objects
