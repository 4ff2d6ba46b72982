"""Parts add up to the total beside them: every stacked chart of the sample, and every waterfall."""

from collections.abc import Iterator
from dataclasses import replace

import pandas as pd
import pytest
from report_sample import findings, trade

from isthmus.report.blocks import Figure, flat
from isthmus.report.chapters import trade as trade_chapter
from isthmus.report.locale import LANGUAGES, Translator
from isthmus.report.page import collect
from isthmus.study.section import table
from isthmus.study.trade import TradeRow


def drawn(language: str) -> Iterator[Figure]:
    for chapter in collect(findings(), language):
        yield from (block for block in flat(chapter.blocks) if isinstance(block, Figure))


@pytest.mark.parametrize("language", LANGUAGES)
def test_bars_of_a_stack_hold_what_their_table_holds(language: str) -> None:
    stacks = [f for f in drawn(language) if any(s.get("stack") for s in f.option["series"])]
    assert stacks
    for figure in stacks:
        rows, whole = figure.option["yAxis"]["data"], figure.twin.columns[0]
        value = next(c for c in figure.twin.columns[::-1] if pd.api.types.is_numeric_dtype(figure.twin[c]))
        sums = figure.twin.groupby(whole, sort=False)[value].sum()
        for k, row in enumerate(rows):
            bars = sum(series["data"][k] for series in figure.option["series"] if series.get("stack"))
            assert bars == pytest.approx(sums[row]), (figure.name, row)


def test_third_economies_are_split_into_prices_and_all_else_without_a_rest() -> None:
    text = Translator("en")
    (figure,) = (f for f in drawn("en") if f.name == "trade-third-ways")
    sums = figure.twin.groupby(figure.twin.columns[0])[text.of("trade.column", "musd")].sum()
    known = {
        text.named(trade.economy_names.get(row.economy, {}), row.economy): row.real_income_musd
        for trade in [findings().sections["trade"]]
        for row in trade.third_economies.rows  # type: ignore[attr-defined]
        if row.support == "both"
    }
    assert len(sums)
    for name, value in sums.items():
        assert value == pytest.approx(known[str(name)])


def test_the_chart_of_trade_is_in_the_unit_of_its_largest_bar() -> None:
    section, text = trade(), Translator("en")
    rows = [replace(row, value_musd=row.value_musd / 1000) for row in section.trade.rows]
    small = replace(section, trade=table(TradeRow, rows))
    for made, unit, largest in ((section, "value", 9.0), (small, "musd", 9.0)):
        figure = next(b for b in trade_chapter.chapter(made, findings(), text).blocks if isinstance(b, Figure))
        named = text.of("trade.column", unit)
        assert figure.source.startswith(f"{named}, 2024")
        assert figure.twin[named].max() == pytest.approx(largest)
