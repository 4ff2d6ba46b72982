"""Frames of results as development banks print them, project sheets, and pledges in rows of a name and prose."""

from isthmus.plans.document import Document, LeftOut
from isthmus.plans.plan import Kind, Target
from isthmus.plans.segment import blocks_of
from isthmus.readers.documents.plans import extract_document

Row = tuple[float | None, int | None, float | None, int | None]


def read(text: str) -> tuple[list[Target], list[LeftOut]]:
    found = extract_document(Document("frame.md", None, tuple(blocks_of(text))))
    return [t for t in found.targets if t.value is not None], list(found.left_out)


def rows(text: str) -> list[Row]:
    return [(t.value, t.year, t.base_value, t.base_year) for t in read(text)[0]]


def test_a_column_of_baselines_starts_the_targets_beside_it() -> None:
    table = "| Results | Indicators | Baselines | Plan Targets |\n|---|---|---|---|\n| More rice | Rice (tonnes) | 700 | 950 |\n"
    assert [row[::2] for row in rows(table)] == [(950.0, 700.0)]


def test_a_baseline_in_front_of_a_target_counts_for_more_than_the_current_value_behind_it() -> None:
    head = "| Objective | Outcomes and indicators | Areas |\n|---|---|---|\n"
    cell = (
        "Access to a tap increased from 41% in 2019 to 63% in 2031 Baseline: 41% (2019) Target: 63% (2031) "
        "Current Value: 52% (2025)"
    )
    assert set(rows(f"{head}| Better water | {cell} | Pipes |\n")) == {(63.0, 2031, 41.0, 2019)}
    assert {t.indicator for t in read(f"{head}| Better water | {cell} | Pipes |\n")[0]} == {"Access to a tap"}


def test_a_cell_that_opens_with_an_amount_of_money_is_what_something_costs() -> None:
    found, left = read(
        "| Better water | $880 million for 2027–2031, of which: green – 95% new – 40% |\n| Staff | Few |\n"
    )
    assert (found, [entry.text[:12] for entry in left]) == ([], ["Better water"])


PLEDGE = (
    "# Climate pledge 2026-2035\n\n| Aim of the long term | Lower emissions compared to the baseline year |\n"
    "| Baseline year | 2019 (the cuts are given against 1995 as well) |\n"
    "| Contribution (level of the cut) | The methane reduction target for 2035 is 14.2% compared to 2019 or 31% compared to "
    "1995. The conditional target (with more help) for 2035 is 18.4% compared to 2019. |\n"
)


def test_prose_beside_a_name_is_read_as_text_below_a_head_that_speaks_of_a_baseline() -> None:
    found = read(PLEDGE)[0]
    assert [(t.kind, t.value, t.year, t.base_year) for t in found] == [
        (Kind.CHANGE_PCT, -14.2, 2035, 2019), (Kind.CHANGE_PCT, -31.0, 2035, 1995), (Kind.CHANGE_PCT, -18.4, 2035, 2019),
    ]  # fmt: skip


def test_a_percentage_set_against_a_year_is_a_change_only_behind_one() -> None:
    first = "The noise reduction target for 2035 is 12% compared to 2019."
    second = "The target with help from abroad is 15% compared to 2019."
    kinds = [[t.kind for t in read(f"# Plan 2026-2035\n\n{text}")[0]] for text in (f"{first} {second}", second)]
    assert kinds == [[Kind.CHANGE_PCT] * 2, [Kind.LEVEL]]


def test_words_of_translations_lead_to_a_change_in_percent() -> None:
    said = (
        "We envisage a reduction of methane equivalent to 31% in relation to the amounts projected for 2035.",
        "The use of coal shall decrease for nearly 22% by 2035.",
        "The cut in methane by 9.8% until 2035 is compared to base-year (1995) emissions.",
    )
    found = read("# Plan 2026-2035\n\n" + "\n\n".join(said))[0]
    assert [(t.kind, t.value, t.base_year) for t in found] == [
        (Kind.CHANGE_PCT, -31.0, None), (Kind.CHANGE_PCT, -22.0, None), (Kind.CHANGE_PCT, -9.8, 1995),
    ]  # fmt: skip
    other = read("# Plan 2026-2035\n\nBy 2035 taxes less grants will account for 8.5% of the sum.")[0]
    assert [t.kind for t in other] == [Kind.LEVEL]


STEPS = "| Objective | Outcome | Indicator | Baseline | Targets {} | | |\n| | | | | Yr 1 | Yr 2 | Yr 3 |\n"


def test_an_outcome_with_a_figure_and_a_year_is_read_beside_the_values_of_its_row() -> None:
    row = "| More figs | By 2033, access to figs will rise from 45% to 80% of homes | Tons of figs | 12 | 14 | 17 | 19 |\n"
    found = rows(STEPS.format("2031-2033") + row)
    assert (80.0, 2033, 45.0, None) in found
    assert len(found) == len(rows(STEPS.format("2031-2033") + row.replace("By 2033, access", "Access"))) + 1


def test_a_share_of_something_is_no_change_behind_a_word_of_direction() -> None:
    text = "We envisage a reduction of methane equivalent to 30% in relation to the amounts of the scenario projected for 2035."
    assert [t.kind for t in read(f"# Plan 2026-2035\n\n{text}")[0]] == [Kind.CHANGE_PCT]
    text = "We envisage a reduction of costs equivalent to 3% of all outlays by 2035."
    assert [t.kind for t in read(f"# Plan 2026-2035\n\n{text}")[0]] == [Kind.LEVEL]
