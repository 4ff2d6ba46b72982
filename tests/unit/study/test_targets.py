"""A study can run on what its documents say; where that differs from the curated table is listed."""

from dataclasses import replace

import pytest

from isthmus.plans.plan import Kind, Target
from isthmus.study.targets import chosen_targets, target_table, targets_from

CURATED = Target(
    id="t1", partner="A", text="", lang="en", indicator="Forest cover", kind=Kind.LEVEL, operator=">=", value=25.0,
    unit="%", year=2030, base_value=24.0, base_year=2025, theme="environment", indicator_zh="森林覆盖率",
)  # fmt: skip
READ = replace(
    CURATED, id="doc-1", operator="=", value=26.0, base_value=None, base_year=None, indicator_zh="", theme=""
)
MISSED = replace(CURATED, id="t2", indicator="Robots per 10,000 workers", value=145.0, unit="robots")
EXTRA = replace(CURATED, id="doc-2", indicator="Ports deepened", value=7.0, unit="ports", kind=Kind.CUMULATIVE)


@pytest.mark.parametrize(
    ("origin", "values", "used"),
    [
        ("curated", {"t1": 25.0, "t2": 145.0}, {"curated", "none"}),
        ("extracted", {"t1": 26.0, "doc-2": 7.0}, {"extracted", "none"}),
        ("merge", {"t1": 26.0, "t2": 145.0, "doc-2": 7.0}, {"extracted", "curated"}),
    ],
)
def test_the_study_chooses_which_targets_it_works_with(origin, values, used):
    chosen, rows = chosen_targets((CURATED, MISSED), (READ, EXTRA), origin, 2030)
    assert {target.id: target.value for target in chosen} == values
    listed = {(row.target, row.field): row for row in rows.rows}
    assert listed["t1", "value"].curated == "25"
    assert listed["t1", "value"].extracted == "26"
    assert {("t1", "operator"), ("t2", "target"), ("doc-2", "target")} <= set(listed)
    assert ("t1", "base_value") not in listed
    assert {row.used for row in rows.rows} == used


def test_a_read_target_takes_names_and_base_of_the_curated_one():
    (first, *_), _ = chosen_targets((CURATED, MISSED), (READ, EXTRA), "merge", 2030)
    assert (first.id, first.indicator_zh, first.theme) == ("t1", "森林覆盖率", "environment")
    assert (first.value, first.base_value, first.base_year) == (26.0, 24.0, 2025)


def test_targets_survive_their_table():
    every = (CURATED, READ, replace(EXTRA, value=None, year=None, kind=Kind.QUALITATIVE, page=3))
    assert targets_from(target_table(every)) == every
