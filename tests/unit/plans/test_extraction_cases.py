"""Extraction is right on statements with known answers, and every pattern of the grammar is among them."""

import csv
import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[3]
PATTERNS = ROOT / "tests/data/plan_patterns.csv"


@pytest.fixture(scope="module")
def measure() -> ModuleType:
    spec = importlib.util.spec_from_file_location("extraction", ROOT / "benchmarks/extraction.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    import sys

    sys.modules["extraction"] = module
    spec.loader.exec_module(module)
    return module


BATCHES = ("second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


@pytest.mark.parametrize("name", ["development", *(f"{batch} batch" for batch in BATCHES)])
def test_kind_operator_value_and_year_are_right_in_95_percent(measure: ModuleType, name: str) -> None:
    result = measure.score(measure.FILES[name])
    assert result.statements >= 60
    for field in ("kind", "operator", "value", "year"):
        assert result.share(field) >= 0.95, (field, result.misses)
    assert result.missing + result.extra <= 0.03 * result.expected, result.misses


def test_development_statements_are_many_and_in_three_languages(measure: ModuleType) -> None:
    cases = measure.load(measure.FILES["development"])
    languages = [rows[0]["lang"] for rows in cases.values()]
    assert len(cases) >= 150
    assert min(languages.count(lang) for lang in ("zh", "ru", "en")) >= 45


def test_every_pattern_of_the_grammar_has_a_case(measure: ModuleType) -> None:
    with PATTERNS.open(encoding="utf-8", newline="") as file:
        patterns = {(row["lang"], row["pattern"]) for row in csv.DictReader(file)}
    covered = {(rows[0]["lang"], rows[0]["pattern"]) for rows in measure.load(measure.FILES["development"]).values()}
    assert len(patterns) >= 66
    assert patterns - covered == set()


@pytest.mark.parametrize("name", ["development"])
def test_every_case_of_a_pattern_is_read_right(measure: ModuleType, name: str) -> None:
    wrong = []
    for rows in measure.load(measure.FILES[name]).values():
        if not rows[0]["pattern"]:
            continue
        found = measure.extract_targets(rows[0]["text"], rows[0]["lang"])
        pairs, surplus = measure.pair(rows, found)
        fields = ("kind", "operator", "value", "year")
        good = not surplus and all(t is not None and all(measure.same(f, r, t) for f in fields) for r, t in pairs)
        wrong += [] if good else [rows[0]["text"]]
    assert wrong == []
