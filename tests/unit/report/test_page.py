import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Any

import pandas as pd
import pytest
import report_sample as sample

from isthmus.core.errors import BadInputError
from isthmus.report.assets import asset
from isthmus.report.blocks import Cards, Cell, Chapter, Columns, Figure, Folded, Grid, Paragraph, Points, Stack
from isthmus.report.locale import LANGUAGES, Translator
from isthmus.report.page import collect, file_name, render
from isthmus.study.registry import STATIONS
from isthmus.study.section import Help, Section, Table, key, table
from isthmus.study.station import Findings
from isthmus.study.trade import ThirdRow
from isthmus.study.value import CostRow, ValueRow, ValueSection

LARGEST_REPORT = 2_000_000


@dataclass(frozen=True)
class WordRow:
    """A word."""

    number: Annotated[int, key("number")]
    word: Annotated[str, key("word")]


@dataclass(frozen=True, kw_only=True)
class WordSection(Section):
    """Words."""

    words: Annotated[Table[WordRow], Help("words")]


def told(count: int, word: str) -> Findings:
    return Findings({"words": WordSection(words=table(WordRow, (WordRow(i, word) for i in range(count))))})


@pytest.fixture(scope="module", params=LANGUAGES)
def page(request: pytest.FixtureRequest) -> str:
    findings = sample.findings()
    chapters = collect(findings, request.param)
    return render(findings, [chapters[0], sample.gallery(), *chapters[1:]], request.param, LANGUAGES)


def without_scripts(page: str) -> str:
    return re.sub(r"<script.*?</script>|<style.*?</style>", "", page, flags=re.DOTALL)


def test_the_page_is_small_enough_and_whole(page: str) -> None:
    assert len(page.encode()) < LARGEST_REPORT
    assert page.count("<h1>") == 1
    assert page.count("<script") == page.count("</script>")
    assert re.search(r"<html lang=\"(en|ru|zh)\">", page)


def test_the_page_names_no_other_place(page: str) -> None:
    body = without_scripts(page)
    places = re.findall(r"(?:src|href|action|srcset|poster)=\"([^\"]*)\"", body)
    allowed = ("#", "data:text/csv", "report", "tables/")
    assert places
    assert [p for p in places if not p.startswith(allowed)] == []
    assert "default-src 'none'" in page


def test_every_figure_has_claim_label_source_table_and_download(page: str) -> None:
    figures = re.findall(r"<figure.*?</figure>", page, flags=re.DOTALL)
    assert len(figures) >= 8
    for figure in figures:
        assert re.search(r"<figcaption>\s*<h\d", figure)
        assert re.search(r'role="img" aria-label="[^"]{15,}"', figure)
        assert '<p class="source">' in figure
        assert "<table>" in figure
        assert "data:text/csv" in figure


@pytest.mark.parametrize(
    ("columns", "numeric", "stacked"),
    [(("statement", "theme"), (), True), (("equation", "residual"), (1,), False), (("a", "b", "c"), (2,), True)],
)
def test_a_table_becomes_cards_on_a_phone_unless_it_is_a_name_beside_its_number(
    columns: tuple[str, ...], numeric: tuple[int, ...], stacked: bool
) -> None:
    table = Grid("t", columns, [["x"] * len(columns)], numeric)
    made = render(Findings(), [Chapter("c", "c", "c", "", [table])], "en")
    assert ('class="block grid deal"' in made) is stacked


def test_columns_without_a_share_of_the_width_stand_below_the_others_and_empty_ones_nowhere() -> None:
    table = Grid("t", ["object", "side", "reason", "money"], [["gas", "said", "why", ""]], shares=(3, 5))
    made = render(Findings(), [Chapter("c", "c", "c", "", [table])], "en")
    assert 'grid deal broad" style="--share1:3;--share2:5;"' in made
    assert re.findall(r'<td class="(below[^"]*)" data-label="(\w+)"', made) == [
        ("below", "reason"), ("below empty", "money"),
    ]  # fmt: skip
    assert made.count('<th scope="col" class="below">') == 2


def test_numbers_that_stand_below_keep_their_place_on_a_phone() -> None:
    table = Grid("t", ["object", "side", "money"], [["gas", "said", "3"]], numeric=(2,), shares=(3, 5))
    made = render(Findings(), [Chapter("c", "c", "c", "", [table])], "en")
    assert '<td class="below number" data-label="money">' in made


def test_a_folded_part_that_a_chart_opens_has_its_name_in_the_page() -> None:
    parts = [Folded("s", [Paragraph("p")], "behind"), Folded("s", [Paragraph("p")])]
    made = render(Findings(), [Chapter("c", "c", "c", "", parts)], "en")
    assert made.count('<details class="folded" id="behind"><summary>') == 1
    assert made.count('<details class="folded"><summary>') == 1


def test_text_of_findings_is_escaped(page: str) -> None:
    body = without_scripts(page)
    assert "&lt;/script&gt; included" in body
    assert "more bilateral trade &lt;b&gt;x&lt;/b&gt;" in body


def test_quotations_carry_their_language(page: str) -> None:
    assert '<span lang="zh">研发经费年均增长7%以上</span>' in page


def test_no_percent_sign_can_be_parted_from_its_number(page: str) -> None:
    shown = re.sub(r"<[^>]*>", "|", without_scripts(page))
    assert not re.search(r"\d %", shown)


def brief(language: str = "en", findings: Findings | None = None) -> Chapter:
    return collect(findings or sample.findings(), language)[0]


def blocks_of(chapter: Chapter, kind: type) -> list[Any]:
    def inside(blocks: Sequence[Any]) -> Iterator[Any]:
        for block in blocks:
            yield from inside(block.blocks) if isinstance(block, Columns | Stack) else [block]

    return [block for block in inside(chapter.blocks) if isinstance(block, kind)]


def with_values(rows: list[ValueRow]) -> Findings:
    findings = sample.findings()
    return Findings({**findings.sections, "value": replace(findings[ValueSection], value=table(ValueRow, rows))})


def test_the_headline_is_the_median_net_of_cost_in_percent_and_money() -> None:
    title = brief().title
    assert "+0.043\u00a0% (+8 billion USD a year) in Aland" in title.replace(" %", "\u00a0%")
    assert "+0.58\u00a0% (+12 billion USD a year) in Beria" in title.replace(" %", "\u00a0%")
    assert "zero" not in title


def test_the_headline_says_where_zero_lies_inside() -> None:
    rows = [
        replace(r, low=-0.1) if (r.economy, r.net, r.component) == ("BBB", True, "total") else r
        for r in sample.worths()
    ]
    assert "in Beria, a range that includes zero" in brief(findings=with_values(rows)).title


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_measures_are_those_worth_most_money_to_both(language: str) -> None:
    (grid,) = blocks_of(brief(language), Grid)
    assert [str(row[0]).split(" ")[-1] for row in grid.rows] == ["papers", "gate", "road"]
    written = {"en": ["+900", "+1,000", "400"], "ru": ["+900", "+1\u00a0000", "400"]}
    assert grid.rows[0][1:4] == written.get(language, ["+9.0", "+10", "4.0"]), "亿美元 in Chinese, as at the top"
    assert grid.rows[1][3] == Translator(language)("answer.cost_unknown"), "an unknown cost is no cost of 0"


def test_third_economies_are_counted_by_their_whole_range() -> None:
    third = blocks_of(brief(), Cards)[0].cards[2]
    each = [r for r in sample.worths() if r.economy.startswith("T")]
    expected = [sum(r.low > 0 for r in each), sum(r.high < 0 for r in each), sum(r.low <= 0 <= r.high for r in each)]
    (counted,) = [row for row in third.rows if row[0] == f"of {len(each)} economies and regions"]
    assert [int(number) for number in re.findall(r"\d+", counted[1])] == expected


def test_who_loses_most_is_named_in_money_and_for_its_size() -> None:
    trade = sample.trade()
    known = {row.economy: row for row in trade.third_economies.rows}
    rows = [replace(row, real_income_musd=-90.0, real_income_musd_low=-120.0, real_income_musd_high=-60.0)
            if row.economy == "T15" else row for row in known.values()]  # fmt: skip
    found = sample.findings()
    found.sections["trade"] = replace(trade, third_economies=table(ThirdRow, rows))
    third = blocks_of(brief(findings=found), Cards)[0].cards[2]
    told = {row[0]: [part.replace("\u00a0", " ") for part in row[1:]] for row in third.rows}
    assert told["one of the largest losses, million USD a year"] == ["Third 15 −90", "−120 … −60"]
    assert told["largest loss for its size"][0].startswith("Third 21 −0.04")
    assert list(told)[-2:] == ["one of the largest losses, million USD a year", "largest loss for its size"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_plan_alone_stands_in_its_card_and_where_its_central_run_differs_the_card_says_so(language: str) -> None:
    """A median and a central run of opposite signs both show; a gain that the draws have and the central run has not says why."""
    text = Translator(language)
    rows = [
        replace(r, central={"AAA": 0.0, "BBB": -0.05}[r.economy]) if r.component == "own" else r
        for r in sample.worths()
    ]
    given = with_values(rows)
    value = given.sections["value"]
    costs = [
        CostRow(code, "own", "all", 2030, 0.2, median, 1.5, central, 0.0)
        for code, central, median in (("AAA", 0.0, 0.1), ("BBB", 1.37, 0.88))
    ]
    given.sections["value"] = replace(value, costs=table(CostRow, costs))
    first, second, third = blocks_of(brief(language, findings=given), Cards)[0].cards
    for card in (first, second):
        told = {row[0]: row[1] for row in card.rows}
        assert told[text("answer.row.own_gross")] == text.percent(1.1, signed=True)
        assert told[text("answer.row.own_net")] == text.percent(0.1, signed=True)
    assert text("answer.own_floor") in first.note
    told_of_second = text(
        "answer.own_turns",
        net=text.percent(-0.05, signed=True),
        central=text.percent(1.37, 2),
        median=text.percent(0.88, 2),
    )
    assert second.note.startswith(told_of_second)
    assert not any(row[0] == text("answer.row.own_net") for row in third.rows)


def test_what_the_plans_of_others_bring_stands_in_every_card() -> None:
    """The effect of plans before any agreement may be larger than that of agreeing, and of the other sign."""
    made = [
        replace(r, component="spillover", support="all", low=-0.2, median=-0.1, high=-0.05)
        for r in sample.worths()
        if r.component == "total" and r.support == "both" and r.net and r.economy in ("AAA", "BBB", "third")
    ]
    cards = blocks_of(brief(findings=with_values([*sample.worths(), *made])), Cards)[0].cards
    for card, term in zip(cards, ("from the other’s plan alone",) * 2 + ("from the plans alone",), strict=True):
        assert next(row for row in card.rows if row[0] == term)[1].startswith("−0.1")


@pytest.mark.parametrize(("central", "told"), [(0.2, True), (-0.2, False), (0.0, False)])
def test_a_card_says_where_the_plans_of_others_turn_at_central_values(central: float, told: bool) -> None:
    made = [
        replace(r, component="spillover", support="all", low=-0.2, median=-0.1, high=0.3, central=central)
        for r in sample.worths()
        if (r.component, r.support, r.net, r.economy) == ("total", "both", True, "AAA")
    ]
    card = blocks_of(brief(findings=with_values([*sample.worths(), *made])), Cards)[0].cards[0]
    assert ("the other’s plan gives +0.2" in card.note) == ("the other’s plan" in card.note) == told


def test_a_gain_is_no_largest_loss() -> None:
    rows = [replace(r, low=0.1, median=0.2, high=0.3) if r.economy.startswith("T") else r for r in sample.worths()]
    third = blocks_of(brief(findings=with_values(rows)), Cards)[0].cards[2]
    assert not any("largest loss" in row[0] for row in third.rows)
    assert "No third economy loses" in blocks_of(brief(findings=with_values(rows)), Points)[0].items[0]


def test_no_economy_is_named_as_gaining_or_losing_most_whose_sign_cannot_be_told() -> None:
    rows = [replace(r, low=-0.1, high=0.1) if r.economy.startswith("T") else r for r in sample.worths()]
    third = blocks_of(brief(findings=with_values(rows)), Cards)[0].cards[2]
    assert not {"one of the largest losses, million USD a year", "largest loss for its size"} & {
        row[0] for row in third.rows
    }


@pytest.mark.parametrize(
    ("language", "value", "written"),
    [
        ("en", 967.0, "+967 million USD"),
        ("en", 1325.0, "+1.3 billion USD"),
        ("ru", -61.4, "−61 млн долл."),
        ("zh", 967.0, "+9.7亿美元"),
        ("zh", 61.0, "+6,100万美元"),
    ],
)
def test_money_is_written_in_the_units_of_the_language(language: str, value: float, written: str) -> None:
    assert Translator(language).million_usd(value).replace("\u00a0", " ") == written


def test_a_study_without_plans_has_a_report_too() -> None:
    findings = Findings({"evidence": sample.evidence()})
    chapters = collect(findings, "en")
    assert [c.name for c in chapters] == ["answer", "evidence"]
    assert "Every equation holds to" in render(findings, chapters, "en")


def test_chapters_come_in_the_order_of_the_stations() -> None:
    names = [c.name for c in collect(sample.findings(), "en")]
    assert names == ["answer", *(station.name for station in STATIONS if station.name in names)]


def test_marked_assumptions_come_first_with_a_tag() -> None:
    chapter = collect(sample.findings(), "en")[-1]
    ledger = next(b for b in chapter.blocks if isinstance(b, Grid) and b.csv == "ledger")
    tags = [row[0].tag for row in ledger.rows if isinstance(row[0], Cell)]
    assert tags[:12] == ["assumed"] * 12 or set(tags[:12]) == {"assumed", "unverified"}
    assert set(tags[12:]) == {""}


def test_a_long_twin_is_cut_and_says_so() -> None:
    frame = pd.DataFrame({"x": range(400), "y": [i / 7 for i in range(400)]})
    figure = Figure("long", "T", "An alternative text", {"series": []}, frame, "S")
    page = render(Findings(), [Chapter("answer", "A", "T", "", [figure])], "en")
    assert "The first 250 of 400 rows" in page
    assert page.count("<tr>") == 251


def test_a_table_too_large_for_the_page_is_linked_beside_it() -> None:
    grid = Grid("T", ["a"], [["b"]], csv="words")
    page = render(told(5000, "y" * 50), [Chapter("answer", "A", "T", "", [grid])], "en")
    assert 'href="tables/words.csv"' in page


def test_a_table_shown_twice_is_carried_once() -> None:
    grids = [Grid(title, ["a"], [["b"]], csv="words") for title in ("T", "U")]
    page = render(told(5, "y"), [Chapter("answer", "A", "T", "", grids)], "en")
    assert page.count("data:text/csv") == 1
    assert page.count('id="csv-words"') == 1
    assert page.count('href="#csv-words"') == 1


def test_file_names_of_languages() -> None:
    assert [file_name(code, ("ru", "en")) for code in ("ru", "en")] == ["report.html", "report.en.html"]
    with pytest.raises(KeyError):
        file_name("xx", ("en",))


def test_a_missing_script_says_what_to_do() -> None:
    with pytest.raises(BadInputError, match=r"tools/vendor\.py"):
        asset("vendor/no-such-script.js")


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_of_stations_exist_for_what_is_left_out(language: str) -> None:
    text = Translator(language)
    assert all(text.station(station.name) for station in STATIONS if not station.internal)


def test_failed_draws_are_said_as_a_warning() -> None:
    evidence = sample.evidence()
    assert evidence.solver is not None
    failed = replace(evidence, solver=replace(evidence.solver, failed_draws=1))
    chapter = collect(Findings({"evidence": failed}), "en")[-1]
    tones = {b.text: b.tone for b in chapter.blocks if isinstance(b, Paragraph)}
    assert tones["1\u00a0draw failed and is left out of the ranges."] == "warning"
