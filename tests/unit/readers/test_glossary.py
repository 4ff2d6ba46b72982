from pathlib import Path

import pytest
from click.testing import CliRunner

from isthmus.commands.explain import command
from isthmus.core.errors import BadInputError
from isthmus.readers.glossary import find_term, glossary_page, read_glossary

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "glossary.md"


def test_every_term_is_complete_and_points_to_terms_that_exist() -> None:
    terms = read_glossary()
    assert len(terms) >= 60
    for term in terms.values():
        assert set(term.names) == set(term.definitions) == {"en", "ru", "zh"}
        assert all(len(text) > 1 for text in (*term.names.values(), *term.definitions.values()))
        assert term.see
        assert set(term.see) <= set(terms) - {term.key}


def test_no_two_terms_share_a_name() -> None:
    for language in ("en", "ru", "zh"):
        names = [term.names[language].casefold() for term in read_glossary().values()]
        assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("words", "key", "language"),
    [
        ("Trade Elasticity", "trade_elasticity", "en"),
        ("numeraire", "numeraire", "en"),
        ("ad-valorem equivalent", "ad_valorem_equivalent", "en"),
        ("внешний эффект", "spillover", "ru"),
        ("溢出", "spillover", "zh"),
        ("θ", "trade_elasticity", "en"),
        ("theta", "trade_elasticity", "en"),
        ("Kappa", "iceberg_cost", "en"),
        ("AVE", "ad_valorem_equivalent", "en"),
        ("iceberg", "iceberg_cost", "en"),
    ],
)
def test_a_term_is_found_however_it_is_written(words: str, key: str, language: str) -> None:
    term, spoken = find_term(words)
    assert (term.key, spoken) == (key, language)


def test_an_unknown_term_is_answered_with_close_ones() -> None:
    with pytest.raises(BadInputError, match="close to it: trade elasticity") as caught:
        find_term("elastisity")
    assert caught.value.exit_code == 2


def test_the_page_in_the_docs_is_up_to_date() -> None:
    assert PAGE.read_text("utf-8") == glossary_page(), "run `python tools/glossary.py`"


def test_the_command_answers_in_the_language_of_the_term_or_the_one_asked_for() -> None:
    run = CliRunner().invoke
    assert run(command, ["外溢"]).exit_code != 0
    assert run(command, ["溢出"]).output.startswith("溢出\n")
    assert run(command, ["spillover", "--lang", "ru"]).output.startswith("внешний эффект\n")
    assert len(run(command, []).output.splitlines()) == len(read_glossary())
    assert '"key": "spillover"' in run(command, ["spillover", "--json"]).output
