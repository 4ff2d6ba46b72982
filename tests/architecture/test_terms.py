"""Sentences of the product use the terms of the glossary, and each language's own signs: one thing has one name."""

import re
from collections.abc import Iterator

import pytest

from isthmus.readers.glossary import read_glossary
from isthmus.report.locale import LANGUAGES, load_texts

ENGLISH = {
    *("Isthmus", "CSV", "JavaScript", "Apache", "isthmus", "report", "lang", "run", "SHA", "Natural", "Earth", "ICIO"),
    *("CO", "FGO", "CP", "BSY", "GYY", "Shap", "U4", "ICS", "GDP", "CIF", "FOB", "TEU", "EFLOPS"),
}
"""Words in Latin letters that Russian and Chinese sentences may hold: names, formats and sets of elasticities."""
NAMES = re.compile(
    r"(?<![A-Za-z])(Antràs|Balassa|van Burken|Chor|Dietzenbacher|Fally|Hillberry|Hummels|Ishii|Johnson|Kondo|"
    r"Koopman|Noguera|Wang|Wei|"
    r"Fontagné|Guimbard|Orefice|Caliendo|Parro|Bagwell|Staiger|Yurukoglu|Giri|Yi|Yilmazkuday|Shapiro)(?![A-Za-z])"
)


def sentences(language: str) -> Iterator[tuple[str, str]]:
    for key, text in load_texts(language).items():
        for form in text.values() if isinstance(text, dict) else [text]:
            yield key, form


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_other_wording_of_a_term_is_used(language: str) -> None:
    avoided = {word: term.names[language] for term in read_glossary().values() for word in term.avoid.get(language, ())}
    assert avoided, "the glossary says what to avoid in every language"
    found = [
        f"{key}: {pattern} (write {name})"
        for key, form in sentences(language)
        for pattern, name in avoided.items()
        if re.search(pattern, form, re.IGNORECASE)
    ]
    assert found == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_definitions_avoid_the_other_wordings_too(language: str) -> None:
    avoided = [word for term in read_glossary().values() for word in term.avoid.get(language, ())]
    found = [
        (term.key, pattern)
        for term in read_glossary().values()
        for pattern in avoided
        if re.search(pattern, term.names[language] + " " + term.definitions[language], re.IGNORECASE)
    ]
    assert found == []


@pytest.mark.parametrize("language", ["ru", "zh"])
def test_no_english_is_left_in_a_sentence(language: str) -> None:
    found = []
    for key, form in sentences(language):
        plain = NAMES.sub("", re.sub(r"\{[^}]*\}|[\w./-]+\.(csv|toml|json|md)|--\w+", " ", form))
        found += [(key, word) for word in re.findall(r"[A-Za-z]{2,}", plain) if word not in ENGLISH]
    assert found == []


@pytest.mark.parametrize(
    ("language", "wrong"),
    [
        ("en", r" — | - |\d-\d|“[^”]*\"|\bper cent\b"),
        ("ru", r" – | - |\"|''|\d-\d{2}|\d%"),
        ("zh", r"[\u4e00-\u9fff][,;:?!](?!\d)|[\u4e00-\u9fff] - |\d %|（ | ）|。。|，，|十亿|百万(?!像素)"),
    ],
)
def test_dashes_quotes_and_signs_are_those_of_the_language(language: str, wrong: str) -> None:
    spelt = {"plans.scale.billion", "plans.scale.million", "plans.unit.bcm", "plans.unit.Mt"}
    found = [(key, form) for key, form in sentences(language) if key not in spelt and re.search(wrong, form)]
    assert found == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_is_doubled(language: str) -> None:
    doubled = (
        re.compile(r"\b([^\W\d_]{2,})\s+\1\b", re.IGNORECASE) if language != "zh" else re.compile(r"(的的|了了|是是)")
    )
    assert [(key, form) for key, form in sentences(language) if doubled.search(form)] == []
