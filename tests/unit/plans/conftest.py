"""Shared paths of the tests of plans."""

from pathlib import Path

import pytest


@pytest.fixture
def data() -> Path:
    return Path(__file__).parents[2] / "data"
