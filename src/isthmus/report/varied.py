"""A number over a range as one chart and one table: what joint measures are worth when it is smaller or larger."""

from collections.abc import Sequence
from math import floor, log10

import pandas as pd

from isthmus.economy.aggregate import Names
from isthmus.report.blocks import Chapter, Figure, Grid
from isthmus.report.chart_frame import Scale
from isthmus.report.charts import lines
from isthmus.report.locale import Translator
from isthmus.study.components import THIRD
from isthmus.study.section import Table
from isthmus.study.vary import VaryRow

COLOURS = ("a", "b", "c")
MOST_DIGITS = 6


def varied_chapter(
    rows: Table[VaryRow], partners: Sequence[str], names: Names, deadline: int, text: Translator
) -> Chapter:
    """Return the chart and the table of a number over a range.

    Parameters
    ----------
    rows
        From `study.vary.vary`.
    partners
        Partners in the order in which they are shown; all others together follow.
    names
        Names of economies by label and language.
    deadline
        Year in which targets are due.
    """
    labels = {p: text.named(names.get(p, {}), p) for p in partners} | {THIRD: text("vary.third")}
    shown = [row for row in rows.rows if row.economy in labels]
    values = list(dict.fromkeys(row.value for row in shown))
    frame = pd.DataFrame(
        [
            {"year": values.index(row.value), "series": labels[row.economy], "central": row.real_income_pct}
            for row in shown
        ]
    )
    colours = {label: "third" if code == THIRD else COLOURS[i % 2] for i, (code, label) in enumerate(labels.items())}
    drawing = lines(frame, colours, Scale(" %"))
    written = [text.short(value) for value in values]
    option = {**drawing.option, "xAxis": {**drawing.option["xAxis"], "data": written}}
    number = shown[0].number
    by_value = {(row.economy, row.value): row.real_income_pct for row in shown}
    twin = pd.DataFrame(
        {number: written, **{label: [by_value[code, value] for value in values] for code, label in labels.items()}}
    )
    digits = _digits([[by_value[code, value] for value in values] for code in labels])
    ends = text.list([_ends(label, [by_value[c, v] for v in values], digits, text) for c, label in labels.items()])
    source = text("vary.source", year=deadline)
    gains = [[text.percent(by_value[code, value], digits, signed=True) for code in labels] for value in values]
    cells = [[head, *row] for head, row in zip(written, gains, strict=True)]
    return Chapter(
        name="vary",
        short=text("vary.short"),
        title=text("vary.title", number=number, low=written[0], high=written[-1], ends=ends),
        lead=text("vary.lead"),
        blocks=[
            Figure("vary", text("vary.figure"), text("vary.alt"), option, twin, source, drawing.height),
            Grid(text("vary.table"), [number, *labels.values()], cells, range(1 + len(labels)), source, opened=True),
        ],
    )


def _ends(label: str, values: Sequence[float], digits: int, text: Translator) -> str:
    """Say what an economy gains at both ends of the range."""
    first, last = (text.percent(value, digits, signed=True) for value in (values[0], values[-1]))
    return text("vary.ends", name=label, first=first, last=last)


def _digits(gains: Sequence[Sequence[float]]) -> int:
    """Return the decimals that leave two figures to the economy that gains or loses least, so that none reads as zero."""
    largest = [size for row in gains if (size := max(map(abs, row))) > 0]
    return min(MOST_DIGITS, max(2, 1 - floor(log10(min(largest))))) if largest else 2
