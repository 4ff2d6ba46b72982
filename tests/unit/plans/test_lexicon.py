"""The words of the plan reader: every class is filled, and a form that names a witness is needed for that sentence."""

import csv
import re
from collections.abc import Iterator
from copy import copy
from dataclasses import fields
from pathlib import Path

import pytest

from isthmus.core.errors import BadInputError
from isthmus.plans import lexicon
from isthmus.plans.document import Document
from isthmus.plans.extract import extract_document
from isthmus.plans.grammar import Grammar
from isthmus.plans.lexicon import LANGUAGES, Lexicon, lexicon_of
from isthmus.plans.segment import blocks_of
from isthmus.readers.documents.lexicon import TABLES, lexicon_rows, read_lexicon

REAL = "real:"
"""Opens the witness of a form that a sentence of a real document needs, whose words are not kept."""
EVERY = 16
"""Of the forms with a witness every so manieth is left out in turn; all of them would take a minute."""


def witnesses(data: Path) -> dict[str, str]:
    """Return the sentences that forms name, by set and id."""
    found = {}
    for path in data.glob("extraction_*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            found |= {f"{path.stem.split('_')[-1]}:{row['id']}": row["text"] for row in csv.DictReader(file)}
    return found


def reading(text: str, words: Lexicon, lang: str) -> tuple[object, ...]:
    found = extract_document(Document("", None, tuple(blocks_of(text))), words, lang, reported=2025)
    return (found.targets, tuple(left.reason for left in found.left_out))


def without(lang: str, index: int) -> Lexicon:
    words = {name: list(lexicon_rows(name)) for name in LANGUAGES}
    del words[lang][index]
    return lexicon_of(words, *(lexicon_rows(name) for name in TABLES))


def named(lang: str) -> Iterator[int]:
    return (i for i, row in enumerate(lexicon_rows(lang)) if row["witness"] and not row["witness"].startswith(REAL))


@pytest.mark.slow
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_form_is_needed_for_the_sentence_it_names(lang: str, data: Path) -> None:
    texts, rows = witnesses(data), lexicon_rows(lang)
    for index in list(named(lang))[::EVERY]:
        text = texts[rows[index]["witness"]]
        assert reading(text, without(lang, index), lang) != reading(text, read_lexicon(), lang), rows[index]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_named_sentence_exists(lang: str, data: Path) -> None:
    assert {lexicon_rows(lang)[i]["witness"] for i in named(lang)} <= set(witnesses(data))


def test_a_row_with_a_comma_outside_of_quotes_is_bad_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "assets" / "lexicon").mkdir(parents=True)
    (tmp_path / "assets" / "lexicon" / "en.csv").write_text("class,group,form,witness\nup,0,ris{1,2}e,\n")
    monkeypatch.setattr("isthmus.readers.documents.lexicon.resources.files", lambda _: tmp_path)
    with pytest.raises(BadInputError, match="line 2: has a cell too many"):
        lexicon_rows("en")


@pytest.mark.parametrize(
    ("sentence", "tense"),
    [
        ("в норматив привели более 5 тыс. дорог", (True, False, False)),
        ("за шесть лет построено 100 тыс. км дорог", (True, False, False)),
        ("доля достигнет 85 процентов", (False, False, True)),
        ("необходимо довести долю до 85 процентов", (False, False, True)),
        ("вложения достигнут 64 млрд сомов", (False, False, True)),
        ("правительство утвердило стратегию", (False, False, False)),
        ("доля школ в числе всех сил", (False, False, False)),
        ("причины жители видят в низкой плате (66 процентов)", (False, True, False)),
        ("программа предусматривает 6 км сетей", (False, False, False)),
        ("доля служащих, с которыми проведены занятия, составит не менее 50 процентов", (False, False, True)),
        ("доля граждан, которые занимаются спортом, - 40 процентов", (False, False, False)),
    ],
)
def test_the_tense_of_a_russian_sentence_stands_in_its_verbs(sentence: str, tense: tuple[bool, bool, bool]) -> None:
    assert read_lexicon().tenses["ru"](sentence) == tense


def test_a_form_that_is_no_pattern_is_bad_input() -> None:
    words = {name: list(lexicon_rows(name)) for name in LANGUAGES}
    words["en"].append({"class": "up", "group": "0", "form": "ris(e", "witness": ""})
    with pytest.raises(BadInputError, match="is no pattern"):
        lexicon_of(words, *(lexicon_rows(name) for name in TABLES))


def test_the_table_of_classes_holds_what_the_rules_ask_for_and_nothing_else() -> None:
    sources = Path(lexicon.__file__).parent.glob("*.py")
    asked = set(re.findall(r"grammar\.(\w+)", " ".join(path.read_text("utf-8") for path in sources)))
    assert asked - {part.name for part in fields(Grammar)} == {row["class"] for row in lexicon_rows("classes")}
    assert all(row["meaning"].endswith(".") for row in lexicon_rows("classes"))


def test_a_class_that_no_table_has_is_no_attribute() -> None:
    grammar = read_lexicon().grammars["en"]
    assert copy(grammar).patterns == grammar.patterns
    with pytest.raises(AttributeError, match="has no upp"):
        grammar.upp  # noqa: B018


def test_a_class_without_words_is_bad_input() -> None:
    words = {name: list(lexicon_rows(name)) for name in LANGUAGES}
    frames = [row for row in lexicon_rows("frames") if row["class"] != "tells"]
    with pytest.raises(BadInputError, match="tells"):
        lexicon_of(words, frames, *(lexicon_rows(name) for name in TABLES[1:]))
