"""Every sentence exists in every language, is used, takes the same arguments and has the plural forms its language needs."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from babel import Locale

from isthmus.report.locale import LANGUAGES, SEVERAL, Translator, load_texts, phrases, texts_of

SOURCE = Path(__file__).parents[2] / "src" / "isthmus"
CALLERS = {"text", "_text", "self"}
"""Names under which a translator is called: ``text("a.b")``, ``self._text("a.b")``, and ``self("a.b")`` within it."""
KEY = re.compile(r"[a-z_]+(\.\w+)+")
PROVIDED = {"n"}
"""Arguments that only choose the plural form and need not stand in the text."""


def calls() -> Iterator[tuple[str, ast.Call]]:
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and node.args:
                yield f"{path.relative_to(SOURCE)}:{node.lineno}", node


def name_of(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def strings(node: ast.expr) -> list[str]:
    """Return the texts an argument can be: a literal, or either side of a condition."""
    if isinstance(node, ast.IfExp):
        return [*strings(node.body), *strings(node.orelse)]
    return [node.value] if isinstance(node, ast.Constant) and isinstance(node.value, str) else []


def template_sources() -> Iterator[tuple[str, str]]:
    for path in sorted((SOURCE / "assets" / "templates").glob("*")):
        yield path.name, path.read_text("utf-8")


def used() -> tuple[dict[str, list[tuple[str, ast.Call | None]]], dict[str, str]]:
    """Return where each key and each family of keys is used."""
    keys: dict[str, list[tuple[str, ast.Call | None]]] = {}
    families: dict[str, str] = {}
    for where, node in calls():
        if isinstance(node.func, ast.Attribute) and node.func.attr == "of" and name_of(node.func.value) in CALLERS:
            families.update(dict.fromkeys(strings(node.args[0]), where))
        elif name_of(node.func) in CALLERS:
            for key in filter(KEY.fullmatch, strings(node.args[0])):
                keys.setdefault(key, []).append((where, node))
    for where, source in template_sources():
        for quote in ("'", '"'):
            for key in re.findall(rf"\btext\({quote}([\w.]+){quote}", source):
                keys.setdefault(key, []).append((where, None))
            families.update(dict.fromkeys(re.findall(rf"\btext\.of\({quote}([\w.]+){quote}", source), where))
    return keys, families


def fields(text: object) -> set[str]:
    forms = text.values() if isinstance(text, dict) else [text]
    return {name for form in forms for _, name, _, _ in Formatter().parse(form) if name}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_used_key_exists(language: str) -> None:
    texts = load_texts(language)
    keys, families = used()
    missing = {key: where for key, where in keys.items() if key not in texts}
    assert not missing
    empty = {name: where for name, where in families.items() if not any(key.startswith(f"{name}.") for key in texts)}
    assert not empty


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_key_is_used(language: str) -> None:
    keys, families = used()
    unused = [
        key
        for key in (name.removeprefix(SEVERAL) for name in load_texts(language))
        if key not in keys and not any(key.startswith(f"{name}.") for name in families)
    ]
    assert not unused


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_for_several_partners_goes_before_one_that_says_something_else(language: str) -> None:
    texts = load_texts(language)
    own = {key.removeprefix(SEVERAL): text for key, text in texts.items() if key.startswith(SEVERAL)}
    assert own
    assert not [key for key, text in own.items() if key not in texts or texts[key] == text]
    assert Translator(language, several=True)(
        "prices.title", first="", second="", first_money="", second_money="", parts="X"
    )
    assert "X" in Translator(language, several=True).of("worlds.figure", "aligned", parts="X")


LEFT = {
    "en": r"[Bb]oth (plans|sides|partners)",
    "ru": r"[Оо]б(а план|оих план|оими план|еих сторон|а партн)",
    "zh": "两项规划|双方",
}
"""Words that fit two partners alone."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_for_two_partners_is_left_where_there_are_more(language: str) -> None:
    several = texts_of(language, several=True)
    forms = {key: text.values() if isinstance(text, dict) else [text] for key, text in several.items()}
    assert not [key for key, told in forms.items() for form in told if re.search(LEFT[language], form)]
    assert texts_of(language, several=False) == load_texts(language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_phrase_that_is_replaced_stands_in_a_text(language: str) -> None:
    """Each as the phrases before it leave the texts, so that none is idle."""
    texts = [t for key, text in load_texts(language).items() if not key.startswith(SEVERAL)
             for t in (text.values() if isinstance(text, dict) else [text])]  # fmt: skip
    idle = []
    for before, after in phrases(language).items():
        idle += [before] if not any(before in text for text in texts) else []
        texts = [text.replace(before, after) for text in texts]
    assert not idle


@pytest.mark.parametrize("language", [code for code in LANGUAGES if code != "en"])
def test_languages_have_the_same_keys_and_arguments(language: str) -> None:
    english, other = load_texts("en"), load_texts(language)
    assert sorted(english) == sorted(other)
    different = {
        key: (fields(text), fields(other[key])) for key, text in english.items() if fields(text) != fields(other[key])
    }
    assert not different


@pytest.mark.parametrize("language", LANGUAGES)
def test_plural_forms_are_those_of_the_language(language: str) -> None:
    needed = set(Locale.parse(language).plural_form.tags) | {"other"}
    wrong = {
        key: set(text) for key, text in load_texts(language).items() if isinstance(text, dict) and set(text) != needed
    }
    assert not wrong


def test_calls_give_the_arguments_their_text_needs() -> None:
    texts = load_texts("en")
    wrong = []
    for key, places in used()[0].items():
        for where, node in places:
            if node is None or key not in texts or any(word.arg is None for word in node.keywords):
                continue
            given = {word.arg for word in node.keywords}
            needed = fields(texts[key]) | ({"n"} if isinstance(texts[key], dict) else set())
            needed |= fields(texts.get(f"{SEVERAL}{key}", ""))
            if given - PROVIDED != needed - PROVIDED or needed - given:
                wrong.append((where, key, sorted(needed), sorted(map(str, given))))
    assert not wrong


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_empty_or_in_another_language(language: str) -> None:
    """A Russian or Chinese text without a letter of its script is an English one that was left behind."""
    script = {"en": r"[A-Za-z{]", "ru": r"[А-Яа-яЁё{]", "zh": r"[\u4e00-\u9fff{、]"}[language]
    symbols = {"common.comma", "common.semicolon", "common.percent", "common.percent_range", "common.range"}
    symbols |= {"common.money_millions.large", "common.money_millions.small", "common.space"}
    symbols |= {"common.money_millions.tabled", "common.money_millions.brief", "common.full_stop"}
    odd = [
        key
        for key, text in load_texts(language).items()
        if key not in symbols
        and not all(re.search(script, form) for form in (text.values() if isinstance(text, dict) else [text]))
    ]
    assert not odd
