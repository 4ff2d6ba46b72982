"""The chapter on words and economics names statements in the language of its reader."""

from dataclasses import replace

import pytest
from blank import row, section

from isthmus.report.blocks import Cell, Grid, Paragraph
from isthmus.report.chapters.relations import chapter
from isthmus.report.locale import Translator
from isthmus.study.alignment import AlignmentSection
from isthmus.study.relations import RelationRow, RelationsSection
from isthmus.study.section import table
from isthmus.study.station import Findings

PAIR = row(
    RelationRow, pair="AAA-BBB", left="a1", right="b1", left_object="grain", right_object="wheat", relation="same",
    economic="unpriced", why="no_object",
)  # fmt: skip
TEXTS = {"a1": {"en": "Grow grain.", "ru": "Растить зерно."}, "b1": {"en": "Grow wheat."}}


def test_money_of_a_priced_pair_stands_below_its_statements() -> None:
    priced = replace(PAIR, economic="complementary", by="growth", why="")
    relations = section(RelationsSection, partners=("AAA", "BBB"), relations=table(RelationRow, [priced]))
    made = chapter(relations, Findings(), Translator("en"))
    grid = next(block for block in made.blocks if isinstance(block, Grid) and block.csv == "relations")
    assert min(grid.numeric) >= len(grid.shares) > 0, "eleven columns have no room side by side"


@pytest.mark.parametrize(
    ("language", "named"),
    [("en", [("grain", "en"), ("wheat", "en")]), ("ru", [("Растить зерно.", "ru"), ("wheat", "en")])],
)
def test_statements_are_named_in_the_language_where_they_stand_in_it(
    language: str, named: list[tuple[str, str]]
) -> None:
    relations = section(RelationsSection, partners=("AAA", "BBB"), relations=table(RelationRow, [PAIR]))
    findings = Findings({"alignment": section(AlignmentSection, statement_texts=TEXTS)})
    made = chapter(relations, findings, Translator(language))
    (grid,) = (block for block in made.blocks if isinstance(block, Grid) and block.rows)
    cells = [cell for cell in grid.rows[0] if isinstance(cell, Cell)]
    assert [(cell.text, cell.lang) for cell in cells] == named
    assert [cell.sentence for cell in cells] == [cell.text.endswith(".") for cell in cells]


def test_pairs_of_one_sector_count_as_one_effect_and_differences_are_counted() -> None:
    priced = [
        row(RelationRow, pair="AAA-BBB", left=left, right="b", relation="conflict", economic=economic, by="growth",
            sectors=sectors, left_effect=effect, right_effect=-2.0, agree=agree)
        for left, sectors, effect, economic, agree in (
            ("a", "steel", 3.0, "mixed", False), ("b", "steel", 3.0, "mixed", False), ("c", "steel", -3.0, "competing", True),
            ("d", "coal", -3.0, "competing", True),
        )
    ]  # fmt: skip
    relations = section(RelationsSection, partners=("AAA", "BBB"), relations=table(RelationRow, priced))
    blocks = chapter(relations, Findings(), Translator("en")).blocks
    assert any(
        "the 4 priced pairs hold 3 different effects" in block.text for block in blocks if isinstance(block, Paragraph)
    )
    first = next(block for block in blocks if isinstance(block, Grid))
    assert first.title == "4 priced pairs; in 2 words and economics differ"
