"""What only looks like a target in English plans: stages, scales, terms, what others did; and merged cells told once."""

import pytest

from isthmus.plans.document import Document, DocumentBlock
from isthmus.readers.documents.plans import extract_document, extract_targets

Row = tuple[str, str, float, int | None, int | None, float | None, str]


def rows(text: str) -> list[Row]:
    found = extract_targets(text, with_words=False, reported=2024)
    return [(t.kind.value, t.operator, t.value or 0.0, t.year, t.base_year, t.base_value, t.direction) for t in found]


@pytest.mark.parametrize(
    "text",
    [
        "- Years 2-3: Extend the pilot to all towns and review the rules.",
        "- Months 7–12: Publish the register.",
        "Use the powers of Schedules 5-9 that already give towns a say over schools.",
        "Case study: Westland raised the share of users to 74% by 2020.",
        "Real-World Evidence: Norland's 2009 reform doubled enrolment, reaching 97% by 2018.",
        "The Trust Fund has undertaken 712 projects with investment of 410 million USD to carry out the plan.",
        "Nearly 80% of our people actively use the portal, which puts us in front.",
        "Around a third of these lessons focus on maps.",
        "However, while contributing less than 0.3% of world emissions, the country wants to act.",
    ],
)
def test_stages_provisions_and_what_others_did_are_no_targets(text: str) -> None:
    assert rows(text) == []


def test_about_a_share_that_is_still_to_come_is_a_target() -> None:
    assert rows("Around 60% of homes will have a tap by 2030.") == [("level", "~", 60.0, 2030, None, None, "")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Survey of drivers: 3.2 (1-5 scale, 1 being best and 5 worst) by 2031.",
            [("level", "=", 3.2, 2031, None, None, "")],
        ),
        (
            "Farmland commits to reducing its gas emissions by 32% of 2012 by 2028, with a reduction of 41% of 2012 by 2031.",
            [
                ("change_pct", "=", -32.0, 2028, 2012, None, "down"),
                ("change_pct", "=", -41.0, 2031, 2012, None, "down"),
            ],
        ),
        (
            "The country aims at a cut of emissions by 6% by 2031 equivalent to 11 MtCO2e in power.",
            [
                ("change_pct", "=", -6.0, 2031, None, None, "down"),
                ("change_abs", "=", -11.0, 2031, None, None, "down"),
            ],
        ),
        (
            "By the repair of boilers, about 108 MtCO2e will be reduced by 2031.",
            [("change_abs", "~", -108.0, 2031, None, None, "down")],
        ),
    ],
)
def test_notes_of_scales_starts_and_amounts_of_cuts(text: str, expected: list[Row]) -> None:
    assert rows(text) == expected


def test_a_share_of_the_target_achieved_is_no_start_value() -> None:
    table = "| Measure | 2026 Target | % Achieved |\n| --- | --- | --- |\n| Pupils in nurseries | 81% | 71.2% |"
    assert rows(table) == [("level", "=", 81.0, 2026, None, None, "")]


def test_the_term_of_a_work_is_no_value() -> None:
    table = "| Measure | Baseline | Target |\n| --- | --- | --- |\n| Rail to Norport | 12 | 2026-2031 |\n| Wells | 14 | 20 |"
    assert [row[2] for row in rows(table)] == [20.0]


def test_a_cell_merged_over_several_rows_tells_its_words_once() -> None:
    words = "Increase the share of homes with a meter to 64% by 2031. Raise the output of the wells by 35 MW by 2029."
    names = ("Repair of the mains", "Rules on tariffs", "Audits")
    table = [["Measures", "Targets"], *([name, words] for name in names)]
    block = DocumentBlock("table", "", rows=table)
    found = extract_document(Document("", None, (block,)), reported=2024)
    assert [(t.value, t.year) for t in found.targets] == [(64.0, 2031), (35.0, 2029)]
    assert not any("Repair" in t.indicator for t in found.targets)
    assert not found.left_out
    numbered = [["No.", "Measures", "Targets"], *([f"1.{i}", name, words] for i, name in enumerate(names))]
    alike = extract_document(Document("", None, (DocumentBlock("table", "", rows=numbered),)), reported=2024)
    assert [t.value for t in alike.targets] == [64.0, 35.0] * len(names), (
        "rows with numbers of their own say the same twice"
    )


def test_a_label_within_a_cell_dates_what_follows_it() -> None:
    cell = (
        "2027 target: Reduce waste to landfill per person by 18% 2031 targets: • Reduce use of water at home to 125 litres"
        " per person • Reduce waste to landfill by 27%"
    )
    block = DocumentBlock("table", "", rows=[["", "Initiatives", "Targets"], ["a", "A city that wastes less", cell]])
    found = extract_document(Document("", None, (block,)), reported=2024)
    assert [(t.value, t.year) for t in found.targets] == [(-18.0, 2027), (125.0, 2031), (-27.0, 2031)]
