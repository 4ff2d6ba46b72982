"""What each side says it wants: targets of both sides by theme, and how well they were read from the documents."""

from collections.abc import Sequence

import pandas as pd

from isthmus.plans.confidence import DOUBTFUL
from isthmus.report.blocks import Block, Cell, Chapter, Figure, Grid, Paragraph
from isthmus.report.chart_frame import Scale
from isthmus.report.charts import heatmap
from isthmus.report.locale import NO_BREAK, Translator
from isthmus.report.plan_documents import documents_read, is_given, partner_name, reread
from isthmus.report.wording import OPERATORS, amount, counted, in_tonnes, theme_name, unit_name, with_unit
from isthmus.study.plans import PlansSection
from isthmus.study.station import Findings
from isthmus.study.targets import TargetRow

FOLD = 12
SHOWN, MOST, PART = 10, 16, 0.1
"""Themes that are drawn as rows of their own: at least, at most, and what part of a side's targets the others may hold."""
CHANGES = ("change_pct", "change_pp", "change_abs", "growth")


def chapter(section: PlansSection, _: Findings, text: Translator) -> Chapter:
    """Write the chapter."""
    figure = _figure(section, text)
    blocks: list[Block | None] = [
        documents_read(section, text),
        figure,
        _match(section, text),
        reread(section, text),
        _one_sided(section, figure, text),
        *(_side(section, partner, text) for partner in section.partners),
        _differences(section, text),
        _extras(section, text),
        _choices(section, text),
    ]
    counts = {p: (section.listed, section.extracted)[_read(section, p)][p] for p in section.partners}
    told = {p: text.of("plans", _counted(section, p), n=counts[p].all) for p in counts}
    first, second = section.partners[:2]
    named = {p: partner_name(section, p, text) for p in section.partners}
    return Chapter(
        name="plans",
        short=text("plans.short"),
        title=text(
            "plans.title",
            a_name=partner_name(section, first, text),
            b_name=partner_name(section, second, text),
            a_count=told[first],
            b_count=told[second],
            parts=text.each({name: told[p] for p, name in named.items()}),
        ),
        lead=text(
            "plans.lead",
            a_name=partner_name(section, first, text),
            b_name=partner_name(section, second, text),
            a_numbered=counts[first].numbered,
            b_numbered=counts[second].numbered,
            parts=text.each({name: text.number(counts[p].numbered, 0) for p, name in named.items()}),
        ),
        blocks=[block for block in blocks if block is not None],
    )


def _counted(section: PlansSection, partner: str) -> str:
    """Return the words that count targets: curated, read from a document given, or from one that may be another plan."""
    if not is_given(section, partner):
        return "targets"
    doubted = any(d.given and d.doubts and d.partner == partner for d in section.documents)
    return "targets_doubted" if doubted else "targets_read"


def _read(section: PlansSection, partner: str) -> bool:
    """Say whether the chapter counts what was read of a partner: of a document given, or without a table of targets."""
    return not section.targets.rows or is_given(section, partner)


def _figure(section: PlansSection, text: Translator) -> Figure | None:
    """Draw the number of targets by theme, both partners side by side, each shaded by its part of its own targets."""
    origins = {p: "extracted" if _read(section, p) else "listed" for p in section.partners}
    names = {p: partner_name(section, p, text) for p in section.partners}
    counted = [(theme_name(r.theme, text), names[r.partner], r.targets) for r in section.themes.rows
               if r.origin == origins[r.partner] and r.targets]  # fmt: skip
    if not counted:
        return None
    frame = pd.DataFrame(counted, columns=["y", "x", "value"])
    wide = frame.pivot(index="y", columns="x", values="value").reindex(columns=list(names.values())).fillna(0.0)
    parts = wide / wide.sum().clip(lower=1.0)
    ranked = sorted(wide.index, key=lambda row: (row == text("plans.other_theme"), -parts.loc[row].max()))
    wide = wide.loc[ranked]
    drawn = joined_themes(wide, text)
    cells = [
        {"y": row, "x": side, "value": n or None, "shade": n / max(1.0, wide[side].sum())}
        for row in drawn.index
        for side, n in drawn.loc[row].items()
    ]
    drawing = heatmap(pd.DataFrame(cells), Scale(digits=0, signed=False), diverging=False)
    origin = "both" if len(set(origins.values())) > 1 else origins[section.partners[0]]
    twin = wide.reset_index().rename(columns={"y": text("plans.column.theme")}).rename_axis(columns=None)
    return Figure(
        name="plans-themes",
        title=_figure_title(section, wide, text),
        alt=text("plans.alt"),
        option=drawing.option,
        twin=twin,
        source=text("common.space").join((text.of("plans.source", origin), text("plans.one_theme"))),
        height=drawing.height,
    )


def _themes(wide: pd.DataFrame, text: Translator) -> pd.DataFrame:
    """Return the counts by theme without what has no theme."""
    return wide.drop(index=text("plans.other_theme"), errors="ignore")


def _figure_title(section: PlansSection, wide: pd.DataFrame, text: Translator) -> str:
    """Say in which themes one side alone has targets; counts of a document and those of the table do not compare."""
    sides = [
        [partner_name(section, p, text) for p in section.partners if _read(section, p) is read]
        for read in (True, False)
    ]
    if all(sides):
        read, listed = map(text.list, sides)
        return text("plans.figure_unlike", read=read, listed=listed)
    themes = _themes(wide, text)
    single = int((themes == 0).any(axis=1).sum())
    return text("plans.figure_single", n=single, total=len(themes)) if single else text("plans.figure_both")


def joined_themes(wide: pd.DataFrame, text: Translator) -> pd.DataFrame:
    """Keep the first themes, which weigh most, and what has no theme as rows of their own; the others are one row."""
    themes, whole = _themes(wide, text), wide.sum().clip(lower=1.0)
    left = [float((themes.iloc[shown:].sum() / whole).max()) for shown in range(SHOWN, MOST)]
    shown = next((SHOWN + k for k, part in enumerate(left) if part <= PART), MOST)
    small = list(themes.index[shown:])
    if len(small) < 2:
        return wide
    others = themes.loc[small].sum().to_frame(text("plans.other_themes", n=len(small))).T
    return pd.concat([themes.iloc[:shown], others, wide.drop(index=themes.index)])


def _one_sided(section: PlansSection, figure: Figure | None, text: Translator) -> Paragraph | None:
    """Name the themes in which one side alone has targets."""
    if figure is None or len(section.partners) > 2:
        return None
    themes = _themes(figure.twin.set_index(text("plans.column.theme")), text)
    sides = [str(side) for side in themes.columns]
    alone = {side: list(themes.index[(themes.drop(columns=side) == 0).all(axis=1)]) for side in sides}
    told = [text("plans.alone", name=side, themes=text.list(found)) for side, found in alone.items() if found]
    return Paragraph(text("common.space").join(told)) if told else None


def _match(section: PlansSection, text: Translator) -> Grid | Paragraph | None:
    """Show how many curated targets were found in the documents, as they are, differently, or not at all.

    Rows that a program read from the documents are held against nothing: where there are no others, that is said.
    """
    each = section.comparison
    if not each:
        told = Paragraph(text("plans.match_same"), tone="warning")
        return told if any(count.read for count in section.listed.values()) else None
    outcomes = ("match", "differs", "missed", "extra")
    counts = {code: (c.match, c.differs, c.missed, c.extra) for code, c in each.items()}
    total = dict(zip(outcomes, map(sum, zip(*counts.values(), strict=True)), strict=True))
    curated = total["match"] + total["differs"] + total["missed"]
    rows = [[partner_name(section, code, text), *map(str, counts[code])] for code in section.partners]
    rows.append([text("plans.both"), *map(str, total.values())])
    return Grid(
        title=text("plans.match_title", read=_held(section, text), curated=curated, **total),
        columns=[text("plans.column.side"), *(text.of("plans.outcome", name) for name in outcomes)],
        rows=rows,
        numeric=(1, 2, 3, 4),
        source=text("plans.match_source"),
        csv="extraction_match",
    )


def _held(section: PlansSection, text: Translator) -> str:
    """Say what the targets were read from: documents, digests of them in our own words, or both."""
    digests = {d.digest for d in section.documents}
    return text.of("plans.held", "both" if len(digests) > 1 else "digests" if True in digests else "documents")


def _side(section: PlansSection, partner: str, text: Translator) -> Grid:
    """List the targets of one side by theme, those that are not verified marked."""
    name, shown = (
        ("extracted_targets", section.extracted_targets) if _read(section, partner) else ("targets", section.targets)
    )
    own = sorted((row for row in shown.rows if row.partner == partner), key=lambda row: theme_name(row.theme, text))
    rows: list[Sequence[str | Cell]] = [
        [
            theme_name(row.theme, text),
            _indicator(row, text),
            Cell(_aim(row, text), title=row.source, tag=_tag(row, text)),
            _year(row),
        ]
        for row in own
    ]
    columns = [text.of("plans.column", c) for c in ("theme", "indicator", "aim", "year")]
    count = section.listed[partner]
    unread = count.read == count.all or name != "targets"
    return Grid(
        title=text(
            "plans.side_title", name=partner_name(section, partner, text), count=text("plans.targets", n=len(own))
        ),
        columns=columns,
        rows=rows,
        numeric=(3,),
        source=text("plans.side_read") if unread else text("plans.side_source", n=count.marked),
        csv=name,
        fold=FOLD,
        filters=(0, 3),
    )


def _indicator(row: TargetRow, text: Translator) -> "str | Cell":
    """Return the indicator in the reader's language where there is one, else as quoted with its language."""
    own = {"ru": row.indicator_ru, "zh": row.indicator_zh, "en": row.indicator}[text.language]
    curated = bool(row.indicator_ru or row.indicator_zh)
    if own and (curated or row.lang == text.language):
        return str(own)
    return Cell(row.indicator, lang="en" if curated else row.lang)


def _tag(row: TargetRow, text: Translator) -> str:
    """Mark what is not verified; of what a program read, which the table says itself, only what is likely wrong."""
    if row.confidence is not None:
        return text("plans.doubtful") if row.confidence < DOUBTFUL else ""
    return "" if row.status == "verified" else text.of("common.status", row.status)


def _aim(row: TargetRow, text: Translator) -> str:
    """Write operator, value and unit, what kind of number it is, and from what a change is counted."""
    kind = row.kind
    if row.value is None:
        return text.of("plans.kind", kind)
    if kind == "rank":
        return text("plans.rank", n=text.number(row.value, 0))
    size, measure = in_tonnes(row.value, row.unit)
    value = ("×" if kind == "multiple" else "") + amount(size, kind in CHANGES, text)
    unit = "" if kind == "multiple" else unit_name(measure, text, row.theme, row.lang, counted(size, text))
    parts = [OPERATORS.get(row.operator, ""), with_unit(value, unit, text)]
    if text.has(f"plans.aim.{kind}"):
        parts.append(text.of("plans.aim", kind))
    aim = NO_BREAK.join(part for part in parts if part)
    return aim + _base(row, text)


def _dated_aim(row: TargetRow, text: Translator) -> str:
    """Write the aim with the year it is due, or that the text gives no year."""
    aim = _aim(row, text)
    return text("plans.due", aim=aim, year=_year(row)) if row.year is not None else text("plans.undated", aim=aim)


def _base(row: TargetRow, text: Translator) -> str:
    """Say from what a target starts: the value of a level in its base year, the base year of a change."""
    if row.base_year is None:
        return ""
    year = row.base_year
    if row.kind in (*CHANGES, "multiple"):
        return text("plans.against", year=year)
    if row.base_value is None:
        return ""
    return text("plans.start", value=amount(in_tonnes(row.base_value, row.unit)[0], False, text), year=year)


def _year(row: TargetRow) -> str:
    return str(int(row.year)) if row.year is not None else "–"


def _differences(section: PlansSection, text: Translator) -> Grid | None:
    """List the curated targets that the documents give differently, or that were not found, beside what was read."""
    wrong = [row for row in section.extraction_match.rows if row.outcome != "match"]
    if not wrong:
        return None
    curated = {row.id: row for row in section.targets.rows}
    extracted = {row.id: row for row in section.extracted_targets.rows}
    rows: list[Sequence[str | Cell]] = []
    for row in wrong:
        fact, found = curated[row.target], extracted.get(row.extracted)
        fields = [text.of("plans.field", name) for name in row.differs.split(";") if name]
        what = text.list(fields) if fields else text.of("plans.outcome", "missed")
        rows.append(
            [
                _indicator(fact, text),
                what,
                Cell(_dated_aim(fact, text), title=fact.source, tag=_tag(fact, text)),
                _dated_aim(found, text) if found else "–",
                Cell(row.passage, lang=row.lang),
            ]
        )
    return Grid(
        title=text("plans.differences_title", n=len(wrong), read=_held(section, text)),
        columns=[text.of("plans.column", c) for c in ("indicator", "differs", "curated", "read", "passage")],
        rows=rows,
        source=text("plans.differences_source"),
        csv="extraction_match",
        fold=FOLD,
    )


def _extras(section: PlansSection, text: Translator) -> Grid | None:
    """List numbers found in the documents that the study's table lacks."""
    extras = section.extraction_extra.rows
    if not extras:
        return None
    rows: list[Sequence[str | Cell]] = [
        [Cell(row.text, lang=row.lang), _aim(row, text), _year(row), _confidence(row, text)] for row in extras
    ]
    return Grid(
        title=text("plans.extras_title", n=len(extras), read=_held(section, text)),
        columns=[text.of("plans.column", c) for c in ("passage", "aim", "year", "confidence")],
        rows=rows,
        numeric=(2, 3),
        source=text("plans.extras_source"),
        csv="extraction_extra",
        fold=FOLD,
    )


def _confidence(row: TargetRow, text: Translator) -> str:
    """Write how likely a number that was read is to be right in every field."""
    return "–" if row.confidence is None else text.percent(100 * row.confidence, 0)


def _choices(section: PlansSection, text: Translator) -> Grid | None:
    """List where the targets that the model works with differ from the other origin; None where the curated ones are used."""
    if section.used == "curated" or not section.target_choices.rows:
        return None
    known = {row.id: row for row in (*section.extracted_targets.rows, *section.targets.rows)}
    rows: list[Sequence[str | Cell]] = [
        [
            _indicator(known[row.target], text) if row.target in known else row.target,
            text.of("plans.field", row.field),
            row.curated,
            row.extracted,
            text.of("plans.used", row.used),
        ]
        for row in section.target_choices.rows
    ]
    return Grid(
        title=text("plans.choices_title", n=len(rows), used=text.of("plans.used", section.used)),
        columns=[text.of("plans.column", c) for c in ("indicator", "differs", "curated", "read", "used")],
        rows=rows,
        csv="target_choices",
        fold=FOLD,
    )
