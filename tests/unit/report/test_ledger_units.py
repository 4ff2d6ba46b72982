"""Numbers of the ledger and of targets on their course stand with their unit in the reader's language."""

import pytest
from blank import row, section

from isthmus.report.blocks import Cell, Grid
from isthmus.report.chapters.evidence import chapter
from isthmus.report.locale import NO_BREAK, Translator
from isthmus.report.tracked import ToldTracking
from isthmus.study.evidence import EvidenceSection, LedgerRow
from isthmus.study.section import table
from isthmus.study.station import Findings
from isthmus.study.tracking import StatusRow, TrackingSection

COST, RATE, OTHER = (
    row(LedgerRow, name=name, unit=unit, value=2.5, low=1.0, high=5.0, status="assumed", description=name)
    for name, unit in (("a", "million USD of 2024 per year"), ("b", "percent"), ("c", "sheep per yurt"))
)


@pytest.mark.parametrize(
    ("language", "cost", "ends"),
    [
        ("en", "2.5 million USD of 2024 a year", "1 to 5"),
        ("ru", "2,5 млн долл. 2024 года в год", "от 1 до 5"),
        ("zh", "250万美元/年（2024年价）", "100 至 500"),
    ],
)
def test_units_of_the_ledger_are_told_in_the_language(language: str, cost: str, ends: str) -> None:
    made = chapter(
        section(EvidenceSection, ledger=table(LedgerRow, [COST, RATE, OTHER])), Findings({}), Translator(language)
    )
    (grid,) = (block for block in made.blocks if isinstance(block, Grid) and block.csv == "ledger")
    cells = {cell[0].title: cell for cell in grid.rows if isinstance(cell[0], Cell)}
    assert isinstance(cells["a"][1], Cell)
    assert (cells["a"][1].text, cells["a"][2]) == (cost, ends)
    assert [(name, cells[name][1].lang) for name in "abc"] == [("a", ""), ("b", ""), ("c", "en")]


@pytest.mark.parametrize(("language", "mass"), [("en", "714.9 million t"), ("ru", "714,9 млн т"), ("zh", "7.15亿吨")])
def test_a_mass_on_its_course_is_told_in_tonnes(language: str, mass: str) -> None:
    told = ToldTracking(section(TrackingSection), Translator(language))
    assert told.value(7.149e11, row(StatusRow, unit="kg"), kind="level").replace(NO_BREAK, " ") == mass
