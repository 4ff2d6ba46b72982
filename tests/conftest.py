"""Frozen numbers: our own results, kept so that a change is seen and explained in CHANGELOG.md."""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

FROZEN = Path(__file__).parent / "golden" / "frozen"
_LONG = ("tests/docs/", "tests/browser/", "tests/unit/study/", "tests/unit/border/", "tests/published/")
"""Where files that take minutes stand: begun first, so that no worker is alone with one at the end."""


_KEPT = pytest.StashKey[tempfile.TemporaryDirectory[str]]()


def pytest_configure(config: pytest.Config) -> None:
    """Let all runs of this session, those of other workers too, take up finished sections from one folder, empty at first.

    The key of a section is what it reads and the code on disk: a test that patches code must not run a study through this
    folder (``monkeypatch.delenv("ISTHMUS_WORK")``).
    """
    if not hasattr(config, "workerinput"):
        config.stash[_KEPT] = tempfile.TemporaryDirectory(prefix="isthmus-suite-")
        os.environ["ISTHMUS_WORK"] = config.stash[_KEPT].name


def pytest_unconfigure(config: pytest.Config) -> None:
    """Remove that folder."""
    if _KEPT in config.stash:
        del os.environ["ISTHMUS_WORK"]
        config.stash[_KEPT].cleanup()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the files that take longest first."""
    items.sort(key=lambda item: not item.nodeid.startswith(_LONG))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--freeze", action="store_true", help="Write frozen tables anew instead of comparing with them.")


@pytest.fixture
def frozen(request: pytest.FixtureRequest) -> Callable[[pd.DataFrame, str], None]:
    """Compare a table with the frozen one of that name: text exactly, numbers to 1e-6 relative."""

    def compare(frame: pd.DataFrame, name: str) -> None:
        path = FROZEN / f"{name}.csv"
        if request.config.getoption("--freeze"):
            path.parent.mkdir(parents=True, exist_ok=True)
            frame.to_csv(path, index=False, lineterminator="\n", float_format="%.9g")
            return
        assert path.exists(), f"{path.name} is not frozen yet: make golden"
        expected = pd.read_csv(path)
        assert list(frame.columns) == list(expected.columns)
        pd.testing.assert_frame_equal(
            frame.reset_index(drop=True), expected, check_dtype=False, rtol=1e-6, atol=1e-8, obj=f"frozen {name}"
        )

    return compare
