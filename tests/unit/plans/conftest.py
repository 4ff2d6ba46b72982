"""Shared paths of the tests of plans."""

from collections.abc import Sequence
from pathlib import Path

import pytest


@pytest.fixture
def data() -> Path:
    return Path(__file__).parents[2] / "data"


@pytest.fixture(autouse=True)
def _in_2026(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read undated statements as in 2026, whatever the clock says."""
    monkeypatch.setattr("isthmus.readers.documents.plans.this_year", lambda: 2026)


@pytest.fixture(autouse=True)
def _rules_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the rules to themselves: what is tested here is invented and short, and the model knows sentences of documents."""
    monkeypatch.setattr("isthmus.readers.documents.aims.PackagedClassifier.__call__", _not_asked)


def _not_asked(self: object, before: str, text: str, places: Sequence[int]) -> list[None]:
    return [None for _ in places]
