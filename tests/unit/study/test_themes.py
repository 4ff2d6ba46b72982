"""A target has one theme in every chapter: its own, else the field of what its statement speaks of."""

from dataclasses import replace

import pytest

from isthmus.alignment.match import Matcher
from isthmus.plans.plan import Kind, Target
from isthmus.readers.alignment.matcher import load_matcher
from isthmus.study.themes import with_fields

TARGET = Target(
    id="t", partner="AAA", text="Build 20 new checkpoints at the border and extend customs clearance.", lang="en",
    indicator="checkpoints", kind=Kind.LEVEL, operator="=", value=20.0, unit="checkpoints", year=2030, theme="",
)  # fmt: skip


@pytest.fixture
def matcher() -> Matcher:
    return load_matcher("base")


def test_a_target_without_a_theme_takes_the_field_of_its_objects(matcher: Matcher) -> None:
    assert [target.theme for target in with_fields([TARGET], matcher)] == ["border"]


def test_a_theme_of_the_taxonomy_stays(matcher: Matcher) -> None:
    assert with_fields([replace(TARGET, theme="trade")], matcher)[0].theme == "trade"


def test_without_a_matcher_nothing_is_added() -> None:
    assert with_fields([TARGET], None) == [TARGET]
