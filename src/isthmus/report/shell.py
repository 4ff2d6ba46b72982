"""The templates' surroundings: filters, packaged assets and the translator; the report and the app share them."""

from collections.abc import Mapping
from functools import partial
from typing import Any

import pandas as pd
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from isthmus.report.assets import asset
from isthmus.report.blocks import Cards, Figure, Grid, layers
from isthmus.report.embed import coloured, csv_uri, json_for_script
from isthmus.report.explain import Explainer
from isthmus.report.locale import Translator

TWIN_ROWS = 250
"""Rows of a chart's table shown in the page; the CSV has them all."""
BRIEF_TERMS = 1
"""Terms that the brief explains by a button; the others are explained where an opened chapter names them."""


def environment(text: Translator, tables: Mapping[str, pd.DataFrame], citation: str = "") -> Environment:
    """Return the templates' environment in one language.

    Parameters
    ----------
    text
        Sentences and number formats.
    tables
        Tables by name, for the download of what a block shows.
    citation
        How the page is cited; stands under every chart.
    """
    env = Environment(
        loader=PackageLoader("isthmus", "assets/templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    explainer = Explainer(text)
    env.globals.update(
        explained=explainer.explained,
        text=text,
        lang=text.language,
        twin_rows=TWIN_ROWS,
        citation=citation,
        brief_terms=BRIEF_TERMS,
    )
    env.filters.update(
        tie=text.tie,
        explain=explainer,
        layers=layers,
        option=_option,
        twin=partial(_twin, text),
        csv=csv_uri,
        table_csv=partial(_table_csv, tables, set()),
        place=_place,
    )
    return env


def script(name: str) -> Markup:
    """Return a packaged script so that it can stand inside a script tag."""
    return Markup(asset(name).replace("</script", "<\\/script"))


def style(name: str) -> Markup:
    """Return a packaged style sheet so that it can stand inside a style tag."""
    return Markup(asset(name).replace("</style", "<\\/style"))


def _option(figure: Figure) -> Markup:
    return Markup(json_for_script(coloured(figure.option)))


def _twin(text: Translator, frame: pd.DataFrame) -> dict[str, Any]:
    """Return a table as headings, cells in the language's number format, and the positions of numbers."""
    shown = frame.head(TWIN_ROWS)
    numeric = [i for i, name in enumerate(frame.columns) if pd.api.types.is_float_dtype(frame[name])]
    columns = [
        [text.short(float(v)) for v in shown[name]]
        if i in numeric
        else [("–" if pd.isna(v) else str(v)) for v in shown[name]]
        for i, name in enumerate(frame.columns)
    ]
    return {"columns": list(map(str, frame.columns)), "rows": list(zip(*columns, strict=True)), "numeric": numeric}


def _table_csv(tables: Mapping[str, pd.DataFrame], carried: set[str], grid: Grid) -> str:
    """Return where the full table of a grid can be had: here, at the link that carries it already, or in the file beside."""
    if grid.csv not in tables:
        return ""
    if grid.csv in carried:
        return f"#csv-{grid.csv}"
    uri = csv_uri(tables[grid.csv])
    if uri:
        carried.add(grid.csv)
    return uri or f"tables/{grid.csv}.csv"


def _place(value: float, cards: Cards) -> float:
    """Return the position of a value on the scale of the cards, in percent of its width."""
    low, high = cards.scale
    share = (value - low) / (high - low) if high > low else 0.5
    return round(100 * min(max(share, 0.0), 1.0), 2)
