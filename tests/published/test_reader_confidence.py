"""The confidence of rows is what the first readings of marked plans make it, and holds on sets that a fit did not see."""

import re
import sys
from pathlib import Path

import pandas as pd
import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))

import calibrate_reader  # noqa: E402
from isthmus.plans.confidence import INTERCEPT  # noqa: E402
from isthmus.readers.documents.lexicon import read_lexicon  # noqa: E402


@pytest.fixture(scope="module")
def rows() -> pd.DataFrame:
    return pd.read_csv(calibrate_reader.ROWS)


@pytest.fixture(scope="module")
def signs() -> list[str]:
    return [name for name in read_lexicon().confidence if name != INTERCEPT]


def test_the_weights_are_those_of_the_first_readings(rows: pd.DataFrame, signs: list[str]) -> None:
    assert calibrate_reader.weighed(rows, signs).to_dict() == pytest.approx(dict(read_lexicon().confidence), abs=0.011)


def test_rows_of_unseen_sets_are_right_as_often_as_expected(rows: pd.DataFrame, signs: list[str]) -> None:
    by_row, by_document = calibrate_reader.measured(rows, signs)
    assert (by_row["expected"] - by_row["right"]).abs().max() < 0.08
    assert by_row["right"].is_monotonic_increasing
    assert by_document["right"].iloc[-1] - by_document["right"].iloc[0] > 0.35
    assert (by_document["expected"] - by_document["right"]).abs().max() < 0.1


def test_the_explanation_prints_the_bands(rows: pd.DataFrame, signs: list[str]) -> None:
    text = (ROOT / "docs/explanation/plans.md").read_text("utf-8")
    printed = re.findall(r"^\| ([\d.]+) to ([\d.]+) \| ([\d,]+) \| ([\d.]+) \| ([\d.]+) \|$", text, re.MULTILINE)
    made = [
        (f"{band.left:g}", f"{band.right:g}", f"{row['cases']:,.0f}", f"{row['expected']:.2f}", f"{row['right']:.2f}")
        for table in calibrate_reader.measured(rows, signs)
        for band, row in table.iterrows()
    ]
    assert printed == made
