"""The numbers of README's first screen are those of the frozen worked case."""

import re
from pathlib import Path

import pandas as pd
import pytest

ROOT = Path(__file__).resolve().parents[2]
NAMES = {"Russia": "RUS", "China": "CHN", "third economies together": "third"}
NUMBER = r"([+−]?[\d.]+)"
TOLD = re.compile(
    NUMBER
    + r" %\s+\("
    + NUMBER
    + " to "
    + NUMBER
    + r" %\)(?: of real income)? to (Russia|China|third economies together)"
)

TOLERANCE, OF_RANGE = 0.25, 0.06
"""README tells a thousand draws and two digits, the frozen table a fifth of them: shares of a number, and of the whole range."""


def told() -> dict[str, tuple[str, str, str]]:
    text = re.sub(r"\s+", " ", (ROOT / "README.md").read_text("utf-8"))
    return {NAMES[name]: (middle, low, high) for middle, low, high, name in TOLD.findall(text)}


def test_the_first_screen_speaks_of_both_partners_and_of_all_others() -> None:
    assert set(told()) == set(NAMES.values())


@pytest.mark.parametrize("economy", NAMES.values())
def test_the_value_of_alignment_is_the_frozen_one(economy: str) -> None:
    frame = pd.read_csv(ROOT / "tests/golden/frozen/worked_case_value.csv")
    chosen = frame.query("channel == 'all' and component == 'total' and support == 'both' and net and year == 2030")
    row = chosen.set_index("economy").loc[economy]
    for written, column in zip(told()[economy], ("median", "low", "high"), strict=True):
        digits = len(written.partition(".")[2])
        value = float(written.replace("−", "-"))
        near = max(10.0**-digits, TOLERANCE * abs(row[column]), OF_RANGE * (row["high"] - row["low"]))
        assert abs(value - row[column]) <= near, (written, row[column])


def test_what_stays_old_is_gone() -> None:
    assert "200 draws" not in (ROOT / "README.md").read_text("utf-8")
