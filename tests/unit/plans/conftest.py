"""Shared paths of the tests of plans."""

from pathlib import Path

import pytest


@pytest.fixture
def data() -> Path:
    return Path(__file__).parents[2] / "data"


@pytest.fixture(autouse=True)
def _in_2026(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read undated statements as in 2026, whatever the clock says."""
    monkeypatch.setattr("isthmus.readers.documents.plans.this_year", lambda: 2026)
