"""Every repair of a world's table that the code can make is worded in every language."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import isthmus
from isthmus.report.locale import LANGUAGES, Translator
from isthmus.report.repaired import input_name, key_of, repair_name

PACKAGE = Path(isthmus.__file__).parent
MAKERS = {"Repair", "_without_negatives"}


def made() -> Iterator[str]:
    """Yield the words of every repair of a world's table that is written in the code."""
    for folder in ("economy", "readers/worlds"):
        for path in (PACKAGE / folder).glob("*.py"):
            if path.stem in ("history",):
                continue
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MAKERS:
                    yield from (
                        a.value for a in node.args[1:3] if isinstance(a, ast.Constant) and isinstance(a.value, str)
                    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_repair_is_worded(language: str) -> None:
    text = Translator(language)
    words = {word for word in made() if " " in word}
    assert len(words) > 15
    unknown = [
        w for w in words if not (text.has(f"evidence.repair.{key_of(w)}") or text.has(f"evidence.part.{key_of(w)}"))
    ]
    assert unknown == []
    if language != "en":
        assert all(repair_name(w, text).text != w for w in words if text.has(f"evidence.repair.{key_of(w)}"))


def test_a_repair_keeps_what_it_names_and_an_unknown_one_its_language() -> None:
    text = Translator("ru")
    assert repair_name("merged into groups: A, B", text).text.endswith(": A, B")
    assert repair_name("merged into groups: A, B", text).lang == ""
    unknown = repair_name("something else: A", text)
    assert (unknown.text, unknown.lang) == ("something else: A", "en")
    assert input_name("flows", text).text == text.of("evidence.part", "flows")
    assert input_name("flows_2022.csv.gz", text).text == "flows_2022.csv.gz"
