"""Can it be believed: the tornado agrees with the list beside it, others' results, the past, and known errors."""

from dataclasses import replace

import pytest
from report_sample import PAST, evidence, findings, trade, value

from isthmus.report.belief import by_status, estimates, known_wrong, past, tornado
from isthmus.report.blocks import Cell
from isthmus.report.locale import LANGUAGES, Translator
from isthmus.report.sureness import LISTED, needed
from isthmus.report.worth import Worth
from isthmus.study.evidence import EstimateRow, EvidenceSection, RetrodictionRow
from isthmus.study.section import table
from isthmus.study.value import ValueRow
from isthmus.study.weights import AssumptionRow


def estimate(**changes: object) -> EstimateRow:
    known: dict[str, object] = {
        "id": "other",
        "authors": "Nobody",
        "year": 2020,
        "address": "",
        "simulated": "No tariffs",
        "measure": "welfare",
        "whom": "Aland",
        "low": 1.0,
        "high": 2.5,
        "unit": "%",
        "status": "verified",
        "note": "",
    }
    return EstimateRow(**{**known, **changes})  # type: ignore[arg-type]


def with_estimates(*rows: EstimateRow) -> EvidenceSection:
    return replace(evidence(), estimates=table(EstimateRow, rows))


@pytest.mark.parametrize("language", LANGUAGES)
def test_chart_and_list_show_the_same_numbers_in_the_same_order(language: str) -> None:
    text = Translator(language)
    figure = tornado(value(), findings(), text)
    listed = needed(Worth(value(), trade(), text), findings(), text)
    assert figure is not None
    assert listed is not None
    drawn = list(dict.fromkeys(figure.twin[text.of("evidence.column", "row")]))
    assert len(drawn) == len(listed.rows) == LISTED
    for name, row in zip(drawn, listed.rows, strict=True):
        assert name in str(row[0])
    assert drawn[0] in figure.title


def test_the_tornado_counts_from_the_central_value_in_percent_and_holds_zero() -> None:
    text = Translator("en")
    row = AssumptionRow("only", "BBB", 1, "assumed", "wedge", 0.438, 0.876, 0.438)
    figure = tornado(replace(value(), assumptions=table(AssumptionRow, [row])), findings(), text)
    assert figure is not None
    ends = figure.twin.iloc[0]
    assert ends[text.of("evidence.column", "low")] == pytest.approx(-25.0)
    assert ends[text.of("evidence.column", "high")] == pytest.approx(50.0)
    assert tornado(replace(value(), assumptions=table(AssumptionRow)), findings(), text) is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_statuses_add_up_to_all_numbers(language: str) -> None:
    text = Translator(language)
    grid = by_status(evidence(), text)
    assert sum(int(str(row[1])) for row in grid.rows) == len(evidence().ledger)
    assert "6" in grid.title
    assert "24" in grid.title


def test_results_of_others_stand_beside_this_run_with_unit_and_status() -> None:
    text = Translator("en")
    rows = [
        estimate(),
        estimate(id="point", low=0.4, high=0.4, status="unverified"),
        estimate(id="money", low=186.0, high=186.0, unit="billion USD a year"),
        estimate(id="unknown", low=None),
    ]
    grid = estimates(with_estimates(*rows), value(), text)
    assert grid is not None
    told = [str(row[3]).replace("\u00a0", " ") for row in grid.rows]
    assert len(told) == 2 + 3, "both sides of this run, and those with a number"
    assert told[2:] == ["1.00 to 2.50 %", "0.40 %", "186 billion USD a year"]
    tags = [row[0].tag for row in grid.rows if isinstance(row[0], Cell)]
    assert tags == ["", "", "", text.of("common.status", "unverified"), ""]
    assert estimates(evidence(), value(), text) is None


def test_what_others_did_is_told_in_the_language_of_the_page_where_the_file_has_it() -> None:
    for language, said, lang in (("ru", "Пошлин нет", ""), ("zh", "No tariffs", "en"), ("en", "No tariffs", "en")):
        grid = estimates(with_estimates(estimate()), None, Translator(language))
        assert grid is not None
        cell = grid.rows[0][1]
        assert isinstance(cell, Cell)
        assert (cell.text, cell.lang) == (said, lang)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_past_counts_right_directions_and_where_a_plain_rule_is_nearer(language: str) -> None:
    text = Translator(language)
    right = RetrodictionRow("new", "entering", "tariff", 2000, 2003, 5, 10.0, 8.0, 0.8, 0.1, 0.05, 0.2)
    figure = past(replace(evidence(), retrodiction=table(RetrodictionRow, [*PAST, right])), text)
    assert figure is not None
    assert figure.title == text("evidence.trial_title", right=1, n=2, worse=1)
    assert len(figure.twin) == 4
    assert past(replace(evidence(), retrodiction=table(RetrodictionRow, PAST[1:])), text) is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_known_errors_carry_their_size(language: str) -> None:
    text = Translator(language)
    items = known_wrong(evidence(), Worth(value(), trade(), text), text).items
    assert text("evidence.wrong.unverified", n=6) in items
    assert any(text.number(0.36, 2) in item and text.number(0.16, 2) in item for item in items)
    assert len(items) == 4


@pytest.mark.parametrize(("both", "every", "key"), [(9.0, 9.0, "cost"), (0.0, 9.0, "cost_alone"), (0.0, 0.0, "")])
def test_it_is_told_of_which_measures_no_cost_is_known(both: float, every: float, key: str) -> None:
    text, shares = Translator("en"), {"both": both, "joint": every}
    rows = [replace(row, unknown_cost_pct=shares.get(row.support, 0.0)) for row in value().value.rows]
    worth = Worth(replace(value(), value=table(ValueRow, rows)), trade(), text)
    items = known_wrong(evidence(), worth, text).items
    told = {name for name in ("cost", "cost_alone") if text.of("evidence.wrong", name) in items}
    assert told == ({key} if key else set())
