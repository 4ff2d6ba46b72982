"""Passages of plans side by side: quotations with their place, and why a link has its relation."""

from collections.abc import Sequence

from isthmus.report.blocks import Cell, Grid
from isthmus.report.locale import Translator
from isthmus.report.tiers import Unlike
from isthmus.report.wording import bounded, theme_name
from isthmus.study.alignment_rows import LinkRow

TONES = {"same": "mark", "complement": "gain", "conflict": "loss"}
"""Tone of a cell by relation."""


def link_grid(
    title: str,
    heads: Sequence[str],
    rows: Sequence[LinkRow],
    differs: Sequence[Unlike],
    text: Translator,
    *,
    sorts: bool,
) -> Grid:
    """Return links with both passages; `sorts` adds theme and relation, to choose by where the table holds several.

    `differs` are the links whose object has another relation by its own links; the row says so.
    """
    own = [text.of("alignment.column", name) for name in ("theme", "relation")] if sorts else []
    return Grid(
        title=title,
        columns=[*heads, *own, text("alignment.column.reason"), text("alignment.column.score")],
        rows=[
            _cells(row, [one for one in differs if _ends(one.link) == _ends(row)], text, sorts=sorts) for row in rows
        ],
        numeric=(3 + len(own),),
        csv="links",
        filters=(2, 3) if sorts else (),
    )


def _ends(row: LinkRow) -> tuple[str, str, str]:
    return row.pair, row.left, row.right


def _cells(row: LinkRow, differs: Sequence[Unlike], text: Translator, *, sorts: bool) -> list[str | Cell]:
    band = text.of("alignment.band", row.band)
    also = [
        text(
            "alignment.unlike_object", relations=text.list([text.of("alignment.talk", kind) for kind in one.relations])
        )
        for one in differs
    ]
    sort = [theme_name(row.left_theme or row.right_theme, text), text.of("alignment.relation", row.relation)]
    return [
        Cell(row.left_text, lang=row.left_lang, tag=place(row.left_file, row.left_page, text)),
        Cell(row.right_text, lang=row.right_lang, tag=place(row.right_file, row.right_page, text)),
        *(sort if sorts else []),
        Cell(
            text("common.semicolon").join([reason(row, text), *also]),
            tone=TONES.get(row.relation, ""),
            tag=_reviewed(row, text),
        ),
        Cell(text.number(row.score, 2), tag="" if row.band == "confident" else band),
    ]


def place(file: str, page: str, text: Translator) -> str:
    """Write where a passage stands."""
    return text("alignment.place", file=file, page=page) if file and page else file


def reason(row: LinkRow, text: Translator) -> str:
    """Say why a link has its relation, with the two numbers that decided it and the analyst's note."""
    left = _number(
        row.left_value, (row.left_unit, row.left_operator, row.left_direction, row.left_year), row.left_detail,
        (row.left_theme, row.left_lang), text,
    )  # fmt: skip
    right = _number(
        row.right_value, (row.right_unit, row.right_operator, row.right_direction, row.right_year), row.right_detail,
        (row.right_theme, row.right_lang), text,
    )  # fmt: skip
    said = text.of("alignment.reason", row.rule, left=left, right=right)
    return f"{said} — {row.note}" if row.note else said


def _number(
    value: float | None,
    terms: tuple[str, str, str, str],
    detail: str,
    statement: tuple[str, str],
    text: Translator,
) -> str:
    """Write the number that decided the relation with its year, or the detail as the table has it.

    `terms` are unit, operator, direction and year, `statement` theme and language of the passage.
    """
    if value is None:
        return detail
    unit, operator, direction, year = terms
    theme, lang = statement
    number = bounded(value, unit, operator, direction, text, theme=theme, lang=lang)
    return text("alignment.dated", number=number, year=year) if year else number


def _reviewed(row: LinkRow, text: Translator) -> str:
    return text.of("alignment.verdict", row.verdict) if row.verdict else ""
