"""Start values that are of another kind than the value due, or a bound; what stands in front of the name of a row."""

import pytest

from isthmus.plans.document import Document
from isthmus.plans.plan import Target
from isthmus.plans.segment import blocks_of
from isthmus.readers.documents.plans import extract_document


def targets(*lines: str, above: str = "") -> list[Target]:
    head, *body = (f"| {line} |" for line in lines)
    text = "\n".join([*([above, ""] if above else []), head, "|" + "---|" * (head.count("|") - 1), *body]) + "\n"
    found = extract_document(Document("plan.md", None, tuple(blocks_of(text))), reported=2025).targets
    return [t for t in found if t.value is not None]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("Quarries restored | 10 % have a plan for it | 20", (20.0, None)),
        ("Quarries restored | 13 quarries | 50 % of all", (50.0, None)),
        ("Quarries restored | 13 quarries | 50", (50.0, 13.0)),
        ("Quarries restored | 10 % have a plan for it | 20 %", (20.0, 10.0)),
        ("Quarries restored, % | 10 % of those in use | 20", (20.0, 10.0)),
        ("Quarries with a plan, % | 10 % have one | 20", (20.0, 10.0)),
        ("Share of quarries restored | 10 % | 20", (20.0, 10.0)),
    ],
)
def test_a_percentage_is_no_start_of_a_number_of_things(row: str, expected: tuple[float, float | None]) -> None:
    (target,) = targets("Indicator | Baseline 2025 | Target 2031", row)
    assert (target.value, target.base_value) == expected


@pytest.mark.parametrize(
    ("start", "due", "expected"),
    [
        ("<40%", "<35%", ("<", 35.0, 40.0, "down")),
        ("≥ 40%", "> 45%", (">", 45.0, 40.0, "up")),
        ("<40%", "35%", ("=", 35.0, None, "")),
    ],
)
def test_a_bound_is_the_start_of_a_bound(start: str, due: str, expected: tuple[object, ...]) -> None:
    (target,) = targets("Indicator | 2025 | 2031", f"Share of the largest quarry | {start} | {due}")
    assert (target.operator, target.value, target.base_value, target.direction) == expected


def test_a_long_name_in_front_of_a_row_is_not_that_of_the_row_above() -> None:
    long = "Survey the quarries of the northern and the southern shore, and name those that can be restored within the term"
    found = targets(
        "Action | Indicator | Target 2031",
        "Restore quarries | Quarries restored | 20",
        " | Quarries planted | 12",
        f"{long} | Quarries surveyed | 90",
    )
    assert [t.objective for t in found[:2]] == ["Restore quarries", "Restore quarries"]
    assert found[2].objective.startswith("Survey the quarries")


def test_a_chinese_cell_that_opens_with_a_verb_gives_a_growth() -> None:
    (target,) = targets("指标 | 2031年", "工业增加值年均增速 | 力争达到5%左右")
    assert (target.kind, target.operator, target.value, target.direction) == ("growth", "~", 5.0, "up")


def test_a_line_of_reductions_makes_changes_of_a_table_in_which_one_row_goes_the_other_way() -> None:
    found = targets(
        "Sector | 2031 | 2036",
        "Quarries | 30% | 56%",
        "Barges | 3.3% increase | 96%",
        above="In addition, sectoral dust reduction targets – compared to 2025 – are as follows:",
    )
    assert [(t.kind, t.value) for t in found] == [("change_pct", v) for v in (-30.0, -56.0, 3.3, -96.0)]
    assert all(t.indicator.startswith("sectoral dust reduction") for t in found)


@pytest.mark.parametrize(
    ("name", "kind", "value"),
    [
        ("% lower secondary schools have a well", "level", 90.0),
        ("Lower primary completion rate (%)", "level", 90.0),
        ("Lower the dropout rate (%)", "change_pct", -90.0),
    ],
)
def test_a_lower_level_of_schools_is_no_fall(name: str, kind: str, value: float) -> None:
    (target,) = targets("Indicator | Target 2031", f"{name} | 90 %")
    assert (target.kind, target.value) == (kind, value)
