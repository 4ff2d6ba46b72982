"""Relations by economics beside relations by words: one matrix, the pairs behind it, and growth sector by sector."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import pandas as pd

from isthmus.core.pairs import pair_label, pairs_of
from isthmus.report.blocks import Block, Cell, Chapter, Figure, Grid, Paragraph, Part, Picker
from isthmus.report.chart_frame import Scale
from isthmus.report.charts import heatmap
from isthmus.report.locale import Translator
from isthmus.report.wording import theme_name
from isthmus.study.alignment import AlignmentSection
from isthmus.study.relations import COMPETING, ECONOMIC, UNPRICED, RelationCountRow, RelationRow, RelationsSection
from isthmus.study.station import Findings

WORDS = ("same", "complement", "conflict", "related")
FOLD = 10
Texts = Mapping[str, Mapping[str, str]]
"""Statements by id and language."""


def chapter(section: RelationsSection, findings: Findings, text: Translator) -> Chapter:
    """Write the chapter."""
    said = [row for row in section.relations.rows if row.agree is not None]
    threshold = text.million_usd(section.threshold_musd, signed=False)
    alignment = findings.get(AlignmentSection)
    texts = alignment.statement_texts if alignment else {}
    blocks: list[Block | None] = [
        _matrix(section.relation_matrix.rows, "relations-matrix", text),
        Paragraph(_effects(section, text)),
        *_by_pair(section, text),
        Paragraph(
            text(
                "relations.how",
                threshold=threshold,
                settings=len(section.settings),
            )
        ),
        _pairs(section, texts, text),
        _unpriced(section, texts, text),
        _sectors(section, text),
    ]
    return Chapter(
        name="relations",
        short=text("relations.short"),
        title=text(
            "relations.title",
            n=len(said),
            agree=sum(bool(row.agree) for row in said),
            settings=len(section.settings),
        ),
        lead=text("relations.lead", year=section.year),
        blocks=[block for block in blocks if block is not None],
    )


def _effects(section: RelationsSection, text: Translator) -> str:
    """Say how many different effects stand behind the pairs: pairs of one sector and like roles have one and the same."""
    priced = [row for row in section.relations.rows if row.economic != UNPRICED]
    different = {(row.pair, row.by, row.sectors, row.left_effect, row.right_effect) for row in priced}
    return text("relations.effects", n=len(priced), different=len(different))


def _name(section: RelationsSection, code: str, text: Translator) -> str:
    return text.named(section.economy_names.get(code, {}), code)


def _pair_names(section: RelationsSection, text: Translator) -> dict[str, str]:
    """Return the names of the pairs of partners by label."""
    return {
        pair_label(pair): text(
            "border.pair", **dict(zip("ab", (_name(section, code, text) for code in pair), strict=True))
        )
        for pair in pairs_of(section.partners)
    }


def _by_pair(section: RelationsSection, text: Translator) -> list[Block]:
    """Draw the matrix of each pair behind a list, where there are several."""
    names = _pair_names(section, text)
    rows = {label: [r for r in section.relation_matrix.rows if r.pair == label] for label in names}
    drawn = {label: _matrix(rows[label], f"relations-matrix-{'-'.join(label.split())}", text) for label in names}
    parts = [Part(names[label], [figure]) for label, figure in drawn.items() if figure]
    if len(names) == 1 or not parts:
        return []
    return [Picker("relations-by-pair", text("relations.by_pair"), text.of("relations.column", "pair"), parts)]


def _matrix(counted: Sequence[RelationCountRow], name: str, text: Translator) -> Figure | None:
    """Draw the number of pairs of statements by words and by economics."""
    pairs = Counter[tuple[str, str]]()
    for row in counted:
        pairs[row.relation, row.economic] += row.pairs
    if not pairs:
        return None
    rows = [
        {
            "y": text.of("alignment.relation", word),
            "x": text.of("relations.economic", economic),
            "value": pairs.get((word, economic)),
        }
        for word in WORDS
        for economic in (*ECONOMIC, UNPRICED)
    ]
    frame = pd.DataFrame(rows)
    drawing = heatmap(frame, Scale("", 0, signed=False), diverging=False)
    conflicts = sum(n for (word, economic), n in pairs.items() if economic == COMPETING and word != "conflict")
    heads = {"y": "words", "x": "economics", "value": "pairs"}
    return Figure(
        name=name,
        title=text("relations.figure", n=conflicts),
        alt=text("relations.alt"),
        option=drawing.option,
        twin=frame.dropna().rename(columns={name: text.of("relations.column", head) for name, head in heads.items()}),
        source=text("relations.source"),
        height=drawing.height,
    )


def _pairs(section: RelationsSection, texts: Texts, text: Translator) -> Grid:
    """List every priced pair, those in which words and economics differ first."""
    names = _pair_names(section, text)
    several = len(names) > 1
    sides = [text("relations.first"), text("relations.second")]
    if not several:
        sides = [_name(section, code, text) for code in section.partners]
    first, second = sides
    priced = [row for row in section.relations.rows if row.economic != UNPRICED]
    order = sorted(
        priced, key=lambda row: (row.agree is not False, -abs(row.left_effect or 0.0) - abs(row.right_effect or 0.0))
    )
    unlike = sum(row.agree is False for row in priced)
    return Grid(
        title=text("relations.pairs", n=len(order), unlike=unlike),
        columns=[
            *([text.of("relations.column", "pair")] if several else []),
            *(text.of("relations.column", name) for name in ("left", "right", "theme", "words", "economics", "by")),
            *(
                text.of("relations.for_side", kind, name=name)
                for kind in ("effect", "income")
                for name in (first, second)
            ),
            text.of("relations.column", "border"),
        ],
        rows=[[*([names[row.pair]] if several else []), *_pair(row, texts, text)] for row in order],
        numeric=tuple(n + several for n in (6, 7, 8, 9, 10)),
        source=text("relations.pairs_source"),
        csv="relations",
        fold=FOLD,
        filters=(0, 3, 4, 5, 6) if several else (2, 3, 4, 5),
        shares=(4, 8, 8, 6, 5, 6) if several else (11, 11, 6, 5, 6),
    )


def _pair(row: RelationRow, texts: Texts, text: Translator) -> list[str | Cell]:
    tone = "mark" if row.agree is False else ""
    amounts = (row.left_effect, row.right_effect, row.left_gain, row.right_gain, row.border_musd)
    return [
        *_sides(row, texts, text),
        theme_name(row.theme, text),
        text.of("alignment.relation", row.relation),
        Cell(text.of("relations.economic", row.economic), tone=tone),
        text.of("relations.by", row.by),
        *("–" if amount is None else text.million_usd(amount) for amount in amounts),
    ]


def _sides(row: RelationRow, texts: Texts, text: Translator) -> Iterator[Cell]:
    """Yield both statements: the object as it is told in English, elsewhere the statement where it stands in the language."""
    for statement, told in ((row.left, row.left_object), (row.right, row.right_object)):
        said = texts.get(statement, {}).get(text.language, "") if text.language != "en" else ""
        yield Cell(said or told, lang=text.language if said else "en", sentence=bool(said))


def _unpriced(section: RelationsSection, texts: Texts, text: Translator) -> Grid | None:
    """List the pairs that nothing could price, each with what is missing."""
    rows: list[list[str | Cell]] = [
        [
            *_sides(row, texts, text),
            theme_name(row.theme, text),
            text.of("alignment.relation", row.relation),
            text.of("relations.why", row.why),
        ]
        for row in section.relations.rows
        if row.economic == UNPRICED
    ]
    if not rows:
        return None
    return Grid(
        title=text("relations.unpriced", n=len(rows)),
        columns=[text.of("relations.column", name) for name in ("left", "right", "theme", "words", "why")],
        rows=rows,
        source=text("relations.unpriced_source"),
        csv="relations",
        fold=FOLD,
        filters=(2, 4),
    )


def _sectors(section: RelationsSection, text: Translator) -> Grid:
    """List what growth of one partner in a sector does to the other, the largest first."""
    order = sorted(section.sector_growth.rows, key=lambda row: -abs(row.central))
    rows = [
        [
            text("relations.grows", grower=_name(section, row.grower, text), other=_name(section, row.other, text)),
            text.named(section.sector_names.get(row.sector, {}), row.sector),
            text(
                "common.with_range",
                central=text.million_usd(row.central),
                range=text.million_range(row.low, row.high),
            ),
            text.percent(row.industry_pct, 2, signed=True),
        ]
        for row in order
    ]
    return Grid(
        title=text("relations.sectors"),
        columns=[text.of("relations.column", name) for name in ("growth", "sector", "income", "industry")],
        rows=rows,
        numeric=(2, 3),
        source=text("relations.sectors_source", settings=len(section.settings)),
        csv="sector_growth",
        fold=FOLD,
        filters=(0,),
    )
